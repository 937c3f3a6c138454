//! Places of nodes in a YAML text.
//!
//! The YAML parser gives a place only with an error. So the walk fails on purpose at each wanted key,
//! reads the place off that error and goes on: the key is consumed, the parser is where it would have
//! been. One pass over the text for any number of pointers, with the very parser that reads it.
//!
//! May not judge the text: it stops where the text stops making sense, with what it has found.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, IgnoredAny, MapAccess, SeqAccess,
    VariantAccess, Visitor,
};

use super::{Place, Pointer, halves};

/// Nodes open at once that no real document has: the scanner below the YAML parser takes quadratic
/// time on those, long before the parser's own limit (128 levels) is asked.
const MAX_OPEN: usize = 5_000;

/// The places of the wanted nodes (a set closed under parents).
pub(super) fn places(text: &str, wanted: &BTreeSet<Pointer>) -> BTreeMap<Pointer, Place> {
    in_halves(text, wanted).unwrap_or_else(|| walk(text, wanted).0)
}

/// The same of a large text in halves, these in halves, and so on, if the end of each is reached: the parser has
/// a piece at a time in memory.
fn in_halves(text: &str, wanted: &BTreeSet<Pointer>) -> Option<BTreeMap<Pointer, Place>> {
    let half = |text: &str, wanted: &BTreeSet<Pointer>| {
        in_halves(text, wanted).or_else(|| {
            let (found, ended) = walk(text, wanted);
            ended.then_some(found)
        })
    };
    halves::places(text, wanted, &half)
}

/// What a walk over a text finds, and whether it came to the end.
fn walk(text: &str, wanted: &BTreeSet<Pointer>) -> (BTreeMap<Pointer, Place>, bool) {
    if too_deep(text).is_some() {
        return (BTreeMap::new(), false);
    }
    let cx = Context {
        wanted,
        found: RefCell::default(),
    };
    let root = Node {
        cx: &cx,
        pointer: Pointer::root(),
        place: false,
    };
    let walked = root.deserialize(serde_yaml::Deserializer::from_str(text));
    (cx.found.into_inner(), walked.is_ok())
}

/// Where a text has opened far more nodes than it has closed. Counts brackets inside quotes too, which
/// does not matter at this height.
pub(super) fn too_deep(text: &str) -> Option<Place> {
    let mut brackets = 0_usize;
    for (number, line) in text.lines().enumerate() {
        let mut most = 0;
        for byte in line.bytes() {
            match byte {
                b'[' | b'{' => brackets += 1,
                b']' | b'}' => brackets = brackets.saturating_sub(1),
                _ => {}
            }
            most = most.max(brackets);
        }
        let marks = line
            .bytes()
            .take_while(|byte| b"-? ".contains(byte))
            .filter(|byte| *byte != b' ')
            .count();
        if most.max(marks) > MAX_OPEN {
            return Some(Place {
                line: number + 1,
                column: 1,
            });
        }
    }
    None
}

/// A parser's message without the places that say no more than where it stands, and with a word on a
/// text that ends too early.
///
/// For example: `found unexpected end of stream, while scanning a quoted scalar that begins at line 3
/// column 10: the file is cut off`.
pub(super) fn message(message: &str, text: &str, place: Place) -> String {
    let (problem, context) = match message.split_once(", while ") {
        Some((problem, context)) => (problem, Some(context)),
        None => (message, None),
    };
    let mut said = super::without_place(problem).to_owned();
    if let Some(context) = context {
        let begins = context.replacen(" at line ", " that begins at line ", 1);
        said = format!("{said}, while {begins}");
    }
    // The end is where nothing but blanks follows.
    let rest = text.lines().skip(place.line.saturating_sub(1));
    let mut rest = rest.enumerate().flat_map(|(index, line)| {
        let skipped = if index == 0 {
            place.column.saturating_sub(1)
        } else {
            0
        };
        line.chars().skip(skipped)
    });
    if context.is_some() && rest.all(char::is_whitespace) {
        said.push_str(": the file is cut off");
    }
    said
}

