//! How lists go on, by every kind of paging: what is asked, and when it ends.

use serde_json::{Value, json};

use super::server::{Server, answer, answer_with, serve};
use crate::runtime::{
    ClientBuilder, Error, Items, Pages, Paging, Request, Scheme, SecretSpot, Security,
};

fn serve_pages(pages: &[Value]) -> Server {
    serve(pages.iter().map(|page| answer("200 OK", &page.to_string())))
}

fn get(server: &Server) -> Request {
    Request::new(&server.client(), "list", "GET", "/l")
}

/// All items, and what was asked.
async fn all(paging: Paging, pages: &[Value]) -> (Vec<Value>, Vec<String>) {
    from(paging, pages, |request| request).await
}

async fn from(
    paging: Paging,
    pages: &[Value],
    begin: impl FnOnce(Request) -> Request,
) -> (Vec<Value>, Vec<String>) {
    let server = serve_pages(pages);
    let items = Items::<Value>::new::<Value>(begin(get(&server)), paging);
    let items = items.collect_up_to(100).await.unwrap();
    (items, server.lines())
}

#[tokio::test]
async fn pages_by_number() {
    let paging = Paging::page("page").first(1);
    let pages = [json!([1, 2]), json!([3]), json!([])];
    // A short page is not the last one.
    let (items, lines) = all(paging, &pages).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(lines, ["GET /l", "GET /l?page=2", "GET /l?page=3"]);

    let (items, lines) = from(paging, &pages, |it| it.query::<i64>("page", 7)).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(lines, ["GET /l?page=7", "GET /l?page=8", "GET /l?page=9"]);

    let (_, lines) = all(Paging::page("page").first(0), &pages).await;
    assert_eq!(lines[1], "GET /l?page=1");
}

#[tokio::test]
async fn the_answer_says_which_page_it_is() {
    let paging = Paging::page("p").items("/data").current("/meta/page");
    let pages = [
        json!({"data": [1], "meta": {"page": 0}}),
        json!({"data": [2], "meta": {"page": "1"}}),
        json!({"data": []}),
    ];
    let (items, lines) = all(paging, &pages).await;
    assert_eq!(items, [1, 2]);
    assert_eq!(lines, ["GET /l", "GET /l?p=1", "GET /l?p=2"]);
    // Where it does not, there is no telling what the next one is.
    let (items, lines) = all(paging, &[json!({"data": [1]})]).await;
    assert_eq!((items, lines.len()), (vec![json!(1)], 1));
}

#[tokio::test]
async fn offsets_count_the_items_that_came() {
    let paging = Paging::offset("skip").first(0).items("/rows");
    let pages = [
        json!({"rows": [1, 2]}),
        json!({"rows": [3]}),
        json!({"rows": []}),
    ];
    let (items, lines) = all(paging, &pages).await;
    assert_eq!(items, [1, 2, 3]);
    assert_eq!(lines, ["GET /l", "GET /l?skip=2", "GET /l?skip=3"]);

    let (_, lines) = from(paging, &pages, |it| it.query::<i64>("skip", 10)).await;
    assert_eq!(
        lines,
        ["GET /l?skip=10", "GET /l?skip=12", "GET /l?skip=13"]
    );
}

#[tokio::test]
async fn offsets_in_the_body_are_numbers() {
    let server = serve_pages(&[json!([1, 2]), json!([])]);
    let request = get(&server).json::<Value>(json!({"limit": 2, "offset": 4}));
    let items = Items::<i64>::new::<Value>(request, Paging::offset("offset").in_body());
    assert_eq!(items.collect_up_to(9).await.unwrap(), [1, 2]);
    let second: Value = serde_json::from_str(&server.asked()[1].body).unwrap();
    assert_eq!(second, json!({"limit": 2, "offset": 6}));
}

#[tokio::test]
async fn a_key_is_that_of_the_first_call() {
    let server = serve_pages(&[json!([1]), json!([])]);
    let request = Request::new(&server.client(), "search", "POST", "/l");
    let request = request.idempotency_key("k".to_owned());
    let items = Items::<i64>::new::<Value>(request, Paging::offset("o").first(0));
    assert_eq!(items.collect_up_to(9).await.unwrap(), [1]);
    let asked = server.asked();
    let keys = asked.iter().map(|asked| asked.header("idempotency-key"));
    assert_eq!(keys.collect::<Vec<_>>(), [Some("k"), None]);
}

