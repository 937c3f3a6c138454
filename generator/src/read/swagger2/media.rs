//! What an operation takes and gives: `consumes` and `produces`, its own or the document's.
//!
//! May not judge whether a media type makes sense.

use serde_json::Value;

use crate::read::copy::Copy;
use crate::source::Pointer;

/// What is meant when nobody says it.
pub(super) const DEFAULT: &str = "application/json";
/// A form without files.
pub(super) const FORM: &str = "application/x-www-form-urlencoded";
/// A form with files.
pub(super) const MULTIPART: &str = "multipart/form-data";

/// The media types under `consumes` or `produces`; an operation's empty list says that the document's
/// are not meant.
pub(super) fn types(copy: &mut Copy<'_>, operation: &Pointer, field: &str) -> Vec<String> {
    let own = operation.key(field);
    let at = match own.get(copy.root) {
        None | Some(Value::Null) => Pointer::root().key(field),
        Some(_) => own,
    };
    let Some(value) = at.get(copy.root).filter(|value| !value.is_null()) else {
        return Vec::new();
    };
    let texts = copy.texts(value, &at).unwrap_or_default();
    let texts = texts.as_array().into_iter().flatten();
    texts
        .filter_map(|text| Some(text.as_str()?.trim().to_owned()))
        .filter(|text| !text.is_empty())
        .collect()
}
