//! Lists that come in pages, by every kind, over real sockets: what is asked, and what is given.

use crate::Items;
use crate::calls::client;
use crate::cases::paging_kinds::models::{Fruit, SearchDatesRequest};
use crate::cases::paging_kinds::operations::apple::AppleApi;
use crate::cases::paging_kinds::operations::date::DateApi;
use crate::cases::paging_kinds::operations::fig::FigApi;
use crate::cases::paging_kinds::operations::kiwi::KiwiApi;
use crate::cases::paging_kinds::operations::lime::LimeApi;
use crate::cases::paging_kinds::operations::nut::NutApi;
use crate::cases::paging_kinds::operations::pear::PearApi;
use crate::cases::paging_kinds::operations::plum::PlumApi;
use serde_json::{Value, json};
use std::pin::pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Gives these answers in turn.
struct InTurn(Mutex<Vec<ResponseTemplate>>);

impl Respond for InTurn {
    fn respond(&self, _: &Request) -> ResponseTemplate {
        let mut rest = self.0.lock().expect("nobody panicked");
        match rest.is_empty() {
            true => ResponseTemplate::new(500),
            false => rest.remove(0),
        }
    }
}

async fn server(pages: Vec<ResponseTemplate>) -> MockServer {
    let server = MockServer::start().await;
    let answers = InTurn(Mutex::new(pages));
    Mock::given(any())
        .respond_with(answers)
        .mount(&server)
        .await;
    server
}

async fn pages(pages: impl IntoIterator<Item = Value>) -> MockServer {
    let answer = |page| ResponseTemplate::new(200).set_body_json(page);
    server(pages.into_iter().map(answer).collect()).await
}

/// Where the requests went.
async fn targets(server: &MockServer) -> Vec<String> {
    let requests = server.received_requests().await.expect("they are recorded");
    let target = |request: &Request| match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    };
    requests.iter().map(target).collect()
}

fn fruit(ids: &[&str]) -> Value {
    ids.iter().map(|id| json!({ "id": id })).collect()
}

async fn ids(items: Items<Fruit>) -> Vec<String> {
    let found = items.collect_up_to(50).await.expect("all are answered");
    found.into_iter().map(|fruit| fruit.id).collect()
}

#[tokio::test]
async fn by_number() {
    let server = pages([fruit(&["a", "b"]), fruit(&["c"]), fruit(&[])]).await;
    let client = client(&server);
    let apples = AppleApi { client }.list().per_page(2).stream();
    assert_eq!(ids(apples).await, ["a", "b", "c"]);
    let expected = [
        "/apples?per_page=2",
        "/apples?per_page=2&page=2",
        "/apples?per_page=2&page=3",
    ];
    assert_eq!(targets(&server).await, expected);
}

#[tokio::test]
async fn whole_pages_of_a_plain_list() {
    let server = pages([fruit(&["a", "b"]), fruit(&[])]).await;
    let client = client(&server);
    let mut apples = AppleApi { client }.list().page(4).pages();
    let first: Vec<Fruit> = apples.next().await.expect("one").expect("it decodes");
    assert_eq!(first.len(), 2);
    assert!(
        apples
            .next()
            .await
            .expect("one")
            .expect("it decodes")
            .is_empty()
    );
    assert!(apples.next().await.is_none());
    assert_eq!(targets(&server).await, ["/apples?page=4", "/apples?page=5"]);
}

#[tokio::test]
async fn by_the_number_in_the_answer() {
    let page = |ids: &[&str], page: i64| json!({"pears": fruit(ids), "meta": {"page": page, "total_items": 3}});
    let server = pages([page(&["a", "b"], 0), page(&["c"], 1)]).await;
    let client = client(&server);
    assert_eq!(
        ids(PearApi { client }.list().stream()).await,
        ["a", "b", "c"]
    );
    assert_eq!(targets(&server).await, ["/pears", "/pears?page=1"]);
}

#[tokio::test]
async fn by_offset() {
    let page = |ids: &[&str]| json!({"plums": fruit(ids), "total": 3});
    let server = pages([page(&["a", "b"]), page(&["c"])]).await;
    let client = client(&server);
    let plums = PlumApi { client }.list().limit(2).stream();
    assert_eq!(ids(plums).await, ["a", "b", "c"]);
    let expected = ["/plums?limit=2", "/plums?limit=2&offset=2"];
    assert_eq!(targets(&server).await, expected);
}

