//! Enums and the labels that extensions give their values.
//!
//! May not spell a name: whether a label makes one is not decided here.

use serde_json::{Map, Value};
use std::collections::HashSet;

use crate::source::Pointer;

use super::value::{Types, shown};
use super::{Context, Node};

/// Extensions that label the values of an enum.
const LABELS: &[&str] = &[
    "x-enumDescriptions",
    "x-enum-descriptions",
    "x-enumNames",
    "x-enum-varnames",
];

/// Checks `enum` and its labels.
pub(super) fn check(cx: &mut Context<'_>, node: Node<'_>) {
    let values = node.schema.get("enum").and_then(Value::as_array);
    for key in LABELS {
        let Some(labels) = node.schema.get(*key) else {
            continue;
        };
        let at = node.at.key(key);
        match values {
            Some(values) => check_labels(cx, labels, values, &at),
            None => {
                let message =
                    format!("`{key}` labels the values of an enum, but there is no `enum`");
                cx.report.warning(
                    "labels-without-enum",
                    &at,
                    message,
                    "add `enum` to say which values there are",
                );
            }
        }
    }
    if let Some(values) = values {
        check_values(cx, node, values);
    } else if node.schema.contains_key("enum") {
        cx.report.warning(
            "enum-not-a-list",
            &node.at.key("enum"),
            "`enum` has to be a list",
            "",
        );
    }
}

fn check_values(cx: &mut Context<'_>, node: Node<'_>, values: &[Value]) {
    let at = node.at.key("enum");
    let types = Types::of(node.schema);
    if values.is_empty() {
        cx.report.warning(
            "empty-enum",
            &at,
            "no value is allowed: the enum is empty",
            "",
        );
        return;
    }
    if types.nullable && !values.contains(&Value::Null) {
        let message = "null is allowed by the type but not by the enum";
        cx.report.warning(
            "nullable-enum-without-null",
            &at,
            message,
            "add null to the enum, or take it from the type",
        );
    }
    let mut strange = values.iter().filter(|value| !types.fit(value));
    if let Some(first) = strange.next() {
        let message = format!("{} of the enum is no {}", shown(first), types.text());
        let help = if types.names == ["array"] {
            "the enum may belong into `items`"
        } else {
            ""
        };
        cx.report
            .warning("enum-value-of-other-type", &at, message, help);
    }
    let mut seen = HashSet::new();
    for (i, value) in values.iter().enumerate() {
        if !seen.insert(value) {
            let message = format!("{} stands in the enum twice", shown(value));
            cx.report
                .warning("enum-value-twice", &at.index(i), message, "");
        }
    }
}

fn check_labels(cx: &mut Context<'_>, labels: &Value, values: &[Value], at: &Pointer) {
    let named = values.iter().filter(|value| !value.is_null()).count();
    match labels {
        Value::Array(list) if list.len() != values.len() && list.len() != named => {
            let message = format!("{} labels for {} values", list.len(), values.len());
            cx.report.warning(
                "labels-count",
                at,
                message,
                "labels belong to values by position",
            );
        }
        Value::Object(map) => check_label_map(cx, map, values, at),
        Value::Array(_) => {}
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            cx.report.warning(
                "labels-unreadable",
                at,
                "labels are a list or a map",
                "they are not used",
            );
        }
    }
}

fn check_label_map(cx: &mut Context<'_>, map: &Map<String, Value>, values: &[Value], at: &Pointer) {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let known: HashSet<String> = values.iter().map(text).collect();
    for key in map.keys().filter(|key| !known.contains(*key)) {
        let message = format!("`{key}` is labelled, but it is no value of the enum");
        cx.report
            .warning("label-of-unknown-value", &at.key(key), message, "");
    }
    let missing: Vec<_> = values
        .iter()
        .filter(|value| !value.is_null() && !map.contains_key(&text(value)))
        .map(shown)
        .collect();
    if !missing.is_empty() {
        let message = format!("no label for {}", missing.join(", "));
        cx.report.note("value-without-label", at, message, "");
    }
}
