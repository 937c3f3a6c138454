//! Objects and lists: members, presence, what is beside the named members.

use super::compose;
use super::docs;
use super::draft::{Place, Shaped, Side, Use};
use super::schema::{Cx, wire_slot};
use super::view::Node;
use crate::ir::{Extra, Member, Part, Presence, Shape, Slot, Type};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeSet;

impl<'d> Cx<'d, '_> {
    /// The shape of a list.
    pub fn array(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let items: Vec<Node> = nodes
            .iter()
            .filter_map(|node| node.child("items"))
            .collect();
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

    /// The shape of an object: a struct, or a map where no member is named.
    pub fn object(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let mut properties: IndexMap<&str, Vec<Node>> = IndexMap::new();
        for node in nodes {
            for (name, property) in node.named_children("properties") {
                properties.entry(name).or_default().push(property);
            }
        }
        let extra = self.extra(nodes, place, side);
        let closed = nodes
            .iter()
            .any(|node| node.get("additionalProperties") == Some(&Value::Bool(false)));
        if properties.is_empty() {
            let patterns = self.patterns(nodes, place, side);
            return match extra.or(patterns) {
                Some(ty) => Shaped::plain(Type::Map(Box::new(ty))),
                None if closed => Shaped::of(Shape::Record {
                    fields: Vec::new(),
                    extra: None,
                }),
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
        Shaped::of(Shape::Record {
            fields,
            extra: extra.map(|ty| extra_slot(place, ty)),
        })
    }

    /// What members have that are not named, where the document says that they are there.
    fn extra(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Option<Type> {
        let mut extra = nodes
            .iter()
            .filter_map(|node| node.child("additionalProperties"));
        let extra = extra.rfind(|extra| *extra.value != Value::Bool(false))?;
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

    fn member(
        &mut self,
        name: &str,
        schemas: &[Node<'d>],
        required: bool,
        place: &Place,
        side: Side,
    ) -> Member<Slot> {
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
            doc: docs::of_member(name, schemas),
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

fn element_type(used: Use) -> Type {
    if used.nullable && used.ty != Type::Json {
        Type::Nullable(Box::new(used.ty))
    } else {
        used.ty
    }
}

fn extra_slot(place: &Place, ty: Type) -> Extra<Slot> {
    let texts = ["extra", "extra members", "additional properties"];
    let candidates = texts.map(|text| vec![Part::Text(text.to_owned())]).into();
    Extra {
        name: Slot {
            place: place.at.key("additionalProperties"),
            candidates,
        },
        ty,
    }
}
