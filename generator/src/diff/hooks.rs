//! Webhooks and callbacks: each is a function that reads a body.

use super::pair::pair;
use super::{Change, Cx, Entry, Subject, Verdict, docs, reach, text};
use crate::ir::{Hook, Name};

/// The entries.
pub fn entries(cx: &Cx) -> Vec<Entry> {
    let paired = pair(
        &cx.old.hooks,
        &cx.new.hooks,
        |hook| hook.name.place.clone(),
        &[&|old, new| old.name.ident == new.name.ident, &|old, new| {
            old.what == new.what
        }],
    );
    let both = paired.both.into_iter();
    let both = both.map(|(old, new)| entry(new, changes(cx, old, new)));
    let added = paired
        .added
        .into_iter()
        .map(|new| entry(new, vec![come(cx, new)]));
    let removed = paired
        .removed
        .into_iter()
        .map(|old| entry(old, vec![gone(cx, old)]));
    both.chain(added).chain(removed).collect()
}

/// What comes and goes with the first of them.
pub fn feature(cx: &Cx) -> Option<Change> {
    let (code, verdict, text) = match (cx.old.hooks.is_empty(), cx.new.hooks.is_empty()) {
        (true, false) => ("feature-added", Verdict::Addition, "there is"),
        (false, true) => ("feature-removed", Verdict::Breaking, "there is no more"),
        _ => return None,
    };
    let text = format!("{text} a module and a feature `webhooks`");
    let change = Change::new(code, verdict, text);
    Some(match (cx.old.hooks.first(), cx.new.hooks.first()) {
        (_, Some(new)) => change.is("webhooks").at_new(&new.name.place),
        (Some(old), None) => change.was("webhooks").at_old(&old.name.place),
        (None, None) => change,
    })
}

fn entry(of: &Hook<Name>, changes: Vec<Change>) -> Entry {
    Entry {
        subject: Subject::Webhook,
        name: reach::hook_called(of),
        wire: Some(text::plain(&of.what)),
        changes,
        reaches: Vec::new(),
    }
}

fn come(cx: &Cx, new: &Hook<Name>) -> Change {
    let body = text::ty(cx.new, &new.body);
    let text = format!("the webhook is new: it has {}", text::code(&body));
    let change = Change::new("webhook-added", Verdict::Addition, text);
    change.is(body).at_new(&new.name.place)
}

fn gone(cx: &Cx, old: &Hook<Name>) -> Change {
    let body = text::ty(cx.old, &old.body);
    let text = format!("the webhook is gone: it had {}", text::code(&body));
    let change = Change::new("webhook-removed", Verdict::Breaking, text);
    change.was(body).at_old(&old.name.place)
}

fn changes(cx: &Cx, old: &Hook<Name>, new: &Hook<Name>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut told = |code, verdict, text, was: &str, is: &str| {
        let change = Change::new(code, verdict, text);
        changes.push(change.was(was).is(is));
    };
    let (was, is) = (&old.name.ident, &new.name.ident);
    if was != is {
        let text = format!(
            "its function is {}, was {}",
            text::code(is),
            text::code(was)
        );
        told("webhook-renamed", Verdict::Breaking, text, was, is);
    }
    if !cx.pairs.same(&old.body, &new.body) {
        let (was, is) = (text::ty(cx.old, &old.body), text::ty(cx.new, &new.body));
        let text = format!("it has {}, was {}", text::code(&is), text::code(&was));
        told("webhook-body-changed", Verdict::Breaking, text, &was, &is);
    }
    if old.what != new.what {
        let (was, is) = (text::plain(&old.what), text::plain(&new.what));
        let text = format!("it is {}, was {}", text::code(&is), text::code(&was));
        told("webhook-changed", Verdict::Behaviour, text, &was, &is);
    }
    if old.registered_by != new.registered_by {
        let (was, is) = (old.registered_by.join(", "), new.registered_by.join(", "));
        let text = "other operations register it".to_owned();
        told("docs-changed", Verdict::Docs, text, &was, &is);
    }
    changes.extend(docs("the webhook", &old.doc, &new.doc));
    let placed = |change: Change| change.at(&old.name, &new.name);
    changes.into_iter().map(placed).collect()
}
