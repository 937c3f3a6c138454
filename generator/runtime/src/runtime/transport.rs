//! The way to a server: a trait, and the HTTP library that is behind it unless a caller brings
//! something else.
//!
//! Only this module and those beneath it name that library: `http`, which sends by sockets, and `fetch`,
//! which sends by the browser it runs in. They know nothing of operations, credentials, retries or
//! decoding: [`exchange`](super::exchange) and [`send`](super::send) stand above every transport.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

pub use reqwest::{Client as HttpClient, Method, StatusCode, Url, header};

use self::header::HeaderMap;
use super::body::TransportBody;
use super::boxed::BoxFuture;

#[cfg(target_arch = "wasm32")]
pub(super) use super::fetch::http_client;
#[cfg(not(target_arch = "wasm32"))]
pub(super) use super::http::http_client;

/// What lies behind a failure.
pub(super) type Source = Box<dyn StdError + Send + Sync>;

/// Brings a request to a server and its answer back.
///
/// A client has one for all its calls. Implement it to answer calls without a network, or to use
/// another HTTP library; give it to `ClientBuilder::transport`. The client sees to credentials,
/// redirects, time limits and retries whatever the transport: it sends every request as it stands,
/// follows nothing, and stops when it is dropped.
///
/// ```text
/// /// Answers every call alike.
/// struct Always(&'static str);
///
/// impl Transport for Always {
///     fn send(&self, _: TransportRequest) -> TransportFuture<'_> {
///         Box::pin(async { Ok(TransportResponse::new(StatusCode::OK, self.0)) })
///     }
/// }
/// ```
pub trait Transport: Send + Sync + 'static {
    /// Sends a request, and is there when the head of the answer is.
    ///
    /// # Errors
    /// There is no answer. An answer of any status is none.
    fn send(&self, request: TransportRequest) -> TransportFuture<'_>;
}

/// The head of an answer to come, with its body, or why there is none.
pub type TransportFuture<'a> = BoxFuture<'a, Result<TransportResponse, TransportError>>;

/// A request as it goes out. Its Debug text has no secret.
#[non_exhaustive]
pub struct TransportRequest {
    /// The id of the operation that is called.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The whole address. Its query may hold a secret.
    pub url: Url,
    /// All headers, those of the body included; values that are no business of a log are marked as
    /// sensitive. What belongs to the connection (`Host`, the length of the body) is the transport's.
    pub headers: HeaderMap,
    /// The body, if there is one.
    pub body: Option<TransportBody>,
    /// How long the client waits for the end of the answer, where it has a limit for that. It stops
    /// waiting by itself.
    pub timeout: Option<Duration>,
}

impl fmt::Debug for TransportRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportRequest")
            .field("method", &self.method)
            .field("url", &without_query(&self.url))
            .field("headers", &self.headers)
            .field("body", &self.body)
            .field("timeout", &self.timeout)
            .finish()
    }
}

/// The part of an address that is fit for a log.
pub(super) fn without_query(url: &Url) -> String {
    let mut url = url.clone();
    url.set_query(None);
    url.into()
}

/// An answer, whatever its status.
#[derive(Debug)]
#[non_exhaustive]
pub struct TransportResponse {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, without transfer or content encodings.
    pub body: TransportBody,
}

impl TransportResponse {
    /// An answer without headers. The body is bytes, a text, or [`TransportBody::stream`].
    pub fn new(status: StatusCode, body: impl Into<TransportBody>) -> Self {
        TransportResponse {
            status,
            headers: HeaderMap::new(),
            body: body.into(),
        }
    }

    /// With these headers, in the place of any that were there.
    pub fn with_headers(mut self, headers: HeaderMap) -> Self {
        self.headers = headers;
        self
    }
}

/// Why there is no answer, or not all of its body.
#[derive(Debug)]
pub struct TransportError {
    pub(super) kind: Kind,
    pub(super) source: Source,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Connection,
    Timeout,
    Refused,
}

impl TransportError {
    /// The server cannot be reached, or the connection broke.
    pub fn connection(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        TransportError {
            kind: Kind::Connection,
            source: source.into(),
        }
    }

    /// A time limit of the transport's own is over.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        TransportError {
            kind: Kind::Timeout,
            source: source.into(),
        }
    }

    /// The request cannot be sent as it is, and nothing was: the call is not tried again.
    pub fn refused(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        TransportError {
            kind: Kind::Refused,
            source: source.into(),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            Kind::Connection => "the connection failed",
            Kind::Timeout => "the time is up",
            Kind::Refused => "the request cannot be sent",
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

impl TransportError {
    /// The library's error as ours, without the address: its query may hold what is not for a log.
    pub(super) fn of_library(error: reqwest::Error) -> Self {
        TransportError {
            kind: if error.is_timeout() {
                Kind::Timeout
            } else {
                Kind::Connection
            },
            source: Box::new(error.without_url()),
        }
    }
}
