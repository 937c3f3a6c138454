//! Tests of restwright: see the `tests` folder. Here the programs of the README are compiled, and
//! here is what the corpus test and the programs `corpus` and `prism` do with a document.

pub mod corpus;
pub mod prism;
pub mod random;
pub mod samples;
pub mod semver;
pub mod tags;

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
