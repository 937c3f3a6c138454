//! `generate`: what it writes, where, and what it leaves alone.

use crate::{OVERLAY, PETS, expect, fed, files, folder, wrong};
use std::fs;

#[test]
fn generates_what_the_config_says_and_twice_the_same() {
    let folder = folder();
    let first = expect(&folder, "generate", 0);
    assert_eq!(first.err, "", "no diagnostics of generate itself");
    let lines: Vec<&str> = first.out.lines().collect();
    assert_eq!(lines[0], "created client/Cargo.toml");
    let [.., lock, summary] = lines.as_slice() else {
        panic!("{first:#?}")
    };
    assert_eq!(*lock, "created spec/restwright.lock");
    assert!(
        summary.starts_with("client: 2 types, 1 operation, "),
        "{summary}"
    );
    assert!(
        summary.ends_with(&format!("; {} files changed", lines.len() - 1)),
        "{summary}"
    );
    let manifest = fs::read_to_string(folder.path().join("client/Cargo.toml")).unwrap();
    assert!(
        manifest.contains("name = \"pets\"\nversion = \"0.1.0\"\n"),
        "{manifest}"
    );

    let before = files(folder.path());
    let second = expect(&folder, "generate", 0);
    assert_eq!(second.out.lines().count(), 1);
    assert!(second.out.ends_with("; nothing changed\n"), "{second:#?}");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_dry_run_writes_nothing_and_lists_what_would_change() {
    let folder = folder();
    let before = files(folder.path());
    let said = expect(&folder, "generate --dry-run", 0);
    assert!(
        said.out.starts_with("would create client/Cargo.toml\n"),
        "{said:#?}"
    );
    assert!(said.out.contains("would create spec/restwright.lock\n"));
    assert!(said.out.ends_with(" files would change\n"));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn the_command_line_wins_over_the_config() {
    let folder = folder();
    fs::write(folder.path().join("overlay.yaml"), OVERLAY).unwrap();
    let arguments = "generate spec/pets.yaml --config spec/restwright.toml --overlay overlay.yaml \
                     -o other --name zoo --lock names/zoo.lock";
    let said = expect(&folder, arguments, 0);
    assert!(
        said.out
            .contains("created names/zoo.lock\nother: 1 type, 1 operation, "),
        "{said:#?}"
    );
    let manifest = fs::read_to_string(folder.path().join("other/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"zoo\"\n"));
    assert!(!folder.path().join("client").exists());
    assert!(!folder.path().join("spec/restwright.lock").exists());
}

#[test]
fn a_document_alone_reads_no_config_and_keeps_no_lock() {
    let folder = folder();
    let said = expect(&folder, "generate spec/pets.yaml --output out", 0);
    assert!(!said.out.contains("lock\n"), "{said:#?}");
    let manifest = fs::read_to_string(folder.path().join("out/Cargo.toml")).unwrap();
    assert!(manifest.contains("name = \"pets-client\"\n"), "{manifest}");
    wrong(
        &folder,
        "generate spec/pets.yaml",
        "spec/restwright.toml is not read beside a document",
    );
    fs::remove_file(folder.path().join("spec/restwright.toml")).unwrap();
    wrong(
        &folder,
        "generate",
        "no document is given and there is no restwright.toml here or in spec",
    );
}

#[test]
fn reads_standard_input() {
    let folder = folder();
    let said = fed(&folder, "generate - --output out", PETS);
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert!(said.out.contains("\nout: 2 types, 1 operation, "));
}

#[test]
fn leaves_folders_of_others_alone() {
    let folder = folder();
    let client = folder.path().join("client");
    for (file, text) in [
        ("Cargo.toml", "[package]\nname = \"mine\"\n"),
        ("src/lib.rs", "//! Mine.\n"),
    ] {
        fs::create_dir_all(client.join("src")).unwrap();
        fs::write(client.join(file), text).unwrap();
        let before = files(folder.path());
        for arguments in ["generate", "generate --dry-run", "check"] {
            wrong(
                &folder,
                arguments,
                "error: client is a crate that restwright did not write",
            );
        }
        assert_eq!(files(folder.path()), before);
        fs::remove_dir_all(&client).unwrap();
    }
    fs::write(&client, "a file").unwrap();
    wrong(&folder, "generate", "client/Cargo.toml: ");
}
