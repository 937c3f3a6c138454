//! Where text comes from and where in it a node stands: [`Source`], [`Pointer`], [`Source::locate`].
//!
//! May not import other modules of ours but `limits` and `threads`, and may not stop the program: every failure
//! is a value.

mod address;
mod halves;
mod json;
mod kept;
mod parse;
mod pointer;
mod value;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use serde_json::Value;

use crate::limits::{self, Limits};

pub use address::Address;
use kept::Kept;
pub use pointer::Pointer;
pub(crate) use pointer::member;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2.
    Yaml,
}

/// A text with the name its user gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Path or address as given by the user; what a message shows.
    pub name: String,
    /// The whole text, without a byte order mark; copies of a source share it.
    pub text: Arc<String>,
    /// How it is written.
    pub format: Format,
    kept: Kept,
}

/// A text that a document refers to, or why there is none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Linked {
    /// Where it is, seen from the document.
    pub address: Address,
    /// The text.
    pub text: Text,
}

/// What is at an address.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Text {
    /// A text.
    Read(Source),
    /// The text that another address is for too, may be the document's.
    Same(Address),
    /// None that could be read.
    Absent(Absent),
}

/// Why a text that a document refers to was not read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Absent {
    /// A stable name for this kind of reason, for example `missing-file`.
    pub code: &'static str,
    /// Whether that is an error: it was not even tried because of where it is, or it would be too much.
    pub refused: bool,
    /// What is wrong, lower case, without a full stop.
    pub reason: String,
    /// What to do about it.
    pub help: String,
}

impl Absent {
    /// What would pass a limit.
    pub fn beyond(setting: &str, reason: String) -> Self {
        Absent {
            code: "beyond-limit",
            refused: true,
            reason,
            help: limits::help(setting),
        }
    }
}

/// A position in a text, both counted from 1; a column counts characters, not bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Line, the first is 1.
    pub line: usize,
    /// Column, the first is 1.
    pub column: usize,
}

impl Place {
    /// The first character of a text.
    pub const START: Place = Place { line: 1, column: 1 };
}

/// Why a file gives no text.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be opened or read.
    #[error("cannot read {name}: {reason}")]
    Io {
        /// The path as given.
        name: String,
        /// What the operating system says.
        reason: std::io::Error,
    },
    /// There is more of it than is read.
    #[error("{name} has more than {most} MiB; {}", limits::help("text-mib"))]
    TooLarge {
        /// The path as given.
        name: String,
        /// How much is read.
        most: u64,
    },
    /// The bytes are no UTF-8.
    #[error("{name} is not UTF-8 text: {reason}")]
    Encoding {
        /// The path as given.
        name: String,
        /// What was found instead.
        reason: String,
    },
}

/// Why a text is no document.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct ParseError {
    /// What is wrong, without the place.
    pub message: String,
    /// Line, the first is 1.
    pub line: usize,
    /// Column, the first is 1.
    pub column: usize,
    /// The limit that is passed there, if that is what is wrong.
    pub limit: Option<&'static str>,
}

impl Source {
    /// Reads a file, within the limits that hold where nothing is said; its format is found by its content.
    pub fn read(path: &Path) -> Result<Source, SourceError> {
        Source::read_within(path, &Limits::default())
    }

    /// Reads a file; its format is found by its content.
    pub fn read_within(path: &Path, limits: &Limits) -> Result<Source, SourceError> {
        let name = path.display().to_string();
        match std::fs::File::open(path) {
            Ok(file) => {
                let size = file.metadata().map_or(0, |about| about.len());
                Source::read_sized(name, (file, size), limits)
            }
            Err(reason) => Err(SourceError::Io { name, reason }),
        }
    }

    /// Reads all that a stream has to give.
    pub fn read_from(
        name: impl Into<String>,
        from: impl Read,
        limits: &Limits,
    ) -> Result<Source, SourceError> {
        Source::read_sized(name.into(), (from, 0), limits)
    }

