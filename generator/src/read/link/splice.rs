//! Puts what a reference leads to in its place, where whoever reads it would not follow.
//!
//! May not grow a document without end: what is copied is counted.

use serde_json::{Map, Value, json};

use crate::report::Report;
use crate::source::Pointer;

use super::walk::Splice;

/// Makes the copies, in order: what is copied has been completed before.
pub(super) fn apply(root: &mut Value, splices: &[Splice], report: &mut Report) {
    let most = report.limits().copies;
    let mut left = most;
    for splice in splices {
        let (Splice::Copy { at, from } | Splice::Members { at, from }) = splice;
        let Some(value) = from.get(root) else {
            continue;
        };
        let cost = match splice {
            Splice::Copy { .. } => size(value),
            Splice::Members { .. } => size_of_members(value, from),
        };
        let Some(rest) = left.checked_sub(cost) else {
            let message = format!("the references up to here repeat more than {most} values");
            report.beyond("copies", at, message);
            return;
        };
        left = rest;
        let made = match splice {
            Splice::Copy { .. } => value.clone(),
            Splice::Members { .. } => members(value, from),
        };
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

/// How much text counts as a value more.
const TEXT: usize = 200;

/// How many values it has; much text counts as several.
fn size(value: &Value) -> usize {
    match value {
        Value::Object(object) => {
            let members = object.iter();
            let sizes = members.map(|(key, value)| key.len() / TEXT + size(value));
            1 + sizes.sum::<usize>()
        }
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::String(text) => 1 + text.len() / TEXT,
        Value::Null | Value::Bool(_) | Value::Number(_) => 1,
    }
}

/// The same of a reference to each member.
fn size_of_members(value: &Value, at: &Pointer) -> usize {
    let way = at.as_str().len();
    match value {
        Value::Object(object) => {
            let keys = object.keys();
            1 + keys
                .map(|key| 2 + (way + 2 * key.len()) / TEXT)
                .sum::<usize>()
        }
        Value::Array(list) => 1 + list.len() * (2 + way / TEXT),
        other => size(other),
    }
}
