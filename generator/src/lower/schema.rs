//! Schemas → types, one declared type per place.
//!
//! References are put in a queue rather than followed, so that neither a cycle nor a long chain of
//! them costs stack. May not spell a name or merge two types.

use super::compose;
use super::docs;
use super::enums;
use super::view::{Kind, Node};
use crate::ir::{Extra, Format, Integer, Member, Part, Presence, Shape, Slot, Type, TypeId};
use crate::read::Document;
use crate::report::Report;
use crate::source::Pointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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
    /// Part of something.
    Inline,
}

/// The side of the wire: a schema with `readOnly` or `writeOnly` properties has two forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    fn step(&self, at: Pointer, part: Part) -> Self {
        let mut path = self.path.clone();
        path.push(part);
        Self { at, owner: self.owner.clone(), path }
    }

    /// The place of a list's or a map's element: one of what the list is named.
    fn element(&self, at: Pointer) -> Self {
        let mut path = self.path.clone();
        match path.pop() {
            Some(Part::Text(name)) => path.push(Part::Element(name)),
            Some(other) => path.extend([other, Part::Text("item".into())]),
            None => path.push(Part::Text("item".into())),
        }
        Self { at, owner: self.owner.clone(), path }
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
        Self { ty, nullable: false, fixed: None }
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
        Self { shape, nullable: false, fixed: None }
    }
}

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
            if !forms.iter().any(|side| self.known.contains_key(&(at.clone(), *side))) {
                let side = if self.two_sided.contains(&at) { Side::Response } else { Side::Both };
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
            let Some(value) = self.document.get(&at) else { continue };
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
        let Shaped { shape, nullable, fixed } = shaped;
        let ty = match shape {
            Shape::Alias(ty) => ty,
            shape => self.declare(shape, node, place, side),
        };
        Use { ty, nullable, fixed }
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
        let nothing = Node { value: &Value::Null, at: place.at.clone() };
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
                Type::Bool | Type::Integer(_) | Type::Number | Type::Text | Type::Format(_) => return true,
                Type::Json | Type::Map(_) | Type::List(_) | Type::Nullable(_) | Type::Boxed(_) => return false,
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
    pub fn target(&mut self, reference: &str, from: &Pointer) -> Option<Node<'d>> {
        let mut reference = reference;
        // More hops than that are a cycle, or as good as one.
        for _ in 0..64 {
            let Some(at) = self.document.resolve(reference) else { break };
            let Some(value) = self.document.get(&at) else { break };
            let node = Node { value, at };
            match node.text("$ref") {
                Some(next) if !is_component(&node.at) => reference = next,
                _ => return Some(node),
            }
        }
        self.report.warning(
            "dangling-reference",
            from,
            format!("`{reference}` leads nowhere"),
            "correct the reference, or declare what it names; it is typed as plain JSON",
        );
        None
    }

    fn reference(&mut self, reference: &str, from: &Node<'d>, side: Side) -> Shaped {
        let Some(target) = self.target(reference, &from.at) else {
            return Shaped::plain(Type::Json);
        };
        let (nullable, fixed) = self.annotations(&target);
        let side = if self.two_sided.contains(&target.at) { side } else { Side::Both };
        let id = self.reserve(target.at, side);
        Shaped { shape: Shape::Alias(Type::Named(id)), nullable, fixed }
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
        let node = self.document.get(&at).map(|value| Node { value, at: at.clone() });
        let key = at.last().unwrap_or_default();
        let title = node.as_ref().and_then(|node| node.text("title"));
        let name = super::slot::component_text(&key, title).to_owned();
        self.drafts.push(Draft {
            places: vec![Place { at: at.clone(), owner: Owner::Component(name), path: Vec::new() }],
            role: Role::Component,
            side,
            title: node.as_ref().and_then(|node| node.text("title")).map(str::to_owned),
            doc: node.as_ref().map(|node| docs::of_schema(std::slice::from_ref(node))).unwrap_or_default(),
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
                keywords.keys().any(|keyword| ["properties", "allOf", "oneOf", "anyOf", "enum"].contains(&keyword.as_str()))
            });
            if !siblings {
                let mut shaped = self.reference(reference, node, side);
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
        if let Some(shaped) = compose::union(self, nodes, place, side) {
            return shaped;
        }
        match compose::kinds(self, nodes).as_slice() {
            [] => Shaped::plain(Type::Json),
            [kind] => self.shape_of_kind(*kind, nodes, place, side),
            kinds => compose::union_of_kinds(self, kinds, nodes, place, side),
        }
    }

    /// Says which keywords bear on no type.
    fn note_untyped(&mut self, node: &Node) {
        let conditions = ["not", "if", "dependentSchemas", "propertyNames", "contains", "unevaluatedProperties"];
        for keyword in conditions.into_iter().filter(|keyword| node.get(keyword).is_some()) {
            self.report.note(
                "keyword-without-type",
                &node.at.key(keyword),
                format!("`{keyword}` has no counterpart in a Rust type"),
                "values are not checked against it",
            );
        }
    }

    /// The shape of schemas that hold together, for values of one kind.
    pub fn shape_of_kind(&mut self, kind: Kind, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let format = nodes.iter().find_map(|node| node.text("format")).unwrap_or_default();
        match kind {
            Kind::Boolean => Shaped::plain(Type::Bool),
            Kind::Integer => Shaped::plain(Type::Integer(integer(format).unwrap_or_else(|| by_bound(nodes)))),
            Kind::Number => Shaped::plain(integer(format).map_or(Type::Number, Type::Integer)),
            Kind::String => Shaped::plain(text(format)),
            Kind::Array => self.array(nodes, place, side),
            Kind::Object => self.object(nodes, place, side),
        }
    }

    fn array(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let items: Vec<Node> = nodes.iter().filter_map(|node| node.child("items")).collect();
        let item = match items.as_slice() {
            [] => Use::from(Type::Json),
            [first, ..] => {
                let place = place.element(first.at.clone());
                self.merged_use(&items, &place, side)
            }
        };
        if let Some(prefixed) = nodes.iter().find(|node| node.get("prefixItems").is_some()) {
            self.report.warning(
                "tuple-as-list",
                &prefixed.at.key("prefixItems"),
                "`prefixItems` gives each position its own type",
                "it is typed as a list of plain JSON",
            );
            return Shaped::plain(Type::List(Box::new(Type::Json)));
        }
        Shaped::plain(Type::List(Box::new(element_type(item))))
    }

    /// The type of schemas that hold together, each of which may be a reference.
    fn merged_use(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Use {
        let first = &nodes[0];
        let shaping: Vec<&Node> = nodes.iter().filter(|node| node.shapes()).collect();
        match shaping.as_slice() {
            [] => self.use_of(first, place, side),
            [only] => self.use_of(only, place, side),
            [one, rest @ ..] if rest.iter().all(|other| other.value == one.value) => {
                self.use_of(one, place, side)
            }
            several => {
                let mut gathered = Vec::new();
                for node in several {
                    compose::gather(self, node, &mut gathered);
                }
                let mut shaped = self.shape_of_all(&gathered, place, side);
                shaped.nullable |= several.iter().all(|node| node.nullable());
                self.declared(shaped, first, place, side)
            }
        }
    }

    fn object(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let mut properties: IndexMap<&str, Vec<Node>> = IndexMap::new();
        for node in nodes {
            for (name, property) in node.named_children("properties") {
                properties.entry(name).or_default().push(property);
            }
        }
        let extra = self.extra(nodes, place, side);
        let closed = nodes.iter().any(|node| node.get("additionalProperties") == Some(&Value::Bool(false)));
        if properties.is_empty() {
            let patterns = self.patterns(nodes, place, side);
            return match extra.or(patterns) {
                Some(ty) => Shaped::plain(Type::Map(Box::new(ty))),
                None if closed => Shaped::of(Shape::Record { fields: Vec::new(), extra: None }),
                None => Shaped::plain(Type::Map(Box::new(Type::Json))),
            };
        }
        let required: BTreeSet<&str> = nodes.iter().flat_map(Node::required).collect();
        let fields = properties.iter();
        let fields = fields.filter(|(_, schemas)| on_side(schemas, side));
        let fields: Vec<(&&str, &Vec<Node>)> = fields.collect();
        let fields = fields.into_iter();
        let fields = fields
            .map(|(name, schemas)| self.member(name, schemas, required.contains(name), place, side))
            .collect();
        Shaped::of(Shape::Record { fields, extra: extra.map(|ty| extra_slot(place, ty)) })
    }

    /// What members have that are not named, where the document says that they are there.
    fn extra(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Option<Type> {
        let extra = nodes.iter().filter_map(|node| node.child("additionalProperties"));
        let extra = extra.filter(|extra| *extra.value != Value::Bool(false)).next_back()?;
        // Beside named members the others are values; alone they are what the map is named for.
        let beside = nodes.iter().any(|node| node.get("properties").is_some());
        let place = if beside {
            place.step(extra.at.clone(), Part::Text("value".to_owned()))
        } else {
            place.element(extra.at.clone())
        };
        let used = self.use_of(&extra, &place, side);
        Some(element_type(used))
    }

    fn patterns(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Option<Type> {
        let patterns: Vec<Node> = nodes
            .iter()
            .flat_map(|node| node.named_children("patternProperties"))
            .map(|(_, pattern)| pattern)
            .collect();
        let first = patterns.first()?;
        let place = place.element(first.at.clone());
        if patterns.iter().any(|pattern| pattern.value != first.value) {
            return Some(Type::Json);
        }
        let used = self.use_of(first, &place, side);
        Some(element_type(used))
    }

    fn member(&mut self, name: &str, schemas: &[Node<'d>], required: bool, place: &Place, side: Side) -> Member<Slot> {
        let at = schemas[0].at.clone();
        let place = place.step(at.clone(), Part::Text(name.to_owned()));
        let used = self.merged_use(schemas, &place, side);
        let presence = match (required, used.nullable) {
            (true, false) => Presence::Required,
            (true, true) => Presence::Nullable,
            (false, false) => Presence::Optional,
            (false, true) => Presence::Patch,
        };
        Member {
            name: wire_slot(&at, name),
            wire: name.to_owned(),
            ty: used.ty,
            presence,
            fixed: used.fixed.filter(|_| presence == Presence::Required),
            doc: docs::of_schema(schemas),
        }
    }
}

/// Whether a property is there on a side of the wire.
fn on_side(schemas: &[Node], side: Side) -> bool {
    match side {
        Side::Both => true,
        Side::Request => !schemas.iter().any(|schema| schema.flag("readOnly")),
        Side::Response => !schemas.iter().any(|schema| schema.flag("writeOnly")),
    }
}

/// Whether a reference to this place is a reference to something with a name.
fn is_component(at: &Pointer) -> bool {
    let steps: Vec<String> = at.segments().collect();
    match steps.as_slice() {
        [components, schemas, _] => components == "components" && schemas == "schemas",
        [definitions, _] => definitions == "definitions" || definitions == "$defs",
        _ => false,
    }
}

fn element_type(used: Use) -> Type {
    if used.nullable && used.ty != Type::Json { Type::Nullable(Box::new(used.ty)) } else { used.ty }
}

fn extra_slot(place: &Place, ty: Type) -> Extra<Slot> {
    let texts = ["extra", "extra members", "additional properties"];
    let candidates = texts.map(|text| vec![Part::Text(text.to_owned())]).into();
    Extra { name: Slot { place: place.at.key("additionalProperties"), candidates }, ty }
}

/// A name that has nothing but a text on the wire to go by.
pub fn wire_slot(at: &Pointer, wire: &str) -> Slot {
    Slot { place: at.clone(), candidates: vec![vec![Part::Text(wire.to_owned())]] }
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

/// Beyond `i64` only what is never negative fits `u64`.
fn by_bound(nodes: &[Node]) -> Integer {
    let beyond = |node: &Node| node.get("maximum").and_then(Value::as_u64).is_some_and(|most| i64::try_from(most).is_err());
    if nodes.iter().any(beyond) { Integer::U64 } else { Integer::I64 }
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
