//! Finds the examples and defaults of a document, each with the schema it should be valid against.
//!
//! Walks the document as the OpenAPI specification lays it out, so that a property which happens to
//! be called `example` is none.

use restwright::read::essence;
use restwright::source::Pointer;
use serde_json::Value;

/// A value that the document gives for a schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<'d> {
    /// Where the value stands.
    pub at: Pointer,
    /// Where its schema stands.
    pub schema: Pointer,
    /// The value.
    pub value: &'d Value,
}

/// What a node of a document is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Document,
    Components,
    PathItem,
    Operation,
    Parameter,
    Body,
    Response,
    Media,
    Callback,
    Schema,
}

/// How the children under a key stand.
#[derive(Clone, Copy)]
enum Many {
    One,
    List,
    Map,
}

/// The keys under which a node has others, and what those are.
fn children(kind: Kind) -> &'static [(&'static str, Many, Kind)] {
    use Kind::{
        Body, Callback, Components, Document, Media, Operation, Parameter, PathItem, Response,
        Schema,
    };
    use Many::{List, Map, One};
    match kind {
        Document => &[
            ("paths", Map, PathItem),
            ("webhooks", Map, PathItem),
            ("components", One, Components),
            // Swagger 2.0.
            ("definitions", Map, Schema),
            ("parameters", Map, Parameter),
            ("responses", Map, Response),
        ],
        Components => &[
            ("schemas", Map, Schema),
            ("responses", Map, Response),
            ("parameters", Map, Parameter),
            ("requestBodies", Map, Body),
            ("headers", Map, Parameter),
            ("pathItems", Map, PathItem),
            ("callbacks", Map, Callback),
            ("mediaTypes", Map, Media),
        ],
        PathItem => &[
            ("parameters", List, Parameter),
            ("get", One, Operation),
            ("put", One, Operation),
            ("post", One, Operation),
            ("delete", One, Operation),
            ("options", One, Operation),
            ("head", One, Operation),
            ("patch", One, Operation),
            ("trace", One, Operation),
            ("query", One, Operation),
            ("additionalOperations", Map, Operation),
        ],
        Operation => &[
            ("parameters", List, Parameter),
            ("requestBody", One, Body),
            ("responses", Map, Response),
            ("callbacks", Map, Callback),
        ],
        Parameter => &[("schema", One, Schema), ("content", Map, Media)],
        Body => &[("content", Map, Media)],
        Response => &[
            ("content", Map, Media),
            ("headers", Map, Parameter),
            ("schema", One, Schema),
        ],
        Media => &[("schema", One, Schema)],
        // Its own keys are expressions; see `walk`.
        Callback => &[],
        Schema => &[
            ("properties", Map, Schema),
            ("patternProperties", Map, Schema),
            ("$defs", Map, Schema),
            ("definitions", Map, Schema),
            ("items", One, Schema),
            ("additionalProperties", One, Schema),
            ("allOf", List, Schema),
            ("anyOf", List, Schema),
            ("oneOf", List, Schema),
            ("prefixItems", List, Schema),
        ],
    }
}

/// Everything that is found, in document order.
pub fn examples(root: &Value) -> Vec<Example<'_>> {
    let mut walk = Walk {
        root,
        swagger2: root.get("swagger").is_some(),
        found: Vec::new(),
    };
    walk.node(Kind::Document, root, Pointer::root(), "");
    walk.found
}

struct Walk<'d> {
    root: &'d Value,
    swagger2: bool,
    found: Vec<Example<'d>>,
}

impl<'d> Walk<'d> {
    /// `key` is the last key on the way to the node.
    fn node(&mut self, kind: Kind, node: &'d Value, at: Pointer, key: &str) {
        let Some(members) = node.as_object() else {
            return;
        };
        match kind {
            Kind::Schema => self.of_schema(node, &at),
            Kind::Media if is_json(key) => self.of_user(node, &at),
            Kind::Parameter if self.swagger2 => self.of_schema(node, &at),
            Kind::Parameter => self.of_user(node, &at),
            Kind::Response if self.swagger2 => self.of_response(node, &at),
            _ => {}
        }
        if kind == Kind::Callback {
            for (key, member) in members {
                self.node(Kind::PathItem, member, at.key(key), key);
            }
        }
        for (key, many, kind) in children(kind) {
            let Some(child) = members.get(*key) else {
                continue;
            };
            let at = at.key(key);
            match (many, child) {
                (Many::One, child) => self.node(*kind, child, at, key),
                (Many::List, Value::Array(elements)) => {
                    for (index, element) in elements.iter().enumerate() {
                        self.node(*kind, element, at.index(index), "");
                    }
                }
                (Many::Map, Value::Object(entries)) => {
                    for (key, entry) in entries {
                        self.node(*kind, entry, at.key(key), key);
                    }
                }
                (Many::List | Many::Map, _) => {}
            }
        }
    }

    fn add(&mut self, at: Pointer, schema: &Pointer, value: &'d Value) {
        self.found.push(Example {
            at,
            schema: schema.clone(),
            value,
        });
    }

    /// `example`, `examples` and `default` of a schema.
    fn of_schema(&mut self, node: &'d Value, at: &Pointer) {
        for key in ["default", "example"] {
            if let Some(value) = node.get(key) {
                self.add(at.key(key), at, value);
            }
        }
        let list = node.get("examples").and_then(Value::as_array);
        for (index, value) in list.into_iter().flatten().enumerate() {
            self.add(at.key("examples").index(index), at, value);
        }
    }

