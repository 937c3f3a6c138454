//! Which findings a command shows, and how seriously it takes them.
//!
//! May not find anything, and may not say how findings look.

use super::args::Reading;
use super::console::Console;
use restwright::Inputs;
use restwright::report::{Diagnostic, Report, Severity};

/// The same findings, with every warning an error.
fn strict(inputs: &Inputs, found: Report) -> Report {
    if found.count(Severity::Warning) == 0 {
        return found;
    }
    let harder = |found: &Diagnostic| {
        let severity = match found.severity {
            Severity::Warning => Severity::Error,
            same => same,
        };
        Diagnostic {
            severity,
            ..found.clone()
        }
    };
    again(inputs, found.diagnostics().into_iter().map(harder))
}

/// The same findings, with everything that the crate does not carry as the document has it an error.
fn deny_lossy(inputs: &Inputs, found: Report) -> Report {
    let harder = |diagnostic: &Diagnostic| {
        let severity = match found.is_lossy(diagnostic) {
            true => Severity::Error,
            false => diagnostic.severity,
        };
        Diagnostic {
            severity,
            ..diagnostic.clone()
        }
    };
    again(inputs, found.diagnostics().into_iter().map(harder))
}

/// The findings as hard as the arguments ask for.
pub fn as_asked(reading: &Reading, inputs: &Inputs, mut found: Report) -> Report {
    if reading.deny_lossy {
        found = deny_lossy(inputs, found);
    }
    if reading.strict {
        found = strict(inputs, found);
    }
    found
}

/// The findings that are more than notes.
pub fn without_notes(inputs: &Inputs, found: Report) -> Report {
    if found.count(Severity::Note) == 0 {
        return found;
    }
    let grave = |found: &&Diagnostic| found.severity > Severity::Note;
    again(
        inputs,
        found.diagnostics().into_iter().filter(grave).cloned(),
    )
}

fn again(inputs: &Inputs, found: impl Iterator<Item = Diagnostic>) -> Report {
    let mut report = inputs.report();
    found.for_each(|found| report.add(found));
    report
}

/// Tells the findings beside the results: notes only when they are wanted, else their count.
pub fn tell(cx: &mut Console, inputs: &Inputs, found: Report) {
    if cx.verbose {
        cx.diagnostics(&found);
        return;
    }
    let notes = found.count(Severity::Note);
    cx.diagnostics(&without_notes(inputs, found));
    match notes {
        0 => {}
        1 => cx.remark("note: 1 note is not shown; add --verbose to see it"),
        many => cx.remark(&format!(
            "note: {many} notes are not shown; add --verbose to see them"
        )),
    }
}
