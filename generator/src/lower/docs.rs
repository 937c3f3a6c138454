//! What the document says of a schema, as lines of rustdoc.
//!
//! May not show a text of the document but by [`markdown`].

mod markdown;

pub use markdown::{code, line, lines};

use super::view::Node;
use super::{default, enums};
use crate::read::Document;
use serde_json::Value;

/// What is said about a schema: its description, then its bounds and default.
pub fn of_schema<'d>(document: &'d Document, nodes: &[Node<'d>]) -> Vec<String> {
    let first = |keyword: &str| nodes.iter().find_map(|node| node.text(keyword));
    let mut doc = lines(first("description").unwrap_or_default());
    let facts = bounds(document, nodes);
    if !facts.is_empty() {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.push(facts);
    }
    if nodes.iter().any(|node| node.flag("deprecated")) {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.push("**Deprecated.**".to_owned());
    }
    doc
}

/// What is said about a member. Where it is nothing, `record!` says its name, unless that is not safe
/// to show as it is.
pub fn of_member<'d>(document: &'d Document, name: &str, schemas: &[Node<'d>]) -> Vec<String> {
    let doc = of_schema(document, schemas);
    if !doc.is_empty() {
        return doc;
    }
    let shown = code(name);
    if shown == format!("`{name}`") {
        return doc;
    }
    vec![format!("The member {shown}.")]
}

/// The bounds, the format, the default and an example, in a line.
pub fn bounds<'d>(document: &'d Document, nodes: &[Node<'d>]) -> String {
    let mut facts = ranges(nodes);
    let text = |keyword: &str| nodes.iter().find_map(|node| node.text(keyword));
    if let Some(pattern) = text("pattern") {
        facts.push(format!("Matches {}.", code(pattern)));
    }
    if let Some(format) = text("format").filter(|format| !TYPED_FORMATS.contains(format)) {
        facts.push(format!("Format {}.", code(format)));
    }
    if let Some(media_type) = text("contentMediaType") {
        facts.push(format!("Holds {}.", code(media_type)));
    }
    facts.extend(nodes.iter().find_map(numbers));
    facts.extend(nodes.iter().flat_map(conditions));
    let default = default::of(document, nodes).filter(|default| !default.is_null());
    facts.extend(default.map(|default| format!("Default {}.", shown(default))));
    facts.join(" ")
}

/// The formats that a type says by itself, or that say nothing to a reader.
const TYPED_FORMATS: &[&str] = &[
    "uuid",
    "date-time",
    "date",
    "time",
    "password",
    "byte",
    "base64",
    "binary",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "uri",
    "url",
    "string",
    "enum",
    "email",
];

/// The keywords that a range is made of.
const RANGES: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

fn ranges(nodes: &[Node]) -> Vec<String> {
    if !nodes.iter().any(|node| node.has(RANGES)) {
        return Vec::new();
    }
    let number = |keyword: &str| {
        let found = nodes
            .iter()
            .find_map(|node| node.get(keyword).filter(|value| value.is_number()));
        found.map(Value::to_string)
    };
    let mut facts = Vec::new();
    let mut range = |low: Option<String>, high: Option<String>, unit: &str| {
        let of = |number: &str| {
            if number == "1" {
                unit.trim_end_matches('s')
            } else {
                unit
            }
        };
        match (low, high) {
            (Some(low), Some(high)) => facts.push(format!("{low} to {high}{}.", of(&high))),
            (Some(low), None) if low != "0" || unit.is_empty() => {
                facts.push(format!("At least {low}{}.", of(&low)))
            }
            (None, Some(high)) => facts.push(format!("At most {high}{}.", of(&high))),
            _ => {}
        }
    };
    range(number("minimum"), number("maximum"), "");
    range(
        number("exclusiveMinimum"),
        number("exclusiveMaximum"),
        " (exclusive)",
    );
    range(number("minLength"), number("maxLength"), " characters");
    range(number("minItems"), number("maxItems"), " elements");
    range(number("minProperties"), number("maxProperties"), " members");
    facts
}

/// The numbers that are listed where they are no enum: those that are not all whole.
fn numbers(node: &Node) -> Option<String> {
    const MOST: usize = 20;
    let values = node.values().filter(|values| values.len() > 1)?;
    let numbers = values.iter().filter(|value| !value.is_null());
    let whole = |value: &Value| enums::whole(value).is_some();
    let listed = numbers.clone().all(Value::is_number) && !numbers.clone().all(whole);
    let shown: Vec<String> = numbers.take(MOST).map(shown).collect();
    let more = if values.len() > MOST { " ..." } else { "" };
    listed.then(|| format!("One of {}{more}.", shown.join(", ")))
}

/// What a type does not say, as the document has it.
fn conditions(node: &Node) -> Vec<String> {
    let json = |keyword: &str| node.get(keyword).map(shown);
    let mut facts = Vec::new();
    facts.extend(json("not").map(|not| format!("Not {not}.")));
    if let Some(condition) = json("if") {
        let then = json("then").map(|then| format!(", then {then}"));
        let otherwise = json("else").map(|otherwise| format!(", else {otherwise}"));
        let parts = [Some(format!("If {condition}")), then, otherwise];
        facts.push(format!(
            "{}.",
            parts.into_iter().flatten().collect::<String>()
        ));
    }
    for keyword in [
        "dependentRequired",
        "dependentSchemas",
        "contains",
        "contentSchema",
    ] {
        facts.extend(json(keyword).map(|value| format!("{}: {value}.", words(keyword))));
    }
    facts.extend(json("propertyNames").map(|names| format!("Names of members: {names}.")));
    let patterns = node.named_children("patternProperties");
    if !patterns.is_empty() {
        let patterns: Vec<String> = patterns.iter().map(|(pattern, _)| code(pattern)).collect();
        facts.push(format!(
            "Names of further members match {}.",
            patterns.join(" or ")
        ));
    }
    facts
}

fn words(keyword: &str) -> &'static str {
    match keyword {
        "dependentRequired" => "Members that ask for others",
        "dependentSchemas" => "Members with conditions",
        "contains" => "An element is",
        _ => "Its content",
    }
}

/// A value as code: a text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}
