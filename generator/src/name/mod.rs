//! `Api<Slot>` → `Api<Name>`: decides every identifier, a whole scope at once.
//!
//! May not look at the document, change a shape, depend on an order, or invent a number. How text is
//! spelled is in [`spell`], how a scope is settled in [`settle`], what was given before in [`lock`].

pub mod lock;
mod settle;
mod spell;

use crate::ir::{
    Api, Body, Branch, Decl, Extra, Group, Member, Name, Operation, Parameter, Server, Shape, Slot,
    Variant,
};
use crate::report::Report;
use crate::source::Pointer;
use lock::{Lock, LockedType, wire_text};
use settle::{Scope, Wanted, settle};
use spell::Case;
use std::collections::{BTreeMap, BTreeSet};

/// Names that a user wants, by the pointer of what is to have them.
pub type Pins = BTreeMap<String, String>;

/// What is taken among types: what a reader takes for the prelude's.
const PRELUDE: &[&str] = &[
    "Option", "Some", "None", "Result", "Ok", "Err", "String", "Vec", "Box", "Self_", "Copy", "Clone",
    "Debug", "Default", "Drop", "Eq", "PartialEq", "Ord", "PartialOrd", "Iterator", "From", "Into",
    "Send", "Sync", "Sized", "Fn", "FnMut", "FnOnce", "AsRef", "AsMut", "ToOwned", "ToString", "Extend",
];

/// What the client has besides the accessors of the document's tags.
/// And what Cargo features and modules there are besides the tags'.
const CLIENT: &[&str] = &[
    "new", "builder", "from_env", "clone", "request", "into", "try_into", "base_url", "default", "rustls",
    "native_tls", "shared",
];

/// What every call has besides the setters of its parameters.
const CALL: &[&str] = &[
    "send", "send_with_response", "stream", "pages", "with_timeout", "with_header", "from_request",
    "into_future", "request", "client", "clone", "into", "self_",
];

/// Decides every name.
pub fn name(api: Api<Slot>, pins: &Pins, lock: &Lock, report: &mut Report) -> Api<Name> {
    let types = types(api.types, pins, lock, report);
    let groups = groups(api.groups, pins, lock, report);
    Api {
        title: api.title,
        version: api.version,
        description: api.description,
        servers: servers(api.servers, report),
        types,
        groups,
        credential: api.credential,
        failure: api.failure,
    }
}

fn named(slot: Slot, ident: String) -> Name {
    Name { ident, place: slot.place }
}

fn pin(pins: &Pins, place: &Pointer) -> Option<String> {
    pins.get(&place.to_string()).cloned()
}

fn servers(servers: Vec<Server<Slot>>, report: &mut Report) -> Vec<Server<Name>> {
    let scope = Scope { case: Case::Shouty, reserved: &["DEFAULT", "ALL"], endings: &[], fallback: "server" };
    let wanted: Vec<Wanted> = servers.iter().map(|server| Wanted { slot: &server.name, given: None }).collect();
    let names = settle(&scope, &wanted, report);
    let servers = servers.into_iter().zip(names);
    servers
        .map(|(server, ident)| Server { name: named(server.name, ident), url: server.url, doc: server.doc })
        .collect()
}

fn types(decls: Vec<Decl<Slot>>, pins: &Pins, lock: &Lock, report: &mut Report) -> Vec<Decl<Name>> {
    let given = given_types(&decls, lock);
    let wanted: Vec<Wanted> = decls
        .iter()
        .enumerate()
        .map(|(index, decl)| {
            let pinned = decl.places.iter().find_map(|place| pin(pins, place));
            Wanted { slot: &decl.name, given: pinned.or_else(|| given.get(&index).cloned()) }
        })
        .collect();
    let scope = Scope { case: Case::Camel, reserved: PRELUDE, endings: &["Builder"], fallback: "schema" };
    let names = settle(&scope, &wanted, report);
    let decls = decls.into_iter().zip(names).enumerate();
    decls
        .map(|(index, (decl, ident))| {
            let known = given.get(&index).and_then(|name| lock.types.get(name)).cloned().unwrap_or_default();
            Decl {
                shape: shape(decl.shape, decl.sent, pins, &known, report),
                name: named(decl.name, ident),
                places: decl.places,
                doc: decl.doc,
                sent: decl.sent,
                request_form: decl.request_form,
                groups: decl.groups,
            }
        })
        .collect()
}

