//! Schemas → types, one declared type per place.
//!
//! References are put in a queue rather than followed, so that neither a cycle nor a long chain of
//! them costs stack. May not spell a name or merge two types.

use super::compose;
use super::discriminator::Mapping;
use super::draft::{Draft, Place, Shaped, Side};
use super::enums;
use super::example::Candidate;
use super::facts::Facts;
use super::inherit;
use super::keyword;
use super::parts::{self, Before};
use super::patterns::Patterns;
use super::renumber;
use super::sample::Extent;
use super::scalar;
use super::union;
use super::view::{Kind, Node};
use crate::ir::{Part, Shape, Slot, Type, TypeId};
use crate::read::Document;
use crate::report::Report;
use crate::source::Pointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::rc::Rc;

/// What a reference leads to and is not lowered yet: its place, the side of the wire, and its type.
pub type Open = (Pointer, Side, TypeId);

/// What lowering works with.
pub struct Cx<'d, 'r> {
    /// The document.
    pub document: &'d Document,
    /// Where to say what was found.
    pub report: &'r mut Report,
    /// How much samples have.
    pub extent: Extent,
    pub(super) drafts: Vec<Draft>,
    pub(super) known: HashMap<(Pointer, Side), TypeId>,
    pub(super) queue: VecDeque<Open>,
    /// What was there before, for a part of the work; its types have the first numbers.
    pub(super) before: Option<Before<'r>>,
    /// Whether what references of parameters lead to can be written as text.
    pub(super) texts: HashMap<TypeId, bool>,
    /// What is known of all schemas.
    pub facts: &'d Facts,
    /// The regular expressions that samples have been held against.
    pub patterns: Patterns,
    /// The compositions that are being lowered, each with its type if something in it refers to it.
    open: Vec<(Vec<Pointer>, Side, Option<TypeId>)>,
    /// The mappings of discriminators that have been looked at, by the place of the schema.
    pub mappings: HashMap<Pointer, Mapping>,
    /// All that schemas may be, by their places and keywords for alternatives.
    pub forms: HashMap<(Pointer, &'static str), Rc<BTreeSet<Pointer>>>,
    /// How many schemas are being lowered, one within the other.
    depth: usize,
    /// How many alternatives are being lowered, one within the other.
    pub alternatives: usize,
    /// How often alternatives have been lowered within alternatives of alternatives, by their place.
    pub repeats: BTreeMap<Pointer, usize>,
    /// Whether there are as many types as there may be.
    pub(super) full: bool,
    /// What may be the example of each operation, by its place.
    pub examples: Vec<(Pointer, Vec<Candidate<'d>>)>,
    /// Into how many parts lists are divided at most.
    pub(super) parts: usize,
}

/// Schemas within schemas; documents are read to that depth, what they compose can be deeper.
const MAX_DEPTH: usize = 128;

impl<'d, 'r> Cx<'d, 'r> {
    /// Starts.
    pub fn new(
        (document, facts): (&'d Document, &'d Facts),
        extent: Extent,
        report: &'r mut Report,
    ) -> Self {
        Self {
            document,
            facts,
            report,
            extent,
            drafts: Vec::new(),
            known: HashMap::new(),
            queue: VecDeque::new(),
            before: None,
            texts: HashMap::new(),
            patterns: Patterns::default(),
            open: Vec::new(),
            mappings: HashMap::new(),
            forms: HashMap::new(),
            depth: 0,
            alternatives: 0,
            repeats: BTreeMap::new(),
            full: false,
            examples: Vec::new(),
            parts: parts::MOST,
        }
    }

    /// Lowers everything in the queue, then the components that nothing refers to.
    pub fn components(&mut self) {
        self.drain();
        for (_, at) in self.document.component_schemas() {
            let forms = [Side::Both, Side::Request, Side::Response];
            if !forms
                .iter()
                .any(|side| self.known.contains_key(&(at.clone(), *side)))
            {
                let side = if self.facts.two_sided.contains(&at) {
                    Side::Response
                } else {
                    Side::Both
                };
                self.reserve(at, side);
            }
        }
        self.drain();
    }

    /// Lowers what references have put in the queue.
    pub fn drain(&mut self) {
        while !self.queue.is_empty() {
            let open: Vec<Open> = self.queue.drain(..).collect();
            let shapes = parts::lower(
                self,
                &open,
                &|cx, (at, side, id)| Some((*id, cx.referred(at, *side, *id)?)),
                |made, to| {
                    let made = made.iter_mut();
                    made.for_each(|(_, shape)| renumber::in_shape(shape, to));
                },
            );
            for (id, shape) in shapes.into_iter().flatten() {
                self.put(id, shape);
            }
        }
    }

    /// The shape of what a reference leads to, unless time is up. Whether it may be null is seen where it
    /// is used; see `reference`.
    pub(super) fn referred(&mut self, at: &Pointer, side: Side, id: TypeId) -> Option<Shape<Slot>> {
        if !self.report.in_time(at) {
            return None;
        }
        let node = Node::new(self.document.get(at)?, at.clone());
        let place = self.draft(id).places[0].clone();
        let shaped = match inherit::union(self, &node, &place, side) {
            Some(union) => union,
            None => self.shape(&node, &place, side),
        };
        Some(shaped.shape)
    }

    /// The shape of a schema.
    pub fn shape(&mut self, node: &Node<'d>, place: &Place, side: Side) -> Shaped {
        if self.depth >= MAX_DEPTH {
            self.report.degraded(
                "too-deep",
                &node.at,
                "schemas compose each other without end here, or nearly so",
                "it is typed as plain JSON",
            );
            return Shaped::plain(Type::Json);
        }
        // A few lines of document can compose a schema that has no end in sight.
        if self.full || !self.report.in_time(&node.at) {
            return Shaped::plain(Type::Json);
        }
        self.depth += 1;
        let shaped = self.shape_within(node, place, side);
        self.depth -= 1;
        shaped
    }

    fn shape_within(&mut self, node: &Node<'d>, place: &Place, side: Side) -> Shaped {
        keyword::note_untyped(self, node);
        if let Some(reference) = node.text("$ref")
            && !self.adds_to(node, reference)
        {
            let mut shaped = self.reference(reference, side);
            shaped.nullable |= node.nullable();
            return shaped;
        }
        if let Some(only) = compose::wrapped(node)
            && !self.extends(node, &only)
        {
            let mut shaped = self.shape(&only, place, side);
            shaped.nullable |= node.nullable();
            return shaped;
        }
        self.shape_itself(node, place, side)
    }

    /// The shape of a schema that is neither a reference nor another one in disguise.
    pub fn shape_itself(&mut self, node: &Node<'d>, place: &Place, side: Side) -> Shaped {
        let mut nodes = Vec::new();
        compose::gather(self, node, &mut nodes);
        let mut shaped = self.composed(&nodes, place, side);
        shaped.nullable |= compose::nullable(node, &nodes);
        shaped
    }

    /// Whether the keywords beside a reference add to what it leads to.
    fn adds_to(&mut self, node: &Node<'d>, reference: &str) -> bool {
        if node.has(&["properties", "allOf", "oneOf", "anyOf", "enum", "const"]) {
            return true;
        }
        let mut required = node.required().peekable();
        if required.peek().is_none() {
            return false;
        }
        let Some(target) = self.target(reference) else {
            return false;
        };
        let nodes = compose::gather_all(self, &[&target]);
        let known: BTreeSet<&str> = nodes.iter().flat_map(Node::required).collect();
        required.any(|name| !known.contains(name))
    }

    /// Whether a schema that is nothing but a reference is an heir of what it leads to, and so one of
    /// the forms that this has.
    fn extends(&mut self, node: &Node<'d>, only: &Node<'d>) -> bool {
        let Some(reference) = only.text("$ref") else {
            return false;
        };
        let target = self.document.resolve(reference);
        let heirs = target.and_then(|target| self.facts.heirs.get(&target));
        heirs.is_some_and(|heirs| heirs.contains(&node.at))
    }

    /// The shape of schemas that hold together. One that has itself as a part refers to itself.
    pub fn composed(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        if nodes.len() < 2 {
            return self.shape_of_all(nodes, place, side);
        }
        let key: Vec<Pointer> = nodes.iter().map(|node| node.at.clone()).collect();
        let known =
            |(open, on, _): &(Vec<Pointer>, Side, Option<TypeId>)| *open == key && *on == side;
        if let Some(position) = self.open.iter().position(known) {
            let id = match self.open[position].2 {
                Some(id) => id,
                None => self.declare_id(
                    Shape::Alias(Type::Json),
                    &nodes[nodes.len() - 1],
                    place,
                    side,
                ),
            };
            self.open[position].2 = Some(id);
            return Shaped::plain(Type::Named(id));
        }
        self.open.push((key, side, None));
        let shaped = self.shape_of_all(nodes, place, side);
        let Some((_, _, Some(id))) = self.open.pop() else {
            return shaped;
        };
        self.put(id, shaped.shape);
        Shaped {
            shape: Shape::Alias(Type::Named(id)),
            ..shaped
        }
    }

    /// The shape of schemas that hold together, as the members of an `allOf` do.
    pub fn shape_of_all(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        nodes
            .iter()
            .for_each(|node| keyword::note_untyped(self, node));
        if nodes.iter().any(Node::only_null) {
            return Shaped {
                fixed: Some(Value::Null),
                ..Shaped::plain(Type::Json)
            };
        }
        if let Some((one, other)) = enums::conflict(nodes) {
            self.report.degraded(
                "conflicting-values",
                &other.at,
                format!("no value is in this list and in the one of `{}`", one.at),
                "it is typed by the first of the two",
            );
        }
        if let Some(values) = enums::values(nodes)
            && let Some(shaped) = enums::shape(self, nodes, &values, place)
        {
            return shaped;
        }
        if let Some(shaped) = union::union(self, nodes, place, side) {
            return shaped;
        }
        match compose::kinds(self, nodes).as_slice() {
            [] => Shaped::plain(Type::Json),
            [kind] => self.shape_of_kind(*kind, nodes, place, side),
            kinds => union::union_of_kinds(self, kinds, nodes, place, side),
        }
    }

    /// The shape of schemas that hold together, for values of one kind.
    pub fn shape_of_kind(
        &mut self,
        kind: Kind,
        nodes: &[Node<'d>],
        place: &Place,
        side: Side,
    ) -> Shaped {
        match kind {
            Kind::Boolean => Shaped::plain(Type::Bool),
            Kind::Integer => Shaped::plain(scalar::integer(nodes)),
            Kind::Number => Shaped::plain(scalar::number(nodes)),
            Kind::String => Shaped::plain(scalar::text(nodes)),
            Kind::Array => self.array(nodes, place, side),
            Kind::Object => self.object(nodes, place, side),
        }
    }
}

/// A name that has nothing but a text on the wire to go by.
pub fn wire_slot(at: &Pointer, wire: &str) -> Slot {
    Slot {
        place: at.clone(),
        candidates: vec![vec![Part::Text(wire.to_owned())]],
    }
}
