//! The objects of OpenAPI that are read through `openapiv3`, as tables: what fields they have, of what
//! kind, and what stands in for a field that must be there.
//!
//! May not hold code: `copy` reads the tables.

/// One kind of object.
pub(super) struct Shape {
    /// What a message calls it.
    pub(super) what: &'static str,
    /// The fields that may be there.
    pub(super) fields: &'static [(&'static str, Kind)],
    /// The fields that must be there, each with what stands in for it.
    pub(super) needs: &'static [(&'static str, Filler)],
}

/// What a field holds.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// True or false.
    Flag,
    /// A list of texts.
    Texts,
    /// A map of texts.
    TextMap,
    /// One of these texts.
    Choice(&'static [&'static str]),
    /// Anything, as it is.
    Any,
    /// A schema: replaced by a reference to its own pointer.
    Schema,
    /// A list of security requirements.
    Security,
    /// An object.
    One(&'static Shape),
    /// A list of objects.
    Many(&'static Shape),
    /// A map of objects or references to them.
    Named(&'static Shape),
    /// Read by another function, nothing to do here.
    Elsewhere,
    /// Belongs there, but nothing is made of it.
    Unused,
}

/// What stands in for a missing field.
#[derive(Clone, Copy)]
pub(super) enum Filler {
    /// A text.
    Text(&'static str),
    /// An empty map.
    Map,
    /// A schema: the object itself is read as one (as Swagger 2 wrote parameters), unless it has `content`.
    OwnSchema,
    /// The same where that is how it should be: nothing is missing.
    Itself,
}

use Kind::{
    Choice, Elsewhere, Flag, Many, Named, One, Schema, Security, Text, TextMap, Texts, Unused,
};

/// `info`.
pub(super) static INFO: Shape = Shape {
    what: "info",
    fields: &[
        ("title", Text),
        ("summary", Unused),
        ("description", Text),
        ("termsOfService", Text),
        ("contact", One(&CONTACT)),
        ("license", One(&LICENSE)),
        ("version", Text),
    ],
    needs: &[("title", Filler::Text("")), ("version", Filler::Text(""))],
};

static CONTACT: Shape = Shape {
    what: "a contact",
    fields: &[("name", Text), ("url", Text), ("email", Text)],
    needs: &[],
};

static LICENSE: Shape = Shape {
    what: "a license",
    fields: &[("name", Text), ("identifier", Unused), ("url", Text)],
    needs: &[("name", Filler::Text(""))],
};

/// One of `servers`.
pub(super) static SERVER: Shape = Shape {
    what: "a server",
    fields: &[
        ("url", Text),
        ("description", Text),
        ("name", Unused),
        ("variables", Named(&VARIABLE)),
    ],
    needs: &[("url", Filler::Text("/"))],
};

static VARIABLE: Shape = Shape {
    what: "a server variable",
    fields: &[("enum", Texts), ("default", Text), ("description", Text)],
    needs: &[("default", Filler::Text(""))],
};

/// One of `tags`.
pub(super) static TAG: Shape = Shape {
    what: "a tag",
    fields: &[
        ("name", Text),
        ("summary", Unused),
        ("description", Text),
        ("externalDocs", One(&DOCS)),
        ("parent", Unused),
        ("kind", Unused),
    ],
    needs: &[],
};

/// `externalDocs`.
pub(super) static DOCS: Shape = Shape {
    what: "external documentation",
    fields: &[("description", Text), ("url", Text)],
    needs: &[("url", Filler::Text(""))],
};

/// An operation without its parameters, body and responses.
pub(super) static OPERATION: Shape = Shape {
    what: "an operation",
    fields: &[
        ("tags", Texts),
        ("summary", Text),
        ("description", Text),
        ("externalDocs", One(&DOCS)),
        ("operationId", Text),
        ("parameters", Elsewhere),
        ("requestBody", Elsewhere),
        ("responses", Elsewhere),
        ("callbacks", Elsewhere),
        ("deprecated", Flag),
        ("security", Security),
        ("servers", Many(&SERVER)),
    ],
    needs: &[],
};

/// A parameter.
pub(super) static PARAMETER: Shape = Shape {
    what: "a parameter",
    fields: &[
        ("name", Text),
        ("in", Text),
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("allowEmptyValue", Flag),
        ("allowReserved", Flag),
        ("style", Text),
        ("explode", Flag),
        ("schema", Schema),
        ("content", Named(&MEDIA)),
        ("example", Elsewhere),
        ("examples", Named(&EXAMPLE)),
    ],
    needs: &[("schema", Filler::OwnSchema)],
};

/// A request body.
pub(super) static BODY: Shape = Shape {
    what: "a request body",
    fields: &[
        ("description", Text),
        ("content", Named(&MEDIA)),
        ("required", Flag),
    ],
    needs: &[("content", Filler::Map)],
};

/// A response.
pub(super) static RESPONSE: Shape = Shape {
    what: "a response",
    fields: &[
        ("summary", Unused),
        ("description", Text),
        ("headers", Named(&HEADER)),
        ("content", Named(&MEDIA)),
        ("links", Unused),
    ],
    needs: &[("description", Filler::Text(""))],
};

static HEADER: Shape = Shape {
    what: "a header",
    fields: &[
        ("description", Text),
        ("required", Flag),
        ("deprecated", Flag),
        ("style", Choice(&["simple"])),
        ("explode", Unused),
        ("schema", Schema),
        ("content", Named(&MEDIA)),
        ("example", Elsewhere),
        ("examples", Named(&EXAMPLE)),
    ],
    needs: &[("schema", Filler::OwnSchema)],
};

static MEDIA: Shape = Shape {
    what: "a media type",
    fields: &[
        ("schema", Schema),
        ("itemSchema", Elsewhere),
        ("example", Elsewhere),
        ("examples", Named(&EXAMPLE)),
        ("encoding", Named(&ENCODING)),
        ("prefixEncoding", Unused),
        ("itemEncoding", Unused),
    ],
    needs: &[],
};

static ENCODING: Shape = Shape {
    what: "an encoding",
    fields: &[
        ("contentType", Text),
        ("headers", Unused),
        (
            "style",
            Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"]),
        ),
        ("explode", Flag),
        ("allowReserved", Flag),
    ],
    needs: &[],
};

static EXAMPLE: Shape = Shape {
    what: "an example",
    fields: &[
        ("summary", Text),
        ("description", Text),
        ("value", Elsewhere),
        ("externalValue", Text),
        ("dataValue", Unused),
        ("serializedValue", Unused),
    ],
    needs: &[],
};

/// A security scheme.
pub(super) static SCHEME: Shape = Shape {
    what: "a security scheme",
    fields: &[
        ("type", Text),
        ("description", Text),
        ("name", Text),
        ("in", Text),
        ("scheme", Text),
        ("bearerFormat", Text),
        ("flows", One(&FLOWS)),
        ("openIdConnectUrl", Text),
        ("oauth2MetadataUrl", Unused),
        ("deprecated", Unused),
    ],
    needs: &[],
};

static FLOWS: Shape = Shape {
    what: "the flows of a security scheme",
    fields: &[
        ("implicit", One(&IMPLICIT)),
        ("password", One(&TOKEN)),
        ("clientCredentials", One(&TOKEN)),
        ("authorizationCode", One(&CODE)),
        ("deviceAuthorization", Unused),
    ],
    needs: &[],
};

const FLOW: &[(&str, Kind)] = &[
    ("authorizationUrl", Text),
    ("tokenUrl", Text),
    ("refreshUrl", Text),
    ("scopes", TextMap),
];

static IMPLICIT: Shape = Shape {
    what: "an implicit flow",
    fields: FLOW,
    needs: &[
        ("authorizationUrl", Filler::Text("")),
        ("scopes", Filler::Map),
    ],
};

static TOKEN: Shape = Shape {
    what: "a token flow",
    fields: FLOW,
    needs: &[("tokenUrl", Filler::Text("")), ("scopes", Filler::Map)],
};

static CODE: Shape = Shape {
    what: "a code flow",
    fields: FLOW,
    needs: &[
        ("authorizationUrl", Filler::Text("")),
        ("tokenUrl", Filler::Text("")),
        ("scopes", Filler::Map),
    ],
};
