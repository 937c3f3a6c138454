//! The skeleton of a unit: its JSON with every schema replaced by a reference to the schema's own
//! pointer, references to headers and examples resolved, and what `openapiv3` would refuse mended.
//!
//! May not mend in silence: each mend is a note at the node.

use serde_json::{Map, Value, json};

use crate::report::Report;
use crate::source::Pointer;

use super::resolve::follow;
use super::shape::{Filler, Kind, Shape};
use super::version::Dialect;

/// What copying needs to know and where it reports.
pub(super) struct Copy<'c> {
    pub(super) root: &'c Value,
    pub(super) dialect: Dialect,
    pub(super) report: &'c mut Report,
}

impl Copy<'_> {
    /// Copies one object; `None` when it is none.
    pub(super) fn object(&mut self, value: &Value, at: &Pointer, shape: &Shape) -> Option<Value> {
        let Some(object) = value.as_object() else {
            self.wrong_type(at, &format!("{} has to be an object", shape.what));
            return None;
        };
        let mut copied = Map::new();
        for (key, value) in object {
            if key.starts_with("x-") {
                copied.insert(key.clone(), value.clone());
            } else if let Some((_, kind)) = shape.fields.iter().find(|(name, _)| name == key) {
                if let Some(value) = self.field(value, &at.key(key), *kind, shape) {
                    copied.insert(key.clone(), value);
                }
            } else {
                let message = format!("`{key}` is no field of {}", shape.what);
                self.report.note("unknown-field", &at.key(key), message, "");
            }
        }
        self.fill(&mut copied, object, at, shape);
        Some(Value::Object(copied))
    }

    fn fill(
        &mut self,
        copied: &mut Map<String, Value>,
        object: &Map<String, Value>,
        at: &Pointer,
        shape: &Shape,
    ) {
        for (name, filler) in shape.needs {
            let filled = match filler {
                Filler::Text(text) => Value::from(*text),
                Filler::Map => Value::Object(Map::new()),
                Filler::OwnSchema if copied.contains_key("content") => {
                    if copied.shift_remove("schema").is_some() {
                        let message = format!("{} has both `schema` and `content`", shape.what);
                        self.report
                            .note("schema-and-content", at, message, "`content` is used");
                    }
                    continue;
                }
                Filler::OwnSchema => json!({"$ref": at.to_string()}),
                Filler::Itself => {
                    let itself = || json!({"$ref": at.to_string()});
                    copied.entry(*name).or_insert_with(itself);
                    continue;
                }
            };
            if copied.contains_key(*name) {
                continue;
            }
            copied.insert((*name).to_owned(), filled);
            // A field of the wrong type has been reported already.
            if object.get(*name).is_none_or(Value::is_null) {
                let message = format!("`{name}` is missing in {}", shape.what);
                self.report.note("missing-field", at, message, "");
            }
        }
    }

    fn field(&mut self, value: &Value, at: &Pointer, kind: Kind, shape: &Shape) -> Option<Value> {
        if value.is_null() && !matches!(kind, Kind::Any | Kind::Elsewhere | Kind::Unused) {
            let message = format!("null stands for nothing in {}", shape.what);
            self.report.note("null-field", at, message, "");
            return None;
        }
        match kind {
            Kind::Text => self.text(value, at),
            Kind::Flag => self.flag(value, at),
            Kind::Texts => self.texts(value, at),
            Kind::TextMap => self.text_map(value, at),
            Kind::Choice(choices) => self.choice(value, at, choices),
            Kind::Any => Some(value.clone()),
            Kind::Schema => Some(json!({"$ref": at.to_string()})),
            Kind::Security => Some(self.security(value, at)),
            Kind::One(shape) => self.object(value, at, shape),
            Kind::Many(shape) => Some(self.many(value, at, shape)),
            Kind::Named(shape) => self.named(value, at, shape),
            Kind::Elsewhere => None,
            Kind::Unused => {
                let name = at.last().unwrap_or_default();
                let message = format!("`{name}` of {} is not used", shape.what);
                self.report.note("unused-field", at, message, "");
                None
            }
        }
    }

    pub(super) fn text(&mut self, value: &Value, at: &Pointer) -> Option<Value> {
        match value {
            Value::String(_) => Some(value.clone()),
            Value::Number(_) | Value::Bool(_) => {
                let message = format!("{value} stands where text belongs");
                self.report.note("mended-type", at, message, "");
                Some(Value::String(value.to_string()))
            }
            Value::Null | Value::Array(_) | Value::Object(_) => {
                self.wrong_type(at, "text belongs here");
                None
            }
        }
    }

    fn flag(&mut self, value: &Value, at: &Pointer) -> Option<Value> {
        let flag = match value {
            Value::Bool(_) => return Some(value.clone()),
            Value::String(text) => text.trim().to_ascii_lowercase().parse::<bool>().ok(),
            Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => None,
        };
        match flag {
            Some(flag) => {
                self.report.note(
                    "mended-type",
                    at,
                    format!("{value} stands where true or false belongs"),
                    "",
                );
                Some(Value::Bool(flag))
            }
            None => {
                self.wrong_type(at, "true or false belongs here");
                None
            }
        }
    }

    pub(super) fn texts(&mut self, value: &Value, at: &Pointer) -> Option<Value> {
        match value {
            Value::Array(list) => {
                let items = list.iter().enumerate();
                Some(
                    items
                        .filter_map(|(i, item)| self.text(item, &at.index(i)))
                        .collect(),
                )
            }
            Value::String(text) => {
                self.report.note(
                    "mended-type",
                    at,
                    "text stands where a list of texts belongs",
                    "",
                );
                Some(json!([text]))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => {
                self.wrong_type(at, "a list of texts belongs here");
                None
            }
        }
    }

    fn text_map(&mut self, value: &Value, at: &Pointer) -> Option<Value> {
        let Some(object) = value.as_object() else {
            self.wrong_type(at, "a map of texts belongs here");
            return None;
        };
        let text = |(key, value): (&String, &Value)| {
            let text = match value {
                Value::Null => Value::from(""),
                value => self.text(value, &at.key(key)).unwrap_or_default(),
            };
            (
                key.clone(),
                if text.is_null() {
                    Value::from("")
                } else {
                    text
                },
            )
        };
        let entries = object.iter().filter(|(key, _)| !key.starts_with("x-"));
        Some(Value::Object(entries.map(text).collect()))
    }

    fn choice(&mut self, value: &Value, at: &Pointer, choices: &[&str]) -> Option<Value> {
        if value.as_str().is_some_and(|text| choices.contains(&text)) {
            return Some(value.clone());
        }
        let message = format!("{value} is none of {}", choices.join(", "));
        self.report
            .warning("unknown-value", at, message, "the default is used");
        None
    }

    /// A list of maps from scheme to scopes.
    pub(super) fn security(&mut self, value: &Value, at: &Pointer) -> Value {
        let Some(list) = value.as_array() else {
            self.wrong_type(at, "a list of security requirements belongs here");
            return json!([]);
        };
        let mut copied = Vec::new();
        for (i, requirement) in list.iter().enumerate() {
            let at = at.index(i);
            let Some(requirement) = requirement.as_object() else {
                self.wrong_type(&at, "a security requirement has to be an object");
                continue;
            };
            let scopes = |(scheme, scopes): (&String, &Value)| {
                let scopes = self
                    .texts(scopes, &at.key(scheme))
                    .unwrap_or_else(|| json!([]));
                (scheme.clone(), scopes)
            };
            copied.push(Value::Object(requirement.iter().map(scopes).collect()));
        }
        Value::Array(copied)
    }

    fn many(&mut self, value: &Value, at: &Pointer, shape: &Shape) -> Value {
        let Some(list) = value.as_array() else {
            self.wrong_type(at, "a list belongs here");
            return json!([]);
        };
        let items = list.iter().enumerate();
        items
            .filter_map(|(i, item)| self.object(item, &at.index(i), shape))
            .collect()
    }

    fn named(&mut self, value: &Value, at: &Pointer, shape: &Shape) -> Option<Value> {
        let Some(map) = value.as_object() else {
            self.wrong_type(at, "a map belongs here");
            return None;
        };
        let mut copied = Map::new();
        for (name, value) in map {
            if name.starts_with("x-") && !value.is_object() {
                continue;
            }
            let at = at.key(name);
            let empty = json!({});
            if value.is_null() {
                self.report.note(
                    "null-field",
                    &at,
                    format!("null stands where {} belongs", shape.what),
                    "",
                );
                copied.extend(
                    self.object(&empty, &at, shape)
                        .map(|value| (name.clone(), value)),
                );
            } else if value.get("$ref").is_some() {
                let Some(target) = follow(self.root, &at, self.report) else {
                    continue;
                };
                copied.extend(
                    self.object(target.value, &target.at, shape)
                        .map(|value| (name.clone(), value)),
                );
            } else {
                copied.extend(
                    self.object(value, &at, shape)
                        .map(|value| (name.clone(), value)),
                );
            }
        }
        Some(Value::Object(copied))
    }

    fn wrong_type(&mut self, at: &Pointer, message: &str) {
        self.report
            .warning("wrong-type", at, message, "it is left out");
    }
}

