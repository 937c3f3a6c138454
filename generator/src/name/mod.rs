//! `Api<Slot>` → `Api<Name>`: decides every identifier, a whole scope at once.
//!
//! May not look at the document, change a shape, depend on an order, or invent a number. How text is
//! spelled is in [`spell`], how a scope is settled in [`settle`], what was given before in [`lock`].

mod headers;
mod hooks;
pub mod lock;
mod members;
mod operations;
mod rules;
mod security;
mod servers;
mod settle;
mod spell;

use crate::ir::{Api, Decl, Name, Slot};
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
    "IntoIterator",
    "TryFrom",
    "TryInto",
    "FromIterator",
];

/// Decides every name.
pub fn name(api: Api<Slot>, pins: &Pins, lock: &Lock, report: &mut Report) -> Api<Name> {
    let types = types(api.types, pins, lock, report);
    let groups = operations::groups(api.groups, pins, lock, report);
    Api {
        title: api.title,
        version: api.version,
        description: api.description,
        default_server: api.default_server,
        servers: servers::servers(api.servers, report),
        types,
        groups,
        hooks: hooks::hooks(api.hooks, pins, lock, report),
        headers: headers::headers(api.headers, pins, report),
        schemes: security::schemes(api.schemes, pins, report),
        security: api.security,
        main_scheme: api.main_scheme,
        failure: api.failure,
        rules: rules::rules(api.rules, report),
    }
}

fn named(slot: Slot, ident: String) -> Name {
    Name {
        ident,
        place: slot.place,
    }
}

fn pin(pins: &Pins, place: &Pointer) -> Option<String> {
    // Nearly nobody has any, and every name asks.
    let pin = (!pins.is_empty()).then(|| pins.get(&place.to_string()));
    pin.flatten().cloned()
}

fn types(decls: Vec<Decl<Slot>>, pins: &Pins, lock: &Lock, report: &mut Report) -> Vec<Decl<Name>> {
    let scope = Scope {
        case: Case::Camel,
        reserved: PRELUDE,
        endings: &["Builder"],
        fallback: "schema",
    };
    let given = given_types(&decls, lock, &scope);
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
                boxed: decl.boxed,
                request_form: decl.request_form,
                groups: decl.groups,
            }
        })
        .collect()
}

/// The names that types had: a locked name goes to the type that has most of its places; where several
/// have as many, since what is composed stands in one place for each composition, and a shared answer for each
/// operation, to the one that would rather be called so, and else to the earliest.
fn given_types(decls: &[Decl<Slot>], lock: &Lock, scope: &Scope) -> BTreeMap<usize, String> {
    if lock.types.is_empty() {
        return BTreeMap::new();
    }
    let mut at: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, decl) in decls.iter().enumerate() {
        for place in &decl.places {
            let place = format!("{place}{}", decl.form());
            at.entry(place).or_default().push(index);
        }
    }
    let mut claims: Vec<(usize, usize, &str, usize)> = Vec::new();
    for (name, known) in &lock.types {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for index in known
            .places
            .iter()
            .filter_map(|place| at.get(place))
            .flatten()
        {
            *counts.entry(*index).or_default() += 1;
        }
        let several = counts.len() > 1;
        claims.extend(counts.into_iter().map(|(index, count)| {
            let rank = several.then(|| settle::rank(scope, &decls[index].name, name));
            let rank = rank.flatten().unwrap_or(usize::MAX);
            (count, rank, name.as_str(), index)
        }));
    }
    claims.sort_by_key(|(count, rank, name, index)| {
        (std::cmp::Reverse(*count), *rank, *index, *name)
    });
    let mut given = BTreeMap::new();
    let mut used = BTreeSet::new();
    for (_, _, name, index) in claims {
        if !given.contains_key(&index) && used.insert(name) {
            given.insert(index, name.to_owned());
        }
    }
    given
}

/// The name of a package, from the document's title: `Instantly API` → `instantly-api-client`.
pub fn package(title: &str) -> String {
    let says = title.chars().any(char::is_alphanumeric);
    let text = if says { title } else { "api" };
    let parts = [text, "client"].map(|text| crate::ir::Part::Text(text.to_owned()));
    let ident = spell::ident(&parts, Case::Snake, spell::Symbols::Some);
    let name = ident.replace('_', "-");
    if name.len() <= LONGEST_PACKAGE {
        return name;
    }
    let end = "-client";
    let cut = &name[..LONGEST_PACKAGE - end.len()];
    format!("{}{end}", cut.trim_end_matches('-'))
}

/// The most that registries take for a name.
const LONGEST_PACKAGE: usize = 64;

#[cfg(test)]
mod tests {
    use super::package;

    #[test]
    fn every_title_gives_a_package() {
        let long = "word ".repeat(60);
        for (title, name) in [
            ("Instantly API", "instantly-api-client"),
            ("", "api-client"),
            (" \n ", "api-client"),
            ("!?", "api-client"),
            ("std", "std-client"),
            ("fn", "fn-client"),
            ("3D", "n3d-client"),
            ("größe", "grosse-client"),
            ("日本", "ri-ben-client"),
            ("\"] [x", "x-client"),
        ] {
            assert_eq!(package(title), name, "{title}");
        }
        let name = package(&long);
        assert!(name.len() <= 64 && name.starts_with("word-word-"), "{name}");
        assert!(name.ends_with("-client"), "{name}");
    }
}
