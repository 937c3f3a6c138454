//! `allOf`, `oneOf`, `anyOf`, and types that are several kinds at once.
//!
//! Decides which schemas hold together and which are alternatives; what each of them is, is
//! [`schema`](super::schema)'s to say.

use super::docs;
use super::enums;
use super::schema::{Cx, Place, Shaped, Side, Use};
use super::view::{Kind, Node};
use crate::ir::{Branch, Part, Shape, Slot, Type};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// The one schema that this one wraps: `allOf` (or `oneOf`, `anyOf`) of one, beside annotations.
pub fn wrapped<'d>(node: &Node<'d>) -> Option<Node<'d>> {
    let keywords = node.keywords()?;
    let combiners = ["allOf", "oneOf", "anyOf"];
    let combiner = combiners.into_iter().find(|combiner| keywords.contains_key(*combiner))?;
    let others = Value::Object(
        keywords.iter().filter(|(key, _)| *key != combiner && *key != "type").map(|(k, v)| (k.clone(), v.clone())).collect(),
    );
    let rest = Node { value: &others, at: node.at.clone() };
    if rest.shapes() {
        return None;
    }
    let mut members = node.children(combiner).into_iter().filter(|member| member.shapes());
    let only = members.next()?;
    let alone = members.next().is_none();
    let null = only.only_null() || only.only_requires();
    (alone && !null).then_some(only)
}

/// Collects the schemas that hold together: members of `allOf` at any depth, references followed,
/// then the schema's own keywords, each once.
pub fn gather<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, into: &mut Vec<Node<'d>>) {
    let mut seen = BTreeSet::new();
    gather_new(cx, node, into, &mut seen);
}

fn gather_new<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    into: &mut Vec<Node<'d>>,
    seen: &mut BTreeSet<Pointer>,
) {
    // The bound is on stack; no document composes a schema of so many.
    if seen.len() > 500 || !seen.insert(node.at.clone()) {
        return;
    }
    if let Some(reference) = node.text("$ref")
        && let Some(target) = cx.target(reference, &node.at)
    {
        gather_new(cx, &target, into, seen);
    }
    for member in node.children("allOf") {
        gather_new(cx, &member, into, seen);
    }
    into.push(node.clone());
}

/// Whether `null` may stand in the place of a schema, given what it holds together.
pub fn nullable(node: &Node, nodes: &[Node]) -> bool {
    if node.nullable() || has_null_branch(node) || has_null_value(node) {
        return true;
    }
    let mut typed = nodes.iter().filter(|node| node.get("type").is_some() || node.get("enum").is_some());
    let first = typed.next();
    first.is_some_and(|first| {
        let allows = |node: &Node| node.nullable() || has_null_value(node);
        allows(first) && typed.all(|node| allows(node))
    }) || nodes.iter().any(has_null_branch)
}

fn has_null_branch(node: &Node) -> bool {
    ["oneOf", "anyOf"].iter().any(|combiner| node.children(combiner).iter().any(Node::only_null))
}

fn has_null_value(node: &Node) -> bool {
    node.values().is_some_and(|values| values.iter().any(Value::is_null))
}

/// The kinds that all of the schemas allow; none when nothing is said.
pub fn kinds(cx: &mut Cx, nodes: &[Node]) -> Vec<Kind> {
    let mut allowed: Option<Vec<Kind>> = None;
    for node in nodes {
        let declared = node.kinds();
        if declared.is_empty() {
            continue;
        }
        let next = match &allowed {
            None => declared.clone(),
            Some(so_far) => common(so_far, &declared),
        };
        if next.is_empty() {
            cx.report.warning(
                "conflicting-types",
                &node.at,
                "no value has all the types that are asked for here",
                "it is typed by the first of them",
            );
            break;
        }
        allowed = Some(next);
    }
    let mut kinds = allowed.unwrap_or_else(|| nodes.iter().find_map(implied).into_iter().collect());
    if kinds.contains(&Kind::Number) && kinds.contains(&Kind::Integer) && kinds.len() == 2 {
        // `[number, integer]` is how some write `number`; a whole number is kept as one.
        kinds = vec![Kind::Integer, Kind::Number];
    }
    kinds
}

