//! `restwright update`: all of it, or nothing.

use super::{PETS, expect, files, folder, objects, wrong};
use std::fs;
use tempfile::TempDir;

const CONFIG: &str = "# ours\ninput = \"pets.yaml\"\nupstream = \"../new.yaml\"\noutput = \"../client\"\n\n\
    [crate]\nname = \"pets\"\nversion = \"0.4.2\" # counted by update\n";

/// A generated client, and a new document beside it.
fn generated(new: &str) -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("spec/restwright.toml"), CONFIG).unwrap();
    fs::write(folder.path().join("new.yaml"), new).unwrap();
    expect(&folder, "generate", 0);
    folder
}

fn read(folder: &TempDir, path: &str) -> String {
    fs::read_to_string(folder.path().join(path)).unwrap()
}

/// A value is gone, and an operation is new.
fn breaking() -> String {
    let operation = "  /pets/{id}:\n    get:\n      operationId: getPet\n      tags: [Pet]\n      parameters: [{name: id, in: path, required: true, schema: {type: integer}}]\n      responses: {\"204\": {description: It is there.}}\n";
    PETS.replace("enum: [cat, dog]", "enum: [cat]")
        .replace("components:\n", &format!("{operation}components:\n"))
}

#[test]
fn everything_follows_the_new_document() {
    let new = breaking();
    let folder = generated(&new);
    let said = expect(&folder, "update", 0);
    assert_eq!(read(&folder, "spec/pets.yaml"), new);
    let config = read(&folder, "spec/restwright.toml");
    assert_eq!(config, CONFIG.replace("0.4.2", "0.5.0"));
    assert!(read(&folder, "client/Cargo.toml").contains("version = \"0.5.0\""));
    let log = read(&folder, "client/CHANGELOG.md");
    let (head, entry) = log.split_at(log.find("## ").unwrap());
    assert!(head.starts_with("# Changelog\n"), "{log}");
    assert!(entry.starts_with("## [0.5.0] - 20"), "{log}");
    assert!(
        entry.contains("### Breaking\n") && entry.contains("### Added\n"),
        "{log}"
    );
    assert!(read(&folder, "spec/restwright.lock").contains("\"get\""));
    for line in [
        "updated spec/pets.yaml",
        "updated spec/restwright.toml",
        "updated client/Cargo.toml",
        "updated spec/restwright.lock",
        "created client/CHANGELOG.md",
    ] {
        assert!(
            said.out.lines().any(|said| said == line),
            "{line}: {said:#?}"
        );
    }
    let last = said.out.lines().last().unwrap();
    assert!(last.starts_with("major: "), "{last}");
    assert!(last.ends_with("; version 0.4.2 -> 0.5.0"), "{last}");
    // All is as `generate` would have it.
    expect(&folder, "check", 0);

    // Once more, back: another entry above the first.
    fs::write(folder.path().join("old.yaml"), PETS).unwrap();
    expect(&folder, "update old.yaml", 0);
    let log = read(&folder, "client/CHANGELOG.md");
    let headings: Vec<&str> = log.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings.len(), 2);
    assert!(headings[0].starts_with("## [0.6.0]") && headings[1].starts_with("## [0.5.0]"));
    expect(&folder, "check", 0);
}

#[test]
fn words_are_a_patch_and_nothing_is_nothing() {
    let words = PETS.replace("{description: All,", "{description: All of them,");
    let folder = generated(&words);
    let said = expect(&folder, "update --message-format json", 0);
    let objects = objects(&said.out);
    let last = objects.last().unwrap();
    // What an answer's description says is not in the crate.
    assert_eq!(last["verdict"], serde_json::Value::Null, "{last}");
    assert_eq!(
        (&last["from"], &last["to"]),
        (&"0.4.2".into(), &"0.4.2".into())
    );
    assert!(!folder.path().join("client/CHANGELOG.md").exists());
    assert_eq!(read(&folder, "spec/pets.yaml"), words);
    let again = expect(&folder, "update", 0);
    assert_eq!(
        again.out,
        "spec/pets.yaml: it is the document that is there\n"
    );

    let titled = PETS.replace(
        "      operationId: listPets\n",
        "      operationId: listPets\n      summary: Lists them\n",
    );
    fs::write(folder.path().join("new.yaml"), titled).unwrap();
    let said = expect(&folder, "update", 0);
    assert!(
        said.out
            .ends_with("patch: 1 docs; version 0.4.2 -> 0.4.3\n"),
        "{said:#?}"
    );
}

#[test]
fn a_dry_run_changes_nothing() {
    let folder = generated(&breaking());
    let before = files(folder.path());
    let said = expect(&folder, "update --dry-run", 0);
    assert!(
        said.out.contains("would update spec/pets.yaml\n"),
        "{said:#?}"
    );
    assert!(
        said.out.contains("would create client/CHANGELOG.md\n"),
        "{said:#?}"
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn what_fails_changes_nothing() {
    for (new, message) in [
        ("openapi: 3.0.3\ninfo: [", "spec/pets.yaml:3:1"),
        ("<!doctype html><title>Gone</title>", "error["),
        ("", "error["),
    ] {
        let folder = generated(new);
        let before = files(folder.path());
        let said = expect(&folder, "update", 1);
        assert!(said.err.contains(message), "{said:#?}");
        assert!(
            said.err
                .contains("places are those of the new document, new.yaml"),
            "{said:#?}"
        );
        assert_eq!(files(folder.path()), before, "{new}");
    }
    // The last file that is to be written cannot be.
    let folder = generated(&breaking());
    fs::create_dir(folder.path().join("client/CHANGELOG.md")).unwrap();
    fs::write(folder.path().join("client/CHANGELOG.md/x"), "").unwrap();
    let before = files(folder.path());
    let said = expect(&folder, "update", 2);
    assert!(said.err.contains("CHANGELOG.md"), "{said:#?}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn what_update_needs_is_told() {
    let folder = generated(PETS);
    wrong(&folder, "update absent.yaml", "absent.yaml");
    let without = CONFIG.replace("upstream = \"../new.yaml\"\n", "");
    fs::write(folder.path().join("spec/restwright.toml"), &without).unwrap();
    wrong(
        &folder,
        "update",
        "put one under `upstream` in spec/restwright.toml",
    );
    let far = without.replace("\"pets.yaml\"", "\"https://example.com/pets.yaml\"");
    fs::write(folder.path().join("spec/restwright.toml"), far).unwrap();
    wrong(&folder, "update new.yaml", "`input` is an address");
    fs::remove_file(folder.path().join("spec/restwright.toml")).unwrap();
    wrong(
        &folder,
        "update new.yaml",
        "there is no restwright.toml here or in spec",
    );
}
