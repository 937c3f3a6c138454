//! Finds the numbers that JSON has no text for, which serde_json would write as `null`.

use std::fmt::{self, Display};

use serde::ser::{self, Serialize};

/// Looks through a value for NaN and the infinities.
///
/// # Errors
/// There is one; says where it stands and what it is.
pub(super) fn check(value: &impl Serialize) -> Result<(), NotFinite> {
    value.serialize(Check)
}

/// Where a value has a number that JSON has no text for: the text without [`ROOT`].
#[derive(Debug)]
pub(super) struct NotFinite(String);

const ROOT: &str = "`$";

impl NotFinite {
    fn within(self, step: &str) -> Self {
        NotFinite(format!("{step}{}", self.0))
    }
}

impl Display for NotFinite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{ROOT}{}", self.0)
    }
}

impl std::error::Error for NotFinite {}

impl ser::Error for NotFinite {
    /// What a part says that looks for itself is taken up; see [`union`](super::union).
    fn custom<T: Display>(message: T) -> Self {
        let message = message.to_string();
        let found = message.strip_prefix(ROOT).map(str::to_owned);
        NotFinite(found.unwrap_or_else(|| format!("`: {message}")))
    }
}

/// Writes nothing.
struct Check;

/// A list or an object that is looked through: how many items there were, or the last key.
#[derive(Default)]
struct Within {
    items: usize,
    key: String,
}

impl Within {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), NotFinite> {
        let index = self.items;
        self.items += 1;
        value
            .serialize(Check)
            .map_err(|found: NotFinite| found.within(&format!("[{index}]")))
    }

    fn member(key: &str, value: &(impl Serialize + ?Sized)) -> Result<(), NotFinite> {
        value
            .serialize(Check)
            .map_err(|found: NotFinite| found.within(&format!(".{key}")))
    }
}

/// Values without a number that could be none.
macro_rules! fine {
    ($($method:ident($type:ty)),* $(,)?) => {
        $(
            fn $method(self, _: $type) -> Result<(), NotFinite> {
                Ok(())
            }
        )*
    };
}

impl ser::Serializer for Check {
    type Ok = ();
    type Error = NotFinite;
    type SerializeSeq = Within;
    type SerializeTuple = Within;
    type SerializeTupleStruct = Within;
    type SerializeTupleVariant = Within;
    type SerializeMap = Within;
    type SerializeStruct = Within;
    type SerializeStructVariant = Within;

    fine!(
        serialize_bool(bool),
        serialize_i8(i8),
        serialize_i16(i16),
        serialize_i32(i32),
        serialize_i64(i64),
        serialize_i128(i128),
        serialize_u8(u8),
        serialize_u16(u16),
        serialize_u32(u32),
        serialize_u64(u64),
        serialize_u128(u128),
        serialize_char(char),
        serialize_str(&str),
        serialize_bytes(&[u8]),
        serialize_unit_struct(&'static str),
    );

    fn serialize_f32(self, value: f32) -> Result<(), NotFinite> {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Result<(), NotFinite> {
        if value.is_finite() {
            Ok(())
        } else {
            Err(NotFinite(format!("` is {value}, which JSON cannot say")))
        }
    }

    fn serialize_unit(self) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_none(self) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), NotFinite> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
    ) -> Result<(), NotFinite> {
        Ok(())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), NotFinite> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), NotFinite> {
        Within::member(variant, value)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Within, NotFinite> {
        Ok(Within::default())
    }
}

macro_rules! items {
    ($($kind:ident::$method:ident),* $(,)?) => {
        $(
            impl ser::$kind for Within {
                type Ok = ();
                type Error = NotFinite;

                fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
                    self.item(value)
                }

                fn end(self) -> Result<(), NotFinite> {
                    Ok(())
                }
            }
        )*
    };
}

items!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field,
);

macro_rules! members {
    ($($kind:ident),*) => {
        $(
            impl ser::$kind for Within {
                type Ok = ();
                type Error = NotFinite;

                fn serialize_field<T: Serialize + ?Sized>(
                    &mut self,
                    key: &'static str,
                    value: &T,
                ) -> Result<(), NotFinite> {
                    Within::member(key, value)
                }

                fn end(self) -> Result<(), NotFinite> {
                    Ok(())
                }
            }
        )*
    };
}

members!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for Within {
    type Ok = ();
    type Error = NotFinite;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), NotFinite> {
        // What is no text is refused by the writer.
        self.key = serde_json::to_value(key)
            .ok()
            .and_then(|key| key.as_str().map(str::to_owned))
            .unwrap_or_default();
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), NotFinite> {
        Within::member(&self.key, value)
    }

    fn end(self) -> Result<(), NotFinite> {
        Ok(())
    }
}
