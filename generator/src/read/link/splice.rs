//! Puts what a reference leads to in its place, where whoever reads it would not follow.
//!
//! May not grow a document without end: what is copied is counted.

use serde_json::{Map, Value, json};

use crate::report::Report;
use crate::source::Pointer;

use super::walk::Splice;

/// More nodes than any real document puts in place of references.
const MOST_NODES: usize = 1_000_000;

/// Makes the copies, in order: what is copied has been completed before.
pub(super) fn apply(root: &mut Value, splices: &[Splice], report: &mut Report) {
    let mut left = MOST_NODES;
    for splice in splices {
        let (at, made) = match splice {
            Splice::Copy { at, from } => (at, from.get(root).cloned()),
            Splice::Members { at, from } => (at, from.get(root).map(|value| members(value, from))),
        };
        let Some(made) = made else { continue };
        let Some(rest) = left.checked_sub(size(&made)) else {
            let message = "the references from here on repeat more than a document can need";
            report.error("too-large", at, message, "");
            return;
        };
        left = rest;
        if let Some(place) = at.get_mut(root) {
            let own = std::mem::replace(place, made);
            add(place, own);
        }
    }
}

/// A reference to each member.
fn members(value: &Value, at: &Pointer) -> Value {
    match value {
        Value::Object(object) => {
            let member = |key: &String| (key.clone(), json!({"$ref": at.key(key).to_string()}));
            Value::Object(object.keys().map(member).collect())
        }
        Value::Array(list) => (0..list.len())
            .map(|index| json!({"$ref": at.index(index).to_string()}))
            .collect(),
        other => other.clone(),
    }
}

/// What was said beside the reference.
fn add(place: &mut Value, own: Value) {
    if let (Value::Object(place), Value::Object(own)) = (place, own) {
        let own: Map<String, Value> = own.into_iter().filter(|(key, _)| key != "$ref").collect();
        place.extend(own);
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Object(object) => 1 + object.values().map(size).sum::<usize>(),
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 1,
    }
}
