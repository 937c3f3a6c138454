//! Bodies: what operations send and answer.

use super::Type;

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
