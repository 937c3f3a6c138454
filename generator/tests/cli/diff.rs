//! `diff`: two documents, or one and what it was.

use crate::{OVERLAY, PETS, command, expect, fed, folder, said, wrong};
use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

/// The pets' names are required, and there is a way to count pets.
fn newer() -> String {
    let text = PETS.replace(
        "      properties:\n        name",
        "      required: [name]\n      properties:\n        name",
    );
    text.replace(
        "components:\n",
        "  /count:\n    get:\n      operationId: countPets\n      tags: [Pet]\n      responses: {\"200\": {description: ok}}\ncomponents:\n",
    )
}

fn two() -> TempDir {
    let folder = folder();
    fs::write(folder.path().join("old.yaml"), PETS).unwrap();
    fs::write(folder.path().join("new.yaml"), newer()).unwrap();
    folder
}

#[test]
fn tells_what_has_changed_with_places_and_a_verdict() {
    let folder = two();
    let said = expect(&folder, "diff old.yaml new.yaml", 0);
    let wanted = "\
from old.yaml to new.yaml

pet().count (GET /count)
  addition: the operation is new
    --> new.yaml:11:5 #/paths/~1count/get

models::Pet (in pet().list)
  breaking: the field `name` is `String`, was `Option<String>`
    --> new.yaml:21:9 #/components/schemas/Pet/properties/name (was at 15:9)
  breaking: something has to be there, so that it is not `Default` any more
    --> new.yaml:17:5 #/components/schemas/Pet (was at 12:5)

major: 2 breaking, 1 addition
";
    assert_eq!(said.out, wanted);
    assert_eq!(said.err, "");
    let same = expect(&folder, "diff old.yaml old.yaml --fail-on any", 0);
    assert_eq!(same.out, "from old.yaml to old.yaml\n\nno changes\n");
}

#[test]
fn fails_on_what_is_asked_for() {
    let folder = two();
    for (arguments, code) in [
        ("diff old.yaml new.yaml --fail-on breaking", 1),
        ("diff new.yaml new.yaml --fail-on breaking", 0),
        ("diff old.yaml new.yaml --fail-on any", 1),
    ] {
        expect(&folder, arguments, code);
    }
    let more = PETS.replace("title: Pets", "title: Animals");
    fs::write(folder.path().join("words.yaml"), more).unwrap();
    expect(&folder, "diff old.yaml words.yaml --fail-on addition", 0);
    let said = expect(&folder, "diff old.yaml words.yaml --fail-on any", 1);
    assert!(said.out.ends_with("\npatch: 1 docs\n"), "{said:#?}");
}

#[test]
fn writes_markdown_and_json() {
    let folder = two();
    let said = expect(&folder, "diff old.yaml new.yaml --format markdown", 0);
    let wanted = "\
**major: 2 breaking, 1 addition**

### Breaking

- `models::Pet`, in pet().list: the field `name` is `String`, was `Option<String>` (new.yaml:21:9)
- `models::Pet`, in pet().list: something has to be there, so that it is not `Default` any more (new.yaml:17:5)

### Added

- `pet().count` (`GET /count`): the operation is new (new.yaml:11:5)
";
    assert_eq!(said.out, wanted);
    let said = expect(&folder, "diff old.yaml new.yaml --format json", 0);
    let json: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(json["format"], 1);
    assert_eq!(json["verdict"], "major");
    assert_eq!(json["counts"]["breaking"], 2);
    let entry = &json["entries"][1];
    assert_eq!(entry["name"], "models::Pet");
    assert_eq!(entry["reaches"][0], "pet().list");
    let change = &entry["changes"][0];
    assert_eq!(change["code"], "field-made-required");
    assert_eq!(
        (&change["was"], &change["is"]),
        (&"Option<String>".into(), &"String".into())
    );
    assert_eq!(change["new"]["line"], 21);
    assert_eq!(
        change["old"]["pointer"],
        "#/components/schemas/Pet/properties/name"
    );
}

#[test]
fn reads_one_document_from_standard_input() {
    let folder = two();
    let said = fed(&folder, "diff old.yaml -", &newer());
    assert_eq!(said.code, Some(0), "{said:#?}");
    assert!(
        said.out.starts_with("from old.yaml to <stdin>\n"),
        "{said:#?}"
    );
    wrong(&folder, "diff - -", "only one of the documents");
}

