//! The expected Rust of every folder in `tests/cases`, compiled and driven with real values.
//!
//! A case is written by the test `generator` as a module of this crate: `runtime` and the names at
//! the root are where a generated crate has them.

// What is generated is used without a warning.
#![deny(warnings)]
// As in the head of a generated crate.
#![allow(
    clippy::doc_lazy_continuation,
    clippy::doc_overindented_list_items,
    clippy::doc_markdown,
    clippy::enum_variant_names,
    clippy::large_enum_variant,
    clippy::module_inception,
    clippy::new_ret_no_self,
    clippy::should_implement_trait,
    clippy::too_many_arguments,
    clippy::upper_case_acronyms,
    clippy::wrong_self_convention
)]

#[path = "../../../generator/runtime/src/runtime/mod.rs"]
mod runtime;

// Only some cases check what they send.
#[allow(dead_code)]
#[path = "../../../generator/runtime/src/validate/mod.rs"]
mod validate;

// What the root of a generated crate has; no case uses all of it.
#[allow(unused_imports)]
pub use runtime::{
    ApiError, Base64, Bytes, Call, Client, ClientBuilder, Credential, CredentialProvider, Date,
    DateTime, Decimal, DecodeError, Download, Error, Event, Events, Field, File, Fill, Header,
    HttpClient, Items, JsonFault, JsonLines, Map, Missing, NotANumber, NotBase64, OAuth,
    OAuthError, Pages, Reader, Response, Secret, SecretString, StatusCode, Time, Upload, Uuid,
    Value, header,
};

mod answers;
mod bodies;
mod calls;
mod cases;
mod composed;
mod enums;
mod extending_alternatives;
mod large_types;
mod names;
mod obstacle;
mod paging;
mod parameters;
mod paths;
mod references;
mod requests;
mod scalars;
mod security;
mod servers;
mod shapes;
mod streams;
mod swagger_parameters;
mod tagged;
mod told_apart;
mod unions;
mod validation;
mod webhooks;

use serde::Serialize;
use serde::de::DeserializeOwned;

/// Reads a value; it has to go back to the same JSON.
fn round_trip<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let value: T = read(json.clone());
    assert_eq!(write(&value), json);
    value
}

/// Reads a value.
fn read<T: DeserializeOwned>(json: Value) -> T {
    let text = json.to_string();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Why a value cannot be read.
fn refused<T: DeserializeOwned>(json: Value) -> String {
    match serde_json::from_value::<T>(json) {
        Ok(_) => panic!("it was read"),
        Err(error) => error.to_string(),
    }
}

/// Writes a value.
fn write<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).expect("it can be written")
}
