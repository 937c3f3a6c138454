//! [`Scalar`]: what an enum of values of several types lists, compared without keeping it.

use super::Value;
use super::record::note_stray;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A scalar that a document lists, or one that may be such.
pub enum Scalar<'t> {
    /// `true` or `false`.
    Flag(bool),
    /// A whole number.
    Integer(i64),
    /// Any other number.
    Float(f64),
    /// A text.
    Text(&'t str),
}

impl Scalar<'_> {
    /// Whether they are the same; `1` and `1.0` are.
    #[allow(clippy::cast_precision_loss)]
    pub fn same(&self, other: &Scalar<'_>) -> bool {
        match (self, other) {
            (Self::Flag(one), Scalar::Flag(other)) => one == other,
            (Self::Text(one), Scalar::Text(other)) => one == other,
            (Self::Integer(one), Scalar::Integer(other)) => one == other,
            (Self::Float(one), Scalar::Float(other)) => one == other,
            (Self::Integer(whole), Scalar::Float(float))
            | (Self::Float(float), Scalar::Integer(whole)) => *whole as f64 == *float,
            _ => false,
        }
    }

    /// The scalar that a value is.
    pub fn of(value: &Value) -> Option<Scalar<'_>> {
        match value {
            Value::Bool(flag) => Some(Scalar::Flag(*flag)),
            Value::String(text) => Some(Scalar::Text(text)),
            Value::Number(number) => match number.as_i64() {
                Some(whole) => Some(Scalar::Integer(whole)),
                None => number.as_f64().map(Scalar::Float),
            },
            Value::Null | Value::Array(_) | Value::Object(_) => None,
        }
    }
}

macro_rules! scalar_from {
    ($($variant:ident: $source:ty),+) => {
        $(impl<'t> From<$source> for Scalar<'t> {
            fn from(value: $source) -> Self {
                Scalar::$variant(value)
            }
        })+
    };
}

scalar_from!(Flag: bool, Integer: i64, Float: f64, Text: &'t str);

/// Reads an open enum of values of several types.
///
/// # Errors
/// What the reader says.
pub fn read_value<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    find: fn(&Scalar<'_>) -> Option<T>,
    unknown: fn(Value) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(ValueVisitor { find, unknown })
}

struct ValueVisitor<T> {
    find: fn(&Scalar<'_>) -> Option<T>,
    unknown: fn(Value) -> T,
}

impl<T> ValueVisitor<T> {
    fn known_or<E>(self, scalar: &Scalar<'_>, value: impl FnOnce() -> Value) -> Result<T, E> {
        match (self.find)(scalar) {
            Some(known) => Ok(known),
            None => self.kept(value()),
        }
    }

    fn kept<E>(self, value: Value) -> Result<T, E> {
        note_stray();
        Ok((self.unknown)(value))
    }
}

impl<'de, T> Visitor<'de> for ValueVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<T, E> {
        self.known_or(&flag.into(), || flag.into())
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        self.known_or(&number.into(), || number.into())
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let value = Value::from(number);
        match Scalar::of(&value).and_then(|scalar| (self.find)(&scalar)) {
            Some(known) => Ok(known),
            None => self.kept(value),
        }
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        self.known_or(&number.into(), || number.into())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.known_or(&text.into(), || text.into())
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.kept(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        self.kept(Value::deserialize(SeqAccessDeserializer::new(items))?)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<T, A::Error> {
        self.kept(Value::deserialize(MapAccessDeserializer::new(members))?)
    }
}
