//! For programs. The members are described in `docs/diff.md`; what is there stays, there may be more.

use crate::diff::{Changes, Edition, Entry, Site, Verdict};
use serde_json::{Map, Value, json};

/// The changes as one JSON object, in the order of the text.
pub fn json(changes: &Changes) -> Value {
    let edition = |of: &Edition| json!({"file": of.file, "title": of.title, "version": of.version});
    let counts = Verdict::ALL.into_iter();
    let counts = counts.map(|it| (it.as_str().to_owned(), changes.count(it).into()));
    json!({
        "format": 1,
        "old": edition(&changes.old),
        "new": edition(&changes.new),
        "verdict": changes.verdict().map(|bump| bump.as_str()),
        "counts": counts.collect::<Map<String, Value>>(),
        "entries": changes.entries.iter().map(entry).collect::<Vec<Value>>(),
    })
}

fn entry(of: &Entry) -> Value {
    let changes = of.changes.iter().map(|change| {
        json!({
            "code": change.code,
            "verdict": change.verdict.as_str(),
            "wire": change.wire,
            "text": change.text,
            "was": change.was,
            "is": change.is,
            "old": change.old.as_ref().map(site),
            "new": change.new.as_ref().map(site),
        })
    });
    json!({
        "subject": of.subject.as_str(),
        "name": of.name,
        "wire": of.wire,
        "reaches": of.reaches,
        "changes": changes.collect::<Vec<Value>>(),
    })
}

fn site(of: &Site) -> Value {
    let located = of.located.as_ref();
    let place = located.and_then(|located| located.place);
    json!({
        "file": located.map(|located| &located.file),
        "line": place.map(|place| place.line),
        "column": place.map(|place| place.column),
        "pointer": super::pointer(of),
    })
}
