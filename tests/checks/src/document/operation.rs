//! Paths with operations: parameters with styles, bodies and answers in media types, security, and
//! lists that go on.

use super::components::Components;
use super::schema::Schema;
use super::value::value;
use super::words;
use super::write::{self, DEPTH};
use crate::draw::Draw;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// What operations are made of.
pub struct Cx<'c> {
    /// The schemas.
    pub components: &'c Components,
    /// The names of the ways to prove who is calling.
    pub schemes: &'c [String],
    /// The names of tags.
    pub tags: &'c [String],
    /// Whether it is 3.2.
    pub newest: bool,
}

/// The last one since 3.2.
const METHODS: &[&str] = &["get", "post", "put", "patch", "delete", "query"];

/// The paths of a document.
pub fn paths(cx: &Cx, draw: &mut Draw, most: usize) -> Value {
    let mut paths = Map::new();
    let mut ids = BTreeSet::new();
    let mut segments = BTreeSet::new();
    for _ in 0..draw.below(most + 1) {
        let segment = words::plain_name(draw, &mut segments);
        let mut names = BTreeSet::new();
        let mut path = format!("/{segment}");
        for _ in 0..draw.below(3) {
            let name = words::plain_name(draw, &mut names);
            path.push_str(&format!("/{{{name}}}"));
        }
        let mut item = Map::new();
        // What is in the path stands there for all operations, or at each.
        let mut own_names = names.clone();
        if draw.once_in(4) {
            let all = std::mem::take(&mut own_names).into_iter();
            let all = all.map(|name| parameter(cx, draw, name, "path"));
            item.insert("parameters".to_owned(), all.collect());
        }
        let count = METHODS.len() - usize::from(!cx.newest);
        for method in &METHODS[..count] {
            if draw.once_in(4) {
                let operation = operation(cx, draw, method, &own_names, &mut ids);
                item.insert((*method).to_owned(), operation);
            }
        }
        paths.insert(path, Value::Object(item));
    }
    Value::Object(paths)
}

fn operation(
    cx: &Cx,
    draw: &mut Draw,
    method: &str,
    names: &BTreeSet<String>,
    ids: &mut BTreeSet<String>,
) -> Value {
    let mut operation = json!({});
    if !draw.once_in(4) {
        operation["operationId"] = json!(words::name(draw, ids));
    }
    if !cx.tags.is_empty() && !draw.once_in(4) {
        operation["tags"] = json!([draw.pick(cx.tags)]);
    }
    if draw.once_in(3) {
        operation["summary"] = json!(words::text(draw));
        operation["description"] = json!(words::text(draw));
    }
    if !cx.schemes.is_empty() && draw.once_in(3) {
        let mut requirements = vec![json!({})];
        requirements.push(json!({draw.pick(cx.schemes).as_str(): []}));
        if draw.once_in(4) {
            let all = cx.schemes.iter().map(|scheme| (scheme.clone(), json!([])));
            requirements.push(Value::Object(all.collect()));
        }
        operation["security"] = json!(requirements[draw.below(2)..].to_vec());
    }
    if draw.once_in(10) {
        operation["servers"] =
            json!([{"url": "https://{a}.example.org", "variables": {"a": {"default": "b"}}}]);
    }
    if draw.once_in(10) {
        let name = words::name(draw, &mut BTreeSet::new());
        let path = json!({"{$request.body#/url}": {"post": hook(cx, draw)}});
        operation["callbacks"] = json!({name: path});
    }
    operation["parameters"] = json!(parameters(cx, draw, names));
    if method != "get" && method != "delete" && !draw.once_in(3) {
        operation["requestBody"] = body(cx, draw);
    }
    if method == "get" && draw.once_in(4) {
        list_that_goes_on(cx, draw, &mut operation);
    } else {
        operation["responses"] = answers(cx, draw);
    }
    operation
}

