//! Servers: addresses, what can be chosen in them, and which operations have one of their own.
//!
//! An address with `{variables}` is one constant, with their defaults, and one function. What a
//! variable may be is told and not checked: a new region of a server is no fault of a caller's.

use super::docs;
use crate::ir::{Choice, Part, Server, Slot, Variable};
use crate::read::{self, Document};
use crate::report::Report;
use crate::source::Pointer;
use std::collections::BTreeSet;

/// The servers of the document, then those of single operations.
pub fn servers(document: &Document, report: &mut Report) -> Vec<Server<Slot>> {
    let own = |(index, server)| (Pointer::root().key("servers").index(index), server);
    let whole = document.servers.iter().enumerate().map(own);
    let single = document
        .operations
        .iter()
        .filter(|it| differs(document, it));
    let single = single.flat_map(|operation| {
        let at = operation.at.key("servers");
        let servers = operation.item.servers.iter().enumerate();
        servers.map(move |(index, server)| (at.index(index), server))
    });
    // Servers that differ only in what their variables may be are one by default.
    let mut seen = BTreeSet::new();
    let servers = whole.chain(single);
    let servers = servers.filter(|(_, server)| seen.insert(filled(server)));
    servers
        .map(|(at, server)| lower(&at, server, report))
        .collect()
}

/// The address that a client uses which is told no other: the document's first whole one.
pub fn default(document: &Document) -> Option<String> {
    let addresses = document.servers.iter().filter_map(address);
    addresses.into_iter().find(|address| is_whole(address))
}

/// The address of an operation that is not served where the others are.
pub fn own(
    document: &Document,
    operation: &read::Operation,
    report: &mut Report,
) -> Option<String> {
    if !differs(document, operation) {
        return None;
    }
    let own = address(operation.item.servers.first()?);
    if own.is_none() {
        report.warning(
            "operation-without-address",
            &operation.at,
            "the operation has a server of its own whose address is not complete",
            "it is called at the client's server; give the variables defaults in an overlay",
        );
    }
    own
}

/// Whether an operation names another server than the document; of several its first counts.
fn differs(document: &Document, operation: &read::Operation) -> bool {
    let of = |servers: &[openapiv3::Server]| servers.first().map_or("/".to_owned(), filled);
    let (own, whole) = (&operation.item.servers, &document.servers);
    let plain = |url: String| url.trim_end_matches('/').to_owned();
    !own.is_empty() && plain(of(own)) != plain(of(whole))
}

fn lower(at: &Pointer, server: &openapiv3::Server, report: &mut Report) -> Server<Slot> {
    let address = address(server);
    let texts = [host(&filled(server)), filled(server)];
    let slot = |texts: &[String]| Slot {
        place: at.clone(),
        candidates: texts
            .iter()
            .map(|text| vec![Part::Text(text.clone())])
            .collect(),
    };
    let names = read::path_names(&server.url);
    let variables = names.iter().map(|name| variable(at, server, name, report));
    let variables: Vec<Variable<Slot>> = variables.collect();
    Server {
        name: slot(&texts),
        template: server.url.trim().to_owned(),
        address,
        choice: (!variables.is_empty()).then(|| Choice {
            name: slot(&texts),
            variables,
        }),
        doc: docs::lines(server.description.as_deref().unwrap_or_default()),
    }
}

/// How many values of a variable are told.
const MOST_CHOICES: usize = 100;

fn variable(
    at: &Pointer,
    server: &openapiv3::Server,
    name: &str,
    report: &mut Report,
) -> Variable<Slot> {
    let at = at.key("variables").key(name);
    let declared = server.variables.iter().flatten();
    let declared = declared.into_iter().find(|(known, _)| *known == name);
    let mut doc = Vec::new();
    match declared {
        Some((_, variable)) => {
            doc = docs::lines(variable.description.as_deref().unwrap_or_default());
            let code = |values: &[String]| {
                let shown = values.iter().take(MOST_CHOICES);
                let shown: Vec<String> = shown.map(|value| docs::code(value)).collect();
                let more = if values.len() > MOST_CHOICES {
                    " ..."
                } else {
                    ""
                };
                format!("{}{more}", shown.join(", "))
            };
            if !variable.enumeration.is_empty() {
                doc.push(format!("One of {}.", code(&variable.enumeration)));
            }
            if !variable.default.is_empty() {
                doc.push(format!("Default {}.", docs::code(&variable.default)));
            }
        }
        None => report.warning(
            "undeclared-server-variable",
            &at,
            format!("the address names `{{{name}}}`, but no variable declares it"),
            "a caller has to give it",
        ),
    }
    Variable {
        name: Slot {
            place: at,
            candidates: vec![vec![Part::Text(name.to_owned())]],
        },
        wire: name.to_owned(),
        doc,
    }
}

/// A server's address, if it is one when every variable has its default.
fn address(server: &openapiv3::Server) -> Option<String> {
    let url = filled(server);
    let host = url.split_once("://").map(|(_, rest)| rest);
    let begins_with_host =
        host.is_none_or(|host| !host.is_empty() && !host.starts_with(['/', '.', ':']));
    (!url.contains('{') && begins_with_host).then_some(url)
}

/// Whether an address says where in the world it is.
fn is_whole(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()))
}

/// The most that an address has with its variables filled in; what is beyond stays a variable.
const LONGEST: usize = 8_000;

/// An address with the defaults of its variables, each put in once: a default is no template.
fn filled(server: &openapiv3::Server) -> String {
    let default = |name: &str| Some(&server.variables.as_ref()?.get(name)?.default);
    let mut url = String::new();
    let mut rest = server.url.trim();
    while let Some((before, after)) = rest.split_once('{') {
        url.push_str(before);
        let named = after.split_once('}');
        let named = named.and_then(|(name, after)| Some((default(name)?, after)));
        rest = match named {
            Some((default, after)) if url.len() + default.len() <= LONGEST => {
                url.push_str(default);
                after
            }
            _ => {
                url.push('{');
                after
            }
        };
    }
    url + rest
}

/// An address without its scheme: `api.example.com/mock`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}
