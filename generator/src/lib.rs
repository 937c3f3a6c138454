//! restwright reads a published OpenAPI document and writes a typed Rust client crate.

pub mod config;
pub mod read;
pub mod report;
pub mod source;
