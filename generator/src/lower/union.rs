//! `oneOf`, `anyOf`, and types that are several kinds at once: unions, and what only looks like one.

use super::compose::{contradicts, gather};
use super::discriminator::discriminator;
use super::docs;
use super::draft::{Place, Shaped, Side, Use};
use super::enums;
use super::label::{kind_text, labels};
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::ir::{Branch, Part, Shape, Slot, Type};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::HashSet;

/// The keywords for alternatives.
const COMBINERS: [&str; 2] = ["oneOf", "anyOf"];

/// The union that schemas which hold together make, if one of them has real alternatives.
pub fn union<'d>(
    cx: &mut Cx<'d, '_>,
    nodes: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Option<Shaped> {
    let (at, combiner, branches) = nodes.iter().find_map(|node| {
        COMBINERS.iter().find_map(|combiner| {
            let branches = alternatives(node, combiner);
            let real =
                !branches.is_empty() && !branches.iter().all(|branch| only_narrows(branch, nodes));
            real.then_some((node, *combiner, branches))
        })
    })?;
    if let Some(listed) = enums::of_branches(cx, &branches, place, side) {
        return Some(listed);
    }
    if !may_repeat(cx, at) {
        return Some(Shaped::plain(Type::Json));
    }
    // What stands beside the alternatives holds for each of them.
    let base: Vec<Node<'d>> = nodes
        .iter()
        .map(|node| match node.at == at.at {
            true => node.clone().without(combiner),
            false => node.clone(),
        })
        .filter(|node| holds(node, node.at == at.at))
        .collect();
    let base = bounded(cx, base, branches.len());
    let branches = possible(cx, &base, branches);
    let tag = discriminator(cx, at, &branches);
    let mut built: Vec<Branch<Slot>> = Vec::new();
    let (mut nullable, mut free_text) = (false, false);
    let labels = labels(cx, &branches);
    for (index, (branch, label)) in branches.iter().zip(labels).enumerate() {
        cx.alternatives += 1;
        let used = alternative(cx, &base, branch, place, side, &label);
        cx.alternatives -= 1;
        nullable |= used.nullable;
        free_text |= used.ty == Type::Text && used.fixed.is_none();
        let forms = match &tag {
            Some((_, tags)) => tags[index].clone(),
            None => vec![Vec::new()],
        };
        let several = forms.len() > 1;
        for tags in forms {
            let parts = match tags.as_slice() {
                [Value::String(name)] if several => vec![Part::Text(name.clone())],
                _ => label.clone(),
            };
            if tags.is_empty() && built.iter().any(|other| other.ty == used.ty) {
                continue;
            }
            built.push(Branch {
                name: branch_slot(&branch.at, parts),
                ty: used.ty.clone(),
                tags,
                doc: docs::of_schema(cx.document, std::slice::from_ref(branch)),
            });
        }
    }
    // Any text is text, whatever format it has.
    built.retain(|branch| !free_text || !matches!(branch.ty, Type::Format(_)));
    let shaped = finish(at, built, tag.map(|(name, _)| name), nullable);
    Some(match base.is_empty() && is_open(at, combiner) {
        true => opened(at, shaped),
        false => shaped,
    })
}

/// Whether one of the alternatives is anything at all.
fn is_open(node: &Node, combiner: &str) -> bool {
    let anything = |branch: &Node| match branch.value {
        Value::Bool(all) => *all,
        Value::Object(keywords) => keywords.is_empty(),
        _ => false,
    };
    node.children(combiner).iter().any(anything)
}

/// A union of which anything at all is an alternative: a value is one of the others only if nothing of
/// it is lost by that.
fn opened(at: &Node, mut shaped: Shaped) -> Shaped {
    if let Shape::Union { branches, .. } = &mut shaped.shape {
        branches.push(Branch {
            name: branch_slot(&at.at, vec![Part::Text("other".to_owned())]),
            ty: Type::Json,
            tags: Vec::new(),
            doc: Vec::new(),
        });
    }
    shaped
}

/// The alternatives that a value can be, given what stands beside them; all, if that is none.
fn possible<'d>(cx: &mut Cx<'d, '_>, base: &[Node<'d>], branches: Vec<Node<'d>>) -> Vec<Node<'d>> {
    let (impossible, possible): (Vec<_>, Vec<_>) = branches
        .into_iter()
        .partition(|branch| contradicts(cx, base, branch));
    if possible.is_empty() {
        return impossible;
    }
    for branch in impossible {
        cx.report.note(
            "impossible-alternative",
            &branch.at,
            "no value is of this alternative and as what stands beside it asks for",
            "it is left out",
        );
    }
    possible
}

/// A union of one is that one; what a discriminator does not speak of comes last, and numbers are
/// tried in an order that keeps whole ones whole.
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
    }
    branches.sort_by_key(|branch| match branch.ty {
        _ if !branch.tags.is_empty() => 0,
        Type::Bool => 1,
        Type::Integer(_) => 2,
        Type::Number | Type::Decimal => 3,
        Type::Format(_) | Type::Named(_) | Type::Boxed(_) | Type::Nullable(_) => 4,
        Type::Text | Type::List(_) | Type::Tuple(_) => 5,
        Type::Map(_) => 6,
        Type::File | Type::Json => 7,
    });
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

