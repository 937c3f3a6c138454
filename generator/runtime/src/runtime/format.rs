//! Text with a declared format: [`Uuid`], [`DateTime`], [`Date`], [`Time`].
//!
//! They keep the text as it came. A document may say `uuid` where the server sends something else,
//! and a value that was valid goes back byte for byte: `2026-01-01T00:00:00.000Z` stays so.

use super::fill::fill_from;
use super::{Field, Fill, Missing};
use std::fmt;

/// A format: the text, and the conversions every one has.
macro_rules! text_format {
    ($(#[doc = $doc:literal])+ $name:ident) => {
        $(#[doc = $doc])+
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
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
                String::deserialize(from).map(Self)
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

text_format! {
    /// Declared as a UUID (`format: uuid`). Any text is accepted and kept as it is.
    Uuid
}
text_format! {
    /// Declared as a date and time (`format: date-time`, RFC 3339, for example
    /// `2026-01-31T09:30:00Z`). Any text is accepted and kept as it is.
    DateTime
}
text_format! {
    /// Declared as a date (`format: date`, RFC 3339, for example `2026-01-31`). Any text is
    /// accepted and kept as it is.
    Date
}
text_format! {
    /// Declared as a time of day (`format: time`, RFC 3339, for example `09:30:00Z`). Any text is
    /// accepted and kept as it is.
    Time
}
