//! Operations and their parameters.

use super::{Alternatives, Answer, Body, Example, Offer, Reply, Type, TypeId};
use serde_json::Value;

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
    /// How it goes on, if it is a list that comes in pages.
    pub paging: Option<Paging>,
    /// What it answers otherwise.
    pub failures: Vec<Reply>,
    /// The enum of these, where they have different bodies.
    pub failure: Option<TypeId>,
    /// An answer when all is well; none where it is a stream.
    pub example: Option<Example>,
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
    /// The whole number that the server takes where a call gives none.
    pub default: Option<i64>,
    /// A value that can be given, for examples; `None` where it is not needed there.
    pub sample: Option<Value>,
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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

/// How a list goes on that comes in pages. Places in the answer are JSON pointers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paging {
    /// Where the list is; empty where the answer is the list.
    pub items: String,
    /// What an item is.
    pub item: Type,
    /// What the next call is made of.
    pub turn: Turn,
    /// Whether the parameter is a member of the body, not of the query.
    pub in_body: bool,
    /// Where the answer says whether there are more pages.
    pub more: Option<String>,
    /// Where it says how many items there are in all.
    pub total: Option<String>,
    /// The number of the first page or item, where the next call has a number.
    pub first: Option<i64>,
    /// Where the answer says its number, if the first one is not known.
    pub current: Option<String>,
}

/// What the call for the next page is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The parameter is what the answer has there.
    Cursor {
        /// The parameter.
        name: String,
        /// Where the answer has it.
        from: String,
    },
    /// The parameter is what the last item has there.
    Last {
        /// The parameter.
        name: String,
        /// Where the item has it.
        from: String,
    },
    /// The parameter is the number of the page and one.
    Page(String),
    /// The parameter is the number of the first item and the number of items.
    Offset(String),
    /// The call goes to the address that the answer has there.
    Url(String),
    /// The call goes where the header `Link` says.
    Link,
}
