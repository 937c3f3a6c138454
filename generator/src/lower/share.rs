//! Equal types become one.
//!
//! Equal means equal to a reader too. Two inline types are one when they have the same shape and
//! are called the same where they stand; an inline type is a component when it is a copy of it.
//! What a number stands for is in its labels, so an enum without labels is only shared where the
//! document says the same about it. Components are never merged with each other, and the whole
//! bodies of operations keep names of their own; operations that fail alike share the enum of their
//! failures. What had different names before does not become one, or a name would be gone whose place
//! is still there.

use super::draft::{Draft, Owner, Role, Side};
use super::reach::{self, types_in, types_in_mut};
use super::replies;
use super::slot;
use crate::ir::{
    Answer, Content, Group, Hook, Operation, Part, Presence, Shape, Slot, Type, TypeId, Wire,
};
use crate::source::Pointer;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

/// Merges equal types, leaves out what nothing uses, and puts the rest in the document's order.
pub fn merge(
    drafts: &mut Vec<Draft>,
    groups: &mut [Group<Slot>],
    hooks: &mut [Hook<Slot>],
    components: &[(String, Pointer)],
    named: &Named,
) {
    let mut same_as: Vec<usize> = (0..drafts.len()).collect();
    let mut before = Before::of(drafts, named);
    let mut keys = Keys::of(drafts);
    while merge_once(drafts, &mut same_as, &mut before, &mut keys) || collapse(drafts, &mut same_as)
    {
    }
    let same = |ty: &mut Type| rewrite(ty, &|id| TypeId(same_as[id.0]));
    replies::dissolve(drafts, groups, &same);

    let used: BTreeSet<usize> = reach::used(drafts, groups, hooks)
        .into_iter()
        .map(|id| same_as[id.0])
        .collect();
    let mut kept: Vec<usize> = used.into_iter().collect();
    let order = order(drafts, components);
    kept.sort_by_key(|id| {
        (
            order
                .get(&drafts[*id].places[0].owner)
                .copied()
                .unwrap_or(usize::MAX),
            *id,
        )
    });
    let mut position = vec![0; drafts.len()];
    for (new, old) in kept.iter().enumerate() {
        position[*old] = new;
    }
    for id in 0..drafts.len() {
        if same_as[id] != id {
            let places = std::mem::take(&mut drafts[id].places);
            drafts[same_as[id]].places.extend(places);
        }
    }
    let renumber = |ty: &mut Type| rewrite(ty, &|id| TypeId(position[same_as[id.0]]));
    let mut all: Vec<Option<Draft>> = std::mem::take(drafts).into_iter().map(Some).collect();
    let mut merged: Vec<Draft> = kept.iter().filter_map(|id| all[*id].take()).collect();
    for draft in &mut merged {
        types_in_mut(&mut draft.shape)
            .into_iter()
            .for_each(renumber);
        if let Shape::Union {
            tag: None,
            branches,
            ..
        } = &mut draft.shape
        {
            let mut seen = BTreeSet::new();
            branches.retain(|branch| seen.insert(branch.ty.clone()));
        }
    }
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        used_types_mut(operation).into_iter().for_each(renumber);
        let enums = match &mut operation.answer {
            Answer::One(_) | Answer::Stream(_) => operation.failure.iter_mut().chain(None),
            Answer::OneOf(id) => operation.failure.iter_mut().chain(Some(id)),
        };
        enums.for_each(|id| *id = TypeId(position[same_as[id.0]]));
    }
    hooks.iter_mut().for_each(|hook| renumber(&mut hook.body));
    *drafts = merged;
}

/// The types that an operation takes and gives.
fn used_types_mut(operation: &mut Operation<Slot>) -> Vec<&mut Type> {
    let parameters = operation.parameters.iter_mut();
    let mut types: Vec<&mut Type> = parameters.map(|parameter| &mut parameter.ty).collect();
    let body = operation.body.as_mut().map(|body| &mut body.content);
    types.extend(body.and_then(Content::ty_mut));
    match &mut operation.answer {
        Answer::One(payload) => types.extend(payload.json_mut()),
        Answer::Stream(stream) => types.extend(&mut stream.item),
        Answer::OneOf(_) => {}
    }
    let beside = operation.offer.stream.as_mut();
    types.extend(beside.and_then(|stream| stream.item.as_mut()));
    let failures = operation.failures.iter_mut();
    types.extend(failures.filter_map(|failure| failure.payload.json_mut()));
    types
}

