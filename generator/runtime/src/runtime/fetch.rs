//! The HTTP library as a [`Transport`] in a browser: by its `fetch`.
//!
//! What a browser sees to by itself is none of the client's: connections, redirects (followed to any
//! address that the server allows), headers that pages may not set. It sends only what is in memory.

use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use super::body::TransportBody;
use super::boxed::BoxStream;
use super::transport::{
    HttpClient, Source, Transport, TransportError, TransportFuture, TransportRequest,
    TransportResponse,
};

/// The HTTP client that is used when the caller brings none.
pub(super) fn http_client(connect_timeout: Option<Duration>) -> Result<Arc<dyn Transport>, Source> {
    match connect_timeout {
        Some(_) => Err("a browser has no limit for connecting".into()),
        None => Ok(Arc::new(HttpClient::new())),
    }
}

impl Transport for HttpClient {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            let mut outgoing = reqwest::Request::new(request.method, request.url);
            *outgoing.headers_mut() = request.headers;
            if let Some(body) = request.body {
                *outgoing.body_mut() = Some(in_memory(body).await?.into());
            }
            let response = self.execute(outgoing).await;
            let mut response = response.map_err(TransportError::of_library)?;
            let headers = std::mem::take(response.headers_mut());
            Ok(TransportResponse {
                status: response.status(),
                headers,
                body: TransportBody::stream(Incoming(Box::pin(response.bytes_stream()))),
            })
        })
    }
}

/// All of a body.
async fn in_memory(mut body: TransportBody) -> Result<Bytes, TransportError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
        bytes.extend_from_slice(&chunk.map_err(TransportError::connection)?);
    }
    Ok(bytes.freeze())
}

struct Incoming(BoxStream<Result<Bytes, reqwest::Error>>);

impl Stream for Incoming {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let chunk = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(chunk.map(|chunk| chunk.map_err(TransportError::of_library)))
    }
}