/// What a form may be called.
pub fn branch_slot(at: &Pointer, parts: Vec<Part>) -> Slot {
    let mut longer = parts.clone();
    longer.push(Part::Text("form".to_owned()));
    // What nothing else tells from others goes by its number.
    let number = at.last().and_then(|step| step.parse::<usize>().ok());
    let number = number.map(|index| vec![Part::Text(format!("option {}", index + 1))]);
    Slot {
        place: at.clone(),
        candidates: [parts, longer].into_iter().chain(number).collect(),
    }
}

/// Whether a schema beside alternatives says something that they do not. That an object is one, or
/// that it has certain members, goes without saying where the alternatives stand.
fn holds(node: &Node, beside: bool) -> bool {
    let further = COMBINERS
        .iter()
        .any(|combiner| !alternatives(node, combiner).is_empty());
    let extra = node
        .get("additionalProperties")
        .is_some_and(Value::is_object);
    let own = node.has(&["properties", "patternProperties"]) || extra || further;
    own || (!beside
        && node.has(&[
            "type",
            "enum",
            "const",
            "required",
            "items",
            "prefixItems",
            "format",
        ]))
}

/// Alternatives within alternatives of alternatives are lowered so often at most, each time together with others:
/// it would be twice as often with every level.
const MOST_REPEATS: usize = 64;

/// Whether these alternatives may be lowered once more.
fn may_repeat(cx: &mut Cx<'_, '_>, at: &Node) -> bool {
    if cx.alternatives < 2 {
        return true;
    }
    let repeats = cx.repeats.entry(at.at.clone()).or_default();
    *repeats += 1;
    let repeats = *repeats;
    if repeats == MOST_REPEATS + 1 {
        cx.report.degraded(
            "alternatives-beside-alternatives",
            &at.at,
            format!("these alternatives are part of more than {MOST_REPEATS} others"),
            "from there on they are any JSON",
        );
    }
    repeats <= MOST_REPEATS
}

/// The most types that alternatives beside alternatives may make.
const MOST_COMBINATIONS: usize = 64;

/// What stands beside alternatives, without further alternatives if these are too many to have a type
/// for each combination.
fn bounded<'d>(cx: &mut Cx<'d, '_>, base: Vec<Node<'d>>, branches: usize) -> Vec<Node<'d>> {
    let several = |node: &Node, combiner: &str| alternatives(node, combiner).len().max(1);
    let counts = base
        .iter()
        .flat_map(|node| COMBINERS.map(|combiner| several(node, combiner)));
    let combinations = counts.fold(branches, usize::saturating_mul);
    if combinations == branches || combinations <= MOST_COMBINATIONS {
        return base;
    }
    let further = |node: &&Node| COMBINERS.iter().any(|combiner| several(node, combiner) > 1);
    if let Some(node) = base.iter().find(further) {
        cx.report.degraded(
            "alternatives-beside-alternatives",
            &node.at,
            format!("these alternatives and those beside them make {combinations} combinations"),
            "only the others are told apart",
        );
    }
    let without = |node: Node<'d>| COMBINERS.iter().fold(node, |node, key| node.without(key));
    base.into_iter()
        .map(without)
        .filter(|node| holds(node, false))
        .collect()
}

/// The alternatives that are more than `null` and more than a list of required members.
fn alternatives<'d>(node: &Node<'d>, combiner: &str) -> Vec<Node<'d>> {
    let mut branches = node.children(combiner);
    branches.retain(|branch| !branch.only_null() && !branch.only_requires() && branch.shapes());
    // What is there twice is one.
    let mut seen = HashSet::new();
    branches.retain(|branch| seen.insert(branch.value));
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
    let composed = branch.has(&["$ref", "allOf", "oneOf", "anyOf", "enum", "const"]);
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
    let mut own = Vec::new();
    gather(cx, branch, &mut own);
    // It may extend all that stands beside it, or be that itself.
    let has = |known: &Node| own.iter().any(|node| node.at == known.at);
    let target = branch.text("$ref").and_then(|to| cx.target(to));
    let is_base = target.is_some_and(|target| base.iter().any(|known| known.at == target.at));
    if !is_base && base.iter().all(has) {
        return cx.use_of(branch, &place, side);
    }
    // What is told apart already would be so again.
    own.retain(|node| base.iter().all(|known| known.at != node.at));
    let nodes = [base.to_vec(), own].concat();
    let shaped = cx.shape_of_all(&nodes, &place, side);
    cx.declared(shaped, branch, &place, side)
}

/// The union of schemas of which none is `null` and which nothing else tells apart; one of them, if
/// they end in one type.
pub fn union_of_elements<'d>(
    cx: &mut Cx<'d, '_>,
    at: &Node<'d>,
    elements: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Use {
    let labels = labels(cx, elements);
    let mut branches: Vec<Branch<Slot>> = Vec::new();
    let mut nullable = false;
    for (element, label) in elements.iter().zip(labels) {
        let used = alternative(cx, &[], element, place, side, &label);
        nullable |= used.nullable;
        if branches.iter().all(|other| other.ty != used.ty) {
            branches.push(Branch {
                name: branch_slot(&element.at, label),
                ty: used.ty,
                tags: Vec::new(),
                doc: docs::of_schema(cx.document, std::slice::from_ref(element)),
            });
        }
    }
    let shaped = finish(at, branches, None, nullable);
    let node = Node::new(&Value::Null, place.at.clone());
    cx.declared(shaped, &node, place, side)
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
            tags: Vec::new(),
            doc: Vec::new(),
        });
    }
    finish(at, branches, None, false)
}
