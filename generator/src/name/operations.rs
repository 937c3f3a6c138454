//! The scopes of what can be called: accessors, functions, call types, arguments and setters.

use super::lock::{BODY, Lock, idents, parameter_text};
use super::settle::{Scope, Wanted, rank, settle};
use super::spell::Case;
use super::{PRELUDE, Pins, named, pin};
use crate::ir::{Body, Group, Name, Operation, Parameter, Part, Slot};
use crate::report::Report;
use std::collections::{BTreeMap, BTreeSet};

/// What the client has besides the accessors of the document's tags, what Cargo features and modules
/// there are besides the tags', and what cannot be the name of a module's file: `mod.rs` is another
/// module's, the rest are devices of Windows.
const CLIENT: &[&str] = &[
    "new",
    "builder",
    "from_env",
    "clone",
    "request",
    "into",
    "try_into",
    "base_url",
    "default",
    "rustls",
    "native_tls",
    "tracing",
    "blocking",
    "mock",
    "recorder",
    "shared",
    "mod",
    "con",
    "prn",
    "aux",
    "nul",
    "com0",
    "com1",
    "com2",
    "com3",
    "com4",
    "com5",
    "com6",
    "com7",
    "com8",
    "com9",
    "lpt0",
    "lpt1",
    "lpt2",
    "lpt3",
    "lpt4",
    "lpt5",
    "lpt6",
    "lpt7",
    "lpt8",
    "lpt9",
];

/// What every call has besides the setters of its parameters: at least the methods in the runtime's
/// `operation.rs`, as a test sees to.
const CALL: &[&str] = &[
    "send",
    "send_with_response",
    "send_as",
    "send_blocking",
    "send_with_response_blocking",
    "send_as_blocking",
    "lines_blocking",
    "events_blocking",
    "download_blocking",
    "stream",
    "pages",
    "events",
    "lines",
    "download",
    "with_timeout",
    "with_header",
    "with_retry",
    "with_idempotency_key",
    "unchecked",
    "into_future",
    "into_request",
    "any_request",
    "request",
    "client",
    "clone",
    "into",
    "self_",
];

/// Names the accessors, and in each its functions.
pub fn groups(
    groups: Vec<Group<Slot>>,
    pins: &Pins,
    lock: &Lock,
    report: &mut Report,
) -> Vec<Group<Name>> {
    let renamed = renamed(&groups, lock);
    let wanted: Vec<Wanted> = groups
        .iter()
        .map(|group| Wanted {
            slot: &group.name,
            given: pin(pins, &group.name.place)
                .or_else(|| lock.groups.get(&group.tag).cloned())
                .or_else(|| renamed.get(&group.tag).cloned()),
        })
        .collect();
    let scope = Scope {
        case: Case::Snake,
        reserved: CLIENT,
        endings: &[],
        fallback: "operations",
    };
    let names = settle(&scope, &wanted, report);
    // Handles that meet are told apart as their accessors are, and where an accessor is not called after
    // its tag, the handle is called after the accessor.
    let handles: Vec<Slot> = groups
        .iter()
        .zip(&names)
        .map(|(group, name)| {
            let mut slot = group.handle.clone();
            let parts = [name.as_str(), "api"].map(|text| Part::Text(text.to_owned()));
            if rank(&scope, &group.name, name).is_none() {
                slot.candidates.clear();
            }
            slot.candidates.push(parts.into());
            slot
        })
        .collect();
    let wanted: Vec<Wanted> = handles
        .iter()
        .map(|slot| Wanted { slot, given: None })
        .collect();
    let scope = Scope {
        case: Case::Camel,
        reserved: PRELUDE,
        endings: &[],
        fallback: "operations",
    };
    let handles = settle(&scope, &wanted, report);
    let groups = groups.into_iter().zip(names).zip(handles);
    groups
        .map(|((group, ident), handle)| Group {
            operations: operations(group.operations, &handle, pins, lock, report),
            name: named(group.name, ident),
            handle: named(group.handle, handle),
            tag: group.tag,
            doc: group.doc,
        })
        .collect()
}

