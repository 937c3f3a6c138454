//! The body of a request: the parameter in `body`, or a form made of those in `formData`.
//!
//! May not change an operation other than by adding the schema of its form.

use openapiv3::RequestBody;
use serde_json::{Map, Value, json};

use crate::read::Site;
use crate::read::copy::Copy;
use crate::read::document::typed;
use crate::read::media::essence;
use crate::read::path;
use crate::read::resolve::{Target, follow};
use crate::report::Report;
use crate::source::Pointer;

use super::media;
use super::parameter::{is_sent_in_body, style};
use super::shape::PARAMETER;

/// Where the schema of an operation's form is put; the text has none.
pub(in crate::read) const FORM: &str = "x-restwright-form";

/// What a parameter has that a property has not.
const BESIDE: &[&str] = &[
    "name",
    "in",
    "required",
    "collectionFormat",
    "allowEmptyValue",
    "schema",
];

/// Adds to every operation with `formData` parameters the schema of the form they make.
pub(in crate::read) fn add_forms(root: &mut Value, report: &mut Report) {
    // Broken references are reported when the units are read.
    let mut ignored = Report::default();
    let mut forms = Vec::new();
    for (_, item) in path::items(root, &mut ignored) {
        for (_, operation) in path::operations(root, &item) {
            let sent = sent(root, &item, &operation, &mut ignored);
            let (body, fields): (Vec<_>, Vec<_>) = sent.into_iter().partition(in_body);
            if body.is_empty() && !fields.is_empty() {
                forms.push((operation, form(&fields, report)));
            }
        }
    }
    for (operation, form) in forms {
        let operation = operation.get_mut(root).and_then(Value::as_object_mut);
        operation
            .into_iter()
            .for_each(|operation| drop(operation.insert(FORM.to_owned(), form.clone())));
    }
}

/// What an operation sends.
pub(in crate::read) fn body(
    copy: &mut Copy<'_>,
    item: &Pointer,
    operation: &Pointer,
) -> Option<Site<RequestBody>> {
    let sent = sent(copy.root, item, operation, copy.report);
    let (bodies, fields): (Vec<_>, Vec<_>) = sent.into_iter().partition(in_body);
    let types = media::types(copy, operation, "consumes");
    let (at, value) = match bodies.as_slice() {
        [] if fields.is_empty() => return None,
        [] => {
            let at = operation.key(FORM);
            let value = form_body(copy, &fields, types, &at);
            (at, value)
        }
        [body, others @ ..] => {
            for ignored in others.iter().chain(&fields) {
                let message = "an operation has one body, this parameter would be another";
                copy.report
                    .warning("second-body", &ignored.at, message, "it is left out");
            }
            (body.at.clone(), whole_body(copy, body, types)?)
        }
    };
    let what = "the request body";
    let item = typed(value, &at, "unreadable-body", what, copy.report)?;
    Some(Site { at, item })
}

fn in_body(parameter: &Target<'_>) -> bool {
    parameter.value.get("in").and_then(Value::as_str) == Some("body")
}

/// The parameters that are parts of the body: those of the path that the operation does not override,
/// then its own.
fn sent<'d>(
    root: &'d Value,
    item: &Pointer,
    operation: &Pointer,
    report: &mut Report,
) -> Vec<Target<'d>> {
    let mut list = |owner: &Pointer| {
        let at = owner.key("parameters");
        let count = at.get(root).and_then(Value::as_array).map_or(0, Vec::len);
        let targets = (0..count).filter_map(|i| follow(root, &at.index(i), report));
        targets
            .filter(|target| is_sent_in_body(target.value))
            .collect::<Vec<_>>()
    };
    let own = list(operation);
    let mut all = list(item);
    all.retain(|shared| {
        let same = |own: &Target<'_>| match (in_body(own), in_body(shared)) {
            (true, true) => true,
            (false, false) => own.value.get("name") == shared.value.get("name"),
            (true, false) | (false, true) => false,
        };
        !own.iter().any(same)
    });
    all.extend(own);
    all
}

