//! Writing JSON as servers expect it.

use super::finite;
use serde::Serialize;
use serde::ser::Error as _;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use std::io;

/// Writes a value as JSON. A whole number is written as one: `30`, not `30.0`, since some servers
/// refuse the latter where their document says `number`.
///
/// # Errors
/// The value has something JSON cannot say: NaN or an infinity, or a map with keys that are not text.
pub fn to_vec(value: &impl Serialize) -> serde_json::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(128);
    let mut nulls = false;
    let format = WholeNumbers { nulls: &mut nulls };
    let written = value.serialize(&mut Serializer::with_formatter(&mut bytes, format));
    // The serializer writes what is no number as `null`, too, and does not say where.
    if nulls || written.is_err() {
        finite::check(value).map_err(serde_json::Error::custom)?;
    }
    written.map(|()| bytes)
}

struct WholeNumbers<'n> {
    /// Whether a `null` was written.
    nulls: &'n mut bool,
}

impl Formatter for WholeNumbers<'_> {
    fn write_null<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        *self.nulls = true;
        CompactFormatter.write_null(writer)
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        // 2^53: beyond it not every whole number is a float, so the shortest text is left alone.
        if value.fract() == 0.0 && value.abs() <= 9_007_199_254_740_992.0 {
            CompactFormatter.write_i64(writer, value as i64)
        } else {
            CompactFormatter.write_f64(writer, value)
        }
    }
}
