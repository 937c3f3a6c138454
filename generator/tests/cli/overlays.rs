//! Overlays: several in order, the document that `extends` names, the effective document.

use crate::{expect, files, folder, run, wrong};
use std::fs;
use tempfile::TempDir;

const RENAME: &str = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nextends: spec/pets.yaml\nactions:\n\
    - target: $.components.schemas\n  update: {Animal: {}}\n\
    - {target: $.components.schemas.Animal, copy: $.components.schemas.Pet}\n\
    - {target: $.components.schemas.Pet, remove: true}\n";
const FOLLOW: &str = r##"{"overlay": "1.1.0", "info": {"title": "t", "version": "1"}, "actions": [
  {"target": "$..schema['$ref']", "description": "Pet is called Animal now.", "update": "#/components/schemas/Animal"}
]}"##;

/// A folder without a config, with two overlays for `spec/pets.yaml`.
fn overlays() -> TempDir {
    let folder = folder();
    fs::remove_file(folder.path().join("spec/restwright.toml")).unwrap();
    fs::write(folder.path().join("rename.yaml"), RENAME).unwrap();
    fs::write(folder.path().join("follow.json"), FOLLOW).unwrap();
    folder
}

#[test]
fn the_effective_document_gives_the_same_crate() {
    let folder = overlays();
    let said = expect(
        &folder,
        "generate --overlay rename.yaml --overlay follow.json -o client --effective spec/effective.yaml",
        0,
    );
    assert!(
        said.out
            .starts_with("written spec/effective.yaml\ncreated client/Cargo.toml\n"),
        "{said:#?}"
    );
    // YAML stays YAML, in the order of the document; what is new comes last.
    let text = fs::read_to_string(folder.path().join("spec/effective.yaml")).unwrap();
    let wanted = "openapi: 3.0.3\ninfo:\n  title: Pets\n  version: '1'\npaths:\n  /pets:\n    get:\n      \
        operationId: listPets\n      tags:\n      - Pet\n      responses:\n        '200':\n          \
        description: All\n          content:\n            application/json:\n              schema:\n                \
        $ref: '#/components/schemas/Animal'\ncomponents:\n  schemas:\n    Animal:\n      type: object\n      \
        properties:\n        name:\n          type: string\n        kind:\n          type: string\n          \
        nullable: true\n          enum:\n          - cat\n          - dog\n";
    assert_eq!(text, wanted);
    let said = expect(&folder, "check spec/effective.yaml -o client", 0);
    assert!(said.out.contains("client is up to date"), "{said:#?}");
}

#[test]
fn the_effective_document_is_printed_alone() {
    let folder = overlays();
    let json = r#"{"openapi":"3.0.3","info":{"version":"1","title":"T"},"paths":{}}"#;
    fs::write(folder.path().join("api.json"), json).unwrap();
    let before = files(folder.path());
    let said = expect(&folder, "lint api.json --effective -", 0);
    assert_eq!(
        said.out,
        "{\n  \"openapi\": \"3.0.3\",\n  \"info\": {\n    \"version\": \"1\",\n    \"title\": \"T\"\n  },\n  \"paths\": {}\n}\n"
    );
    assert!(said.err.contains("api.json: "), "{said:#?}");
    let said = expect(
        &folder,
        "generate api.json -o client --dry-run --effective -",
        0,
    );
    assert!(said.out.starts_with("{\n"), "{said:#?}");
    assert!(
        said.err.contains("would create client/Cargo.toml\n"),
        "{said:#?}"
    );
    // A dry run writes nothing at all.
    expect(
        &folder,
        "generate api.json -o client --dry-run --effective e.json",
        0,
    );
    assert_eq!(files(folder.path()), before);
    wrong(
        &folder,
        "lint api.json --effective ./api.json",
        "./api.json is read, so the effective document is not written there",
    );
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_overlay_names_its_document() {
    let folder = overlays();
    // By a config without `input`, relative to the overlay.
    let config = "overlays = ['../rename.yaml']\noutput = '../client'\n";
    fs::write(folder.path().join("spec/restwright.toml"), config).unwrap();
    let said = expect(&folder, "lint", 0);
    assert!(said.err.contains("spec/pets.yaml: "), "{said:#?}");
    // Another document is told, and read all the same.
    fs::copy(
        folder.path().join("spec/pets.yaml"),
        folder.path().join("zoo.yaml"),
    )
    .unwrap();
    let said = expect(&folder, "lint zoo.yaml --overlay rename.yaml", 0);
    let warning = "warning[overlay-of-another-document]: the overlay is for `spec/pets.yaml`, and the \
        document is `zoo.yaml`\n  --> rename.yaml:3:1 #/extends\n";
    assert!(said.out.contains(warning), "{said:#?}");
    fs::remove_file(folder.path().join("spec/restwright.toml")).unwrap();
    wrong(
        &folder,
        "lint --overlay follow.json",
        "no document is named; ",
    );
    fs::write(
        folder.path().join("zoo.overlay"),
        RENAME.replace("spec/pets", "zoo"),
    )
    .unwrap();
    wrong(
        &folder,
        "lint --overlay rename.yaml --overlay zoo.overlay",
        "the overlays are for different documents, spec/pets.yaml and zoo.yaml; ",
    );
}

#[test]
fn errors_name_file_place_and_action() {
    let folder = overlays();
    let wrong = RENAME.replace(
        "copy: $.components.schemas.Pet}",
        "copy: $.components.schemas.*}",
    );
    fs::write(folder.path().join("rename.yaml"), wrong).unwrap();
    let follow = FOLLOW.replace("\"#/components/schemas/Animal\"", "[1]");
    fs::write(folder.path().join("follow.json"), follow).unwrap();
    let arguments =
        "generate --overlay rename.yaml --overlay follow.json -o client --effective e.yaml";
    let said = run(&folder, arguments);
    assert_eq!(said.code, Some(1), "{said:#?}");
    for told in [
        "error[bad-copy]: actions[1]: `copy` has to select one node, it selects 2\n  --> rename.yaml:7:41 #/actions/1/copy\n",
        "error[update-does-not-fit]: actions[0] (Pet is called Animal now): `update` has a list, and the \
         document has a plain value there\n  --> follow.json:2:79 #/actions/0/update\n  \
         = help: remove what is there in an action before\n",
    ] {
        assert!(said.err.contains(told), "{told} in {said:#?}");
    }
    assert!(!folder.path().join("e.yaml").exists() && !folder.path().join("client").exists());
}
