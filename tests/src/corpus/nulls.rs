//! Which schemas the value `null` of a schema is held against.
//!
//! A declared type is never `null` itself: where a component may be, the places that refer to it say so (`Option<Time>`),
//! and where a part of a union may be, the union does, or what refers to that.

use super::examples::Example;
use super::types::Types;
use restwright::ir::{Api, Name, Shape, Type};
use restwright::source::Pointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The places that refer to a place, by that.
type Uses = BTreeMap<Pointer, Vec<Pointer>>;

/// The places that have to take the examples that are `null`, by the schemas of these.
pub fn takers(
    examples: &[Example],
    types: &Types,
    api: &Api<Name>,
    root: &Value,
) -> BTreeMap<Pointer, Vec<Pointer>> {
    let uses = uses(types, api, root);
    let nulls = examples.iter().filter(|example| example.value.is_null());
    nulls
        .map(|example| {
            let takers = takers_of(&example.schema, types, api, root, &uses);
            (example.schema.clone(), takers)
        })
        .collect()
}

/// All schemas that refer to others, but those of parameters: to leave one out is all that `null` can mean there.
fn uses(types: &Types, api: &Api<Name>, root: &Value) -> Uses {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let parameters: BTreeSet<&Pointer> = operations
        .flat_map(|operation| &operation.parameters)
        .map(|parameter| &parameter.name.place)
        .collect();
    let mut uses = Uses::new();
    for place in types.places() {
        let reference = place.get(root).and_then(|schema| schema["$ref"].as_str());
        let target = reference.filter(|reference| reference.starts_with('#'));
        // `schema`, or `content`, a media type and `schema`.
        let of_parameter = [1, 3].map(|levels| parameters.contains(&above(place, levels)));
        if let Some(target) = target.and_then(Pointer::parse)
            && !of_parameter.contains(&true)
        {
            uses.entry(target).or_default().push(place.clone());
        }
    }
    uses
}

/// The schema at a place, or what it is used in.
fn takers_of(
    place: &Pointer,
    types: &Types,
    api: &Api<Name>,
    root: &Value,
    uses: &Uses,
) -> Vec<Pointer> {
    let mut open = vec![place.clone()];
    let mut seen = BTreeSet::new();
    let mut takers = Vec::new();
    while let Some(place) = open.pop() {
        if !seen.insert(place.clone()) {
            continue;
        }
        let whole = above(&place, 2);
        if is_part_of_union(&place) && whole.get(root).is_some_and(Value::is_object) {
            open.push(whole);
        } else if types.of(&place).iter().any(|ty| takes(api, ty)) {
            takers.push(place);
        } else if let Some(uses) = uses.get(&place) {
            open.extend(uses.iter().cloned());
        } else if !is_component(&place) {
            takers.push(place);
        }
    }
    takers
}

/// Whether a type says itself that `null` is one of its values.
fn takes(api: &Api<Name>, ty: &Type) -> bool {
    let mut ty = ty;
    // More aliases of aliases than that are a cycle.
    for _ in 0..64 {
        match ty {
            Type::Json | Type::Nullable(_) => return true,
            Type::Boxed(of) => ty = of,
            Type::Named(id) => match &api.types[id.0].shape {
                Shape::Alias(of) => ty = of,
                _ => return false,
            },
            _ => return false,
        }
    }
    false
}

fn is_part_of_union(place: &Pointer) -> bool {
    let list = above(place, 1).last();
    list.is_some_and(|list| list == "oneOf" || list == "anyOf")
}

fn is_component(place: &Pointer) -> bool {
    let at = above(place, 1);
    at.as_str() == "/components/schemas" || at.as_str() == "/definitions"
}

fn above(place: &Pointer, levels: usize) -> Pointer {
    (0..levels).fold(place.clone(), |place, _| {
        place.parent().unwrap_or_else(Pointer::root)
    })
}

#[cfg(test)]
mod tests {
    use super::super::examples::examples;
    use super::super::generated;
    use super::*;
    use restwright::source::Source;
    use serde_json::json;

    #[test]
    fn null_is_held_against_what_takes_it() {
        let time = json!({"$ref": "#/components/schemas/Time"});
        let json = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Use"}}});
        let root = json!({
            "openapi": "3.0.3",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {
                "operationId": "a",
                "parameters": [{"name": "p", "in": "query", "schema": time}],
                "responses": {"200": {"description": "", "content": json}},
            }}},
            "components": {"schemas": {
                "Time": {"type": "string", "format": "time", "nullable": true, "example": null},
                "Again": time,
                "Nobody": {"type": "string", "format": "date", "nullable": true, "example": null},
                "Use": {"type": "object", "required": ["a", "e"], "properties": {
                    "a": time,
                    "b": {"type": "array", "items": {"$ref": "#/components/schemas/Again"}},
                    "c": {"anyOf": [time, {"type": "integer"}]},
                    "d": {"type": "string", "nullable": true, "example": null},
                    "e": {"nullable": true, "oneOf": [
                        {"type": "object", "nullable": true, "example": null, "properties": {"x": {"type": "string"}}},
                        {"type": "integer"},
                    ]},
                }},
            }},
        });
        let (made, report) = generated(Source::new("a.json", root.to_string()));
        let made = made.unwrap_or_else(|error| panic!("{error} {}", report.render_text()));
        let types = Types::new(&made.api, &root);
        let found = takers(&examples(&root), &types, &made.api, &root);
        let texts = |(schema, takers): (&Pointer, &Vec<Pointer>)| {
            let mut takers: Vec<String> = takers.iter().map(ToString::to_string).collect();
            takers.sort();
            (schema.to_string(), takers)
        };
        let members = "#/components/schemas/Use/properties";
        let wanted = [
            ("#/components/schemas/Nobody", &[][..]),
            (
                "#/components/schemas/Time",
                &["a", "b/items", "c"].map(|member| format!("{members}/{member}")),
            ),
            (&format!("{members}/d"), &[format!("{members}/d")]),
            (&format!("{members}/e/oneOf/0"), &[format!("{members}/e")]),
        ];
        let wanted = wanted.map(|(schema, takers)| (schema.to_owned(), takers.to_vec()));
        assert_eq!(found.iter().map(texts).collect::<Vec<_>>(), wanted);
    }
}
