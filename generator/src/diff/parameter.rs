//! What changed in the parameters of an operation: the arguments of its function, the setters of its call.
//!
//! The name of an argument shows nowhere in code that calls the function; its position does.

use super::pair::{Paired, pair};
use super::{Change, Cx, Verdict, docs, text};
use crate::ir::{Location, Name, Operation, Parameter, Spot};

/// The changes.
pub fn changes(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    let slot = |of: &Parameter<Name>| path_position(of);
    let same_type = |old: &Parameter<Name>, new: &Parameter<Name>| cx.pairs.same(&old.ty, &new.ty);
    let here = |of: &Operation<Name>, one: &Parameter<Name>| {
        let paths = of.parameters.iter().filter(|it| slot(it));
        paths
            .map(|it| it.wire.as_str())
            .position(|wire| slot(one) && wire == one.wire)
    };
    let paired = pair(
        &old.parameters,
        &new.parameters,
        |it| (spot(it.location), it.wire.clone()),
        &[
            &|old, new| old.wire == new.wire,
            &|was, is| slot(was) && slot(is) && here(old, was) == here(new, is),
            &|old, new| text::bare(&old.wire) == text::bare(&new.wire) && same_type(old, new),
            &|old, new| !old.doc.is_empty() && old.doc == new.doc && same_type(old, new),
        ],
    );
    let mut changes: Vec<Change> = reordered(cx, &paired).into_iter().collect();
    changes.iter_mut().for_each(|change| {
        *change = change.clone().at(&old.name, &new.name);
    });
    for (was, is) in paired.both {
        both(cx, was, is, &mut changes);
    }
    changes.extend(paired.removed.into_iter().map(|it| gone(cx, it)));
    changes.extend(paired.added.into_iter().map(|it| come(cx, it)));
    changes
}

fn path_position(of: &Parameter<Name>) -> bool {
    spot(of.location) == Spot::Path
}

fn spot(of: Location) -> Spot {
    match of {
        Location::Path => Spot::Path,
        Location::Query | Location::QueryList(_) | Location::QueryJson => Spot::Query,
        Location::Header => Spot::Header,
        Location::Styled { spot, .. } => spot,
    }
}

fn spot_text(of: Location) -> &'static str {
    match spot(of) {
        Spot::Path => "path",
        Spot::Query => "query",
        Spot::Header => "header",
        Spot::Cookie => "cookie",
    }
}

/// Whether it has a setter; what has a fixed value in the path has neither setter nor argument.
fn has_setter(of: &Parameter<Name>) -> bool {
    !of.required && of.location != Location::Path
}

fn is_list(of: &Parameter<Name>) -> bool {
    matches!(of.location, Location::QueryList(_))
}

/// What a caller gives: `impl IntoIterator<…>` is shown as a list.
fn shown(cx_api: &crate::ir::Api<Name>, of: &Parameter<Name>) -> String {
    let ty = text::ty(cx_api, &of.ty);
    match is_list(of) {
        true => format!("Vec<{ty}>"),
        false => ty,
    }
}

fn come(cx: &Cx, of: &Parameter<Name>) -> Change {
    let code = text::code(&format!("{}: {}", of.name.ident, shown(cx.new, of)));
    let spot = spot_text(of.location);
    let change = if of.required {
        let text = format!("the argument {code} is new ({spot} parameter)");
        Change::new("required-parameter-added", Verdict::Breaking, text)
    } else if has_setter(of) {
        let text = format!("the setter {code} is new ({spot} parameter)");
        Change::new("parameter-added", Verdict::Addition, text)
    } else {
        let text = format!("the {spot} parameter {} is sent", text::code(&of.wire));
        Change::new("parameter-filled-in", Verdict::Behaviour, text)
    };
    change.is(of.wire.as_str()).at_new(&of.name.place)
}

fn gone(cx: &Cx, of: &Parameter<Name>) -> Change {
    let code = text::code(&format!("{}: {}", of.name.ident, shown(cx.old, of)));
    let spot = spot_text(of.location);
    let change = if of.required {
        let text = format!("the argument {code} is gone ({spot} parameter)");
        Change::new("parameter-removed", Verdict::Breaking, text)
    } else if has_setter(of) {
        let text = format!("the setter {code} is gone ({spot} parameter)");
        Change::new("parameter-removed", Verdict::Breaking, text)
    } else {
        let text = format!("the {spot} parameter {} is not sent", text::code(&of.wire));
        Change::new("parameter-not-filled-in", Verdict::Behaviour, text)
    };
    change.was(of.wire.as_str()).at_old(&of.name.place)
}

