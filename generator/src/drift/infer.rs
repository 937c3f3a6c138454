//! A schema of values that were seen.
//!
//! May not say more than it has seen twice, and may not name what is no name: see `mask`. A member is
//! named that two objects have which are not the same: of a map that is recorded again and again, the
//! keys are none.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::{Map, Value, json};

use super::{format, mask};
use crate::read::Dialect;

/// How far in members are looked at.
const DEEPEST: usize = 4;
/// So many names are kept of one place; more are keys of a map.
const MOST_NAMES: usize = mask::MOST_NAMES * 2;
/// Formats that a text may be given.
const FORMATS: [&str; 3] = ["uuid", "date-time", "date"];

/// What was seen at one place.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    nulls: usize,
    booleans: usize,
    integers: usize,
    fractions: usize,
    texts: usize,
    /// How many texts meet each of the formats.
    formats: [usize; FORMATS.len()],
    lists: usize,
    objects: usize,
    /// Hashes of the objects.
    different: BTreeSet<u64>,
    elements: Option<Box<Seen>>,
    members: BTreeMap<String, Seen>,
    /// There are members that are not kept.
    more: bool,
}

impl Seen {
    /// Takes a value in.
    pub fn add(&mut self, value: &Value) {
        self.add_at(value, 0);
    }

    fn add_at(&mut self, value: &Value, depth: usize) {
        match value {
            Value::Null => self.nulls += 1,
            Value::Bool(_) => self.booleans += 1,
            Value::Number(number) => {
                match number.as_f64().is_some_and(|number| number.fract() == 0.0) {
                    true => self.integers += 1,
                    false => self.fractions += 1,
                }
            }
            Value::String(text) => {
                self.texts += 1;
                for (count, format) in self.formats.iter_mut().zip(FORMATS) {
                    *count += usize::from(format::fits(format, text));
                }
            }
            Value::Array(list) => {
                self.lists += 1;
                if depth < DEEPEST {
                    let elements = self.elements.get_or_insert_default();
                    list.iter()
                        .for_each(|value| elements.add_at(value, depth + 1));
                }
            }
            Value::Object(object) => {
                self.objects += 1;
                if !self.different.insert(hash(value)) {
                    return;
                }
                for (name, value) in object {
                    self.member(name, value, depth);
                }
            }
        }
    }

    fn member(&mut self, name: &str, value: &Value, depth: usize) {
        let known = self.members.contains_key(name);
        if !mask::is_name(name) || depth >= DEEPEST || (!known && self.members.len() >= MOST_NAMES)
        {
            self.more = true;
            return;
        }
        let member = self.members.entry(name.to_owned()).or_default();
        member.add_at(value, depth + 1);
    }

    /// Takes in what was seen elsewhere.
    pub fn join(&mut self, other: &Seen) {
        self.nulls += other.nulls;
        self.booleans += other.booleans;
        self.integers += other.integers;
        self.fractions += other.fractions;
        self.texts += other.texts;
        self.lists += other.lists;
        self.objects += other.objects;
        self.different.extend(&other.different);
        self.more |= other.more;
        for (count, more) in self.formats.iter_mut().zip(other.formats) {
            *count += more;
        }
        if let Some(elements) = &other.elements {
            self.elements.get_or_insert_default().join(elements);
        }
        for (name, seen) in &other.members {
            self.members.entry(name.clone()).or_default().join(seen);
        }
    }

    fn count(&self) -> usize {
        let plain = self.nulls + self.booleans + self.integers + self.fractions;
        plain + self.texts + self.lists + self.objects
    }

