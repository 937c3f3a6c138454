//! `restwright check`: whether a crate is what `generate` would write. May not write.

use super::args::{MessageFormat, Writing};
use super::console::{self, Console};
use super::failure::Failure;
use super::generate::count;
use super::target::{self, Change};
use super::{DONE, FOUND, plan, rerun, taken, unified};
use restwright::timings::Timings;
use serde_json::json;

/// So many files are shown.
const FILES: usize = 10;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Writing) -> Result<u8, Failure> {
    let mut timings = Timings::default();
    let (inputs, target) = timings.measure("fetch", || plan::writing(arguments))?;
    let made = target::make(cx, &arguments.reading, &inputs, target, &mut timings)?;
    let Some(made) = made else {
        taken::tell(cx, arguments.timings, &timings);
        return Ok(FOUND);
    };
    let changes = timings.measure("store", || target::changes(&made))?;
    taken::tell(cx, arguments.timings, &timings);
    let folder = made.target.folder.display().to_string();
    if changes.is_empty() {
        let files = made.generated.files.len();
        let text = format!("{folder} is up to date: {}", count(files, "file"));
        cx.result(
            &text,
            &json!({"kind": "summary", "output": folder, "stale": 0, "command": null}),
        );
        return Ok(DONE);
    }
    let command = rerun::command(arguments);
    for (index, change) in changes.iter().enumerate() {
        stale(cx, change, index < FILES, &command);
    }
    if cx.format == MessageFormat::Text && changes.len() > FILES {
        cx.raw(&format!(
            "... and {}\n",
            count(changes.len() - FILES, "more file")
        ));
    }
    let verb = if changes.len() == 1 { "is" } else { "are" };
    let text = format!(
        "{folder}: {} {verb} out of date; run: {command}",
        count(changes.len(), "file")
    );
    cx.result(
        &text,
        &json!({"kind": "summary", "output": folder, "stale": changes.len(), "command": command}),
    );
    Ok(FOUND)
}

/// Tells one file; `shown` in full.
fn stale(cx: &mut Console, change: &Change, shown: bool, command: &str) {
    let path = change.path.display().to_string();
    let state = match (&change.found, &change.wanted) {
        (None, _) => "missing",
        (_, None) => "no longer generated",
        (Some(_), Some(_)) => "changed",
    };
    let difference = || unified::short(&path, change.found.as_deref(), change.wanted.as_deref());
    match cx.format {
        MessageFormat::Text if shown => {
            cx.result(&format!("stale: {path} ({state})"), &json!(null));
            cx.diff(&difference());
            cx.raw("\n");
        }
        MessageFormat::Text => {}
        MessageFormat::Json => {
            let difference = shown.then(difference);
            cx.result(
                "",
                &json!({"kind": "stale", "path": path, "state": state, "diff": difference}),
            );
        }
        // Lines of a file could be commands to GitHub, so there is no difference.
        MessageFormat::Github => {
            let message = console::annotation(&format!("{state}; run: {command}"));
            cx.raw(&format!(
                "::error file={},title=stale::{message}\n",
                console::property(&path)
            ));
        }
    }
}
