//! What can become of a call that gives no value.
//!
//! Texts are fit for a log line: operation, method, status and a short message, never a body, a
//! query, a header or a token.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bytes::Bytes;

use super::answer::RawResponse;
use super::api_error::{ApiError, request_id};
use super::decode::JsonFault;
use super::fill::Missing;
use super::replies::Replies;
use super::retry::is_transient;
use super::transport::StatusCode;
use super::transport::header::HeaderMap;

/// How much of a message from outside stands in a text of ours.
const MESSAGE_CHARS: usize = 200;

/// Why a call gave no value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// Nothing was sent: what the call or the client was given cannot be used.
    #[non_exhaustive]
    Invalid {
        /// The call, if it was not the client that could not be built.
        call: Option<Call>,
        /// All that is wrong.
        faults: Vec<String>,
    },
    /// Nothing was sent: the operation needs credentials and the client has none.
    #[non_exhaustive]
    Credentials {
        /// The call, if it was not the client that could not be built.
        call: Option<Call>,
        /// What is missing, and how to give it.
        missing: Box<str>,
        /// What lies behind it, if there is a provider that gave none.
        source: Option<Box<dyn StdError + Send + Sync>>,
    },
    /// The server could not be reached, or the connection broke before the answer was whole.
    #[non_exhaustive]
    Connection {
        /// The call.
        call: Call,
        /// The status, if the answer had begun.
        status: Option<StatusCode>,
        /// What lies behind it.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The answer was not whole when the time was up. Whether the server has done what it was
    /// asked is not known.
    #[non_exhaustive]
    Timeout {
        /// The call.
        call: Call,
        /// How long it was waited for: for the whole call with all its tries, or for more of a stream.
        after: Duration,
        /// The status, if the answer had begun.
        status: Option<StatusCode>,
        /// What lies behind it.
        source: Box<dyn StdError + Send + Sync>,
    },
    /// The server answered with a status that is not 2xx.
    Api(Box<ApiError>),
    /// The server answered 2xx, with a body that is not of the declared form.
    Decode(Box<DecodeError>),
    /// The server answered 2xx, without the body that the value is read from.
    #[non_exhaustive]
    EmptyBody {
        /// The call.
        call: Call,
        /// The status.
        status: StatusCode,
        /// The headers of the answer.
        headers: Box<HeaderMap>,
    },
    /// The body is longer than the client reads.
    #[non_exhaustive]
    BodyTooLarge {
        /// The call.
        call: Call,
        /// The status.
        status: StatusCode,
        /// The headers of the answer.
        headers: Box<HeaderMap>,
        /// How many bytes the client reads at most.
        limit: usize,
    },
}

/// Which operation was called. For example: `listLeads (POST)`, or `listLeads (GET) after 3 tries`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Call {
    /// The operation's id.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// How often it was sent, or was about to be.
    pub tries: u32,
}

/// An answer that is not of the declared form. Nothing of it is lost.
pub struct DecodeError {
    pub(super) response: RawResponse,
    pub(super) fault: JsonFault,
}

impl Error {
    /// The status of the answer, if there was one.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Error::Invalid { .. } | Error::Credentials { .. } => None,
            Error::Connection { status, .. } | Error::Timeout { status, .. } => *status,
            Error::Api(error) => Some(error.status()),
            Error::Decode(error) => Some(error.status()),
            Error::EmptyBody { status, .. } | Error::BodyTooLarge { status, .. } => Some(*status),
        }
    }

    /// The server's own error, if that is what it is.
    pub fn api(&self) -> Option<&ApiError> {
        match self {
            Error::Api(error) => Some(error),
            _ => None,
        }
    }

    /// The server's own error as what the operation declares of its status: an enum of its own,
    /// named in the documentation of its function. `None` for any other error, under a status that
    /// the operation does not declare, and where the body is not what it declares.
    pub fn failure<F: Replies>(&self) -> Option<F> {
        self.api()?.failure().ok()
    }

    /// The call, if it was not the client that could not be built.
    pub fn call(&self) -> Option<Call> {
        match self {
            Error::Invalid { call, .. } | Error::Credentials { call, .. } => *call,
            Error::Connection { call, .. }
            | Error::Timeout { call, .. }
            | Error::EmptyBody { call, .. }
            | Error::BodyTooLarge { call, .. } => Some(*call),
            Error::Api(error) => Some(error.call()),
            Error::Decode(error) => Some(error.call()),
        }
    }

    /// The number that the server gave its answer, for a question to its owner.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Error::Api(error) => error.request_id(),
            Error::Decode(error) => request_id(error.headers()),
            Error::EmptyBody { headers, .. } | Error::BodyTooLarge { headers, .. } => {
                request_id(headers)
            }
            Error::Invalid { .. }
            | Error::Credentials { .. }
            | Error::Connection { .. }
            | Error::Timeout { .. } => None,
        }
    }

    /// Whether the server answered 404.
    pub fn is_not_found(&self) -> bool {
        self.answered(StatusCode::NOT_FOUND)
    }

    /// Whether the server answered 401: it does not know the credentials.
    pub fn is_unauthorized(&self) -> bool {
        self.answered(StatusCode::UNAUTHORIZED)
    }

    /// Whether the server answered 429: too many calls, for now.
    pub fn is_rate_limited(&self) -> bool {
        self.answered(StatusCode::TOO_MANY_REQUESTS)
    }

    fn answered(&self, status: StatusCode) -> bool {
        self.api().is_some_and(|error| error.status() == status)
    }

    /// Whether the time was up, by the client's clock.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Error::Timeout { .. })
    }

    /// Whether the same call may do better later: no connection, no time left, or status 408, 429,
    /// 500, 502, 503 or 504.
    ///
    /// A call that changes something may have done so all the same.
    pub fn is_retryable(&self) -> bool {
        match self {
            Error::Connection { .. } | Error::Timeout { .. } => true,
            Error::Api(error) => is_transient(error.status()),
            _ => false,
        }
    }
}

