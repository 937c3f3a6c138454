//! Document → `Api<Slot>`: decides every Rust shape. A name is still wire text and place.
//!
//! May not make an identifier; may not panic on any document. The passes, in order:
//!
//! 1. [`schema`] turns every schema into a type, one declared type per place;
//! 2. [`operation`] does so for what operations take and give;
//! 3. [`share`] makes equal types one;
//! 4. [`reach`] finds what callers can send and which operations reach what;
//! 5. [`cycle`] puts a box where a type contains itself;
//! 6. [`slot`] says what each type may be named after.

mod compose;
mod content;
mod cycle;
mod discriminator;
mod docs;
mod draft;
mod enums;
mod object;
mod operation;
mod paging;
mod parameter;
mod reach;
mod schema;
mod share;
mod slot;
mod union;
mod view;

use crate::ir::{Api, Credential, Part, Server, Slot};
use crate::read::Document;
use crate::report::Report;
use crate::source::Pointer;
use schema::Cx;

/// Decides the shape of everything in the document.
pub fn lower(document: &Document, report: &mut Report) -> Api<Slot> {
    let mut cx = Cx::new(document, report);
    let mut groups = operation::groups(&mut cx);
    cx.components();
    let mut drafts = cx.into_drafts();
    share::merge(&mut drafts, &mut groups, &document.component_schemas());
    reach::mark(&mut drafts, &groups);
    cycle::cut(&mut drafts, report);
    paging::find(&mut groups, &drafts);
    let failure = operation::shared_failure(&groups);
    Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone().unwrap_or_default(),
        servers: servers(document),
        types: slot::declare(drafts),
        groups,
        credential: credential(document),
        failure,
    }
}

fn servers(document: &Document) -> Vec<Server<Slot>> {
    // Servers that differ only in what their variables may be are one by default.
    let mut seen = std::collections::BTreeSet::new();
    let servers = document.servers.iter().enumerate();
    servers
        .filter(|(_, server)| seen.insert(address(server)))
        .map(|(index, server)| {
            let url = address(server);
            let texts = [host(&url), url];
            Server {
                name: Slot {
                    place: Pointer::root().key("servers").index(index),
                    candidates: texts.map(|text| vec![Part::Text(text)]).into(),
                },
                url: address(server),
                doc: server.description.clone().unwrap_or_default(),
            }
        })
        .collect()
}

/// A server's address, its variables replaced by their defaults.
fn address(server: &openapiv3::Server) -> String {
    let mut url = server.url.clone();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    url
}

/// An address without its scheme: `api.example.com/mock`.
fn host(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.trim_end_matches('/').to_owned()
}

fn credential(document: &Document) -> Credential {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    let bearer = document
        .security_schemes
        .values()
        .any(|scheme| match scheme {
            HTTP { scheme, .. } => scheme.eq_ignore_ascii_case("bearer"),
            OAuth2 { .. } | OpenIDConnect { .. } => true,
            APIKey { .. } => false,
        });
    if bearer {
        Credential::Bearer
    } else {
        Credential::None
    }
}
