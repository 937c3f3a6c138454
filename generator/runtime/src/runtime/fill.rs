//! [`Fill`]: what a setter or an argument takes, so that callers write `"text"`, `10` or `[..]`.

use super::Field;
use std::fmt;

/// A value that can fill a place of type `T`.
///
/// Every value fills a place of its own type, an `Option` of it and a [`Field`] of it. Beyond that
/// `&str` fills text, whole numbers fill numbers, an array fills a list, and a builder fills the
/// place of what it builds: what it still lacks is then told by whoever is being filled.
pub trait Fill<T> {
    /// The value for the place.
    ///
    /// # Errors
    /// [`Missing`] when it is a builder that lacks required fields.
    fn fill(self) -> Result<T, Missing>;
}

/// The required fields that a builder was not given: all of them, with their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    fields: Vec<String>,
}

impl Missing {
    /// The names of the missing fields as they are on the wire, for example
    /// `campaign_schedule.schedules`.
    pub fn fields(&self) -> &[String] {
        &self.fields
    }

    pub(crate) fn at(field: &str) -> Self {
        Self {
            fields: vec![field.to_owned()],
        }
    }

    /// The same, seen from the object that has this one under `field`.
    pub(crate) fn within(self, field: &str) -> Self {
        let fields = self.fields.iter();
        Self {
            fields: fields.map(|inner| join(field, inner)).collect(),
        }
    }

    /// Whether something within `field` is missing.
    pub(crate) fn concerns(&self, field: &str) -> bool {
        self.fields.iter().any(|missing| {
            missing
                .strip_prefix(field)
                .is_some_and(|rest| rest.starts_with(['.', '[']))
        })
    }

    pub(crate) fn merge(into: &mut Option<Self>, more: Self) {
        match into {
            Some(missing) => missing.fields.extend(more.fields),
            None => *into = Some(more),
        }
    }
}

/// `steps` and `[2].subject` make `steps[2].subject`; `timing` and `from` make `timing.from`.
fn join(field: &str, inner: &str) -> String {
    let dot = if inner.starts_with('[') { "" } else { "." };
    format!("{field}{dot}{inner}")
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "required but not given: {}", self.fields.join(", "))
    }
}

impl std::error::Error for Missing {}

impl<T> Fill<T> for T {
    fn fill(self) -> Result<T, Missing> {
        Ok(self)
    }
}

impl<T> Fill<Option<T>> for T {
    fn fill(self) -> Result<Option<T>, Missing> {
        Ok(Some(self))
    }
}

impl<T> Fill<Field<T>> for T {
    fn fill(self) -> Result<Field<T>, Missing> {
        Ok(Field::Value(self))
    }
}

impl<T> Fill<Field<T>> for Option<T> {
    fn fill(self) -> Result<Field<T>, Missing> {
        Ok(self.into())
    }
}

impl<T> Fill<Box<T>> for T {
    fn fill(self) -> Result<Box<T>, Missing> {
        Ok(Box::new(self))
    }
}

impl<T> Fill<Option<Box<T>>> for T {
    fn fill(self) -> Result<Option<Box<T>>, Missing> {
        Ok(Some(Box::new(self)))
    }
}

impl<T> Fill<Field<Box<T>>> for T {
    fn fill(self) -> Result<Field<Box<T>>, Missing> {
        Ok(Field::Value(Box::new(self)))
    }
}

/// Lets each source fill a place of the target, an `Option` and a [`Field`] of it.
macro_rules! fill_from {
    ($target:ty: $($source:ty),+) => {
        $(
            impl Fill<$target> for $source {
                fn fill(self) -> Result<$target, Missing> {
                    Ok(self.into())
                }
            }
            impl Fill<Option<$target>> for $source {
                fn fill(self) -> Result<Option<$target>, Missing> {
                    Ok(Some(self.into()))
                }
            }
            impl Fill<Field<$target>> for $source {
                fn fill(self) -> Result<Field<$target>, Missing> {
                    Ok(Field::Value(self.into()))
                }
            }
        )+
    };
}
pub(crate) use fill_from;

fill_from!(String: &str, &String, char);
fill_from!(f64: i8, i16, i32, u8, u16, u32, f32);
fill_from!(i64: i8, i16, i32, u8, u16, u32);
fill_from!(u64: u8, u16, u32);

/// Numbers the fields of list elements, so that a missing one is `steps[2].subject`.
fn fill_all<T, S: Fill<T>>(sources: impl IntoIterator<Item = S>) -> Result<Vec<T>, Missing> {
    let mut values = Vec::new();
    let mut missing = None;
    for (index, source) in sources.into_iter().enumerate() {
        match source.fill() {
            Ok(value) => values.push(value),
            Err(lacking) => {
                let fields = lacking.fields.iter();
                let fields = fields.map(|inner| format!("[{index}].{inner}")).collect();
                Missing::merge(&mut missing, Missing { fields });
            }
        }
    }
    missing.map_or(Ok(values), Err)
}

impl<T, S: Fill<T>, const N: usize> Fill<Vec<T>> for [S; N] {
    fn fill(self) -> Result<Vec<T>, Missing> {
        fill_all(self)
    }
}

impl<T, S: Fill<T>, const N: usize> Fill<Option<Vec<T>>> for [S; N] {
    fn fill(self) -> Result<Option<Vec<T>>, Missing> {
        fill_all(self).map(Some)
    }
}

impl<T, S: Fill<T>, const N: usize> Fill<Field<Vec<T>>> for [S; N] {
    fn fill(self) -> Result<Field<Vec<T>>, Missing> {
        fill_all(self).map(Field::Value)
    }
}