#[tokio::test]
async fn a_list_that_is_whole_ends() {
    let pages = [
        json!({"rows": [1, 2], "total": 3}),
        json!({"rows": [3], "total": 3}),
    ];
    for paging in [Paging::page("n").first(1), Paging::offset("n").first(0)] {
        let (items, lines) = all(paging.items("/rows").total("/total"), &pages).await;
        assert_eq!(items, [1, 2, 3]);
        assert_eq!(lines.len(), 2);
    }
    // One that was begun elsewhere has fewer than all of them.
    let pages = [json!({"rows": [1], "total": 1}), json!({"rows": []})];
    let paging = Paging::page("n").first(1).items("/rows").total("/total");
    let (_, lines) = from(paging, &pages, |it| it.query::<i64>("n", 2)).await;
    assert_eq!(lines, ["GET /l?n=2", "GET /l?n=3"]);
}

#[tokio::test]
async fn a_server_that_does_not_heed_the_number_has_one_page() {
    let same = json!([1, 2]);
    for paging in [Paging::page("n").first(1), Paging::offset("n").first(0)] {
        let (items, lines) = all(paging, &[same.clone(), same.clone(), same.clone()]).await;
        assert_eq!((items, lines.len()), (vec![json!(1), json!(2)], 2));
    }
    let server = serve_pages(&[same.clone(), same]);
    let mut pages = Pages::<Vec<i64>>::new(get(&server), Paging::page("n").first(1));
    assert_eq!(pages.next().await.unwrap().unwrap(), [1, 2]);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn numbers_that_cannot_be_counted_on_end_it() {
    let paging = Paging::page("n").first(1);
    let (_, lines) = from(paging, &[json!([1])], |it| it.query::<&str>("n", "last")).await;
    assert_eq!(lines, ["GET /l?n=last"]);
    let (_, lines) = from(paging, &[json!([1])], |it| it.query::<i64>("n", i64::MAX)).await;
    assert_eq!(lines.len(), 1);
}

#[tokio::test]
async fn after_the_last_item() {
    let paging = Paging::last("after", "/id")
        .items("/data")
        .more("/has_more");
    let page = |ids: &[&str], more: bool| {
        let data: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
        json!({"data": data, "has_more": more})
    };
    let pages = [page(&["a", "b/2"], true), page(&["c"], false)];
    let (items, lines) = all(paging, &pages).await;
    assert_eq!(items.len(), 3);
    assert_eq!(lines, ["GET /l", "GET /l?after=b%2F2"]);
    // The same item again is no way further.
    let (items, lines) = all(paging, &[page(&["a"], true), page(&["a"], true)]).await;
    assert_eq!((items.len(), lines.len()), (2, 2));
}

#[tokio::test]
async fn cursors_within_objects_and_no_more() {
    let paging = Paging::cursor("c", "/a~1b/x~0y/2")
        .items("/o/list")
        .more("/more");
    let page = |cursor: Value, more: Value| json!({"a/b": {"x~y": {"2": cursor}}, "o": {"list": [1]}, "more": more});
    let pages = [
        page(json!("1"), json!(true)),
        page(json!(2), Value::Null),
        page(json!("3"), json!(false)),
    ];
    let (items, lines) = all(paging, &pages).await;
    assert_eq!(items.len(), 3);
    assert_eq!(lines, ["GET /l", "GET /l?c=1", "GET /l?c=2"]);
    // What is no cursor is none.
    for odd in [json!({"next": 1}), json!(["1"]), json!(true), json!("")] {
        assert_eq!(all(paging, &[page(odd, json!(true))]).await.1.len(), 1);
    }
}

#[tokio::test]
async fn addresses_within_the_answer() {
    let server = serve_pages(&[]);
    let paging = Paging::url("/next").items("/data");
    let page = |next: Value| json!({"data": [1], "next": next});
    let pages = [
        page(json!("?cursor=a%2Fb&x")),
        page(json!("/l/more?page=3#top")),
        page(json!("other")),
        page(Value::Null),
    ];
    drop(server);
    let (items, lines) = from(paging, &pages, |it| it.query::<i64>("limit", 1)).await;
    assert_eq!(items.len(), 4);
    let expected = [
        "GET /l?limit=1",
        "GET /l?cursor=a%2Fb&x",
        "GET /l/more?page=3",
        "GET /l/other",
    ];
    assert_eq!(lines, expected);
    // The one that is there already.
    let again = [page(json!("/l?p=2")), page(json!("/l?p=2"))];
    assert_eq!(all(paging, &again).await.1.len(), 2);
}

#[tokio::test]
async fn addresses_in_the_header() {
    let link = |link: &str| answer_with("200 OK", &format!("link: {link}\r\n"), "[1]");
    let server = serve([
        link(r#"</l?page=2>; rel="next", </l?page=9>; rel="last""#),
        link(r#"</l?page=1>; title="a, <b>; rel=next"; rel=prev, </l?page=3>; Rel = "start Next""#),
        link(r#"</l?page=1>; rel="first""#),
    ]);
    let request = get(&server).header::<&str>("x-kept", "yes");
    let items = Items::<i64>::new::<Vec<i64>>(request, Paging::link());
    assert_eq!(items.collect_up_to(9).await.unwrap(), [1, 1, 1]);
    assert_eq!(server.lines(), ["GET /l", "GET /l?page=2", "GET /l?page=3"]);
    for asked in server.asked() {
        assert_eq!(asked.header("x-kept"), Some("yes"));
        assert_eq!(asked.header("authorization"), Some("Bearer secret-token"));
    }
}

#[tokio::test]
async fn an_address_at_another_server_is_not_followed() {
    let other = serve_pages(&[json!([2])]);
    let elsewhere = [
        other.url.clone(),
        "https://127.0.0.1/l".to_owned(),
        "//user:secret@example.com/l?key=secret".to_owned(),
        "http://[".to_owned(),
    ];
    for address in elsewhere {
        let server = serve_pages(&[json!({"data": [1], "next": address})]);
        let paging = Paging::url("/next").items("/data");
        let mut items = Items::<i64>::new::<Value>(get(&server), paging);
        // The page that came is handed out.
        assert_eq!(items.next().await.unwrap().unwrap(), 1);
        let error = items.next().await.unwrap().unwrap_err();
        assert!(matches!(error, Error::Invalid { .. }), "{error}");
        let text = format!("{error} {error:?}");
        assert!(text.contains("the next page"), "{text}");
        assert!(!text.contains("secret"), "{text}");
        assert!(items.next().await.is_none());
        assert_eq!(server.asked().len(), 1);
    }
    assert_eq!(other.asked().len(), 0);
}

static KEY: Security = Security {
    schemes: &[Scheme {
        name: "key",
        setter: "key",
        spot: SecretSpot::Query("api key"),
    }],
    default: &[&[0]],
};

#[tokio::test]
async fn a_secret_in_the_query_is_sent_once() {
    let page = json!({"data": [1], "next": "/l?api%20key=stale&page=2"});
    let server = serve_pages(&[page, json!({"data": [2]})]);
    let client = ClientBuilder::new(&server.url, "thing-client/1.0", &KEY).credential(0, "s/1");
    let request = Request::new(&client.build().unwrap(), "list", "GET", "/l");
    let items = Items::<i64>::new::<Value>(request, Paging::url("/next").items("/data"));
    assert_eq!(items.collect_up_to(9).await.unwrap(), [1, 2]);
    let expected = ["GET /l?api%20key=s%2F1", "GET /l?page=2&api%20key=s%2F1"];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn a_base_url_with_a_path_of_its_own() {
    let page = |next: &str| json!({"data": [1], "next": next});
    let server = serve_pages(&[page("/proxy/l?p=2"), page("/l?p=3"), json!({"data": [1]})]);
    let client = server.builder().base_url(format!("{}/proxy", server.url));
    let request = Request::new(&client.build().unwrap(), "list", "GET", "/l");
    let items = Items::<i64>::new::<Value>(request, Paging::url("/next").items("/data"));
    assert_eq!(items.collect_up_to(9).await.unwrap().len(), 3);
    // A server that does not know of the proxy says its own path.
    let expected = ["GET /proxy/l", "GET /proxy/l?p=2", "GET /proxy/l?p=3"];
    assert_eq!(server.lines(), expected);
}

#[tokio::test]
async fn what_is_no_page() {
    let paging = Paging::cursor("c", "/next").items("/data");
    let server = serve([answer("200 OK", "<html>")]);
    let mut items = Items::<i64>::new::<Value>(get(&server), paging);
    assert!(matches!(items.next().await, Some(Err(Error::Decode(_)))));
    assert!(items.next().await.is_none());
    // An object without its list is a page without items.
    for page in [json!({}), json!({"data": null, "next": "x"})] {
        assert_eq!(all(paging, &[page]).await.0, Vec::<Value>::new());
    }
}
