//! Addresses, forms, headers and cookies: another library reads in them exactly what was given.

use super::{SERVER, StandIn, wait};
use crate::draw::Draw;
use crate::runtime::{Empty, Error, ListStyle, Map, Request, Spot, Style, TransportRequest, Url};
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::BTreeMap;

/// Sends texts in every place.
///
/// # Panics
/// Something else would come to a server.
pub fn address(data: &[u8]) {
    let mut draw = Draw::new(data);
    match draw.below(5) {
        0 => of_path(&mut draw),
        1 => of_query(&mut draw),
        2 => of_lists(&mut draw),
        3 => of_headers(&mut draw),
        _ => of_form(&mut draw),
    }
}

/// What is sent, or what is said to be wrong.
fn sent(
    set: impl FnOnce(Request) -> Request,
    path: &'static str,
) -> Result<TransportRequest, Vec<String>> {
    let server = StandIn::default();
    let request = set(Request::new(&server.client(1 << 20), "send", "POST", path));
    match wait(request.send::<Empty>()) {
        Ok(()) => Ok(server.asked().remove(0)),
        Err(Error::Invalid { faults, .. }) => Err(faults),
        Err(error) => panic!("{error:?}"),
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

fn segments(url: &Url) -> Vec<String> {
    url.path_segments()
        .into_iter()
        .flatten()
        .map(decoded)
        .collect()
}

/// Segments are what was given; only an empty one and steps up the path cannot be sent.
fn of_path(draw: &mut Draw) {
    let (one, other) = (draw.text(), draw.text());
    let reserved = draw.once_in(2);
    let sent = sent(
        |request| {
            let request = request.path::<String>("one", one);
            match reserved {
                true => {
                    request.styled::<String>(Spot::Path, "other", Style::Reserved, false, other)
                }
                false => request.path::<String>("other", other),
            }
        },
        "/a/{one}/b-{other}/{one}",
    );
    let possible = !matches!(one, "" | "." | "..") && !other.is_empty();
    // What is reserved may stand as it is, and then is steps of the path.
    if reserved && other.contains('/') {
        return;
    }
    match sent {
        Ok(sent) => {
            assert!(possible, "{}", sent.url);
            let wanted = ["v1", "a", one, &format!("b-{other}"), one];
            assert_eq!(segments(&sent.url), wanted, "{}", sent.url);
            assert_eq!(sent.url.query(), None, "{}", sent.url);
            assert_eq!(sent.url.fragment(), None, "{}", sent.url);
            assert!(sent.url.as_str().starts_with(SERVER), "{}", sent.url);
        }
        Err(faults) => assert!(!possible, "{faults:?}: {one:?}, {other:?}"),
    }
}

/// Names and values of a query; the last one of a name counts.
fn of_query(draw: &mut Draw) {
    let mut given: Vec<(&str, String)> = Vec::new();
    for _ in 0..draw.below(4) {
        let (name, value) = (draw.text(), draw.text());
        if !name.is_empty() {
            given.retain(|(other, _)| *other != name);
            given.push((name, value.to_owned()));
        }
    }
    let way = draw.below(4);
    let set = |mut request: Request| {
        for (name, value) in &given {
            let value = value.clone();
            request = match way {
                0 => request.query::<String>(name, value),
                1 => request.styled::<String>(Spot::Query, name, Style::Form, true, value),
                2 => request.styled::<String>(Spot::Query, name, Style::Reserved, true, value),
                _ => request.styled::<String>(Spot::Query, name, Style::Deep, true, value),
            };
        }
        request
    };
    let sent = sent(set, "/q").expect("any text can stand in a query");
    let pairs = sent.url.query_pairs();
    let pairs: Vec<(String, String)> = pairs
        .map(|(name, value)| (name.into(), value.into()))
        .collect();
    let given: Vec<(String, String)> = given
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect();
    assert_eq!(pairs, given, "{}", sent.url);
    assert_eq!(segments(&sent.url), ["v1", "q"], "{}", sent.url);
    assert_eq!(sent.url.fragment(), None, "{}", sent.url);
}

/// Lists and objects: separators within values are encoded, so that they can be told apart.
fn of_lists(draw: &mut Draw) {
    let values: Vec<String> = (0..draw.below(4)).map(|_| draw.text().to_owned()).collect();
    let (style, between) = *draw.pick(&[
        (ListStyle::Repeat, "&"),
        (ListStyle::Comma, ","),
        (ListStyle::Space, "%20"),
        (ListStyle::Pipe, "%7C"),
    ]);
    // A value cannot hold what these two styles have between values: so the standard has it.
    let held = match style {
        ListStyle::Repeat | ListStyle::Comma => None,
        ListStyle::Space => Some(' '),
        ListStyle::Pipe => Some('|'),
    };
    if held.is_some_and(|held| values.iter().any(|value| value.contains(held))) {
        return;
    }
    let members: Map<String> = values
        .iter()
        .map(|value| (value.clone(), draw.text().to_owned()))
        .collect();
    let set = |request: Request| {
        let request = request.query_list::<String>("q", values.clone(), style);
        let request =
            request.styled::<Map<String>>(Spot::Query, "o", Style::Deep, true, members.clone());
        request.styled::<Map<String>>(Spot::Query, "j", Style::Json, true, members.clone())
    };
    let sent = sent(set, "/q").expect("any text can stand in a query");
    let query = sent.url.query().unwrap_or_default();
    let lists = query.split('&').filter_map(|pair| pair.strip_prefix("q="));
    let got: Vec<String> = lists
        .flat_map(|list| list.split(between))
        .map(decoded)
        .collect();
    assert_eq!(got, values, "{}", sent.url);
    let pairs: BTreeMap<String, String> = sent.url.query_pairs().into_owned().collect();
    for (name, value) in &members {
        assert_eq!(
            pairs.get(&format!("o[{name}]")),
            Some(value),
            "{}",
            sent.url
        );
    }
    let json: Value = serde_json::from_str(&pairs["j"]).expect("a parameter is JSON");
    let wanted: Value = members
        .into_iter()
        .map(|(name, value)| (name, Value::from(value)))
        .collect();
    assert_eq!(json, wanted, "{}", sent.url);
}

/// Headers go as they are or not at all; cookies cannot end each other.
fn of_headers(draw: &mut Draw) {
    let (header, one, other) = (draw.text(), draw.text(), draw.text());
    let set = |request: Request| {
        let request = request.header::<String>("x-text", header);
        let request = request.styled::<String>(Spot::Cookie, "one", Style::Form, true, one);
        request.styled::<Vec<String>>(
            Spot::Cookie,
            "other",
            Style::Form,
            true,
            vec![other.to_owned(); 2],
        )
    };
    match sent(set, "/h") {
        Ok(sent) => {
            assert_eq!(sent.headers["x-text"].as_bytes(), header.as_bytes());
            let cookies = sent.headers["cookie"].to_str().expect("cookies are ASCII");
            let cookies: Vec<(&str, String)> = cookies
                .split("; ")
                .filter_map(|cookie| cookie.split_once('='))
                .map(|(name, value)| (name, decoded(value)))
                .collect();
            let wanted = [("one", one), ("other", other), ("other", other)];
            assert_eq!(
                cookies,
                wanted.map(|(name, value)| (name, value.to_owned()))
            );
        }
        Err(faults) => {
            let plain = |byte: u8| byte == b'\t' || (byte >= b' ' && byte != 0x7f);
            assert!(!header.bytes().all(plain), "{faults:?}: {header:?}");
        }
    }
}

/// A form is the pairs that it was given.
fn of_form(draw: &mut Draw) {
    let members = (0..draw.below(5)).map(|_| (draw.text().to_owned(), draw.text().to_owned()));
    let members: Map<String> = members.collect();
    let sent = sent(
        |request| request.form::<Map<String>>(&[], members.clone()),
        "/f",
    );
    let sent = sent.expect("any text can stand in a form");
    let body = sent
        .body
        .as_ref()
        .and_then(|body| body.as_bytes())
        .cloned()
        .unwrap_or_default();
    let pairs: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    assert_eq!(pairs, members, "{body:?}");
}
