//! `record!`: a struct that is read from and written to a JSON object.
//!
//! One table in the generated code (the struct itself, each field with its presence and wire name)
//! stands in for serde's derive. It comes to lists of references to the members, which
//! [`member`](super::member) reads and writes: a list costs whoever compiles it a fraction of what
//! as many calls do. The figures are in `generator/docs/performance.md`.

use super::member::{Entry, Place};
use super::{Map, Missing};
use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// A struct that reads itself from the members of a JSON object.
pub trait Record: Sized {
    /// What its members are kept in until all are there.
    type Slots;

    /// Slots with nothing in them.
    fn slots() -> Self::Slots;

    /// The place of the member that has this name on the wire.
    fn place<'s, 'de, A: MapAccess<'de>>(
        slots: &'s mut Self::Slots,
        name: &str,
    ) -> Place<'s, 'de, A>;

    /// The struct, once all members are read.
    ///
    /// # Errors
    /// The first member that has to be there and is not.
    fn finish(slots: Self::Slots) -> Result<Self, &'static str>;
}

/// Reads a [`Record`] from any serde format. The name is the struct's, for messages.
///
/// # Errors
/// The input is not an object, one of its members does not fit, one is missing, or there are more objects
/// within objects than a stack has room for.
pub fn read<'de, T: Record, D: Deserializer<'de>>(
    deserializer: D,
    name: &'static str,
) -> Result<T, D::Error> {
    let _room = Room::take(size_of::<T>()).ok_or_else(|| D::Error::custom(TOO_DEEP))?;
    deserializer.deserialize_map(RecordVisitor {
        name,
        marker: PhantomData,
    })
}

/// What is said of objects within objects that would take more stack than there is.
const TOO_DEEP: &str = "objects are within each other too often for the stack";

/// About as much of the stack as is taken for each byte of a record while it is read, where a compiler
/// saves no moves and where it does.
const TAKEN: usize = if cfg!(debug_assertions) { 20 } else { 10 };

/// As much of the stack as all of a value may take. A thread of which nobody says more has two megabytes.
const STACK: usize = 1536 * 1024;

thread_local! {
    /// As much of the stack as is taken by the records that are being read, one within the other.
    static IN_USE: Cell<usize> = const { Cell::new(0) };
}

/// Room on the stack, while something is read.
struct Room(usize);

impl Room {
    fn take(size: usize) -> Option<Self> {
        let room = size * TAKEN;
        IN_USE.with(|in_use| {
            let all = in_use.get() + room;
            (all <= STACK).then(|| in_use.set(all))
        })?;
        Some(Self(room))
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        IN_USE.with(|in_use| in_use.set(in_use.get() - self.0));
    }
}

struct RecordVisitor<T> {
    name: &'static str,
    marker: PhantomData<T>,
}

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", self.name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut slots = T::slots();
        while let Some(place) = map.next_key_seed(Find::<T, A>(&mut slots, PhantomData))? {
            match place {
                Place::Required(slot) => slot.read(&mut map)?,
                Place::Optional(slot) => slot.read(&mut map)?,
                Place::Extra(extra, name) => extra.read(name, &mut map)?,
                Place::Unknown => {
                    note_stray();
                    map.next_value::<IgnoredAny>()?;
                }
            }
        }
        T::finish(slots).map_err(A::Error::missing_field)
    }
}

/// Finds the place of a member while its name is read, so that the name need not be kept.
struct Find<'s, T: Record, A>(&'s mut T::Slots, PhantomData<fn(A)>);

impl<'s, 'de: 's, T: Record, A: MapAccess<'de> + 's> DeserializeSeed<'de> for Find<'s, T, A> {
    type Value = Place<'s, 'de, A>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'s, 'de: 's, T: Record, A: MapAccess<'de> + 's> Visitor<'de> for Find<'s, T, A> {
    type Value = Place<'s, 'de, A>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(T::place(self.0, name))
    }
}