#[cfg(test)]
mod tests {
    use crate::read::shape::{OPERATION, PARAMETER, RESPONSE};

    use super::*;

    fn check(shape: &Shape, value: Value, expected: Value, codes: &[&str]) {
        let root = json!({"unit": value, "header": {"schema": {"type": "string"}}, "loop": {"$ref": "#/loop"}});
        let mut report = Report::default();
        let at = Pointer::root().key("unit");
        let copied = Copy {
            root: &root,
            dialect: Dialect::OpenApi3,
            report: &mut report,
        }
        .object(&root["unit"], &at, shape);
        assert_eq!(copied, Some(expected));
        assert_eq!(
            report
                .diagnostics()
                .iter()
                .map(|found| found.code)
                .collect::<Vec<_>>(),
            codes
        );
    }

    #[test]
    fn replaces_schemas_and_resolves_headers() {
        check(
            &RESPONSE,
            json!({
                "description": "ok", "x-a": {"schema": 1},
                "headers": {"a": {"$ref": "#/header"}, "b": {"$ref": "#/loop"}, "c": {"$ref": "#/nowhere"}},
                "content": {"text/plain": {"schema": {"type": "string"}, "example": {"schema": {}}}, "a/b": null},
            }),
            json!({
                "description": "ok", "x-a": {"schema": 1},
                "headers": {"a": {"schema": {"$ref": "#/header/schema"}}},
                "content": {
                    "text/plain": {"schema": {"$ref": "#/unit/content/text~1plain/schema"}},
                    "a/b": {},
                },
            }),
            &["reference-cycle", "null-field"],
        );
    }

