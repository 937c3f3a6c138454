//! `enum` and `const`: open enums, their variants and labels.

use super::compose::gather;
use super::docs;
use super::draft::{Place, Shaped, Side};
use super::schema::Cx;
use super::union::unknown_candidates;
use super::view::{Kind, Node};
use crate::ir::{Integer, Part, Shape, Slot, Type, Variant, Wire};
use crate::numbers::{by_value, same};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

/// The values that all of the schemas allow, without `null`, each once; `None` where nothing is listed. A list
/// that has no value in common with those before it does not count; see [`conflict`].
pub fn values(nodes: &[Node]) -> Option<Vec<Value>> {
    let mut allowed: Option<Vec<Value>> = None;
    for listed in nodes.iter().filter_map(listed) {
        allowed = Some(match allowed {
            None => listed.to_vec(),
            Some(so_far) => {
                let both = common(&so_far, listed);
                if both.is_empty() { so_far } else { both }
            }
        });
    }
    let mut values = allowed?;
    values.retain(|value| !value.is_null());
    // Of what is text, `1` and `1.0` are two.
    let as_text = !values.iter().any(Value::is_string)
        && nodes.iter().flat_map(Node::kinds).eq([Kind::String]);
    let mut seen = HashSet::new();
    let first: Vec<bool> = values
        .iter()
        .map(|value| match as_text {
            true => seen.insert(Cow::Borrowed(value)),
            false => seen.insert(by_value(value)),
        })
        .collect();
    let unique = values.iter().zip(first).filter(|(_, first)| *first);
    let unique: Vec<Value> = unique.map(|(value, _)| value.clone()).collect();
    (!unique.is_empty()).then_some(unique)
}

/// What `const` or `enum` lists.
fn listed<'d>(node: &Node<'d>) -> Option<&'d [Value]> {
    match node.get("const") {
        Some(constant) => Some(std::slice::from_ref(constant)),
        None => node.values(),
    }
}

fn common(some: &[Value], others: &[Value]) -> Vec<Value> {
    let meets = |value: &&Value| others.iter().any(|other| same(value, other));
    some.iter().filter(meets).cloned().collect()
}

/// The first two schemas whose lists have nothing in common.
pub fn conflict<'n, 'd>(nodes: &'n [Node<'d>]) -> Option<(&'n Node<'d>, &'n Node<'d>)> {
    let listing: Vec<&Node> = nodes.iter().filter(|node| listed(node).is_some()).collect();
    let empty = |node: &Node| listed(node).is_none_or(<[Value]>::is_empty);
    listing.iter().enumerate().find_map(|(index, later)| {
        let apart = |earlier: &&&Node<'d>| {
            let some = listed(earlier).unwrap_or_default();
            let others = listed(later).unwrap_or_default();
            !empty(earlier) && !empty(later) && common(some, others).is_empty()
        };
        let earlier = listing[..index].iter().find(apart)?;
        Some((*earlier, *later))
    })
}

/// The value, if there is one only, as its type has it.
pub fn only(nodes: &[Node], values: &[Value]) -> Option<Value> {
    match as_declared(nodes, values).as_slice() {
        [only] => Some(whole(only).map_or_else(|| only.clone(), Value::from)),
        _ => None,
    }
}