    /// Reads all that there is, about so many bytes: what is known to be large is not copied as it grows.
    fn read_sized(
        name: String,
        (from, size): (impl Read, u64),
        limits: &Limits,
    ) -> Result<Source, SourceError> {
        let most = limits.text_bytes();
        let size = size.min(most).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or_default());
        if let Err(reason) = from.take(most.saturating_add(1)).read_to_end(&mut bytes) {
            return Err(SourceError::Io { name, reason });
        }
        if bytes.len() as u64 > most {
            let most = limits.text_mib;
            return Err(SourceError::TooLarge { name, most });
        }
        Source::from_bytes(name, bytes)
    }

    /// Takes bytes as they came, for example from an HTTP answer.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, SourceError> {
        let name = name.into();
        if let Some(kind) = packed(&bytes) {
            let reason = format!("it is {kind}; name the JSON or YAML document in it");
            return Err(SourceError::Encoding { name, reason });
        }
        if matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
            || matches!(bytes.as_slice(), [0, ..] | [_, 0, ..])
        {
            let reason = "it looks like UTF-16, save it as UTF-8".to_owned();
            return Err(SourceError::Encoding { name, reason });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let bytes = error.as_bytes();
                let reason = match bytes.contains(&0) {
                    true => "it is binary data; name the JSON or YAML document".to_owned(),
                    false => format!("byte {offset} starts no character; save it as UTF-8"),
                };
                Err(SourceError::Encoding { name, reason })
            }
        }
    }

    /// Takes a text; its format is found by its content. A byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let mut text = text.into();
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        let format = format_of(&text);
        Source {
            name: name.into(),
            text: text.into(),
            format,
            kept: Kept::default(),
        }
    }

    /// The same under another name.
    #[must_use]
    pub fn named(self, name: String) -> Source {
        Source { name, ..self }
    }

    /// The text as one value, within the limits that hold where nothing is said.
    pub fn parse(&self) -> Result<Value, ParseError> {
        self.parse_within(&Limits::default())
    }

    /// The text as one value: object keys keep their order, a key given twice is an error.
    pub fn parse_within(&self, limits: &Limits) -> Result<Value, ParseError> {
        match self.kept.take(limits) {
            Some(value) => Ok(value),
            None => parse::parse(&self.text, self.format, limits),
        }
    }

    /// Looks at what [`Source::parse_within`] gives, and keeps it for whoever parses next within the same limits.
    pub fn look<T>(&self, limits: &Limits, see: impl FnOnce(&Value) -> T) -> Result<T, ParseError> {
        let value = self.parse_within(limits)?;
        let seen = see(&value);
        self.kept.put(limits.clone(), value);
        Ok(seen)
    }

    /// A value as a text in the format of this one, keys in their order.
    pub fn print_like(&self, value: &Value) -> Result<String, String> {
        let text = match self.format {
            Format::Json => serde_json::to_string_pretty(value).map_err(|error| error.to_string()),
            Format::Yaml => serde_yaml::to_string(value).map_err(|error| error.to_string()),
        };
        text.map(|text| format!("{}\n", text.trim_end_matches('\n')))
    }

    /// Where the key (or array element) a pointer leads to stands in the text. For a node that is
    /// not in the text, because an overlay made it, the nearest ancestor that is.
    pub fn locate(&self, pointer: &Pointer) -> Option<Place> {
        self.locate_all([pointer]).remove(pointer)
    }

    /// [`Source::locate`] for many pointers in one walk over the text.
    pub fn locate_all<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p Pointer>,
    ) -> BTreeMap<Pointer, Place> {
        let pointers: BTreeSet<&Pointer> = pointers.into_iter().collect();
        let mut wanted = BTreeSet::new();
        for pointer in &pointers {
            let mut at = Some((*pointer).clone());
            while let Some(pointer) = at {
                at = pointer.parent();
                if !wanted.insert(pointer) {
                    break;
                }
            }
        }
        let mut found = match self.format {
            Format::Json => json::places(&self.text, &wanted),
            Format::Yaml => yaml::places(&self.text, &wanted),
        };
        found.insert(Pointer::root(), first_place(&self.text));
        let nearest = |pointer: &Pointer| {
            let mut at = pointer.clone();
            while !found.contains_key(&at) {
                at = at.parent()?;
            }
            Some((pointer.clone(), *found.get(&at)?))
        };
        pointers.into_iter().filter_map(nearest).collect()
    }
}

/// What a file is packed as, if it is.
fn packed(bytes: &[u8]) -> Option<&'static str> {
    match bytes {
        [0x1F, 0x8B, ..] => Some("compressed by gzip"),
        [b'P', b'K', 3, 4, ..] => Some("a ZIP archive"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("a PDF"),
        _ => None,
    }
}

fn format_of(text: &str) -> Format {
    let mut rest = text.trim_start().chars();
    match rest.next() {
        Some('[') => Format::Json,
        Some('{') => match rest.as_str().trim_start().chars().next() {
            Some('"' | '}') | None => Format::Json,
            Some(_) => Format::Yaml,
        },
        _ => Format::Yaml,
    }
}

fn first_place(text: &str) -> Place {
    let blank = text.len() - text.trim_start().len();
    json::Cursor::new(text).place(blank)
}

/// A parser's message without the place it ends with.
fn without_place(message: &str) -> &str {
    match message.rfind(" at line ") {
        Some(end) => &message[..end],
        None => message,
    }
}

#[cfg(test)]
mod tests;
