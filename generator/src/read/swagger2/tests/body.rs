//! Bodies and forms.

use super::*;
use openapiv3::QueryStyle;

/// The body of an operation as JSON, its place, and the findings.
fn body(operation: Value, rest: Value) -> (Option<(String, Value)>, Vec<String>) {
    let (operation, _, found) = read_operation(operation, rest);
    let body = operation.body.map(|body| {
        (
            body.at.to_string(),
            serde_json::to_value(body.item).unwrap(),
        )
    });
    (body, found)
}

#[test]
fn a_body_has_the_media_types_of_consumes() {
    let parameter = json!({
        "name": "lamp", "in": "body", "description": "a lamp", "required": true,
        "schema": {"$ref": "#/definitions/Lamp"},
    });
    let definitions = json!({"Lamp": {"type": "object"}});
    let place = at("/parameters/0");
    let check = |own: Value, global: Value, types: &[&str]| {
        let mut operation = json!({"parameters": [parameter]});
        operation["consumes"] = own;
        let rest = json!({"definitions": definitions, "consumes": global});
        let (body, found) = body(operation, rest);
        let media = json!({"schema": {"$ref": format!("{place}/schema")}});
        let content: serde_json::Map<_, _> = types
            .iter()
            .map(|name| ((*name).to_owned(), media.clone()))
            .collect();
        let expected = json!({"description": "a lamp", "required": true, "content": content});
        assert_eq!(body, Some((place.clone(), expected)));
        assert_eq!(found, [""; 0]);
    };
    let xml = json!(["application/xml", "text/json"]);
    check(Value::Null, Value::Null, &["application/json"]);
    check(Value::Null, xml.clone(), &["application/xml", "text/json"]);
    check(json!(["text/plain"]), xml.clone(), &["text/plain"]);
    check(json!([]), xml, &["application/json"]);
}

#[test]
fn bodies_by_reference_and_by_path() {
    let shared = json!({"name": "b", "in": "body", "schema": {"type": "object"}});
    let parameters = json!({"B": shared});
    let (found, report) = body(
        json!({"parameters": [{"$ref": "#/parameters/B"}]}),
        json!({"parameters": parameters}),
    );
    let (place, item) = found.unwrap();
    assert_eq!(place, "#/parameters/B");
    let schema = &item["content"]["application/json"]["schema"]["$ref"];
    assert_eq!(schema, "#/parameters/B/schema");
    assert_eq!(report, [""; 0]);

    let ok = json!({"200": {"description": ""}});
    let own = json!({"name": "mine", "in": "body", "schema": {"type": "string"}});
    let (document, found) = read_document(json!({"paths": {"/a": {
        "parameters": [shared],
        "put": {"responses": ok},
        "post": {"responses": ok, "parameters": [own]},
    }}}));
    let places = document.operations.iter().map(|operation| {
        let body = operation.body.as_ref().unwrap();
        (body.at.to_string(), operation.parameters.len())
    });
    let expected = ["#/paths/~1a/parameters/0", "#/paths/~1a/post/parameters/0"];
    let expected = expected.map(|place| (place.to_owned(), 0));
    assert_eq!(places.collect::<Vec<_>>(), expected);
    assert_eq!(found, [""; 0]);
}

#[test]
fn odd_bodies() {
    let parameters = json!([
        {"name": "a", "in": "body", "type": "string"},
        {"name": "b", "in": "body", "schema": {}},
        {"name": "c", "in": "formData", "type": "string"},
    ]);
    let (found, report) = body(json!({"parameters": parameters}), json!({}));
    let (place, item) = found.unwrap();
    assert_eq!(place, at("/parameters/0"));
    let content = &item["content"]["application/json"];
    assert_eq!(content, &json!({"schema": {"$ref": place}}));
    assert_eq!(
        report,
        [
            format!("missing-field {}", at("/parameters/0")),
            format!("second-body {}", at("/parameters/1")),
            format!("second-body {}", at("/parameters/2")),
        ]
    );
    let parameters = json!([{"name": "a", "in": "body"}]);
    let (found, report) = body(json!({"parameters": parameters}), json!({}));
    let (_, item) = found.unwrap();
    assert_eq!(item["content"], json!({"application/json": {}}));
    assert_eq!(report, [format!("missing-field {}", at("/parameters/0"))]);
}