/// The names that types had: a locked name goes to the type that has most of its places, the
/// earliest where several have as many.
fn given_types(decls: &[Decl<Slot>], lock: &Lock) -> BTreeMap<usize, String> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    for (index, decl) in decls.iter().enumerate() {
        for place in &decl.places {
            at.entry(format!("{place}{}", decl.form())).or_insert(index);
        }
    }
    let mut claims: Vec<(usize, &str, usize)> = Vec::new();
    for (name, known) in &lock.types {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for index in known.places.iter().filter_map(|place| at.get(place)) {
            *counts.entry(*index).or_default() += 1;
        }
        claims.extend(counts.into_iter().map(|(index, count)| (count, name.as_str(), index)));
    }
    claims.sort_by_key(|(count, name, index)| (std::cmp::Reverse(*count), *index, *name));
    let mut given = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, name, index) in claims {
        if !given.contains_key(&index) && used.insert(name) {
            given.insert(index, name.to_owned());
        }
    }
    given
}

fn shape(shape: Shape<Slot>, sent: bool, pins: &Pins, known: &LockedType, report: &mut Report) -> Shape<Name> {
    match shape {
        Shape::Record { fields, extra } => record(fields, extra, sent, pins, known, report),
        Shape::Enum { wire, variants, unknown } => {
            let wanted: Vec<Wanted> = variants
                .iter()
                .map(|variant| wanted(&variant.name, &wire_text(&variant.value), pins, known))
                .collect();
            let (names, unknown_name) = with_own(&VARIANTS, &wanted, &unknown, known, report);
            let variants = variants.into_iter().zip(names);
            Shape::Enum {
                wire,
                variants: variants
                    .map(|(variant, ident)| Variant {
                        name: named(variant.name, ident),
                        value: variant.value,
                        doc: variant.doc,
                    })
                    .collect(),
                unknown: named(unknown, unknown_name),
            }
        }
        Shape::Union { tag, branches, unknown } => {
            let wanted: Vec<Wanted> = branches
                .iter()
                .map(|branch| wanted(&branch.name, &branch.name.place.to_string(), pins, known))
                .collect();
            let (names, unknown_name) = with_own(&VARIANTS, &wanted, &unknown, known, report);
            let branches = branches.into_iter().zip(names);
            Shape::Union {
                tag,
                branches: branches
                    .map(|(branch, ident)| Branch {
                        name: named(branch.name, ident),
                        ty: branch.ty,
                        tag: branch.tag,
                        doc: branch.doc,
                    })
                    .collect(),
                unknown: named(unknown, unknown_name),
            }
        }
        Shape::Alias(ty) => Shape::Alias(ty),
    }
}

/// Names what the document has, and with it the one thing that is ours: it keeps the name it was
/// given, and otherwise takes one that the document leaves.
fn with_own(
    scope: &Scope,
    wanted: &[Wanted],
    own: &Slot,
    known: &LockedType,
    report: &mut Report,
) -> (Vec<String>, String) {
    if let Some(own) = &known.own {
        let reserved: Vec<&str> = scope.reserved.iter().copied().chain([own.as_str()]).collect();
        return (settle(&Scope { reserved: &reserved, ..*scope }, wanted, report), own.clone());
    }
    let names = settle(scope, wanted, report);
    let reserved: Vec<&str> = scope.reserved.iter().copied().chain(names.iter().map(String::as_str)).collect();
    let own = settle(&Scope { reserved: &reserved, ..*scope }, &[Wanted { slot: own, given: None }], report);
    (names, own.into_iter().next().unwrap_or_default())
}

const VARIANTS: Scope = Scope { case: Case::Camel, reserved: &[], endings: &[], fallback: "value" };

fn wanted<'s>(slot: &'s Slot, wire: &str, pins: &Pins, known: &LockedType) -> Wanted<'s> {
    let given = pin(pins, &slot.place).or_else(|| known.member(wire).map(str::to_owned));
    Wanted { slot, given }
}

