//! The HTTP library as a [`Transport`], by sockets of its own.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body as _, Frame, SizeHint};

use super::body::TransportBody;
use super::transport::{
    HttpClient, Source, Transport, TransportError, TransportFuture, TransportRequest,
    TransportResponse,
};

/// The HTTP client that is used when the caller brings none.
///
/// It follows no redirect: [`exchange`](super::exchange) does, by its own rules.
pub(super) fn http_client(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Source> {
    let mut builder = HttpClient::builder().redirect(reqwest::redirect::Policy::none());
    if let Some(limit) = connect_timeout {
        builder = builder.connect_timeout(limit);
    }
    Ok(Arc::new(Own(builder.build()?)))
}

/// A client without a time limit of its own, so that there is none to be replaced by the call's, which
/// is kept without it.
struct Own(HttpClient);

impl Transport for Own {
    fn send(&self, mut request: TransportRequest) -> TransportFuture<'_> {
        request.timeout = None;
        self.0.send(request)
    }
}

impl Transport for HttpClient {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let mut outgoing = reqwest::Request::new(request.method, request.url);
        *outgoing.headers_mut() = request.headers;
        *outgoing.body_mut() = request.body.map(outgoing_body);
        // Looking for it would make a place for it.
        if request.timeout.is_some() {
            *outgoing.timeout_mut() = request.timeout;
        }
        let response = self.execute(outgoing);
        Box::pin(async move {
            let mut response = response.await.map_err(TransportError::of_library)?;
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
    TransportBody::of_chunks(Box::pin(Incoming(body)), length)
}

struct Incoming(reqwest::Body);

impl Stream for Incoming {
    type Item = Result<Bytes, Source>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let frame = ready!(Pin::new(&mut self.0).poll_frame(cx));
            match frame.map(|frame| frame.map(Frame::into_data)) {
                Some(Ok(Ok(chunk))) => return Poll::Ready(Some(Ok(chunk))),
                // Headers after the body.
                Some(Ok(Err(_))) => {}
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(TransportError::of_library(error).into())));
                }
                None => return Poll::Ready(None),
            }
        }
    }
}
