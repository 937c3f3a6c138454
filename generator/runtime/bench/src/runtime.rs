//! The part of the runtime that `record!` stands on: its macros are for generated crates alone, so
//! the files are compiled here once more.

#![allow(missing_docs, dead_code, unused_imports, unused_macros)]

#[path = "../../src/runtime/field.rs"]
mod field;
#[path = "../../src/runtime/fill.rs"]
mod fill;
#[path = "../../src/runtime/member.rs"]
pub mod member;
#[path = "../../src/runtime/record.rs"]
pub mod record;

pub use field::Field;
pub use fill::{Fill, Missing};
pub(crate) use record::{record, wire};
pub use serde_json::Value;

pub type Map<V> = std::collections::BTreeMap<String, V>;
