//! Tokio's `AsyncRead`, both ways: a download as a [`Reader`], and a reader as an [`Upload`].

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::io::{AsyncBufRead, AsyncRead, ReadBuf};

use super::boxed::MaybeSend;
use super::download::Download;
use super::error::Error;
use super::upload::Upload;

/// How much of a reader is sent at a time.
const CHUNK_BYTES: usize = 64 * 1024;

/// A download to be read from.
///
/// It holds a chunk of the body at a time. An error in it is an [`io::Error`] with an [`Error`] inside;
/// after one it is at its end.
pub struct Reader {
    download: Download,
    /// What of the last chunk is still to be read.
    chunk: Bytes,
}

impl Download {
    /// The body as an `AsyncRead` and `AsyncBufRead` of tokio's.
    pub fn into_async_read(self) -> Reader {
        Reader {
            download: self,
            chunk: Bytes::new(),
        }
    }
}

impl AsyncBufRead for Reader {
    fn poll_fill_buf(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.chunk.is_empty() {
            match ready!(Pin::new(&mut this.download).poll_next(cx)) {
                Some(Ok(chunk)) => this.chunk = chunk,
                Some(Err(error)) => return Poll::Ready(Err(io_error(error))),
                None => break,
            }
        }
        Poll::Ready(Ok(&this.chunk))
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        let chunk = &mut self.get_mut().chunk;
        chunk.advance(amount.min(chunk.len()));
    }
}

impl AsyncRead for Reader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let held = ready!(self.as_mut().poll_fill_buf(cx))?;
        let amount = held.len().min(buffer.remaining());
        buffer.put_slice(&held[..amount]);
        self.consume(amount);
        Poll::Ready(Ok(()))
    }
}

fn io_error(error: Error) -> io::Error {
    let kind = match error {
        Error::Timeout { .. } => io::ErrorKind::TimedOut,
        Error::Connection { .. } => io::ErrorKind::ConnectionAborted,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}

impl Upload {
    /// Sends what a reader gives, such as a `tokio::fs::File`, as it comes; see
    /// [`stream`](Self::stream).
    pub fn reader(reader: impl AsyncRead + MaybeSend + 'static) -> Self {
        Upload::stream(Read {
            reader: Box::pin(reader),
            buffer: vec![0; CHUNK_BYTES],
        })
    }
}

/// The chunks of a reader.
struct Read<R> {
    reader: Pin<Box<R>>,
    buffer: Vec<u8>,
}

impl<R: AsyncRead> Stream for Read<R> {
    type Item = io::Result<Bytes>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let mut buffer = ReadBuf::new(&mut this.buffer);
        let read = ready!(this.reader.as_mut().poll_read(cx, &mut buffer));
        let chunk = read.map(|()| Bytes::copy_from_slice(buffer.filled()));
        let end = chunk.as_ref().is_ok_and(Bytes::is_empty);
        Poll::Ready((!end).then_some(chunk))
    }
}

impl fmt::Debug for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Reader").field(&self.download).finish()
    }
}
