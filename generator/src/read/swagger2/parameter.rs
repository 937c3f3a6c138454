//! Parameters outside the body: the parameter itself is the schema, `collectionFormat` is a style.
//!
//! May not read what is sent in the body: `body` does.

use serde_json::{Map, Value, json};

use crate::read::copy::Copy;
use crate::source::Pointer;

/// Is a parameter a part of the body?
pub(in crate::read) fn is_sent_in_body(parameter: &Value) -> bool {
    let place = parameter.get("in").and_then(Value::as_str);
    matches!(place, Some("body" | "formData"))
}

/// Completes a copied parameter.
///
/// For example: `{in: query, type: array, collectionFormat: pipes}` gets the style `pipeDelimited`.
pub(in crate::read) fn parameter(
    copy: &mut Copy<'_>,
    parameter: &mut Map<String, Value>,
    value: &Value,
    at: &Pointer,
) {
    place_schema(copy, parameter, value, at);
    let place = value.get("in").and_then(Value::as_str).unwrap_or_default();
    if let Some((style, explode)) = style(copy, value, at, place) {
        parameter.insert("style".to_owned(), style.into());
        parameter.insert("explode".to_owned(), explode.into());
    }
}

/// Outside of `body` a `schema` is a mistake: it counts when there is no `type`.
fn place_schema(
    copy: &mut Copy<'_>,
    parameter: &mut Map<String, Value>,
    value: &Value,
    at: &Pointer,
) {
    if value.get("schema").is_none_or(Value::is_null) {
        return;
    }
    let help = if value.get("type").is_some() {
        parameter.insert("schema".to_owned(), json!({"$ref": at.to_string()}));
        "its `type` is used"
    } else {
        "it is used all the same"
    };
    let message = "only a parameter in `body` has a `schema`";
    copy.report
        .note("misplaced-schema", &at.key("schema"), message, help);
}

/// How the elements of an array are written: style and explode. `None` for what is no array.
pub(super) fn style(
    copy: &mut Copy<'_>,
    value: &Value,
    at: &Pointer,
    place: &str,
) -> Option<(&'static str, bool)> {
    let at = at.key("collectionFormat");
    let format = value.get("collectionFormat").filter(|it| !it.is_null());
    if value.get("type").and_then(Value::as_str) != Some("array") {
        if format.is_some() {
            let message = "`collectionFormat` says something about arrays, this is none";
            copy.report.note("unused-field", &at, message, "");
        }
        return None;
    }
    let format = format.map_or(Some("csv"), Value::as_str).unwrap_or("");
    let listed = matches!(place, "query" | "formData");
    let found = match (format, listed) {
        ("csv", true) => ("form", false),
        ("multi", true) => ("form", true),
        ("ssv", true) => ("spaceDelimited", false),
        ("pipes", true) => ("pipeDelimited", false),
        ("tsv", true) => {
            let message = "elements between tabs cannot be written";
            let help = "they are written between spaces";
            copy.report.warning("collection-format", &at, message, help);
            ("spaceDelimited", false)
        }
        ("csv", false) => ("simple", false),
        (other, _) => {
            let message = format!("`{other}` is no `collectionFormat` of a {place} parameter");
            let help = "the elements are written between commas";
            copy.report.warning("collection-format", &at, message, help);
            (if listed { "form" } else { "simple" }, false)
        }
    };
    Some(found)
}