impl DecodeError {
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

    /// Where in the body it failed. For example: `$.items[3].status`.
    pub fn path(&self) -> &str {
        &self.fault.path
    }

    /// What is wrong there.
    pub fn message(&self) -> &str {
        &self.fault.message
    }

    /// All that is known of the fault.
    pub fn fault(&self) -> &JsonFault {
        &self.fault
    }
}

impl fmt::Debug for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeError")
            .field("call", &self.call())
            .field("status", &self.status())
            .field("fault", &self.fault)
            .field("body_bytes", &self.body().len())
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.operation, self.method)?;
        match self.tries {
            0 | 1 => Ok(()),
            tries => write!(f, " after {tries} tries"),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (call, status, path) = (self.call(), self.status(), self.path());
        write!(
            f,
            "{call}: {status}, but the body does not decode at {}: ",
            shorten(path)
        )?;
        f.write_str(&shorten(self.message()))
    }
}

impl From<Missing> for Error {
    /// So that `?` works on a builder that is built by hand.
    fn from(missing: Missing) -> Self {
        Error::Invalid {
            call: None,
            faults: vec![missing.to_string()],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid { call, faults } => {
                write!(f, "{}: nothing sent: {}", origin(*call), faults.join("; "))
            }
            Error::Credentials {
                call,
                missing,
                source,
            } => {
                write!(f, "{}: nothing sent: {missing}", origin(*call))?;
                match source {
                    Some(source) => write!(f, ": {}", shorten(&source.to_string())),
                    None => Ok(()),
                }
            }
            Error::Connection {
                call,
                status: None,
                source,
            } => {
                write!(f, "{call}: no answer: {}", root_cause(source.as_ref()))
            }
            Error::Connection {
                call,
                status: Some(status),
                source,
            } => {
                write!(f, "{call}: {status}, then: {}", root_cause(source.as_ref()))
            }
            Error::Timeout { call, after, .. } => {
                write!(
                    f,
                    "{call}: no whole answer after {:.1} s",
                    after.as_secs_f64()
                )
            }
            Error::Api(error) => error.fmt(f),
            Error::Decode(error) => error.fmt(f),
            Error::EmptyBody { call, status, .. } => {
                write!(f, "{call}: {status}, but the body is empty")
            }
            Error::BodyTooLarge {
                call,
                status,
                limit,
                ..
            } => {
                write!(
                    f,
                    "{call}: {status}, but the body is longer than {limit} bytes"
                )
            }
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match self {
            Error::Connection { source, .. } | Error::Timeout { source, .. } => {
                Some(source.as_ref())
            }
            Error::Credentials {
                source: Some(source),
                ..
            } => Some(source.as_ref()),
            Error::Api(error) => Some(error.as_ref()),
            Error::Decode(error) => Some(error.as_ref()),
            _ => None,
        }
    }
}

impl StdError for DecodeError {}

/// One line of at most 200 characters.
pub(super) fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(MESSAGE_CHARS).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short.replace(|c: char| c.is_control(), " ")
}

fn origin(call: Option<Call>) -> String {
    call.map_or_else(|| "client".to_owned(), |call| call.to_string())
}

/// The last of the chain says what happened; those before it, that something did.
fn root_cause(error: &(dyn StdError + 'static)) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    shorten(&last.to_string())
}
