//! Regular expressions of ECMA-262.
//!
//! The engine takes time that grows with pattern and text, at most with the square of the text; only
//! what is read back within a pattern (`\1`) could take longer, and the generator leaves such
//! patterns out. Texts are bounded, so no pattern can hold a call up.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use corvus_regex_ecma262::{Flags, Regex};

/// A longer text is not held against a pattern.
const MOST_CHARACTERS: usize = 10_000;

/// Every pattern that has been used, compiled; `None` for what is none.
static COMPILED: Mutex<BTreeMap<&'static str, Option<Arc<Regex>>>> = Mutex::new(BTreeMap::new());

/// Whether a pattern is found in a text; also where that is not known.
pub(super) fn matches(pattern: &'static str, text: &str) -> bool {
    if text.chars().nth(MOST_CHARACTERS).is_some() {
        return true;
    }
    let compiled = {
        let mut all = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
        let compiled = all.entry(pattern).or_insert_with(|| compile(pattern));
        compiled.clone()
    };
    compiled.is_none_or(|regex| regex.is_match(text).unwrap_or(true))
}

/// As JSON Schema asks: by code points; where that is no pattern, by the grammar of old.
fn compile(pattern: &str) -> Option<Arc<Regex>> {
    let read = |unicode| {
        let flags = Flags {
            unicode,
            ..Flags::default()
        };
        Regex::with_timeout(pattern, flags, None).ok()
    };
    read(true).or_else(|| read(false)).map(Arc::new)
}
