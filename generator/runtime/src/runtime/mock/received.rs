//! [`Received`]: a request as it came.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::super::body::TransportBody;
use super::super::decode::{self, JsonFault};
use super::super::escape;
use super::super::transport::header::HeaderMap;
use super::super::transport::{Method, TransportError, TransportRequest};

/// A request as it came.
#[derive(Clone)]
#[non_exhaustive]
pub struct Received {
    /// The operation's id.
    pub operation: &'static str,
    /// The method.
    pub method: Method,
    /// The path of the address, encoded.
    pub path: String,
    /// Names and values of the query, decoded, without credentials.
    pub query: Vec<(String, String)>,
    /// The headers. Values that are nothing for a log are marked as sensitive.
    pub headers: HeaderMap,
    /// The body; empty where there is none.
    pub body: Bytes,
}

impl Received {
    pub(super) async fn of(
        request: TransportRequest,
        secrets: &[&'static str],
    ) -> Result<Self, TransportError> {
        let body = match request.body {
            Some(body) => whole(body).await?,
            None => Bytes::new(),
        };
        let query = pairs(request.url.query().unwrap_or_default());
        Ok(Received {
            operation: request.operation,
            method: request.method,
            path: request.url.path().to_owned(),
            query: query
                .filter(|(name, _)| !secrets.contains(&name.as_str()))
                .collect(),
            headers: request.headers,
            body,
        })
    }

    /// The first value of a query parameter.
    pub fn query_value(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.iter();
        let (_, value) = pairs.find(|(other, _)| other == name)?;
        Some(value)
    }

    /// The body as a value, for example of the type that the call was given.
    ///
    /// # Errors
    /// It is not one, or there is no body.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, JsonFault> {
        decode::from_slice(&self.body)
    }
}

/// Neither query nor body: a test may have put anything there.
impl fmt::Debug for Received {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Received")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}

async fn whole(mut body: TransportBody) -> Result<Bytes, TransportError> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
        bytes.extend_from_slice(&chunk.map_err(TransportError::connection)?);
    }
    Ok(bytes.freeze())
}

/// Names and values of a query, decoded. What has no `=` has no name.
pub(super) fn pairs(query: &str) -> impl Iterator<Item = (String, String)> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or(("", pair));
        (escape::decode(name), escape::decode(value))
    })
}
