//! Numbers as JSON has them: decimals of any length, compared and divided exactly.

use std::cmp::Ordering;
use std::fmt;

/// A decimal: its digits, some tens higher or lower.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    negative: bool,
    /// Without zeros at either end; none for zero.
    digits: String,
    exponent: i64,
}

impl Number {
    /// Reads a number of JSON; `None` where it is none, or beyond all exponents.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (negative, text) = match text.strip_prefix('-') {
            Some(text) => (true, text),
            None => (false, text),
        };
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        if all.is_empty() || !all.bytes().all(|digit| digit.is_ascii_digit()) {
            return None;
        }
        let exponent = i64::from(exponent.parse::<i32>().ok()?);
        let end = all.trim_end_matches('0');
        let zeros = i64::try_from(all.len() - end.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        let digits = end.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self {
                negative: false,
                digits,
                exponent: 0,
            });
        }
        Some(Self {
            negative,
            digits,
            exponent: exponent - places + zeros,
        })
    }

    /// Whether it has no fraction.
    pub(super) fn is_whole(&self) -> bool {
        self.exponent >= 0
    }

    /// Which of the two is greater.
    pub(super) fn compare(&self, other: &Self) -> Ordering {
        let sign = |number: &Self| match (number.digits.is_empty(), number.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        };
        let size = |number: &Self| {
            number
                .exponent
                .saturating_add_unsigned(length(&number.digits))
        };
        let signs = sign(self).cmp(&sign(other));
        signs.then_with(|| {
            let sizes = size(self).cmp(&size(other));
            let magnitudes = sizes.then_with(|| self.digits.cmp(&other.digits));
            if self.negative {
                magnitudes.reverse()
            } else {
                magnitudes
            }
        })
    }

    /// Whether it is some whole times another one; also where that is not known, since the other
    /// has more digits than 64 bits hold.
    pub(super) fn is_multiple_of(&self, other: &Self) -> bool {
        let divisor = match other.digits.parse::<u64>() {
            Ok(divisor) if !self.digits.is_empty() => u128::from(divisor),
            _ => return true,
        };
        let Ok(tens) = u64::try_from(self.exponent - other.exponent) else {
            // Its last digit is no zero, and the other is a number of tens.
            return false;
        };
        let rest = self.digits.bytes().fold(0, |rest, digit| {
            (rest * 10 + u128::from(digit - b'0')) % divisor
        });
        // Whatever tens can do to a divisor of 64 bits, 64 of them have done.
        let tens = tens.min(64);
        (0..tens).fold(rest, |rest, _| rest * 10 % divisor) == 0
    }
}

fn length(digits: &str) -> u64 {
    u64::try_from(digits.len()).unwrap_or(u64::MAX)
}

impl fmt::Display for Number {
    /// The same for equal numbers.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.negative { "-" } else { "" };
        write!(f, "{sign}{}e{}", self.digits, self.exponent)
    }
}
