//! Rules about one schema.
//!
//! May not look at other schemas, except for `required`, whose properties may stand in a composition.

use serde_json::{Map, Value};

use super::keyword::{self, FormatFit};
use super::value::{KNOWN, Types, shown};
use super::{Context, Node, Role, label, reference};

/// Checks one schema.
pub(super) fn check(cx: &mut Context<'_>, node: Node<'_>) {
    reference::check(cx, node);
    check_types(cx, node);
    check_keywords(cx, node);
    label::check(cx, node);
    check_values(cx, node);
    check_format(cx, node);
    check_ranges(cx, node);
    check_object(cx, node);
    check_unions(cx, node);
}

fn check_types(cx: &mut Context<'_>, node: Node<'_>) {
    let types = Types::of(node.schema);
    let at = node.at.key("type");
    let known = |name: &&str| KNOWN.contains(name) || cx.swagger && *name == "file";
    let unknown: Vec<_> = types.names.iter().filter(|name| !known(name)).collect();
    for name in unknown {
        let message = format!("`{name}` is no type");
        cx.report.warning(
            "unknown-type",
            &at,
            message,
            format!("known are {}", KNOWN.join(", ")),
        );
    }
    match node.schema.get("type") {
        None | Some(Value::String(_)) => {}
        Some(Value::Array(_)) if cx.modern => {}
        Some(Value::Array(_)) => {
            let version = match cx.swagger {
                true => "2.0",
                false => "3.0",
            };
            cx.tally(
                "type-list-in-3-0",
                &at,
                format!("a list of types belongs to OpenAPI 3.1, this document states {version}"),
                "it is honoured all the same",
            );
        }
        Some(other) => {
            let message = format!("`type` is {}", shown(other));
            cx.report
                .warning("unknown-type", &at, message, "it is not used");
        }
    }
    if cx.modern && node.schema.contains_key("nullable") {
        let message = "`nullable` is no keyword since OpenAPI 3.1".to_owned();
        cx.tally(
            "nullable-in-3-1",
            &node.at.key("nullable"),
            message,
            "it is honoured all the same",
        );
    }
    let null_only = node
        .schema
        .get("type")
        .is_some_and(|name| *name == "null" || *name == serde_json::json!(["null"]));
    if node.role == Role::Body && null_only {
        let message = "the request body can only be null";
        cx.report.warning(
            "null-body",
            node.at,
            message,
            "an operation without a body needs no `requestBody`",
        );
    }
}

/// Keywords nobody knows, and keywords about a type the schema does not have.
fn check_keywords(cx: &mut Context<'_>, node: Node<'_>) {
    let types = Types::of(node.schema);
    for key in node.schema.keys() {
        let at = node.at.key(key);
        let about = match keyword::type_of(key) {
            _ if key.starts_with("x-") => continue,
            _ if cx.swagger && key == "collectionFormat" => continue,
            Some("") => continue,
            Some(about) => about,
            None => {
                let message = match keyword::meant(key) {
                    Some(meant) => {
                        format!("`{key}` is no keyword of a schema: `{meant}` may be meant")
                    }
                    None => format!("`{key}` is no keyword of a schema"),
                };
                cx.tally("unknown-keyword", &at, message, "it is not used");
                continue;
            }
        };
        let fits = types
            .names
            .iter()
            .any(|name| *name == about || *name == "integer" && about == "number");
        // `required: true` on a property is told by `check_object`.
        if types.names.is_empty() || fits || node.schema.get(key).is_some_and(Value::is_boolean) {
            continue;
        }
        let message = format!(
            "`{key}` says something about {about}, but the type is {}",
            types.text()
        );
        if matches!(key.as_str(), "properties" | "required" | "items") {
            cx.report
                .warning("keyword-of-other-type", &at, message, "it has no effect");
        } else {
            cx.report
                .note("keyword-of-other-type", &at, message, "it has no effect");
        }
    }
}

/// `default` and examples against type and enum.
fn check_values(cx: &mut Context<'_>, node: Node<'_>) {
    let types = Types::of(node.schema);
    if let Some(default) = node.schema.get("default").filter(|value| !value.is_null()) {
        let at = node.at.key("default");
        let values = node.schema.get("enum").and_then(Value::as_array);
        if !types.fit(default) {
            let message = format!("the default {} is no {}", shown(default), types.text());
            cx.report.warning("default-of-other-type", &at, message, "");
        } else if values.is_some_and(|values| !values.contains(default)) {
            let message = format!("the default {} is no value of the enum", shown(default));
            cx.report.warning("default-not-in-enum", &at, message, "");
        }
    }
    let example = node
        .schema
        .get("example")
        .map(|value| (node.at.key("example"), value));
    let list = node.schema.get("examples").and_then(Value::as_array);
    let list = list.into_iter().flatten().enumerate();
    let list = list.map(|(i, value)| (node.at.key("examples").index(i), value));
    for (at, value) in example.into_iter().chain(list) {
        if !types.fit(value) {
            let message = format!("the example {} is no {}", shown(value), types.text());
            cx.report.note("example-of-other-type", &at, message, "");
        }
    }
}

