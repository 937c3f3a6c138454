//! Names that are wanted under `[names]` in `restwright.toml`.

use super::regenerate::configured;
use restwright::config::Config;
use restwright::name::lock::Lock;
use restwright::report::{Report, Severity};
use restwright::source::Source;
use restwright::{GenerateError, Generated};

const DOCUMENT: &str = "\
openapi: 3.1.0
info: {title: Shelves, version: '1'}
tags: [{name: Shelf}]
paths:
  /shelves:
    get: {tags: [Shelf], responses: {'204': {description: none}}}
components:
  schemas:
    Shelf: {type: object, properties: {row: {type: integer}}}
    Colour: {type: string, enum: [red, green]}
";

const SHELF: &str = "#/components/schemas/Shelf";
const ROW: &str = "#/components/schemas/Shelf/properties/row";
const RED: &str = "#/components/schemas/Colour/enum/0";
const TAG: &str = "#/tags/0";
const LIST: &str = "#/paths/~1shelves/get";

#[test]
fn pinned_names_are_given() {
    let (result, report) = pinned(&[(SHELF, "Board"), (ROW, "level"), (LIST, "all")]);
    let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    let models = text(&generated, "src/models/");
    assert!(models.contains("pub struct Board"), "{models}");
    assert!(models.contains("pub level: Option<i64>"), "{models}");
    let operations = text(&generated, "src/operations/");
    assert!(operations.contains("pub fn all("), "{operations}");
}

#[test]
fn what_cannot_be_a_name_is_an_error() {
    for (place, name) in [
        (SHELF, "my shelf"),
        (SHELF, "2nd"),
        (SHELF, ""),
        (SHELF, "Self"),
        (SHELF, "Sch\u{00f6}n!"),
        (ROW, "crate"),
        (ROW, "self"),
        (ROW, "_"),
        (ROW, "a-b"),
        (RED, "rouge!"),
        (RED, "1st"),
        (TAG, "my shelves"),
        (LIST, "list()"),
        (LIST, "r#type"),
    ] {
        let (result, report) = pinned(&[(place, name)]);
        assert!(result.is_err(), "{place} is called {name:?}");
        let text = report.render_text();
        assert_eq!(report.count(Severity::Error), 1, "{text}");
        assert!(text.starts_with("error[bad-name]") || text.contains("\nerror[bad-name]"));
        assert!(
            text.contains(&format!("openapi.yaml:{}", line(place))),
            "{text}"
        );
        assert!(text.contains(place), "{text}");
    }
}

/// A keyword can be one, raw.
#[test]
fn a_keyword_is_a_name() {
    let (result, report) = pinned(&[(ROW, "type")]);
    let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    let models = text(&generated, "src/models/");
    assert!(models.contains("pub r#type: Option<i64>"), "{models}");
}

/// The line of the document at which a place is.
fn line(place: &str) -> usize {
    let start = match place {
        SHELF => "    Shelf:",
        ROW => "    Shelf:",
        RED => "    Colour:",
        TAG => "tags:",
        _ => "    get:",
    };
    let line = DOCUMENT.lines().position(|line| line.starts_with(start));
    line.expect("the place is there") + 1
}

fn pinned(names: &[(&str, &str)]) -> (Result<Generated, GenerateError>, Report) {
    let names = names
        .iter()
        .map(|(place, name)| ((*place).to_owned(), (*name).to_owned()));
    let config = Config {
        names: names.collect(),
        ..Config::default()
    };
    configured(
        Source::new("openapi.yaml", DOCUMENT),
        config,
        Lock::default(),
    )
}

fn text(generated: &Generated, folder: &str) -> String {
    let files = generated
        .files
        .iter()
        .filter(|file| file.path.starts_with(folder));
    files.map(|file| file.text.as_str()).collect()
}
