//! What is known of all schemas of a document before one of them is lowered.
//!
//! May not depend on what the document is lowered for.

use super::{inherit, reach};
use crate::read::Document;
use crate::source::Pointer;
use std::collections::HashSet;

/// What passes that go by schemas have in common.
pub struct Facts {
    /// The places whose schemas differ between the sides of the wire.
    pub two_sided: HashSet<Pointer>,
    /// The places of operations to which several paths refer.
    pub shared_operations: HashSet<Pointer>,
    /// Who extends what has a discriminator.
    pub heirs: inherit::Heirs,
}

impl Facts {
    /// Those of a document.
    pub fn of(document: &Document) -> Self {
        let heirs = inherit::heirs(document);
        let mut seen = HashSet::new();
        let places = document.operations.iter().map(|operation| &operation.at);
        let shared = places.filter(|at| !seen.insert(*at)).cloned();
        Facts {
            shared_operations: shared.collect(),
            two_sided: reach::two_sided(document, &heirs),
            heirs,
        }
    }
}
