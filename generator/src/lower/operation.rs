//! Operations: parameters, bodies, answers, failures.

use super::docs;
use super::schema::{Cx, Owner, Place, Role, Side, Use, wire_slot};
use super::view::Node;
use crate::ir::{
    Answer, Body, Branch, Content, Credential, Failure, Group, ListStyle, Location, Need, Operation, Parameter, Part,
    Shape, Slot, Type, TypeId,
};
use crate::read;
use crate::source::Pointer;
use indexmap::IndexMap;
use openapiv3::{MediaType, ParameterSchemaOrContent, QueryStyle, ReferenceOr, StatusCode};
use std::collections::BTreeMap;

/// Lowers every operation; one group per tag, in the order of the document's tags.
pub fn groups(cx: &mut Cx) -> Vec<Group<Slot>> {
    let document = cx.document;
    let mut groups: IndexMap<String, Vec<Operation<Slot>>> =
        document.tags.iter().map(|tag| (tag.name.clone(), Vec::new())).collect();
    for operation in &document.operations {
        let tag = operation.item.tags.first().cloned().unwrap_or_else(|| "api".to_owned());
        let lowered = lower(cx, operation, &tag);
        groups.entry(tag).or_default().push(lowered);
    }
    groups.retain(|_, operations| !operations.is_empty());
    let groups = groups.into_iter().enumerate();
    groups
        .map(|(index, (tag, operations))| {
            let declared = document.tags.iter().position(|declared| declared.name == tag);
            let place = Pointer::root().key("tags").index(declared.unwrap_or(document.tags.len() + index));
            let description = declared.and_then(|index| document.tags[index].description.as_deref());
            Group {
                name: wire_slot(&place, &tag),
                handle: Slot {
                    place: place.clone(),
                    candidates: vec![vec![Part::Text(tag.clone()), Part::Text("api".to_owned())]],
                },
                doc: docs::lines(description.unwrap_or_default()),
                tag,
                operations,
            }
        })
        .collect()
}

/// An operation's declared id, if it says something.
fn declared_id(operation: &read::Operation) -> Option<&str> {
    operation.item.operation_id.as_deref().filter(|id| !id.trim().is_empty())
}

