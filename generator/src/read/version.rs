//! Is this a document we can read?
//!
//! May not change the document.

use serde_json::{Map, Value};

use crate::report::Report;
use crate::source::Pointer;

/// How a document is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dialect {
    /// OpenAPI 3.
    OpenApi3,
    /// Swagger 2.0.
    Swagger2,
}

impl Dialect {
    /// That of a version.
    pub(super) fn of(version: &str) -> Self {
        match version.split('.').next() {
            Some("2") => Dialect::Swagger2,
            _ => Dialect::OpenApi3,
        }
    }

    /// What belongs to a dialect, given that of each.
    pub(super) fn pick<T>(self, openapi3: T, swagger2: T) -> T {
        match self {
            Dialect::OpenApi3 => openapi3,
            Dialect::Swagger2 => swagger2,
        }
    }
}

/// The version of OpenAPI a document states; `None`, with one error, when it is something else.
pub(super) fn check(root: &Value, report: &mut Report) -> Option<String> {
    let stated = ["openapi", "swagger"];
    let field = stated.into_iter().find(|key| root.get(key).is_some());
    let at = Pointer::root().key(field.unwrap_or("openapi"));
    let version = match at.get(root) {
        Some(Value::String(version)) => version.trim().to_owned(),
        Some(Value::Number(number)) => {
            report.note(
                "version-is-a-number",
                &at,
                format!("the version {number} is a number, not text"),
                "write it as text: \"3.1.0\"",
            );
            match number.as_u64() {
                Some(major) => format!("{major}.0"),
                None => number.to_string(),
            }
        }
        Some(_) => String::new(),
        None => {
            let help = "name a document that states `openapi: 3.x` or `swagger: \"2.0\"`";
            report.error("not-openapi", &Pointer::root(), other_kind(root), help);
            return None;
        }
    };
    if stated.iter().all(|key| root.get(key).is_some()) {
        report.warning(
            "two-versions",
            &at,
            "the document states both `openapi` and `swagger`",
            "",
        );
    }
    let mut parts = version.split(['.', '-']);
    match (parts.next(), parts.next()) {
        (Some("2"), None | Some("0")) if field == Some("swagger") => Some(version),
        _ if field == Some("swagger") => {
            let message = format!("Swagger {version} is no version this tool reads");
            let help = "Swagger 2.0 is read, and OpenAPI 3.0, 3.1 and 3.2";
            report.error("unknown-version", &at, message, help);
            None
        }
        (Some("3"), None | Some("0" | "1")) => Some(version),
        (Some("3"), Some("2")) => {
            report.note(
                "openapi-3-2",
                &at,
                "what is new in OpenAPI 3.2 is used only in part",
                "",
            );
            Some(version)
        }
        _ => {
            let message = format!("`{version}` is no version this tool reads");
            report.error(
                "unknown-version",
                &at,
                message,
                "Swagger 2.0 and OpenAPI 3.0, 3.1 and 3.2 are read",
            );
            None
        }
    }
}

fn other_kind(root: &Value) -> String {
    let Some(object) = root.as_object() else {
        return "this is no OpenAPI document: it is no object".to_owned();
    };
    let has = |key: &str| object.contains_key(key);
    let kind = match () {
        () if has("asyncapi") => "an AsyncAPI document",
        () if has("overlay") => "an OpenAPI overlay: name it as an overlay, not as the document",
        () if has("arazzo") => "an Arazzo document",
        () if has("$schema") => "a JSON Schema",
        () if has("discoveryVersion") => "a Google discovery document",
        () if is_postman(object) => "a Postman collection: export it as OpenAPI first",
        () if has("swaggerVersion") => "Swagger 1: convert it to OpenAPI first",
        () if has("__schema") || object.values().any(|data| data.get("__schema").is_some()) => {
            "a GraphQL schema"
        }
        () if has("type") && (has("properties") || has("items")) => "a JSON Schema",
        () => {
            return "this is no OpenAPI document: neither `openapi` nor `swagger` is there"
                .to_owned();
        }
    };
    format!("this is {kind}")
}

fn is_postman(object: &Map<String, Value>) -> bool {
    let info = object.get("info");
    let schema = info.and_then(|info| info.get("schema")?.as_str());
    info.is_some_and(|info| info.get("_postman_id").is_some())
        || schema.is_some_and(|schema| schema.contains("getpostman.com"))
}

/// The first node of a document that is deeper than any stage should walk, if there is one.
pub(super) fn too_deep(root: &Value, most: usize) -> Option<Pointer> {
    let mut way = Vec::new();
    deeper(root, most, &mut way).then(|| {
        way.into_iter()
            .fold(Pointer::root(), |at, step| match step {
                Step::Key(key) => at.key(key),
                Step::Index(index) => at.index(index),
            })
    })
}

/// A step down.
enum Step<'v> {
    Key(&'v str),
    Index(usize),
}

/// Walks down as far as is allowed; whether there is something beyond, with the way to it.
fn deeper<'v>(value: &'v Value, left: usize, way: &mut Vec<Step<'v>>) -> bool {
    let mut try_step = |step: Step<'v>, value: &'v Value| {
        way.push(step);
        let found = left == 0 || deeper(value, left - 1, way);
        if !found {
            way.pop();
        }
        found
    };
    match value {
        Value::Array(list) => {
            let mut list = list.iter().enumerate();
            list.any(|(index, value)| try_step(Step::Index(index), value))
        }
        Value::Object(object) => object
            .iter()
            .any(|(key, value)| try_step(Step::Key(key), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
