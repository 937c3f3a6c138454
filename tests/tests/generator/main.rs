//! Tests of the generator as a whole, from the text of a document to the text of a crate.

mod changes;
mod changes_raw;
mod declared;
mod drift;
mod effective;
mod expected;
mod features;
mod history;
mod layering;
mod listing;
mod locked;
mod manifest;
mod pins;
mod published;
mod regenerate;
mod reserved;
mod samples;
mod selection;
mod semver;
mod snapshots;
mod stability;
mod supply;
mod up_to_date;
