//! Calls that are waited for instead of awaited: the feature `blocking`.
//!
//! A call is polled by the thread that waits for it. Sockets and timers are watched by one thread in the
//! background, which all clients share, so that connections last from call to call. It begins with
//! the first such call and ends with the program.

use std::future::{Future, pending};
use std::io::{self, Read};
use std::pin::pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use tokio::runtime::{Builder, Handle};
use tokio::task::coop;

use super::download::{Download, next};
use super::error::{Call, Error};
use super::events::Events;
use super::lines::JsonLines;
use super::page::{Items, Pages};
use super::request::Request;

/// A stream as an iterator, each `next` of which waits. It ends as the stream does.
#[derive(Debug)]
#[must_use = "nothing is read until it is asked for"]
pub struct Blocking<S> {
    /// `None` after it could not be waited for.
    stream: Option<S>,
}

impl<T, S> Iterator for Blocking<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        match wait(next(self.stream.as_mut()?)) {
            Ok(item) => item,
            Err(fault) => {
                self.stream = None;
                Some(Err(invalid(None, fault)))
            }
        }
    }
}

/// What gives one item after the other.
macro_rules! iterators {
    ($(impl<$($parameter:ident)?> $stream:ty;)+) => {
        $(
            impl<$($parameter)?> $stream {
                /// The rest of it as an iterator, for code that is not async.
                pub fn blocking(self) -> Blocking<Self> {
                    Blocking { stream: Some(self) }
                }
            }
        )+
    };
}

iterators! {
    impl<T> Items<T>;
    impl<P> Pages<P>;
    impl<T> JsonLines<T>;
    impl<T> Events<T>;
    impl<> Download;
}

/// The bytes of a [`Download`], each `read` of which waits.
#[derive(Debug)]
pub struct DownloadReader {
    chunks: Blocking<Download>,
    /// Of a chunk, what was not read yet.
    rest: Bytes,
}

impl Download {
    /// The rest of it as a reader, for code that is not async. The source of its errors is an [`Error`].
    pub fn into_read(self) -> DownloadReader {
        DownloadReader {
            chunks: self.blocking(),
            rest: Bytes::new(),
        }
    }
}

impl Read for DownloadReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            match self.chunks.next() {
                Some(chunk) => self.rest = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.rest.len());
        self.rest
            .split_to(count)
            .copy_to_slice(&mut buffer[..count]);
        Ok(count)
    }
}

impl Request {
    /// Waits for what becomes of the call when it is sent like this.
    pub fn wait<T, F>(self, send: impl FnOnce(Self) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let call = self.call;
        wait(send(self)).unwrap_or_else(|fault| Err(invalid(Some(call), fault)))
    }
}

fn invalid(call: Option<Call>, fault: String) -> Error {
    let faults = vec![fault];
    Error::Invalid { call, faults }
}

/// What the future gives, or why it cannot be waited for.
fn wait<T>(future: impl Future<Output = T>) -> Result<T, String> {
    if is_async() {
        let fault =
            "async code must not wait for a call: it awaits it, or waits in `spawn_blocking`";
        return Err(fault.to_owned());
    }
    let _within = background()?.enter();
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(value) => return Ok(value),
            Poll::Pending => thread::park(),
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Whether a task of tokio's is running on this thread, so that others would have to wait as well.
///
/// What may block runs within tokio, too (`spawn_blocking`), but has no budget that ends.
fn is_async() -> bool {
    let mut cx = Context::from_waker(Waker::noop());
    let mut budget_ends = || {
        (0..=u8::MAX).any(|_| match coop::poll_proceed(&mut cx) {
            Poll::Ready(unit) => {
                unit.made_progress();
                false
            }
            Poll::Pending => true,
        })
    };
    Handle::try_current().is_ok() && budget_ends()
}

/// The runtime that watches sockets and timers, or why there is none.
fn background() -> Result<&'static Handle, String> {
    static BACKGROUND: OnceLock<Result<Handle, String>> = OnceLock::new();
    let started = BACKGROUND.get_or_init(|| {
        start().map_err(|error| format!("the thread in the background cannot begin: {error}"))
    });
    started.as_ref().map_err(Clone::clone)
}

fn start() -> io::Result<Handle> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    let named = thread::Builder::new().name("api-client".to_owned());
    named.spawn(move || runtime.block_on(pending::<()>()))?;
    Ok(handle)
}
