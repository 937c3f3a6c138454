//! Schemas of a document as JSON Schema of draft 2020-12.
//!
//! What OpenAPI 2.0 and 3.0 spell otherwise is translated; what is no JSON Schema at all (a type
//! called `any`, a pattern that is no regular expression) is left out, since it rules out nothing.

use super::{Side, address};
use jsonschema::Draft;
use restwright::source::Pointer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Whether keywords beside a `$ref` count: since OpenAPI 3.1.
fn keeps_siblings(root: &Value) -> bool {
    let version = root.get("openapi").and_then(Value::as_str);
    version.is_some_and(|version| !version.starts_with("3.0"))
}

/// A value of a schema of texts that YAML has read as a number, as it was written.
fn as_written(value: &Value, all: &Map<String, Value>) -> Value {
    match value {
        Value::Number(number) if all.get("type") == Some(&Value::from("string")) => {
            number.to_string().into()
        }
        _ => value.clone(),
    }
}

/// How much of a schema is translated.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    /// All of it.
    Whole,
    /// All but its alternatives: what one of them takes in that extends it.
    WithoutAlternatives,
}

struct Translation<'d> {
    root: &'d Value,
    side: Side,
    keeps_siblings: bool,
    positions: BTreeMap<(Pointer, Part), usize>,
    open: Vec<(usize, Pointer, Part)>,
}

/// The schemas at these places and all that they refer to, by their positions, and the positions of the places.
pub fn translate(
    root: &Value,
    side: Side,
    places: impl IntoIterator<Item = Pointer>,
) -> (Map<String, Value>, BTreeMap<Pointer, usize>) {
    let mut translation = Translation {
        root,
        side,
        keeps_siblings: keeps_siblings(root),
        positions: BTreeMap::new(),
        open: Vec::new(),
    };
    for place in places {
        translation.position(place, Part::Whole);
    }
    let mut translated: BTreeMap<usize, Value> = BTreeMap::new();
    while let Some((position, place, part)) = translation.open.pop() {
        let schema = place.get(root).unwrap_or(&Value::Null);
        let own = match (schema, part) {
            (Value::Object(keywords), Part::WithoutAlternatives) => without_alternatives(keywords),
            (schema, _) => schema.clone(),
        };
        translated.insert(position, translation.schema(&own));
    }
    let defs = translated.into_iter();
    let defs = defs.map(|(position, schema)| (position.to_string(), schema));
    let wholes = translation.positions.into_iter();
    let wholes = wholes.filter(|((_, part), _)| *part == Part::Whole);
    let wholes = wholes.map(|((place, _), position)| (place, position));
    (defs.collect(), wholes.collect())
}

/// A schema without its alternatives.
fn without_alternatives(keywords: &Map<String, Value>) -> Value {
    let own = keywords.iter();
    let own = own.filter(|(keyword, _)| !ALTERNATIVES.contains(&keyword.as_str()));
    let own = own.map(|(keyword, value)| (keyword.clone(), value.clone()));
    Value::Object(own.collect())
}

const ALTERNATIVES: &[&str] = &["oneOf", "anyOf"];

