//! The way to a server: a trait, and the HTTP library that is behind it unless a caller brings
//! something else.
//!
//! The only module that names that library. It knows nothing of operations, credentials, redirects,
//! retries or decoding: [`exchange`](super::exchange) and [`send`](super::send) stand above every
//! transport.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as _, Frame, SizeHint};
pub use reqwest::{Client as HttpClient, Method, StatusCode, Url, header};

use self::header::HeaderMap;
use super::body::TransportBody;
use super::boxed::BoxFuture;

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

/// A request as it goes out.
#[non_exhaustive]
pub struct TransportRequest {
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

/// An answer, whatever its status.
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
    pub(super) timed_out: bool,
    pub(super) source: Source,
}

impl TransportError {
    /// The server cannot be reached, or the connection broke.
    pub fn connection(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        TransportError {
            timed_out: false,
            source: source.into(),
        }
    }

    /// A time limit of the transport's own is over.
    pub fn timeout(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        TransportError {
            timed_out: true,
            source: source.into(),
        }
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.timed_out {
            "the time is up"
        } else {
            "the connection failed"
        })
    }
}

impl StdError for TransportError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(self.source.as_ref())
    }
}

/// The HTTP client that is used when the caller brings none.
///
/// It follows no redirect: [`exchange`](super::exchange) does, by its own rules.
pub(super) fn http_client(connect_timeout: Option<Duration>) -> Result<HttpClient, Source> {
    let mut builder = HttpClient::builder().redirect(reqwest::redirect::Policy::none());
    if let Some(limit) = connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    Ok(builder.build()?)
}

impl Transport for HttpClient {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let mut outgoing = reqwest::Request::new(request.method, request.url);
        *outgoing.headers_mut() = request.headers;
        *outgoing.body_mut() = request.body.map(outgoing_body);
        *outgoing.timeout_mut() = request.timeout;
        Box::pin(async move {
            let mut response = self.execute(outgoing).await.map_err(failure)?;
            let headers = std::mem::take(response.headers_mut());
            Ok(TransportResponse {
                status: response.status(),
                headers,
                body: incoming_body(response),
            })
        })
    }
}

/// A body as the library takes it.
fn outgoing_body(body: TransportBody) -> reqwest::Body {
    match body.as_bytes() {
        Some(bytes) => bytes.clone().into(),
        None => reqwest::Body::wrap(Outgoing(Mutex::new(body))),
    }
}

/// The lock makes of a body one that several threads may see.
struct Outgoing(Mutex<TransportBody>);

impl http_body::Body for Outgoing {
    type Data = Bytes;
    type Error = Source;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Source>>> {
        let body = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(Pin::new(body).poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let body = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        body.length()
            .map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

fn incoming_body(response: reqwest::Response) -> TransportBody {
    let body = reqwest::Body::from(response);
    let length = body.size_hint().exact();
    let stream = TransportBody::stream(Incoming(body));
    match length {
        Some(length) => stream.with_length(length),
        None => stream,
    }
}

struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                // Headers after the body.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => return Poll::Ready(Some(Err(failure(error)))),
                None => return Poll::Ready(None),
            }
        }
    }
}

/// The library's error as ours, without the address: its query may hold what is not for a log.
fn failure(error: reqwest::Error) -> TransportError {
    let timed_out = error.is_timeout();
    TransportError {
        timed_out,
        source: Box::new(error.without_url()),
    }
}
