//! What a schema that a reference leads to is named by: itself where it has a name, else what it
//! stands in and the way from there.
//!
//! May not look at what a schema says, but for its title where its key says nothing.

use super::alike::NAMED;
use super::draft::{Owner, Place, Role};
use super::slot::component_text;
use crate::ir::Part;
use crate::read::Document;
use crate::source::Pointer;
use serde_json::Value;

/// The place of a schema, and what the document uses it for.
pub fn of(document: &Document, at: &Pointer) -> (Place, Role) {
    let place = |owner, path| Place {
        at: at.clone(),
        owner,
        path,
    };
    if let Some(name) = name(document, at) {
        return (place(Owner::Component(name), Vec::new()), Role::Component);
    }
    let mut above = at.parent();
    while let Some(outer) = above {
        let owner = name(document, &outer).map(Owner::Component);
        if let Some(owner) = owner.or_else(|| operation(document, &outer)) {
            let steps = steps(at, &outer);
            return (place(owner, way(&steps)), role(&steps));
        }
        above = outer.parent();
    }
    let key = at.last().unwrap_or_default();
    (place(Owner::Component(key), Vec::new()), Role::Component)
}

/// The name a schema has by itself: as a component, or in a file.
pub fn name(document: &Document, at: &Pointer) -> Option<String> {
    let title = || document.get(at)?.get("title").and_then(Value::as_str);
    if let Some(key) = document.component_at(at) {
        return Some(component_text(&key, title()).to_owned());
    }
    let (file, inner) = match at.file() {
        Some((address, inner)) => (Some(address), inner),
        None => (None, at.clone()),
    };
    let steps: Vec<String> = inner.segments().collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let key = match (steps.as_slice(), &file) {
        (["components", _, key] | ["definitions" | "$defs" | "schemas", key], _) => key,
        ([], Some(address)) => return Some(component_text(stem(address), title()).to_owned()),
        ([key], Some(_)) if !STEPS.contains(key) => key,
        ([key], None) if !TOPS.contains(key) => key,
        ([top, key], None) if top.starts_with("x-") => key,
        _ => return None,
    };
    Some(component_text(key, title()).to_owned())
}

/// The value of a discriminator that means a schema where no mapping says so.
pub fn key(document: &Document, at: &Pointer) -> Option<String> {
    let in_file = || match at.file() {
        Some((address, inner)) => inner.last().unwrap_or_else(|| stem(&address).to_owned()),
        None => at.last().unwrap_or_default(),
    };
    Some(document.component_at(at).unwrap_or_else(in_file)).filter(|key| !key.is_empty())
}

/// The text that a file is known by: its name without endings, or that of its folder where its name
/// says nothing.
///
/// For example: `pet` of `schemas/pet.schema.yaml`, `pets` of `pets/index.yaml`.
pub fn stem(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    let steps = path.rsplit('/').filter(|step| !step.is_empty());
    let mut stems = steps.map(|step| {
        let end = step.trim_start_matches('.').find('.');
        let start = step.len() - step.trim_start_matches('.').len();
        &step[..end.map_or(step.len(), |end| start + end)]
    });
    let first = stems.next().unwrap_or_default();
    let says_nothing = ["index", "schema", "main", "root"].contains(&first.trim_matches('_'));
    match stems.next() {
        Some(folder) if says_nothing && folder.contains(char::is_alphanumeric) => folder,
        _ => first,
    }
}

/// The operation that stands at a place.
fn operation(document: &Document, at: &Pointer) -> Option<Owner> {
    let operation = document.operations.iter().find(|found| found.at == *at)?;
    Some(super::operation::owner(operation))
}

/// What the whole of an answer or a failure is used for, all else is part of something.
fn role(steps: &[String]) -> Role {
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    match steps.as_slice() {
        ["responses", status, "content", _, "schema"] | ["responses", status, "schema"] => {
            if status.starts_with('2') {
                Role::Answer
            } else {
                Role::Failure
            }
        }
        _ => Role::Inline,
    }
}

/// The steps from one node to a node in it.
fn steps(at: &Pointer, outer: &Pointer) -> Vec<String> {
    at.segments().skip(outer.segments().count()).collect()
}

/// The keywords of a schema that lead to another one.
const STEPS: &[&str] = &[
    "properties",
    "patternProperties",
    "items",
    "prefixItems",
    "additionalProperties",
    "allOf",
    "oneOf",
    "anyOf",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "propertyNames",
    "components",
    "definitions",
    "$defs",
    "schemas",
];

/// The parts of a document that are no names.
const TOPS: &[&str] = &["paths", "webhooks", "components", "definitions", "$defs"];

/// The way from a schema, an operation or a component down to a schema, in words.
fn way(steps: &[String]) -> Vec<Part> {
    let text = |text: &str| Part::Text(text.to_owned());
    let numbered = |word: &str, index: &str| {
        let index: Option<usize> = index.parse().ok();
        text(&index.map_or(word.to_owned(), |index| format!("{word} {}", index + 1)))
    };
    let mut path: Vec<Part> = Vec::new();
    let mut rest = steps.iter().map(String::as_str);
    while let Some(step) = rest.next() {
        match step {
            named if NAMED.contains(&named) => path.extend(rest.next().map(text)),
            "items" | "additionalProperties" | "contains" => match path.pop() {
                Some(Part::Text(name)) => path.push(Part::Element(name)),
                other => path.extend(other.into_iter().chain([text("item")])),
            },
            "prefixItems" => path.extend(rest.next().map(|index| numbered("item", index))),
            "allOf" => path.extend(rest.next().map(|index| numbered("part", index))),
            "oneOf" | "anyOf" => path.extend(rest.next().map(|index| numbered("option", index))),
            "requestBody" => path.push(text("request")),
            "responses" => {
                path.push(text("response"));
                rest.next();
            }
            "content" | "headers" | "callbacks" => {
                rest.next();
            }
            "parameters" => path.extend(rest.next().map(|index| numbered("parameter", index))),
            "schema" => {}
            other => path.push(text(other)),
        }
    }
    if path.is_empty() {
        path.push(text("value"));
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        for (address, wanted) in [
            ("schemas/pet.schema.yaml", "pet"),
            ("Pet", "Pet"),
            ("pets/index.yaml", "pets"),
            ("../_index.yml", "_index"),
            ("index.yaml", "index"),
            ("https://a.example/v1/common.json", "common"),
            ("a/.hidden.yaml", ".hidden"),
            ("", ""),
        ] {
            assert_eq!(stem(address), wanted, "{address}");
        }
    }

    #[test]
    fn ways() {
        let check = |pointer: &str, wanted: &[Part]| {
            let steps: Vec<String> = Pointer::parse(pointer).unwrap().segments().collect();
            assert_eq!(way(&steps), wanted, "{pointer}");
        };
        let text = |text: &str| Part::Text(text.to_owned());
        check("#/properties/owner", &[text("owner")]);
        check(
            "#/properties/tags/items",
            &[Part::Element("tags".to_owned())],
        );
        check("#/items", &[text("item")]);
        check("#/allOf/0", &[text("part 1")]);
        check("#/oneOf/1/properties/a", &[text("option 2"), text("a")]);
        check(
            "#/responses/200/content/application~1json/schema",
            &[text("response")],
        );
        check(
            "#/requestBody/content/a~1b/schema/properties/x",
            &[text("request"), text("x")],
        );
        check("#/schema", &[text("value")]);
    }
}
