//! What people review: the names, the files, the report.

use super::regenerate::{document, instantly};
use restwright::lint;
use restwright::name::lock::Lock;
use restwright::read;
use restwright::report::Report;
use restwright::source::Source;
use std::fmt::Write as _;

/// Compares with `tests/tests/snapshots/<name>.snap`.
fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn types() {
    let (generated, _) = instantly();
    let mut table = String::new();
    for decl in &generated.api.types {
        let _ = writeln!(table, "{} -> models::{}", decl.name.place, decl.name.ident);
    }
    snapshot("types", &table);
}

#[test]
fn functions() {
    let (generated, _) = instantly();
    let mut table = String::new();
    for group in &generated.api.groups {
        for operation in &group.operations {
            let (method, path) = (&operation.method, &operation.path);
            let _ = writeln!(
                table,
                "{method} {path} -> {}.{}",
                group.name.ident, operation.name.ident
            );
        }
    }
    snapshot("functions", &table);
}

#[test]
fn files() {
    let (generated, _) = instantly();
    let mut paths: Vec<&str> = generated
        .files
        .iter()
        .map(|file| file.path.as_str())
        .collect();
    paths.sort_unstable();
    snapshot("files", &paths.join("\n"));
}

const ODD: &str = "\
openapi: 3.1.0
info: {title: Oddities, version: '1'}
paths:
  /kettles/{kettle}:
    get:
      tags: [Kettle]
      parameters: [{name: litres, in: query, schema: {type: integer, enum: [1, one]}}]
      responses:
        '200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Kettle'}}}}
        '204': {description: none, content: {application/json: {schema: {type: object}}}}
  /kettles:
    post:
      tags: [Kettle]
      operationId: kettle
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pot'}}}}
      responses: {'200': {description: ok}}
  /pots:
    put:
      tags: [Kettle]
      operationId: kettle
      responses: {'200': {description: ok}}
components:
  schemas:
    Kettle:
      type: object
      required: [lid, handle]
      properties:
        lid: {type: [string, 'null'], enum: [open, shut]}
        steam: {type: string, x-enumDescriptions: {a: Much, b: Little}}
        parts: {type: array, required: [lid], items: {type: string}}
        size: {type: integer, default: big}
        colour: {type: string, exmaple: red}
        twins: {type: string, enum: [a, a]}
    Pot: {not: {type: object}}
    Unused: {type: object, if: {required: [a]}, then: {required: [b]}}
";

#[test]
fn report() {
    let source = Source::new("kettle.yaml", ODD);
    let (result, generated) = document(source.clone(), Lock::default());
    let mut linted = Report::new([source.clone()]);
    let read = read::read(&source, &[], &[], &mut linted).expect("the document is one");
    lint::lint(&read, &mut linted);
    let ending = result.map_or_else(|error| error.to_string(), |_| "generated".to_owned());
    let text = format!(
        "lint\n\n{}\ngenerate: {ending}\n\n{}",
        linted.render_text(),
        generated.render_text()
    );
    snapshot("report", &text);
}
