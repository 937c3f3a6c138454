//! A JSON value as a union looks at it before it chooses: read once, tried several times.
//!
//! A [`Value`] would do, but copies each text that it could refer to, and makes a table of each object's names, for
//! each of which a hash is computed: that was a third of what reading a union cost.

use super::Value;
use super::decode::whole_of;
use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{
    Deserialize, Deserializer, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde_json::Number;
use std::borrow::Cow;
use std::fmt;

/// A JSON value.
pub enum Tree<'t> {
    /// `null`.
    Null,
    /// `true` or `false`.
    Flag(bool),
    /// A number.
    Number(Number),
    /// A text.
    Text(Cow<'t, str>),
    /// A list.
    List(Vec<Tree<'t>>),
    /// The members of an object, in their order.
    Object(Vec<(Cow<'t, str>, Tree<'t>)>),
}

impl Tree<'_> {
    /// A member of an object. Of several with one name the last counts, as in a [`Value`].
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let Self::Object(members) = self else {
            return None;
        };
        let mut last_first = members.iter().rev();
        last_first.find_map(|(key, value)| (key == name).then_some(value))
    }

    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Flag(flag) => Value::Bool(*flag),
            Self::Number(number) => Value::Number(number.clone()),
            Self::Text(text) => Value::from(text.as_ref()),
            Self::List(values) => values.iter().map(Self::to_value).collect(),
            Self::Object(members) => {
                let members = members.iter();
                members
                    .map(|(name, value)| (name.as_ref(), value.to_value()))
                    .collect()
            }
        }
    }

    /// Whether it has floats that are whole.
    pub(super) fn has_whole(&self) -> bool {
        match self {
            Self::Number(number) => whole_of(number).is_some(),
            Self::List(values) => values.iter().any(Self::has_whole),
            Self::Object(members) => members.iter().any(|(_, value)| value.has_whole()),
            Self::Null | Self::Flag(_) | Self::Text(_) => false,
        }
    }

    /// The same with floats that are whole as whole numbers.
    pub(super) fn with_whole(&self) -> Tree<'_> {
        match self {
            Self::Null => Tree::Null,
            Self::Flag(flag) => Tree::Flag(*flag),
            Self::Number(number) => {
                let whole = whole_of(number).map(Number::from);
                Tree::Number(whole.unwrap_or_else(|| number.clone()))
            }
            Self::Text(text) => Tree::Text(Cow::Borrowed(text)),
            Self::List(values) => Tree::List(values.iter().map(Self::with_whole).collect()),
            Self::Object(members) => {
                let members = members.iter();
                let members =
                    members.map(|(name, value)| (Cow::Borrowed(name.as_ref()), value.with_whole()));
                Tree::Object(members.collect())
            }
        }
    }
}

impl<'de> Deserialize<'de> for Tree<'de> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TreeVisitor)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Tree<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any valid JSON value")
    }

    fn visit_unit<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_none<E>(self) -> Result<Tree<'de>, E> {
        Ok(Tree::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Tree<'de>, D::Error> {
        Tree::deserialize(from)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Tree<'de>, E> {
        Ok(Tree::Flag(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Tree<'de>, E> {
        Ok(Tree::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Tree<'de>, E> {
        Ok(Number::from_f64(number).map_or(Tree::Null, Tree::Number))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_string<E>(self, text: String) -> Result<Tree<'de>, E> {
        Ok(Tree::Text(Cow::Owned(text)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Tree<'de>, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = seq.next_element()? {
            values.push(value);
        }
        Ok(Tree::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tree<'de>, A::Error> {
        let mut members = Vec::new();
        while let Some((name, value)) = map.next_entry()? {
            let Tree::Text(name) = name else {
                return Err(A::Error::custom("a member's name has to be a text"));
            };
            members.push((name, value));
        }
        Ok(Tree::Object(members))
    }
}

/// A value is not what was asked for. Nobody looks at why: it is an alternative that is not taken.
#[derive(Debug)]
pub struct NoFit;

impl fmt::Display for NoFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("another value was expected")
    }
}

impl std::error::Error for NoFit {}

impl Error for NoFit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'t> IntoDeserializer<'t, NoFit> for &'t Tree<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for &'de Tree<'_> {
    type Error = NoFit;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoFit> {
        match self {
            Tree::Null => visitor.visit_unit(),
            Tree::Flag(flag) => visitor.visit_bool(*flag),
            Tree::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), ..) => visitor.visit_u64(number),
                (_, Some(number), _) => visitor.visit_i64(number),
                (_, _, Some(number)) => visitor.visit_f64(number),
                _ => Err(NoFit),
            },
            Tree::Text(text) => visitor.visit_borrowed_str(text),
            Tree::List(values) => {
                let mut seq = SeqDeserializer::new(values.iter());
                let read = visitor.visit_seq(&mut seq)?;
                seq.end().map(|()| read)
            }
            Tree::Object(members) => {
                let members = members.iter();
                let members = members.map(|(name, value)| (name.as_ref(), value));
                let mut map = MapDeserializer::new(members);
                let read = visitor.visit_map(&mut map)?;
                map.end().map(|()| read)
            }
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoFit> {
        match self {
            Tree::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    /// This is how a number asks for its digits.
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, NoFit> {
        if !name.starts_with('$') {
            return visitor.visit_newtype_struct(self);
        }
        let value = self.to_value();
        let read = value.deserialize_newtype_struct(name, visitor);
        read.map_err(|_| NoFit)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoFit> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map struct enum identifier
    }
}
