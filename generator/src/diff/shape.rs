//! What changed within a declared type.

use super::pair::pair;
use super::{Change, Cx, Verdict, docs, members, text};
use crate::ir::{BodyCase, Branch, Decl, Name, Outcome, Shape, Status, Variant, Wire};

/// What a shape is called.
pub fn kind(of: &Shape<Name>) -> &'static str {
    match of {
        Shape::Record { .. } => "struct",
        Shape::Enum { .. } | Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => "enum",
        Shape::Alias(_) => "alias",
    }
}

/// The changes, but for the name and the words of the type itself.
pub fn changes(cx: &Cx, old: &Decl<Name>, new: &Decl<Name>) -> Vec<Change> {
    match (&old.shape, &new.shape) {
        (
            Shape::Record {
                fields: old_fields,
                extra: old_extra,
            },
            Shape::Record { fields, extra },
        ) => {
            let before = members::Record::new(old, old_fields, old_extra.as_ref());
            let now = members::Record::new(new, fields, extra.as_ref());
            members::changes(cx, &before, &now)
        }
        (
            Shape::Enum {
                wire: old_wire,
                variants: old_variants,
                unknown: old_unknown,
            },
            Shape::Enum {
                wire,
                variants,
                unknown,
            },
        ) => {
            let mut changes = variants_of(old_variants, variants);
            if old_wire != wire {
                let text = "its values are of another type on the wire".to_owned();
                let change = Change::new("enum-values-changed", Verdict::Breaking, text);
                let change = change.was(wire_text(*old_wire)).is(wire_text(*wire));
                changes.push(change.at(&old.name, &new.name));
            }
            changes.extend(unknown_renamed(old_unknown, unknown));
            changes
        }
        (
            Shape::Union {
                tag: old_tag,
                branches: old_branches,
                unknown: old_unknown,
            },
            Shape::Union {
                tag,
                branches,
                unknown,
            },
        ) => {
            let mut changes = forms(cx, old_branches, branches);
            if old_tag != tag {
                let show = |tag: &Option<String>| match tag {
                    Some(tag) => text::plain(tag),
                    None => "none".to_owned(),
                };
                let text = "another member tells the forms apart".to_owned();
                let change = Change::new("union-tag-changed", Verdict::Behaviour, text);
                let change = change.was(show(old_tag)).is(show(tag));
                changes.push(change.at(&old.name, &new.name));
            }
            changes.extend(unknown_renamed(old_unknown, unknown));
            changes
        }
        (Shape::Replies(before), Shape::Replies(now)) => outcomes(cx, before, now),
        (Shape::Bodies(before), Shape::Bodies(now)) => cases(cx, before, now),
        (Shape::Alias(was), Shape::Alias(is)) => {
            let same = cx.pairs.same(was, is);
            let (was, is) = (text::ty(cx.old, was), text::ty(cx.new, is));
            let text = format!(
                "it stands for {}, not {}",
                text::code(&is),
                text::code(&was)
            );
            let change = Change::new("alias-changed", Verdict::Breaking, text);
            let change = change.was(was).is(is).at(&old.name, &new.name);
            (!same).then_some(change).into_iter().collect()
        }
        (was, is) => vec![other_kind(old, new, kind(was), kind(is))],
    }
}

fn other_kind(old: &Decl<Name>, new: &Decl<Name>, was: &str, is: &str) -> Change {
    let text = match was == is {
        true => format!("it is {is} of another kind", is = article(is)),
        false => format!("it is {}, and was {}", article(is), article(was)),
    };
    let change = Change::new("type-kind-changed", Verdict::Breaking, text);
    change.was(was).is(is).at(&old.name, &new.name)
}

fn article(kind: &str) -> String {
    let vowel = kind.starts_with(['a', 'e', 'i', 'o', 'u']);
    format!("{} {kind}", if vowel { "an" } else { "a" })
}

fn wire_text(wire: Wire) -> &'static str {
    match wire {
        Wire::Text => "texts",
        Wire::Integer => "whole numbers",
        Wire::Mixed => "values of several types",
    }
}

fn unknown_renamed(old: &Name, new: &Name) -> Option<Change> {
    if old.ident == new.ident {
        return None;
    }
    let text = format!(
        "the variant for what is not listed is {}, not {}",
        text::code(&new.ident),
        text::code(&old.ident)
    );
    let change = Change::new("unknown-renamed", Verdict::Breaking, text);
    Some(change.was(&old.ident).is(&new.ident).at(old, new))
}

