//! Whether a value is valid against a schema of a document, decided by the jsonschema crate.
//!
//! Every schema that is asked for, and every one it refers to, becomes an entry under `$defs` of one
//! JSON Schema of draft 2020-12 ([`translation`]).

mod translation;

use super::compare::escape;
use jsonschema::{Draft, Registry, Validator};
use restwright::source::Pointer;
use serde_json::{Value, json};
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

/// What refers to the schema at this position.
fn address(position: usize) -> String {
    format!("{ADDRESS}#/$defs/{position}")
}

/// The schemas of a document, as JSON Schema.
pub struct Schemas {
    schema: Value,
    positions: BTreeMap<Pointer, usize>,
}

impl Schemas {
    /// Translates the schemas at these places and what they refer to.
    pub fn new(root: &Value, side: Side, places: impl IntoIterator<Item = Pointer>) -> Self {
        let (defs, positions) = translation::translate(root, side, places);
        Self {
            schema: json!({ "$defs": defs }),
            positions,
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
            .build(&json!({ "$ref": address(*position) }))
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
