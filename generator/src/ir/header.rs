//! Headers of answers.

use super::Type;

/// A header that answers of the interface declare.
pub struct Header<N> {
    /// The constant.
    pub name: N,
    /// Its name on the wire.
    pub wire: String,
    /// Its type: a scalar or a list of scalars.
    pub ty: Type,
    /// What the document says about it.
    pub doc: Vec<String>,
}
