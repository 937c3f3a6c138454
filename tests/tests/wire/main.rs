//! The generated client against a server on a loopback socket: what it sends, compared whole, and
//! what it makes of the answers. All values are invented.

mod bodies;
mod client;
mod differences;
mod enums;
mod errors;
mod faults;
mod mock;
mod operations;
mod paging;
mod recorder;
mod server;

/// An identifier, as most objects of the interface have one.
const ID: &str = "0198c0de-0000-7000-8000-000000000001";
/// Another one.
const OTHER: &str = "0198c0de-0000-7000-8000-000000000002";
/// A moment, as the server writes it.
const WHEN: &str = "2026-03-01T08:30:00.000Z";

/// What tests return, so that `?` works on whatever goes wrong.
type Outcome = Result<(), Box<dyn std::error::Error>>;
