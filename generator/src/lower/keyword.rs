//! Keywords that bear on no type: each is told where it stands.
//!
//! May not decide a shape.

use super::default;
use super::schema::Cx;
use super::view::Node;
use crate::read;
use crate::source::Pointer;
use openapiv3::RequestBody;

/// The keywords that a Rust type has no room for; `then` and `else` go with their `if`.
const UNTYPED: &[&str] = &[
    "not",
    "if",
    "dependentSchemas",
    "dependentRequired",
    "dependencies",
    "propertyNames",
    "patternProperties",
    "contains",
    "contentSchema",
    "unevaluatedItems",
];

/// What says nothing about values.
const WORDS: &[&str] = &["$ref", "summary", "description"];

/// What counts beside a reference in any version: many write it there and mean it.
const COUNTED: &[&str] = &[
    "properties",
    "required",
    "allOf",
    "oneOf",
    "anyOf",
    "enum",
    "const",
    "nullable",
    "readOnly",
    "writeOnly",
    "deprecated",
    "default",
];

/// Says which keywords bear on no type, and which defaults are none.
pub fn note_untyped(cx: &mut Cx, node: &Node) {
    for keyword in UNTYPED.iter().filter(|keyword| node.has(&[keyword])) {
        let help = "values are not checked against it";
        note_lost(cx, &node.at.key(keyword), keyword, help);
    }
    if !default::fits(cx.document, node) {
        cx.report.warning(
            "default-ignored",
            &node.at.key("default"),
            "the default is no value of its schema",
            "it is not mentioned in the generated documentation",
        );
    }
    note_siblings(cx, node);
}

/// Says which bodies have values that are described one by one: they are sent as bytes.
pub fn note_items(cx: &mut Cx, site: &read::Site<RequestBody>) {
    for media in site.item.content.keys() {
        let at = site.at.key("content").key(media).key("itemSchema");
        if cx.document.get(&at).is_some() {
            let help =
                "the body is bytes: write its values one by one, `Upload::stream` sends them";
            note_lost(cx, &at, "itemSchema", help);
        }
    }
}

fn note_lost(cx: &mut Cx, at: &Pointer, keyword: &str, help: &str) {
    cx.report.lost(
        "keyword-without-type",
        at,
        format!("`{keyword}` has no counterpart in a Rust type"),
        help,
    );
}

/// Says what stands beside a reference where OpenAPI, before 3.1, gives it no meaning.
fn note_siblings(cx: &mut Cx, node: &Node) {
    if cx.document.has_json_schema() || node.text("$ref").is_none() {
        return;
    }
    let keywords = node.keywords().into_iter().flatten().map(|(name, _)| name);
    let said: Vec<&str> = keywords
        .map(String::as_str)
        .filter(|name| !WORDS.contains(name) && !name.starts_with("x-"))
        .collect();
    if said.is_empty() {
        return;
    }
    let list = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        names.join(", ")
    };
    let counted: Vec<&str> = said
        .iter()
        .copied()
        .filter(|name| COUNTED.contains(name))
        .collect();
    let help = if counted.is_empty() {
        "put the reference into an `allOf` beside them".to_owned()
    } else {
        format!("taken as meant all the same: {}", list(&counted))
    };
    cx.report.note(
        "sibling-of-reference",
        &node.at,
        format!(
            "before 3.1, OpenAPI ignores what stands beside `$ref`: {}",
            list(&said)
        ),
        help,
    );
}
