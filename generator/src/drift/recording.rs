//! Recordings to answers: HAR 1.2, and JSON in lines or in a list.
//!
//! May not read a file, and may not repeat what stands in a recording: a message says where it is
//! wrong, not what is there.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};
use url::Url;

use super::{Body, Recorded, Spot};
use crate::lower::media::{self, Kind};
use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Place, Pointer, Source};

/// So many faults of one recording are told one by one.
const MOST_FAULTS: usize = 10;

/// Gives every answer of a recording to `each`. Its form is found by its content.
pub fn read(source: &Source, report: &mut Report, each: &mut dyn FnMut(Recorded)) {
    let mut cx = Context {
        source,
        report,
        faults: 0,
    };
    match list(&source.text) {
        Form::List(above, list) => {
            for (index, value) in list.iter().enumerate() {
                match exchange(value, Spot::Entry(index + 1)) {
                    Ok(recorded) => recorded.into_iter().for_each(&mut *each),
                    Err(fault) => cx.fault(&fault, above.index(index), None),
                }
            }
        }
        Form::One(value) => match exchange(&value, Spot::Entry(1)) {
            Ok(recorded) => recorded.into_iter().for_each(each),
            Err(fault) => cx.fault(&fault, Pointer::root(), Some(Place::START)),
        },
        Form::Lines => lines(&mut cx, each),
    }
    if let Some(more) = cx.faults.checked_sub(MOST_FAULTS).filter(|more| *more > 0) {
        let message = format!("{more} more of its entries cannot be read");
        cx.tell(&message, Pointer::root(), None);
    }
}

enum Form {
    /// A list of answers, and where it stands.
    List(Pointer, Vec<Value>),
    One(Value),
    Lines,
}

/// Looks at the first line first: a recording in lines can be large, and is no JSON as a whole.
fn list(text: &str) -> Form {
    let mut filled = text.lines().filter(|line| !line.trim().is_empty());
    let (first, second) = (filled.next().unwrap_or_default(), filled.next());
    let is_line = |value: &Value| value.is_object() && value.get("log").is_none();
    if second.is_some() && serde_json::from_str::<Value>(first).is_ok_and(|one| is_line(&one)) {
        return Form::Lines;
    }
    match serde_json::from_str(text) {
        Ok(Value::Array(list)) => Form::List(Pointer::root(), list),
        Ok(mut whole @ Value::Object(_)) => match whole.pointer_mut("/log/entries") {
            Some(Value::Array(list)) => {
                let at = Pointer::root().key("log").key("entries");
                Form::List(at, std::mem::take(list))
            }
            _ => Form::One(whole),
        },
        Ok(_) | Err(_) => Form::Lines,
    }
}

fn lines(cx: &mut Context<'_>, each: &mut dyn FnMut(Recorded)) {
    let text = &cx.source.text;
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let number = index + 1;
        let place = |column| {
            Some(Place {
                line: number,
                column,
            })
        };
        let fault = |what: &str| format!("line {number}: {what}");
        match serde_json::from_str(line) {
            Ok(value) => match exchange(&value, Spot::Line(number)) {
                Ok(recorded) => recorded.into_iter().for_each(&mut *each),
                Err(what) => cx.fault(&fault(&what), Pointer::root(), place(1)),
            },
            Err(error) => {
                let what = if error.is_eof() {
                    "it ends within its JSON"
                } else {
                    "it is no JSON"
                };
                cx.fault(&fault(what), Pointer::root(), place(error.column().max(1)));
            }
        }
    }
}

struct Context<'c> {
    source: &'c Source,
    report: &'c mut Report,
    faults: usize,
}

impl Context<'_> {
    fn fault(&mut self, message: &str, pointer: Pointer, place: Option<Place>) {
        self.faults += 1;
        if self.faults <= MOST_FAULTS {
            self.tell(message, pointer, place);
        }
    }

    fn tell(&mut self, message: &str, pointer: Pointer, place: Option<Place>) {
        let help = "wanted are HAR 1.2, or JSON objects with `method`, `url`, `status` and `body`; it is left out";
        self.report.add(Diagnostic {
            severity: Severity::Warning,
            code: "bad-recording",
            pointer,
            message: message.to_owned(),
            help: Some(help.to_owned()),
            file: self.source.name.clone(),
            place,
        });
    }
}