#[tokio::test]
async fn after_the_last_item() {
    let page = |ids: &[&str], more: bool| json!({"data": fruit(ids), "has_more": more});
    let server = pages([page(&["a", "b"], true), page(&["c"], false)]).await;
    let client = client(&server);
    assert_eq!(
        ids(FigApi { client }.list().stream()).await,
        ["a", "b", "c"]
    );
    assert_eq!(targets(&server).await, ["/figs", "/figs?starting_after=b"]);
}

#[tokio::test]
async fn by_the_header() {
    let page = |ids: &[&str], link: &str| {
        let answer = ResponseTemplate::new(200).set_body_json(fruit(ids));
        answer.insert_header("link", link)
    };
    let server = server(vec![
        page(&["a"], r#"</limes?at=x%20y>; rel="next""#),
        page(&["b"], r#"</limes>; rel="first""#),
    ])
    .await;
    let client = client(&server);
    assert_eq!(ids(LimeApi { client }.list().stream()).await, ["a", "b"]);
    assert_eq!(targets(&server).await, ["/limes", "/limes?at=x%20y"]);
}

#[tokio::test]
async fn by_an_address() {
    let page = |ids: &[&str], next: Value| json!({"data": fruit(ids), "included": [], "links": {"next": next}});
    let server = MockServer::start().await;
    let next = format!("{}/kiwis?page%5Bcursor%5D=2", server.uri());
    let answers = [page(&["a"], json!(next)), page(&["b"], Value::Null)];
    let answers = answers.map(|page| ResponseTemplate::new(200).set_body_json(page));
    let answers = InTurn(Mutex::new(answers.into()));
    Mock::given(any())
        .respond_with(answers)
        .mount(&server)
        .await;
    let client = client(&server);
    assert_eq!(
        ids(KiwiApi { client }.list_kiwis().stream()).await,
        ["a", "b"]
    );
    let expected = ["/kiwis", "/kiwis?page%5Bcursor%5D=2"];
    assert_eq!(targets(&server).await, expected);
}

#[tokio::test]
async fn by_a_cursor_in_the_body() {
    let page = |ids: &[&str], next: &str| json!({"result": {"dates": fruit(ids), "response_metadata": {"next_page_token": next}}});
    let server = pages([page(&["a"], "t"), page(&["b"], "")]).await;
    let client = client(&server);
    let body = SearchDatesRequest::builder().ripe(true);
    let dates = DateApi { client }.search().body(body).stream();
    assert_eq!(ids(dates).await, ["a", "b"]);
    let requests = server.received_requests().await.expect("they are recorded");
    let bodies: Vec<Value> = requests
        .iter()
        .map(|request| request.body_json().expect("it is JSON"))
        .collect();
    let expected = [
        json!({"ripe": true}),
        json!({"ripe": true, "page_token": "t"}),
    ];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn by_the_config() {
    let page = |ids: &[&str], then: &str, any: bool| json!({"nuts": fruit(ids), "shells": ["x"], "then": then, "any": any});
    let server = pages([page(&["a"], "1", true), page(&["b"], "2", false)]).await;
    let client = client(&server);
    assert_eq!(ids(NutApi { client }.list().stream()).await, ["a", "b"]);
    assert_eq!(targets(&server).await, ["/nuts", "/nuts?from=1"]);
}

/// A wait for the next page that is given up loses neither the page nor what came before it.
#[tokio::test]
async fn waits_can_be_given_up() {
    let page = |ids: &[&str]| json!({"plums": fruit(ids), "total": 4});
    let server = pages([page(&["a", "b"]), page(&["c", "d"])]).await;
    let client = client(&server);
    let mut plums = PlumApi { client }.list().stream();
    let mut found = Vec::new();
    while found.len() < 4 {
        // Polled once and dropped.
        let polled = {
            let next = pin!(plums.next());
            next.poll(&mut Context::from_waker(Waker::noop()))
        };
        match polled {
            Poll::Ready(item) => found.push(item.expect("there is one").expect("it decodes").id),
            Poll::Pending => tokio::task::yield_now().await,
        }
    }
    assert_eq!(found, ["a", "b", "c", "d"]);
    assert_eq!(targets(&server).await, ["/plums", "/plums?offset=2"]);
}
