//! What tells alternatives apart: to a decoder a discriminator, to a reader a label.

use super::compose::{gather, kinds};
use super::draft::{Owner, Place};
use super::enums;
use super::place;
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::ir::Part;
use serde_json::Value;
use std::collections::BTreeSet;

/// What alternatives are called. Those that would be called the same are told apart by a member that
/// the others lack, or by what is listed for a member.
pub fn labels<'d>(cx: &mut Cx<'d, '_>, branches: &[Node<'d>]) -> Vec<Vec<Part>> {
    let mut labels: Vec<Vec<Part>> = branches.iter().map(|branch| label(cx, branch)).collect();
    let members = |branch: &Node<'d>| branch.named_children("properties");
    for index in 0..branches.len() {
        let others = || (0..branches.len()).filter(|other| *other != index);
        if !others().any(|other| labels[other] == labels[index]) {
            continue;
        }
        let own = members(&branches[index]);
        let lacking = own.iter().find(|(name, _)| {
            others().all(|other| {
                !members(&branches[other])
                    .iter()
                    .any(|(theirs, _)| theirs == name)
            })
        });
        let listed = own.iter().find_map(|(_, member)| {
            let values = enums::values(std::slice::from_ref(member))?;
            let unlike = others().all(|other| {
                members(&branches[other])
                    .iter()
                    .all(|(_, theirs)| theirs.value != member.value)
            });
            values
                .first()
                .and_then(Value::as_str)
                .filter(|_| unlike)
                .map(str::to_owned)
        });
        let telling = lacking
            .map(|(name, _)| vec![Part::Text("with".into()), Part::Text((*name).to_owned())]);
        if let Some(telling) = telling.or_else(|| listed.map(|value| vec![Part::Text(value)])) {
            labels[index] = telling;
        }
    }
    labels
}

/// What an alternative is called: the component, the title, or what is in it.
fn label<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<Part> {
    let text = |text: &str| Part::Text(text.to_owned());
    if let Some(reference) = branch.text("$ref") {
        let at = cx
            .target(reference)
            .map(|target| place::of(cx.document, &target.at).0);
        return match at {
            Some(Place {
                owner: Owner::Component(name),
                path,
                ..
            }) if path.is_empty() => {
                vec![text(&name)]
            }
            Some(Place { path, .. }) => path,
            None => vec![text("value")],
        };
    }
    if let Some(title) = branch.text("title") {
        return vec![text(title)];
    }
    // What extends a component is called like it.
    if let Some(base) = branch
        .children("allOf")
        .into_iter()
        .find(|member| member.text("$ref").is_some())
    {
        return label(cx, &base);
    }
    match kinds(cx, std::slice::from_ref(branch)).as_slice() {
        [Kind::Array] => {
            let mut parts = match branch.child("items") {
                Some(items) => label(cx, &items),
                None => vec![text("value")],
            };
            parts.push(text("array"));
            parts
        }
        [Kind::Object] => {
            if let Some((_, value)) = constants(cx, branch).into_iter().next() {
                return vec![text(&value)];
            }
            let telling = branch.required().next();
            let first = branch
                .named_children("properties")
                .first()
                .map(|(name, _)| *name);
            match telling.or(first) {
                Some(member) => vec![text("with"), text(member)],
                None => vec![text("object")],
            }
        }
        [Kind::String] if branch.values().is_some() => vec![text("listed")],
        [kind] => vec![text(branch.text("format").unwrap_or(kind_text(*kind)))],
        _ => vec![text("value")],
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

/// The member that tells alternatives apart and its values for each, declared or evident.
pub fn discriminator<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    branches: &[Node<'d>],
) -> Option<(String, Vec<Vec<String>>)> {
    if let Some(member) = node
        .get("discriminator")
        .and_then(|d| d.get("propertyName"))
        .and_then(Value::as_str)
    {
        let tags: Option<Vec<Vec<String>>> = branches
            .iter()
            .map(|branch| declared_tags(cx, node, member, branch))
            .collect();
        if let Some(tags) = tags.filter(|tags| distinct(tags)) {
            return Some((member.to_owned(), tags));
        }
        cx.report.warning(
            "discriminator-unclear",
            &node.at.key("discriminator"),
            format!("`{member}` does not tell all alternatives apart"),
            "the closest fit is taken",
        );
        return None;
    }
    let constants: Vec<Vec<(String, String)>> = branches
        .iter()
        .map(|branch| constants(cx, branch))
        .collect();
    let candidates: Vec<String> = constants
        .first()?
        .iter()
        .map(|(name, _)| name.clone())
        .collect();
    candidates.into_iter().find_map(|member| {
        let tags: Option<Vec<Vec<String>>> = constants
            .iter()
            .map(|constants| {
                let value = constants.iter().find(|(name, _)| *name == member)?;
                Some(vec![value.1.clone()])
            })
            .collect();
        tags.filter(|tags| tags.len() > 1 && distinct(tags))
            .map(|tags| (member, tags))
    })
}

fn distinct(tags: &[Vec<String>]) -> bool {
    let all: Vec<&String> = tags.iter().flatten().collect();
    all.iter().collect::<BTreeSet<_>>().len() == all.len()
}

/// The values of a declared discriminator that stand for a branch: by mapping, else by constant,
/// else by the component's name.
fn declared_tags<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    member: &str,
    branch: &Node<'d>,
) -> Option<Vec<String>> {
    let target = match branch.text("$ref") {
        Some(reference) => Some(cx.document.resolve(reference)?),
        None => None,
    };
    let mapping = node
        .get("discriminator")
        .and_then(|d| d.get("mapping"))
        .and_then(Value::as_object);
    let mapped: Vec<String> = mapping
        .into_iter()
        .flatten()
        .filter(|(_, to)| {
            let to = to.as_str().unwrap_or_default();
            target.is_some() && cx.document.mapped(to) == target
        })
        .map(|(name, _)| name.clone())
        .collect();
    if !mapped.is_empty() {
        return Some(mapped);
    }
    if let Some((_, value)) = constants(cx, branch)
        .into_iter()
        .find(|(name, _)| name == member)
    {
        return Some(vec![value]);
    }
    Some(vec![place::key(cx.document, &target?)?])
}

/// The members of a schema that can have one text only.
fn constants<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<(String, String)> {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let mut found = Vec::new();
    for (name, property) in nodes
        .iter()
        .flat_map(|node| node.named_children("properties"))
    {
        let mut property_nodes = Vec::new();
        gather(cx, &property, &mut property_nodes);
        let only = enums::values(&property_nodes).and_then(|values| enums::only(&values));
        if let Some(Value::String(value)) = only {
            found.push((name.to_owned(), value));
        }
    }
    found
}
