//! The parameters of an operation: those of its path and its own, references resolved.
//!
//! May not let two parameters of the same name and place through.

use openapiv3::Parameter;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

use crate::source::Pointer;

use super::Site;
use super::copy::Copy;
use super::document::typed;
use super::path::names;
use super::resolve::{Target, follow};
use super::shape::PARAMETER;
use super::swagger2;
use super::version::Dialect;

/// The styles a parameter may have in each place.
const STYLES: &[(&str, &[&str])] = &[
    (
        "query",
        &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    ),
    ("path", &["simple", "label", "matrix"]),
    ("header", &["simple"]),
    ("cookie", &["form"]),
];

/// Marks a parameter that is all of the query (`in: querystring`), which is read as one in the query.
pub(crate) const WHOLE_QUERY: &str = "x-restwright-querystring";

/// All parameters of an operation: those of its path first; its own override them.
pub(super) fn all(
    copy: &mut Copy<'_>,
    template: &str,
    item: &Pointer,
    operation: &Pointer,
) -> Vec<Site<Parameter>> {
    let named: BTreeSet<&str> = names(template).into_iter().collect();
    let own = list(copy, &named, &operation.key("parameters"));
    let mut all = list(copy, &named, &item.key("parameters"));
    let known: BTreeSet<_> = own.iter().map(|own| identity(&own.item)).collect();
    all.retain(|shared| !known.contains(&identity(&shared.item)));
    all.extend(own);
    all
}

fn list(copy: &mut Copy<'_>, named: &BTreeSet<&str>, at: &Pointer) -> Vec<Site<Parameter>> {
    let count = match at.get(copy.root) {
        None => 0,
        Some(Value::Array(list)) => list.len(),
        Some(Value::Null) => {
            copy.report.note(
                "null-field",
                at,
                "null stands where a list of parameters belongs",
                "",
            );
            0
        }
        Some(_) => {
            copy.report.warning(
                "wrong-type",
                at,
                "a list of parameters belongs here",
                "it is left out",
            );
            0
        }
    };
    let mut sites: Vec<Site<Parameter>> = Vec::new();
    let mut known = BTreeSet::new();
    for i in 0..count {
        let Some(site) = one(copy, named, &at.index(i)) else {
            continue;
        };
        if !known.insert(identity(&site.item)) {
            let message = format!(
                "the parameter `{}` stands here twice",
                site.item.parameter_data_ref().name
            );
            copy.report.warning(
                "duplicate-parameter",
                &at.index(i),
                message,
                "the first one is used",
            );
            continue;
        }
        sites.push(site);
    }
    sites
}

fn one(copy: &mut Copy<'_>, named: &BTreeSet<&str>, at: &Pointer) -> Option<Site<Parameter>> {
    let Target {
        at,
        value,
        description,
    } = follow(copy.root, at, copy.report)?;
    let dialect = copy.dialect;
    if dialect == Dialect::Swagger2 && swagger2::is_sent_in_body(value) {
        return None;
    }
    let shape = dialect.pick(&PARAMETER, &swagger2::PARAMETER);
    let Some(Value::Object(mut parameter)) = copy.object(value, &at, shape) else {
        return None;
    };
    match dialect {
        Dialect::OpenApi3 => {}
        Dialect::Swagger2 => swagger2::parameter(copy, &mut parameter, value, &at),
    }
    if let Some(description) = description {
        parameter.insert("description".to_owned(), description.into());
    }
    mend(copy, named, &mut parameter, &at)?;
    let item = typed(
        Value::Object(parameter),
        &at,
        "unreadable-parameter",
        "the parameter",
        copy.report,
    )?;
    Some(Site { at, item })
}

/// `None` when there is nothing to save.
fn mend(
    copy: &mut Copy<'_>,
    named: &BTreeSet<&str>,
    parameter: &mut Map<String, Value>,
    at: &Pointer,
) -> Option<()> {
    let Some(name) = parameter
        .get("name")
        .and_then(Value::as_str)
        .map(str::to_owned)
    else {
        copy.report.warning(
            "nameless-parameter",
            at,
            "the parameter has no name",
            "it is left out",
        );
        return None;
    };
    if parameter.get("in").and_then(Value::as_str) == Some("querystring") {
        parameter.insert("in".to_owned(), "query".into());
        parameter.insert(WHOLE_QUERY.to_owned(), true.into());
    }
    let place = parameter
        .get("in")
        .and_then(Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let Some((_, styles)) = STYLES.iter().find(|(known, _)| *known == place) else {
        let message = format!("the parameter `{name}` is in `{place}`, which is no place");
        let help = "it is left out; known are query, querystring, path, header and cookie";
        copy.report
            .warning("unknown-parameter-place", at, message, help);
        return None;
    };
    if place == "path" && !named.contains(name.as_str()) {
        let message = format!("the path has no `{{{name}}}`");
        copy.report.warning(
            "parameter-not-in-path",
            at,
            message,
            "the parameter is left out",
        );
        return None;
    }
    if place == "path" && parameter.get("required") != Some(&Value::Bool(true)) {
        copy.report.note(
            "optional-path-parameter",
            at,
            format!("the path parameter `{name}` has to be required"),
            "",
        );
        parameter.insert("required".to_owned(), Value::Bool(true));
    }
    let style = parameter.get("style").and_then(Value::as_str);
    // The one of 3.2 differs from the one before only in what is percent-encoded.
    if (place.as_str(), style) == ("cookie", Some("cookie")) {
        parameter.shift_remove("style");
        return Some(());
    }
    if let Some(style) = style.filter(|style| !styles.contains(style)) {
        let message = format!("`{style}` is no style of a {place} parameter");
        copy.report.warning(
            "unknown-style",
            &at.key("style"),
            message,
            "the default style is used",
        );
        parameter.shift_remove("style");
    }
    Some(())
}

/// What makes two parameters the same: place and name, the latter without case for headers.
fn identity(parameter: &Parameter) -> (u8, String) {
    let name = parameter.parameter_data_ref().name.clone();
    match parameter {
        Parameter::Query { .. } => (0, name),
        Parameter::Path { .. } => (1, name),
        Parameter::Header { .. } => (2, name.to_ascii_lowercase()),
        Parameter::Cookie { .. } => (3, name),
    }
}