/// Where the second of several documents begins.
pub(super) fn second_document(text: &str) -> Option<Place> {
    let is_mark = |line: &str| line == "---" || line.starts_with("--- ");
    let says = |line: &str| !(line.trim().is_empty() || line.starts_with(['#', '%']));
    let mut began = false;
    for (index, line) in text.lines().enumerate() {
        if is_mark(line.trim_end()) && began {
            return Some(Place {
                line: index + 1,
                column: 1,
            });
        }
        began = began || says(line);
    }
    None
}

struct Context<'w> {
    wanted: &'w BTreeSet<Pointer>,
    found: RefCell<BTreeMap<Pointer, Place>>,
}

impl Context<'_> {
    /// Notes a place, read off the message of an error that was made on purpose.
    fn note<E: Error>(&self, pointer: &Pointer, error: &E) {
        let message = error.to_string();
        let place = match message.rsplit_once(" at line ") {
            Some((_, place)) => place.split_once(" column ").and_then(|(line, column)| {
                Some(Place {
                    line: line.parse().ok()?,
                    column: column.parse().ok()?,
                })
            }),
            None => Some(Place::START),
        };
        if let Some(place) = place {
            self.found
                .borrow_mut()
                .entry(pointer.clone())
                .or_insert(place);
        }
    }
}

/// Walks over one node. With `place`, its own place is still wanted: the node is an array element.
struct Node<'c> {
    cx: &'c Context<'c>,
    pointer: Pointer,
    place: bool,
}

/// Fails on a wanted key, after putting its pointer into `hit`.
struct Key<'k> {
    node: &'k Node<'k>,
    hit: &'k mut Option<Pointer>,
    first: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<(), E> {
        let child = self.node.pointer.key(key);
        if self.node.cx.wanted.contains(&child) || (self.first && self.node.place) {
            *self.hit = Some(child);
            return Err(E::custom(""));
        }
        Ok(())
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Node<'_> {
    /// A scalar is consumed when it is seen, so failing here loses nothing.
    fn scalar<E: Error>(self) -> Result<(), E> {
        if self.place {
            Err(E::custom(""))
        } else {
            Ok(())
        }
    }

    fn child(&self, pointer: Pointer, place: bool) -> Node<'_> {
        Node {
            cx: self.cx,
            pointer,
            place,
        }
    }
}

impl<'de> Visitor<'de> for Node<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a node")
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_i128<E: Error>(self, _: i128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_u128<E: Error>(self, _: u128) -> Result<(), E> {
        self.scalar()
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        self.scalar()
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        self.scalar()
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        self.scalar()
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.scalar()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<(), A::Error> {
        let (_tag, node) = data.variant::<String>()?;
        node.newtype_variant_seed(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        for index in 0.. {
            let pointer = self.pointer.index(index);
            let more = if self.cx.wanted.contains(&pointer) {
                match seq.next_element_seed(self.child(pointer.clone(), true)) {
                    Ok(more) => more.is_some(),
                    Err(error) => {
                        self.cx.note(&pointer, &error);
                        true
                    }
                }
            } else {
                seq.next_element::<IgnoredAny>()?.is_some()
            };
            if !more {
                break;
            }
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut first = true;
        loop {
            let mut hit = None;
            let key = Key {
                node: &self,
                hit: &mut hit,
                first,
            };
            match map.next_key_seed(key) {
                Ok(None) => return Ok(()),
                Ok(Some(())) => {
                    map.next_value::<IgnoredAny>()?;
                }
                Err(error) => {
                    let child = hit.ok_or_else(|| A::Error::custom(&error))?;
                    if first && self.place {
                        self.cx.note(&self.pointer, &error);
                    }
                    if self.cx.wanted.contains(&child) {
                        self.cx.note(&child, &error);
                        map.next_value_seed(self.child(child, false))?;
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
            }
            first = false;
        }
    }
}
