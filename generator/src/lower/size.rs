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

/// The most types that are parts of each other, one in the other: the compiler follows them, up to a limit that
/// is 128 in whoever uses a type.
const DEEPEST: usize = 24;

/// What a pointer takes.
const POINTER: usize = 8;

/// A member of fewer bytes is not worth a box: a text, a list.
const WORTH: usize = 5 * POINTER;

/// How large a type is.
#[derive(Clone, Copy, Default)]
struct Size {
    bytes: usize,
    /// How many types are in each other, this one included.
    depth: usize,
}

/// Boxes the largest members of types that are too large, and the deepest. No type may contain itself.
pub fn bound(drafts: &mut [Draft]) {
    let mut sizes = vec![Size::default(); drafts.len()];
    for id in cycle::innermost_first(drafts) {
        let shape = &mut drafts[id.0].shape;
        if !matches!(shape, Shape::Alias(_)) {
            let deep = |ty: &&mut Type| size_of(ty, &sizes).depth >= DEEPEST;
            parts_mut(shape).into_iter().filter(deep).for_each(hold);
        }
        if matches!(shape, Shape::Record { .. }) {
            box_largest(shape, &sizes);
        }
        sizes[id.0] = size_of_shape(shape, &sizes);
    }
}

/// Boxes members, the largest first, until the rest is not too large.
fn box_largest<N>(shape: &mut Shape<N>, sizes: &[Size]) {
    let mut bytes = size_of_shape(shape, sizes).bytes;
    if bytes <= MOST {
        return;
    }
    let mut members: Vec<(usize, &mut Type)> = parts_mut(shape)
        .into_iter()
        .map(|ty| (size_of(ty, sizes).bytes, ty))
        .filter(|(of_member, _)| *of_member >= WORTH)
        .collect();
    // Of equal ones the first; the sort is stable.
    members.sort_by_key(|(of_member, _)| std::cmp::Reverse(*of_member));
    for (of_member, ty) in members {
        if bytes <= MOST {
            break;
        }
        hold(ty);
        bytes -= of_member - POINTER;
    }
}

/// Puts a type into a box where it stands.
fn hold(ty: &mut Type) {
    *ty = cycle::boxed(std::mem::replace(ty, Type::Json));
}

/// What is a part of a value itself: members that are not named are in a map.
fn parts_mut<N>(shape: &mut Shape<N>) -> Vec<&mut Type> {
    match shape {
        Shape::Record { fields, .. } => fields.iter_mut().map(|field| &mut field.ty).collect(),
        shape => shape.types_mut(),
    }
}

fn size_of_shape<N>(shape: &Shape<N>, sizes: &[Size]) -> Size {
    let parts = shape.types().into_iter().map(|ty| size_of(ty, sizes));
    match shape {
        Shape::Alias(ty) => size_of(ty, sizes),
        Shape::Enum { .. } => deeper(size_of(&Type::Text, sizes)),
        Shape::Record { fields, extra } => {
            let fields = fields.iter().map(|field| size_of(&field.ty, sizes));
            let extra = extra.iter().map(|_| size_of(&Type::Json, sizes));
            deeper(sum(fields.chain(extra)))
        }
        // What fits none is kept as it came.
        Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => {
            let largest = parts.fold(size_of(&Type::Json, sizes), |one, other| Size {
                bytes: one.bytes.max(other.bytes),
                depth: one.depth.max(other.depth),
            });
            deeper(Size {
                bytes: largest.bytes + POINTER,
                ..largest
            })
        }
    }
}

fn deeper(size: Size) -> Size {
    Size {
        depth: size.depth + 1,
        ..size
    }
}

fn sum(parts: impl Iterator<Item = Size>) -> Size {
    parts.fold(Size::default(), |all, part| Size {
        bytes: all.bytes + part.bytes,
        depth: all.depth.max(part.depth),
    })
}

/// About what a value takes where it may be absent, without what it points to.
fn size_of(ty: &Type, sizes: &[Size]) -> Size {
    let pointers = match ty {
        Type::Bool | Type::Integer(_) | Type::Number => 2,
        Type::Decimal | Type::Text | Type::Format(_) | Type::List(_) => 3,
        Type::Map(_) | Type::Json => 9,
        Type::File => 16,
        Type::Boxed(_) => 1,
        Type::Nullable(inner) => return size_of(inner, sizes),
        Type::Tuple(elements) => return sum(elements.iter().map(|ty| size_of(ty, sizes))),
        Type::Named(TypeId(id)) => return sizes[*id],
    };
    Size {
        bytes: pointers * POINTER,
        depth: 0,
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