fn parameters(cx: &Cx, draw: &mut Draw, names: &BTreeSet<String>) -> Vec<Value> {
    let mut parameters = Vec::new();
    for name in names {
        parameters.push(parameter(cx, draw, name.clone(), "path"));
    }
    for place in ["query", "query", "header", "cookie"] {
        let mut taken = BTreeSet::new();
        for _ in 0..draw.below(3) {
            let name = match place {
                "query" => words::name(draw, &mut taken),
                _ => format!("{}-{place}", words::plain_name(draw, &mut taken)),
            };
            let known = |known: &Value| known["name"] == json!(name) && known["in"] == json!(place);
            if !parameters.iter().any(known) {
                parameters.push(parameter(cx, draw, name, place));
            }
        }
    }
    parameters
}

/// Scalars, lists of them and objects of them are what styles are for; anything may be JSON.
fn parameter(cx: &Cx, draw: &mut Draw, name: String, place: &str) -> Value {
    let mut parameter = json!({"name": name, "in": place});
    if place == "path" || draw.once_in(3) {
        parameter["required"] = json!(true);
    }
    if draw.once_in(4) {
        parameter["description"] = json!(words::text(draw));
    }
    if draw.once_in(10) {
        let schema = cx.components.schema(draw, 2, true);
        let schema = write::schema(cx.components, &schema, draw);
        parameter["content"] = json!({"application/json": {"schema": schema}});
        return parameter;
    }
    if place == "query" && draw.once_in(10) {
        parameter["style"] = json!("deepObject");
        parameter["explode"] = json!(true);
        let members = (0..=draw.below(2)).map(|_| ["id", "from", "to"][draw.below(3)]);
        let members = members.map(|name| (name.to_owned(), json!({"type": "string"})));
        let members: Map<String, Value> = members.collect();
        parameter["schema"] = json!({"type": "object", "properties": members});
        return parameter;
    }
    let scalar = |draw: &mut Draw| match draw.below(5) {
        0 => Schema::Integer(None, None),
        1 => Schema::Bool,
        2 => Schema::Listed(vec![json!("plain"), json!("a b"), json!("a,b")]),
        3 => Schema::Text(Some("date")),
        _ => Schema::Text(Some("email")),
    };
    let schema = match draw.below(5) {
        0 | 1 => scalar(draw),
        2 => Schema::List(Box::new(scalar(draw))),
        3 if place != "path" => {
            Schema::Kinds("oneOf", vec![Schema::Integer(None, None), Schema::Bool])
        }
        _ => scalar(draw),
    };
    let styles: &[&str] = match (place, matches!(schema, Schema::List(_))) {
        ("path", _) => &["simple", "label", "matrix"],
        ("query", true) => &["form", "spaceDelimited", "pipeDelimited"],
        ("query", false) => &["form"],
        ("header", _) => &["simple"],
        _ => &["form"],
    };
    if draw.once_in(2) {
        parameter["style"] = json!(draw.pick(styles));
        parameter["explode"] = json!(draw.once_in(2));
    }
    if place == "query" && draw.once_in(6) {
        parameter["allowReserved"] = json!(true);
    }
    parameter["schema"] = write::schema(cx.components, &schema, draw);
    if draw.once_in(3) {
        parameter["example"] = value(cx.components, &schema, draw, 2);
    }
    parameter
}

/// A schema with values of it.
fn content(cx: &Cx, draw: &mut Draw, schema: &Schema) -> Value {
    let mut content = json!({"schema": write::schema(cx.components, schema, draw)});
    let mut examples = Map::new();
    for index in 0..draw.below(4) {
        let value = value(cx.components, schema, draw, DEPTH);
        examples.insert(format!("e{index}"), json!({"value": value}));
    }
    if !examples.is_empty() {
        content["examples"] = Value::Object(examples);
    }
    content
}