/// The shape of a list of values; `None` if the declared type says it better.
pub fn shape(cx: &mut Cx, nodes: &[Node], values: &[Value], place: &Place) -> Option<Shaped> {
    let (written, values) = once(values, as_declared(nodes, values));
    let compound = |value: &Value| value.is_object() || value.is_array();
    let array = nodes.iter().any(|node| node.kinds() == [Kind::Array]);
    if array && !values.iter().any(compound) {
        cx.report.degraded(
            "enum-of-other-type",
            &nodes.iter().find(|node| listed(node).is_some())?.at,
            "an `enum` lists what its `type` does not allow",
            "it is typed by its `type`; an enum of the elements belongs into `items`",
        );
        return None;
    }
    if let Some(only) = only(nodes, &values) {
        return Some(Shaped {
            fixed: Some(only.clone()),
            ..Shaped::plain(base(&only))
        });
    }
    if values.iter().all(Value::is_boolean) {
        return Some(Shaped::plain(Type::Bool));
    }
    let whole: Option<Vec<i64>> = values.iter().map(whole).collect();
    let wire = if values.iter().all(Value::is_string) {
        Wire::Text
    } else if whole.is_some() {
        Wire::Integer
    } else if values.iter().all(Value::is_number) {
        return Some(Shaped::plain(widest(&values)));
    } else if values.iter().any(compound) {
        cx.report.degraded(
            "enum-of-objects",
            &place.at,
            "an enum lists objects or lists",
            "its values are not told apart",
        );
        let typed = nodes.iter().any(|node| !node.kinds().is_empty());
        return (!typed).then(|| Shaped::plain(Type::Json));
    } else {
        Wire::Mixed
    };
    let values = whole.map_or(values, |whole| whole.into_iter().map(Value::from).collect());
    let labels = labels(nodes, &written, &values);
    let variants = values.iter().zip(labels);
    let variants = variants
        .enumerate()
        .map(|(index, (value, label))| variant(place, index, value, label))
        .collect();
    Some(declare(place, wire, variants))
}

/// Values as they are written and as they are declared, of the same ones the first: `"1"` and `"01"` can be one number.
fn once(written: &[Value], declared: Vec<Value>) -> (Vec<Value>, Vec<Value>) {
    let mut seen = HashSet::new();
    let pairs = written.iter().zip(&declared);
    let first = pairs.filter(|(_, declared)| seen.insert(by_value(declared)));
    first
        .map(|(one, other)| (one.clone(), other.clone()))
        .unzip()
}

