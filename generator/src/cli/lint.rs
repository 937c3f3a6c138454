//! `restwright lint`: everything that every stage has to say about a document. May not
//! write, but for the document after its overlays, when asked.

use super::args::Lint;
use super::console::Console;
use super::failure::Failure;
use super::{DONE, FOUND, effective, findings, plan, progress};
use restwright::report::{Report, Severity};
use restwright::{Inputs, lint, lower, name, read};
use serde_json::json;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Lint) -> Result<u8, Failure> {
    let inputs = plan::reading(&arguments.reading)?;
    effective::write(cx, arguments.effective.as_deref(), &inputs)?;
    let mut report = inputs.report();
    progress::watch(cx, "reading", || stages(&inputs, &mut report));
    report = findings::as_asked(&arguments.reading, report);
    if cx.quiet {
        report = findings::without_notes(&report);
    }
    if arguments.summary {
        summary(cx, &report);
    } else {
        cx.diagnostics_as_result(&report);
    }
    let lossy = match report.count_lossy() {
        0 => String::new(),
        count => format!("; {count} of them lossy"),
    };
    let summary = report.summary();
    cx.remark(&format!("{}: {summary}{lossy}", inputs.source.name));
    Ok(if report.gate().is_ok() { DONE } else { FOUND })
}

/// All stages that have a say, one after the other whatever the last one found.
fn stages(inputs: &Inputs, report: &mut Report) {
    let Ok(document) = read::read(&inputs.source, &inputs.files, &inputs.overlays, report) else {
        return;
    };
    lint::lint(&document, report);
    let wishes = inputs.wishes(lower::Extent::Least);
    let shapes = lower::lower(&document, &wishes, report);
    name::name(shapes, &inputs.config.names, &inputs.lock, report);
}

/// How often each code was found: the gravest first, then the most frequent. Lossy is what the crate
/// does not carry as the document has it.
fn summary(cx: &mut Console, report: &Report) {
    let mut counts: BTreeMap<(Severity, &str, bool), usize> = BTreeMap::new();
    for found in report.diagnostics() {
        let kind = (found.severity, found.code, report.is_lossy(found));
        *counts.entry(kind).or_default() += 1;
    }
    let mut rows: Vec<_> = counts.into_iter().collect();
    rows.sort_by_key(|((severity, code, _), count)| (Reverse(*severity), Reverse(*count), *code));
    for ((severity, code, lossy), count) in rows {
        let severity = severity.to_string();
        let object = json!({"severity": severity, "code": code, "count": count, "lossy": lossy});
        let mark = if lossy { " (lossy)" } else { "" };
        cx.result(&format!("{count:>6}  {severity:<7}  {code}{mark}"), &object);
    }
}
