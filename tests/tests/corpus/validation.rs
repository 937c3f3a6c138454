//! Rules of real documents: what is valid is never refused, and crates with rules compile.
//!
//! Whether a value is valid is for the jsonschema crate to say. Values are the documents' own
//! examples, and those with one thing changed.

use super::documents;
use restwright::ir;
use restwright::report::Report;
use restwright::source::{Pointer, Source};
use restwright::{Generated, generate};
use restwright_runtime::runtime::{Check, Place};
use restwright_runtime::validate::{Alternative, Checks, Kind, Rule, Rules};
use restwright_tests::corpus::examples::examples;
use restwright_tests::corpus::schemas::{Schemas, Side};
use restwright_tests::corpus::{self, Entry, crates};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Those whose examples have bounds, and few enough schemas to wait for.
const EXAMPLES: [&str; 3] = ["lichess", "train-travel", "xero-accounting"];

/// Those that are compiled: unions, and forms.
const COMPILED: [&str; 2] = ["ollama", "train-travel"];

fn generated(entry: &Entry) -> (Value, Generated) {
    let source = Source::read(&entry.path).expect("a document can be read");
    let root = source.parse().expect("a document is JSON or YAML");
    let mut report = Report::new([source.clone()]);
    let mut inputs = corpus::inputs(source);
    inputs.config.client.validate = true;
    let generated = generate(&inputs, &mut report);
    let generated = generated.unwrap_or_else(|error| panic!("{}: {error}", entry.name));
    (root, generated)
}

#[test]
fn what_is_valid_is_not_refused() {
    let Some(documents) = documents() else {
        return;
    };
    let (mut valid, mut refused) = (0, 0);
    let wanted = |entry: &&Entry| EXAMPLES.contains(&entry.name.as_str());
    for entry in documents.iter().filter(wanted) {
        let (root, generated) = generated(entry);
        let counts = hold(entry, &root, &generated.api.rules);
        valid += counts.0;
        refused += counts.1;
    }
    println!("{valid} valid values taken, {refused} others refused");
    assert!(valid >= 1_000, "only {valid} values were valid");
    assert!(refused >= 100, "only {refused} values were refused");
}

/// How many values were valid, and how many of the others were refused.
fn hold(entry: &Entry, root: &Value, rules: &ir::Rules<ir::Name>) -> (usize, usize) {
    let tables = tables(rules);
    let places: BTreeMap<&Pointer, usize> = rules
        .tables
        .iter()
        .enumerate()
        .map(|(index, table)| (&table.name.place, index))
        .collect();
    let examples = examples(root);
    let wanted = examples.iter().filter_map(|example| {
        let place = target(root, &example.schema);
        Some((example, *places.get(&place)?, place))
    });
    let wanted: Vec<_> = wanted.collect();
    let schemas = wanted.iter().map(|(.., place)| place.clone());
    let schemas = Schemas::new(root, Side::Request, schemas);
    let registry = schemas.registry().expect("the schemas are some");
    let (mut valid, mut refused) = (0, 0);
    for (example, table, place) in wanted {
        let Ok(validator) = schemas.validator(&place, &registry) else {
            continue;
        };
        for value in changed(example.value) {
            let faults = said(tables[table], &value);
            if validator.is_valid(&value) {
                valid += 1;
                let (name, at) = (&entry.name, &example.at);
                assert!(faults.is_empty(), "{name} at {at}: {faults:?}\n{value}");
            } else if !faults.is_empty() {
                refused += 1;
            }
        }
    }
    (valid, refused)
}

/// The schema that a schema is, where it is nothing but a reference.
fn target(root: &Value, at: &Pointer) -> Pointer {
    let reference = root.pointer(&at.to_string()[1..]);
    let reference = reference.and_then(|schema| schema.get("$ref")?.as_str());
    reference
        .and_then(Pointer::parse)
        .unwrap_or_else(|| at.clone())
}

/// A value, and the same with one thing changed.
fn changed(value: &Value) -> Vec<Value> {
    const MOST: usize = 200;
    let mut paths = Vec::new();
    leaves(value, String::new(), &mut paths);
    let mut all = vec![value.clone()];
    for path in paths.into_iter().take(MOST) {
        let Some(leaf) = value.pointer(&path) else {
            continue;
        };
        let others = match leaf {
            Value::String(text) => vec![json!(""), json!(text.repeat(40)), json!("é")],
            Value::Number(number) => {
                let float = number.as_f64().unwrap_or_default();
                vec![
                    json!(-1),
                    json!(0),
                    json!(float * 1000.0),
                    json!(float + 0.001),
                ]
            }
            Value::Array(elements) => {
                vec![json!([]), json!([&elements[..], &elements[..]].concat())]
            }
            Value::Null | Value::Bool(_) | Value::Object(_) => Vec::new(),
        };
        for other in others {
            let mut whole = value.clone();
            if let Some(place) = whole.pointer_mut(&path) {
                *place = other;
                all.push(whole);
            }
        }
    }
    all
}

fn leaves(value: &Value, path: String, paths: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let name = corpus::compare::escape(name);
                leaves(value, format!("{path}/{name}"), paths);
            }
        }
        Value::Array(elements) => {
            for (index, value) in elements.iter().enumerate() {
                leaves(value, format!("{path}/{index}"), paths);
            }
            paths.push(path);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => paths.push(path),
    }
}

