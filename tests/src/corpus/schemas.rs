//! Whether a value is valid against a schema of a document, decided by the jsonschema crate.
//!
//! Every schema that is asked for, and every one it refers to, becomes an entry under `$defs` of one
//! JSON Schema of draft 2020-12. What OpenAPI 2.0 and 3.0 spell otherwise is translated; what is no
//! JSON Schema at all (a type called `any`, a pattern that is no regular expression) is left out,
//! since it rules out nothing.

use super::compare::escape;
use jsonschema::{Draft, Registry, Validator};
use restwright::source::Pointer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The side of the wire, which decides whose members have to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What a server answers: members that are `writeOnly` are not required.
    Response,
    /// What a caller sends: members that are `readOnly` are not required.
    Request,
}

/// The address under which the schemas of a document know each other.
const ADDRESS: &str = "json-schema:///document";

/// The schemas of a document, as JSON Schema.
pub struct Schemas {
    schema: Value,
    positions: BTreeMap<Pointer, usize>,
}

impl Schemas {
    /// Translates the schemas at these places and what they refer to.
    pub fn new(root: &Value, side: Side, places: impl IntoIterator<Item = Pointer>) -> Self {
        let mut translation = Translation {
            root,
            side,
            keeps_siblings: keeps_siblings(root),
            positions: BTreeMap::new(),
            extended: BTreeMap::new(),
            open: Vec::new(),
        };
        for place in places {
            translation.position(place);
        }
        let mut translated: BTreeMap<usize, Value> = BTreeMap::new();
        while let Some((position, place, is_extended)) = translation.open.pop() {
            let schema = place.get(root).unwrap_or(&Value::Null);
            let own = match schema {
                Value::Object(keywords) if is_extended => without_alternatives(keywords),
                schema => schema.clone(),
            };
            translated.insert(position, translation.schema(&own));
        }
        let defs: Map<String, Value> = translated
            .into_iter()
            .map(|(position, schema)| (position.to_string(), schema))
            .collect();
        Self {
            schema: json!({ "$defs": defs }),
            positions: translation.positions,
        }
    }

    /// Where validators find the schemas; made once, since they refer to each other.
    ///
    /// # Errors
    /// They cannot be told apart. A fault of ours.
    pub fn registry(&self) -> Result<Registry<'_>, String> {
        Registry::new()
            .draft(Draft::Draft202012)
            .add(ADDRESS, &self.schema)
            .and_then(jsonschema::RegistryBuilder::prepare)
            .map_err(|error| error.to_string())
    }

    /// The validator of the schema at a place.
    ///
    /// # Errors
    /// The schema is none.
    pub fn validator(&self, place: &Pointer, registry: &Registry) -> Result<Validator, String> {
        let position = self
            .positions
            .get(place)
            .ok_or("the schema was not translated")?;
        jsonschema::options()
            .with_draft(Draft::Draft202012)
            .with_registry(registry)
            .build(&json!({ "$ref": format!("{ADDRESS}#/$defs/{position}") }))
            .map_err(|error| error.to_string())
    }

    /// The members of a valid value that a schema which holds for it names.
    pub fn members(&self, validator: &Validator, value: &Value) -> Members {
        let mut members = Members::default();
        for entry in validator.evaluate(value).iter_annotations() {
            let keyword = entry.schema_location.rsplit('/').next();
            if !keyword.is_some_and(|keyword| MEMBER_KEYWORDS.contains(&keyword)) {
                continue;
            }
            let properties = self.schema.pointer(entry.schema_location);
            let names = entry.annotations.value().as_array();
            for name in names.into_iter().flatten().filter_map(Value::as_str) {
                let at = format!("{}/{}", entry.instance_location.as_str(), escape(name));
                let one_sided = properties.is_some_and(|properties| {
                    ["readOnly", "writeOnly"]
                        .iter()
                        .any(|flag| properties[name][*flag] == true)
                });
                if one_sided {
                    members.one_sided.insert(at.clone());
                }
                members.declared.insert(at);
            }
        }
        members
    }
}

/// The keywords whose annotation is a list of members.
const MEMBER_KEYWORDS: &[&str] = &["properties", "patternProperties", "additionalProperties"];

/// Members by their pointers in a value.
#[derive(Debug, Default, PartialEq)]
pub struct Members {
    /// A schema names them, or says what members have that it does not name.
    pub declared: BTreeSet<String>,
    /// They are there on one side of the wire only.
    pub one_sided: BTreeSet<String>,
}

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

