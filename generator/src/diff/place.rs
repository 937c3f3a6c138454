//! Where changes stand: pointers first, and files and lines once somebody wants to see them.

use super::Changes;
use crate::report::{Located, Report};
use crate::source::Pointer;
use std::collections::BTreeMap;

/// A node of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Which.
    pub pointer: Pointer,
    /// Its place in a text, once that has been looked up.
    pub located: Option<Located>,
}

impl Site {
    pub(super) fn new(pointer: &Pointer) -> Self {
        Site {
            pointer: pointer.clone(),
            located: None,
        }
    }
}

impl Changes {
    /// Looks up files and lines, in the texts that the two reports are on: one walk over each text.
    pub fn locate(&mut self, old: &Report, new: &Report) {
        self.old.file = old.document().to_owned();
        self.new.file = new.document().to_owned();
        let changes = || self.entries.iter().flat_map(|entry| &entry.changes);
        let sites = changes().filter_map(|change| change.old.as_ref());
        let old = old.locate(sites.map(|site| &site.pointer));
        let sites = changes().filter_map(|change| change.new.as_ref());
        let new = new.locate(sites.map(|site| &site.pointer));
        let changes = self.entries.iter_mut().flat_map(|entry| &mut entry.changes);
        for change in changes {
            change.old.iter_mut().for_each(|site| fill(site, &old));
            change.new.iter_mut().for_each(|site| fill(site, &new));
        }
    }
}

fn fill(site: &mut Site, known: &BTreeMap<Pointer, Located>) {
    site.located = known.get(&site.pointer).cloned();
}
