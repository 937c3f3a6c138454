//! `tests/diffs/<kind>/`: two documents that differ in one thing, and what that is for callers: in `wanted.txt` the
//! verdict and the kinds of changes, in `expected.snap` the text.

use super::regenerate::root;
use restwright::compare;
use restwright::diff::{Bump, Changes, render};
use restwright::name::lock::Lock;
use restwright::source::Source;
use restwright_tests::corpus;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

#[test]
fn each_kind_of_change_is_told_with_its_verdict() {
    let mut wrong = Vec::new();
    let pairs = pairs();
    assert!(pairs.len() >= 50, "{} pairs", pairs.len());
    for folder in pairs {
        let changes = changes(&folder);
        let wanted = std::fs::read_to_string(folder.join("wanted.txt")).expect("a pair is judged");
        let found = codes(&changes);
        if found != wanted {
            wrong.push(format!("{}:\n{found}wanted:\n{wanted}", folder.display()));
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(&folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!("expected", render::text(&changes)));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A document and itself differ in nothing, whatever is in it.
#[test]
fn nothing_has_changed_where_nothing_has() {
    for folder in super::expected::cases() {
        let inputs = || super::expected::inputs(&folder, Lock::default());
        let (old, mut new) = (inputs(), inputs());
        let (mut before, mut now) = (old.report(), new.report());
        let changes = compare((&old, &mut before), (&mut new, &mut now));
        let changes = changes.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        assert_eq!(
            render::summary(&changes),
            "no changes",
            "{}",
            folder.display()
        );
    }
}

#[test]
fn a_changelog_has_an_entry() {
    let changes = changes(&root().join("tests/diffs/answer_required_field"));
    let version = restwright::diff::next(&"0.3.1".parse().expect("a version"), Bump::Major);
    let wanted = "\
## [0.4.0] - 2026-08-21

### Breaking

- `models::Toy`, in toy().get\\_pet: something has to be there, so that it is not `Default` any more

### Added

- `models::Toy`, in toy().get\\_pet: the field `size: f64` is new
";
    assert_eq!(render::changelog(&changes, &version, "2026-08-21"), wanted);
}

/// The table in the documentation has every kind of change, and no other.
#[test]
fn every_kind_of_change_is_documented() {
    let table =
        std::fs::read_to_string(root().join("generator/docs/diff.md")).expect("it is there");
    let table = table.split("## Kinds of changes").nth(1);
    let table = table.and_then(|table| table.split("## ").next());
    let words = table
        .expect("there is a table")
        .split('`')
        .skip(1)
        .step_by(2);
    // Commands have blanks.
    let is_code = |word: &str| (word.contains('-') && !word.contains(' ')) || word == "deprecated";
    let documented: BTreeSet<&str> = words.filter(|word| is_code(word)).collect();
    let met: BTreeSet<String> = pairs()
        .iter()
        .flat_map(|folder| {
            let wanted =
                std::fs::read_to_string(folder.join("wanted.txt")).expect("a pair is judged");
            wanted
                .lines()
                .skip(1)
                .map(str::to_owned)
                .collect::<Vec<String>>()
        })
        .collect();
    for code in &met {
        assert!(
            documented.contains(code.as_str()),
            "{code} is not in the table"
        );
    }
    let sources = sources(&root().join("generator/src/diff"));
    for code in documented
        .iter()
        .filter(|code| **code != "no-default-features")
    {
        assert!(
            sources.contains(&format!("\"{code}\"")),
            "nothing says {code}"
        );
    }
}

fn sources(folder: &Path) -> String {
    let mut text = String::new();
    for entry in std::fs::read_dir(folder).expect("sources can be listed") {
        let path = entry.expect("sources can be listed").path();
        match path.is_dir() {
            true => text.push_str(&sources(&path)),
            false => text.push_str(&std::fs::read_to_string(&path).expect("a source can be read")),
        }
    }
    text
}

fn pairs() -> Vec<PathBuf> {
    let folders = std::fs::read_dir(root().join("tests/diffs")).expect("there are pairs");
    let mut pairs: Vec<PathBuf> = folders
        .map(|entry| entry.expect("pairs can be listed").path())
        .collect();
    pairs.sort();
    pairs
}

fn changes(folder: &Path) -> Changes {
    let inputs = |name: &str| {
        let mut source = Source::read(&folder.join(name)).expect("a pair has two documents");
        source.name = name.to_owned();
        corpus::inputs(source)
    };
    let (old, mut new) = (inputs("old.yaml"), inputs("new.yaml"));
    let (mut before, mut now) = (old.report(), new.report());
    let changes = compare((&old, &mut before), (&mut new, &mut now));
    changes.unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
}

/// The verdict, then the kinds of changes, a line each.
fn codes(changes: &Changes) -> String {
    let all = changes.entries.iter().flat_map(|entry| &entry.changes);
    let codes: BTreeSet<&str> = all.map(|change| change.code).collect();
    let verdict = changes.verdict().map_or("none", Bump::as_str);
    let lines = std::iter::once(verdict).chain(codes);
    lines.map(|line| format!("{line}\n")).collect()
}
