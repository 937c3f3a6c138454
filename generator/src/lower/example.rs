//! Examples of answers, for mocks: what the document gives, else a value by the schema.
//!
//! May not report anything: what has none is answered by hand.

use super::answer::read_as;
use super::media::{self, Declared, Kind};
use super::sample;
use super::schema::Cx;
use crate::ir::{Example, ExampleBody, Status};
use crate::read::Site;
use openapiv3::Response;

/// An example of an answer in a media type.
pub fn of(
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
pub fn empty(status: Status) -> Example {
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
