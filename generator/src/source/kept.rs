//! A value that was parsed by one and is wanted by the next: large texts take long to parse.
//!
//! May not matter: a text with such a value and one without are the same, but for the time they take.

use std::sync::{Mutex, PoisonError};

use serde_json::Value;

use crate::limits::Limits;

/// A place for such a value. A copy of it is empty.
#[derive(Debug, Default)]
pub(super) struct Kept(Mutex<Option<(Limits, Value)>>);

impl Kept {
    /// Takes it out, if it is there and was parsed within the same limits.
    pub(super) fn take(&self, limits: &Limits) -> Option<Value> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        kept.filter(|(within, _)| within == limits)
            .map(|(_, value)| value)
    }

    /// Puts it in.
    pub(super) fn put(&self, limits: Limits, value: Value) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((limits, value));
    }
}

impl Clone for Kept {
    fn clone(&self) -> Self {
        Kept::default()
    }
}

impl PartialEq for Kept {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Kept {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    #[test]
    fn is_taken_once_and_makes_no_difference() {
        let (limits, other) = (
            Limits::default(),
            Limits {
                depth: 7,
                ..Limits::default()
            },
        );
        let source = Source::new("a.yaml", "a: 1");
        let look = || source.look(&limits, |value| value["a"].as_i64());
        assert_eq!(look(), Ok(Some(1)));
        assert_eq!(source, source.clone());
        assert!(source.clone().kept.take(&limits).is_none());
        assert_eq!(source.parse(), source.parse());
        assert!(source.kept.take(&limits).is_none());
        assert_eq!(look(), Ok(Some(1)));
        assert!(source.kept.take(&other).is_none());
        let empty = Source::new("b.yaml", "");
        assert!(empty.look(&limits, Value::is_null).is_err());
    }
}
