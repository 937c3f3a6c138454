//! `union!`: a value that is one of several shapes.
//!
//! The value is read whole, then into the branch that a discriminator names or, without one, into
//! the branch that fits closest. A value that fits no branch is kept as it came.
//!
//! It is read whole as a [`Tree`], so a number within has the digits that a [`Value`] keeps.

use super::record::{count_strays, note_stray, note_strays};
use super::tree::Tree;
use super::{Value, finite};
use serde::de::{Deserialize, DeserializeOwned, Deserializer};
use serde::ser::{Error, Serialize, Serializer};

/// A value of a discriminator.
#[derive(Clone, Copy)]
pub enum Tag {
    /// A text.
    Text(&'static str),
    /// A whole number.
    Integer(i64),
    /// `true` or `false`.
    Flag(bool),
}

impl Tag {
    fn is(self, value: &Tree<'_>) -> bool {
        match (self, value) {
            (Self::Text(wanted), Tree::Text(text)) => text == wanted,
            (Self::Integer(wanted), Tree::Number(_)) => {
                super::enums::same(&value.to_value(), &wanted.into())
            }
            (Self::Flag(wanted), Tree::Flag(flag)) => wanted == *flag,
            _ => false,
        }
    }
}

impl From<&'static str> for Tag {
    fn from(text: &'static str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Tag {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<bool> for Tag {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<Tag> for Value {
    fn from(tag: Tag) -> Self {
        match tag {
            Tag::Text(text) => text.into(),
            Tag::Integer(number) => number.into(),
            Tag::Flag(flag) => flag.into(),
        }
    }
}

/// The branch that fits closest so far.
pub struct Choice<'v, T> {
    value: &'v Tree<'v>,
    best: Option<(u64, T)>,
    /// Whether the discriminator has named a branch that reads the value.
    named: bool,
}

impl<'v, T> Choice<'v, T> {
    /// Starts with no branch.
    pub fn new(value: &'v Tree<'v>) -> Self {
        Self {
            value,
            best: None,
            named: false,
        }
    }

    /// Tries a branch. It wins when it reads the value and meets fewer unknown members and values
    /// than those before it; so of two that fit alike the first wins.
    pub fn offer<B: DeserializeOwned>(&mut self, branch: fn(B) -> T) {
        if self.named || matches!(self.best, Some((0, _))) {
            return;
        }
        let (read, strays) = count_strays(|| B::deserialize(self.value));
        let Ok(read) = read else { return };
        if self
            .best
            .as_ref()
            .is_none_or(|(fewest, _)| strays < *fewest)
        {
            self.best = Some((strays, branch(read)));
        }
    }

    /// Tries a branch for which a discriminator stands, if it says so or says nothing. Branches
    /// without one are offered after these, and are not for a value that one of these reads.
    pub fn offer_named<B: DeserializeOwned>(
        &mut self,
        member: &str,
        tags: &[Tag],
        branch: fn(B) -> T,
    ) {
        match self.value.get(member) {
            None => self.offer(branch),
            Some(tag) if tags.iter().any(|wanted| wanted.is(tag)) => {
                self.named = false;
                self.offer(branch);
                self.named = self.best.is_some();
            }
            Some(_) => {}
        }
    }

    /// The branch that fits closest.
    pub fn best(self) -> Option<T> {
        let (strays, branch) = self.best?;
        note_strays(strays);
        Some(branch)
    }
}

/// Reads a union: what `choose` makes of a value or, where it makes nothing of it, the value as it came.
///
/// # Errors
/// What the reader says.
pub fn read<'de, T, D: Deserializer<'de>>(
    from: D,
    choose: fn(&Tree<'_>) -> Option<T>,
    unknown: fn(Value) -> T,
) -> Result<T, D::Error> {
    let value = Tree::deserialize(from)?;
    Ok(fitting(&value, choose).unwrap_or_else(|| {
        note_stray();
        unknown(value.to_value())
    }))
}

/// What `choose` makes of a value, or of the same value with `1.0` as `1` where that fits closer: to JSON Schema
/// they are one number, and a branch that takes whole numbers only would not be known otherwise.
fn fitting<T>(value: &Tree<'_>, choose: fn(&Tree<'_>) -> Option<T>) -> Option<T> {
    let (first, strays) = count_strays(|| choose(value));
    let (chosen, strays) = match first {
        Some(first) if strays == 0 => (Some(first), 0),
        first if !value.has_whole() => (first, strays),
        first => {
            let (second, fewer) = count_strays(|| choose(&value.with_whole()));
            match second.is_some() && (first.is_none() || fewer < strays) {
                true => (second, fewer),
                false => (first, strays),
            }
        }
    };
    note_strays(strays);
    chosen
}

