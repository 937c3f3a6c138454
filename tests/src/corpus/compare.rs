//! How what was read and written differs from what was given.
//!
//! Two values are the same if they are equal as JSON, where numbers are equal by value (`1` is `1.0`)
//! and the order of members does not count. Besides, these differences are none:
//!
//! - a member is gone that no schema which holds for the value names: a struct keeps what is
//!   declared, and the rest where `additionalProperties` is;
//! - a member that was `null` is gone, and the value is as valid without it: where a member may be
//!   left out, an answer's type does not tell the two apart;
//! - a member is gone that is `readOnly` or `writeOnly`, and the schema has one type, that of the
//!   other side of the wire. Where it has two, one of them has to keep the member.

use super::schemas::Members;
use serde_json::Value;
use std::collections::BTreeSet;

pub use restwright_checks::difference::{Difference, differences, escape};

/// The differences that count, given what the schemas say of the value's members and whether it is
/// valid without some of them. `two_forms` says that another type has what this one lacks.
pub fn that_count(
    found: Vec<Difference>,
    given: &Value,
    members: &Members,
    two_forms: bool,
    is_valid: impl Fn(&Value) -> bool,
) -> Vec<Difference> {
    let null = |at: &str| given.pointer(at) == Some(&Value::Null);
    let is_null = |difference: &Difference| matches!(difference, Difference::Gone(at) if null(at));
    let nulls: BTreeSet<&str> = found
        .iter()
        .filter(|difference| is_null(difference))
        .map(|difference| match difference {
            Difference::Gone(at) | Difference::Added(at) | Difference::Changed(at) => at.as_str(),
        })
        .collect();
    let without_nulls_valid = !nulls.is_empty() && is_valid(&without(given, "", &nulls));
    let counts = |difference: &Difference| match difference {
        Difference::Gone(at) => {
            let undeclared = !members.declared.contains(at);
            let other_side = !two_forms && members.one_sided.contains(at);
            !(undeclared || other_side || (null(at) && without_nulls_valid))
        }
        Difference::Added(_) | Difference::Changed(_) => true,
    };
    let counting: Vec<Difference> = found
        .iter()
        .filter(|found| counts(found))
        .cloned()
        .collect();
    counting
}

/// A value without the members at these pointers.
fn without(value: &Value, at: &str, members: &BTreeSet<&str>) -> Value {
    match value {
        Value::Object(object) => {
            let kept = object.iter().filter_map(|(key, value)| {
                let at = format!("{at}/{}", escape(key));
                let kept = !members.contains(at.as_str());
                kept.then(|| (key.clone(), without(value, &at, members)))
            });
            Value::Object(kept.collect())
        }
        Value::Array(elements) => {
            let elements = elements.iter().enumerate();
            elements
                .map(|(index, element)| without(element, &format!("{at}/{index}"), members))
                .collect()
        }
        scalar => scalar.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn texts(found: &[Difference]) -> Vec<String> {
        found.iter().map(Difference::to_string).collect()
    }

    #[test]
    fn finds_what_differs() {
        let given =
            json!({"a": 1, "b": [1, {"c/d": null}], "e": "x", "f": 9_007_199_254_740_993_i64});
        let got =
            json!({"e": "y", "b": [1.0, {}, 3], "a": 1.0, "f": 9_007_199_254_740_992_i64, "g": 0});
        let wanted = [
            "gone: /b/1/c~1d",
            "added: /b/2",
            "changed: /e",
            "changed: /f",
            "added: /g",
        ];
        assert_eq!(texts(&differences(&given, &got)), wanted);
        assert_eq!(
            texts(&differences(&json!([1, 2]), &json!([1]))),
            ["gone: /1"]
        );
        assert_eq!(texts(&differences(&json!(1), &json!("1"))), ["changed: "]);
        assert_eq!(differences(&json!(1), &json!(1.0)), []);
    }

    #[test]
    fn counts_what_the_schemas_ask_for() {
        let given = json!({"stray": 1, "declared": 1, "id": 1, "none": null});
        let found = differences(&given, &json!({"more": 1}));
        let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let members = Members {
            declared: set(&["/declared", "/id", "/none"]),
            one_sided: set(&["/id"]),
        };
        let counting = |two_forms, valid| {
            texts(&that_count(
                found.clone(),
                &given,
                &members,
                two_forms,
                |_| valid,
            ))
        };
        assert_eq!(counting(false, true), ["gone: /declared", "added: /more"]);
        assert_eq!(
            counting(true, true),
            ["gone: /declared", "gone: /id", "added: /more"]
        );
        assert_eq!(
            counting(false, false),
            ["gone: /declared", "gone: /none", "added: /more"]
        );
        that_count(found.clone(), &given, &members, false, |value| {
            assert_eq!(*value, json!({"stray": 1, "declared": 1, "id": 1}));
            true
        });
    }
}
