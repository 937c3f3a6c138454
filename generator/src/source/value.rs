//! One text, JSON or YAML, to one `serde_json::Value`.
//!
//! May not lose a member in silence (a key given twice is an error) and may not grow beyond what the
//! text can honestly need (a YAML alias can repeat a large node a million times).

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

/// What each byte of a text may cost, and what is granted on top of it.
const COST_PER_BYTE: usize = 64;
const COST_GRANTED: usize = 100_000_000;
/// What a node costs besides its text.
const COST_OF_NODE: usize = 32;

/// Reads a value; the root of a text.
pub(super) struct ValueSeed {
    budget: Cell<usize>,
    merge: bool,
}

impl ValueSeed {
    /// For a JSON text of that many bytes.
    pub(super) fn json(len: usize) -> Self {
        ValueSeed {
            budget: Cell::new(budget(len)),
            merge: false,
        }
    }

    /// For a YAML text of that many bytes: merge keys are applied.
    pub(super) fn yaml(len: usize) -> Self {
        ValueSeed {
            budget: Cell::new(budget(len)),
            merge: true,
        }
    }
}

fn budget(len: usize) -> usize {
    len.saturating_mul(COST_PER_BYTE)
        .saturating_add(COST_GRANTED)
}

impl<'de> DeserializeSeed<'de> for ValueSeed {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Node(&self).deserialize(deserializer)
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct Node<'a>(&'a ValueSeed);

impl Node<'_> {
    fn pay<E: Error>(self, text: usize) -> Result<(), E> {
        let left = self.0.budget.get().checked_sub(COST_OF_NODE + text);
        let left =
            left.ok_or_else(|| E::custom("aliases repeat more than this document can need"))?;
        self.0.budget.set(left);
        Ok(())
    }

    fn float(self, value: f64) -> Value {
        match Number::from_f64(value) {
            Some(number) => Value::Number(number),
            None if value.is_nan() => Value::from(".nan"),
            None if value > 0.0 => Value::from(".inf"),
            None => Value::from("-.inf"),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.pay(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.pay(0)?;
        Ok(Value::from(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.pay(0)?;
        Ok(Value::from(value))
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.pay(0)?;
        Ok(self.float(value as f64))
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.pay(0)?;
        Ok(self.float(value as f64))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.pay(0)?;
        Ok(self.float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.pay(value.len())?;
        Ok(Value::from(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.pay(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    /// A YAML node with a tag of its own: the tag says nothing here, the node does.
    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<Value, A::Error> {
        let (_tag, node) = data.variant::<String>()?;
        node.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        self.pay(0)?;
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(self)? {
            list.push(value);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        self.pay(0)?;
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            self.pay(key.len())?;
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!(
                    "the key `{key}` stands twice in one object"
                )));
            }
            let value = map.next_value_seed(self)?;
            object.insert(key, value);
        }
        Ok(Value::Object(if self.0.merge {
            merged(object)
        } else {
            object
        }))
    }
}

/// Applies the YAML merge key `<<`: its members fill what the mapping does not say itself.
fn merged(object: Map<String, Value>) -> Map<String, Value> {
    let sources = match object.get("<<") {
        Some(Value::Object(source)) => vec![source.clone()],
        Some(Value::Array(list)) if list.iter().all(Value::is_object) => list
            .iter()
            .filter_map(|item| item.as_object().cloned())
            .collect(),
        Some(_) | None => return object,
    };
    let mut result = object;
    result.shift_remove("<<");
    for source in sources {
        for (key, value) in source {
            if !result.contains_key(&key) {
                result.insert(key, value);
            }
        }
    }
    result
}
