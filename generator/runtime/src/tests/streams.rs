//! Answers that come value by value: lines of JSON, server-sent events.

use std::io::Write as _;
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::server::{Server, answer_with, chunked, flood, joined, serve, serve_with, until_closed};
use crate::runtime::{
    Answer, Error, Event, Events, JsonEvents, JsonLines, Lines, Request, TextEvents, Value,
};

fn request(server: &Server) -> Request {
    Request::new(&server.client(), "watch", "GET", "/watch")
}

async fn lines<T: DeserializeOwned + 'static>(server: &Server) -> JsonLines<T> {
    request(server).send::<Lines<T>>().await.unwrap()
}

async fn all<T: DeserializeOwned>(mut stream: JsonLines<T>) -> Vec<Result<T, Error>> {
    let mut all = Vec::new();
    while let Some(item) = stream.next().await {
        all.push(item);
    }
    all
}

fn values<T>(items: Vec<Result<T, Error>>) -> Vec<T> {
    items.into_iter().map(Result::unwrap).collect()
}

#[tokio::test]
async fn lines_are_values_wherever_chunks_end() {
    let body = "{\"a\":\"\u{e4}\u{1f600}\"}\r\n\n  \n[1,\"\\n\"]\n7";
    for size in [1, 2, 3, 5, 1000] {
        let server = serve([chunked("application/x-ndjson", body.as_bytes(), size)]);
        let found = values(all(lines::<Value>(&server).await).await);
        assert_eq!(
            found,
            [json!({"a": "\u{e4}\u{1f600}"}), json!([1, "\n"]), json!(7)]
        );
    }
}

#[tokio::test]
async fn what_lines_ask_for() {
    let server = serve([answer_with("200 OK", "", "")]);
    let mut none = lines::<Value>(&server).await;
    assert!(none.next().await.is_none());
    assert_eq!(
        server.only().header("accept"),
        Some("application/x-ndjson, application/jsonl;q=0.9, */*;q=0.1")
    );
}

#[tokio::test]
async fn a_value_of_a_sequence_may_take_several_lines() {
    let body = b"\x1e{\"a\":\n1}\n\x1e2\n\x1e[\n3\n]\n";
    for size in [1, 4, 1000] {
        let server = serve([chunked("application/json-seq", body, size)]);
        let found = values(all(lines::<Value>(&server).await).await);
        assert_eq!(found, [json!({"a": 1}), json!(2), json!([3])]);
    }
}

#[tokio::test]
async fn a_line_that_does_not_decode_is_one_item() {
    let server = serve([chunked("application/x-ndjson", b"1\n{\"x\":[\n3\n", 4)]);
    let found = all(lines::<i64>(&server).await).await;
    assert_eq!(found.len(), 3);
    assert_eq!(*found[0].as_ref().unwrap(), 1);
    let Err(Error::Decode(error)) = &found[1] else {
        panic!("{found:?}")
    };
    assert_eq!(error.body().as_ref(), b"{\"x\":[");
    assert_eq!(error.call().operation, "watch");
    assert_eq!(*found[2].as_ref().unwrap(), 3);
}

#[tokio::test]
async fn a_line_without_an_end_is_bounded() {
    let (server, thread) = serve_with(|mut stream| {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        flood(&mut stream, &[b'1'; 4096], 1 << 30)
    });
    let client = server.builder().max_body_bytes(10_000).build().unwrap();
    let request = Request::new(&client, "watch", "GET", "/watch");
    let found = all(request.send::<Lines<i64>>().await.unwrap()).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(matches!(&found[0], Err(Error::BodyTooLarge { limit, .. }) if *limit == 10_000));
    assert!(joined(thread).await < 1 << 30, "the client hung up");
}

#[tokio::test]
async fn a_line_that_is_too_long_is_so_however_it_comes() {
    for size in [1, 4, 1000] {
        let server = serve([chunked("application/x-ndjson", b"1\n\"234567\"\n9\n", size)]);
        let client = server.builder().max_body_bytes(7).build().unwrap();
        let request = Request::new(&client, "watch", "GET", "/watch");
        let found = all(request.send::<Lines<Value>>().await.unwrap()).await;
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(*found[0].as_ref().unwrap(), json!(1));
        assert!(matches!(found[1], Err(Error::BodyTooLarge { .. })));
    }
}

#[tokio::test]
async fn a_broken_connection_is_no_end() {
    let whole = chunked("application/x-ndjson", b"1\n2\n", 2);
    let cut = whole[..whole.len() - 5].to_vec();
    let server = serve([cut]);
    let found = all(lines::<i64>(&server).await).await;
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(*found[1].as_ref().unwrap(), 2);
    assert!(matches!(
        &found[2],
        Err(Error::Connection {
            status: Some(_),
            ..
        })
    ));
}

#[tokio::test]
async fn a_refusal_is_an_error_of_the_call() {
    let server = serve([answer_with(
        "429 Too Many Requests",
        "",
        "{\"message\":\"later\"}",
    )]);
    let error = request(&server).send::<Lines<i64>>().await.unwrap_err();
    assert_eq!(error.api().unwrap().text(), "{\"message\":\"later\"}");
}

async fn events<A, T>(server: &Server) -> Vec<Result<Event<T>, Error>>
where
    A: Answer<Value = Events<T>>,
{
    let mut events = request(server).send::<A>().await.unwrap();
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        all.push(event);
    }
    all
}

