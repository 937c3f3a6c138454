//! What every generated client stands on: the HTTP half ([`Client`], `Request`, [`Error`], pages)
//! and the data half (records, open enums, unions, formats).
//!
//! Written and tested in restwright's `generator/runtime`; copied into each generated crate.
//! May not know an API or the generator.

// A client uses the part of this that its document calls for.
#![allow(dead_code, unused_imports, unused_macros)]

mod answer;
mod api_error;
mod authorize;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
mod blocking;
mod bodies;
mod body;
mod boxed;
mod check;
mod client;
mod clock;
pub(crate) mod credential;
mod decimal;
mod decode;
mod download;
mod encode;
pub mod enums;
mod error;
mod escape;
mod events;
mod exchange;
#[cfg(target_arch = "wasm32")]
mod fetch;
mod field;
mod fill;
mod finite;
mod follow;
mod form;
mod format;
mod hook;
#[cfg(not(target_arch = "wasm32"))]
mod http;
mod kept;
pub(crate) mod limit;
mod lines;
mod locate;
pub mod member;
#[cfg(feature = "mock")]
pub mod mock;
mod multipart;
mod oauth;
mod oauth_error;
mod operation;
mod outgoing;
mod page;
mod paging;
mod reader;
mod reconnect;
pub mod record;
#[cfg(feature = "recorder")]
mod recorder;
pub mod replies;
mod request;
pub(crate) mod retry;
pub mod scalar;
mod send;
mod style;
mod trace;
mod transport;
pub mod tree;
mod tries;
mod typed_header;
pub mod union;
mod upload;

pub(crate) use bodies::bodies;
pub(crate) use enums::{integer_enum, open_enum, string_enum, value_enum};
pub(crate) use oauth::seen_from;
pub(crate) use operation::operation;
pub(crate) use record::{record, wire};
pub(crate) use replies::replies;
pub(crate) use union::union;

pub use answer::{Answer, Empty, Json, Kind, OneOf, Raw, RawResponse, Response, Text, Whole};
pub use api_error::ApiError;
#[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
pub use blocking::{Blocking, DownloadReader};
pub use bodies::Bodies;
pub use body::TransportBody;
pub use boxed::{BoxFuture, MaybeSend};
pub use bytes::Bytes;
pub use check::{Check, Place};
pub use client::{Client, ClientBuilder};
pub use credential::{
    Credential, CredentialProvider, OPEN, Scheme, SecretFuture, SecretSpot, SecretString, Security,
};
pub use decimal::{Decimal, NotANumber};
pub use decode::{JsonFault, from_slice};
pub use download::Download;
pub use encode::to_vec;
pub use error::{Call, DecodeError, Error};
pub use escape::ListStyle;
pub use events::{Event, Events, JsonEvents, TextEvents};
pub use field::Field;
pub use fill::{Fill, Missing};
pub use form::FormStyle;
pub use format::{Base64, Date, DateTime, NotBase64, Secret, Time, Uuid};
pub use hook::{Attempt, AttemptOutcome, AttemptRequest, Hook};
pub use limit::RateLimit;
pub use lines::{JsonLines, Lines};
pub use multipart::{File, PartKind};
pub use oauth::OAuth;
pub use oauth_error::OAuthError;
pub use page::{Items, Pages};
pub use paging::Paging;
pub use reader::Reader;
#[cfg(feature = "recorder")]
pub use recorder::Recorder;
pub use replies::Replies;
pub use request::Request;
pub use retry::Retry;
pub use send::Sending;
pub use serde_json::Value;
pub use style::{Spot, Style};
pub use transport::{
    HttpClient, Method, StatusCode, Transport, TransportError, TransportFuture, TransportRequest,
    TransportResponse, Url, header,
};
pub use typed_header::Header;
pub use upload::Upload;

/// A JSON object whose members all have values of one type, sorted by name.
pub type Map<V> = std::collections::BTreeMap<String, V>;
