//! Checks values against what the document declares of them, before a call is sent: bounds, lengths,
//! counts and patterns.
//!
//! The tables are `crate::rules`, written by the generator; the rest is here. A call looks at each
//! value when it is given ([`Check`]) and tells what is wrong with all of them when it is sent.
//!
//! Never is a value refused that the document allows: what cannot be decided counts as right. So do
//! texts of more than 10,000 characters against a pattern, what lies deeper than 128 levels, and
//! what comes after some millions of steps. No message has a value in it.
//!
//! Written and tested in restwright's `generator/runtime`; a client has it only if it is configured
//! with `validate = true`.

mod check;
mod json;
mod number;
mod pattern;

use crate::runtime::{Check, Place, Spot};

/// What has to hold for a value: all of these.
pub type Rules = &'static [Rule];

/// One thing that has to hold. Each speaks of one kind of value, and holds for all others.
#[derive(Debug)]
pub enum Rule {
    /// A number: not below this one.
    Minimum(&'static str),
    /// A number: above this one.
    ExclusiveMinimum(&'static str),
    /// A number: not above this one.
    Maximum(&'static str),
    /// A number: below this one.
    ExclusiveMaximum(&'static str),
    /// A number: this one some whole times, by decimals (0.07 is seven times 0.01).
    MultipleOf(&'static str),
    /// A text: so many characters (Unicode code points) at least.
    MinLength(u64),
    /// A text: so many characters at most.
    MaxLength(u64),
    /// A text: a regular expression of ECMA-262 is found in it.
    Pattern(&'static str),
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
    /// A list: this holds for the element at this position.
    Item(usize, Rules),
    /// A list: this holds for each element from this position on.
    Items(usize, Rules),
    /// An object: this holds for the member of this name.
    Property(&'static str, Rules),
    /// An object: this holds for each member whose name matches this pattern.
    PatternProperty(&'static str, Rules),
    /// An object: this holds for each member that has none of these names and matches none of these
    /// patterns.
    AdditionalProperty(&'static [&'static str], &'static [&'static str], Rules),
    /// The rules of one of the alternatives hold, of those that the value can be.
    AnyOf(&'static [Alternative]),
    /// What another table says.
    Of(&'static Rules),
}

/// A form that a value may have: how it is known, and what has to hold.
#[derive(Debug)]
pub struct Alternative {
    /// What a value of this form is; any kind where it is empty. `null` is never held against it.
    pub kinds: &'static [Kind],
    /// The members it has.
    pub required: &'static [&'static str],
    /// The texts that members have, if they are there.
    pub tags: &'static [(&'static str, &'static [&'static str])],
    /// The texts that it is one of; any where it is empty.
    pub values: &'static [&'static str],
    /// What has to hold.
    pub rules: Rules,
}

impl Alternative {
    /// Any value at all.
    pub const ANY: Self = Self {
        kinds: &[],
        required: &[],
        tags: &[],
        values: &[],
        rules: &[],
    };
}

/// A kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `true`, `false`
    Boolean,
    /// A whole number, `1.0` among them.
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

/// The rules of an operation.
#[derive(Debug)]
pub struct Checks {
    /// Of its parameters.
    pub parameters: &'static [(Spot, &'static str, Rules)],
    /// Of its body, by the media type it is sent in.
    pub bodies: &'static [(&'static str, Rules)],
}

impl Check for Checks {
    fn check(&self, place: Place<'_>, json: &[u8]) -> Vec<String> {
        let (rules, root) = match place {
            Place::Parameter(spot, name) => {
                let mut parameters = self.parameters.iter();
                let found = parameters.find(|(at, of, _)| (*at, *of) == (spot, name));
                (found.map(|(_, _, rules)| *rules), place.to_string())
            }
            Place::Body(media) => {
                let found = self.bodies.iter().find(|(of, _)| *of == media);
                (found.map(|(_, rules)| *rules), "$".to_owned())
            }
        };
        match (rules, json::read(json)) {
            (Some(rules), Some(value)) => check::check(rules, &value, root),
            _ => Vec::new(),
        }
    }
}
