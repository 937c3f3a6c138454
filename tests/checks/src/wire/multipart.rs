//! `multipart/form-data`: a reader that only looks for the boundary finds the parts as they were.

use super::{StandIn, wait};
use crate::draw::Draw;
use crate::runtime::{Empty, File, Map, PartKind, Request, TransportBody, header};
use futures_core::Stream;
use serde::{Serialize, Serializer};
use std::future::poll_fn;
use std::pin::Pin;

/// What a part is made of.
#[derive(Clone)]
enum Content {
    Text(String),
    File {
        bytes: Vec<u8>,
        name: Option<String>,
        media_type: Option<String>,
    },
    Json(Map<String>),
}

impl Serialize for Content {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Content::Text(text) => text.serialize(to),
            Content::Json(members) => members.serialize(to),
            Content::File {
                bytes,
                name,
                media_type,
            } => {
                let mut file = File::new(bytes.clone());
                if let Some(name) = name {
                    file = file.named(name);
                }
                if let Some(media_type) = media_type {
                    file = file.typed(media_type);
                }
                file.serialize(to)
            }
        }
    }
}

/// Sends parts of every kind.
///
/// # Panics
/// Parts are not what was given.
pub fn multipart(data: &[u8]) {
    let mut draw = Draw::new(data);
    let mut members = Map::new();
    for _ in 0..draw.below(5) {
        let name = draw.text().to_owned();
        let content = content(&mut draw);
        members.insert(name, content);
    }
    let server = StandIn::default();
    let request = Request::new(&server.client(1 << 20), "send", "POST", "/");
    let kinds = [("", PartKind::Typed("text/plain"))];
    let request = request.multipart::<Map<Content>>(&kinds, members.clone());
    wait(request.send::<Empty>()).expect("any part can be sent");
    let mut asked = server.asked();
    let mut asked = asked.remove(0);
    let media_type = asked.headers[header::CONTENT_TYPE]
        .to_str()
        .expect("it is ASCII")
        .to_owned();
    let boundary = media_type
        .split_once("boundary=")
        .map(|(_, boundary)| boundary);
    let boundary = boundary.expect("the parts have a boundary").to_owned();
    let body = wait(whole(asked.body.as_mut().expect("there is a body")));
    let found = parts(&body, &boundary);
    let wanted: Vec<(String, Vec<u8>)> = members
        .iter()
        .map(|(name, content)| (name.clone(), written(content)))
        .collect();
    assert_eq!(
        found.len(),
        wanted.len(),
        "{:?}",
        String::from_utf8_lossy(&body)
    );
    for ((head, content), (name, wanted)) in found.iter().zip(&wanted) {
        let name = name
            .replace('"', "%22")
            .replace('\r', "%0D")
            .replace('\n', "%0A");
        let head = String::from_utf8_lossy(head);
        let start = format!("Content-Disposition: form-data; name=\"{name}\"");
        assert!(head.starts_with(&start), "{head:?} for {name:?}");
        // A name, a file's name and a media type: nothing in them makes a line of its own.
        assert!(head.lines().count() <= 2, "{head:?}");
        assert_eq!(content, wanted, "{head:?}");
    }
}

fn content(draw: &mut Draw) -> Content {
    let text = |draw: &mut Draw| draw.text().to_owned();
    match draw.below(3) {
        0 => Content::Text(text(draw)),
        1 => Content::Json([("a".to_owned(), text(draw))].into()),
        _ => Content::File {
            bytes: draw.bytes().to_vec(),
            name: draw.once_in(2).then(|| text(draw)),
            media_type: draw.once_in(3).then(|| text(draw)),
        },
    }
}

fn written(content: &Content) -> Vec<u8> {
    match content {
        Content::Text(text) => text.clone().into_bytes(),
        Content::File { bytes, .. } => bytes.clone(),
        Content::Json(members) => serde_json::to_vec(members).unwrap_or_default(),
    }
}

/// All bytes of a body.
async fn whole(body: &mut TransportBody) -> Vec<u8> {
    let mut bytes = Vec::new();
    while let Some(chunk) = poll_fn(|cx| Pin::new(&mut *body).poll_next(cx)).await {
        bytes.extend_from_slice(&chunk.expect("a body in memory is whole"));
    }
    bytes
}

/// The head and the content of each part.
fn parts(body: &[u8], boundary: &str) -> Vec<(Vec<u8>, Vec<u8>)> {
    let delimiter = format!("\r\n--{boundary}").into_bytes();
    let body = [b"\r\n", body].concat();
    let mut pieces = split(&body, &delimiter);
    let last = pieces.pop();
    assert_eq!(
        last.as_deref(),
        Some(&b"--\r\n"[..]),
        "the end of the parts"
    );
    let parts = pieces.into_iter().skip(1).map(|piece| {
        let piece = piece
            .strip_prefix(b"\r\n")
            .expect("a delimiter is a line")
            .to_vec();
        let end = piece.windows(4).position(|window| window == b"\r\n\r\n");
        let end = end.expect("a part has a head");
        (piece[..end].to_vec(), piece[end + 4..].to_vec())
    });
    parts.collect()
}

fn split(text: &[u8], delimiter: &[u8]) -> Vec<Vec<u8>> {
    let mut pieces = vec![Vec::new()];
    let mut rest = text;
    while let Some(first) = rest.first() {
        if let Some(after) = rest.strip_prefix(delimiter) {
            pieces.push(Vec::new());
            rest = after;
            continue;
        }
        if let Some(piece) = pieces.last_mut() {
            piece.push(*first);
        }
        rest = &rest[1..];
    }
    pieces
}
