//! `multipart/form-data`: [`File`], and how an object becomes parts.
//!
//! A body goes through JSON, as every body does. A file in it leaves its bytes on a list and puts
//! its number there into the JSON, so that no byte is copied into text.

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use serde_json::Value;

use super::check::Place;
use super::clock;
use super::fill::{Fill, Missing, fill_from};
use super::form::{self, FormStyle};
use super::upload::Upload;
use super::{Field, Request};

/// A file to be sent: bytes in memory or a stream, see [`Upload`].
///
/// Bytes, text and an [`Upload`] fill its place; a name and a media type can be given.
#[derive(Clone, PartialEq, Eq)]
pub struct File {
    content: Upload,
    name: Option<String>,
    media_type: Option<String>,
}

impl File {
    /// A file with this content. It is sent as `application/octet-stream` unless it is told another
    /// media type, under the name of its field unless it is told another.
    pub fn new(content: impl Into<Upload>) -> Self {
        Self {
            content: content.into(),
            name: None,
            media_type: None,
        }
    }

    /// Gives it a name, for example `report.pdf`.
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Gives it a media type, for example `application/pdf`.
    pub fn typed(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// Its content.
    pub fn content(&self) -> &Upload {
        &self.content
    }
}

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("File")
            .field("content", &self.content)
            .field("name", &self.name)
            .field("media_type", &self.media_type)
            .finish()
    }
}

impl<C: Into<Upload>> From<C> for File {
    fn from(content: C) -> Self {
        Self::new(content)
    }
}

fill_from!(File: Upload, Bytes, Vec<u8>, String, &'static str, &'static [u8]);

thread_local! {
    /// The files of the body that is being written, while one is.
    static FILES: RefCell<Option<Vec<File>>> = const { RefCell::new(None) };
}

/// The member that stands for a file in the JSON of a body.
const PLACE: &str = "$restwright-file";

impl Serialize for File {
    /// In a multipart body its place; in JSON its bytes as text.
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let place = FILES.with_borrow_mut(|files| {
            files.as_mut().map(|files| {
                files.push(self.clone());
                files.len() - 1
            })
        });
        match place {
            Some(place) => std::collections::BTreeMap::from([(PLACE, place)]).serialize(to),
            None => match self.content.as_bytes() {
                Some(bytes) => to.serialize_str(&String::from_utf8_lossy(bytes)),
                None => Err(serde::ser::Error::custom("a stream cannot stand in JSON")),
            },
        }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(File::from)
    }
}

/// How a part of a form is written where the document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// In this media type.
    Typed(&'static str),
    /// As in a form in the URL's encoding, without that encoding.
    Styled(FormStyle),
}

impl Request {
    /// Sends an object's members as the parts of a form. The values of a list are parts of one name;
    /// an object is JSON; `null` is left out. `kinds` says what else parts are, by their names.
    pub fn multipart<T: Serialize>(
        mut self,
        kinds: &[(&'static str, PartKind)],
        body: impl Fill<T>,
    ) -> Self {
        FILES.set(Some(Vec::new()));
        let json = self.take_json(Place::Body("multipart/form-data"), body);
        let files = FILES.take().unwrap_or_default();
        let Some(json) = json else {
            return self;
        };
        let Ok(Value::Object(members)) = serde_json::from_slice(&json) else {
            self.faults
                .push("the body is no object, as a form needs it".to_owned());
            return self;
        };
        let mut parts = Vec::new();
        for (name, value) in &members {
            let kind = kinds.iter().find(|(part, _)| part == name);
            match kind.map(|(_, kind)| *kind) {
                Some(PartKind::Styled(style)) if !holds_file(value) => {
                    parts.extend(styled(name, style, value));
                }
                Some(PartKind::Typed(media)) => {
                    collect(name, value, Some(media), &files, &mut parts);
                }
                Some(PartKind::Styled(_)) | None => {
                    collect(name, value, None, &files, &mut parts);
                }
            }
        }
        let boundary = boundary(&parts);
        let body = write(&parts, &boundary);
        self.bytes(format!("multipart/form-data; boundary={boundary}"), body)
    }
}

/// A part: its head without the closing line, and its content.
struct Part {
    head: String,
    content: Upload,
}

/// Whether a member is a file, or a list with one: files have no style.
fn holds_file(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(holds_file),
        other => other.get(PLACE).is_some(),
    }
}

/// The parts of a member that has a style.
fn styled(name: &str, style: FormStyle, value: &Value) -> Vec<Part> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let pairs = form::pairs(name, Some(style), value).into_iter();
    pairs
        .map(|(name, text)| Part {
            head: format!("name=\"{}\"", quote(&decoded(&name))),
            content: decoded(&text).into(),
        })
        .collect()
}

fn collect(
    name: &str,
    value: &Value,
    media_type: Option<&str>,
    files: &[File],
    parts: &mut Vec<Part>,
) {
    let quoted = quote(name);
    let file = value.get(PLACE).and_then(Value::as_u64);
    if let Some(file) = file.and_then(|place| files.get(usize::try_from(place).ok()?)) {
        let media_type = file.media_type.as_deref().or(media_type);
        let media_type = one_line(media_type.unwrap_or("application/octet-stream"));
        let file_name = quote(file.name.as_deref().unwrap_or(name));
        parts.push(Part {
            head: format!(
                "name=\"{quoted}\"; filename=\"{file_name}\"\r\nContent-Type: {media_type}"
            ),
            content: file.content.clone(),
        });
        return;
    }
    let (media_type, content) = match value {
        Value::Null => return,
        Value::Array(values) if media_type.is_none() => {
            for value in values {
                collect(name, value, None, files, parts);
            }
            return;
        }
        Value::String(text) => (media_type, text.clone()),
        Value::Bool(_) | Value::Number(_) => (media_type, value.to_string()),
        Value::Array(_) | Value::Object(_) => {
            (media_type.or(Some("application/json")), value.to_string())
        }
    };
    let media_type =
        media_type.map(|media_type| format!("\r\nContent-Type: {}", one_line(media_type)));
    parts.push(Part {
        head: format!("name=\"{quoted}\"{}", media_type.unwrap_or_default()),
        content: content.into(),
    });
}

/// As browsers do: what would end the name is percent-encoded.
fn quote(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn one_line(text: &str) -> String {
    text.replace(['\r', '\n'], " ")
}

/// A text that no part has in it.
fn boundary(parts: &[Part]) -> String {
    let contains = |boundary: &str| {
        let boundary = boundary.as_bytes();
        let held = parts.iter().filter_map(|part| part.content.as_bytes());
        let mut windows = held.flat_map(|held| held.windows(boundary.len()));
        windows.any(|window| window == boundary)
    };
    // Nobody can look into a stream before it is sent, nor foresee this.
    let foreseeable = parts.iter().all(|part| part.content.repeats());
    let mut number = if foreseeable { 0 } else { clock::random() };
    loop {
        let boundary = format!("restwright-{number:016x}");
        if !contains(&boundary) {
            return boundary;
        }
        number = number.wrapping_add(1);
    }
}

fn write(parts: &[Part], boundary: &str) -> Upload {
    let mut body = Vec::new();
    for part in parts {
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; {}\r\n\r\n",
            part.head
        );
        body.extend([head.into(), part.content.clone(), "\r\n".into()]);
    }
    body.push(format!("--{boundary}--\r\n").into());
    Upload::parts(body)
}
