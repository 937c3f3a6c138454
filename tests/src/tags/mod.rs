//! A tag's feature alone: with exactly the types that its operations reach, and no warning.
//!
//! The test `features` looks at the types of Instantly's client and of two documents of the corpus;
//! the program `tags` compiles each feature of the three alone.

pub mod check;
pub mod reach;

use super::corpus::{self, Entry};
use restwright::print::File;
use restwright::source::Source;

/// A generated crate: the name of its document, and its files.
pub type Crate = (String, Vec<File>);

/// Documents of the corpus with many tags that share types.
pub const DOCUMENTS: [&str; 2] = ["langfuse", "lichess"];

/// The crates of these documents; `None` where the folder beside the workspace is not there.
///
/// # Errors
/// A document cannot be read, or nothing comes of it.
pub fn generated() -> Result<Option<Vec<Crate>>, String> {
    let text = |error: std::io::Error| error.to_string();
    let Some(entries) = corpus::documents().map_err(text)? else {
        return Ok(None);
    };
    let wanted = |entry: &Entry| DOCUMENTS.contains(&entry.name.as_str());
    let mut crates = Vec::new();
    for entry in entries.into_iter().filter(wanted) {
        let source = Source::read(&entry.path).map_err(|error| error.to_string())?;
        let (result, _) = corpus::generated(source);
        crates.push((entry.name, result?.files));
    }
    Ok(Some(crates))
}
