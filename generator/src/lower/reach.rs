//! What callers can send, which operations reach what, and which schemas have two forms.

use super::alike::{DATA, NAMED};
use super::draft::{Draft, Role};
use super::inherit::Heirs;
use crate::ir::{Answer, Group, Hook, Operation, Payload, Slot, Type, TypeId};
use crate::read::{self, Document};
use crate::source::Pointer;
use serde_json::Value;
use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

/// Marks what a caller can send and which groups reach what.
pub fn mark(drafts: &mut [Draft], groups: &[Group<Slot>], hooks: &[Hook<Slot>]) {
    for draft in drafts.iter_mut() {
        draft.sent = false;
        draft.groups.clear();
    }
    for (index, group) in groups.iter().enumerate() {
        let sent: Vec<&Type> = group.operations.iter().flat_map(sent_types).collect();
        let received: Vec<Type> = group.operations.iter().flat_map(received_types).collect();
        let received: Vec<&Type> = received.iter().collect();
        for id in reachable(drafts, &sent) {
            drafts[id.0].sent = true;
            drafts[id.0].groups.insert(index);
        }
        for id in reachable(drafts, &received) {
            drafts[id.0].groups.insert(index);
        }
    }
    let received: Vec<&Type> = hooks.iter().map(|hook| &hook.body).collect();
    for id in reachable(drafts, &received) {
        drafts[id.0].groups.insert(groups.len());
    }
    let all = groups.len() + usize::from(!hooks.is_empty());
    // What no operation refers to is there whatever the features, and so is all it needs.
    let unused = (0..drafts.len()).filter(|id| drafts[*id].groups.is_empty());
    let unused: Vec<Type> = unused.map(|id| Type::Named(TypeId(id))).collect();
    for id in reachable(drafts, &unused.iter().collect::<Vec<_>>()) {
        drafts[id.0].groups.extend(0..all);
    }
}

/// The components, what they need, and what operations and webhooks need.
pub fn used(drafts: &[Draft], groups: &[Group<Slot>], hooks: &[Hook<Slot>]) -> BTreeSet<TypeId> {
    let operations = groups.iter().flat_map(|group| &group.operations);
    let received: Vec<Type> = operations.clone().flat_map(received_types).collect();
    let needed = operations.flat_map(sent_types).chain(&received);
    let components = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| draft.role == Role::Component);
    let components: Vec<Type> = components.map(|(id, _)| Type::Named(TypeId(id))).collect();
    let received = hooks.iter().map(|hook| &hook.body);
    let roots: Vec<&Type> = needed.chain(received).chain(&components).collect();
    reachable(drafts, &roots)
}

/// Numbers in the order in which types are reached: those of an operation and then the components that these refer
/// to, one after the other, before those of the next operation. What stands within another type has its number;
/// what nothing reaches is last.
pub fn order(
    drafts: &[Draft],
    groups: &[Group<Slot>],
    hooks: &[Hook<Slot>],
    document: &Document,
) -> Vec<usize> {
    let mut numbers = vec![usize::MAX; drafts.len()];
    let mut number = 0;
    for types in in_document_order(groups, hooks, document) {
        let mut roots = VecDeque::from([types]);
        while let Some(mut open) = roots.pop_front() {
            open.reverse();
            while let Some(id) = open.pop() {
                if numbers[id.0] != usize::MAX {
                    continue;
                }
                numbers[id.0] = number;
                let types = drafts[id.0].shape.types().into_iter();
                let named: Vec<TypeId> = types.flat_map(Type::named).collect();
                let (components, mut inline): (Vec<TypeId>, Vec<TypeId>) = named
                    .into_iter()
                    .partition(|id| drafts[id.0].role == Role::Component);
                roots.extend(components.into_iter().map(|id| vec![id]));
                inline.reverse();
                open.extend(inline);
            }
            number += 1;
        }
    }
    numbers
}

/// The types that each operation takes and gives, and those of webhooks.
fn in_document_order(
    groups: &[Group<Slot>],
    hooks: &[Hook<Slot>],
    document: &Document,
) -> Vec<Vec<TypeId>> {
    let places = document.operations.iter().map(read::Operation::listed_at);
    let places = places.enumerate().map(|(index, at)| (at, index));
    let places: HashMap<Pointer, usize> = places.collect();
    let mut operations: Vec<&Operation<Slot>> =
        groups.iter().flat_map(|group| &group.operations).collect();
    operations.sort_by_key(|operation| places.get(&operation.name.place));
    let named = |types: &[&Type]| types.iter().flat_map(|ty| ty.named()).collect();
    let operations = operations.into_iter().map(|operation| {
        let received = received_types(operation);
        let sent = sent_types(operation).into_iter();
        named(&sent.chain(&received).collect::<Vec<&Type>>())
    });
    let hooks = hooks.iter().map(|hook| named(&[&hook.body]));
    operations.chain(hooks).collect()
}

