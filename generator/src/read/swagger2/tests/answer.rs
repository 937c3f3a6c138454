//! Answers.

use openapiv3::StatusCode;

use super::*;

/// The one answer of an operation as JSON, and the findings.
fn answer(operation: Value, rest: Value) -> (Value, Vec<String>) {
    let (operation, _, found) = read_operation(operation, rest);
    let (_, response) = &operation.responses[0];
    (serde_json::to_value(&response.item).unwrap(), found)
}

#[test]
fn answers_have_the_media_types_of_produces() {
    let schema = at("/responses/200/schema");
    let reference = json!({"schema": {"$ref": schema}});
    let check = |own: Value, global: Value, kind: &str, content: Value| {
        let mut operation =
            json!({"responses": {"200": {"description": "", "schema": {"type": kind}}}});
        operation["produces"] = own;
        let (answer, found) = answer(operation, json!({"produces": global}));
        assert_eq!(answer["content"], content);
        assert_eq!(found, [""; 0]);
    };
    check(
        Value::Null,
        Value::Null,
        "string",
        json!({"application/json": reference}),
    );
    check(
        Value::Null,
        json!(["text/plain", "application/json"]),
        "string",
        json!({"text/plain": reference, "application/json": reference}),
    );
    check(
        json!(["application/pdf"]),
        json!(["application/json"]),
        "file",
        json!({"application/pdf": reference}),
    );
    check(
        json!([]),
        json!(["application/json"]),
        "file",
        json!({"application/octet-stream": reference}),
    );
    check(
        json!(["application/json", "text/csv"]),
        Value::Null,
        "file",
        json!({"application/octet-stream": reference}),
    );
}

#[test]
fn answers_by_reference_with_headers_and_examples() {
    let (operation, _, found) = read_operation(
        json!({
            "responses": {"200": {"$ref": "#/responses/Lamp"}, "default": {"description": "none"}},
            "produces": ["application/json"],
        }),
        json!({"responses": {"Lamp": {
            "description": "a lamp",
            "schema": {"type": "object"},
            "headers": {"X-Count": {"type": "integer", "description": "how many"}},
            "examples": {"application/json": {"on": true}, "text/csv": "on"},
        }}}),
    );
    let place = "#/responses/Lamp/examples/text~1csv";
    assert_eq!(found, [format!("example-of-other-media-type {place}")]);
    let (status, response) = &operation.responses[0];
    assert_eq!(status, &Some(StatusCode::Code(200)));
    assert_eq!(response.at.to_string(), "#/responses/Lamp");
    assert_eq!(
        serde_json::to_value(&response.item).unwrap(),
        json!({
            "description": "a lamp",
            "headers": {"X-Count": {
                "description": "how many", "style": "simple",
                "schema": {"$ref": "#/responses/Lamp/headers/X-Count"},
            }},
            "content": {
                "application/json": {"schema": {"$ref": "#/responses/Lamp/schema"}, "example": {"on": true}},
                "text/csv": {"schema": {"$ref": "#/responses/Lamp/schema"}, "example": "on"},
            },
        })
    );
    let (status, response) = &operation.responses[1];
    assert_eq!(status, &None);
    assert!(response.item.content.is_empty());
}

#[test]
fn an_answer_with_examples_only() {
    let response = json!({"description": "", "examples": {"text/plain": "OK"}});
    let (answer, found) = answer(json!({"responses": {"200": response}}), json!({}));
    assert_eq!(answer["content"], json!({"text/plain": {"example": "OK"}}));
    assert_eq!(found, [format!("missing-field {}", at("/responses/200"))]);
}

#[test]
fn failures_beside_files_are_json() {
    let check = |status: &str, produces: &str, kind: &str, types: &[&str], codes: &[&str]| {
        let mut responses = json!({});
        responses[status] = json!({"description": "", "schema": {"type": kind}});
        let operation = json!({"responses": responses, "produces": [produces]});
        let (answer, found) = answer(operation, json!({}));
        let found_types: Vec<_> = answer["content"].as_object().unwrap().keys().collect();
        assert_eq!(found_types, types, "{status} {produces} {kind}");
        assert_eq!(found, codes, "{status} {produces} {kind}");
    };
    let (json, pdf) = ("application/json", "application/pdf");
    let told = format!("object-as-json {}", at("/responses/404"));
    check("404", pdf, "object", &[json, pdf], &[&told]);
    check("404", pdf, "string", &[pdf], &[]);
    check("404", "text/xml", "object", &["text/xml"], &[]);
    check("200", pdf, "object", &[pdf], &[]);
}