/// The schema of a form.
fn form(fields: &[Target<'_>], report: &mut Report) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for field in fields {
        let Some(name) = field.value.get("name").and_then(Value::as_str) else {
            let message = "the parameter has no name";
            report.warning("nameless-parameter", &field.at, message, "it is left out");
            continue;
        };
        if properties.contains_key(name) {
            let message = format!("the parameter `{name}` stands here twice");
            let help = "the first one is used";
            report.warning("duplicate-parameter", &field.at, message, help);
            continue;
        }
        properties.insert(name.to_owned(), property(field));
        if field.value.get("required") == Some(&Value::Bool(true)) {
            required.push(name);
        }
    }
    let mut form = json!({"type": "object", "properties": properties});
    if let (Some(form), false) = (form.as_object_mut(), required.is_empty()) {
        form.insert("required".to_owned(), required.into());
    }
    form
}

fn property(field: &Target<'_>) -> Value {
    let has = |key: &str| field.value.get(key).is_some_and(|value| !value.is_null());
    if has("schema") && !has("type") {
        return json!({"$ref": field.at.key("schema").to_string()});
    }
    let mut property = field.value.clone();
    if let Some(property) = property.as_object_mut() {
        property.retain(|key, _| !BESIDE.contains(&key.as_str()));
        if let Some(items) = property.get_mut("items").and_then(Value::as_object_mut) {
            file_as_text(items);
        }
        file_as_text(property);
    }
    property
}

/// `type: file` in the words of OpenAPI 3.
fn file_as_text(schema: &mut Map<String, Value>) {
    if schema.get("type").and_then(Value::as_str) == Some("file") {
        schema.insert("type".to_owned(), "string".into());
        schema.insert("format".to_owned(), "binary".into());
    }
}

fn is_file(field: &Target<'_>) -> bool {
    let file = |schema: &Value| schema.get("type").and_then(Value::as_str) == Some("file");
    file(field.value) || field.value.get("items").is_some_and(file)
}

/// A body that refers to the schema of a form, which is there already.
fn form_body(
    copy: &mut Copy<'_>,
    fields: &[Target<'_>],
    mut types: Vec<String>,
    at: &Pointer,
) -> Value {
    let mut encoding = Map::new();
    let mut required = false;
    for field in fields {
        let copied = copy.object(field.value, &field.at, &PARAMETER);
        let flag = copied.as_ref().and_then(|field| field.get("required"));
        required |= flag == Some(&Value::Bool(true));
        let name = field.value.get("name").and_then(Value::as_str);
        let style = style(copy, field.value, &field.at, "formData");
        if let (Some(name), Some((style, explode))) = (name, style) {
            let style = json!({"style": style, "explode": explode});
            encoding.entry(name).or_insert(style);
        }
    }
    let files = fields.iter().any(is_file);
    types.retain(|name| match essence(name).as_str() {
        media::MULTIPART => true,
        media::FORM => !files,
        _ => false,
    });
    if types.is_empty() {
        types.push(if files { media::MULTIPART } else { media::FORM }.to_owned());
    }
    let mut media = json!({"schema": {"$ref": at.to_string()}});
    if let (Some(media), false) = (media.as_object_mut(), encoding.is_empty()) {
        media.insert("encoding".to_owned(), encoding.into());
    }
    json!({"content": content(types, &media), "required": required})
}

/// The body that a parameter in `body` describes.
fn whole_body(copy: &mut Copy<'_>, body: &Target<'_>, mut types: Vec<String>) -> Option<Value> {
    let mut copied = copy.object(body.value, &body.at, &PARAMETER)?;
    let parameter = copied.as_object_mut()?;
    if body.value.get("schema").is_none_or(Value::is_null) {
        let message = "`schema` is missing in a parameter in `body`";
        let help = if body.value.get("type").is_some() {
            "its `type` is used"
        } else {
            parameter.shift_remove("schema");
            "it is taken as any JSON"
        };
        copy.report.note("missing-field", &body.at, message, help);
    }
    let schema = parameter.shift_remove("schema");
    let media = schema.map_or_else(|| json!({}), |schema| json!({"schema": schema}));
    parameter.retain(|key, _| {
        matches!(key.as_str(), "description" | "required") || key.starts_with("x-")
    });
    if let Some(description) = body.description {
        parameter.insert("description".to_owned(), description.into());
    }
    if types.is_empty() {
        types.push(media::DEFAULT.to_owned());
    }
    parameter.insert("content".to_owned(), content(types, &media));
    Some(copied)
}

fn content(types: Vec<String>, media: &Value) -> Value {
    let content = types.into_iter().map(|name| (name, media.clone()));
    Value::Object(content.collect())
}
