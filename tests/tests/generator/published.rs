//! The document as it is published, in the folder beside the workspace: sizes, and that it builds.

use super::regenerate::{document, root, shared};
use restwright::name::lock::Lock;
use restwright::source::Source;
use restwright::store;
use std::process::Command;

#[test]
fn published() {
    let Some(path) = shared("instantly/published.openapi.json") else {
        return;
    };
    let (result, report) = document(
        Source::read(&path).expect("the document can be read"),
        Lock::default(),
    );
    let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    let own = generated
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.contains("/runtime/"));
    let lines: usize = own.map(|file| file.text.lines().count()).sum();
    let types = generated.api.types.len();
    println!("{types} types, {lines} lines");
    assert!(types <= 450, "{types} types");
    assert!(lines <= 20_000, "{lines} lines");

    let folder = tempfile::tempdir().expect("there is room for a folder");
    store::write(folder.path(), &generated.files).expect("the crate can be written");
    // The workspace's lock has every dependency, fetched already; cargo takes out what is not needed.
    let lock = folder.path().join("Cargo.lock");
    std::fs::copy(root().join("Cargo.lock"), lock).expect("the lock can be copied");
    for arguments in [&["check"][..], &["doc", "--no-deps"]] {
        let done = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .current_dir(folder.path())
            .env("CARGO_TARGET_DIR", root().join("target/generated"))
            .env("RUSTFLAGS", "-Dwarnings")
            .env("RUSTDOCFLAGS", "-Dwarnings")
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "cargo {arguments:?}: {said}");
    }
}
