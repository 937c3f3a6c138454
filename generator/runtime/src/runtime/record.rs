//! `record!`: a struct that is read from and written to a JSON object.
//!
//! One table in the generated code (the struct itself, each field with its presence and wire name)
//! stands in for serde's derive: the visitor, the handling of absent, `null` and unknown members
//! and the builder are written here once. That builds in half the derive's time; the figures
//! are in `generator/docs/serde.md`.

use super::{Fill, Missing};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use std::cell::Cell;
use std::fmt;
use std::marker::PhantomData;

/// A struct that reads itself from the members of a JSON object.
pub trait Record: Sized {
    /// The struct's name, for messages.
    const NAME: &'static str;

    /// The position of the member that has this name on the wire, or [`NONE`].
    fn find(name: &str) -> usize;

    /// Reads the object's members to the end.
    ///
    /// # Errors
    /// What the reader says, and a required member that is absent.
    fn read<'de, A: MapAccess<'de>>(members: &mut Members<'de, A>) -> Result<Self, A::Error>;
}

/// Stands for no member: what the table does not know, or the end of the object.
pub const NONE: usize = usize::MAX;

/// Reads a [`Record`] from any serde format.
///
/// # Errors
/// The input is not an object, or one of its members does not fit.
pub fn read<'de, T: Record, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(RecordVisitor(PhantomData))
}

struct RecordVisitor<T>(PhantomData<T>);

impl<'de, T: Record> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        T::read(&mut Members {
            map,
            find: T::find,
            marker: PhantomData,
        })
    }
}

/// The members of the object being read.
pub struct Members<'de, A> {
    map: A,
    find: fn(&str) -> usize,
    marker: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Members<'de, A> {
    /// The position of the next member that the table knows, others are passed over; [`NONE`] at the
    /// end.
    ///
    /// # Errors
    /// What the reader says.
    #[inline]
    pub fn next_known(&mut self) -> Result<usize, A::Error> {
        while let Some(index) = self.map.next_key_seed(Known(self.find))? {
            if index != NONE {
                return Ok(index);
            }
            note_stray();
            self.map.next_value::<IgnoredAny>()?;
        }
        Ok(NONE)
    }

    /// The same, for a struct that keeps the members its table does not know in `extra`, but for those
    /// that are of the other side of the wire: these are not of its type, and are passed over.
    ///
    /// # Errors
    /// What the reader says, and a further member that does not fit.
    pub fn next_keeping<V: Deserialize<'de>>(
        &mut self,
        extra: &mut super::Map<V>,
        except: &[&str],
    ) -> Result<usize, A::Error> {
        while let Some(key) = self.map.next_key_seed(KnownOr(self.find))? {
            match key {
                Ok(index) => return Ok(index),
                Err(name) if except.contains(&name.as_str()) => {
                    note_stray();
                    self.map.next_value::<IgnoredAny>()?;
                }
                Err(name) => {
                    extra.insert(name, self.map.next_value()?);
                }
            }
        }
        Ok(NONE)
    }

    /// Reads the value of the member that has just been named into its place.
    ///
    /// Never inlined, so that a place is memory and nothing else: otherwise the compiler holds the
    /// members of a large struct as so many variables, and moves all of them for each that is read.
    ///
    /// # Errors
    /// The value does not fit.
    #[inline(never)]
    pub fn value<T: Deserialize<'de>>(&mut self, place: &mut Option<T>) -> Result<(), A::Error> {
        *place = Some(self.map.next_value()?);
        Ok(())
    }
}

/// A member's name, read as its position.
struct Known(fn(&str) -> usize);

impl<'de> DeserializeSeed<'de> for Known {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Known {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    #[inline]
    fn visit_str<E>(self, name: &str) -> Result<usize, E> {
        Ok(self.0(name))
    }
}

/// The same; the name itself where it has none.
struct KnownOr(fn(&str) -> usize);

impl<'de> DeserializeSeed<'de> for KnownOr {
    type Value = Result<usize, String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for KnownOr {
    type Value = Result<usize, String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(match self.0(name) {
            NONE => Err(name.to_owned()),
            index => Ok(index),
        })
    }
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

/// How a member is read, built and written: these functions for one that has to be there and is not
/// `null`, those of a module below for one whose presence the table names.
pub mod member {
    /// `finish` ends reading, `build` ends building, `write` writes.
    macro_rules! presence {
        ($value:ident => $slot:ty,
         $given:ident => finish $finish:expr, build $build:expr, skip $skip:expr) => {
            use serde::ser::{Serialize, SerializeMap};

            /// The value, once all members are read.
            ///
            /// # Errors
            /// It has to be there and was not.
            #[inline]
            pub fn finish<T, E: serde::de::Error>(
                $given: Option<$slot>,
                name: &'static str,
            ) -> Result<$slot, E> {
                $finish.ok_or_else(|| E::missing_field(name))
            }

            /// The value, once a builder is told to build; `None` where one has to be given.
            pub fn build<T>($given: Option<$slot>) -> Option<$slot> {
                $build
            }

            /// Writes the member, unless it is left out.
            ///
            /// # Errors
            /// What the writer says.
            pub fn write<T: Serialize, M: SerializeMap>(
                map: &mut M,
                name: &'static str,
                $value: &$slot,
            ) -> Result<(), M::Error> {
                if $skip {
                    return Ok(());
                }
                map.serialize_entry(name, $value)
            }
        };
    }

