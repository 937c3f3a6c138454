//! What tells a decoder which alternative a value is: a member with values of its own for each.

use super::compose::gather;
use super::enums;
use super::place;
use super::schema::Cx;
use super::view::Node;
use crate::source::Pointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet};

/// The forms that an alternative has, each with the values that stand for it; one without values
/// where the discriminator does not speak of it.
pub type Tags = Vec<Vec<Value>>;

/// More values than these are a list to choose from rather than what tells alternatives apart.
const MOST_VALUES: usize = 32;

/// The most unions that are looked into for what an alternative of one is: they may be a chain.
const MOST_WITHIN: usize = 64;

/// The member that tells alternatives apart and its values for each, declared or evident.
pub fn discriminator<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    branches: &[Node<'d>],
) -> Option<(String, Vec<Tags>)> {
    let Some(member) = declared(node) else {
        return evident(cx, branches, &mut BTreeSet::new());
    };
    let tags: Vec<Tags> = branches
        .iter()
        .map(|branch| declared_tags(cx, node, member, branch))
        .collect();
    let all: Vec<&Value> = tags.iter().flatten().flatten().collect();
    let named = tags
        .iter()
        .all(|forms| forms.iter().all(|values| !values.is_empty()));
    let mut seen = HashSet::new();
    if !named || !all.iter().all(|value| seen.insert(*value)) {
        cx.report.degraded(
            "discriminator-unclear",
            &node.at.key("discriminator"),
            format!("`{member}` does not tell all alternatives apart"),
            "of those that it does not tell apart, the closest fit is taken",
        );
    }
    (!all.is_empty()).then(|| (member.to_owned(), tags))
}

/// The member that a schema declares as its discriminator; in 2.0 it is named without more.
pub fn declared<'d>(node: &Node<'d>) -> Option<&'d str> {
    let declared = node.get("discriminator")?;
    declared.get("propertyName").unwrap_or(declared).as_str()
}

/// The member that has values of its own in most alternatives: equal ones or none in common with any
/// other's.
fn evident<'d>(
    cx: &mut Cx<'d, '_>,
    branches: &[Node<'d>],
    seen_unions: &mut BTreeSet<Pointer>,
) -> Option<(String, Vec<Tags>)> {
    let known: Vec<Vec<Constant>> = branches
        .iter()
        .map(|branch| evident_constants(cx, branch, seen_unions))
        .collect();
    let mut members: IndexMap<&str, Vec<&[Value]>> = IndexMap::new();
    let listed = known.iter().flatten();
    for (member, values) in listed.filter(|(_, values)| !values.is_empty()) {
        members.entry(member).or_default().push(values);
    }
    let mut best: Option<(usize, &str)> = None;
    for (member, lists) in &members {
        if tells_apart(lists) && best.is_none_or(|(most, _)| lists.len() > most) {
            best = Some((lists.len(), member));
        }
    }
    let (_, member) = best?;
    let values = |branch: &Vec<Constant>| {
        let found = branch.iter().find(|(name, _)| name == member);
        found.map(|(_, values)| values.clone()).unwrap_or_default()
    };
    let tags = known.iter().map(|branch| vec![values(branch)]).collect();
    Some((member.to_owned(), tags))
}

/// Whether lists of values are equal or have nothing in common, and are not all equal.
fn tells_apart(lists: &[&[Value]]) -> bool {
    let mut listed: HashMap<&Value, &[Value]> = HashMap::new();
    let clear = lists.iter().all(|list| {
        let mut values = list.iter();
        values.all(|value| *listed.entry(value).or_insert(list) == *list)
    });
    clear && lists.iter().any(|list| *list != lists[0])
}

/// A member and the values that are listed for it.
type Constant = (String, Vec<Value>);

/// The constants of an alternative; of one that is one of several itself, what these have together.
fn evident_constants<'d>(
    cx: &mut Cx<'d, '_>,
    branch: &Node<'d>,
    seen_unions: &mut BTreeSet<Pointer>,
) -> Vec<Constant> {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let inner = nodes
        .iter()
        .find_map(|node| Some((&node.at, alternatives(node)?)));
    let Some((at, inner)) = inner else {
        return constants(cx, branch);
    };
    if seen_unions.len() > MOST_WITHIN || !seen_unions.insert(at.clone()) {
        return Vec::new();
    }
    let Some((member, tags)) = evident(cx, &inner, seen_unions) else {
        return Vec::new();
    };
    let whole = tags.iter().flatten().all(|values| !values.is_empty());
    let all = tags.into_iter().flatten().flatten().collect();
    if whole {
        vec![(member, all)]
    } else {
        Vec::new()
    }
}

