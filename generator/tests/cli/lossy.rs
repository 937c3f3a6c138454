//! `--deny-lossy`: what the crate does not carry as the document has it is an error.

use crate::{PETS, expect, files, folder};
use std::fs;
use tempfile::TempDir;

/// A folder whose document has `schema` for the member `name` of a pet.
fn with(schema: &str) -> TempDir {
    let folder = folder();
    let text = PETS.replace("name: {type: string}", &format!("name: {schema}"));
    fs::write(folder.path().join("spec/pets.yaml"), text).unwrap();
    folder
}

/// A keyword that no type has room for is a note, and an error when it is denied.
#[test]
fn a_keyword_without_a_type_is_denied() {
    let folder = with("{type: string, not: {enum: [x]}}");
    let denied = expect(&folder, "generate --deny-lossy", 1);
    assert!(
        denied.err.contains("error[keyword-without-type]"),
        "{denied:#?}"
    );
    assert!(denied.err.contains("/properties/name"), "{denied:#?}");
    assert!(!folder.path().join("client").exists(), "nothing is written");
    expect(&folder, "lint --deny-lossy", 1);
    expect(&folder, "lint", 0);
    expect(&folder, "generate", 0);
    expect(&folder, "check", 0);
    let before = files(folder.path());
    let denied = expect(&folder, "check --deny-lossy", 1);
    assert!(
        denied.err.contains("error[keyword-without-type]"),
        "{denied:#?}"
    );
    assert_eq!(files(folder.path()), before);
}

/// So is a schema whose type is wider than the schema.
#[test]
fn a_wider_type_is_denied() {
    let folder = with("{allOf: [{type: string}, {type: integer}]}");
    for command in ["generate", "lint", "check"] {
        let denied = expect(&folder, &format!("{command} --deny-lossy"), 1);
        let said = format!("{}{}", denied.out, denied.err);
        assert!(
            said.contains("error[conflicting-types]"),
            "{command}: {denied:#?}"
        );
    }
    let generated = expect(&folder, "generate", 0);
    assert!(
        generated.err.contains("warning[conflicting-types]"),
        "{generated:#?}"
    );
}

/// Other findings are none of its business.
#[test]
fn what_loses_nothing_is_not_denied() {
    let folder = folder();
    let odd = PETS.replace("      operationId: listPets\n", "");
    fs::write(folder.path().join("spec/pets.yaml"), odd).unwrap();
    let generated = expect(&folder, "generate --deny-lossy", 0);
    assert!(
        generated.err.contains("warning[no-operation-id]"),
        "{generated:#?}"
    );
    expect(&folder, "check --deny-lossy", 0);
    expect(&folder, "lint --deny-lossy", 0);
    expect(&folder, "generate --strict", 1);
}