#[test]
fn a_form_is_an_object_of_its_parameters() {
    let operation = json!({"parameters": [
        {"name": "size", "in": "formData", "type": "integer", "format": "int32", "description": "how big",
         "default": 3, "required": true, "allowEmptyValue": true},
        {"$ref": "#/parameters/colours"},
        {"name": "q", "in": "query", "type": "string"},
    ]});
    let colours = json!({
        "name": "colours", "in": "formData", "type": "array", "collectionFormat": "pipes",
        "items": {"type": "string", "enum": ["red"]},
    });
    let (operation, document, found) =
        read_operation(operation, json!({"parameters": {"colours": colours}}));
    assert_eq!(found, [""; 0]);
    let form = post().key("x-restwright-form");
    assert_eq!(
        document.get(&form),
        Some(&json!({
            "type": "object",
            "properties": {
                "size": {"type": "integer", "format": "int32", "description": "how big", "default": 3},
                "colours": {"type": "array", "items": {"type": "string", "enum": ["red"]}},
            },
            "required": ["size"],
        }))
    );
    let body = operation.body.unwrap();
    assert_eq!(body.at, form);
    assert!(body.item.required);
    assert_eq!(operation.item.extensions.len(), 0);
    assert_eq!(operation.parameters.len(), 1);
    let types: Vec<_> = body.item.content.keys().collect();
    assert_eq!(types, ["application/x-www-form-urlencoded"]);
    let encoding = &body.item.content[0].encoding;
    let style = encoding["colours"].style.clone();
    assert_eq!(style, Some(QueryStyle::PipeDelimited));
    assert!(!encoding["colours"].explode);
    assert_eq!(encoding.len(), 1);
}

#[test]
fn media_types_of_a_form() {
    let check = |kind: &str, consumes: &[&str], types: &[&str]| {
        let field = json!({"name": "a", "in": "formData", "type": kind});
        let (body, found) = body(
            json!({"parameters": [field], "consumes": consumes}),
            json!({}),
        );
        let (_, item) = body.unwrap();
        let found_types: Vec<_> = item["content"].as_object().unwrap().keys().collect();
        assert_eq!(found_types, types, "{kind} {consumes:?}");
        assert_eq!(found, [""; 0]);
    };
    let (form, multipart) = ("application/x-www-form-urlencoded", "multipart/form-data");
    check("string", &[], &[form]);
    check("string", &["application/json"], &[form]);
    check("string", &[multipart], &[multipart]);
    check("string", &[form, multipart], &[form, multipart]);
    check("file", &[], &[multipart]);
    check("file", &[form], &[multipart]);
}

#[test]
fn files_in_a_form_and_odd_fields() {
    let (_, document, found) = read_operation(
        json!({"parameters": [
            {"name": "one", "in": "formData", "type": "file"},
            {"name": "many", "in": "formData", "type": "array", "items": {"type": "file"}},
            {"name": "one", "in": "formData", "type": "string"},
            {"in": "formData", "type": "string"},
            {"name": "late", "in": "formData", "schema": {"type": "boolean"}},
        ]}),
        json!({}),
    );
    let form = document.get(&post().key("x-restwright-form")).unwrap();
    let file = json!({"type": "string", "format": "binary"});
    assert_eq!(
        form["properties"],
        json!({
            "one": file,
            "many": {"type": "array", "items": file},
            "late": {"$ref": at("/parameters/4/schema")},
        })
    );
    assert_eq!(
        found,
        [
            format!("duplicate-parameter {}", at("/parameters/2")),
            format!("nameless-parameter {}", at("/parameters/3")),
        ]
    );
}

#[test]
fn findings_in_a_form_stand_at_the_operation() {
    let text = "swagger: '2.0'\npaths:\n  /a:\n    post:\n      parameters:\n        - {name: a, in: formData, type: string}\n";
    let source = Source::new("api.yaml", text);
    let form = post().key("x-restwright-form").key("properties").key("a");
    let place = source.locate(&form).unwrap();
    assert_eq!((place.line, place.column), (4, 5));
}
