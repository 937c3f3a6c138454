//! Sends one call and reads its answer.
//!
//! The only module that names the HTTP library: another one would be put in here and nowhere else.
//! It knows nothing of operations, credentials or decoding.

use std::error::Error as StdError;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Body as _, Frame, SizeHint};
pub use reqwest::{Client as HttpClient, Method, StatusCode, Url, header};

use self::header::HeaderMap;
use super::clock;
use super::upload::{Sent, Upload};

/// How often a redirect is followed within one call.
const MAX_REDIRECTS: usize = 10;

/// One call, ready to send.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Upload>,
    pub(super) timeout: Duration,
    pub(super) wants: Wants,
}

/// What the caller needs of a successful answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// The whole body: an answer whose body cannot be read is a failure.
    Body,
    /// Status and headers: what becomes of the body does not matter.
    Head,
    /// The body as it comes: the time limit is that of the head, and then of each chunk.
    Chunks,
}

/// An answer, whatever its status.
pub(super) struct Incoming {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Chunks,
}

/// Why there is no whole answer.
pub(super) enum Failure {
    Timeout {
        after: Duration,
        status: Option<StatusCode>,
        source: Source,
    },
    Connection {
        status: Option<StatusCode>,
        source: Source,
    },
    /// A stream in the call was sent before.
    Spent,
}

/// What lies behind a failure.
pub(super) type Source = Box<dyn StdError + Send + Sync>;

/// The HTTP client that is used when the caller brings none.
///
/// It follows no redirect: [`send`] does, by its own rules.
pub(super) fn http_client(connect_timeout: Option<Duration>) -> Result<HttpClient, Source> {
    let mut builder = HttpClient::builder().redirect(reqwest::redirect::Policy::none());
    if let Some(limit) = connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    Ok(builder.build()?)
}

/// Sends the call and follows redirects, up to the head of the answer.
///
/// A redirect is followed within the same scheme, host and port, so that neither the token nor any
/// other header reaches another server, and only if the call stays what it was: 307 and 308 if its
/// body can be sent again, 301, 302 and 303 for GET and HEAD. Any other redirect is an answer like
/// every other.
pub(super) async fn send(http: &HttpClient, call: Outgoing) -> Result<Incoming, Failure> {
    let started = Instant::now();
    let (response, each) = match call.wants {
        Wants::Body | Wants::Head => (head(http, &call, started).await?, None),
        Wants::Chunks => {
            let head = tokio::time::timeout(call.timeout, head(http, &call, started));
            let head = head.await.map_err(|elapsed| Failure::Timeout {
                after: started.elapsed(),
                status: None,
                source: Box::new(elapsed),
            })?;
            (head?, Some(call.timeout))
        }
    };
    let status = response.status();
    Ok(Incoming {
        status,
        headers: response.headers().clone(),
        body: Chunks {
            status,
            body: response.into(),
            since: started,
            each,
            timer: None,
        },
    })
}

async fn head(
    http: &HttpClient,
    call: &Outgoing,
    started: Instant,
) -> Result<reqwest::Response, Failure> {
    let mut url = call.url.clone();
    let mut hops = 0;
    loop {
        let mut request = reqwest::Request::new(call.method.clone(), url);
        *request.headers_mut() = call.headers.clone();
        *request.body_mut() = call.body.as_ref().map(body).transpose()?;
        if call.wants != Wants::Chunks {
            *request.timeout_mut() = Some(call.timeout.saturating_sub(started.elapsed()));
        }
        let response = http
            .execute(request)
            .await
            .map_err(|error| failure(started, None, error))?;
        match redirect_target(call, &response) {
            Some(next) if hops < MAX_REDIRECTS => {
                hops += 1;
                url = next;
            }
            _ => return Ok(response),
        }
    }
}

fn redirect_target(call: &Outgoing, response: &reqwest::Response) -> Option<Url> {
    let same_call = match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {
            call.body.as_ref().is_none_or(Upload::repeats)
        }
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER => {
            call.method == Method::GET || call.method == Method::HEAD
        }
        _ => false,
    };
    if !same_call {
        return None;
    }
    let location = response.headers().get(header::LOCATION)?.to_str().ok()?;
    let next = response.url().join(location).ok()?;
    (next.origin() == call.url.origin()).then_some(next)
}

/// A body as the library takes it.
fn body(upload: &Upload) -> Result<reqwest::Body, Failure> {
    match upload.as_bytes() {
        Some(bytes) => Ok(bytes.clone().into()),
        None => {
            let sent = upload.take().ok_or(Failure::Spent)?;
            Ok(reqwest::Body::wrap(Wire(Mutex::new(sent))))
        }
    }
}

/// An upload as a body; the lock is what makes one that several threads may see.
struct Wire(Mutex<Sent>);

impl http_body::Body for Wire {
    type Data = Bytes;
    type Error = Source;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Source>>> {
        let sent = self.0.get_mut().unwrap_or_else(PoisonError::into_inner);
        let chunk = ready!(Pin::new(sent).poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        let sent = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        sent.length.map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}

/// The body of an answer as it comes.
pub(super) struct Chunks {
    status: StatusCode,
    body: reqwest::Body,
    since: Instant,
    /// How long a chunk may take, unless the library limits the whole.
    each: Option<Duration>,
    /// Runs while a chunk is waited for.
    timer: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
}

impl Chunks {
    /// The next chunk, which is not empty; `None` when the body is whole.
    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failure>>> {
        while let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            self.timer = None;
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) if !chunk.is_empty() => return Poll::Ready(Some(Ok(chunk))),
                // Nothing, or headers after the body.
                Some(Ok(_)) => {}
                Some(Err(error)) => {
                    let failure = failure(self.since, Some(self.status), error);
                    return Poll::Ready(Some(Err(failure)));
                }
                None => return Poll::Ready(None),
            }
        }
        let Some(limit) = self.each else {
            return Poll::Pending;
        };
        let timer = self
            .timer
            .get_or_insert_with(|| Box::pin(clock::sleep(limit)));
        ready!(timer.as_mut().poll(cx));
        Poll::Ready(Some(Err(Failure::Timeout {
            after: limit,
            status: Some(self.status),
            source: "no more of the answer came".into(),
        })))
    }

    /// The whole body, or what went wrong, or `None` when it is longer than `limit`.
    pub(super) async fn whole(mut self, limit: usize) -> Result<Bytes, Option<Failure>> {
        let length = self.body.size_hint().exact();
        if length.is_some_and(|length| length > limit as u64) {
            return Err(None);
        }
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| self.poll_chunk(cx)).await {
            let chunk = chunk.map_err(Some)?;
            if chunk.len() > limit - body.len() {
                return Err(None);
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

/// The library's error as ours, without the address: its query may hold what is not for a log.
fn failure(started: Instant, status: Option<StatusCode>, error: reqwest::Error) -> Failure {
    let timeout = error.is_timeout();
    let source: Source = Box::new(error.without_url());
    if timeout {
        Failure::Timeout {
            after: started.elapsed(),
            status,
            source,
        }
    } else {
        Failure::Connection { status, source }
    }
}
