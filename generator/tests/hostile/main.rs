//! Hostile inputs, each run through the program in a process of little memory and a small stack.
//!
//! `tests/hostile/NAME/` has the inputs that a person can read; `large` and `many` make the others. Beside each stands its
//! `outcome`: how the program ends, what it tells and where. To rewrite the outcomes:
//! `RESTWRIGHT_BLESS=1 cargo test -p restwright --test hostile`.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

mod breakouts;
mod document;
mod large;
mod links;
mod made;
mod many;
mod run;
mod texts;
mod tree;

use run::Run;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Files of an input by their path.
type Files = BTreeMap<String, Vec<u8>>;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/hostile")
}

/// The inputs that a person can read, by name.
fn written() -> BTreeMap<String, Files> {
    let mut inputs = BTreeMap::new();
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let mut files = tree::read(&path);
            files.remove("outcome");
            if !files.is_empty() {
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                inputs.insert(name, files);
            }
        }
    }
    inputs
}

/// The parent of what is read and of what is written, with what has to stay as it is.
fn parent(files: &Files, before: &Path) -> TempDir {
    let parent = TempDir::new().unwrap();
    tree::write(&parent.path().join("in"), files);
    fs::create_dir(parent.path().join("beside")).unwrap();
    fs::write(
        parent.path().join("beside/secret.yaml"),
        "Secret: {type: string}\n",
    )
    .unwrap();
    tree::copy(before, &parent.path().join("out"));
    parent
}

/// Runs one and says how it ended; what must hold of every one is asserted here.
fn outcome(name: &str, files: &Files, before: &Path) -> Result<String, String> {
    let parent = parent(files, before);
    let was = tree::read(parent.path());
    let run = Run::of(parent.path(), files);
    let is = tree::read(parent.path());
    let fail = |what: &str| Err(format!("{name}: {what}\n{run:#?}"));
    match run.code {
        Some(0) => {
            let outside = |path: &String| !path.starts_with("out/") && path != "in/restwright.lock";
            let kept = |files: &Files| -> Files {
                let outside = files.iter().filter(|(path, _)| outside(path));
                outside
                    .map(|(path, bytes)| (path.clone(), bytes.clone()))
                    .collect()
            };
            if kept(&was) != kept(&is) {
                return fail("something outside the output folder was touched");
            }
            if let Err(what) = made::check(&is) {
                return fail(&what);
            }
        }
        Some(1 | 2) if was != is => return fail("it failed, and left something"),
        Some(1 | 2) => {}
        _ => return fail("it did not end by itself"),
    }
    Ok(run.told())
}

/// Inputs of a kind, each of which has to end as its `outcome` says.
fn every(inputs: BTreeMap<String, Files>) {
    let before = TempDir::new().unwrap();
    let plain = Files::from([("openapi.yaml".to_owned(), PLAIN.as_bytes().to_vec())]);
    tree::write(&before.path().join("in"), &plain);
    let first = Run::of(before.path(), &plain);
    assert_eq!(first.code, Some(0), "{first:#?}");
    let mut wrong = String::new();
    for (name, files) in inputs {
        let path = folder().join(&name).join("outcome");
        match outcome(&name, &files, &before.path().join("out")) {
            Err(what) => writeln!(wrong, "{what}").unwrap(),
            Ok(told) if std::env::var_os("RESTWRIGHT_BLESS").is_some() => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(&path, told).unwrap();
            }
            Ok(told) => {
                let wanted = fs::read_to_string(&path).unwrap_or_default();
                if wanted != told {
                    writeln!(wrong, "{name}: wanted\n{wanted}\ngot\n{told}").unwrap();
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn all_of(inputs: Vec<(&'static str, Files)>) {
    let named = inputs.into_iter();
    every(
        named
            .map(|(name, files)| (name.to_owned(), files))
            .collect(),
    );
}

#[test]
fn written_inputs() {
    every(written());
}

#[test]
fn deep_inputs() {
    all_of(large::deep());
}

#[test]
fn chains() {
    all_of(large::chains());
}

#[test]
fn many_things() {
    all_of(many::many());
}

#[test]
fn long_texts() {
    all_of(large::long());
}

#[test]
fn encodings() {
    all_of(large::encodings());
}

#[test]
fn bombs() {
    all_of(large::bombs());
}

/// What stands in the output folder before.
const PLAIN: &str = "openapi: 3.1.0
info: {title: Plain, version: '1'}
paths: {/a: {get: {operationId: a, responses: {'200': {description: Fine}}}}}
";
