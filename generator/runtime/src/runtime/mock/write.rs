//! How what a call gives is written as the answer that it is read from.

use bytes::Bytes;
use serde::Serialize;

use super::super::answer::{Empty, Json, OneOf, Raw, Text};
use super::super::client::Client;
use super::super::encode::to_vec;
use super::super::events::{JsonEvents, TextEvents};
use super::super::lines::Lines;
use super::super::replies::Replies;
use super::super::request::Request;
use super::super::transport::StatusCode;
use super::super::transport::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use super::state::Outcome;

/// A call that a mock can expect: every call of the client.
pub trait MockCall {
    /// How its answer is read, and so written.
    type Answer: MockAnswer;

    #[doc(hidden)]
    fn into_request(self) -> Request;

    #[doc(hidden)]
    fn any_request(client: &Client) -> Request;
}

/// A kind of answer that a mock can give.
pub trait MockAnswer {
    /// What it is made of: what the call gives, for a stream all its items.
    type Given;

    /// The answer with this in it.
    fn wire(value: &Self::Given) -> Wire;
}

/// An enum of what an operation answers, each of whose variants can be written.
pub trait Written {
    /// The answer that is read as this.
    fn written(&self) -> Wire;
}

/// An answer as it is sent, or why there can be none.
pub struct Wire {
    pub(super) outcome: Outcome,
}

impl Wire {
    /// An answer with this status, media type and body.
    pub fn new(status: u16, media: &str, body: Result<Bytes, String>) -> Self {
        let parts = StatusCode::from_u16(status)
            .map_err(|_| format!("{status} is no status"))
            .and_then(|status| Ok((status, body?)))
            .and_then(|(status, body)| match HeaderValue::try_from(media) {
                Ok(media) => Ok((status, body, media)),
                Err(_) => Err(format!("`{media}` is no media type")),
            });
        let outcome = match parts {
            Ok((status, body, media)) => {
                let mut headers = HeaderMap::new();
                if !body.is_empty() {
                    headers.insert(CONTENT_TYPE, media);
                }
                Outcome::Answer {
                    status,
                    headers,
                    body,
                }
            }
            Err(fault) => Outcome::Impossible(fault),
        };
        Wire { outcome }
    }

    /// An answer with this status and nothing else.
    pub fn empty(status: u16) -> Self {
        Wire::new(status, "", Ok(Bytes::new()))
    }

    /// None, since the value is no variant.
    pub fn none() -> Self {
        let fault = "the answer is none of the declared ones".to_owned();
        Wire {
            outcome: Outcome::Impossible(fault),
        }
    }
}

/// A value as JSON.
///
/// # Errors
/// JSON cannot say it.
pub fn json<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, String> {
    let json = to_vec(&value).map_err(|error| format!("the answer: {error}"));
    json.map(Bytes::from)
}

/// A text as it is.
///
/// # Errors
/// None.
pub fn text(value: &str) -> Result<Bytes, String> {
    Ok(Bytes::copy_from_slice(value.as_bytes()))
}

/// Bytes as they are.
///
/// # Errors
/// None.
pub fn bytes(value: &Bytes) -> Result<Bytes, String> {
    Ok(value.clone())
}

/// The media type of a variant: the declared one, unless that is a range or absent.
pub fn media(kind: &str, declared: Option<&'static str>) -> &'static str {
    match (declared, kind) {
        (Some(declared), _) if !declared.contains('*') => declared,
        (_, "json") => "application/json",
        (_, "text") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

impl<T: Serialize> MockAnswer for Json<T> {
    type Given = T;

    fn wire(value: &T) -> Wire {
        Wire::new(200, "application/json", json(value))
    }
}

impl MockAnswer for Text {
    type Given = String;

    fn wire(value: &String) -> Wire {
        Wire::new(200, media("text", None), text(value))
    }
}

impl MockAnswer for Raw {
    type Given = Bytes;

    fn wire(value: &Bytes) -> Wire {
        Wire::new(200, media("bytes", None), bytes(value))
    }
}

impl MockAnswer for Empty {
    type Given = ();

    fn wire((): &()) -> Wire {
        Wire::empty(204)
    }
}

impl<T: Replies + Written> MockAnswer for OneOf<T> {
    type Given = T;

    fn wire(value: &T) -> Wire {
        value.written()
    }
}

impl<T: Serialize> MockAnswer for Lines<T> {
    type Given = Vec<T>;

    fn wire(values: &Vec<T>) -> Wire {
        let lines = values.iter().map(|value| {
            let mut line = json(value)?.to_vec();
            line.push(b'\n');
            Ok(line)
        });
        Wire::new(200, "application/x-ndjson", joined(lines))
    }
}

impl<T: Serialize> MockAnswer for JsonEvents<T> {
    type Given = Vec<T>;

    fn wire(values: &Vec<T>) -> Wire {
        let events = values.iter().map(|value| Ok(event(&json(value)?)));
        Wire::new(200, "text/event-stream", joined(events))
    }
}

impl MockAnswer for TextEvents {
    type Given = Vec<String>;

    fn wire(values: &Vec<String>) -> Wire {
        let events = values.iter().map(|value| Ok(event(value.as_bytes())));
        Wire::new(200, "text/event-stream", joined(events))
    }
}

fn joined(pieces: impl Iterator<Item = Result<Vec<u8>, String>>) -> Result<Bytes, String> {
    let pieces: Vec<Vec<u8>> = pieces.collect::<Result<_, String>>()?;
    Ok(pieces.concat().into())
}

/// An event with this data, a field for each line of it.
fn event(data: &[u8]) -> Vec<u8> {
    let lines = data.split(|byte| *byte == b'\n');
    let mut event: Vec<u8> = lines
        .flat_map(|line| [b"data: ".as_slice(), line, b"\n"].concat())
        .collect();
    event.push(b'\n');
    event
}