impl Translation<'_> {
    /// The position of what is translated, found or to be translated.
    fn position(&mut self, place: Pointer, part: Part) -> usize {
        let next = self.positions.len();
        *self
            .positions
            .entry((place.clone(), part))
            .or_insert_with(|| {
                self.open.push((next, place, part));
                next
            })
    }

    /// What a member of an `allOf` refers to, if one of the alternatives of that extends it: it would be itself without
    /// end, which no validator has an answer to.
    fn extended(&mut self, member: &Value) -> Option<Value> {
        let target = self.target(member.get("$ref")?)?;
        let schema = target.get(self.root)?;
        let alternatives = ALTERNATIVES.iter().filter_map(|key| schema.get(key));
        let mut alternatives = alternatives.filter_map(Value::as_array).flatten();
        if !alternatives.any(|alternative| self.extends(alternative, &target, 0)) {
            return None;
        }
        let position = self.position(target, Part::WithoutAlternatives);
        Some(json!({ "$ref": address(position) }))
    }

    /// Whether a schema takes in another by `allOf`, over some steps.
    fn extends(&self, schema: &Value, base: &Pointer, depth: usize) -> bool {
        let target = schema.get("$ref").and_then(|to| self.target(to));
        if depth > 8 || target.as_ref() == Some(base) {
            return depth > 0 && target.as_ref() == Some(base);
        }
        let schema = target
            .as_ref()
            .and_then(|at| at.get(self.root))
            .unwrap_or(schema);
        let members = schema.get("allOf").and_then(Value::as_array);
        let mut members = members.into_iter().flatten();
        members.any(|member| self.extends(member, base, depth + 1))
    }

    fn schema(&mut self, schema: &Value) -> Value {
        let Value::Object(keywords) = schema else {
            return Value::Bool(schema != false);
        };
        let mut out = Map::new();
        if let Some(reference) = keywords.get("$ref") {
            if let Some(target) = self.target(reference) {
                let position = self.position(target, Part::Whole);
                out.insert("$ref".into(), address(position).into());
            }
            if !self.keeps_siblings {
                return Value::Object(out);
            }
        }
        for (keyword, value) in keywords {
            if let Some(value) = self.keyword(keyword, value, keywords) {
                out.insert(keyword.clone(), value);
            }
        }
        bounds_of_3_0(keywords, &mut out);
        bounds_of_format(keywords, &mut out);
        name_members(keywords, &mut out);
        Value::Object(out)
    }

    fn target(&self, reference: &Value) -> Option<Pointer> {
        let reference = reference.as_str().filter(|text| text.starts_with('#'))?;
        let target = Pointer::parse(reference)?;
        target.get(self.root).map(|_| target)
    }

    /// A keyword's value in draft 2020-12; `None` where it rules out nothing.
    fn keyword(&mut self, keyword: &str, value: &Value, all: &Map<String, Value>) -> Option<Value> {
        match keyword {
            "properties" | "patternProperties" | "dependentSchemas" => {
                let members = value.as_object()?.iter();
                let members =
                    members.filter(|(key, _)| keyword != "patternProperties" || is_pattern(key));
                let members = members.map(|(key, schema)| (key.clone(), self.schema(schema)));
                Some(Value::Object(members.collect()))
            }
            "allOf" => {
                let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
                let schemas = schemas.iter();
                let member = |schema: &Value| match self.extended(schema) {
                    Some(extended) => extended,
                    None => self.schema(schema),
                };
                Some(schemas.map(member).collect())
            }
            "anyOf" | "oneOf" | "prefixItems" => {
                let schemas = value.as_array().filter(|schemas| !schemas.is_empty())?;
                Some(schemas.iter().map(|schema| self.schema(schema)).collect())
            }
            // What is allowed is to be noted like what is described.
            "additionalProperties"
                if *value == true || value.as_object().is_some_and(Map::is_empty) =>
            {
                Some(json!({ "type": TYPES }))
            }
            "items"
            | "additionalProperties"
            | "not"
            | "if"
            | "then"
            | "else"
            | "contains"
            | "propertyNames"
            | "unevaluatedItems"
            | "unevaluatedProperties"
                if value.is_object() || value.is_boolean() =>
            {
                Some(self.schema(value))
            }
            "type" => types(
                value,
                all.get("nullable") == Some(&Value::Bool(true)) && !self.keeps_siblings,
            ),
            "required" => self.required(value, all),
            "enum" => {
                let values = value.as_array().filter(|values| !values.is_empty())?;
                Some(values.iter().map(|value| as_written(value, all)).collect())
            }
            "const" => Some(as_written(value, all)),
            "pattern" => value
                .as_str()
                .filter(|text| is_pattern(text))
                .map(Value::from),
            "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" => {
                value.is_number().then(|| value.clone())
            }
            "multipleOf" => value
                .as_f64()
                .filter(|step| *step > 0.0)
                .map(|_| value.clone()),
            "minLength" | "maxLength" | "minItems" | "maxItems" | "minProperties"
            | "maxProperties" | "minContains" | "maxContains" => value.as_u64().map(Value::from),
            "uniqueItems" | "readOnly" | "writeOnly" => value.as_bool().map(Value::from),
            _ => None,
        }
    }

    /// The members that have to be there on this side of the wire.
    fn required(&self, value: &Value, all: &Map<String, Value>) -> Option<Value> {
        let not_here = match self.side {
            Side::Response => "writeOnly",
            Side::Request => "readOnly",
        };
        let properties = all.get("properties").unwrap_or(&Value::Null);
        let names: BTreeSet<&str> = value.as_array()?.iter().filter_map(Value::as_str).collect();
        let names = names
            .into_iter()
            .filter(|name| properties[*name][not_here] != true);
        Some(names.map(Value::from).collect())
    }
}

