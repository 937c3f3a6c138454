//! Lists and objects outside the body, written by the styles that OpenAPI knows.
//!
//! A value goes through JSON, so that one function serves every type; scalars on the common ways
//! (`path`, `query`, `header`) do not come here.

use serde::Serialize;
use serde_json::Value;

use super::check::Place;
use super::escape;
use super::fill::Fill;
use super::request::Request;

/// Where a parameter goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// In the place of `{name}`.
    Path,
    /// In the query.
    Query,
    /// As a header.
    Header,
    /// As a cookie.
    Cookie,
}

/// How a list or an object is written; `explode` gives each of its parts a place of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    Space,
    /// `name=a%7Cb`
    Pipe,
    /// `name[member]=value`, `name[0]=value`
    Deep,
    /// `name={"a":1}`
    Json,
    /// A text in which reserved characters stand as they are, as far as they keep it one value.
    Reserved,
}

impl Request {
    /// Adds a parameter that is written by a style. Whatever is `null` in it is left out, and so is
    /// an empty list or object.
    pub fn styled<T: Serialize>(
        mut self,
        spot: Spot,
        name: &str,
        style: Style,
        explode: bool,
        value: impl Fill<T>,
    ) -> Self {
        let Some(json) = self.take_json(Place::Parameter(spot, name), value) else {
            return self;
        };
        let value = match style {
            Style::Json => Value::String(String::from_utf8_lossy(&json).into_owned()),
            _ => serde_json::from_slice(&json).unwrap_or(Value::Null),
        };
        let encode = match (spot, style) {
            (Spot::Header, _) => str::to_owned,
            (_, Style::Reserved) => escape::encode_but_reserved,
            (Spot::Path | Spot::Query | Spot::Cookie, _) => escape::encode,
        };
        let parts = parts(&value, encode);
        match spot {
            Spot::Path => self.fill_path(name, &path(name, style, explode, &parts)),
            Spot::Header if parts.is_empty() => {}
            Spot::Header => self.set_header(name, plain(explode, &parts, ",")),
            Spot::Query | Spot::Cookie => {
                let pairs = pairs(name, style, explode, &value, &parts);
                match spot {
                    Spot::Cookie => self.add_cookies(&pairs),
                    _ => self.set_pairs(name, pairs),
                }
            }
        }
        self
    }
}

/// A value's parts, encoded.
enum Parts {
    Scalar(String),
    List(Vec<String>),
    Members(Vec<(String, String)>),
}

impl Parts {
    fn is_empty(&self) -> bool {
        match self {
            Parts::Scalar(_) => false,
            Parts::List(values) => values.is_empty(),
            Parts::Members(members) => members.is_empty(),
        }
    }
}

fn parts(value: &Value, encode: fn(&str) -> String) -> Parts {
    match value {
        Value::Null => Parts::List(Vec::new()),
        Value::Array(values) => Parts::List(
            values
                .iter()
                .filter_map(text)
                .map(|text| encode(&text))
                .collect(),
        ),
        Value::Object(members) => Parts::Members(
            members
                .iter()
                .filter_map(|(name, value)| Some((encode(name), encode(&text(value)?))))
                .collect(),
        ),
        scalar => Parts::Scalar(text(scalar).map(|text| encode(&text)).unwrap_or_default()),
    }
}

/// A value as text; what is within a list or an object is JSON. `null` is none.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// `a,b`, `k,v,k,v` or, exploded, `k=v,k=v`.
fn plain(explode: bool, parts: &Parts, delimiter: &str) -> String {
    match parts {
        Parts::Scalar(text) => text.clone(),
        Parts::List(values) => values.join(delimiter),
        Parts::Members(members) => {
            let between = if explode { "=" } else { delimiter };
            let members = members
                .iter()
                .map(|(name, value)| format!("{name}{between}{value}"));
            members.collect::<Vec<_>>().join(delimiter)
        }
    }
}

fn path(name: &str, style: Style, explode: bool, parts: &Parts) -> String {
    let name = escape::encode(name);
    match (style, parts) {
        _ if parts.is_empty() => String::new(),
        (Style::Matrix, Parts::Scalar(text)) if text.is_empty() => format!(";{name}"),
        (Style::Label, _) => format!(
            ".{}",
            plain(explode, parts, if explode { "." } else { "," })
        ),
        (Style::Matrix, Parts::List(values)) if explode => values
            .iter()
            .map(|value| format!(";{name}={value}"))
            .collect(),
        (Style::Matrix, Parts::Members(members)) if explode => members
            .iter()
            .map(|(name, value)| format!(";{name}={value}"))
            .collect(),
        (Style::Matrix, _) => format!(";{name}={}", plain(false, parts, ",")),
        _ => plain(explode, parts, ","),
    }
}

/// The pairs of a query or a form, encoded.
pub(super) fn pairs_of(
    name: &str,
    style: Style,
    explode: bool,
    value: &Value,
) -> Vec<(String, String)> {
    pairs(name, style, explode, value, &parts(value, escape::encode))
}

fn pairs(
    name: &str,
    style: Style,
    explode: bool,
    value: &Value,
    parts: &Parts,
) -> Vec<(String, String)> {
    let encoded = escape::encode(name);
    if style == Style::Deep {
        let mut pairs = Vec::new();
        deep(&encoded, value, &mut pairs);
        return pairs;
    }
    let delimiter = match style {
        Style::Space => "%20",
        Style::Pipe => "%7C",
        _ => ",",
    };
    match parts {
        parts if parts.is_empty() => Vec::new(),
        Parts::List(values) if explode => values
            .iter()
            .map(|value| (encoded.clone(), value.clone()))
            .collect(),
        Parts::Members(_) if explode => members(value),
        parts => vec![(encoded, plain(false, parts, delimiter))],
    }
}

/// `member=value`; the values of a list share the member's name.
fn members(value: &Value) -> Vec<(String, String)> {
    let members = value.as_object().into_iter().flatten();
    let each = members.flat_map(|(name, value)| {
        let values = value
            .as_array()
            .map_or(std::slice::from_ref(value), Vec::as_slice);
        let texts = values.iter().filter_map(text);
        texts.map(|text| (escape::encode(name), escape::encode(&text)))
    });
    each.collect()
}

/// `name[member]=value`, at any depth; the values of a list are numbered, so that those of one
/// object stay together.
fn deep(name: &str, value: &Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Null => {}
        Value::Object(members) => {
            for (member, value) in members {
                deep(
                    &format!("{name}%5B{}%5D", escape::encode(member)),
                    value,
                    pairs,
                );
            }
        }
        Value::Array(values) => {
            let values = values.iter().filter(|value| !value.is_null());
            for (index, value) in values.enumerate() {
                deep(&format!("{name}%5B{index}%5D"), value, pairs);
            }
        }
        Value::String(text) => pairs.push((name.to_owned(), escape::encode(text))),
        scalar => pairs.push((name.to_owned(), escape::encode(&scalar.to_string()))),
    }
}
