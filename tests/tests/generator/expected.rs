//! `tests/cases/<feature>/`: a document, maybe a config, the Rust it gives, what is reported.
//!
//! The Rust is compiled and driven by the test `cases`. To rewrite both expected files:
//! `RESTWRIGHT_BLESS=1 cargo test -p restwright-tests --test generator expected`.

use super::regenerate::{root, run};
use restwright::Inputs;
use restwright::config::{Config, FILE};
use restwright::fetch::{self, Access};
use restwright::name::lock::Lock;
use restwright::source::{Source, Text};
use restwright_tests::corpus::module;
use similar::TextDiff;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

const COMMAND: &str = "RESTWRIGHT_BLESS=1 cargo test -p restwright-tests --test generator expected";

#[test]
fn expected() {
    let mut wrong = String::new();
    for folder in cases() {
        let name = folder
            .file_name()
            .and_then(|name| name.to_str())
            .expect("cases have plain names");
        let (result, report) = run(inputs(&folder, Lock::default()));
        compare(
            &folder.join("report.txt"),
            &report.render_text(),
            &mut wrong,
        );
        match result {
            Ok(generated) => compare(
                &folder.join("expected.rs"),
                &module::rust(&format!("crate::cases::{name}"), &generated.files),
                &mut wrong,
            ),
            Err(error) => {
                let _ = writeln!(wrong, "{name}: {error}\n{}", report.render_text());
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{wrong}\nif that is what it should be: {COMMAND}"
    );
}

/// Same input, same bytes.
#[test]
fn twice() {
    for folder in cases() {
        let generate = || run(inputs(&folder, Lock::default())).0;
        let (Ok(one), Ok(other)) = (generate(), generate()) else {
            continue;
        };
        assert_eq!(one.files, other.files, "{}", folder.display());
        // With the names of the first time, nothing moves either.
        let (again, report) = run(inputs(&folder, one.lock.clone()));
        let again = again.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
        assert_eq!(one.files.len(), again.files.len(), "{}", folder.display());
        for (one, other) in one.files.iter().zip(&again.files) {
            let diff = TextDiff::from_lines(&one.text, &other.text);
            assert!(
                one == other,
                "{}\n{}",
                folder.display(),
                diff.unified_diff()
            );
        }
        assert_eq!(one.lock, again.lock, "{}", folder.display());
    }
}

/// A case's document and the files it refers to, called as they are in the folder of the case.
pub fn inputs(folder: &Path, lock: Lock) -> Inputs {
    let mut source = Source::read(&folder.join("openapi.yaml")).expect("a case has a document");
    let mut files = fetch::linked(&source, &[], &Access::default()).expect("a case is in a folder");
    for file in &mut files {
        if let Text::Read(source) = &mut file.text {
            source.name = file.address.to_string();
        }
    }
    source.name = "openapi.yaml".to_owned();
    Inputs {
        source,
        files,
        overlays: Vec::new(),
        config: config(folder),
        lock,
    }
}

/// What a case's user wishes, if there is such a file.
fn config(folder: &Path) -> Config {
    let path = folder.join(FILE);
    if !path.exists() {
        return Config::default();
    }
    let mut config = Config::read(&path).expect("the config of a case can be read");
    for rule in &mut config.paging {
        rule.file = FILE.to_owned();
    }
    for pattern in config.select.patterns_mut() {
        pattern.file = FILE.to_owned();
    }
    config
}

/// The folders of the cases, sorted.
pub fn cases() -> Vec<PathBuf> {
    let entries = std::fs::read_dir(root().join("tests/cases")).expect("there are cases");
    let entries = entries.map(|entry| entry.expect("the folder can be listed").path());
    let mut folders: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn compare(path: &Path, found: &str, wrong: &mut String) {
    let expected = read(path);
    if expected == found {
        return;
    }
    if std::env::var_os("RESTWRIGHT_BLESS").is_some() {
        std::fs::write(path, found).expect("the case can be written");
        return;
    }
    let diff = TextDiff::from_lines(expected.as_str(), found);
    let _ = writeln!(wrong, "{}\n{}", path.display(), diff.unified_diff());
}
