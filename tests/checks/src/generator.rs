//! The generator: whatever the text, it says what is wrong and does not panic; whatever it writes is
//! Rust, and the same each time.

use crate::document::{self, change};
use crate::draw::Draw;
use crate::names::moved;
use restwright::config::Config;
use restwright::name::lock::Lock;
use restwright::report::{Report, Severity};
use restwright::source::Source;
use restwright::{Generated, Inputs, diff, generate, lint, read as reader};
use serde_json::Value;
use std::collections::BTreeSet;

fn inputs(source: Source, overlays: Vec<Source>) -> Inputs {
    Inputs {
        source,
        files: Vec::new(),
        overlays,
        config: Config::default(),
        lock: Lock::default(),
    }
}

/// Reads a text as a document, and shows all that is said of it.
pub fn read(data: &[u8]) {
    if let Ok(source) = Source::from_bytes("openapi", data.to_vec()) {
        of_any(&inputs(source, Vec::new()));
    }
}

/// Reads an overlay and the document that it changes: two texts, with a line `===` between them.
pub fn overlay(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (overlay, document) = text.split_once("\n===\n").unwrap_or((&text, DOCUMENT));
    let overlays = vec![Source::new("overlay.yaml", overlay)];
    of_any(&inputs(Source::new("openapi.yaml", document), overlays));
}

/// What an overlay changes that brings no document.
const DOCUMENT: &str = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a/{b}:\n    get:\n      \
    tags: [a]\n      parameters: [{name: b, in: path, required: true, schema: {type: string}}]\n      \
    responses:\n        '200':\n          description: d\n          content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}\n\
    components: {schemas: {S: {type: object, properties: {a: {type: [string, 'null']}, b: {enum: [1, x]}}}}}\n";

fn of_any(inputs: &Inputs) {
    let mut report = inputs.report();
    let document = reader::read(&inputs.source, &inputs.files, &inputs.overlays, &mut report);
    let is_refused = report.count(Severity::Error) > 0;
    assert!(
        document.is_ok() || is_refused,
        "it is refused without a word"
    );
    shown(&report);
    if is_refused {
        return;
    }
    if let Ok(document) = document {
        lint::lint(&document, &mut Report::default());
    }
    let mut report = inputs.report();
    match generate(inputs, &mut report) {
        Ok(generated) => all_rust(&generated),
        Err(error) => assert!(report.count(Severity::Error) > 0, "{error}"),
    }
    shown(&report);
}

/// A report in all its forms; places are looked up for it.
fn shown(report: &Report) {
    report.render_text();
    report.render_json();
    report.render_github();
}

/// Makes a document, and a client of it: the document has no errors, what is written is Rust, and
/// the second time, with the names of the first, it is the same.
///
/// # Panics
/// Any of that does not hold.
pub fn pipeline(data: &[u8]) {
    let mut draw = Draw::new(data);
    let validate = draw.once_in(4);
    let document = document::document(&mut draw);
    let text = document.to_string();
    let mut inputs = inputs(Source::new("openapi.json", text.clone()), Vec::new());
    inputs.config.client.validate = validate;
    let mut report = inputs.report();
    let first = generate(&inputs, &mut report);
    let errors = report.count(Severity::Error);
    let first = first.unwrap_or_else(|error| panic!("{error}\n{}\n{text}", report.render_text()));
    assert!(errors == 0, "{}\n{text}", report.render_text());
    shown(&report);
    all_rust(&first);
    let again = generate(&inputs, &mut inputs.report()).ok();
    assert!(
        again.is_some_and(|again| again.files == first.files),
        "not the same again: {text}"
    );
    inputs.lock = first.lock;
    let locked = generate(&inputs, &mut inputs.report()).ok();
    let locked = locked.unwrap_or_else(|| panic!("not with its own lock: {text}"));
    assert!(
        locked.files == first.files,
        "not the same with its own lock: {text}"
    );
    let changes = diff::diff(&first.api, &locked.api);
    assert!(
        changes.entries.is_empty(),
        "changes from itself to itself: {text}"
    );
}

/// Makes a document, and another one that differs from it in a few places: with the lock of the first no name
/// moves whose place is in both.
///
/// # Panics
/// That does not hold.
pub fn stability(data: &[u8]) {
    let mut draw = Draw::new(data);
    // First, as there may be no choices left behind a document.
    let choices: Vec<u8> = (0..32).map(|_| draw.byte()).collect();
    let document = document::document(&mut draw);
    let mut choices = Draw::new(&choices);
    let changed = change::changed(&document, &mut choices);
    // What is gone in one direction has come in the other.
    let [before, after] = match choices.once_in(2) {
        true => [document, changed],
        false => [changed, document],
    };
    let client = |document: &Value, lock: Lock| {
        let text = document.to_string();
        let mut inputs = inputs(Source::new("openapi.json", text), Vec::new());
        inputs.lock = lock;
        let mut report = inputs.report();
        let client = generate(&inputs, &mut report);
        client.unwrap_or_else(|error| panic!("{error}\n{}\n{document}", report.render_text()))
    };
    let old = client(&before, Lock::default());
    let new = client(&after, old.lock.clone());
    let moved = moved(&old, &new);
    assert!(moved.is_empty(), "{moved:#?}\nof\n{before}\nto\n{after}");
    let again = client(&after, new.lock.clone());
    assert!(
        again.files == new.files,
        "not the same with its own lock:\n{before}\nto\n{after}"
    );
}

/// Every file is what its name says; the runtime's are tested elsewhere.
fn all_rust(generated: &Generated) {
    let mut paths = BTreeSet::new();
    for file in &generated.files {
        let path = file.path.as_str();
        assert!(
            paths.insert(path.to_ascii_lowercase()),
            "two files are {path}"
        );
        let steps = path.split(['/', '\\']);
        let inside = steps.clone().all(|step| !matches!(step, "" | "." | ".."));
        assert!(inside, "{path} leads out of the folder");
        if path.ends_with(".toml") {
            let table = file.text.parse::<toml::Table>();
            assert!(table.is_ok(), "{path}: {table:?}");
        } else if path.ends_with(".rs") && !path.starts_with("src/runtime/") {
            let parsed = syn::parse_file(&file.text);
            assert!(parsed.is_ok(), "{path}: {:?}\n{}", parsed.err(), file.text);
        }
    }
}
