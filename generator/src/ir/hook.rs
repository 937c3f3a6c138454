//! What the server asks of others.

use super::Type;

/// A request that the server makes, whose body a caller can read.
pub struct Hook<N> {
    /// The function that reads it.
    pub name: N,
    /// What it is, in a line: its method and webhook, or where a callback goes.
    pub what: String,
    /// The operations that register it, by their ids.
    pub registered_by: Vec<String>,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// What it has.
    pub body: Type,
}
