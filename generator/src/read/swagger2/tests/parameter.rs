//! Parameters outside the body.

use openapiv3::{Parameter, ParameterSchemaOrContent, QueryStyle, ReferenceOr};

use crate::read::Site;

use super::*;

fn schema_of(site: &Site<Parameter>) -> &str {
    match &site.item.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => reference,
        _ => "",
    }
}

#[test]
fn parameters_are_their_own_schemas() {
    let (document, found) = read_document(json!({
        "parameters": {"limit": {"name": "limit", "in": "query", "type": "integer", "maximum": 9}},
        "paths": {"/a/{id}/{kind}": {
            "parameters": [
                {"name": "id", "in": "path", "required": true, "type": "string"},
                {"name": "limit", "in": "query", "type": "string"},
            ],
            "get": {
                "parameters": [
                    {"$ref": "#/parameters/limit"},
                    {"name": "X-A", "in": "header", "type": "string", "enum": ["a"], "required": true, "style": "b"},
                    {"name": "odd", "in": "query", "schema": {"type": "boolean"}},
                    {"name": "odder", "in": "query", "type": "string", "schema": {"type": "boolean"}},
                ],
                "responses": {"200": {"description": ""}},
            },
        }},
    }));
    let operation = "#/paths/~1a~1{id}~1{kind}/get";
    let at = |rest: &str| format!("{operation}{rest}");
    assert_eq!(
        found,
        [
            format!("undeclared-path-parameter {operation}"),
            format!("unknown-field {}", at("/parameters/1/style")),
            format!("misplaced-schema {}", at("/parameters/2/schema")),
            format!("misplaced-schema {}", at("/parameters/3/schema")),
        ]
    );
    let parameters = &document.operations[0].parameters;
    let places: Vec<_> = parameters
        .iter()
        .map(|site| {
            (
                site.item.parameter_data_ref().name.as_str(),
                schema_of(site),
            )
        })
        .collect();
    let first = "#/paths/~1a~1{id}~1{kind}/parameters/0";
    assert_eq!(
        places,
        [
            ("id", first),
            ("limit", "#/parameters/limit"),
            ("X-A", &at("/parameters/1")),
            ("odd", &at("/parameters/2/schema")),
            ("odder", &at("/parameters/3")),
            ("kind", &at("/parameters/4")),
        ]
    );
    let required = |i: usize| parameters[i].item.parameter_data_ref().required;
    assert_eq!([required(0), required(1), required(2)], [true, false, true]);
    let kind = document.resolve(schema_of(&parameters[5])).unwrap();
    assert_eq!(document.get(&kind).unwrap()["type"], "string");
}

#[test]
fn collection_formats() {
    let check = |place: &str, format: Option<&str>, style: QueryStyle, explode, codes: &[&str]| {
        let items = json!({"type": "string"});
        let mut parameter = json!({"name": "a", "in": place, "type": "array", "items": items});
        if let Some(format) = format {
            parameter["collectionFormat"] = format.into();
        }
        let (operation, _, found) = read_operation(json!({"parameters": [parameter]}), json!({}));
        let item = &operation.parameters[0].item;
        let found_style = match item {
            Parameter::Query { style, .. } => style.clone(),
            _ => QueryStyle::Form,
        };
        assert_eq!(found_style, style, "{place} {format:?}");
        assert_eq!(item.parameter_data_ref().explode, Some(explode));
        assert_eq!(found, codes, "{place} {format:?}");
    };
    let odd = format!("collection-format {}", at("/parameters/0/collectionFormat"));
    let odd: &[&str] = &[&odd];
    check("query", None, QueryStyle::Form, false, &[]);
    check("query", Some("csv"), QueryStyle::Form, false, &[]);
    check("query", Some("multi"), QueryStyle::Form, true, &[]);
    check("query", Some("ssv"), QueryStyle::SpaceDelimited, false, &[]);
    check(
        "query",
        Some("pipes"),
        QueryStyle::PipeDelimited,
        false,
        &[],
    );
    check("query", Some("tsv"), QueryStyle::SpaceDelimited, false, odd);
    check("query", Some("dots"), QueryStyle::Form, false, odd);
    check("header", None, QueryStyle::Form, false, &[]);
    check("header", Some("multi"), QueryStyle::Form, false, odd);
    let (operation, _, found) = read_operation(
        json!({"parameters": [{"name": "a", "in": "query", "type": "string", "collectionFormat": "csv"}]}),
        json!({}),
    );
    let data = operation.parameters[0].item.parameter_data_ref();
    assert_eq!(data.explode, None);
    let place = at("/parameters/0/collectionFormat");
    assert_eq!(found, [format!("unused-field {place}")]);
}
