//! For the description of a pull request.

use super::{label, place, reach, summary};
use crate::diff::{Change, Changes, Entry, Verdict};
use std::fmt::Write as _;

/// So many operations are named that a type reaches.
const MOST: usize = 3;

/// The changes by their verdicts: a section each, the gravest first; documentation is only counted.
pub fn markdown(changes: &Changes) -> String {
    let mut out = format!("**{}**\n", summary(changes));
    for (verdict, title) in [
        (Verdict::Breaking, "Breaking"),
        (Verdict::Addition, "Added"),
        (Verdict::Behaviour, "Changed"),
    ] {
        section(&mut out, title, &list(changes, verdict, true));
    }
    section(&mut out, "Documentation", &documented(changes));
    out
}

fn section(out: &mut String, title: &str, items: &[String]) {
    if items.is_empty() {
        return;
    }
    let _ = write!(out, "\n### {title}\n\n");
    for item in items {
        let _ = writeln!(out, "- {item}");
    }
}

/// An item for each change of this verdict, with the lines of the later document where they are wanted.
pub(super) fn list(changes: &Changes, verdict: Verdict, lines: bool) -> Vec<String> {
    let mut items = Vec::new();
    for entry in &changes.entries {
        let of = entry.changes.iter().filter(|it| it.verdict == verdict);
        items.extend(of.map(|change| item(entry, change, lines)));
    }
    items
}

fn item(entry: &Entry, change: &Change, lines: bool) -> String {
    let mut item = format!("{}: {}", called(entry), escaped(&change.text));
    if change.wire {
        let _ = write!(item, " ({})", label(change));
    }
    let site = change.new.as_ref().or(change.old.as_ref());
    if let Some(site) = site.filter(|_| lines) {
        let _ = write!(item, " ({})", escaped(&place(site)));
    }
    item
}

fn called(entry: &Entry) -> String {
    let name = match entry.name.as_str() {
        "the client" => "The client".to_owned(),
        name => format!("`{name}`"),
    };
    let wire = entry.wire.iter().map(|wire| format!(" (`{wire}`)"));
    let wire: String = wire.collect();
    let reach = reach(entry, MOST).map(|reach| format!(", in {}", escaped(&reach)));
    format!("{name}{wire}{}", reach.unwrap_or_default())
}

/// What has other words, in a line for each kind of thing.
pub(super) fn documented(changes: &Changes) -> Vec<String> {
    let mut items: Vec<String> = Vec::new();
    let entries = changes.entries.iter();
    let names = entries.filter(|entry| {
        let mut of = entry.changes.iter();
        of.any(|change| change.verdict == Verdict::Docs)
    });
    let names: Vec<String> = names.map(|entry| format!("`{}`", entry.name)).collect();
    let most = names
        .iter()
        .take(10)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    match names.len() {
        0 => {}
        few if few <= 10 => items.push(format!("Other words: {most}.")),
        many => items.push(format!("Other words: {most} and {} more.", many - 10)),
    }
    items
}

/// Outside of code, what Markdown would take for its own.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut code = false;
    for c in text.chars() {
        if c == '`' {
            code = !code;
        }
        if !code && "\\*_[]<>#|~&".contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn escapes_outside_of_code() {
        assert_eq!(escaped("a_b `c_d<e>` <f>"), "a\\_b `c_d<e>` \\<f\\>");
    }
}
