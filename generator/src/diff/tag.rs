//! Tags: each is an accessor of the client, a module and a Cargo feature.

use super::pair::pair;
use super::{Change, Cx, Entry, Subject, Verdict, docs, text};
use crate::ir::{Group, Name};
use std::collections::HashMap;

/// The accessors that both have, by that of the earlier interface: the same, or one that was renamed.
pub fn kept<'a>(cx: &Cx<'a>) -> HashMap<&'a str, &'a str> {
    let both = pairs(cx).both.into_iter();
    both.map(|(old, new)| (old.name.ident.as_str(), new.name.ident.as_str()))
        .collect()
}

/// Whether two groups are one to callers, or one that was renamed, which is told once.
pub fn are_one(cx: &Cx, old: &Group<Name>, new: &Group<Name>) -> bool {
    cx.tags.get(old.name.ident.as_str()) == Some(&new.name.ident.as_str())
}

fn pairs<'a>(cx: &Cx<'a>) -> super::pair::Paired<'a, Group<Name>> {
    let mut moves: HashMap<*const Group<Name>, Vec<&Group<Name>>> = HashMap::new();
    for (was, is) in &cx.pairs.operations {
        moves.entry(was.group).or_default().push(is.group);
    }
    let all_move = |old: &Group<Name>, new: &Group<Name>| {
        let to = moves.get(&std::ptr::from_ref(old));
        to.is_some_and(|to| to.iter().all(|is| std::ptr::eq(*is, new)))
    };
    pair(
        &cx.old.groups,
        &cx.new.groups,
        |group| group.name.ident.clone(),
        &[&|old, new| old.tag == new.tag, &all_move],
    )
}

/// The entries.
pub fn entries(cx: &Cx) -> Vec<Entry> {
    let paired = pairs(cx);
    let both = paired.both.into_iter();
    let both = both.map(|(old, new)| entry(new, changes(old, new)));
    let added = paired.added.into_iter();
    let added = added.map(|new| entry(new, vec![come(new)]));
    let removed = paired.removed.into_iter();
    let removed = removed.map(|old| entry(old, vec![gone(old)]));
    both.chain(added).chain(removed).collect()
}

fn entry(of: &Group<Name>, changes: Vec<Change>) -> Entry {
    Entry {
        subject: Subject::Tag,
        name: format!("{}()", of.name.ident),
        wire: Some(text::plain(&of.tag)),
        changes,
        reaches: Vec::new(),
    }
}

fn accessor(of: &Group<Name>) -> String {
    format!("client.{}()", of.name.ident)
}

fn feature(of: &Group<Name>) -> String {
    of.name.ident.replace('_', "-")
}

fn come(new: &Group<Name>) -> Change {
    let codes = (text::code(&accessor(new)), text::code(&feature(new)));
    let text = format!("the tag is new: {}, feature {}", codes.0, codes.1);
    let change = Change::new("tag-added", Verdict::Addition, text);
    change.is(accessor(new)).at_new(&new.name.place)
}

fn gone(old: &Group<Name>) -> Change {
    let codes = (text::code(&accessor(old)), text::code(&feature(old)));
    let text = format!("the tag is gone: {}, feature {}", codes.0, codes.1);
    let change = Change::new("tag-removed", Verdict::Breaking, text);
    change.was(accessor(old)).at_old(&old.name.place)
}

fn changes(old: &Group<Name>, new: &Group<Name>) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.name.ident != new.name.ident {
        let text = format!(
            "its accessor is {}, was {}; its feature {}, was {}",
            text::code(&accessor(new)),
            text::code(&accessor(old)),
            text::code(&feature(new)),
            text::code(&feature(old))
        );
        let change = Change::new("tag-renamed", Verdict::Breaking, text);
        changes.push(change.was(accessor(old)).is(accessor(new)));
    } else if old.handle.ident != new.handle.ident {
        let (was, is) = (&old.handle.ident, &new.handle.ident);
        let text = format!(
            "the type of its handle is {}, was {}",
            text::code(is),
            text::code(was)
        );
        let change = Change::new("handle-renamed", Verdict::Breaking, text);
        changes.push(change.was(was).is(is));
    }
    changes.extend(docs("the tag", &old.doc, &new.doc));
    let placed = |change: Change| change.at(&old.name, &new.name);
    changes.into_iter().map(placed).collect()
}
