//! What a call that came differs in from one that was expected.

use serde_json::Value;

use super::super::replies::{essence, is_json};
use super::super::transport::header::{CONTENT_TYPE, COOKIE, HeaderMap, HeaderValue};
use super::expectation::Wanted;
use super::received::Received;

/// How much of a value is shown.
const SHOWN_CHARS: usize = 80;

/// All differences, in words; none if it is what was expected.
pub(super) fn differences(wanted: &Wanted, came: &Received) -> Vec<String> {
    if wanted.call.operation != came.operation {
        return vec![format!("the operation is {}", came.operation)];
    }
    if wanted.any {
        return Vec::new();
    }
    let mut differences = wanted.faults.clone();
    if !came.path.ends_with(&wanted.path) {
        differences.push(format!("the path is {}", came.path));
    }
    differences.extend(in_query(wanted, came));
    differences.extend(in_headers(&wanted.headers, &came.headers));
    if let Some((media, body)) = &wanted.body {
        differences.extend(in_body(media, body.as_deref(), came));
    }
    differences
}

fn in_query(wanted: &Wanted, came: &Received) -> Vec<String> {
    let values = |pairs: &[(String, String)], name: &str| -> Vec<String> {
        let pairs = pairs.iter().filter(|(other, _)| other == name);
        pairs.map(|(_, value)| value.clone()).collect()
    };
    let mut names: Vec<&str> = wanted.query.iter().map(|(name, _)| name.as_str()).collect();
    names.dedup();
    let differences = names.into_iter().filter_map(|name| {
        let (wanted, came) = (values(&wanted.query, name), values(&came.query, name));
        (wanted != came).then(|| {
            let came = match came.is_empty() {
                true => "not given".to_owned(),
                false => shown(&came.join(",")),
            };
            let wanted = shown(&wanted.join(","));
            format!("query parameter `{name}` is {came}, expected {wanted}")
        })
    });
    differences.collect()
}

/// Values are nothing for a message: any of them may be a secret.
fn in_headers(wanted: &HeaderMap, came: &HeaderMap) -> Vec<String> {
    let differs = wanted.keys().filter(|name| {
        let values = |headers: &HeaderMap| -> Vec<String> {
            let values = headers.get_all(*name).iter();
            values.map(|value| text(value).to_owned()).collect()
        };
        let (wanted, came) = (values(wanted), values(came));
        if **name == COOKIE {
            let came: Vec<&str> = came
                .iter()
                .flat_map(|cookies| cookies.split("; "))
                .collect();
            let mut wanted = wanted.iter().flat_map(|cookies| cookies.split("; "));
            return wanted.any(|cookie| !came.contains(&cookie));
        }
        wanted != came
    });
    let differs = differs.map(|name| match came.contains_key(name) {
        true => format!("header `{name}` is another"),
        false => format!("header `{name}` is not given"),
    });
    differs.collect()
}

fn in_body(media: &HeaderValue, body: Option<&[u8]>, came: &Received) -> Option<String> {
    let came_media = came.headers.get(CONTENT_TYPE).map_or("", text);
    let (wanted_type, came_type) = (essence(text(media)), essence(came_media));
    if wanted_type != came_type {
        return Some(match came_type.as_str() {
            "" => "there is no body".to_owned(),
            other => format!("the body is {other}, expected {wanted_type}"),
        });
    }
    let body = body?;
    let json = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).ok();
    if let (true, Some(wanted), Some(came)) = (is_json(&wanted_type), json(body), json(&came.body))
    {
        return in_json(String::new(), &wanted, &came);
    }
    let (wanted, came) = (between(media, body), between_text(came_media, &came.body));
    (wanted != came).then(|| format!("the body is another, of {} bytes", came.len()))
}

/// The first place where two JSON values differ.
fn in_json(place: String, wanted: &Value, came: &Value) -> Option<String> {
    match (wanted, came) {
        (Value::Object(wanted), Value::Object(came)) => {
            let mut all = wanted.keys().chain(came.keys());
            all.find_map(|name| {
                let place = format!("{place}/{name}");
                match (wanted.get(name), came.get(name)) {
                    (Some(wanted), Some(came)) => in_json(place, wanted, came),
                    (Some(wanted), None) => {
                        let wanted = shown(&wanted.to_string());
                        Some(format!("the body has no {place}, expected {wanted}"))
                    }
                    (None, Some(came)) => {
                        let came = shown(&came.to_string());
                        Some(format!(
                            "the body has {place}: {came}, which is not expected"
                        ))
                    }
                    (None, None) => None,
                }
            })
        }
        (Value::Array(wanted), Value::Array(came)) if wanted.len() == came.len() => {
            let mut pairs = wanted.iter().zip(came).enumerate();
            pairs.find_map(|(at, (wanted, came))| in_json(format!("{place}/{at}"), wanted, came))
        }
        _ if wanted == came => None,
        _ => {
            let place = if place.is_empty() {
                "itself"
            } else {
                place.as_str()
            };
            let (wanted, came) = (shown(&wanted.to_string()), shown(&came.to_string()));
            Some(format!("the body's {place} is {came}, expected {wanted}"))
        }
    }
}

/// A body without the boundary between its parts, which is another each time.
fn between(media: &HeaderValue, body: &[u8]) -> Vec<u8> {
    between_text(text(media), body)
}

fn between_text(media: &str, body: &[u8]) -> Vec<u8> {
    let boundary = media
        .split_once("boundary=")
        .map(|(_, rest)| rest.trim_matches('"'));
    let Some(boundary) = boundary.filter(|boundary| !boundary.is_empty()) else {
        return body.to_vec();
    };
    let mut rest = body;
    let mut parts = Vec::new();
    let at = |text: &[u8]| {
        text.windows(boundary.len())
            .position(|it| it == boundary.as_bytes())
    };
    while let Some((before, after)) = at(rest).and_then(|at| rest.split_at_checked(at)) {
        parts.extend_from_slice(before);
        rest = after.get(boundary.len()..).unwrap_or_default();
    }
    parts.extend_from_slice(rest);
    parts
}

fn text(value: &HeaderValue) -> &str {
    value.to_str().unwrap_or_default()
}

fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN_CHARS) {
        Some((end, _)) => format!("`{}…`", text.get(..end).unwrap_or_default()),
        None => format!("`{text}`"),
    }
}
