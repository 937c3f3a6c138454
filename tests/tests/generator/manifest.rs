//! What a document says of itself: any title and version, and texts that would break out of where
//! they are put.

use super::regenerate::{configured, document};
use restwright::Generated;
use restwright::config::{Client, Config};
use restwright::name::lock::Lock;
use restwright::source::Source;
use serde_json::json;
use std::process::Command;

/// Titles and versions that are none of Cargo's, and what the package is called.
const TITLES: &[(&str, &str, &str)] = &[
    ("", "", "api-client"),
    ("   ", "v3", "api-client"),
    ("!?", "1.0.0.1", "api-client"),
    ("std", "VERSION", "std-client"),
    ("fn", "2024-01-01", "fn-client"),
    ("3D Prints", "1.0", "n3d-prints-client"),
    ("Größe 日本", "v1 \"beta\"", "grosse-ri-ben-client"),
    ("a\nb", "1\n2", "a-b-client"),
    (
        "x\"] \n[dependencies]\nevil = \"*\"",
        "\"]",
        "x-dependencies-evil-client",
    ),
];

fn generated(text: &serde_json::Value) -> Generated {
    let source = Source::new("openapi.json", text.to_string());
    let (result, report) = document(source, Lock::default());
    result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()))
}

fn file<'g>(generated: &'g Generated, path: &str) -> &'g str {
    let file = generated.files.iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("there is a {path}")).text
}