/// Writes a branch with its discriminator, unless the branch writes one itself.
///
/// # Errors
/// What the writer says.
pub fn write_tagged<B: Serialize, S: Serializer>(
    branch: &B,
    member: &str,
    tag: impl Into<Tag>,
    to: S,
) -> Result<S::Ok, S::Error> {
    // Otherwise NaN would be null before the writer could see it.
    finite::check(branch).map_err(S::Error::custom)?;
    let mut value = serde_json::to_value(branch).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(member).or_insert_with(|| tag.into().into());
    }
    value.serialize(to)
}

/// Declares a union.
///
/// ```text
/// crate::runtime::union! {
///     /// A shape.
///     #[tag("kind")]                 // absent: the branch that fits closest
///     pub enum Shape {
///         Circle(Circle) = "circle", // without a tag: `Circle(Circle),`
///         Square(Square) = "square",
///         Other(Other) = "a" | "b",  // says itself which of the two it is
///         Plain(Plain),              // for what has no name, after the others
///         #[unknown]
///         Unknown(Value),
///     }
/// }
/// ```
macro_rules! union {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $( $(#[doc = $branch_doc:literal])* $branch:ident($ty:ty $(,)?), )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::union! {
            @declare ($($doc)*)
            $name { $( ($($branch_doc)*) $branch($ty), )* $unknown($wire) }
            |value| {
                let mut choice = $crate::runtime::union::Choice::new(value);
                $(choice.offer::<$ty>(Self::$branch);)*
                choice.best()
            }
            |to| { $( $branch(branch) => ::serde::Serialize::serialize(branch, to), )* }
        }
    };
    (
        $(#[doc = $doc:literal])*
        #[tag($tag:literal)]
        pub enum $name:ident {
            $(
                $(#[doc = $branch_doc:literal])*
                $branch:ident($ty:ty $(,)?) $(= $value:literal $(| $more:literal)*)?,
            )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::union! {
            @declare ($($doc)*)
            $name { $( ($($branch_doc)*) $branch($ty), )* $unknown($wire) }
            |value| {
                let mut choice = $crate::runtime::union::Choice::new(value);
                $($crate::runtime::union! {
                    @offer choice $tag, $ty, Self::$branch $(, $value $(| $more)*)?
                })*
                choice.best()
            }
            |to| { $( $branch(branch) => $crate::runtime::union! {
                @write branch, to, $tag $(, $value $(| $more)*)?
            }, )* }
        }
    };

    (@offer $choice:ident $tag:literal, $ty:ty, $branch:path) => {
        $choice.offer::<$ty>($branch);
    };
    (@offer $choice:ident $tag:literal, $ty:ty, $branch:path, $($value:literal)|+) => {
        $choice.offer_named::<$ty>($tag, &[$($value.into()),+], $branch);
    };

    (@write $branch:ident, $to:ident, $tag:literal, $value:literal) => {
        $crate::runtime::union::write_tagged($branch, $tag, $value, $to)
    };
    (@write $branch:ident, $to:ident, $($rest:tt)*) => {
        ::serde::Serialize::serialize($branch, $to)
    };

    (
        @declare ($($doc:literal)*)
        $name:ident {
            $( ($($branch_doc:literal)*) $branch:ident($ty:ty), )*
            $unknown:ident($wire:ty)
        }
        |$value:ident| $choose:block
        |$to:ident| { $( $written:ident($inner:ident) => $write:expr, )* }
    ) => {
        $(#[doc = $doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("The `", stringify!($branch), "` form.")]
                $(#[doc = $branch_doc])*
                $branch($ty),
            )*
            /// A value that fits no form, as it came.
            $unknown($wire),
        }

        const _: () = {
            use ::std::result::Result;

            impl $name {
                fn choose($value: &$crate::runtime::tree::Tree<'_>) -> ::std::option::Option<Self> $choose
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    $crate::runtime::union::read(from, Self::choose, Self::$unknown)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, $to: S) -> Result<S::Ok, S::Error> {
                    match self {
                        $(Self::$written($inner) => $write,)*
                        Self::$unknown(value) => ::serde::Serialize::serialize(value, $to),
                    }
                }
            }
        };
    };
}
pub(crate) use union;
