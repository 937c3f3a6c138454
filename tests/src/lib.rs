//! Tests of restwright: see the tests folder.
