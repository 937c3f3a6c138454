//! Where two JSON values differ: numbers are equal by value (`1` is `1.0`), and the order of members
//! does not count.

use serde_json::{Number, Value};
use std::fmt;

/// One difference, at a pointer into the value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// A member or an element is not there any more.
    Gone(String),
    /// One has come.
    Added(String),
    /// A value is another.
    Changed(String),
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gone(at) => write!(f, "gone: {at}"),
            Self::Added(at) => write!(f, "added: {at}"),
            Self::Changed(at) => write!(f, "changed: {at}"),
        }
    }
}

/// All differences, in the order of what was given.
pub fn differences(given: &Value, got: &Value) -> Vec<Difference> {
    let mut found = Vec::new();
    compare(given, got, "", &mut found);
    found
}

fn compare(given: &Value, got: &Value, at: &str, found: &mut Vec<Difference>) {
    match (given, got) {
        (Value::Object(given), Value::Object(got)) => {
            for (key, value) in given {
                let at = format!("{at}/{}", escape(key));
                match got.get(key) {
                    Some(got) => compare(value, got, &at, found),
                    None => found.push(Difference::Gone(at)),
                }
            }
            let added = got.keys().filter(|key| !given.contains_key(*key));
            found.extend(added.map(|key| Difference::Added(format!("{at}/{}", escape(key)))));
        }
        (Value::Array(given), Value::Array(got)) => {
            for (index, (given, got)) in given.iter().zip(got).enumerate() {
                compare(given, got, &format!("{at}/{index}"), found);
            }
            let gone = got.len()..given.len();
            found.extend(gone.map(|index| Difference::Gone(format!("{at}/{index}"))));
            let added = given.len()..got.len();
            found.extend(added.map(|index| Difference::Added(format!("{at}/{index}"))));
        }
        (Value::Number(given), Value::Number(got)) if same_number(given, got) => {}
        (given, got) if given == got => {}
        _ => found.push(Difference::Changed(at.to_owned())),
    }
}

/// A name as a step of a JSON pointer.
pub fn escape(key: &str) -> String {
    key.replace('~', "~0").replace('/', "~1")
}

/// Whether two numbers have one value; whole ones are compared as such.
fn same_number(one: &Number, other: &Number) -> bool {
    match (whole(one), whole(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn whole(number: &Number) -> Option<i128> {
    let signed = number.as_i64().map(i128::from);
    signed.or_else(|| number.as_u64().map(i128::from))
}
