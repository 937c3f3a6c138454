//! The runtime: what it reads of an answer, and what it writes into a request.
//!
//! Goes in by the public ways of a client; [`StandIn`] is the server.

pub mod address;
pub mod decode;
pub mod headers;
pub mod multipart;
pub mod pages;
pub mod streams;
pub mod token;

use crate::runtime::{
    Bytes, Client, ClientBuilder, Retry, Scheme, SecretSpot, Security, StatusCode, Transport,
    TransportBody, TransportFuture, TransportRequest, TransportResponse, header,
};
use futures_core::Stream;
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

/// Where the client sends its calls.
const SERVER: &str = "https://api.example.com/v1";

/// A server that gives the answers it was given, then empty ones, and keeps what it was asked.
#[derive(Clone, Default)]
struct StandIn {
    answers: Arc<Mutex<VecDeque<TransportResponse>>>,
    asked: Arc<Mutex<Vec<TransportRequest>>>,
}

impl Transport for StandIn {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        self.asked().push(request);
        let answer = self
            .answers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop_front();
        Box::pin(async move { Ok(answer.unwrap_or_else(|| answer_of("", &[]))) })
    }
}

static TOKEN: Security = Security {
    schemes: &[Scheme {
        name: "token",
        setter: "token",
        spot: SecretSpot::Authorization("Bearer"),
    }],
    default: &[&[0]],
};

impl StandIn {
    fn new(answers: impl IntoIterator<Item = TransportResponse>) -> Self {
        StandIn {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            asked: Arc::default(),
        }
    }

    fn asked(&self) -> MutexGuard<'_, Vec<TransportRequest>> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn client(&self, max_body_bytes: usize) -> Client {
        let builder = ClientBuilder::new(SERVER, "checks/1", &TOKEN);
        let builder = builder.credential(0, "secret-token").retry(Retry::never());
        let builder = builder
            .transport(self.clone())
            .max_body_bytes(max_body_bytes);
        builder
            .build()
            .expect("a client with a transport of its own can be built")
    }
}

/// Status 200 and a body.
fn answer_of(
    body: impl Into<TransportBody>,
    headers: &[(&'static str, &[u8])],
) -> TransportResponse {
    let mut answer = TransportResponse::new(StatusCode::OK, body);
    for (name, value) in headers {
        if let Ok(value) = header::HeaderValue::from_bytes(value) {
            answer.headers.append(*name, value);
        }
    }
    answer
}

/// A body that comes in these chunks.
struct Chunks(VecDeque<Bytes>);

impl Chunks {
    /// Cuts a text; each byte of `cuts` says how long a chunk is.
    fn of(mut text: &[u8], cuts: &[u8]) -> Self {
        let mut chunks = VecDeque::new();
        for cut in cuts {
            let (chunk, rest) = text.split_at(text.len().min(usize::from(*cut)));
            chunks.push_back(Bytes::copy_from_slice(chunk));
            text = rest;
        }
        chunks.push_back(Bytes::copy_from_slice(text));
        Chunks(chunks)
    }
}

impl Stream for Chunks {
    type Item = Result<Bytes, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

/// What a future comes to.
fn wait<F: Future>(future: F) -> F::Output {
    thread_local! {
        static RUNTIME: tokio::runtime::Runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime of one thread can be made");
    }
    RUNTIME.with(|runtime| runtime.block_on(future))
}
