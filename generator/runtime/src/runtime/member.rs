//! Members of records: what they are read into, and how they are read and written.
//!
//! `record!` names the functions and variants of [`member`](self) for a member that has to be there
//! and is not `null`, and those of the module below that is called as its presence for any other.

use serde::Deserialize;
use serde::de::MapAccess;
use serde::ser::{Serialize, SerializeMap};

use super::{Field, Fill, Map, Missing};

/// Where the value of a member goes that has just been named.
///
/// References, not calls: a table of these costs the compiler a fraction of what as many calls do.
pub enum Place<'s, 'de, A> {
    /// One that has to be there.
    Required(&'s mut dyn Required<'de, A>),
    /// One that may be left out.
    Optional(&'s mut dyn Optional<'de, A>),
    /// Wherever the struct keeps what its table does not know, under this name.
    Extra(&'s mut dyn Extra<'de, A>, Box<str>),
    /// Nowhere.
    Unknown,
}

/// The slot of a member that has to be there.
pub trait Required<'de, A: MapAccess<'de>> {
    /// Reads the value of the member.
    ///
    /// # Errors
    /// It does not fit.
    fn read(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Required<'de, A> for Option<T> {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = Some(map.next_value()?);
        Ok(())
    }
}

/// The slot of a member that may be left out: the member itself.
pub trait Optional<'de, A: MapAccess<'de>> {
    /// Reads the value of the member.
    ///
    /// # Errors
    /// It does not fit.
    fn read(&mut self, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, T: Deserialize<'de>> Optional<'de, A> for T {
    fn read(&mut self, map: &mut A) -> Result<(), A::Error> {
        *self = map.next_value()?;
        Ok(())
    }
}

/// Members that a table does not know.
pub trait Extra<'de, A: MapAccess<'de>> {
    /// Reads the value of the member of this name.
    ///
    /// # Errors
    /// It does not fit.
    fn read(&mut self, name: Box<str>, map: &mut A) -> Result<(), A::Error>;
}

impl<'de, A: MapAccess<'de>, V: Deserialize<'de>> Extra<'de, A> for Map<V> {
    fn read(&mut self, name: Box<str>, map: &mut A) -> Result<(), A::Error> {
        self.insert(name.into(), map.next_value()?);
        Ok(())
    }
}

/// A member on its way out.
pub enum Entry<'v, M> {
    /// It is written in any case.
    Required(&'static str, &'v dyn Write<M>),
    /// It may be left out.
    Optional(&'static str, &'v dyn WriteSome<M>),
}

/// What can be the value of a member.
pub trait Write<M: SerializeMap> {
    /// Writes the member.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> Write<M> for T {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry(name, self)
    }
}

/// What can be the value of a member or leave it out.
pub trait WriteSome<M: SerializeMap> {
    /// Writes the member, unless it is left out.
    ///
    /// # Errors
    /// What the writer says.
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error>;
}

impl<M: SerializeMap, T: Serialize> WriteSome<M> for Option<T> {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        self.as_ref()
            .map_or(Ok(()), |value| map.serialize_entry(name, value))
    }
}

impl<M: SerializeMap, T: Serialize> WriteSome<M> for Field<T> {
    fn write(&self, name: &str, map: &mut M) -> Result<(), M::Error> {
        if self.is_absent() {
            return Ok(());
        }
        map.serialize_entry(name, self)
    }
}

/// What a member that has to be there is kept in until it is.
pub type Slot<T> = Option<T>;

pub use self::Entry::Required as entry;
pub use self::Place::Required as place;
pub use Option::None as empty;

/// Puts what a setter was given into its slot, or notes what a builder within still lacks.
pub(crate) fn take<T>(
    slot: &mut Option<T>,
    value: impl Fill<T>,
    wire: &'static str,
    missing: &mut Option<Missing>,
) {
    if let Some(value) = filled(value, wire, missing) {
        *slot = Some(value);
    }
}

fn filled<T>(value: impl Fill<T>, wire: &'static str, missing: &mut Option<Missing>) -> Option<T> {
    match value.fill() {
        Ok(value) => Some(value),
        Err(lacking) => {
            Missing::merge(missing, lacking.within(wire));
            None
        }
    }
}

/// A member that has to be there and may be `null`.
pub mod nullable {
    pub(crate) use super::take;
    pub use super::{Slot, empty, entry, place};
}

/// A member that may be left out; `null` is read as left out.
pub mod optional {
    use super::{Fill, Missing, filled};

    /// It is kept as what it becomes.
    pub type Slot<T> = T;

    pub use super::Entry::Optional as entry;
    pub use super::Place::Optional as place;
    pub use Option::None as empty;

    /// Puts what a setter was given into its slot, or notes what a builder within still lacks.
    pub(crate) fn take<T>(
        slot: &mut T,
        value: impl Fill<T>,
        wire: &'static str,
        missing: &mut Option<Missing>,
    ) {
        if let Some(value) = filled(value, wire, missing) {
            *slot = value;
        }
    }
}

/// A member that may be left out or be `null`, which are two things.
pub mod patch {
    pub(crate) use super::optional::take;
    pub use super::optional::{Slot, entry, place};

    pub use super::Field::Absent as empty;
}
