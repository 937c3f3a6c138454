//! The three ways a report is shown.
//!
//! May not decide anything: order and places come from the report.

use std::fmt::Write;

use serde_json::json;

use super::{Report, Severity};
use crate::unseen::plain;

impl Report {
    /// For people: each finding as the Rust compiler shows it.
    ///
    /// For example: `warning[enum-value-twice]: ...`, then `  --> api.json:12:5 #/components/...`,
    /// then `  = help: ...`.
    pub fn render_text(&self) -> String {
        let mut text = String::new();
        for (found, place) in self.placed() {
            let blank = if text.is_empty() { "" } else { "\n" };
            let file = plain(&found.file);
            let place = place
                .map(|place| format!(":{}:{}", place.line, place.column))
                .unwrap_or_default();
            let pointer = plain(&found.pointer.to_string());
            let message = plain(&found.message);
            let _ = writeln!(text, "{blank}{}[{}]: {message}", found.severity, found.code);
            let _ = writeln!(text, "  --> {file}{place} {pointer}");
            if let Some(help) = &found.help {
                let _ = writeln!(text, "  = help: {}", plain(help));
            }
        }
        text
    }

    /// For programs: one JSON object a line.
    pub fn render_json(&self) -> String {
        let mut text = String::new();
        for (found, place) in self.placed() {
            let object = json!({
                "severity": found.severity.to_string(),
                "code": found.code,
                "file": found.file,
                "line": place.map(|place| place.line),
                "column": place.map(|place| place.column),
                "pointer": found.pointer.to_string(),
                "message": found.message,
                "help": found.help,
            });
            let _ = writeln!(text, "{object}");
        }
        text
    }

    /// For GitHub Actions: one workflow command a line.
    pub fn render_github(&self) -> String {
        let mut text = String::new();
        for (found, place) in self.placed() {
            let command = match found.severity {
                Severity::Note => "notice",
                Severity::Warning => "warning",
                Severity::Error => "error",
            };
            let place = place
                .map(|place| format!(",line={},col={}", place.line, place.column))
                .unwrap_or_default();
            let help = found
                .help
                .as_ref()
                .map(|help| format!("\n{help}"))
                .unwrap_or_default();
            let message = data(&format!("{}{help}", found.message));
            let _ = writeln!(
                text,
                "::{command} file={}{place},title={}::{message}",
                property(&found.file),
                found.code
            );
        }
        text
    }

    /// For example: `3 errors, 2 warnings, 5 notes`.
    pub fn summary(&self) -> String {
        let count = |severity: Severity| match self.count(severity) {
            0 => None,
            1 => Some(format!("1 {severity}")),
            many => Some(format!("{many} {severity}s")),
        };
        let parts: Vec<_> = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .filter_map(count)
            .collect();
        match parts.is_empty() {
            true => "nothing to report".to_owned(),
            false => parts.join(", "),
        }
    }
}

fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
