//! Which findings a command shows, and how seriously it takes them.
//!
//! May not find anything, and may not say how findings look.

use super::args::Reading;
use super::console::Console;
use restwright::report::{Diagnostic, Report, Severity};

/// The same findings, with every warning an error.
fn strict(found: &Report) -> Report {
    harder(found, |diagnostic| diagnostic.severity == Severity::Warning)
}

/// The same findings, with everything that the crate does not carry as the document has it an error.
fn deny_lossy(found: &Report) -> Report {
    harder(found, |diagnostic| found.is_lossy(diagnostic))
}

/// The same findings, some of which are errors now.
fn harder(found: &Report, is_error: impl Fn(&Diagnostic) -> bool) -> Report {
    let all = found.found().iter().cloned();
    found.with_findings(all.map(|diagnostic| match is_error(&diagnostic) {
        true => Diagnostic {
            severity: Severity::Error,
            ..diagnostic
        },
        false => diagnostic,
    }))
}

/// The findings as hard as the arguments ask for.
pub fn as_asked(reading: &Reading, mut found: Report) -> Report {
    if reading.deny_lossy {
        found = deny_lossy(&found);
    }
    if reading.strict {
        found = strict(&found);
    }
    found
}

/// The findings that are more than notes.
pub fn without_notes(found: &Report) -> Report {
    let all = found.found().iter();
    let grave = all.filter(|found| found.severity > Severity::Note);
    found.with_findings(grave.cloned())
}

/// Tells the findings beside the results: notes only when they are wanted, else their count.
pub fn tell(cx: &mut Console, found: &Report) {
    if cx.verbose {
        cx.diagnostics(found);
        return;
    }
    let notes = found.count(Severity::Note);
    cx.diagnostics(&without_notes(found));
    match notes {
        0 => {}
        1 => cx.remark("note: 1 note is not shown; add --verbose to see it"),
        many => cx.remark(&format!(
            "note: {many} notes are not shown; add --verbose to see them"
        )),
    }
}
