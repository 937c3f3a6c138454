//! `string_enum!`, `integer_enum!`, `value_enum!`: open enums, which keep a value they do not know.
//!
//! Servers add values before documents do, so an unknown value is never an error: it is kept in the
//! last variant and sent back as it came. Reading a known value allocates nothing.

use super::record::note_stray;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads an open enum of strings.
///
/// # Errors
/// The input is not a string.
pub fn read_string<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    find: fn(&str) -> Result<T, String>,
    unknown: fn(String) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(StringVisitor { find, unknown })
}

/// The value that is this text on the wire, or the text.
///
/// # Errors
/// None of them is.
pub fn find_string<T: Clone>(
    values: &[T],
    on_wire: fn(&T) -> &str,
    text: &str,
) -> Result<T, String> {
    let known = values.iter().find(|value| on_wire(value) == text);
    known.cloned().ok_or_else(|| text.to_owned())
}

struct StringVisitor<T> {
    find: fn(&str) -> Result<T, String>,
    unknown: fn(String) -> T,
}

impl<T> Visitor<'_> for StringVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok((self.find)(text).unwrap_or_else(|text| {
            note_stray();
            (self.unknown)(text)
        }))
    }
}

/// Reads an open enum of whole numbers; `1` and `1.0` are the same.
///
/// # Errors
/// The input is not a whole number.
pub fn read_integer<'de, T, D: Deserializer<'de>>(
    deserializer: D,
    find: fn(i64) -> Result<T, i64>,
    unknown: fn(i64) -> T,
) -> Result<T, D::Error> {
    deserializer.deserialize_i64(IntegerVisitor {
        find,
        unknown,
        marker: PhantomData,
    })
}

struct IntegerVisitor<T> {
    find: fn(i64) -> Result<T, i64>,
    unknown: fn(i64) -> T,
    marker: PhantomData<T>,
}

impl<T> Visitor<'_> for IntegerVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a whole number")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        Ok((self.find)(number).unwrap_or_else(|number| {
            note_stray();
            (self.unknown)(number)
        }))
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        let whole = i64::try_from(number);
        let whole = whole.map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))?;
        self.visit_i64(whole)
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<T, E> {
        // 2^53: beyond it a float no longer says which whole number was meant.
        if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 {
            return self.visit_i64(number as i64);
        }
        Err(E::invalid_value(Unexpected::Float(number), &self))
    }
}

/// What the three kinds of enum have in common: the type itself, `VALUES`, `Display`.
macro_rules! open_enum {
    (
        ($($doc:literal)*) ($($derive:path),*)
        $name:ident: $wire:ty, $unknown:ident
        { $( ($($variant_doc:literal)*) $variant:ident = $value:literal, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq $(, $derive)*)]
        #[non_exhaustive]
        pub enum $name {
            $(
                // As it is written in the code: without a line's end, and the generator lets no backtick through.
                #[doc = concat!("`", stringify!($value), "`")]
                $(#[doc = $variant_doc])*
                $variant,
            )*
            /// A value that the document does not list, as it came.
            $unknown($wire),
        }

        impl $name {
            /// Every value that the document lists.
            pub const VALUES: &'static [Self] = &[$(Self::$variant),*];
        }
    };
}
pub(crate) use open_enum;

/// Declares an open enum of strings.
///
/// ```text
/// crate::runtime::string_enum! {
///     /// The unit of a delay.
///     pub enum DelayUnit {
///         Minutes = "minutes",
///         Days = "days",
///         #[unknown]
///         Unknown(String),
///     }
/// }
/// ```
macro_rules! string_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal, )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::open_enum! {
            ($($doc)*) (::std::cmp::Eq, ::std::hash::Hash)
            $name: $wire, $unknown { $( ($($variant_doc)*) $variant = $value, )* }
        }

        const _: () = {
            use ::std::string::String;
            use ::std::result::Result;

            impl $name {
                /// The value as it is on the wire.
                pub fn as_str(&self) -> &str {
                    match self {
                        $(Self::$variant => $value,)*
                        Self::$unknown(text) => text,
                    }
                }

                fn find(text: &str) -> Result<Self, String> {
                    $crate::runtime::enums::find_string(Self::VALUES, Self::as_str, text)
                }
            }

            impl ::std::convert::From<&str> for $name {
                fn from(text: &str) -> Self {
                    Self::find(text).unwrap_or_else(Self::$unknown)
                }
            }

            impl ::std::convert::From<String> for $name {
                fn from(text: String) -> Self {
                    Self::find(&text).unwrap_or(Self::$unknown(text))
                }
            }

            impl ::std::str::FromStr for $name {
                type Err = ::std::convert::Infallible;

                fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                    Result::Ok(text.into())
                }
            }

            impl ::std::fmt::Display for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    f.pad(self.as_str())
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    $crate::runtime::enums::read_string(from, Self::find, Self::$unknown)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    to.serialize_str(self.as_str())
                }
            }
        };
    };
}
pub(crate) use string_enum;

