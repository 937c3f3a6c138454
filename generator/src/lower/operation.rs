//! Operations: groups by tag, what each is named by, what it says and asks for.

use super::docs;
use super::draft::{Owner, Place};
use super::parts;
use super::renumber;
use super::schema::{Cx, wire_slot};
use super::security::{self, Security};
use crate::ir::{Group, Operation, Part, Slot, Type, TypeId};
use crate::read;
use crate::source::Pointer;
use indexmap::IndexMap;
use std::collections::BTreeMap;

/// Lowers every operation; one group per tag, in the order of the document's tags.
pub fn groups(cx: &mut Cx, security: &Security) -> Vec<Group<Slot>> {
    let document = cx.document;
    let mut groups: IndexMap<String, Vec<Operation<Slot>>> = document
        .tags
        .iter()
        .map(|tag| (tag.name.clone(), Vec::new()))
        .collect();
    let mut by_id: ById = BTreeMap::new();
    for operation in &document.operations {
        let id = operation.item.operation_id.as_deref();
        by_id.entry(id).or_default().push(operation);
    }
    let operations: Vec<&read::Operation> = document.operations.iter().collect();
    let lowered = parts::lower(
        cx,
        &operations,
        &|cx, operation| {
            if !cx.report.in_time(&operation.at) {
                return None;
            }
            let tag = tag_of(operation);
            let mut lowered = lower(cx, operation, &tag, &by_id);
            lowered.security = security::own(operation, security, cx.report);
            Some((tag, lowered))
        },
        |made, to| {
            let made = made.iter_mut();
            made.for_each(|(_, operation)| renumber::in_operation(operation, to));
        },
    );
    for (tag, operation) in lowered.into_iter().flatten() {
        groups.entry(tag).or_default().push(operation);
    }
    groups.retain(|_, operations| !operations.is_empty());
    let groups = groups.into_iter().enumerate();
    groups
        .map(|(index, (tag, operations))| {
            let declared = document
                .tags
                .iter()
                .position(|declared| declared.name == tag);
            let place = Pointer::root()
                .key("tags")
                .index(declared.unwrap_or(document.tags.len() + index));
            let description =
                declared.and_then(|index| document.tags[index].description.as_deref());
            Group {
                name: wire_slot(&place, &tag),
                handle: Slot {
                    place: place.clone(),
                    candidates: vec![handle_parts(&tag)],
                },
                doc: docs::lines(description.unwrap_or_default()),
                tag,
                operations,
            }
        })
        .collect()
}

/// `Campaign` has a `CampaignApi`; what has no tag has an `Api`.
fn handle_parts(tag: &str) -> Vec<Part> {
    let own = (tag != UNTAGGED).then(|| Part::Text(tag.to_owned()));
    own.into_iter()
        .chain([Part::Text("api".to_owned())])
        .collect()
}

/// The operations of each `operationId`.
type ById<'d> = BTreeMap<Option<&'d str>, Vec<&'d read::Operation>>;

/// What belongs to an operation, as long as no other has its id.
pub fn owner(operation: &read::Operation) -> Owner {
    let id = declared_id(operation);
    Owner::Operation {
        id: id.map_or_else(|| words_of(operation), str::to_owned),
        tag: tag_of(operation),
    }
}

fn tag_of(operation: &read::Operation) -> String {
    let tag = operation.item.tags.first().cloned();
    tag.unwrap_or_else(|| UNTAGGED.to_owned())
}

/// The group of operations that have no tag.
const UNTAGGED: &str = "api";

/// An operation's declared id, if it says something.
pub fn declared_id(operation: &read::Operation) -> Option<&str> {
    operation
        .item
        .operation_id
        .as_deref()
        .filter(|id| !id.trim().is_empty())
}

