//! In the place of `web`, where the library is built without an HTTP client: no address is read.

use crate::limits::Limits;
use crate::source::{Absent, Source};

/// A connection that there never is.
pub(super) struct Web;

impl Web {
    pub(super) fn new(_: &Limits, _: Option<String>) -> Self {
        Web
    }

    pub(super) fn get(&mut self, _: &str) -> Result<Source, Absent> {
        Err(Absent {
            code: "unreadable-address",
            refused: false,
            reason: "restwright is built without its feature `web`".to_owned(),
            help: "save the text beside the document and refer to the file".to_owned(),
        })
    }
}