fn common(some: &[Kind], others: &[Kind]) -> Vec<Kind> {
    let meets = |kind: &Kind| match kind {
        Kind::Integer => others.contains(&Kind::Integer) || others.contains(&Kind::Number),
        kind => others.contains(kind),
    };
    let mut both: Vec<Kind> = some.iter().copied().filter(meets).collect();
    if some.contains(&Kind::Number) && others.contains(&Kind::Integer) && !both.contains(&Kind::Integer) {
        both.push(Kind::Integer);
    }
    both
}

/// The kind that a schema without `type` speaks of.
fn implied(node: &Node) -> Option<Kind> {
    let object = ["properties", "additionalProperties", "patternProperties", "minProperties", "propertyNames"];
    let array = ["items", "prefixItems", "minItems", "maxItems", "uniqueItems"];
    let string = ["pattern", "minLength", "maxLength"];
    let says = |keywords: &[&str]| keywords.iter().any(|keyword| node.get(keyword).is_some());
    if says(&object) {
        Some(Kind::Object)
    } else if says(&array) {
        Some(Kind::Array)
    } else if says(&string) {
        Some(Kind::String)
    } else {
        match node.text("format")? {
            "int32" | "int64" => Some(Kind::Integer),
            "float" | "double" => Some(Kind::Number),
            "uuid" | "date" | "date-time" | "time" | "uri" | "email" | "hostname" | "byte" | "binary" => {
                Some(Kind::String)
            }
            _ => None,
        }
    }
}

