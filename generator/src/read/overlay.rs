//! OpenAPI Overlay 1.0 and 1.1: where the real interface differs from its document.
//!
//! May not fail: an action that cannot be applied is reported at its place in the overlay, the others
//! are applied.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use serde_json_path::{JsonPath, PathElement};

use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Pointer, Source};

/// The parser of paths recurses into brackets, so the user's text is bounded first.
const MAX_BRACKETS: usize = 32;
const MAX_PATH: usize = 2_000;

/// Applies the actions of an overlay, in order, each to what the ones before it made.
pub(super) fn apply(root: &mut Value, overlay: &Value, source: &Source, report: &mut Report) {
    let mut cx = Context { source, report };
    let at = Pointer::root();
    let Some(object) = overlay.as_object() else {
        return cx.error(
            "not-an-overlay",
            &at,
            "an overlay has to be an object".to_owned(),
        );
    };
    match object
        .get("overlay")
        .map(|version| version.as_str().unwrap_or_default())
    {
        Some(version) if version.starts_with("1.0") || version.starts_with("1.1") => {}
        Some(version) => {
            let message = format!("`{version}` is no version this tool reads: 1.0 and 1.1 are");
            cx.warning("overlay-version", &at.key("overlay"), message);
        }
        None => {
            return cx.error(
                "not-an-overlay",
                &at,
                "`overlay` with the version is missing".to_owned(),
            );
        }
    }
    cx.unknown_keys(object, &at, &["overlay", "info", "extends", "actions"]);
    match object.get("actions") {
        Some(Value::Array(actions)) => {
            for (i, value) in actions.iter().enumerate() {
                action(root, value, &at.key("actions").index(i), &mut cx);
            }
        }
        Some(_) => cx.error(
            "not-an-overlay",
            &at.key("actions"),
            "`actions` has to be a list".to_owned(),
        ),
        None => cx.warning(
            "empty-overlay",
            &at,
            "the overlay has no `actions`".to_owned(),
        ),
    }
}

struct Context<'c> {
    source: &'c Source,
    report: &'c mut Report,
}

impl Context<'_> {
    fn error(&mut self, code: &'static str, at: &Pointer, message: String) {
        self.add(Severity::Error, code, at, message);
    }

    fn warning(&mut self, code: &'static str, at: &Pointer, message: String) {
        self.add(Severity::Warning, code, at, message);
    }

    fn add(&mut self, severity: Severity, code: &'static str, at: &Pointer, message: String) {
        let (file, pointer) = (self.source.name.clone(), at.clone());
        self.report.add(Diagnostic {
            severity,
            code,
            pointer,
            message,
            help: None,
            file,
            place: None,
        });
    }

    fn unknown_keys(&mut self, object: &Map<String, Value>, at: &Pointer, known: &[&str]) {
        for key in object.keys() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                let message = format!("`{key}` is not known here and does nothing");
                self.warning("unknown-overlay-key", &at.key(key), message);
            }
        }
    }
}

fn action(root: &mut Value, action: &Value, at: &Pointer, cx: &mut Context<'_>) {
    let Some(action) = action.as_object() else {
        return cx.error("bad-action", at, "an action has to be an object".to_owned());
    };
    cx.unknown_keys(
        action,
        at,
        &["target", "description", "update", "copy", "remove"],
    );
    let Some(target) = action.get("target").and_then(Value::as_str) else {
        return cx.error("bad-action", at, "the action has no `target`".to_owned());
    };
    let Some(mut nodes) = nodes(root, target, &at.key("target"), cx) else {
        return;
    };
    if nodes.is_empty() {
        let message = format!("`{target}` matches nothing: has the document changed?");
        return cx.warning("target-matches-nothing", &at.key("target"), message);
    }
    match action.get("remove") {
        Some(Value::Bool(true)) => {
            // From the end, so that the indices still to come stay true.
            nodes.reverse();
            nodes.iter().for_each(|node| remove(root, node, at, cx));
            return;
        }
        Some(Value::Bool(false)) | None => {}
        Some(_) => {
            return cx.error(
                "bad-action",
                &at.key("remove"),
                "`remove` is true or false".to_owned(),
            );
        }
    }
    let update = match action.get("copy") {
        Some(from) => copied(root, from, &at.key("copy"), cx),
        None => action.get("update").cloned(),
    };
    match update {
        Some(update) => nodes
            .iter()
            .for_each(|node| apply_update(root, node, &update)),
        None if action.contains_key("copy") => {}
        None => cx.warning(
            "idle-action",
            at,
            "the action has neither `update` nor `remove`".to_owned(),
        ),
    }
}

