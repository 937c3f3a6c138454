//! Small documents in, units and findings out.

use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, StatusCode};
use serde_json::json;

use super::*;

fn read_text(text: &str) -> (Document, Vec<String>) {
    let source = Source::new("api", text);
    let mut report = Report::new([source.clone()]);
    let document = read(&source, &[], &[], &mut report).unwrap();
    (document, findings(&report))
}

fn read_json(value: Value) -> (Document, Vec<String>) {
    read_text(&value.to_string())
}

fn findings(report: &Report) -> Vec<String> {
    report
        .diagnostics()
        .iter()
        .map(|found| format!("{} {}", found.code, found.pointer))
        .collect()
}

fn refused(text: &str) -> String {
    let source = Source::new("api", text);
    let mut report = Report::new([source.clone()]);
    assert_eq!(
        read(&source, &[], &[], &mut report).unwrap_err(),
        Rejected { errors: 1 }
    );
    report
        .render_text()
        .lines()
        .next()
        .unwrap_or_default()
        .to_owned()
}

fn schema_of(site: &Site<Parameter>) -> &str {
    match &site.item.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => reference,
        ParameterSchemaOrContent::Schema(ReferenceOr::Item(_))
        | ParameterSchemaOrContent::Content(_) => "",
    }
}

const PARTS: &str = "
openapi: 3.1.0
info: {title: A, version: 1.0}
servers: [{url: 'https://a.example'}]
tags: [{name: one}, {}, 5]
security: [{key: []}]
paths:
  /a/{id}/{kind}:
    parameters:
      - $ref: '#/components/parameters/id'
      - {name: limit, in: query, schema: {type: [integer, 'null']}}
      - {name: odd, in: path, required: true, schema: {}}
    servers: [{url: /v2}]
    get:
      x-page: {size: 1}
      operationId: getA
      parameters:
        - {name: limit, in: query, schema: {type: integer}, style: simple}
        - {name: limit, in: query, schema: {type: string}}
        - {name: X, in: header, schema: {type: string}}
        - {name: x, in: header, schema: {type: string}}
        - {in: query}
        - {name: b, in: body, schema: {}}
        - $ref: '#/components/parameters/nowhere'
      requestBody: {$ref: '#/components/requestBodies/again', description: mine}
      responses:
        200: {$ref: '#/components/responses/ok'}
        4xx:
        default: {description: bad, content: {application/json: {schema: {$ref: '#/x'}}}}
        ok: {description: ''}
    post: 7
    put: {responses: {200: {description: [x]}}}
