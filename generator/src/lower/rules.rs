//! What a client checks before it sends something: the rules of parameters and bodies.
//!
//! Rules are found by schema, not by type: types that differ in nothing but their bounds are one type,
//! and a type's places may each have bounds of their own. So no type depends on whether rules are
//! looked for. What a keyword asks for is in [`keyword`], what an alternative is known by in
//! [`alternative`], what says nothing is left out by [`tidy`].

mod alternative;
mod keyword;
mod tidy;

use super::bodies;
use super::content::own_media_type;
use super::draft::Owner;
use super::facts::Facts;
use super::media::{Declared, Kind};
use super::parameter::node;
use super::place;
use super::sample::Extent;
use super::schema::Cx;
use super::view::Node;
use crate::ir::{Checks, Part, Rule, Rules, Slot, Spot, Table};
use crate::read::{self, Document, WHOLE_QUERY};
use crate::report::Report;
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{Parameter, ParameterSchemaOrContent};
use std::collections::BTreeMap;

/// The rules of everything that operations send.
pub fn rules(document: &Document, report: &mut Report) -> Rules<Slot> {
    let version = document.version.as_str();
    let facts = Facts::of(document);
    let mut finder = Finder {
        cx: Cx::new((document, &facts), Extent::Least, report),
        tables: IndexMap::new(),
        // Until 3.1 what stands beside a reference does not count.
        siblings: !version.starts_with("3.0") && !version.starts_with('2'),
    };
    let mut operations = BTreeMap::new();
    for operation in &document.operations {
        let parameters = operation.parameters.iter();
        let parameters = parameters
            .filter_map(|site| finder.parameter(site))
            .collect();
        let bodies = finder.bodies(operation);
        let checks = Checks { parameters, bodies };
        operations.insert(operation.at.clone(), checks);
    }
    finder.follow();
    let tables = finder.tables.into_iter().map(|(at, rules)| Table {
        name: slot(document, at),
        rules,
    });
    let mut rules = Rules {
        tables: tables.collect(),
        operations,
    };
    tidy::tidy(&mut rules);
    rules
}

/// What a table is named after.
fn slot(document: &Document, at: Pointer) -> Slot {
    let (place, _) = place::of(document, &at);
    let owner = match place.owner {
        Owner::Component(name) => name,
        Owner::Operation { id, .. } => id,
    };
    let name = std::iter::once(Part::Text(owner)).chain(place.path);
    Slot {
        candidates: vec![name.collect(), vec![Part::Text(at.to_string())]],
        place: at,
    }
}

/// Finds rules.
struct Finder<'d, 'r> {
    cx: Cx<'d, 'r>,
    /// Those of what is referred to.
    tables: IndexMap<Pointer, Vec<Rule>>,
    /// Whether what stands beside a reference counts.
    siblings: bool,
}

