//! How changes are shown. May not decide what a change means.

mod changelog;
mod json;
mod markdown;
mod text;

pub use changelog::changelog;
pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::{Change, Changes, Entry, Site, Verdict};

/// The verdict of a change in words: `breaking`, `breaking (wire)`.
fn label(change: &Change) -> &'static str {
    match change.wire {
        true => "breaking (wire)",
        false => change.verdict.as_str(),
    }
}

/// For example `major: 3 breaking, 1 addition, 12 docs`.
pub fn summary(changes: &Changes) -> String {
    let Some(bump) = changes.verdict() else {
        return "no changes".to_owned();
    };
    let counts = Verdict::ALL.into_iter().filter_map(|verdict| {
        let word = match (changes.count(verdict), verdict) {
            (0, _) => return None,
            (1, verdict) => format!("1 {}", verdict.as_str()),
            (count, Verdict::Addition) => format!("{count} additions"),
            (count, verdict) => format!("{count} {}", verdict.as_str()),
        };
        Some(word)
    });
    let counts: Vec<String> = counts.collect();
    format!("{}: {}", bump.as_str(), counts.join(", "))
}

/// `api.json:12:5`
fn place(site: &Site) -> String {
    let file = site.located.as_ref().map_or("", |it| it.file.as_str());
    format!("{file}:{}", line(site))
}

/// `12:5`
fn line(site: &Site) -> String {
    let place = site.located.as_ref().and_then(|located| located.place);
    place.map_or("?".to_owned(), |place| {
        format!("{}:{}", place.line, place.column)
    })
}

/// The pointer, as the file has it.
fn pointer(site: &Site) -> String {
    match &site.located {
        Some(located) => located.pointer.to_string(),
        None => site.pointer.to_string(),
    }
}

/// What an entry reaches: the first, and how many more there are.
fn reach(entry: &Entry, most: usize) -> Option<String> {
    if entry.reaches.is_empty() {
        return None;
    }
    let mut shown: Vec<&str> = entry.reaches.iter().map(String::as_str).collect();
    let more = shown.len().saturating_sub(most);
    shown.truncate(most);
    Some(match more {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    })
}

/// Changes of documentation are many and say little, so those of an entry are one.
fn without_docs(entry: &Entry) -> (impl Iterator<Item = &Change>, Vec<&Change>) {
    let is_docs = |change: &&Change| change.code == "docs-changed";
    let docs = entry.changes.iter().filter(is_docs).collect();
    let rest = entry
        .changes
        .iter()
        .filter(|change| change.code != "docs-changed");
    (rest, docs)
}
