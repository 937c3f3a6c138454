//! `--effective`: the document as it was read after its overlays, written for people and other tools.
//!
//! May not write over what was read.

use super::console::Console;
use super::failure::Failure;
use super::file;
use restwright::Inputs;
use restwright::read;
use restwright::report::Report;
use serde_json::json;
use std::path::Path;

/// Writes it to a file, or makes it all there is on standard output (`-`).
///
/// Where an overlay cannot be applied nothing is written: the command tells why.
pub fn write(cx: &mut Console, to: Option<&Path>, inputs: &Inputs) -> Result<(), Failure> {
    let Some(to) = to else { return Ok(()) };
    let given = std::iter::once(&inputs.source).chain(&inputs.overlays);
    if given
        .map(|source| Path::new(&source.name))
        .any(|read| is_same(read, to))
    {
        let to = to.display();
        return Err(Failure::Wrong(format!(
            "{to} is read, so the effective document is not written there; name another file"
        )));
    }
    let mut report = Report::default();
    let Ok(text) = read::effective(&inputs.source, &inputs.overlays, &mut report) else {
        return Ok(());
    };
    if to == Path::new("-") {
        cx.only(&text);
        return Ok(());
    }
    if file::read(to)?.as_ref() != Some(&text) {
        file::replace(to, &text)?;
        let path = to.display().to_string();
        cx.result(
            &format!("written {path}"),
            &json!({"kind": "file", "change": "written", "path": path}),
        );
    }
    Ok(())
}

/// Whether two paths lead to one file.
fn is_same(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        (Err(_), _) | (_, Err(_)) => false,
    }
}
