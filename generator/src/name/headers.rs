//! The scope of headers of answers: constants.

use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use super::{Pins, named, pin};
use crate::ir::{Header, Name, Slot};
use crate::report::Report;

/// Names the constants.
pub fn headers(headers: Vec<Header<Slot>>, pins: &Pins, report: &mut Report) -> Vec<Header<Name>> {
    let scope = Scope {
        case: Case::Shouty,
        reserved: &[],
        endings: &[],
        fallback: "header",
    };
    let wanted: Vec<Wanted> = headers
        .iter()
        .map(|header| Wanted {
            slot: &header.name,
            given: pin(pins, &header.name.place),
        })
        .collect();
    let names = settle(&scope, &wanted, report);
    let headers = headers.into_iter().zip(names);
    headers
        .map(|(header, ident)| Header {
            name: named(header.name, ident),
            wire: header.wire,
            ty: header.ty,
            doc: header.doc,
        })
        .collect()
}
