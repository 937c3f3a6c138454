//! Lists and objects outside the body, written by the styles that OpenAPI knows.
//!
//! A value goes through JSON, so that one function serves every type; scalars on the common ways
//! (`path`, `query`, `header`) do not come here.

use serde::Serialize;
use serde_json::Value;

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
    /// `name[member]=value`
    Deep,
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
        let Some(json) = self.take_json(name, value) else {
            return self;
        };
        let value = serde_json::from_slice(&json).unwrap_or(Value::Null);
        let encode = match spot {
            Spot::Header => str::to_owned,
            Spot::Path | Spot::Query | Spot::Cookie => escape::encode,
        };
        let parts = parts(&value, encode);
        match spot {
            Spot::Path => self.fill_path_with(name, &path(name, style, explode, &parts)),
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

fn parts(value: &Value, encode: fn(&str) -> String) -> Parts {
    match value {
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
        Parts::List(values) if values.is_empty() => Vec::new(),
        Parts::Members(members) if members.is_empty() => Vec::new(),
        Parts::List(values) if explode => values
            .iter()
            .map(|value| (encoded.clone(), value.clone()))
            .collect(),
        Parts::Members(members) if explode => members.clone(),
        parts => vec![(encoded, plain(false, parts, delimiter))],
    }
}

/// `name[member]=value`, at any depth; the values of a list share a name.
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
            for value in values {
                deep(name, value, pairs);
            }
        }
        Value::String(text) => pairs.push((name.to_owned(), escape::encode(text))),
        scalar => pairs.push((name.to_owned(), escape::encode(&scalar.to_string()))),
    }
}
