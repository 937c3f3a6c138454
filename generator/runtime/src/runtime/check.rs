//! Where values are looked at when a call is given them, in a client that was generated to check what
//! it sends. What it looks for is not known here.

use std::fmt::{self, Display};

use super::request::Request;
use super::style::Spot;

/// What looks at values when a call is given them, in a client that was generated to check them.
pub trait Check: Sync {
    /// All that is wrong with a value, each with its place. The value comes as JSON.
    fn check(&self, place: Place<'_>, json: &[u8]) -> Vec<String>;
}

/// What a value of a call is.
#[derive(Clone, Copy, Debug)]
pub enum Place<'n> {
    /// A parameter of this name.
    Parameter(Spot, &'n str),
    /// The body, sent in this media type.
    Body(&'n str),
}

impl Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (spot, name) = match self {
            Place::Parameter(Spot::Path, name) => ("path parameter", name),
            Place::Parameter(Spot::Query, name) => ("query parameter", name),
            Place::Parameter(Spot::Header, name) => ("header", name),
            Place::Parameter(Spot::Cookie, name) => ("cookie", name),
            Place::Body(_) => return f.write_str("the body"),
        };
        write!(f, "{spot} `{name}`")
    }
}

impl Request {
    /// Looks at all values that it is given from now on.
    pub fn checked(mut self, check: &'static dyn Check) -> Self {
        self.check = Some(check);
        self
    }

    /// Looks at no value, and forgets what was said of those it has.
    pub fn unchecked(mut self) -> Self {
        self.check = None;
        self.refused.clear();
        self
    }

    pub(super) fn look_at(
        &mut self,
        place: Place,
        json: impl FnOnce() -> serde_json::Result<Vec<u8>>,
    ) {
        if let Some(check) = self.check
            && let Ok(json) = json()
        {
            let faults = check.check(place, &json);
            self.refused.insert(place.to_string(), faults);
        }
    }
}
