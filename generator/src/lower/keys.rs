//! What types are held against each other by, as numbers: their shapes, and what they are called where they
//! stand.
//!
//! May not merge.

use super::draft::{Draft, Role};
use super::share::{normal, part_text};
use crate::ir::{Presence, Shape, Type, TypeId, Wire};
use crate::threads::parts;
use std::collections::HashMap;
use std::fmt::Write as _;

/// Numbers of texts; most of them stay what they are from round to round.
pub struct Keys {
    /// The shape of each type.
    pub shapes: Vec<usize>,
    /// What each is called where it stands.
    pub meanings: Vec<usize>,
    numbers: HashMap<String, usize>,
    /// What had been merged when the texts were made.
    same_as: Vec<usize>,
    /// The types that each shape names.
    named: Vec<Vec<TypeId>>,
}

impl Keys {
    /// Those of the types as they are before any has become one with another.
    pub fn of(drafts: &[Draft]) -> Self {
        let same_as: Vec<usize> = (0..drafts.len()).collect();
        let texts = |ids: &[usize]| {
            let drafts = ids.iter().map(|id| (*id, &drafts[*id]));
            let texts = drafts.map(|(id, draft)| {
                let named = draft.shape.types().into_iter().flat_map(Type::named);
                let named: Vec<TypeId> = named.collect();
                (shape_key(draft, &same_as), meaning(draft, id), named)
            });
            texts.collect::<Vec<_>>()
        };
        let texts = parts(&same_as, 500, &texts);
        let mut keys = Self {
            shapes: Vec::with_capacity(drafts.len()),
            meanings: Vec::with_capacity(drafts.len()),
            numbers: HashMap::new(),
            same_as,
            named: Vec::with_capacity(drafts.len()),
        };
        for (shape, meaning, named) in texts.into_iter().flatten() {
            let (shape, meaning) = (keys.number(shape), keys.number(meaning));
            keys.shapes.push(shape);
            keys.meanings.push(meaning);
            keys.named.push(named);
        }
        keys
    }

    /// The number of a text: equal texts have the same.
    fn number(&mut self, text: String) -> usize {
        let next = self.numbers.len();
        *self.numbers.entry(text).or_insert(next)
    }

    /// Makes those texts anew that name what has been merged since.
    pub fn renew(&mut self, drafts: &[Draft], same_as: &[usize]) {
        for (id, draft) in drafts.iter().enumerate() {
            let moved = |id: &TypeId| self.same_as[id.0] != same_as[id.0];
            if self.named[id].iter().any(moved) {
                self.shapes[id] = self.number(shape_key(draft, same_as));
            }
        }
        self.same_as.copy_from_slice(same_as);
    }
}

/// What an inline type is called where it stands, so that only what means the same is shared.
fn meaning(draft: &Draft, id: usize) -> String {
    match draft.role {
        Role::Component
        | Role::Base
        | Role::Body
        | Role::Payload
        | Role::Bodies
        | Role::Answers => format!("#{id}"),
        Role::Failures => "failures".to_owned(),
        // An operation may answer the same under two statuses.
        Role::Answer => format!("answer of {:?}", draft.places[0].owner),
        Role::Failure => "failure".to_owned(),
        Role::Inline => {
            let place = &draft.places[0];
            let name = place.path.last().map(|part| normal(part_text(part)));
            let name = name.unwrap_or_else(|| format!("#{id}"));
            match &draft.shape {
                Shape::Enum {
                    wire: Wire::Integer,
                    variants,
                    ..
                } if variants.iter().all(|variant| variant.doc.is_empty()) => {
                    let said = if draft.doc.is_empty() {
                        format!("{:?}", place.owner)
                    } else {
                        draft.doc.join("\n")
                    };
                    format!("{name}: {said}")
                }
                Shape::Enum { .. }
                | Shape::Record { .. }
                | Shape::Union { .. }
                | Shape::Replies(_)
                | Shape::Bodies(_)
                | Shape::Alias(_) => name,
            }
        }
    }
}

/// A shape as text; equal shapes have equal texts.
fn shape_key(draft: &Draft, same_as: &[usize]) -> String {
    let mut key = String::new();
    match &draft.shape {
        Shape::Record { fields, extra } => {
            key.push_str("record");
            for field in fields {
                let presence = match field.presence {
                    // One of the two becomes the other when it is known who sends it.
                    Presence::Patch => Presence::Optional,
                    presence => presence,
                };
                // Failures say their status in a constant, and are one type all the same.
                let fixed = field.fixed.as_ref().filter(|_| draft.role != Role::Failure);
                text_key(&field.wire, &mut key);
                let _ = write!(key, "{presence:?}:{fixed:?}:");
                type_key(&field.ty, same_as, &mut key);
            }
            if let Some(extra) = extra {
                let _ = write!(key, "|+{:?}", extra.except);
                type_key(&extra.ty, same_as, &mut key);
            }
        }
        Shape::Enum { wire, variants, .. } => {
            let _ = write!(key, "enum {wire:?}");
            for variant in variants {
                let _ = write!(key, "|{}:{}", variant.value, variant.doc.len());
                variant.doc.iter().for_each(|line| text_key(line, &mut key));
            }
        }
        Shape::Union { tag, branches, .. } => {
            let _ = write!(key, "union {tag:?}");
            for branch in branches {
                let _ = write!(key, "|{:?}:", branch.tags);
                type_key(&branch.ty, same_as, &mut key);
            }
        }
        Shape::Replies(cases) => {
            key.push_str("replies");
            for case in cases {
                let (status, media) = (case.reply.status, &case.reply.media);
                let _ = write!(key, "|{status}:{media:?}:");
                match case.reply.payload.json() {
                    Some(ty) => type_key(ty, same_as, &mut key),
                    None => {
                        let _ = write!(key, "{:?}", case.reply.payload);
                    }
                }
            }
        }
        Shape::Bodies(choices) => {
            key.push_str("bodies");
            for choice in choices {
                let _ = write!(key, "|{}:", choice.media);
                if let Some(ty) = choice.content.ty() {
                    type_key(ty, same_as, &mut key);
                }
            }
        }
        Shape::Alias(ty) => {
            key.push_str("alias ");
            type_key(ty, same_as, &mut key);
        }
    }
    key
}

/// A text of any characters; its length says where it ends.
fn text_key(text: &str, key: &mut String) {
    let _ = write!(key, "|{}:{text}:", text.len());
}

fn type_key(ty: &Type, same_as: &[usize], key: &mut String) {
    let mut within = |mark: char, inner: &Type| {
        key.push(mark);
        type_key(inner, same_as, key);
    };
    match ty {
        Type::Map(inner) => within('{', inner),
        Type::List(inner) => within('[', inner),
        Type::Nullable(inner) => within('?', inner),
        Type::Boxed(inner) => within('*', inner),
        Type::Tuple(elements) => {
            elements.iter().for_each(|inner| within('(', inner));
            key.push(')');
        }
        Type::Named(id) => {
            let _ = write!(key, "#{}", same_as[id.0]);
        }
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => {
            let _ = write!(key, "{ty:?}");
        }
    }
}