fn record(
    fields: Vec<Member<Slot>>,
    extra: Option<Extra<Slot>>,
    sent: bool,
    pins: &Pins,
    known: &LockedType,
    report: &mut Report,
) -> Shape<Name> {
    let all: Vec<Wanted> = fields.iter().map(|field| wanted(&field.name, &field.wire, pins, known)).collect();
    // A builder has a setter per field, and these.
    let reserved: &[&str] = if sent { &["build", "fill", "missing", "clone", "into"] } else { &[] };
    let scope = Scope { case: Case::Snake, reserved, endings: &[], fallback: "field" };
    let (names, extra_name) = match &extra {
        Some(extra) => with_own(&scope, &all, &extra.name, known, report),
        None => (settle(&scope, &all, report), String::new()),
    };
    let fields = fields.into_iter().zip(names);
    Shape::Record {
        fields: fields
            .map(|(field, ident)| Member {
                name: named(field.name, ident),
                wire: field.wire,
                ty: field.ty,
                presence: field.presence,
                fixed: field.fixed,
                doc: field.doc,
            })
            .collect(),
        extra: extra.map(|extra| Extra {
            name: named(extra.name, extra_name),
            ty: extra.ty,
        }),
    }
}

fn groups(groups: Vec<Group<Slot>>, pins: &Pins, lock: &Lock, report: &mut Report) -> Vec<Group<Name>> {
    let wanted: Vec<Wanted> = groups
        .iter()
        .map(|group| Wanted {
            slot: &group.name,
            given: pin(pins, &group.name.place).or_else(|| lock.groups.get(&group.tag).cloned()),
        })
        .collect();
    let scope = Scope { case: Case::Snake, reserved: CLIENT, endings: &[], fallback: "operations" };
    let names = settle(&scope, &wanted, report);
    let wanted: Vec<Wanted> = groups.iter().map(|group| Wanted { slot: &group.handle, given: None }).collect();
    let scope = Scope { case: Case::Camel, reserved: PRELUDE, endings: &[], fallback: "operations" };
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

fn operations(
    operations: Vec<Operation<Slot>>,
    handle: &str,
    pins: &Pins,
    lock: &Lock,
    report: &mut Report,
) -> Vec<Operation<Name>> {
    let known = |slot: &Slot, which: usize| {
        lock.operations.get(&slot.place.to_string()).map(|names| names[which].clone())
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
        .map(|operation| Wanted { slot: &operation.call, given: known(&operation.call, 1) })
        .collect();
    let function_scope =
        Scope { case: Case::Snake, reserved: &["clone", "into"], endings: &[], fallback: "operation" };
    let functions = settle(&function_scope, &functions, report);
    let reserved: Vec<&str> = PRELUDE.iter().copied().chain([handle]).collect();
    let call_scope = Scope { case: Case::Camel, reserved: &reserved, endings: &[], fallback: "call" };
    let calls = settle(&call_scope, &calls, report);
    let operations = operations.into_iter().zip(functions).zip(calls);
    operations.map(|((operation, function), call)| named_operation(operation, function, call, report)).collect()
}

fn named_operation(
    operation: Operation<Slot>,
    function: String,
    call: String,
    report: &mut Report,
) -> Operation<Name> {
    let mut wanted: Vec<Wanted> =
        operation.parameters.iter().map(|parameter| Wanted { slot: &parameter.name, given: None }).collect();
    wanted.extend(operation.body.iter().map(|body| Wanted { slot: &body.name, given: None }));
    let scope = Scope { case: Case::Snake, reserved: CALL, endings: &[], fallback: "parameter" };
    let mut names = settle(&scope, &wanted, report);
    let body_name = operation.body.as_ref().and_then(|_| names.pop());
    let parameters = operation.parameters.into_iter().zip(names);
    Operation {
        name: named(operation.name, function),
        call: named(operation.call, call),
        id: operation.id,
        method: operation.method,
        path: operation.path,
        doc: operation.doc,
        deprecated: operation.deprecated,
        need: operation.need,
        parameters: parameters
            .map(|(parameter, ident)| Parameter {
                name: named(parameter.name, ident),
                wire: parameter.wire,
                location: parameter.location,
                ty: parameter.ty,
                required: parameter.required,
                doc: parameter.doc,
                deprecated: parameter.deprecated,
            })
            .collect(),
        body: operation.body.map(|body| Body {
            name: named(body.name, body_name.unwrap_or_default()),
            content: body.content,
            required: body.required,
            doc: body.doc,
        }),
        answer: operation.answer,
        paging: operation.paging,
        failures: operation.failures,
    }
}

/// The name of a package, from the document's title: `Instantly API` → `instantly-api-client`.
pub fn package(title: &str) -> String {
    let parts = [title, "client"].map(|text| crate::ir::Part::Text(text.to_owned()));
    spell::ident(&parts, Case::Snake, spell::Symbols::Some).replace('_', "-")
}
