//! A short difference between two texts. May not say which of them is right.

use similar::TextDiff;
use std::time::Duration;

const CONTEXT: usize = 3;
/// A longer difference is cut here.
pub const LINES: usize = 20;
/// Texts that are hard to compare are compared roughly.
const PATIENCE: Duration = Duration::from_millis(500);

/// What stands in a file and what should, as a unified diff of some lines.
///
/// For example `--- a.rs`, `+++ a.rs (generated)`, `@@ -1 +1 @@`, `-old`, `+new`.
pub fn short(path: &str, found: Option<&str>, wanted: Option<&str>) -> String {
    let name = |text: Option<&str>, of: &str| {
        text.map_or("/dev/null".to_owned(), |_| format!("{path}{of}"))
    };
    let (from, to) = (name(found, ""), name(wanted, " (generated)"));
    let mut compare = TextDiff::configure();
    compare.timeout(PATIENCE);
    let compared = compare.diff_lines(found.unwrap_or_default(), wanted.unwrap_or_default());
    let text = compared
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&from, &to)
        .to_string();
    let total = text.lines().count();
    let mut out: String = text
        .lines()
        .take(LINES)
        .map(|line| format!("{line}\n"))
        .collect();
    if total > LINES {
        out.push_str(&format!("... {} more lines\n", total - LINES));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_what_differs() {
        let wanted = "--- a.rs\n+++ a.rs (generated)\n@@ -1,2 +1,2 @@\n-x\n+y\n same\n";
        assert_eq!(short("a.rs", Some("x\nsame\n"), Some("y\nsame\n")), wanted);
        assert_eq!(
            short("a.rs", None, Some("y\n")),
            "--- /dev/null\n+++ a.rs (generated)\n@@ -0,0 +1 @@\n+y\n"
        );
    }

    #[test]
    fn cuts_what_is_long() {
        let long = "line\n".repeat(100);
        let text = short("a.rs", Some(&long), None);
        assert_eq!(text.lines().count(), LINES + 1);
        assert!(text.ends_with("-line\n... 83 more lines\n"), "{text}");
    }
}
