//! [`blank`]: a value with nothing in it, to be filled in by a test.
//!
//! A type is read from a source that has nothing to give: no members, no items, empty text, zero.
//! Where it says that a member is missing, it is read again from a source that has this one, too.

use std::collections::BTreeSet;
use std::fmt::{self, Display};

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor,
};

/// How many members are given in all, should a type ask for ever more.
const MOST_MEMBERS: usize = 10_000;

/// A value with nothing in it: required members that are empty or zero, and nothing that may be left out.
///
/// # Errors
/// The type cannot be read from such values.
pub fn blank<T: DeserializeOwned>() -> Result<T, String> {
    let mut members = BTreeSet::new();
    loop {
        let source = Blank {
            place: String::new(),
            members: &members,
        };
        match T::deserialize(source) {
            Ok(value) => return Ok(value),
            Err(Fault::Missing { place, name }) if members.len() < MOST_MEMBERS => {
                let place = place.unwrap_or_default();
                if !members.insert((place, name)) {
                    return Err(format!("the member `{name}` cannot be made"));
                }
            }
            Err(fault) => return Err(fault.to_string()),
        }
    }
}

/// A member: the place of its object, and its name.
type Member = (String, &'static str);

/// A source with nothing but these members.
struct Blank<'m> {
    place: String,
    members: &'m BTreeSet<Member>,
}

impl<'m> Blank<'m> {
    fn within(&self, name: &str) -> Blank<'m> {
        Blank {
            place: format!("{}/{name}", self.place),
            members: self.members,
        }
    }
}

#[derive(Debug)]
enum Fault {
    Missing {
        /// That of the object; `None` until it is known.
        place: Option<String>,
        name: &'static str,
    },
    Other(String),
}

impl Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Missing { name, .. } => write!(f, "the member `{name}` is missing"),
            Fault::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl serde::de::Error for Fault {
    fn custom<M: Display>(message: M) -> Self {
        Fault::Other(message.to_string())
    }

    fn missing_field(name: &'static str) -> Self {
        Fault::Missing { place: None, name }
    }
}

/// What is asked for one of these is given it empty.
macro_rules! empty {
    ($($ask:ident: $visit:ident($value:expr);)+) => {
        $(
            fn $ask<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
                visitor.$visit($value)
            }
        )+
    };
}

impl<'de> Deserializer<'de> for Blank<'_> {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_none()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    empty! {
        deserialize_bool: visit_bool(false);
        deserialize_i8: visit_i64(0);
        deserialize_i16: visit_i64(0);
        deserialize_i32: visit_i64(0);
        deserialize_i64: visit_i64(0);
        deserialize_i128: visit_i64(0);
        deserialize_u8: visit_u64(0);
        deserialize_u16: visit_u64(0);
        deserialize_u32: visit_u64(0);
        deserialize_u64: visit_u64(0);
        deserialize_u128: visit_u64(0);
        deserialize_f32: visit_f64(0.0);
        deserialize_f64: visit_f64(0.0);
        deserialize_char: visit_char(' ');
        deserialize_str: visit_str("");
        deserialize_string: visit_str("");
        deserialize_identifier: visit_str("");
        deserialize_bytes: visit_bytes(b"");
        deserialize_byte_buf: visit_bytes(b"");
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items(self, 0))
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items(self, length))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_seq(Items(self, length))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        let here = self
            .members
            .iter()
            .filter(|(place, _)| *place == self.place);
        let mut names: Vec<&'static str> = here.map(|(_, name)| *name).collect();
        names.reverse();
        let own = self.place.clone();
        let read = visitor.visit_map(Members(self, names, ""));
        read.map_err(|fault| match fault {
            Fault::Missing { place: None, name } => Fault::Missing {
                place: Some(own),
                name,
            },
            other => other,
        })
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.deserialize_map(visitor)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_unit()
    }

    /// This is how a number asks for its digits.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        if name.starts_with('$') {
            let mut zero = serde_json::Deserializer::from_str("0");
            let read = zero.deserialize_newtype_struct(name, visitor);
            return read.map_err(Fault::custom);
        }
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let first = variants.first().copied().unwrap_or_default();
        visitor.visit_enum(StrDeserializer::new(first))
    }
}

/// The items of a list or tuple that are still to come.
struct Items<'m>(Blank<'m>, usize);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Fault> {
        let Some(left) = self.1.checked_sub(1) else {
            return Ok(None);
        };
        self.1 = left;
        seed.deserialize(self.0.within(&left.to_string())).map(Some)
    }
}

/// The members of an object that are still to come, and the one whose value is next.
struct Members<'m>(Blank<'m>, Vec<&'static str>, &'static str);

impl<'de> MapAccess<'de> for Members<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some(name) = self.1.pop() else {
            return Ok(None);
        };
        self.2 = name;
        seed.deserialize(StrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Fault> {
        seed.deserialize(self.0.within(self.2))
    }
}
