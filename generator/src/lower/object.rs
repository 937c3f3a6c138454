//! Objects and lists: members, presence, what is beside the named members.

use super::compose;
use super::docs;
use super::draft::{Place, Shaped, Side, Use};
use super::schema::{Cx, wire_slot};
use super::tuple;
use super::union;
use super::view::Node;
use crate::ir::{Extra, Member, Part, Presence, Shape, Slot, Type};
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::BTreeSet;

impl<'d> Cx<'d, '_> {
    /// The shape of a list.
    pub fn array(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        if let Some(shaped) = tuple::tuple(self, nodes, place, side) {
            return shaped;
        }
        let items: Vec<Node> = nodes
            .iter()
            .filter_map(|node| node.child("items"))
            .collect();
        let item = match items.as_slice() {
            [] => Use::from(Type::Json),
            [.., last] => {
                let place = place.element(last.at.clone());
                self.merged_use(&items, &place, side)
            }
        };
        Shaped::plain(Type::List(Box::new(element_type(item))))
    }

    /// The type of schemas that hold together, each of which may be a reference.
    pub fn merged_use(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Use {
        let first = &nodes[0];
        let shaping: Vec<&Node> = nodes.iter().filter(|node| node.shapes()).collect();
        match shaping.as_slice() {
            [] => self.use_of(first, place, side),
            [only] => self.use_of(only, place, side),
            [one, rest @ ..] if rest.iter().all(|other| other.value == one.value) => {
                self.use_of(one, place, side)
            }
            several => {
                let gathered = compose::gather_all(self, several);
                if let Some(all) = self.extension_of_all(several, &gathered) {
                    return self.use_of(&all, place, side);
                }
                let mut shaped = self.composed(&gathered, place, side);
                shaped.nullable |= several.iter().all(|node| node.nullable());
                self.declared(shaped, first, place, side)
            }
        }
    }

    /// The reference among schemas that leads to what extends all the others.
    fn extension_of_all(
        &mut self,
        several: &[&Node<'d>],
        gathered: &[Node<'d>],
    ) -> Option<Node<'d>> {
        let references = several.iter().filter(|node| node.text("$ref").is_some());
        let references: Vec<Node> = references.map(|node| (*node).clone()).collect();
        references.into_iter().find(|reference| {
            let own = compose::gather_all(self, &[reference]);
            let covered = |node: &Node| {
                node.text("$ref").is_some() || own.iter().any(|own| own.at == node.at)
            };
            gathered.iter().all(covered)
        })
    }

    /// The shape of an object: a struct, or a map where no member is named.
    pub fn object(&mut self, nodes: &[Node<'d>], place: &Place, side: Side) -> Shaped {
        let mut properties: IndexMap<&str, Vec<Node>> = IndexMap::new();
        for node in nodes {
            for (name, property) in node.named_children("properties") {
                properties.entry(name).or_default().push(property);
            }
        }
        let further = self.further(nodes);
        let known: BTreeSet<&str> = properties.keys().copied().collect();
        let conditional = self.conditional(nodes);
        for (name, property) in conditional
            .iter()
            .flat_map(|n| n.named_children("properties"))
        {
            if !known.contains(name) {
                properties.entry(name).or_default().push(property);
            }
        }
        if properties.is_empty() {
            let empty = further.closed && !further.kept();
            if empty {
                return Shaped::of(Shape::Record {
                    fields: Vec::new(),
                    extra: None,
                });
            }
            let ty = self.further_type(&further, nodes, place, side);
            return Shaped::plain(Type::Map(Box::new(ty)));
        }
        let extra = further.kept().then(|| {
            let ty = self.further_type(&further, nodes, place, side);
            extra_slot(place, ty, of_the_other(&properties, side))
        });
        let required: BTreeSet<&str> = nodes.iter().flat_map(Node::required).collect();
        let fields = properties.iter();
        let fields = fields.filter(|(_, schemas)| on_side(schemas, side));
        let fields: Vec<(&&str, &Vec<Node>)> = fields.collect();
        let fields = fields.into_iter();
        let needed = |name: &str| required.contains(name) && known.contains(name);
        let fields = fields
            .map(|(name, schemas)| self.member(name, schemas, needed(name), place, side))
            .collect();
        Shaped::of(Shape::Record { fields, extra })
    }

    /// The schemas that hold under a condition: their members may be there.
    fn conditional(&mut self, nodes: &[Node<'d>]) -> Vec<Node<'d>> {
        let conditional = nodes.iter().flat_map(|node| {
            let dependent = node.named_children("dependentSchemas").into_iter();
            let branches = ["then", "else"]
                .into_iter()
                .filter_map(|key| node.child(key));
            branches.chain(dependent.map(|(_, schema)| schema))
        });
        let conditional: Vec<Node> = conditional.collect();
        compose::gather_all(self, &conditional.iter().collect::<Vec<_>>())
    }

    /// What the document says of members that are not named.
    fn further(&self, nodes: &[Node<'d>]) -> Further<'d> {
        let keywords = ["additionalProperties", "unevaluatedProperties"];
        let said = |keyword: &&str| nodes.iter().any(|node| node.get(keyword).is_some());
        let keyword = keywords.into_iter().find(said);
        let others = nodes.iter().filter_map(|node| node.child(keyword?));
        let (closing, schemas): (Vec<Node>, Vec<Node>) =
            others.partition(|others| *others.value == Value::Bool(false));
        let patterns = nodes
            .iter()
            .flat_map(|node| node.named_children("patternProperties"))
            .map(|(_, pattern)| pattern);
        Further {
            closed: !closing.is_empty() && schemas.is_empty(),
            patterns: patterns.collect(),
            schemas,
        }
    }

    /// The type of members that are not named.
    fn further_type(
        &mut self,
        further: &Further<'d>,
        nodes: &[Node<'d>],
        place: &Place,
        side: Side,
    ) -> Type {
        let beside = nodes.iter().any(|node| node.get("properties").is_some());
        let Some(first) = further.patterns.iter().chain(&further.schemas).last() else {
            return Type::Json;
        };
        // Beside named members the others are values; alone they are what the map is named for.
        let place = if beside {
            place.step(first.at.clone(), Part::Text("value".to_owned()))
        } else {
            place.element(first.at.clone())
        };
        if further.patterns.is_empty() {
            let used = self.merged_use(&further.schemas, &place, side);
            return element_type(used);
        }
        // What matches no pattern may be anything, unless the document says what; where there are
        // no named members, nobody means more than the patterns.
        if beside && !further.closed && further.schemas.is_empty() {
            return Type::Json;
        }
        let schemas = further.schemas.iter().filter(|schema| schema.shapes());
        let mut any = further.schemas.iter().any(|schema| !schema.shapes());
        let mut alternatives: Vec<Node> = Vec::new();
        for schema in further.patterns.iter().chain(schemas) {
            any |= !schema.shapes();
            if alternatives.iter().all(|known| known.value != schema.value) {
                alternatives.push(schema.clone());
            }
        }
        if any {
            return Type::Json;
        }
        let used = match alternatives.as_slice() {
            [only] => self.use_of(only, &place, side),
            several => union::union_of_elements(self, first, several, &place, side),
        };
        element_type(used)
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
        // What narrows a member of another schema is a type of its own, and stands where it does so.
        let last = schemas.iter().rfind(|schema| schema.shapes());
        let own = last.map_or_else(|| at.clone(), |last| last.at.clone());
        let place = place.step(own, Part::Text(name.to_owned()));
        let used = self.merged_use(schemas, &place, side);
        let null = used.fixed == Some(Value::Null);
        let presence = match (required, used.nullable) {
            (true, _) if null => Presence::Required,
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
            doc: docs::of_member(self.document, name, schemas),
        }
    }
}

/// What is said of members that are not named.
struct Further<'d> {
    /// Whether there are none, but for those that match a pattern.
    closed: bool,
    /// What they are.
    schemas: Vec<Node<'d>>,
    /// What they are if their names match.
    patterns: Vec<Node<'d>>,
}

impl Further<'_> {
    /// Whether a struct keeps them.
    fn kept(&self) -> bool {
        !self.schemas.is_empty() || !self.patterns.is_empty()
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

/// The properties that are not there on a side of the wire.
fn of_the_other(properties: &IndexMap<&str, Vec<Node>>, side: Side) -> Vec<String> {
    let others = properties
        .iter()
        .filter(|(_, schemas)| !on_side(schemas, side));
    others.map(|(name, _)| (*name).to_owned()).collect()
}

/// The type of something in a list or a map.
pub fn element_type(used: Use) -> Type {
    if used.nullable && used.ty != Type::Json {
        Type::Nullable(Box::new(used.ty))
    } else {
        used.ty
    }
}

fn extra_slot(place: &Place, ty: Type, others: Vec<String>) -> Extra<Slot> {
    let texts = ["extra", "extra members", "additional properties"];
    let candidates = texts.map(|text| vec![Part::Text(text.to_owned())]).into();
    Extra {
        name: Slot {
            place: place.at.key("additionalProperties"),
            candidates,
        },
        // What may be anything is kept, whoever it is for.
        except: if ty == Type::Json { Vec::new() } else { others },
        ty,
    }
}