struct Translation<'d> {
    root: &'d Value,
    side: Side,
    keeps_siblings: bool,
    positions: BTreeMap<Pointer, usize>,
    /// Those of which one of the alternatives extends them: what that takes in, which is not the alternatives.
    extended: BTreeMap<Pointer, usize>,
    open: Vec<(usize, Pointer, bool)>,
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
    fn position(&mut self, place: Pointer) -> usize {
        let next = self.positions.len() + self.extended.len();
        *self.positions.entry(place.clone()).or_insert_with(|| {
            self.open.push((next, place, false));
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
        let next = self.positions.len() + self.extended.len();
        let position = *self.extended.entry(target.clone()).or_insert_with(|| {
            self.open.push((next, target, true));
            next
        });
        Some(json!({ "$ref": format!("{ADDRESS}#/$defs/{position}") }))
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
                let position = self.position(target);
                out.insert("$ref".into(), format!("{ADDRESS}#/$defs/{position}").into());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn is_valid(version: &str, side: Side, schema: Value, value: &Value) -> bool {
        let root = json!({
            "openapi": version,
            "components": {"schemas": {"S": schema, "Id": {"type": "integer"}}},
        });
        let place = Pointer::root().key("components").key("schemas").key("S");
        let schemas = Schemas::new(&root, side, [place.clone()]);
        let registry = schemas.registry().expect("the schemas can be told apart");
        let validator = schemas
            .validator(&place, &registry)
            .expect("it is a schema");
        validator.is_valid(value)
    }

    #[test]
    fn translates_3_0() {
        let check = |schema: &Value, value: Value, wanted: bool| {
            let valid = is_valid("3.0.3", Side::Response, schema.clone(), &value);
            assert_eq!(valid, wanted, "{schema} {value}");
        };
        let above =
            json!({"type": "integer", "minimum": 1, "exclusiveMinimum": true, "nullable": true});
        check(&above, json!(1), false);
        check(&above, json!(2), true);
        check(&above, json!(2.0), true);
        check(&above, json!(null), true);
        check(&above, json!("2"), false);
        let id = json!({"$ref": "#/components/schemas/Id", "minimum": 7});
        check(&id, json!(3), true);
        check(&id, json!("3"), false);
        check(
            &json!({"type": "any", "pattern": "(", "required": true, "items": []}),
            json!(1),
            true,
        );
        check(
            &json!({"type": "integer", "format": "int32", "minimum": 0}),
            json!(3_000_000_000_u32),
            false,
        );
        check(
            &json!({"$ref": "#/components/schemas/Nowhere"}),
            json!(1),
            true,
        );
    }

    #[test]
    fn keeps_what_stands_beside_a_reference_since_3_1() {
        let schema = json!({"$ref": "#/components/schemas/Id", "minimum": 7});
        assert!(!is_valid(
            "3.1.0",
            Side::Response,
            schema.clone(),
            &json!(3)
        ));
        assert!(is_valid("3.1.0", Side::Response, schema, &json!(8)));
        let nullable = json!({"type": "string", "nullable": true});
        assert!(!is_valid("3.1.0", Side::Response, nullable, &json!(null)));
    }

    #[test]
    fn requires_what_is_there_on_a_side() {
        let schema = json!({
            "properties": {"id": {"readOnly": true}, "key": {"writeOnly": true}, "name": {}},
            "required": ["id", "key", "name"],
        });
        let valid = |side, value: Value| is_valid("3.0.0", side, schema.clone(), &value);
        assert!(valid(Side::Response, json!({"id": 1, "name": 1})));
        assert!(!valid(Side::Response, json!({"key": 1, "name": 1})));
        assert!(valid(Side::Request, json!({"key": 1, "name": 1})));
        assert!(!valid(Side::Request, json!({"key": 1})));
    }

    #[test]
    fn tells_which_members_are_declared() {
        let root = json!({
            "openapi": "3.1.0",
            "components": {"schemas": {
                "S": {"allOf": [
                    {"properties": {"a": {"$ref": "#/components/schemas/In"}, "id": {"readOnly": true}}},
                    {"oneOf": [
                        {"properties": {"kind": {"const": 1}, "one": {}}},
                        {"properties": {"kind": {"const": 2}, "two": {}}},
                    ]},
                ]},
                "In": {"properties": {"x/y": {}}, "additionalProperties": true},
            }},
        });
        let place = Pointer::root().key("components").key("schemas").key("S");
        let schemas = Schemas::new(&root, Side::Response, [place.clone()]);
        let registry = schemas.registry().expect("the schemas can be told apart");
        let validator = schemas
            .validator(&place, &registry)
            .expect("it is a schema");
        let value =
            json!({"kind": 1, "one": 1, "two": 2, "id": 1, "a": {"x/y": 1, "z": 1}, "b": 1});
        let members = schemas.members(&validator, &value);
        let set = |names: &[&str]| {
            names
                .iter()
                .map(|name| (*name).to_owned())
                .collect::<BTreeSet<_>>()
        };
        assert_eq!(
            members.declared,
            set(&["/kind", "/one", "/id", "/a", "/a/x~1y", "/a/z"])
        );
        assert_eq!(members.one_sided, set(&["/id"]));
    }
}
