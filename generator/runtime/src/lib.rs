//! The hand-written part of every client that restwright generates.
//!
//! Everything lives in [`runtime`]; the generator copies that folder verbatim into each generated
//! crate, where it is `crate::runtime`. That is why its text says `super::` and, inside macros,
//! `$crate::runtime::`: both are true here and there.

pub mod runtime;

#[cfg(test)]
mod tests;
