//! Recorded answers held against a document: where the real interface differs from it.
//!
//! ```text
//! recording (text)               -> Recorded      HAR, JSON in lines or lists
//! route     (method, path)       -> Operation     the most specific template
//! answer    (Operation, Recorded)-> Difference    status, media type, body
//! compare   (schema, value)      -> Difference    members, nulls, types, values, formats
//! tally     (Difference)         -> Finding       counted, masked, once per place in the document
//! mend      (Finding)            -> Action        the overlay that makes the document true
//! ```
//!
//! May not let anything of a recording out but what [`mask`] allows: recordings hold personal data.
//! Query, headers and hosts are not even kept.

mod answer;
mod compare;
mod context;
mod fit;
mod format;
mod infer;
mod mask;
mod mend;
mod overlay;
mod recording;
mod render;
mod route;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use serde_json::Value;

use crate::read::Document;
use crate::report::Report;
use crate::source::{Pointer, Source};

pub use overlay::{Mended, mend};

use infer::Seen;

/// What recordings and a document say of each other.
#[derive(Debug)]
pub struct Drift {
    /// Where they differ, in the order of the document's pointers.
    pub findings: Vec<Finding>,
    /// Requests that are of no operation, by method and shape of path.
    pub unmatched: Vec<Unmatched>,
    /// How many answers there are.
    pub answers: usize,
    /// How many of them belong to an operation.
    pub matched: usize,
    /// How many have a body that is not held against its schema, since it is a stream.
    pub streams: usize,
}

/// What a difference is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Kind {
    /// A status that the operation does not declare.
    Status,
    /// A media type that is not declared of the status.
    Media,
    /// A body where none is declared.
    Body,
    /// No body where one is declared.
    NoBody,
    /// A body that is said to be JSON and is not.
    NotJson,
    /// A value of another type.
    Type,
    /// `null` where it is not allowed.
    Null,
    /// A value that an `enum` or `const` does not list.
    Value,
    /// A text or number that does not meet its `format`.
    Format,
    /// A required member that is not there.
    Missing,
    /// A member that a closed schema does not allow.
    Closed,
    /// A member that is not described.
    Undeclared,
}

impl Kind {
    /// A stable name.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Status => "undeclared-status",
            Kind::Media => "undeclared-media-type",
            Kind::Body => "undeclared-body",
            Kind::NoBody => "missing-body",
            Kind::NotJson => "not-json",
            Kind::Type => "other-type",
            Kind::Null => "undeclared-null",
            Kind::Value => "undeclared-value",
            Kind::Format => "other-format",
            Kind::Missing => "missing-member",
            Kind::Closed => "member-not-allowed",
            Kind::Undeclared => "undeclared-member",
        }
    }
}

/// One way in which answers differ from one place of the document.
#[derive(Debug)]
pub struct Finding {
    /// What it is.
    pub kind: Kind,
    /// The place in the document: a schema, or the answer's.
    pub at: Pointer,
    /// What is missing or not declared there, as far as it may be told.
    pub member: Option<String>,
    /// How often it was met.
    pub count: usize,
    /// In how many answers.
    pub answers: usize,
    /// How many answers there are of these operations and statuses.
    pub of: usize,
    /// One of the values, by its shape.
    pub sample: String,
    /// Undeclared values of a list that may be told, each with its count.
    pub values: Vec<(Value, usize)>,
    /// How many more there are that are not told: of values how often they were met, of names how many
    /// different ones there are.
    pub masked: usize,
    /// Where the first one stands in the recordings.
    pub first: Place,
    /// The operations that answered so.
    pub sites: Vec<Site>,
    /// What an overlay has to know.
    cause: Cause,
}

/// An operation's answer with a status, and a place in it.
#[derive(Debug)]
pub struct Site {
    /// The operation, by its place in [`Document::operations`].
    pub operation: usize,
    /// The status.
    pub status: u16,
    /// For example `$.items[].status`; a map's key is `{}`.
    pub path: String,
    /// How often.
    pub count: usize,
    /// In how many answers.
    pub answers: usize,
}

/// What an overlay has to know of a finding.
#[derive(Debug, Default)]
struct Cause {
    /// All the values.
    seen: Seen,
    /// The bodies, by media type.
    bodies: BTreeMap<String, Seen>,
    /// A declared answer that fits all of them.
    fit: Option<Pointer>,
    /// A member that is not allowed here is declared by a schema beside this one.
    beside: bool,
    /// Other answers of the same place do have a body.
    some_have_one: bool,
}

/// Requests of one shape that are of no operation.
#[derive(Debug)]
pub struct Unmatched {
    /// The method.
    pub method: String,
    /// For example `/api/v2/{text}`.
    pub path: String,
    /// How many.
    pub count: usize,
    /// Where the first one stands in the recordings.
    pub first: Place,
}

/// A place in a recording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The name of the recording.
    pub file: String,
    /// Where in it.
    pub spot: Spot,
}

/// Where in a recording something stands; the first is 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// A line.
    Line(usize),
    /// One of a list.
    Entry(usize),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.spot {
            Spot::Line(line) => write!(f, "{}:{line}", self.file),
            Spot::Entry(entry) => write!(f, "{} entry {entry}", self.file),
        }
    }
}

/// An answer as it was recorded: what may be looked at, and nothing else.
#[derive(Clone, PartialEq, Debug)]
struct Recorded {
    /// Upper case.
    method: String,
    /// The path of the address, as it was sent.
    path: String,
    status: u16,
    /// The media type without parameters, lower case.
    media: Option<String>,
    body: Body,
    spot: Spot,
}

/// The body of an answer, as far as it was recorded.
#[derive(Clone, PartialEq, Debug)]
enum Body {
    /// The recording does not say.
    Unknown,
    Empty,
    Json(Value),
    /// Text that is not JSON.
    Text,
    Bytes,
}

/// Holds recordings against a document. What cannot be read of a recording is in the report, at its
/// file and line; the rest is compared all the same.
pub fn drift(document: &Document, recordings: &[Source], report: &mut Report) -> Drift {
    let routes = route::Routes::of(document);
    let cx = context::Context::new(document);
    let mut tally = tally::Tally::default();
    for recording in recordings {
        recording::read(recording, report, &mut |recorded: Recorded| {
            let place = Place {
                file: recording.name.clone(),
                spot: recorded.spot,
            };
            match routes.find(&recorded.method, &recorded.path) {
                Ok(operation) => answer::compare(&cx, operation, &recorded, place, &mut tally),
                Err(shape) => tally.unmatched(&recorded.method, shape, place),
            }
        });
    }
    tally.finish()
}
