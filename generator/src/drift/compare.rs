//! A value against the schemas that hold for it.
//!
//! May not count or show anything. Follows what a schema says of its own (`$ref`, `allOf`) and, of
//! alternatives, those that are closest to the value; so a difference is told where it is smallest.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::context::Context;
use super::fit::{allows_null, fits_format, fits_type};
use super::{Kind, mask};
use crate::lower::view::Node;
use crate::numbers::same;
use crate::source::Pointer;

/// Alternatives within alternatives that are tried; further in, the first that fits by type is taken.
const MOST_CHOICES: usize = 3;
/// Values that are looked at for one answer while alternatives are tried.
const MOST_STEPS: usize = 20_000;
/// How far into a value an alternative is tried.
const MOST_LEVELS: usize = 6;

/// A way in which a value differs from a schema.
#[derive(Debug)]
pub struct Difference<'v> {
    pub kind: Kind,
    /// The schema, or the list of alternatives of which none fits.
    pub at: Pointer,
    /// Where in the answer.
    pub path: String,
    /// The member that is missing or not declared.
    pub member: Option<String>,
    /// The value; `None` for one that is missing.
    pub value: Option<&'v Value>,
    /// A schema beside this one declares the member.
    pub beside: bool,
    /// The value may be told, as far as the list that lacks it says so.
    pub told: bool,
}

/// All differences of a body.
pub fn body<'v>(cx: &Context<'_>, schema: &Pointer, body: &'v Value) -> Vec<Difference<'v>> {
    cx.steps.set(0);
    cx.choices.set(0);
    let mut out = Vec::new();
    if let Some(value) = cx.document.get(schema) {
        let node = Node::new(value, schema.clone());
        check(cx, &[node], body, "$", &mut out);
    }
    out
}

/// Looks at a value for which all these schemas hold.
fn check<'v, 'd>(
    cx: &Context<'d>,
    schemas: &[Node<'d>],
    value: &'v Value,
    path: &str,
    out: &mut Vec<Difference<'v>>,
) {
    if cx.choices.get() > 0 {
        cx.steps.set(cx.steps.get() + 1);
        if cx.levels.get() >= MOST_LEVELS || cx.steps.get() > MOST_STEPS {
            return;
        }
    }
    if value.is_null() {
        let refuses = |schema: &&Node<'d>| !allows_null(cx, schema, 0);
        if let Some(schema) = schemas.iter().find(refuses) {
            out.push(difference(Kind::Null, &schema.at, path, value));
        }
        return;
    }
    let mut parts: Vec<Node<'d>> = Vec::new();
    for schema in schemas {
        add(&mut parts, &cx.parts(schema));
    }
    // Those that are added have alternatives of their own.
    let mut index = 0;
    while let Some(part) = parts.get(index).cloned() {
        for keyword in ["oneOf", "anyOf"] {
            match chosen(cx, &parts, &part, keyword, value) {
                Some(chosen) => add(&mut parts, &chosen),
                None => {
                    out.push(difference(Kind::Type, &part.at.key(keyword), path, value));
                    return;
                }
            }
        }
        index += 1;
    }
    check_parts(cx, &parts, value, path, out);
}

fn add<'d>(parts: &mut Vec<Node<'d>>, more: &[Node<'d>]) {
    for node in more {
        if parts.iter().all(|known| known.at != node.at) {
            parts.push(node.clone());
        }
    }
}

fn difference<'v>(kind: Kind, at: &Pointer, path: &str, value: &'v Value) -> Difference<'v> {
    Difference {
        kind,
        at: at.clone(),
        path: path.to_owned(),
        member: None,
        value: Some(value),
        beside: false,
        told: false,
    }
}

