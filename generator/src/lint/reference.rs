//! References between schemas: do they lead to a schema, and does anything lead here?
//!
//! May not follow a reference further than to say so.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::source::Pointer;

use super::{Context, Node, Role};

/// References behind references, beyond which it must be a circle.
const MAX_HOPS: usize = 32;

/// Checks a `$ref` that leads somewhere; that one leads nowhere is known since it was read.
pub(super) fn check(cx: &mut Context<'_>, node: Node<'_>) {
    let reference = node.schema.get("$ref").and_then(Value::as_str);
    let Some(target) = reference.and_then(|reference| cx.document.resolve(reference)) else {
        return;
    };
    if circular(cx, &target) {
        let message = "the reference leads back to itself";
        cx.report
            .error("reference-cycle", &node.at.key("$ref"), message, "");
    }
    if node.role == Role::Part {
        cx.composed.insert(target);
    }
}

fn circular(cx: &Context<'_>, target: &Pointer) -> bool {
    let mut at = target.clone();
    for _ in 0..MAX_HOPS {
        let next = cx
            .document
            .get(&at)
            .and_then(|value| value.get("$ref"))
            .and_then(Value::as_str);
        match next.and_then(|reference| cx.document.resolve(reference)) {
            Some(next) => at = next,
            None => return false,
        }
    }
    true
}

/// Component schemas that nothing refers to.
pub(super) fn check_unused(cx: &mut Context<'_>) {
    let used = used(cx);
    let components = cx.document.component_schemas();
    let unused = components
        .into_iter()
        .filter(|(_, at)| !used.contains(at) && !subtype(cx, at));
    for (name, at) in unused.collect::<Vec<_>>() {
        let message = format!("nothing refers to the schema `{name}`");
        cx.report.note("unused-schema", &at, message, "");
    }
}

/// A schema that extends one with a discriminator is found by its value, not by a reference.
fn subtype(cx: &Context<'_>, at: &Pointer) -> bool {
    let members = cx
        .document
        .get(at)
        .and_then(|schema| schema.get("allOf"))
        .and_then(Value::as_array);
    members.into_iter().flatten().any(|member| {
        let target = member
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|text| cx.document.resolve(text));
        target
            .and_then(|at| cx.document.get(&at))
            .is_some_and(|schema| schema.get("discriminator").is_some())
    })
}

/// Every component schema that something outside of it refers to.
fn used(cx: &Context<'_>) -> BTreeSet<Pointer> {
    let schemas = cx.document.schemas_at();
    let mut used = BTreeSet::new();
    // Each node with the component schema it stands in.
    let mut open: Vec<(&Value, Option<Pointer>)> = vec![(&cx.document.root, None)];
    for (_, at) in cx.document.component_schemas() {
        let schema = cx.document.get(&at);
        open.extend(schema.map(|schema| (schema, Some(at))));
    }
    let all = schemas.get(&cx.document.root);
    while let Some((value, home)) = open.pop() {
        match value {
            Value::Object(_)
                if home.is_none() && all.is_some_and(|all| std::ptr::eq(all, value)) => {}
            Value::Object(object) => {
                for (key, value) in object {
                    let target = match (key.as_str(), value) {
                        ("$ref", Value::String(reference)) => Pointer::parse(reference),
                        ("mapping", Value::Object(mapping)) => {
                            let targets = mapping.values().filter_map(Value::as_str);
                            used.extend(targets.filter_map(|target| cx.document.mapped(target)));
                            None
                        }
                        _ => None,
                    };
                    used.extend(
                        target
                            .and_then(|target| component(&schemas, target))
                            .filter(|target| Some(target) != home.as_ref()),
                    );
                    open.push((value, home.clone()));
                }
            }
            Value::Array(list) => open.extend(list.iter().map(|value| (value, home.clone()))),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    used
}

/// The component schema a pointer leads to or into.
fn component(schemas: &Pointer, pointer: Pointer) -> Option<Pointer> {
    let mut segments = pointer.segments();
    for step in schemas.segments() {
        if segments.next()? != step {
            return None;
        }
    }
    Some(schemas.key(&segments.next()?))
}
