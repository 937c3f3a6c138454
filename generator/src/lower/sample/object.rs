//! Objects: the members of a sample.

use super::{MOST_PARTS, Sampler, Wish, bounds, pattern, text};
use crate::lower::draft::Side;
use crate::lower::enums;
use crate::lower::patterns::Patterns;
use crate::lower::view::Node;
use indexmap::IndexMap;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

impl<'d> Sampler<'_, 'd, '_> {
    /// An object that schemas allow which hold together.
    pub(super) fn object(&mut self, nodes: &[Node<'d>], wish: &Wish<'d>) -> Option<Value> {
        let least = bounds::count(nodes, "minProperties", usize::max).unwrap_or(0);
        if least > MOST_PARTS {
            return None;
        }
        let most = bounds::count(nodes, "maxProperties", usize::min).unwrap_or(usize::MAX);
        // What is sent as a whole says something.
        let least = least.max(usize::from(wish.depth == 0));
        let mut object = self.named(nodes, wish, least, most)?;
        let says = |keywords: &[&str]| nodes.iter().any(|node| node.has(keywords));
        let further = says(&["additionalProperties", "patternProperties"]);
        if says(&["properties"]) && !further {
            return Some(Value::Object(object));
        }
        let adds = self.adds(wish) && further && object.is_empty();
        for index in object.len()..least.max(usize::from(adds)).min(most) {
            let name = key(nodes, index, &self.cx.patterns);
            let Some(value) = self.further(nodes, wish, &name) else {
                break;
            };
            object.insert(name, value);
        }
        Some(Value::Object(object))
    }

    /// The members that have a name: those that are required, and others as they are wanted.
    fn named(
        &mut self,
        nodes: &[Node<'d>],
        wish: &Wish<'d>,
        least: usize,
        most: usize,
    ) -> Option<Map<String, Value>> {
        let properties = properties(nodes);
        let required: BTreeSet<&str> = nodes.iter().flat_map(Node::required).collect();
        let adds = self.adds(wish);
        let mut missing = least.saturating_sub(required.len());
        let forbidden = forbidden(nodes, &required);
        let unwanted =
            |name: &str| forbidden.contains(name) || wish.unwanted.iter().any(|own| own == name);
        let mut object = Map::new();
        for (name, schemas) in &properties {
            let required = required.contains(name);
            let added = (adds || missing > 0) && object.len() < most && !unwanted(name);
            if self.is_of_the_other(schemas) || !(required || added) {
                continue;
            }
            match self.member(name, schemas, wish) {
                Some(value) => {
                    missing = missing.saturating_sub(usize::from(!required));
                    object.insert((*name).to_owned(), value);
                }
                None if required => return None,
                None => {}
            }
        }
        let unnamed = required
            .iter()
            .filter(|name| !properties.contains_key(*name));
        for name in unnamed {
            let value = self.further(nodes, wish, name)?;
            object.insert((*name).to_owned(), value);
        }
        Some(object)
    }

    /// Whether a member is for the other side to send, or for nobody.
    fn is_of_the_other(&self, schemas: &[Node]) -> bool {
        let flag = match self.side {
            Side::Response => "writeOnly",
            Side::Request | Side::Both => "readOnly",
        };
        let never = |schema: &Node| schema.flag(flag) || *schema.value == Value::Bool(false);
        schemas.iter().any(never)
    }

    fn member(&mut self, name: &str, schemas: &[Node<'d>], wish: &Wish<'d>) -> Option<Value> {
        if let Some((_, value)) = wish.forced.iter().find(|(forced, _)| forced == name) {
            return Some(value.clone());
        }
        let hints = wish.hints.iter().filter_map(|hint| hint.get(name));
        let inner = wish.within(name, hints.collect());
        self.of_several(schemas, inner)
    }

    /// A value of a member that is not named.
    fn further(&mut self, nodes: &[Node<'d>], wish: &Wish<'d>, name: &str) -> Option<Value> {
        let patterns = nodes
            .iter()
            .flat_map(|node| node.named_children("patternProperties"));
        let keywords = ["additionalProperties", "unevaluatedProperties"];
        let others = nodes
            .iter()
            .flat_map(|node| keywords.map(|keyword| node.child(keyword)));
        let schemas: Vec<Node> = match patterns.map(|(_, schema)| schema).next() {
            Some(first) => vec![first],
            None => others.flatten().collect(),
        };
        if schemas
            .iter()
            .any(|schema| *schema.value == Value::Bool(false))
        {
            return None;
        }
        let hints = wish.hints.iter().filter_map(|hint| hint.get(name));
        let inner = wish.within(name, hints.collect());
        self.of_several(&schemas, inner)
    }
}

/// The members that have a name, each with the schemas for it.
fn properties<'d>(nodes: &[Node<'d>]) -> IndexMap<&'d str, Vec<Node<'d>>> {
    let mut properties: IndexMap<&str, Vec<Node>> = IndexMap::new();
    let all = nodes
        .iter()
        .flat_map(|node| node.named_children("properties"));
    for (name, property) in all {
        properties.entry(name).or_default().push(property);
    }
    properties
}

/// The members that may not stand beside those that are there: `not: {required: [..]}`.
fn forbidden<'d>(nodes: &[Node<'d>], required: &BTreeSet<&str>) -> BTreeSet<&'d str> {
    let lists = nodes.iter().filter_map(|node| node.child("not"));
    lists
        .filter_map(|list| list.required().find(|name| !required.contains(name)))
        .collect()
}

/// The name of a member that is not named.
fn key(nodes: &[Node], index: usize, patterns: &Patterns) -> String {
    let pattern = nodes
        .iter()
        .flat_map(|node| node.named_children("patternProperties"));
    let pattern = pattern.map(|(pattern, _)| pattern).next();
    let made = pattern.and_then(|pattern| pattern::matching(pattern, 0));
    let names: Vec<Node> = nodes
        .iter()
        .filter_map(|node| node.child("propertyNames"))
        .collect();
    let listed =
        enums::values(&names).and_then(|values| Some(values.get(index)?.as_str()?.to_owned()));
    let number = if index == 0 {
        String::new()
    } else {
        (index + 1).to_string()
    };
    let own = || text::of(&names, &[], "key", patterns).unwrap_or_else(|| "key".to_owned());
    format!("{}{number}", listed.or(made).unwrap_or_else(own))
}
