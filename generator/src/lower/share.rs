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
use super::keys::Keys;
use super::reach;
use super::renumber;
use super::replies;
use super::slot;
use crate::ir::{Group, Hook, Part, Presence, Shape, Slot, Type, TypeId};
use crate::read::Document;
use crate::source::Pointer;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Merges equal types, leaves out what nothing uses, and puts the rest in the document's order.
pub fn merge(
    drafts: &mut Vec<Draft>,
    groups: &mut [Group<Slot>],
    hooks: &mut [Hook<Slot>],
    document: &Document,
    named: &Named,
) {
    sort(drafts, groups, hooks, document);
    let mut same_as: Vec<usize> = (0..drafts.len()).collect();
    let mut before = Before::of(drafts, named);
    let mut keys = Keys::of(drafts);
    while merge_once(drafts, &mut same_as, &mut before, &mut keys) || collapse(drafts, &mut same_as)
    {
    }
    let same = |ty: &mut Type| renumber::in_type(ty, &|id| TypeId(same_as[id.0]));
    replies::dissolve(drafts, groups, &same);

    let used: BTreeSet<usize> = reach::used(drafts, groups, hooks)
        .into_iter()
        .map(|id| same_as[id.0])
        .collect();
    let mut kept: Vec<usize> = used.into_iter().collect();
    let order = order(drafts, &document.component_schemas());
    kept.sort_by_cached_key(|id| {
        let position = order.get(&drafts[*id].places[0].owner);
        (position.copied().unwrap_or(usize::MAX), *id)
    });
    let mut position = vec![0; drafts.len()];
    for (new, old) in kept.iter().enumerate() {
        position[*old] = new;
    }
    for id in 0..drafts.len() {
        if same_as[id] != id {
            let places = std::mem::take(&mut drafts[id].places);
            let shape = std::mem::replace(&mut drafts[id].shape, Shape::Alias(Type::Json));
            let kept = &mut drafts[same_as[id]];
            kept.places.extend(places);
            widen(&mut kept.shape, &shape);
        }
    }
    let number = |id: TypeId| TypeId(position[same_as[id.0]]);
    let mut all: Vec<Option<Draft>> = std::mem::take(drafts).into_iter().map(Some).collect();
    let mut merged: Vec<Draft> = kept.iter().filter_map(|id| all[*id].take()).collect();
    for draft in &mut merged {
        renumber::in_shape(&mut draft.shape, &number);
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
    renumber::in_all(groups, hooks, &number);
    *drafts = merged;
}

/// What becomes one is sent to all of its places: a `null` that one of them takes can be sent.
fn widen(kept: &mut Shape<Slot>, other: &Shape<Slot>) {
    let (Shape::Record { fields, .. }, Shape::Record { fields: others, .. }) = (kept, other) else {
        return;
    };
    for (field, other) in fields.iter_mut().zip(others) {
        if other.presence == Presence::Patch {
            field.presence = other.presence;
        }
    }
}

/// Puts types in the order in which operations reach them: of several that become one the first has the name,
/// however the document was read.
fn sort(
    drafts: &mut Vec<Draft>,
    groups: &mut [Group<Slot>],
    hooks: &mut [Hook<Slot>],
    document: &Document,
) {
    let reached = reach::order(drafts, groups, hooks, document);
    let mut sorted: Vec<(usize, Draft)> = std::mem::take(drafts).into_iter().enumerate().collect();
    sorted.sort_by_key(|(id, _)| reached[*id]);
    let mut position = vec![0; sorted.len()];
    for (new, (old, draft)) in sorted.into_iter().enumerate() {
        position[old] = new;
        drafts.push(draft);
    }
    let number = |id: TypeId| TypeId(position[id.0]);
    for draft in drafts {
        renumber::in_shape(&mut draft.shape, &number);
    }
    renumber::in_all(groups, hooks, &number);
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
        if named.is_empty() {
            return Self(vec![BTreeSet::new(); drafts.len()]);
        }
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
    let mut components: HashMap<usize, Vec<usize>> = HashMap::new();
    for (id, draft) in drafts.iter().enumerate() {
        if draft.role == Role::Component && says_enough(&draft.shape) {
            components.entry(keys.shapes[id]).or_default().push(id);
        }
    }
    let mut inline: HashMap<(usize, usize), Vec<usize>> = HashMap::new();
    let mut changed = false;
    for (id, draft) in drafts.iter().enumerate() {
        if same_as[id] != id || matches!(draft.role, Role::Component | Role::Base) {
            continue;
        }
        // Of several components, one whose name it may have had.
        let copied = components.get(&keys.shapes[id]).and_then(|ids| {
            let ids = ids.iter().copied();
            let agreeing: Vec<usize> = ids.filter(|it| before.agree(*it, id)).collect();
            original(drafts, &agreeing, draft)
        });
        let equal = copied.unwrap_or_else(|| {
            let key = (keys.shapes[id], keys.meanings[id]);
            let equals = inline.entry(key).or_default();
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

/// The text that a step of the way to a type has.
pub fn part_text(part: &Part) -> &str {
    match part {
        Part::Text(text) | Part::Element(text) | Part::Within { text, .. } => text,
    }
}

/// A text's letters and digits in lower case; a plural `s` does not count.
pub fn normal(text: &str) -> String {
    let text = slot::normal(text);
    text.strip_suffix('s').map(str::to_owned).unwrap_or(text)
}
