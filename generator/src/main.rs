//! The command line of restwright.

fn main() {}
