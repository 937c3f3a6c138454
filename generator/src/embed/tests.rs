use super::{EmbedError, Module, module, nest};
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const LAMPS: &str = "openapi: 3.0.0
info: {title: Lamps, version: '1'}
paths:
  /lamps:
    get:
      operationId: listLamps
      responses: {'200': {description: Fine., content: {application/json: {schema: {$ref: 'lamp.yaml'}}}}}
";

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn lamps() -> TempDir {
    folder(&[
        ("lamps.yaml", LAMPS),
        (
            "lamp.yaml",
            "{type: object, properties: {id: {type: integer}}}",
        ),
        (
            "restwright.toml",
            "input = 'lamps.yaml'\n[names]\n'#/paths/~1lamps/get' = 'all'\n",
        ),
        (
            "bad.toml",
            "input = 'lamps.yaml'\n[names]\n'#/paths/~1lamps/get' = 'a b'\n",
        ),
        ("far.toml", "input = 'https://example.com/lamps.yaml'\n"),
        ("none.toml", ""),
        ("broken.yaml", "openapi: 3.0.0\ninfo: ["),
    ])
}

fn made(folder: &TempDir, file: &str, features: &[&str]) -> Result<Module, EmbedError> {
    module(&folder.path().join(file), "lamps", features)
}

fn text(module: Module) -> String {
    nest::text(module.tokens).unwrap()
}

#[test]
fn all_of_it_is_in_one_module() {
    let folder = lamps();
    let module = made(&folder, "lamps.yaml", &[]).unwrap();
    let read = module.read.iter().filter_map(|path| path.file_name());
    assert_eq!(
        read.collect::<Vec<_>>(),
        ["lamps.yaml", "lamps.yaml", "lamp.yaml"]
    );
    let text = text(module);
    assert!(text.contains("pub mod lamps {"));
    assert!(text.contains("crate::lamps::runtime::record! {"));
    let code = |line: &&str| !line.trim_start().starts_with("//");
    let out = text
        .lines()
        .filter(code)
        .find(|line| line.contains("crate::runtime"));
    assert_eq!(out, None, "what leads out of the module");
    assert!(!text.contains("feature = "), "a feature of another crate");
    assert!(!text.contains("include_str!"), "a file of another crate");
    assert!(!text.contains("```no_run"), "a program of another crate");
}

#[test]
fn features_are_there_or_not() {
    let folder = lamps();
    let plain = text(made(&folder, "lamps.yaml", &[]).unwrap());
    let mocked = text(made(&folder, "lamps.yaml", &["mock"]).unwrap());
    // The module is not there, and what would use it neither.
    assert!(plain.contains("#[cfg(any())]\n    pub use crate::lamps::runtime::mock;"));
    assert!(mocked.contains("#[cfg(all())]\n    pub use crate::lamps::runtime::mock;"));
}

#[test]
fn a_config_has_its_wishes() {
    let folder = lamps();
    let text = text(made(&folder, "restwright.toml", &[]).unwrap());
    assert!(text.contains("pub fn all(&self)"), "{text}");
}

#[test]
fn what_cannot_be_is_told() {
    let folder = lamps();
    let told = |file: &str, features: &[&str]| match made(&folder, file, features) {
        Ok(_) => "made".to_owned(),
        Err(error) => error.to_string(),
    };
    assert!(told("bad.toml", &[]).contains("`a b`, wanted for #/paths/~1lamps/get"));
    assert!(told("far.toml", &[]).contains("is an address: a build reads files"));
    assert!(told("none.toml", &[]).ends_with("none.toml: it names no document; add `input`"));
    assert!(told("absent.yaml", &[]).contains("absent.yaml"));
    let broken = told("broken.yaml", &[]);
    assert!(broken.contains("broken.yaml:3:1"), "{broken}");
    assert!(told("lamps.yaml", &["lamp"]).contains("no feature `lamp`"));
    let named = module(Path::new("lamps.yaml"), "a b", &[]);
    assert!(matches!(named, Err(EmbedError::Name(_))));
}
