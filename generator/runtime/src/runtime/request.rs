//! One call, put together piece by piece; [`send`](super::send) sends it.
//!
//! What cannot be sent is noted where it is given and told, all of it, when the call is sent; so
//! the functions that put a call together cannot fail.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::ops::{Deref, DerefMut};
use std::time::Duration;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use super::bodies::Bodies;
use super::check::{Check, Place};
use super::client::Client;
use super::clock;
use super::credential::Alternatives;
use super::error::Call;
use super::escape::{self, ListStyle};
use super::fill::Fill;
use super::retry::{Retry, is_idempotent};
use super::style::Spot;
use super::transport::Url;
use super::transport::header::{self, HeaderMap, HeaderName, HeaderValue};
use super::upload::Upload;

const JSON: &str = "application/json";

pub(super) type Members = serde_json::Map<String, Value>;

/// One call of an operation.
///
/// It is as large as a pointer: each function that puts it together takes it and gives it back, and
/// each future on its way out holds it.
#[derive(Clone)]
#[must_use = "nothing is sent until it is awaited"]
pub struct Request(Box<Parts>);

/// What a call is made of.
#[derive(Clone)]
pub struct Parts {
    pub(super) client: Client,
    pub(super) call: Call,
    /// Where it goes, if not to the client's base URL: an address, or one relative to that URL.
    pub(super) server: Option<&'static str>,
    /// Where it goes instead of to base URL and path: an address from an answer.
    pub(super) at: Option<Url>,
    /// The path as the document has it.
    pub(super) template: &'static str,
    /// The same; a placeholder is replaced when its value is given.
    pub(super) path: Cow<'static, str>,
    /// Names and values, both encoded, in the order in which they were given.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    /// The media types it asks for, instead of those of its kind of answer.
    pub(super) accept: Option<&'static str>,
    /// Its Content-Type and itself.
    pub(super) body: Option<(HeaderValue, Upload)>,
    pub(super) timeout: Option<Duration>,
    /// Instead of the client's.
    pub(super) retry: Option<Retry>,
    /// What it asks for; `None` is what most operations ask for.
    pub(super) security: Option<Alternatives>,
    pub(super) faults: Vec<String>,
    pub(super) check: Option<&'static dyn Check>,
    /// What the check says of each value, by its place.
    pub(super) refused: BTreeMap<String, Vec<String>>,
}

