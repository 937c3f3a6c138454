//! What is known of the schemas while values are held against them, and how much has been tried.
//!
//! May not look at a value.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use crate::lower::patterns::Patterns;
use crate::lower::view::Node;
use crate::read::Document;
use crate::source::Pointer;

/// What is the same for all values.
pub struct Context<'d> {
    pub document: &'d Document,
    /// Whether what stands beside a `$ref` counts: from OpenAPI 3.1 on.
    pub(super) siblings: bool,
    pub(super) patterns: Patterns,
    /// The schemas that hold wherever one does.
    together: RefCell<BTreeMap<Pointer, Rc<[Node<'d>]>>>,
    pub(super) steps: Cell<usize>,
    pub(super) choices: Cell<usize>,
    pub(super) levels: Cell<usize>,
}

impl<'d> Context<'d> {
    pub fn new(document: &'d Document) -> Self {
        Context {
            document,
            siblings: document.has_json_schema(),
            patterns: Patterns::default(),
            together: RefCell::default(),
            steps: Cell::new(0),
            choices: Cell::new(0),
            levels: Cell::new(0),
        }
    }

    /// A schema, what it refers to, and what it is composed of by `allOf`, each once.
    pub(super) fn parts(&self, node: &Node<'d>) -> Rc<[Node<'d>]> {
        if let Some(known) = self.together.borrow().get(&node.at) {
            return known.clone();
        }
        let mut parts = Vec::new();
        let mut open = vec![node.clone()];
        while let Some(node) = open.pop() {
            if parts.iter().any(|known: &Node<'d>| known.at == node.at) {
                continue;
            }
            let target = self.target(&node);
            let alone = target.is_some() && !self.siblings;
            let all = node.children("allOf").into_iter().rev();
            open.extend(all.filter(|_| !alone));
            open.extend(target);
            if !alone {
                parts.push(node);
            }
        }
        let parts: Rc<[Node<'d>]> = parts.into();
        let mut together = self.together.borrow_mut();
        together.insert(node.at.clone(), parts.clone());
        parts
    }

    /// What a schema refers to.
    pub(super) fn target(&self, node: &Node<'d>) -> Option<Node<'d>> {
        let at = self.document.resolve(node.text("$ref")?)?;
        Some(Node::new(self.document.get(&at)?, at))
    }
}
