//! Which objects of a document hold which others, so that a reference is told from data that looks
//! like one, and a schema from a parameter.
//!
//! May not look at a document.

/// What an object is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Kind {
    /// The whole document.
    Document,
    /// Its `components`.
    Components,
    /// The operations of a path.
    PathItem,
    /// An operation.
    Operation,
    /// Path items by expression.
    Callback,
    /// A parameter.
    Parameter,
    /// A header.
    Header,
    /// A request body.
    Body,
    /// A response.
    Response,
    /// A media type.
    Media,
    /// An encoding of a part of a form.
    Encoding,
    /// An example: the value in it is data.
    Example,
    /// A security scheme.
    Scheme,
    /// A schema.
    Schema,
    /// A server.
    Server,
    /// Anything else, nothing in which refers to anything.
    Plain,
}

/// How a field holds what it holds.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    /// One object, or a list of them.
    One(Kind),
    /// A map of objects, by names that mean nothing here.
    Map(Kind),
    /// A list of objects.
    List(Kind),
}

use Holds::{List, Map, One};

impl Kind {
    /// Whether whoever reads such an object follows a reference that stands for it. Where nobody does,
    /// what it leads to is put in its place.
    pub(super) fn is_followed(self) -> bool {
        match self {
            Kind::PathItem
            | Kind::Callback
            | Kind::Parameter
            | Kind::Header
            | Kind::Body
            | Kind::Response
            | Kind::Media
            | Kind::Encoding
            | Kind::Example
            | Kind::Scheme
            | Kind::Schema => true,
            Kind::Document | Kind::Components | Kind::Operation | Kind::Server | Kind::Plain => {
                false
            }
        }
    }
}

/// What a field of an object holds; `None` where it is nothing that could refer to something.
pub(super) fn field(of: Kind, key: &str) -> Option<Holds> {
    match of {
        Kind::Document => document(key),
        Kind::Components => components(key),
        Kind::PathItem => match key {
            "get" | "put" | "post" | "delete" | "options" | "head" | "patch" | "trace"
            | "query" => Some(One(Kind::Operation)),
            "additionalOperations" => Some(Map(Kind::Operation)),
            "parameters" => Some(List(Kind::Parameter)),
            "servers" => Some(List(Kind::Server)),
            _ => None,
        },
        Kind::Operation => match key {
            "parameters" => Some(List(Kind::Parameter)),
            "requestBody" => Some(One(Kind::Body)),
            "responses" => Some(Map(Kind::Response)),
            "callbacks" => Some(Map(Kind::Callback)),
            "servers" => Some(List(Kind::Server)),
            "externalDocs" => Some(One(Kind::Plain)),
            _ => None,
        },
        Kind::Callback => Some(One(Kind::PathItem)),
        Kind::Parameter | Kind::Header => match key {
            "schema" => Some(One(Kind::Schema)),
            "content" => Some(Map(Kind::Media)),
            "examples" => Some(Map(Kind::Example)),
            _ => None,
        },
        Kind::Body => (key == "content").then_some(Map(Kind::Media)),
        Kind::Response => match key {
            "schema" => Some(One(Kind::Schema)),
            "content" => Some(Map(Kind::Media)),
            "headers" => Some(Map(Kind::Header)),
            _ => None,
        },
        Kind::Media => match key {
            "schema" | "itemSchema" => Some(One(Kind::Schema)),
            "examples" => Some(Map(Kind::Example)),
            "encoding" => Some(Map(Kind::Encoding)),
            "itemEncoding" => Some(One(Kind::Encoding)),
            "prefixEncoding" => Some(List(Kind::Encoding)),
            _ => None,
        },
        Kind::Encoding => (key == "headers").then_some(Map(Kind::Header)),
        Kind::Schema => schema(key),
        Kind::Server => (key == "variables").then_some(Map(Kind::Plain)),
        Kind::Example | Kind::Scheme | Kind::Plain => None,
    }
}

/// OpenAPI 3 and Swagger 2.0 have no field in common that means two things.
fn document(key: &str) -> Option<Holds> {
    match key {
        "info" | "externalDocs" => Some(One(Kind::Plain)),
        "tags" => Some(List(Kind::Plain)),
        "servers" => Some(List(Kind::Server)),
        "paths" | "webhooks" | "x-webhooks" => Some(Map(Kind::PathItem)),
        "components" => Some(One(Kind::Components)),
        "definitions" | "$defs" => Some(Map(Kind::Schema)),
        "parameters" => Some(Map(Kind::Parameter)),
        "responses" => Some(Map(Kind::Response)),
        "securityDefinitions" => Some(Map(Kind::Scheme)),
        _ => None,
    }
}

fn components(key: &str) -> Option<Holds> {
    match key {
        "schemas" => Some(Map(Kind::Schema)),
        "responses" => Some(Map(Kind::Response)),
        "parameters" => Some(Map(Kind::Parameter)),
        "examples" => Some(Map(Kind::Example)),
        "requestBodies" => Some(Map(Kind::Body)),
        "headers" => Some(Map(Kind::Header)),
        "securitySchemes" => Some(Map(Kind::Scheme)),
        "callbacks" => Some(Map(Kind::Callback)),
        "pathItems" => Some(Map(Kind::PathItem)),
        "mediaTypes" => Some(Map(Kind::Media)),
        _ => None,
    }
}

fn schema(key: &str) -> Option<Holds> {
    match key {
        "properties" | "patternProperties" | "$defs" | "definitions" | "dependentSchemas"
        | "dependencies" => Some(Map(Kind::Schema)),
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Some(List(Kind::Schema)),
        "items"
        | "additionalItems"
        | "additionalProperties"
        | "contains"
        | "contentSchema"
        | "else"
        | "if"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Some(One(Kind::Schema)),
        _ => None,
    }
}

/// What stands at some steps from an object, if the grammar leads there.
pub(super) fn at(from: Kind, steps: impl Iterator<Item = String>) -> Option<Kind> {
    let mut kind = from;
    let mut inside = None;
    for step in steps {
        match inside.take() {
            Some(held) => kind = held,
            None => match field(kind, &step)? {
                One(held) => kind = held,
                Map(held) | List(held) => inside = Some(held),
            },
        }
    }
    inside.is_none().then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Pointer;

    #[test]
    fn knows_what_stands_where() {
        let check = |pointer: &str, wanted: Option<Kind>| {
            let pointer = Pointer::parse(pointer).unwrap();
            assert_eq!(at(Kind::Document, pointer.segments()), wanted, "{pointer}");
        };
        check("#/components/schemas/default", Some(Kind::Schema));
        check(
            "#/components/schemas/A/properties/example",
            Some(Kind::Schema),
        );
        check("#/components/schemas/A/example", None);
        check(
            "#/paths/~1a/get/responses/200/content/a~1b/schema",
            Some(Kind::Schema),
        );
        check("#/paths/~1a/get/parameters/0", Some(Kind::Parameter));
        check("#/components/callbacks/a/{$url}", Some(Kind::PathItem));
        check("#/components/x-other/A", None);
        check("#/components/schemas", None);
    }
}