/// The alternatives that a value is closest to, with what they are composed of; `None` where it fits
/// none by its type.
fn chosen<'d>(
    cx: &Context<'d>,
    base: &[Node<'d>],
    node: &Node<'d>,
    keyword: &str,
    value: &Value,
) -> Option<Vec<Node<'d>>> {
    let alternatives = node.children(keyword);
    if alternatives.is_empty() {
        return Some(Vec::new());
    }
    let fitting: Vec<Rc<[Node<'d>]>> = alternatives
        .iter()
        .filter(|alternative| fits_type(cx, alternative, value, 0))
        .map(|alternative| cx.parts(alternative))
        .collect();
    let exhausted = cx.choices.get() >= MOST_CHOICES || cx.steps.get() > MOST_STEPS;
    let first = fitting.first()?;
    if fitting.len() == 1 || exhausted {
        return Some(first.to_vec());
    }
    cx.choices.set(cx.choices.get() + 1);
    let costs: Vec<(usize, usize)> = fitting
        .iter()
        .map(|one| cost(cx, base, one, value))
        .collect();
    cx.choices.set(cx.choices.get() - 1);
    let least = *costs.iter().min()?;
    let mut close = fitting.iter().zip(costs);
    if keyword == "anyOf" && least.0 == 0 {
        // Any number of them may hold, and what each declares is declared.
        let holding = close.filter(|(_, cost)| cost.0 == 0);
        return Some(holding.flat_map(|(parts, _)| parts.to_vec()).collect());
    }
    let (closest, _) = close.find(|(_, cost)| *cost == least)?;
    Some(closest.to_vec())
}