components:
  parameters:
    id: {name: id, in: path, schema: {type: string}}
  requestBodies:
    again: {$ref: '#/components/requestBodies/real'}
    real: {content: {application/json: {schema: {const: 1}}}}
  responses:
    ok: {description: fine, headers: {H: {schema: {type: integer}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: k}
    bad: {type: apiKey, in: nowhere, name: k}
    tls: {type: mutualTLS}
";

#[test]
fn reads_units() {
    let (document, _) = read_text(PARTS);
    assert_eq!(document.version, "3.1.0");
    assert_eq!(
        (document.info.title.as_str(), document.info.version.as_str()),
        ("A", "1.0")
    );
    assert_eq!(document.tags.len(), 1);
    assert_eq!(
        document.security_schemes.keys().collect::<Vec<_>>(),
        ["key"]
    );
    let [get, put] = document.operations.as_slice() else {
        panic!("{:?}", document.operations)
    };
    assert_eq!(
        (get.method.as_str(), get.path.as_str()),
        ("GET", "/a/{id}/{kind}")
    );
    assert_eq!(put.method, "PUT");
    assert_eq!(get.item.operation_id.as_deref(), Some("getA"));
    assert_eq!(get.item.extensions.get("x-page"), Some(&json!({"size": 1})));
    assert_eq!(get.item.servers[0].url, "/v2");
    let parameters: Vec<_> = get
        .parameters
        .iter()
        .map(|site| {
            (
                site.item.parameter_data_ref().name.as_str(),
                schema_of(site),
            )
        })
        .collect();
    let at = "#/paths/~1a~1{id}~1{kind}/get/parameters";
    assert_eq!(
        parameters,
        [
            ("id", "#/components/parameters/id/schema"),
            ("limit", format!("{at}/0/schema").as_str()),
            ("X", format!("{at}/2/schema").as_str()),
            ("kind", format!("{at}/7/schema").as_str()),
        ]
    );
    let kind = document.get(&Pointer::parse(&format!("{at}/7/schema")).unwrap());
    assert_eq!(kind, Some(&json!({"type": "string"})));
    assert!(get.parameters[0].item.parameter_data_ref().required);
    let body = get.body.as_ref().unwrap();
    assert_eq!(body.at.to_string(), "#/components/requestBodies/real");
    assert_eq!(body.item.description.as_deref(), Some("mine"));
    let responses: Vec<_> = get
        .responses
        .iter()
        .map(|(status, site)| (status.clone(), site.item.description.as_str()))
        .collect();
    assert_eq!(
        responses,
        [
            (Some(StatusCode::Code(200)), "fine"),
            (Some(StatusCode::Range(4)), ""),
            (None, "bad"),
        ]
    );
}

#[test]
fn reports_units() {
    let at = |rest: &str| format!("#/paths/~1a~1{{id}}~1{{kind}}/{rest}");
    let expected = [
        "mended-type #/info/version".to_owned(),
        "unreadable-unit #/tags/1".to_owned(),
        "wrong-type #/tags/2".to_owned(),
        format!("parameter-not-in-path {}", at("parameters/2")),
        format!("undeclared-path-parameter {}", at("get")),
        format!("unknown-style {}", at("get/parameters/0/style")),
        format!("duplicate-parameter {}", at("get/parameters/1")),
        format!("duplicate-parameter {}", at("get/parameters/3")),
        format!("missing-field {}", at("get/parameters/4")),
        format!("nameless-parameter {}", at("get/parameters/4")),
        format!("unknown-parameter-place {}", at("get/parameters/5")),
        format!("broken-reference {}", at("get/parameters/6/$ref")),
        format!(
            "broken-reference {}",
            at("get/responses/default/content/application~1json/schema/$ref")
        ),
        format!("null-field {}", at("get/responses/4xx")),
        format!("status-spelling {}", at("get/responses/4xx")),
        format!("unknown-status {}", at("get/responses/ok")),
        format!("unreadable-operation {}", at("post")),
        format!("undeclared-path-parameter {}", at("put")),
        format!("wrong-type {}", at("put/responses/200/description")),
        "optional-path-parameter #/components/parameters/id".to_owned(),
        "unreadable-security-scheme #/components/securitySchemes/bad".to_owned(),
        "mutual-tls #/components/securitySchemes/tls".to_owned(),
    ];
    let (_, mut found) = read_text(PARTS);
    let mut expected = Vec::from(expected);
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn refuses_what_is_no_openapi() {
    let check = |text: &str, expected: &str| assert_eq!(refused(text), expected, "{text}");
    check(
        "{\"swagger\": \"1.2\"}",
        "error[unknown-version]: Swagger 1.2 is no version this tool reads",
    );
    check(
        "asyncapi: 2.6.0",
        "error[not-openapi]: this is an AsyncAPI document",
    );
    check(
        "[]",
        "error[not-openapi]: this is no OpenAPI document: it is no object",
    );
    check(
        "hello",
        "error[not-openapi]: this is no OpenAPI document: it is no object",
    );
    check(
        "{}",
        "error[not-openapi]: this is no OpenAPI document: neither `openapi` nor `swagger` is there",
    );
    check(
        "openapi: 4.0.0",
        "error[unknown-version]: `4.0.0` is no version this tool reads",
    );
    check(
        "openapi: []",
        "error[unknown-version]: `` is no version this tool reads",
    );
    for (text, kind) in [
        (
            "{info: {_postman_id: a}}",
            "a Postman collection: export it as OpenAPI first",
        ),
        ("{$schema: a, type: object}", "a JSON Schema"),
        ("{type: object, properties: {}}", "a JSON Schema"),
        ("{data: {__schema: {}}}", "a GraphQL schema"),
        (
            "{swaggerVersion: '1.2'}",
            "Swagger 1: convert it to OpenAPI first",
        ),
        ("{arazzo: 1.0.0}", "an Arazzo document"),
    ] {
        check(text, &format!("error[not-openapi]: this is {kind}"));
    }
    check("", "error[unreadable-document]: the file is empty");
    check(
        "{\"a\": ",
        "error[unreadable-document]: EOF while parsing a value: the file is cut off",
    );
}

#[test]
fn odd_tops_cost_nothing() {
    let (document, found) = read_text("openapi: 3.0\npaths:\ninfo:\nservers:\ntags: x\n");
    assert!(document.operations.is_empty() && document.servers.is_empty());
    assert_eq!(document.info.title, "");
    assert_eq!(
        found,
        [
            "version-is-a-number #/openapi",
            "missing-paths #",
            "wrong-type #/info",
            "null-field #/servers",
            "wrong-type #/tags",
        ]
    );
    let (_, found) = read_json(
        json!({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "webhooks": {}, "odd": 1, "x-a": 1}),
    );
    assert_eq!(found, ["missing-paths #", "unknown-field #/odd"]);
}

#[test]
fn reads_what_the_server_asks_once_each() {
    let post = json!({"post": {"requestBody": {"content": {"application/json": {"schema": {}}}}}});
    let (document, _) = read_json(json!({
        "openapi": "3.1.0",
        "info": {"title": "", "version": ""},
        "webhooks": {"a": {"$ref": "#/components/pathItems/P"}, "b": 7, "c": {"put": 5}},
        "x-webhooks": {"d": {"get": {}}},
        "paths": {
            "/x": {"post": {"callbacks": {"e": {"$ref": "#/components/callbacks/C"}, "f": {"{$url}": post}}}},
            "/y": {"post": {"callbacks": {"e": {"$ref": "#/components/callbacks/C"}}}},
        },
        "components": {"pathItems": {"P": post}, "callbacks": {"C": {"{$url}": post, "x-note": post}}},
    }));
    let hooks = document.hooks.iter();
    let hooks: Vec<(&str, &str, Option<&str>, usize, bool)> = hooks
        .map(|hook| {
            let by = hook.registered_by.len();
            let expression = hook.expression.as_deref();
            let body = hook.body.is_some();
            (
                hook.name.as_str(),
                hook.method.as_str(),
                expression,
                by,
                body,
            )
        })
        .collect();
    let url = Some("{$url}");
    let expected = [
        ("a", "POST", None, 0, true),
        ("d", "GET", None, 0, false),
        ("e", "POST", url, 2, true),
        ("f", "POST", url, 1, true),
    ];
    assert_eq!(hooks, expected);
}

#[test]
fn follows_references_of_paths_and_through_references() {
    let (document, found) = read_json(json!({
        "openapi": "3.0.3", "info": {"title": "", "version": ""},
        "paths": {
            "/a": {"$ref": "#/components/pathItems/a"}, "/b": {"$ref": "#/paths/~1b"}, "c": {}, "/d": [], "/e": {"$ref": "x.yaml#/a"},
        },
        "components": {"pathItems": {"a": {"get": {"responses": {"200": {"$ref": "#/components/responses/r"}}}}},
            "responses": {"r": {"description": "", "content": {}}}, "schemas": {"S": {}, "T": {"$ref": "#/components/schemas/S"}}},
    }));
    assert_eq!(document.operations.len(), 1);
    assert_eq!(
        document.operations[0].at.to_string(),
        "#/components/pathItems/a/get"
    );
    assert_eq!(
        found,
        [
            "reference-cycle #/paths/~1b/$ref",
            "path-without-slash #/paths/c",
            "unreadable-path #/paths/~1d",
            "external-reference #/paths/~1e/$ref",
        ]
    );
    let resolve = |reference: &str| {
        document
            .resolve(reference)
            .map(|pointer| pointer.to_string())
    };
    assert_eq!(
        resolve("#/components/pathItems/a/get/responses/200/content").as_deref(),
        Some("#/components/responses/r/content")
    );
    assert_eq!(
        resolve("#/components/schemas/T").as_deref(),
        Some("#/components/schemas/T")
    );
    assert_eq!(resolve("#/nowhere"), None);
    assert_eq!(resolve("#/paths/~1b/get"), None);
    assert_eq!(resolve("S"), None);
    let names: Vec<_> = document
        .component_schemas()
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    assert_eq!(names, ["S", "T"]);
}

#[test]
fn applies_overlays_in_order() {
    let source = Source::new(
        "api",
        "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"a\", \"version\": \"1\"}, \"paths\": {}}",
    );
    let overlay = |title: &str| {
        Source::new(
            title,
            format!(
                "overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions: [{{target: $.info, update: {{title: {title}}}}}]"
            ),
        )
    };
    let overlays = [overlay("b"), overlay("c")];
    let mut report = Report::new([source.clone(), overlays[0].clone(), overlays[1].clone()]);
    let document = read(&source, &[], &overlays, &mut report).unwrap();
    assert_eq!(document.info.title, "c");
    assert_eq!(findings(&report), [""; 0]);
}
