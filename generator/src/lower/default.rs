//! Whether a default is a value of its schema.
//!
//! May not change or report anything: the words for it are the callers'.

use super::view::Node;
use crate::numbers::same;
use crate::read::Document;
use serde_json::Value;

/// Schemas within schemas that are looked at; what is deeper is believed.
const MAX_DEPTH: usize = 16;

/// The default of schemas that hold together, if it fits all of them.
pub fn of<'d>(document: &'d Document, nodes: &[Node<'d>]) -> Option<&'d Value> {
    let default = nodes.iter().find_map(|node| node.get("default"))?;
    let fits = |node: &Node<'d>| fit(document, node, default, 0);
    nodes.iter().all(fits).then_some(default)
}

/// Whether a schema's own default fits it.
pub fn fits<'d>(document: &'d Document, node: &Node<'d>) -> bool {
    let default = node.get("default");
    // Many write `default: null` for none.
    default.is_none_or(|default| default.is_null() || fit(document, node, default, 0))
}

pub fn fit<'d>(document: &'d Document, node: &Node<'d>, value: &Value, depth: usize) -> bool {
    if depth > MAX_DEPTH || node.keywords().is_none() {
        return true;
    }
    if value.is_null() && node.nullable() {
        return true;
    }
    let of = |node: &Node<'d>| fit(document, node, value, depth + 1);
    if let Some(reference) = node.text("$ref") {
        let target = document.resolve(reference);
        let target = target.and_then(|at| Some(Node::new(document.get(&at)?, at)));
        if target.is_some_and(|target| !of(&target)) {
            return false;
        }
    }
    let listed = node
        .get("const")
        .map_or(node.values(), |only| Some(std::slice::from_ref(only)));
    let any = |combiner: &str| {
        let branches = node.children(combiner);
        branches.is_empty() || branches.iter().any(of)
    };
    node.has_type(value)
        && listed.is_none_or(|listed| listed.iter().any(|v| same(v, value)))
        && node.children("allOf").iter().all(of)
        && any("oneOf")
        && any("anyOf")
        && parts_fit(document, node, value, depth)
}

fn parts_fit<'d>(document: &'d Document, node: &Node<'d>, value: &Value, depth: usize) -> bool {
    match value {
        Value::Array(elements) => node.child("items").is_none_or(|items| {
            let mut elements = elements.iter();
            elements.all(|element| fit(document, &items, element, depth + 1))
        }),
        Value::Object(members) => node
            .named_children("properties")
            .iter()
            .all(|(name, member)| {
                let value = members.get(*name);
                value.is_none_or(|value| fit(document, member, value, depth + 1))
            }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}
