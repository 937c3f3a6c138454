//! The same work twice: by the runtime, and as a person would write it with reqwest and serde's
//! derive.
//!
//! `cargo bench --profile caller -p restwright-bench` times the pairs with criterion; `cargo run --profile caller -p
//! restwright-bench` counts their instructions, which a busy machine does not change.
//!
//! Both sides do the same: they send the same bytes (but for the names in `User-Agent`), have a limit
//! of thirty seconds, turn a status that is no success into an error, keep what an enum does not list,
//! and keep further members where the other side does. What a generated client does besides (it can
//! try again, follow a redirect within the server, bound the length of an answer, tell hooks) is the
//! cost that is looked for.

pub mod calls;
pub mod leads;
pub mod rows;
mod runtime;
pub mod server;
pub mod unions;

/// The same work, written by hand and done by the runtime.
pub struct Pair {
    /// What is done.
    pub name: String,
    /// By reqwest and serde's derive.
    pub hand: Box<dyn Fn()>,
    /// By the runtime.
    pub ours: Box<dyn Fn()>,
}

/// All of them, but for what goes to a server.
pub fn pairs() -> Vec<Pair> {
    let mut pairs = rows::pairs();
    pairs.extend(unions::pairs());
    pairs.push(leads::page_pair());
    pairs.extend(calls::encoding());
    pairs
}