fn alternatives<'d>(node: &Node<'d>) -> Option<Vec<Node<'d>>> {
    let lists = ["oneOf", "anyOf"].map(|combiner| node.children(combiner));
    lists.into_iter().find(|list| list.len() > 1)
}

/// The values of a declared discriminator that stand for a branch: by mapping, else by constant,
/// else those of the alternatives it has itself, else the component's name.
pub fn declared_tags<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    member: &str,
    branch: &Node<'d>,
) -> Tags {
    let target = branch
        .text("$ref")
        .and_then(|reference| cx.document.resolve(reference));
    let mapped = target
        .as_ref()
        .map(|target| mapped(cx, node, target))
        .unwrap_or_default();
    if !mapped.is_empty() {
        return mapped
            .into_iter()
            .map(|name| vec![Value::String(name)])
            .collect();
    }
    let inner = inner_values(cx, member, branch, &mut BTreeSet::new());
    let name = target.and_then(|target| place::key(cx.document, &target));
    vec![inner.unwrap_or_else(|| name.map(Value::String).into_iter().collect())]
}

/// What the mapping of a discriminator means: the values of each schema.
pub type Mapping = HashMap<Pointer, Vec<String>>;

/// The values that the mapping of a discriminator gives to a schema.
pub fn mapped(cx: &mut Cx, node: &Node, target: &Pointer) -> Vec<String> {
    let mapping = node.get("discriminator").and_then(|d| d.get("mapping"));
    let Some(mapping) = mapping.and_then(Value::as_object) else {
        return Vec::new();
    };
    if !cx.mappings.contains_key(&node.at) {
        let mut all = Mapping::new();
        for (name, to) in mapping {
            if let Some(to) = to.as_str().and_then(|to| cx.document.mapped(to)) {
                all.entry(to).or_default().push(name.clone());
            }
        }
        cx.mappings.insert(node.at.clone(), all);
    }
    let known = cx.mappings.get(&node.at);
    let names = known.and_then(|known| known.get(target));
    names.cloned().unwrap_or_default()
}

/// The values of a member by which a schema says what it is: its own, or those of all alternatives.
fn inner_values<'d>(
    cx: &mut Cx<'d, '_>,
    member: &str,
    branch: &Node<'d>,
    seen_unions: &mut BTreeSet<Pointer>,
) -> Option<Vec<Value>> {
    let own = constants(cx, branch);
    if let Some((_, values)) = own.into_iter().find(|(name, _)| name == member) {
        return Some(values);
    }
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let (node, inner) = nodes
        .iter()
        .find_map(|node| Some((node.clone(), alternatives(node)?)))?;
    if seen_unions.len() > MOST_WITHIN || !seen_unions.insert(node.at.clone()) {
        return None;
    }
    let mut all = Vec::new();
    for branch in &inner {
        let target = branch
            .text("$ref")
            .and_then(|reference| cx.document.resolve(reference));
        let mapped = target
            .as_ref()
            .map(|target| mapped(cx, &node, target))
            .unwrap_or_default();
        if mapped.is_empty() {
            let named = || place::key(cx.document, &target?).map(Value::String);
            let implicit = declared(&node) == Some(member);
            let values = inner_values(cx, member, branch, seen_unions)
                .or_else(|| named().filter(|_| implicit).map(|name| vec![name]));
            all.extend(values?);
        } else {
            all.extend(mapped.into_iter().map(Value::String));
        }
    }
    Some(all)
}

/// The members of a schema that have listed scalars, and few of them.
pub fn constants<'d>(cx: &mut Cx<'d, '_>, branch: &Node<'d>) -> Vec<Constant> {
    let mut nodes = Vec::new();
    gather(cx, branch, &mut nodes);
    let mut found: Vec<Constant> = Vec::new();
    for (name, property) in nodes
        .iter()
        .flat_map(|node| node.named_children("properties"))
    {
        let mut property_nodes = Vec::new();
        gather(cx, &property, &mut property_nodes);
        let values = enums::values(&property_nodes).unwrap_or_default();
        let scalar =
            |value: &Value| value.is_string() || value.is_boolean() || value.as_i64().is_some();
        let fits = (1..=MOST_VALUES).contains(&values.len()) && values.iter().all(scalar);
        let position = found.iter().position(|(known, _)| known == name);
        match position {
            // What extends a schema may narrow a member of it.
            Some(position) if fits && values.len() <= found[position].1.len() => {
                found[position].1 = values;
            }
            None if fits => found.push((name.to_owned(), values)),
            Some(_) | None => {}
        }
    }
    found
}