fn sse(body: &[u8], size: usize) -> Server {
    serve([chunked("text/event-stream; charset=utf-8", body, size)])
}

async fn texts(body: &[u8], size: usize) -> Vec<(Option<String>, Option<String>, String)> {
    let server = sse(body, size);
    let events = values(events::<TextEvents, String>(&server).await);
    assert_eq!(server.only().header("accept"), Some("text/event-stream"));
    let parts = events.into_iter().map(|it| (it.event, it.id, it.data));
    parts.collect()
}

#[tokio::test]
async fn events_are_read_by_the_standard() {
    let some = |text: &str| Some(text.to_owned());
    let body = "\u{feff}: a comment\nevent: add\nid: 1\ndata: \u{e4}\ndata:\u{1f600}\ndata\n\n\
                :\n\nevent: lost\n\n\
                id: 2\u{0}\ndata:  two\n\n\
                id\nevent:\ndata: no id\nother: field\n\ndata: cut off\n";
    let wanted = [
        (some("add"), some("1"), "\u{e4}\n\u{1f600}\n".to_owned()),
        (None, some("1"), " two".to_owned()),
        (None, None, "no id".to_owned()),
    ];
    for ending in ["\n", "\r\n", "\r"] {
        let body = body.replace('\n', ending);
        for size in [1, 2, 3, 7, 1000] {
            assert_eq!(
                texts(body.as_bytes(), size).await,
                wanted,
                "{ending:?} {size}"
            );
        }
    }
}

#[tokio::test]
async fn an_event_may_say_when_to_come_again() {
    let server = sse(
        b"retry: 1500\ndata: a\n\nretry: soon\ndata: b\n\ndata: [DONE]\n\n",
        9,
    );
    let found = values(events::<TextEvents, String>(&server).await);
    let found: Vec<_> = found
        .iter()
        .map(|it| (it.retry, it.data.as_str()))
        .collect();
    let wanted = [
        (Some(Duration::from_millis(1500)), "a"),
        (None, "b"),
        // It is text like any other.
        (None, "[DONE]"),
    ];
    assert_eq!(found, wanted);
}

#[tokio::test]
async fn a_stream_of_json_ends_with_done() {
    let server = sse(
        b"data: {\"n\":1}\n\ndata: {\"n\":\n\ndata: {\ndata: \"n\":3}\n\ndata: [DONE]\n\ndata: 5\n\n",
        6,
    );
    let found = events::<JsonEvents<Value>, Value>(&server).await;
    assert_eq!(found.len(), 3, "{found:?}");
    assert_eq!(found[0].as_ref().unwrap().data, json!({"n": 1}));
    let Err(Error::Decode(error)) = &found[1] else {
        panic!("{found:?}")
    };
    assert_eq!(error.body().as_ref(), b"{\"n\":");
    assert_eq!(found[2].as_ref().unwrap().data, json!({"n": 3}));
}

#[tokio::test]
async fn an_event_without_an_end_is_bounded() {
    let (server, thread) = serve_with(|mut stream| {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        flood(&mut stream, "data: abc\n".repeat(500).as_bytes(), 1 << 30)
    });
    let client = server.builder().max_body_bytes(10_000).build().unwrap();
    let request = Request::new(&client, "watch", "GET", "/watch");
    let mut events = request.send::<TextEvents>().await.unwrap();
    let first = events.next().await;
    assert!(matches!(first, Some(Err(Error::BodyTooLarge { .. }))));
    assert!(events.next().await.is_none());
    assert!(joined(thread).await < 1 << 30, "the client hung up");
}

#[tokio::test]
async fn one_json_text_is_no_stream_of_events() {
    let server = serve([chunked("application/json", b"{\"n\":1}", 100)]);
    let result = request(&server).send::<JsonEvents<Value>>().await;
    let Err(Error::Decode(error)) = result else {
        panic!("{result:?}")
    };
    assert_eq!(error.body().as_ref(), b"{\"n\":1}");
    assert_eq!(
        error.message(),
        "the answer is one JSON text, no stream of events"
    );
}

#[tokio::test]
async fn events_come_while_the_answer_goes_on() {
    let (server, thread) = serve_with(|mut stream| {
        let body = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\nid: 7\ndata: 1\n\n";
        stream.write_all(body.as_bytes()).unwrap();
        until_closed(stream);
    });
    let mut events = request(&server).send::<JsonEvents<i64>>().await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, 1);
    assert_eq!(events.last_event_id(), Some("7"));
    drop(events);
    joined(thread).await;
}

#[tokio::test]
async fn silence_is_limited() {
    let (server, thread) = serve_with(|mut stream| {
        let body = "HTTP/1.1 200 OK\r\n\r\n1\n2";
        stream.write_all(body.as_bytes()).unwrap();
        until_closed(stream);
    });
    let request = request(&server).timeout(Duration::from_secs(1));
    let found = all(request.send::<Lines<i64>>().await.unwrap()).await;
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(*found[0].as_ref().unwrap(), 1);
    let Err(error) = &found[1] else {
        panic!("{found:?}")
    };
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap().as_u16(), 200);
    joined(thread).await;
}

#[test]
fn streams_can_be_sent_to_other_threads() {
    fn check<S: Stream + Send + Unpin>() {}
    check::<JsonLines<String>>();
    check::<Events<String>>();
    check::<crate::runtime::Download>();
}
