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

#[cfg(test)]
mod tests;
