//! What changed within a struct.
//!
//! A struct that callers send can be written out and taken apart by them, so any other field is another struct;
//! one that only comes as an answer is `#[non_exhaustive]`, so a field more is only more.

use super::pair::pair;
use super::{Change, Cx, Verdict, docs, text};
use crate::ir::{Decl, Extra, Member, Name, Presence};

/// A struct.
pub struct Record<'a> {
    decl: &'a Decl<Name>,
    fields: &'a [Member<Name>],
    extra: Option<&'a Extra<Name>>,
}

impl<'a> Record<'a> {
    /// A struct of a declaration.
    pub fn new(
        decl: &'a Decl<Name>,
        fields: &'a [Member<Name>],
        extra: Option<&'a Extra<Name>>,
    ) -> Self {
        Record {
            decl,
            fields,
            extra,
        }
    }

    /// Whether `Default` is derived.
    fn has_default(&self) -> bool {
        self.fields.iter().all(may_be_left_out)
    }
}

fn may_be_left_out(field: &Member<Name>) -> bool {
    matches!(field.presence, Presence::Optional | Presence::Patch)
}

/// The changes.
pub fn changes(cx: &Cx, old: &Record, new: &Record) -> Vec<Change> {
    let same_type = |old: &Member<Name>, new: &Member<Name>| cx.pairs.same(&old.ty, &new.ty);
    let paired = pair(
        old.fields,
        new.fields,
        |field| field.wire.clone(),
        &[
            &|old, new| text::bare(&old.wire) == text::bare(&new.wire) && same_type(old, new),
            &|old, new| !old.doc.is_empty() && old.doc == new.doc && same_type(old, new),
        ],
    );
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        field(cx, (old, was), (new, is), &mut changes);
    }
    let removed = paired.removed.into_iter();
    changes.extend(removed.map(|field| gone(cx, field)));
    let added = paired.added.into_iter();
    changes.extend(added.map(|field| come(cx, old, new, field)));
    changes.extend(extra(cx, old, new));
    changes.extend(made(old, new));
    changes
}

fn gone(cx: &Cx, field: &Member<Name>) -> Change {
    let shown = shown(&field.name, &text::field(cx.old, field.presence, &field.ty));
    let text = format!("the field {shown} is gone");
    let change = Change::new("field-removed", Verdict::Breaking, text);
    change.was(&field.name.ident).at_old(&field.name.place)
}

fn come(cx: &Cx, old: &Record, new: &Record, field: &Member<Name>) -> Change {
    let shown = shown(&field.name, &text::field(cx.new, field.presence, &field.ty));
    let asked = new.decl.sent && !may_be_left_out(field) && field.fixed.is_none();
    let (verdict, end) = match (old.decl.sent, asked) {
        (true, true) => (Verdict::Breaking, ", and has to be given"),
        (true, false) => (
            Verdict::Breaking,
            ", which a struct that is written out has to have",
        ),
        (false, _) => (Verdict::Addition, ""),
    };
    let text = format!("the field {shown} is new{end}");
    let code = match asked && old.decl.sent {
        true => "required-field-added",
        false => "field-added",
    };
    let change = Change::new(code, verdict, text);
    change.is(&field.name.ident).at_new(&field.name.place)
}

fn field(
    cx: &Cx,
    (old, was): (&Record, &Member<Name>),
    (new, is): (&Record, &Member<Name>),
    changes: &mut Vec<Change>,
) {
    let mut add = |change: Change| changes.push(change.at(&was.name, &is.name));
    let ident = text::code(&is.name.ident);
    if was.name.ident != is.name.ident {
        let text = format!(
            "the field {} is called {ident}",
            text::code(&was.name.ident)
        );
        let change = Change::new("field-renamed", Verdict::Breaking, text);
        add(change.was(&was.name.ident).is(&is.name.ident));
    }
    if was.wire != is.wire {
        let (from, to) = (text::code(&was.wire), text::code(&is.wire));
        let text = format!("the field {ident} is {to} on the wire, was {from}");
        let change = Change::new("field-wire-name-changed", Verdict::Behaviour, text);
        add(change.was(was.wire.as_str()).is(is.wire.as_str()));
    }
    typed(cx, (old, was), (new, is), &mut add);
    if was.fixed != is.fixed && new.decl.sent {
        let show = |of: &Member<Name>| match &of.fixed {
            Some(value) => text::plain(&value.to_string()),
            None => "what a caller gives".to_owned(),
        };
        let (from, to) = (show(was), show(is));
        let text = format!("a builder fills {ident} with {to}, not with {from}");
        // What was filled in has to be given now.
        let asked = is.fixed.is_none() && !may_be_left_out(is) && old.decl.sent;
        let change = match asked {
            true => Change::on_the_wire("field-constant-changed", text),
            false => Change::new("field-constant-changed", Verdict::Behaviour, text),
        };
        add(change.was(from).is(to));
    }
    if let Some(change) = docs(&format!("the field {ident}"), &was.doc, &is.doc) {
        add(change);
    }
}

