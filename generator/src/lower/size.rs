//! No type has more bytes than a stack can bear: what makes one too large is put in boxes.
//!
//! Objects in objects are parts of each other in Rust, so that an answer of a large interface would have a
//! megabyte, most of it for what is not there. Sizes are estimates, the same on every machine. May not box what
//! fits: an alternative or a member in a box is one more thing to read for callers.

use super::cycle;
use super::draft::Draft;
use crate::ir::{Shape, Type, TypeId};

/// The most bytes of a type, but for one that has more in texts and numbers alone.
const MOST: usize = 4096;

/// What a pointer takes.
const POINTER: usize = 8;

/// A member of fewer bytes is not worth a box.
const WORTH: usize = 16 * POINTER;

/// Boxes the largest members of types that are too large. No type may contain itself.
pub fn bound(drafts: &mut [Draft]) {
    let mut sizes = vec![0; drafts.len()];
    for id in cycle::innermost_first(drafts) {
        let shape = &mut drafts[id.0].shape;
        if matches!(shape, Shape::Record { .. }) {
            box_largest(shape, &sizes);
        }
        sizes[id.0] = size_of_shape(shape, &sizes);
    }
}

/// Boxes members, the largest first, until the rest is not too large.
fn box_largest<N>(shape: &mut Shape<N>, sizes: &[usize]) {
    let mut size = size_of_shape(shape, sizes);
    if size <= MOST {
        return;
    }
    let mut members: Vec<(usize, &mut Type)> = shape
        .types_mut()
        .into_iter()
        .map(|ty| (size_of(ty, sizes), ty))
        .filter(|(of_member, _)| *of_member >= WORTH)
        .collect();
    // Of equal ones the first; the sort is stable.
    members.sort_by_key(|(of_member, _)| std::cmp::Reverse(*of_member));
    for (of_member, ty) in members {
        if size <= MOST {
            break;
        }
        *ty = cycle::boxed(std::mem::replace(ty, Type::Json));
        size -= of_member - POINTER;
    }
}

fn size_of_shape<N>(shape: &Shape<N>, sizes: &[usize]) -> usize {
    let parts = shape.types().into_iter().map(|ty| size_of(ty, sizes));
    match shape {
        Shape::Record { .. } | Shape::Alias(_) => parts.sum(),
        Shape::Enum { .. } => size_of(&Type::Text, sizes),
        // What fits none is kept as it came.
        Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => {
            POINTER + parts.fold(size_of(&Type::Json, sizes), usize::max)
        }
    }
}

/// About what a value takes where it may be absent, without what it points to.
fn size_of(ty: &Type, sizes: &[usize]) -> usize {
    match ty {
        Type::Bool | Type::Integer(_) | Type::Number => 2 * POINTER,
        Type::Decimal | Type::Text | Type::Format(_) | Type::List(_) => 3 * POINTER,
        Type::Map(_) | Type::Json => 9 * POINTER,
        Type::File => 16 * POINTER,
        Type::Boxed(_) => POINTER,
        Type::Nullable(inner) => size_of(inner, sizes),
        Type::Tuple(elements) => elements.iter().map(|ty| size_of(ty, sizes)).sum(),
        Type::Named(TypeId(id)) => sizes[*id],
    }
}

/// Which types others hold in a box.
pub fn held_in_boxes(drafts: &[Draft]) -> Vec<bool> {
    let mut held = vec![false; drafts.len()];
    for ty in drafts.iter().flat_map(|draft| draft.shape.types()) {
        let inner = match ty {
            Type::Nullable(inner) => inner,
            ty => ty,
        };
        let Type::Boxed(inner) = inner else { continue };
        let mut of = &**inner;
        while let Type::Named(id) = of
            && !std::mem::replace(&mut held[id.0], true)
            && let Shape::Alias(to) = &drafts[id.0].shape
        {
            of = to;
        }
    }
    held
}