fn said(rules: Rules, value: &Value) -> Vec<String> {
    let checks = Checks {
        parameters: &[],
        bodies: leak(vec![("json", rules)]),
    };
    checks.check(Place::Body("json"), value.to_string().as_bytes())
}

fn leak<T>(all: Vec<T>) -> &'static [T] {
    Vec::leak(all)
}

fn texts(all: &[String]) -> &'static [&'static str] {
    leak(all.iter().map(|text| &*text.clone().leak()).collect())
}

/// The tables as a client has them, down to some references within references.
fn tables(rules: &ir::Rules<ir::Name>) -> Vec<Rules> {
    const LEVELS: usize = 6;
    let mut tables: &'static [Rules] = leak(vec![&[] as Rules; rules.tables.len()]);
    for _ in 0..LEVELS {
        let next = rules.tables.iter().map(|table| list(&table.rules, tables));
        tables = leak(next.collect());
    }
    tables.to_vec()
}

fn list(rules: &[ir::Rule], tables: &'static [Rules]) -> Rules {
    leak(rules.iter().map(|of| rule(of, tables)).collect())
}

fn rule(rule: &ir::Rule, tables: &'static [Rules]) -> Rule {
    let text = |text: &String| -> &'static str { text.clone().leak() };
    let list = |rules: &[ir::Rule]| list(rules, tables);
    match rule {
        ir::Rule::Minimum(bound) => Rule::Minimum(text(bound)),
        ir::Rule::ExclusiveMinimum(bound) => Rule::ExclusiveMinimum(text(bound)),
        ir::Rule::Maximum(bound) => Rule::Maximum(text(bound)),
        ir::Rule::ExclusiveMaximum(bound) => Rule::ExclusiveMaximum(text(bound)),
        ir::Rule::MultipleOf(step) => Rule::MultipleOf(text(step)),
        ir::Rule::MinLength(least) => Rule::MinLength(*least),
        ir::Rule::MaxLength(most) => Rule::MaxLength(*most),
        ir::Rule::Pattern(pattern) => Rule::Pattern(text(pattern)),
        ir::Rule::MinItems(least) => Rule::MinItems(*least),
        ir::Rule::MaxItems(most) => Rule::MaxItems(*most),
        ir::Rule::UniqueItems => Rule::UniqueItems,
        ir::Rule::MinProperties(least) => Rule::MinProperties(*least),
        ir::Rule::MaxProperties(most) => Rule::MaxProperties(*most),
        ir::Rule::Item(index, rules) => Rule::Item(*index, list(rules)),
        ir::Rule::Items(from, rules) => Rule::Items(*from, list(rules)),
        ir::Rule::Property(name, rules) => Rule::Property(text(name), list(rules)),
        ir::Rule::PatternProperty(pattern, rules) => {
            Rule::PatternProperty(text(pattern), list(rules))
        }
        ir::Rule::AdditionalProperty(names, patterns, rules) => {
            Rule::AdditionalProperty(texts(names), texts(patterns), list(rules))
        }
        ir::Rule::AnyOf(alternatives) => Rule::AnyOf(leak(
            alternatives
                .iter()
                .map(|of| alternative(of, tables))
                .collect(),
        )),
        ir::Rule::Of(table) => Rule::Of(&tables[*table]),
    }
}

fn alternative(of: &ir::Alternative, tables: &'static [Rules]) -> Alternative {
    let kinds = of.kinds.iter().map(|kind| match kind {
        ir::Kind::Boolean => Kind::Boolean,
        ir::Kind::Integer => Kind::Integer,
        ir::Kind::Number => Kind::Number,
        ir::Kind::String => Kind::String,
        ir::Kind::Array => Kind::Array,
        ir::Kind::Object => Kind::Object,
    });
    let tags = of.tags.iter().map(|(name, values)| {
        let name: &'static str = name.clone().leak();
        (name, texts(values))
    });
    Alternative {
        kinds: leak(kinds.collect()),
        required: texts(&of.required),
        tags: leak(tags.collect()),
        values: texts(&of.values),
        rules: list(&of.rules, tables),
    }
}

#[test]
fn crates_with_rules_compile() {
    let Some(documents) = documents() else {
        return;
    };
    for name in COMPILED {
        let entry = documents.iter().find(|entry| entry.name == name);
        let (_, generated) = generated(entry.unwrap_or_else(|| panic!("{name} is not there")));
        let folder = corpus::root().join("target/corpus/validated").join(name);
        let target = corpus::root().join("target/corpus/build");
        let crate_folder = folder.join("client");
        crates::write(&crate_folder, &generated.files).expect("a crate can be written");
        let workspace = "[workspace]\nmembers = [\"client\"]\nresolver = \"3\"\n";
        std::fs::write(folder.join("Cargo.toml"), workspace).expect("the folder can be written");
        let compiled = crates::compile("check", &folder, &target).expect("cargo can be run");
        assert!(compiled.done, "{name}: {}", compiled.errors.join("\n"));
        assert_eq!(compiled.warnings, [""; 0], "{name}");
    }
}
