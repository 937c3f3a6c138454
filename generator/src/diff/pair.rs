//! What of the earlier interface is what of the later one.
//!
//! A name that both have is the same thing to callers. Of what is left, operations go by their place, then by
//! path, by operationId, by function; types by where they are used, by their places, and at last by their shape.
//! May not judge what differs.

mod names;
mod operations;
mod types;

pub use names::{Paired, pair};
pub use operations::{Place, without_names};

use crate::ir::{Api, Name, Shape, Type, TypeId};

/// What of the one interface is what of the other.
pub struct Pairs<'a> {
    old: &'a Api<Name>,
    new: &'a Api<Name>,
    /// The operations that both have.
    pub operations: Vec<(Place<'a>, Place<'a>)>,
    /// The operations that are gone.
    pub removed: Vec<Place<'a>>,
    /// The operations that have come.
    pub added: Vec<Place<'a>>,
    /// What each earlier type is now.
    pub now: Vec<Fate>,
    /// What each later type was.
    pub before: Vec<Fate>,
}

/// What a type is in the other interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nothing.
    None,
    /// This one, and nothing else is.
    Same(usize),
    /// A part of this one: earlier types that have become one, or a later one that was split off.
    Part(usize),
}

impl<'a> Pairs<'a> {
    /// Finds them.
    pub fn new(old: &'a Api<Name>, new: &'a Api<Name>) -> Self {
        let found = operations::find(old, new);
        let mut pairs = Pairs {
            old,
            new,
            operations: found.both,
            removed: found.removed,
            added: found.added,
            now: vec![Fate::None; old.types.len()],
            before: vec![Fate::None; new.types.len()],
        };
        types::find(&mut pairs);
        pairs
    }

    /// Whether two types in use are the same to callers.
    pub fn same(&self, old: &Type, new: &Type) -> bool {
        self.same_within(old, new, MOST)
    }

    /// `most` bounds aliases of aliases, and lists of lists.
    fn same_within(&self, old: &Type, new: &Type, most: usize) -> bool {
        let Some(most) = most.checked_sub(1) else {
            return old == new;
        };
        let inner = |old: &Type, new: &Type| self.same_within(old, new, most);
        match (old, new) {
            (Type::Named(old), Type::Named(new)) if self.are_one(*old, *new) => true,
            (Type::Named(id), new) if alias(self.old, *id).is_some() => {
                alias(self.old, *id).is_some_and(|old| inner(old, new))
            }
            (old, Type::Named(id)) if alias(self.new, *id).is_some() => {
                alias(self.new, *id).is_some_and(|new| inner(old, new))
            }
            (Type::Named(_), _) | (_, Type::Named(_)) => false,
            (Type::Map(old), Type::Map(new))
            | (Type::List(old), Type::List(new))
            | (Type::Nullable(old), Type::Nullable(new))
            | (Type::Boxed(old), Type::Boxed(new)) => inner(old, new),
            (Type::Tuple(old), Type::Tuple(new)) => {
                old.len() == new.len() && old.iter().zip(new).all(|(old, new)| inner(old, new))
            }
            (old, new) => old == new,
        }
    }

    /// Whether a type is another one now. What has become of a type as a whole is told once, at the type.
    fn are_one(&self, old: TypeId, new: TypeId) -> bool {
        let now = self.now.get(old.0).copied().unwrap_or(Fate::None);
        let before = self.before.get(new.0).copied().unwrap_or(Fate::None);
        matches!(now, Fate::Same(id) | Fate::Part(id) if id == new.0) || before == Fate::Part(old.0)
    }
}

/// So many aliases of aliases are looked through.
const MOST: usize = 64;

fn alias(api: &Api<Name>, id: TypeId) -> Option<&Type> {
    match api.types.get(id.0).map(|decl| &decl.shape) {
        Some(Shape::Alias(of)) => Some(of),
        _ => None,
    }
}
