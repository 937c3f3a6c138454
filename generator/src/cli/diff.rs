//! `restwright diff`: what changes for callers from one document to another. May not write.

use super::args::{Diff, DiffFormat, FailOn};
use super::console::Console;
use super::failure::Failure;
use super::{DONE, FOUND, findings, plan, progress};
use restwright::compare;
use restwright::diff::{Changes, Verdict, render};
use restwright::report::Report;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Diff) -> Result<u8, Failure> {
    let (old, mut new) = plan::comparing(arguments)?;
    let (mut old_report, mut new_report) = (old.report(), new.report());
    let result = progress::watch(cx, "comparing", || {
        compare((&old, &mut old_report), (&mut new, &mut new_report))
    });
    tell(cx, &old_report);
    tell(cx, &new_report);
    let changes = match result {
        Ok(changes) => changes,
        Err(rejected) => {
            cx.error(&rejected.to_string());
            return Ok(FOUND);
        }
    };
    match arguments.format {
        DiffFormat::Text => cx.changes(&render::text(&changes)),
        DiffFormat::Markdown => cx.changes(&render::markdown(&changes)),
        DiffFormat::Json => cx.raw(&format!("{:#}\n", render::json(&changes))),
    }
    Ok(match arguments.fail_on {
        Some(least) if fails(&changes, least) => FOUND,
        _ => DONE,
    })
}

/// Errors are told; what else is odd about two documents is not what was asked for.
fn tell(cx: &mut Console, found: &Report) {
    if cx.verbose || found.gate().is_err() {
        findings::tell(cx, found);
    }
}

fn fails(changes: &Changes, least: FailOn) -> bool {
    let least = match least {
        FailOn::Breaking => Verdict::Breaking,
        FailOn::Addition => Verdict::Addition,
        FailOn::Behaviour => Verdict::Behaviour,
        FailOn::Any => Verdict::Docs,
    };
    let mut entries = changes.entries.iter();
    entries.any(|entry| entry.verdict() >= Some(least))
}