/// A variant of any enum: its name, what it is in words, and its documentation.
struct Case<'a> {
    name: &'a Name,
    shown: String,
    doc: &'a [String],
}

/// What is the same for all enums: they are `#[non_exhaustive]`, so what comes is only more.
fn added(code: &'static str, new: &Case) -> Change {
    let text = format!("the variant {} is new: {}", ident(new), new.shown);
    let change = Change::new(code, Verdict::Addition, text);
    change.is(&new.name.ident).at_new(&new.name.place)
}

fn removed(code: &'static str, old: &Case) -> Change {
    let text = format!("the variant {} is gone: {}", ident(old), old.shown);
    let change = Change::new(code, Verdict::Breaking, text);
    change.was(&old.name.ident).at_old(&old.name.place)
}

fn renamed(code: &'static str, old: &Case, new: &Case) -> Option<Change> {
    let text = format!("the variant {} is called {} now", ident(old), ident(new));
    let change = Change::new(code, Verdict::Breaking, text);
    let change = change.was(&old.name.ident).is(&new.name.ident);
    (old.name.ident != new.name.ident).then(|| change.at(old.name, new.name))
}

fn words(old: &Case, new: &Case) -> Option<Change> {
    let what = format!("the variant {}", ident(new));
    Some(docs(&what, old.doc, new.doc)?.at(old.name, new.name))
}

/// A change of what a variant stands for.
fn other(code: &'static str, verdict: Verdict, what: &str, old: &Case, new: &Case) -> Change {
    let text = format!(
        "the variant {} {what}: {}, was {}",
        ident(new),
        new.shown,
        old.shown
    );
    let change = Change::new(code, verdict, text);
    let change = change.was(old.shown.as_str()).is(new.shown.as_str());
    change.at(old.name, new.name)
}

fn ident(of: &Case) -> String {
    text::code(&of.name.ident)
}

fn variants_of(old: &[Variant<Name>], new: &[Variant<Name>]) -> Vec<Change> {
    let case = |of: &'_ Variant<Name>| text::code(&of.value.to_string());
    let bare = |of: &Variant<Name>| text::bare(&of.value.to_string());
    let paired = pair(
        old,
        new,
        |it| it.value.to_string(),
        &[
            &|old, new| old.name.ident == new.name.ident,
            &|old, new| bare(old) == bare(new) && !bare(old).is_empty(),
            &|old, new| !old.doc.is_empty() && old.doc == new.doc,
        ],
    );
    fn view<'v>(of: &'v Variant<Name>, shown: String) -> Case<'v> {
        Case {
            name: &of.name,
            shown,
            doc: &of.doc,
        }
    }
    let mut changes = Vec::new();
    for (old, new) in paired.both {
        let same = old.value == new.value;
        let (old, new) = (view(old, case(old)), view(new, case(new)));
        changes.extend(renamed("variant-renamed", &old, &new));
        let what = "stands for another value";
        let change = other(
            "variant-value-changed",
            Verdict::Behaviour,
            what,
            &old,
            &new,
        );
        changes.extend((!same).then_some(change));
        changes.extend(words(&old, &new));
    }
    let removed = paired.removed.into_iter();
    changes.extend(removed.map(|it| self::removed("variant-removed", &view(it, case(it)))));
    let added = paired.added.into_iter();
    changes.extend(added.map(|it| self::added("variant-added", &view(it, case(it)))));
    changes
}

fn forms(cx: &Cx, old: &[Branch<Name>], new: &[Branch<Name>]) -> Vec<Change> {
    let paired = pair(
        old,
        new,
        |it| it.name.ident.clone(),
        &[&|old, new| cx.pairs.same(&old.ty, &new.ty)],
    );
    fn view<'v>(of: &'v Branch<Name>, shown: String) -> Case<'v> {
        Case {
            name: &of.name,
            shown: text::code(&shown),
            doc: &of.doc,
        }
    }
    let before = |of: &Branch<Name>| text::ty(cx.old, &of.ty);
    let now = |of: &Branch<Name>| text::ty(cx.new, &of.ty);
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        let (old, new) = (view(was, before(was)), view(is, now(is)));
        changes.extend(renamed("form-renamed", &old, &new));
        if !cx.pairs.same(&was.ty, &is.ty) {
            let what = "holds another type";
            changes.push(other(
                "form-type-changed",
                Verdict::Breaking,
                what,
                &old,
                &new,
            ));
        }
        if was.tags != is.tags {
            changes.push(tags(was, is));
        }
        changes.extend(words(&old, &new));
    }
    let removed = paired.removed.into_iter();
    changes.extend(removed.map(|it| self::removed("form-removed", &view(it, before(it)))));
    let added = paired.added.into_iter();
    changes.extend(added.map(|it| self::added("form-added", &view(it, now(it)))));
    changes
}

