//! The types a schema declares, and whether a value is of one of them.
//!
//! May not report.

use serde_json::{Map, Value};

/// What a schema says about types.
pub(super) struct Types<'s> {
    /// The declared ones, without `null`.
    pub(super) names: Vec<&'s str>,
    /// Null is allowed: `nullable`, or `null` among the types.
    pub(super) nullable: bool,
}

impl<'s> Types<'s> {
    /// Reads `type` and `nullable`.
    pub(super) fn of(schema: &'s Map<String, Value>) -> Self {
        let mut names: Vec<&str> = match schema.get("type") {
            Some(Value::String(name)) => vec![name],
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
            Some(_) | None => Vec::new(),
        };
        let nullable =
            names.contains(&"null") || schema.get("nullable") == Some(&Value::Bool(true));
        names.retain(|name| *name != "null");
        Types { names, nullable }
    }

    /// Does a value have one of the types? Null is judged elsewhere; without a type anything fits.
    pub(super) fn fit(&self, value: &Value) -> bool {
        let known = |name: &&str| KNOWN.contains(name);
        if self.names.is_empty() || !self.names.iter().all(known) {
            return true;
        }
        self.names.iter().any(|name| match value {
            Value::Null => true,
            Value::Bool(_) => *name == "boolean",
            Value::String(_) => *name == "string",
            Value::Array(_) => *name == "array",
            Value::Object(_) => *name == "object",
            Value::Number(number) => match *name {
                "number" => true,
                "integer" => {
                    number.is_i64()
                        || number.is_u64()
                        || number.as_f64().is_some_and(|n| n.fract() == 0.0)
                }
                _ => false,
            },
        })
    }

    /// For a message: `integer or string`.
    pub(super) fn text(&self) -> String {
        self.names.join(" or ")
    }
}

/// The types there are, without `null`.
pub(super) const KNOWN: &[&str] = &["array", "boolean", "integer", "number", "object", "string"];

/// A value as a message shows it: short.
pub(super) fn shown(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}
