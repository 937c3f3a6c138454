//! Tests of the generator as a whole, from the text of a document to the text of a crate.

mod expected;
mod history;
mod layering;
mod published;
mod regenerate;
mod snapshots;
mod up_to_date;
