//! The server's own error: an answer whose status is not 2xx.

use std::error::Error as StdError;
use std::fmt;

use bytes::Bytes;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::RawResponse;
use super::decode::{self, JsonFault};
use super::error::{Call, shorten};
use super::replies::{self, Replies};
use super::transport::StatusCode;
use super::transport::header::{HeaderMap, LOCATION};

/// Headers in which servers number an answer.
const REQUEST_ID: [&str; 6] = [
    "x-request-id",
    "request-id",
    "x-amzn-requestid",
    "x-amz-request-id",
    "x-correlation-id",
    "cf-ray",
];

/// Members in which servers say what is wrong, most telling first.
const MESSAGE: [&str; 6] = [
    "message",
    "detail",
    "error_description",
    "error",
    "errors",
    "title",
];

/// An answer whose status is not 2xx. Nothing of it is lost.
pub struct ApiError {
    response: RawResponse,
    message: Option<String>,
}

impl ApiError {
    /// `redact` takes out of the message what must not stand in a log.
    pub(super) fn new(response: RawResponse, redact: impl FnOnce(String) -> String) -> Self {
        let message = message(&response.body).map(redact);
        ApiError { response, message }
    }

    /// The call.
    pub fn call(&self) -> Call {
        self.response.call
    }

    /// The status.
    pub fn status(&self) -> StatusCode {
        self.response.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.response.headers
    }

    /// The body as it came.
    pub fn body(&self) -> &Bytes {
        &self.response.body
    }

    /// The body as text; what is not UTF-8 is replaced.
    pub fn text(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.response.body)
    }

    /// The body as a value.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JsonFault> {
        decode::from_slice(&self.response.body)
    }

    /// The body as what the operation declares of the status: an enum of its own, named in the
    /// documentation of its function.
    ///
    /// # Errors
    /// The operation declares nothing of the status, or the body is not what it declares.
    pub fn failure<F: Replies>(&self) -> Result<F, JsonFault> {
        let read = replies::declared(&self.response).unwrap_or_else(|| {
            let message = format!("nothing is declared of status {}", self.status());
            Err(Some(JsonFault::at_root(message)))
        });
        read.map_err(|fault| {
            fault.unwrap_or_else(|| JsonFault::at_root("the body is empty".to_owned()))
        })
    }

    /// What the server says is wrong, as far as the body tells: the text in `message`, `detail`,
    /// `error_description`, `error`, `errors` or `title` of a JSON body, or the first line of a
    /// plain text.
    pub fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }

    /// The number that the server gave this answer, for a question to its owner.
    pub fn request_id(&self) -> Option<&str> {
        request_id(self.headers())
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("call", &self.call())
            .field("status", &self.status())
            .field("message", &self.message.as_deref().map(shorten))
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.call(), self.status())?;
        if let Some(message) = self.message() {
            write!(f, ": {}", shorten(message))?;
        }
        if let Some(id) = self.request_id() {
            write!(f, " (request id {})", shorten(id))?;
        }
        if self.status().is_redirection() && self.headers().contains_key(LOCATION) {
            f.write_str(" (redirect not followed)")?;
        }
        Ok(())
    }
}

impl StdError for ApiError {}

/// The number that the server gave an answer.
pub(super) fn request_id(headers: &HeaderMap) -> Option<&str> {
    let mut names = REQUEST_ID.iter();
    names.find_map(|name| headers.get(*name)?.to_str().ok())
}

fn message(body: &[u8]) -> Option<String> {
    match decode::from_slice::<Value>(body) {
        Ok(value) => said_in(&value),
        Err(_) => {
            let line = std::str::from_utf8(body).ok()?.trim().lines().next()?;
            (!line.starts_with(['<', '{', '['])).then(|| line.to_owned())
        }
    }
}

/// The text of a value, or of the first of its members that has one.
fn said_in(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Array(values) => values.iter().find_map(said_in),
        Value::Object(members) => MESSAGE.iter().find_map(|name| said_in(members.get(*name)?)),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}
