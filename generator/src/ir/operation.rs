//! Operations and their parameters.

use super::{Alternatives, Answer, Body, Offer, Reply, Type, TypeId};

/// The operations of a tag.
pub struct Group<N> {
    /// The accessor on the client; its module and its Cargo feature follow from it.
    pub name: N,
    /// The type that the accessor gives, with a function per operation.
    pub handle: N,
    /// The tag.
    pub tag: String,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// Its operations, in document order.
    pub operations: Vec<Operation<N>>,
}

/// An endpoint.
pub struct Operation<N> {
    /// The function.
    pub name: N,
    /// The type of its call, named after the whole operation.
    pub call: N,
    /// The document's operationId, or method and path where it has none.
    pub id: String,
    /// Its HTTP method, in upper case.
    pub method: String,
    /// Its path, with `{parameters}`.
    pub path: String,
    /// The address it is served at, where that is not the client's.
    pub server: Option<String>,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The schemes it asks for, where they are not those of the document.
    pub security: Option<Alternatives>,
    /// Its parameters: those of the path in the path's order, then the others.
    pub parameters: Vec<Parameter<N>>,
    /// What it sends.
    pub body: Option<Body<N>>,
    /// What it answers when all is well.
    pub answer: Answer,
    /// How that is asked for, and what else it can be had as.
    pub offer: Offer,
    /// The cursor of a list that comes in pages.
    pub paging: Option<Paging>,
    /// What it answers otherwise.
    pub failures: Vec<Reply>,
    /// The enum of these, where they have different bodies.
    pub failure: Option<TypeId>,
}

/// A parameter outside the body.
pub struct Parameter<N> {
    /// The argument or the setter.
    pub name: N,
    /// Its name on the wire.
    pub wire: String,
    /// Where it goes.
    pub location: Location,
    /// Its type; the element's type where it is a list.
    pub ty: Type,
    /// Whether a call has to give it.
    pub required: bool,
    /// What is sent where a call gives nothing: the one value it can have, as text.
    pub fixed: Option<String>,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
}

/// Where a parameter goes, and how it is written there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// A segment of the path, or a part of one.
    Path,
    /// `?name=value`
    Query,
    /// A list in the query.
    QueryList(ListStyle),
    /// JSON in the query.
    QueryJson,
    /// A header.
    Header,
    /// A list or an object, or a value in an unusual style.
    Styled {
        /// Where it goes.
        spot: Spot,
        /// How it is written.
        style: Style,
        /// Whether each of its parts has a place of its own.
        explode: bool,
    },
}

/// Where a parameter goes that is written by a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spot {
    /// The path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// OpenAPI's styles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// `a,b`
    Simple,
    /// `.a.b`
    Label,
    /// `;name=a,b`
    Matrix,
    /// `name=a,b`
    Form,
    /// `name=a%20b`
    Space,
    /// `name=a|b`
    Pipe,
    /// `name[member]=value`
    Deep,
    /// `name={"a":1}`
    Json,
    /// `name=a/b:c`: a text in which reserved characters may stand.
    Reserved,
}

/// How a list is written in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListStyle {
    /// `a=1&a=2`
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a=1%202`
    Space,
    /// `a=1|2`
    Pipe,
}

/// The cursor of a list that comes in pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Where the cursor is sent.
    pub cursor: Cursor,
    /// The answer, a record.
    pub page: TypeId,
    /// Which of its fields has the items.
    pub items: usize,
    /// What an item is.
    pub item: Type,
    /// Which of its fields has the next cursor.
    pub next: usize,
}

/// Where a cursor is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// As this query parameter.
    Query(String),
    /// As this member of the body.
    Body(String),
}
