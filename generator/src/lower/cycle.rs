//! A type that contains itself has a box somewhere on the way.

use super::draft::Draft;
use crate::ir::{Shape, Type, TypeId};
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// A place for a type: which of the types in whose shape.
type Spot = (TypeId, usize);
/// Which of the types in a shape uses which type.
type Use = (usize, TypeId);

/// Boxes what would otherwise have no size. What is nothing but itself is cut: an alias ends in
/// plain JSON, a union loses the form, since reading it would begin again with the same value.
pub fn cut(drafts: &mut [Draft], report: &mut Report) {
    // From the end, so that a form that is taken out moves none that is still to be looked at.
    for ((id, position), has_size) in closing(drafts).into_iter().rev() {
        let draft = &mut drafts[id.0];
        if has_size {
            if let Some(ty) = draft.shape.types_mut().into_iter().nth(position) {
                *ty = boxed(std::mem::replace(ty, Type::Json));
            }
            continue;
        }
        report.warning(
            "nothing-but-itself",
            &draft.places[0].at,
            "a schema is nothing but itself, or one of itself and others, or a list of itself",
            "it is cut where it begins again",
        );
        match &mut draft.shape {
            Shape::Alias(ty) => *ty = Type::Json,
            Shape::Union { branches, .. } => {
                branches.remove(position);
            }
            Shape::Record { .. } | Shape::Enum { .. } | Shape::Replies(_) | Shape::Bodies(_) => {}
        }
    }
}

/// Puts a type in a box, within what it may be `null` by.
pub fn boxed(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => Type::Nullable(Box::new(boxed(*inner))),
        Type::Boxed(_) => ty,
        ty => Type::Boxed(Box::new(ty)),
    }
}

/// The types, each behind those it contains as a part of itself. No type may contain itself.
pub fn innermost_first(drafts: &[Draft]) -> Vec<TypeId> {
    let mut order = Vec::new();
    let mut seen = vec![false; drafts.len()];
    for start in 0..drafts.len() {
        // Each with the types in it that are still to be looked at.
        let mut path: Vec<(TypeId, Vec<Use>)> = Vec::new();
        let mut next = Some(TypeId(start)).filter(|_| !seen[start]);
        loop {
            if let Some(id) = next {
                seen[id.0] = true;
                path.push((id, uses(drafts, id)));
            }
            let Some((id, left)) = path.last_mut() else {
                break;
            };
            let inner = left.pop();
            next = inner.map(|(_, inner)| inner).filter(|inner| !seen[inner.0]);
            if inner.is_none() {
                order.push(*id);
                path.pop();
            }
        }
    }
    order
}

/// A use on every cycle, and whether there is a record on it, so that it ends when the value does.
/// Found by walking in depth without recursion.
fn closing(drafts: &[Draft]) -> BTreeMap<Spot, bool> {
    let uses: Vec<Vec<Use>> = (0..drafts.len())
        .map(|id| uses(drafts, TypeId(id)))
        .collect();
    let mut closing = BTreeMap::new();
    let mut done = BTreeSet::new();
    for start in 0..drafts.len() {
        // Each step is a type and the one of its uses that is looked at next; the one before leads on.
        let mut path: Vec<Spot> = vec![(TypeId(start), 0)];
        let mut on_path = BTreeSet::from([TypeId(start)]);
        while let Some((id, next)) = path.pop() {
            let next_use = uses[id.0].get(next).filter(|_| !done.contains(&id));
            let Some((position, to)) = next_use.copied() else {
                done.insert(id);
                on_path.remove(&id);
                continue;
            };
            path.push((id, next + 1));
            if closing.contains_key(&(id, position)) {
                continue;
            }
            if on_path.contains(&to) {
                let (used, has_size) = best_to_cut(drafts, &uses, &path, to);
                closing.insert(used, has_size);
            } else if !done.contains(&to) {
                on_path.insert(to);
                path.push((to, 0));
            }
        }
    }
    closing
}

/// Of the uses on the cycle that leads back to a type the last that is not an alias's, and whether a
/// record is among the users.
fn best_to_cut(drafts: &[Draft], uses: &[Vec<Use>], path: &[Spot], to: TypeId) -> (Spot, bool) {
    let begin = path.iter().position(|(id, _)| *id == to).unwrap_or(0);
    let position = |id: TypeId, next: usize| uses[id.0][next - 1].0;
    let uses = || {
        let path = path[begin..].iter().rev();
        path.map(|(id, next)| (*id, position(*id, *next)))
    };
    // A tuple ends when the value does, as a record does.
    let tuple = uses().find(|(id, position)| {
        let shape = &drafts[id.0].shape;
        !matches!(shape, Shape::Alias(_)) && matches!(shape.types()[*position], Type::Tuple(_))
    });
    if let Some(tuple) = tuple {
        return (tuple, true);
    }
    let record = uses().any(|(id, _)| matches!(drafts[id.0].shape, Shape::Record { .. }));
    let named = uses().find(|(id, _)| !matches!(drafts[id.0].shape, Shape::Alias(_)));
    (named.or_else(|| uses().next()).unwrap_or((to, 0)), record)
}

/// The uses in a type of what it contains as a part of itself.
fn uses(drafts: &[Draft], id: TypeId) -> Vec<Use> {
    let types = drafts[id.0].shape.types().into_iter().enumerate();
    types
        .flat_map(|(position, ty)| {
            let contained = contained(drafts, id, ty).into_iter();
            contained.map(move |to| (position, to))
        })
        .collect()
}

/// The types that a use contains as a part of itself. A list or a map is a box already, except that
/// an alias may not name itself at all.
fn contained(drafts: &[Draft], user: TypeId, ty: &Type) -> Vec<TypeId> {
    let alias = |id: TypeId| matches!(drafts[id.0].shape, Shape::Alias(_));
    match ty {
        Type::Named(id) => vec![*id],
        Type::Nullable(inner) => contained(drafts, user, inner),
        Type::Tuple(elements) => {
            let elements = elements.iter();
            elements
                .flat_map(|inner| contained(drafts, user, inner))
                .collect()
        }
        Type::List(inner) | Type::Map(inner) if alias(user) => {
            inner.named().into_iter().filter(|id| alias(*id)).collect()
        }
        Type::List(_) | Type::Map(_) | Type::Boxed(_) => Vec::new(),
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => Vec::new(),
    }
}
