//! JSON with the path of what does not fit.
//!
//! Decoding itself is serde_json's, at its full speed. Only when it fails is the text walked once
//! more, up to the place of the fault, to name the member that stands there.

use std::fmt;
use std::ops::Range;

use serde::de::DeserializeOwned;
use serde_json::{Number, Value};

/// Levels that a path shows; what is nested deeper is named by its ancestor at this level.
const MAX_DEPTH: usize = 256;

/// Why a JSON text is not the value that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JsonFault {
    /// What does not fit. For example: `$.items[3]['first name']`.
    pub path: String,
    /// What is wrong with it.
    pub message: String,
    /// The line, from 1; 0 if it is not known.
    pub line: usize,
    /// How many bytes of that line were read, a byte order mark not counted.
    pub column: usize,
}

/// Reads a value; a byte order mark before it is skipped.
///
/// For example: `{"items":[{"status":"x"}]}` as a list with numbers fails at `$.items[0].status`.
pub fn from_slice<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, JsonFault> {
    let text = without_bom(bytes);
    serde_json::from_slice(text).or_else(|error| {
        // `1.0` is a whole number to JSON Schema, but not to serde; some servers write it so.
        whole(text).ok_or_else(|| fault(text, &error))
    })
}

/// Reads a value with its floats that are whole written as whole numbers, if it has any and that
/// helps.
fn whole<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    let mut value: Value = serde_json::from_slice(text).ok()?;
    make_whole(&mut value)
        .then(|| T::deserialize(value).ok())
        .flatten()
}

/// The whole number that a float is.
pub(super) fn whole_of(number: &Number) -> Option<i64> {
    let float = number.is_f64().then(|| number.as_f64()).flatten();
    let float = float.filter(|float| float.fract() == 0.0)?;
    // 2^53: beyond it a float no longer says which whole number was meant.
    (float.abs() <= 9_007_199_254_740_992.0).then_some(float as i64)
}

/// Whether anything was changed.
fn make_whole(value: &mut Value) -> bool {
    match value {
        Value::Array(values) => values
            .iter_mut()
            .fold(false, |any, value| make_whole(value) | any),
        Value::Object(members) => members
            .values_mut()
            .fold(false, |any, value| make_whole(value) | any),
        Value::Number(number) => whole_of(number)
            .map(|whole| *number = whole.into())
            .is_some(),
        Value::Null | Value::Bool(_) | Value::String(_) => false,
    }
}

/// Like [`from_slice`]; an empty text is read as `null` or, failing that, as `{}`, and the error is
/// `None` if it can be neither.
pub(super) fn from_slice_or_empty<T: DeserializeOwned>(
    bytes: &[u8],
) -> Result<T, Option<JsonFault>> {
    if without_bom(bytes).trim_ascii().is_empty() {
        return from_slice(b"null")
            .or_else(|_| from_slice(b"{}"))
            .map_err(|_| None);
    }
    from_slice(bytes).map_err(Some)
}

impl JsonFault {
    pub(super) fn at_root(message: String) -> Self {
        JsonFault {
            path: "$".to_owned(),
            message,
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for JsonFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {} (line {}, column {})",
            self.path, self.message, self.line, self.column
        )
    }
}

impl std::error::Error for JsonFault {}

/// A container that is open where the walk stands.
enum Open {
    /// Where the key of the member at hand stands, its quotes left out.
    Object(Option<Range<usize>>),
    /// The index of the element at hand.
    Array(usize),
}

/// What comes next in the walk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Key,
    Colon,
    Value,
    /// A value is complete: a comma or the end of its container.
    Comma,
}

fn fault(text: &[u8], error: &serde_json::Error) -> JsonFault {
    let (line, column) = (error.line(), error.column());
    let mut message = error.to_string();
    if let Some(stem) = message.strip_suffix(&format!(" at line {line} column {column}")) {
        message.truncate(stem.len());
    }
    let read = &text[..offset(text, line, column)];
    JsonFault {
        path: path(read),
        message,
        line,
        column,
    }
}

/// How many bytes were read: the column counts those of its line.
fn offset(text: &[u8], line: usize, column: usize) -> usize {
    let ends = text
        .iter()
        .enumerate()
        .filter(|(_, byte)| **byte == b'\n')
        .map(|(at, _)| at + 1);
    let start = std::iter::once(0)
        .chain(ends)
        .nth(line.saturating_sub(1))
        .unwrap_or(0);
    text.len().min(start + column)
}

