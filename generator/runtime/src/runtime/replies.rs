//! `replies!`: an enum of what an operation answers under several statuses or in several media
//! types, as a table.
//!
//! For example:
//!
//! ```text
//! crate::runtime::replies! {
//!     /// What `getShelf` answers when something is wrong.
//!     pub enum GetShelfError {
//!         NotFound = empty(404),
//!         BadRequest(crate::models::Fault) = json(400),
//!         BadRequestScim(crate::models::ScimFault) = json(400, "application/scim+json"),
//!         ServerError(crate::StatusCode, String) = text(500..=599),
//!         Default(crate::StatusCode, crate::models::Fault) = json(default),
//!     }
//! }
//! ```
//!
//! A variant's body is `json`, `text`, `bytes` or `empty`. It is chosen by the answer's status: by
//! that one, a range, or `default`, whichever is narrowest. Where several have that, their media
//! types tell.

use bytes::Bytes;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::answer::{RawResponse, content_type, plain_text};
use super::decode::{self, JsonFault};

/// An enum of what an operation answers.
pub trait Replies: Sized + 'static {
    #[doc(hidden)]
    const CASES: &'static [Case<Self>];
}

/// A variant of such an enum.
pub struct Case<T> {
    /// The statuses that have it.
    pub statuses: RangeInclusive<u16>,
    /// Its media type, where others have the same statuses.
    pub media: Option<&'static str>,
    /// Whether it has a body.
    pub has_body: bool,
    /// Reads the body.
    pub read: Read<T>,
}

/// Reads a body; without a fault it is empty.
pub type Read<T> = fn(&RawResponse) -> Result<T, Option<JsonFault>>;

/// The body as JSON.
pub fn json<T: DeserializeOwned>(response: &RawResponse) -> Result<T, Option<JsonFault>> {
    decode::from_slice_or_empty(&response.body)
}

/// The body as text.
pub fn text(response: &RawResponse) -> Result<String, Option<JsonFault>> {
    plain_text(response).map_err(Some)
}

/// The body as it came.
pub fn bytes(response: &RawResponse) -> Result<Bytes, Option<JsonFault>> {
    Ok(response.body.clone())
}

/// Reads an answer as what is declared of its status; `None` where nothing is.
pub(super) fn declared<T: Replies>(response: &RawResponse) -> Option<Result<T, Option<JsonFault>>> {
    let status = response.status.as_u16();
    let width = |case: &Case<T>| case.statuses.end() - case.statuses.start();
    let matching = || {
        T::CASES
            .iter()
            .filter(|case| case.statuses.contains(&status))
    };
    let narrowest = matching().map(width).min()?;
    let cases = matching().filter(|case| width(case) == narrowest).collect();
    Some(read(cases, response))
}

/// Like [`declared`]; an answer under another status is what it can be read as.
pub(super) fn closest<T: Replies>(response: &RawResponse) -> Result<T, Option<JsonFault>> {
    declared(response).unwrap_or_else(|| {
        let (bodies, empty): (Vec<_>, Vec<_>) = T::CASES.iter().partition(|case| case.has_body);
        read([bodies, empty].concat(), response)
    })
}

/// Reads an answer as that of the cases which its media type names, or else as the first that it
/// can be read as. Parameters, such as a version, say which is tried first.
fn read<T>(cases: Vec<&Case<T>>, response: &RawResponse) -> Result<T, Option<JsonFault>> {
    let media = response.content_type();
    let best = cases
        .iter()
        .map(|case| distance(case.media, &media))
        .min()
        .unwrap_or_default();
    let mut nearest = cases;
    nearest.retain(|case| distance(case.media, &media) == best);
    if nearest.len() > 1 {
        let found = parameters(content_type(&response.headers));
        nearest.sort_by_cached_key(|case| unlike(case.media.unwrap_or_default(), &found));
    }
    let mut fault = None;
    for case in nearest {
        match (case.read)(response) {
            Ok(value) => return Ok(value),
            Err(error) => {
                fault.get_or_insert(error);
            }
        }
    }
    Err(fault.flatten())
}

/// How far a declared media type is from that of an answer.
fn distance(declared: Option<&str>, found: &str) -> u8 {
    let Some(declared) = declared else { return 2 };
    let declared = essence(declared);
    let in_range = |range: &str| match range.split_once('*') {
        Some((start, _)) => found.starts_with(start),
        None => false,
    };
    if declared == found {
        0
    } else if (is_json(&declared) && is_json(found)) || in_range(&declared) {
        1
    } else {
        2
    }
}

/// How far the parameters of two media types differ.
fn unlike(declared: &str, found: &BTreeSet<String>) -> usize {
    let declared = parameters(declared);
    let unlike = declared.symmetric_difference(found);
    // What says how text is encoded is said by the one and not by the other.
    let weight = |it: &String| if it.starts_with("charset=") { 1 } else { 2 };
    unlike.map(weight).sum()
}

/// The parameters of a media type, without what may be written differently.
fn parameters(media: &str) -> BTreeSet<String> {
    let written = |c: &char| !c.is_whitespace() && *c != '"';
    let parameters = media.split(';').skip(1);
    let parameters = parameters.map(|it| it.chars().filter(written).collect::<String>());
    let parameters = parameters.filter(|it| !it.is_empty());
    parameters.map(|it| it.to_ascii_lowercase()).collect()
}