    presence! { value => T, given => finish given, build given, skip false }

    /// A member that has to be there and may be `null`.
    pub mod nullable {
        presence! { value => Option<T>, given => finish given, build given, skip false }
    }

    /// A member that may be left out; `null` is read as left out.
    pub mod optional {
        presence! {
            value => Option<T>,
            given => finish Some(given.flatten()), build Some(given.flatten()),
            skip value.is_none()
        }
    }

    /// A member that may be left out or be `null`, which are two things.
    pub mod patch {
        use super::super::super::Field;
        presence! {
            value => Field<T>,
            given => finish Some(given.unwrap_or_default()), build Some(given.unwrap_or_default()),
            skip value.is_absent()
        }
    }
}

/// Declares a struct and reads and writes it by its table.
///
/// ```text
/// crate::runtime::record! {
///     /// A tag.
///     #[builder(TagBuilder)]                 // absent for what only answers have
///     pub struct Tag {
///         /// Its identifier.
///         pub id: Uuid,                      // always there, named on the wire as in Rust
///         #[json(optional, "stepID")]        // may be left out, and is named otherwise
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
        $(#[builder($builder:ident)])?
        pub struct $name:ident {
            $(
                $(#[doc = $field_doc:literal])*
                $(#[json($($presence:ident)? $(,)? $($wire:literal)?)])?
                $(#[fixed($($fixed:tt)+)])?
                pub $field:ident: $ty:ty,
            )*
            $(#[extra $((except $($except:literal),+))?] pub $extra:ident: $extra_ty:ty,)?
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq $($(, $derive)*)?)]
        $(#[non_exhaustive $($non_exhaustive)*])?
        pub struct $name {
            $(
                $(#[doc = $field_doc])*
                #[doc = $crate::runtime::record!(@doc [$($field_doc)*] $field $($($wire)?)?)]
                pub $field: $ty,
            )*
            $(
                /// Members that the document does not name, as they came.
                pub $extra: $extra_ty,
            )?
        }

        const _: () = {
            use $crate::runtime::record as table;
            use ::std::option::Option;
            use ::std::result::Result;

            #[allow(non_camel_case_types, dead_code)]
            enum At { $($field),* }

            impl table::Record for $name {
                const NAME: &'static str = stringify!($name);

                fn find(name: &str) -> usize {
                    match name {
                        $($crate::runtime::record!(@wire $field $($($wire)?)?) => {
                            At::$field as usize
                        })*
                        _ => table::NONE,
                    }
                }

                // A struct without members has no use for the position of one.
                #[allow(unused_variables, clippy::never_loop)]
                fn read<'de, A: ::serde::de::MapAccess<'de>>(
                    members: &mut table::Members<'de, A>,
                ) -> Result<Self, A::Error> {
                    $(let mut $field: Option<$ty> = Option::None;)*
                    $(let mut $extra: $extra_ty = ::std::default::Default::default();)?
                    loop {
                        let index = $crate::runtime::record!(
                            @next members $($extra [$($($except),+)?])?
                        );
                        // The compiler makes one jump of these.
                        $(if index == At::$field as usize {
                            members.value(&mut $field)?;
                            continue;
                        })*
                        break;
                    }
                    Result::Ok(Self {
                        $($field: table::member$($(::$presence)?)?::finish(
                            $field,
                            $crate::runtime::record!(@wire $field $($($wire)?)?),
                        )?,)*
                        $($extra,)?
                    })
                }
            }

            impl<'de> ::serde::Deserialize<'de> for $name {
                fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                    table::read(from)
                }
            }

            impl ::serde::Serialize for $name {
                fn serialize<S: ::serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                    #[allow(unused_mut)]
                    let mut map = to.serialize_map(Option::None)?;
                    $(table::member$($(::$presence)?)?::write(
                        &mut map,
                        $crate::runtime::record!(@wire $field $($($wire)?)?),
                        &self.$field,
                    )?;)*
                    $(for (name, value) in &self.$extra {
                        ::serde::ser::SerializeMap::serialize_entry(&mut map, name, value)?;
                    })?
                    ::serde::ser::SerializeMap::end(map)
                }
            }
        };

        $crate::runtime::record! {
            @builder $($builder)?;
            $name
            $(
                $(#[doc = $field_doc])*
                ($($($presence)?)?) ($($($wire)?)?)
                ($($($fixed)+)?)
                $field: $ty,
            )*
            $(#[extra] $extra: $extra_ty,)?
        }
    };

    (@wire $field:ident) => { stringify!($field) };
    (@wire $field:ident $wire:literal) => { $wire };

    // A member of which the document says nothing is told by its name, as that is written in the code: without
    // a line's end, and the generator lets no backtick through.
    (@doc [] $field:ident) => { concat!("The member `", stringify!($field), "`.") };
    (@doc [] $field:ident $wire:literal) => {
        concat!("The member `", stringify!($wire), "`.")
    };
    (@doc [$($doc:literal)+] $($member:tt)+) => { "" };

    (@next $members:ident) => { $members.next_known()? };
    (@next $members:ident $extra:ident [$($except:literal),*]) => {
        $members.next_keeping(&mut $extra, &[$($except),*])?
    };

    (@fixed) => { ::std::option::Option::None };
    (@fixed $fixed:literal) => { ::std::option::Option::Some($fixed.into()) };
    (@fixed json $text:literal) => {
        ::std::option::Option::Some($crate::runtime::record::constant($text))
    };

    (@builder; $($rest:tt)*) => {};
    (
        @builder $builder:ident;
        $name:ident
        $(
            $(#[doc = $field_doc:literal])*
            ($($presence:ident)?) ($($wire:literal)?)
            ($($fixed:tt)*)
            $field:ident: $ty:ty,
        )*
        $(#[extra] $extra:ident: $extra_ty:ty,)?
    ) => {
        #[doc = concat!("Builds a [`", stringify!($name), "`], field by field, in any order.")]
        #[derive(Clone)]
        #[must_use = "a builder does nothing until it is built or handed over"]
        pub struct $builder {
            $($field: ::std::option::Option<$ty>,)*
            $($extra: $extra_ty,)?
            missing: ::std::option::Option<$crate::runtime::Missing>,
        }

        impl $name {
            /// Starts one. Fields that are not required may be left out.
            pub fn builder() -> $builder {
                $builder {
                    $($field: $crate::runtime::record!(@fixed $($fixed)*),)*
                    $($extra: ::std::default::Default::default(),)?
                    missing: ::std::option::Option::None,
                }
            }
        }

        // The names of setters are the document's: `as_user` and `add` are as good as any.
        #[allow(clippy::should_implement_trait, clippy::wrong_self_convention)]
        impl $builder {
            $(
                $(#[doc = $field_doc])*
                #[doc = $crate::runtime::record!(@doc [$($field_doc)*] $field $($wire)?)]
                pub fn $field(mut self, value: impl $crate::runtime::Fill<$ty>) -> Self {
                    let wire = $crate::runtime::record!(@wire $field $($wire)?);
                    $crate::runtime::record::take(&mut self.$field, value, wire, &mut self.missing);
                    self
                }
            )*
            $(
                /// Members that the document does not name.
                pub fn $extra(mut self, members: $extra_ty) -> Self {
                    self.$extra = members;
                    self
                }
            )?

            /// Ends it.
            ///
            /// # Errors
            /// Names every required field that was not given, also of builders within.
            #[allow(unused_mut)]
            pub fn build(
                mut self,
            ) -> ::std::result::Result<$name, $crate::runtime::Missing> {
                $(let $field = $crate::runtime::record::built(
                    $crate::runtime::record::member$(::$presence)?::build(self.$field),
                    $crate::runtime::record!(@wire $field $($wire)?),
                    &mut self.missing,
                );)*
                match (self.missing, $($field),*) {
                    (::std::option::Option::None, $(::std::option::Option::Some($field)),*) => {
                        ::std::result::Result::Ok($name { $($field,)* $($extra: self.$extra,)? })
                    }
                    (missing, ..) => ::std::result::Result::Err(missing.unwrap_or_default()),
                }
            }
        }

        $crate::runtime::record!(@fill $builder => $name, $name, |built| built);
        $crate::runtime::record!(
            @fill $builder => $name, ::std::option::Option<$name>, ::std::option::Option::Some
        );
        $crate::runtime::record!(
            @fill $builder => $name, $crate::runtime::Field<$name>, $crate::runtime::Field::Value
        );
    };

    (@fill $builder:ident => $name:ident, $target:ty, $wrap:expr) => {
        impl $crate::runtime::Fill<$target> for $builder {
            fn fill(self) -> ::std::result::Result<$target, $crate::runtime::Missing> {
                self.build().map($wrap)
            }
        }
    };
}
pub(crate) use record;

/// Puts what a setter was given into its slot, or notes what a builder within still lacks.
pub(crate) fn take<T>(
    slot: &mut Option<T>,
    value: impl Fill<T>,
    wire: &'static str,
    missing: &mut Option<Missing>,
) {
    match value.fill() {
        Ok(value) => *slot = Some(value),
        Err(lacking) => Missing::merge(missing, lacking.within(wire)),
    }
}

/// Passes a built field on and notes it when it is missing and nothing within was noted for it.
pub(crate) fn built<T>(
    value: Option<T>,
    wire: &'static str,
    missing: &mut Option<Missing>,
) -> Option<T> {
    if value.is_none() && !missing.as_ref().is_some_and(|noted| noted.concerns(wire)) {
        Missing::merge(missing, Missing::at(wire));
    }
    value
}
