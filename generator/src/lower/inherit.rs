//! Inheritance: a schema with a discriminator that others extend by `allOf`. Where it is named, a
//! value may be any of these.

use super::discriminator::{constants, declared, mapped};
use super::docs;
use super::draft::{Place, Role, Shaped, Side};
use super::label::place_label;
use super::place;
use super::schema::Cx;
use super::slot::normal;
use super::union::{branch_slot, unknown_candidates};
use super::view::Node;
use crate::ir::{Branch, Part, Shape, Slot, Type};
use crate::read::Document;
use crate::source::Pointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The schemas that have a discriminator, each with those that extend it, in document order.
pub type Heirs = BTreeMap<Pointer, Vec<Pointer>>;

/// Finds who extends whom, over any number of steps.
pub fn heirs(document: &Document) -> Heirs {
    let components = document.component_schemas();
    let mut extended_by: BTreeMap<Pointer, Vec<Pointer>> = BTreeMap::new();
    for (_, at) in &components {
        let Some(value) = document.get(at) else {
            continue;
        };
        let node = Node::new(value, at.clone());
        for reference in references(&node, 0) {
            if let Some(base) = document.resolve(reference).filter(|base| base != at) {
                extended_by.entry(base).or_default().push(at.clone());
            }
        }
    }
    let mut heirs = Heirs::new();
    for (_, at) in &components {
        let Some(value) = document.get(at) else {
            continue;
        };
        let node = Node::new(value, at.clone());
        if declared(&node).is_none() || node.has(&["oneOf", "anyOf"]) {
            continue;
        }
        let found = descendants(document, &extended_by, at);
        let found: Vec<Pointer> = components
            .iter()
            .map(|(_, at)| at.clone())
            .filter(|at| found.contains(at))
            .collect();
        if !found.is_empty() {
            heirs.insert(at.clone(), found);
        }
    }
    heirs
}

/// The references in an `allOf`, those of one inside the other too.
fn references<'d>(node: &Node<'d>, depth: usize) -> Vec<&'d str> {
    // Documents nest no deeper than they are read; this is what anybody writes.
    if depth > 16 {
        return Vec::new();
    }
    let members = node.children("allOf");
    members
        .iter()
        .flat_map(|member| match member.text("$ref") {
            Some(reference) => vec![reference],
            None => references(member, depth + 1),
        })
        .collect()
}

/// What extends a schema; not what extends an heir that has a discriminator of its own, since that
/// one stands for those.
fn descendants(
    document: &Document,
    extended_by: &BTreeMap<Pointer, Vec<Pointer>>,
    at: &Pointer,
) -> BTreeSet<Pointer> {
    let mut found = BTreeSet::new();
    let mut open = vec![at.clone()];
    while let Some(base) = open.pop() {
        for heir in extended_by.get(&base).into_iter().flatten() {
            if heir == at || !found.insert(heir.clone()) {
                continue;
            }
            let own = document
                .get(heir)
                .map(|value| Node::new(value, heir.clone()));
            if own.is_none_or(|node| declared(&node).is_none()) {
                open.push(heir.clone());
            }
        }
    }
    found
}

/// The union of what extends a schema, if anything does.
pub fn union<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    place: &Place,
    side: Side,
) -> Option<Shaped> {
    let heirs = cx.facts.heirs.get(&node.at)?;
    let member = declared(node)?;
    let listed = listed(cx, node, member);
    let mut branches: Vec<Branch<Slot>> = Vec::new();
    for heir in heirs {
        let tags = tags(cx, node, heir, &listed);
        let Some(value) = cx.document.get(heir) else {
            continue;
        };
        let heir = Node::new(value, heir.clone());
        let label = place_label(cx.document, &heir.at);
        let ty = Type::Named(cx.reserve_on(heir.at.clone(), side));
        branches.push(Branch {
            name: branch_slot(&heir.at, label),
            ty,
            tags,
            doc: docs::of_schema(cx.document, std::slice::from_ref(&heir)),
        });
    }
    let taken = branches.iter().flat_map(|branch| &branch.tags);
    let taken: Vec<Value> = taken.cloned().collect();
    let left = listed.into_iter().filter(|value| !taken.contains(value));
    let left: Vec<Value> = left.collect();
    branches.extend(base(cx, node, left, place, side));
    let unknown = Slot {
        place: node.at.clone(),
        candidates: unknown_candidates(),
    };
    Some(Shaped::of(Shape::Union {
        tag: Some(member.to_owned()),
        branches,
        unknown,
    }))
}

/// The values that a schema lists for its discriminator, if it does.
pub fn listed<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, member: &str) -> Vec<Value> {
    let known = constants(cx, node);
    let own = known.into_iter().find(|(name, _)| name == member);
    own.map(|(_, values)| values).unwrap_or_default()
}

/// The schema itself as a form, for the values that are left of those that it lists; where a mapping
/// speaks of its heirs only, there is none.
fn base<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    left: Vec<Value>,
    place: &Place,
    side: Side,
) -> Option<Branch<Slot>> {
    let mapping = node.get("discriminator").and_then(|d| d.get("mapping"));
    let mapped = mapped(cx, node, &node.at);
    let tags: Vec<Value> = match (mapping, mapped.as_slice()) {
        _ if !left.is_empty() => left,
        (Some(_), []) => return None,
        (_, []) => place::key(cx.document, &node.at)
            .map(Value::String)
            .into_iter()
            .collect(),
        (_, names) => names.iter().cloned().map(Value::String).collect(),
    };
    let label = place_label(cx.document, &node.at);
    let place = place.step(node.at.clone(), Part::Text("base".to_owned()));
    let shaped = cx.shape_itself(node, &place, side);
    let used = cx.declared(shaped, node, &place, side);
    cx.mark_root(&used.ty, &node.at, Role::Base);
    Some(Branch {
        name: branch_slot(&node.at, label),
        ty: used.ty,
        tags,
        doc: Vec::new(),
    })
}

/// The values of a discriminator that stand for an heir: by mapping, by what the heir says, or its
/// name, as it is spelled among those that are listed; with those of its own heirs.
pub fn tags(cx: &mut Cx, node: &Node, heir: &Pointer, listed: &[Value]) -> Vec<Value> {
    let mut tags = mapped(cx, node, heir);
    if tags.is_empty() {
        let said = ["x-discriminator-value", "x-ms-discriminator-value"];
        let value = cx.document.get(heir);
        let said = said.iter().find_map(|key| value?.get(key)?.as_str());
        tags.extend(
            said.map(str::to_owned)
                .or_else(|| place::key(cx.document, heir).map(|name| spelled(name, listed))),
        );
    }
    // An heir that has a discriminator of its own is the union of its heirs.
    let below = cx.facts.heirs.get(heir).cloned().unwrap_or_default();
    for other in &below {
        let names = mapped(cx, node, other);
        let own = place::key(cx.document, other).filter(|_| names.is_empty());
        let own = own.map(|name| spelled(name, listed));
        tags.extend(names.into_iter().chain(own));
    }
    tags.into_iter().map(Value::String).collect()
}

/// A name as it is spelled among values: `WeeklyRestriction` may be listed as `weekly_restriction`.
fn spelled(name: String, listed: &[Value]) -> String {
    let mut listed = listed.iter().filter_map(Value::as_str);
    if listed.clone().any(|value| value == name) {
        return name;
    }
    let same = listed.find(|value| normal(value) == normal(&name));
    same.map(str::to_owned).unwrap_or(name)
}