    #[test]
    fn says_what_nothing_is_made_of() {
        let response = json!({"description": "", "links": {}});
        check(
            &RESPONSE,
            response,
            json!({"description": ""}),
            &["unused-field"],
        );
    }

    #[test]
    fn mends_what_openapiv3_refuses() {
        check(
            &OPERATION,
            json!({
                "tags": "a", "summary": 1, "deprecated": "True", "security": [{"key": null}, 5], "servers": [{}],
                "callbacks": {}, "consumes": [], "description": null, "operationId": ["x"],
            }),
            json!({
                "tags": ["a"], "summary": "1", "deprecated": true, "security": [{"key": []}], "servers": [{"url": "/"}],
            }),
            &[
                "mended-type",
                "mended-type",
                "mended-type",
                "wrong-type",
                "wrong-type",
                "missing-field",
                "unknown-field",
                "null-field",
                "wrong-type",
            ],
        );
    }

    #[test]
    fn a_parameter_without_schema_is_read_as_one() {
        check(
            &PARAMETER,
            json!({"name": "a", "in": "query", "type": "string"}),
            json!({"name": "a", "in": "query", "schema": {"$ref": "#/unit"}}),
            &["unknown-field", "missing-field"],
        );
        check(
            &PARAMETER,
            json!({"schema": {}, "content": {"a/b": {}}}),
            json!({"content": {"a/b": {}}}),
            &["schema-and-content"],
        );
    }
}
