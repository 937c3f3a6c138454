//! Small documents in, units of OpenAPI 3 and findings out.

mod answer;
mod body;
mod parameter;

use openapiv3::{APIKeyLocation, SecurityScheme};
use serde_json::{Value, json};

use crate::read::{Document, Operation, read};
use crate::report::Report;
use crate::source::{Pointer, Source};

/// Reads a document of Swagger 2.0; the version and what else must be there is added.
fn read_document(mut document: Value) -> (Document, Vec<String>) {
    let object = document.as_object_mut().unwrap();
    object.insert("swagger".to_owned(), "2.0".into());
    object
        .entry("info")
        .or_insert(json!({"title": "A", "version": "1"}));
    object.entry("paths").or_insert(json!({}));
    let source = Source::new("api", document.to_string());
    let mut report = Report::new([source.clone()]);
    let document = read(&source, &[], &[], &mut report).unwrap();
    let found = report.diagnostics().into_iter();
    let found = found.map(|found| format!("{} {}", found.code, found.pointer));
    let found = found.collect();
    (document, found)
}

/// Reads a document whose only operation is `POST /a`.
fn read_operation(mut operation: Value, mut rest: Value) -> (Operation, Document, Vec<String>) {
    operation
        .as_object_mut()
        .unwrap()
        .entry("responses")
        .or_insert(json!({"200": {"description": "ok"}}));
    rest["paths"] = json!({"/a": {"post": operation}});
    let (document, found) = read_document(rest);
    (document.operations[0].clone(), document, found)
}

fn post() -> Pointer {
    Pointer::root().key("paths").key("/a").key("post")
}

fn at(rest: &str) -> String {
    format!("#/paths/~1a/post{rest}")
}

#[test]
fn versions() {
    let check = |text: &str, version: Option<&str>, expected: &[&str]| {
        let source = Source::new("api", text);
        let mut report = Report::new([source.clone()]);
        let document = read(&source, &[], &[], &mut report).ok();
        let stated = document.map(|document| document.version);
        assert_eq!(stated.as_deref(), version, "{text}");
        let found: Vec<_> = report
            .diagnostics()
            .into_iter()
            .map(|found| format!("{} {}", found.code, found.pointer))
            .collect();
        assert_eq!(found, expected, "{text}");
    };
    check(
        "swagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}",
        Some("2.0"),
        &[],
    );
    check(
        "swagger: 2.0\ninfo: {title: A, version: '1'}\npaths: {}",
        Some("2.0"),
        &["version-is-a-number #/swagger"],
    );
    check("swagger: '1.2'", None, &["unknown-version #/swagger"]);
    check("swagger: '3.0'", None, &["unknown-version #/swagger"]);
    check("swagger: []", None, &["unknown-version #/swagger"]);
    check("openapi: '2.0'", None, &["unknown-version #/openapi"]);
    check(
        "openapi: 3.0.3\nswagger: '2.0'\ninfo: {title: A, version: '1'}\npaths: {}",
        Some("3.0.3"),
        &["two-versions #/openapi"],
    );
}

#[test]
fn servers() {
    let check = |document: Value, expected: &[&str], codes: &[&str]| {
        let shown = document.to_string();
        let (document, found) = read_document(document);
        let urls: Vec<_> = document.servers.iter().map(|it| it.url.as_str()).collect();
        assert_eq!(urls, expected, "{shown}");
        assert_eq!(found, codes, "{shown}");
    };
    check(json!({}), &["/"], &[]);
    check(
        json!({"basePath": "/v1/", "schemes": ["https"]}),
        &["/v1"],
        &[],
    );
    check(json!({"host": "a.example"}), &["https://a.example"], &[]);
    check(
        json!({"host": "a.example:81", "basePath": "/", "schemes": ["http"]}),
        &["http://a.example:81"],
        &[],
    );
    check(
        json!({"host": "a.example", "basePath": "/v1", "schemes": ["http", "https", "http"]}),
        &["https://a.example/v1", "http://a.example/v1"],
        &[],
    );
    check(
        json!({"host": "http://a.example/", "basePath": "v1", "schemes": ["wss", "https"]}),
        &["https://a.example/v1"],
        &[
            "mended-host #/host",
            "path-without-slash #/basePath",
            "unused-scheme #/schemes",
        ],
    );
    check(
        json!({"host": 5, "schemes": 5, "basePath": {}}),
        &["https://5"],
        &[
            "mended-type #/host",
            "wrong-type #/schemes",
            "wrong-type #/basePath",
        ],
    );
}