/// The text an operation is named by that has no id: `get lamps by lamp_id`.
fn words_of(operation: &read::Operation) -> String {
    let steps = operation.path.split('/').filter(|step| !step.is_empty());
    let steps = steps.map(|step| step.replace('{', " by ").replace('}', " "));
    let words: Vec<String> = std::iter::once(operation.method.to_lowercase())
        .chain(steps)
        .collect();
    words
        .join(" ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The text an operation is named by.
pub fn text(operation: &read::Operation) -> String {
    declared_id(operation).map_or_else(|| words_of(operation), str::to_owned)
}

fn lower<'d>(
    cx: &mut Cx<'d, '_>,
    operation: &'d read::Operation,
    tag: &str,
    by_id: &ById,
) -> Operation<Slot> {
    let item = &operation.item;
    let declared = declared_id(operation);
    if declared.is_none() {
        cx.report.warning(
            "no-operation-id",
            &operation.at,
            "an operation has no `operationId`",
            "it is named by its method and path; add one in an overlay, or a name under [names]",
        );
    }
    let text = text(operation);
    let owner = Owner::Operation {
        id: owner_text(cx, operation, &text, by_id),
        tag: tag.to_owned(),
    };
    let place = Place {
        at: operation.at.clone(),
        owner,
        path: Vec::new(),
    };
    let whole = vec![Part::Text(text.clone())];
    let with = |more: &[&str]| {
        let more = more.iter().map(|more| Part::Text((*more).to_owned()));
        whole.iter().cloned().chain(more).collect::<Vec<_>>()
    };
    let method = operation.method.to_lowercase();
    let longer = [
        whole.clone(),
        with(&[&method]),
        with(&[&method, &operation.path]),
    ];
    // What is made of method and path says nothing of the tag that could be left out.
    let within = declared.map(|_| {
        vec![Part::Within {
            text,
            context: tag.to_owned(),
        }]
    });
    // Each of several paths that refer to one operation has a name for it.
    let at = match cx.facts.shared_operations.contains(&operation.at) {
        true => operation.listed_at(),
        false => operation.at.clone(),
    };
    let slot = |candidates: Vec<Vec<Part>>| Slot {
        place: at.clone(),
        candidates,
    };
    let parameters = super::parameter::parameters(cx, operation, &place);
    let body = super::content::body(cx, operation, &place);
    let answers = super::answer::answers(cx, operation, &place);
    cx.examples.push((at.clone(), answers.examples));
    Operation {
        name: slot(within.into_iter().chain(longer.clone()).collect()),
        call: slot(longer.into()),
        method: operation.method.clone(),
        path: wire_path(&operation.path),
        server: super::server::own(cx.document, operation, cx.report),
        doc: doc(item),
        deprecated: item.deprecated,
        security: None,
        parameters,
        body,
        answer: answers.answer,
        offer: answers.offer,
        paging: None,
        failures: answers.failures,
        failure: answers.failure,
        example: None,
        id: declared.map_or_else(
            || format!("{} {}", operation.method, operation.path),
            str::to_owned,
        ),
    }
}

/// A path as it is sent, with `{names}`: other braces are encoded.
fn wire_path(template: &str) -> String {
    let pieces = read::pieces(template).into_iter();
    let texts = pieces.map(|piece| match piece {
        read::Piece::Text(text) => text.replace('{', "%7B").replace('}', "%7D"),
        read::Piece::Name(name) => format!("{{{name}}}"),
    });
    texts.collect()
}

/// What an operation's types are named after: its id, and where others have the same what tells it
/// from them.
fn owner_text(cx: &mut Cx, operation: &read::Operation, id: &str, by_id: &ById) -> String {
    let others = || {
        let same = by_id.get(&Some(id)).into_iter().flatten();
        same.filter(|other| other.at != operation.at)
    };
    if others().next().is_none() {
        return id.to_owned();
    }
    let method = operation.method.to_lowercase();
    let text = if others().any(|other| other.method == operation.method) {
        format!("{id} {method} {}", operation.path)
    } else {
        format!("{id} {method}")
    };
    cx.report.warning(
        "duplicate-operation-id",
        &operation.at,
        format!("other operations have the id `{id}`, too"),
        "it is told from them by its method and path; give it its own in an overlay",
    );
    text
}

/// What a document says about an operation.
pub fn doc(item: &openapiv3::Operation) -> Vec<String> {
    let summary = item.summary.as_deref().unwrap_or_default().trim();
    let description = item.description.as_deref().unwrap_or_default().trim();
    let mut doc = docs::lines(summary);
    if description != summary && !description.is_empty() {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.extend(docs::lines(description));
    }
    let scopes = scopes(item);
    if !scopes.is_empty() {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
        doc.push(format!("Needs one of the scopes {}.", scopes.join(", ")));
    }
    doc
}

/// The scopes an operation asks for, by its `security` or by `x-scopes`.
fn scopes(item: &openapiv3::Operation) -> Vec<String> {
    let declared = item
        .security
        .iter()
        .flatten()
        .flat_map(|schemes| schemes.values().flatten());
    let mut scopes: Vec<String> = declared.cloned().collect();
    let extension = item
        .extensions
        .get("x-scopes")
        .and_then(|scopes| scopes.as_array());
    scopes.extend(
        extension
            .into_iter()
            .flatten()
            .filter_map(|scope| scope.as_str().map(str::to_owned)),
    );
    scopes
}

/// The body that most failures have, if there is such a one.
pub fn shared_failure(groups: &[Group<Slot>]) -> Option<TypeId> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    let operations = groups.iter().flat_map(|group| &group.operations);
    for failure in operations.flat_map(|operation| &operation.failures) {
        if let Some(Type::Named(id)) = failure.payload.json() {
            *counts.entry(*id).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    let (id, count) = counts
        .into_iter()
        .max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
    (count > 1 && count * 2 > total).then_some(id)
}
