//! Text with a declared format: [`Uuid`], [`DateTime`], [`Date`], [`Time`], [`Base64`], [`Secret`].
//!
//! They keep the text as it came. A document may say `uuid` where the server sends something else,
//! and a value that was valid goes back byte for byte: `2026-01-01T00:00:00.000Z` stays so. What a
//! text looks like counts only where a union has to choose.

use super::fill::fill_from;
use super::record::note_stray_unless;
use super::{Field, Fill, Missing};
use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::fmt;
use std::str::FromStr;

/// A format: the text, and the conversions every one has.
macro_rules! text_format {
    ($(#[doc = $doc:literal])+ $name:ident, $fits:expr) => {
        $(#[doc = $doc])+
        #[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// The text as a type of another library, such as a date: whatever reads it from text.
            ///
            /// # Errors
            /// The text is not what that type expects.
            pub fn parse<T: FromStr>(&self) -> Result<T, T::Err> {
                self.0.parse()
            }

            /// The text, as it is on the wire.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, as it is on the wire.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<&String> for $name {
            fn from(text: &String) -> Self {
                Self(text.clone())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&$name> for $name {
            fn from(other: &$name) -> Self {
                other.clone()
            }
        }

        impl From<$name> for String {
            fn from(text: $name) -> Self {
                text.0
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, other: &str) -> bool {
                self.0 == other
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, other: &&str) -> bool {
                self.0 == *other
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = String::deserialize(from)?;
                note_stray_unless(|| $fits(&text));
                Ok(Self(text))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(&self.0)
            }
        }

        fill_from!($name: &str, &String, String, &$name);
    };
}

/// Shows the text, as a derived `Debug` would.
macro_rules! shown {
    ($($name:ident),+) => {
        $(
            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.debug_tuple(stringify!($name)).field(&self.0).finish()
                }
            }
        )+
    };
}

shown!(Uuid, DateTime, Date, Time, Base64);

text_format! {
    /// Declared as a UUID (`format: uuid`). Any text is accepted and kept as it is.
    Uuid, is_uuid
}
text_format! {
    /// Declared as a date and time (`format: date-time`, RFC 3339, for example
    /// `2026-01-31T09:30:00Z`). Any text is accepted and kept as it is.
    DateTime, is_date_time
}
text_format! {
    /// Declared as a date (`format: date`, RFC 3339, for example `2026-01-31`). Any text is
    /// accepted and kept as it is.
    Date, is_date
}
text_format! {
    /// Declared as a time of day (`format: time`, RFC 3339, for example `09:30:00Z`). Any text is
    /// accepted and kept as it is.
    Time, is_time
}
text_format! {
    /// Declared as bytes in base64 (`format: byte`). The text is kept as it is, whatever it is;
    /// [`encode`](Self::encode) makes it of bytes, [`decode`](Self::decode) gives them back.
    Base64, |text: &str| BASE64.decode(plain(text)).is_ok()
}
text_format! {
    /// Declared as a password (`format: password`). `Debug` does not show it.
    Secret, |_: &str| true
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Written with padding, read with and without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// In the standard alphabet and in one line, whichever it came in.
fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_ascii_whitespace())
        .map(|c| match c {
            '-' => '+',
            '_' => '/',
            c => c,
        })
        .collect()
}

impl Base64 {
    /// Bytes as text.
    pub fn encode(bytes: impl AsRef<[u8]>) -> Self {
        Self(BASE64.encode(bytes))
    }

    /// The bytes. The alphabet of URLs is read too, and so are lines and text without padding.
    ///
    /// # Errors
    /// The text is not base64.
    pub fn decode(&self) -> Result<Vec<u8>, NotBase64> {
        BASE64.decode(plain(&self.0)).map_err(|_| NotBase64)
    }
}

/// A text is not base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotBase64;

impl fmt::Display for NotBase64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not base64")
    }
}

impl std::error::Error for NotBase64 {}

/// Whether a text has this pattern, in which `0` is a digit and anything else itself.
fn is_like(text: &str, pattern: &str) -> bool {
    text.len() == pattern.len()
        && text
            .bytes()
            .zip(pattern.bytes())
            .all(|(byte, wanted)| match wanted {
                b'0' => byte.is_ascii_digit(),
                wanted => byte == wanted,
            })
}

fn is_date(text: &str) -> bool {
    is_like(text, "0000-00-00") && &text[5..7] <= "12" && &text[8..] <= "31"
}

/// With seconds, with or without a fraction and a zone.
fn is_time(text: &str) -> bool {
    let (time, rest) = text.split_at_checked(8).unwrap_or((text, ""));
    let rest = rest.strip_prefix('.').map_or(rest, |fraction| {
        fraction.trim_start_matches(|c: char| c.is_ascii_digit())
    });
    let zone = rest.strip_prefix(['+', '-']);
    is_like(time, "00:00:00")
        && (matches!(rest, "" | "Z" | "z") || zone.is_some_and(|zone| is_like(zone, "00:00")))
}

fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't', ' ']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_uuid(text: &str) -> bool {
    let mut groups = text.split('-');
    let lengths = [8, 4, 4, 4, 12];
    let fits = |length: usize| {
        let group = groups.next().unwrap_or_default();
        group.len() == length && group.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    lengths.into_iter().all(fits) && groups.next().is_none()
}
