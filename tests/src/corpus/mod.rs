//! Real documents, from text to a crate that compiles and takes their own examples.
//!
//! The documents are in a folder beside the workspace, which not every machine has. The test
//! `corpus` generates all of them and compiles a few; the program `corpus` does everything and
//! writes `generator/docs/corpus.md`.

pub mod compare;
pub mod crates;
pub mod examples;
pub mod harness;
pub mod judge;
pub mod module;
pub mod nulls;
pub mod row;
pub mod schemas;
pub mod table;
pub mod types;

use restwright::config::Config;
use restwright::name::lock::Lock;
use restwright::report::{Report, Severity};
use restwright::source::Source;
use restwright::{Generated, Inputs, generate};
use std::path::{Path, PathBuf};

/// The workspace.
pub fn root() -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    tests.parent().map(Path::to_owned).unwrap_or_default()
}

/// A document, and what it is called here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name in the table.
    pub name: String,
    /// Where it is.
    pub path: PathBuf,
}

/// All documents in a fixed order; `None` where the folder beside the workspace is not there.
///
/// # Errors
/// The folder is there, and its list cannot be read.
pub fn documents() -> std::io::Result<Option<Vec<Entry>>> {
    let shared = root().join("../shared");
    if !shared.join("corpus").exists() {
        return Ok(None);
    }
    let list = std::fs::read_to_string(shared.join("corpus/corpus.tsv"))?;
    let mut entries = Vec::new();
    for line in list.lines().skip(1) {
        let mut cells = line.split('\t');
        if let (Some(name), Some(file)) = (cells.next(), cells.next()) {
            entries.push(Entry {
                name: name.to_owned(),
                path: shared.join("corpus").join(file),
            });
        }
    }
    entries.push(Entry {
        name: "instantly".to_owned(),
        path: shared.join("instantly/published.openapi.json"),
    });
    let history = std::fs::read_dir(shared.join("instantly/history"))?;
    let mut history: Vec<PathBuf> = history
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    history.sort();
    entries.extend(history.into_iter().map(|path| {
        let date = path.file_stem().unwrap_or_default().to_string_lossy();
        Entry {
            name: format!("instantly-{date}"),
            path,
        }
    }));
    Ok(Some(entries))
}

/// A document without a config, and without a lock.
pub fn inputs(source: Source) -> Inputs {
    Inputs {
        source,
        files: Vec::new(),
        overlays: Vec::new(),
        config: Config::default(),
        lock: Lock::default(),
    }
}

/// Generates from a document as `restwright generate DOCUMENT` does; `Err` says what is wrong.
///
/// # Errors
/// The document cannot be read, or has errors.
pub fn generated(source: Source) -> (Result<Generated, String>, Report) {
    let mut report = Report::new([source.clone()]);
    let inputs = inputs(source);
    let result = generate(&inputs, &mut report).map_err(|error| error.to_string());
    let errors = report.count(Severity::Error);
    let result = result.and_then(|generated| match errors {
        0 => Ok(generated),
        errors => Err(format!("{errors} errors are reported")),
    });
    (result, report)
}