/// The union that schemas which hold together make, if one of them has real alternatives.
pub fn union<'d>(cx: &mut Cx<'d, '_>, nodes: &[Node<'d>], place: &Place, side: Side) -> Option<Shaped> {
    let (at, branches) = nodes.iter().find_map(|node| {
        let mut branches = ["oneOf", "anyOf"].iter().map(|combiner| alternatives(node, combiner));
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
    let base = nodes.iter().filter(|node| node.at != at.at || has_own_shape(node));
    let base: Vec<Node<'d>> = base.cloned().collect();
    let tag = discriminator(cx, at, &branches);
    let mut built: Vec<Branch<Slot>> = Vec::new();
    let mut nullable = false;
    for (index, branch) in branches.iter().enumerate() {
        let label = label(cx, branch);
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
fn finish(at: &Node, mut branches: Vec<Branch<Slot>>, tag: Option<String>, nullable: bool) -> Shaped {
    if tag.is_none() {
        if let [only] = branches.as_slice() {
            return Shaped { nullable, ..Shaped::plain(only.ty.clone()) };
        }
        if branches.iter().any(|branch| branch.ty == Type::Json) {
            return Shaped { nullable, ..Shaped::plain(Type::Json) };
        }
        branches.sort_by_key(|branch| match branch.ty {
            Type::Bool => 0,
            Type::Integer(_) => 1,
            Type::Number => 2,
            Type::Format(_) | Type::Named(_) | Type::Boxed(_) | Type::Nullable(_) => 3,
            Type::Text | Type::List(_) => 4,
            Type::Map(_) => 5,
            Type::Json => 6,
        });
    }
    let unknown = Slot { place: at.at.clone(), candidates: unknown_candidates() };
    Shaped { nullable, ..Shaped::of(Shape::Union { tag, branches, unknown }) }
}

/// What the variant that keeps everything else may be called.
pub fn unknown_candidates() -> Vec<Vec<Part>> {
    ["unknown", "unlisted", "undeclared"].map(|text| vec![Part::Text(text.to_owned())]).into()
}

fn branch_slot(at: &Pointer, parts: Vec<Part>) -> Slot {
    let mut longer = parts.clone();
    longer.push(Part::Text("form".to_owned()));
    Slot { place: at.clone(), candidates: vec![parts, longer] }
}

fn has_own_shape(node: &Node) -> bool {
    node.get("properties").is_some() || node.get("additionalProperties").is_some_and(Value::is_object)
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
        beside.iter().any(|node| node.named_children("properties").iter().any(|(own, _)| *own == name))
    };
    let properties = branch.named_children("properties");
    let object = branch.kinds().is_empty() || branch.kinds() == [Kind::Object];
    let composed = ["$ref", "allOf", "oneOf", "anyOf", "enum", "const"].iter().any(|key| branch.get(key).is_some());
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
    let place = Place { at: branch.at.clone(), owner: place.owner.clone(), path };
    if base.is_empty() {
        return cx.use_of(branch, &place, side);
    }
    let mut nodes: Vec<Node<'d>> = base.to_vec();
    gather(cx, branch, &mut nodes);
    let shaped = match kinds(cx, &nodes).as_slice() {
        [Kind::Object] => cx.shape_of_kind(Kind::Object, &nodes, &place, side),
        // The alternatives of the base are what is being told apart, and would be so again.
        _ => {
            let plain = |node: &Node| ["oneOf", "anyOf"].iter().all(|key| alternatives(node, key).is_empty());
            nodes.retain(plain);
            cx.shape_of_all(&nodes, &place, side)
        }
    };
    cx.declared(shaped, branch, &place, side)
}

/// What an alternative is called: the component, the title, or what is in it.
fn label<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<Part> {
    let text = |text: &str| Part::Text(text.to_owned());
    if let Some(reference) = branch.text("$ref") {
        let at = cx.target(reference, &branch.at).map(|target| (target.at.last(), target.text("title")));
        return match at {
            Some((Some(key), title)) => vec![text(super::slot::component_text(&key, title))],
            _ => vec![text("value")],
        };
    }
    if let Some(title) = branch.text("title") {
        return vec![text(title)];
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
            let first = branch.named_children("properties").first().map(|(name, _)| *name);
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

fn kind_text(kind: Kind) -> &'static str {
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
fn discriminator<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    branches: &[Node<'d>],
) -> Option<(String, Vec<Vec<String>>)> {
    if let Some(member) = node.get("discriminator").and_then(|d| d.get("propertyName")).and_then(Value::as_str) {
        let tags: Option<Vec<Vec<String>>> =
            branches.iter().map(|branch| declared_tags(cx, node, member, branch)).collect();
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
    let constants: Vec<Vec<(String, String)>> = branches.iter().map(|branch| constants(cx, branch)).collect();
    let candidates: Vec<String> = constants.first()?.iter().map(|(name, _)| name.clone()).collect();
    candidates.into_iter().find_map(|member| {
        let tags: Option<Vec<Vec<String>>> = constants
            .iter()
            .map(|constants| {
                let value = constants.iter().find(|(name, _)| *name == member)?;
                Some(vec![value.1.clone()])
            })
            .collect();
        tags.filter(|tags| tags.len() > 1 && distinct(tags)).map(|tags| (member, tags))
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
    let mapping = node.get("discriminator").and_then(|d| d.get("mapping")).and_then(Value::as_object);
    let mapped: Vec<String> = mapping
        .into_iter()
        .flatten()
        .filter(|(_, to)| {
            let to = to.as_str().unwrap_or_default();
            let by_name = format!("#/components/schemas/{to}");
            target.is_some() && [to, by_name.as_str()].iter().any(|to| cx.document.resolve(to) == target)
        })
        .map(|(name, _)| name.clone())
        .collect();
    if !mapped.is_empty() {
        return Some(mapped);
    }
    if let Some((_, value)) = constants(cx, branch).into_iter().find(|(name, _)| name == member) {
        return Some(vec![value]);
    }
    Some(vec![target?.last()?])
}

/// The members of a schema that can have one text only.
fn constants<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<(String, String)> {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let mut found = Vec::new();
    for (name, property) in nodes.iter().flat_map(|node| node.named_children("properties")) {
        let mut property_nodes = Vec::new();
        gather(cx, &property, &mut property_nodes);
        let only = enums::values(&property_nodes).and_then(|values| enums::only(&values));
        if let Some(Value::String(value)) = only {
            found.push((name.to_owned(), value));
        }
    }
    found
}

/// The union of several kinds of value: `type: [string, integer]`.
pub fn union_of_kinds<'d>(
    cx: &mut Cx<'d, '_>,
    kinds: &[Kind],
    nodes: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Shaped {
    let Some(at) = nodes.last() else { return Shaped::plain(Type::Json) };
    let mut branches: Vec<Branch<Slot>> = Vec::new();
    for kind in kinds {
        let label = vec![Part::Text(kind_text(*kind).to_owned())];
        let mut path = place.path.clone();
        path.extend(label.iter().cloned());
        let inner = Place { at: at.at.clone(), owner: place.owner.clone(), path };
        let shaped = cx.shape_of_kind(*kind, nodes, &inner, side);
        let ty = cx.declared(shaped, at, &inner, side).ty;
        branches.push(Branch { name: branch_slot(&at.at, label), ty, tag: None, doc: Vec::new() });
    }
    finish(at, branches, None, false)
}
