use super::*;
use crate::source::Address;

fn report() -> Report {
    let main = Source::new("api.yaml", "info:\n  title: a\npaths: {}\n");
    let overlay = Source::new("fix,1.json", "{\"actions\": [\n  {\"target\": 1}]}");
    let mut report = Report::new([main, overlay]);
    report.warning(
        "later",
        &Pointer::root().key("paths").key("/a b"),
        "100% odd: x,\ny",
        "mend it",
    );
    report.note(
        "early",
        &Pointer::root().key("info").key("title"),
        "short title",
        "",
    );
    report.note(
        "early",
        &Pointer::root().key("info").key("title"),
        "short title",
        "",
    );
    report.add(Diagnostic {
        severity: Severity::Error,
        code: "bad-target",
        pointer: Pointer::root().key("actions").index(0).key("target"),
        message: "no path".to_owned(),
        help: None,
        file: "fix,1.json".to_owned(),
        place: None,
    });
    report
}

#[test]
fn sorts_by_file_and_place_and_counts_once() {
    let report = report();
    let codes: Vec<_> = report
        .diagnostics()
        .iter()
        .map(|found| found.code)
        .collect();
    assert_eq!(codes, ["early", "later", "bad-target"]);
    assert_eq!(report.gate(), Err(Rejected { errors: 1 }));
    assert_eq!(report.gate().unwrap_err().to_string(), "stopped by 1 error");
    assert_eq!(Report::default().gate(), Ok(()));
    assert_eq!(report.summary(), "1 error, 1 warning, 1 note");
    assert_eq!(Report::default().summary(), "nothing to report");
}

#[test]
fn renders_text() {
    let expected = "\
note[early]: short title
  --> api.yaml:2:3 #/info/title

warning[later]: 100% odd: x, y
  --> api.yaml:3:1 #/paths/~1a b
  = help: mend it

error[bad-target]: no path
  --> fix,1.json:2:4 #/actions/0/target
";
    assert_eq!(report().render_text(), expected);
}

#[test]
fn names_the_file_a_pointer_leads_into() {
    let document = Source::new("spec/api.yaml", "a: 1");
    let file = Linked {
        address: Address::of(&document).join("schemas/pet.yaml").0,
        text: Text::Read(Source::new(
            "spec/schemas/pet.yaml",
            "x: 1\nPet: {type: odd}",
        )),
    };
    let mut report = Report::new([document]).with_files(&[file]);
    let at = Pointer::parse("schemas/pet.yaml#/Pet/type").unwrap();
    report.note("odd", &at, "odd", "");
    let expected = "note[odd]: odd\n  --> spec/schemas/pet.yaml:2:7 #/Pet/type\n";
    assert_eq!(report.render_text(), expected);
}

#[test]
fn renders_json() {
    let text = report().render_json();
    let first = text.lines().next().unwrap();
    assert_eq!(
        first,
        r##"{"severity":"note","code":"early","file":"api.yaml","line":2,"column":3,"pointer":"#/info/title","message":"short title","help":null}"##
    );
    assert_eq!(text.lines().count(), 3);
}

#[test]
fn renders_github_annotations() {
    let expected = "\
::notice file=api.yaml,line=2,col=3,title=early::short title
::warning file=api.yaml,line=3,col=1,title=later::100%25 odd: x,%0Ay%0Amend it
::error file=fix%2C1.json,line=2,col=4,title=bad-target::no path
";
    assert_eq!(report().render_github(), expected);
}