fn sent_types(operation: &Operation<Slot>) -> Vec<&Type> {
    let mut types: Vec<&Type> = operation
        .parameters
        .iter()
        .map(|parameter| &parameter.ty)
        .collect();
    types.extend(operation.body.as_ref().and_then(|body| body.content.ty()));
    types
}

fn received_types(operation: &Operation<Slot>) -> Vec<Type> {
    let enums = match &operation.answer {
        Answer::One(_) | Answer::Stream(_) => operation.failure.into_iter().chain(None),
        Answer::OneOf(id) => operation.failure.into_iter().chain(Some(*id)),
    };
    let failures = operation.failures.iter().map(|failure| &failure.payload);
    let payloads = failures.chain(match &operation.answer {
        Answer::One(payload) => Some(payload),
        Answer::OneOf(_) | Answer::Stream(_) => None,
    });
    let bodies = payloads.filter_map(Payload::json).cloned();
    let awaited = match &operation.answer {
        Answer::Stream(stream) => stream.item.clone(),
        Answer::One(_) | Answer::OneOf(_) => None,
    };
    let beside = operation.offer.stream.as_ref();
    let items = beside.and_then(|stream| stream.item.clone());
    let bodies = bodies.chain(awaited).chain(items);
    bodies.chain(enums.map(Type::Named)).collect()
}

fn reachable(drafts: &[Draft], roots: &[&Type]) -> BTreeSet<TypeId> {
    let mut found = BTreeSet::new();
    let mut open: Vec<TypeId> = roots.iter().flat_map(|ty| ty.named()).collect();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(drafts[id.0].shape.types().into_iter().flat_map(Type::named));
        }
    }
    found
}

/// The places that references lead to whose schemas differ between the sides of the wire: they or
/// what they refer to have `readOnly` or `writeOnly` properties. What stands for its heirs refers to them.
pub fn two_sided(document: &Document, heirs: &Heirs) -> HashSet<Pointer> {
    let (mut references, mut any) = (Vec::new(), false);
    collect(&document.root, &mut references, &mut any);
    if !any {
        return HashSet::new();
    }
    let references: HashSet<&str> = references.into_iter().collect();
    let places = references.into_iter();
    let places: HashMap<&str, Pointer> = places
        .filter_map(|to| Some((to, document.resolve(to)?)))
        .collect();
    let mut targets: BTreeSet<Pointer> = places.values().cloned().collect();
    targets.extend(document.component_schemas().into_iter().map(|(_, at)| at));

    let mut users: HashMap<&Pointer, Vec<&Pointer>> = HashMap::new();
    let mut open = Vec::new();
    for target in &targets {
        let Some(value) = document.get(target) else {
            continue;
        };
        let (mut references, mut own) = (Vec::new(), false);
        collect(value, &mut references, &mut own);
        let referred = references.iter().filter_map(|to| places.get(to));
        let heirs = heirs.get(target).into_iter().flatten();
        for to in referred.chain(heirs) {
            users.entry(to).or_default().push(target);
        }
        if own {
            open.push(target);
        }
    }
    let mut found = HashSet::new();
    while let Some(at) = open.pop() {
        if found.insert(at.clone()) {
            open.extend(users.get(at).into_iter().flatten());
        }
    }
    found
}

/// What holds things by names of the document's own beside what schemas hold.
const SECTIONS: &[&str] = &[
    "callbacks",
    "headers",
    "parameters",
    "pathItems",
    "requestBodies",
    "responses",
    "schemas",
];

/// Collects the references in a tree, and whether something in it is of one side only. Data is passed by, and names
/// are no keywords: a member may be called `default`.
fn collect<'v>(value: &'v Value, references: &mut Vec<&'v str>, one_sided: &mut bool) {
    match value {
        Value::Object(members) => {
            for (key, member) in members {
                match (key.as_str(), member) {
                    ("$ref", Value::String(reference)) => references.push(reference),
                    ("readOnly" | "writeOnly", Value::Bool(true)) => *one_sided = true,
                    (named, Value::Object(members))
                        if NAMED.contains(&named) || SECTIONS.contains(&named) =>
                    {
                        for member in members.values() {
                            collect(member, references, one_sided);
                        }
                    }
                    ("example" | "examples", _) => {}
                    (data, _) if DATA.contains(&data) => {}
                    _ => collect(member, references, one_sided),
                }
            }
        }
        Value::Array(elements) => {
            for element in elements {
                collect(element, references, one_sided);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
