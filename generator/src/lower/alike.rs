//! Whether two schemas say the same of values, whatever they say to a reader.
//!
//! Follows no reference: two that lead to different places are different.

use serde_json::{Map, Value};
use std::hash::{DefaultHasher, Hash, Hasher};

/// Keywords that say something to a reader only.
const WORDS: &[&str] = &[
    "$comment",
    "description",
    "example",
    "examples",
    "externalDocs",
    "title",
];

/// Keywords that hold schemas by names of the document's own.
pub const NAMED: &[&str] = &[
    "$defs",
    "definitions",
    "dependentSchemas",
    "patternProperties",
    "properties",
];

/// Keywords that hold data, in which nothing is a word.
pub const DATA: &[&str] = &["const", "default", "discriminator", "enum"];

/// Whether two schemas are the same, but for words.
pub fn alike(one: &Value, other: &Value) -> bool {
    let (Value::Object(one), Value::Object(other)) = (one, other) else {
        return one == other;
    };
    let said = |name: &&String| !WORDS.contains(&name.as_str());
    one.keys().filter(said).count() == other.keys().filter(said).count()
        && one
            .iter()
            .filter(|(name, _)| said(name))
            .all(|(name, own)| {
                let found = other.get(name);
                found.is_some_and(|found| same_keyword(name, own, found))
            })
}

/// A number that alike schemas have in common, and others hardly.
pub fn fingerprint(schema: &Value) -> u64 {
    let Value::Object(keywords) = schema else {
        return hash(schema);
    };
    let said = keywords.iter();
    let said = said.filter(|(name, _)| !WORDS.contains(&name.as_str()));
    // Their order says nothing.
    said.map(|(name, value)| hash((name, of_keyword(name, value))))
        .fold(1, u64::wrapping_add)
}

fn of_keyword(name: &str, value: &Value) -> u64 {
    match value {
        _ if DATA.contains(&name) || name.starts_with("x-") => hash(value),
        Value::Object(schemas) if NAMED.contains(&name) => schemas
            .iter()
            .map(|(name, schema)| hash((name, fingerprint(schema))))
            .fold(2, u64::wrapping_add),
        Value::Array(list) => hash(list.iter().map(fingerprint).collect::<Vec<u64>>()),
        _ => fingerprint(value),
    }
}

fn hash(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

fn same_keyword(name: &str, one: &Value, other: &Value) -> bool {
    match (one, other) {
        _ if DATA.contains(&name) || name.starts_with("x-") => one == other,
        (Value::Object(one), Value::Object(other)) if NAMED.contains(&name) => {
            same_schemas(one, other)
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| alike(one, other))
        }
        _ => alike(one, other),
    }
}

fn same_schemas(one: &Map<String, Value>, other: &Map<String, Value>) -> bool {
    let found = |(name, own): (&String, &Value)| {
        let found = other.get(name);
        found.is_some_and(|found| alike(own, found))
    };
    one.len() == other.len() && one.iter().all(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn words_do_not_count_but_where_they_are_names_or_data() {
        let plain = json!({"type": "object", "properties": {"description": {"type": "string"}},
            "allOf": [{"required": ["a"]}]});
        let told = json!({"title": "t", "type": "object", "allOf": [{"description": "d", "required": ["a"]}],
            "properties": {"description": {"type": "string", "examples": ["e"]}}});
        assert!(alike(&plain, &told));
        assert_eq!(fingerprint(&plain), fingerprint(&told));
        let no_member = json!({"type": "object", "properties": {}, "allOf": [{"required": ["a"]}]});
        assert!(!alike(&plain, &no_member));
        let other_member = json!({"type": "object", "properties": {"title": {"type": "string"}},
            "allOf": [{"required": ["a"]}]});
        assert!(!alike(&plain, &other_member));
        let data = |text: &str| json!({"const": {"description": text}});
        assert!(!alike(&data("one"), &data("other")));
        let labels = |text: &str| json!({"enum": [1], "x-enum-varnames": [text]});
        assert!(!alike(&labels("one"), &labels("other")));
        assert!(alike(&json!(true), &json!(true)));
        assert!(!alike(&json!(true), &json!({})));
    }
}
