//! An operation: its function, its call with method, path and answer, the setters of the call.

use super::types::kind;
use super::{quoted, short};
use crate::emit::bodies::held;
use crate::emit::{ident, plain};
use crate::ir::{
    Answer, Api, Framing, Group, Location, Name, Operation, Parameter, Payload, Spot, Stream, Type,
};

/// The lines of an operation.
pub fn lines(api: &Api<Name>, group: &Group<Name>, operation: &Operation<Name>) -> Vec<String> {
    let call = ident(&operation.call).to_string();
    let mut lines = vec![
        function(api, group, operation, &call),
        format!(
            "call {call} -> {}: {} {}{}",
            answer(api, &operation.answer),
            operation.method,
            plain(&operation.path),
            beside(api, operation)
        ),
    ];
    let optional = operation.parameters.iter().filter(|it| is_setter(it));
    lines.extend(optional.map(|it| {
        let (name, of, spot) = (ident(&it.name), argument(api, it), place(it.location));
        format!("{call}.{name}({of}): {spot} {}", quoted(&it.wire))
    }));
    let body = operation.body.as_ref().filter(|body| !body.required);
    lines.extend(body.map(|body| {
        let of = super::text(&held(api, &body.content));
        let (name, kind) = (ident(&body.name), kind(&body.content));
        format!("{call}.{name}({of}): {kind}")
    }));
    lines
}

/// For example `fn LeadApi::patch(id: String, body: PatchLeadRequest) -> PatchLead`.
fn function(
    api: &Api<Name>,
    group: &Group<Name>,
    operation: &Operation<Name>,
    call: &str,
) -> String {
    let required = operation.parameters.iter().filter(|it| it.required);
    let required = required.map(|it| format!("{}: {}", ident(&it.name), argument(api, it)));
    let body = operation.body.as_ref().filter(|body| body.required);
    let body = body.map(|body| {
        let of = super::text(&held(api, &body.content));
        format!("{}: {of}", ident(&body.name))
    });
    let arguments: Vec<String> = required.chain(body).collect();
    let (handle, name) = (ident(&group.handle), ident(&operation.name));
    let deprecated = if operation.deprecated {
        " deprecated"
    } else {
        ""
    };
    format!(
        "fn {handle}::{name}({}) -> {call}{deprecated}",
        arguments.join(", ")
    )
}

fn is_setter(parameter: &Parameter<Name>) -> bool {
    !parameter.required && parameter.location != Location::Path
}

fn argument(api: &Api<Name>, parameter: &Parameter<Name>) -> String {
    let of = short(api, &parameter.ty);
    match parameter.location {
        Location::QueryList(_) => format!("[{of}]"),
        Location::Path
        | Location::Query
        | Location::QueryJson
        | Location::Header
        | Location::Styled { .. } => of,
    }
}

fn place(location: Location) -> &'static str {
    match location {
        Location::Path
        | Location::Styled {
            spot: Spot::Path, ..
        } => "path",
        Location::Header
        | Location::Styled {
            spot: Spot::Header, ..
        } => "header",
        Location::Styled {
            spot: Spot::Cookie, ..
        } => "cookie",
        Location::Query
        | Location::QueryList(_)
        | Location::QueryJson
        | Location::Styled {
            spot: Spot::Query, ..
        } => "query",
    }
}

fn answer(api: &Api<Name>, answer: &Answer) -> String {
    match answer {
        Answer::One(Payload::Json(of)) => short(api, of),
        Answer::One(Payload::Text) => "String".to_owned(),
        Answer::One(Payload::Bytes) => "Bytes".to_owned(),
        Answer::One(Payload::Empty) => "()".to_owned(),
        Answer::OneOf(id) => short(api, &Type::Named(*id)),
        Answer::Stream(stream) => streamed(api, stream),
    }
}

fn streamed(api: &Api<Name>, stream: &Stream) -> String {
    let of = stream.item.as_ref().map(|item| short(api, item));
    let of = of.unwrap_or_else(|| "String".to_owned());
    match stream.framing {
        Framing::Lines => format!("JsonLines<{of}>"),
        Framing::Events => format!("Events<{of}>"),
    }
}

/// What a call has beside its answer.
fn beside(api: &Api<Name>, operation: &Operation<Name>) -> String {
    let mut facts = Vec::new();
    facts.extend(
        operation
            .paging
            .as_ref()
            .map(|paging| format!("pages of {}", short(api, &paging.item))),
    );
    let stream = operation.offer.stream.as_ref();
    facts.extend(stream.map(|stream| format!("also {}", streamed(api, stream))));
    let others = operation.offer.others.iter();
    facts.extend(others.map(|media| format!("also {}", quoted(media))));
    facts.extend(
        operation
            .failure
            .map(|id| format!("fails with {}", short(api, &Type::Named(id)))),
    );
    facts.extend(operation.security.as_ref().map(|lists| {
        let name = |position: &usize| ident(&api.schemes[*position].name).to_string();
        let list = |list: &Vec<usize>| match list.is_empty() {
            true => "nothing".to_owned(),
            false => list.iter().map(name).collect::<Vec<_>>().join(" + "),
        };
        match lists.iter().map(list).collect::<Vec<_>>().join(" or ") {
            shown if shown.is_empty() => "shows nothing".to_owned(),
            shown => format!("shows {shown}"),
        }
    }));
    facts.extend(
        operation
            .server
            .as_ref()
            .map(|url| format!("at {}", quoted(url))),
    );
    facts.into_iter().map(|fact| format!("; {fact}")).collect()
}
