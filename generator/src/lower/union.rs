//! `oneOf`, `anyOf`, and types that are several kinds at once: unions, and what only looks like one.

use super::compose::{gather, kinds};
use super::discriminator::{discriminator, kind_text, labels};
use super::docs;
use super::draft::{Place, Shaped, Side, Use};
use super::enums;
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::ir::{Branch, Part, Shape, Slot, Type};
use crate::source::Pointer;
use serde_json::Value;

/// The union that schemas which hold together make, if one of them has real alternatives.
pub fn union<'d>(
    cx: &mut Cx<'d, '_>,
    nodes: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Option<Shaped> {
    let (at, branches) = nodes.iter().find_map(|node| {
        let mut branches = ["oneOf", "anyOf"]
            .iter()
            .map(|combiner| alternatives(node, combiner));
        let branches = branches.find(|branches| !branches.is_empty())?;
        Some((node, branches))
    })?;
    if let Some(enumeration) = enums::of_branches(&branches, place) {
        return Some(enumeration);
    }
    if branches.iter().all(|branch| only_narrows(branch, nodes)) {
        return None;
    }
    // What stands beside the alternatives holds for each of them.
    let base = nodes
        .iter()
        .filter(|node| node.at != at.at || has_own_shape(node));
    let base: Vec<Node<'d>> = base.cloned().collect();
    let tag = discriminator(cx, at, &branches);
    let mut built: Vec<Branch<Slot>> = Vec::new();
    let mut nullable = false;
    let labels = labels(cx, &branches);
    for (index, (branch, label)) in branches.iter().zip(labels).enumerate() {
        let used = alternative(cx, &base, branch, place, side, &label);
        nullable |= used.nullable;
        let names = match &tag {
            Some((_, tags)) => tags[index].iter().map(|name| Some(name.clone())).collect(),
            None => vec![None],
        };
        for name in names {
            let several = tag.as_ref().is_some_and(|(_, tags)| tags[index].len() > 1);
            let parts = match (&name, several) {
                (Some(name), true) => vec![Part::Text(name.clone())],
                _ => label.clone(),
            };
            if name.is_none() && built.iter().any(|other| other.ty == used.ty) {
                continue;
            }
            built.push(Branch {
                name: branch_slot(&branch.at, parts),
                ty: used.ty.clone(),
                tag: name,
                doc: docs::of_schema(std::slice::from_ref(branch)),
            });
        }
    }
    Some(finish(at, built, tag.map(|(name, _)| name), nullable))
}

/// A union of one is that one; numbers are tried in an order that keeps whole ones whole.
fn finish(
    at: &Node,
    mut branches: Vec<Branch<Slot>>,
    tag: Option<String>,
    nullable: bool,
) -> Shaped {
    if tag.is_none() {
        if let [only] = branches.as_slice() {
            return Shaped {
                nullable,
                ..Shaped::plain(only.ty.clone())
            };
        }
        if branches.iter().any(|branch| branch.ty == Type::Json) {
            return Shaped {
                nullable,
                ..Shaped::plain(Type::Json)
            };
        }
        branches.sort_by_key(|branch| match branch.ty {
            Type::Bool => 0,
            Type::Integer(_) => 1,
            Type::Number => 2,
            Type::Format(_) | Type::Named(_) | Type::Boxed(_) | Type::Nullable(_) => 3,
            Type::Text | Type::List(_) => 4,
            Type::Map(_) => 5,
            Type::File | Type::Json => 6,
        });
    }
    let unknown = Slot {
        place: at.at.clone(),
        candidates: unknown_candidates(),
    };
    Shaped {
        nullable,
        ..Shaped::of(Shape::Union {
            tag,
            branches,
            unknown,
        })
    }
}

/// What the variant that keeps everything else may be called.
pub fn unknown_candidates() -> Vec<Vec<Part>> {
    ["unknown", "unlisted", "undeclared"]
        .map(|text| vec![Part::Text(text.to_owned())])
        .into()
}

fn branch_slot(at: &Pointer, parts: Vec<Part>) -> Slot {
    let mut longer = parts.clone();
    longer.push(Part::Text("form".to_owned()));
    Slot {
        place: at.clone(),
        candidates: vec![parts, longer],
    }
}

fn has_own_shape(node: &Node) -> bool {
    node.get("properties").is_some()
        || node
            .get("additionalProperties")
            .is_some_and(Value::is_object)
}

/// The alternatives that are more than `null` and more than a list of required members.
fn alternatives<'d>(node: &Node<'d>, combiner: &str) -> Vec<Node<'d>> {
    let mut branches = node.children(combiner);
    branches.retain(|branch| !branch.only_null() && !branch.only_requires() && branch.shapes());
    branches
}

/// Whether an alternative says nothing that the schemas beside it do not: which of their members are
/// there, and bounds for them.
fn only_narrows(branch: &Node, beside: &[Node]) -> bool {
    let known = |name: &str| {
        beside.iter().any(|node| {
            node.named_children("properties")
                .iter()
                .any(|(own, _)| *own == name)
        })
    };
    let properties = branch.named_children("properties");
    let object = branch.kinds().is_empty() || branch.kinds() == [Kind::Object];
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "enum", "const"]
        .iter()
        .any(|key| branch.get(key).is_some());
    object && !composed && !properties.is_empty() && properties.iter().all(|(name, _)| known(name))
}

/// One alternative, together with what holds for all of them.
fn alternative<'d>(
    cx: &mut Cx<'d, '_>,
    base: &[Node<'d>],
    branch: &Node<'d>,
    place: &Place,
    side: Side,
    label: &[Part],
) -> Use {
    let mut path = place.path.clone();
    path.extend(label.iter().cloned());
    let place = Place {
        at: branch.at.clone(),
        owner: place.owner.clone(),
        path,
    };
    if base.is_empty() {
        return cx.use_of(branch, &place, side);
    }
    let mut nodes: Vec<Node<'d>> = base.to_vec();
    gather(cx, branch, &mut nodes);
    let shaped = match kinds(cx, &nodes).as_slice() {
        [Kind::Object] => cx.shape_of_kind(Kind::Object, &nodes, &place, side),
        // The alternatives of the base are what is being told apart, and would be so again.
        _ => {
            let plain = |node: &Node| {
                ["oneOf", "anyOf"]
                    .iter()
                    .all(|key| alternatives(node, key).is_empty())
            };
            nodes.retain(plain);
            cx.shape_of_all(&nodes, &place, side)
        }
    };
    cx.declared(shaped, branch, &place, side)
}

/// The union of several kinds of value: `type: [string, integer]`.
pub fn union_of_kinds<'d>(
    cx: &mut Cx<'d, '_>,
    kinds: &[Kind],
    nodes: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Shaped {
    let Some(at) = nodes.last() else {
        return Shaped::plain(Type::Json);
    };
    let mut branches: Vec<Branch<Slot>> = Vec::new();
    for kind in kinds {
        let label = vec![Part::Text(kind_text(*kind).to_owned())];
        let mut path = place.path.clone();
        path.extend(label.iter().cloned());
        let inner = Place {
            at: at.at.clone(),
            owner: place.owner.clone(),
            path,
        };
        let shaped = cx.shape_of_kind(*kind, nodes, &inner, side);
        let ty = cx.declared(shaped, at, &inner, side).ty;
        branches.push(Branch {
            name: branch_slot(&at.at, label),
            ty,
            tag: None,
            doc: Vec::new(),
        });
    }
    finish(at, branches, None, false)
}
