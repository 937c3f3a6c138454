//! [`Recorder`]: the answers of a client as lines of JSON, for `restwright drift`. The feature
//! `recorder`.
//!
//! It stands between client and transport, so it sees each try's answer as it came. May not cost a call
//! anything but time: what cannot be written is told to whoever asks the recorder.

use std::fmt;
use std::io::{self, Write};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use serde_json::{Map, Value};

use super::body::TransportBody;
use super::transport::header::{CONTENT_TYPE, HeaderMap};
use super::transport::{
    Source, StatusCode, Transport, TransportFuture, TransportRequest, Url, without_query,
};

const DEFAULT_MAX_BODY_BYTES: usize = 1024 * 1024;

/// Writes each answer as a line of JSON: `method`, `url`, `status`, `content_type` and `body`.
///
/// Of a request there is nothing but its method and its address without the query: no header, no
/// body, no credential. Bodies of answers are written as they come, personal data included; keep the
/// recording as you keep such data. A body that is no text, is a stream, is too long, or was not read
/// to its end is left out, and `omitted` says why.
///
/// ```text
/// let recorder = Recorder::append("answers.jsonl")?;
/// let client = Client::builder().recorder(recorder.clone()).build()?;
/// // … calls …
/// if let Some(error) = recorder.take_error() {
///     eprintln!("not all answers are recorded: {error}");
/// }
/// ```
///
/// `restwright drift answers.jsonl` then lists where the answers differ from the document.
#[derive(Clone)]
pub struct Recorder {
    state: Arc<Mutex<State>>,
    max_body_bytes: usize,
}

struct State {
    /// None after it has failed.
    writer: Option<Box<dyn Write + Send>>,
    error: Option<io::Error>,
}

impl Recorder {
    /// Writes to this. A line is written at once, on the task of the call, and flushed.
    pub fn new(writer: impl Write + Send + 'static) -> Self {
        let state = State {
            writer: Some(Box::new(writer)),
            error: None,
        };
        Recorder {
            state: Arc::new(Mutex::new(state)),
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
        }
    }

    /// Writes to the end of a file, which is made if it is not there.
    ///
    /// # Errors
    /// The file cannot be opened.
    #[cfg(not(target_arch = "wasm32"))]
    pub fn append(path: impl AsRef<std::path::Path>) -> io::Result<Self> {
        let mut options = std::fs::OpenOptions::new();
        Ok(Recorder::new(options.create(true).append(true).open(path)?))
    }

    /// Leaves out bodies that are longer. Default: 1 MiB.
    pub fn max_body_bytes(mut self, limit: usize) -> Self {
        self.max_body_bytes = limit;
        self
    }

    /// Why nothing is written any more, if that is so; told once. The calls went on.
    pub fn take_error(&self) -> Option<io::Error> {
        self.locked().error.take()
    }

    /// A line is written whole or the writer is given up.
    fn locked(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, line: Map<String, Value>) {
        let mut state = self.locked();
        let Some(writer) = &mut state.writer else {
            return;
        };
        let text = format!("{}\n", Value::Object(line));
        let written = writer.write_all(text.as_bytes());
        if let Err(error) = written.and_then(|()| writer.flush()) {
            state.writer = None;
            state.error = Some(error);
        }
    }

    /// The body of an answer, which writes its line when it has been read.
    fn attend(&self, line: Line, body: TransportBody) -> TransportBody {
        let length = body.length();
        let too_long = length.is_some_and(|length| length > self.max_body_bytes as u64);
        let omitted = match line.kind {
            Kind::Stream => Some("a stream"),
            Kind::Bytes => Some("no text"),
            Kind::Json | Kind::Text if too_long => Some(TOO_LONG),
            Kind::Json | Kind::Text => None,
        };
        if let Some(why) = omitted {
            self.write(line.without_body(why));
            return body;
        }
        let mut attended = Attended {
            recorder: self.clone(),
            line: Some(line),
            body,
            kept: Vec::new(),
        };
        if length == Some(0) {
            attended.end();
        }
        let body = TransportBody::stream(attended);
        match length {
            Some(length) => body.with_length(length),
            None => body,
        }
    }
}

const TOO_LONG: &str = "too long";

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Recorder")
            .field("max_body_bytes", &self.max_body_bytes)
            .finish_non_exhaustive()
    }
}

/// A transport whose answers are recorded.
pub(super) struct Recording {
    pub(super) transport: Arc<dyn Transport>,
    pub(super) recorder: Recorder,
}