/// Whether a media type is JSON's or that of something in JSON.
pub(super) fn is_json(essence: &str) -> bool {
    essence == "application/json" || essence.ends_with("+json")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media: &str) -> String {
    let essence = media.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// An enum of what an operation answers; see the module.
macro_rules! replies {
    (
        $(#[doc = $doc:literal])*
        pub enum $name:ident {
            $(
                $variant:ident $(( $($ty:ty),* $(,)? ))? = $kind:ident($($status:tt)*),
            )*
        }
    ) => {
        $(#[doc = $doc])*
        #[derive(::std::clone::Clone, ::std::fmt::Debug, ::std::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum $name {
            $(
                #[doc = concat!("Status `", stringify!($($status)*), "`.")]
                $variant $(($($ty),*))?,
            )*
        }

        impl $crate::runtime::Replies for $name {
            const CASES: &'static [$crate::runtime::replies::Case<Self>] = &[
                $($crate::runtime::replies!(@case $variant $kind $($status)*)),*
            ];
        }

        #[cfg(feature = "mock")]
        impl $crate::runtime::mock::write::Written for $name {
            // An enum of one variant has no other.
            #[allow(irrefutable_let_patterns)]
            fn written(&self) -> $crate::runtime::mock::write::Wire {
                $($crate::runtime::replies!(@write self $variant $kind $($status)*);)*
                $crate::runtime::mock::write::Wire::none()
            }
        }
    };

    (@case $variant:ident $kind:ident $code:literal $(, $media:literal)? $(,)?) => {
        $crate::runtime::replies!(@of ($code..=$code) ($($media)?) $kind (
            $crate::runtime::replies!(@read $variant $kind)
        ))
    };
    (@case $variant:ident $kind:ident $from:literal..=$to:literal $(, $media:literal)? $(,)?) => {
        $crate::runtime::replies!(@of ($from..=$to) ($($media)?) $kind (
            $crate::runtime::replies!(@read_with_status $variant $kind)
        ))
    };
    (@case $variant:ident $kind:ident default $(, $media:literal)? $(,)?) => {
        $crate::runtime::replies!(@of (0..=999) ($($media)?) $kind (
            $crate::runtime::replies!(@read_with_status $variant $kind)
        ))
    };

    (@of ($statuses:expr) ($($media:literal)?) $kind:ident ($read:expr)) => {
        $crate::runtime::replies::Case {
            statuses: $statuses,
            media: $crate::runtime::replies!(@media $($media)?),
            has_body: $crate::runtime::replies!(@has_body $kind),
            read: $read,
        }
    };
    (@media) => { ::std::option::Option::None };
    (@media $media:literal) => { ::std::option::Option::Some($media) };
    (@has_body empty) => { false };
    (@has_body $kind:ident) => { true };

    (@write $this:ident $variant:ident empty $code:literal $(, $media:literal)? $(,)?) => {
        if let Self::$variant = $this {
            return $crate::runtime::mock::write::Wire::empty($code);
        }
    };
    (@write $this:ident $variant:ident empty $($statuses:tt)+) => {
        if let Self::$variant(status) = $this {
            return $crate::runtime::mock::write::Wire::empty(status.as_u16());
        }
    };
    (@write $this:ident $variant:ident $kind:ident $code:literal $(, $media:literal)? $(,)?) => {
        if let Self::$variant(body) = $this {
            return $crate::runtime::replies!(@wire $kind ($code) body $($media)?);
        }
    };
    (@write $this:ident $variant:ident $kind:ident default $(, $media:literal)? $(,)?) => {
        if let Self::$variant(status, body) = $this {
            return $crate::runtime::replies!(@wire $kind (status.as_u16()) body $($media)?);
        }
    };
    (
        @write $this:ident $variant:ident $kind:ident
        $from:literal..=$to:literal $(, $media:literal)? $(,)?
    ) => {
        if let Self::$variant(status, body) = $this {
            return $crate::runtime::replies!(@wire $kind (status.as_u16()) body $($media)?);
        }
    };
    (@wire $kind:ident ($status:expr) $body:ident $($media:literal)?) => {
        $crate::runtime::mock::write::Wire::new(
            $status,
            $crate::runtime::mock::write::media(
                stringify!($kind),
                $crate::runtime::replies!(@media $($media)?),
            ),
            $crate::runtime::mock::write::$kind($body),
        )
    };

    (@read $variant:ident empty) => { |_| ::std::result::Result::Ok(Self::$variant) };
    (@read $variant:ident $kind:ident) => {
        |response| $crate::runtime::replies::$kind(response).map(Self::$variant)
    };
    (@read_with_status $variant:ident empty) => {
        |response| ::std::result::Result::Ok(Self::$variant(response.status()))
    };
    (@read_with_status $variant:ident $kind:ident) => {
        |response| {
            let status = response.status();
            $crate::runtime::replies::$kind(response).map(|body| Self::$variant(status, body))
        }
    };
}
pub(crate) use replies;
