//! What every generated client stands on: the HTTP half ([`Client`], `Request`, [`Error`], pages)
//! and the data half (records, open enums, unions, formats).
//!
//! Written and tested in restwright's `generator/runtime`; copied into each generated crate.
//! May not know an API or the generator.

// A client uses the part of this that its document calls for.
#![allow(dead_code, unused_imports, unused_macros)]

mod encode;
pub mod enums;
mod field;
mod fill;
mod format;
pub mod record;
pub mod union;

pub(crate) use enums::{integer_enum, open_enum, string_enum, value_enum};
pub(crate) use record::record;
pub(crate) use union::union;

pub use encode::to_vec;
pub use field::Field;
pub use fill::{Fill, Missing};
pub use format::{Date, DateTime, Time, Uuid};
pub use serde_json::Value;

/// A JSON object whose members all have values of one type, sorted by name.
pub type Map<V> = std::collections::BTreeMap<String, V>;
