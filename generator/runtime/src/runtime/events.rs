//! [`Events`]: server-sent events, by the rules of the WHATWG's HTML standard.

use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::answer::{Answer, Response, content_type};
use super::decode::{self, JsonFault};
use super::download::{Download, next};
use super::error::Error;
use super::lines::Pieces;
use super::reconnect::Reconnect;
use super::replies::{essence, is_json};
use super::request::Request;
use super::retry::Retry;
use super::transport::StatusCode;

const MEDIA_TYPE: &str = "text/event-stream";

/// The data that many servers end a stream of JSON with.
const DONE: &str = "[DONE]";

/// A server-sent event.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// Its kind, if it says one.
    pub event: Option<String>,
    /// The last id that came, with this event or one before.
    pub id: Option<String>,
    /// How long to wait before connecting again, if it says so.
    pub retry: Option<Duration>,
    /// What it tells.
    pub data: T,
}

/// How the data of an event is read.
type Read<T> = fn(&str) -> Result<T, JsonFault>;

/// Server-sent events as they come.
///
/// Data that does not decode is an error among the items, with the data in it, and the stream goes
/// on. It ends after any other error, and, where data is JSON, with the data `[DONE]`. No event is
/// longer than the client's `max_body_bytes`.
///
/// A connection that breaks ends it, too, unless [`reconnect`](Self::reconnect) says otherwise.
#[must_use = "nothing is read until it is polled"]
pub struct Events<T> {
    pieces: Pieces,
    read: Read<T>,
    /// The data that is the end of the stream.
    done: Option<&'static str>,
    fields: Fields,
    /// Of the last whole event.
    last_id: Option<String>,
    again: Reconnect,
    /// Whether a line has been read, and whether the last one ended with a carriage return.
    began: bool,
    after_cr: bool,
    ended: bool,
}

/// What the lines of an event have said so far.
#[derive(Default)]
struct Fields {
    event: Option<String>,
    /// `Some(None)` takes the last one back.
    id: Option<Option<String>>,
    retry: Option<Duration>,
    data: Option<String>,
}

impl<T> Events<T> {
    fn new(body: Download, again: Reconnect, read: Read<T>, done: Option<&'static str>) -> Self {
        Events {
            again,
            pieces: Pieces::new(body),
            read,
            done,
            fields: Fields::default(),
            last_id: None,
            began: false,
            after_cr: false,
            ended: false,
        }
    }

    /// The next event. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        next(self).await
    }

    /// Sends the call again when its connection breaks or falls silent, with the id of the last event
    /// in `Last-Event-ID`, so that a server that numbers its events goes on after it; one that does not
    /// may tell some again or leave some out.
    ///
    /// Only a call that may be repeated is: by its method, an idempotency key or
    /// [`Retry::any_method`], and if its body is no stream. `rules` says how often a connection is tried
    /// in a row, the one that broke included, and how long to wait: by its own delays, or as long as
    /// the server asks by `retry` or `Retry-After`. An event begins the count anew. An answer that will
    /// not become another one (404, say) ends the stream with its error, as the last try does.
    pub fn reconnect(mut self, rules: Retry) -> Self {
        self.again.by(rules);
        self
    }

    /// Like [`reconnect`](Self::reconnect), and after an answer that the server ended, too, as a
    /// browser does: for feeds that have no end. Status 204 and `[DONE]` end it all the same.
    pub fn reconnect_after_end(mut self, rules: Retry) -> Self {
        self.again.after_end = true;
        self.reconnect(rules)
    }

    /// The last id that came: what `Last-Event-ID` tells a server that is asked again.
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// Takes a line in. At an empty one the event is complete, if it has data.
    fn take_line(&mut self, line: &[u8]) -> Option<Fields> {
        if line.is_empty() {
            let mut fields = std::mem::take(&mut self.fields);
            if let Some(id) = fields.id.take() {
                self.last_id = id;
            }
            return fields.data.is_some().then_some(fields);
        }
        let line = String::from_utf8_lossy(line);
        let (name, value) = line.split_once(':').unwrap_or((&line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        let fields = &mut self.fields;
        match name {
            "data" => match &mut fields.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => fields.data = Some(value.to_owned()),
            },
            "event" => fields.event = (!value.is_empty()).then(|| value.to_owned()),
            "id" if !value.contains('\0') => {
                fields.id = Some((!value.is_empty()).then(|| value.to_owned()));
            }
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                fields.retry = value.parse().ok().map(Duration::from_millis);
                self.again.asked = fields.retry.or(self.again.asked);
            }
            // A comment, or a field that the standard does not know.
            _ => {}
        }
        None
    }

    fn too_long(&self, line: &Bytes) -> bool {
        let data = self.fields.data.as_ref().map_or(0, String::len);
        data + line.len() > self.pieces.body.limit
    }

    /// The event of these fields; `None` at the end of the stream.
    fn event(&mut self, fields: Fields) -> Option<Result<Event<T>, Error>> {
        let text = fields.data.unwrap_or_default();
        if self.done == Some(text.trim()) {
            self.end();
            return None;
        }
        let data = match (self.read)(&text) {
            Ok(data) => data,
            Err(fault) => return Some(Err(self.pieces.body.unreadable(text.into(), fault))),
        };
        Some(Ok(Event {
            event: fields.event,
            id: self.last_id.clone(),
            retry: fields.retry,
            data,
        }))
    }

    /// Begins to read another answer.
    fn go_on(&mut self, body: Download) {
        self.pieces = Pieces::new(body);
        self.fields = Fields::default();
        self.began = false;
        self.after_cr = false;
    }

    /// What an error means for the stream: `None` if the call is sent again.
    fn broken(&mut self, error: Error) -> Option<Error> {
        if self.again.begin(Some(&error), self.last_id.as_deref()) {
            return None;
        }
        self.end();
        Some(error)
    }

    fn end(&mut self) {
        self.ended = true;
        self.pieces.body.chunks = None;
    }
}

