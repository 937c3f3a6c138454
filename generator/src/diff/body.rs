//! What changed in the body that an operation takes.

use super::{Change, Cx, Verdict, docs, text};
use crate::ir::{Body, Content, Name, Operation};
use crate::source::Pointer;

/// The changes.
pub fn changes(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    match (&old.body, &new.body) {
        (None, None) => Vec::new(),
        (None, Some(is)) => vec![come(cx, is, &place(new, is))],
        (Some(was), None) => vec![gone(cx, was, &place(old, was))],
        (Some(was), Some(is)) => both(cx, (old, was), (new, is)),
    }
}

/// A body has its name from the operation, and its place is beneath it.
fn place(operation: &Operation<Name>, body: &Body<Name>) -> Pointer {
    let own = &body.name.place;
    match own.is_in(&operation.name.place) && *own != operation.name.place {
        true => own.clone(),
        false => operation.name.place.key("requestBody"),
    }
}

fn come(cx: &Cx, body: &Body<Name>, at: &Pointer) -> Change {
    let content = text::code(&text::content(cx.new, &body.content));
    let change = match body.required {
        true => {
            let text = format!("a body has to be given, as the last argument: {content}");
            Change::new("required-body-added", Verdict::Breaking, text)
        }
        false => {
            let text = format!("a body may be given, by {}: {content}", setter(body));
            Change::new("body-added", Verdict::Addition, text)
        }
    };
    change.is(text::content(cx.new, &body.content)).at_new(at)
}

fn gone(cx: &Cx, body: &Body<Name>, at: &Pointer) -> Change {
    let content = text::content(cx.old, &body.content);
    let text = format!("there is no body any more: {}", text::code(&content));
    let change = Change::new("body-removed", Verdict::Breaking, text);
    change.was(content).at_old(at)
}

fn setter(body: &Body<Name>) -> String {
    text::code(&format!(".{}(…)", body.name.ident))
}

fn both(
    cx: &Cx,
    (old, was): (&Operation<Name>, &Body<Name>),
    (new, is): (&Operation<Name>, &Body<Name>),
) -> Vec<Change> {
    let mut changes = Vec::new();
    let (before, now) = (place(old, was), place(new, is));
    let mut add = |change: Change| changes.push(change.at_old(&before).at_new(&now));
    let (from, to) = (
        text::content(cx.old, &was.content),
        text::content(cx.new, &is.content),
    );
    let told = format!("{}, was {}", text::code(&to), text::code(&from));
    if !same_type(cx, &was.content, &is.content) {
        let text = format!("the body is {told}");
        let change = Change::new("body-type-changed", Verdict::Breaking, text);
        add(change.was(from).is(to));
    } else if written(cx, &was.content, &is.content) {
        let text = match from == to {
            true => "members of the body are written in another way".to_owned(),
            false => format!("the body is written otherwise: {told}"),
        };
        let change = Change::new("body-media-changed", Verdict::Behaviour, text);
        add(change.was(from).is(to));
    }
    match (was.required, is.required) {
        (true, false) => {
            let text = format!("the body is no argument any more: {} sets it", setter(is));
            add(Change::new("body-made-optional", Verdict::Breaking, text));
        }
        (false, true) => {
            let text = "the body has to be given, as the last argument".to_owned();
            add(Change::new("body-made-required", Verdict::Breaking, text));
        }
        (false, false) if was.name.ident != is.name.ident => {
            let text = format!("{} sets the body, not {}", setter(is), setter(was));
            let change = Change::new("body-renamed", Verdict::Breaking, text);
            add(change.was(&was.name.ident).is(&is.name.ident));
        }
        _ => {}
    }
    if let Some(change) = docs("the body", &was.doc, &is.doc) {
        add(change);
    }
    changes
}

/// Whether two bodies are given in the same way.
pub fn same_type(cx: &Cx, old: &Content, new: &Content) -> bool {
    match (old, new) {
        (Content::OneOf(old), Content::OneOf(new)) => cx.pairs.same(old, new),
        (Content::OneOf(_), _) | (_, Content::OneOf(_)) => false,
        (Content::Text(_), Content::Text(_)) | (Content::Bytes(_), Content::Bytes(_)) => true,
        (old, new) => match old.ty().zip(new.ty()) {
            Some((old, new)) => cx.pairs.same(old, new),
            None => false,
        },
    }
}

/// Whether bodies that are given in the same way are written in different ways.
pub fn written(cx: &Cx, old: &Content, new: &Content) -> bool {
    match (old, new) {
        (
            Content::Json {
                media_type: old, ..
            },
            Content::Json {
                media_type: new, ..
            },
        ) => old != new,
        (Content::Form { styles: old, .. }, Content::Form { styles: new, .. }) => old != new,
        (Content::Multipart { kinds: old, .. }, Content::Multipart { kinds: new, .. }) => {
            old != new
        }
        (Content::Text(old), Content::Text(new)) | (Content::Bytes(old), Content::Bytes(new)) => {
            old != new
        }
        (Content::OneOf(old), Content::OneOf(new)) => !cx.pairs.same(old, new),
        _ => true,
    }
}
