//! Sends a [`Request`] and hands on its answer.

use bytes::Bytes;

use super::answer::{Answer, Raw, RawResponse, Response};
use super::boxed::BoxFuture;
use super::error::{Call, Error};
use super::exchange::{Failure, Wants};
use super::request::Request;

/// A call that can be awaited.
pub type Sending<T> = BoxFuture<'static, Result<T, Error>>;

impl Request {
    /// Sends the call and reads the answer as JSON, text, bytes or nothing.
    pub async fn send<A: Answer>(self) -> Result<A::Value, Error> {
        Ok(A::ask(self).await?.value)
    }

    /// Like [`send`](Self::send), with status and headers.
    pub async fn send_with_response<A: Answer>(self) -> Result<Response<A::Value>, Error> {
        A::ask(self).await
    }

    /// Like [`send`](Self::send), as a type that can be named.
    pub fn sending<A: Answer + 'static>(self) -> Sending<A::Value> {
        Box::pin(self.send::<A>())
    }

    /// Like [`sending`](Self::sending), with status and headers.
    pub fn sending_with_response<A: Answer + 'static>(self) -> Sending<Response<A::Value>> {
        Box::pin(A::ask(self))
    }

    /// Sends the call and asks for another media type; the body comes as it is.
    pub fn send_as(self, media_type: &'static str) -> Sending<Response<Bytes>> {
        Box::pin(self.accept(media_type).send_with_response::<Raw>())
    }

    /// Sends the call; an answer that is not 2xx is an error.
    pub(super) async fn execute(
        self,
        accept: &'static str,
        wants: Wants,
    ) -> Result<RawResponse, Error> {
        let (answer, body) = self.answered(accept, wants).await?;
        Ok(answer.into_raw(body))
    }
}

pub(super) fn error(call: Call, failure: Failure) -> Error {
    match failure {
        Failure::Timeout {
            after,
            status,
            source,
        } => Error::Timeout {
            call,
            after,
            status,
            source,
        },
        Failure::Connection { status, source } => Error::Connection {
            call,
            status,
            source,
        },
        Failure::Refused(fault) => Error::Invalid {
            call: Some(call),
            faults: vec![fault],
        },
    }
}
