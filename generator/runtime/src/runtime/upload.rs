//! [`Upload`]: bytes to be sent, in memory or as they come.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use futures_core::Stream;

use super::body::{self, Chunks, Part, TransportBody};
use super::boxed::MaybeSend;

/// Bytes to be sent: in memory, or a stream.
///
/// Bytes and text become one by themselves. A stream can be sent once; clones share it.
#[derive(Clone)]
pub struct Upload {
    content: Content,
}

#[derive(Clone)]
enum Content {
    Whole(Bytes),
    Stream {
        /// `None` when it was sent.
        chunks: Arc<Mutex<Option<Chunks>>>,
        length: Option<u64>,
    },
    /// One after the other.
    Parts(Vec<Upload>),
}

impl Upload {
    /// Sends a stream of chunks as they come. An error in it breaks the connection off and is the
    /// source of the call's error.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + MaybeSend + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn StdError + Send + Sync>>,
    {
        let chunks = body::chunks(stream);
        Upload {
            content: Content::Stream {
                chunks: Arc::new(Mutex::new(Some(chunks))),
                length: None,
            },
        }
    }

    /// Says how many bytes a stream has, for servers that want to know before. One that has more or
    /// fewer breaks off. Without this it is sent in chunks (`Transfer-Encoding: chunked`).
    pub fn length(mut self, bytes: u64) -> Self {
        if let Content::Stream { length, .. } = &mut self.content {
            *length = Some(bytes);
        }
        self
    }

    /// Whether it can be sent more than once.
    pub fn repeats(&self) -> bool {
        match &self.content {
            Content::Whole(_) => true,
            Content::Stream { .. } => false,
            Content::Parts(parts) => parts.iter().all(Upload::repeats),
        }
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes),
            Content::Stream { .. } | Content::Parts(_) => None,
        }
    }

    /// How many bytes it has, if that is known.
    pub(super) fn len(&self) -> Option<u64> {
        match &self.content {
            Content::Whole(bytes) => Some(bytes.len() as u64),
            Content::Stream { length, .. } => *length,
            Content::Parts(parts) => parts.iter().map(Upload::len).sum(),
        }
    }

    pub(super) fn parts(parts: Vec<Upload>) -> Self {
        Upload {
            content: Content::Parts(parts),
        }
    }

    /// What goes out; `None` if a stream in it was sent before.
    pub(super) fn take(&self) -> Option<TransportBody> {
        if let Content::Whole(bytes) = &self.content {
            return Some(bytes.clone().into());
        }
        let mut parts = VecDeque::new();
        self.take_into(&mut parts)?;
        Some(TransportBody::of_parts(parts))
    }

    fn take_into(&self, parts: &mut VecDeque<Part>) -> Option<()> {
        match &self.content {
            Content::Whole(bytes) => parts.push_back(Part::Whole(bytes.clone())),
            Content::Stream { chunks, length } => {
                let mut chunks = chunks.lock().unwrap_or_else(PoisonError::into_inner);
                parts.push_back(Part::Stream(chunks.take()?, *length));
            }
            Content::Parts(inner) => {
                for part in inner {
                    part.take_into(parts)?;
                }
            }
        }
        Some(())
    }
}

impl PartialEq for Upload {
    /// Streams are equal if they are one.
    fn eq(&self, other: &Self) -> bool {
        match (&self.content, &other.content) {
            (Content::Whole(one), Content::Whole(other)) => one == other,
            (Content::Stream { chunks: one, .. }, Content::Stream { chunks: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            (Content::Parts(one), Content::Parts(other)) => one == other,
            _ => false,
        }
    }
}

impl Eq for Upload {}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("bytes", &self.len())
            .field("repeats", &self.repeats())
            .finish()
    }
}

/// What is held in memory.
macro_rules! upload_from {
    ($($source:ty),+) => {
        $(
            impl From<$source> for Upload {
                fn from(bytes: $source) -> Self {
                    Upload { content: Content::Whole(bytes.into()) }
                }
            }
        )+
    };
}

upload_from!(
    Bytes,
    Vec<u8>,
    String,
    &'static str,
    &'static [u8],
    Box<[u8]>
);

impl<const N: usize> From<&'static [u8; N]> for Upload {
    fn from(bytes: &'static [u8; N]) -> Self {
        bytes.as_slice().into()
    }
}
