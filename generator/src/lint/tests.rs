//! Small documents in, codes and pointers out.

use serde_json::{Value, json};

use super::*;
use crate::source::Source;

fn findings(document: Value) -> Vec<String> {
    let source = Source::new("api", document.to_string());
    let mut report = Report::new([source.clone()]);
    let document = crate::read::read(&source, &[], &[], &mut report).unwrap();
    lint(&document, &mut report);
    report
        .diagnostics()
        .iter()
        .map(|found| format!("{} {}", found.code, found.pointer))
        .collect()
}

/// One schema, used by another, so that nothing else is to be said.
fn schema(version: &str, schema: Value, expected: &[&str]) {
    let user = json!({"type": "array", "items": {"$ref": "#/components/schemas/S"}});
    let document = json!({
        "openapi": version, "info": {"title": "", "version": ""},
        "components": {"schemas": {"S": schema, "Other": {"properties": {"p": {}}, "type": "object"}}},
        "paths": {"/": {"get": {"operationId": "a", "responses": {"200": {"description": "", "content": {
            "a/b": {"schema": user}, "a/c": {"schema": {"$ref": "#/components/schemas/Other"}},
        }}}}}},
    });
    let found = findings(document);
    let expected: Vec<String> = expected
        .iter()
        .map(|text| text.replacen(' ', " #/components/schemas/S", 1))
        .collect();
    assert_eq!(found, expected, "{schema}");
}

fn check(value: Value, expected: &[&str]) {
    schema("3.0.3", value, expected);
}

#[test]
fn enums_and_labels() {
    check(
        json!({"type": "string", "nullable": true, "enum": ["a"]}),
        &["nullable-enum-without-null /enum"],
    );
    schema(
        "3.1.0",
        json!({"type": ["string", "null"], "enum": ["a"]}),
        &["nullable-enum-without-null /enum"],
    );
    schema(
        "3.1.0",
        json!({"type": ["string", "null"], "enum": ["a", null]}),
        &[],
    );
    check(json!({"type": "integer", "enum": [1, 2.0]}), &[]);
    check(
        json!({"type": "integer", "enum": [1, "2"]}),
        &["enum-value-of-other-type /enum"],
    );
    check(
        json!({"type": "string", "enum": ["a", "b", "a"]}),
        &["enum-value-twice /enum/2"],
    );
    check(json!({"enum": []}), &["empty-enum /enum"]);
    check(json!({"enum": "a"}), &["enum-not-a-list /enum"]);
    check(
        json!({"x-enumDescriptions": {"1": "One"}}),
        &["labels-without-enum /x-enumDescriptions"],
    );
    check(
        json!({"enum": [1, 2], "x-enum-varnames": ["One"]}),
        &["labels-count /x-enum-varnames"],
    );
    check(json!({"enum": [1, null], "x-enumNames": ["One"]}), &[]);
    check(
        json!({"enum": [1], "x-enumNames": 5}),
        &["labels-unreadable /x-enumNames"],
    );
    check(
        json!({"enum": [1, 2], "x-enumDescriptions": {"1": "One", "3": "Three"}}),
        &[
            "value-without-label /x-enumDescriptions",
            "label-of-unknown-value /x-enumDescriptions/3",
        ],
    );
}

#[test]
fn values_and_types() {
    check(
        json!({"type": "integer", "default": "1"}),
        &["default-of-other-type /default"],
    );
    check(json!({"type": "string", "default": null}), &[]);
    check(
        json!({"enum": ["a"], "default": "b"}),
        &["default-not-in-enum /default"],
    );
    check(
        json!({"type": "boolean", "example": "yes"}),
        &["example-of-other-type /example"],
    );
    check(
        json!({"type": "number", "examples": [1, "1"]}),
        &["example-of-other-type /examples/1"],
    );
    check(
        json!({"type": "any", "default": 1}),
        &["unknown-type /type"],
    );
    check(json!({"type": 5}), &["unknown-type /type"]);
    check(
        json!({"type": ["string", "null"]}),
        &["type-list-in-3-0 /type"],
    );
    schema(
        "3.1.0",
        json!({"type": "string", "nullable": true}),
        &["nullable-in-3-1 /nullable"],
    );
    check(
        json!({"type": "string", "format": "int32"}),
        &["format-of-other-type /format"],
    );
    check(
        json!({"type": "string", "format": "phone"}),
        &["unknown-format /format"],
    );
    check(json!({"type": "integer", "format": "int64"}), &[]);
    check(
        json!({"minimum": 2, "maximum": 1}),
        &["empty-range /minimum"],
    );
}

