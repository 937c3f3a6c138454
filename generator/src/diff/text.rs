//! How types and values are called in the words of a change: as the generated crate has them, without the
//! paths of its modules. May not compare anything.

use crate::ir::{
    Answer, Api, Content, Format, Framing, Integer, Name, Payload, Presence, Stream, Type,
};
use crate::unseen;

/// A type in use: `Vec<models::Lead>`.
pub fn ty(api: &Api<Name>, of: &Type) -> String {
    let inner = |of: &Type| ty(api, of);
    match of {
        Type::Bool => "bool".to_owned(),
        Type::Integer(Integer::I32) => "i32".to_owned(),
        Type::Integer(Integer::I64) => "i64".to_owned(),
        Type::Integer(Integer::U32) => "u32".to_owned(),
        Type::Integer(Integer::U64) => "u64".to_owned(),
        Type::Number => "f64".to_owned(),
        Type::Decimal => "Decimal".to_owned(),
        Type::Text => "String".to_owned(),
        Type::Format(Format::Uuid) => "Uuid".to_owned(),
        Type::Format(Format::DateTime) => "DateTime".to_owned(),
        Type::Format(Format::Date) => "Date".to_owned(),
        Type::Format(Format::Time) => "Time".to_owned(),
        Type::Format(Format::Base64) => "Base64".to_owned(),
        Type::Format(Format::Secret) => "Secret".to_owned(),
        Type::File => "File".to_owned(),
        Type::Json => "Value".to_owned(),
        Type::Map(value) => format!("Map<{}>", inner(value)),
        Type::List(element) => format!("Vec<{}>", inner(element)),
        Type::Tuple(elements) => {
            let elements: Vec<String> = elements.iter().map(inner).collect();
            format!("({})", elements.join(", "))
        }
        Type::Nullable(of) => format!("Option<{}>", inner(of)),
        Type::Boxed(of) => format!("Box<{}>", inner(of)),
        Type::Named(id) => match api.types.get(id.0) {
            Some(decl) => format!("models::{}", decl.name.ident),
            None => "?".to_owned(),
        },
    }
}

/// The type of a field.
pub fn field(api: &Api<Name>, presence: Presence, of: &Type) -> String {
    let of = ty(api, of);
    match presence {
        Presence::Required => of,
        Presence::Nullable | Presence::Optional => format!("Option<{of}>"),
        Presence::Patch => format!("Field<{of}>"),
    }
}

/// What a body is: `a form of models::Lead`.
pub fn content(api: &Api<Name>, of: &Content) -> String {
    match of {
        Content::Json { ty: of, media_type } => {
            let media = media_type.as_deref().unwrap_or("JSON");
            format!("{} as {}", ty(api, of), plain(media))
        }
        Content::Form { ty: of, .. } => format!("{} as a form", ty(api, of)),
        Content::Multipart { ty: of, .. } => format!("{} as a form of parts", ty(api, of)),
        Content::Text(media) => format!("text as {}", plain(media)),
        Content::Bytes(media) => format!("bytes as {}", plain(media)),
        Content::OneOf(of) => ty(api, of),
    }
}

/// What awaiting a call gives.
pub fn answer(api: &Api<Name>, of: &Answer) -> String {
    match of {
        Answer::One(of) => payload(api, of),
        Answer::OneOf(id) => ty(api, &Type::Named(*id)),
        Answer::Stream(of) => stream(api, of),
    }
}

/// The body of an answer.
pub fn payload(api: &Api<Name>, of: &Payload) -> String {
    match of {
        Payload::Empty => "()".to_owned(),
        Payload::Json(of) => ty(api, of),
        Payload::Text => "String".to_owned(),
        Payload::Bytes => "Bytes".to_owned(),
    }
}

/// A stream of values.
pub fn stream(api: &Api<Name>, of: &Stream) -> String {
    let item = of.item.as_ref().map(|item| ty(api, item));
    let item = item.unwrap_or_else(|| "String".to_owned());
    match of.framing {
        Framing::Lines => format!("JsonLines<{item}>"),
        Framing::Events => format!("Events<{item}>"),
    }
}

/// A text of the document or an identifier as code.
pub fn code(text: &str) -> String {
    format!("`{}`", plain(text))
}

/// Several of them.
pub fn codes<'t>(texts: impl IntoIterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.into_iter().map(code).collect();
    texts.join(", ")
}

/// A text of the document that stays within its line and its backticks.
pub fn plain(text: &str) -> String {
    unseen::plain(text).replace('`', "'")
}

/// Only letters and digits, in lower case: what names have in common that are spelled otherwise.
pub fn bare(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
