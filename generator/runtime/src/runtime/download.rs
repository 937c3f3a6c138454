//! [`Download`]: the body of an answer as it comes.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::answer::RawResponse;
use super::decode::JsonFault;
use super::error::{Call, DecodeError, Error};
use super::exchange::{Chunks, Wants};
use super::request::Request;
use super::send;
use super::transport::StatusCode;
use super::transport::header::{CONTENT_LENGTH, HeaderMap};

/// The body of a successful answer, chunk by chunk, however long it is.
///
/// The call's time limit is that of the head of the answer, and then of each chunk. Dropping it
/// closes the connection. It ends after an error; one that ends without an error is whole.
#[must_use = "nothing is read until it is polled"]
pub struct Download {
    pub(super) call: Call,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    /// How long a piece of it may be that is held in memory.
    pub(super) limit: usize,
    /// `None` at its end.
    pub(super) chunks: Option<Chunks>,
}

impl Request {
    /// Sends the call and hands out the body as it comes.
    pub async fn download(self, accept: &'static str) -> Result<Download, Error> {
        Ok(self.answered(accept, Wants::Chunks).await?.0)
    }
}

impl Download {
    /// The status: any 2xx.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the answer.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// How many bytes the server says there are.
    pub fn content_length(&self) -> Option<u64> {
        self.headers
            .get(CONTENT_LENGTH)?
            .to_str()
            .ok()?
            .parse()
            .ok()
    }

    /// The next chunk. Dropping the future loses nothing.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        next(self).await
    }

    /// Reads the rest, up to the client's limit, as the body of an answer.
    pub(super) async fn whole(&mut self) -> Result<RawResponse, Error> {
        let body = self.rest().await?;
        Ok(self.raw(body))
    }

    /// The answer with its body, which was read.
    pub(super) fn into_raw(self, body: Bytes) -> RawResponse {
        RawResponse {
            call: self.call,
            status: self.status,
            headers: self.headers,
            body,
        }
    }

    /// Reads the rest, up to the client's limit.
    pub(super) async fn rest(&mut self) -> Result<Bytes, Error> {
        let Some(chunks) = &mut self.chunks else {
            return Ok(Bytes::new());
        };
        let body = chunks.whole(self.limit).await;
        self.chunks = None;
        match body {
            Ok(body) => Ok(body),
            Err(Some(failure)) => Err(send::error(self.call, failure)),
            Err(None) => Err(self.too_large()),
        }
    }

    pub(super) fn raw(&self, body: Bytes) -> RawResponse {
        RawResponse {
            call: self.call,
            status: self.status,
            headers: self.headers.clone(),
            body,
        }
    }

    /// The error for a piece that is not of the declared form.
    pub(super) fn unreadable(&self, body: Bytes, fault: JsonFault) -> Error {
        let response = self.raw(body);
        Error::Decode(Box::new(DecodeError { response, fault }))
    }

    /// Ends it: a piece of it is longer than the client's limit.
    pub(super) fn too_large(&mut self) -> Error {
        self.chunks = None;
        Error::BodyTooLarge {
            call: self.call,
            status: self.status,
            headers: Box::new(self.headers.clone()),
            limit: self.limit,
        }
    }
}

impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(chunks) = &mut this.chunks else {
            return Poll::Ready(None);
        };
        let chunk = match ready!(chunks.poll_chunk(cx)) {
            Some(Ok(chunk)) => return Poll::Ready(Some(Ok(chunk))),
            Some(Err(failure)) => Some(Err(send::error(this.call, failure))),
            None => None,
        };
        this.chunks = None;
        Poll::Ready(chunk)
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("call", &self.call)
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

/// The next item of a stream.
pub(super) fn next<S: Stream + Unpin>(stream: &mut S) -> impl Future<Output = Option<S::Item>> {
    poll_fn(|cx| Pin::new(&mut *stream).poll_next(cx))
}