#[test]
fn the_client_sends_idempotency_keys_if_the_config_names_their_header() {
    let text = json!({"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}});
    let header = |name: Option<&str>| {
        let source = Source::new("openapi.json", text.to_string());
        let client = Client {
            idempotency_header: name.map(str::to_owned),
            ..Client::default()
        };
        let config = Config {
            client,
            ..Config::default()
        };
        let (result, _) = configured(source, config, Lock::default());
        let generated = result.expect("the document has no errors");
        file(&generated, "src/client.rs").contains(".idempotency_header(\"X-Once\")")
    };
    assert!(header(Some("X-Once")));
    assert!(!header(None));
}

#[test]
fn cargo_reads_the_manifest_of_any_title() {
    for (title, version, name) in TITLES {
        let generated = generated(
            &json!({"openapi": "3.1.0", "info": {"title": title, "version": version}, "paths": {}}),
        );
        let folder = tempfile::tempdir().expect("there is room for a folder");
        for file in &generated.files {
            let path = folder.path().join(&file.path);
            std::fs::create_dir_all(path.parent().expect("it is in the folder"))
                .expect("the folder can be made");
            std::fs::write(path, &file.text).expect("the file can be written");
        }
        let output = Command::new(env!("CARGO"))
            .args([
                "metadata",
                "--offline",
                "--no-deps",
                "--format-version",
                "1",
            ])
            .arg("--manifest-path")
            .arg(folder.path().join("Cargo.toml"))
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{title:?}: {said}");
        let metadata: serde_json::Value =
            serde_json::from_slice(&output.stdout).expect("metadata is JSON");
        let package = &metadata["packages"][0];
        assert_eq!(package["name"], *name, "{title:?}");
        assert_eq!(package["version"], "0.1.0");
        let dependencies = package["dependencies"].as_array().map(Vec::len);
        let written = file(&generated, "Cargo.toml");
        let written = written
            .split_once("\n[dependencies]\nbase64")
            .map(|(_, rest)| {
                let lines = rest.lines();
                lines
                    .filter(|line| !line.starts_with('[') && line.contains(" = "))
                    .count()
            });
        assert_eq!(dependencies, written, "{title:?}");
    }
    let long = "word ".repeat(60);
    let generated = generated(&json!({"openapi": "3.1.0", "info": {"title": long}, "paths": {}}));
    let manifest = file(&generated, "Cargo.toml");
    let name = manifest.lines().find(|line| line.starts_with("name = "));
    assert!(name.is_some_and(|name| name.len() < 80), "{name:?}");
}

/// What would end a comment or a string, turn a line around, or begin another one.
const HOSTILE: &str =
    "*/ ]] \"\"\" \\\" \u{202e}\u{2066}\u{7}\u{2028} #![deny(x)] `\n}\nfn evil() {}\r\n//! ";

#[test]
fn texts_of_a_document_stay_texts() {
    let operation = json!({
        "operationId": HOSTILE, "tags": [HOSTILE], "summary": HOSTILE, "description": HOSTILE,
        "servers": [{"url": "https://{a}.example.com", "description": HOSTILE,
            "variables": {"a": {"default": HOSTILE, "enum": [HOSTILE], "description": HOSTILE}}}],
        "parameters": [
            {"name": HOSTILE, "in": "query", "description": HOSTILE, "schema": {"type": "string"}},
            {"name": "p", "in": "query", "required": true, "description": HOSTILE, "schema": {"type": "string", "default": HOSTILE}},
        ],
        "responses": {"200": {"description": HOSTILE}, "404": {"description": HOSTILE}},
    });
    let schema = json!({
        "title": HOSTILE, "description": HOSTILE, "type": "object",
        "properties": {HOSTILE: {"type": "string", "enum": [HOSTILE, "a"], "description": HOSTILE}},
    });
    let hook = json!({"post": {"summary": HOSTILE, "requestBody": {"content": {"application/json": {"schema": schema}}}, "responses": {}}});
    let generated = generated(&json!({
        "openapi": "3.1.0",
        "info": {"title": HOSTILE, "version": HOSTILE, "description": HOSTILE},
        "tags": [{"name": HOSTILE, "description": HOSTILE}],
        "servers": [{"url": HOSTILE, "description": HOSTILE}],
        "paths": {format!("/{HOSTILE}"): {"get": operation}},
        "webhooks": {HOSTILE: hook},
        "components": {"schemas": {HOSTILE: schema}},
    }));
    for file in &generated.files {
        let turned = |c: char| "\u{202e}\u{2066}\u{2028}\u{7}".contains(c);
        assert!(!file.text.contains(turned), "{}", file.path);
        assert!(
            !file.path.contains(turned) && !file.path.contains(".."),
            "{}",
            file.path
        );
        // A line of its own it would be code.
        let evil = file
            .text
            .lines()
            .find(|line| line.trim_start().starts_with("fn evil"));
        assert_eq!(evil, None, "{}", file.path);
    }
    assert!(file(&generated, "src/webhooks.rs").contains("pub fn "));
}

#[test]
fn a_client_tells_what_address_it_needs() {
    let client = |servers: serde_json::Value| {
        let generated = generated(&json!({
            "openapi": "3.1.0", "info": {"title": "A", "version": "1"}, "paths": {}, "servers": servers,
        }));
        file(&generated, "src/client.rs").to_owned()
    };
    for servers in [
        json!([]),
        json!([{"url": "/v2"}]),
        json!([{"url": "//a.example.com"}]),
        json!([{"url": "https://{tenant}.example.com"}]),
        json!([{"url": "https://{tenant}", "variables": {"tenant": {"default": ""}}}]),
    ] {
        let text = client(servers.clone());
        let takes_one = text.contains("pub fn builder(base_url: impl Into<String>)");
        assert!(takes_one, "{servers}: {text}");
    }
    assert!(client(json!([{"url": "/v2"}])).contains("It says `/v2`: that belongs to the address"));
    for servers in [
        json!([{"url": "https://a.example.com/"}]),
        json!([{"url": "/v2"}, {"url": "http://a.example.com"}]),
        json!([{"url": "https://{x}.example.com", "variables": {"x": {"default": "a"}}}]),
    ] {
        let text = client(servers.clone());
        assert!(text.contains("pub fn builder()"), "{servers}: {text}");
    }
}
