//! Documents by construction: whatever the choices, the document is right and the values in its
//! examples are valid, as they are made along the schemas.

pub mod change;
mod components;
mod operation;
mod schema;
mod share;
mod value;
mod words;
mod write;

use crate::draw::Draw;
use components::Components;
use operation::Cx;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// A document.
pub fn document(draw: &mut Draw) -> Value {
    let version = *draw.pick(&["3.0.3", "3.1.0", "3.2.0"]);
    let components = Components::draw(draw, 8, version != "3.0.3");
    let mut schemas = Map::new();
    for (name, schema) in components.names.iter().zip(&components.made) {
        let mut written = write::schema(&components, schema, draw);
        if !draw.once_in(3) && written.get("$ref").is_none() {
            let value = value::value(&components, schema, draw, write::DEPTH);
            // Whether a component may be `null` is said by its uses, and it may have none.
            if !value.is_null() {
                written["example"] = value;
            }
        }
        schemas.insert(name.clone(), written);
    }
    let (schemes, written_schemes) = schemes(draw);
    let mut taken = BTreeSet::new();
    let tags: Vec<String> = (0..draw.below(4))
        .map(|_| words::name(draw, &mut taken))
        .collect();
    let cx = Cx {
        components: &components,
        schemes: &schemes,
        tags: &tags,
        newest: version == "3.2.0",
    };
    let mut document = json!({
        "openapi": version,
        "info": {"title": words::value(draw), "version": "1", "description": words::text(draw)},
        "paths": operation::paths(&cx, draw, 5),
        "components": {"schemas": schemas, "securitySchemes": written_schemes},
    });
    if components.new && draw.once_in(4) {
        let name = words::name(draw, &mut BTreeSet::new());
        document["webhooks"] = json!({name: {"post": operation::hook(&cx, draw)}});
    }
    share::into_components(&mut document, draw);
    if draw.once_in(2) {
        let variables = json!({"region": {"default": "eu", "enum": ["eu", "us"]}});
        document["servers"] =
            json!([{"url": "https://{region}.example.com/v1", "variables": variables}]);
    }
    if let Some(scheme) = schemes.first()
        && draw.once_in(2)
    {
        document["security"] = json!([{scheme.as_str(): []}]);
    }
    if draw.once_in(2) {
        let tags = tags
            .iter()
            .map(|tag| json!({"name": tag, "description": words::text(draw)}));
        document["tags"] = tags.collect();
    }
    document
}

/// Ways to prove who is calling.
fn schemes(draw: &mut Draw) -> (Vec<String>, Value) {
    let ways = [
        json!({"type": "http", "scheme": "bearer"}),
        json!({"type": "http", "scheme": "basic"}),
        json!({"type": "apiKey", "in": "header", "name": "X-Key"}),
        json!({"type": "apiKey", "in": "query", "name": "key"}),
        json!({"type": "apiKey", "in": "cookie", "name": "session"}),
        json!({"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "https://example.com/token", "scopes": {"a": "b"}}}}),
    ];
    let mut taken = BTreeSet::new();
    let mut schemes = Map::new();
    for _ in 0..draw.below(3) {
        let way = draw.pick(&ways).clone();
        schemes.insert(words::plain_name(draw, &mut taken), way);
    }
    (schemes.keys().cloned().collect(), Value::Object(schemes))
}
