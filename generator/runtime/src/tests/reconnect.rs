//! Streams of events whose connection breaks, or ends.

use std::time::Duration;

use super::server::{Server, answer, answer_with, chunked, serve};
use crate::runtime::{Error, Events, Request, Retry, TextEvents};

fn whole(events: &str) -> Vec<u8> {
    chunked("text/event-stream", events.as_bytes(), 1000)
}

/// Without the chunk that says it is all.
fn broken(events: &str) -> Vec<u8> {
    let mut answer = whole(events);
    answer.truncate(answer.len() - 5);
    answer
}

fn rules() -> Retry {
    Retry::default().first_delay(Duration::ZERO)
}

fn call(server: &Server, method: &'static str) -> Request {
    Request::new(&server.client(), "watch", method, "/watch")
}

async fn watch(request: Request) -> Events<String> {
    request.send::<TextEvents>().await.unwrap()
}

/// The data that comes, and what it ends with.
async fn all(mut events: Events<String>) -> (Vec<String>, Option<Error>) {
    let mut data = Vec::new();
    while let Some(event) = events.next().await {
        match event {
            Ok(event) => data.push(event.data),
            Err(error) => {
                assert!(events.next().await.is_none());
                return (data, Some(error));
            }
        }
    }
    (data, None)
}

fn last_ids(server: &Server) -> Vec<Option<String>> {
    let asked = server.asked();
    let ids = asked.iter().map(|it| it.header("last-event-id"));
    ids.map(|id| id.map(str::to_owned)).collect()
}

#[tokio::test]
async fn it_goes_on_after_the_last_whole_event() {
    let server = serve([
        broken("id: 1\ndata: a\n\nid: 2\ndata: b\n\nid: 3\ndata: half"),
        broken("\u{feff}id: 3\ndata: c\n\n"),
        whole("id: 4\ndata: d\n\n"),
    ]);
    let events = watch(call(&server, "GET")).await.reconnect(rules());
    let (data, error) = all(events).await;
    assert_eq!(data, ["a", "b", "c", "d"]);
    assert!(error.is_none(), "{error:?}");
    let ids = [None, Some("2".to_owned()), Some("3".to_owned())];
    assert_eq!(last_ids(&server), ids);
}

#[tokio::test]
async fn it_breaks_unless_it_is_told_to_go_on() {
    let server = serve([broken("data: a\n\n")]);
    let (data, error) = all(watch(call(&server, "GET")).await).await;
    assert_eq!(data, ["a"]);
    assert!(matches!(error, Some(Error::Connection { .. })), "{error:?}");
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn tries_are_counted_from_the_last_event_on() {
    let busy = || answer("503 Service Unavailable", "").into_bytes();
    let server = serve([
        broken("data: a\n\n"),
        broken(""),
        broken("data: b\n\n"),
        busy(),
        busy(),
    ]);
    let events = watch(call(&server, "GET"))
        .await
        .reconnect(rules().tries(3));
    let (data, error) = all(events).await;
    assert_eq!(data, ["a", "b"]);
    let status = error.and_then(|error| error.status());
    assert_eq!(status.map(|it| it.as_u16()), Some(503));
    assert_eq!(server.asked().len(), 5);
}

#[tokio::test]
async fn what_will_not_change_ends_it() {
    let gone = answer("410 Gone", "").into_bytes();
    let server = serve([broken("data: a\n\n"), gone]);
    let events = watch(call(&server, "GET")).await.reconnect(rules());
    let (_, error) = all(events).await;
    let status = error.and_then(|error| error.status());
    assert_eq!(status.map(|it| it.as_u16()), Some(410));
    // The server asks for more time than there is.
    let server = serve([broken("retry: 60000\n\ndata: a\n\n")]);
    let rules = rules().longest_delay(Duration::from_secs(1));
    let events = watch(call(&server, "GET")).await.reconnect(rules);
    let (data, error) = all(events).await;
    assert_eq!(data, ["a"]);
    assert!(matches!(error, Some(Error::Connection { .. })), "{error:?}");
}

#[tokio::test]
async fn what_must_not_be_repeated_is_not() {
    let server = serve([broken("data: a\n\n")]);
    let events = watch(call(&server, "POST")).await.reconnect(rules());
    let (_, error) = all(events).await;
    assert!(matches!(error, Some(Error::Connection { .. })), "{error:?}");
    let server = serve([broken("data: a\n\n"), whole("data: b\n\n")]);
    let request = call(&server, "POST").text("text/plain", "all");
    let events = watch(request).await.reconnect(rules().any_method());
    let (data, error) = all(events).await;
    assert_eq!(
        (data, error.is_none()),
        (vec!["a".to_owned(), "b".to_owned()], true)
    );
    assert_eq!(server.asked()[1].body, "all");
}

#[tokio::test]
async fn a_feed_ends_when_there_is_no_more() {
    let none = || answer_with("204 No Content", "", "").into_bytes();
    let server = serve([whole("id: 1\ndata: a\n\n"), whole("data: b\n\n"), none()]);
    let events = watch(call(&server, "GET"))
        .await
        .reconnect_after_end(rules());
    let (data, error) = all(events).await;
    assert_eq!(
        (data, error.is_none()),
        (vec!["a".to_owned(), "b".to_owned()], true)
    );
    let id = || Some("1".to_owned());
    assert_eq!(last_ids(&server), [None, id(), id()]);
    // An answer that ends is not asked for again otherwise.
    let server = serve([whole("data: a\n\n")]);
    let events = watch(call(&server, "GET")).await.reconnect(rules());
    assert_eq!(all(events).await.0, ["a"]);
    assert_eq!(server.asked().len(), 1);
}
