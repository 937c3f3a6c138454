//! Schemas → types, one declared type per place.
//!
//! References are put in a queue rather than followed, so that neither a cycle nor a long chain of
//! them costs stack. May not spell a name or merge two types.

use super::compose;
use super::docs;
use super::draft::{Draft, Place, Role, Shaped, Side, Use};
use super::enums;
use super::place;
use super::union;
use super::view::{Kind, Node};
use crate::ir::{Format, Integer, Part, Shape, Slot, Type, TypeId};
use crate::read::Document;
use crate::report::Report;
use crate::source::Pointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// What lowering works with.
pub struct Cx<'d, 'r> {
    /// The document.
    pub document: &'d Document,
    /// Where to say what was found.
    pub report: &'r mut Report,
    drafts: Vec<Draft>,
    known: BTreeMap<(Pointer, Side), TypeId>,
    queue: VecDeque<(Pointer, Side, TypeId)>,
    two_sided: BTreeSet<Pointer>,
}

/// More types than any real document has; a small document can ask for more by nesting `allOf`.
const MOST_TYPES: usize = 200_000;

impl<'d, 'r> Cx<'d, 'r> {
    /// Starts.
    pub fn new(document: &'d Document, report: &'r mut Report) -> Self {
        Self {
            document,
            report,
            drafts: Vec::new(),
            known: BTreeMap::new(),
            queue: VecDeque::new(),
            two_sided: super::reach::two_sided(document),
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
                let side = if self.two_sided.contains(&at) {
                    Side::Response
                } else {
                    Side::Both
                };
                self.reserve(at, side);
            }
        }
        self.drain();
    }

    /// The declared types, components first, each in document order.
    pub fn into_drafts(self) -> Vec<Draft> {
        self.drafts
    }

    /// Lowers what references have put in the queue.
    pub fn drain(&mut self) {
        while let Some((at, side, id)) = self.queue.pop_front() {
            let Some(value) = self.document.get(&at) else {
                continue;
            };
            let node = Node { value, at };
            let place = self.drafts[id.0].places[0].clone();
            let shaped = self.shape(&node, &place, side);
            // Whether it may be null is seen where it is used; see `reference`.
            self.drafts[id.0].shape = shaped.shape;
        }
    }

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
        if self.drafts.len() >= MOST_TYPES {
            if self.drafts.len() == MOST_TYPES {
                self.report.error(
                    "too-many-types",
                    &node.at,
                    format!("more than {MOST_TYPES} types come of this document"),
                    "",
                );
            }
            return Type::Json;
        }
        self.drafts.push(Draft {
            places: vec![place.clone()],
            role: Role::Inline,
            side,
            title: node.text("title").map(str::to_owned),
            doc: docs::of_schema(std::slice::from_ref(node)),
            shape,
            sent: false,
            groups: BTreeSet::new(),
        });
        Type::Named(TypeId(self.drafts.len() - 1))
    }

    /// Declares what an operation answers that has several answers.
    pub fn declare_answer(&mut self, shape: Shape<Slot>, place: &Place) -> Type {
        let nothing = Node {
            value: &Value::Null,
            at: place.at.clone(),
        };
        let ty = self.declare(shape, &nothing, place, Side::Response);
        self.mark_root(&ty, &place.at, Role::Answer);
        ty
    }

    /// Whether a value can be written as text by itself: in a path, a query, a header.
    pub fn is_scalar(&self, ty: &Type) -> bool {
        let mut ty = ty;
        // More aliases of aliases than that are a cycle.
        for _ in 0..64 {
            match ty {
                Type::Bool | Type::Integer(_) | Type::Number | Type::Text | Type::Format(_) => {
                    return true;
                }
                Type::File
                | Type::Json
                | Type::Map(_)
                | Type::List(_)
                | Type::Nullable(_)
                | Type::Boxed(_) => {
                    return false;
                }
                Type::Named(id) => match &self.drafts[id.0].shape {
                    Shape::Enum { .. } => return true,
                    Shape::Record { .. } | Shape::Union { .. } => return false,
                    Shape::Alias(of) => ty = of,
                },
            }
        }
        false
    }

    /// Marks a type as the whole body of something, if it was declared for that place.
    pub fn mark_root(&mut self, ty: &Type, at: &Pointer, role: Role) {
        if let Type::Named(id) = ty {
            let draft = &mut self.drafts[id.0];
            if draft.role == Role::Inline && draft.places[0].at == *at {
                draft.role = role;
            }
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
            let node = Node { value, at };
            match node.text("$ref") {
                Some(next) if place::name(self.document, &node.at).is_none() => reference = next,
                _ => return Some(node),
            }
        }
        None
    }

    fn reference(&mut self, reference: &str, side: Side) -> Shaped {
        let Some(target) = self.target(reference) else {
            return Shaped::plain(Type::Json);
        };
        let (nullable, fixed) = self.annotations(&target);
        let side = if self.two_sided.contains(&target.at) {
            side
        } else {
            Side::Both
        };
        let id = self.reserve(target.at, side);
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
        let fixed = enums::values(&nodes).and_then(|values| enums::only(&values));
        (nullable, fixed)
    }

    fn reserve(&mut self, at: Pointer, side: Side) -> TypeId {
        let key = (at, side);
        if let Some(id) = self.known.get(&key) {
            return *id;
        }
        let (at, side) = key;
        let id = TypeId(self.drafts.len());
        let node = self.document.get(&at).map(|value| Node {
            value,
            at: at.clone(),
        });
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
                .map(|node| docs::of_schema(std::slice::from_ref(node)))
                .unwrap_or_default(),
            shape: Shape::Alias(Type::Json),
            sent: false,
            groups: BTreeSet::new(),
        });
        self.known.insert((at.clone(), side), id);
        self.queue.push_back((at, side, id));
        id
    }

    /// The shape of a schema.
    pub fn shape(&mut self, node: &Node<'d>, place: &Place, side: Side) -> Shaped {
        if let Some(reference) = node.text("$ref") {
            let siblings = node.keywords().is_some_and(|keywords| {
                keywords.keys().any(|keyword| {
                    ["properties", "allOf", "oneOf", "anyOf", "enum"].contains(&keyword.as_str())
                })
            });
            if !siblings {
                let mut shaped = self.reference(reference, side);
                shaped.nullable |= node.nullable();
                return shaped;
            }
        }
        if let Some(only) = compose::wrapped(node) {
            let mut shaped = self.shape(&only, place, side);
            shaped.nullable |= node.nullable();
            return shaped;
        }
        let mut nodes = Vec::new();
        compose::gather(self, node, &mut nodes);
        let mut shaped = self.shape_of_all(&nodes, place, side);
        shaped.nullable |= compose::nullable(node, &nodes);
        shaped
    }

    /// The shape of schemas that hold together, as the members of an `allOf` do.
    pub fn shape_of_all(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        nodes.iter().for_each(|node| self.note_untyped(node));
        if let Some(values) = enums::values(nodes) {
            return enums::shape(self, nodes, &values, place);
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

    /// Says which keywords bear on no type.
    fn note_untyped(&mut self, node: &Node) {
        let conditions = [
            "not",
            "if",
            "dependentSchemas",
            "propertyNames",
            "contains",
            "unevaluatedProperties",
        ];
        for keyword in conditions
            .into_iter()
            .filter(|keyword| node.get(keyword).is_some())
        {
            self.report.note(
                "keyword-without-type",
                &node.at.key(keyword),
                format!("`{keyword}` has no counterpart in a Rust type"),
                "values are not checked against it",
            );
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
        let format = nodes
            .iter()
            .find_map(|node| node.text("format"))
            .unwrap_or_default();
        match kind {
            Kind::Boolean => Shaped::plain(Type::Bool),
            Kind::Integer => Shaped::plain(Type::Integer(
                integer(format).unwrap_or_else(|| by_bound(nodes)),
            )),
            Kind::Number => Shaped::plain(integer(format).map_or(Type::Number, Type::Integer)),
            Kind::String if nodes.iter().any(is_file) => Shaped::plain(Type::File),
            Kind::String => Shaped::plain(text(format)),
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

fn integer(format: &str) -> Option<Integer> {
    match format {
        "int32" | "int16" | "int8" => Some(Integer::I32),
        "uint32" | "uint16" | "uint8" => Some(Integer::U32),
        "uint64" | "uint" => Some(Integer::U64),
        "int64" | "long" => Some(Integer::I64),
        _ => None,
    }
}

/// Whether a schema speaks of bytes rather than of text.
fn is_file(node: &Node) -> bool {
    let of_media = node
        .text("contentMediaType")
        .is_some_and(|media| !media.starts_with("text/"));
    node.text("type") == Some("file")
        || node.text("format") == Some("binary")
        || (of_media && node.get("contentEncoding").is_none() && node.text("format").is_none())
}

/// Beyond `i64` only what is never negative fits `u64`.
fn by_bound(nodes: &[Node]) -> Integer {
    let beyond = |node: &Node| {
        node.get("maximum")
            .and_then(Value::as_u64)
            .is_some_and(|most| i64::try_from(most).is_err())
    };
    if nodes.iter().any(beyond) {
        Integer::U64
    } else {
        Integer::I64
    }
}

fn text(format: &str) -> Type {
    match format {
        "uuid" => Type::Format(Format::Uuid),
        "date-time" => Type::Format(Format::DateTime),
        "date" => Type::Format(Format::Date),
        "time" => Type::Format(Format::Time),
        _ => Type::Text,
    }
}
