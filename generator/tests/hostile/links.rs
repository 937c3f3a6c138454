//! Symbolic links that lead out of a folder: of what is read, and of what is written.

use super::{Files, PLAIN, run::Run, tree};
use std::fs;
use std::os::unix::fs::symlink;
use tempfile::TempDir;

/// A parent with `in`, `beside` and a link from the first to the second.
fn parent(document: &str, link: (&str, &str)) -> (TempDir, Files) {
    let parent = TempDir::new().unwrap();
    let files = Files::from([("openapi.yaml".to_owned(), document.as_bytes().to_vec())]);
    tree::write(&parent.path().join("in"), &files);
    fs::create_dir(parent.path().join("beside")).unwrap();
    fs::write(
        parent.path().join("beside/secret.yaml"),
        "Secret: {type: string}\n",
    )
    .unwrap();
    let place = parent.path().join(link.1);
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    symlink(parent.path().join(link.0), place).unwrap();
    (parent, files)
}

const REFERS: &str = "openapi: 3.1.0
info: {title: Plain, version: '1'}
paths: {}
components: {schemas: {A: {$ref: 'link/secret.yaml#/Secret'}, B: {$ref: 'link.yaml#/Secret'}}}
";

#[test]
fn links_out_of_the_folder_are_not_read() {
    for link in [
        ("beside", "in/link"),
        ("beside/secret.yaml", "in/link.yaml"),
    ] {
        let (parent, files) = parent(REFERS, link);
        let was = tree::read(parent.path());
        let run = Run::of(parent.path(), &files);
        let told = run.told();
        assert_eq!(run.code, Some(1), "{told}");
        assert!(told.contains("error[file-outside]"), "{told}");
        assert!(was == tree::read(parent.path()), "{told}");
    }
}

/// Neither through a folder within the output nor through a file of it; whoever links the output folder as a whole
/// means it.
#[test]
fn links_out_of_the_output_are_not_written_through() {
    for link in [
        ("beside", "out/src"),
        ("beside/secret.yaml", "out/README.md"),
        ("beside/none", "out/Cargo.toml"),
    ] {
        let (parent, files) = parent(PLAIN, link);
        let was = tree::read(parent.path());
        let run = Run::of(parent.path(), &files);
        assert_eq!(run.code, Some(2), "{link:?}: {}", run.told());
        assert!(was == tree::read(parent.path()), "{link:?}: {}", run.told());
    }
}