fn body(cx: &Cx, draw: &mut Draw) -> Value {
    let mut media = Map::new();
    let json = cx.components.schema(draw, 3, true);
    match draw.below(8) {
        0 => media.insert(
            "text/plain".to_owned(),
            json!({"schema": {"type": "string"}}),
        ),
        1 => media.insert(
            "application/octet-stream".to_owned(),
            json!({"schema": {"type": "string", "format": "binary"}}),
        ),
        2 => {
            let object = Schema::Object(cx.components.object(draw, 1));
            let schema = write::schema(cx.components, &object, draw);
            media.insert(
                "application/x-www-form-urlencoded".to_owned(),
                json!({"schema": schema}),
            )
        }
        3 => {
            let object = Schema::Object(cx.components.object(draw, 1));
            let mut schema = write::schema(cx.components, &object, draw);
            schema["properties"]["the file"] = json!({"type": "string", "format": "binary"});
            for word in ["example", "examples"] {
                schema.as_object_mut().map(|schema| schema.remove(word));
            }
            media.insert("multipart/form-data".to_owned(), json!({"schema": schema}))
        }
        4 => {
            media.insert("text/csv".to_owned(), json!({"schema": {"type": "string"}}));
            media.insert("application/json".to_owned(), content(cx, draw, &json))
        }
        5 => media.insert(
            "application/merge-patch+json".to_owned(),
            content(cx, draw, &json),
        ),
        _ => media.insert("application/json".to_owned(), content(cx, draw, &json)),
    };
    json!({"required": draw.once_in(2), "content": media})
}

/// What a server sends by itself.
pub fn hook(cx: &Cx, draw: &mut Draw) -> Value {
    let schema = cx.components.schema(draw, 3, true);
    let content = content(cx, draw, &schema);
    json!({
        "requestBody": {"content": {"application/json": content}},
        "responses": {"200": {"description": words::text(draw)}},
    })
}

fn answers(cx: &Cx, draw: &mut Draw) -> Value {
    let mut answers = Map::new();
    let statuses = *draw.pick::<&[&str]>(&[
        &["200"],
        &["201", "400"],
        &["200", "404", "default"],
        &["200", "202", "4XX"],
        &["204"],
        &["default"],
        &["2XX", "500"],
    ]);
    for status in statuses {
        let mut answer = json!({"description": words::text(draw)});
        let schema = cx.components.schema(draw, 3, true);
        let media = match draw.below(10) {
            _ if *status == "204" => None,
            0 => None,
            1 => Some(("text/plain", json!({"schema": {"type": "string"}}))),
            2 => Some(("image/png", json!({}))),
            3 | 4 => {
                let word = match cx.newest && draw.once_in(2) {
                    true => "itemSchema",
                    false => "schema",
                };
                let media = *draw.pick(&["text/event-stream", "application/jsonl"]);
                Some((
                    media,
                    json!({word: write::schema(cx.components, &schema, draw)}),
                ))
            }
            _ => Some(("application/json", content(cx, draw, &schema))),
        };
        if let Some((media, content)) = media {
            answer["content"] = json!({media: content});
            if media == "application/json" && draw.once_in(6) {
                let other = cx.components.schema(draw, 1, true);
                let other = write::schema(cx.components, &other, draw);
                let media = *draw.pick(&["application/problem+json", "text/csv", "*/*"]);
                answer["content"][media] = json!({"schema": other});
            }
        }
        if draw.once_in(4) {
            answer["headers"] = json!({"X-Rate-Limit": {"schema": {"type": "integer"}}, "Link": {"schema": {"type": "string"}}});
        }
        answers.insert((*status).to_owned(), answer);
    }
    Value::Object(answers)
}

/// A list of some shape that is known to go on.
fn list_that_goes_on(cx: &Cx, draw: &mut Draw, operation: &mut Value) {
    let item = cx.components.schema(draw, 2, true);
    let items = Schema::List(Box::new(item));
    let items = write::schema(cx.components, &items, draw);
    let (parameter, kind, member) = *draw.pick(&[
        ("cursor", "string", "next_cursor"),
        ("starting_after", "string", "next_starting_after"),
        ("page", "integer", "total_pages"),
        ("offset", "integer", "total"),
        ("page_token", "string", "next_page_token"),
        ("limit", "integer", "next"),
    ]);
    let known = |known: &Value| known["name"] == json!(parameter) && known["in"] == json!("query");
    if let Some(parameters) = operation["parameters"].as_array_mut()
        && !parameters.iter().any(known)
    {
        parameters.push(json!({"name": parameter, "in": "query", "schema": {"type": kind}}));
    }
    let answer = json!({"type": "object", "required": ["items"], "properties": {"items": items, member: {"type": kind}}});
    let content = json!({"application/json": {"schema": answer}});
    operation["responses"] = json!({"200": {"description": "A page.", "content": content}});
}
