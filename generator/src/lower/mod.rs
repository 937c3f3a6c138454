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
//! [`example`] from what pass 1 has found, beside pass 3 and all that follows, names included: nothing else needs them.
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
use crate::ir::{Api, Example, Group, Hook, Rules, Slot};
use crate::read::Document;
use crate::report::Report;
use crate::source::Pointer;
use draft::Draft;
use example::Candidate;
pub use facts::Facts;
pub use rules::rules;
use schema::Cx;
use security::Security;

pub use sample::Extent;
use std::collections::HashMap;

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

/// What is decided place by place.
pub struct Declared<'d> {
    drafts: Vec<Draft>,
    groups: Vec<Group<Slot>>,
    hooks: Vec<Hook<Slot>>,
    security: Security,
    /// What may be the example of each operation, by its place.
    pub examples: Vec<(Pointer, Vec<Candidate<'d>>)>,
}

/// Decides the shape of everything in the document; operations have no examples.
pub fn lower(document: &Document, wishes: &Wishes, report: &mut Report) -> Api<Slot> {
    let facts = Facts::of(document);
    let declared = declare((document, &facts), wishes, report);
    settle(declared, document, wishes, report)
}

/// Turns every schema that is used into a type, one for each place.
pub fn declare<'d>(
    (document, facts): (&'d Document, &'d Facts),
    wishes: &Wishes,
    report: &mut Report,
) -> Declared<'d> {
    let security = security::security(document, report);
    let mut cx = Cx::new((document, facts), wishes.extent, report);
    let groups = operation::groups(&mut cx, &security);
    let hooks = hook::hooks(&mut cx);
    if document.is_whole {
        cx.components();
    } else {
        cx.drain();
    }
    Declared {
        drafts: cx.drafts,
        groups,
        hooks,
        security,
        examples: cx.examples,
    }
}

/// The example of each operation that has one, by its place; what stands in the way of one is not told.
pub fn examples<'d>(
    (document, facts): (&'d Document, &'d Facts),
    asked: &[(Pointer, Vec<Candidate<'d>>)],
    wishes: &Wishes,
    report: &Report,
) -> HashMap<Pointer, Example> {
    let mut aside = report.with_findings([]);
    let mut cx = Cx::new((document, facts), wishes.extent, &mut aside);
    example::all(&mut cx, asked)
}

/// Makes equal types one, and decides what depends on all of them.
pub fn settle(
    declared: Declared,
    document: &Document,
    wishes: &Wishes,
    report: &mut Report,
) -> Api<Slot> {
    let Declared {
        drafts,
        groups,
        hooks,
        security,
        ..
    } = declared;
    let servers = server::servers(document, report);
    let (drafts, groups, hooks) = shapes((drafts, groups, hooks), document, wishes, report);
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

/// Types, and the operations and webhooks that use them.
type Shapes = (Vec<Draft>, Vec<Group<Slot>>, Vec<Hook<Slot>>);

/// The types of all that operations and webhooks use, each once, and what is known when they are.
fn shapes(
    (mut drafts, mut groups, mut hooks): Shapes,
    document: &Document,
    wishes: &Wishes,
    report: &mut Report,
) -> Shapes {
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
