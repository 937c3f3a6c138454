//! What the documentation of a function says.

use crate::emit::{code, headers};
use crate::ir::{Api, Framing, Name, Offer, Operation, Payload, Reply, Type};

pub fn docs(api: &Api<Name>, operation: &Operation<Name>, example: Vec<String>) -> Vec<String> {
    let mut lines = operation.doc.clone();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let address = format!("{} {}", operation.method, operation.path);
    lines.push(if operation.id == address {
        code(&address)
    } else {
        format!("{} ({})", code(&address), code(&operation.id))
    });
    if let Some(server) = &operation.server {
        lines.push(String::new());
        lines.push(format!(
            "Goes to {}, unless [`ClientBuilder::server`](crate::ClientBuilder::server) says otherwise.",
            code(server)
        ));
    }
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let described: Vec<String> = required
        .filter(|parameter| !parameter.doc.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.name.ident, flat(&parameter.doc)))
        .collect();
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    lines.extend(offer(api, &operation.offer));
    // A fence ends what is before it; an empty line for each function would be many.
    lines.extend(example);
    let failures = match operation.failure {
        Some(id) => vec![body_text(api, &Type::Named(id))],
        None => failures(api, &operation.failures),
    };
    if !failures.is_empty() {
        lines.push(String::new());
        lines.push("# Errors".to_owned());
        lines.extend(failures);
    }
    lines
}

/// What a caller may get besides the body.
fn offer(api: &Api<Name>, offer: &Offer) -> Vec<String> {
    let list = |names: &[String]| {
        let names = names
            .iter()
            .map(|name| format!("`{}`", name.replace('`', "'")));
        names.collect::<Vec<_>>().join(", ")
    };
    let mut lines = Vec::new();
    if !offer.headers.is_empty() {
        lines.push(String::new());
        let links = offer.headers.iter().map(|wire| headers::link(api, wire));
        let links: Vec<String> = links.collect();
        lines.push(format!("Answers with the headers {}.", links.join(", ")));
    }
    if !offer.others.is_empty() {
        lines.push(String::new());
        lines.push(format!(
            "Also there as {}, by `send_as`.",
            list(&offer.others)
        ));
    }
    if let Some(stream) = &offer.stream {
        let by = match stream.framing {
            Framing::Lines => "lines",
            Framing::Events => "events",
        };
        let media = list(std::slice::from_ref(&stream.media));
        lines.push(String::new());
        lines.push(format!("Also there as a stream in {media}, by `{by}`."));
    }
    lines
}

fn flat(lines: &[String]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

/// The declared failures, those with the same body in a line.
fn failures(api: &Api<Name>, failures: &[Reply]) -> Vec<String> {
    let mut by_body: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for failure in failures {
        let body = match &failure.payload {
            Payload::Json(of) => Some(body_text(api, of)),
            Payload::Text => Some("text".to_owned()),
            Payload::Bytes => Some("bytes".to_owned()),
            Payload::Empty => None,
        };
        let status = format!("`{}`", failure.status);
        match by_body.iter_mut().find(|(known, _)| *known == body) {
            Some((_, statuses)) => statuses.push(status),
            None => by_body.push((body, vec![status])),
        }
    }
    let lines = by_body.into_iter();
    lines
        .map(|(body, statuses)| match body {
            Some(body) => format!("- {}: {body}", statuses.join(", ")),
            None => format!("- {}", statuses.join(", ")),
        })
        .collect()
}

fn body_text(api: &Api<Name>, of: &Type) -> String {
    match of {
        Type::Named(id) => {
            let name = &api.types[id.0].name.ident;
            format!("[`{name}`](crate::models::{name})")
        }
        Type::List(of) => format!("a list of {}", body_text(api, of)),
        Type::Nullable(of) | Type::Boxed(of) => body_text(api, of),
        Type::Map(_) => "an object".to_owned(),
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Tuple(_)
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => "JSON".to_owned(),
    }
}
