//! A document, later: what those who write it do to it, so that it is still a right one.

use super::words;
use crate::draw::Draw;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The same with a few changes.
pub fn changed(document: &Value, draw: &mut Draw) -> Value {
    let mut document = document.clone();
    for _ in 0..=draw.below(3) {
        change(&mut document, draw);
    }
    document
}

fn change(document: &mut Value, draw: &mut Draw) {
    match draw.below(8) {
        0 => {
            remove_one(&mut document["paths"], draw);
        }
        1 => {
            if let Some(Value::Object(path)) = one_of(&mut document["paths"], draw) {
                let operations = path.keys().filter(|key| *key != "parameters");
                let operations: Vec<String> = operations.cloned().collect();
                if !operations.is_empty() {
                    let gone = draw.pick(&operations);
                    path.retain(|key, _| key != gone);
                }
            }
        }
        2 => without_optional_member(document, draw),
        3 => without_optional_parameter(document, draw),
        4 => reverse(&mut document["paths"]),
        5 => reverse(&mut document["components"]["schemas"]),
        6 => {
            let schema = one_of(&mut document["components"]["schemas"], draw);
            if let Some(members) = schema.and_then(|schema| schema.get_mut("properties")) {
                reverse(members);
            }
        }
        _ => other_words(document, draw),
    }
}

/// One of the members of an object.
fn one_of<'v>(value: &'v mut Value, draw: &mut Draw) -> Option<&'v mut Value> {
    let members = value.as_object_mut()?;
    let chosen = draw.below(members.len());
    members.values_mut().nth(chosen)
}

fn remove_one(value: &mut Value, draw: &mut Draw) {
    let Some(members) = value.as_object_mut() else {
        return;
    };
    let chosen = members.keys().nth(draw.below(members.len())).cloned();
    members.retain(|key, _| Some(key) != chosen.as_ref());
}

fn reverse(value: &mut Value) {
    if let Some(members) = value.as_object_mut() {
        let reversed: Map<String, Value> = std::mem::take(members).into_iter().rev().collect();
        *members = reversed;
    }
}

/// A component loses a member that need not be there.
fn without_optional_member(document: &mut Value, draw: &mut Draw) {
    let Some(schema) = one_of(&mut document["components"]["schemas"], draw) else {
        return;
    };
    let required = schema.get("required").and_then(Value::as_array).cloned();
    let required = required.unwrap_or_default();
    let Some(members) = schema.get_mut("properties").and_then(Value::as_object_mut) else {
        return;
    };
    let optional = members.keys().filter(|key| !required.contains(&json!(key)));
    let optional: Vec<String> = optional.cloned().collect();
    if !optional.is_empty() {
        let gone = draw.pick(&optional);
        members.retain(|key, _| key != gone);
    }
}

fn an_operation<'v>(document: &'v mut Value, draw: &mut Draw) -> Option<&'v mut Value> {
    let path = one_of(&mut document["paths"], draw)?;
    one_of(path, draw).filter(|operation| operation.is_object())
}

/// An operation loses a parameter that need not be given.
fn without_optional_parameter(document: &mut Value, draw: &mut Draw) {
    let operation = an_operation(document, draw);
    let parameters = operation.and_then(|operation| operation["parameters"].as_array_mut());
    let Some(parameters) = parameters.filter(|parameters| !parameters.is_empty()) else {
        return;
    };
    let chosen = draw.below(parameters.len());
    if parameters[chosen].get("in").is_some() && parameters[chosen]["required"] != true {
        parameters.remove(chosen);
    }
}

/// What is only told to people: a description, a title, the name of a tag's operation.
fn other_words(document: &mut Value, draw: &mut Draw) {
    match draw.below(3) {
        0 => document["info"]["title"] = json!(words::value(draw)),
        1 => {
            if let Some(schema) = one_of(&mut document["components"]["schemas"], draw)
                && schema.get("$ref").is_none()
            {
                schema["title"] = json!(words::value(draw));
                schema["description"] = json!(words::text(draw));
            }
        }
        _ => {
            if let Some(operation) = an_operation(document, draw) {
                // No other operation is called so.
                let name = format!("renamed {}", words::name(draw, &mut BTreeSet::new()));
                operation["operationId"] = json!(name);
            }
        }
    }
}
