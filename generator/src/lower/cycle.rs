//! A type that contains itself has a box somewhere on the way.

use super::draft::Draft;
use super::reach::{named, types_in, types_in_mut};
use crate::ir::{Shape, Type, TypeId};
use crate::report::Report;
use std::collections::BTreeSet;

/// A use of a type: which of the types in a shape.
type Use = (TypeId, usize);

/// Boxes what would otherwise have no size. An alias cannot be boxed: a cycle of nothing but aliases
/// ends in plain JSON.
pub fn cut(drafts: &mut [Draft], report: &mut Report) {
    for (id, position) in closing(drafts) {
        let draft = &mut drafts[id.0];
        let alias = matches!(draft.shape, Shape::Alias(_));
        if alias {
            report.warning(
                "alias-of-itself",
                &draft.places[0].at,
                "a schema is nothing but itself, or a list of itself",
                "it is typed as plain JSON where it begins again",
            );
        }
        if let Some(ty) = types_in_mut(&mut draft.shape).into_iter().nth(position) {
            let inner = std::mem::replace(ty, Type::Json);
            if !alias {
                *ty = boxed(inner);
            }
        }
    }
}

fn boxed(ty: Type) -> Type {
    match ty {
        Type::Nullable(inner) => Type::Nullable(Box::new(boxed(*inner))),
        Type::Boxed(_) => ty,
        ty => Type::Boxed(Box::new(ty)),
    }
}

/// A use on every cycle, found by walking in depth without recursion.
fn closing(drafts: &[Draft]) -> BTreeSet<Use> {
    let mut closing = BTreeSet::new();
    let mut done = BTreeSet::new();
    for start in 0..drafts.len() {
        // Each step is a type and the use that is looked at next; the one before leads on.
        let mut path: Vec<Use> = vec![(TypeId(start), 0)];
        let mut on_path = BTreeSet::from([TypeId(start)]);
        while let Some((id, next)) = path.pop() {
            let uses = types_in(&drafts[id.0].shape);
            let Some(ty) = uses.get(next).filter(|_| !done.contains(&id)) else {
                done.insert(id);
                on_path.remove(&id);
                continue;
            };
            path.push((id, next + 1));
            let Some(to) = contained(drafts, id, ty).filter(|_| !closing.contains(&(id, next)))
            else {
                continue;
            };
            if on_path.contains(&to) {
                closing.insert(last_that_can_be_boxed(drafts, &path, to));
            } else if !done.contains(&to) {
                on_path.insert(to);
                path.push((to, 0));
            }
        }
    }
    closing
}

/// Of the uses on the cycle that leads back to a type, the last that is not an alias's; the last of
/// all where there is none.
fn last_that_can_be_boxed(drafts: &[Draft], path: &[Use], to: TypeId) -> Use {
    let begin = path.iter().position(|(id, _)| *id == to).unwrap_or(0);
    let uses = || path[begin..].iter().rev().map(|(id, next)| (*id, next - 1));
    let boxable = uses().find(|(id, _)| !matches!(drafts[id.0].shape, Shape::Alias(_)));
    boxable.or_else(|| uses().next()).unwrap_or((to, 0))
}

/// The type that a use contains as a part of itself. A list or a map is a box already, except that
/// an alias may not name itself at all.
fn contained(drafts: &[Draft], user: TypeId, ty: &Type) -> Option<TypeId> {
    let alias = |id: TypeId| matches!(drafts[id.0].shape, Shape::Alias(_));
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => contained(drafts, user, inner),
        Type::List(inner) | Type::Map(inner) if alias(user) => named(inner).filter(|id| alias(*id)),
        Type::List(_) | Type::Map(_) | Type::Boxed(_) => None,
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => None,
    }
}
