//! [`Expectation`]: a call that is to come, and what it is answered.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::super::answer::Json;
use super::super::error::Call;
use super::super::fill::Fill;
use super::super::request::Request;
use super::super::transport::header::{HeaderMap, HeaderName, HeaderValue};
use super::super::transport::{TransportError, TransportResponse, Url};
use super::super::upload::Upload;
use super::received::pairs;
use super::state::{Expected, Outcome, Reply};
use super::write::{self, MockAnswer, Wire, Written};
use super::{Shared, blank, example, locked};

/// What a call has to be like.
pub(super) struct Wanted {
    pub(super) call: Call,
    /// The operation's path with its `{placeholders}`.
    pub(super) template: &'static str,
    /// Whether its arguments matter.
    pub(super) any: bool,
    /// The operation's own path, encoded as in an address.
    pub(super) path: String,
    /// Decoded.
    pub(super) query: Vec<(String, String)>,
    pub(super) headers: HeaderMap,
    /// Its Content-Type, and its bytes if they can be told beforehand.
    pub(super) body: Option<(HeaderValue, Option<Bytes>)>,
    /// Why no call can be like this.
    pub(super) faults: Vec<String>,
}

impl Wanted {
    pub(super) fn like(request: Request) -> Self {
        let query = request
            .query
            .iter()
            .map(|(name, value)| match name.as_str() {
                "" => value.clone(),
                _ => format!("{name}={value}"),
            });
        let query: Vec<String> = query.collect();
        let body = request.body.as_ref();
        Wanted {
            call: request.call,
            template: request.template,
            any: false,
            path: normal(&request.path),
            query: pairs(&query.join("&")).collect(),
            body: body.map(|(media, body)| (media.clone(), in_memory(body))),
            headers: request.headers.clone(),
            faults: request.faults.clone(),
        }
    }

    pub(super) fn any(request: &Request) -> Self {
        Wanted {
            call: request.call,
            template: request.template,
            any: true,
            path: request.template.to_owned(),
            query: Vec::new(),
            headers: HeaderMap::new(),
            body: None,
            faults: Vec::new(),
        }
    }
}

/// For example: `getLead (GET /leads/7)`.
impl fmt::Display for Wanted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Call {
            operation, method, ..
        } = self.call;
        write!(f, "{operation} ({method} {}", self.path)?;
        f.write_str(if self.any { ", any arguments)" } else { ")" })
    }
}

