//! A value that is about to be sent, with all digits of its numbers.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

use super::number::Number;

/// What lies deeper is not looked at.
const MOST_LEVELS: usize = 128;

/// A JSON value.
pub(super) enum Json {
    Null,
    /// What is not looked at: its text.
    Unread(String),
    Boolean(bool),
    Number(Number),
    String(String),
    Array(Vec<Json>),
    Object(BTreeMap<String, Json>),
}

/// Reads a JSON text; `None` where it is none.
pub(super) fn read(json: &[u8]) -> Option<Json> {
    within(serde_json::from_slice(json).ok()?, 0)
}

fn within(json: &RawValue, level: usize) -> Option<Json> {
    let text = json.get();
    Some(match text.bytes().next()? {
        _ if level > MOST_LEVELS => Json::Unread(text.to_owned()),
        b'n' => Json::Null,
        b't' | b'f' => Json::Boolean(text == "true"),
        b'"' => Json::String(serde_json::from_str(text).ok()?),
        b'[' => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).ok()?;
            let elements = elements.into_iter().map(|inner| within(inner, level + 1));
            Json::Array(elements.collect::<Option<_>>()?)
        }
        b'{' => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).ok()?;
            let members = members.into_iter();
            let members = members.map(|(name, inner)| Some((name, within(inner, level + 1)?)));
            Json::Object(members.collect::<Option<_>>()?)
        }
        _ => Number::read(text).map_or_else(|| Json::Unread(text.to_owned()), Json::Number),
    })
}

impl Json {
    /// A text that two values have in common if they are equal: `1` and `1.0` are.
    pub(super) fn identity(&self) -> String {
        match self {
            Json::Null => "null".to_owned(),
            Json::Unread(text) => text.clone(),
            Json::Boolean(flag) => flag.to_string(),
            Json::Number(number) => number.to_string(),
            Json::String(text) => format!("{text:?}"),
            Json::Array(elements) => {
                let elements: Vec<String> = elements.iter().map(Json::identity).collect();
                format!("[{}]", elements.join(","))
            }
            Json::Object(members) => {
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|(name, value)| format!("{name:?}:{}", value.identity()))
                    .collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}
