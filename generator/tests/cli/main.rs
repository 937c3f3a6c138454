//! The command line, run as a program on small documents in folders of their own.

#![allow(clippy::unwrap_used)]

mod check;
mod diff;
mod drift;
mod generate;
mod help;
mod inputs;
mod lossy;
mod message;
mod overlays;
mod selection;
mod timings;
mod update;
mod wrong_use;

use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const PETS: &str = r##"openapi: 3.0.3
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [Pet]
      responses:
        "200": {description: All, content: {application/json: {schema: {$ref: "#/components/schemas/Pet"}}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string}
        kind: {type: string, nullable: true, enum: [cat, dog]}
"##;
const CONFIG: &str = "input = \"pets.yaml\"\noutput = \"../client\"\n[crate]\nname = \"pets\"\n";
const OVERLAY: &str = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n  \
    - {target: $.components.schemas.Pet.properties.kind, remove: true}\n";

/// A folder with `spec/restwright.toml`, which reads `pets.yaml` beside it and writes `client`.
fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("spec")).unwrap();
    fs::write(folder.path().join("spec/pets.yaml"), PETS).unwrap();
    fs::write(folder.path().join("spec/restwright.toml"), CONFIG).unwrap();
    folder
}

/// What a run said.
#[derive(Debug)]
struct Said {
    code: Option<i32>,
    out: String,
    err: String,
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_restwright"));
    command.args(arguments).current_dir(folder);
    command
        .env_remove("CARGO_PKG_NAME")
        .env_remove("NO_COLOR")
        .stdin(Stdio::null());
    command
}

fn said(output: Output) -> Said {
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Said {
        code: output.status.code(),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

/// Runs the program with arguments that are separated by blanks.
fn run(folder: &TempDir, arguments: &str) -> Said {
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    said(command(folder.path(), &arguments).output().unwrap())
}

/// Runs it with a text as its standard input.
fn fed(folder: &TempDir, arguments: &str, text: &str) -> Said {
    let arguments: Vec<_> = arguments.split_whitespace().collect();
    let mut child = command(folder.path(), &arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    said(child.wait_with_output().unwrap())
}

/// Runs it and looks at how it ended.
fn expect(folder: &TempDir, arguments: &str, code: i32) -> Said {
    let said = run(folder, arguments);
    assert_eq!(said.code, Some(code), "{arguments}: {said:#?}");
    said
}

/// Runs it as a wrong use, which says so and nothing else.
fn wrong(folder: &TempDir, arguments: &str, message: &str) {
    let said = expect(folder, arguments, 2);
    assert!(said.err.contains(message), "{arguments}: {said:#?}");
    assert_eq!(said.out, "", "{arguments}");
}

/// Every file under a folder, by path, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else {
                found.push((path.display().to_string(), fs::read(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn objects(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}