fn rewrite(ty: &mut Type, to: &impl Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = to(*id),
        Type::Map(inner) | Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            rewrite(inner, to)
        }
        Type::Tuple(elements) => elements.iter_mut().for_each(|inner| rewrite(inner, to)),
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => {}
    }
}

/// The order of owners: components as they stand in the document. What operations own is in the
/// order of operations by itself.
fn order(drafts: &[Draft], components: &[(String, Pointer)]) -> BTreeMap<Owner, usize> {
    let position: BTreeMap<&Pointer, usize> = components
        .iter()
        .enumerate()
        .map(|(index, (_, at))| (at, index))
        .collect();
    let declared = drafts
        .iter()
        .filter(|draft| draft.role == Role::Component)
        .map(|draft| &draft.places[0]);
    // What a reference names that is no component comes after them.
    declared
        .map(|place| {
            (
                place.owner.clone(),
                position.get(&place.at).copied().unwrap_or(components.len()),
            )
        })
        .collect()
}

/// The names that types at a place had before, as numbers: what is composed stands where others stand, too.
pub type Named = BTreeMap<String, BTreeSet<usize>>;

/// The names that each type may have had before; what is new has none yet.
struct Before(Vec<BTreeSet<usize>>);

impl Before {
    fn of(drafts: &[Draft], named: &Named) -> Self {
        let names = |draft: &Draft| {
            let place = draft.places.first()?.at.to_string();
            let request = format!("{place} (request)");
            let own = (draft.side == Side::Request).then(|| named.get(&request));
            match (own.flatten(), named.get(&place)) {
                // What has no name of its own may have been one with what is answered.
                (Some(own), Some(other)) if draft.role != Role::Component => Some(own | other),
                (own, other) => own.or(other).cloned(),
            }
        };
        let names = drafts.iter().map(|draft| names(draft).unwrap_or_default());
        Self(names.collect())
    }

    /// Whether two types may be one: they may have had one name.
    fn agree(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.0[one], &self.0[other]);
        one.is_empty() || other.is_empty() || !one.is_disjoint(other)
    }

    /// What has become one has the names that both may have had, and what was new those of the other.
    fn join(&mut self, one: usize, other: usize) {
        let both: BTreeSet<usize> = match (self.0[one].is_empty(), self.0[other].is_empty()) {
            (true, _) => self.0[other].clone(),
            (_, true) => self.0[one].clone(),
            (false, false) => &self.0[one] & &self.0[other],
        };
        (self.0[one], self.0[other]) = (both.clone(), both);
    }
}

/// Merges what is equal given what was merged before; whether anything was.
fn merge_once(
    drafts: &[Draft],
    same_as: &mut [usize],
    before: &mut Before,
    keys: &mut Keys,
) -> bool {
    keys.renew(drafts, same_as);
    let shapes = &keys.texts;
    let mut components: HashMap<&str, Vec<usize>> = HashMap::new();
    for (id, draft) in drafts.iter().enumerate() {
        if draft.role == Role::Component && says_enough(&draft.shape) {
            components.entry(&shapes[id]).or_default().push(id);
        }
    }
    let mut inline: HashMap<(&str, String), Vec<usize>> = HashMap::new();
    let mut changed = false;
    for (id, draft) in drafts.iter().enumerate() {
        if same_as[id] != id || matches!(draft.role, Role::Component | Role::Base) {
            continue;
        }
        let copied = components
            .get(shapes[id].as_str())
            .and_then(|ids| original(drafts, ids, draft))
            .filter(|component| before.agree(*component, id));
        let equal = copied.unwrap_or_else(|| {
            let equals = inline.entry((&shapes[id], meaning(draft, id))).or_default();
            let agrees = |equal: &&usize| before.agree(**equal, id);
            let found = equals.iter().find(agrees).copied();
            found.unwrap_or_else(|| {
                equals.push(id);
                id
            })
        });
        if equal != id {
            before.join(equal, id);
            same_as[id] = equal;
            changed = true;
        }
    }
    if changed {
        settle(same_as);
    }
    changed
}

