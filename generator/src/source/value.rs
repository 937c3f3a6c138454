//! One text, JSON or YAML, to one `serde_json::Value`.
//!
//! May not lose a member in silence (a key given twice is an error) and may not grow beyond what is
//! allowed (a YAML alias can repeat a large node a million times).

use std::cell::Cell;
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};

use super::Format;
use crate::limits::{DEEPEST, Limits, worth};

/// Reads a value; the root of a text.
pub(super) struct ValueSeed {
    /// Values and bytes of text that may still come.
    values: Cell<usize>,
    bytes: Cell<u64>,
    limits: Limits,
    /// The limit that has been passed.
    passed: Cell<Option<&'static str>>,
    merge: bool,
}

impl ValueSeed {
    /// For a text of a format: in YAML merge keys are applied.
    pub(super) fn new(format: Format, limits: &Limits) -> Self {
        ValueSeed {
            values: Cell::new(limits.values),
            bytes: Cell::new(limits.text_bytes()),
            limits: limits.clone(),
            passed: Cell::new(None),
            merge: format == Format::Yaml,
        }
    }

    /// The limit that has been passed, if one has, and what there is to say of it; parsers have bounds of
    /// their own, which they tell by their message.
    pub(super) fn passed(&self, message: &str) -> Option<(&'static str, String)> {
        let own = match message {
            _ if message.starts_with("recursion limit exceeded") => Some("depth"),
            _ if message.starts_with("repetition limit exceeded") => Some("values"),
            _ => None,
        };
        let limit = self.passed.get().or(own)?;
        let said = match limit {
            "depth" => format!(
                "it nests deeper than {} levels",
                self.limits.depth.min(DEEPEST)
            ),
            "text-mib" => {
                let most = self.limits.text_mib;
                format!("with what its aliases repeat, it has more than {most} MiB")
            }
            _ if self.merge => {
                let most = self.limits.values;
                format!("with what its aliases repeat, it has more than {most} values")
            }
            _ => format!("it has more than {} values", self.limits.values),
        };
        Some((limit, said))
    }
}

impl<'de> DeserializeSeed<'de> for &ValueSeed {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let root = Node {
            seed: self,
            depth: 0,
            way: 0,
        };
        root.deserialize(deserializer)
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct Node<'a> {
    seed: &'a ValueSeed,
    /// How many nodes it is within.
    depth: usize,
    /// How long the way to it is.
    way: usize,
}

impl Node<'_> {
    fn pay<E: Error>(self, text: usize) -> Result<(), E> {
        let seed = self.seed;
        let values = seed.values.get().checked_sub(worth(self.way));
        let values = values.ok_or_else(|| self.beyond("values"))?;
        let bytes = seed.bytes.get().checked_sub(text as u64);
        let bytes = bytes.ok_or_else(|| self.beyond("text-mib"))?;
        seed.values.set(values);
        seed.bytes.set(bytes);
        Ok(())
    }

    fn beyond<E: Error>(self, limit: &'static str) -> E {
        self.seed.passed.set(Some(limit));
        E::custom("too much")
    }

    /// What is in a node, `step` bytes of way from it.
    fn within<E: Error>(self, step: usize) -> Result<Self, E> {
        if self.depth >= self.seed.limits.depth {
            return Err(self.beyond("depth"));
        }
        Ok(Node {
            depth: self.depth + 1,
            way: self.way.saturating_add(step + 1),
            ..self
        })
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
        let element = self.within(1)?;
        let mut list = Vec::new();
        while let Some(value) = seq.next_element_seed(element)? {
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
            let value = map.next_value_seed(self.within(key.len())?)?;
            object.insert(key, value);
        }
        Ok(Value::Object(if self.seed.merge {
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
