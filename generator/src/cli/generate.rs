//! `restwright generate`: writes a crate and tells what it wrote.
//!
//! May not decide what is in a file.

use super::args::Generate;
use super::console::Console;
use super::failure::Failure;
use super::target::{self, Made};
use super::{DONE, FOUND, effective, plan, taken, written};
use restwright::Generated;
use restwright::timings::Timings;
use serde_json::json;
use std::path::Path;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Generate) -> Result<u8, Failure> {
    let mut timings = Timings::default();
    let read = || plan::writing(&arguments.writing);
    let (inputs, target) = timings.measure("fetch", read)?;
    let aside = arguments.effective.as_deref();
    effective::write(
        cx,
        aside.filter(|to| !arguments.dry_run || *to == Path::new("-")),
        &inputs,
    )?;
    let reading = &arguments.writing.reading;
    let made = target::make(cx, reading, &inputs, target, &mut timings)?;
    let Some(made) = made else {
        taken::tell(cx, arguments.writing.timings, &timings);
        return Ok(FOUND);
    };
    let changes = timings.measure("store", || {
        let changes = target::changes(&made)?;
        if !arguments.dry_run {
            written::write(&changes)?;
        }
        Ok::<_, Failure>(changes)
    })?;
    taken::tell(cx, arguments.writing.timings, &timings);
    written::show(cx, &changes, arguments.dry_run);
    summary(cx, arguments, &made, changes.len());
    // The program ends: the system takes it back at once, piece by piece it would take its time.
    std::mem::forget(changes);
    std::mem::forget((inputs, made));
    Ok(DONE)
}

/// For example `generated-client: 446 types, 173 operations, 18,031 lines; 3 files changed`.
fn summary(cx: &mut Console, arguments: &Generate, made: &Made, changed: usize) {
    let size = Size::of(&made.generated);
    let folder = made.target.folder.display().to_string();
    let end = match (changed, arguments.dry_run) {
        (0, _) => "nothing changed".to_owned(),
        (changed, false) => format!("{} changed", count(changed, "file")),
        (changed, true) => format!("{} would change", count(changed, "file")),
    };
    let text = format!("{folder}: {size}; {end}");
    cx.result(
        &text,
        &json!({
            "kind": "summary", "output": folder, "types": size.types, "operations": size.operations,
            "lines": size.lines, "changed": changed, "dry_run": arguments.dry_run,
        }),
    );
}

/// How much was generated.
struct Size {
    types: usize,
    operations: usize,
    /// Of Rust, without the runtime.
    lines: usize,
}

impl Size {
    fn of(generated: &Generated) -> Self {
        let ours = generated
            .files
            .iter()
            .filter(|file| file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/"));
        Size {
            types: generated.api.types.len(),
            operations: generated
                .api
                .groups
                .iter()
                .map(|group| group.operations.len())
                .sum(),
            // Each ends with one.
            lines: ours
                .map(|file| file.text.bytes().filter(|byte| *byte == b'\n').count())
                .sum(),
        }
    }
}

impl std::fmt::Display for Size {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (types, operations) = (
            count(self.types, "type"),
            count(self.operations, "operation"),
        );
        write!(f, "{types}, {operations}, {}", count(self.lines, "line"))
    }
}

/// For example `1 file`, `18,031 lines`.
pub fn count(number: usize, of: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {of}{plural}", grouped(number))
}

fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::count;

    #[test]
    fn counts() {
        for (number, wanted) in [
            (0, "0 lines"),
            (1, "1 line"),
            (999, "999 lines"),
            (1_000, "1,000 lines"),
            (1_234_567, "1,234,567 lines"),
        ] {
            assert_eq!(count(number, "line"), wanted);
        }
    }
}