/// The text an operation is named by that has no id: `get lamps by lamp_id`.
fn words_of(operation: &read::Operation) -> String {
    let steps = operation.path.split('/').filter(|step| !step.is_empty());
    let steps = steps.map(|step| step.replace('{', " by ").replace('}', " "));
    let words: Vec<String> = std::iter::once(operation.method.to_lowercase()).chain(steps).collect();
    words.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn lower(cx: &mut Cx, operation: &read::Operation, tag: &str) -> Operation<Slot> {
    let item = &operation.item;
    let declared = declared_id(operation);
    if declared.is_none() {
        cx.report.warning(
            "no-operation-id",
            &operation.at,
            "an operation has no `operationId`",
            "it is named by its method and path; add one in an overlay, or a name under [names]",
        );
    }
    let text = declared.map_or_else(|| words_of(operation), str::to_owned);
    let owner = Owner::Operation { id: text.clone(), tag: tag.to_owned() };
    let place = Place { at: operation.at.clone(), owner, path: Vec::new() };
    let whole = vec![Part::Text(text.clone())];
    let with = |more: &[&str]| {
        let more = more.iter().map(|more| Part::Text((*more).to_owned()));
        whole.iter().cloned().chain(more).collect::<Vec<_>>()
    };
    let method = operation.method.to_lowercase();
    let longer = [whole.clone(), with(&[&method]), with(&[&method, &operation.path])];
    // What is made of method and path says nothing of the tag that could be left out.
    let within = declared.map(|_| vec![Part::Within { text, context: tag.to_owned() }]);
    let slot = |candidates: Vec<Vec<Part>>| Slot { place: operation.at.clone(), candidates };
    Operation {
        name: slot(within.into_iter().chain(longer.clone()).collect()),
        call: slot(longer.into()),
        method: operation.method.clone(),
        path: operation.path.clone(),
        doc: doc(operation),
        deprecated: item.deprecated,
        need: need(cx, operation),
        parameters: parameters(cx, operation, &place),
        body: body(cx, operation, &place),
        answer: answer(cx, operation, &place),
        paging: None,
        failures: failures(cx, operation, &place),
        id: declared.map_or_else(|| format!("{} {}", operation.method, operation.path), str::to_owned),
    }
}

fn need(cx: &Cx, operation: &read::Operation) -> Need {
    let accepted = operation.item.security.as_ref().unwrap_or(&cx.document.security);
    if accepted.is_empty() {
        Need::None
    } else if accepted.iter().any(|schemes| schemes.is_empty()) || super::credential(cx.document) == Credential::None {
        Need::Optional
    } else {
        Need::Required
    }
}

fn doc(operation: &read::Operation) -> Vec<String> {
    let item = &operation.item;
    let summary = item.summary.as_deref().unwrap_or_default().trim();
    let description = item.description.as_deref().unwrap_or_default().trim();
    let mut doc = docs::lines(summary);
    if description != summary && !description.is_empty() {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.extend(docs::lines(description));
    }
    let scopes = scopes(item);
    if !scopes.is_empty() {
        doc.push(String::new());
        let scopes: Vec<String> = scopes.iter().map(|scope| docs::code(scope)).collect();
        doc.push(format!("Needs one of the scopes {}.", scopes.join(", ")));
    }
    doc
}

/// The scopes an operation asks for, by its `security` or by `x-scopes`.
fn scopes(item: &openapiv3::Operation) -> Vec<String> {
    let declared = item.security.iter().flatten().flat_map(|schemes| schemes.values().flatten());
    let mut scopes: Vec<String> = declared.cloned().collect();
    let extension = item.extensions.get("x-scopes").and_then(|scopes| scopes.as_array());
    scopes.extend(extension.into_iter().flatten().filter_map(|scope| scope.as_str().map(str::to_owned)));
    scopes
}

fn parameters(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Parameter<Slot>> {
    let mut lowered: Vec<Parameter<Slot>> = Vec::new();
    for site in &operation.parameters {
        lowered.extend(parameter(cx, site, place));
    }
    let position = |parameter: &Parameter<Slot>| operation.path.find(&format!("{{{}}}", parameter.wire));
    lowered.sort_by_key(|parameter| match parameter.location {
        Location::Path => (0, position(parameter)),
        _ => (1, None),
    });
    lowered
}

fn parameter(
    cx: &mut Cx,
    site: &read::Site<openapiv3::Parameter>,
    place: &Place,
) -> Option<Parameter<Slot>> {
    let data = site.item.parameter_data_ref();
    let place = Place {
        at: site.at.clone(),
        owner: place.owner.clone(),
        path: vec![Part::Text(data.name.clone())],
    };
    let (used, json, schema) = parameter_type(cx, data, &place);
    let (location, ty) = location(cx, site, used.ty, json)?;
    let mut doc = docs::lines(data.description.as_deref().unwrap_or_default());
    if let Some(schema) = schema {
        let without_description = docs::of_schema(&[schema]);
        doc.extend(if doc.is_empty() {
            without_description
        } else {
            without_description.last().filter(|last| last.ends_with('.')).map(|facts| vec![String::new(), facts.clone()]).unwrap_or_default()
        });
    }
    let path = location == Location::Path;
    Some(Parameter {
        name: Slot {
            place: site.at.clone(),
            candidates: vec![
                vec![Part::Text(data.name.clone())],
                vec![Part::Text(data.name.clone()), Part::Text(in_text(location).to_owned())],
            ],
        },
        wire: data.name.clone(),
        location,
        ty,
        required: path || data.required,
        doc,
        deprecated: data.deprecated.unwrap_or(false),
    })
}

fn in_text(location: Location) -> &'static str {
    match location {
        Location::Path => "in path",
        Location::Query | Location::QueryList(_) | Location::QueryJson => "in query",
        Location::Header => "in header",
    }
}

/// A parameter's type, whether it is written as JSON, and its schema.
fn parameter_type<'d>(
    cx: &mut Cx<'d, '_>,
    data: &openapiv3::ParameterData,
    place: &Place,
) -> (Use, bool, Option<Node<'d>>) {
    let (schema, json) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (Some(schema), false),
        ParameterSchemaOrContent::Content(content) => {
            (content.first().and_then(|(_, media)| media.schema.as_ref()), true)
        }
    };
    let Some(node) = schema.and_then(|schema| node(cx, schema)) else {
        return (Use::from(Type::Text), json, None);
    };
    let used = cx.use_of(&node, place, Side::Request);
    cx.drain();
    (used, json, Some(node))
}

/// The schema that a skeleton's reference stands for.
fn node<'d, T>(cx: &Cx<'d, '_>, schema: &ReferenceOr<T>) -> Option<Node<'d>> {
    let ReferenceOr::Reference { reference } = schema else { return None };
    let at = Pointer::parse(reference)?;
    let value = cx.document.get(&at)?;
    Some(Node { value, at })
}

