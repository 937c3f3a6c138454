//! Bodies: what operations send and answer.

use super::{Type, TypeId};
use serde_json::Value;

/// What an operation sends.
pub struct Body<N> {
    /// The argument or the setter.
    pub name: N,
    /// How it is written.
    pub content: Content,
    /// Whether a call has to give it.
    pub required: bool,
    /// A value that can be sent, for examples; one of several media types has its own.
    pub sample: Option<Value>,
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
    Form {
        /// What its members are.
        ty: Type,
        /// How members are written that are not written as others, by their names.
        styles: Vec<(String, FormStyle)>,
    },
    /// As a form of parts.
    Multipart {
        /// What its members are.
        ty: Type,
        /// How parts are written that are not written as others, by their names.
        kinds: Vec<(String, PartKind)>,
    },
    /// As text of this media type.
    Text(String),
    /// As bytes of this media type.
    Bytes(String),
    /// As one of these: a declared type of the shape [`Bodies`](super::Shape::Bodies).
    OneOf(Type),
}

impl Content {
    /// The type of what is sent, unless it is text or bytes.
    pub fn ty(&self) -> Option<&Type> {
        match self {
            Content::Json { ty, .. }
            | Content::Form { ty, .. }
            | Content::Multipart { ty, .. }
            | Content::OneOf(ty) => Some(ty),
            Content::Text(_) | Content::Bytes(_) => None,
        }
    }

    /// The same, to change it.
    pub fn ty_mut(&mut self) -> Option<&mut Type> {
        match self {
            Content::Json { ty, .. }
            | Content::Form { ty, .. }
            | Content::Multipart { ty, .. }
            | Content::OneOf(ty) => Some(ty),
            Content::Text(_) | Content::Bytes(_) => None,
        }
    }
}

/// How a part of a form is written where the document says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// In this media type.
    Typed(String),
    /// As a member of a form in the URL's encoding.
    Styled(FormStyle),
}

/// How a member of a form is written where the document says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormStyle {
    /// `name=a,b`
    Comma,
    /// `name=a%20b`
    Space,
    /// `name=a%7Cb`
    Pipe,
    /// `member=value`
    Members,
    /// `name[member]=value`
    Deep,
    /// `name={"a":1}`
    Json,
}

/// What an operation answers when all is well, as awaiting its call gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// A body of one kind.
    One(Payload),
    /// An enum of what is declared, of the shape [`Replies`](super::Shape::Replies).
    OneOf(TypeId),
    /// Values as they come.
    Stream(Stream),
}

/// An answer that comes value by value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stream {
    /// How values are told apart.
    pub framing: Framing,
    /// Its media type.
    pub media: String,
    /// What a value is; `None` is text.
    pub item: Option<Type>,
}

/// How the values of a stream are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Framing {
    /// JSON, a value in each line.
    Lines,
    /// Server-sent events.
    Events,
}

/// How an answer is asked for, and what else it can be had as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The media types to ask for, unless it is plain JSON.
    pub accept: Option<String>,
    /// The media types that are there as bytes.
    pub others: Vec<String>,
    /// The stream that is there beside the answer.
    pub stream: Option<Stream>,
    /// The headers of the answer.
    pub headers: Vec<String>,
}

/// An answer that is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Under which status.
    pub status: Status,
    /// In which media type, where that tells it from others of its status.
    pub media: Option<String>,
    /// Its body.
    pub payload: Payload,
}

/// An answer that a server may give: what the document gives as an example of it, or a value made by
/// its schema.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Its status.
    pub status: u16,
    /// Its media type and its body, if it has one.
    pub content: Option<(String, ExampleBody)>,
}

/// The body of an example.
#[derive(Clone, Debug, PartialEq)]
pub enum ExampleBody {
    /// JSON.
    Json(serde_json::Value),
    /// Text, or bytes that are text.
    Text(String),
}

/// A status, as answers are declared by them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// `404`
    Code(u16),
    /// `4XX`
    Class(u16),
    /// Any that is not declared.
    Default,
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Status::Code(code) => write!(f, "{code}"),
            Status::Class(class) => write!(f, "{class}XX"),
            Status::Default => f.write_str("default"),
        }
    }
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Payload {
    /// None.
    Empty,
    /// JSON.
    Json(Type),
    /// Text.
    Text,
    /// Bytes.
    Bytes,
}

impl Payload {
    /// The type of the JSON in it.
    pub fn json(&self) -> Option<&Type> {
        match self {
            Payload::Json(ty) => Some(ty),
            Payload::Empty | Payload::Text | Payload::Bytes => None,
        }
    }

    /// The same, to change it.
    pub fn json_mut(&mut self) -> Option<&mut Type> {
        match self {
            Payload::Json(ty) => Some(ty),
            Payload::Empty | Payload::Text | Payload::Bytes => None,
        }
    }
}
