//! `drift`: what it reads, says and writes.

use crate::{expect, fed, files, folder, objects, wrong};
use std::fs;
use tempfile::TempDir;

const LINES: &str = concat!(
    r#"{"method":"GET","url":"https://h.example/pets?key=secret","status":200,"content_type":"application/json","body":{"name":"Jane","kind":"cat"}}"#,
    "\n",
    r#"{"method":"GET","url":"https://h.example/pets","status":200,"content_type":"application/json","body":{"name":null,"kind":"bird","owner":"jane@example.com"}}"#,
    "\n",
    r#"{"method":"GET","url":"https://h.example/pets","status":200,"content_type":"application/json","body":{"kind":"bird"}}"#,
    "\n",
    r#"{"method":"POST","url":"https://h.example/pets/jane","status":201}"#,
    "\n",
);

/// A folder whose answers differ from its document.
fn drifting() -> TempDir {
    let folder = folder();
    fs::create_dir(folder.path().join("answers")).unwrap();
    fs::write(folder.path().join("answers/a.jsonl"), LINES).unwrap();
    fs::write(folder.path().join("answers/notes.txt"), "none of these").unwrap();
    folder
}

const TOLD: &str = "\
undeclared-member: the member `owner` is not declared: text of 16 characters, like an e-mail address
  --> spec/pets.yaml:12:5 #/components/schemas/Pet
  = seen once in 1 of 3 answers, first at answers/a.jsonl:2
  = listPets 200

undeclared-value: not among the listed values: \"bird\" (twice)
  --> spec/pets.yaml:16:9 #/components/schemas/Pet/properties/kind
  = seen twice in 2 of 3 answers, first at answers/a.jsonl:2
  = listPets 200 $.kind

undeclared-null: the value is null, which is not allowed
  --> spec/pets.yaml:15:9 #/components/schemas/Pet/properties/name
  = seen once in 1 of 3 answers, first at answers/a.jsonl:2
  = listPets 200 $.name

unmatched: POST /pets/{text}: 1 answer, first at answers/a.jsonl:4
";

#[test]
fn tells_where_answers_differ() {
    let folder = drifting();
    let before = files(folder.path());
    for recordings in ["answers", "answers/a.jsonl"] {
        let said = expect(&folder, &format!("drift {recordings}"), 1);
        assert_eq!(said.out, TOLD);
        assert_eq!(
            said.err,
            "4 answers, 3 of them of operations; 3 differences\n"
        );
    }
    assert_eq!(files(folder.path()), before);
    let said = expect(&folder, "drift answers --message-format json", 1);
    let found = objects(&said.out);
    let codes: Vec<&str> = found.iter().filter_map(|it| it["code"].as_str()).collect();
    assert_eq!(
        codes,
        ["undeclared-member", "undeclared-value", "undeclared-null"]
    );
    assert_eq!(found[1]["values"][0]["value"], "bird");
    assert_eq!(found[1]["sites"][0]["at"], "$.kind");
    assert_eq!(
        (&found[1]["line"], &found[1]["first"]["line"]),
        (&16.into(), &2.into())
    );
    assert_eq!(found[3]["kind"], "unmatched");
    assert_eq!(
        found[4],
        serde_json::json!({"kind": "summary", "answers": 4, "matched": 3, "streams": 0, "differences": 3})
    );
    let said = expect(&folder, "drift answers --message-format github", 1);
    let first = said.out.lines().next().unwrap();
    assert!(
        first.starts_with(
            "::warning file=spec/pets.yaml,line=12,col=5,title=undeclared-member::the member"
        ),
        "{first}"
    );
}

#[test]
fn writes_an_overlay_that_mends_all() {
    let folder = drifting();
    let said = expect(
        &folder,
        "drift answers --write-overlay spec/drift.yaml -q",
        1,
    );
    assert!(said.out.starts_with(TOLD), "{said:#?}");
    assert!(
        said.out.ends_with("\nwritten spec/drift.yaml: 3 actions\n"),
        "{said:#?}"
    );
    assert_eq!(said.err, "");
    let text = fs::read_to_string(folder.path().join("spec/drift.yaml")).unwrap();
    assert!(
        text.contains("- target: $.components.schemas.Pet.properties.kind.enum\n"),
        "{text}"
    );
    assert!(!text.to_lowercase().contains("jane"), "{text}");
    let said = expect(&folder, "drift answers --overlay spec/drift.yaml", 0);
    assert_eq!(
        said.out,
        "unmatched: POST /pets/{text}: 1 answer, first at answers/a.jsonl:4\n"
    );
    expect(&folder, "lint --overlay spec/drift.yaml", 0);
    expect(&folder, "generate --strict --overlay spec/drift.yaml", 0);
    let types = folder.path().join("client/src/models");
    let models: String = files(&types)
        .into_iter()
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap())
        .collect();
    assert!(
        models.contains("Bird") && models.contains("owner"),
        "{models}"
    );

    // What is there is not replaced by chance, and whoever asks gets the same bytes again.
    wrong(
        &folder,
        "drift answers --write-overlay spec/drift.yaml",
        "spec/drift.yaml is already there",
    );
    expect(
        &folder,
        "drift answers --write-overlay spec/drift.yaml --force",
        1,
    );
    let again = fs::read_to_string(folder.path().join("spec/drift.yaml")).unwrap();
    assert_eq!(again, text);
    let said = expect(
        &folder,
        "drift answers --overlay spec/drift.yaml --write-overlay more.yaml",
        0,
    );
    assert!(said.err.contains("no overlay is written"), "{said:#?}");
    assert!(!folder.path().join("more.yaml").exists());
}

#[test]
fn what_cannot_be_read_is_told_and_the_rest_compared() {
    let folder = drifting();
    let bad = format!("{{\"jane\n{LINES}");
    fs::write(folder.path().join("bad.jsonl"), bad).unwrap();
    let said = expect(&folder, "drift bad.jsonl", 1);
    assert_eq!(
        said.out,
        TOLD.replace("answers/a.jsonl:2", "bad.jsonl:3")
            .replace("answers/a.jsonl:4", "bad.jsonl:5")
    );
    assert!(
        said.err.starts_with(
            "warning[bad-recording]: line 1: it ends within its JSON\n  --> bad.jsonl:1:"
        ),
        "{said:#?}"
    );
    assert!(!said.err.contains("jane"), "{said:#?}");
}

#[test]
fn reads_standard_input() {
    let folder = drifting();
    let said = fed(&folder, "drift - --input spec/pets.yaml", LINES);
    assert_eq!(said.code, Some(1), "{said:#?}");
    assert_eq!(said.out, TOLD.replace("answers/a.jsonl", "<stdin>"));
}

#[test]
fn wrong_uses_say_so() {
    let folder = drifting();
    wrong(&folder, "drift", "RECORDINGS");
    wrong(&folder, "drift nothing.har", "cannot read nothing.har");
    wrong(&folder, "drift spec/..", "has no recordings");
    wrong(
        &folder,
        "drift - - --input spec/pets.yaml",
        "can be read once only",
    );
    wrong(&folder, "drift - --input -", "can be read once only");
    wrong(&folder, "drift answers --force", "--write-overlay");
    let said = expect(&folder, "drift answers --input answers/a.jsonl", 1);
    assert!(said.err.contains("stopped by 1 error"), "{said:#?}");
    assert_eq!(said.out, "");
}