fn check_format(cx: &mut Context<'_>, node: Node<'_>) {
    let Some(format) = node.schema.get("format").and_then(Value::as_str) else {
        return;
    };
    let types = Types::of(node.schema);
    let at = node.at.key("format");
    match keyword::format_fit(format, &types.names) {
        FormatFit::Fits => {}
        FormatFit::OtherType => {
            let message = format!("`{format}` is no format of {}", types.text());
            cx.report.warning("format-of-other-type", &at, message, "");
        }
        FormatFit::Unknown => {
            let message = format!("the format `{format}` is not known");
            cx.tally(
                "unknown-format",
                &at,
                message,
                "the type is used without it",
            );
        }
    }
}

fn check_ranges(cx: &mut Context<'_>, node: Node<'_>) {
    let number = |key: &str| node.schema.get(key).and_then(Value::as_f64);
    for (low, high) in [
        ("minimum", "maximum"),
        ("exclusiveMinimum", "exclusiveMaximum"),
        ("minLength", "maxLength"),
        ("minItems", "maxItems"),
        ("minProperties", "maxProperties"),
    ] {
        if let (Some(least), Some(most)) = (number(low), number(high))
            && least > most
        {
            let message = format!("`{low}` {least} is above `{high}` {most}");
            cx.report
                .warning("empty-range", &node.at.key(low), message, "");
        }
    }
}

fn check_object(cx: &mut Context<'_>, node: Node<'_>) {
    let schema = node.schema;
    let types = Types::of(schema);
    match schema.get("required") {
        None => {}
        Some(Value::Array(_)) => cx.required.push(node.at.clone()),
        Some(other) => {
            let message = format!(
                "`required` is {}, it has to be a list of properties",
                shown(other)
            );
            let help = "it is not used; whether a property is required is said by its object";
            cx.report.warning(
                "required-not-a-list",
                &node.at.key("required"),
                message,
                help,
            );
        }
    }
    let closed = schema.get("additionalProperties") == Some(&Value::Bool(false));
    let empty = schema
        .get("properties")
        .and_then(Value::as_object)
        .is_none_or(Map::is_empty);
    let more = ["patternProperties", "allOf", "anyOf", "oneOf", "$ref"];
    if closed
        && empty
        && node.role != Role::Part
        && !more.iter().any(|key| schema.contains_key(*key))
    {
        let message = "an object that can have no property";
        cx.report.note("empty-closed-object", node.at, message, "");
    }
    if types.names == ["array"]
        && !schema.contains_key("items")
        && !schema.contains_key("prefixItems")
    {
        cx.report.note(
            "array-without-items",
            node.at,
            "the array says nothing about its items",
            "",
        );
    }
}

/// Required properties that are declared nowhere.
pub(super) fn check_required(cx: &mut Context<'_>) {
    for at in std::mem::take(&mut cx.required) {
        let Some(schema) = cx.document.get(&at).and_then(Value::as_object) else {
            continue;
        };
        let keywords = ["allOf", "anyOf", "oneOf", "$ref", "patternProperties"];
        let part = at
            .parent()
            .and_then(|parent| parent.last())
            .is_some_and(|key| {
                ["allOf", "anyOf", "oneOf", "dependentSchemas"].contains(&key.as_str())
            })
            || at
                .last()
                .is_some_and(|key| ["not", "if", "then", "else"].contains(&key.as_str()));
        let types = Types::of(schema);
        let object = types.names.is_empty() || types.names.contains(&"object");
        let elsewhere = keywords.iter().any(|key| schema.contains_key(*key))
            || part
            || cx.composed.contains(&at);
        if elsewhere || !object {
            continue;
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        let names = schema.get("required").and_then(Value::as_array);
        for (i, name) in names.into_iter().flatten().enumerate() {
            let known = name
                .as_str()
                .is_some_and(|name| properties.is_some_and(|all| all.contains_key(name)));
            if !known {
                let message = format!(
                    "{} is required, but no such property is declared",
                    shown(name)
                );
                cx.report.warning(
                    "required-unknown-property",
                    &at.key("required").index(i),
                    message,
                    "",
                );
            }
        }
    }
}

/// Unions whose members only list `required`: a constraint, not a choice of shapes.
fn check_unions(cx: &mut Context<'_>, node: Node<'_>) {
    for key in ["anyOf", "oneOf"] {
        let Some(members) = node.schema.get(key).and_then(Value::as_array) else {
            continue;
        };
        let bare = |member: &Value| {
            member
                .as_object()
                .is_some_and(|member| member.len() == 1 && member.contains_key("required"))
        };
        if !members.is_empty() && members.iter().all(bare) {
            let message = format!("`{key}` only says which properties are needed together");
            cx.report.note(
                "union-of-required",
                &node.at.key(key),
                message,
                "it is not checked",
            );
        }
        if members.is_empty() {
            cx.report.warning(
                "empty-union",
                &node.at.key(key),
                format!("`{key}` has no members"),
                "",
            );
        }
    }
}
