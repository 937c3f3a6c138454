//! `union!`: a value that is one of several shapes.
//!
//! The value is read whole, then into the branch that a discriminator names or, without one, into
//! the branch that fits closest. A value that fits no branch is kept as it came.

use super::Value;
use super::record::count_strays;
use serde::de::DeserializeOwned;
use serde::ser::{Error, Serialize, Serializer};

/// The branch that fits closest so far.
pub struct Choice<'v, T> {
    value: &'v Value,
    best: Option<(u64, T)>,
}

impl<'v, T> Choice<'v, T> {
    /// Starts with no branch.
    pub fn new(value: &'v Value) -> Self {
        Self { value, best: None }
    }

    /// Tries a branch. It wins when it reads the value and meets fewer unknown members and values
    /// than those before it; so of two that fit alike the first wins.
    pub fn offer<B: DeserializeOwned>(&mut self, branch: fn(B) -> T) {
        if matches!(self.best, Some((0, _))) {
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

    /// The branch that fits closest.
    pub fn best(self) -> Option<T> {
        self.best.map(|(_, branch)| branch)
    }
}

/// The text of a discriminator.
pub fn tag_of<'v>(value: &'v Value, tag: &str) -> Option<&'v str> {
    value.get(tag)?.as_str()
}

/// Writes a branch with its discriminator, unless the branch writes one itself.
///
/// # Errors
/// What the writer says.
pub fn write_tagged<B: Serialize, S: Serializer>(
    branch: &B,
    tag: &str,
    name: &str,
    to: S,
) -> Result<S::Ok, S::Error> {
    let mut value = serde_json::to_value(branch).map_err(S::Error::custom)?;
    if let Value::Object(members) = &mut value {
        members.entry(tag).or_insert_with(|| name.into());
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
///         #[unknown]
///         Unknown(Value),
///     }
/// }
/// ```
macro_rules! union {
    (
        $(#[doc = $doc:literal])*
        $(#[deprecated $($deprecated:tt)*])?
        pub enum $name:ident {
            $( $(#[doc = $branch_doc:literal])* $branch:ident($ty:ty $(,)?), )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::union! {
            @declare ($($doc)*) ($(#[deprecated $($deprecated)*])?)
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
        $(#[deprecated $($deprecated:tt)*])?
        #[tag($tag:literal)]
        pub enum $name:ident {
            $( $(#[doc = $branch_doc:literal])* $branch:ident($ty:ty $(,)?) = $value:literal, )*
            #[unknown] $unknown:ident($wire:ty $(,)?),
        }
    ) => {
        $crate::runtime::union! {
            @declare ($($doc)*) ($(#[deprecated $($deprecated)*])?)
            $name { $( ($($branch_doc)*) $branch($ty), )* $unknown($wire) }
            |value| {
                match $crate::runtime::union::tag_of(value, $tag) {
                    $(::std::option::Option::Some($value) => {
                        <$ty as ::serde::Deserialize>::deserialize(value).ok().map(Self::$branch)
                    })*
                    _ => ::std::option::Option::None,
                }
            }
            |to| { $(
                $branch(branch) => $crate::runtime::union::write_tagged(branch, $tag, $value, to),
            )* }
        }
    };

    (
        @declare ($($doc:literal)*) ($($deprecated:tt)*)
        $name:ident {
            $( ($($branch_doc:literal)*) $branch:ident($ty:ty), )*
            $unknown:ident($wire:ty)
        }
        |$value:ident| $choose:block
        |$to:ident| { $( $written:ident($inner:ident) => $write:expr, )* }
    ) => {
        $(#[doc = $doc])*
        $($deprecated)*
        #[derive(Clone, Debug, PartialEq)]
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

        #[allow(deprecated)]
        const _: () = {
            use ::std::result::Result;

            impl $name {
                fn choose($value: &$crate::runtime::Value) -> ::std::option::Option<Self> $choose
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    let value = <$crate::runtime::Value as ::serde::Deserialize>::deserialize(from)?;
                    Result::Ok(Self::choose(&value).unwrap_or_else(|| {
                        $crate::runtime::record::note_stray();
                        Self::$unknown(value)
                    }))
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
