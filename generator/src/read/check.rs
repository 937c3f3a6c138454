//! What paths and their items say beside their operations: it is held against what belongs there.
//!
//! May not read an operation.

use serde_json::{Map, Value};

use crate::report::Report;
use crate::source::Pointer;

use super::path::{METHODS, Piece, is_method, pieces};

pub(super) fn check_paths(root: &Value, report: &mut Report) {
    let at = Pointer::root().key("paths");
    match root.get("paths") {
        Some(Value::Object(paths)) => {
            for (path, item) in paths {
                let at = at.key(path);
                if item.is_null() {
                    report.note(
                        "null-field",
                        &at,
                        "null stands where a path item belongs",
                        "",
                    );
                } else if !item.is_object() && !path.starts_with("x-") {
                    report.warning(
                        "unreadable-path",
                        &at,
                        "a path item has to be an object",
                        "it is left out",
                    );
                }
            }
        }
        Some(Value::Null) | None => report.note(
            "missing-paths",
            &Pointer::root(),
            "the document has no `paths`",
            "",
        ),
        Some(_) => report.error("wrong-type", &at, "`paths` has to be an object", ""),
    }
}

pub(super) fn check_template(path: &str, item: &Pointer, report: &mut Report) {
    if let Some((_, fragment)) = path.split_once('#') {
        report.note(
            "path-fragment",
            item,
            format!("the path has a fragment, `#{fragment}`, which never reaches a server"),
            "it tells operations apart, and is not sent",
        );
    }
    let stray = |piece: &Piece| matches!(piece, Piece::Text(text) if text.contains(['{', '}']));
    if pieces(path).iter().any(stray) {
        report.warning(
            "stray-brace",
            item,
            format!("a brace in the path `{path}` belongs to no parameter"),
            "it is sent as it stands, percent-encoded",
        );
    }
}

pub(super) fn check_item(root: &Value, at: &Pointer, version: &str, report: &mut Report) {
    let known = ["$ref", "summary", "description", "servers", "parameters"];
    let empty = Map::new();
    for (key, value) in at.get(root).and_then(Value::as_object).unwrap_or(&empty) {
        let at = at.key(key);
        if METHODS.contains(&key.as_str()) {
            if value.is_null() {
                report.note(
                    "null-field",
                    &at,
                    "null stands where an operation belongs",
                    "",
                );
            }
            if key == "query" && !version.starts_with("3.2") {
                report.note(
                    "unknown-field",
                    &at,
                    "`query` is a method of OpenAPI 3.2",
                    "it is read all the same",
                );
            }
        } else if key == "additionalOperations" {
            check_methods(&at, value, report);
        } else if !known.contains(&key.as_str()) && !key.starts_with("x-") {
            report.note(
                "unknown-field",
                &at,
                format!("`{key}` is no field of a path item"),
                "",
            );
        }
    }
}

fn check_methods(at: &Pointer, methods: &Value, report: &mut Report) {
    let empty = Map::new();
    for method in methods.as_object().unwrap_or(&empty).keys() {
        if !is_method(method) {
            report.warning(
                "unknown-method",
                &at.key(method),
                format!("`{method}` cannot be the method of a request"),
                "the operation is left out",
            );
        } else if METHODS.contains(&method.to_ascii_lowercase().as_str()) {
            report.note(
                "misplaced-method",
                &at.key(method),
                format!("`{method}` has a field of its own in a path item"),
                "it is read all the same, and sent as it is written",
            );
        }
    }
}