    /// `example` and `examples` of a media type, a parameter or a header, beside its `schema`.
    fn of_user(&mut self, node: &'d Value, at: &Pointer) {
        if node.get("schema").is_none() {
            return;
        }
        let schema = at.key("schema");
        if let Some(value) = node.get("example") {
            self.add(at.key("example"), &schema, value);
        }
        let named = node.get("examples").and_then(Value::as_object);
        for (key, example) in named.into_iter().flatten() {
            let Some((place, example)) = self.follow(at.key("examples").key(key), example) else {
                continue;
            };
            // 3.2 tells the data from its text.
            for key in ["value", "dataValue"] {
                if let Some(value) = example.get(key) {
                    self.add(place.key(key), &schema, value);
                }
            }
        }
    }

    /// The `examples` of an answer of Swagger 2.0, by media type.
    fn of_response(&mut self, node: &'d Value, at: &Pointer) {
        let by_media_type = node.get("examples").and_then(Value::as_object);
        if node.get("schema").is_none() {
            return;
        }
        for (media_type, value) in by_media_type.into_iter().flatten() {
            if is_json(media_type) {
                self.add(at.key("examples").key(media_type), &at.key("schema"), value);
            }
        }
    }

    fn follow(&self, at: Pointer, node: &'d Value) -> Option<(Pointer, &'d Value)> {
        let (mut at, mut node) = (at, node);
        // More hops than that are a cycle.
        for _ in 0..16 {
            let Some(reference) = node.get("$ref").and_then(Value::as_str) else {
                return Some((at, node));
            };
            at = Pointer::parse(reference).filter(|_| reference.starts_with('#'))?;
            node = at.get(self.root)?;
        }
        None
    }
}

/// Whether examples of a media type are values: of JSON, and of forms, whose members are.
fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json")
        || essence.ends_with("+json")
        || ["*/*", "application/*"].contains(&essence.as_str())
        || essence == "application/x-www-form-urlencoded"
        || essence == "multipart/form-data"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn places(root: &Value) -> Vec<(String, String)> {
        let found = examples(root);
        let texts = found
            .iter()
            .map(|found| (found.at.to_string(), found.schema.to_string()));
        texts.collect()
    }

    fn wanted(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let texts = pairs.iter().map(|(at, of)| ((*at).into(), (*of).into()));
        texts.collect()
    }

    #[test]
    fn finds_them_in_every_place() {
        let root = json!({
            "openapi": "3.1.0",
            "paths": {"/a": {"post": {
                "parameters": [{"name": "p", "in": "query", "example": 1, "schema": {"default": 2}}],
                "requestBody": {"content": {
                    "application/json": {"schema": {}, "examples": {"e": {"$ref": "#/components/examples/E"}}},
                    "text/csv": {"schema": {}, "example": "a,b"},
                }},
                "responses": {"200": {"content": {"a/b+json; v=1": {"schema": {"items": {"examples": [1, 2]}}, "example": []}}}},
            }}},
            "components": {
                "examples": {"E": {"value": {"a": 1}}},
                "schemas": {"S": {"properties": {"example": {"example": "x"}, "default": {"type": "string"}}}},
            },
        });
        let post = "#/paths/~1a/post";
        let answer = format!("{post}/responses/200/content/a~1b+json; v=1");
        assert_eq!(
            places(&root),
            wanted(&[
                (
                    &format!("{post}/parameters/0/example"),
                    &format!("{post}/parameters/0/schema")
                ),
                (
                    &format!("{post}/parameters/0/schema/default"),
                    &format!("{post}/parameters/0/schema")
                ),
                (
                    "#/components/examples/E/value",
                    &format!("{post}/requestBody/content/application~1json/schema")
                ),
                (&format!("{answer}/example"), &format!("{answer}/schema")),
                (
                    &format!("{answer}/schema/items/examples/0"),
                    &format!("{answer}/schema/items")
                ),
                (
                    &format!("{answer}/schema/items/examples/1"),
                    &format!("{answer}/schema/items")
                ),
                (
                    "#/components/schemas/S/properties/example/example",
                    "#/components/schemas/S/properties/example"
                ),
            ])
        );
    }

    #[test]
    fn finds_those_of_swagger_2() {
        let root = json!({
            "swagger": "2.0",
            "paths": {"/a": {"get": {
                "parameters": [{"name": "p", "in": "query", "type": "integer", "default": 2}],
                "responses": {"200": {"schema": {}, "examples": {"application/json": [], "text/plain": ""}}},
            }}},
            "definitions": {"S": {"example": {}}},
        });
        assert_eq!(
            places(&root),
            wanted(&[
                (
                    "#/paths/~1a/get/parameters/0/default",
                    "#/paths/~1a/get/parameters/0"
                ),
                (
                    "#/paths/~1a/get/responses/200/examples/application~1json",
                    "#/paths/~1a/get/responses/200/schema"
                ),
                ("#/definitions/S/example", "#/definitions/S"),
            ])
        );
    }

    #[test]
    fn an_example_that_leads_to_itself_is_none() {
        let root = json!({
            "openapi": "3.0.0",
            "components": {
                "examples": {"E": {"$ref": "#/components/examples/E"}},
                "headers": {"H": {"schema": {}, "examples": {"e": {"$ref": "#/components/examples/E"}}}},
            },
        });
        assert_eq!(places(&root), []);
    }
}
