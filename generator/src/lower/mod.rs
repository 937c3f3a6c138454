//! Document → `Api<Slot>`: decides every Rust shape. A name is still wire text and place.
//!
//! May not make an identifier; may not panic on any document. The passes, in order:
//!
//! 1. [`operation`] turns what operations take and give into types, one declared type per place;
//! 2. [`schema`] does so for what these refer to, round by round, and for the other components;
//! 3. [`share`] puts types in the order in which operations reach them, and makes equal ones one;
//! 4. [`reach`] finds what callers can send and which operations reach what;
//! 5. [`cycle`] puts a box where a type contains itself, [`size`] where one is too large;
//! 6. [`slot`] says what each type may be named after.
//!
//! Operations, and the components of a round, are lowered in [`parts`] side by side. Examples of answers are made by
//! [`example`] beside passes 2 to 5, which do not need them.
//!
//! What a client checks before it sends something is found apart from types, by [`rules()`].

mod alike;
mod answer;
mod bodies;
mod compose;
mod content;
mod cycle;
mod declare;
mod default;
mod discriminator;
mod docs;
mod draft;
mod enums;
mod example;
mod facts;
mod form;
mod forms;
mod header;
mod hook;
mod inherit;
mod keys;
mod keyword;
mod label;
pub(crate) mod media;
mod object;
mod operation;
mod paging;
mod parameter;
mod parts;
pub(crate) mod patterns;
mod place;
mod reach;
mod renumber;
mod replies;
mod rules;
mod sample;
mod scalar;
mod schema;
mod security;
mod server;
mod share;
mod size;
mod slot;
mod status;
mod stream;
mod style;
mod telling;
mod tuple;
mod union;
pub(crate) mod view;

use crate::config::PagingRule;
use crate::ir::{Api, Group, Hook, Rules, Slot};
use crate::read::Document;
use crate::report::Report;
use crate::threads::beside;
use draft::Draft;
use facts::Facts;
pub use rules::rules;
use schema::Cx;
use security::Security;

pub use sample::Extent;

/// What holds beside the document.
pub struct Wishes<'w> {
    /// What the user says of paging.
    pub paging: &'w [PagingRule],
    /// How much samples of what is sent have.
    pub extent: Extent,
    /// Places whose types had names, with the numbers of these names: what had different names does not
    /// become one type when it becomes equal.
    pub named: share::Named,
}

/// Decides the shape of everything in the document.
pub fn lower(document: &Document, wishes: &Wishes, report: &mut Report) -> Api<Slot> {
    let security = security::security(document, report);
    let facts = Facts::of(document);
    let aside = report.with_findings([]);
    let mut cx = Cx::new((document, &facts), wishes.extent, report);
    let groups = operation::groups(&mut cx, &security);
    let wanted = std::mem::take(&mut cx.examples);
    let examples = || {
        let mut aside = aside.with_findings([]);
        let mut cx = Cx::new((document, &facts), wishes.extent, &mut aside);
        example::all(&mut cx, &wanted)
    };
    let rest = || whole(cx, groups, security, wishes);
    let (mut api, mut examples) = beside(rest, &examples);
    let groups = api.groups.iter_mut();
    for operation in groups.flat_map(|group| &mut group.operations) {
        operation.example = examples.remove(&operation.name.place);
    }
    api
}

/// All but the examples of answers.
fn whole(cx: Cx, groups: Vec<Group<Slot>>, security: Security, wishes: &Wishes) -> Api<Slot> {
    let document = cx.document;
    let servers = server::servers(document, cx.report);
    let (drafts, groups, hooks) = shapes(cx, groups, wishes);
    Api {
        title: docs::line(&document.info.title),
        version: docs::line(&document.info.version),
        description: document.info.description.clone().unwrap_or_default(),
        default_server: server::default(document),
        servers,
        types: slot::declare(drafts),
        main_scheme: security::main(&security, &groups),
        schemes: security.schemes,
        security: security.default,
        failure: operation::shared_failure(&groups),
        groups,
        hooks,
        headers: header::headers(document),
        rules: Rules::default(),
    }
}

/// The types of all that operations and webhooks use, each once, and what is known when they are.
fn shapes(
    mut cx: Cx,
    mut groups: Vec<Group<Slot>>,
    wishes: &Wishes,
) -> (Vec<Draft>, Vec<Group<Slot>>, Vec<Hook<Slot>>) {
    let document = cx.document;
    let mut hooks = hook::hooks(&mut cx);
    if document.is_whole {
        cx.components();
    } else {
        cx.drain();
    }
    let (mut drafts, report) = cx.into_drafts();
    content::leave_out_empty(&drafts, &mut groups, report);
    share::merge(
        &mut drafts,
        &mut groups,
        &mut hooks,
        document,
        &wishes.named,
    );
    form::settle(&mut drafts, &mut groups, report);
    reach::mark(&mut drafts, &groups, &hooks);
    cycle::cut(&mut drafts, report);
    size::bound(&mut drafts);
    paging::find(document, &mut groups, &drafts, wishes.paging, report);
    (drafts, groups, hooks)
}
