//! [`TransportBody`]: a body on its way, to a server or from it.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use super::boxed::{BoxStream, MaybeSend};

type Source = Box<dyn StdError + Send + Sync>;
type Chunk = Result<Bytes, Source>;
pub(super) type Chunks = BoxStream<Chunk>;

/// A body on its way, to a server or from it: a stream of chunks, none of them empty.
///
/// Bytes and text become one by themselves. It ends after an error.
pub struct TransportBody {
    /// What is being read.
    part: Option<Part>,
    /// What comes after it.
    parts: VecDeque<Part>,
    length: Option<u64>,
}

pub(super) enum Part {
    Whole(Bytes),
    /// With the number of bytes that are still to come, if it is known.
    Stream(Chunks, Option<u64>),
}

impl Part {
    fn length(&self) -> Option<u64> {
        match self {
            Part::Whole(bytes) => Some(bytes.len() as u64),
            Part::Stream(_, length) => *length,
        }
    }
}

impl TransportBody {
    /// Chunks as they come. An error says that the rest is lost, a
    /// [`TransportError::timeout`](super::TransportError::timeout) that it took too long.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        TransportBody::of_chunks(chunks(stream), None)
    }

    /// Says how many bytes a stream has, so that one which is too long is not begun to be read. One
    /// that has more or fewer breaks off.
    pub fn with_length(mut self, bytes: u64) -> Self {
        if let Some(Part::Stream(_, left)) = &mut self.part {
            *left = Some(bytes);
            self.length = Some(bytes);
        }
        self
    }

    /// How many bytes it has in all, if that is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if it is in memory and nothing was taken from it.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.part {
            Some(Part::Whole(bytes)) if self.parts.is_empty() => Some(bytes),
            _ => None,
        }
    }

    /// Chunks with our types, and how many bytes they have in all, if that is known.
    pub(super) fn of_chunks(chunks: Chunks, length: Option<u64>) -> Self {
        TransportBody::of_part(Part::Stream(chunks, length))
    }

    pub(super) fn of_part(part: Part) -> Self {
        TransportBody {
            length: part.length(),
            part: Some(part),
            parts: VecDeque::new(),
        }
    }

    /// One part after the other.
    pub(super) fn of_parts(mut parts: VecDeque<Part>) -> Self {
        TransportBody {
            length: parts.iter().map(Part::length).sum(),
            part: parts.pop_front(),
            parts,
        }
    }
}

/// What is held in memory.
macro_rules! body_from {
    ($($source:ty),+) => {
        $(
            impl From<$source> for TransportBody {
                fn from(bytes: $source) -> Self {
                    TransportBody::of_part(Part::Whole(bytes.into()))
                }
            }
        )+
    };
}

body_from!(Bytes, Vec<u8>, String, &'static str, &'static [u8]);

impl Stream for TransportBody {
    type Item = Chunk;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let this = self.get_mut();
        while let Some(part) = &mut this.part {
            let chunk = match part {
                Part::Whole(bytes) => Some(Ok(std::mem::take(bytes))),
                Part::Stream(chunks, left) => {
                    let chunk = ready!(chunks.as_mut().poll_next(cx));
                    measured(chunk, left)
                }
            };
            match chunk {
                Some(Ok(bytes)) if !bytes.is_empty() => return Poll::Ready(Some(Ok(bytes))),
                Some(Ok(_)) if matches!(part, Part::Stream(..)) => {}
                Some(Err(error)) => {
                    this.part = None;
                    this.parts.clear();
                    return Poll::Ready(Some(Err(error)));
                }
                Some(Ok(_)) | None => {
                    this.part = this.parts.pop_front();
                }
            }
        }
        Poll::Ready(None)
    }
}

impl fmt::Debug for TransportBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportBody")
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

/// The chunk, unless it is more, or its absence less, than what is to come.
fn measured(chunk: Option<Chunk>, left: &mut Option<u64>) -> Option<Chunk> {
    let Some(left) = left else { return chunk };
    match chunk {
        Some(Ok(bytes)) => match left.checked_sub(bytes.len() as u64) {
            Some(rest) => {
                *left = rest;
                Some(Ok(bytes))
            }
            None => Some(Err("the body is longer than its length".into())),
        },
        None if *left > 0 => Some(Err("the body is shorter than its length".into())),
        chunk => chunk,
    }
}

/// A caller's stream, with our types.
pub(super) fn chunks<S, B, E>(stream: S) -> Chunks
where
    S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
    B: Into<Bytes>,
    E: Into<Source>,
{
    Box::pin(Plain(Box::pin(stream)))
}

struct Plain<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Plain<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Source>,
{
    type Item = Chunk;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Chunk>> {
        let next = ready!(self.0.as_mut().poll_next(cx));
        Poll::Ready(next.map(|chunk| chunk.map(Into::into).map_err(Into::into)))
    }
}
