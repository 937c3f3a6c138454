//! [`Schema`]: schemas of all kinds.

use serde_json::Value;

/// A schema, before it is written as JSON.
#[derive(Clone, Debug)]
pub enum Schema {
    /// Any value.
    Any,
    /// `boolean`
    Bool,
    /// `integer`, with a format, and where it begins and ends.
    Integer(Option<&'static str>, Option<(i64, i64)>),
    /// `number`, with a format.
    Number(Option<&'static str>),
    /// `string`, with a format.
    Text(Option<&'static str>),
    /// `string` with a pattern and what fits it.
    Pattern(&'static str, &'static str),
    /// `enum`.
    Listed(Vec<Value>),
    /// Texts that are known, beside any other.
    Open(Vec<Value>),
    /// `array`
    List(Box<Schema>),
    /// `prefixItems`, and nothing more (3.1).
    Tuple(Vec<Schema>),
    /// An object of any names.
    Map(Box<Schema>),
    /// An object.
    Object(Object),
    /// `allOf`, of parts that do not name the same members, but where the later is narrower.
    All(Vec<Schema>),
    /// `oneOf` of components that are told apart by a member with one value each.
    Tagged {
        /// The member.
        tag: String,
        /// Its value and the component.
        branches: Vec<(String, usize)>,
        /// Whether a `discriminator` says so.
        declared: bool,
    },
    /// `oneOf` or `anyOf` of values of different kinds.
    Kinds(&'static str, Vec<Schema>),
    /// `type` with several scalars (3.1).
    Several(Vec<Schema>),
    /// An object, and beside its members objects of which it is one, each with a member of its own.
    Forms(Object, Vec<Object>),
    /// What may be `null`.
    Nullable(Box<Schema>),
    /// A component.
    Ref(usize),
    /// A member of a component that is an object.
    Part(usize, String),
    /// An object with a `discriminator`, for those that extend it.
    Base(Base),
    /// `allOf` of a base, or of another heir, and what it adds.
    Heir {
        /// What it extends.
        parent: usize,
        /// Its value of the discriminator.
        value: String,
        /// What it adds.
        own: Object,
    },
}

/// What others extend.
#[derive(Clone, Debug)]
pub struct Base {
    /// The member that tells the heirs apart.
    pub tag: String,
    /// Its other members.
    pub object: Object,
    /// The components that extend it, with their values of the tag.
    pub heirs: Vec<(String, usize)>,
    /// Whether a mapping has the values; they are the names of the components otherwise.
    pub mapped: bool,
}

/// An object's schema.
#[derive(Clone, Debug, Default)]
pub struct Object {
    /// Its members.
    pub members: Vec<Member>,
    /// What it may have beside them.
    pub extra: Extra,
}

/// What an object may have beside its members.
#[derive(Clone, Debug, Default)]
pub enum Extra {
    /// It says nothing.
    #[default]
    Unsaid,
    /// Nothing.
    None,
    /// Members of this schema.
    Of(Box<Schema>),
    /// Those whose names begin with `x-`, of this schema.
    Named(Box<Schema>),
}

/// A member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// Its schema.
    pub schema: Schema,
    /// Whether it has to be there.
    pub required: bool,
    /// `readOnly` or `writeOnly`.
    pub side: Option<&'static str>,
}
