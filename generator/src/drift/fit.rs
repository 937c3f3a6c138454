//! Whether a value fits a schema by itself: by its type, as `null`, by its format.
//!
//! May not look at what is in a value.

use super::context::Context;
use super::format;
use crate::lower::view::Node;
use serde_json::Value;

/// Schemas within schemas that are asked whether they allow `null`.
const MOST_NULLS: usize = 16;
/// Alternatives within alternatives that are asked for their types.
const MOST_DEPTH: usize = 3;

/// Whether a value has the type of a schema, without a look at what is in it.
pub fn fits_type<'d>(cx: &Context<'d>, schema: &Node<'d>, value: &Value, depth: usize) -> bool {
    cx.parts(schema).iter().all(|part| {
        let any = |keyword: &str| {
            let alternatives = part.children(keyword);
            alternatives.is_empty()
                || depth >= MOST_DEPTH
                || alternatives
                    .iter()
                    .any(|one| fits_type(cx, one, value, depth + 1))
        };
        part.has_type(value) && any("oneOf") && any("anyOf")
    })
}

/// Whether `null` is a value of a schema. Many write `nullable` beside what refuses it.
pub fn allows_null<'d>(cx: &Context<'d>, node: &Node<'d>, depth: usize) -> bool {
    if node.flag("nullable") || node.flag("x-nullable") || depth > MOST_NULLS {
        return true;
    }
    let target = cx.target(node);
    let by_target = target
        .as_ref()
        .is_none_or(|it| allows_null(cx, it, depth + 1));
    if target.is_some() && !cx.siblings {
        return by_target;
    }
    by_target && refusing_keywords(cx, node, depth).is_empty()
}

/// The keywords of a schema's own by which `null` is none of its values.
pub fn refusing_keywords<'d>(cx: &Context<'d>, node: &Node<'d>, depth: usize) -> Vec<&'static str> {
    let mut refusing = Vec::new();
    let allows = |one: &Node<'d>| allows_null(cx, one, depth + 1);
    if !node.kinds().is_empty() && !node.nullable() {
        refusing.push("type");
    }
    // Many lists of values lack the null that the type has.
    let lacks = |values: &[Value]| !values.iter().any(Value::is_null);
    if !node.nullable() && node.values().is_some_and(lacks) {
        refusing.push("enum");
    }
    if node.get("const").is_some_and(|only| !only.is_null()) {
        refusing.push("const");
    }
    if !node.children("allOf").iter().all(allows) {
        refusing.push("allOf");
    }
    for keyword in ["oneOf", "anyOf"] {
        let alternatives = node.children(keyword);
        if !alternatives.is_empty() && !alternatives.iter().any(allows) {
            refusing.push(keyword);
        }
    }
    refusing
}

pub fn fits_format(format: &str, value: &Value) -> bool {
    match value {
        Value::String(text) => format::fits(format, text),
        Value::Number(number) => {
            let whole = number.as_i64().map(i128::from);
            let whole = whole.or(number.as_u64().map(i128::from));
            whole.is_none_or(|whole| format::fits_integer(format, whole))
        }
        _ => true,
    }
}
