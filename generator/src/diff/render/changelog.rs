//! For the changelog of a generated crate, in the format of Keep a Changelog.

use super::markdown::{documented, list};
use crate::diff::{Changes, Verdict};
use std::fmt::Write as _;

/// An entry: a heading with version and date, and sections Breaking, Added, Changed, Documentation for what there
/// is.
///
/// For example `## [0.2.0] - 2026-08-21`. The date is the caller's to know.
pub fn changelog(changes: &Changes, version: &semver::Version, date: &str) -> String {
    let mut out = format!("## [{version}] - {date}\n");
    let sections = [
        ("Breaking", list(changes, Verdict::Breaking, false)),
        ("Added", list(changes, Verdict::Addition, false)),
        ("Changed", list(changes, Verdict::Behaviour, false)),
        ("Documentation", documented(changes)),
    ];
    for (title, items) in sections {
        if items.is_empty() {
            continue;
        }
        let _ = write!(out, "\n### {title}\n\n");
        for item in items {
            let _ = writeln!(out, "- {item}");
        }
    }
    out
}
