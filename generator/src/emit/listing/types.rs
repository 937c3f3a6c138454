//! Declared types: the type on one line, then a line per field or variant.

use super::{quoted, short};
use crate::emit::bodies::held;
use crate::emit::ident;
use crate::ir::{
    Api, BodyCase, Content, Decl, Extra, Member, Name, Outcome, Payload, Presence, Shape, Status,
    Wire,
};

/// The lines of a type.
pub fn lines(api: &Api<Name>, decl: &Decl<Name>) -> Vec<String> {
    let name = ident(&decl.name).to_string();
    match &decl.shape {
        Shape::Record { fields, extra } => record(api, decl, &name, fields, extra.as_ref()),
        Shape::Enum {
            wire,
            variants,
            unknown,
        } => {
            let of = match wire {
                Wire::Text => "String",
                Wire::Integer => "i64",
                Wire::Mixed => "Value",
            };
            let variants = variants
                .iter()
                .map(|it| format!("{name}::{} = {}", ident(&it.name), it.value));
            let unknown = format!("{name}::{}({of})", ident(unknown));
            let head = format!("enum {name}: {of}");
            std::iter::once(head)
                .chain(variants)
                .chain([unknown])
                .collect()
        }
        Shape::Union {
            tag,
            branches,
            unknown,
        } => {
            let by = tag.as_ref().map(|tag| format!(" by {}", quoted(tag)));
            let head = format!("enum {name}: union{}", by.unwrap_or_default());
            let branches = branches.iter().map(|branch| {
                let tags: Vec<String> = branch.tags.iter().map(ToString::to_string).collect();
                let tags = match tags.is_empty() {
                    true => String::new(),
                    false => format!(" = {}", tags.join(" | ")),
                };
                let of = short(api, &branch.ty);
                format!("{name}::{}({of}){tags}", ident(&branch.name))
            });
            let unknown = format!("{name}::{}(Value)", ident(unknown));
            std::iter::once(head)
                .chain(branches)
                .chain([unknown])
                .collect()
        }
        Shape::Replies(cases) => {
            let head = format!("enum {name}: answers");
            let cases = cases.iter().map(|case| outcome(api, &name, case));
            std::iter::once(head).chain(cases).collect()
        }
        Shape::Bodies(cases) => {
            let head = format!("enum {name}: bodies");
            let cases = cases.iter().map(|case| body(api, &name, case));
            std::iter::once(head).chain(cases).collect()
        }
        Shape::Alias(of) => vec![format!("type {name} = {}", short(api, of))],
    }
}

fn record(
    api: &Api<Name>,
    decl: &Decl<Name>,
    name: &str,
    fields: &[Member<Name>],
    extra: Option<&Extra<Name>>,
) -> Vec<String> {
    let mut lines = vec![format!(
        "struct {name}{}",
        if decl.sent { ": builder" } else { "" }
    )];
    lines.extend(
        fields
            .iter()
            .map(|field| member(api, name, decl.sent, field)),
    );
    lines.extend(extra.map(|extra| {
        let of = short(api, &extra.ty);
        format!("{name}.{}: Map<{of}> extra", ident(&extra.name))
    }));
    lines
}

/// For example `Lead.kind: Option<LeadKind> optional "kind-of"`.
fn member(api: &Api<Name>, of: &str, sent: bool, field: &Member<Name>) -> String {
    let ty = short(api, &field.ty);
    let (ty, presence) = match field.presence {
        Presence::Required => (ty, ""),
        Presence::Nullable => (format!("Option<{ty}>"), " nullable"),
        Presence::Optional => (format!("Option<{ty}>"), " optional"),
        Presence::Patch => (format!("Field<{ty}>"), " optional"),
    };
    let wire = match field.name.ident == field.wire {
        true => String::new(),
        false => format!(" {}", quoted(&field.wire)),
    };
    let fixed = field.fixed.as_ref().filter(|_| sent);
    let fixed = fixed.map(|value| format!(" = {value}")).unwrap_or_default();
    format!("{of}.{}: {ty}{presence}{wire}{fixed}", ident(&field.name))
}

/// For example `GetError::NotFound(ErrorBody) = 404`.
fn outcome(api: &Api<Name>, of: &str, case: &Outcome<Name>) -> String {
    let code = match case.reply.status {
        Status::Code(_) => None,
        Status::Class(_) | Status::Default => Some("StatusCode".to_owned()),
    };
    let held = match &case.reply.payload {
        Payload::Empty => None,
        Payload::Json(ty) => Some(short(api, ty)),
        Payload::Text => Some("String".to_owned()),
        Payload::Bytes => Some("Bytes".to_owned()),
    };
    let held: Vec<String> = code.into_iter().chain(held).collect();
    let held = match held.is_empty() {
        true => String::new(),
        false => format!("({})", held.join(", ")),
    };
    let media = case.reply.media.as_ref();
    let media = media.map(|media| format!(" {}", quoted(media)));
    let (name, status) = (ident(&case.name), &case.reply.status);
    format!("{of}::{name}{held} = {status}{}", media.unwrap_or_default())
}

fn body(api: &Api<Name>, of: &str, case: &BodyCase<Name>) -> String {
    let ty = super::text(&held(api, &case.content));
    let (name, media) = (ident(&case.name), quoted(&case.media));
    format!("{of}::{name}({ty}) = {} {media}", kind(&case.content))
}

/// How a body is written, in a word.
pub fn kind(content: &Content) -> &'static str {
    match content {
        Content::Json { .. } => "json",
        Content::Form { .. } => "form",
        Content::Multipart { .. } => "multipart",
        Content::Text(_) => "text",
        Content::Bytes(_) => "bytes",
        Content::OneOf(_) => "one of several",
    }
}
