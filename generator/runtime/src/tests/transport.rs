//! Other ways to a server: what every transport is given, and what the client sees to by itself.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;

use super::memory::{Memory, refused, status, with_header};
use crate::runtime::{
    Bytes, Empty, Error, Json, Raw, Request, StatusCode, TransportBody, TransportError,
    TransportResponse, Upload, Value,
};

/// Gives the chunks, then nothing more, or nothing ever.
struct Pieces(VecDeque<Result<&'static str, TransportError>>, bool);

impl Stream for Pieces {
    type Item = Result<&'static str, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.0.pop_front() {
            None if self.1 => Poll::Pending,
            next => Poll::Ready(next),
        }
    }
}

fn streamed(pieces: Pieces) -> super::memory::Outcome {
    let body = TransportBody::stream(pieces);
    Some(Ok(TransportResponse::new(StatusCode::OK, body)))
}

#[tokio::test]
async fn a_transport_is_given_all_that_goes_out() {
    let memory = Memory::new([status(200, r#"{"a":1}"#)]);
    let client = memory.builder().build().unwrap();
    let request = Request::new(&client, "make", "POST", "/things/{id}")
        .path::<i64>("id", 7)
        .query::<bool>("dry", true)
        .json::<Value>(serde_json::json!([1]));
    let answer = request.send_with_response::<Json<Value>>().await.unwrap();
    assert_eq!(answer.value, serde_json::json!({"a": 1}));
    let asked = memory.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].method, "POST");
    let url = "https://api.example.com/v1/things/7?dry=true";
    assert_eq!(asked[0].url.as_str(), url);
    assert_eq!(asked[0].headers["authorization"], "Bearer secret-token");
    assert!(asked[0].headers["authorization"].is_sensitive());
    assert_eq!(asked[0].headers["content-type"], "application/json");
    let body = asked[0].body.as_ref().unwrap();
    assert_eq!(body.as_bytes().unwrap(), &Bytes::from("[1]"));
    assert_eq!(body.length(), Some(3));
    assert!(asked[0].timeout.unwrap() <= Duration::from_secs(30));
}

#[tokio::test]
async fn whatever_a_path_begins_with_is_a_path() {
    let paths = [
        ("", "/"),
        ("/", "/"),
        ("things", "/things"),
        ("/things:run", "/things:run"),
        ("things:run", "/things:run"),
        ("//other.example.com/x", "//other.example.com/x"),
        ("/\\other.example.com/x", "//other.example.com/x"),
        ("https://other.example.com", "/https://other.example.com"),
        ("/things?kind=a", "/things?kind=a"),
        ("?kind=a", "/?kind=a"),
        ("/#kind", "/#kind"),
    ];
    let memory = Memory::new(paths.map(|_| status(200, "")));
    let client = memory.builder().build().unwrap();
    for (path, _) in paths {
        let request = Request::new(&client, "get", "GET", path);
        request.send::<Empty>().await.unwrap();
    }
    for (asked, (path, expected)) in memory.asked().iter().zip(paths) {
        let expected = format!("https://api.example.com/v1{expected}");
        assert_eq!(asked.url.as_str(), expected, "{path}");
    }
}

#[tokio::test]
async fn the_body_of_an_answer_may_be_a_stream() {
    let pieces = ["[1", "", ",2]"].map(Ok).into();
    let memory = Memory::new([
        streamed(Pieces(pieces, false)),
        streamed(Pieces(["[1"].map(Ok).into(), false)),
        streamed(Pieces(
            [Ok("[1"), Err(TransportError::connection("reset"))].into(),
            false,
        )),
        streamed(Pieces(
            [Ok("[1"), Err(TransportError::timeout("too slow"))].into(),
            false,
        )),
    ]);
    let client = memory.builder().build().unwrap();
    let ask = || Request::new(&client, "list", "POST", "/").send::<Json<Vec<i64>>>();
    assert_eq!(ask().await.unwrap(), [1, 2]);
    assert!(matches!(ask().await, Err(Error::Decode(_))));
    let error = ask().await.unwrap_err();
    assert_eq!(error.to_string(), "list (POST): 200 OK, then: reset");
    let error = ask().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.status(), Some(StatusCode::OK));
}