impl Request {
    /// Starts a call. The path is appended to the client's base URL; it may have `{placeholders}`.
    pub fn new(
        client: &Client,
        operation: &'static str,
        method: &'static str,
        path: &'static str,
    ) -> Self {
        Request(Box::new(Parts {
            client: client.clone(),
            call: Call {
                operation,
                method,
                tries: 0,
            },
            server: None,
            template: path,
            at: None,
            path: path.into(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            accept: None,
            body: None,
            timeout: None,
            retry: None,
            security: None,
            faults: Vec::new(),
            check: None,
            refused: BTreeMap::new(),
        }))
    }

    /// For an operation that is served elsewhere; a client can be told to go to another place for it.
    pub fn server(mut self, url: &'static str) -> Self {
        self.server = Some(url);
        self
    }

    /// For an operation that says itself which credentials it asks for.
    pub fn security(mut self, alternatives: Alternatives) -> Self {
        self.security = Some(alternatives);
        self
    }

    /// Puts a value in the place of `{name}`, encoded so that it stays within its segment.
    pub fn path<T: Display + Serialize>(mut self, name: &str, value: impl Fill<T>) -> Self {
        if let Some(value) = self.take(Place::Parameter(Spot::Path, name), value) {
            self.fill_path(name, &escape::encoded(&value.to_string()));
        }
        self
    }

    /// Puts what is encoded already in the place of `{name}`.
    pub(super) fn fill_path(&mut self, name: &str, encoded: &str) {
        if encoded.is_empty() {
            self.faults
                .push(format!("path parameter `{name}` is empty"));
        }
        match filled(&self.path, name, encoded) {
            Some(filled) => self.path = filled.into(),
            None => self
                .faults
                .push(format!("the path has no parameter `{name}`")),
        }
    }

    /// Adds a query parameter, in the place of any that has this name.
    pub fn query<T: Display + Serialize>(mut self, name: &str, value: impl Fill<T>) -> Self {
        if let Some(value) = self.take(Place::Parameter(Spot::Query, name), value) {
            self.set_query(name, escape::encode(&value.to_string()));
        }
        self
    }

    /// Adds a query parameter that is a list. An empty one is not sent.
    pub fn query_list<T: Display + Serialize>(
        mut self,
        name: &str,
        values: impl IntoIterator<Item = impl Fill<T>>,
        style: ListStyle,
    ) -> Self {
        let mut filled = Vec::new();
        for value in values {
            filled.extend(self.filled(name, value));
        }
        let place = Place::Parameter(Spot::Query, name);
        self.look_at(place, || super::to_vec(&filled));
        let encoded = filled.iter().map(T::to_string);
        let encoded = encoded.map(|value| escape::encode(&value));
        self.set_query_list(name, encoded.collect(), style);
        self
    }

    fn set_query_list(&mut self, name: &str, values: Vec<String>, style: ListStyle) {
        self.clear_query(name);
        match style.delimiter() {
            Some(_) if values.is_empty() => {}
            Some(delimiter) => self.set_query(name, values.join(delimiter)),
            None => {
                let name = escape::encode(name);
                self.query
                    .extend(values.into_iter().map(|value| (name.clone(), value)));
            }
        }
    }

    /// Adds a query parameter that is a JSON text.
    pub fn query_json<T: Serialize>(mut self, name: &str, value: impl Fill<T>) -> Self {
        if let Some(json) = self.take_json(Place::Parameter(Spot::Query, name), value) {
            self.set_query(name, escape::encode(&String::from_utf8_lossy(&json)));
        }
        self
    }

    fn set_query(&mut self, name: &str, encoded: String) {
        let name = escape::encode(name);
        self.query.retain(|(other, _)| *other != name);
        self.query.push((name, encoded));
    }

    /// Adds pairs that are encoded already, in the place of those that have this name.
    pub(super) fn set_pairs(&mut self, name: &str, pairs: Vec<(String, String)>) {
        self.clear_query(name);
        for (name, _) in &pairs {
            self.query.retain(|(other, _)| other != name);
        }
        self.query.extend(pairs);
    }

    /// Adds cookies that are encoded already.
    pub(super) fn add_cookies(&mut self, pairs: &[(String, String)]) {
        let mut cookies: Vec<String> = self
            .headers
            .get(header::COOKIE)
            .and_then(|cookies| cookies.to_str().ok().map(str::to_owned))
            .into_iter()
            .collect();
        cookies.extend(pairs.iter().map(|(name, value)| format!("{name}={value}")));
        if !cookies.is_empty() {
            self.set_header("cookie", cookies.join("; "));
        }
    }

    fn clear_query(&mut self, name: &str) {
        let name = escape::encode(name);
        self.query.retain(|(other, _)| *other != name);
    }

    /// Asks for these media types.
    pub fn accept(mut self, accept: &'static str) -> Self {
        self.accept = Some(accept);
        self
    }

    /// Sets a header, in the place of any that has this name, the client's own included.
    pub fn header<T: Display + Serialize>(mut self, name: &str, value: impl Fill<T>) -> Self {
        if let Some(value) = self.take(Place::Parameter(Spot::Header, name), value) {
            self.set_header(name, value.to_string());
        }
        self
    }

    pub(super) fn set_header(&mut self, name: &str, value: String) {
        match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            (Ok(name), Ok(mut value)) => {
                value.set_sensitive(true);
                self.headers.insert(name, value);
            }
            (Err(_), _) => self
                .faults
                .push(format!("`{name}` cannot be the name of a header")),
            (_, Err(_)) => self
                .faults
                .push(format!("header `{name}` holds what a header cannot")),
        }
    }

    /// Sends this as JSON.
    pub fn json<T: Serialize>(self, body: impl Fill<T>) -> Self {
        self.json_as(JSON, body)
    }

    /// Sends this as JSON of a media type of its own, such as `application/merge-patch+json`.
    pub fn json_as<T: Serialize>(mut self, content_type: &'static str, body: impl Fill<T>) -> Self {
        match self.take_json(Place::Body(content_type), body) {
            Some(json) => self.bytes(content_type, json),
            None => self,
        }
    }

    /// Sends this as text.
    pub fn text(self, content_type: &'static str, body: impl Into<String>) -> Self {
        self.bytes(content_type, body.into())
    }

    /// Sends this as it is.
    pub fn bytes(mut self, content_type: impl Into<Bytes>, body: impl Into<Upload>) -> Self {
        let content_type = content_type.into();
        match HeaderValue::from_maybe_shared(content_type.clone()) {
            Ok(content_type) => self.body = Some((content_type, body.into())),
            Err(_) => {
                let content_type = String::from_utf8_lossy(&content_type);
                let fault = format!("`{content_type}` cannot be a Content-Type");
                self.faults.push(fault);
            }
        }
        self
    }