#[test]
fn overlays_are_for_both_or_for_one() {
    let folder = two();
    fs::write(folder.path().join("fix.yaml"), OVERLAY).unwrap();
    let both = "diff old.yaml old.yaml --overlay fix.yaml";
    assert!(expect(&folder, both, 0).out.ends_with("no changes\n"));
    let gone = expect(&folder, "diff old.yaml old.yaml --new-overlay fix.yaml", 0);
    assert!(
        gone.out.contains("breaking: the field `kind: "),
        "{gone:#?}"
    );
    let come = expect(&folder, "diff old.yaml old.yaml --old-overlay fix.yaml", 0);
    assert!(
        come.out.contains("addition: the field `kind: "),
        "{come:#?}"
    );
}

#[test]
fn wrong_uses_say_what_to_do() {
    let folder = two();
    wrong(&folder, "diff", "give two documents, or --git REV");
    wrong(&folder, "diff old.yaml", "give two documents, or --git REV");
    wrong(
        &folder,
        "diff --git HEAD old.yaml new.yaml",
        "give the later one at most",
    );
    wrong(&folder, "diff old.yaml none.yaml", "none.yaml");
    fs::write(folder.path().join("bad.yaml"), "openapi: 3.0.3\npaths: 1\n").unwrap();
    let said = expect(&folder, "diff old.yaml bad.yaml", 1);
    assert!(
        said.err.contains("bad.yaml") && said.out.is_empty(),
        "{said:#?}"
    );
}

/// Runs git in a folder; `false` where there is no git.
fn git(folder: &TempDir, arguments: &[&str]) -> bool {
    let identity = ["-c", "user.name=a", "-c", "user.email=a@b.example"];
    let mut command = Command::new("git");
    command
        .args(identity)
        .args(arguments)
        .current_dir(folder.path());
    match command.output() {
        Ok(output) => {
            assert!(output.status.success(), "{arguments:?}: {output:?}");
            true
        }
        Err(_) => false,
    }
}

/// The config's input, overlays and lock are as they were then; an overlay that was not there is left out.
#[test]
fn compares_with_what_the_document_was() {
    let folder = folder();
    if !git(&folder, &["init", "-q"]) {
        println!("skipped: there is no git");
        return;
    }
    expect(&folder, "generate", 0);
    let lock = folder.path().join("spec/restwright.lock");
    let named = fs::read_to_string(&lock).unwrap();
    assert!(named.contains("[types.\"PetKind\"]"), "{named}");
    fs::write(
        &lock,
        named.replace("[types.\"PetKind\"]", "[types.\"Species\"]"),
    )
    .unwrap();
    git(&folder, &["add", "-A"]);
    git(&folder, &["commit", "-q", "-m", "pets"]);
    fs::remove_file(&lock).unwrap();
    fs::write(folder.path().join("spec/pets.yaml"), newer()).unwrap();

    let said = expect(&folder, "diff --git HEAD", 0);
    assert!(
        said.out
            .starts_with("from HEAD:spec/pets.yaml to spec/pets.yaml\n"),
        "{said:#?}"
    );
    assert!(
        said.out.ends_with("\nmajor: 2 breaking, 1 addition\n"),
        "names stay: {said:#?}"
    );
    let other = PETS.replace("[cat, dog]", "[cat]");
    fs::write(folder.path().join("other.yaml"), other).unwrap();
    let said = expect(
        &folder,
        "diff --git HEAD other.yaml --config spec/restwright.toml",
        0,
    );
    assert!(
        said.out.contains("models::Species (in pet().list)\n"),
        "{said:#?}"
    );

    let config = format!("overlays = [\"fix.yaml\"]\n{}", crate::CONFIG);
    fs::write(folder.path().join("spec/restwright.toml"), config).unwrap();
    fs::write(folder.path().join("spec/fix.yaml"), OVERLAY).unwrap();
    let said = expect(&folder, "diff --git HEAD", 0);
    assert!(
        said.out
            .contains("the field `kind: Option<models::Species>` is gone"),
        "{said:#?}"
    );

    wrong(
        &folder,
        "diff --git nowhere",
        "--git nowhere: there is no such commit",
    );
    wrong(&folder, "diff --git=--help", "that is no revision");
    wrong(&folder, "diff --git=", "that is no revision");
}

#[test]
fn a_revision_needs_a_repository_and_a_file() {
    let folder = folder();
    let mut command = command(folder.path(), &["diff", "--git", "HEAD"]);
    // Whatever the folder of temporary files is in.
    command.env("GIT_CEILING_DIRECTORIES", folder.path());
    command.env("GIT_DIR", folder.path().join("none"));
    let said = said(command.output().unwrap());
    assert_eq!(said.code, Some(2), "{said:#?}");
    assert!(said.err.contains("git"), "{said:#?}");
}
