//! OpenAPI Overlay 1.0 and 1.1: where the real interface differs from its document.
//!
//! May not stop: an action that cannot be applied is an error at its place in the overlay, and the
//! others are applied, so that a user sees all errors at once.

mod action;
mod cost;
mod extends;
mod merge;
mod node;

use serde_json::{Map, Value};

use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Pointer, Source};

pub use extends::extends;

/// The most of an action's description that messages repeat.
const MAX_TITLE: usize = 60;

/// Applies the actions of an overlay to a document, in order, each to what the ones before it made.
pub(super) fn apply(
    root: &mut Value,
    document: &Source,
    overlay: &Value,
    source: &Source,
    report: &mut Report,
) {
    let mut cx = Context {
        source,
        report,
        action: String::new(),
        has_copy: true,
    };
    let at = Pointer::root();
    let Some(object) = overlay.as_object() else {
        let message = "an overlay has to be an object";
        return cx.error("not-an-overlay", &at, message);
    };
    let Some(version) = object.get("overlay") else {
        let message = "`overlay` with the version is missing";
        return cx.error("not-an-overlay", &at, message);
    };
    cx.has_copy = version_has_copy(version, &at.key("overlay"), &mut cx);
    cx.unknown_keys(object, &at, &["overlay", "info", "extends", "actions"]);
    info(object, &at, &mut cx);
    extends::check(object, document, &at, &mut cx);
    match object.get("actions") {
        Some(Value::Array(actions)) if !actions.is_empty() => {
            for (i, value) in actions.iter().enumerate() {
                let here = at.key("actions").index(i);
                if !cx.report.in_time(&here) {
                    return;
                }
                cx.action = action_title(i, value);
                action::apply(root, value, &at.key("actions").index(i), &mut cx);
            }
        }
        Some(Value::Array(_)) => {
            cx.warning("empty-overlay", &at.key("actions"), "`actions` is empty");
        }
        Some(_) => cx.error(
            "not-an-overlay",
            &at.key("actions"),
            "`actions` has to be a list",
        ),
        None => cx.warning("empty-overlay", &at, "the overlay has no `actions`"),
    }
}

/// What is the same for all actions of an overlay.
struct Context<'c> {
    source: &'c Source,
    report: &'c mut Report,
    /// The action that is being applied, as its author would find it; empty before the first.
    action: String,
    /// Whether the version that the overlay states has `copy`.
    has_copy: bool,
}

impl Context<'_> {
    fn error(&mut self, code: &'static str, at: &Pointer, message: &str) {
        self.add(Severity::Error, code, at, message, None);
    }

    fn warning(&mut self, code: &'static str, at: &Pointer, message: &str) {
        self.add(Severity::Warning, code, at, message, None);
    }

    fn add(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: &Pointer,
        message: &str,
        help: Option<&str>,
    ) {
        let message = match self.action.as_str() {
            "" => message.to_owned(),
            action => format!("{action}: {message}"),
        };
        self.report.add(Diagnostic {
            severity,
            code,
            pointer: at.clone(),
            message,
            help: help.map(str::to_owned),
            file: self.source.name.clone(),
            place: None,
        });
    }

    fn unknown_keys(&mut self, object: &Map<String, Value>, at: &Pointer, known: &[&str]) {
        for key in object.keys() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                let message = format!("`{key}` is not known here and does nothing");
                self.warning("unknown-overlay-key", &at.key(key), &message);
            }
        }
    }

    /// Tells a member that should be text and is something else.
    fn expect_text(&mut self, object: &Map<String, Value>, key: &str, at: &Pointer) {
        if object.get(key).is_some_and(|value| !value.is_string()) {
            let message = format!("`{key}` has to be text");
            self.warning("bad-overlay-info", &at.key(key), &message);
        }
    }
}

/// Whether a version has `copy`; one that is not known is read like 1.1.
fn version_has_copy(version: &Value, at: &Pointer, cx: &mut Context<'_>) -> bool {
    let text = match version {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut parts = text.split('.');
    match (parts.next(), parts.next()) {
        (Some("1"), Some("0")) => false,
        (Some("1"), Some("1")) => true,
        _ => {
            let message = format!("`{text}` is no version this tool reads: 1.0 and 1.1 are");
            cx.warning("overlay-version", at, &message);
            true
        }
    }
}

/// Nothing is made of it, but it has to be there.
fn info(overlay: &Map<String, Value>, at: &Pointer, cx: &mut Context<'_>) {
    let code = "bad-overlay-info";
    let Some(info) = overlay.get("info") else {
        return cx.warning(code, at, "`info` with title and version is missing");
    };
    let at = at.key("info");
    let Some(info) = info.as_object() else {
        return cx.warning(code, &at, "`info` has to be an object");
    };
    for key in ["title", "version"] {
        if !info.contains_key(key) {
            cx.warning(code, &at, &format!("`{key}` is missing"));
        }
    }
    for key in ["title", "version", "description"] {
        cx.expect_text(info, key, &at);
    }
    cx.unknown_keys(info, &at, &["title", "version", "description"]);
}

/// For example `actions[2] (Status 0 arrives as well)`.
fn action_title(index: usize, action: &Value) -> String {
    let described = action.get("description").and_then(Value::as_str);
    let line = described.and_then(|text| text.lines().find(|line| !line.trim().is_empty()));
    let Some(line) = line.map(|line| line.trim().trim_end_matches('.')) else {
        return format!("actions[{index}]");
    };
    match line.char_indices().nth(MAX_TITLE) {
        Some((end, _)) => format!("actions[{index}] ({}…)", line[..end].trim_end()),
        None => format!("actions[{index}] ({line})"),
    }
}

#[cfg(test)]
mod tests;
