//! A schema as it stands in the document, keyword by keyword.
//!
//! Reads what is there and nothing else: follows no reference, decides no shape, reports nothing. A
//! keyword of the wrong type counts as absent (lint reports it), so that it costs itself only.

pub use crate::ir::Kind;
use crate::source::{Pointer, member};
use serde_json::{Map, Value};

/// A schema and its place.
#[derive(Clone, Debug)]
pub struct Node<'d> {
    /// The schema.
    pub value: &'d Value,
    /// Where it stands.
    pub at: Pointer,
    /// Keywords that are not looked at, since they are being dealt with.
    hidden: Vec<&'static str>,
}

impl<'d> Node<'d> {
    /// A schema at its place.
    pub fn new(value: &'d Value, at: Pointer) -> Self {
        Self {
            value,
            at,
            hidden: Vec::new(),
        }
    }

    /// The same without a keyword.
    pub fn without(mut self, keyword: &'static str) -> Self {
        self.hidden.push(keyword);
        self
    }

    /// The keywords, none for `true` and `false`.
    pub fn keywords(&self) -> Option<&'d Map<String, Value>> {
        self.value.as_object()
    }

    /// A keyword.
    pub fn get(&self, keyword: &str) -> Option<&'d Value> {
        let value = member(self.keywords()?, keyword)?;
        (!self.hidden.contains(&keyword)).then_some(value)
    }

    /// Whether it has one of these keywords.
    pub fn has(&self, keywords: &[&str]) -> bool {
        let own = self.keywords().into_iter().flat_map(Map::keys);
        let mut own = own.filter(|own| !self.hidden.contains(&own.as_str()));
        own.any(|own| keywords.contains(&own.as_str()))
    }

    /// A keyword that is text.
    pub fn text(&self, keyword: &str) -> Option<&'d str> {
        self.get(keyword)?.as_str()
    }

    /// Whether a keyword is `true`.
    pub fn flag(&self, keyword: &str) -> bool {
        self.get(keyword).and_then(Value::as_bool) == Some(true)
    }

    /// A schema under a keyword.
    pub fn child(&self, keyword: &str) -> Option<Node<'d>> {
        let value = self.get(keyword)?;
        (value.is_object() || value.is_boolean()).then(|| Node::new(value, self.at.key(keyword)))
    }

    /// The schemas of a list under a keyword, such as `allOf`.
    pub fn children(&self, keyword: &str) -> Vec<Node<'d>> {
        let list = self.get(keyword).and_then(Value::as_array);
        let Some(list) = list.filter(|list| !list.is_empty()) else {
            return Vec::new();
        };
        let at = self.at.key(keyword);
        let list = list.iter().enumerate();
        list.map(|(index, value)| Node::new(value, at.index(index)))
            .collect()
    }

    /// The schemas of an object under a keyword, such as `properties`.
    pub fn named_children(&self, keyword: &str) -> Vec<(&'d str, Node<'d>)> {
        let object = self.get(keyword).and_then(Value::as_object);
        let Some(object) = object.filter(|object| !object.is_empty()) else {
            return Vec::new();
        };
        let at = self.at.key(keyword);
        object
            .iter()
            .map(|(name, value)| (name.as_str(), Node::new(value, at.key(name))))
            .collect()
    }

    /// The names in `required`; a boolean (an old habit) counts as absent.
    pub fn required(&self) -> impl Iterator<Item = &'d str> + use<'d> {
        let list = self.get("required").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }

    /// The types of `type`, without `null`; none when it is absent.
    pub fn kinds(&self) -> Vec<Kind> {
        let names: Vec<&str> = match self.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let mut kinds: Vec<Kind> = names.into_iter().filter_map(kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    /// Whether `null` is said to be allowed: by `type`, by 3.0's `nullable` or by `x-nullable`.
    pub fn nullable(&self) -> bool {
        let by_type = match self.get("type") {
            Some(Value::String(name)) => name == "null",
            Some(Value::Array(names)) => names.iter().any(|name| name == "null"),
            _ => false,
        };
        by_type || self.flag("nullable") || self.flag("x-nullable")
    }

    /// Whether it says nothing but `null`.
    pub fn only_null(&self) -> bool {
        let by_type = self.nullable() && self.get("type").is_some() && self.kinds().is_empty();
        let by_value = self.get("const").is_some_and(Value::is_null)
            || self
                .values()
                .is_some_and(|values| !values.is_empty() && values.iter().all(Value::is_null));
        by_type || by_value
    }

    /// Whether a value that is not `null` is of a type that it names.
    pub fn has_type(&self, value: &Value) -> bool {
        let kinds = self.kinds();
        let is = |kind: &Kind| match kind {
            Kind::Boolean => value.is_boolean(),
            Kind::Integer => value.as_f64().is_some_and(|number| number.fract() == 0.0),
            Kind::Number => value.is_number(),
            Kind::String => value.is_string(),
            Kind::Array => value.is_array(),
            Kind::Object => value.is_object(),
        };
        // A `type` that is no type is not held against the value.
        (kinds.is_empty() && !self.only_null()) || kinds.iter().any(is)
    }

    /// The values of `enum`.
    pub fn values(&self) -> Option<&'d [Value]> {
        self.get("enum")?.as_array().map(Vec::as_slice)
    }

    /// Whether it has a keyword that bears on the shape, so that it is more than an annotation.
    pub fn shapes(&self) -> bool {
        self.has(SHAPING)
    }

    /// Whether a keyword other than these bears on the shape, even one that is not looked at.
    pub fn shapes_beside(&self, others: &[&str]) -> bool {
        let own = self.keywords().into_iter().flat_map(Map::keys);
        let mut own = own.filter(|own| !others.contains(&own.as_str()));
        own.any(|own| SHAPING.contains(&own.as_str()))
    }

    /// Whether it only constrains which members are there: `{required: [..]}`.
    pub fn only_requires(&self) -> bool {
        let others = |keyword: &&&str| **keyword != "required";
        self.get("required").is_some()
            && !SHAPING
                .iter()
                .filter(others)
                .any(|keyword| self.get(keyword).is_some())
    }
}

/// The keywords that bear on the shape.
const SHAPING: &[&str] = &[
    "$ref",
    "type",
    "enum",
    "const",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "prefixItems",
    "allOf",
    "oneOf",
    "anyOf",
    "patternProperties",
    "format",
    "not",
];

fn kind(name: &str) -> Option<Kind> {
    match name {
        "boolean" => Some(Kind::Boolean),
        "integer" => Some(Kind::Integer),
        "number" => Some(Kind::Number),
        "string" | "file" => Some(Kind::String),
        "array" => Some(Kind::Array),
        "object" => Some(Kind::Object),
        _ => None,
    }
}
