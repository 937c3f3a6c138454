//! The scope of security schemes: functions of the client's builder.

use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use super::{Pins, named, pin};
use crate::ir::{Name, Scheme, Slot};
use crate::report::Report;

/// What the builder of a client has besides them.
const BUILDER: &[&str] = &[
    "base_url",
    "borrow",
    "borrow_mut",
    "build",
    "clone",
    "connect_timeout",
    "credential",
    "header",
    "hook",
    "http_client",
    "idempotency_header",
    "into",
    "max_body_bytes",
    "new",
    "rate_limit",
    "recorder",
    "retry",
    "server",
    "timeout",
    "to_owned",
    "transport",
    "try_into",
    "type_id",
    "user_agent",
];

/// Names the functions that take secrets.
pub fn schemes(schemes: Vec<Scheme<Slot>>, pins: &Pins, report: &mut Report) -> Vec<Scheme<Name>> {
    let scope = Scope {
        case: Case::Snake,
        reserved: BUILDER,
        endings: &[],
        fallback: "credential",
    };
    let wanted: Vec<Wanted> = schemes
        .iter()
        .map(|scheme| Wanted {
            slot: &scheme.name,
            given: pin(pins, &scheme.name.place),
        })
        .collect();
    let names = settle(&scope, &wanted, report);
    let schemes = schemes.into_iter().zip(names);
    schemes
        .map(|(scheme, ident)| Scheme {
            name: named(scheme.name, ident),
            wire: scheme.wire,
            proof: scheme.proof,
            tokens: scheme.tokens,
            doc: scheme.doc,
        })
        .collect()
}
