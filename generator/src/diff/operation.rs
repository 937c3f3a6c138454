//! Operations: what has come, gone or moved, and what changed about each.

use super::pair::{Place, without_names};
use super::{
    Change, Cx, Entry, Subject, Verdict, answer, body, docs, parameter, reach, scheme, server, tag,
    text,
};

/// The entries: the operations of the later document in its order, then those that are gone.
pub fn entries(cx: &Cx) -> Vec<Entry> {
    let both = cx.pairs.operations.iter();
    let both = both.map(|(old, new)| (*new, changes(cx, *old, *new)));
    let added = cx.pairs.added.iter().map(|new| (*new, vec![come(*new)]));
    let removed = cx.pairs.removed.iter().map(|old| (*old, vec![gone(*old)]));
    let mut now: Vec<(Place, Vec<Change>)> = both.chain(added).collect();
    now.sort_by_key(|(place, _)| position(cx, *place));
    let all = now.into_iter().chain(removed);
    all.map(|(place, changes)| Entry {
        subject: Subject::Operation,
        name: called(place),
        wire: Some(address(place)),
        changes,
        reaches: Vec::new(),
    })
    .collect()
}

fn position(cx: &Cx, of: Place) -> (usize, usize) {
    let mut groups = cx.new.groups.iter();
    let group = groups.position(|group| std::ptr::eq(group, of.group));
    let mut operations = of.group.operations.iter();
    let operation = operations.position(|operation| std::ptr::eq(operation, of.operation));
    (group.unwrap_or_default(), operation.unwrap_or_default())
}

fn called(of: Place) -> String {
    reach::called(of.group, of.operation)
}

fn address(of: Place) -> String {
    let (method, path) = (&of.operation.method, &of.operation.path);
    text::plain(&format!("{method} {path}"))
}

fn come(new: Place) -> Change {
    let text = "the operation is new".to_owned();
    let change = Change::new("operation-added", Verdict::Addition, text);
    change.is(called(new)).at_new(&new.operation.name.place)
}

fn gone(old: Place) -> Change {
    let text = "the operation is gone".to_owned();
    let change = Change::new("operation-removed", Verdict::Breaking, text);
    change.was(called(old)).at_old(&old.operation.name.place)
}

fn changes(cx: &Cx, old: Place, new: Place) -> Vec<Change> {
    let (was, is) = (old.operation, new.operation);
    let mut changes = called_otherwise(cx, old, new);
    changes.extend(goes_elsewhere(old, new));
    changes.extend(server::of_operation(was, is));
    changes.extend(scheme::of_operation(cx, was, is));
    if was.deprecated != is.deprecated {
        let (code, text) = match is.deprecated {
            true => ("deprecated", "it is deprecated"),
            false => ("deprecation-removed", "it is not deprecated any more"),
        };
        changes.push(Change::new(code, Verdict::Behaviour, text.to_owned()));
    }
    changes.extend(docs("the operation", &was.doc, &is.doc));
    let placed = |change: Change| change.at(&was.name, &is.name);
    let mut changes: Vec<Change> = changes.into_iter().map(placed).collect();
    changes.extend(parameter::changes(cx, was, is));
    changes.extend(body::changes(cx, was, is));
    changes.extend(answer::changes(cx, was, is));
    changes.extend(super::rules::of_operation(cx, was, is));
    changes
}

/// Other names in Rust.
fn called_otherwise(cx: &Cx, old: Place, new: Place) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut told = |code, text, was: String, is: String| {
        let change = Change::new(code, Verdict::Breaking, text);
        changes.push(change.was(was).is(is));
    };
    let (from, to) = (called(old), called(new));
    let moved = !tag::are_one(cx, old.group, new.group);
    let renamed = old.operation.name.ident != new.operation.name.ident;
    if moved {
        let tags = (text::code(&new.group.tag), text::code(&old.group.tag));
        let text = format!(
            "it is under the tag {}, was under {}: {}, was {}",
            tags.0,
            tags.1,
            text::code(&to),
            text::code(&from)
        );
        told("operation-moved", text, from, to);
    } else if renamed {
        let (was, is) = (&old.operation.name.ident, &new.operation.name.ident);
        let text = format!(
            "its function is {}, was {}",
            text::code(is),
            text::code(was)
        );
        told("function-renamed", text, from, to);
    }
    let (was, is) = (&old.operation.call.ident, &new.operation.call.ident);
    if was != is && !moved {
        let text = format!(
            "the type of its call is {}, was {}",
            text::code(is),
            text::code(was)
        );
        told("call-renamed", text, was.clone(), is.clone());
    }
    changes
}

/// Another method or path. Where only the name in Rust is the same, it is another operation by that name.
fn goes_elsewhere(old: Place, new: Place) -> Vec<Change> {
    let (was, is) = (old.operation, new.operation);
    let mut changes = Vec::new();
    let own_id =
        |of: Place| of.operation.id != format!("{} {}", of.operation.method, of.operation.path);
    let same_id = was.id == is.id || !own_id(old) || !own_id(new);
    let (from, to) = (address(old), address(new));
    let stays = from == to;
    // What a parameter of the path is called shows nowhere but in words.
    let same_address =
        was.method == is.method && without_names(&was.path) == without_names(&is.path);
    if from != to && same_address {
        let codes = (text::code(&to), text::code(&from));
        let text = format!("its path is written {}, was {}", codes.0, codes.1);
        let change = Change::new("path-parameter-renamed", Verdict::Docs, text);
        changes.push(change.was(from).is(to));
    } else if from != to {
        let codes = (text::code(&to), text::code(&from));
        let text = format!("it goes to {}, not to {}", codes.0, codes.1);
        let change = match same_id {
            true => Change::new("operation-address-changed", Verdict::Behaviour, text),
            false => Change::on_the_wire(
                "operation-replaced",
                format!("{text}, and has another operationId"),
            ),
        };
        changes.push(change.was(from).is(to));
    }
    if stays && was.id != is.id {
        let (from, to) = (text::plain(&was.id), text::plain(&is.id));
        let codes = (text::code(&to), text::code(&from));
        let text = format!("its operationId is {}, was {}", codes.0, codes.1);
        let change = Change::new("operation-id-changed", Verdict::Behaviour, text);
        changes.push(change.was(from).is(to));
    }
    changes
}
