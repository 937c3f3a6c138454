//! The units at the top of a document, each read on its own: one bad unit costs that unit only.
//!
//! May not fail: what cannot be read is reported and left out.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Info, SecurityRequirement, SecurityScheme, Server, Tag};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::report::Report;
use crate::source::Pointer;

use super::copy::Copy;
use super::link::Settled;
use super::resolve::follow;
use super::shape::{INFO, SCHEME, SERVER, Shape, TAG};
use super::version::Dialect;
use super::{Document, hook, operation, path, swagger2};

/// Builds the document from its JSON.
pub(super) fn build(
    mut root: Value,
    version: String,
    settled: Settled,
    report: &mut Report,
) -> Document {
    let dialect = Dialect::of(&version);
    path::declare_missing(&mut root, dialect, report);
    match dialect {
        Dialect::OpenApi3 => unused(&root, FIELDS, report),
        Dialect::Swagger2 => {
            unused(&root, swagger2::FIELDS, report);
            swagger2::add_forms(&mut root, report);
        }
    }
    let mut copy = Copy {
        root: &root,
        dialect,
        report,
    };
    let info = info(&mut copy);
    let servers = match dialect {
        Dialect::OpenApi3 => units::<Server>(&mut copy, "servers", &SERVER),
        Dialect::Swagger2 => swagger2::servers(&mut copy),
    };
    let tags = units::<Tag>(&mut copy, "tags", &TAG);
    let security_schemes = match dialect {
        Dialect::OpenApi3 => security_schemes(&mut copy),
        Dialect::Swagger2 => swagger2::schemes(&mut copy),
    };
    let security = security(&mut copy);
    let operations = operation::all(&mut copy, &version);
    let hooks = hook::all(&mut copy, &operations);
    Document {
        version,
        info,
        servers,
        tags,
        operations,
        hooks,
        security_schemes,
        security,
        is_whole: true,
        root,
        names: names(&settled.homes),
        homes: settled.homes,
        parts: settled.parts,
    }
}

fn names(homes: &BTreeMap<Pointer, Pointer>) -> BTreeMap<Pointer, Pointer> {
    let homes = homes.iter();
    homes
        .map(|(component, home)| (home.clone(), component.clone()))
        .collect()
}

/// Reads a mended unit; one that `openapiv3` refuses all the same is reported with its words.
pub(super) fn typed<T: DeserializeOwned>(
    value: Value,
    at: &Pointer,
    code: &'static str,
    what: &str,
    report: &mut Report,
) -> Option<T> {
    match serde_json::from_value(value) {
        Ok(unit) => Some(unit),
        Err(error) => {
            report.warning(
                code,
                at,
                format!("{what} cannot be read: {error}"),
                "it is left out",
            );
            None
        }
    }
}

fn info(copy: &mut Copy<'_>) -> Info {
    let at = Pointer::root().key("info");
    let empty = json!({});
    let value = copy.root.get("info").unwrap_or(&empty);
    let info = copy.object(value, &at, &INFO);
    info.and_then(|info| typed(info, &at, "unreadable-info", "info", copy.report))
        .unwrap_or_default()
}

fn units<T: DeserializeOwned>(copy: &mut Copy<'_>, key: &str, shape: &Shape) -> Vec<T> {
    let at = Pointer::root().key(key);
    let list = match copy.root.get(key) {
        None => return Vec::new(),
        Some(Value::Null) => {
            copy.report
                .note("null-field", &at, "null stands where a list belongs", "");
            return Vec::new();
        }
        Some(Value::Array(list)) => list,
        Some(_) => {
            copy.report
                .warning("wrong-type", &at, "a list belongs here", "it is left out");
            return Vec::new();
        }
    };
    let mut units = Vec::new();
    for (i, value) in list.iter().enumerate() {
        let at = at.index(i);
        let unit = copy.object(value, &at, shape);
        units.extend(
            unit.and_then(|unit| typed(unit, &at, "unreadable-unit", shape.what, copy.report)),
        );
    }
    units
}

fn security(copy: &mut Copy<'_>) -> Vec<SecurityRequirement> {
    let at = Pointer::root().key("security");
    match copy.root.get("security") {
        None | Some(Value::Null) => Vec::new(),
        Some(value) => {
            let value = copy.security(value, &at);
            typed(value, &at, "unreadable-security", "security", copy.report).unwrap_or_default()
        }
    }
}

fn security_schemes(copy: &mut Copy<'_>) -> IndexMap<String, SecurityScheme> {
    let at = Pointer::root().key("components").key("securitySchemes");
    let mut schemes = IndexMap::new();
    let Some(map) = at.get(copy.root).and_then(Value::as_object) else {
        return schemes;
    };
    for name in map.keys() {
        let Some(target) = follow(copy.root, &at.key(name), copy.report) else {
            continue;
        };
        if target.value.get("type").and_then(Value::as_str) == Some("mutualTLS") {
            let message = format!(
                "`{name}` is proved by the connection (mutual TLS), nothing is sent for it"
            );
            copy.report.note("mutual-tls", &target.at, message, "");
            continue;
        }
        let Some(scheme) = copy.object(target.value, &target.at, &SCHEME) else {
            continue;
        };
        let scheme = typed(
            scheme,
            &target.at,
            "unreadable-security-scheme",
            "the security scheme",
            copy.report,
        );
        schemes.extend(scheme.map(|scheme| (name.clone(), scheme)));
    }
    schemes
}

/// The fields of a document.
const FIELDS: &[&str] = &[
    "openapi",
    "info",
    "servers",
    "paths",
    "components",
    "security",
    "tags",
    "externalDocs",
    "swagger",
    "$self",
    "jsonSchemaDialect",
    "webhooks",
];

/// Says which parts of the document are not used, and which keys it should not have.
fn unused(root: &Value, known: &[&str], report: &mut Report) {
    for key in root
        .as_object()
        .into_iter()
        .flat_map(|object| object.keys())
    {
        let at = Pointer::root().key(key);
        if !known.contains(&key.as_str()) && !key.starts_with("x-") {
            report.note(
                "unknown-field",
                &at,
                format!("`{key}` is no field of a document"),
                "",
            );
        }
    }
}
