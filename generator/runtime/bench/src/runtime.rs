//! The part of the runtime that `record!` and `union!` stand on: its macros are for generated crates alone, so
//! the files are compiled here once more.

#![allow(missing_docs, dead_code, unused_imports, unused_macros)]

#[path = "../../src/runtime/decode.rs"]
mod decode;
#[path = "../../src/runtime/enums.rs"]
mod enums;
#[path = "../../src/runtime/field.rs"]
mod field;
#[path = "../../src/runtime/fill.rs"]
mod fill;
#[path = "../../src/runtime/finite.rs"]
mod finite;
#[path = "../../src/runtime/member.rs"]
pub mod member;
#[path = "../../src/runtime/record.rs"]
pub mod record;
#[path = "../../src/runtime/scalar.rs"]
mod scalar;
#[path = "../../src/runtime/tree.rs"]
pub mod tree;
#[path = "../../src/runtime/union.rs"]
pub mod union;

pub use field::Field;
pub use fill::{Fill, Missing};
pub(crate) use record::{record, wire};
pub use serde_json::Value;
pub(crate) use union::union;

pub type Map<V> = std::collections::BTreeMap<String, V>;