/// The accessors of tags that have another name now: all operations of such a tag were under one that
/// is not there any more. Where a tag has become several, the largest keeps its accessor.
fn renamed(groups: &[Group<Slot>], lock: &Lock) -> BTreeMap<String, String> {
    let there = |tag: &str| groups.iter().any(|group| group.tag == tag);
    let kept = lock.groups.iter().filter(|(tag, _)| there(tag));
    let mut taken: BTreeSet<&String> = kept.map(|(_, accessor)| accessor).collect();
    let mut new: Vec<&Group<Slot>> = groups
        .iter()
        .filter(|group| !lock.groups.contains_key(&group.tag))
        .collect();
    new.sort_by_key(|group| std::cmp::Reverse(group.operations.len()));
    let mut renamed = BTreeMap::new();
    for group in new {
        let known = group.operations.iter().filter_map(|operation| {
            let names = lock.operations.get(&operation.name.place.to_string());
            names?.get(2)
        });
        let known: BTreeSet<&String> = known.collect();
        let mut known = known.into_iter();
        if let (Some(only), None) = (known.next(), known.next())
            && taken.insert(only)
        {
            renamed.insert(group.tag.clone(), only.clone());
        }
    }
    renamed
}

fn operations(
    operations: Vec<Operation<Slot>>,
    handle: &str,
    pins: &Pins,
    lock: &Lock,
    report: &mut Report,
) -> Vec<Operation<Name>> {
    let known = |slot: &Slot, which: usize| {
        lock.operations
            .get(&slot.place.to_string())
            .and_then(|names| names.get(which).cloned())
    };
    let functions: Vec<Wanted> = operations
        .iter()
        .map(|operation| Wanted {
            slot: &operation.name,
            given: pin(pins, &operation.name.place).or_else(|| known(&operation.name, 0)),
        })
        .collect();
    let calls: Vec<Wanted> = operations
        .iter()
        .map(|operation| Wanted {
            slot: &operation.call,
            given: known(&operation.call, 1),
        })
        .collect();
    let function_scope = Scope {
        case: Case::Snake,
        reserved: &["clone", "into"],
        endings: &[],
        fallback: "operation",
    };
    let functions = settle(&function_scope, &functions, report);
    let reserved: Vec<&str> = PRELUDE.iter().copied().chain([handle]).collect();
    let call_scope = Scope {
        case: Case::Camel,
        reserved: &reserved,
        endings: &[],
        fallback: "call",
    };
    let calls = settle(&call_scope, &calls, report);
    let operations = operations.into_iter().zip(functions).zip(calls);
    operations
        .map(|((operation, function), call)| {
            named_operation(operation, (function, call), pins, lock, report)
        })
        .collect()
}

fn named_operation(
    operation: Operation<Slot>,
    (function, call): (String, String),
    pins: &Pins,
    lock: &Lock,
    report: &mut Report,
) -> Operation<Name> {
    let known = lock.parameters.get(&operation.name.place.to_string());
    let known = known.map(|known| idents(known)).unwrap_or_default();
    let given = |slot: &Slot, wire: &str| {
        let known = known.get(wire).map(|ident| (*ident).to_owned());
        pin(pins, &slot.place).or(known)
    };
    let parameters = operation.parameters.iter().map(|it| Wanted {
        slot: &it.name,
        given: given(&it.name, &parameter_text(&it.wire, it.location)),
    });
    let body = operation.body.iter().map(|it| Wanted {
        slot: &it.name,
        given: given(&it.name, BODY),
    });
    let wanted: Vec<Wanted> = parameters.chain(body).collect();
    let scope = Scope {
        case: Case::Snake,
        reserved: CALL,
        endings: &[],
        fallback: "parameter",
    };
    let mut names = settle(&scope, &wanted, report);
    let body_name = operation.body.as_ref().and_then(|_| names.pop());
    let parameters = operation.parameters.into_iter().zip(names);
    Operation {
        name: named(operation.name, function),
        call: named(operation.call, call),
        id: operation.id,
        method: operation.method,
        path: operation.path,
        server: operation.server,
        doc: operation.doc,
        deprecated: operation.deprecated,
        security: operation.security,
        parameters: parameters
            .map(|(parameter, ident)| Parameter {
                name: named(parameter.name, ident),
                wire: parameter.wire,
                location: parameter.location,
                ty: parameter.ty,
                required: parameter.required,
                fixed: parameter.fixed,
                default: parameter.default,
                sample: parameter.sample,
                doc: parameter.doc,
                deprecated: parameter.deprecated,
            })
            .collect(),
        body: operation.body.map(|body| Body {
            name: named(body.name, body_name.unwrap_or_default()),
            content: body.content,
            required: body.required,
            sample: body.sample,
            doc: body.doc,
        }),
        answer: operation.answer,
        offer: operation.offer,
        paging: operation.paging,
        failures: operation.failures,
        failure: operation.failure,
        example: operation.example,
    }
}
