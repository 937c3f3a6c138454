//! In the place of `web`, where the library is built without an HTTP client: no address is read.

use crate::source::{Absent, Source};

/// A connection that there never is.
pub(super) enum Web {}

impl Web {
    pub(super) fn new() -> Result<Self, Absent> {
        Err(Absent {
            code: "unreadable-address",
            refused: false,
            reason: "restwright is built without its feature `web`".to_owned(),
            help: "save the text beside the document and refer to the file".to_owned(),
        })
    }

    pub(super) fn get(&mut self, _: &str) -> Result<Source, Absent> {
        match *self {}
    }
}