/// A field's type as callers see it, and, where that stays, whether it may be left out.
fn typed(
    cx: &Cx,
    (old, was): (&Record, &Member<Name>),
    (new, is): (&Record, &Member<Name>),
    add: &mut impl FnMut(Change),
) {
    let wrapped = |presence: Presence| match presence {
        Presence::Required => 0,
        Presence::Nullable | Presence::Optional => 1,
        Presence::Patch => 2,
    };
    let ident = text::code(&is.name.ident);
    let from = text::field(cx.old, was.presence, &was.ty);
    let to = text::field(cx.new, is.presence, &is.ty);
    let same = cx.pairs.same(&was.ty, &is.ty);
    if !same || wrapped(was.presence) != wrapped(is.presence) {
        let text = format!(
            "the field {ident} is {}, was {}",
            text::code(&to),
            text::code(&from)
        );
        let code = match (same, was.presence < is.presence) {
            (false, _) => "field-type-changed",
            (true, true) => "field-made-optional",
            (true, false) => "field-made-required",
        };
        add(Change::new(code, Verdict::Breaking, text).was(from).is(to));
    } else if was.presence != is.presence {
        let now_asked = is.presence == Presence::Nullable;
        let text = match now_asked {
            true => format!("the field {ident} may be `null`, but not be left out"),
            false => format!("the field {ident} may be left out, which `null` means too"),
        };
        let show = |it: Presence| match it {
            Presence::Nullable => "null",
            _ => "left out",
        };
        // A builder that was not given it no longer builds.
        let refused = now_asked && old.decl.sent && new.decl.sent;
        let change = match refused {
            true => Change::on_the_wire("field-presence-changed", text),
            false => Change::new("field-presence-changed", Verdict::Behaviour, text),
        };
        add(change.was(show(was.presence)).is(show(is.presence)));
    }
}

fn extra(cx: &Cx, old: &Record, new: &Record) -> Option<Change> {
    let map = |api, of: &Extra<Name>| {
        let of = text::ty(api, &of.ty);
        format!("Map<{of}>")
    };
    let exhaustive = match old.decl.sent {
        true => Verdict::Breaking,
        false => Verdict::Addition,
    };
    let (was, is) = match (old.extra, new.extra) {
        (None, None) => return None,
        (None, Some(is)) => {
            let shown = shown(&is.name, &map(cx.new, is));
            let text = format!("further members are kept in the field {shown}");
            let change = Change::new("extra-added", exhaustive, text);
            return Some(change.at_new(&new.decl.name.place));
        }
        (Some(was), None) => {
            let shown = shown(&was.name, &map(cx.old, was));
            let text = format!("further members are not kept any more: the field {shown} is gone");
            let change = Change::new("extra-removed", Verdict::Breaking, text);
            return Some(change.at_old(&old.decl.name.place));
        }
        (Some(was), Some(is)) => (was, is),
    };
    if was.name.ident == is.name.ident && cx.pairs.same(&was.ty, &is.ty) {
        return None;
    }
    let from = shown(&was.name, &map(cx.old, was));
    let to = shown(&is.name, &map(cx.new, is));
    let text = format!("further members are in the field {to}, were in {from}");
    let change = Change::new("extra-changed", Verdict::Breaking, text);
    Some(change.at(&old.decl.name, &new.decl.name))
}

/// How callers make one.
fn made(old: &Record, new: &Record) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |code, verdict, text: &str| {
        let change = Change::new(code, verdict, text.to_owned());
        changes.push(change.at(&old.decl.name, &new.decl.name));
    };
    match (old.decl.sent, new.decl.sent) {
        (false, true) => add(
            "builder-added",
            Verdict::Addition,
            "callers send it now, so that it can be built",
        ),
        (true, false) => add(
            "builder-removed",
            Verdict::Breaking,
            "callers do not send it any more: it has no builder and cannot be written out",
        ),
        _ => {}
    }
    match (old.has_default(), new.has_default()) {
        (false, true) => add(
            "default-added",
            Verdict::Addition,
            "all of it may be left out, so that it is `Default`",
        ),
        (true, false) => add(
            "default-removed",
            Verdict::Breaking,
            "something has to be there, so that it is not `Default` any more",
        ),
        _ => {}
    }
    changes
}

/// `email: Option<String>`
fn shown(name: &Name, of: &str) -> String {
    text::code(&format!("{}: {of}", name.ident))
}
