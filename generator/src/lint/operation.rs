//! Rules about paths and operations.
//!
//! May not look at schemas.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::StatusCode;

use crate::read::Operation;
use crate::source::Pointer;

use super::Context;

/// Checks all paths and operations.
pub(super) fn check(cx: &mut Context<'_>) {
    let document = cx.document;
    let mut ids: BTreeMap<&str, &Pointer> = BTreeMap::new();
    for operation in &document.operations {
        check_responses(cx, operation);
        check_security(cx, operation);
        let bodiless = ["GET", "HEAD", "DELETE"].contains(&operation.method.as_str());
        if let (true, Some(_)) = (bodiless, &operation.body) {
            let message = format!("a body with {} means nothing to HTTP", operation.method);
            let help = "it is sent all the same; servers and proxies may drop it";
            let at = match cx.swagger {
                true => operation.body.as_ref().map(|body| body.at.clone()),
                false => Some(operation.at.key("requestBody")),
            };
            let at = at.unwrap_or_else(|| operation.at.clone());
            cx.report.note("body-without-meaning", &at, message, help);
        }
        match operation.item.operation_id.as_deref() {
            None | Some("") => {
                let message = "the operation has no `operationId`";
                cx.report.note(
                    "missing-operation-id",
                    &operation.at,
                    message,
                    "it is named after method and path",
                );
            }
            Some(id) => match ids.get(id) {
                Some(first) => {
                    let message = format!("the operationId `{id}` is taken by {first}");
                    let at = operation.at.key("operationId");
                    cx.report
                        .warning("duplicate-operation-id", &at, message, "");
                }
                None => {
                    ids.insert(id, &operation.at);
                }
            },
        }
    }
    check_paths(cx);
    check_tags(cx);
}

fn check_responses(cx: &mut Context<'_>, operation: &Operation) {
    let at = operation.at.key("responses");
    let success = |status: &Option<StatusCode>| match status {
        None => true,
        Some(StatusCode::Code(code)) => *code < 400,
        Some(StatusCode::Range(class)) => *class < 4,
    };
    if !operation.responses.is_empty()
        && !operation
            .responses
            .iter()
            .any(|(status, _)| success(status))
    {
        let message = "no response says what comes back on success";
        cx.report.warning(
            "missing-success-response",
            &at,
            message,
            "the answer is taken as it comes",
        );
    }
    for (status, response) in &operation.responses {
        if let Some(StatusCode::Code(code @ (204 | 205 | 304))) = status
            && !response.item.content.is_empty()
        {
            let key = match cx.swagger {
                true => "schema",
                false => "content",
            };
            let message = format!("{code} has no body in HTTP, but `{key}` describes one");
            let at = response.at.key(key);
            cx.report.warning("content-without-body", &at, message, "");
        }
    }
}

fn check_security(cx: &mut Context<'_>, operation: &Operation) {
    let own = operation
        .item
        .security
        .as_ref()
        .map(|list| (operation.at.key("security"), list));
    let (at, list) = own.unwrap_or((Pointer::root().key("security"), &cx.document.security));
    for (i, requirement) in list.iter().enumerate() {
        for name in requirement.keys() {
            let declared = cx.document.security_schemes_at().key(name);
            if cx.document.get(&declared).is_none() {
                let message = format!("no security scheme is called `{name}`");
                cx.report.warning(
                    "unknown-security-scheme",
                    &at.index(i).key(name),
                    message,
                    "",
                );
            }
        }
    }
}

fn check_paths(cx: &mut Context<'_>) {
    let mut templates: BTreeMap<String, &str> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    let document = cx.document;
    for operation in &document.operations {
        let path = operation.path.as_str();
        if !seen.insert(path) {
            continue;
        }
        let at = operation.at.parent().unwrap_or_default();
        if path.len() > 1 && path.ends_with('/') {
            let message = format!("the path `{path}` ends with a slash");
            cx.report
                .note("trailing-slash", &at, message, "it is sent as written");
        }
        if path.contains(['?', '#']) {
            let message = format!("the path `{path}` holds more than a path");
            let help = "declare query parameters; what follows `#` is never sent";
            cx.report.warning("path-with-query", &at, message, help);
        }
        let shape = nameless(path);
        match templates.get(&shape) {
            Some(other) => {
                let message = format!(
                    "the paths `{path}` and `{other}` differ only in the names of parameters"
                );
                cx.report.warning("equal-paths", &at, message, "");
            }
            None => {
                templates.insert(shape, path);
            }
        }
    }
}

/// A template without the names in it: `/a/{id}` gives `/a/{}`.
fn nameless(template: &str) -> String {
    let mut shape = String::new();
    let mut inside = false;
    for part in template.chars() {
        match part {
            '{' => inside = true,
            '}' => inside = false,
            _ if inside => continue,
            _ => {}
        }
        shape.push(part);
    }
    shape
}

fn check_tags(cx: &mut Context<'_>) {
    let mut names = BTreeSet::new();
    for tag in &cx.document.tags {
        if !names.insert(tag.name.as_str()) {
            let at = Pointer::root().key("tags");
            cx.report.warning(
                "duplicate-tag",
                &at,
                format!("the tag `{}` stands there twice", tag.name),
                "",
            );
        }
    }
}
