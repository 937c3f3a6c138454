//! [`JsonLines`]: JSON, a value in each line.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::answer::{Answer, Response};
use super::decode;
use super::download::{Download, next};
use super::error::Error;
use super::request::Request;

/// What stands before each value in `application/json-seq`.
const RECORD_SEPARATOR: u8 = 0x1e;

/// Bytes, and the byte that ended them.
type Piece = (Bytes, Option<u8>);

/// The body of an answer in pieces that end with a certain byte.
pub(super) struct Pieces {
    pub(super) body: Download,
    buffer: BytesMut,
    /// How much of it was looked through.
    seen: usize,
}

impl Pieces {
    pub(super) fn new(body: Download) -> Self {
        Pieces {
            body,
            buffer: BytesMut::new(),
            seen: 0,
        }
    }

    /// The next piece and the byte that ends it, which the last of all need not have.
    pub(super) fn poll(
        &mut self,
        cx: &mut Context<'_>,
        ends: impl Fn(u8) -> bool,
    ) -> Poll<Option<Result<Piece, Error>>> {
        loop {
            let rest = &self.buffer[self.seen..];
            if let Some(found) = rest.iter().position(|byte| ends(*byte)) {
                let length = self.seen + found;
                // Whether its end comes with it or later is the network's business.
                if length > self.body.limit {
                    self.clear();
                    return Poll::Ready(Some(Err(self.body.too_large())));
                }
                let mut piece = self.buffer.split_to(length + 1);
                self.seen = 0;
                let end = piece[piece.len() - 1];
                piece.truncate(piece.len() - 1);
                return Poll::Ready(Some(Ok((piece.freeze(), Some(end)))));
            }
            self.seen = self.buffer.len();
            if self.seen > self.body.limit {
                self.clear();
                return Poll::Ready(Some(Err(self.body.too_large())));
            }
            match ready!(Pin::new(&mut self.body).poll_next(cx)) {
                Some(Ok(chunk)) => self.buffer.extend_from_slice(&chunk),
                Some(Err(error)) => {
                    self.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                None if self.buffer.is_empty() => return Poll::Ready(None),
                None => {
                    self.seen = 0;
                    return Poll::Ready(Some(Ok((self.buffer.split().freeze(), None))));
                }
            }
        }
    }

    fn clear(&mut self) {
        self.buffer.clear();
        self.seen = 0;
    }
}

/// JSON values that come line by line; empty lines are skipped.
///
/// A line that is no such value is an error among the items, with the line in it, and the stream
/// goes on. It ends after any other error. No line is longer than the client's `max_body_bytes`.
#[must_use = "nothing is read until it is polled"]
pub struct JsonLines<T> {
    pieces: Pieces,
    /// What ends a value, when there has been one.
    separator: Option<u8>,
    item: PhantomData<fn() -> T>,
}

impl<T: DeserializeOwned> JsonLines<T> {
    fn new(body: Download) -> Self {
        JsonLines {
            pieces: Pieces::new(body),
            separator: None,
            item: PhantomData,
        }
    }

    /// The next value. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            // A value may take several lines where a separator stands before each.
            let separator = this.separator;
            let ends = |byte| match separator {
                Some(separator) => byte == separator,
                None => byte == b'\n' || byte == RECORD_SEPARATOR,
            };
            let line = match ready!(this.pieces.poll(cx, ends)) {
                Some(Ok((line, end))) => {
                    let blank = line.trim_ascii().is_empty();
                    if !blank || end == Some(RECORD_SEPARATOR) {
                        this.separator = separator.or(end);
                    }
                    if blank {
                        continue;
                    }
                    line
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            };
            let value = decode::from_slice(&line);
            return Poll::Ready(Some(
                value.map_err(|fault| this.pieces.body.unreadable(line, fault)),
            ));
        }
    }
}

impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("JsonLines").field(&self.pieces.body).finish()
    }
}

/// An answer that is [`JsonLines`].
pub struct Lines<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Answer for Lines<T> {
    type Value = JsonLines<T>;

    async fn ask(request: Request) -> Result<Response<JsonLines<T>>, Error> {
        let body = request
            .download("application/x-ndjson, application/jsonl;q=0.9, */*;q=0.1")
            .await?;
        Ok(Response {
            status: body.status,
            headers: body.headers.clone(),
            value: JsonLines::new(body),
        })
    }
}