/// Writes a record: its members, then those that its table does not know.
///
/// # Errors
/// What the writer says.
pub fn write<S: Serializer, V: Serialize>(
    to: S,
    members: &[Entry<'_, S::SerializeMap>],
    extra: Option<&Map<V>>,
) -> Result<S::Ok, S::Error> {
    let mut map = to.serialize_map(None)?;
    for member in members {
        match member {
            Entry::Required(name, value) => value.write(name, &mut map)?,
            Entry::Optional(name, value) => value.write(name, &mut map)?,
        }
    }
    for (name, value) in extra.into_iter().flatten() {
        map.serialize_entry(name, value)?;
    }
    map.end()
}

thread_local! {
    static STRAYS: Cell<u64> = const { Cell::new(0) };
    /// How many unions are being read, one within the other.
    static CHOOSING: Cell<u32> = const { Cell::new(0) };
}

/// Counts something that was read although the document does not know it. A union picks the branch
/// that meets the fewest of these.
pub(crate) fn note_stray() {
    note_strays(1);
}

/// Counts the strays of an attempt that is taken.
pub(crate) fn note_strays(count: u64) {
    STRAYS.with(|strays| strays.set(strays.get() + count));
}

/// Counts a value as a stray if it is not what its type is for; looked at only where that matters.
pub(crate) fn note_stray_unless(fits: impl FnOnce() -> bool) {
    if CHOOSING.with(Cell::get) > 0 && !fits() {
        note_stray();
    }
}

/// How many strays `read` met. They count for nobody else: it may be an attempt that is not taken.
pub(crate) fn count_strays<T>(read: impl FnOnce() -> T) -> (T, u64) {
    let before = STRAYS.with(|strays| strays.replace(0));
    CHOOSING.with(|depth| depth.set(depth.get() + 1));
    let value = read();
    CHOOSING.with(|depth| depth.set(depth.get() - 1));
    (value, STRAYS.with(|strays| strays.replace(before)))
}

/// A constant that is no scalar. The generator has written it from the document's JSON.
pub(crate) fn constant(text: &str) -> super::Value {
    serde_json::from_str(text).unwrap_or_default()
}

/// Declares a struct and reads and writes it by its table.
///
/// ```text
/// crate::runtime::record! {
///     /// A tag.
///     #[builder(TagBuilder)]                 // absent for what only answers have; `TagBuilder, boxed`
///                                            // where another type holds it in a box
///     pub struct Tag {
///         /// Its identifier.
///         pub id: Uuid,                      // always there, and called so on the wire
///         #[json(optional, "stepID")]        // may be left out
///         pub step_id: Option<String>,
///         #[json("type")]
///         #[fixed("email")]                  // what a builder fills in by itself; `json "[1]"`
///         pub kind: String,
///         #[extra(except "pin")]             // further members but `pin`, which is of the other side
///                                            // of the wire; at most one such field, last
///         pub extra: Map<Value>,
///     }
/// }
/// ```
macro_rules! record {
    (
        $(#[doc = $doc:literal])*
        $(#[derive($($derive:ident),*)])?
        $(#[non_exhaustive $($non_exhaustive:tt)*])?
        $(#[builder($builder:ident $(, $boxed:ident)?)])?
        pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[json($($presence:ident,)? $wire:literal)])?
                $(#[fixed($($fixed:tt)+)])?
                pub $field:ident: $ty:ty,
            )*
            $(#[extra $((except $($except:literal),+))?] pub $extra:ident: $extra_ty:ty,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[allow(missing_docs)]
        #[derive(
            ::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq
            $($(, ::std::default::$derive)*)?
        )]
        $(#[non_exhaustive $($non_exhaustive)*])?
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                pub $field: $ty,
            )*
            $(
                /// Members that the document does not name, as they came.
                pub $extra: $extra_ty,
            )?
        }

        const _: () = {
            use $crate::runtime::{member, record as table};
            use ::std::result::Result;

            // The first line is there to ask whether there is a builder; these are cloned.
            $(#[doc = stringify!($builder)] #[derive(::std::clone::Clone)])?
            #[allow(non_camel_case_types)]
            pub struct slots {
                $($field: member$($(::$presence)?)?::Slot<$ty>,)*
                $($extra: $extra_ty,)?
            }

            impl table::Record for $name {
                type Slots = slots;

                #[inline]
                fn slots() -> slots {
                    slots {
                        $($field: member$($(::$presence)?)?::empty,)*
                        $($extra: <$extra_ty>::new(),)?
                    }
                }

                #[inline]
                #[allow(unreachable_patterns, unused_variables)]
                fn place<'s, 'de, A: ::serde::de::MapAccess<'de>>(
                    slots: &'s mut slots,
                    name: &str,
                ) -> member::Place<'s, 'de, A> {
                    match name {
                        $($crate::runtime::wire!($field $($wire)?) => {
                            member$($(::$presence)?)?::place(&mut slots.$field)
                        })*
                        $($($($except)|+ => member::Place::Unknown,)?)?
                        $(_ => member::Place::Extra(&mut slots.$extra, name.into()),)?
                        _ => member::Place::Unknown,
                    }
                }

                #[inline]
                #[allow(unused_variables)]
                fn finish(slots: slots) -> Result<Self, &'static str> {
                    Result::Ok(Self {
                        $($field: $crate::runtime::record!(
                            @finish $($($presence)?)?; slots.$field, $field $($wire)?
                        ),)*
                        $($extra: slots.$extra,)?
                    })
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    table::read(from, stringify!($name))
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    table::write(to, &[
                        $(member$($(::$presence)?)?::entry(
                            $crate::runtime::wire!($field $($wire)?),
                            &self.$field,
                        ),)*
                    ], $crate::runtime::record!(@extra self $($extra)?))
                }
            }
        };

        $crate::runtime::record! {
            @builder $($builder $(, $boxed)?)?;
            $name
            $(
                $(#[doc = $field_doc])*
                ($($($presence)?)?) [$($wire)?]
                ($($($fixed)+)?)
                $field: $ty,
            )*
            $(#[extra] $extra: $extra_ty,)?
        }
    };

    (@finish optional; $slot:expr, $($wire:tt)+) => { $slot };
    (@finish patch; $slot:expr, $($wire:tt)+) => { $slot };
    (@finish $(nullable)?; $slot:expr, $($wire:tt)+) => {
        match $slot {
            ::std::option::Option::Some(value) => value,
            ::std::option::Option::None => return ::std::result::Result::Err($crate::runtime::wire!($($wire)+)),
        }
    };

    (@absent optional; $slot:expr, $($wire:tt)+) => { ::std::option::Option::None };
    (@absent patch; $slot:expr, $($wire:tt)+) => { ::std::option::Option::None };
    (@absent $(nullable)?; $slot:expr, $($wire:tt)+) => {
        match $slot {
            ::std::option::Option::Some(_) => ::std::option::Option::None,
            ::std::option::Option::None => ::std::option::Option::Some($crate::runtime::wire!($($wire)+)),
        }
    };

    (@extra $this:ident) => { ::std::option::Option::None::<&$crate::runtime::Map<()>> };
    (@extra $this:ident $extra:ident) => { ::std::option::Option::Some(&$this.$extra) };

    (@fixed $slot:expr, json $text:literal) => {
        $slot = ::std::option::Option::Some($crate::runtime::record::constant($text))
    };
    (@fixed $slot:expr, $fixed:literal) => {
        $slot = ::std::option::Option::Some($fixed.into())
    };

    // So that a builder fills these, too.
    (@boxed $name:ident) => {
        impl ::std::convert::From<$name> for ::std::option::Option<::std::boxed::Box<$name>> {
            fn from(value: $name) -> Self {
                ::std::option::Option::Some(::std::boxed::Box::new(value))
            }
        }

        impl ::std::convert::From<$name> for $crate::runtime::Field<::std::boxed::Box<$name>> {
            fn from(value: $name) -> Self {
                $crate::runtime::Field::Value(::std::boxed::Box::new(value))
            }
        }
    };

    (@builder; $($rest:tt)*) => {};
    (
        @builder $builder:ident $(, $boxed:ident)?;
        $name:ident
        $(
            $(#[doc = $field_doc:literal])*
            ($($presence:ident)?) [$($wire:literal)?]
            ($($($fixed:tt)+)?)
            $field:ident: $ty:ty,
        )*
        $(#[extra] $extra:ident: $extra_ty:ty,)?
    ) => {
        #[doc = concat!("Builds a [`", stringify!($name), "`], field by field, in any order.")]
        #[derive(::std::clone::Clone)]
        #[must_use = "a builder does nothing until it is built or handed over"]
        pub struct $builder {
            slots: <$name as $crate::runtime::record::Record>::Slots,
            missing: ::std::option::Option<$crate::runtime::Missing>,
        }

        impl $name {
            /// Starts one. Fields that are not required may be left out.
            pub fn builder() -> $builder {
                #[allow(unused_mut)]
                let mut slots = <$name as $crate::runtime::record::Record>::slots();
                $($($crate::runtime::record!(@fixed slots.$field, $($fixed)+);)?)*
                $builder { slots, missing: ::std::option::Option::None }
            }
        }

        // The names of setters are the document's: `as_user` and `add` are as good as any.
        #[allow(missing_docs, clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $builder {
            $(
                $(#[doc = $field_doc])*
                pub fn $field(mut self, value: impl $crate::runtime::Fill<$ty>) -> Self {
                    $crate::runtime::member$(::$presence)?::take(
                        &mut self.slots.$field,
                        value,
                        $crate::runtime::wire!($field $($wire)?),
                        &mut self.missing,
                    );
                    self
                }
            )*
            $(
                /// Members that the document does not name.
                pub fn $extra(mut self, members: $extra_ty) -> Self {
                    self.slots.$extra = members;
                    self
                }
            )?

            /// Ends it.
            ///
            /// # Errors
            /// Names every required field that was not given, also of builders within.
            pub fn build(self) -> ::std::result::Result<$name, $crate::runtime::Missing> {
                #[allow(unused_variables)]
                let slots = &self.slots;
                let absent: &[::std::option::Option<&str>] = &[$(
                    $crate::runtime::record!(@absent $($presence)?; slots.$field, $field $($wire)?),
                )*];
                $crate::runtime::record::build(self.slots, absent, self.missing)
            }
        }

        // For whatever can be made of it: a type that is optional, or absent or `null`.
        impl<__T: ::std::convert::From<$name>> $crate::runtime::Fill<__T> for $builder {
            fn fill(self) -> ::std::result::Result<__T, $crate::runtime::Missing> {
                self.build().map(__T::from)
            }
        }

        $($crate::runtime::record!(@$boxed $name);)?
    };
}
pub(crate) use record;

/// The name of a member on the wire: where the table says none, that of its field.
macro_rules! wire {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $wire:literal) => {
        $wire
    };
}
pub(crate) use wire;

/// Ends a builder: `absent` are the members that have to be there and are not, `missing` is what
/// builders within lack.
pub(crate) fn build<T: Record>(
    slots: T::Slots,
    absent: &[Option<&'static str>],
    mut missing: Option<Missing>,
) -> Result<T, Missing> {
    for wire in absent.iter().flatten() {
        if !missing.as_ref().is_some_and(|noted| noted.concerns(wire)) {
            Missing::merge(&mut missing, Missing::at(wire));
        }
    }
    match missing {
        Some(missing) => Err(missing),
        None => T::finish(slots).map_err(Missing::at),
    }
}
