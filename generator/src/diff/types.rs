//! Declared types: what has come, gone, changed its name, and what changed within.

use super::pair::Fate;
use super::{Change, Cx, Entry, Subject, Verdict, docs, reach, shape, text};
use crate::ir::{Decl, Name};

/// The entries of types: those of the later document in its order, then those that are gone.
pub fn entries(cx: &Cx) -> Vec<Entry> {
    let before = reach::operations(cx.old);
    let now = reach::operations(cx.new);
    let at = |all: &[Vec<String>], id: usize| all.get(id).cloned().unwrap_or_default();
    let mut entries = Vec::new();
    for (id, new) in cx.new.types.iter().enumerate() {
        let fate = cx.pairs.before.get(id).copied().unwrap_or(Fate::None);
        let mut reaches = at(&now, id);
        let changes = match fate {
            Fate::None => vec![added(new)],
            Fate::Same(was) | Fate::Part(was) => {
                if fate == Fate::Same(was) {
                    let more = at(&before, was).into_iter();
                    let more: Vec<String> = more.filter(|it| !reaches.contains(it)).collect();
                    reaches.extend(more);
                }
                let old = cx.old.types.get(was);
                old.map(|old| changed(cx, old, new, fate))
                    .unwrap_or_default()
            }
        };
        entries.push(entry(new, changes, reaches));
    }
    for (id, old) in cx.old.types.iter().enumerate() {
        let fate = cx.pairs.now.get(id).copied().unwrap_or(Fate::None);
        let changes = match fate {
            Fate::Same(_) => continue,
            Fate::None => vec![removed(old)],
            Fate::Part(now) => {
                let new = cx.new.types.get(now);
                new.map(|new| merged(cx, old, new)).unwrap_or_default()
            }
        };
        entries.push(entry(old, changes, at(&before, id)));
    }
    entries
}

fn entry(of: &Decl<Name>, changes: Vec<Change>, reaches: Vec<String>) -> Entry {
    Entry {
        subject: Subject::Type,
        name: called(of),
        wire: None,
        changes,
        reaches,
    }
}

fn called(of: &Decl<Name>) -> String {
    format!("models::{}", of.name.ident)
}

fn added(new: &Decl<Name>) -> Change {
    let kind = shape::kind(&new.shape);
    let change = Change::new(
        "type-added",
        Verdict::Addition,
        format!("the {kind} is new"),
    );
    change.is(called(new)).at_new(&new.name.place)
}

fn removed(old: &Decl<Name>) -> Change {
    let kind = shape::kind(&old.shape);
    let text = format!("the {kind} is gone");
    let change = Change::new("type-removed", Verdict::Breaking, text);
    change.was(called(old)).at_old(&old.name.place)
}

fn changed(cx: &Cx, old: &Decl<Name>, new: &Decl<Name>, fate: Fate) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut told = |code, text: String| {
        let change = Change::new(code, Verdict::Breaking, text);
        let change = change.was(called(old)).is(called(new));
        changes.push(change.at(&old.name, &new.name));
    };
    if matches!(fate, Fate::Part(_)) {
        let was = text::code(&called(old));
        told(
            "type-split",
            format!("it is a type of its own now, where {was} was before"),
        );
    } else if old.name.ident != new.name.ident {
        let was = text::code(&called(old));
        told("type-renamed", format!("it was called {was}"));
    }
    changes.extend(shape::changes(cx, old, new));
    let words = docs("the type", &old.doc, &new.doc);
    changes.extend(words.map(|change| change.at(&old.name, &new.name)));
    changes
}

fn merged(cx: &Cx, old: &Decl<Name>, new: &Decl<Name>) -> Vec<Change> {
    let now = text::code(&called(new));
    let text = format!("it is no type of its own any more: {now} is there instead");
    let change = Change::new("type-merged", Verdict::Breaking, text);
    let change = change.was(called(old)).is(called(new));
    let mut changes = vec![change.at(&old.name, &new.name)];
    changes.extend(shape::changes(cx, old, new));
    changes
}
