//! Lists that come page by page: what is asked, what is handed out, when it ends.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures_core::Stream;
use serde_json::{Value, json};

use super::server::{Server, answer, serve};
use crate::runtime::{Error, Field, Items, Pages, Paging, Request, record};

record! {
    pub struct List {
        #[json("items")]
        pub items: Vec<i64>,
        #[json(optional, "next")]
        pub next: Option<String>,
    }
}

const AFTER: Paging = Paging::cursor("after", "/next").items("/items");

record! {
    pub struct Loose {
        #[json(patch, "data")]
        pub data: Field<Vec<i64>>,
        #[json(patch, "cursor")]
        pub cursor: Field<i64>,
    }
}

fn serve_pages(pages: &[Value]) -> Server {
    serve(pages.iter().map(|page| answer("200 OK", &page.to_string())))
}

fn request(server: &Server, method: &'static str) -> Request {
    Request::new(&server.client(), "list", method, "/l")
}

fn list(request: Request, paging: Paging) -> Items<i64> {
    Items::new::<List>(request, paging)
}

/// All items, and the requests that brought them.
async fn all(pages: &[Value]) -> (Vec<i64>, Vec<String>) {
    let server = serve_pages(pages);
    let request = request(&server, "GET").query::<i64>("limit", 2);
    let items = list(request, AFTER);
    let items = items.collect_up_to(100).await.unwrap();
    (items, server.lines())
}

#[tokio::test]
async fn it_ends_where_the_cursor_does() {
    let first = json!({"items": [1, 2], "next": "a b"});
    let lines = vec![
        "GET /l?limit=2".to_owned(),
        "GET /l?limit=2&after=a%20b".to_owned(),
    ];
    for last in [
        json!({"items": [3]}),
        json!({"items": [3], "next": null}),
        json!({"items": [3], "next": ""}),
        json!({"items": [3], "next": "a b"}),
    ] {
        assert_eq!(
            all(&[first.clone(), last]).await,
            (vec![1, 2, 3], lines.clone())
        );
    }
    // A cursor follows the last page that has items.
    let empty = json!({"items": [], "next": "c"});
    assert_eq!(all(&[first, empty]).await, (vec![1, 2], lines));
}

#[tokio::test]
async fn a_cursor_that_was_there_before_ends_it() {
    let page = |item: i64, next: &str| json!({"items": [item], "next": next});
    let (items, lines) = all(&[page(1, "a"), page(2, "b"), page(3, "a")]).await;
    assert_eq!((items, lines.len()), (vec![1, 2, 3], 3));

    // So does the one that the caller started with.
    let server = serve_pages(&[page(1, "a b")]);
    let start = request(&server, "GET").query::<String>("after", "a b");
    let items = list(start, AFTER).collect_up_to(9).await;
    assert_eq!(
        (items.unwrap(), server.lines()),
        (vec![1], vec!["GET /l?after=a%20b".to_owned()])
    );
}

#[tokio::test]
async fn the_cursor_in_the_body() {
    let pages = [json!({"items": [1], "next": "a"}), json!({"items": [2]})];
    let server = serve_pages(&pages);
    let with_body = request(&server, "POST").json::<Value>(json!({"limit": 1, "after": "0"}));
    let items = list(with_body, AFTER.in_body()).collect_up_to(9).await;
    assert_eq!(items.unwrap(), [1, 2]);
    let bodies: Vec<Value> = server
        .asked()
        .iter()
        .map(|asked| serde_json::from_str(&asked.body).unwrap())
        .collect();
    assert_eq!(
        bodies,
        [
            json!({"limit": 1, "after": "0"}),
            json!({"limit": 1, "after": "a"})
        ]
    );

    let server = serve_pages(&pages);
    let without = request(&server, "POST");
    list(without, AFTER.in_body())
        .collect_up_to(9)
        .await
        .unwrap();
    let asked = server.asked();
    assert_eq!(
        (asked[0].body.as_str(), asked[1].body.as_str()),
        ("", r#"{"after":"a"}"#)
    );
    assert_eq!(asked[1].header("content-type"), Some("application/json"));
}

#[tokio::test]
async fn whole_pages_and_loose_properties() {
    let server = serve_pages(&[
        json!({"data": [1], "cursor": 7}),
        json!({"data": null, "cursor": 8}),
    ]);
    let mut pages = Pages::<Loose>::new(
        request(&server, "GET"),
        Paging::cursor("c", "/cursor").items("/data"),
    );
    assert_eq!(pages.next().await.unwrap().unwrap().cursor, Field::Value(7));
    assert_eq!(pages.next().await.unwrap().unwrap().data, Field::Null);
    assert!(pages.next().await.is_none() && pages.next().await.is_none());
    assert_eq!(server.lines(), ["GET /l", "GET /l?c=7"]);
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_wanted() {
    let server = serve_pages(&[json!({"items": [1, 2], "next": "a"}), json!({"items": [3]})]);
    let mut items = list(request(&server, "GET"), AFTER);
    assert_eq!(server.asked().len(), 0);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert_eq!(server.asked().len(), 1);
    assert!(items.collect_up_to(0).await.unwrap().is_empty());
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn an_error_comes_once_and_ends_it() {
    let server = serve([
        answer("200 OK", r#"{"items":[1],"next":"a"}"#),
        answer("429 Too Many Requests", "{}"),
        answer("200 OK", "{}"),
    ]);
    let mut items = list(request(&server, "GET"), AFTER);
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert_eq!(
        items.next().await.unwrap().unwrap_err().status().unwrap(),
        429
    );
    assert!(items.next().await.is_none() && items.next().await.is_none());
    assert_eq!(server.asked().len(), 2);

    let server = serve_pages(&[json!({"items": ["x"]})]);
    let mut items = list(request(&server, "GET"), AFTER);
    let error = items.next().await.unwrap().unwrap_err();
    assert!(
        matches!(&error, Error::Decode(error) if error.path() == "$.items[0]"),
        "{error}"
    );
    assert!(items.next().await.is_none());
}

#[tokio::test]
async fn a_next_that_is_dropped_loses_nothing() {
    let server = serve_pages(&[json!({"items": [1], "next": "a"}), json!({"items": [2]})]);
    let mut items = list(request(&server, "GET"), AFTER);
    // Polled once and dropped: the call is under way and goes on with the next one.
    let mut cx = Context::from_waker(Waker::noop());
    assert!(Box::pin(items.next()).as_mut().poll(&mut cx).is_pending());
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(items.next().await.unwrap().unwrap(), 1);
    assert!(Box::pin(items.next()).as_mut().poll(&mut cx).is_pending());
    assert_eq!(items.next().await.unwrap().unwrap(), 2);
    assert!(items.next().await.is_none());
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn both_are_streams_that_can_be_moved_about() {
    fn check<S: Stream<Item = Result<T, Error>> + Unpin + Send + std::fmt::Debug, T>() {}
    check::<Items<i64>, i64>();
    check::<Pages<List>, List>();

    let server = serve_pages(&[]);
    let mut items = list(request(&server, "("), AFTER);
    let mut cx = Context::from_waker(Waker::noop());
    // A call that cannot be sent is known without a runtime.
    assert!(matches!(
        Pin::new(&mut items).poll_next(&mut cx),
        Poll::Ready(Some(Err(_)))
    ));
    assert!(matches!(
        Pin::new(&mut items).poll_next(&mut cx),
        Poll::Ready(None)
    ));
}
