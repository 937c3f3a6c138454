//! Real documents: all of them generate, and a fixed sample compiles and takes its own examples.
//!
//! The documents are beside the workspace; where they are not, these tests say so and pass. The
//! program `corpus` does the same for every document.

mod hostile;
mod validation;
mod words;

use restwright::Generated;
use restwright_tests::corpus::row::{self, Workshop};
use restwright_tests::corpus::{self, Entry, crates};
use std::path::PathBuf;
use std::sync::Mutex;

/// Small and of many kinds: Swagger 2.0, 3.0, 3.1 and 3.2, unions, forms, files, parts, binary
/// answers, streams, parameters in every style.
const SAMPLE: [&str; 8] = [
    "netlify",
    "oai-tags-32",
    "ollama",
    "readme-discriminators",
    "readme-paramstyle-31",
    "readme-schematypes-31",
    "swagger-petstore",
    "train-travel",
];

/// Where crates are compiled, all of them with the same dependencies.
const TARGET: &str = "target/corpus/build";

/// Compiles a crate that is generated, which gives no warning, and says where it is.
fn compiled(name: &str, mut generated: Generated) -> PathBuf {
    // Nothing of a document is in TLS, which takes longer to compile than all else.
    let manifest = file(&mut generated, "Cargo.toml");
    *manifest = manifest.replacen("  \"rustls\",\n", "", 1);
    let folder = corpus::root().join("target/corpus").join(name);
    crates::write(&folder.join("client"), &generated.files).expect("a crate can be written");
    let workspace = "[workspace]\nresolver = \"3\"\nmembers = [\"client\"]\n";
    std::fs::write(folder.join("Cargo.toml"), workspace).expect("a file can be written");
    let target = corpus::root().join(TARGET);
    let compiled = crates::compile("check", &folder, &target).expect("cargo runs");
    assert!(compiled.done, "{}", compiled.errors.join("\n"));
    assert_eq!(compiled.warnings.join("\n"), "");
    folder
}

fn file<'g>(generated: &'g mut Generated, path: &str) -> &'g mut String {
    let mut files = generated.files.iter_mut();
    let found = files.find(|file| file.path == path);
    &mut found.expect("a crate has these files").text
}

/// The documents, or `None` and a word about it.
fn documents() -> Option<Vec<Entry>> {
    let documents = corpus::documents().expect("the list of documents can be read");
    if documents.is_none() {
        println!("skipped: there is no folder ../shared/corpus beside the workspace");
    }
    documents
}

#[test]
fn every_document_generates() {
    let Some(documents) = documents() else {
        return;
    };
    assert!(documents.len() >= 59, "{} documents", documents.len());
    let refused = Mutex::new(Vec::new());
    let waiting = Mutex::new(documents.iter());
    let work = || {
        loop {
            let Some(entry) = waiting.lock().expect("no one has panicked").next() else {
                return;
            };
            let job = row::start(entry).expect("a document can be read");
            if let Some(reason) = job.row.refused {
                let message = format!("{}: {reason}", entry.name);
                refused.lock().expect("no one has panicked").push(message);
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(work);
        }
    });
    let refused = refused.into_inner().expect("no one has panicked");
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

#[test]
fn a_sample_compiles_and_takes_its_examples() {
    let Some(documents) = documents() else {
        return;
    };
    let workshop = Workshop {
        folder: corpus::root().join("target/corpus/sample"),
        target: corpus::root().join("target/corpus/build"),
    };
    let mut passed = 0;
    for name in SAMPLE {
        let entry = documents.iter().find(|entry| entry.name == name);
        let entry = entry.unwrap_or_else(|| panic!("{name} is not in the corpus"));
        let job = row::start(entry).expect("a document can be read");
        let row = job
            .build(Some(&workshop), None)
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        let built = row
            .built
            .unwrap_or_else(|| panic!("{name} does not generate"));
        assert!(
            built.errors.is_empty(),
            "{name}: {}",
            built.errors.join("\n")
        );
        assert!(
            built.warnings.is_empty(),
            "{name}: {}",
            built.warnings.join("\n")
        );
        assert!(
            row.examples.failed.is_empty(),
            "{name}: {:#?}",
            row.examples.failed
        );
        passed += row.examples.passed;
    }
    assert!(
        passed >= 100,
        "only {passed} examples were put through their types"
    );
}
