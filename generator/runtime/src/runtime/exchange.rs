//! One try of a call, whatever the transport: follows redirects, keeps the time, reads the answer.
//!
//! Knows nothing of operations, credentials, retries or decoding.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::body::TransportBody;
use super::clock::{self, Instant, Timer};
use super::transport::header::{self, HeaderMap};
use super::transport::{
    Kind, Method, Source, StatusCode, Transport, TransportError, TransportRequest,
    TransportResponse, Url,
};
use super::upload::Upload;

/// How often a redirect is followed within one try.
const MAX_REDIRECTS: usize = 10;

/// How many bytes are set aside for a body on the server's word alone.
const MOST_TRUSTED: usize = 1 << 20;

/// One try, ready to send.
pub(super) struct Outgoing {
    /// The operation's id.
    pub(super) operation: &'static str,
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Upload>,
    /// How long it may take, up to the head of the answer or to its end.
    pub(super) timeout: Duration,
    /// How long each chunk may take where the body is handed on as it comes.
    pub(super) chunk_timeout: Duration,
    pub(super) wants: Wants,
}

/// What the caller needs of a successful answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// The whole body: an answer whose body cannot be read is a failure.
    Body,
    /// Status and headers: what becomes of the body does not matter.
    Head,
    /// The body as it comes: the time limit is that of the head, then there is one of each chunk.
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
    /// It cannot be sent, for this reason.
    Refused(String),
}

/// Sends the call, which began then, and follows redirects, up to the head of the answer.
///
/// A redirect is followed within the same scheme, host and port, so that neither the token nor any
/// other header reaches another server, and only if the call stays what it was: 307 and 308 if its
/// body can be sent again, 301, 302 and 303 for GET and HEAD. Any other redirect is an answer like
/// every other.
pub(super) async fn exchange(
    transport: &dyn Transport,
    call: &Outgoing,
    started: Instant,
) -> Result<Incoming, Failure> {
    let mut timer = clock::timer(call.timeout);
    let head = pin!(head(transport, call, started));
    let response = clock::before(&mut timer, head).await;
    let response = response.ok_or_else(|| Failure::Timeout {
        after: started.elapsed(),
        status: None,
        source: "no answer came".into(),
    })??;
    let status = response.status;
    let limit = match call.wants {
        Wants::Body | Wants::Head => Limit::Whole(timer),
        Wants::Chunks => Limit::Each(call.chunk_timeout, None),
    };
    Ok(Incoming {
        status,
        headers: response.headers,
        body: Chunks {
            status,
            body: response.body,
            since: started,
            limit,
        },
    })
}

async fn head(
    transport: &dyn Transport,
    call: &Outgoing,
    started: Instant,
) -> Result<TransportResponse, Failure> {
    let mut elsewhere = None;
    let mut left = call.timeout;
    let mut hops = 0;
    loop {
        let url = elsewhere.as_ref().unwrap_or(&call.url);
        let body = call.body.as_ref();
        let body = body.map(|body| body.take().ok_or_else(spent));
        let request = TransportRequest {
            operation: call.operation,
            method: call.method.clone(),
            url: url.clone(),
            headers: call.headers.clone(),
            body: body.transpose()?,
            timeout: (call.wants != Wants::Chunks).then_some(left),
        };
        let response = transport.send(request).await;
        let response = response.map_err(|error| failure(started, None, error))?;
        match redirect_target(call, url, &response) {
            Some(next) if hops < MAX_REDIRECTS => {
                hops += 1;
                elsewhere = Some(next);
                left = call.timeout.saturating_sub(started.elapsed());
            }
            _ => return Ok(response),
        }
    }
}

fn redirect_target(call: &Outgoing, url: &Url, response: &TransportResponse) -> Option<Url> {
    let same_call = match response.status {
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
    let location = response.headers.get(header::LOCATION)?.to_str().ok()?;
    let next = url.join(location).ok()?;
    (next.origin() == call.url.origin()).then_some(next)
}

/// The body of an answer as it comes.
pub(super) struct Chunks {
    status: StatusCode,
    body: TransportBody,
    since: Instant,
    limit: Limit,
}

/// How long the rest of an answer may take.
enum Limit {
    /// All of it.
    Whole(Timer),
    /// Each chunk; the timer runs while one is waited for.
    Each(Duration, Option<Timer>),
}

impl Chunks {
    /// The next chunk, which is not empty; `None` when the body is whole.
    pub(super) fn poll_chunk(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Failure>>> {
        if let Poll::Ready(chunk) = Pin::new(&mut self.body).poll_next(cx) {
            if let Limit::Each(_, timer) = &mut self.limit {
                *timer = None;
            }
            return Poll::Ready(chunk.map(|chunk| chunk.map_err(|error| self.failure(error))));
        }
        let after = match &mut self.limit {
            Limit::Whole(timer) => {
                ready!(timer.as_mut().poll(cx));
                self.since.elapsed()
            }
            Limit::Each(limit, timer) => {
                let timer = timer.get_or_insert_with(|| clock::timer(*limit));
                ready!(timer.as_mut().poll(cx));
                *limit
            }
        };
        Poll::Ready(Some(Err(Failure::Timeout {
            after,
            status: Some(self.status),
            source: "no more of the answer came".into(),
        })))
    }

    fn failure(&self, error: Source) -> Failure {
        let error = error.downcast::<TransportError>();
        let error = error.map_or_else(TransportError::connection, |error| *error);
        failure(self.since, Some(self.status), error)
    }

    /// The whole body, or what went wrong, or `None` when it is longer than `limit`.
    pub(super) async fn whole(&mut self, limit: usize) -> Result<Bytes, Option<Failure>> {
        let length = self.body.length();
        if length.is_some_and(|length| length > limit as u64) {
            return Err(None);
        }
        // What comes in one piece is handed on as it is.
        let mut first = Bytes::new();
        let mut body = BytesMut::new();
        while let Some(chunk) = poll_fn(|cx| self.poll_chunk(cx)).await {
            let chunk = chunk.map_err(Some)?;
            if chunk.len() > limit - first.len().max(body.len()) {
                return Err(None);
            }
            if first.is_empty() && body.is_empty() {
                first = chunk;
                continue;
            }
            if body.is_empty() {
                let whole = length.and_then(|length| usize::try_from(length).ok());
                body.reserve(whole.unwrap_or_default().min(MOST_TRUSTED));
                body.extend_from_slice(&std::mem::take(&mut first));
            }
            body.extend_from_slice(&chunk);
        }
        if body.is_empty() {
            return Ok(first);
        }
        Ok(body.freeze())
    }
}

fn failure(started: Instant, status: Option<StatusCode>, error: TransportError) -> Failure {
    let TransportError { kind, source } = error;
    match kind {
        Kind::Timeout => Failure::Timeout {
            after: started.elapsed(),
            status,
            source,
        },
        Kind::Connection => Failure::Connection { status, source },
        Kind::Refused => Failure::Refused(source.to_string()),
    }
}

fn spent() -> Failure {
    Failure::Refused("the body is a stream, and was sent before".to_owned())
}