/// The path of what was read last.
///
/// serde_json reports a scalar that does not fit when it has read it, a container that does not fit
/// at all before it opens it, and one that lacks something when it has closed it: in each case the
/// last value that has begun, or is about to begin, is the one in question.
///
/// For example: `{"a":[1,"x"` gives `$.a[1]`, and so does `{"a":[1,`; `{"a":[1,2]` gives `$.a`.
fn path(read: &[u8]) -> String {
    let mut open: Vec<Open> = Vec::new();
    let mut deeper = 0_usize;
    let mut next = Next::Value;
    let mut at = 0;
    while at < read.len() {
        let byte = read[at];
        at += 1;
        match byte {
            b' ' | b'\t' | b'\r' | b'\n' => {}
            b'"' if deeper > 0 || matches!(next, Next::Key | Next::Value) => {
                let start = at;
                let closed = string_end(read, start);
                at = closed.map_or(read.len(), |end| end + 1);
                if deeper == 0 {
                    next = string(&mut open, next, start, closed);
                }
            }
            b'{' | b'[' if open.len() == MAX_DEPTH => {
                deeper += 1;
                next = Next::Comma;
            }
            b'}' | b']' if deeper > 0 => deeper -= 1,
            _ if deeper > 0 => {}
            b'{' if next == Next::Value => {
                open.push(Open::Object(None));
                next = Next::Key;
            }
            b'[' if next == Next::Value => open.push(Open::Array(0)),
            b'}' | b']' => {
                open.pop();
                next = Next::Comma;
            }
            b',' if next == Next::Comma => next = advance(open.last_mut()),
            b':' if next == Next::Colon => next = Next::Value,
            _ if next == Next::Value => {
                let start = at - 1;
                at = scalar_end(read, at);
                if is_no_word(&read[start..at]) {
                    break;
                }
                next = Next::Comma;
            }
            // What cannot stand here: the fault is the container's.
            _ => {
                open.pop();
                break;
            }
        }
    }
    render(read, &open)
}

/// The text without a byte order mark.
pub(super) fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

/// Takes a string up as a key or a value, and says what comes next.
fn string(open: &mut [Open], next: Next, start: usize, closed: Option<usize>) -> Next {
    match (next, open.last_mut()) {
        (Next::Key, Some(Open::Object(key))) => {
            *key = closed.map(|end| start..end);
            Next::Colon
        }
        _ => Next::Comma,
    }
}

/// Moves on to the next member or element.
fn advance(innermost: Option<&mut Open>) -> Next {
    match innermost {
        Some(Open::Object(key)) => {
            *key = None;
            Next::Key
        }
        Some(Open::Array(index)) => {
            *index += 1;
            Next::Value
        }
        None => Next::Comma,
    }
}

/// Where the closing quote stands, if it was read.
fn string_end(read: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    loop {
        match read.get(at)? {
            b'"' => return Some(at),
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
}

fn scalar_end(read: &[u8], start: usize) -> usize {
    let rest = &read[start..];
    let end = rest
        .iter()
        .position(|byte| !byte.is_ascii_alphanumeric() && !b"+-.".contains(byte));
    start + end.unwrap_or(rest.len())
}

/// Whether it is neither a number nor `true`, `false` or `null`; the fault is the value's.
fn is_no_word(scalar: &[u8]) -> bool {
    scalar[0].is_ascii_alphabetic() && !matches!(scalar, b"true" | b"false" | b"null")
}

fn render(read: &[u8], open: &[Open]) -> String {
    let mut path = String::from("$");
    for container in open {
        match container {
            Open::Object(None) => {}
            Open::Object(Some(key)) => path.push_str(&member(&read[key.clone()])),
            Open::Array(index) => path.push_str(&format!("[{index}]")),
        }
    }
    path
}

/// For example: `id` gives `.id`, `first name` gives `['first name']`.
fn member(raw: &[u8]) -> String {
    let raw = String::from_utf8_lossy(raw);
    let key = serde_json::from_str(&format!("\"{raw}\"")).unwrap_or_else(|_| raw.into_owned());
    let plain = |c: char| c == '_' || c.is_ascii_alphanumeric();
    if key.chars().all(plain) && key.starts_with(|c: char| !c.is_ascii_digit()) {
        format!(".{key}")
    } else {
        let escaped = key.chars().map(|c| match c {
            '\\' | '\'' => format!("\\{c}"),
            c if c.is_control() => c.escape_default().to_string(),
            c => c.to_string(),
        });
        format!("['{}']", escaped.collect::<String>())
    }
}
