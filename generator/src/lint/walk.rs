//! Finds every schema of a document, each once, by position: references are not followed.
//!
//! May not judge.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::read::Kind;
use crate::source::Pointer;

use super::{Context, Node, Role, schema};

/// Keywords that hold one schema.
const ONE: &[&str] = &[
    "additionalItems",
    "additionalProperties",
    "contains",
    "contentSchema",
    "items",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
];
/// Keywords that hold one schema which need not make sense alone.
const PART: &[&str] = &["else", "if", "not", "then"];
/// Keywords that hold a list of schemas.
const LIST: &[&str] = &["items", "prefixItems"];
/// Keywords that hold a list of schemas which need not make sense alone.
const PARTS: &[&str] = &["allOf", "anyOf", "oneOf"];
/// Keywords that hold a map of schemas.
const NAMED: &[&str] = &["$defs", "definitions", "patternProperties", "properties"];
/// Parts of `components` that hold schemas further down.
const COMPONENTS: &[&str] = &[
    "parameters",
    "headers",
    "requestBodies",
    "responses",
    "pathItems",
    "callbacks",
    "mediaTypes",
];

/// What a parameter or header of Swagger 2.0 has that is no keyword of a schema.
const BESIDE: &[&str] = &[
    "name",
    "in",
    "required",
    "collectionFormat",
    "allowEmptyValue",
];

/// Visits every schema.
pub(super) fn document(cx: &mut Context<'_>) {
    let document = cx.document;
    let root = Pointer::root();
    for (_, at) in document.component_schemas() {
        let value = document.get(&at);
        value
            .into_iter()
            .for_each(|value| visit(cx, value, &at, Role::Whole));
    }
    let components = root.key("components");
    let (shared, parts): (&[&str], &[&str]) = match cx.swagger {
        true => (&[], &["parameters", "responses", "paths"]),
        false => (COMPONENTS, &["paths", "webhooks"]),
    };
    for part in shared {
        let value = &document.root["components"][part];
        map(cx, &components.key(part), value, part);
    }
    for part in parts {
        map(cx, &root.key(part), &document.root[part], part);
    }
    in_files(cx);
}

/// What is used of files, each node once.
fn in_files(cx: &mut Context<'_>) {
    let document = cx.document;
    let components: BTreeSet<Pointer> = document
        .component_schemas()
        .into_iter()
        .map(|(_, at)| at)
        .collect();
    // Sorted by pointer, so what is within another comes after it.
    let mut outer: Option<&Pointer> = None;
    for (at, kind) in &document.parts {
        if outer.is_some_and(|outer| at.is_in(outer)) {
            continue;
        }
        outer = Some(at);
        let Some(value) = document.get(at).filter(|_| !components.contains(at)) else {
            continue;
        };
        match kind {
            Kind::Schema => visit(cx, value, at, Role::Whole),
            Kind::Parameter | Kind::Header => described(cx, at, value),
            Kind::Body => unit(cx, at, value, Role::Body),
            _ => unit(cx, at, value, Role::Whole),
        }
    }
}

/// A map whose values are units.
fn map(cx: &mut Context<'_>, at: &Pointer, value: &Value, field: &str) {
    for (key, value) in value.as_object().into_iter().flatten() {
        if field == "callbacks" {
            map(cx, &at.key(key), value, key);
        } else if field == "parameters" {
            described(cx, &at.key(key), value);
        } else {
            unit(
                cx,
                &at.key(key),
                value,
                if field == "requestBodies" {
                    Role::Body
                } else {
                    Role::Whole
                },
            );
        }
    }
}

/// A path item, operation, parameter, header, body, response, media type or encoding.
fn unit(cx: &mut Context<'_>, at: &Pointer, value: &Value, role: Role) {
    for (key, value) in value.as_object().into_iter().flatten() {
        let at = at.key(key);
        match key.as_str() {
            "schema" | "itemSchema" => visit(cx, value, &at, role),
            "content" | "headers" | "encoding" => {
                let role = if key == "content" { role } else { Role::Whole };
                for (name, value) in value.as_object().into_iter().flatten() {
                    match key.as_str() {
                        "headers" => described(cx, &at.key(name), value),
                        _ => unit(cx, &at.key(name), value, role),
                    }
                }
            }
            "responses" | "callbacks" | "additionalOperations" => map(cx, &at, value, key),
            "parameters" => {
                for (i, value) in value.as_array().into_iter().flatten().enumerate() {
                    described(cx, &at.index(i), value);
                }
            }
            "requestBody" => unit(cx, &at, value, Role::Body),
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace"
            | "query" => {
                unit(cx, &at, value, Role::Whole);
            }
            _ => {}
        }
    }
}

/// A parameter or a header; in Swagger 2.0 it is a schema with a name.
fn described(cx: &mut Context<'_>, at: &Pointer, value: &Value) {
    match value.as_object() {
        Some(object)
            if cx.swagger && !object.contains_key("schema") && !object.contains_key("$ref") =>
        {
            let mut schema = object.clone();
            schema.retain(|key, _| !BESIDE.contains(&key.as_str()));
            visit(cx, &Value::Object(schema), at, Role::Whole);
        }
        _ => unit(cx, at, value, Role::Whole),
    }
}

/// One schema, then those in it.
fn visit(cx: &mut Context<'_>, value: &Value, at: &Pointer, role: Role) {
    match value {
        Value::Object(schema) => {
            schema::check(cx, Node { at, schema, role });
            children(cx, schema, at);
        }
        Value::Bool(_) => {}
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            cx.report.warning(
                "not-a-schema",
                at,
                "a schema has to be an object",
                "anything is allowed here",
            );
        }
    }
}

fn children(cx: &mut Context<'_>, schema: &Map<String, Value>, at: &Pointer) {
    for (key, value) in schema {
        let at = at.key(key);
        let key = key.as_str();
        match value {
            Value::Object(map) if NAMED.contains(&key) || key == "dependentSchemas" => {
                let role = if NAMED.contains(&key) {
                    Role::Whole
                } else {
                    Role::Part
                };
                map.iter()
                    .for_each(|(name, value)| visit(cx, value, &at.key(name), role));
            }
            Value::Array(list) if LIST.contains(&key) || PARTS.contains(&key) => {
                let role = if LIST.contains(&key) {
                    Role::Whole
                } else {
                    Role::Part
                };
                list.iter()
                    .enumerate()
                    .for_each(|(i, value)| visit(cx, value, &at.index(i), role));
            }
            value if ONE.contains(&key) => visit(cx, value, &at, Role::Whole),
            value if PART.contains(&key) => visit(cx, value, &at, Role::Part),
            _ => {}
        }
    }
}
