//! Calls that are waited for, from threads without a runtime and within one.

use std::io::{Read as _, Write as _};
use std::time::Duration;

use serde_json::{Value, json};

use super::server::{answer, answer_with, chunked, serve, serve_with};
use crate::runtime::{Client, Error, operation, record};

record! {
    pub struct Names {
        #[json("items")]
        pub items: Vec<String>,
        #[json(optional, "next")]
        pub next: Option<String>,
    }
}

operation! {
    #[request("listNames", "GET", "/names")]
    #[answer(json = Names)]
    #[pages(String, cursor("after", "/next").items("/items"))]
    #[also("text/csv")]
    #[beside("application/jsonl", (lines = Value))]
    pub struct ListNames {}
}

operation! {
    #[request("film", "GET", "/film")]
    #[answer(bytes)]
    #[beside("text/event-stream", (events))]
    pub struct Film {}
}

fn list(client: &Client) -> ListNames {
    ListNames::request(client).into()
}

fn film(client: &Client) -> Film {
    Film::request(client).into()
}

#[test]
fn an_answer_and_an_error() {
    let server = serve([
        answer("200 OK", r#"{"items":["a"]}"#),
        answer_with("201 Created", "x-count: 1\r\n", r#"{"items":["b"]}"#),
        answer_with("200 OK", "content-type: text/csv\r\n", "c\r\n"),
        answer("404 Not Found", r#"{"message":"no such list"}"#),
    ]);
    let client = server.client();
    assert_eq!(list(&client).send_blocking().unwrap().items, ["a"]);
    let response = list(&client).send_with_response_blocking().unwrap();
    assert_eq!(response.status.as_u16(), 201);
    assert_eq!(response.headers["x-count"], "1");
    assert_eq!(response.value.items, ["b"]);
    let csv = list(&client).send_as_blocking("text/csv").unwrap();
    assert_eq!(csv.value, "c\r\n");
    let error = list(&client).send_blocking().unwrap_err();
    assert_eq!(
        error.to_string(),
        "listNames (GET): 404 Not Found: no such list"
    );
    let asked = server.asked();
    let accepted: Vec<_> = asked.iter().map(|asked| asked.header("accept")).collect();
    let (json, csv) = (Some("application/json"), Some("text/csv"));
    assert_eq!(accepted, [json, json, csv, json]);
}

#[test]
fn connections_last_from_call_to_call() {
    let body = r#"{"items":[]}"#;
    let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{body}");
    // Nobody takes another connection.
    let (server, thread) = serve_with(move |mut stream| {
        stream.write_all(answer.as_bytes()).unwrap();
        let mut request = [0; 4096];
        assert_ne!(stream.read(&mut request).unwrap(), 0);
        stream.write_all(answer.as_bytes()).unwrap();
    });
    let client = server.client();
    for _ in 0..2 {
        assert_eq!(list(&client).send_blocking().unwrap().items.len(), 0);
    }
    thread.join().unwrap();
}

#[test]
fn pages_and_their_items_are_iterators() {
    let pages = [
        answer("200 OK", r#"{"items":["a","b"],"next":"2"}"#),
        answer("200 OK", r#"{"items":["c"]}"#),
    ];
    let server = serve(pages.clone());
    let items: Result<Vec<String>, Error> = list(&server.client()).stream().blocking().collect();
    assert_eq!(items.unwrap(), ["a", "b", "c"]);
    assert_eq!(server.lines(), ["GET /names", "GET /names?after=2"]);

    let server = serve(pages);
    let mut pages = list(&server.client()).pages().blocking();
    assert_eq!(pages.next().unwrap().unwrap().items, ["a", "b"]);
    assert_eq!(server.lines().len(), 1);
    assert_eq!(pages.next().unwrap().unwrap().items, ["c"]);
    assert!(pages.next().is_none());
}

#[test]
fn streams_are_iterators_and_readers() {
    let server = serve([
        chunked("application/jsonl", b"1\n{\"a\":2}\n", 3),
        chunked("text/event-stream", b"data: a\n\ndata: b\n\n", 5),
        chunked("video/mp4", b"0123456789", 4),
        chunked("video/mp4", b"0123456789", 4),
    ]);
    let client = server.client();
    let lines = list(&client).lines_blocking().unwrap().blocking();
    let lines: Vec<Value> = lines.map(Result::unwrap).collect();
    assert_eq!(lines, [json!(1), json!({"a": 2})]);
    let events = film(&client).events_blocking().unwrap().blocking();
    let events: Vec<String> = events.map(|event| event.unwrap().data).collect();
    assert_eq!(events, ["a", "b"]);
    let chunks = film(&client).download_blocking().unwrap().blocking();
    let chunks: Vec<u8> = chunks.flat_map(Result::unwrap).collect();
    assert_eq!(chunks, b"0123456789");
    let mut reader = film(&client).download_blocking().unwrap().into_read();
    let mut first = [0; 3];
    reader.read_exact(&mut first).unwrap();
    let mut rest = String::new();
    reader.read_to_string(&mut rest).unwrap();
    assert_eq!((&first, rest.as_str()), (b"012", "3456789"));
}

#[test]
fn a_download_that_breaks_off_is_an_error_of_its_reader() {
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n";
    let server = serve([format!("{head}12345")]);
    let mut reader = film(&server.client())
        .download_blocking()
        .unwrap()
        .into_read();
    let error = reader.read_to_end(&mut Vec::new()).unwrap_err();
    let source = error.into_inner().unwrap();
    let source = source.downcast_ref::<Error>();
    assert!(matches!(source, Some(Error::Connection { .. })));
}

#[test]
fn a_time_limit_is_kept() {
    let server = serve([""]);
    let call = list(&server.client()).with_timeout(Duration::from_millis(50));
    assert!(call.send_blocking().unwrap_err().is_timeout());
}

#[test]
fn threads_keep_their_answers_apart() {
    let server = serve((0..16).map(|n| answer("200 OK", &format!(r#"{{"items":["{n}"]}}"#))));
    let client = server.client();
    let calls: Vec<_> = (0..16)
        .map(|_| {
            let call = list(&client);
            std::thread::spawn(move || call.send_blocking().unwrap().items)
        })
        .collect();
    let answers = calls.into_iter().flat_map(|call| call.join().unwrap());
    let mut numbers: Vec<u8> = answers.map(|item| item.parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..16).collect::<Vec<u8>>());
}

fn refused(client: &Client) {
    let error = list(client).send_blocking().unwrap_err();
    assert_eq!(
        error.to_string(),
        "listNames (GET): nothing sent: async code must not wait for a call: it awaits it, or waits in \
         `spawn_blocking`"
    );
    let mut items = list(client).stream().blocking();
    let first = items.next().unwrap();
    assert!(matches!(first, Err(Error::Invalid { call: None, .. })));
    assert!(items.next().is_none());
}

#[tokio::test]
async fn async_code_is_refused() {
    let server = serve([answer("200 OK", r#"{"items":["a"]}"#)]);
    let client = server.client();
    refused(&client);
    // The task goes on as if nothing had been.
    assert_eq!(list(&client).await.unwrap().items, ["a"]);
    assert_eq!(server.lines().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn a_task_is_refused_and_a_thread_that_may_block_is_not() {
    let server = serve([
        answer("200 OK", r#"{"items":["a"]}"#),
        answer("200 OK", r#"{"items":["b"]}"#),
    ]);
    let client = server.client();
    let task = client.clone();
    tokio::spawn(async move { refused(&task) }).await.unwrap();
    let call = list(&client);
    let answer = tokio::task::spawn_blocking(move || call.send_blocking());
    assert_eq!(answer.await.unwrap().unwrap().items, ["a"]);
    let answer = tokio::task::block_in_place(|| list(&client).send_blocking());
    assert_eq!(answer.unwrap().items, ["b"]);
}
