//! Documents to measure with: one that is made up here, and any document several times over.

use serde_json::{Map, Value, json};

/// A document of fifteen tags with five operations each, and of what is usual in schemas: nested objects,
/// lists, enums, unions with a discriminator, compositions, shared errors, parameters and examples.
pub fn made_up() -> Value {
    let things = [
        "Harbour",
        "Ship",
        "Crew Member",
        "Cargo",
        "Container",
        "Berth",
        "Pilot",
        "Crane",
        "Route",
        "Weather Report",
        "Customs Form",
        "Invoice",
        "Contract",
        "Inspection",
        "Signal",
    ];
    let mut paths = Map::new();
    let mut schemas = Map::new();
    for thing in things {
        let name = thing.replace(' ', "");
        let path = format!("/{}s", thing.to_lowercase().replace(' ', "-"));
        paths.insert(format!("{path}/{{id}}"), one(thing, &name));
        paths.insert(path, many(thing, &name));
        schemas.extend(of_thing(thing, &name));
    }
    schemas.insert("Problem".to_owned(), json!({
        "type": "object", "required": ["code", "message"],
        "properties": {
            "code": {"type": "integer", "description": "A number that support asks for."},
            "message": {"type": "string"},
            "details": {"type": "array", "items": {"type": "object", "properties": {
                "field": {"type": "string"}, "problem": {"type": "string", "example": "is missing"},
            }}},
        },
    }));
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Harbour API", "version": "1.4.0", "description": "What goes on in a harbour."},
        "servers": [{"url": "https://harbour.example/v1"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "parameters": {
                "cursor": {"name": "cursor", "in": "query", "schema": {"type": "string"},
                    "description": "Where the page before this one ended."},
                "limit": {"name": "limit", "in": "query",
                    "schema": {"type": "integer", "minimum": 1, "maximum": 100, "default": 20}},
            },
            "responses": {"Problem": {"description": "It did not work.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}}},
            "schemas": schemas,
        },
    })
}

fn many(thing: &str, name: &str) -> Value {
    let page = json!({"type": "object", "required": ["items"], "properties": {
        "items": {"type": "array", "items": {"$ref": format!("#/components/schemas/{name}")}},
        "next_cursor": {"type": "string", "nullable": true},
    }});
    json!({
        "get": {
            "operationId": format!("list{name}s"), "tags": [thing],
            "summary": format!("All of the kind {thing}."),
            "description": "Sorted by when they were made, the *latest* first. A page has `limit` of them at most, \
                and says where the next one begins; see [the guide](https://harbour.example/guide).",
            "parameters": [
                {"$ref": "#/components/parameters/cursor"},
                {"$ref": "#/components/parameters/limit"},
                {"name": "state", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
            ],
            "responses": {
                "200": {"description": "A page.", "content": {"application/json": {"schema": page}}},
                "default": {"$ref": "#/components/responses/Problem"},
            },
        },
        "post": {
            "operationId": format!("create{name}"), "tags": [thing],
            "requestBody": body(&format!("New{name}")),
            "responses": answer(name, "201"),
        },
    })
}

fn one(thing: &str, name: &str) -> Value {
    let operation = |verb: &str| {
        json!({
            "operationId": format!("{verb}{name}"), "tags": [thing], "responses": answer(name, "200"),
            "parameters": [{"name": "id", "in": "path", "required": true,
                "schema": {"type": "string", "format": "uuid"}}],
        })
    };
    let mut change = operation("update");
    change["requestBody"] = body(&format!("New{name}"));
    let mut delete = operation("delete");
    delete["responses"] = json!({
        "204": {"description": "It is gone."}, "default": {"$ref": "#/components/responses/Problem"},
    });
    json!({"get": operation("get"), "patch": change, "delete": delete})
}

fn body(schema: &str) -> Value {
    json!({"required": true, "content": {"application/json":
        {"schema": {"$ref": format!("#/components/schemas/{schema}")}}}})
}

fn answer(name: &str, status: &str) -> Value {
    json!({
        status: {"description": "The thing.", "content": {"application/json":
            {"schema": {"$ref": format!("#/components/schemas/{name}")}}}},
        "default": {"$ref": "#/components/responses/Problem"},
    })
}

/// The schemas of a thing.
fn of_thing(thing: &str, name: &str) -> [(String, Value); 5] {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let (event, arrival, departure) = ["Event", "Arrival", "Departure"]
        .map(|kind| format!("{name}{kind}"))
        .into();
    let new = json!({
        "type": "object", "required": ["name", "kind"],
        "description": format!("What is said of a {thing} when it is made."),
        "properties": {
            "name": {"type": "string", "minLength": 1, "maxLength": 80, "example": thing},
            "kind": {"type": "string", "enum": [format!("{name}-small"), "large", "X-Large", "12+1"]},
            "size": {"type": "object", "properties": {
                "length": {"type": "number", "description": "In metres."},
                "draught": {"type": "number", "nullable": true},
                "unitOfMeasure": {"type": "string", "enum": ["m", "ft"]},
            }},
            "labels": {"type": "object", "additionalProperties": {"type": "string"}},
            "opensAt": {"type": "string", "format": "date-time"},
            "remarks": {"type": "array", "items": {"type": "object", "required": ["text"], "properties": {
                "text": {"type": "string"}, "by": {"type": "string", "format": "email"},
            }}},
        },
    });
    let whole = json!({"allOf": [reference(&format!("New{name}")), {
        "type": "object", "required": ["id"],
        "properties": {
            "id": {"type": "string", "format": "uuid", "readOnly": true},
            "created_at": {"type": "string", "format": "date-time"},
            "event": reference(&event),
            format!("parent_{}", name.to_lowercase()): reference(name),
        },
    }]});
    let either = json!({"oneOf": [reference(&arrival), reference(&departure)],
        "discriminator": {"propertyName": "type"}});
    let form = |word: &str| {
        json!({"type": "object", "required": ["type", "at"], "properties": {
            "type": {"type": "string", "enum": [word]},
            "at": {"type": "string", "format": "date-time"},
            format!("{word}_{}", name.to_lowercase()): {"type": "integer", "minimum": 0},
        }})
    };
    [
        (name.to_owned(), whole),
        (format!("New{name}"), new),
        (event, either),
        (arrival, form("arrival")),
        (departure, form("departure")),
    ]
}

/// A document several times over, each time under new names: its paths, operations, tags and components.
pub fn repeated(document: &Value, copies: usize) -> Value {
    let mut whole = document.clone();
    for copy in 2..=copies {
        let renamed = renamed(document, &format!("Copy{copy}"));
        for section in ["paths", "webhooks"] {
            let more = renamed.get(section).and_then(Value::as_object).cloned();
            if let Some(into) = whole.get_mut(section).and_then(Value::as_object_mut) {
                into.extend(more.unwrap_or_default());
            }
        }
        let components = renamed
            .get("components")
            .and_then(Value::as_object)
            .cloned();
        for (section, more) in components.unwrap_or_default() {
            // What a client signs in by is that of the whole document.
            if section == "securitySchemes" {
                continue;
            }
            if let (Some(into), Value::Object(more)) =
                (whole["components"][&section].as_object_mut(), more)
            {
                into.extend(more);
            }
        }
    }
    whole
}

fn renamed(document: &Value, mark: &str) -> Value {
    let mut copy = document.clone();
    references(&mut copy, mark);
    for section in ["paths", "webhooks"] {
        let Some(paths) = copy.get_mut(section).and_then(Value::as_object_mut) else {
            continue;
        };
        let all = std::mem::take(paths).into_iter();
        paths.extend(all.map(|(path, item)| match section {
            "paths" => (format!("/{mark}{path}"), item),
            _ => (format!("{path}{mark}"), item),
        }));
        let items = paths.values_mut().filter_map(Value::as_object_mut);
        for operation in items.flat_map(|item| item.values_mut()) {
            operation_names(operation, mark);
        }
    }
    let components = copy.get_mut("components").and_then(Value::as_object_mut);
    for section in components
        .into_iter()
        .flat_map(|sections| sections.values_mut())
    {
        if let Some(section) = section.as_object_mut() {
            let all = std::mem::take(section).into_iter();
            section.extend(all.map(|(name, unit)| (format!("{name}{mark}"), unit)));
        }
    }
    copy
}

fn operation_names(operation: &mut Value, mark: &str) {
    if let Some(Value::String(id)) = operation.get_mut("operationId") {
        id.push_str(mark);
    }
    let tags = operation.get_mut("tags").and_then(Value::as_array_mut);
    for tag in tags.into_iter().flatten() {
        if let Value::String(tag) = tag {
            tag.push_str(&format!(" {mark}"));
        }
    }
}

/// Makes references to components, and what maps to them, lead to those of the copy.
fn references(value: &mut Value, mark: &str) {
    let rename = |target: &mut Value| {
        if let Value::String(text) = target
            && let Some(name) = text.strip_prefix("#/components/")
        {
            let mut steps: Vec<String> = name.split('/').map(str::to_owned).collect();
            if let Some(name) = steps.get_mut(1) {
                name.push_str(mark);
            }
            *text = format!("#/components/{}", steps.join("/"));
        }
    };
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                match (key.as_str(), &mut *member) {
                    ("$ref", _) => rename(member),
                    ("mapping", Value::Object(mapping)) => mapping.values_mut().for_each(rename),
                    _ => references(member, mark),
                }
            }
        }
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| references(element, mark)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