impl Transport for Recording {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        let (method, url) = (request.method.to_string(), address(&request.url));
        Box::pin(async move {
            let mut response = self.transport.send(request).await?;
            let line = Line::new(method, url, response.status, &response.headers);
            response.body = self.recorder.attend(line, response.body);
            Ok(response)
        })
    }
}

/// The part of an address that holds no secret.
fn address(url: &Url) -> String {
    let mut url = url.clone();
    url.set_fragment(None);
    // Neither can be where there is no host, and then there is none to take out.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    without_query(&url)
}

/// What is written of an answer.
struct Line {
    head: Map<String, Value>,
    kind: Kind,
}

/// What a body is, as far as recording goes.
enum Kind {
    Json,
    Text,
    Stream,
    Bytes,
}

impl Line {
    fn new(method: String, url: String, status: StatusCode, headers: &HeaderMap) -> Self {
        let media = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
        let mut head = Map::new();
        head.insert("method".to_owned(), method.into());
        head.insert("url".to_owned(), url.into());
        head.insert("status".to_owned(), status.as_u16().into());
        if let Some(media) = media {
            head.insert("content_type".to_owned(), media.into());
        }
        Line {
            head,
            kind: kind(media),
        }
    }

    fn without_body(mut self, why: &str) -> Map<String, Value> {
        self.head.insert("omitted".to_owned(), why.into());
        self.head
    }

    /// Objects and lists of JSON stand in a line as they are, everything else as text, so that no two
    /// bodies look alike; `null` is none.
    fn with_body(mut self, body: Vec<u8>) -> Map<String, Value> {
        let Ok(text) = String::from_utf8(body) else {
            return self.without_body("no text");
        };
        let value = match self.kind {
            Kind::Json => serde_json::from_str(&text).ok(),
            Kind::Text | Kind::Stream | Kind::Bytes => None,
        };
        let body = match value {
            Some(value @ (Value::Object(_) | Value::Array(_))) => value,
            _ if text.is_empty() => Value::Null,
            _ => text.into(),
        };
        self.head.insert("body".to_owned(), body);
        self.head
    }
}

fn kind(media: Option<&str>) -> Kind {
    let Some(media) = media else {
        return Kind::Json;
    };
    let essence = media.split(';').next().unwrap_or_default();
    let essence = essence.trim().to_ascii_lowercase();
    let streams = [
        "event-stream",
        "ndjson",
        "jsonl",
        "json-seq",
        "json-lines",
        "jsonlines",
    ];
    let texts = ["xml", "yaml", "x-www-form-urlencoded"];
    let ends = |ending: &&str| essence.ends_with(*ending);
    if streams.iter().any(ends)
        || essence.contains("stream+json")
        || essence.contains("json-stream")
    {
        Kind::Stream
    } else if essence.ends_with("json") {
        Kind::Json
    } else if essence.starts_with("text/") || texts.iter().any(ends) {
        Kind::Text
    } else {
        Kind::Bytes
    }
}

/// A body that is kept while it is read.
struct Attended {
    recorder: Recorder,
    /// None when it is written.
    line: Option<Line>,
    body: TransportBody,
    kept: Vec<u8>,
}

impl Attended {
    fn keep(&mut self, chunk: &Bytes) {
        if self.line.is_none() {
            return;
        }
        if chunk.len() > self.recorder.max_body_bytes - self.kept.len() {
            return self.give_up(TOO_LONG);
        }
        self.kept.extend_from_slice(chunk);
        // Whoever knows the length need not ask for more.
        if self.body.length() == Some(self.kept.len() as u64) {
            self.end();
        }
    }

    fn end(&mut self) {
        if let Some(line) = self.line.take() {
            let line = line.with_body(std::mem::take(&mut self.kept));
            self.recorder.write(line);
        }
    }

    fn give_up(&mut self, why: &str) {
        self.kept = Vec::new();
        if let Some(line) = self.line.take() {
            self.recorder.write(line.without_body(why));
        }
    }
}

impl Stream for Attended {
    type Item = Result<Bytes, Source>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let chunk = ready!(Pin::new(&mut this.body).poll_next(cx));
        match &chunk {
            Some(Ok(bytes)) => this.keep(bytes),
            Some(Err(_)) => this.give_up("it broke off"),
            None => this.end(),
        }
        Poll::Ready(chunk)
    }
}

impl Drop for Attended {
    fn drop(&mut self) {
        self.give_up("it was not read to its end");
    }
}
