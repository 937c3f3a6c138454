//! The regular expressions of a document, each compiled once: one is asked for each member that has it.
//!
//! May not judge an expression. What this library does not read, or what takes too much to compile, is
//! believed to fit: it may be an expression elsewhere.

use regex::{Regex, RegexBuilder};
use std::cell::RefCell;
use std::collections::HashMap;

/// The most bytes that one may take: texts of a length in the hundreds, by any class of characters.
const LARGEST: usize = 1024 * 1024;

/// How many are kept; what a document has beyond that is compiled when it is asked again.
const MOST_KEPT: usize = 100;

/// Those that were asked for, by their texts.
#[derive(Default)]
pub struct Patterns(RefCell<HashMap<String, Option<Regex>>>);

impl Patterns {
    /// Whether a text fits an expression.
    pub fn fits(&self, pattern: &str, text: &str) -> bool {
        let mut kept = self.0.borrow_mut();
        if !kept.contains_key(pattern) {
            if kept.len() >= MOST_KEPT {
                kept.clear();
            }
            let compiled = RegexBuilder::new(pattern).size_limit(LARGEST).build();
            kept.insert(pattern.to_owned(), compiled.ok());
        }
        let compiled = kept.get(pattern).and_then(Option::as_ref);
        compiled.is_none_or(|regex| regex.is_match(text))
    }
}
