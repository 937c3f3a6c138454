//! A transport that reaches nothing: it gives the answers it was given and keeps what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::runtime::{
    ClientBuilder, StatusCode, Transport, TransportError, TransportFuture, TransportRequest,
    TransportResponse,
};

/// What comes of a request; `None` is nothing, ever.
pub(super) type Outcome = Option<Result<TransportResponse, TransportError>>;

#[derive(Clone)]
pub(super) struct Memory {
    outcomes: Arc<Mutex<VecDeque<Outcome>>>,
    asked: Arc<Mutex<Vec<TransportRequest>>>,
}

impl Transport for Memory {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        self.asked.lock().unwrap().push(request);
        let outcome = self.outcomes.lock().unwrap().pop_front().unwrap();
        Box::pin(async {
            match outcome {
                Some(outcome) => outcome,
                None => std::future::pending().await,
            }
        })
    }
}

impl Memory {
    /// Gives these in turn, and fails the test when there is no other.
    pub(super) fn new(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Memory {
            outcomes: Arc::new(Mutex::new(outcomes.into_iter().collect())),
            asked: Arc::default(),
        }
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        let server = "https://api.example.com/v1";
        ClientBuilder::new(server, "x/1", &super::server::BEARER)
            .credential(0, "secret-token")
            .transport(self.clone())
    }

    /// All that it was asked.
    pub(super) fn asked(&self) -> std::sync::MutexGuard<'_, Vec<TransportRequest>> {
        self.asked.lock().unwrap()
    }
}

/// An answer of this status.
pub(super) fn status(status: u16, body: &'static str) -> Outcome {
    let status = StatusCode::from_u16(status).unwrap();
    Some(Ok(TransportResponse::new(status, body)))
}

/// The same with a header.
pub(super) fn with_header(outcome: Outcome, name: &'static str, value: &'static str) -> Outcome {
    outcome.map(|outcome| {
        outcome.map(|mut response| {
            response.headers.insert(name, value.parse().unwrap());
            response
        })
    })
}

/// No connection.
pub(super) fn refused() -> Outcome {
    Some(Err(TransportError::connection("connection refused")))
}
