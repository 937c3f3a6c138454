//! The client as a whole: its title, servers, credentials, headers of answers, and what its failures share.

use super::pair::pair;
use super::{Change, Cx, Entry, Subject, Verdict, docs, hooks, scheme, server, text};
use crate::ir::{Header, Name, Type};
use crate::source::Pointer;

/// The entry.
pub fn entry(cx: &Cx) -> Entry {
    let mut changes = about(cx);
    changes.extend(server::changes(cx));
    changes.extend(scheme::changes(cx));
    changes.extend(headers(cx));
    changes.extend(failure(cx));
    changes.extend(hooks::feature(cx));
    Entry {
        subject: Subject::Client,
        name: "the client".to_owned(),
        wire: None,
        changes,
        reaches: Vec::new(),
    }
}

fn about(cx: &Cx) -> Vec<Change> {
    let info = Pointer::root().key("info");
    let mut changes = Vec::new();
    for (what, was, is) in [
        ("title", &cx.old.title, &cx.new.title),
        ("version", &cx.old.version, &cx.new.version),
        ("description", &cx.old.description, &cx.new.description),
    ] {
        let lines = |text: &String| vec![text.clone()];
        let change = docs(&format!("the client ({what})"), &lines(was), &lines(is));
        let place = info.key(what);
        changes.extend(change.map(|change| change.at_old(&place).at_new(&place)));
    }
    changes
}

fn headers(cx: &Cx) -> Vec<Change> {
    let key = |header: &Header<Name>| header.wire.to_ascii_lowercase();
    let paired = pair(&cx.old.headers, &cx.new.headers, key, &[]);
    let of = |api, header: &Header<Name>| {
        let ty = text::ty(api, &header.ty);
        format!("headers::{}: Header<{ty}>", header.name.ident)
    };
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        let (from, to) = (of(cx.old, was), of(cx.new, is));
        if was.name.ident != is.name.ident || !cx.pairs.same(&was.ty, &is.ty) {
            let text = format!(
                "the constant is {}, was {}",
                text::code(&to),
                text::code(&from)
            );
            let change = Change::new("header-changed", Verdict::Breaking, text);
            changes.push(change.was(from).is(to).at(&was.name, &is.name));
        }
        let what = format!("the header {}", text::code(&is.wire));
        let words = docs(&what, &was.doc, &is.doc);
        changes.extend(words.map(|change| change.at(&was.name, &is.name)));
    }
    for was in paired.removed {
        let from = of(cx.old, was);
        let text = format!("the constant {} is gone", text::code(&from));
        let change = Change::new("header-removed", Verdict::Breaking, text);
        changes.push(change.was(from).at_old(&was.name.place));
    }
    for is in paired.added {
        let to = of(cx.new, is);
        let text = format!("the constant {} is new", text::code(&to));
        let change = Change::new("header-added", Verdict::Addition, text);
        changes.push(change.is(to).at_new(&is.name.place));
    }
    changes
}

/// `ApiError::typed`.
fn failure(cx: &Cx) -> Option<Change> {
    let shown = |api, id| text::ty(api, &Type::Named(id));
    let (was, is) = (cx.old.failure, cx.new.failure);
    let place = |api: &crate::ir::Api<Name>, id: crate::ir::TypeId| {
        api.types.get(id.0).map(|decl| decl.name.place.clone())
    };
    let (code, verdict, text) = match (was, is) {
        (None, None) => return None,
        (Some(was), Some(is)) if cx.pairs.same(&Type::Named(was), &Type::Named(is)) => return None,
        (None, Some(is)) => {
            let to = text::code(&shown(cx.new, is));
            let text = format!("most failures share a body: `ApiError::typed` gives {to}");
            ("typed-failure-added", Verdict::Addition, text)
        }
        (Some(_), None) => {
            let text = "no body is that of most failures: `ApiError::typed` is gone".to_owned();
            ("typed-failure-removed", Verdict::Breaking, text)
        }
        (Some(was), Some(is)) => {
            let (from, to) = (shown(cx.old, was), shown(cx.new, is));
            let codes = (text::code(&to), text::code(&from));
            let text = format!("`ApiError::typed` gives {}, was {}", codes.0, codes.1);
            ("typed-failure-changed", Verdict::Breaking, text)
        }
    };
    let mut change = Change::new(code, verdict, text);
    if let Some(id) = was {
        change = change.was(shown(cx.old, id));
        change = place(cx.old, id).map_or(change.clone(), |place| change.at_old(&place));
    }
    if let Some(id) = is {
        change = change.is(shown(cx.new, id));
        change = place(cx.new, id).map_or(change.clone(), |place| change.at_new(&place));
    }
    Some(change)
}
