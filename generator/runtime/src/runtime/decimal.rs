//! [`Decimal`]: a number with all its digits.
//!
//! A JSON number has as many digits as its writer likes; `f64` keeps some seventeen of them, and
//! `i64` ends at nineteen. This one keeps the text.

use super::fill::fill_from;
use super::{Field, Fill, Missing};
use serde::de::Error as _;
use serde_json::value::RawValue;
use std::fmt;
use std::str::FromStr;

/// A JSON number as it is written: declared as a decimal (`format: decimal`), or as a whole number
/// that may be beyond 64 bits.
///
/// Two are equal when they are written alike: `1.0` is not `1`. Within a union it has the digits
/// that a [`Value`](super::Value) keeps.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Decimal(String);

impl Decimal {
    /// The number, as it is on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as a type that reads it from text: `i128`, `f64`, or a decimal of another library.
    ///
    /// # Errors
    /// The number is not one of that type.
    pub fn parse<T: FromStr>(&self) -> Result<T, T::Err> {
        self.0.parse()
    }
}

/// A text or a float is no JSON number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a number")
    }
}

impl std::error::Error for NotANumber {}

impl FromStr for Decimal {
    type Err = NotANumber;

    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let digit_first = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
        // What is JSON and begins like a number is one.
        let number = digit_first(text.strip_prefix('-').unwrap_or(text))
            && digit_last(text)
            && serde_json::from_str::<&RawValue>(text).is_ok();
        number.then(|| Self(text.to_owned())).ok_or(NotANumber)
    }
}

fn digit_last(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit())
}

impl TryFrom<f64> for Decimal {
    type Error = NotANumber;

    fn try_from(number: f64) -> Result<Self, NotANumber> {
        number.to_string().parse()
    }
}

macro_rules! from_whole {
    ($($whole:ty),+) => {
        $(
            impl From<$whole> for Decimal {
                fn from(number: $whole) -> Self {
                    Self(number.to_string())
                }
            }
        )+
        fill_from!(Decimal: $($whole),+);
    };
}
from_whole!(i32, u32, i64, u64, i128, u128);

impl From<&Decimal> for Decimal {
    fn from(other: &Decimal) -> Self {
        other.clone()
    }
}
fill_from!(Decimal: &Decimal);

impl fmt::Debug for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Decimal({})", self.0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Decimal {
    /// Reads a number; one that is put into a string is read too.
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(from)?;
        let text = raw.get().trim_matches('"');
        text.parse()
            .map_err(|_| D::Error::custom(format_args!("invalid type: `{raw}`, expected a number")))
    }
}

impl serde::Serialize for Decimal {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let raw = RawValue::from_string(self.0.clone()).map_err(serde::ser::Error::custom)?;
        raw.serialize(to)
    }
}
