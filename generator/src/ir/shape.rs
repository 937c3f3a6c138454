//! Types: those that are declared, and those in use.

use super::{Content, Payload, Reply};
use crate::source::Pointer;

/// A position in [`Api::types`](super::Api::types).
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
    /// Whether another type holds it in a box.
    pub boxed: bool,
    /// Whether its places have another type, for what is answered.
    pub request_form: bool,
    /// The groups ([`Api::groups`](super::Api::groups)) whose operations reach it; all for what no operation refers to.
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
    /// An enum of what an operation answers, by status and media type.
    Replies(Vec<Outcome<N>>),
    /// An enum of the media types in which an operation takes its body.
    Bodies(Vec<BodyCase<N>>),
    /// Another name. For example a component that is `type: string`.
    Alias(Type),
}

impl<N> Shape<N> {
    /// The types it is made of.
    pub fn types(&self) -> Vec<&Type> {
        match self {
            Shape::Record { fields, extra } => {
                let fields = fields.iter().map(|field| &field.ty);
                fields.chain(extra.iter().map(|extra| &extra.ty)).collect()
            }
            Shape::Union { branches, .. } => branches.iter().map(|branch| &branch.ty).collect(),
            Shape::Replies(cases) => {
                let payloads = cases.iter().map(|case| &case.reply.payload);
                payloads.filter_map(Payload::json).collect()
            }
            Shape::Bodies(choices) => {
                let contents = choices.iter().map(|choice| &choice.content);
                contents.filter_map(Content::ty).collect()
            }
            Shape::Alias(ty) => vec![ty],
            Shape::Enum { .. } => Vec::new(),
        }
    }

    /// The same, to change them.
    pub fn types_mut(&mut self) -> Vec<&mut Type> {
        match self {
            Shape::Record { fields, extra } => {
                let fields = fields.iter_mut().map(|field| &mut field.ty);
                fields
                    .chain(extra.iter_mut().map(|extra| &mut extra.ty))
                    .collect()
            }
            Shape::Union { branches, .. } => {
                branches.iter_mut().map(|branch| &mut branch.ty).collect()
            }
            Shape::Replies(cases) => {
                let payloads = cases.iter_mut().map(|case| &mut case.reply.payload);
                payloads.filter_map(Payload::json_mut).collect()
            }
            Shape::Bodies(choices) => {
                let contents = choices.iter_mut().map(|choice| &mut choice.content);
                contents.filter_map(Content::ty_mut).collect()
            }
            Shape::Alias(ty) => vec![ty],
            Shape::Enum { .. } => Vec::new(),
        }
    }
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
    /// Members that are none of them, since the document names them for the other side of the wire.
    pub except: Vec<String>,
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
    /// The discriminator's values that stand for it, when the union has one: scalars.
    pub tags: Vec<serde_json::Value>,
    /// What the document says about it.
    pub doc: Vec<String>,
}

/// One of the answers of an operation.
#[derive(Clone)]
pub struct Outcome<N> {
    /// The variant.
    pub name: N,
    /// What is declared.
    pub reply: Reply,
}

/// One of the media types of a body.
#[derive(Clone)]
pub struct BodyCase<N> {
    /// The variant.
    pub name: N,
    /// The media type as it is declared.
    pub media: String,
    /// How it is written.
    pub content: Content,
    /// A value that can be sent, for examples.
    pub sample: Option<serde_json::Value>,
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
    /// A number with all its digits.
    Decimal,
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
    /// A list of so many elements, each of a type of its own.
    Tuple(Vec<Type>),
    /// This type, or `null`; inside a list or a map.
    Nullable(Box<Type>),
    /// This type, on the heap: where a type contains itself, or would be too large.
    Boxed(Box<Type>),
    /// A declared type.
    Named(TypeId),
}

impl Type {
    /// The declared types in it.
    pub fn named(&self) -> Vec<TypeId> {
        match self {
            Type::Named(id) => vec![*id],
            Type::Map(inner) | Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
                inner.named()
            }
            Type::Tuple(elements) => elements.iter().flat_map(Type::named).collect(),
            Type::Bool
            | Type::Integer(_)
            | Type::Number
            | Type::Decimal
            | Type::Text
            | Type::Format(_)
            | Type::File
            | Type::Json => Vec::new(),
        }
    }
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
    /// `byte`: base64.
    Base64,
    /// `password`
    Secret,
}
