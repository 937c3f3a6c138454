//! What the alternatives of `oneOf` and `anyOf` are known by, so that a value is held against those
//! that it can be.
//!
//! Whatever is said here has to hold for each value of an alternative: a value that is none of them
//! is not checked, and one that is taken for another could be refused.

use super::Finder;
use crate::ir::{Alternative, Kind, Rule};
use crate::lower::compose::{common, gather};
use crate::lower::discriminator::{constants, declared, declared_tags};
use crate::lower::enums;
use crate::lower::view::Node;
use serde_json::Value;

impl<'d> Finder<'d, '_> {
    /// The rule that the alternatives under a keyword make.
    pub(super) fn alternatives(&mut self, node: &Node<'d>, combiner: &str) -> Option<Rule> {
        let mut branches = node.children(combiner);
        branches.retain(|branch| !branch.only_null());
        if branches.is_empty() {
            return None;
        }
        let member = declared(node);
        let alternatives = branches.iter().map(|branch| {
            let mut alternative = self.known_by(branch);
            if let Some(member) = member {
                let tags = declared_tags(&mut self.cx, node, member, branch);
                let tags = texts(&tags.concat());
                alternative
                    .tags
                    .extend(tags.map(|tags| (member.to_owned(), tags)));
            }
            alternative.rules = self.rules(branch);
            alternative
        });
        Some(Rule::AnyOf(alternatives.collect()))
    }

    /// An alternative without its rules.
    fn known_by(&mut self, branch: &Node<'d>) -> Alternative {
        let mut nodes = Vec::new();
        gather(&mut self.cx, branch, &mut nodes);
        nodes.retain(|node| self.siblings || node.text("$ref").is_none());
        let tags = constants(&mut self.cx, branch).into_iter();
        let tags = tags.filter_map(|(name, values)| Some((name, texts(&values)?)));
        Alternative {
            kinds: kinds(&nodes),
            required: self.required(&nodes),
            tags: tags.collect(),
            values: enums::values(&nodes)
                .and_then(|values| texts(&values))
                .unwrap_or_default(),
            rules: Vec::new(),
        }
    }

    /// The members that are always sent: what is read only is not.
    fn required(&self, nodes: &[Node<'d>]) -> Vec<String> {
        let read_only = |name: &str| {
            let properties = nodes
                .iter()
                .flat_map(|node| node.named_children("properties"));
            let mut same = properties.filter(|(own, _)| *own == name);
            same.any(|(_, property)| {
                let target = property.text("$ref").and_then(|to| self.cx.target(to));
                property.flag("readOnly") || target.is_some_and(|target| target.flag("readOnly"))
            })
        };
        let mut required: Vec<String> = Vec::new();
        for name in nodes.iter().flat_map(Node::required) {
            if !read_only(name) && required.iter().all(|known| known != name) {
                required.push(name.to_owned());
            }
        }
        required
    }
}

/// The kinds that all of the schemas allow; none where they say nothing, or contradict.
fn kinds(nodes: &[Node]) -> Vec<Kind> {
    let declared = nodes.iter().map(Node::kinds);
    let declared = declared.filter(|kinds| !kinds.is_empty());
    let all = declared.reduce(|some, others| common(&some, &others));
    all.unwrap_or_default()
}

/// Values that are all texts; `None` where one is not, or there are none.
fn texts(values: &[Value]) -> Option<Vec<String>> {
    let texts = values.iter().map(|value| value.as_str().map(str::to_owned));
    let texts: Vec<String> = texts.collect::<Option<_>>()?;
    (!texts.is_empty()).then_some(texts)
}