/// A union whose forms have become one type is that type; whether there was one.
fn collapse(drafts: &[Draft], same_as: &mut [usize]) -> bool {
    let mut changed = false;
    for (id, draft) in drafts.iter().enumerate() {
        let Shape::Union {
            tag: None,
            branches,
            ..
        } = &draft.shape
        else {
            continue;
        };
        let targets: BTreeSet<Option<usize>> = branches
            .iter()
            .map(|branch| match branch.ty {
                Type::Named(to) => Some(same_as[to.0]),
                _ => None,
            })
            .collect();
        let mut targets = targets.into_iter();
        if let (Some(Some(only)), None) = (targets.next(), targets.next())
            && draft.role != Role::Component
            && same_as[id] == id
            && only != id
        {
            same_as[id] = only;
            changed = true;
        }
    }
    if changed {
        settle(same_as);
    }
    changed
}

/// Follows what was merged into what was merged.
fn settle(same_as: &mut [usize]) {
    for id in 0..same_as.len() {
        // Everything leads to something that is itself; a chain is as long as the rounds so far.
        while same_as[same_as[id]] != same_as[id] {
            same_as[id] = same_as[same_as[id]];
        }
    }
}

/// Whether a shape tells so much that an equal one is a copy of it.
fn says_enough(shape: &Shape<Slot>) -> bool {
    match shape {
        Shape::Record { fields, .. } => fields.len() >= 2,
        Shape::Enum { variants, .. } => variants.len() >= 2,
        Shape::Union { branches, .. } => branches.len() >= 2,
        Shape::Replies(_) | Shape::Bodies(_) | Shape::Alias(_) => false,
    }
}

/// The component that an inline type is a copy of: the one that is called like it, or for a record
/// the only one of its shape.
fn original(drafts: &[Draft], equal: &[usize], draft: &Draft) -> Option<usize> {
    let name = draft.places[0].path.last().map(part_text);
    let title = draft.title.as_deref();
    let named = equal.iter().copied().find(|id| {
        let Owner::Component(key) = &drafts[*id].places[0].owner else {
            return false;
        };
        let key = normal(key);
        let same_title = title.is_some() && drafts[*id].title.as_deref() == title;
        same_title || name.is_some_and(|name| key.ends_with(&normal(name)))
    });
    let only = match equal {
        [only] if matches!(draft.shape, Shape::Record { .. }) => Some(*only),
        _ => None,
    };
    named.or(only)
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

fn part_text(part: &Part) -> &str {
    match part {
        Part::Text(text) | Part::Element(text) | Part::Within { text, .. } => text,
    }
}

/// A text's letters and digits in lower case; a plural `s` does not count.
fn normal(text: &str) -> String {
    let text = slot::normal(text);
    text.strip_suffix('s').map(str::to_owned).unwrap_or(text)
}

/// The shapes as texts. Most of them stay what they are from round to round.
struct Keys {
    texts: Vec<String>,
    /// What had been merged when the texts were made.
    same_as: Vec<usize>,
    /// The types that each shape names.
    named: Vec<Vec<TypeId>>,
}

impl Keys {
    fn of(drafts: &[Draft]) -> Self {
        let same_as: Vec<usize> = (0..drafts.len()).collect();
        let named = |draft: &Draft| {
            let types = types_in(&draft.shape).into_iter();
            types.flat_map(reach::named).collect()
        };
        Self {
            texts: drafts
                .iter()
                .map(|draft| shape_key(draft, &same_as))
                .collect(),
            named: drafts.iter().map(named).collect(),
            same_as,
        }
    }

    /// Makes those texts anew that name what has been merged since.
    fn renew(&mut self, drafts: &[Draft], same_as: &[usize]) {
        for ((draft, text), named) in drafts.iter().zip(&mut self.texts).zip(&self.named) {
            let moved = |id: &TypeId| self.same_as[id.0] != same_as[id.0];
            if named.iter().any(moved) {
                *text = shape_key(draft, same_as);
            }
        }
        self.same_as.copy_from_slice(same_as);
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
                let _ = write!(key, "|{:?}:{:?}:{:?}:", field.wire, presence, fixed);
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
                let _ = write!(key, "|{}:{:?}", variant.value, variant.doc);
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
