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
//!
//! What a client checks before it sends something is found apart from types, by [`rules()`].

mod alike;
mod answer;
mod bodies;
mod compose;
mod content;
mod cycle;
mod default;
mod discriminator;
mod docs;
mod draft;
mod enums;
mod example;
mod form;
mod header;
mod hook;
mod inherit;
mod keyword;
mod label;
pub(crate) mod media;
mod object;
mod operation;
mod paging;
mod parameter;
mod place;
mod reach;
mod replies;
mod rules;
mod sample;
mod scalar;
mod schema;
mod security;
mod server;
mod share;
mod slot;
mod status;
mod stream;
mod style;
mod tuple;
mod union;
pub(crate) mod view;

use crate::config::PagingRule;
use crate::ir::{Api, Rules, Slot};
use crate::read::Document;
use crate::report::Report;
pub use rules::rules;
use schema::Cx;
use std::collections::BTreeMap;

pub use sample::Extent;

/// What holds beside the document.
pub struct Wishes<'w> {
    /// What the user says of paging.
    pub paging: &'w [PagingRule],
    /// How much samples of what is sent have.
    pub extent: Extent,
    /// Places whose types had names, with a number for each name: what had different names does not
    /// become one type when it becomes equal.
    pub named: BTreeMap<String, usize>,
}

/// Decides the shape of everything in the document.
pub fn lower(document: &Document, wishes: &Wishes, report: &mut Report) -> Api<Slot> {
    let security = security::security(document, report);
    let mut cx = Cx::new(document, wishes.extent, report);
    let mut groups = operation::groups(&mut cx, &security);
    let mut hooks = hook::hooks(&mut cx);
    if document.is_whole {
        cx.components();
    } else {
        cx.drain();
    }
    let mut drafts = cx.into_drafts();
    share::merge(
        &mut drafts,
        &mut groups,
        &mut hooks,
        &document.component_schemas(),
        &wishes.named,
    );
    form::settle(&mut drafts, &mut groups, report);
    reach::mark(&mut drafts, &groups, &hooks);
    cycle::cut(&mut drafts, report);
    paging::find(document, &mut groups, &drafts, wishes.paging, report);
    let failure = operation::shared_failure(&groups);
    Api {
        title: docs::line(&document.info.title),
        version: docs::line(&document.info.version),
        description: document.info.description.clone().unwrap_or_default(),
        default_server: server::default(document),
        servers: server::servers(document, report),
        types: slot::declare(drafts),
        main_scheme: security::main(&security, &groups),
        schemes: security.schemes,
        security: security.default,
        groups,
        hooks,
        headers: header::headers(document),
        failure,
        rules: Rules::default(),
    }
}