fn tags(old: &Branch<Name>, new: &Branch<Name>) -> Change {
    let show = |of: &Branch<Name>| {
        let tags: Vec<String> = of.tags.iter().map(ToString::to_string).collect();
        text::plain(&tags.join(", "))
    };
    let text = format!(
        "other values stand for the variant {}",
        text::code(&new.name.ident)
    );
    let change = Change::new("form-tags-changed", Verdict::Behaviour, text);
    let change = change.was(show(old)).is(show(new));
    change.at(&old.name, &new.name)
}

fn outcomes(cx: &Cx, old: &[Outcome<Name>], new: &[Outcome<Name>]) -> Vec<Change> {
    let key = |it: &Outcome<Name>| (it.reply.status, it.reply.media.clone());
    let by_name = |old: &Outcome<Name>, new: &Outcome<Name>| old.name.ident == new.name.ident;
    let paired = pair(old, new, key, &[&by_name]);
    let before = |it: &Outcome<Name>| text::payload(cx.old, &it.reply.payload);
    let now = |it: &Outcome<Name>| text::payload(cx.new, &it.reply.payload);
    fn view<'v>(of: &'v Outcome<Name>, payload: &str) -> Case<'v> {
        let media = of.reply.media.iter().map(|media| format!(" {media}"));
        let media: String = media.collect();
        let status = of.reply.status;
        let shown = format!(
            "status {status}{}, {}",
            text::plain(&media),
            text::code(payload)
        );
        Case {
            name: &of.name,
            shown,
            doc: &[],
        }
    }
    // A range of statuses comes with the status.
    let counts = |it: &Outcome<Name>| matches!(it.reply.status, Status::Code(_));
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        let (old, new) = (view(was, &before(was)), view(is, &now(is)));
        changes.extend(renamed("answer-variant-renamed", &old, &new));
        let (one, other_one) = (was.reply.payload.json(), is.reply.payload.json());
        let same = match one.zip(other_one) {
            Some((old, new)) => cx.pairs.same(old, new),
            None => was.reply.payload == is.reply.payload,
        };
        if !same || counts(was) != counts(is) {
            let what = "holds something else";
            let code = "answer-variant-changed";
            changes.push(other(code, Verdict::Breaking, what, &old, &new));
        } else if key(was) != key(is) {
            let what = "is for another answer";
            let code = "answer-variant-moved";
            changes.push(other(code, Verdict::Behaviour, what, &old, &new));
        }
    }
    let removed = paired.removed.into_iter();
    changes
        .extend(removed.map(|it| self::removed("answer-variant-removed", &view(it, &before(it)))));
    let added = paired.added.into_iter();
    changes.extend(added.map(|it| self::added("answer-variant-added", &view(it, &now(it)))));
    changes
}

fn cases(cx: &Cx, old: &[BodyCase<Name>], new: &[BodyCase<Name>]) -> Vec<Change> {
    let by_name = |old: &BodyCase<Name>, new: &BodyCase<Name>| old.name.ident == new.name.ident;
    let paired = pair(old, new, |it| it.media.clone(), &[&by_name]);
    let before = |it: &BodyCase<Name>| text::content(cx.old, &it.content);
    let now = |it: &BodyCase<Name>| text::content(cx.new, &it.content);
    fn view<'v>(of: &'v BodyCase<Name>, shown: String) -> Case<'v> {
        Case {
            name: &of.name,
            shown,
            doc: &[],
        }
    }
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        let (old, new) = (view(was, before(was)), view(is, now(is)));
        changes.extend(renamed("body-variant-renamed", &old, &new));
        if !super::body::same_type(cx, &was.content, &is.content) {
            let what = "holds something else";
            let code = "body-variant-changed";
            changes.push(other(code, Verdict::Breaking, what, &old, &new));
        } else if was.media != is.media || super::body::written(cx, &was.content, &is.content) {
            let what = "is written otherwise";
            let code = "body-variant-written";
            changes.push(other(code, Verdict::Behaviour, what, &old, &new));
        }
    }
    let removed = paired.removed.into_iter();
    changes.extend(removed.map(|it| self::removed("body-variant-removed", &view(it, before(it)))));
    let added = paired.added.into_iter();
    changes.extend(added.map(|it| self::added("body-variant-added", &view(it, now(it)))));
    changes
}
