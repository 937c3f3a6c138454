//! One action of an overlay: what it wants, and what comes of it.
//!
//! May not change the document otherwise than by `node` and `merge`.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::Context;
use super::merge::{self, Kind, Misfit};
use super::node::{self, Step};
use crate::report::Severity;
use crate::source::Pointer;

/// What an action does with each node that its target selects.
enum Change<'a> {
    Remove,
    Update(&'a Value),
    /// An update with what a path selects in the document.
    Copy(&'a str),
}

/// Applies an action, or tells why not.
pub(super) fn apply(root: &mut Value, action: &Value, at: &Pointer, cx: &mut Context<'_>) {
    let Some(action) = action.as_object() else {
        return cx.error("bad-action", at, "an action has to be an object");
    };
    let known = ["target", "description", "update", "copy", "remove"];
    cx.unknown_keys(action, at, &known);
    cx.expect_text(action, "description", at);
    let target = match action.get("target") {
        Some(Value::String(target)) => target,
        Some(_) => {
            let message = "`target` has to be a JSONPath";
            return cx.error("bad-action", &at.key("target"), message);
        }
        None => return cx.error("bad-action", at, "the action has no `target`"),
    };
    let Some(change) = change(action, at, cx) else {
        return;
    };
    let Some(nodes) = node::select(root, target, &at.key("target"), cx) else {
        return;
    };
    if nodes.is_empty() {
        let message = format!("`{target}` selects nothing: has the document changed?");
        return cx.warning("target-matches-nothing", &at.key("target"), &message);
    }
    match change {
        // From the end, so that the indices still to come stay true.
        Change::Remove => nodes
            .iter()
            .rev()
            .for_each(|steps| remove(root, steps, at, cx)),
        Change::Update(value) => {
            if is_one_kind(root, &nodes, at, cx) {
                update(root, &nodes, value, at, cx);
            }
        }
        Change::Copy(from) => {
            if is_one_kind(root, &nodes, at, cx)
                && let Some(value) = copied(root, from, &at.key("copy"), cx)
            {
                copy(root, &nodes, &value, at, cx);
            }
        }
    }
}

/// What an action wants; nothing where it wants nothing, or two things.
fn change<'a>(
    action: &'a Map<String, Value>,
    at: &Pointer,
    cx: &mut Context<'_>,
) -> Option<Change<'a>> {
    let (update, copy) = (action.get("update"), action.get("copy"));
    match action.get("remove") {
        Some(Value::Bool(true)) => {
            for key in ["update", "copy"] {
                if action.contains_key(key) {
                    let message = format!("`{key}` does nothing beside `remove: true`");
                    cx.warning("idle-action", &at.key(key), &message);
                }
            }
            return Some(Change::Remove);
        }
        Some(Value::Bool(false)) | None => {}
        Some(_) => {
            cx.error("bad-action", &at.key("remove"), "`remove` is true or false");
            return None;
        }
    }
    if copy.is_some() && !cx.has_copy {
        let message = "`copy` is new in 1.1, and the overlay states 1.0";
        let help = Some("state `overlay: 1.1.0`");
        let at = at.key("copy");
        cx.add(Severity::Warning, "overlay-version", &at, message, help);
    }
    match (update, copy) {
        (Some(_), Some(_)) => {
            let message =
                "an action has either `update` or `copy`: beside the other, neither has an effect";
            let help = Some("make two actions of it");
            cx.add(Severity::Error, "bad-action", at, message, help);
            None
        }
        (Some(update), None) => Some(Change::Update(update)),
        (None, Some(Value::String(from))) => Some(Change::Copy(from)),
        (None, Some(_)) => {
            cx.error("bad-copy", &at.key("copy"), "`copy` has to be a JSONPath");
            None
        }
        (None, None) => {
            let message = "the action has none of `update`, `copy` and `remove`";
            cx.warning("idle-action", at, message);
            None
        }
    }
}

fn remove(root: &mut Value, steps: &[Step], at: &Pointer, cx: &mut Context<'_>) {
    if node::remove(root, steps).is_none() {
        let message = "the whole document cannot be removed";
        cx.error("bad-action", &at.key("target"), message);
    }
}

/// What is selected has to be all objects, all lists, or all plain values.
fn is_one_kind(root: &Value, nodes: &[Vec<Step>], at: &Pointer, cx: &mut Context<'_>) -> bool {
    let found = nodes.iter().filter_map(|steps| node::get(root, steps));
    let kinds: BTreeSet<Kind> = found.map(Kind::of).collect();
    if kinds.len() < 2 {
        return true;
    }
    let kinds: Vec<String> = kinds.iter().map(Kind::to_string).collect();
    let message = format!(
        "`target` selects {} nodes of several kinds: {}",
        nodes.len(),
        kinds.join(", ")
    );
    let help = Some("make an action for each kind");
    let at = at.key("target");
    cx.add(Severity::Error, "mixed-targets", &at, &message, help);
    false
}

fn update(
    root: &mut Value,
    nodes: &[Vec<Step>],
    value: &Value,
    at: &Pointer,
    cx: &mut Context<'_>,
) {
    if let Err(misfit) = put(root, nodes, value) {
        let place = misfit
            .path
            .iter()
            .fold(at.key("update"), |at, key| at.key(key));
        tell(&misfit, &place, "update", cx);
    }
}

fn copy(root: &mut Value, nodes: &[Vec<Step>], value: &Value, at: &Pointer, cx: &mut Context<'_>) {
    if let Err(misfit) = put(root, nodes, value) {
        tell(&misfit, &at.key("copy"), "copy", cx);
    }
}

fn put(root: &mut Value, nodes: &[Vec<Step>], value: &Value) -> Result<(), Misfit> {
    for steps in nodes {
        if let Some(node) = node::get_mut(root, steps) {
            merge::apply(node, value)?;
        }
    }
    Ok(())
}

fn tell(misfit: &Misfit, at: &Pointer, key: &str, cx: &mut Context<'_>) {
    let inside = misfit
        .path
        .iter()
        .fold(Pointer::root(), |at, key| at.key(key));
    let place = match misfit.path.as_slice() {
        [] => "there".to_owned(),
        _ => format!("at `{inside}` there"),
    };
    let message = format!(
        "`{key}` has {}, and the document has {} {place}",
        misfit.given, misfit.found
    );
    let help = Some("remove what is there in an action before");
    cx.add(Severity::Error, "update-does-not-fit", at, &message, help);
}

/// What `copy` selects, as it is before the action.
fn copied(root: &Value, from: &str, at: &Pointer, cx: &mut Context<'_>) -> Option<Value> {
    match node::select(root, from, at, cx)?.as_slice() {
        [steps] => node::get(root, steps).cloned(),
        found => {
            let message = format!("`copy` has to select one node, it selects {}", found.len());
            cx.error("bad-copy", at, &message);
            None
        }
    }
}
