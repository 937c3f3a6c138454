//! The objects of Swagger 2.0 whose fields are not those of OpenAPI 3, as tables.
//!
//! May not hold code.

use crate::read::shape::Kind::{
    Any, Elsewhere, Flag, Named, One, Schema, Security, Text, TextMap, Texts,
};
use crate::read::shape::{DOCS, Filler, Shape};

/// An operation without its parameters and responses.
pub(in crate::read) static OPERATION: Shape = Shape {
    what: "an operation",
    fields: &[
        ("tags", Texts),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", One(&DOCS)),
        ("operationId", Text),
        ("consumes", Elsewhere),
        ("produces", Elsewhere),
        ("parameters", Elsewhere),
        ("responses", Elsewhere),
        ("schemes", Elsewhere),
        ("deprecated", Flag),
        ("security", Security),
    ],
    needs: &[],
};

/// A parameter, in the body or not: what describes its value stands beside its name, so that the
/// parameter itself is read as a schema.
pub(in crate::read) static PARAMETER: Shape = Shape {
    what: "a parameter",
    fields: &[
        ("name", Text),
        ("in", Text),
        ("description", Text),
        ("required", Flag),
        ("allowEmptyValue", Flag),
        ("schema", Schema),
        ("collectionFormat", Elsewhere),
        ("type", Elsewhere),
        ("format", Elsewhere),
        ("items", Elsewhere),
        ("default", Elsewhere),
        ("enum", Elsewhere),
        ("maximum", Elsewhere),
        ("exclusiveMaximum", Elsewhere),
        ("minimum", Elsewhere),
        ("exclusiveMinimum", Elsewhere),
        ("maxLength", Elsewhere),
        ("minLength", Elsewhere),
        ("pattern", Elsewhere),
        ("maxItems", Elsewhere),
        ("minItems", Elsewhere),
        ("uniqueItems", Elsewhere),
        ("multipleOf", Elsewhere),
    ],
    needs: &[("schema", Filler::Itself)],
};

/// A response.
pub(in crate::read) static RESPONSE: Shape = Shape {
    what: "a response",
    fields: &[
        ("description", Text),
        ("schema", Schema),
        ("headers", Named(&HEADER)),
        ("examples", Any),
    ],
    needs: &[("description", Filler::Text(""))],
};

static HEADER: Shape = Shape {
    what: "a header",
    fields: &[
        ("description", Text),
        ("schema", Schema),
        ("collectionFormat", Elsewhere),
        ("type", Elsewhere),
        ("format", Elsewhere),
        ("items", Elsewhere),
        ("default", Elsewhere),
        ("enum", Elsewhere),
        ("maximum", Elsewhere),
        ("exclusiveMaximum", Elsewhere),
        ("minimum", Elsewhere),
        ("exclusiveMinimum", Elsewhere),
        ("maxLength", Elsewhere),
        ("minLength", Elsewhere),
        ("pattern", Elsewhere),
        ("maxItems", Elsewhere),
        ("minItems", Elsewhere),
        ("uniqueItems", Elsewhere),
        ("multipleOf", Elsewhere),
    ],
    needs: &[("schema", Filler::Itself)],
};

/// A security scheme.
pub(super) static SCHEME: Shape = Shape {
    what: "a security scheme",
    fields: &[
        ("type", Text),
        ("description", Text),
        ("name", Text),
        ("in", Text),
        ("flow", Text),
        ("authorizationUrl", Text),
        ("tokenUrl", Text),
        ("scopes", TextMap),
    ],
    needs: &[],
};
