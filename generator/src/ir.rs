//! The client that is going to be written, as data: what [`lower`](crate::lower) decides and
//! [`emit`](crate::emit) prints.
//!
//! `Api<Slot>` says every Rust shape, while a name is still wire text and place; `Api<Name>` has
//! the identifiers. Nothing here decides anything: no function in this module branches.

use crate::source::Pointer;

/// A whole client.
pub struct Api<N> {
    /// The document's title.
    pub title: String,
    /// The document's own version, as text.
    pub version: String,
    /// The document's description.
    pub description: String,
    /// The servers, each a named constant.
    pub servers: Vec<Server<N>>,
    /// Every type; a [`TypeId`] is a position in it. In document order, components first.
    pub types: Vec<Decl<N>>,
    /// The operations by tag, in document order.
    pub groups: Vec<Group<N>>,
    /// How the client proves who it is.
    pub credential: Credential,
    /// The body that most failures share.
    pub failure: Option<TypeId>,
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
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

/// A server of the document.
pub struct Server<N> {
    /// Its constant.
    pub name: N,
    /// Its address.
    pub url: String,
    /// What the document says about it.
    pub doc: String,
}

/// How a client proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Credential {
    /// Not at all.
    None,
    /// A bearer token in the `Authorization` header.
    Bearer,
}

/// Whether an operation wants the client's credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It does.
    Required,
    /// It makes do without.
    Optional,
    /// It does not.
    None,
}

/// A position in [`Api::types`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeId(pub usize);

/// A type that is declared.
#[derive(Clone)]
pub struct Decl<N> {
    /// Its name.
    pub name: N,
    /// Every place in the document that has this type, the first of them where it is declared.
    pub places: Vec<Pointer>,
    /// What the document says about it.
    pub doc: Vec<String>,
    /// What it is.
    pub shape: Shape<N>,
    /// Whether a caller can send it, and so has to be able to make one.
    pub sent: bool,
    /// Whether its places have another type, for what is answered.
    pub request_form: bool,
    /// The groups ([`Api::groups`]) whose operations reach it; all for what no operation refers to.
    pub groups: Vec<usize>,
}

impl<N> Decl<N> {
    /// What tells a place's type from its other form, in the lock.
    pub fn form(&self) -> &'static str {
        ["", " (request)"][usize::from(self.request_form)]
    }
}

/// What a declared type is.
#[derive(Clone)]
pub enum Shape<N> {
    /// A struct. For example `{id: string}`.
    Record {
        /// Its members, in document order.
        fields: Vec<Member<N>>,
        /// The members that the document does not name, if they are kept.
        extra: Option<Extra<N>>,
    },
    /// An enum. For example `enum: [a, b]`.
    Enum {
        /// What its values are on the wire.
        wire: Wire,
        /// The values, in document order.
        variants: Vec<Variant<N>>,
        /// The variant that keeps a value which is not listed.
        unknown: N,
    },
    /// One of several types. For example `oneOf: [..]`.
    Union {
        /// The member that tells which.
        tag: Option<String>,
        /// The forms, in the order in which they are tried.
        branches: Vec<Branch<N>>,
        /// The variant that keeps a value which fits none.
        unknown: N,
    },
    /// Another name. For example a component that is `type: string`.
    Alias(Type),
}

/// What an enum's values are on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wire {
    /// Strings.
    Text,
    /// Whole numbers.
    Integer,
    /// Values of several types.
    Mixed,
}

/// A member of a struct.
#[derive(Clone)]
pub struct Member<N> {
    /// The field.
    pub name: N,
    /// The member's name on the wire.
    pub wire: String,
    /// What is in it.
    pub ty: Type,
    /// Whether it may be left out or `null`.
    pub presence: Presence,
    /// The one value it can have, which a caller is not asked for.
    pub fixed: Option<serde_json::Value>,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// Whether a member may be left out or `null`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Presence {
    /// Always there, never `null`.
    Required,
    /// Always there, may be `null`.
    Nullable,
    /// May be left out; `null` means the same.
    Optional,
    /// May be left out or `null`, which mean different things.
    Patch,
}

/// The members that a struct's document does not name.
#[derive(Clone)]
pub struct Extra<N> {
    /// The field.
    pub name: N,
    /// What each of them has.
    pub ty: Type,
}

/// A value of an enum.
#[derive(Clone)]
pub struct Variant<N> {
    /// The variant.
    pub name: N,
    /// The value on the wire.
    pub value: serde_json::Value,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// A form of a union.
#[derive(Clone)]
pub struct Branch<N> {
    /// The variant.
    pub name: N,
    /// What it holds.
    pub ty: Type,
    /// The discriminator's value, when the union has one.
    pub tag: Option<String>,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// A type in use.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Type {
    /// `bool`
    Bool,
    /// `i64`, `i32` ...
    Integer(Integer),
    /// `f64`
    Number,
    /// `String`
    Text,
    /// Text with a format.
    Format(Format),
    /// A file: bytes in a multipart body.
    File,
    /// Any JSON.
    Json,
    /// An object whose members all have this type.
    Map(Box<Type>),
    /// A list of this type.
    List(Box<Type>),
    /// This type, or `null`; inside a list or a map.
    Nullable(Box<Type>),
    /// This type, on the heap; where a type contains itself.
    Boxed(Box<Type>),
    /// A declared type.
    Named(TypeId),
}

/// A whole number's type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Integer {
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `u32`
    U32,
    /// `u64`
    U64,
}

/// Text with a format.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// `uuid`
    Uuid,
    /// `date-time`
    DateTime,
    /// `date`
    Date,
    /// `time`
    Time,
}

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
    /// What the document says about it.
    pub doc: Vec<String>,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Whether it wants the client's credential.
    pub need: Need,
    /// Its parameters: those of the path in the path's order, then the others.
    pub parameters: Vec<Parameter<N>>,
    /// What it sends.
    pub body: Option<Body<N>>,
    /// What it answers when all is well.
    pub answer: Answer,
    /// The cursor of a list that comes in pages.
    pub paging: Option<Paging>,
    /// What it answers otherwise.
    pub failures: Vec<Failure>,
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

/// What an operation sends.
pub struct Body<N> {
    /// The argument or the setter.
    pub name: N,
    /// How it is written.
    pub content: Content,
    /// Whether a call has to give it.
    pub required: bool,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// How a body is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// As JSON.
    Json {
        /// What it is.
        ty: Type,
        /// Its media type, unless that is `application/json`.
        media_type: Option<String>,
    },
    /// As a form in the URL's encoding.
    Form(Type),
    /// As a form of parts.
    Multipart {
        /// What its members are.
        ty: Type,
        /// The media types that the document gives to parts, by their names.
        types: Vec<(String, String)>,
    },
    /// As text of this media type.
    Text(String),
    /// As bytes of this media type.
    Bytes(String),
}

/// What an operation answers when all is well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

/// What an operation answers when something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// `404`, `4XX`, `default`
    pub status: String,
    /// Its body.
    pub ty: Option<Type>,
    /// What the document says about it.
    pub doc: String,
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
