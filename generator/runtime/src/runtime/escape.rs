//! Percent-encoding of path segments, query names and query values.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// All but the characters that RFC 3986 calls unreserved.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// How the values of a list stand in a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `tag=a&tag=b` (form, explode).
    Repeat,
    /// `tag=a,b` (form).
    Comma,
    /// `tag=a%20b` (spaceDelimited).
    Space,
    /// `tag=a%7Cb` (pipeDelimited).
    Pipe,
}

impl ListStyle {
    /// What stands between two values; `None` when each has a pair of its own.
    pub(super) fn delimiter(self) -> Option<&'static str> {
        match self {
            ListStyle::Repeat => None,
            ListStyle::Comma => Some(","),
            ListStyle::Space => Some("%20"),
            ListStyle::Pipe => Some("%7C"),
        }
    }
}

/// And those it calls reserved which neither end a value nor a segment's text.
const BUT_RESERVED: &AsciiSet = &RESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b'[')
    .remove(b']');

/// For example: `a b/c?d` gives `a%20b/c%3Fd`.
pub(super) fn encode_but_reserved(text: &str) -> String {
    Cow::from(utf8_percent_encode(text, BUT_RESERVED)).into_owned()
}

/// For example: `a b/ü@x` gives `a%20b%2F%C3%BC%40x`.
pub(super) fn encode(text: &str) -> String {
    encoded(text).into_owned()
}

/// The same, which most texts are already.
pub(super) fn encoded(text: &str) -> Cow<'_, str> {
    utf8_percent_encode(text, RESERVED).into()
}

/// The text that [`encode`] was given.
pub(super) fn decode(text: &str) -> String {
    percent_encoding::percent_decode_str(text)
        .decode_utf8_lossy()
        .into_owned()
}