/// Arguments in another order: code that compiles nevertheless sends one as the other.
fn reordered(cx: &Cx, paired: &Paired<Parameter<Name>>) -> Option<Change> {
    let kept = paired.both.iter();
    let kept: Vec<_> = kept
        .filter(|(was, is)| was.required && is.required)
        .collect();
    let now: Vec<&Parameter<Name>> = kept.iter().map(|(_, is)| *is).collect();
    let mut before: Vec<(usize, &Parameter<Name>)> = Vec::new();
    for (was, _) in &kept {
        before.push((paired.order(was), *was));
    }
    before.sort_by_key(|(at, _)| *at);
    let before: Vec<&Parameter<Name>> = before.into_iter().map(|(_, was)| was).collect();
    let stays = kept
        .iter()
        .zip(&before)
        .all(|((was, _), then)| std::ptr::eq(*was, *then));
    if stays {
        return None;
    }
    let list = |of: &[&Parameter<Name>]| {
        let names: Vec<&str> = of.iter().map(|it| it.name.ident.as_str()).collect();
        names.join(", ")
    };
    let (from, to) = (list(&before), list(&now));
    let codes = (text::code(&to), text::code(&from));
    let text = format!(
        "the arguments come in another order: {}, was {}",
        codes.0, codes.1
    );
    let mut types = before.iter().zip(&now);
    let compiles =
        types.all(|(was, is)| cx.pairs.same(&was.ty, &is.ty) && is_list(was) == is_list(is));
    let change = match compiles {
        true => Change::on_the_wire("arguments-reordered", text),
        false => Change::new("arguments-reordered", Verdict::Breaking, text),
    };
    Some(change.was(from).is(to))
}

fn both(cx: &Cx, was: &Parameter<Name>, is: &Parameter<Name>, changes: &mut Vec<Change>) {
    let mut add = |change: Change| changes.push(change.at(&was.name, &is.name));
    let what = match is.required {
        true => format!("the argument {}", text::code(&is.name.ident)),
        false => format!("the setter {}", text::code(&is.name.ident)),
    };
    for change in rust(cx, was, is, &what)
        .into_iter()
        .chain(wire(was, is, &what))
    {
        add(change);
    }
    if was.deprecated != is.deprecated {
        let text = match is.deprecated {
            true => format!("{what} is deprecated"),
            false => format!("{what} is not deprecated any more"),
        };
        let code = ["deprecation-removed", "deprecated"][usize::from(is.deprecated)];
        add(Change::new(code, Verdict::Behaviour, text));
    }
    if let Some(change) = docs(&what, &was.doc, &is.doc) {
        add(change);
    }
}

/// What callers see.
fn rust(cx: &Cx, was: &Parameter<Name>, is: &Parameter<Name>, what: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let (from, to) = (shown(cx.old, was), shown(cx.new, is));
    match (was.required, is.required) {
        (false, true) => {
            let text = format!("{what} was a setter, and has to be given now");
            changes.push(Change::new(
                "parameter-made-required",
                Verdict::Breaking,
                text,
            ));
        }
        (true, false) => {
            let text = format!("{what} was an argument, and may be left out now");
            changes.push(Change::new(
                "parameter-made-optional",
                Verdict::Breaking,
                text,
            ));
        }
        (false, false) if was.name.ident != is.name.ident => {
            let text = format!("{what} was called {}", text::code(&was.name.ident));
            let change = Change::new("parameter-renamed", Verdict::Breaking, text);
            changes.push(change.was(&was.name.ident).is(&is.name.ident));
        }
        _ => {}
    }
    if !cx.pairs.same(&was.ty, &is.ty) || is_list(was) != is_list(is) {
        let text = format!(
            "{what} takes {}, was {}",
            text::code(&to),
            text::code(&from)
        );
        let change = Change::new("parameter-type-changed", Verdict::Breaking, text);
        changes.push(change.was(from).is(to));
    }
    changes
}

/// What only the server sees.
fn wire(was: &Parameter<Name>, is: &Parameter<Name>, what: &str) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut add = |code, text, from: String, to: String| {
        let change = Change::new(code, Verdict::Behaviour, text);
        changes.push(change.was(from).is(to));
    };
    if was.wire != is.wire && !(path_position(was) && path_position(is)) {
        let (from, to) = (text::plain(&was.wire), text::plain(&is.wire));
        let codes = (text::code(&to), text::code(&from));
        let text = format!("{what} is {} on the wire, was {}", codes.0, codes.1);
        add("parameter-wire-name-changed", text, from, to);
    }
    if spot(was.location) != spot(is.location) {
        let (from, to) = (spot_text(was.location), spot_text(is.location));
        let text = format!("{what} goes into the {to}, not the {from}");
        add("parameter-moved", text, from.to_owned(), to.to_owned());
    } else if was.location != is.location {
        let (from, to) = (format!("{:?}", was.location), format!("{:?}", is.location));
        let text = format!("{what} is written in another way");
        add("parameter-style-changed", text, from, to);
    }
    if was.fixed != is.fixed {
        let show = |of: &Parameter<Name>| match &of.fixed {
            Some(value) => text::plain(value),
            None => "nothing".to_owned(),
        };
        let (from, to) = (show(was), show(is));
        let text = format!(
            "without {what}, {} is sent, was {}",
            text::code(&to),
            text::code(&from)
        );
        add("parameter-constant-changed", text, from, to);
    }
    if was.default != is.default {
        let show = |of: &Parameter<Name>| match of.default {
            Some(value) => value.to_string(),
            None => "not known".to_owned(),
        };
        let (from, to) = (show(was), show(is));
        let text = format!("what the server takes without {what} is {to}, was {from}");
        add("parameter-default-changed", text, from, to);
    }
    changes
}
