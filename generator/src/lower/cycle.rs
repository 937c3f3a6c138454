//! A type that contains itself has a box somewhere on the way.

use super::reach::{named, types_in, types_in_mut};
use super::schema::Draft;
use crate::ir::{Shape, Type, TypeId};
use std::collections::BTreeSet;

/// Boxes what would otherwise have no size; an alias that contains itself ends in plain JSON.
pub fn cut(drafts: &mut [Draft]) {
    for (id, position) in closing(drafts) {
        let shape = &mut drafts[id.0].shape;
        let alias = matches!(shape, Shape::Alias(_));
        if let Some(ty) = types_in_mut(shape).into_iter().nth(position) {
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
        ty => Type::Boxed(Box::new(ty)),
    }
}

/// The uses that close a cycle, found by walking in depth without recursion.
fn closing(drafts: &[Draft]) -> Vec<(TypeId, usize)> {
    let mut closing = Vec::new();
    let mut done = BTreeSet::new();
    for start in 0..drafts.len() {
        let mut path: Vec<(TypeId, usize)> = vec![(TypeId(start), 0)];
        let mut on_path = BTreeSet::from([TypeId(start)]);
        while let Some((id, next)) = path.pop() {
            let uses = types_in(&drafts[id.0].shape);
            let Some(ty) = uses.get(next).filter(|_| !done.contains(&id)) else {
                done.insert(id);
                on_path.remove(&id);
                continue;
            };
            path.push((id, next + 1));
            let Some(to) = contained(drafts, id, ty) else { continue };
            if on_path.contains(&to) {
                closing.push((id, next));
            } else if !done.contains(&to) {
                on_path.insert(to);
                path.push((to, 0));
            }
        }
    }
    closing
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
        Type::Bool | Type::Integer(_) | Type::Number | Type::Text | Type::Format(_) | Type::Json => None,
    }
}
