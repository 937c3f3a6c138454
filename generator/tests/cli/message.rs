//! How findings and results look: text, JSON, annotations, colours.

use crate::{PETS, expect, folder, objects};
use serde_json::Value;
use std::fs;

#[test]
fn lint_prints_findings_as_results() {
    let folder = folder();
    let said = expect(&folder, "lint", 0);
    let place = "warning[nullable-enum-without-null]: null is allowed by the type but not by the enum\n  \
                 --> spec/pets.yaml:16:46 #/components/schemas/Pet/properties/kind/enum\n  = help: ";
    assert!(said.out.contains(place), "{said:#?}");
    assert_eq!(said.err, "spec/pets.yaml: 1 warning\n");
    let strict = expect(&folder, "lint --strict --quiet", 1);
    assert!(
        strict.out.contains("error[nullable-enum-without-null]: "),
        "{strict:#?}"
    );
    assert_eq!(strict.err, "");
    let summary = expect(&folder, "lint spec/pets.yaml --summary", 0);
    assert_eq!(summary.out, "     1  warning  nullable-enum-without-null\n");
    let object = expect(&folder, "lint --summary --message-format json", 0);
    let wanted = "{\"severity\":\"warning\",\"code\":\"nullable-enum-without-null\",\"count\":1,\"lossy\":false}\n";
    assert_eq!(object.out, wanted);
}

#[test]
fn programs_read_json() {
    let folder = folder();
    let made = expect(&folder, "generate --message-format json", 0);
    let lines = objects(&made.out);
    assert_eq!(lines[0]["path"], "client/Cargo.toml");
    assert_eq!(lines[0]["change"], "created");
    let summary = &lines[lines.len() - 1];
    assert_eq!(
        (&summary["types"], &summary["operations"]),
        (&Value::from(2), &Value::from(1))
    );
    assert_eq!(summary["changed"], lines.len() - 1);

    fs::remove_file(folder.path().join("client/README.md")).unwrap();
    let stale = objects(&expect(&folder, "check --message-format json", 1).out);
    assert_eq!(stale.len(), 2);
    assert_eq!(
        (stale[0]["path"].as_str(), stale[0]["state"].as_str()),
        (Some("client/README.md"), Some("missing"))
    );
    assert!(
        stale[0]["diff"]
            .as_str()
            .unwrap()
            .starts_with("--- /dev/null\n")
    );
    assert_eq!(stale[1]["command"], "restwright generate");

    let lint = objects(&expect(&folder, "--message-format json lint", 0).out);
    assert_eq!(
        (&lint[0]["line"], &lint[0]["column"]),
        (&Value::from(16), &Value::from(46))
    );
    let failed = expect(&folder, "--message-format=json lint nowhere.yaml", 2);
    let failure = &objects(&failed.err)[0];
    assert_eq!(failure["severity"], "error");
    assert!(
        failure["message"]
            .as_str()
            .unwrap()
            .starts_with("cannot read nowhere.yaml: ")
    );
}

#[test]
fn github_reads_annotations() {
    let folder = folder();
    let lint = expect(&folder, "lint --message-format github", 0);
    let start = "::warning file=spec/pets.yaml,line=16,col=46,title=nullable-enum-without-null::null is allowed";
    assert!(lint.out.starts_with(start), "{lint:#?}");
    expect(&folder, "generate", 0);
    fs::write(folder.path().join("client/README.md"), "::error::mine\n").unwrap();
    let stale = expect(&folder, "check --message-format github", 1);
    let lines: Vec<&str> = stale.out.lines().collect();
    assert_eq!(
        lines[0],
        "::error file=client/README.md,title=stale::changed; run: restwright generate"
    );
    assert_eq!(
        lines[1],
        "client: 1 file is out of date; run: restwright generate"
    );
    assert_eq!(lines.len(), 2);
}

#[test]
fn colours_are_as_wished() {
    let folder = folder();
    assert!(
        !expect(&folder, "lint", 0).out.contains('\x1b'),
        "a pipe is no terminal"
    );
    let painted = expect(&folder, "lint --color always", 0).out;
    assert!(
        painted.starts_with("\x1b[1;33mwarning[nullable-enum-without-null]\x1b[0m: "),
        "{painted}"
    );
    assert!(
        !expect(&folder, "lint --color never", 0)
            .out
            .contains('\x1b')
    );
}

#[test]
fn generate_tells_warnings_counts_notes_and_can_be_strict() {
    let folder = folder();
    // XML in a cookie is typed as text with a warning; a list that is null is mended with a note.
    let odd = "      parameters: [{in: cookie, name: c, content: {application/xml: {}}}]\n      security: null\n";
    let text = PETS.replacen(
        "      tags: [Pet]\n",
        &format!("      tags: [Pet]\n{odd}"),
        1,
    );
    fs::write(folder.path().join("spec/pets.yaml"), text).unwrap();

    let strict = expect(&folder, "generate --strict", 1);
    assert!(
        strict.err.starts_with("error[parameter-media-type]: "),
        "{strict:#?}"
    );
    assert!(
        strict.err.ends_with("\nerror: stopped by 1 error\n"),
        "{strict:#?}"
    );
    assert!(!folder.path().join("client").exists());

    let plain = expect(&folder, "generate", 0);
    assert!(
        plain.err.starts_with("warning[parameter-media-type]: "),
        "{plain:#?}"
    );
    assert!(
        plain
            .err
            .ends_with("note: 1 note is not shown; add --verbose to see it\n"),
        "{plain:#?}"
    );
    let quiet = expect(&folder, "check --quiet", 0);
    assert_eq!(
        plain.err.strip_prefix(&quiet.err).unwrap().lines().count(),
        1,
        "{quiet:#?}"
    );
    let verbose = expect(&folder, "check --verbose", 0);
    assert!(verbose.err.contains("\nnote["), "{verbose:#?}");
}
