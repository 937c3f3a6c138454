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

/// A document with an operation, in the version and with the answers and schemas given.
fn written(head: &str, responses: &str, rest: &str) -> TempDir {
    let folder = folder();
    let text = format!(
        "{head}\ninfo: {{title: t, version: '1'}}\npaths:\n  /a:\n    get: {{operationId: getA, responses: {responses}}}\n{rest}"
    );
    fs::write(folder.path().join("spec/pets.yaml"), text).unwrap();
    folder
}

/// Whatever has a wider type than it could have, or none, is counted and denied, in any stage.
#[test]
fn all_that_is_lost_counts() {
    let (v3, v2) = ("openapi: 3.2.0", "swagger: '2.0'");
    let json = "application/json: {schema: {type: object}}";
    let items = |name: &str, kind: &str| format!("{name}: {{itemSchema: {{type: {kind}}}}}");
    let several =
        |content: String| format!("{{'200': {{description: d, content: {{{content}}}}}}}");
    let streams = [
        items("text/event-stream", "integer"),
        items("application/jsonl", "boolean"),
    ];
    let schemas = |text: &str| format!("components: {{schemas: {{{text}}}}}\n");
    let union = "A: {type: object, properties: {k: {type: string}}}, \
        B: {type: object, properties: {k: {type: string}}}, \
        U: {oneOf: [{$ref: '#/components/schemas/A'}, {type: object, properties: {l: {type: string}}}], \
        discriminator: {propertyName: k}}";
    let none = || "{'204': {description: d}}".to_owned();
    let failed =
        "{'400': {description: d, content: {text/event-stream: {schema: {type: string}}}}}";
    let object = "{'200': {description: d, schema: {type: file}}, \
        '400': {description: d, schema: {type: object, properties: {m: {type: string}}}}}\n      \
        , produces: [image/png]";
    let found = [
        (
            "another-stream",
            v3,
            several(streams.join(", ")),
            String::new(),
        ),
        (
            "other-media-type",
            v3,
            several(format!("{json}, text/csv: {{}}")),
            String::new(),
        ),
        ("stream-as-text", v3, failed.to_owned(), String::new()),
        ("object-as-json", v2, object.to_owned(), String::new()),
        (
            "broken-reference",
            v3,
            none(),
            schemas("A: {$ref: '#/nowhere'}"),
        ),
        ("discriminator-unclear", v3, none(), schemas(union)),
    ];
    for (code, head, responses, rest) in found {
        let folder = written(head, &responses, &rest);
        let summary = expect(&folder, "lint --summary", 0);
        let mut lines = summary.out.lines();
        let line = lines.find(|line| line.contains(code));
        let counted = line.is_some_and(|line| line.ends_with(&format!(" {code} (lossy)")));
        assert!(counted, "{code}: {summary:#?}");
        assert!(
            summary.err.ends_with(" of them lossy\n"),
            "{code}: {summary:#?}"
        );
        let denied = expect(&folder, "lint --deny-lossy", 1);
        assert!(
            denied.out.contains(&format!("error[{code}]")),
            "{denied:#?}"
        );
        expect(&folder, "generate --deny-lossy", 1);
    }
}