/// How far a value is from an alternative: what is wrong, and what is only not described.
fn cost<'d>(
    cx: &Context<'d>,
    base: &[Node<'d>],
    alternative: &[Node<'d>],
    value: &Value,
) -> (usize, usize) {
    let mut parts = alternative.to_vec();
    let mut out = Vec::new();
    // What stands beside counts for names only: its own faults are the same for all.
    let mut index = 0;
    while let Some(part) = parts.get(index).cloned() {
        for keyword in ["oneOf", "anyOf"] {
            if let Some(chosen) = chosen(cx, base, &part, keyword, value) {
                add(&mut parts, &chosen);
            }
        }
        index += 1;
    }
    let beside: Vec<Node<'d>> = base
        .iter()
        .filter(|node| is_record(node))
        .cloned()
        .collect();
    add(&mut parts, &beside);
    check_parts(cx, &parts, value, "", &mut out);
    let weight = |kind: Kind| match kind {
        Kind::Type => 100,
        Kind::Value => 20,
        Kind::Missing | Kind::Closed | Kind::Null => 10,
        Kind::Format => 1,
        _ => 0,
    };
    let hard = out.iter().map(|difference| weight(difference.kind)).sum();
    let soft = out.iter().filter(|it| it.kind == Kind::Undeclared).count();
    (hard, soft)
}

fn is_record(node: &Node<'_>) -> bool {
    node.get("properties").is_some()
}

/// A value that is not null against schemas without alternatives.
fn check_parts<'v, 'd>(
    cx: &Context<'d>,
    parts: &[Node<'d>],
    value: &'v Value,
    path: &str,
    out: &mut Vec<Difference<'v>>,
) {
    if let Some(part) = parts.iter().find(|part| !part.has_type(value)) {
        out.push(difference(Kind::Type, &part.at, path, value));
        return;
    }
    for part in parts {
        let only = part.get("const").map(std::slice::from_ref);
        let listed = only.or(part.values());
        let lacking = listed.filter(|listed| !listed.iter().any(|known| same(known, value)));
        if let Some(listed) = lacking {
            out.push(Difference {
                told: mask::is_value(value, listed),
                ..difference(Kind::Value, &part.at, path, value)
            });
        } else if part
            .text("format")
            .is_some_and(|it| !fits_format(it, value))
        {
            out.push(difference(Kind::Format, &part.at, path, value));
        }
    }
    let levels = cx.levels.get();
    cx.levels.set(levels + usize::from(cx.choices.get() > 0));
    match value {
        Value::Array(list) => elements(cx, parts, list, path, out),
        Value::Object(object) => members(cx, parts, value, object, path, out),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    cx.levels.set(levels);
}

fn elements<'v, 'd>(
    cx: &Context<'d>,
    parts: &[Node<'d>],
    list: &'v [Value],
    path: &str,
    out: &mut Vec<Difference<'v>>,
) {
    let path = format!("{path}[]");
    let positions: Vec<(Vec<Node<'d>>, Option<Node<'d>>)> = parts
        .iter()
        .map(
            |part| match (part.children("prefixItems"), part.children("items")) {
                (first, _) if !first.is_empty() => (first, part.child("items")),
                (_, first) if !first.is_empty() => (first, part.child("additionalItems")),
                _ => (Vec::new(), part.child("items")),
            },
        )
        .collect();
    for (index, value) in list.iter().enumerate() {
        let schemas = positions
            .iter()
            .filter_map(|(first, rest)| first.get(index).or(rest.as_ref()));
        let schemas: Vec<Node<'d>> = schemas.cloned().collect();
        check(cx, &schemas, value, &path, out);
    }
}

fn members<'v, 'd>(
    cx: &Context<'d>,
    parts: &[Node<'d>],
    whole: &'v Value,
    object: &'v Map<String, Value>,
    path: &str,
    out: &mut Vec<Difference<'v>>,
) {
    for part in parts {
        for name in part.required() {
            let one_way = |part: &Node<'d>| {
                let property = named(part, name);
                property.is_some_and(|property| property.flag("writeOnly"))
            };
            if !object.contains_key(name) && !parts.iter().any(one_way) {
                out.push(Difference {
                    member: Some(name.to_owned()),
                    value: None,
                    ..difference(Kind::Missing, &part.at, path, whole)
                });
            }
        }
    }
    let any_record = parts.iter().any(is_record);
    for (name, value) in object {
        let found: Vec<Found<'d>> = parts.iter().map(|part| find(cx, part, name)).collect();
        let declared = found.iter().any(|found| !found.schemas.is_empty());
        let is_property = found.iter().any(|found| found.is_property);
        for (part, _) in parts.iter().zip(&found).filter(|(_, found)| found.refused) {
            out.push(Difference {
                member: Some(name.clone()),
                beside: declared,
                ..difference(Kind::Closed, &part.at, path, value)
            });
        }
        let refused = found.iter().any(|found| found.refused);
        if declared {
            let schemas: Vec<Node<'d>> = found.into_iter().flat_map(|it| it.schemas).collect();
            // Keys of maps are of the recording, names of properties of the document.
            let path = match is_property {
                true => format!("{path}.{name}"),
                false => format!("{path}.{{}}"),
            };
            check(cx, &schemas, value, &path, out);
        } else if !refused && !found.iter().any(|found| found.free) {
            let closed = parts
                .iter()
                .find(|part| is_false(part, "unevaluatedProperties"));
            let home = closed.or_else(|| parts.iter().find(|part| is_record(part)));
            let kind = match closed {
                Some(_) => Kind::Closed,
                None => Kind::Undeclared,
            };
            if let Some(home) = home.filter(|_| any_record || closed.is_some()) {
                out.push(Difference {
                    member: Some(name.clone()),
                    ..difference(kind, &home.at, path, value)
                });
            }
        }
    }
}

/// What a schema says of a member.
struct Found<'d> {
    schemas: Vec<Node<'d>>,
    is_property: bool,
    /// It is closed, and does not know the member.
    refused: bool,
    /// It says that members which it does not know may be anything.
    free: bool,
}

fn find<'d>(cx: &Context<'d>, part: &Node<'d>, name: &str) -> Found<'d> {
    let property = named(part, name);
    let is_property = property.is_some();
    let mut schemas: Vec<Node<'d>> = property.into_iter().collect();
    let patterns = part.named_children("patternProperties").into_iter();
    let patterns = patterns.filter(|(pattern, _)| cx.patterns.fits(pattern, name));
    schemas.extend(patterns.map(|(_, node)| node));
    let mut found = Found {
        is_property,
        refused: schemas.is_empty() && is_false(part, "additionalProperties"),
        free: false,
        schemas,
    };
    if found.schemas.is_empty() {
        let others = ["additionalProperties", "unevaluatedProperties"];
        let others = others.into_iter().filter_map(|keyword| part.child(keyword));
        for other in others {
            match other.value {
                Value::Object(_) => found.schemas.push(other),
                _ => found.free |= other.value == &Value::Bool(true),
            }
        }
    }
    found
}

/// The schema of a property.
fn named<'d>(part: &Node<'d>, name: &str) -> Option<Node<'d>> {
    let value = part.get("properties")?.get(name)?;
    (value.is_object() || value.is_boolean())
        .then(|| Node::new(value, part.at.key("properties").key(name)))
}

fn is_false(node: &Node<'_>, keyword: &str) -> bool {
    node.get(keyword) == Some(&Value::Bool(false))
}