/// The type that has all of these numbers.
fn widest(values: &[Value]) -> Type {
    let types: Vec<Type> = values.iter().map(base).collect();
    let negative = values
        .iter()
        .any(|value| value.as_f64().is_some_and(|n| n < 0.0));
    if types.contains(&Type::Number) {
        Type::Number
    } else if types.contains(&Type::Decimal) || negative {
        Type::Decimal
    } else {
        Type::Integer(Integer::U64)
    }
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
pub fn as_declared(nodes: &[Node], values: &[Value]) -> Vec<Value> {
    let declared: Vec<Kind> = nodes.iter().flat_map(Node::kinds).collect();
    match declared.as_slice() {
        [Kind::String] if !values.iter().any(Value::is_string) => values
            .iter()
            .map(|value| match value {
                Value::Number(_) | Value::Bool(_) => Value::String(value.to_string()),
                other => other.clone(),
            })
            .collect(),
        [Kind::Boolean]
            if values
                .iter()
                .all(|value| value == "true" || value == "false") =>
        {
            values
                .iter()
                .map(|value| Value::Bool(value == "true"))
                .collect()
        }
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

/// A number as a whole one, if it is: `1` and `1.0` are, a float beyond 2^53 is none.
pub fn whole(value: &Value) -> Option<i64> {
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
        Value::Number(number) if number.is_u64() => Type::Integer(Integer::U64),
        // A whole number beyond those is read as a float.
        Value::Number(number) if number.as_f64().is_some_and(|n| n.abs() >= 9.2e18) => {
            Type::Decimal
        }
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

/// The labels of values, which lists have at the place where a value is written.
fn labels(nodes: &[Node], written: &[Value], values: &[Value]) -> Vec<Label> {
    let find = |keyword: &str| nodes.iter().find(|node| node.get(keyword).is_some());
    let either = |one: &'static str, other: &'static str| {
        let node = find(one).or_else(|| find(other))?;
        let list = node.get(one).or_else(|| node.get(other))?;
        let listed = listed(node).or_else(|| nodes.iter().find_map(listed))?;
        let mut places = HashMap::new();
        for (index, value) in listed.iter().enumerate() {
            places.entry(value).or_insert(index);
        }
        Some((list, places))
    };
    let names = either("x-enum-varnames", "x-enumNames");
    let texts = either("x-enumDescriptions", "x-enum-descriptions");
    let at = |lists: &Option<(&Value, HashMap<&Value, usize>)>, written: &Value, value: &Value| {
        let (list, places) = lists.as_ref()?;
        match list {
            Value::Array(list) => list.get(*places.get(written)?)?.as_str().map(str::to_owned),
            Value::Object(map) => map.get(&key(value))?.as_str().map(str::to_owned),
            _ => None,
        }
    };
    let pairs = written.iter().zip(values);
    pairs
        .map(|(written, value)| Label {
            name: at(&names, written, value),
            text: at(&texts, written, value),
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
        Value::Number(_) => vec![text("value"), text(&key(value).replace('.', " point "))],
        other => vec![text(&key(other))],
    };
    let mut candidates = Vec::new();
    if let Some(name) = &label.name {
        candidates.push(vec![text(name)]);
    }
    // A number or a flag says nothing; a label does, unless it is a sentence.
    if let (Value::Number(_) | Value::Bool(_), Some(label)) = (value, &label.text)
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

/// The enum that alternatives make which are nothing but constants: `oneOf: [{const: a, title: A},
/// ..]`, or lists of strings beside free text.
pub fn of_branches<'d>(
    cx: &mut Cx<'d, '_>,
    branches: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Option<Shaped> {
    let listing: Vec<&Node> = branches
        .iter()
        .filter(|branch| !is_free_text(branch))
        .collect();
    if let [only] = listing.as_slice()
        && branches.len() > 1
        && is_text_enum(cx, only)
    {
        let used = cx.use_of(only, place, side);
        return Some(Shaped {
            nullable: used.nullable,
            ..Shaped::plain(used.ty)
        });
    }
    let mut variants: Vec<(Value, Label)> = Vec::new();
    let mut single = true;
    for branch in listing {
        let values = values(std::slice::from_ref(branch))?;
        let text = branch.text("title").or_else(|| branch.text("description"));
        let text = text.filter(|_| values.len() == 1).map(str::to_owned);
        single &= values.len() == 1;
        for value in values {
            let label = Label {
                name: None,
                text: text.clone(),
            };
            if !variants.iter().any(|(known, _)| same(known, &value)) {
                variants.push((value, label));
            }
        }
    }
    let all = |is: fn(&Value) -> bool| variants.iter().all(|(value, _)| is(value));
    let scalar = |value: &Value| value.is_string() || value.is_boolean() || value.is_number();
    let wire = if variants.len() < 2 {
        return None;
    } else if all(Value::is_string) {
        Wire::Text
    } else if all(|value| whole(value).is_some()) {
        Wire::Integer
    } else if single && all(scalar) && variants.iter().any(|(value, _)| value.is_string()) {
        Wire::Mixed
    } else {
        return None;
    };
    let variants = variants.into_iter().enumerate();
    let variants = variants.map(|(index, (value, label))| {
        let whole = whole(&value).filter(|_| wire == Wire::Integer);
        variant(place, index, &whole.map_or(value, Value::from), label)
    });
    Some(declare(place, wire, variants.collect()))
}

/// Whether it allows any text, and nothing else.
fn is_free_text(branch: &Node) -> bool {
    branch.kinds() == [Kind::String] && !branch.has(&["enum", "const", "format", "$ref", "allOf"])
}

/// Whether it leads to a list of strings, which is open as it is.
fn is_text_enum<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> bool {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let values = values(&nodes).unwrap_or_default();
    branch.text("$ref").is_some() && values.len() > 1 && values.iter().all(Value::is_string)
}
