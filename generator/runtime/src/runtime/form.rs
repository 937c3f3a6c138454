//! `application/x-www-form-urlencoded`: how an object becomes a form.

use serde::Serialize;
use serde_json::Value;

use super::check::Place;
use super::escape;
use super::fill::Fill;
use super::request::{Members, Request};
use super::style::{self, Style};

const FORM: &str = "application/x-www-form-urlencoded";

/// How a member of a form is written where the document says so. Otherwise a scalar is
/// `name=value`, the values of a list share its name, and what is nested is [`Deep`](Self::Deep).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// `name=a,b`
    Comma,
    /// `name=a%20b`
    Space,
    /// `name=a%7Cb`
    Pipe,
    /// `member=value`: an object's members stand for themselves.
    Members,
    /// `name[member]=value`, `name[0]=value`
    Deep,
    /// `name={"a":1}`
    Json,
}

impl Request {
    /// Sends an object's members as a form; `null` is left out. `styles` says how members are
    /// written, by their names.
    pub fn form<T: Serialize>(
        mut self,
        styles: &[(&'static str, FormStyle)],
        body: impl Fill<T>,
    ) -> Self {
        let Some(json) = self.take_json(Place::Body(FORM), body) else {
            return self;
        };
        let members: Members = match serde_json::from_slice(&json) {
            Ok(members) => members,
            Err(error) => {
                let fault = format!("the body is no object, as a form needs it: {error}");
                self.faults.push(fault);
                return self;
            }
        };
        let pairs = members.iter().flat_map(|(name, value)| {
            let style = styles.iter().find(|(member, _)| member == name);
            pairs(name, style.map(|(_, style)| *style), value)
        });
        let pairs: Vec<String> = pairs
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        self.text(FORM, pairs.join("&"))
    }
}

/// What is written of a member, encoded.
pub(super) fn pairs(name: &str, style: Option<FormStyle>, value: &Value) -> Vec<(String, String)> {
    match style {
        _ if value.is_null() => Vec::new(),
        Some(FormStyle::Comma) => style::pairs_of(name, Style::Form, false, value),
        Some(FormStyle::Space) => style::pairs_of(name, Style::Space, false, value),
        Some(FormStyle::Pipe) => style::pairs_of(name, Style::Pipe, false, value),
        Some(FormStyle::Members) => style::pairs_of(name, Style::Form, true, value),
        Some(FormStyle::Json) => {
            let pair = (escape::encode(name), escape::encode(&value.to_string()));
            vec![pair]
        }
        None if !is_nested(value) => style::pairs_of(name, Style::Form, true, value),
        Some(FormStyle::Deep) | None => style::pairs_of(name, Style::Deep, true, value),
    }
}

/// Whether it is more than a scalar or a list of scalars.
fn is_nested(value: &Value) -> bool {
    match value {
        Value::Object(_) => true,
        Value::Array(values) => values
            .iter()
            .any(|value| matches!(value, Value::Array(_) | Value::Object(_))),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