#[test]
fn objects_and_keywords() {
    check(
        json!({"type": "array", "items": {}, "required": ["a"]}),
        &["keyword-of-other-type /required"],
    );
    check(
        json!({"type": "string", "maximum": 5}),
        &["keyword-of-other-type /maximum"],
    );
    check(
        json!({"type": "string", "maxlength": 5}),
        &["unknown-keyword /maxlength"],
    );
    check(json!({"type": "array"}), &["array-without-items "]);
    check(
        json!({"type": "string", "required": true}),
        &["required-not-a-list /required"],
    );
    check(
        json!({"properties": {"a": {}}, "required": ["a", "b"]}),
        &["required-unknown-property /required/1"],
    );
    check(
        json!({"allOf": [{"required": ["b"]}, {"properties": {"b": {}}}]}),
        &[],
    );
    check(
        json!({"type": "object", "additionalProperties": false}),
        &["empty-closed-object "],
    );
    check(
        json!({"properties": {"a": {}}, "anyOf": [{"required": ["a"]}]}),
        &["union-of-required /anyOf"],
    );
    check(json!({"oneOf": []}), &["empty-union /oneOf"]);
    check(
        json!({"properties": {"a": [], "b": true}}),
        &["not-a-schema /properties/a"],
    );
}

#[test]
fn references() {
    check(
        json!({"$ref": "#/components/schemas/None"}),
        &["broken-reference /$ref"],
    );
    check(json!({"$ref": "b.yaml#/S"}), &["external-reference /$ref"]);
    check(
        json!({"oneOf": [{"$ref": "#/components/schemas/Other"}],
            "discriminator": {"propertyName": "p", "mapping": {"a": "Other", "b": "None"}}}),
        &["broken-mapping /discriminator/mapping/b"],
    );
    let found = findings(json!({
        "openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {},
        "components": {"schemas": {
            "A": {"$ref": "#/components/schemas/B"}, "B": {"$ref": "#/components/schemas/A"},
            "Lonely": {"properties": {"a": {"$ref": "#/components/schemas/Lonely"}}},
            "Base": {"discriminator": {"propertyName": "p"}, "properties": {"p": {}}},
            "Sub": {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["q"]}]},
        }},
    }));
    assert_eq!(
        found,
        [
            "reference-cycle #/components/schemas/A/$ref",
            "reference-cycle #/components/schemas/B/$ref",
            "unused-schema #/components/schemas/Lonely",
        ]
    );
}

#[test]
fn operations() {
    let ok = json!({"200": {"description": ""}});
    let found = findings(json!({
        "openapi": "3.0.3", "info": {"title": "", "version": ""}, "security": [{"none": []}],
        "tags": [{"name": "a"}, {"name": "a"}],
        "paths": {
            "/a/": {"get": {"operationId": "a", "responses": ok, "security": [], "requestBody": {"content": {
                "a/b": {"schema": {"type": "null"}},
            }}}},
            "/b": {"post": {"operationId": "a", "responses": {
                "204": {"description": "", "content": {"a/b": {}}},
            }}},
            "/c?d": {"post": {"responses": {"400": {"description": ""}}, "security": []}},
            "/d/{a}": {"post": {"operationId": "d", "responses": ok, "security": [], "parameters": [
                {"name": "a", "in": "path", "required": true, "schema": {}}]}},
            "/d/{b}": {"get": {"operationId": "e", "responses": ok, "security": [], "parameters": [
                {"name": "b", "in": "path", "required": true, "schema": {}}]}},
        },
    }));
    assert_eq!(
        found,
        [
            "unknown-security-scheme #/security/0/none",
            "duplicate-tag #/tags",
            "trailing-slash #/paths/~1a~1",
            "body-without-meaning #/paths/~1a~1/get/requestBody",
            "null-body #/paths/~1a~1/get/requestBody/content/a~1b/schema",
            "duplicate-operation-id #/paths/~1b/post/operationId",
            "content-without-body #/paths/~1b/post/responses/204/content",
            "path-with-query #/paths/~1c?d",
            "missing-operation-id #/paths/~1c?d/post",
            "missing-success-response #/paths/~1c?d/post/responses",
            "equal-paths #/paths/~1d~1{b}",
        ]
    );
}

