//! What has to hold for any bytes: functions that take bytes and panic where it does not.
//!
//! The targets in `generator/fuzz` call them with what a fuzzer thinks of; the test `seeds` calls
//! them with the seeds, so that they are compiled and true on every machine. [`document`] makes
//! documents with values that are valid by construction, for the pipeline's check and for the test
//! `random` of the package `restwright-tests`.
//!
//! May not read or write a file, but in [`seeds`].

// What the runtime and the cases have beside the way of these checks.
#![allow(clippy::doc_markdown)]

pub mod difference;
pub mod document;
pub mod draw;
pub mod generator;
pub mod names;
pub mod seeds;
pub mod wire;

#[path = "../../../generator/runtime/src/runtime/mod.rs"]
mod runtime;

// What the root of a generated crate has; the cases refer to it.
#[allow(unused_imports)]
use runtime::{
    Base64, Bytes, Client, Date, DateTime, Decimal, Error, Field, Fill, Map, Secret, Time, Uuid,
    Value,
};

mod cases;

/// A check: it panics where something does not hold for these bytes.
pub type Check = fn(&[u8]);

/// All checks by name; `generator/fuzz` has a target for each.
pub const CHECKS: &[(&str, Check)] = &[
    ("read", generator::read),
    ("overlay", generator::overlay),
    ("pipeline", generator::pipeline),
    ("stability", generator::stability),
    ("decode", wire::decode::decode),
    ("events", wire::streams::events),
    ("lines", wire::streams::lines),
    ("multipart", wire::multipart::multipart),
    ("address", wire::address::address),
    ("headers", wire::headers::headers),
    ("pages", wire::pages::pages),
    ("token", wire::token::token),
];
