//! `enum` and `const`: open enums, their variants and labels.

use super::docs;
use super::draft::{Place, Shaped};
use super::schema::Cx;
use super::union::unknown_candidates;
use super::view::{Kind, Node};
use crate::ir::{Integer, Part, Shape, Slot, Type, Variant, Wire};
use serde_json::Value;

/// The values that all of the schemas allow, without `null`; `None` where nothing is listed.
pub fn values(nodes: &[Node]) -> Option<Vec<Value>> {
    let mut allowed: Option<Vec<Value>> = None;
    for node in nodes {
        let listed = match (node.get("const"), node.values()) {
            (Some(constant), _) => vec![constant.clone()],
            (None, Some(values)) => values.to_vec(),
            (None, None) => continue,
        };
        allowed = Some(match allowed {
            None => listed,
            Some(so_far) => so_far
                .into_iter()
                .filter(|value| listed.contains(value))
                .collect(),
        });
    }
    let mut values = allowed?;
    values.retain(|value| !value.is_null());
    let mut unique: Vec<Value> = Vec::new();
    for value in values {
        if !unique.contains(&value) {
            unique.push(value);
        }
    }
    (!unique.is_empty()).then_some(unique)
}

/// The value, if there is one only.
pub fn only(values: &[Value]) -> Option<Value> {
    match values {
        [only] if !only.is_object() && !only.is_array() => Some(only.clone()),
        _ => None,
    }
}

/// The shape of a list of values.
pub fn shape(cx: &mut Cx, nodes: &[Node], values: &[Value], place: &Place) -> Shaped {
    let values = as_declared(nodes, values);
    if let Some(only) = only(&values) {
        return Shaped {
            fixed: Some(only.clone()),
            ..Shaped::plain(base(&only))
        };
    }
    if values.iter().all(Value::is_boolean) {
        return Shaped::plain(Type::Bool);
    }
    let whole: Option<Vec<i64>> = values.iter().map(whole).collect();
    let wire = if values.iter().all(Value::is_string) {
        Wire::Text
    } else if whole.is_some() {
        Wire::Integer
    } else if values.iter().all(Value::is_number) {
        return Shaped::plain(Type::Number);
    } else if values
        .iter()
        .any(|value| value.is_object() || value.is_array())
    {
        cx.report.warning(
            "enum-of-objects",
            &place.at,
            "an enum lists objects or lists",
            "it is typed as plain JSON",
        );
        return Shaped::plain(Type::Json);
    } else {
        Wire::Mixed
    };
    let values = whole.map_or(values, |whole| whole.into_iter().map(Value::from).collect());
    let labels = labels(nodes, &values);
    let variants = values.iter().zip(labels);
    let variants = variants
        .enumerate()
        .map(|(index, (value, label))| variant(place, index, value, label))
        .collect();
    declare(place, wire, variants)
}

fn declare(place: &Place, wire: Wire, variants: Vec<Variant<Slot>>) -> Shaped {
    let unknown = Slot {
        place: place.at.clone(),
        candidates: unknown_candidates(),
    };
    Shaped::of(Shape::Enum {
        wire,
        variants,
        unknown,
    })
}

/// The values, as text where only text was declared and as numbers where only numbers were, if
/// none of them is of the declared type: YAML turns `enum: [1, 2]` of a string into numbers.
fn as_declared(nodes: &[Node], values: &[Value]) -> Vec<Value> {
    let declared: Vec<Kind> = nodes.iter().flat_map(Node::kinds).collect();
    match declared.as_slice() {
        [Kind::String] if !values.iter().any(Value::is_string) => values
            .iter()
            .map(|value| match value {
                Value::Number(_) | Value::Bool(_) => Value::String(value.to_string()),
                other => other.clone(),
            })
            .collect(),
        [Kind::Integer | Kind::Number] => {
            let parsed: Option<Vec<Value>> = values
                .iter()
                .map(|value| value.as_str()?.parse::<i64>().ok().map(Value::from))
                .collect();
            parsed.unwrap_or_else(|| values.to_vec())
        }
        _ => values.to_vec(),
    }
}