    /// Sends this in the media type that its variant stands for.
    pub fn one_of<T: Bodies>(mut self, body: impl Fill<T>) -> Self {
        match self.filled("the body", body) {
            Some(body) => body.put(self),
            None => self,
        }
    }

    /// The value, or a note of what it lacks.
    fn filled<T>(&mut self, place: impl Display, value: impl Fill<T>) -> Option<T> {
        value
            .fill()
            .map_err(|missing| self.faults.push(format!("{place}: {missing}")))
            .ok()
    }

    /// The same, looked at.
    fn take<T: Serialize>(&mut self, place: Place, value: impl Fill<T>) -> Option<T> {
        let value = self.filled(place, value)?;
        self.look_at(place, || super::to_vec(&value));
        Some(value)
    }

    pub(super) fn take_json<T: Serialize>(
        &mut self,
        place: Place,
        value: impl Fill<T>,
    ) -> Option<Vec<u8>> {
        let json = super::to_vec(&self.filled(place, value)?);
        let json = json.map_err(|error| self.faults.push(format!("{place}: {error}")));
        let json = json.ok()?;
        self.look_at(place, || Ok(json.clone()));
        Some(json)
    }

    /// Limits this call instead of by the client's limit.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Tries this call again by these rules instead of the client's.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = Some(retry);
        self
    }

    /// Sends this key, by which a server that gets the call twice does it once.
    pub fn idempotency_key(mut self, key: String) -> Self {
        let name = self.client.inner.key_header();
        self.set_header(name.as_str(), key);
        self
    }

    /// Whether a server can tell that it got the call before.
    pub(super) fn has_key(&self) -> bool {
        self.headers.contains_key(self.client.inner.key_header())
    }

    /// The same call without its key: by that a server would take it for the call before.
    pub(super) fn without_key(mut self) -> Self {
        let name = self.client.inner.key_header();
        self.headers.remove(name);
        self
    }

    /// Gives a call that must not be done twice a key, if the client does that and it has none.
    pub(super) fn give_key(&mut self) {
        if self.client.inner.idempotency_header.is_some()
            && !is_idempotent(self.call.method)
            && !self.has_key()
        {
            let name = self.client.inner.key_header();
            self.set_header(name.as_str(), clock::uuid());
        }
    }

    /// The value of a query parameter.
    pub(super) fn query_value(&self, name: &str) -> Option<String> {
        let name = escape::encode(name);
        self.query
            .iter()
            .find(|(other, _)| *other == name)
            .map(|(_, value)| escape::decode(value))
    }

    /// The text or number in a member of a JSON body, or else of a query parameter.
    pub(super) fn value(&self, in_body: bool, name: &str) -> Option<String> {
        if !in_body {
            return self.query_value(name);
        }
        match self.body_members()?.get(name)? {
            Value::String(text) => Some(text.clone()),
            Value::Number(number) => Some(number.to_string()),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    /// Sets a member of a JSON body, or else a query parameter. A body that is absent or no object
    /// becomes one.
    pub(super) fn with_value(mut self, in_body: bool, name: &str, value: Value) -> Self {
        if in_body {
            let mut members = self.body_members().unwrap_or_default();
            members.insert(name.to_owned(), value);
            return self.json::<Members>(members);
        }
        let text = match &value {
            Value::String(text) => escape::encode(text),
            other => escape::encode(&other.to_string()),
        };
        self.set_query(name, text);
        self
    }

    fn body_members(&self) -> Option<Members> {
        let (_, body) = self.body.as_ref()?;
        serde_json::from_slice(body.as_bytes()?).ok()
    }
}

/// The path with this in the place of each `{name}`, if it has one.
fn filled(path: &str, name: &str, encoded: &str) -> Option<String> {
    let mut filled = String::with_capacity(path.len() + encoded.len());
    let mut any = false;
    let mut rest = path;
    while let Some((before, braced)) = rest.split_once('{') {
        filled.push_str(before);
        let after = braced
            .strip_prefix(name)
            .and_then(|it| it.strip_prefix('}'));
        match after {
            Some(_) => filled.push_str(encoded),
            None => filled.push('{'),
        }
        any |= after.is_some();
        rest = after.unwrap_or(braced);
    }
    filled.push_str(rest);
    any.then_some(filled)
}

impl Deref for Request {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl DerefMut for Request {
    fn deref_mut(&mut self) -> &mut Parts {
        &mut self.0
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("operation", &self.call.operation)
            .field("method", &self.call.method)
            .field("path", &self.path)
            .finish_non_exhaustive()
    }
}