#[test]
fn an_operation_with_its_own_schemes() {
    let rest = json!({"host": "a.example", "basePath": "/v1", "schemes": ["https"]});
    let (operation, ..) = read_operation(json!({"schemes": ["http"]}), rest.clone());
    let urls = operation.item.servers.iter().map(|it| it.url.as_str());
    assert_eq!(urls.collect::<Vec<_>>(), ["http://a.example/v1"]);
    let (operation, ..) = read_operation(json!({"schemes": ["https"]}), rest);
    assert_eq!(operation.item.servers, []);
}

#[test]
fn security() {
    let (document, found) = read_document(json!({
        "security": [{"basic": []}, {"code": ["read"]}],
        "securityDefinitions": {
            "basic": {"type": "basic", "description": "name and word"},
            "key": {"type": "apiKey", "name": "X-Key", "in": "header"},
            "code": {
                "type": "oauth2", "flow": "accessCode", "authorizationUrl": "https://a.example/a",
                "tokenUrl": "https://a.example/t", "scopes": {"read": "reading"},
            },
            "app": {"type": "oauth2", "flow": "application"},
            "odd": {"type": "oauth2", "flow": "dance"},
            "half": {"type": "apiKey", "in": "header"},
            "other": {"type": "openIdConnect"},
        },
    }));
    assert_eq!(
        found,
        [
            "missing-field #/securityDefinitions/app",
            "unknown-flow #/securityDefinitions/odd/flow",
            "unreadable-security-scheme #/securityDefinitions/half",
            "unknown-security-type #/securityDefinitions/other",
        ]
    );
    assert_eq!(document.security.len(), 2);
    assert_eq!(document.security[1]["code"], ["read"]);
    let names: Vec<_> = document.security_schemes.keys().collect();
    assert_eq!(names, ["basic", "key", "code", "app", "odd"]);
    let SecurityScheme::HTTP {
        scheme,
        description,
        ..
    } = &document.security_schemes["basic"]
    else {
        panic!("basic is no HTTP scheme");
    };
    assert_eq!(
        (scheme.as_str(), description.as_deref()),
        ("basic", Some("name and word"))
    );
    let SecurityScheme::APIKey { location, name, .. } = &document.security_schemes["key"] else {
        panic!("key is no API key");
    };
    assert_eq!(
        (location, name.as_str()),
        (&APIKeyLocation::Header, "X-Key")
    );
    let flows = |name: &str| match &document.security_schemes[name] {
        SecurityScheme::OAuth2 { flows, .. } => flows.clone(),
        _ => panic!("{name} is not OAuth 2"),
    };
    let code = flows("code").authorization_code.unwrap();
    assert_eq!(code.authorization_url, "https://a.example/a");
    assert_eq!(code.token_url, "https://a.example/t");
    assert_eq!(code.scopes["read"], "reading");
    assert_eq!(flows("app").client_credentials.unwrap().token_url, "");
    assert_eq!(flows("odd"), openapiv3::OAuth2Flows::default());
}

#[test]
fn definitions_have_names() {
    let (document, found) = read_document(json!({
        "definitions": {
            "Pet": {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}},
            "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}, {"type": "object"}]},
            "Lone": {"type": "object", "discriminator": "kind"},
        },
        "host": "a.example", "servers": [], "components": {},
    }));
    let names = document.component_schemas();
    let names: Vec<_> = names
        .iter()
        .map(|(name, at)| (name.as_str(), at.to_string()))
        .collect();
    assert_eq!(
        names,
        [
            ("Pet", "#/definitions/Pet".to_owned()),
            ("Cat", "#/definitions/Cat".to_owned()),
            ("Lone", "#/definitions/Lone".to_owned()),
        ]
    );
    let pet = document.resolve("#/definitions/Pet").unwrap();
    assert_eq!(document.get(&pet).unwrap()["discriminator"], "kind");
    assert_eq!(
        found,
        ["unknown-field #/servers", "unknown-field #/components",]
    );
}

#[test]
fn nothing_makes_it_panic() {
    let odd = [
        json!(null),
        json!(5),
        json!("a"),
        json!([]),
        json!([null, 5, {}]),
        json!({"a": null}),
    ];
    for value in &odd {
        let (operation, ..) = read_operation(
            json!({
                "consumes": value, "produces": value, "schemes": value, "security": value,
                "parameters": [value, {"in": "body", "name": value, "schema": value},
                    {"in": "formData", "name": value, "type": value, "items": value}],
                "responses": {"200": {"description": "", "schema": value, "headers": value, "examples": value},
                    "default": value},
            }),
            json!({
                "host": value, "basePath": value, "schemes": value, "securityDefinitions": value,
                "definitions": value, "parameters": value, "responses": value,
            }),
        );
        assert_eq!(operation.path, "/a");
        read_operation(
            json!({"parameters": value, "responses": value}),
            json!({"definitions": {"a": value}, "securityDefinitions": {"a": value}}),
        );
    }
}
