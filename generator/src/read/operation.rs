//! Paths, their operations, bodies and responses.
//!
//! May not let one bad unit cost another.

use openapiv3::{RequestBody, Response, StatusCode};
use serde_json::{Value, json};
use std::collections::HashMap;

use crate::report::Report;
use crate::source::Pointer;
use crate::threads::parts;

use super::check::{check_item, check_paths, check_template};
use super::copy::Copy;
use super::document::typed;
use super::path::{items, operations};
use super::resolve::{Target, follow};
use super::shape::{BODY, OPERATION, RESPONSE, SERVER, Shape};
use super::version::Dialect;
use super::{Operation, Site, parameter, swagger2};

/// All operations, in document order.
pub(super) fn all(copy: &mut Copy<'_>, version: &str) -> Vec<Operation> {
    check_paths(copy.root, copy.report);
    let mut listed = Vec::new();
    for (template, item) in items(copy.root, copy.report) {
        check_item(copy.root, &item, version, copy.report);
        let mut path = template;
        check_template(&path, &item, copy.report);
        if !path.starts_with('/') {
            let message = format!("the path `{path}` does not start with a slash");
            copy.report.warning(
                "path-without-slash",
                &item,
                message,
                "it is read as if it did",
            );
            path.insert(0, '/');
        }
        let operations = operations(copy.root, &item).into_iter();
        listed.extend(operations.map(|(method, at)| Listed {
            path: path.clone(),
            item: item.clone(),
            method,
            at,
        }));
    }
    let (root, dialect, empty) = (copy.root, copy.dialect, copy.report.with_findings([]));
    let read = |part: &[Listed]| {
        let mut report = empty.clone();
        let mut copy = Copy {
            root,
            dialect,
            report: &mut report,
        };
        let mut shared = Shared::new();
        let read = part.iter();
        let read = read.filter_map(|listed| one(&mut copy, &mut shared, listed));
        let read: Vec<Operation> = read.collect();
        (read, report)
    };
    let mut all = Vec::with_capacity(listed.len());
    for (read, report) in parts(&listed, 30, &read) {
        all.extend(read);
        copy.report.take_over(report);
    }
    all
}

/// An operation that a path lists.
struct Listed {
    path: String,
    /// Where the path's item stands.
    item: Pointer,
    method: String,
    at: Pointer,
}

/// Responses that operations refer to, by their place: most documents have a few for all operations.
type Shared = HashMap<Pointer, Option<Site<Response>>>;

fn one(copy: &mut Copy<'_>, shared: &mut Shared, listed: &Listed) -> Option<Operation> {
    let Listed {
        path,
        item,
        method,
        at,
    } = listed;
    let mut copied = skeleton(copy, at)?;
    let object = copied.as_object_mut()?;
    let dialect = copy.dialect;
    if !object.contains_key("servers") {
        let servers = match dialect {
            Dialect::OpenApi3 => servers(copy, item),
            Dialect::Swagger2 => swagger2::own(copy, at),
        };
        object.extend(servers.map(|servers| ("servers".to_owned(), servers)));
    }
    Some(Operation {
        path: path.clone(),
        method: method.clone(),
        item: typed(
            copied,
            at,
            "unreadable-operation",
            "the operation",
            copy.report,
        )?,
        parameters: parameter::all(copy, path, item, at),
        body: match dialect {
            Dialect::OpenApi3 => body(copy, &at.key("requestBody")),
            Dialect::Swagger2 => swagger2::body(copy, item, at),
        },
        responses: responses(copy, shared, at),
        at: at.clone(),
    })
}

/// An operation without its parameters, body and responses, as it stands.
fn skeleton(copy: &mut Copy<'_>, at: &Pointer) -> Option<Value> {
    let value = at.get(copy.root)?;
    if !value.is_object() {
        copy.report.warning(
            "unreadable-operation",
            at,
            "an operation has to be an object",
            "it is left out",
        );
        return None;
    }
    let shape = copy.dialect.pick(&OPERATION, &swagger2::OPERATION);
    let mut copied = copy.object(value, at, shape)?;
    let object = copied.as_object_mut()?;
    object.shift_remove(swagger2::FORM);
    object.insert("responses".to_owned(), json!({}));
    Some(copied)
}

/// The same, read.
pub(super) fn unit_of(copy: &mut Copy<'_>, at: &Pointer) -> Option<openapiv3::Operation> {
    let copied = skeleton(copy, at)?;
    let (code, what) = ("unreadable-operation", "the operation");
    typed(copied, at, code, what, copy.report)
}

/// The servers of a path.
fn servers(copy: &mut Copy<'_>, item: &Pointer) -> Option<Value> {
    let at = item.key("servers");
    let list = at.get(copy.root)?.as_array()?;
    let servers = list.iter().enumerate();
    Some(
        servers
            .filter_map(|(i, server)| copy.object(server, &at.index(i), &SERVER))
            .collect(),
    )
}

