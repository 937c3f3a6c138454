//! Alternatives that extend what they are alternatives of: a `Pet` is a `Cat` or a `Dog`, and a `Cat` is all that
//! a `Pet` is. What a `Cat` takes from `Pet` is not that it may be a `Dog`.
//!
//! May not decide a shape.

use super::compose;
use super::schema::Cx;
use super::view::Node;
use crate::source::Pointer;
use std::collections::BTreeSet;
use std::rc::Rc;

/// So many places are looked at for the alternatives of a schema.
const MOST: usize = 10_000;

/// A schema without those of its alternatives of which one is what is composed: the places on the way to it.
pub fn without_own<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, way: &[Pointer]) -> Node<'d> {
    let mut node = node.clone();
    for combiner in ["oneOf", "anyOf"] {
        if way.is_empty() || !node.has(&[combiner]) {
            continue;
        }
        let forms = of(cx, &node, combiner);
        if way.iter().any(|at| forms.contains(at)) {
            node = node.without(combiner);
        }
    }
    node
}

/// The places of all that a schema may be: its alternatives, what these refer to, and their alternatives.
fn of<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, combiner: &'static str) -> Rc<BTreeSet<Pointer>> {
    let key = (node.at.clone(), combiner);
    if let Some(known) = cx.forms.get(&key) {
        return known.clone();
    }
    let mut forms = BTreeSet::new();
    let mut open = node.children(combiner);
    while let Some(form) = open.pop() {
        if form.at == node.at || forms.len() > MOST || !forms.insert(form.at.clone()) {
            continue;
        }
        open.extend(form.text("$ref").and_then(|to| cx.target(to)));
        open.extend(compose::wrapped(&form));
        open.extend(form.children("oneOf"));
        open.extend(form.children("anyOf"));
    }
    let forms = Rc::new(forms);
    cx.forms.insert(key, forms.clone());
    forms
}