/// Reads one answer, in the members of HAR or in plain ones. `None` is a request without an answer.
fn exchange(value: &Value, spot: Spot) -> Result<Option<Recorded>, String> {
    let Some(whole) = value.as_object() else {
        return Err("an answer has to be an object".to_owned());
    };
    let part = |name: &str| whole.get(name).and_then(Value::as_object).unwrap_or(whole);
    let (request, response) = (part("request"), part("response"));
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| request.get(*name)?.as_str());
        found.ok_or_else(|| format!("`{}` is missing or no text", names[0]))
    };
    let method = text(&["method", "request_method", "verb"])?.to_ascii_uppercase();
    let path = path(text(&["url", "uri", "path"])?).ok_or("the address cannot be read")?;
    let status = ["status", "status_code", "statusCode", "code"];
    let status = status.iter().find_map(|name| response.get(*name));
    let status = status.and_then(|status| match status {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    });
    let status = match status {
        // What browsers write where no answer came.
        Some(0) => return Ok(None),
        Some(status @ 100..=999) => u16::try_from(status).unwrap_or_default(),
        _ => return Err("`status` is missing or none".to_owned()),
    };
    let media = media_type(response);
    Ok(Some(Recorded {
        body: body(response, media.as_deref(), status),
        method,
        path,
        status,
        media,
        spot,
    }))
}

/// The path of an address, whole or relative.
fn path(address: &str) -> Option<String> {
    match Url::parse(address) {
        Ok(url) if url.has_host() => Some(url.path().to_owned()),
        _ if address.starts_with('/') => {
            let end = address.find(['?', '#']).unwrap_or(address.len());
            Some(address[..end].to_owned())
        }
        _ => None,
    }
}

fn media_type(response: &Map<String, Value>) -> Option<String> {
    let content = response.get("content").and_then(Value::as_object);
    let named = ["content_type", "contentType", "mime_type", "mimeType"];
    let named = named.iter().find_map(|name| response.get(*name)?.as_str());
    let of_content = || content?.get("mimeType")?.as_str();
    let found = named.or_else(of_content).or_else(|| header(response))?;
    let essence = media::essence(found);
    essence.contains('/').then_some(essence)
}

/// `Content-Type` among headers: a map of texts or lists, or a list of names and values.
fn header(response: &Map<String, Value>) -> Option<&str> {
    let is = |name: &str| name.eq_ignore_ascii_case("content-type");
    match response.get("headers")? {
        Value::Object(map) => match map.iter().find(|(name, _)| is(name))?.1 {
            Value::String(text) => Some(text),
            Value::Array(list) => list.first()?.as_str(),
            _ => None,
        },
        Value::Array(list) => {
            let named = |entry: &&Value| entry.get("name").and_then(Value::as_str).is_some_and(is);
            list.iter().find(named)?.get("value")?.as_str()
        }
        _ => None,
    }
}

fn body(response: &Map<String, Value>, media: Option<&str>, status: u16) -> Body {
    let names = ["body", "response_body", "responseBody"];
    let plain = names.iter().find_map(|name| response.get(*name));
    let (body, holder) = match (plain, response.get("content")) {
        (Some(body), _) => (Some(body), response),
        (None, Some(Value::Object(content))) => (content.get("text"), content),
        // Somebody's own word for it.
        (None, content) => (content, response),
    };
    let has_size = holder.get("size").and_then(Value::as_i64).unwrap_or(0) > 0;
    match body {
        None if holder.get("size").and_then(Value::as_i64) == Some(0) => Body::Empty,
        None if matches!(status, 204 | 304) => Body::Empty,
        None => Body::Unknown,
        // What some programs write where they did not keep it.
        Some(Value::String(text)) if text.is_empty() && has_size => Body::Unknown,
        Some(Value::Null) => Body::Empty,
        Some(Value::String(text)) => {
            let encoding = holder.get("encoding").and_then(Value::as_str);
            text_body(text, encoding == Some("base64"), media)
        }
        Some(value) => Body::Json(value.clone()),
    }
}

fn text_body(text: &str, encoded: bool, media: Option<&str>) -> Body {
    let decoded = encoded.then(|| STANDARD.decode(text.trim()));
    let decoded = match decoded {
        Some(Ok(bytes)) => String::from_utf8(bytes).ok(),
        Some(Err(_)) => return Body::Unknown,
        None => Some(text.to_owned()),
    };
    let Some(text) = decoded else {
        return Body::Bytes;
    };
    if text.is_empty() {
        return Body::Empty;
    }
    let is_json = media.is_none_or(|media| media::kind(media) == Kind::Json);
    match serde_json::from_str(text.trim_start_matches('\u{FEFF}')) {
        Ok(value) if is_json => Body::Json(value),
        _ => Body::Text,
    }
}
