//! What the body of a successful answer is read as.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::decode::{self, JsonFault};
use super::error::{Call, DecodeError, Error};
use super::transport::header::HeaderMap;
use super::transport::{StatusCode, Wants};

/// A value together with the head of the answer that it came in.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the body holds.
    pub value: T,
    /// The status: any 2xx.
    pub status: StatusCode,
    /// The headers of the answer.
    pub headers: HeaderMap,
}

/// An answer before its body is read.
pub struct RawResponse {
    pub(super) call: Call,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// A kind of answer: [`Json`], [`Text`], [`Raw`] or [`Empty`].
pub trait Answer {
    /// What the body is read as.
    type Value;

    /// What the call accepts.
    const ACCEPT: &'static str;

    #[doc(hidden)]
    const KIND: Kind = Kind(Wants::Body);

    /// Reads the body.
    fn read(response: RawResponse) -> Result<Response<Self::Value>, Error>;
}

/// Whether a kind of answer has use for the body.
#[derive(Clone, Copy)]
pub struct Kind(pub(super) Wants);

/// JSON, whatever the answer's Content-Type says.
///
/// An empty body is read as `null` or, failing that, as `{}`.
pub struct Json<T>(PhantomData<fn() -> T>);

/// Text in UTF-8, as it came.
pub struct Text;

/// Bytes, as they came.
pub struct Raw;

/// Nothing: the body does not matter.
pub struct Empty;

impl<T: DeserializeOwned> Answer for Json<T> {
    type Value = T;
    const ACCEPT: &'static str = "application/json";

    fn read(response: RawResponse) -> Result<Response<T>, Error> {
        match decode::from_slice_or_empty(&response.body) {
            Ok(value) => Ok(response.with(value)),
            Err(fault) => Err(response.unreadable(fault)),
        }
    }
}

impl Answer for Text {
    type Value = String;
    const ACCEPT: &'static str = "text/csv, text/plain, */*;q=0.8";

    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        match std::str::from_utf8(&response.body) {
            Ok(text) => {
                let text = text.to_owned();
                Ok(response.with(text))
            }
            Err(error) => Err(response.unreadable(Some(JsonFault::at_root(error.to_string())))),
        }
    }
}

impl Answer for Raw {
    type Value = Bytes;
    const ACCEPT: &'static str = "*/*";

    fn read(response: RawResponse) -> Result<Response<Bytes>, Error> {
        let body = response.body.clone();
        Ok(response.with(body))
    }
}

impl Answer for Empty {
    type Value = ();
    const ACCEPT: &'static str = "application/json, */*;q=0.8";
    const KIND: Kind = Kind(Wants::Head);

    fn read(response: RawResponse) -> Result<Response<()>, Error> {
        Ok(response.with(()))
    }
}

impl RawResponse {
    fn with<T>(self, value: T) -> Response<T> {
        Response {
            value,
            status: self.status,
            headers: self.headers,
        }
    }

    /// The error for a body that gives no value; without a fault, it is empty.
    fn unreadable(self, fault: Option<JsonFault>) -> Error {
        match fault {
            Some(fault) => Error::Decode(Box::new(DecodeError {
                response: self,
                fault,
            })),
            None => Error::EmptyBody {
                call: self.call,
                status: self.status,
                headers: Box::new(self.headers),
            },
        }
    }
}
