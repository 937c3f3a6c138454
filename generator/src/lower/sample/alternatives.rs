//! Which of several forms a sample has.

use super::{Sampler, Wish};
use crate::lower::compose;
use crate::lower::default;
use crate::lower::discriminator::{declared, mapped};
use crate::lower::inherit;
use crate::lower::place;
use crate::lower::view::{Kind, Node};
use serde_json::Value;

impl<'d> Sampler<'_, 'd, '_> {
    /// A value of the first alternative that has one, if there are alternatives; of several the one
    /// that a hint fits.
    pub(super) fn alternative(
        &mut self,
        nodes: &[Node<'d>],
        wish: &Wish<'d>,
    ) -> Option<Option<Value>> {
        let (index, combiner) = nodes.iter().enumerate().find_map(|(index, node)| {
            let combiner = ["oneOf", "anyOf"]
                .into_iter()
                .find(|combiner| !node.children(combiner).is_empty())?;
            Some((index, combiner))
        })?;
        let node = &nodes[index];
        let mut base = nodes.to_vec();
        base[index] = node.clone().without(combiner);
        let mut branches = node.children(combiner);
        branches.retain(|branch| !branch.only_null());
        if branches.is_empty() {
            return Some(Some(Value::Null));
        }
        let document = self.cx.document;
        let hinted = |branch: &Node<'d>| {
            wish.hints
                .iter()
                .any(|hint| default::fit(document, branch, hint, 0))
        };
        let lists = branches.iter().any(|branch| branch.has(&["enum"]));
        let any_text = |branch: &Node| branch.kinds() == [Kind::String] && !branch.has(&["enum"]);
        // What contains itself is left for where there is nothing else, and any text for where no texts
        // are listed.
        branches.sort_by_key(|branch| match hinted(branch) {
            true => 0,
            false if self.open.contains(&self.target(branch)) => 3,
            false if lists && any_text(branch) => 2,
            false => 1,
        });
        let possible = branches.iter().find_map(|branch| {
            if compose::contradicts(self.cx, &base, branch) {
                return None;
            }
            let mut own = Vec::new();
            compose::gather(self.cx, branch, &mut own);
            own.retain(|node| base.iter().all(|known| known.at != node.at));
            let mut wish = wish.clone();
            wish.forced.extend(self.tag(node, branch));
            if combiner == "oneOf" {
                wish.unwanted.extend(required_by_others(branch, &branches));
            }
            self.of_all([base.clone(), own].concat(), wish)
        });
        Some(possible)
    }

    /// The discriminator's value for an alternative, where the mapping or the alternative's name says it.
    fn tag(&mut self, node: &Node<'d>, branch: &Node<'d>) -> Option<(String, Value)> {
        let member = declared(node)?;
        let target = self.cx.document.resolve(branch.text("$ref")?)?;
        let name = mapped(self.cx, node, &target).into_iter().next();
        let known = |node: &Node| {
            node.named_children("properties")
                .into_iter()
                .any(|(name, own)| name == member && own.has(&["const", "enum"]))
        };
        // A name that is no more than that is not held against what the alternative says itself.
        let own = self
            .cx
            .document
            .get(&target)
            .map(|value| Node::new(value, target.clone()));
        let name = match name {
            Some(name) => name,
            None if own.is_some_and(|own| known(&own)) => return None,
            None => place::key(self.cx.document, &target)?,
        };
        Some((member.to_owned(), Value::String(name)))
    }

    /// What extends a schema that stands for all that extends it, and the discriminator's value for it.
    pub(super) fn heir(&mut self, node: &Node<'d>) -> Option<(Node<'d>, Option<(String, Value)>)> {
        let heirs = &self.cx.facts.heirs;
        if heirs.is_empty() {
            return None;
        }
        let at = node
            .text("$ref")
            .map_or(Some(node.at.clone()), |to| self.cx.document.resolve(to))?;
        let heirs = heirs.get(&at)?;
        let base = Node::new(self.cx.document.get(&at)?, at.clone());
        let member = declared(&base)?;
        let listed = inherit::listed(self.cx, &base, member);
        heirs.iter().find_map(|heir| {
            let node = Node::new(self.cx.document.get(heir)?, heir.clone());
            let tags = inherit::tags(self.cx, &base, heir, &listed);
            let tag = tags.into_iter().next()?;
            Some((node, Some((member.to_owned(), tag))))
        })
    }
}

/// The members that the other alternatives ask for which only ask for members.
fn required_by_others(branch: &Node, branches: &[Node]) -> Vec<String> {
    let own: Vec<&str> = branch.required().collect();
    let others = branches
        .iter()
        .filter(|other| other.at != branch.at && other.only_requires());
    let names = others.flat_map(|other| other.required());
    names
        .filter(|name| !own.contains(name))
        .map(str::to_owned)
        .collect()
}