impl<'d> Finder<'d, '_> {
    fn parameter(&mut self, site: &read::Site<Parameter>) -> Option<(Spot, String, Vec<Rule>)> {
        let spot = match &site.item {
            Parameter::Path { .. } => Spot::Path,
            Parameter::Query { .. } => Spot::Query,
            Parameter::Header { .. } => Spot::Header,
            Parameter::Cookie { .. } => Spot::Cookie,
        };
        let data = site.item.parameter_data_ref();
        let schema = match &data.format {
            ParameterSchemaOrContent::Schema(schema) => schema,
            ParameterSchemaOrContent::Content(content) => content.first()?.1.schema.as_ref()?,
        };
        if data.extensions.contains_key(WHOLE_QUERY) {
            return None;
        }
        let node = node(&self.cx, schema)?;
        Some((spot, data.name.clone(), self.rules(&node)))
    }

    /// The rules of a body by media type; those of two that are sent in one are left out.
    fn bodies(&mut self, operation: &read::Operation) -> Vec<(String, Vec<Rule>)> {
        let Some(site) = &operation.body else {
            return Vec::new();
        };
        let declared = bodies::distinct(&mut self.cx, site);
        let all: Vec<(String, Vec<Rule>)> = declared
            .iter()
            .filter_map(|declared| {
                let node = node(&self.cx, declared.media.schema.as_ref()?)?;
                Some((sent_in(declared)?, self.rules(&node)))
            })
            .collect();
        let alone = |media: &str| all.iter().filter(|(other, _)| other == media).count() == 1;
        all.iter()
            .filter(|(media, _)| alone(media))
            .cloned()
            .collect()
    }

    /// Finds what is referred to.
    fn follow(&mut self) {
        let mut next = 0;
        while let Some((at, _)) = self.tables.get_index(next) {
            let at = at.clone();
            if let Some(value) = self.cx.document.get(&at) {
                let rules = self.rules(&Node::new(value, at.clone()));
                self.tables.insert(at, rules);
            }
            next += 1;
        }
    }

    /// What has to hold for a value of a schema.
    fn rules(&mut self, node: &Node<'d>) -> Vec<Rule> {
        let mut rules = Vec::new();
        if let Some(reference) = node.text("$ref") {
            rules.extend(self.reference(reference));
            if !self.siblings {
                return rules;
            }
        }
        rules.extend(keyword::own(node, self.cx.report));
        rules.extend(self.elements(node));
        rules.extend(self.members(node));
        for part in node.children("allOf") {
            rules.extend(self.rules(&part));
        }
        for combiner in ["oneOf", "anyOf"] {
            rules.extend(self.alternatives(node, combiner));
        }
        rules
    }

    fn reference(&mut self, reference: &str) -> Option<Rule> {
        let at = self.cx.target(reference)?.at;
        let known = self.tables.get_index_of(&at);
        let position = known.unwrap_or_else(|| self.tables.insert_full(at, Vec::new()).0);
        Some(Rule::Of(position))
    }

    fn elements(&mut self, node: &Node<'d>) -> Vec<Rule> {
        // Before 2020-12 those with a position are in `items`, and the rest in `additionalItems`.
        let (positions, rest) = match node.children("prefixItems") {
            found if found.is_empty() => (node.children("items"), "additionalItems"),
            found => (found, "items"),
        };
        let rest = if positions.is_empty() { "items" } else { rest };
        let rest = node.child(rest).map(|rest| self.rules(&rest));
        let rest = rest.map(|rules| Rule::Items(positions.len(), rules));
        let positions = positions.iter().enumerate();
        let positions = positions.map(|(index, node)| Rule::Item(index, self.rules(node)));
        positions.chain(rest).collect()
    }

    fn members(&mut self, node: &Node<'d>) -> Vec<Rule> {
        let mut rules = Vec::new();
        let (mut names, mut patterns) = (Vec::new(), Vec::new());
        for (name, property) in node.named_children("properties") {
            rules.push(Rule::Property(name.to_owned(), self.rules(&property)));
            names.push(name.to_owned());
        }
        // Where a pattern is none, nobody knows which members are not spoken of.
        let mut known = true;
        for (pattern, property) in node.named_children("patternProperties") {
            if keyword::is_checkable(pattern, &property.at, self.cx.report) {
                let own = self.rules(&property);
                rules.push(Rule::PatternProperty(pattern.to_owned(), own));
                patterns.push(pattern.to_owned());
            } else {
                known = false;
            }
        }
        if let Some(others) = node.child("additionalProperties").filter(|_| known) {
            let own = self.rules(&others);
            rules.push(Rule::AdditionalProperty(names, patterns, own));
        }
        rules
    }
}

/// The media type in which a body is sent, if it is written from a value.
fn sent_in(declared: &Declared) -> Option<String> {
    match declared.kind {
        Kind::Json => {
            let own = own_media_type(declared.name);
            Some(own.unwrap_or_else(|| "application/json".to_owned()))
        }
        Kind::Form => Some("application/x-www-form-urlencoded".to_owned()),
        Kind::Multipart => Some("multipart/form-data".to_owned()),
        Kind::Lines | Kind::Text | Kind::Bytes | Kind::Events => None,
    }
}
