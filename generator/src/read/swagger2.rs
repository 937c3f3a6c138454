//! Swagger 2.0: what its units are in the words of OpenAPI 3, unit by unit.
//!
//! May not move a schema: wherever the 2.0 text has one, the unit refers to it there. The one schema
//! the text does not have, a form made of `formData` parameters, is added to the operation ([`FORM`]).

mod body;
mod media;
mod parameter;
mod response;
mod security;
mod server;
mod shape;

use std::collections::BTreeSet;

use serde_json::Value;

use crate::report::Report;
use crate::source::Pointer;

use super::resolve::local;

pub(super) use body::{FORM, add_forms, body};
pub(super) use parameter::{is_sent_in_body, parameter};
pub(super) use response::response;
pub(super) use security::schemes;
pub(super) use server::{own, servers};
pub(super) use shape::{OPERATION, PARAMETER, RESPONSE};

/// The fields of a document.
pub(super) const FIELDS: &[&str] = &[
    "swagger",
    "info",
    "host",
    "basePath",
    "schemes",
    "consumes",
    "produces",
    "paths",
    "definitions",
    "parameters",
    "responses",
    "securityDefinitions",
    "security",
    "tags",
    "externalDocs",
];

/// Says which definitions are extended by others that only a discriminator's value tells apart.
pub(super) fn note_inheritance(root: &Value, report: &mut Report) {
    let at = Pointer::root().key("definitions");
    let definitions = at.get(root).and_then(Value::as_object);
    let members = definitions
        .into_iter()
        .flat_map(|definitions| definitions.values())
        .filter_map(|definition| definition.get("allOf").and_then(Value::as_array))
        .flatten();
    let extended: BTreeSet<Pointer> = members
        .filter_map(|member| local(root, member.get("$ref")?.as_str()?))
        .collect();
    for (name, definition) in definitions.into_iter().flatten() {
        let at = at.key(name);
        let member = definition.get("discriminator").and_then(Value::as_str);
        if let (Some(member), true) = (member, extended.contains(&at)) {
            let message = format!("`{member}` tells which definition extends `{name}`");
            let help = "where this one is named, a value is read as this one, not as the other";
            report.note(
                "discriminator-by-inheritance",
                &at.key("discriminator"),
                message,
                help,
            );
        }
    }
}

#[cfg(test)]
mod tests;
