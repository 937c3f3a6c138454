//! Oddities of a document that reading it does not stumble over: each a warning or a note with a
//! stable code and the pointer of the node.
//!
//! May not change the document and may not know any document in particular: every rule follows from
//! the specifications. Rules that would cry at places where nothing is wrong do not belong here.

mod keyword;
mod label;
mod operation;
mod reference;
mod schema;
#[cfg(test)]
mod tests;
mod value;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::read::{Dialect, Document};
use crate::report::Report;
use crate::source::Pointer;

/// Looks at every schema and every operation of a document.
pub fn lint(document: &Document, report: &mut Report) {
    let mut cx = Context {
        document,
        report,
        modern: document.has_json_schema(),
        swagger: document.dialect() == Dialect::Swagger2,
        composed: BTreeSet::new(),
        required: Vec::new(),
        tallies: BTreeMap::new(),
    };
    operation::check(&mut cx);
    walk::document(&mut cx);
    schema::check_required(&mut cx);
    reference::check_unused(&mut cx);
    cx.report_tallies();
}

/// What the rules share.
struct Context<'c> {
    document: &'c Document,
    report: &'c mut Report,
    /// OpenAPI 3.1 or later.
    modern: bool,
    /// Swagger 2.0.
    swagger: bool,
    /// Schemas that some `allOf`, `oneOf` or `anyOf` refers to: the others there may add properties.
    composed: BTreeSet<Pointer>,
    /// Objects with a list of required properties, looked at when `composed` is complete.
    required: Vec<Pointer>,
    /// Findings told once, at their first place, with a count.
    tallies: BTreeMap<(&'static str, String), Tally>,
}

struct Tally {
    first: Pointer,
    count: usize,
    help: &'static str,
}

/// A schema and where it stands.
#[derive(Clone, Copy)]
struct Node<'n> {
    at: &'n Pointer,
    schema: &'n Map<String, Value>,
    role: Role,
}

/// What a schema is to the node above it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// A schema of its own.
    Whole,
    /// One part of a composition or condition: it need not make sense alone.
    Part,
    /// The schema of a request body.
    Body,
}

impl Context<'_> {
    /// Counts a finding that a document is likely to have in many places.
    fn tally(&mut self, code: &'static str, at: &Pointer, message: String, help: &'static str) {
        let tally = self
            .tallies
            .entry((code, message))
            .or_insert_with(|| Tally {
                first: at.clone(),
                count: 0,
                help,
            });
        tally.count += 1;
    }

    fn report_tallies(&mut self) {
        for ((code, message), tally) in std::mem::take(&mut self.tallies) {
            let message = match tally.count {
                1 => message,
                count => format!("{message} ({count} places, this is the first)"),
            };
            self.report.note(code, &tally.first, message, tally.help);
        }
    }
}
