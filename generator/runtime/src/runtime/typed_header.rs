//! [`Header`]: a header of an answer, with the type that the document declares.

use std::fmt;
use std::marker::PhantomData;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::answer::Response;
use super::api_error::ApiError;
use super::decode::{self, JsonFault};
use super::transport::header::HeaderMap;

/// A header of answers and the type of its value. It is read when a caller asks for it, so one that
/// is not of its type costs nobody the answer.
///
/// For example: `let link = response.header(headers::LINK)?;`
pub struct Header<T> {
    name: &'static str,
    value: PhantomData<fn() -> T>,
}

impl<T> Header<T> {
    /// The header of this name, of which case does not matter.
    pub const fn new(name: &'static str) -> Self {
        Header {
            name,
            value: PhantomData,
        }
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: DeserializeOwned> Header<T> {
    /// Its value in these headers; `None` where it is absent. If it is there several times, the
    /// values are one list, with commas.
    ///
    /// # Errors
    /// It is not of its type. The headers have it as it came.
    pub fn read(&self, headers: &HeaderMap) -> Result<Option<T>, JsonFault> {
        let fault = || JsonFault::at_root(format!("the header `{}` is not of its type", self.name));
        let mut texts = Vec::new();
        for value in headers.get_all(self.name) {
            let text = std::str::from_utf8(value.as_bytes()).map_err(|_| fault())?;
            texts.push(text.trim());
        }
        if texts.is_empty() {
            return Ok(None);
        }
        let value = value(&texts.join(", "));
        value.map(Some).ok_or_else(fault)
    }
}

/// A text, a number or a flag, or a list of such.
fn value<T: DeserializeOwned>(text: &str) -> Option<T> {
    let scalar = |text: &str| decode::from_slice::<Value>(text.as_bytes()).ok();
    let parts = || text.split(',').map(str::trim).filter(|it| !it.is_empty());
    let texts = || Value::Array(parts().map(Value::from).collect());
    let scalars = || parts().map(scalar).collect::<Option<_>>().map(Value::Array);
    let read = |value: Value| T::deserialize(value).ok();
    read(text.into())
        .or_else(|| decode::from_slice(text.as_bytes()).ok())
        .or_else(|| read(texts()))
        .or_else(|| read(scalars()?))
}

impl<T> Response<T> {
    /// The value of a header that the document declares; `None` where it is absent.
    ///
    /// # Errors
    /// It is not of its type; [`headers`](Self::headers) has it as it came.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Result<Option<H>, JsonFault> {
        header.read(&self.headers)
    }
}

impl ApiError {
    /// The value of a header that the document declares; `None` where it is absent.
    ///
    /// # Errors
    /// It is not of its type; [`headers`](Self::headers) has it as it came.
    pub fn header<H: DeserializeOwned>(&self, header: Header<H>) -> Result<Option<H>, JsonFault> {
        header.read(self.headers())
    }
}

impl<T> fmt::Debug for Header<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Header").field(&self.name).finish()
    }
}
