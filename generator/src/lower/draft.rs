//! What lowering makes before it is known what types are called and which are the same.
//!
//! Holds data; decides no shape.

use crate::ir::{Part, Shape, Slot, Type};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

/// A declared type on its way: its shape is decided, its name and its equals are not.
#[derive(Clone)]
pub struct Draft {
    /// Where it stands; [`share`](super::share) adds the places of its equals.
    pub places: Vec<Place>,
    /// What the document uses it for.
    pub role: Role,
    /// The side of the wire it was made for.
    pub side: Side,
    /// The schema's `title`.
    pub title: Option<String>,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// What it is.
    pub shape: Shape<Slot>,
    /// Whether a caller can send it.
    pub sent: bool,
    /// The groups whose operations reach it.
    pub groups: BTreeSet<usize>,
}

/// What the document uses a type for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It has a name of its own: a component, or whatever else a reference leads to.
    Component,
    /// The whole body of a request.
    Body,
    /// The whole body of an answer.
    Answer,
    /// The whole body of a failure.
    Failure,
    /// The whole body of a webhook or a callback.
    Payload,
    /// What others extend, as a form beside them.
    Base,
    /// The enum of the media types in which an operation takes its body.
    Bodies,
    /// The enum of what an operation answers when all is well.
    Answers,
    /// The enum of what an operation answers otherwise.
    Failures,
    /// Part of something.
    Inline,
}

/// The side of the wire: a schema with `readOnly` or `writeOnly` properties has two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The same on both.
    Both,
    /// What a caller sends: no `readOnly` properties.
    Request,
    /// What a caller gets: no `writeOnly` properties.
    Response,
}

/// Where a type stands, in the document and to a reader.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Its pointer.
    pub at: Pointer,
    /// The component or operation it belongs to.
    pub owner: Owner,
    /// The way from there, by property names.
    pub path: Vec<Part>,
}

/// The component or operation that something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Owner {
    /// A component, by its name.
    Component(String),
    /// An operation.
    Operation {
        /// The text it is named by.
        id: String,
        /// Its tag.
        tag: String,
    },
}

impl Place {
    /// A place one step further.
    pub fn step(&self, at: Pointer, part: Part) -> Self {
        let mut path = self.path.clone();
        path.push(part);
        Self {
            at,
            owner: self.owner.clone(),
            path,
        }
    }

    /// The place of a list's or a map's element: one of what the list is named.
    pub fn element(&self, at: Pointer) -> Self {
        let mut path = self.path.clone();
        match path.pop() {
            Some(Part::Text(name)) => path.push(Part::Element(name)),
            Some(other) => path.extend([other, Part::Text("item".into())]),
            None => path.push(Part::Text("item".into())),
        }
        Self {
            at,
            owner: self.owner.clone(),
            path,
        }
    }
}

/// A type where it is used.
pub struct Use {
    /// The type.
    pub ty: Type,
    /// Whether `null` may stand in its place.
    pub nullable: bool,
    /// The one value it can have.
    pub fixed: Option<Value>,
}

impl From<Type> for Use {
    fn from(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            fixed: None,
        }
    }
}

/// A shape, before it is known whether it has to be declared.
pub struct Shaped {
    /// What it is.
    pub shape: Shape<Slot>,
    /// Whether `null` may stand in its place.
    pub nullable: bool,
    /// The one value it can have.
    pub fixed: Option<Value>,
}

impl Shaped {
    /// A type that needs no declaration.
    pub fn plain(ty: Type) -> Self {
        Self::of(Shape::Alias(ty))
    }

    /// A shape that is never `null`.
    pub fn of(shape: Shape<Slot>) -> Self {
        Self {
            shape,
            nullable: false,
            fixed: None,
        }
    }
}
