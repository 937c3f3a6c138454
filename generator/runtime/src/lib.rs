//! The hand-written part of every client that restwright generates.
//!
//! Everything lives in [`runtime`]; the generator copies that folder verbatim into each generated
//! crate, where it is `crate::runtime`. That is why its text says `super::` and, inside macros,
//! `$crate::runtime::`: both are true here and there. [`validate`] is copied into those that check
//! what they send.

pub mod runtime;
pub mod validate;

#[cfg(test)]
mod tests;
