//! The client that is going to be written, as data: what [`lower`](crate::lower) decides and
//! [`emit`](crate::emit) prints.
//!
//! `Api<Slot>` says every Rust shape, while a name is still wire text and place; `Api<Name>` has
//! the identifiers. Nothing here decides anything: a function in this module tells cases apart at most.

mod content;
mod header;
mod hook;
mod operation;
mod rules;
mod security;
mod server;
mod shape;

pub use content::{
    Answer, Body, Content, Example, ExampleBody, FormStyle, Framing, Offer, PartKind, Payload,
    Reply, Status, Stream,
};
pub use header::Header;
pub use hook::Hook;
pub use operation::{Group, ListStyle, Location, Operation, Paging, Parameter, Spot, Style, Turn};
pub use rules::{Alternative, Checks, Kind, Rule, Rules, Table};
pub use security::{Alternatives, Proof, Scheme, TokenUrl, Tokens};
pub use server::{Choice, Server, Variable};
pub use shape::{
    BodyCase, Branch, Decl, Extra, Format, Integer, Member, Outcome, Presence, Shape, Type, TypeId,
    Variant, Wire,
};

use crate::source::Pointer;

/// A whole client.
pub struct Api<N> {
    /// The document's title.
    pub title: String,
    /// The document's own version, as text.
    pub version: String,
    /// The document's description.
    pub description: String,
    /// The address that a client uses which is told no other.
    pub default_server: Option<String>,
    /// The servers, each a named constant, those of single operations last.
    pub servers: Vec<Server<N>>,
    /// Every type; a [`TypeId`] is a position in it. In document order, components first.
    pub types: Vec<Decl<N>>,
    /// The operations by tag, in document order.
    pub groups: Vec<Group<N>>,
    /// The webhooks and callbacks whose bodies can be read. They count as one more group, the last.
    pub hooks: Vec<Hook<N>>,
    /// The headers of answers.
    pub headers: Vec<Header<N>>,
    /// The ways to prove who is calling.
    pub schemes: Vec<Scheme<N>>,
    /// What an operation asks for that does not say so itself.
    pub security: Alternatives,
    /// The scheme that alone is enough for the most operations.
    pub main_scheme: Option<usize>,
    /// The body that most failures share.
    pub failure: Option<TypeId>,
    /// What is checked before something is sent.
    pub rules: Rules<N>,
}

/// Where a name comes from, before it is one.
#[derive(Clone, Debug, PartialEq)]
pub struct Slot {
    /// Where in the document the thing stands.
    pub place: Pointer,
    /// Texts it may be named after, best first; each a row of parts.
    ///
    /// For example `[[Campaign, timing], [Campaign, schedules, timing]]`.
    pub candidates: Vec<Vec<Part>>,
}

/// One text of a candidate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// As it stands in the document.
    Text(String),
    /// One element of what is named so: `schedules` stands for a schedule.
    Element(String),
    /// Without the words of its context where that leaves something: `listCampaign` in `Campaign`.
    Within {
        /// As it stands in the document.
        text: String,
        /// Whose words go.
        context: String,
    },
}

/// An identifier, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// The Rust identifier, without `r#`.
    pub ident: String,
    /// Where in the document the thing stands.
    pub place: Pointer,
}