/// Where a parameter goes and the type it has there, or `None` for a header that is not one.
fn location(
    cx: &mut Cx,
    site: &read::Site<openapiv3::Parameter>,
    ty: Type,
    json: bool,
) -> Option<(Location, Type)> {
    let data = site.item.parameter_data_ref();
    let reported = |cx: &mut Cx, what: &str| {
        cx.report.warning(
            "parameter-as-text",
            &site.at,
            format!("the {what} parameter `{}` is more than a plain value", data.name),
            "it is typed as text, written as it is given",
        );
        Type::Text
    };
    let scalar = cx.is_scalar(&ty);
    Some(match &site.item {
        openapiv3::Parameter::Path { .. } if scalar => (Location::Path, ty),
        openapiv3::Parameter::Path { .. } => (Location::Path, reported(cx, "path")),
        openapiv3::Parameter::Header { .. } => {
            // These are the media types' and the credential's to say.
            let reserved = ["accept", "content-type", "authorization"];
            if reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
                return None;
            }
            (Location::Header, if scalar { ty } else { reported(cx, "header") })
        }
        openapiv3::Parameter::Cookie { .. } => {
            cx.report.warning(
                "cookie-parameter",
                &site.at,
                format!("the cookie parameter `{}` is left out", data.name),
                "send it as a `Cookie` header of the client or the call",
            );
            return None;
        }
        openapiv3::Parameter::Query { .. } if json => (Location::QueryJson, ty),
        openapiv3::Parameter::Query { style, .. } => match ty {
            ty if scalar => (Location::Query, ty),
            Type::List(element) if cx.is_scalar(&element) => {
                (Location::QueryList(list_style(style, data.explode)), *element)
            }
            _ => (Location::Query, reported(cx, "query")),
        },
    })
}

fn list_style(style: &QueryStyle, explode: Option<bool>) -> ListStyle {
    match (style, explode) {
        (QueryStyle::Form, Some(false)) => ListStyle::Comma,
        (QueryStyle::SpaceDelimited, Some(false) | None) => ListStyle::Space,
        (QueryStyle::PipeDelimited, Some(false) | None) => ListStyle::Pipe,
        (QueryStyle::Form | QueryStyle::DeepObject, _) | (_, Some(true)) => ListStyle::Repeat,
    }
}

