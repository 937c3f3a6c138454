//! `allOf`, `oneOf`, `anyOf`, and types that are several kinds at once.
//!
//! Decides which schemas hold together and which are alternatives; what each of them is, is
//! [`schema`](super::schema)'s to say.

use super::forms;
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// The one schema that this one wraps: `allOf` (or `oneOf`, `anyOf`) of one, beside annotations.
pub fn wrapped<'d>(node: &Node<'d>) -> Option<Node<'d>> {
    let keywords = node.keywords()?;
    let combiners = ["allOf", "oneOf", "anyOf"];
    let combiner = combiners
        .into_iter()
        .find(|combiner| keywords.contains_key(*combiner))?;
    if node.shapes_beside(&[combiner, "type"]) {
        return None;
    }
    let mut members = node
        .children(combiner)
        .into_iter()
        .filter(|member| member.shapes());
    let only = members.next()?;
    let alone = members.next().is_none();
    let null = only.only_null() || only.only_requires();
    (alone && !null).then_some(only)
}

/// Collects the schemas that hold together: members of `allOf` at any depth, references followed,
/// then the schema's own keywords, each once.
pub fn gather<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, into: &mut Vec<Node<'d>>) {
    // So are most: there is nothing to follow.
    if !node.has(&["$ref", "allOf"]) {
        return into.push(node.clone());
    }
    let mut seen = BTreeSet::new();
    gather_new(cx, node, into, &mut seen, &mut Vec::new());
}

/// The same of several schemas that hold together.
pub fn gather_all<'d>(cx: &mut Cx<'d, '_>, nodes: &[&Node<'d>]) -> Vec<Node<'d>> {
    let (mut into, mut seen) = (Vec::new(), BTreeSet::new());
    for node in nodes {
        gather_new(cx, node, &mut into, &mut seen, &mut Vec::new());
    }
    into
}

fn gather_new<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    into: &mut Vec<Node<'d>>,
    seen: &mut BTreeSet<Pointer>,
    way: &mut Vec<Pointer>,
) {
    // The bound is on stack; no document composes a schema of so many.
    if seen.len() > 500 || !seen.insert(node.at.clone()) {
        return;
    }
    let own = forms::without_own(cx, node, way);
    way.push(node.at.clone());
    if let Some(reference) = node.text("$ref")
        && let Some(target) = cx.target(reference)
    {
        gather_new(cx, &target, into, seen, way);
    }
    for member in node.children("allOf") {
        gather_new(cx, &member, into, seen, way);
    }
    way.pop();
    into.push(own);
}

/// Whether `null` may stand in the place of a schema, given what it holds together.
pub fn nullable(node: &Node, nodes: &[Node]) -> bool {
    if node.nullable() || has_null_branch(node) || has_null_value(node) {
        return true;
    }
    let mut typed = nodes
        .iter()
        .filter(|node| node.get("type").is_some() || node.get("enum").is_some());
    let first = typed.next();
    first.is_some_and(|first| {
        let allows = |node: &Node| node.nullable() || has_null_value(node);
        allows(first) && typed.all(allows)
    }) || nodes.iter().any(has_null_branch)
}

fn has_null_branch(node: &Node) -> bool {
    ["oneOf", "anyOf"]
        .iter()
        .any(|combiner| node.children(combiner).iter().any(Node::only_null))
}

fn has_null_value(node: &Node) -> bool {
    node.values()
        .is_some_and(|values| values.iter().any(Value::is_null))
}

/// The kinds that all of the schemas allow; none when nothing is said, and none when they contradict.
pub fn kinds(cx: &mut Cx, nodes: &[Node]) -> Vec<Kind> {
    let (kinds, conflict) = common_kinds(nodes);
    if let Some((one, other)) = conflict {
        cx.report.degraded(
            "conflicting-types",
            &other.at,
            format!(
                "no value has both this type and the one that `{}` asks for",
                one.at
            ),
            "it is typed as plain JSON",
        );
        return Vec::new();
    }
    kinds
}

/// Whether no value can be an alternative, given what stands beside it.
pub fn contradicts<'d>(cx: &mut Cx<'d, '_>, beside: &[Node<'d>], alternative: &Node<'d>) -> bool {
    let mut nodes = beside.to_vec();
    gather(cx, alternative, &mut nodes);
    common_kinds(&nodes).1.is_some()
}

/// The kinds of an alternative, with what it extends.
pub fn kinds_of<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>) -> Vec<Kind> {
    let mut nodes = Vec::new();
    gather(cx, node, &mut nodes);
    common_kinds(&nodes).0
}

/// The kinds that all of the schemas allow, and the two that allow none together.
pub fn common_kinds<'n, 'd>(
    nodes: &'n [Node<'d>],
) -> (Vec<Kind>, Option<(&'n Node<'d>, &'n Node<'d>)>) {
    let mut allowed: Option<Vec<Kind>> = None;
    let mut conflict = None;
    let mut last = None;
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
            conflict = last.map(|last| (last, node));
            break;
        }
        last = Some(node);
        allowed = Some(next);
    }
    let mut kinds = allowed.unwrap_or_else(|| nodes.iter().find_map(implied).into_iter().collect());
    if kinds.contains(&Kind::Number) && kinds.contains(&Kind::Integer) && kinds.len() == 2 {
        // `[number, integer]` is how some write `number`; a whole number is kept as one.
        kinds = vec![Kind::Integer, Kind::Number];
    }
    (kinds, conflict)
}

/// The kinds that both allow.
pub fn common(some: &[Kind], others: &[Kind]) -> Vec<Kind> {
    let meets = |kind: &Kind| match kind {
        Kind::Integer => others.contains(&Kind::Integer) || others.contains(&Kind::Number),
        kind => others.contains(kind),
    };
    let mut both: Vec<Kind> = some.iter().copied().filter(meets).collect();
    if some.contains(&Kind::Number)
        && others.contains(&Kind::Integer)
        && !both.contains(&Kind::Integer)
    {
        both.push(Kind::Integer);
    }
    both
}

/// The kind that a schema without `type` speaks of.
fn implied(node: &Node) -> Option<Kind> {
    let object = [
        "properties",
        "additionalProperties",
        "patternProperties",
        "minProperties",
        "propertyNames",
        "unevaluatedProperties",
        "dependentRequired",
        "dependentSchemas",
    ];
    let array = [
        "items",
        "prefixItems",
        "minItems",
        "maxItems",
        "uniqueItems",
    ];
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
            "uuid" | "date" | "date-time" | "time" | "uri" | "email" | "hostname" | "byte"
            | "binary" => Some(Kind::String),
            _ => None,
        }
    }
}