/// A path as it stands in an address.
fn normal(path: &str) -> String {
    let slash = if path.starts_with('/') { "" } else { "/" };
    match Url::parse(&format!("http://mock{slash}{path}")) {
        Ok(url) => url.path().to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// The bytes of a body that can be sent more than once.
fn in_memory(body: &Upload) -> Option<Bytes> {
    let mut body = body.repeats().then(|| body.take()).flatten()?;
    let mut cx = Context::from_waker(Waker::noop());
    let mut bytes = BytesMut::new();
    while let Poll::Ready(chunk) = Pin::new(&mut body).poll_next(&mut cx) {
        match chunk {
            Some(chunk) => bytes.extend_from_slice(&chunk.ok()?),
            None => return Some(bytes.freeze()),
        }
    }
    None
}

/// A call that is to come, and what it is answered: the first time with the first answer, then with
/// the next, and with the last as often as it comes again.
///
/// It has to come once for each answer, unless [`times`](Self::times) or
/// [`any_times`](Self::any_times) says otherwise.
pub struct Expectation<A> {
    state: Shared,
    index: usize,
    answer: PhantomData<fn() -> A>,
}

impl<A> Expectation<A> {
    pub(super) fn new(state: &Shared, wanted: Wanted) -> Self {
        let mut known = locked(state);
        let index = known.expected.len();
        known.expected.push(Expected::new(wanted));
        Expectation {
            state: state.clone(),
            index,
            answer: PhantomData,
        }
    }

    fn change(self, change: impl FnOnce(&mut Expected)) -> Self {
        if let Some(expected) = locked(&self.state).expected.get_mut(self.index) {
            change(expected);
        }
        self
    }

    fn reply(self, outcome: Outcome) -> Self {
        self.change(|expected| expected.replies.push(Reply::new(outcome)))
    }

    /// Answers with an example: what the document gives as one, as far as that is what it declares,
    /// else a value made by the schema of the answer. A stream has none.
    pub fn example(self) -> Self {
        let outcome = {
            let state = locked(&self.state);
            let wanted = state.expected.get(self.index).map(|it| &it.wanted);
            let operation =
                wanted.map(|wanted| format!("{} {}", wanted.call.method, wanted.template));
            example::find(state.examples, &operation.unwrap_or_default())
        };
        self.reply(outcome)
    }

    /// Answers with this status and this as JSON; `()` is no body.
    pub fn answer_status(self, status: u16, body: impl Serialize) -> Self {
        let body = write::json(&body);
        let body = body.map(|body| if body == "null" { Bytes::new() } else { body });
        self.reply(Wire::new(status, "application/json", body).into())
    }

    /// Answers with a failure that the operation declares: a variant of its enum of failures.
    pub fn answer_failure(self, failure: impl Written) -> Self {
        self.reply(failure.written().into())
    }

    /// Answers with this status and these bytes.
    pub fn answer_raw(self, status: u16, content_type: &str, body: impl Into<Bytes>) -> Self {
        self.reply(Wire::new(status, content_type, Ok(body.into())).into())
    }

    /// Breaks the connection instead of an answer.
    pub fn fail(self) -> Self {
        self.reply(Outcome::Broken)
    }

    /// Lets the time be up instead of an answer.
    pub fn time_out(self) -> Self {
        self.reply(Outcome::TimedOut)
    }

    /// Gives the last answer this header.
    pub fn header(self, name: &str, value: &str) -> Self {
        let header = HeaderName::try_from(name).ok();
        let header = header.zip(HeaderValue::try_from(value).ok());
        self.change(|expected| {
            let last = expected.replies.last_mut().map(|reply| &mut reply.outcome);
            match (last, header) {
                (Some(Outcome::Answer { headers, .. }), Some((name, value))) => {
                    headers.append(name, value);
                }
                _ => {
                    let fault = format!("the header `{name}` cannot be one, or has no answer");
                    let outcome = Outcome::Impossible(fault);
                    expected.replies.push(Reply::new(outcome));
                }
            }
        })
    }

    /// Waits this long before the last answer is given.
    pub fn delay(self, delay: Duration) -> Self {
        self.change(|expected| {
            if let Some(reply) = expected.replies.last_mut() {
                reply.delay = delay;
            }
        })
    }

    /// Has to come this often, and no more often.
    pub fn times(self, times: u32) -> Self {
        self.change(|expected| expected.times = Some((times, times)))
    }

    /// May come as often as it likes, or never.
    pub fn any_times(self) -> Self {
        self.change(|expected| expected.times = Some((0, u32::MAX)))
    }
}

impl<A: MockAnswer> Expectation<A> {
    /// Answers with this: what the call gives, for a stream all its items. A builder may stand for it.
    pub fn answer(self, value: impl Fill<A::Given>) -> Self {
        let outcome = match value.fill() {
            Ok(value) => A::wire(&value).into(),
            Err(missing) => Outcome::Impossible(format!("the answer: {missing}")),
        };
        self.reply(outcome)
    }
}

impl<T: Serialize + DeserializeOwned> Expectation<Json<T>> {
    /// Answers with a [`blank`] value that is changed by this.
    pub fn answer_with(self, change: impl FnOnce(&mut T)) -> Self {
        match blank::<T>() {
            Ok(mut value) => {
                change(&mut value);
                self.answer(value)
            }
            Err(fault) => self.reply(Outcome::Impossible(format!("the answer: {fault}"))),
        }
    }
}

impl<A> fmt::Debug for Expectation<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = locked(&self.state);
        let wanted = state
            .expected
            .get(self.index)
            .map(|it| it.wanted.to_string());
        f.debug_tuple("Expectation").field(&wanted).finish()
    }
}

impl From<Wire> for Outcome {
    fn from(wire: Wire) -> Self {
        wire.outcome
    }
}

impl Outcome {
    pub(super) fn into_response(self) -> Result<TransportResponse, TransportError> {
        match self {
            Outcome::Answer {
                status,
                headers,
                body,
            } => Ok(TransportResponse::new(status, body).with_headers(headers)),
            Outcome::Broken => Err(TransportError::connection("the mock broke the connection")),
            Outcome::TimedOut => Err(TransportError::timeout("the mock let the time be up")),
            Outcome::Impossible(fault) => Err(TransportError::refused(fault)),
        }
    }
}