#[tokio::test]
async fn a_body_is_as_long_as_it_says() {
    let of_length = |length| {
        let pieces = Pieces(["12", "34"].map(Ok).into(), false);
        let body = TransportBody::stream(pieces).with_length(length);
        Some(Ok(TransportResponse::new(StatusCode::OK, body)))
    };
    let memory = Memory::new([3, 4, 5, 101].map(of_length));
    let client = memory.builder().max_body_bytes(100).build().unwrap();
    let ask = || Request::new(&client, "get", "POST", "/").send::<Raw>();
    assert!(matches!(ask().await, Err(Error::Connection { .. })));
    assert_eq!(ask().await.unwrap(), "1234");
    assert!(matches!(ask().await, Err(Error::Connection { .. })));
    assert!(matches!(ask().await, Err(Error::BodyTooLarge { .. })));
}

#[tokio::test]
async fn redirects_are_followed_for_every_transport() {
    let to = |location| with_header(status(307, ""), "location", location);
    let memory = Memory::new([
        to("/v2/things"),
        status(200, ""),
        to("https://other.example.com/v1/things"),
    ]);
    let client = memory.builder().build().unwrap();
    let ask = || {
        Request::new(&client, "make", "POST", "/things")
            .text("text/plain", "x")
            .send::<Empty>()
    };
    ask().await.unwrap();
    assert_eq!(ask().await.unwrap_err().status().unwrap(), 307);
    let asked = memory.asked();
    assert_eq!(asked[1].url.as_str(), "https://api.example.com/v2/things");
    for asked in asked.iter() {
        let body = asked.body.as_ref().unwrap();
        assert_eq!(body.as_bytes().unwrap(), &Bytes::from("x"));
    }
    assert_eq!(asked.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn time_is_limited_for_every_transport() {
    let memory = Memory::new([
        None,
        streamed(Pieces(["{"].map(Ok).into(), true)),
        streamed(Pieces(["{"].map(Ok).into(), true)),
    ]);
    let limit = Duration::from_secs(20);
    let client = memory.builder().timeout(limit).build().unwrap();
    let ask = || Request::new(&client, "get", "POST", "/");
    let after = |error| match error {
        Error::Timeout { after, status, .. } => (after, status),
        other => panic!("{other:?}"),
    };
    let error = ask().send::<Json<Value>>().await.unwrap_err();
    assert_eq!(after(error), (limit, None));
    let error = ask().send::<Json<Value>>().await.unwrap_err();
    assert_eq!(after(error), (limit, Some(StatusCode::OK)));
    let mut download = ask().download("*/*").await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "{");
    let error = download.chunk().await.unwrap().unwrap_err();
    assert_eq!(after(error), (limit, Some(StatusCode::OK)));
    assert_eq!(memory.asked()[2].timeout, None);
}

#[tokio::test]
async fn what_a_transport_says_is_the_source_of_the_error() {
    let memory = Memory::new([refused()]);
    let client = memory.builder().build().unwrap();
    let request = Request::new(&client, "get", "POST", "/");
    let error = request.send::<Empty>().await.unwrap_err();
    let text = "get (POST): no answer: connection refused";
    assert_eq!(error.to_string(), text);
    let source = std::error::Error::source(&error).unwrap();
    assert_eq!(source.to_string(), "connection refused");
}

#[tokio::test]
async fn a_stream_reaches_the_transport_as_one() {
    let memory = Memory::new([status(200, ""), status(200, "")]);
    let client = memory.builder().build().unwrap();
    let upload = Upload::stream(Pieces(["ab", "c"].map(Ok).into(), false)).length(3);
    let put = Request::new(&client, "put", "PUT", "/").bytes("text/plain", upload);
    put.clone().send::<Empty>().await.unwrap();
    // It was sent, and there is no other.
    let error = put.send::<Empty>().await.unwrap_err();
    assert!(matches!(error, Error::Invalid { .. }));
    assert_eq!(memory.asked().len(), 1);
    let mut body = memory.asked()[0].body.take().unwrap();
    assert_eq!((body.as_bytes(), body.length()), (None, Some(3)));
    let mut found = Vec::new();
    while let Some(chunk) = std::future::poll_fn(|cx| Pin::new(&mut body).poll_next(cx)).await {
        found.push(chunk.unwrap());
    }
    assert_eq!(found, ["ab", "c"]);
}

/// It is copied when it is boxed; a function that is async and takes a future has that in it twice.
#[test]
fn a_call_on_its_way_is_small() {
    let client = Memory::new([]).builder().build().unwrap();
    let call = Request::new(&client, "read", "GET", "/things").send::<Raw>();
    let bytes = size_of_val(&call);
    assert!(bytes <= 2048, "{bytes} bytes");
}
