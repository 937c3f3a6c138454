//! Bodies: what is sent and what is answered, by media type and status.

use super::docs;
use super::draft::{Place, Role, Side};
use super::parameter::node;
use super::schema::{Cx, wire_slot};
use super::union::unknown_candidates;
use super::view::Node;
use crate::ir::{Answer, Body, Branch, Content, Failure, Part, Shape, Slot, Type};
use crate::read;
use indexmap::IndexMap;
use openapiv3::{MediaType, StatusCode};

/// The media type to use, and how: JSON where there is a choice.
fn preferred(content: &IndexMap<String, MediaType>) -> Option<(&str, &MediaType, Media)> {
    let found = content
        .iter()
        .map(|(name, media)| (name.as_str(), media, kind_of(name)));
    found.min_by_key(|(_, _, kind)| *kind)
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Media {
    Json,
    Form,
    Multipart,
    Text,
    Bytes,
}

fn kind_of(media_type: &str) -> Media {
    let essence = media_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    if essence == "application/json"
        || essence == "*/*"
        || essence.ends_with("+json")
        || essence == "text/json"
    {
        Media::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Media::Form
    } else if essence == "multipart/form-data" {
        Media::Multipart
    } else if essence.starts_with("text/")
        || essence == "application/xml"
        || essence.ends_with("+xml")
    {
        Media::Text
    } else {
        Media::Bytes
    }
}

/// What an operation sends.
pub fn body(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Option<Body<Slot>> {
    let site = operation.body.as_ref()?;
    let (media_type, media, kind) = preferred(&site.item.content)?;
    let node = media.schema.as_ref().and_then(|schema| node(cx, schema));
    if node.as_ref().is_some_and(Node::only_null) {
        return None;
    }
    let content = match kind {
        Media::Json | Media::Form | Media::Multipart => {
            let ty = match &node {
                Some(node) => root(cx, node, place, Role::Body),
                None => Type::Json,
            };
            match kind {
                Media::Form => Content::Form(ty),
                Media::Multipart => Content::Multipart {
                    ty,
                    types: part_types(media),
                },
                _ => Content::Json {
                    ty,
                    media_type: own_media_type(media_type),
                },
            }
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
    let candidates =
        ["body", "request body", "content"].map(|text| vec![Part::Text(text.to_owned())]);
    Some(Body {
        name: Slot {
            place: site.at.clone(),
            candidates: candidates.into(),
        },
        content,
        required: site.item.required,
        doc: docs::lines(site.item.description.as_deref().unwrap_or_default()),
    })
}

/// A media type of JSON that is more than that; a range is for nobody to send.
fn own_media_type(media_type: &str) -> Option<String> {
    let plain = media_type.starts_with("application/json") || media_type.contains('*');
    (!plain).then(|| media_type.to_owned())
}

/// The media types that the document gives to parts; of several the first.
fn part_types(media: &MediaType) -> Vec<(String, String)> {
    let types = media.encoding.iter().filter_map(|(part, encoding)| {
        let first = encoding.content_type.as_deref()?.split(',').next()?.trim();
        // A range or nothing is for the caller to say.
        (!first.is_empty() && !first.contains('*')).then(|| (part.clone(), first.to_owned()))
    });
    types.collect()
}

/// The type of a whole body.
fn root<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, place: &Place, role: Role) -> Type {
    let place = Place {
        at: node.at.clone(),
        owner: place.owner.clone(),
        path: Vec::new(),
    };
    let side = if role == Role::Body {
        Side::Request
    } else {
        Side::Response
    };
    let used = cx.use_of(node, &place, side);
    cx.mark_root(&used.ty, &node.at, role);
    if used.nullable && used.ty != Type::Json {
        Type::Nullable(Box::new(used.ty))
    } else {
        used.ty
    }
}

/// What one answer has.
fn content_of(
    cx: &mut Cx,
    response: &read::Site<openapiv3::Response>,
    place: &Place,
    role: Role,
) -> Answer {
    let Some((_, media, kind)) = preferred(&response.item.content) else {
        return Answer::Empty;
    };
    match kind {
        Media::Json => match media.schema.as_ref().and_then(|schema| node(cx, schema)) {
            Some(node) if node.only_null() => Answer::Empty,
            Some(node) => Answer::Json(root(cx, &node, place, role)),
            None => Answer::Json(Type::Json),
        },
        Media::Text | Media::Form | Media::Multipart => Answer::Text,
        Media::Bytes => Answer::Bytes,
    }
}

/// What an operation answers when all is well.
pub fn answer(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Answer {
    let success = |status: &Option<StatusCode>| match status {
        Some(StatusCode::Code(code)) => (200..300).contains(code),
        Some(StatusCode::Range(range)) => *range == 2,
        None => false,
    };
    let mut responses: Vec<_> = operation
        .responses
        .iter()
        .filter(|(status, _)| success(status))
        .collect();
    if responses.is_empty() {
        responses = operation
            .responses
            .iter()
            .filter(|(status, _)| status.is_none())
            .collect();
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
        let answer = if empty {
            Answer::Empty
        } else {
            content_of(cx, response, place, Role::Answer)
        };
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
    let types: Vec<&Type> = answers
        .iter()
        .filter_map(|answer| match answer {
            Answer::Json(ty) => Some(ty),
            Answer::Empty | Answer::Text | Answer::Bytes => None,
        })
        .collect();
    let ty = match types.as_slice() {
        [] => {
            return answers
                .into_iter()
                .find(|answer| *answer != Answer::Empty)
                .unwrap_or(Answer::Empty);
        }
        [only] => (*only).clone(),
        several => {
            let branches = several.iter().enumerate().map(|(index, ty)| Branch {
                name: wire_slot(
                    &place.at.key("responses").index(index),
                    &format!("answer {}", index + 1),
                ),
                ty: (*ty).clone(),
                tags: Vec::new(),
                doc: Vec::new(),
            });
            let unknown = Slot {
                place: place.at.clone(),
                candidates: unknown_candidates(),
            };
            let shape = Shape::Union {
                tag: None,
                branches: branches.collect(),
                unknown,
            };
            cx.declare_answer(shape, place)
        }
    };
    Answer::Json(if optional {
        Type::Nullable(Box::new(ty))
    } else {
        ty
    })
}

/// What an operation answers otherwise.
pub fn failures(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Failure> {
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
        failures.push(Failure {
            status,
            ty,
            doc: docs::first_line(&response.item.description),
        });
    }
    failures
}
