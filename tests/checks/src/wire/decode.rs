//! Values: whatever the JSON, a type reads it or says where it does not fit; what was read is
//! written, and read again to the same.

use crate::difference::{Difference, differences};
use crate::runtime::{
    Base64, Date, DateTime, Decimal, Map, Secret, Time, Uuid, Value, from_slice, to_vec,
};
use crate::{Check, cases};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

macro_rules! types {
    ($($ty:ty,)*) => {
        &[$(check::<$ty>,)*]
    };
}

/// Every kind of type that is generated, and every one that is written by hand.
const TYPES: &[Check] = types![
    cases::absent_null_value::models::NotePatch,
    cases::all_of::models::Loan,
    cases::big_numbers::models::Star,
    cases::constants::models::Sale,
    cases::constants::models::Grid,
    cases::discriminators::models::Pet,
    cases::discriminators::models::Item,
    cases::discriminators::models::Packet,
    cases::discriminators::models::Outer,
    cases::formats::models::Entry,
    cases::further_members::models::Lead,
    cases::further_members::models::Rest,
    cases::further_members::models::Strict,
    cases::inheritance::models::Animal,
    cases::inheritance::models::Tool,
    cases::inheritance::models::Stall,
    cases::maps::models::Shelf,
    cases::maps::models::Counts,
    cases::mixed_enums::models::Seat,
    cases::nullable_enums::models::Crossing,
    cases::number_enums::models::Gear,
    cases::number_enums::models::Lamp,
    cases::number_enums::models::Car,
    cases::one_type::models::Nested,
    cases::one_type::models::Maybe,
    cases::recursion::models::Expression,
    cases::recursion::models::House,
    cases::tuples::models::Tree,
    cases::tuples::models::Leg,
    cases::unions::models::Boat,
    cases::unions::models::Machine,
    cases::unions::models::Depth,
    cases::unions::models::Heading,
    cases::unions::models::Port,
    Map<Vec<Option<Decimal>>>,
    Vec<Uuid>,
    Vec<DateTime>,
    Vec<Date>,
    Vec<Time>,
    Vec<Base64>,
    Vec<Secret>,
];

/// Reads JSON through a type: the first byte chooses which.
///
/// # Panics
/// What was read cannot be written, does not come back, or has something that was not there.
pub fn decode(data: &[u8]) {
    if let Some((choice, json)) = data.split_first()
        && let Some(check) = TYPES.get(usize::from(*choice) % TYPES.len())
    {
        check(json);
    }
}

fn check<T: DeserializeOwned + Serialize + Debug>(json: &[u8]) {
    let read: T = match from_slice(json) {
        Ok(read) => read,
        Err(fault) => {
            assert!(fault.path.starts_with('$'), "{fault:?}");
            return;
        }
    };
    let written = to_vec(&read).expect("what was read can be written");
    let text = || {
        format!(
            "{}\n{}\n{read:?}",
            String::from_utf8_lossy(json),
            String::from_utf8_lossy(&written)
        )
    };
    let again: T = from_slice(&written).unwrap_or_else(|fault| panic!("{fault:?}: {}", text()));
    let rewritten = to_vec(&again).expect("what was read can be written");
    let got: Value = from_slice(&written).expect("what was written is JSON");
    let rewritten: Value = from_slice(&rewritten).expect("what was written is JSON");
    assert_eq!(got, rewritten, "{}", text());
    let Ok(given) = from_slice::<Value>(json) else {
        return;
    };
    let more: Vec<Difference> = differences(&given, &got)
        .into_iter()
        .filter(|difference| !is_allowed(difference, &given, &got))
        .collect();
    assert!(more.is_empty(), "{more:?}: {}", text());
}

/// A member may be gone: nobody declares it, or it was `null`. A union writes the tag of what was read
/// without one. A decimal may be written in quotes.
fn is_allowed(difference: &Difference, given: &Value, got: &Value) -> bool {
    match difference {
        Difference::Gone(_) => true,
        Difference::Added(at) => got
            .pointer(at)
            .is_some_and(|tag| !tag.is_array() && !tag.is_object()),
        Difference::Changed(at) => {
            let (given, got) = (given.pointer(at), got.pointer(at));
            let (Some(Value::String(given)), Some(Value::Number(got))) = (given, got) else {
                return false;
            };
            given
                .parse::<Decimal>()
                .is_ok_and(|given| given.as_str() == got.to_string())
                || given.parse::<f64>().ok() == got.as_f64()
        }
    }
}
