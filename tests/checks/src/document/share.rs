//! Parameters, bodies and answers as components, to which operations refer.

use crate::draw::Draw;
use serde_json::{Map, Value, json};

/// Puts some of what operations have into components, and an answer of one operation into others.
pub fn into_components(document: &mut Value, draw: &mut Draw) {
    let mut parameters = Map::new();
    let mut bodies = Map::new();
    let mut answers = Map::new();
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (_, item) in paths {
        let operations = item.as_object_mut().into_iter().flatten();
        for (_, operation) in operations.filter(|(key, _)| *key != "parameters") {
            for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
                if draw.once_in(8) {
                    refer(parameter, "parameters", &mut parameters);
                }
            }
            if let Some(body) = operation.get_mut("requestBody")
                && draw.once_in(6)
            {
                refer(body, "requestBodies", &mut bodies);
            }
            for (status, answer) in operation["responses"].as_object_mut().into_iter().flatten() {
                let known = answers.keys().next().cloned();
                match known.filter(|_| !status.starts_with('2') && draw.once_in(3)) {
                    Some(known) => {
                        *answer = json!({"$ref": format!("#/components/responses/{known}")})
                    }
                    None if draw.once_in(6) => refer(answer, "responses", &mut answers),
                    None => {}
                }
            }
        }
    }
    let shared = [
        ("parameters", parameters),
        ("requestBodies", bodies),
        ("responses", answers),
    ];
    for (kind, shared) in shared {
        if !shared.is_empty() {
            document["components"][kind] = Value::Object(shared);
        }
    }
}

fn refer(value: &mut Value, kind: &str, shared: &mut Map<String, Value>) {
    // As the names of schemas can be.
    let name = ["level", "Error", "place", "Self", "level2"][shared.len() % 5];
    let name = match shared.contains_key(name) {
        true => format!("{name}-{}", shared.len()),
        false => name.to_owned(),
    };
    let reference = json!({"$ref": format!("#/components/{kind}/{name}")});
    shared.insert(name, std::mem::replace(value, reference));
}
