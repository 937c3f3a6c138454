//! Tests of restwright: see the `tests` folder. Here the programs of the README are compiled.

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
