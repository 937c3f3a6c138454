//! What the body of a successful answer is read as.

use std::marker::PhantomData;

use bytes::Bytes;
use serde::de::DeserializeOwned;

use super::boxed::MaybeSend;
use super::decode::{self, JsonFault};
use super::error::{Call, DecodeError, Error};
use super::exchange::Wants;
use super::replies::{self, Replies, essence};
use super::request::Request;
use super::transport::StatusCode;
use super::transport::header::CONTENT_TYPE;
use super::transport::header::HeaderMap;

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
#[derive(Clone)]
pub struct RawResponse {
    pub(super) call: Call,
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// A kind of answer: one that is read [whole](Whole), or a stream.
pub trait Answer {
    /// What the body is read as.
    type Value;

    /// Sends the call and reads its answer.
    fn ask(
        request: Request,
    ) -> impl Future<Output = Result<Response<Self::Value>, Error>> + MaybeSend;
}

/// A kind of answer that is read whole: [`Json`], [`Text`], [`Raw`], [`Empty`] or [`OneOf`].
pub trait Whole {
    /// What the body is read as.
    type Value;

    /// What the call accepts.
    const ACCEPT: &'static str;

    #[doc(hidden)]
    const KIND: Kind = Kind(Wants::Body);

    /// Reads the body.
    fn read(response: RawResponse) -> Result<Response<Self::Value>, Error>;
}

impl<A: Whole> Answer for A {
    type Value = A::Value;

    async fn ask(request: Request) -> Result<Response<A::Value>, Error> {
        A::read(request.execute(A::ACCEPT, A::KIND.0).await?)
    }
}

/// Whether a kind of answer has use for the body.
#[derive(Clone, Copy)]
pub struct Kind(pub(super) Wants);

/// JSON, whatever the answer's Content-Type says.
///
/// An empty body is read as `null` or, failing that, as `{}`.
pub struct Json<T>(PhantomData<fn() -> T>);

/// Text in UTF-8, or in Latin-1 where the answer's Content-Type says so.
pub struct Text;

/// Bytes, as they came.
pub struct Raw;

/// Nothing: the body does not matter.
pub struct Empty;

/// What is declared of the answer's status, or what comes closest.
pub struct OneOf<T>(PhantomData<fn() -> T>);

impl<T: DeserializeOwned> Whole for Json<T> {
    type Value = T;
    const ACCEPT: &'static str = "application/json";

    fn read(response: RawResponse) -> Result<Response<T>, Error> {
        match decode::from_slice_or_empty(&response.body) {
            Ok(value) => Ok(response.with(value)),
            Err(fault) => Err(response.unreadable(fault)),
        }
    }
}

impl Whole for Text {
    type Value = String;
    const ACCEPT: &'static str = "text/csv, text/plain, */*;q=0.8";

    fn read(response: RawResponse) -> Result<Response<String>, Error> {
        match plain_text(&response) {
            Ok(text) => Ok(response.with(text)),
            Err(fault) => Err(response.unreadable(Some(fault))),
        }
    }
}

impl Whole for Raw {
    type Value = Bytes;
    const ACCEPT: &'static str = "*/*";

    fn read(response: RawResponse) -> Result<Response<Bytes>, Error> {
        let body = response.body.clone();
        Ok(response.with(body))
    }
}

impl Whole for Empty {
    type Value = ();
    const ACCEPT: &'static str = "application/json, */*;q=0.8";
    const KIND: Kind = Kind(Wants::Head);

    fn read(response: RawResponse) -> Result<Response<()>, Error> {
        Ok(response.with(()))
    }
}

impl<T: Replies> Whole for OneOf<T> {
    type Value = T;
    const ACCEPT: &'static str = "application/json";

    fn read(response: RawResponse) -> Result<Response<T>, Error> {
        match replies::closest(&response) {
            Ok(value) => Ok(response.with(value)),
            Err(fault) => Err(response.unreadable(fault)),
        }
    }
}

/// The media type with its parameters.
pub(super) fn content_type(headers: &HeaderMap) -> &str {
    let value = headers.get(CONTENT_TYPE);
    value.and_then(|value| value.to_str().ok()).unwrap_or("")
}

/// The body as text.
pub(super) fn plain_text(response: &RawResponse) -> Result<String, JsonFault> {
    if response.is_latin1() {
        return Ok(response.body.iter().map(|byte| char::from(*byte)).collect());
    }
    match std::str::from_utf8(&response.body) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => Err(JsonFault::at_root(error.to_string())),
    }
}

impl RawResponse {
    /// The status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The media type of the body, without parameters.
    pub(super) fn content_type(&self) -> String {
        essence(content_type(&self.headers))
    }

    fn is_latin1(&self) -> bool {
        let parameters = content_type(&self.headers).split(';').skip(1);
        let mut charsets = parameters.filter_map(|parameter| {
            let (name, value) = parameter.split_once('=')?;
            name.trim()
                .eq_ignore_ascii_case("charset")
                .then(|| value.trim().trim_matches('"').to_ascii_lowercase())
        });
        charsets.any(|charset| ["iso-8859-1", "latin1"].contains(&charset.as_str()))
    }

    fn with<T>(self, value: T) -> Response<T> {
        Response {
            value,
            status: self.status,
            headers: self.headers,
        }
    }

    /// The error for a body that gives no value; without a fault, it is empty.
    pub(super) fn unreadable(self, fault: Option<JsonFault>) -> Error {
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