/// The media type to use, and how: JSON where there is a choice.
fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType, Media)> {
    let found = content.iter().map(|(name, media)| (name.as_str(), media, kind_of(name)));
    found.min_by_key(|(_, _, kind)| *kind)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Media {
    Json,
    Form,
    Text,
    Bytes,
}

fn kind_of(media_type: &str) -> Media {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" || essence == "*/*" || essence.ends_with("+json") || essence == "text/json" {
        Media::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Media::Form
    } else if essence.starts_with("text/") || essence == "application/xml" || essence.ends_with("+xml") {
        Media::Text
    } else {
        Media::Bytes
    }
}

fn body(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Option<Body<Slot>> {
    let site = operation.body.as_ref()?;
    let (media_type, media, kind) = preferred(&site.item.content)?;
    let node = media.schema.as_ref().and_then(|schema| node(cx, schema));
    if node.as_ref().is_some_and(Node::only_null) {
        return None;
    }
    let content = match kind {
        Media::Json | Media::Form => {
            let ty = match &node {
                Some(node) => root(cx, node, place, Role::Body),
                None => Type::Json,
            };
            if kind == Media::Json { Content::Json(ty) } else { Content::Form(ty) }
        }
        Media::Text => Content::Text(media_type.to_owned()),
        Media::Bytes => {
            if media_type.starts_with("multipart/") {
                cx.report.warning(
                    "multipart-as-bytes",
                    &site.at,
                    format!("a `{media_type}` body is sent as the bytes it is given"),
                    "build it with its boundary, and give the content-type by `with_header`",
                );
            }
            Content::Bytes(media_type.to_owned())
        }
    };
    let candidates = ["body", "request body", "content"].map(|text| vec![Part::Text(text.to_owned())]);
    Some(Body {
        name: Slot { place: site.at.clone(), candidates: candidates.into() },
        content,
        required: site.item.required,
        doc: docs::lines(site.item.description.as_deref().unwrap_or_default()),
    })
}

/// The type of a whole body.
fn root<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, place: &Place, role: Role) -> Type {
    let place = Place { at: node.at.clone(), owner: place.owner.clone(), path: Vec::new() };
    let side = if role == Role::Body { Side::Request } else { Side::Response };
    let used = cx.use_of(node, &place, side);
    cx.mark_root(&used.ty, &node.at, role);
    if used.nullable && used.ty != Type::Json { Type::Nullable(Box::new(used.ty)) } else { used.ty }
}

/// What one answer has.
fn content_of(cx: &mut Cx, response: &read::Site<openapiv3::Response>, place: &Place, role: Role) -> Answer {
    let Some((_, media, kind)) = preferred(&response.item.content) else { return Answer::Empty };
    match kind {
        Media::Json => match media.schema.as_ref().and_then(|schema| node(cx, schema)) {
            Some(node) if node.only_null() => Answer::Empty,
            Some(node) => Answer::Json(root(cx, &node, place, role)),
            None => Answer::Json(Type::Json),
        },
        Media::Text | Media::Form => Answer::Text,
        Media::Bytes => Answer::Bytes,
    }
}

fn answer(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Answer {
    let success = |status: &Option<StatusCode>| match status {
        Some(StatusCode::Code(code)) => (200..300).contains(code),
        Some(StatusCode::Range(range)) => *range == 2,
        None => false,
    };
    let mut responses: Vec<_> = operation.responses.iter().filter(|(status, _)| success(status)).collect();
    if responses.is_empty() {
        responses = operation.responses.iter().filter(|(status, _)| status.is_none()).collect();
    }
    let mut answers: Vec<Answer> = Vec::new();
    for (status, response) in responses {
        let empty = matches!(status, Some(StatusCode::Code(204 | 205)));
        if empty && !response.item.content.is_empty() {
            cx.report.note(
                "content-of-no-content",
                &response.at,
                "an answer without content declares some",
                "it is typed as empty",
            );
        }
        let answer = if empty { Answer::Empty } else { content_of(cx, response, place, Role::Answer) };
        if !answers.contains(&answer) {
            answers.push(answer);
        }
    }
    combined(cx, answers, place)
}

/// One answer for several that are declared: bodies are tried in turn, no body is `None`.
fn combined(cx: &mut Cx, answers: Vec<Answer>, place: &Place) -> Answer {
    let [_, _, ..] = answers.as_slice() else {
        return answers.into_iter().next().unwrap_or(Answer::Empty);
    };
    let optional = answers.contains(&Answer::Empty);
    let types: Vec<&Type> = answers.iter().filter_map(|answer| match answer {
        Answer::Json(ty) => Some(ty),
        Answer::Empty | Answer::Text | Answer::Bytes => None,
    }).collect();
    let ty = match types.as_slice() {
        [] => return answers.into_iter().find(|answer| *answer != Answer::Empty).unwrap_or(Answer::Empty),
        [only] => (*only).clone(),
        several => {
            let branches = several.iter().enumerate().map(|(index, ty)| Branch {
                name: wire_slot(&place.at.key("responses").index(index), &format!("answer {}", index + 1)),
                ty: (*ty).clone(),
                tag: None,
                doc: Vec::new(),
            });
            let unknown = Slot { place: place.at.clone(), candidates: super::compose::unknown_candidates() };
            let shape = Shape::Union { tag: None, branches: branches.collect(), unknown };
            cx.declare_answer(shape, place)
        }
    };
    Answer::Json(if optional { Type::Nullable(Box::new(ty)) } else { ty })
}

fn failures(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Failure> {
    let mut failures = Vec::new();
    for (status, response) in &operation.responses {
        let status = match status {
            Some(StatusCode::Code(code)) if (200..300).contains(code) => continue,
            Some(StatusCode::Range(2)) => continue,
            Some(StatusCode::Code(code)) => code.to_string(),
            Some(StatusCode::Range(range)) => format!("{range}XX"),
            None => "default".to_owned(),
        };
        let ty = match content_of(cx, response, place, Role::Failure) {
            Answer::Json(ty) => Some(ty),
            Answer::Empty | Answer::Text | Answer::Bytes => None,
        };
        failures.push(Failure { status, ty, doc: docs::first_line(&response.item.description) });
    }
    failures
}

/// The body that most failures have, if there is such a one.
pub fn shared_failure(groups: &[Group<Slot>]) -> Option<TypeId> {
    let mut counts: BTreeMap<TypeId, usize> = BTreeMap::new();
    let operations = groups.iter().flat_map(|group| &group.operations);
    for failure in operations.flat_map(|operation| &operation.failures) {
        if let Some(Type::Named(id)) = &failure.ty {
            *counts.entry(*id).or_default() += 1;
        }
    }
    let total: usize = counts.values().sum();
    let (id, count) = counts.into_iter().max_by_key(|(id, count)| (*count, std::cmp::Reverse(*id)))?;
    (count > 1 && count * 2 > total).then_some(id)
}
