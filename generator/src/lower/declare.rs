//! Declared types: one for each place that needs one, and for what references lead to.
//!
//! May not decide a shape.

use super::compose;
use super::docs;
use super::draft::{Draft, Place, Role, Shaped, Side, Use};
use super::enums;
use super::place;
use super::schema::Cx;
use super::view::Node;
use crate::ir::{Shape, Slot, Type, TypeId};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::BTreeSet;

impl<'d> Cx<'d, '_> {
    /// The type of a schema where it is used.
    pub fn use_of(&mut self, node: &Node<'d>, place: &Place, side: Side) -> Use {
        let shaped = self.shape(node, place, side);
        self.declared(shaped, node, place, side)
    }

    /// Declares a shape unless it is plain.
    pub fn declared(&mut self, shaped: Shaped, node: &Node<'d>, place: &Place, side: Side) -> Use {
        let Shaped {
            shape,
            nullable,
            fixed,
        } = shaped;
        let ty = match shape {
            Shape::Alias(ty) => ty,
            shape => self.declare(shape, node, place, side),
        };
        Use {
            ty,
            nullable,
            fixed,
        }
    }

    fn declare(&mut self, shape: Shape<Slot>, node: &Node<'d>, place: &Place, side: Side) -> Type {
        if self.next().0 >= self.report.limits().types {
            self.too_many(&node.at);
            return Type::Json;
        }
        Type::Named(self.declare_id(shape, node, place, side))
    }

    /// Says that there are as many types as there may be.
    pub(super) fn too_many(&mut self, at: &Pointer) {
        let most = self.report.limits().types;
        let message = format!("more than {most} types come of this document");
        // Told once: the next place is met with all that follow.
        if !std::mem::replace(&mut self.full, true) {
            self.report.beyond("types", at, message);
        }
    }

    /// The number of the next type.
    fn next(&self) -> TypeId {
        TypeId(self.before.map_or(0, |before| before.drafts.len()) + self.drafts.len())
    }

    /// A type that is declared.
    pub(super) fn draft(&self, id: TypeId) -> &Draft {
        let before = self.before.map_or(&[][..], |before| before.drafts);
        match id.0.checked_sub(before.len()) {
            Some(index) => &self.drafts[index],
            None => &before[id.0],
        }
    }

    /// The same, to be changed, unless it was there before this part of the work.
    fn draft_mut(&mut self, id: TypeId) -> Option<&mut Draft> {
        let before = self.before.map_or(0, |before| before.drafts.len());
        self.drafts.get_mut(id.0.checked_sub(before)?)
    }

    /// Gives a type that was declared beforehand its shape.
    pub(super) fn put(&mut self, id: TypeId, shape: Shape<Slot>) {
        if let Some(draft) = self.draft_mut(id) {
            draft.shape = shape;
        }
    }

    pub(super) fn declare_id(
        &mut self,
        shape: Shape<Slot>,
        node: &Node<'d>,
        place: &Place,
        side: Side,
    ) -> TypeId {
        let id = self.next();
        self.drafts.push(Draft {
            places: vec![place.clone()],
            role: Role::Inline,
            side,
            title: node.text("title").map(str::to_owned),
            doc: docs::of_schema(self.document, std::slice::from_ref(node)),
            shape,
            sent: false,
            groups: BTreeSet::new(),
        });
        id
    }

    /// Declares the enum of an operation's bodies or answers, and what it says of itself.
    pub fn declare_choice(
        &mut self,
        shape: Shape<Slot>,
        place: &Place,
        side: Side,
        role: Role,
        doc: Vec<String>,
    ) -> Type {
        let nothing = Node::new(&Value::Null, place.at.clone());
        let ty = self.declare(shape, &nothing, place, side);
        if let Type::Named(id) = ty
            && let Some(draft) = self.draft_mut(id)
        {
            draft.doc = doc;
        }
        self.mark_root(&ty, &place.at, role);
        ty
    }

    /// Marks a type as the whole body of something, if it was declared for that place.
    pub fn mark_root(&mut self, ty: &Type, at: &Pointer, role: Role) {
        if let Type::Named(id) = ty
            && let Some(draft) = self.draft_mut(*id)
            && draft.role == Role::Inline
            && draft.places[0].at == *at
        {
            draft.role = role;
        }
    }

    /// What a reference leads to, through references that are nothing but that.
    pub fn target(&self, reference: &str) -> Option<Node<'d>> {
        let mut reference = reference;
        // More hops than that are a cycle, or as good as one.
        for _ in 0..64 {
            let Some(at) = self.document.resolve(reference) else {
                break;
            };
            let Some(value) = self.document.get(&at) else {
                break;
            };
            let node = Node::new(value, at);
            match node.text("$ref") {
                Some(next) if place::name(self.document, &node.at).is_none() => reference = next,
                _ => return Some(node),
            }
        }
        None
    }

    pub(super) fn reference(&mut self, reference: &str, side: Side) -> Shaped {
        let Some(target) = self.target(reference) else {
            return Shaped::plain(Type::Json);
        };
        let (nullable, fixed) = self.annotations(&target);
        let id = self.reserve_on(target.at, side);
        Shaped {
            shape: Shape::Alias(Type::Named(id)),
            nullable,
            fixed,
        }
    }

    /// Whether what a reference leads to may be null, and the one value it can have.
    fn annotations(&mut self, target: &Node<'d>) -> (bool, Option<Value>) {
        let mut nodes = Vec::new();
        compose::gather(self, target, &mut nodes);
        let nullable = compose::nullable(target, &nodes);
        let fixed = enums::values(&nodes).and_then(|values| enums::only(&nodes, &values));
        (nullable, fixed)
    }

    /// The type of what a reference leads to, as it is on a side of the wire.
    pub fn reserve_on(&mut self, at: Pointer, side: Side) -> TypeId {
        let side = match (self.facts.two_sided.contains(&at), side) {
            (false, _) => Side::Both,
            // Two forms are all that there are, whatever leads here.
            (true, Side::Both) => Side::Response,
            (true, side) => side,
        };
        self.reserve(at, side)
    }

    pub(super) fn reserve(&mut self, at: Pointer, side: Side) -> TypeId {
        let key = (at, side);
        let before = self.before.and_then(|before| before.known.get(&key));
        if let Some(id) = before.or_else(|| self.known.get(&key)) {
            return *id;
        }
        let (at, side) = key;
        let id = self.next();
        let value = self.document.get(&at);
        let node = value.map(|value| Node::new(value, at.clone()));
        let (place, role) = place::of(self.document, &at);
        self.drafts.push(Draft {
            places: vec![place],
            role,
            side,
            title: node
                .as_ref()
                .and_then(|node| node.text("title"))
                .map(str::to_owned),
            doc: node
                .as_ref()
                .map(|node| docs::of_schema(self.document, std::slice::from_ref(node)))
                .unwrap_or_default(),
            shape: Shape::Alias(Type::Json),
            sent: false,
            groups: BTreeSet::new(),
        });
        self.known.insert((at.clone(), side), id);
        self.queue.push_back((at, side, id));
        id
    }
}
