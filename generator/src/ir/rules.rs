//! What a client checks before it sends something.

use crate::source::Pointer;
use std::collections::BTreeMap;

/// The rules of a document; none where a client checks nothing.
pub struct Rules<N> {
    /// Those of schemas that others refer to; [`Rule::Of`] is a position in it.
    pub tables: Vec<Table<N>>,
    /// Those of operations, by their place.
    pub operations: BTreeMap<Pointer, Checks>,
}

impl<N> Default for Rules<N> {
    fn default() -> Self {
        Self {
            tables: Vec::new(),
            operations: BTreeMap::new(),
        }
    }
}

/// The rules of a schema that others refer to.
pub struct Table<N> {
    /// Its name.
    pub name: N,
    /// What has to hold.
    pub rules: Vec<Rule>,
}

/// The rules of an operation.
#[derive(Debug, Default)]
pub struct Checks {
    /// Of its parameters, by where they go and their name on the wire.
    pub parameters: Vec<(super::Spot, String, Vec<Rule>)>,
    /// Of its body, by the media type that it is sent in.
    pub bodies: Vec<(String, Vec<Rule>)>,
}

/// One thing that has to hold. Each speaks of one kind of value, and holds for all others.
#[derive(Clone, Debug, PartialEq)]
pub enum Rule {
    /// A number: not below this one.
    Minimum(String),
    /// A number: above this one.
    ExclusiveMinimum(String),
    /// A number: not above this one.
    Maximum(String),
    /// A number: below this one.
    ExclusiveMaximum(String),
    /// A number: this one some whole times.
    MultipleOf(String),
    /// A text: so many characters at least.
    MinLength(u64),
    /// A text: so many characters at most.
    MaxLength(u64),
    /// A text: a regular expression is found in it.
    Pattern(String),
    /// A list: so many elements at least.
    MinItems(u64),
    /// A list: so many elements at most.
    MaxItems(u64),
    /// A list: no element is there twice.
    UniqueItems,
    /// An object: so many members at least.
    MinProperties(u64),
    /// An object: so many members at most.
    MaxProperties(u64),
    /// A list: these hold for the element at this position.
    Item(usize, Vec<Rule>),
    /// A list: these hold for each element from this position on.
    Items(usize, Vec<Rule>),
    /// An object: these hold for the member of this name.
    Property(String, Vec<Rule>),
    /// An object: these hold for each member whose name matches this pattern.
    PatternProperty(String, Vec<Rule>),
    /// An object: these hold for each member that has none of these names and matches none of these
    /// patterns.
    AdditionalProperty(Vec<String>, Vec<String>, Vec<Rule>),
    /// The rules of an alternative hold that the value can be.
    AnyOf(Vec<Alternative>),
    /// What a table says: a position in [`Rules::tables`].
    Of(usize),
}

/// A form that a value may have: how it is known, and what has to hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alternative {
    /// What a value of this form is; any kind where it is empty.
    pub kinds: Vec<Kind>,
    /// The members it has.
    pub required: Vec<String>,
    /// The texts that members have, if they are there.
    pub tags: Vec<(String, Vec<String>)>,
    /// The texts that it is one of; any where it is empty.
    pub values: Vec<String>,
    /// What has to hold.
    pub rules: Vec<Rule>,
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `true`, `false`
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}