pub(super) fn body(copy: &mut Copy<'_>, at: &Pointer) -> Option<Site<RequestBody>> {
    if at.get(copy.root)?.is_null() {
        copy.report.note(
            "null-field",
            at,
            "null stands where a request body belongs",
            "",
        );
        return None;
    }
    let Target {
        at,
        value,
        description,
    } = follow(copy.root, at, copy.report)?;
    let value = copied(copy, (value, description), &at, &BODY)?;
    let item = typed(
        value,
        &at,
        "unreadable-body",
        "the request body",
        copy.report,
    )?;
    Some(Site { at, item })
}

/// A unit, copied, with the description that stands beside the reference to it.
fn copied(
    copy: &mut Copy<'_>,
    (value, description): (&Value, Option<&str>),
    at: &Pointer,
    shape: &Shape,
) -> Option<Value> {
    let mut value = copy.object(value, at, shape)?;
    if let (Some(description), Some(object)) = (description, value.as_object_mut()) {
        object.insert("description".to_owned(), description.into());
    }
    Some(value)
}

fn responses(
    copy: &mut Copy<'_>,
    shared: &mut Shared,
    operation: &Pointer,
) -> Vec<(Option<StatusCode>, Site<Response>)> {
    let at = operation.key("responses");
    let map = match at.get(copy.root) {
        Some(Value::Object(map)) => map,
        Some(Value::Null) | None => {
            copy.report.note(
                "missing-responses",
                operation,
                "the operation has no `responses`",
                "",
            );
            return Vec::new();
        }
        Some(_) => {
            copy.report.warning(
                "wrong-type",
                &at,
                "a map of responses belongs here",
                "it is left out",
            );
            return Vec::new();
        }
    };
    let mut responses: Vec<(Option<StatusCode>, Site<Response>)> = Vec::new();
    for (key, value) in map {
        let at = at.key(key);
        let Some(status) = status(key, &at, copy.report) else {
            continue;
        };
        if responses.iter().any(|(known, _)| *known == status) {
            copy.report.warning(
                "duplicate-response",
                &at,
                format!("`{key}` stands here twice"),
                "the first one is used",
            );
            continue;
        }
        let response = response(copy, shared, (value, &at), (operation, key));
        responses.extend(response.map(|response| (status, response)));
    }
    responses
}

fn response(
    copy: &mut Copy<'_>,
    shared: &mut Shared,
    (value, at): (&Value, &Pointer),
    (operation, status): (&Pointer, &str),
) -> Option<Site<Response>> {
    if value.is_null() {
        copy.report
            .note("null-field", at, "null stands where a response belongs", "");
        let value = json!({"description": ""});
        return read_response(copy, at.clone(), value);
    }
    let Target {
        at: place,
        value,
        description,
    } = follow(copy.root, at, copy.report)?;
    let same_for_all = copy.dialect == Dialect::OpenApi3 && description.is_none();
    if same_for_all && let Some(known) = shared.get(&place) {
        return known.clone();
    }
    let is_shared = same_for_all && place != *at;
    let shape = copy.dialect.pick(&RESPONSE, &swagger2::RESPONSE);
    let value = copied(copy, (value, description), &place, shape)?;
    let value = match copy.dialect {
        Dialect::OpenApi3 => value,
        Dialect::Swagger2 => swagger2::response(copy, value, &place, operation, status),
    };
    let response = read_response(copy, place.clone(), value);
    if is_shared {
        shared.insert(place, response.clone());
    }
    response
}

fn read_response(copy: &mut Copy<'_>, at: Pointer, value: Value) -> Option<Site<Response>> {
    let (code, what) = ("unreadable-response", "the response");
    let item = typed(value, &at, code, what, copy.report)?;
    Some(Site { at, item })
}

/// Reads `200`, `4XX`, `default`. The outer `None` is no status at all.
fn status(key: &str, at: &Pointer, report: &mut Report) -> Option<Option<StatusCode>> {
    if key.starts_with("x-") {
        return None;
    }
    let text = key.trim().to_ascii_uppercase();
    let status = match text.as_bytes() {
        b"DEFAULT" => Some(None),
        [class @ b'1'..=b'5', b'X', b'X'] => Some(Some(StatusCode::Range(u16::from(class - b'0')))),
        [b'1'..=b'9', b'0'..=b'9', b'0'..=b'9'] => {
            text.parse().ok().map(|code| Some(StatusCode::Code(code)))
        }
        _ => None,
    };
    match &status {
        None => {
            let message = format!("`{key}` is no status");
            report.warning(
                "unknown-status",
                at,
                message,
                "write 200, 4XX or default; the response is left out",
            );
        }
        Some(_) if key != "default" && key != text => {
            report.note(
                "status-spelling",
                at,
                format!("`{key}` is read as `{text}`"),
                "",
            );
        }
        Some(_) => {}
    }
    status
}
