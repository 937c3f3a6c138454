//! The data half against JSON texts, the HTTP half against a server over loopback.

// What a macro makes of a fixture is not all called; a test that finds no value has failed.
#![allow(dead_code, clippy::unwrap_used)]

mod answers;
#[cfg(feature = "blocking")]
mod blocking;
mod bodies;
mod calls;
mod client;
mod credentials;
mod data;
mod decode;
mod encode;
mod hooks;
mod memory;
#[cfg(feature = "mock")]
mod mock;
mod multipart;
mod oauth;
mod operation;
mod paging;
mod reconnect;
#[cfg(feature = "recorder")]
mod recorder;
mod replies;
mod retry;
mod server;
mod streams;
mod style;
#[cfg(feature = "tracing")]
mod trace;
mod transfers;
mod transport;
mod tries;
mod turns;
mod typed_header;
mod validate;
