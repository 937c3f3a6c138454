//! Examples of answers, for mocks: what the document gives, else a value by the schema.
//!
//! May not report anything: what has none is answered by hand.

use super::answer::read_as;
use super::media::{self, Declared, Kind};
use super::sample;
use super::schema::Cx;
use crate::ir::{Example, ExampleBody, Status};
use crate::read::Site;
use crate::source::Pointer;
use openapiv3::Response;
use std::collections::HashMap;

/// What may be an example of an operation's answer; the first that is one is taken.
pub enum Candidate<'d> {
    /// An answer without a body.
    Empty(Status),
    /// An answer in a media type.
    Content {
        /// The status it is declared for.
        status: Status,
        /// The answer.
        response: &'d Site<Response>,
        /// The media type.
        declared: Declared<'d>,
    },
}

/// The example of each operation that has one, by its place.
pub fn all<'d>(
    cx: &mut Cx<'d, '_>,
    wanted: &[(Pointer, Vec<Candidate<'d>>)],
) -> HashMap<Pointer, Example> {
    let mut examples = HashMap::new();
    for (at, candidates) in wanted {
        let mut candidates = candidates.iter();
        let example = candidates.find_map(|candidate| match candidate {
            Candidate::Empty(status) => Some(empty(*status)),
            Candidate::Content {
                status,
                response,
                declared,
            } => of(cx, *status, response, declared),
        });
        examples.extend(example.map(|example| (at.clone(), example)));
    }
    examples
}

/// An example of an answer in a media type.
fn of(
    cx: &mut Cx,
    status: Status,
    response: &Site<Response>,
    declared: &Declared,
) -> Option<Example> {
    let (fallback, body) = match read_as(declared.kind) {
        Kind::Json => {
            let value = sample::answer(cx, response, declared)?;
            if value.is_null() {
                return Some(empty(status));
            }
            ("application/json", ExampleBody::Json(value))
        }
        Kind::Bytes | Kind::Multipart => {
            let text = sample::answered_text(cx, response, declared);
            let text = text.unwrap_or_else(|| "content".to_owned());
            ("application/octet-stream", ExampleBody::Text(text))
        }
        Kind::Text | Kind::Form | Kind::Lines | Kind::Events => {
            let text = sample::answered_text(cx, response, declared);
            let text = text.unwrap_or_else(|| "text".to_owned());
            ("text/plain", ExampleBody::Text(text))
        }
    };
    let named = !media::essence(declared.name).contains('*');
    let media = if named { declared.name } else { fallback };
    Some(Example {
        status: code(status),
        content: Some((media.to_owned(), body)),
    })
}

/// An answer without a body.
fn empty(status: Status) -> Example {
    Example {
        status: code(status),
        content: None,
    }
}

/// A status by which it is declared.
fn code(status: Status) -> u16 {
    match status {
        Status::Code(code) => code,
        Status::Class(class) => class * 100,
        Status::Default => 200,
    }
}