impl<T> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        while !this.ended {
            match ready!(this.again.poll(cx)) {
                // There is nothing more to come.
                Some(Ok(body)) if body.status == StatusCode::NO_CONTENT => break,
                Some(Ok(body)) => this.go_on(body),
                Some(Err(error)) => match this.broken(error) {
                    Some(error) => return Poll::Ready(Some(Err(error))),
                    None => continue,
                },
                None => {}
            }
            let ends = |byte| byte == b'\n' || byte == b'\r';
            let (line, end) = match ready!(this.pieces.poll(cx, ends)) {
                // An event without an empty line after it is not complete.
                None | Some(Ok((_, None)))
                    if this.again.after_end && this.again.begin(None, this.last_id.as_deref()) =>
                {
                    continue;
                }
                None | Some(Ok((_, None))) => break,
                Some(Ok((line, Some(end)))) => (line, end),
                Some(Err(error)) => match this.broken(error) {
                    Some(error) => return Poll::Ready(Some(Err(error))),
                    None => continue,
                },
            };
            let rest_of_crlf = this.after_cr && line.is_empty() && end == b'\n';
            this.after_cr = end == b'\r';
            if rest_of_crlf {
                continue;
            }
            if this.too_long(&line) {
                this.end();
                return Poll::Ready(Some(Err(this.pieces.body.too_large())));
            }
            let first = !std::mem::replace(&mut this.began, true);
            let bom = first.then(|| line.strip_prefix(b"\xef\xbb\xbf")).flatten();
            if let Some(fields) = this.take_line(bom.unwrap_or(&line)) {
                this.again.came();
                match this.event(fields) {
                    Some(event) => return Poll::Ready(Some(event)),
                    None => break,
                }
            }
        }
        this.end();
        Poll::Ready(None)
    }
}

// Data is handed out by value; nothing here is ever pinned.
impl<T> Unpin for Events<T> {}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Events").field(&self.pieces.body).finish()
    }
}

/// An answer that is [`Events`] whose data is JSON.
pub struct JsonEvents<T>(PhantomData<fn() -> T>);

/// An answer that is [`Events`] whose data is text.
pub struct TextEvents;

impl<T: DeserializeOwned> Answer for JsonEvents<T> {
    type Value = Events<T>;

    async fn ask(request: Request) -> Result<Response<Events<T>>, Error> {
        let read: Read<T> = |text| decode::from_slice(text.as_bytes());
        open(request, read, Some(DONE)).await
    }
}

impl Answer for TextEvents {
    type Value = Events<String>;

    async fn ask(request: Request) -> Result<Response<Events<String>>, Error> {
        open(request, |text| Ok(text.to_owned()), None).await
    }
}

async fn open<T>(
    request: Request,
    read: Read<T>,
    done: Option<&'static str>,
) -> Result<Response<Events<T>>, Error> {
    let again = Reconnect::new(request.clone(), MEDIA_TYPE);
    let mut body = request.download(MEDIA_TYPE).await?;
    if is_json(&essence(content_type(&body.headers))) {
        let response = body.whole().await?;
        let message = "the answer is one JSON text, no stream of events".to_owned();
        return Err(response.unreadable(Some(JsonFault::at_root(message))));
    }
    Ok(Response {
        status: body.status,
        headers: body.headers.clone(),
        value: Events::new(body, again, read, done),
    })
}
