//! Tests of restwright: see the `tests` folder. Here the programs of the README are compiled, and
//! here is what the corpus test and the program `corpus` do with a document.

pub mod corpus;

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
