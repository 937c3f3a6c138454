//! Events and lines: how a body is cut does not matter, and what is written by the rules is read.

use super::{Chunks, StandIn, answer_of, wait};
use crate::draw::Draw;
use crate::runtime::{
    Answer, Error, Event, Events, JsonEvents, Lines, Request, Response, TextEvents, TransportBody,
    Value,
};
use std::fmt::{Debug, Write as _};

/// What came of a stream, shown.
type Shown = Vec<Result<String, String>>;

/// How much of a stream may be in memory, here.
const LIMITS: [usize; 3] = [1 << 20, 64, 8];

/// Server-sent events.
///
/// # Panics
/// The same text gives other events when it is cut otherwise, or events do not come back.
pub fn events(data: &[u8]) {
    let mut draw = Draw::new(data);
    if draw.once_in(3) {
        return events_come_back(&mut draw);
    }
    let limit = *draw.pick(&LIMITS);
    let cuts = draw.bytes();
    let text = draw.rest();
    let read = |cuts: &[u8]| {
        let plain = wait(all_events::<TextEvents, String>(text, cuts, limit));
        let json = wait(all_events::<JsonEvents<Value>, Value>(text, cuts, limit));
        (plain, json)
    };
    assert_eq!(
        read(&[]),
        read(cuts),
        "cut otherwise: {:?}",
        String::from_utf8_lossy(text)
    );
}

async fn all_events<A, T: Debug>(text: &[u8], cuts: &[u8], limit: usize) -> Shown
where
    A: Answer<Value = Events<T>>,
{
    let mut stream = match open::<A>(text, cuts, limit, b"text/event-stream").await {
        Ok(stream) => stream.value,
        Err(error) => return vec![Err(error.to_string())],
    };
    let mut shown = Vec::new();
    while let Some(event) = stream.next().await {
        let event = event.map(|event| format!("{event:?}"));
        shown.push(event.map_err(|error| error.to_string()));
    }
    shown
}

/// Events with the lines of their data, an id and a kind, as a server writes them.
fn events_come_back(draw: &mut Draw) {
    let line = |draw: &mut Draw| draw.text().replace(['\n', '\r', '\0'], " ");
    let mut text = String::new();
    let mut given = Vec::new();
    let mut last_id = None;
    for _ in 0..draw.below(4) {
        let kind = Some(line(draw)).filter(|kind| !kind.is_empty());
        let lines: Vec<String> = (0..=draw.below(3)).map(|_| line(draw)).collect();
        if draw.once_in(2) {
            let id = line(draw);
            let _ = writeln!(text, "id: {id}");
            last_id = Some(id).filter(|id| !id.is_empty());
        }
        if let Some(kind) = &kind {
            let _ = writeln!(text, "event: {kind}");
        }
        for line in &lines {
            let _ = writeln!(text, "data: {line}");
        }
        text.push('\n');
        given.push((kind, last_id.clone(), lines.join("\n")));
    }
    let cuts = draw.bytes();
    let got = wait(async {
        let stream =
            open::<TextEvents>(text.as_bytes(), cuts, LIMITS[0], b"text/event-stream").await;
        let mut stream = stream.expect("the head of the answer is right").value;
        let mut got = Vec::new();
        while let Some(event) = stream.next().await {
            let Event {
                event, id, data, ..
            } = event.expect("an event of text can be read");
            got.push((event, id, data));
        }
        got
    });
    assert_eq!(given, got, "{text:?}");
}

/// JSON, a value in each line.
///
/// # Panics
/// The same text gives other values when it is cut otherwise, or values do not come back.
pub fn lines(data: &[u8]) {
    let mut draw = Draw::new(data);
    let limit = *draw.pick(&LIMITS);
    let cuts = draw.bytes();
    let text = draw.rest();
    let whole = wait(all_lines(text, &[], limit));
    let shown = String::from_utf8_lossy(text);
    assert_eq!(
        whole,
        wait(all_lines(text, cuts, limit)),
        "cut otherwise: {shown:?}"
    );
    // What was read is read again when it stands in lines of its own.
    let values: Vec<String> = whole.into_iter().filter_map(Result::ok).collect();
    let again = wait(all_lines(values.join("\n").as_bytes(), cuts, LIMITS[0]));
    let values: Shown = values.into_iter().map(Ok).collect();
    assert_eq!(values, again, "{shown:?}");
}

async fn all_lines(text: &[u8], cuts: &[u8], limit: usize) -> Shown {
    let mut stream = match open::<Lines<Value>>(text, cuts, limit, b"application/jsonl").await {
        Ok(stream) => stream.value,
        Err(error) => return vec![Err(error.to_string())],
    };
    let mut shown = Vec::new();
    while let Some(value) = stream.next().await {
        let value = value.map(|value| value.to_string());
        shown.push(value.map_err(|error| error.to_string()));
    }
    shown
}

async fn open<A: Answer>(
    text: &[u8],
    cuts: &[u8],
    limit: usize,
    media_type: &[u8],
) -> Result<Response<A::Value>, Error> {
    let body = TransportBody::stream(Chunks::of(text, cuts));
    let server = StandIn::new([answer_of(body, &[("content-type", media_type)])]);
    let request = Request::new(&server.client(limit), "listen", "GET", "/");
    request.send_with_response::<A>().await
}