#[test]
fn walks_everywhere_once() {
    let odd = json!({"type": "array"});
    let found = findings(json!({
        "openapi": "3.1.0", "info": {"title": "", "version": ""}, "paths": {},
        "components": {
            "parameters": {"schema": {"name": "a", "in": "query", "schema": odd}},
            "headers": {"h": {"content": {"schema": {"schema": odd}}}},
            "requestBodies": {"b": {"content": {"a/b": {"schema": {
                "prefixItems": [odd], "$defs": {"d": odd}, "not": odd, "items": odd, "example": {"schema": odd},
            }, "encoding": {"e": {"headers": {"h": {"schema": odd}}}}}}}},
            "callbacks": {"c": {"{$url}": {"post": {"responses": {"200": {"headers": {"h": {"schema": odd}}}}}}}},
        },
        "webhooks": {"w": {"post": {"parameters": [{"schema": odd}]}}},
    }));
    let count = found
        .iter()
        .filter(|found| found.starts_with("array-without-items"))
        .count();
    assert_eq!(count, 9, "{found:#?}");
}

#[test]
fn swagger_2() {
    let found = findings(json!({
        "swagger": "2.0", "info": {"title": "", "version": ""},
        "security": [{"key": []}, {"none": []}],
        "securityDefinitions": {"key": {"type": "basic"}},
        "parameters": {"p": {"name": "p", "in": "query", "type": "integer", "default": "a"}},
        "responses": {"r": {"description": "", "schema": {"type": "strange"}}},
        "definitions": {
            "Used": {"type": "array", "items": {"type": "string", "maximum": 1}},
            "Unused": {"type": ["string", "null"]},
        },
        "paths": {"/a": {"get": {
            "operationId": "a",
            "parameters": [
                {"$ref": "#/parameters/p"},
                {"name": "list", "in": "query", "required": true, "type": "array", "collectionFormat": "csv",
                 "items": {"type": "string", "collectionFormat": "csv"}, "allowEmptyValue": true},
                {"name": "e", "in": "header", "type": "string", "enum": []},
                {"name": "body", "in": "body", "schema": {"$ref": "#/definitions/Used"}},
            ],
            "responses": {
                "200": {"description": "", "schema": {"type": "file"}, "headers": {"h": {"type": "integer", "pattern": "a"}}},
                "204": {"description": "", "schema": {"type": "string"}},
                "404": {"$ref": "#/responses/r"},
            },
        }}},
    }));
    assert_eq!(
        found,
        [
            "unknown-security-scheme #/security/1/none",
            "default-of-other-type #/parameters/p/default",
            "unknown-type #/responses/r/schema/type",
            "keyword-of-other-type #/definitions/Used/items/maximum",
            "unused-schema #/definitions/Unused",
            "type-list-in-3-0 #/definitions/Unused/type",
            "empty-enum #/paths/~1a/get/parameters/2/enum",
            "body-without-meaning #/paths/~1a/get/parameters/3",
            "keyword-of-other-type #/paths/~1a/get/responses/200/headers/h/pattern",
            "content-without-body #/paths/~1a/get/responses/204/schema",
        ]
    );
}
