//! Values of JSON by what they are: a number is the same however it is written, and no other however large.
//!
//! May not import other modules of ours.

use serde_json::Value;
use std::borrow::Cow;

/// Whether two values are one; `1` and `1.0` are.
pub fn same(one: &Value, other: &Value) -> bool {
    by_value(one) == by_value(other)
}

/// A number however it is written: `1.0` as `1`. What is no number stays as it is.
pub fn by_value(value: &Value) -> Cow<'_, Value> {
    let float = match value {
        Value::Number(number) if number.is_f64() => number.as_f64(),
        _ => None,
    };
    // Whole floats within 64 bits are those integers exactly.
    match float.filter(|float| float.fract() == 0.0) {
        Some(float) if float.abs() < 9_223_372_036_854_775_808.0 => {
            Cow::Owned((float as i64).into())
        }
        Some(float) if (0.0..18_446_744_073_709_551_616.0).contains(&float) => {
            Cow::Owned((float as u64).into())
        }
        _ => Cow::Borrowed(value),
    }
}

#[cfg(test)]
mod tests {
    use super::same;
    use serde_json::json;

    #[test]
    fn numbers_are_held_against_each_other_by_all_their_digits() {
        for (one, other, are) in [
            (json!(1), json!(1.0), true),
            (json!(-0.0), json!(0), true),
            (json!(1.5), json!(1.5), true),
            (
                json!(9_007_199_254_740_992_i64),
                json!(9_007_199_254_740_993_i64),
                false,
            ),
            (
                json!(9_007_199_254_740_992_i64),
                json!(9_007_199_254_740_992.0),
                true,
            ),
            (json!(u64::MAX), json!(u64::MAX - 1), false),
            (json!(u64::MAX), json!(18_446_744_073_709_551_616.0), false),
            (json!("1"), json!(1), false),
            (json!([1]), json!([1]), true),
        ] {
            assert_eq!(same(&one, &other), are, "{one} {other}");
        }
    }
}
