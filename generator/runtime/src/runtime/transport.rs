//! Sends one call and reads its answer.
//!
//! The only module that names the HTTP library: another one would be put in here and nowhere else.
//! It knows nothing of operations, credentials or decoding.

use std::error::Error as StdError;
use std::time::{Duration, Instant};

use bytes::{Bytes, BytesMut};
pub use reqwest::{Client as HttpClient, Method, StatusCode, Url, header};

use self::header::HeaderMap;

/// How often a redirect is followed within one call.
const MAX_REDIRECTS: usize = 10;

/// One call, ready to send.
pub(super) struct Outgoing {
    pub(super) method: Method,
    pub(super) url: Url,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Bytes>,
    pub(super) timeout: Duration,
    pub(super) max_body_bytes: usize,
    pub(super) wants: Wants,
}

/// What the caller needs of a successful answer.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wants {
    /// The whole body: an answer whose body cannot be read is a failure.
    Body,
    /// Status and headers: what becomes of the body does not matter.
    Head,
}

/// An answer, whatever its status.
pub(super) struct Incoming {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
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
    TooLarge {
        status: StatusCode,
        headers: HeaderMap,
    },
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

/// Sends the call, follows redirects, reads the body.
///
/// A redirect is followed within the same scheme, host and port, so that neither the token nor any
/// other header reaches another server, and only if the call stays what it was: 307 and 308 always,
/// 301, 302 and 303 for GET and HEAD. Any other redirect is an answer like every other.
pub(super) async fn send(http: &HttpClient, call: Outgoing) -> Result<Incoming, Failure> {
    let started = Instant::now();
    let mut url = call.url.clone();
    let mut hops = 0;
    loop {
        let mut request = reqwest::Request::new(call.method.clone(), url);
        *request.headers_mut() = call.headers.clone();
        *request.body_mut() = call.body.clone().map(Into::into);
        *request.timeout_mut() = Some(call.timeout.saturating_sub(started.elapsed()));
        let response = http
            .execute(request)
            .await
            .map_err(|error| failure(started, None, error))?;
        match redirect_target(&call, &response) {
            Some(next) if hops < MAX_REDIRECTS => {
                hops += 1;
                url = next;
            }
            _ => return read(&call, started, response).await,
        }
    }
}

fn redirect_target(call: &Outgoing, response: &reqwest::Response) -> Option<Url> {
    let same_call = match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => true,
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

async fn read(
    call: &Outgoing,
    started: Instant,
    response: reqwest::Response,
) -> Result<Incoming, Failure> {
    let status = response.status();
    let headers = response.headers().clone();
    let body = match read_body(response, call.max_body_bytes).await {
        Ok(body) => body,
        Err(_) if call.wants == Wants::Head && status.is_success() => Bytes::new(),
        Err(Some(error)) => return Err(failure(started, Some(status), error)),
        Err(None) => return Err(Failure::TooLarge { status, headers }),
    };
    Ok(Incoming {
        status,
        headers,
        body,
    })
}

/// The body, or the fault of the connection, or `None` when the body is longer than `limit`.
async fn read_body(
    mut response: reqwest::Response,
    limit: usize,
) -> Result<Bytes, Option<reqwest::Error>> {
    if response
        .content_length()
        .is_some_and(|length| length > limit as u64)
    {
        return Err(None);
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(Some)? {
        if chunk.len() > limit - body.len() {
            return Err(None);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
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