const TYPES: &[&str] = &[
    "null", "boolean", "integer", "number", "string", "array", "object",
];

fn types(value: &Value, nullable: bool) -> Option<Value> {
    let known = |value: &Value| TYPES.iter().copied().find(|name| value == name);
    let mut types: BTreeSet<&str> = match value {
        Value::Array(several) => several.iter().map(known).collect::<Option<_>>()?,
        one => BTreeSet::from([known(one)?]),
    };
    if nullable {
        types.insert("null");
    }
    (!types.is_empty()).then(|| types.into_iter().collect())
}

/// `minimum: 1, exclusiveMinimum: true` is `exclusiveMinimum: 1`.
fn bounds_of_3_0(keywords: &Map<String, Value>, out: &mut Map<String, Value>) {
    for (bound, exclusive) in [
        ("minimum", "exclusiveMinimum"),
        ("maximum", "exclusiveMaximum"),
    ] {
        if keywords.get(exclusive) == Some(&Value::Bool(true))
            && let Some(limit) = out.remove(bound)
        {
            out.insert(exclusive.into(), limit);
        }
    }
}

/// What OpenAPI's formats say of numbers; formats of text rule out nothing.
fn bounds_of_format(keywords: &Map<String, Value>, out: &mut Map<String, Value>) {
    let (least, most) = match keywords.get("format").and_then(Value::as_str) {
        Some("int32") => (json!(i32::MIN), json!(i32::MAX)),
        Some("int64") => (json!(i64::MIN), json!(i64::MAX)),
        Some("uint32") => (json!(0), json!(u32::MAX)),
        Some("uint64") => (json!(0), json!(u64::MAX)),
        _ => return,
    };
    // Beside bounds of its own these are one more condition.
    add_condition(json!({ "minimum": least, "maximum": most }), out);
}

/// Beside `additionalProperties` the validator notes only what that keyword is about, so the named
/// members are named once more.
fn name_members(keywords: &Map<String, Value>, out: &mut Map<String, Value>) {
    let properties = keywords.get("properties").and_then(Value::as_object);
    let Some(properties) = properties.filter(|_| out.contains_key("additionalProperties")) else {
        return;
    };
    let named = properties.iter().map(|(name, property)| {
        let flags = ["readOnly", "writeOnly"].into_iter();
        let flags = flags.filter(|flag| property[*flag] == true);
        let flags = flags.map(|flag| (flag.to_owned(), Value::Bool(true)));
        (name.clone(), Value::Object(flags.collect()))
    });
    let named: Map<String, Value> = named.collect();
    add_condition(json!({ "properties": named }), out);
}

fn add_condition(condition: Value, out: &mut Map<String, Value>) {
    match out.entry("allOf").or_insert_with(|| json!([])) {
        Value::Array(conditions) => conditions.push(condition),
        other => *other = json!([condition]),
    }
}

fn is_pattern(text: &str) -> bool {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .build(&json!({ "pattern": text }))
        .is_ok()
}
