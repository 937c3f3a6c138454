//! Single values of a JSON text, found by JSON pointer (RFC 6901) without reading the rest.

use std::collections::HashMap;

use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::without_bom;

/// The value at a pointer. For example `/meta/next`; the empty pointer is the whole.
pub(super) fn at<'a>(json: &'a [u8], pointer: &str) -> Option<&'a RawValue> {
    let mut here: &RawValue = serde_json::from_slice(without_bom(json)).ok()?;
    for step in pointer.split('/').skip(1) {
        let name = step.replace("~1", "/").replace("~0", "~");
        let members: HashMap<String, &RawValue> = serde_json::from_str(here.get()).ok()?;
        here = members.get(&name)?;
    }
    Some(here)
}

/// A text that is not empty, or a number.
pub(super) fn scalar(json: &RawValue) -> Option<Value> {
    let value: Value = serde_json::from_str(json.get()).ok()?;
    match &value {
        Value::String(text) if text.is_empty() => None,
        Value::String(_) | Value::Number(_) => Some(value),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

/// `true` or `false`.
pub(super) fn flag(json: &RawValue) -> Option<bool> {
    serde_json::from_str(json.get()).ok()
}

/// A whole number, or a text of one.
pub(super) fn number(json: &RawValue) -> Option<i64> {
    match scalar(json)? {
        Value::Number(number) => number.as_i64(),
        Value::String(text) => text.parse().ok(),
        _ => None,
    }
}
