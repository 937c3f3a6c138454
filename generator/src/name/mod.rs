//! `Api<Slot>` → `Api<Name>`: decides every identifier, a whole scope at once.
//!
//! May not look at the document, change a shape, depend on an order, or invent a number. How text is
//! spelled is in [`spell`], how a scope is settled in [`settle`], what was given before in [`lock`].

pub mod lock;
mod members;
mod operations;
mod settle;
mod spell;

use crate::ir::{Api, Decl, Name, Server, Slot};
use crate::report::Report;
use crate::source::Pointer;
use lock::Lock;
use settle::{Scope, Wanted, settle};
use spell::Case;
use std::collections::{BTreeMap, BTreeSet};

/// Names that a user wants, by the pointer of what is to have them.
pub type Pins = BTreeMap<String, String>;

/// What is taken among types: what a reader takes for the prelude's.
const PRELUDE: &[&str] = &[
    "Option",
    "Some",
    "None",
    "Result",
    "Ok",
    "Err",
    "String",
    "Vec",
    "Box",
    "Self_",
    "Copy",
    "Clone",
    "Debug",
    "Default",
    "Drop",
    "Eq",
    "PartialEq",
    "Ord",
    "PartialOrd",
    "Iterator",
    "From",
    "Into",
    "Send",
    "Sync",
    "Sized",
    "Fn",
    "FnMut",
    "FnOnce",
    "AsRef",
    "AsMut",
    "ToOwned",
    "ToString",
    "Extend",
];

/// Decides every name.
pub fn name(api: Api<Slot>, pins: &Pins, lock: &Lock, report: &mut Report) -> Api<Name> {
    let types = types(api.types, pins, lock, report);
    let groups = operations::groups(api.groups, pins, lock, report);
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
    Name {
        ident,
        place: slot.place,
    }
}

fn pin(pins: &Pins, place: &Pointer) -> Option<String> {
    pins.get(&place.to_string()).cloned()
}

fn servers(servers: Vec<Server<Slot>>, report: &mut Report) -> Vec<Server<Name>> {
    let scope = Scope {
        case: Case::Shouty,
        reserved: &["DEFAULT", "ALL"],
        endings: &[],
        fallback: "server",
    };
    let wanted: Vec<Wanted> = servers
        .iter()
        .map(|server| Wanted {
            slot: &server.name,
            given: None,
        })
        .collect();
    let names = settle(&scope, &wanted, report);
    let servers = servers.into_iter().zip(names);
    servers
        .map(|(server, ident)| Server {
            name: named(server.name, ident),
            url: server.url,
            doc: server.doc,
        })
        .collect()
}

fn types(decls: Vec<Decl<Slot>>, pins: &Pins, lock: &Lock, report: &mut Report) -> Vec<Decl<Name>> {
    let given = given_types(&decls, lock);
    let wanted: Vec<Wanted> = decls
        .iter()
        .enumerate()
        .map(|(index, decl)| {
            let pinned = decl.places.iter().find_map(|place| pin(pins, place));
            Wanted {
                slot: &decl.name,
                given: pinned.or_else(|| given.get(&index).cloned()),
            }
        })
        .collect();
    let scope = Scope {
        case: Case::Camel,
        reserved: PRELUDE,
        endings: &["Builder"],
        fallback: "schema",
    };
    let names = settle(&scope, &wanted, report);
    let decls = decls.into_iter().zip(names).enumerate();
    decls
        .map(|(index, (decl, ident))| {
            let known = given
                .get(&index)
                .and_then(|name| lock.types.get(name))
                .cloned()
                .unwrap_or_default();
            Decl {
                shape: members::shape(decl.shape, decl.sent, pins, &known, report),
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
        claims.extend(
            counts
                .into_iter()
                .map(|(index, count)| (count, name.as_str(), index)),
        );
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

/// The name of a package, from the document's title: `Instantly API` → `instantly-api-client`.
pub fn package(title: &str) -> String {
    let parts = [title, "client"].map(|text| crate::ir::Part::Text(text.to_owned()));
    spell::ident(&parts, Case::Snake, spell::Symbols::Some).replace('_', "-")
}