/// What a JSONPath selects: steps from the root, sorted, each node once.
fn nodes(root: &Value, path: &str, at: &Pointer, cx: &mut Context<'_>) -> Option<Vec<Vec<Step>>> {
    let brackets = path.chars().filter(|part| "([".contains(*part)).count();
    if path.len() > MAX_PATH || brackets > MAX_BRACKETS {
        cx.error("bad-target", at, "the path is too long".to_owned());
        return None;
    }
    match JsonPath::parse(path) {
        Ok(parsed) => {
            let found = parsed.query_located(root);
            let steps = found
                .locations()
                .map(|location| location.iter().map(Step::from).collect());
            Some(steps.collect::<BTreeSet<Vec<Step>>>().into_iter().collect())
        }
        Err(error) => {
            cx.error(
                "bad-target",
                at,
                format!("`{path}` is no JSONPath: {error}"),
            );
            None
        }
    }
}

fn copied(root: &Value, from: &Value, at: &Pointer, cx: &mut Context<'_>) -> Option<Value> {
    let found = match from.as_str() {
        Some(path) => nodes(root, path, at, cx)?,
        None => Vec::new(),
    };
    match found.as_slice() {
        [node] => get(root, node).cloned(),
        found => {
            cx.error(
                "bad-copy",
                at,
                format!("`copy` has to select one node, it selects {}", found.len()),
            );
            None
        }
    }
}

/// One step from a node to a child of it. Indices sort as numbers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Index(usize),
    Key(String),
}

impl From<&PathElement<'_>> for Step {
    fn from(element: &PathElement<'_>) -> Self {
        match element {
            PathElement::Name(name) => Step::Key((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        }
    }
}

fn get<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get(index),
        Step::Key(key) => value.get(key),
    })
}

fn get_mut<'v>(root: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get_mut(index),
        Step::Key(key) => value.get_mut(key),
    })
}

fn remove(root: &mut Value, steps: &[Step], at: &Pointer, cx: &mut Context<'_>) {
    let Some((last, parents)) = steps.split_last() else {
        return cx.error(
            "bad-action",
            at,
            "the whole document cannot be removed".to_owned(),
        );
    };
    match (get_mut(root, parents), last) {
        (Some(Value::Object(object)), Step::Key(key)) => {
            object.shift_remove(key);
        }
        (Some(Value::Array(list)), Step::Index(index)) if *index < list.len() => {
            list.remove(*index);
        }
        // Gone with a parent that an action removed.
        (_, Step::Key(_) | Step::Index(_)) => {}
    }
}

fn apply_update(root: &mut Value, steps: &[Step], update: &Value) {
    match (get_mut(root, steps), update) {
        (Some(Value::Array(list)), update) if !update.is_array() => list.push(update.clone()),
        (Some(node), update) => merge(node, update),
        (None, _) => {}
    }
}

/// Objects merge, lists are joined, anything else is replaced.
fn merge(node: &mut Value, update: &Value) {
    match (node, update) {
        (Value::Object(object), Value::Object(update)) => {
            for (key, value) in update {
                match object.get_mut(key) {
                    Some(known) => merge(known, value),
                    None => {
                        object.insert(key.clone(), value.clone());
                    }
                }
            }
        }
        (Value::Array(list), Value::Array(update)) => list.extend(update.iter().cloned()),
        (node, update) => *node = update.clone(),
    }
}

#[cfg(test)]
mod tests;
