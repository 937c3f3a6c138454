//! Answers: `schema`, `examples` and the operation's `produces` are `content`.
//!
//! May not invent a schema.

use serde_json::{Map, Value, json};

use crate::read::copy::Copy;
use crate::read::media::essence;
use crate::read::resolve::follow;
use crate::report::Report;
use crate::source::Pointer;

use super::media;

/// What a file is called when the document only says how it would be text.
const BYTES: &str = "application/octet-stream";

/// Turns a copied response into one of OpenAPI 3.
///
/// For example: `{schema: S}` that `produces` JSON is `{content: {application/json: {schema: S}}}`.
pub(in crate::read) fn response(
    copy: &mut Copy<'_>,
    mut response: Value,
    at: &Pointer,
    operation: &Pointer,
    status: &str,
) -> Value {
    let Some(object) = response.as_object_mut() else {
        return response;
    };
    let schema = object.shift_remove("schema");
    let examples = match object.shift_remove("examples") {
        Some(Value::Object(examples)) => examples,
        None | Some(Value::Null) => Map::new(),
        Some(_) => {
            let message = "examples are a map from media type to example";
            let at = at.key("examples");
            copy.report
                .note("wrong-type", &at, message, "they are left out");
            Map::new()
        }
    };
    let mut content = Map::new();
    if let Some(schema) = schema {
        let media = json!({"schema": schema});
        let types = types(copy, at, operation, status);
        content.extend(types.into_iter().map(|name| (name, media.clone())));
        add_shown(&mut content, &examples, &media, at, copy.report);
    } else if !examples.is_empty() {
        let message = "there are examples of a body, but no `schema`";
        let help = "a body is taken as it comes";
        copy.report.note("missing-field", at, message, help);
        let names = examples.keys().filter(|name| !name.starts_with("x-"));
        content.extend(names.map(|name| (name.clone(), json!({}))));
    }
    add_examples(&mut content, examples);
    if !content.is_empty() {
        object.insert("content".to_owned(), content.into());
    }
    response
}

/// The media types of a body.
fn types(copy: &mut Copy<'_>, at: &Pointer, operation: &Pointer, status: &str) -> Vec<String> {
    let mut types = media::types(copy, operation, "produces");
    // A broken reference is reported when the schema is read.
    let schema = follow(copy.root, &at.key("schema"), &mut Report::default());
    let schema = schema.map_or(&Value::Null, |schema| schema.value);
    if schema.get("type").and_then(Value::as_str) == Some("file") {
        types.retain(|name| is_of_bytes(name));
        if types.is_empty() {
            types.push(BYTES.to_owned());
        }
    } else if types.is_empty() {
        types.push(media::DEFAULT.to_owned());
    } else if status.starts_with(['4', '5'])
        && has_members(schema)
        && !types.iter().any(|name| carries_members(name))
    {
        let message = "what the operation produces cannot carry this object";
        let help = "it is taken as JSON, as failures beside files are";
        copy.report.lost("object-as-json", at, message, help);
        types.insert(0, media::DEFAULT.to_owned());
    }
    types
}

/// Is it the schema of an object?
fn has_members(schema: &Value) -> bool {
    let object = schema.get("type").and_then(Value::as_str) == Some("object");
    object || schema.get("properties").is_some_and(Value::is_object)
}

/// Can something of this media type hold an object?
fn carries_members(media_type: &str) -> bool {
    let essence = essence(media_type);
    let words = [
        "json",
        "xml",
        "yaml",
        "protobuf",
        "cbor",
        "msgpack",
        "*/*",
        media::FORM,
    ];
    words.iter().any(|word| essence.contains(word))
}

/// Is something of this media type bytes rather than JSON or text?
fn is_of_bytes(media_type: &str) -> bool {
    let essence = essence(media_type);
    let other = ["application/json", "application/xml", "*/*", media::FORM];
    !(other.contains(&essence.as_str())
        || essence.starts_with("text/")
        || essence.ends_with("+json")
        || essence.ends_with("+xml"))
}

/// Adds the media types that examples are of, although the operation does not produce them.
fn add_shown(
    content: &mut Map<String, Value>,
    examples: &Map<String, Value>,
    media: &Value,
    at: &Pointer,
    report: &mut Report,
) {
    for name in examples.keys().filter(|name| !name.starts_with("x-")) {
        if media_of(content, name).is_none() {
            let message = format!("the operation does not produce `{name}`, but shows it");
            let help = "it is read as if it did";
            let at = at.key("examples").key(name);
            report.note("example-of-other-media-type", &at, message, help);
            content.insert(name.clone(), media.clone());
        }
    }
}

/// Puts each example to its media type.
fn add_examples(content: &mut Map<String, Value>, examples: Map<String, Value>) {
    for (name, example) in examples {
        let media = media_of(content, &name).and_then(|name| content.get_mut(&name));
        if let Some(media) = media.and_then(Value::as_object_mut) {
            media.insert("example".to_owned(), example);
        }
    }
}

/// The media type that an example is of: the same text, or the same but for parameters.
fn media_of(content: &Map<String, Value>, name: &str) -> Option<String> {
    let exact = content.keys().find(|known| *known == name);
    let close = || content.keys().find(|known| essence(known) == essence(name));
    exact.or_else(close).cloned()
}
