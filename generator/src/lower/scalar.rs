//! Numbers and text: by format and bounds.

use super::media::essence;
use super::view::Node;
use crate::ir::{Format, Integer, Type};
use serde_json::Value;

/// The type of whole numbers: as the format says, else wide enough for the bounds.
pub fn integer(nodes: &[Node]) -> Type {
    of_format(format(nodes)).unwrap_or_else(|| by_bounds(nodes))
}

/// The type of numbers.
pub fn number(nodes: &[Node]) -> Type {
    match format(nodes) {
        "decimal" | "bigdecimal" | "big-decimal" => Type::Decimal,
        format => of_format(format).unwrap_or(Type::Number),
    }
}

/// The type of text.
pub fn text(nodes: &[Node]) -> Type {
    if nodes.iter().any(is_file) {
        return Type::File;
    }
    let encoding = nodes.iter().find_map(|node| node.text("contentEncoding"));
    match (format(nodes), encoding) {
        ("uuid", _) => Type::Format(Format::Uuid),
        ("date-time", _) => Type::Format(Format::DateTime),
        ("date", _) => Type::Format(Format::Date),
        ("time", _) => Type::Format(Format::Time),
        ("password", _) => Type::Format(Format::Secret),
        ("byte" | "base64" | "base64url", _) | (_, Some("base64" | "base64url")) => {
            Type::Format(Format::Base64)
        }
        _ => Type::Text,
    }
}

fn format<'d>(nodes: &[Node<'d>]) -> &'d str {
    nodes
        .iter()
        .find_map(|node| node.text("format"))
        .unwrap_or_default()
}

fn of_format(format: &str) -> Option<Type> {
    let integer = match format {
        "int32" | "int16" | "int8" => Integer::I32,
        "uint32" | "uint16" | "uint8" => Integer::U32,
        "uint64" | "uint" => Integer::U64,
        "int64" | "long" | "unix-time" => Integer::I64,
        "int128" | "uint128" | "int256" | "uint256" => return Some(Type::Decimal),
        _ => return None,
    };
    Some(Type::Integer(integer))
}

const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

/// Beyond `i64` what is never negative fits `u64`, and nothing else fits but all digits.
fn by_bounds(nodes: &[Node]) -> Type {
    let bounds = |keywords: [&str; 2]| -> Vec<f64> {
        let found = nodes
            .iter()
            .flat_map(|node| keywords.map(|keyword| node.get(keyword)));
        found.flatten().filter_map(Value::as_f64).collect()
    };
    let exact = |fits: fn(&Value) -> bool| {
        let keywords = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
        let mut found = nodes
            .iter()
            .flat_map(|node| keywords.map(|keyword| node.get(keyword)));
        found.all(|bound| {
            bound.is_none_or(|bound| bound.as_f64().is_none_or(|n| n.abs() < 9.2e18) || fits(bound))
        })
    };
    let lowest = bounds(["minimum", "exclusiveMinimum"])
        .into_iter()
        .reduce(f64::max);
    if shown(nodes).any(is_beyond_i64) {
        let natural = lowest.is_some_and(|lowest| lowest >= 0.0) && shown(nodes).all(Value::is_u64);
        return match natural && exact(|bound| bound.is_u64()) {
            true => Type::Integer(Integer::U64),
            false => Type::Decimal,
        };
    }
    // As a float the greatest `i64` is one more.
    if exact(|bound| bound.is_i64() || (bound.is_f64() && bound.as_f64() == Some(TWO_TO_63))) {
        Type::Integer(Integer::I64)
    } else if lowest.is_none_or(|lowest| lowest >= 0.0) && exact(|bound| bound.is_u64()) {
        Type::Integer(Integer::U64)
    } else {
        Type::Decimal
    }
}

/// The values that a schema shows.
fn shown<'n>(nodes: &'n [Node]) -> impl Iterator<Item = &'n Value> {
    nodes.iter().flat_map(|node| {
        let listed = node.get("examples").and_then(Value::as_array);
        let single = ["default", "example"].map(|keyword| node.get(keyword));
        single
            .into_iter()
            .flatten()
            .chain(listed.into_iter().flatten())
    })
}

fn is_beyond_i64(value: &Value) -> bool {
    !value.is_i64()
        && value
            .as_f64()
            .is_some_and(|number| number.abs() >= TWO_TO_63)
}

/// Whether a schema speaks of bytes rather than of text.
pub fn is_file(node: &Node) -> bool {
    let of_media = node.text("contentMediaType").is_some_and(is_binary);
    node.text("type") == Some("file")
        || node.text("format") == Some("binary")
        || (of_media && node.get("contentEncoding").is_none() && node.text("format").is_none())
}

/// Whether a media type is none of text.
fn is_binary(media_type: &str) -> bool {
    let essence = essence(media_type);
    let subtype = essence.rsplit(['/', '+']).next().unwrap_or_default();
    let textual = [
        "json",
        "xml",
        "yaml",
        "javascript",
        "sql",
        "graphql",
        "x-www-form-urlencoded",
    ];
    !essence.starts_with("text/") && !textual.contains(&subtype)
}
