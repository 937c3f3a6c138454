//! What alternatives are called, so that a reader can tell them apart.

use super::compose::{gather, kinds_of};
use super::draft::{Owner, Place};
use super::enums;
use super::place;
use super::schema::Cx;
use super::telling;
use super::view::{Kind, Node};
use crate::ir::Part;
use crate::read::Document;
use crate::source::Pointer;
use serde_json::Value;
use std::collections::HashMap;

/// What alternatives are called. Those that would be called the same are told apart by a member that
/// the others lack, by what is listed for a member, or by what is in them.
pub fn labels<'d>(cx: &mut Cx<'d, '_>, branches: &[Node<'d>]) -> Vec<Vec<Part>> {
    let mut labels: Vec<Vec<Part>> = branches.iter().map(|branch| label(cx, branch)).collect();
    if alike(&labels).is_empty() {
        return labels;
    }
    let members: Vec<Members<'d>> = branches.iter().map(|branch| members(cx, branch)).collect();
    let tellings: [Telling; 5] = [
        |_, index, _, members| by_member(index, members),
        |_, index, _, members| by_value(index, members),
        |cx, index, branches, _| Some(by_shape(cx, &branches[index])),
        |cx, index, branches, _| by_kind(cx, &branches[index]),
        by_type,
    ];
    for telling in tellings {
        for index in alike(&labels) {
            if let Some(label) = telling(cx, index, branches, &members) {
                labels[index] = label;
            }
        }
        if alike(&labels).is_empty() {
            return labels;
        }
    }
    let mut told = telling::apart(cx, branches);
    for index in alike(&labels) {
        if let Some(label) = told[index].take() {
            labels[index] = label;
        }
    }
    labels
}

/// The labels that others have, too.
fn alike(labels: &[Vec<Part>]) -> Vec<usize> {
    let mut counts: HashMap<&[Part], usize> = HashMap::new();
    for label in labels {
        *counts.entry(label).or_default() += 1;
    }
    let indices = 0..labels.len();
    let alike = indices.filter(|index| counts.get(labels[*index].as_slice()) > Some(&1));
    alike.collect()
}

type Members<'d> = Vec<(&'d str, Node<'d>)>;
type Telling = for<'d> fn(&mut Cx<'d, '_>, usize, &[Node<'d>], &[Members<'d>]) -> Option<Vec<Part>>;

/// The members of an alternative, with those of what it extends.
fn members<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Members<'d> {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    nodes
        .iter()
        .flat_map(|node| node.named_children("properties"))
        .collect()
}

/// By a member that the others lack.
fn by_member(index: usize, members: &[Members]) -> Option<Vec<Part>> {
    let others = || {
        members
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
    };
    let lack = |name: &str| others().all(|(_, theirs)| theirs.iter().all(|(own, _)| *own != name));
    let (name, _) = members[index].iter().find(|(name, _)| lack(name))?;
    Some(vec![text("with"), text(name)])
}

/// By the first value that is listed for a member, where the others have another list.
fn by_value(index: usize, members: &[Members]) -> Option<Vec<Part>> {
    let others = || {
        members
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
    };
    members[index].iter().find_map(|(_, member)| {
        let values = enums::values(std::slice::from_ref(member))?;
        let unlike = |theirs: &Members| theirs.iter().all(|(_, own)| own.value != member.value);
        let first = values.first().and_then(Value::as_str)?;
        others()
            .all(|(_, theirs)| unlike(theirs))
            .then(|| vec![text(first)])
    })
}

/// By the kind of value.
fn by_kind<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Option<Vec<Part>> {
    match kinds_of(cx, branch).as_slice() {
        [only] => Some(vec![text(kind_text(*only))]),
        _ => None,
    }
}

/// By what is in the first member that the others have too, but not with that schema.
fn by_type<'d>(
    cx: &mut Cx<'d, '_>,
    index: usize,
    branches: &[Node<'d>],
    members: &[Members<'d>],
) -> Option<Vec<Part>> {
    let unlike = |name: &str, own: &Node| {
        members
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != index)
            .all(|(_, theirs)| {
                theirs
                    .iter()
                    .all(|(other, theirs)| *other != name || theirs.value != own.value)
            })
    };
    let (name, member) = members[index]
        .iter()
        .find(|(name, own)| unlike(name, own))?;
    let of = if branches[index].text("$ref").is_some() {
        Vec::new()
    } else {
        label(cx, member)
    };
    Some([vec![text(name)], of].concat())
}

/// What an alternative is called: the component, the title, or what is in it.
fn label<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<Part> {
    if let Some(reference) = branch.text("$ref") {
        let target = cx.target(reference);
        return target.map_or_else(
            || vec![text("value")],
            |target| place_label(cx.document, &target.at),
        );
    }
    let title = |node: &Node<'d>| node.text("title").filter(|title| !title.trim().is_empty());
    if let Some(title) = title(branch) {
        return vec![text(title)];
    }
    let members = branch.children("allOf");
    let mut titles = members.iter().filter_map(title);
    if let (Some(title), None) = (titles.next(), titles.next()) {
        return vec![text(title)];
    }
    // What extends a component is called like it.
    if let Some(base) = members
        .into_iter()
        .find(|member| member.text("$ref").is_some())
    {
        return label(cx, &base);
    }
    by_shape(cx, branch)
}

/// What a schema is called that has a name, or the way to it.
pub fn place_label(document: &Document, at: &Pointer) -> Vec<Part> {
    match place::of(document, at).0 {
        Place {
            owner: Owner::Component(name),
            path,
            ..
        } if path.is_empty() => vec![text(&name)],
        Place { path, .. } => path,
    }
}

/// By what is in it.
fn by_shape<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<Part> {
    match kinds_of(cx, branch).as_slice() {
        [Kind::Array] if branch.get("prefixItems").is_some() => vec![text("tuple")],
        [Kind::Array] => {
            let mut parts = match branch.child("items") {
                Some(items) => element_label(cx, &items),
                None => vec![text("value")],
            };
            parts.push(text("array"));
            parts
        }
        [Kind::Object] => {
            let constants = super::discriminator::constants(cx, branch);
            let only = constants
                .iter()
                .find_map(|(_, values)| match values.as_slice() {
                    [Value::String(value)] => Some(value),
                    _ => None,
                });
            if let Some(value) = only {
                return vec![text(value)];
            }
            let first = branch
                .named_children("properties")
                .first()
                .map(|(name, _)| *name);
            match branch.required().next().or(first) {
                Some(member) => vec![text("with"), text(member)],
                None => vec![text("object")],
            }
        }
        [Kind::String] if branch.values().is_some() => vec![text("listed")],
        [kind] => vec![text(branch.text("format").unwrap_or(kind_text(*kind)))],
        _ => vec![text("value")],
    }
}

/// What the elements of a list are called; those that are one of several, like the first of them.
fn element_label<'d>(cx: &mut Cx<'d, '_>, items: &Node<'d>) -> Vec<Part> {
    let several = ["oneOf", "anyOf"]
        .iter()
        .find_map(|key| items.children(key).into_iter().next());
    match several.filter(|_| items.text("title").is_none()) {
        Some(first) if first.text("$ref").is_some() => label(cx, &first),
        _ => label(cx, items),
    }
}

/// A kind's name in JSON.
pub fn kind_text(kind: Kind) -> &'static str {
    match kind {
        Kind::Boolean => "boolean",
        Kind::Integer => "integer",
        Kind::Number => "number",
        Kind::String => "string",
        Kind::Array => "array",
        Kind::Object => "object",
    }
}

fn text(text: &str) -> Part {
    Part::Text(text.to_owned())
}