/// Declares an open enum of whole numbers; as [`string_enum`], with `Paused = 2` and
/// `Unknown(i64)`.
macro_rules! integer_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal, )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::open_enum! {
            ($($doc)*) (::std::cmp::Eq, ::std::hash::Hash, ::std::marker::Copy)
            $name: $wire, $unknown { $( ($($variant_doc)*) $variant = $value, )* }
        }

        const _: () = {
            use ::std::result::Result;

            impl $name {
                /// The number as it is on the wire.
                pub fn value(&self) -> i64 {
                    match self {
                        $(Self::$variant => $value,)*
                        Self::$unknown(number) => *number,
                    }
                }

                fn find(number: i64) -> Result<Self, i64> {
                    match number {
                        $($value => Result::Ok(Self::$variant),)*
                        _ => Result::Err(number),
                    }
                }
            }

            impl ::std::convert::From<i64> for $name {
                fn from(number: i64) -> Self {
                    Self::find(number).unwrap_or_else(Self::$unknown)
                }
            }

            impl ::std::str::FromStr for $name {
                type Err = ::std::num::ParseIntError;

                fn from_str(text: &str) -> Result<Self, ::std::num::ParseIntError> {
                    text.parse::<i64>().map(Self::from)
                }
            }

            impl ::std::fmt::Display for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::std::fmt::Display::fmt(&self.value(), f)
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    $crate::runtime::enums::read_integer(from, Self::find, Self::$unknown)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    to.serialize_i64(self.value())
                }
            }
        };
    };
}
pub(crate) use integer_enum;

/// Declares an open enum of values of several JSON types; as [`string_enum`], with `True = true`,
/// `Pending = "pending"` and `Unknown(Value)`.
macro_rules! value_enum {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $variant_doc:literal])* $variant:ident = $value:literal, )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::open_enum! {
            ($($doc)*) ()
            $name: $wire, $unknown { $( ($($variant_doc)*) $variant = $value, )* }
        }

        // Nothing is imported that a type of a document may be called: `Value`.
        const _: () = {
            use ::std::option::Option;
            use ::std::result::Result;

            impl $name {
                /// The value as it is on the wire.
                pub fn value(&self) -> $crate::runtime::Value {
                    match self {
                        $(Self::$variant => $crate::runtime::Value::from($value),)*
                        Self::$unknown(value) => value.clone(),
                    }
                }

                fn find(scalar: &$crate::runtime::scalar::Scalar<'_>) -> Option<Self> {
                    $(if $crate::runtime::scalar::Scalar::from($value).same(scalar) {
                        return Option::Some(Self::$variant);
                    })*
                    Option::None
                }
            }

            impl ::std::convert::From<$crate::runtime::Value> for $name {
                fn from(value: $crate::runtime::Value) -> Self {
                    let known = $crate::runtime::scalar::Scalar::of(&value);
                    let known = known.and_then(|scalar| Self::find(&scalar));
                    known.unwrap_or_else(|| Self::$unknown(value))
                }
            }

            impl ::std::str::FromStr for $name {
                type Err = ::std::convert::Infallible;

                /// Reads what `Display` writes; text that is no listed value is kept as text.
                fn from_str(text: &str) -> Result<Self, ::std::convert::Infallible> {
                    let listed = Self::VALUES.iter().find(|listed| listed.to_string() == text);
                    Result::Ok(listed.cloned().unwrap_or_else(|| Self::$unknown(text.into())))
                }
            }

            impl ::std::fmt::Display for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    match self.value() {
                        $crate::runtime::Value::String(text) => f.pad(&text),
                        other => ::std::fmt::Display::fmt(&other, f),
                    }
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    $crate::runtime::scalar::read_value(from, Self::find, Self::$unknown)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    self.value().serialize(to)
                }
            }
        };
    };
}
pub(crate) use value_enum;

/// Whether two JSON values are the same; `1` and `1.0` are.
pub fn same(one: &super::Value, other: &super::Value) -> bool {
    one == other || (one.is_number() && one.as_f64() == other.as_f64())
}
