//! Path templates: what they name, and who declares it.
//!
//! May not read a unit through `openapiv3`.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::limits::worth;
use crate::report::Report;
use crate::source::Pointer;

use super::resolve::follow;
use super::version::Dialect;

/// The methods a path item may have, as it writes them.
pub(super) const METHODS: &[&str] = &[
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

/// A piece of a template.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'t> {
    /// As it stands.
    Text(&'t str),
    /// A name in braces.
    Name(&'t str),
}

/// A template without its fragment, which never reaches a server, in pieces. A brace without its
/// other one is text.
///
/// For example: `/a/{id}.json` gives `/a/`, the name `id`, `.json`.
pub(crate) fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template.split('#').next().unwrap_or_default();
    while let Some((before, after)) = rest.split_once('}') {
        match before.rsplit_once('{') {
            Some((text, name)) => pieces.extend([Piece::Text(text), Piece::Name(name)]),
            None => pieces.extend([Piece::Text(before), Piece::Text("}")]),
        }
        rest = after;
    }
    pieces.push(Piece::Text(rest));
    pieces.retain(|piece| *piece != Piece::Text(""));
    pieces
}

/// The names in braces, each once, in order.
///
/// For example: `/a/{id}/b/{id}/{c}` gives `id`, `c`.
pub(crate) fn names(template: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    let names = pieces(template)
        .into_iter()
        .filter_map(|piece| match piece {
            Piece::Name(name) => Some(name),
            Piece::Text(_) => None,
        });
    names.filter(|name| seen.insert(*name)).collect()
}

/// Each path with its item, references followed. Keys that are no path are left out: `operation::all`
/// reports them.
pub(super) fn items(root: &Value, report: &mut Report) -> Vec<(String, Pointer)> {
    let at = Pointer::root().key("paths");
    let mut items = Vec::new();
    for (path, item) in at
        .get(root)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if path.starts_with("x-") && !item.is_object() || item.is_null() {
            continue;
        }
        if let Some(target) = follow(root, &at.key(path), report) {
            items.push((path.clone(), target.at));
        }
    }
    items
}

/// The operations of a path item: method (upper case) and place, in document order.
pub(super) fn operations(root: &Value, item: &Pointer) -> Vec<(String, Pointer)> {
    let mut operations = Vec::new();
    for (key, value) in item
        .get(root)
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        if METHODS.contains(&key.as_str()) && !value.is_null() {
            operations.push((key.to_ascii_uppercase(), item.key(key)));
        }
        if key == "additionalOperations" {
            let more = value.as_object().into_iter().flatten();
            let more = more.filter(|(method, _)| is_method(method));
            operations.extend(more.map(|(method, _)| (method.clone(), item.key(key).key(method))));
        }
    }
    operations
}

/// Whether a text can be the method of a request: a token of HTTP.
pub(super) fn is_method(text: &str) -> bool {
    let token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    !text.is_empty() && text.chars().all(token)
}

/// Adds a text parameter for each name in a path that no parameter declares.
pub(super) fn declare_missing(root: &mut Value, dialect: Dialect, report: &mut Report) {
    // Broken references are reported when the units are read.
    let mut ignored = Report::default();
    let mut missing = Vec::new();
    for (path, item) in items(root, &mut ignored) {
        for (_, operation) in operations(root, &item) {
            let lists = [item.key("parameters"), operation.key("parameters")];
            let declared: BTreeSet<String> = lists
                .iter()
                .flat_map(|list| declared(root, list, &mut ignored))
                .collect();
            let names = names(&path).into_iter();
            let names = names.filter(|name| !declared.contains(*name));
            let names: Vec<String> = names.map(str::to_owned).collect();
            missing.push((operation, names));
        }
    }
    let most = report.limits().values;
    let mut left = most;
    for (operation, names) in missing {
        let cost = WITH_ITS_FINDINGS * worth(operation.as_str().len());
        let Some(rest) = left.checked_sub(cost.saturating_mul(names.len())) else {
            let message = format!(
                "with names in paths that nobody declares, there are more than {most} values"
            );
            return report.beyond("values", &operation, message);
        };
        left = rest;
        for name in names {
            add(root, &operation, name, dialect, report);
        }
    }
}

/// How often the way to a parameter is spelled, by what it has and by what is said of it.
const WITH_ITS_FINDINGS: usize = 10;

fn add(root: &mut Value, operation: &Pointer, name: String, dialect: Dialect, report: &mut Report) {
    let Some(object) = operation.get_mut(root).and_then(Value::as_object_mut) else {
        return;
    };
    let message = format!("the path names `{{{name}}}`, but no parameter declares it");
    report.warning(
        "undeclared-path-parameter",
        operation,
        message,
        "it is taken as text",
    );
    let list = object.entry("parameters").or_insert_with(|| json!([]));
    if !list.is_array() {
        *list = json!([]);
    }
    let parameter = match dialect {
        Dialect::OpenApi3 => {
            json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
        }
        Dialect::Swagger2 => {
            json!({"name": name, "in": "path", "required": true, "type": "string"})
        }
    };
    list.as_array_mut()
        .into_iter()
        .for_each(|list| list.push(parameter.clone()));
}

fn declared(root: &Value, list: &Pointer, report: &mut Report) -> Vec<String> {
    let count = list.get(root).and_then(Value::as_array).map_or(0, Vec::len);
    let mut names = Vec::new();
    for i in 0..count {
        let Some(target) = follow(root, &list.index(i), report) else {
            continue;
        };
        if target.value.get("in").and_then(Value::as_str) == Some("path") {
            names.extend(
                target
                    .value
                    .get("name")
                    .and_then(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_a_template() {
        let check =
            |template: &str, expected: &[&str]| assert_eq!(names(template), expected, "{template}");
        check("/", &[]);
        check("/a/{id}/b/{id}/{c}.{d}", &["id", "c", "d"]);
        check("/{a/{b}", &["b"]);
        check("/{{a}}/{b}:act/{c}-{d}", &["a", "b", "c", "d"]);
        check("/a#{b}", &[]);
        check("/a?b={c}", &["c"]);
        check("/{}", &[""]);
        check("/{a", &[]);
        check("/a}", &[]);
    }
}