/// A number as a whole one, if it is: `1` and `1.0` are.
fn whole(value: &Value) -> Option<i64> {
    let number = value.as_number()?;
    number.as_i64().or_else(|| {
        let float = number.as_f64()?;
        (float.fract() == 0.0 && float.abs() < 9e15).then_some(float as i64)
    })
}

fn base(value: &Value) -> Type {
    match value {
        Value::Bool(_) => Type::Bool,
        Value::Number(_) if whole(value).is_some() => Type::Integer(Integer::I64),
        Value::Number(_) => Type::Number,
        Value::String(_) => Type::Text,
        Value::Null | Value::Array(_) | Value::Object(_) => Type::Json,
    }
}

/// What a value is called, where the document says: by name (for a variant) or by label.
#[derive(Clone, Default)]
struct Label {
    name: Option<String>,
    text: Option<String>,
}

fn labels(nodes: &[Node], values: &[Value]) -> Vec<Label> {
    let find = |keyword: &str| nodes.iter().find_map(|node| node.get(keyword));
    let names = find("x-enum-varnames").or_else(|| find("x-enumNames"));
    let texts = find("x-enumDescriptions").or_else(|| find("x-enum-descriptions"));
    let at = |list: Option<&Value>, index: usize, value: &Value| match list? {
        Value::Array(list) => list.get(index)?.as_str().map(str::to_owned),
        Value::Object(map) => map.get(&key(value))?.as_str().map(str::to_owned),
        _ => None,
    };
    let values = values.iter().enumerate();
    values
        .map(|(index, value)| Label {
            name: at(names, index, value),
            text: at(texts, index, value),
        })
        .collect()
}

fn key(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn variant(place: &Place, index: usize, value: &Value, label: Label) -> Variant<Slot> {
    let text = |text: &str| Part::Text(text.to_owned());
    let own = match value {
        Value::String(value) => vec![text(value)],
        Value::Number(_) => vec![text("value"), text(&key(value))],
        other => vec![text(&key(other))],
    };
    let mut candidates = Vec::new();
    if let Some(name) = &label.name {
        candidates.push(vec![text(name)]);
    }
    // A number says nothing; a label does, unless it is a sentence.
    if let (Value::Number(_), Some(label)) = (value, &label.text)
        && label.split_whitespace().count() <= 6
    {
        candidates.push(vec![text(label)]);
        candidates.push([vec![text(label)], own.clone()].concat());
    }
    candidates.push(own);
    Variant {
        name: Slot {
            place: place.at.key("enum").index(index),
            candidates,
        },
        value: value.clone(),
        doc: label
            .text
            .map(|text| docs::lines(&text))
            .unwrap_or_default(),
    }
}

/// The enum that alternatives make which are nothing but constants of one type: `oneOf: [{const:
/// a, title: A}, ..]`, or lists of strings beside free text.
pub fn of_branches(branches: &[Node], place: &Place) -> Option<Shaped> {
    let mut variants = Vec::new();
    for branch in branches {
        let open = branch.kinds() == [Kind::String]
            && branch.values().is_none()
            && branch.get("const").is_none();
        if open && branches.len() > 1 && branch.text("format").is_none() {
            continue;
        }
        let values = values(std::slice::from_ref(branch))?;
        for value in &values {
            let label = Label {
                name: None,
                text: branch
                    .text("title")
                    .or_else(|| branch.text("description"))
                    .map(str::to_owned),
            };
            variants.push((
                value.clone(),
                if values.len() == 1 {
                    label
                } else {
                    Label::default()
                },
            ));
        }
    }
    let whole = variants.iter().all(|(value, _)| whole(value).is_some());
    let text = variants.iter().all(|(value, _)| value.is_string());
    let wire = match (text, whole) {
        _ if variants.len() < 2 => return None,
        (true, _) => Wire::Text,
        (_, true) => Wire::Integer,
        _ => return None,
    };
    let mut unique: Vec<(Value, Label)> = Vec::new();
    for (value, label) in variants {
        if !unique.iter().any(|(known, _)| *known == value) {
            unique.push((value, label));
        }
    }
    let variants = unique.into_iter().enumerate();
    let variants = variants.map(|(index, (value, label))| variant(place, index, &value, label));
    Some(declare(place, wire, variants.collect()))
}
