//! What an update makes of a node: objects are merged, lists are joined, plain values replaced.
//!
//! May not put one kind in the place of another.

use std::fmt;

use serde_json::Value;

/// What counts as the same kind of value.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum Kind {
    Object,
    List,
    /// Text, a number, true, false or null.
    Plain,
}

impl Kind {
    pub(super) fn of(value: &Value) -> Self {
        match value {
            Value::Object(_) => Kind::Object,
            Value::Array(_) => Kind::List,
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Kind::Plain,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Object => "an object",
            Kind::List => "a list",
            Kind::Plain => "a plain value",
        })
    }
}

/// Where an update is of another kind than the document.
#[derive(PartialEq, Eq, Debug)]
pub(super) struct Misfit {
    /// From the updated node inwards.
    pub path: Vec<String>,
    /// What the document has there.
    pub found: Kind,
    /// What the update has there.
    pub given: Kind,
}

/// Updates a node that a target has selected. A list takes a list in, or one more element; what a
/// node within it has to fit is said at [`merge`].
pub(super) fn apply(node: &mut Value, update: &Value) -> Result<(), Misfit> {
    match (node, update) {
        (Value::Array(list), update) if !update.is_array() => {
            list.push(update.clone());
            Ok(())
        }
        (node, update) => merge(node, update),
    }
}

/// Merges what is of the same kind. What an update has and the node has not is added at the end.
fn merge(node: &mut Value, update: &Value) -> Result<(), Misfit> {
    let (found, given) = (Kind::of(node), Kind::of(update));
    match (node, update) {
        (Value::Object(object), Value::Object(update)) => {
            for (key, value) in update {
                let Some(known) = object.get_mut(key) else {
                    object.insert(key.clone(), value.clone());
                    continue;
                };
                merge(known, value).map_err(|mut misfit| {
                    misfit.path.insert(0, key.clone());
                    misfit
                })?;
            }
        }
        (Value::Array(list), Value::Array(update)) => list.extend(update.iter().cloned()),
        (node, update) if found == given => *node = update.clone(),
        _ => {
            let path = Vec::new();
            return Err(Misfit { path, found, given });
        }
    }
    Ok(())
}
