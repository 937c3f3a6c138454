//! A recorded answer against what its operation declares: status, media type, body.
//!
//! May not look into a body: `compare` does.

use openapiv3::{MediaType, ReferenceOr, Response, StatusCode};
use serde_json::Value;

use super::compare::{self, Difference};
use super::context::Context;
use super::tally::{Met, Tally};
use super::{Body, Kind, Place, Recorded, mask};
use crate::lower::media::{self, Kind as MediaKind};
use crate::read::{Operation, Site};
use crate::source::Pointer;

/// Compares an answer and counts what is found.
pub fn compare(
    cx: &Context<'_>,
    index: usize,
    recorded: &Recorded,
    place: Place,
    tally: &mut Tally,
) {
    let Some(operation) = cx.document.operations.get(index) else {
        return;
    };
    let met = Met {
        operation: index,
        status: recorded.status,
        place,
    };
    tally.begin(&met);
    let Some(site) = declared(operation, recorded.status) else {
        let at = operation.at.key("responses");
        let mut found = whole(Kind::Status, at, recorded);
        found.member = Some(recorded.status.to_string());
        tally.add(&met, &found);
        tally.body(&found, recorded);
        tally.fit(&found, fit(cx, operation, recorded));
        return;
    };
    // Whatever is declared, nothing comes.
    if operation.method.eq_ignore_ascii_case("HEAD") || recorded.status == 304 {
        return;
    }
    content(cx, site, recorded, &met, tally);
}

/// A difference of an answer as a whole.
fn whole(kind: Kind, at: Pointer, recorded: &Recorded) -> Difference<'_> {
    Difference {
        kind,
        at,
        path: "$".to_owned(),
        member: None,
        value: match &recorded.body {
            Body::Json(value) => Some(value),
            Body::Unknown | Body::Empty | Body::Text | Body::Bytes => None,
        },
        beside: false,
        told: false,
    }
}

/// What is declared of a status: by itself, by its class, or by default.
fn declared(operation: &Operation, status: u16) -> Option<&Site<Response>> {
    let wanted = [
        Some(StatusCode::Code(status)),
        Some(StatusCode::Range(status / 100)),
        None,
    ];
    let find = |wanted: &Option<StatusCode>| {
        let mut responses = operation.responses.iter();
        responses.find(|(declared, _)| declared == wanted)
    };
    wanted.iter().find_map(find).map(|(_, site)| site)
}

/// The place of the first answer of the same class that a body fits without a difference.
fn fit(cx: &Context<'_>, operation: &Operation, recorded: &Recorded) -> Option<Pointer> {
    let class = |status: &Option<StatusCode>| match status {
        Some(StatusCode::Code(code)) => code / 100 == recorded.status / 100,
        Some(StatusCode::Range(class)) => *class == recorded.status / 100,
        None => false,
    };
    let Body::Json(value) = &recorded.body else {
        return None;
    };
    let responses = operation.responses.iter();
    let mut schemas = responses
        .filter(|(status, _)| class(status))
        .filter_map(|(_, site)| {
            let json = |(name, _): &(&String, &MediaType)| media::kind(name) == MediaKind::Json;
            let (_, media) = site.item.content.iter().find(json)?;
            schema(media)
        });
    schemas.find(|schema| compare::body(cx, schema, value).is_empty())
}

fn schema(media: &MediaType) -> Option<Pointer> {
    match media.schema.as_ref()? {
        ReferenceOr::Reference { reference } => Pointer::parse(reference),
        ReferenceOr::Item(_) => None,
    }
}

fn content(
    cx: &Context<'_>,
    site: &Site<Response>,
    recorded: &Recorded,
    met: &Met,
    tally: &mut Tally,
) {
    let content = &site.item.content;
    let is_empty = recorded.body == Body::Empty;
    if !is_empty && recorded.body != Body::Unknown {
        tally.had_body(&site.at);
    }
    match (content.is_empty(), is_empty) {
        (true, true) => return,
        (true, false) if recorded.body == Body::Unknown => return,
        (true, false) => {
            let found = whole(Kind::Body, site.at.clone(), recorded);
            tally.add(met, &found);
            return tally.body(&found, recorded);
        }
        (false, true) => {
            let may_be_null = |media: &MediaType| {
                let schema = schema(media);
                let schema = schema.and_then(|at| cx.document.get(&at));
                schema.is_some_and(|schema| schema.get("type") == Some(&Value::from("null")))
            };
            if !content.values().any(may_be_null) {
                tally.add(met, &whole(Kind::NoBody, site.at.clone(), recorded));
            }
            return;
        }
        (false, false) => {}
    }
    let Some((name, declared)) = media_type(site, recorded) else {
        let mut found = whole(Kind::Media, site.at.clone(), recorded);
        let media = recorded.media.as_ref();
        found.member = media.filter(|media| mask::is_media(media)).cloned();
        if media.is_some() {
            tally.add(met, &found);
            tally.body(&found, recorded);
        }
        return;
    };
    match (media::kind(name), &recorded.body) {
        (MediaKind::Lines | MediaKind::Events, _) => tally.stream(),
        (MediaKind::Json, Body::Json(value)) => {
            let differences = schema(declared).map(|at| compare::body(cx, &at, value));
            for found in differences.into_iter().flatten() {
                tally.add(met, &found);
            }
        }
        (MediaKind::Json, Body::Text | Body::Bytes) => {
            tally.add(met, &whole(Kind::NotJson, site.at.clone(), recorded));
        }
        _ => {}
    }
}

/// The declared media type that a body is of: itself, a range, or JSON where the recording does not
/// name one.
fn media_type<'s>(
    site: &'s Site<Response>,
    recorded: &Recorded,
) -> Option<(&'s String, &'s MediaType)> {
    let mut content = site.item.content.iter();
    let Some(wanted) = &recorded.media else {
        return match recorded.body {
            Body::Json(_) => content.find(|(name, _)| media::kind(name) == MediaKind::Json),
            _ => content.next(),
        };
    };
    let is = |range: &str| {
        let class = wanted.split('/').next().unwrap_or_default();
        range == wanted || range == "*/*" || range.strip_suffix("/*") == Some(class)
    };
    let exact = content.find(|(name, _)| media::essence(name) == *wanted);
    exact.or_else(|| {
        let mut content = site.item.content.iter();
        content.find(|(name, _)| is(&media::essence(name)))
    })
}
