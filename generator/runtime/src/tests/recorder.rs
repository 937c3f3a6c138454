//! What a recorder writes of answers, and that calls do not know of it.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use super::memory::{Memory, Outcome, refused, status, with_header};
use crate::runtime::{
    Client, Error, Json, Raw, Recorder, Request, Retry, StatusCode, TransportBody, TransportError,
    TransportResponse, Value,
};

/// What was written.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Buffer {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

/// Takes nothing.
struct Full;

impl Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is full"))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn client(memory: &Memory, recorder: Recorder) -> Client {
    let builder = memory.builder().retry(Retry::never());
    builder.recorder(recorder).build().unwrap()
}

fn call(client: &Client) -> Request {
    Request::new(client, "getThing", "GET", "/things/{id}")
        .path::<i64>("id", 7)
        .query::<String>("api_key", "secret-query".to_owned())
        .header::<String>("x-more", "secret-header".to_owned())
}

fn typed(outcome: Outcome, media: &'static str) -> Outcome {
    with_header(outcome, "content-type", media)
}

const HEAD: &str = r#"{"method":"GET","url":"https://api.example.com/v1/things/7","status":"#;

#[tokio::test]
async fn each_answer_is_a_line() {
    let buffer = Buffer::default();
    let json = "application/json; charset=utf-8";
    let memory = Memory::new([
        typed(status(200, "{\"a\":\n [1, 2.50]}"), json),
        typed(status(200, "\"123\""), json),
        typed(status(404, "<h1>no</h1>"), "text/html"),
        typed(status(200, "no json"), json),
        status(204, ""),
        status(200, "[1]"),
        refused(),
        typed(status(200, "\u{0}png"), "image/png"),
        typed(status(200, "data: 1\n\n"), "text/event-stream"),
    ]);
    let client = client(&memory, Recorder::new(buffer.clone()));
    for _ in 0..9 {
        let _ = call(&client).send::<Raw>().await;
    }
    let typed = r#""content_type":"application/json; charset=utf-8","body":"#;
    let wanted = [
        format!(r#"200,{typed}{{"a":[1,2.5]}}}}"#),
        format!(r#"200,{typed}"\"123\""}}"#),
        r#"404,"content_type":"text/html","body":"<h1>no</h1>"}"#.to_owned(),
        format!(r#"200,{typed}"no json"}}"#),
        r#"204,"body":null}"#.to_owned(),
        r#"200,"body":[1]}"#.to_owned(),
        r#"200,"content_type":"image/png","omitted":"no text"}"#.to_owned(),
        r#"200,"content_type":"text/event-stream","omitted":"a stream"}"#.to_owned(),
    ];
    let wanted: String = wanted
        .iter()
        .map(|line| format!("{HEAD}{line}\n"))
        .collect();
    assert_eq!(buffer.text(), wanted);
    assert!(!buffer.text().contains("secret"));
}

#[tokio::test]
async fn long_and_broken_bodies_are_noted() {
    let buffer = Buffer::default();
    let stream = |pieces: Vec<Result<&'static str, TransportError>>| -> Outcome {
        let body = TransportBody::stream(Pieces(pieces.into()));
        Some(Ok(TransportResponse::new(StatusCode::OK, body)))
    };
    let memory = Memory::new([
        status(200, "[1,2]"),
        status(200, "[1,23]"),
        stream(vec![Ok("[1,"), Ok("2]")]),
        stream(vec![Ok("[1,"), Ok("23]")]),
        stream(vec![Ok("[1"), Err(TransportError::connection("reset"))]),
    ]);
    let client = client(&memory, Recorder::new(buffer.clone()).max_body_bytes(5));
    let mut answers = Vec::new();
    for _ in 0..5 {
        answers.push(call(&client).send::<Json<Value>>().await.ok());
    }
    let list = |last: i64| Some(serde_json::json!([1, last]));
    assert_eq!(answers, [list(2), list(23), list(2), list(23), None]);
    let ends = [
        r#""body":[1,2]"#,
        r#""omitted":"too long""#,
        r#""body":[1,2]"#,
        r#""omitted":"too long""#,
        r#""omitted":"it broke off""#,
    ];
    let wanted: String = ends
        .iter()
        .map(|end| format!("{HEAD}200,{end}}}\n"))
        .collect();
    assert_eq!(buffer.text(), wanted);
}

#[tokio::test]
async fn a_body_that_is_not_read_is_noted() {
    let buffer = Buffer::default();
    let pieces = vec![Ok("[1"), Ok(",2]")];
    let body = TransportBody::stream(Pieces(pieces.into()));
    let memory = Memory::new([Some(Ok(TransportResponse::new(StatusCode::OK, body)))]);
    let client = client(&memory, Recorder::new(buffer.clone()));
    let mut download = call(&client).download("*/*").await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "[1");
    assert_eq!(buffer.text(), "");
    drop(download);
    let wanted = format!("{HEAD}200,\"omitted\":\"it was not read to its end\"}}\n");
    assert_eq!(buffer.text(), wanted);
}

#[tokio::test]
async fn a_writer_that_fails_costs_no_call() {
    let memory = Memory::new([status(200, "1"), status(200, "2"), status(500, "3")]);
    let recorder = Recorder::new(Full);
    let client = client(&memory, recorder.clone());
    assert!(recorder.take_error().is_none());
    for wanted in [1, 2] {
        let answer = call(&client).send::<Json<Value>>().await.unwrap();
        assert_eq!(answer, wanted);
    }
    assert_eq!(
        recorder.take_error().unwrap().to_string(),
        "the disk is full"
    );
    assert!(matches!(
        call(&client).send::<Raw>().await,
        Err(Error::Api(_))
    ));
    assert!(recorder.take_error().is_none());
}

#[tokio::test]
async fn a_file_is_appended_to() {
    let folder = std::env::temp_dir().join(format!("restwright-recorder-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let path = folder.join("answers.jsonl");
    std::fs::write(&path, "{}\n").unwrap();
    let memory = Memory::new([status(200, "[]")]);
    let client = client(&memory, Recorder::append(&path).unwrap());
    call(&client).send::<Raw>().await.unwrap();
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(text, format!("{{}}\n{HEAD}200,\"body\":[]}}\n"));
    assert!(Recorder::append(&path).is_err());
}

/// Gives these chunks.
struct Pieces(std::collections::VecDeque<Result<&'static str, TransportError>>);

impl futures_core::Stream for Pieces {
    type Item = Result<&'static str, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.pop_front())
    }
}
