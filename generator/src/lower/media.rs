//! Media types: what kind of body they stand for, and what they are called.

use crate::ir::Type;
use crate::report::Report;
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::MediaType;

pub use crate::read::essence;

/// What kind of body a media type stands for; of several the first is preferred.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// JSON.
    Json,
    /// A form in the URL's encoding.
    Form,
    /// A form of parts.
    Multipart,
    /// JSON, a value in each line.
    Lines,
    /// Text.
    Text,
    /// Anything.
    Bytes,
    /// Server-sent events.
    Events,
}

/// A declared media type.
#[derive(Clone, Copy)]
pub struct Declared<'c> {
    /// As it stands in the document.
    pub key: &'c str,
    /// The media type that this means.
    pub name: &'c str,
    /// Its kind.
    pub kind: Kind,
    /// What is declared of it.
    pub media: &'c MediaType,
}

/// The media types of a body or an answer, in the document's order.
pub fn all<'c>(
    content: &'c IndexMap<String, MediaType>,
    at: &Pointer,
    report: &mut Report,
) -> Vec<Declared<'c>> {
    let mut all = Vec::new();
    for (key, media) in content {
        let name = meant(key);
        if !key.contains('/') {
            let help = match name {
                Some(name) => format!("it is taken for `{name}`"),
                None => "it is left out".to_owned(),
            };
            let at = at.key("content").key(key);
            let message = format!("`{key}` is no media type");
            report.warning("no-media-type", &at, message, help);
        }
        all.extend(name.map(|name| Declared {
            key,
            name,
            kind: kind(name),
            media,
        }));
    }
    all
}

/// What is written instead of media types, and what it means.
const HALVES: [(&str, &str); 6] = [
    ("form-data", "multipart/form-data"),
    ("json", "application/json"),
    ("octet-stream", "application/octet-stream"),
    ("plain", "text/plain"),
    ("x-www-form-urlencoded", "application/x-www-form-urlencoded"),
    ("xml", "application/xml"),
];

/// The media type that a key of `content` means, if it means one.
fn meant(key: &str) -> Option<&str> {
    if key.contains('/') {
        return Some(key);
    }
    let half = |(half, _): &&(&str, &str)| half.eq_ignore_ascii_case(key.trim());
    HALVES.iter().find(half).map(|(_, whole)| *whole)
}

/// The kind of body that a media type stands for.
pub fn kind(media: &str) -> Kind {
    let essence = essence(media);
    match essence.as_str() {
        "application/json" | "text/json" | "application/x-json" | "text/x-json" | "*/*"
        | "application/*" => Kind::Json,
        "application/x-www-form-urlencoded" => Kind::Form,
        "multipart/form-data" => Kind::Multipart,
        "application/x-ndjson"
        | "application/ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/jsonlines"
        | "application/x-jsonlines"
        | "application/json-lines"
        | "application/json-seq"
        | "application/x-json-stream"
        | "application/stream+json"
        | "text/ndjson"
        | "text/x-ndjson" => Kind::Lines,
        "text/event-stream" => Kind::Events,
        other if other.ends_with("+json-seq") => Kind::Lines,
        other if other.ends_with("+json") || other.starts_with("application/json+") => Kind::Json,
        other if is_xml(other) || is_text(other) => Kind::Text,
        _ => Kind::Bytes,
    }
}

/// Whether it is XML.
pub fn is_xml(media: &str) -> bool {
    let essence = essence(media);
    essence == "application/xml" || essence == "text/xml" || essence.ends_with("+xml")
}

fn is_text(essence: &str) -> bool {
    let texts = ["yaml", "x-yaml", "toml", "javascript", "graphql", "sql"];
    essence.starts_with("text/")
        || essence.ends_with("+yaml")
        || essence
            .strip_prefix("application/")
            .is_some_and(|subtype| texts.contains(&subtype))
}

/// Whether a media type is what JSON has when nothing is said.
pub fn is_plain_json(media: &str) -> bool {
    ["application/json", "*/*", "application/*"].contains(&essence(media).as_str())
}

/// What tells a media type from others: `application/scim+json` is `scim`, `text/x-markdown` is
/// `text x markdown`.
pub fn words(media: &str) -> String {
    let essence = essence(media);
    let (class, subtype) = essence.split_once('/').unwrap_or(("", &essence));
    let subtype = subtype.strip_prefix("vnd.").unwrap_or(subtype);
    let short = subtype.strip_suffix("+json").unwrap_or(subtype);
    if class == "application" {
        short.to_owned()
    } else {
        format!("{class} {short}")
    }
}

/// What a body in a media type is called among others.
pub fn name(media: &str) -> String {
    match kind(media) {
        Kind::Form => "form".to_owned(),
        Kind::Multipart => "multipart".to_owned(),
        Kind::Json | Kind::Lines | Kind::Text | Kind::Bytes | Kind::Events => words(media),
    }
}

/// The `Accept` header that asks for these, the first of them first; `None` for plain JSON.
pub fn accept(media: &[String]) -> Option<String> {
    let mut wanted: Vec<String> = Vec::new();
    for media in media {
        let media = without_charset(media);
        if !media.starts_with("*/") && !wanted.contains(&media) {
            wanted.push(media);
        }
    }
    if wanted.iter().all(|media| media == "application/json") {
        return None;
    }
    // What is declared is not all that servers know.
    let last = (!wanted.iter().any(|media| kind(media) == Kind::Json)).then(|| "*/*".to_owned());
    let count = wanted.len();
    let weighed = wanted.into_iter().chain(last).enumerate();
    let weighed = weighed.map(|(index, media)| match index {
        0 => media,
        index if index == count => format!("{media};q=0.1"),
        index => format!("{media};q=0.{}", 10 - index.min(8)),
    });
    Some(weighed.collect::<Vec<_>>().join(", "))
}

/// A media type as a header has it.
fn without_charset(media: &str) -> String {
    let visible = |c: &char| c.is_ascii_graphic() || *c == ' ';
    let media: String = media.chars().filter(visible).collect();
    let parameters = media.split(';').skip(1).map(str::trim);
    let parameters = parameters.filter(|parameter| !parameter.is_empty());
    let kept =
        parameters.filter(|parameter| !parameter.to_ascii_lowercase().starts_with("charset"));
    std::iter::once(essence(&media))
        .chain(kept.map(str::to_owned))
        .collect::<Vec<_>>()
        .join(";")
}

/// The media types that the document gives to parts; of several the first.
pub fn of_parts(media: &MediaType) -> Vec<(String, String)> {
    let types = media.encoding.iter().filter_map(|(part, encoding)| {
        let first = encoding.content_type.as_deref()?.split(',').next()?.trim();
        // A range or nothing is for the caller to say.
        (!first.is_empty() && !first.contains('*')).then(|| (part.clone(), first.to_owned()))
    });
    types.collect()
}

/// A type that may be `null` as a whole.
pub fn nullable(ty: Type) -> Type {
    match ty {
        Type::Nullable(_) | Type::Json => ty,
        ty => Type::Nullable(Box::new(ty)),
    }
}
