//! The keywords a schema may have, what type each is about, and the formats there are.
//!
//! May not report: `schema` does.

/// Keywords of OpenAPI 3.0, 3.1 and 3.2, JSON Schema 2020-12 and its forerunners, that say nothing
/// about one type only.
const GENERAL: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "allOf",
    "anyOf",
    "const",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "else",
    "enum",
    "example",
    "examples",
    "externalDocs",
    "format",
    "id",
    "if",
    "not",
    "nullable",
    "oneOf",
    "readOnly",
    "then",
    "title",
    "type",
    "writeOnly",
    "xml",
];

/// Keywords that say something about one type only, by type.
const BY_TYPE: &[(&str, &[&str])] = &[
    (
        "string",
        &[
            "contentEncoding",
            "contentMediaType",
            "contentSchema",
            "maxLength",
            "minLength",
            "pattern",
        ],
    ),
    (
        "number",
        &[
            "exclusiveMaximum",
            "exclusiveMinimum",
            "maximum",
            "minimum",
            "multipleOf",
        ],
    ),
    (
        "array",
        &[
            "additionalItems",
            "contains",
            "items",
            "maxContains",
            "maxItems",
            "minContains",
            "minItems",
            "prefixItems",
            "unevaluatedItems",
            "uniqueItems",
        ],
    ),
    (
        "object",
        &[
            "additionalProperties",
            "dependencies",
            "dependentRequired",
            "dependentSchemas",
            "maxProperties",
            "minProperties",
            "patternProperties",
            "properties",
            "propertyNames",
            "required",
            "unevaluatedProperties",
        ],
    ),
];

/// Formats of text: JSON Schema, the OpenAPI registry, and a few everybody writes.
const TEXT_FORMATS: &[&str] = &[
    "base64",
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "decimal128",
    "duration",
    "email",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int64",
    "ip",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "uint64",
    "unix-time",
    "uri",
    "uri-reference",
    "uri-template",
    "url",
    "uuid",
];

/// Formats of numbers.
const NUMBER_FORMATS: &[&str] = &[
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "float",
    "int16",
    "int32",
    "int64",
    "int8",
    "sf-decimal",
    "sf-integer",
    "timestamp",
    "uint",
    "uint16",
    "uint32",
    "uint64",
    "uint8",
    "unix-time",
    "unixtime",
];

/// What is known about a format.
pub(super) enum FormatFit {
    /// Belongs to the type.
    Fits,
    /// Belongs to another type.
    OtherType,
    /// Known nowhere.
    Unknown,
}

/// Does a format belong to a type?
pub(super) fn format_fit(format: &str, types: &[&str]) -> FormatFit {
    let is = |name: &str| types.contains(&name);
    let text = TEXT_FORMATS.contains(&format);
    let number = NUMBER_FORMATS.contains(&format);
    let fits = types.is_empty()
        || is("string") && text
        || (is("number") || is("integer")) && number
        // A file is written as `type: object, format: binary` here and there, a list as `format: csv`.
        || format == "binary";
    match (text || number, fits) {
        (true, true) => FormatFit::Fits,
        (true, false) => FormatFit::OtherType,
        (false, _) => FormatFit::Unknown,
    }
}

/// The type a keyword is about: `Some("")` is any, `None` no keyword at all.
pub(super) fn type_of(keyword: &str) -> Option<&'static str> {
    if GENERAL.contains(&keyword) {
        return Some("");
    }
    BY_TYPE
        .iter()
        .find(|(_, keywords)| keywords.contains(&keyword))
        .map(|(name, _)| *name)
}

/// The keyword that was probably meant: the same letters in another case, or with a dash.
pub(super) fn meant(keyword: &str) -> Option<&'static str> {
    let plain = |text: &str| text.to_ascii_lowercase().replace(['-', '_', '$'], "");
    let wanted = plain(keyword);
    let all = BY_TYPE
        .iter()
        .flat_map(|(_, keywords)| keywords.iter())
        .chain(GENERAL);
    let mut found = all.filter(|known| plain(known) == wanted);
    found.next().copied()
}