    /// The types of the values, without `null`.
    pub fn types(&self) -> Vec<&'static str> {
        let number = match self.fractions {
            0 => ("integer", self.integers),
            fractions => ("number", fractions),
        };
        let all = [
            ("boolean", self.booleans),
            number,
            ("string", self.texts),
            ("array", self.lists),
            ("object", self.objects),
        ];
        let seen = all.into_iter().filter(|(_, count)| *count > 0);
        seen.map(|(name, _)| name).collect()
    }

    /// A schema that all the values fit.
    pub fn schema(&self, dialect: Dialect, modern: bool) -> Value {
        let types = self.types();
        let mut schema = match types.as_slice() {
            // Nothing or nothing but null: what else it may be is not known.
            [] => return json!({}),
            [only] => self.of_type(only, dialect, modern),
            _ if modern => {
                let mut whole = Map::new();
                for name in &types {
                    whole.extend(self.of_type(name, dialect, modern));
                }
                whole.insert("type".to_owned(), json!(types));
                whole
            }
            // Swagger 2.0 has no alternatives.
            _ if dialect == Dialect::Swagger2 => return json!({}),
            several => {
                let several = several.iter();
                let several =
                    several.map(|name| Value::Object(self.of_type(name, dialect, modern)));
                Map::from_iter([("anyOf".to_owned(), several.collect())])
            }
        };
        if self.nulls > 0 {
            match schema.get_mut("type") {
                Some(Value::Array(list)) => list.push(json!("null")),
                Some(name) if modern => *name = json!([name.clone(), "null"]),
                _ => {
                    schema.insert(nullable(dialect).to_owned(), json!(true));
                }
            }
        }
        Value::Object(schema)
    }

    fn of_type(&self, name: &str, dialect: Dialect, modern: bool) -> Map<String, Value> {
        let mut schema = Map::from_iter([("type".to_owned(), json!(name))]);
        match name {
            "string" if self.texts > 1 => {
                let mut formats = FORMATS.iter().zip(self.formats);
                if let Some((format, _)) = formats.find(|(_, count)| *count == self.texts) {
                    schema.insert("format".to_owned(), json!(format));
                }
            }
            "array" => {
                let elements = self.elements.as_ref();
                let elements = elements.map_or(json!({}), |it| it.schema(dialect, modern));
                schema.insert("items".to_owned(), elements);
            }
            "object" => {
                // A name that stands in one object only may be a key.
                let twice = |(_, seen): &(&String, &Seen)| seen.count() > 1;
                let named: Map<String, Value> = self
                    .members
                    .iter()
                    .filter(twice)
                    .map(|(name, seen)| (name.clone(), seen.schema(dialect, modern)))
                    .collect();
                let more = self.more || named.len() < self.members.len();
                if !named.is_empty() && named.len() <= mask::MOST_NAMES {
                    schema.insert("properties".to_owned(), Value::Object(named));
                    if more {
                        schema.insert("additionalProperties".to_owned(), json!(true));
                    }
                }
            }
            _ => {}
        }
        schema
    }
}

/// The standard library hashes alike in every run, if it is not asked for chance.
fn hash(value: &Value) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The keyword by which `null` is allowed before OpenAPI 3.1.
pub fn nullable(dialect: Dialect) -> &'static str {
    match dialect {
        Dialect::OpenApi3 => "nullable",
        Dialect::Swagger2 => "x-nullable",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[Value], wanted: Value) {
        let mut seen = Seen::default();
        values.iter().for_each(|value| seen.add(value));
        assert_eq!(seen.schema(Dialect::OpenApi3, true), wanted, "{values:?}");
    }

    #[test]
    fn infers_types() {
        check(&[json!(1), json!(2.0)], json!({"type": "integer"}));
        check(&[json!(1), json!(2.5)], json!({"type": "number"}));
        check(
            &[json!(1), json!(null)],
            json!({"type": ["integer", "null"]}),
        );
        check(
            &[json!(1), json!("a"), json!(null)],
            json!({"type": ["integer", "string", "null"]}),
        );
        check(&[json!(null)], json!({}));
        check(&[json!([])], json!({"type": "array", "items": {}}));
        check(
            &[json!(["a"]), json!(["b"])],
            json!({"type": "array", "items": {"type": "string"}}),
        );
        let uuid = "0198c0de-0000-7000-8000-000000000001";
        check(&[json!(uuid)], json!({"type": "string"}));
        check(
            &[json!(uuid), json!(uuid)],
            json!({"type": "string", "format": "uuid"}),
        );
        check(&[json!(uuid), json!("x")], json!({"type": "string"}));
    }

    #[test]
    fn names_what_stands_in_two_objects() {
        check(
            &[json!({"jane": 1}), json!({"jane": 1})],
            json!({"type": "object"}),
        );
        check(
            &[
                json!({"a": 1, "jane@example.com": 1, "bob": 2}),
                json!({"a": null}),
            ],
            json!({
                "type": "object",
                "properties": {"a": {"type": ["integer", "null"]}},
                "additionalProperties": true,
            }),
        );
    }

    #[test]
    fn speaks_the_document_s_version() {
        let mut seen = Seen::default();
        [json!("a"), json!(1), json!(null)]
            .iter()
            .for_each(|value| seen.add(value));
        assert_eq!(
            seen.schema(Dialect::OpenApi3, false),
            json!({"anyOf": [{"type": "integer"}, {"type": "string"}], "nullable": true})
        );
        assert_eq!(seen.schema(Dialect::Swagger2, false), json!({}));
    }
}
