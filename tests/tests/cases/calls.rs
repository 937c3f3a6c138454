//! Operations over real sockets: method, path, query, headers and body as they arrive.

use crate::cases::absent_null_value::operations::note::NoteApi;
use crate::cases::media_types::models::FramePrintRequest;
use crate::cases::media_types::operations::print::PrintApi;
use crate::cases::operations::models::{Beam, CreateLampBeamRequest, ListLampBeamsQ};
use crate::cases::operations::operations::lamp_beam::LampBeamApi;
use crate::cases::paging::models::{Bird, SearchBirdsRequest};
use crate::cases::paging::operations::bird::BirdApi;
use crate::runtime::{Scheme, SecretSpot, Security};
use crate::{Client, ClientBuilder, Items, Value};
use serde_json::json;
use wiremock::matchers::{body_json, method, path, query_param};
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub async fn server(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any())
        .respond_with(answer)
        .mount(&server)
        .await;
    server
}

/// The scheme of the cases that have one.
static BEARER: Security = Security {
    schemes: &[Scheme {
        name: "token",
        setter: "token",
        spot: SecretSpot::Authorization("Bearer"),
    }],
    default: &[&[0]],
};

pub fn client(server: &MockServer) -> Client {
    let builder = ClientBuilder::new(server.uri(), "cases", &BEARER).credential(0, "secret");
    builder.build().expect("the client can be made")
}

/// The one request that has arrived.
pub async fn arrived(server: &MockServer) -> Request {
    let requests = server
        .received_requests()
        .await
        .expect("requests are recorded");
    let [request] = requests.as_slice() else {
        panic!("{} requests", requests.len())
    };
    request.clone()
}

/// Looks at all of a request's query.
#[track_caller]
pub fn expect_query(request: &Request, expected: &[(&str, &str)]) {
    let pairs: Vec<_> = request.url.query_pairs().collect();
    let expected = expected.iter();
    let expected: Vec<_> = expected
        .map(|(name, value)| ((*name).into(), (*value).into()))
        .collect();
    assert_eq!(pairs, expected);
}

pub fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request
        .headers
        .get(name)
        .and_then(|value| value.to_str().ok())
}

#[tokio::test]
async fn parameters_go_where_they_belong() {
    let server = server(ResponseTemplate::new(200).set_body_json(json!({"colour": "red"}))).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    let beam: Beam = api
        .get_beam_of_lamp("a/b@c", 7, "2026-01-31", "Ida")
        .x_watch("dog")
        .await
        .expect("the call is answered");
    assert_eq!(beam.colour, "red");
    let request = arrived(&server).await;
    assert_eq!(request.method.as_str(), "GET");
    assert_eq!(request.url.path(), "/lamps/a%2Fb%40c/beams/7");
    assert_eq!(request.url.query(), Some("day=2026-01-31"));
    assert_eq!(header(&request, "x-keeper"), Some("Ida"));
    assert_eq!(header(&request, "x-watch"), Some("dog"));
    assert_eq!(header(&request, "authorization"), Some("Bearer secret"));
    assert!(request.body.is_empty());
}

#[tokio::test]
async fn lists_are_written_as_their_style_says() {
    let csv = ResponseTemplate::new(200).set_body_raw("a;b\n1;2\n", "text/csv");
    let server = server(csv).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    let question = ListLampBeamsQ::builder().a(1);
    let text: String = api
        .list()
        .ids([1, 2])
        .tag(["x", "y"])
        .sort(["up", "down"])
        .words(["one", "two"])
        .q(question)
        .await
        .expect("the call is answered");
    assert_eq!(text, "a;b\n1;2\n");
    let request = arrived(&server).await;
    let expected = [
        ("ids", "1,2"),
        ("tag", "x"),
        ("tag", "y"),
        ("sort", "up|down"),
        ("words", "one two"),
        ("q", "{\"a\":1}"),
    ];
    expect_query(&request, &expected);
}

#[tokio::test]
async fn a_list_that_is_not_set_is_not_sent() {
    let server = server(ResponseTemplate::new(200)).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    api.list()
        .tag(Vec::<String>::new())
        .await
        .expect("the call is answered");
    assert_eq!(arrived(&server).await.url.query(), None);
}

#[tokio::test]
async fn a_form_is_a_form() {
    let server = server(ResponseTemplate::new(201).set_body_json(json!({"colour": "red"}))).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    api.create(CreateLampBeamRequest::builder().name("a b&c").size(3))
        .await
        .expect("the call is answered");
    let request = arrived(&server).await;
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(
        header(&request, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let text = String::from_utf8_lossy(&request.body).replace("%20", "+");
    assert_eq!(text, "name=a+b%26c&size=3");
}

/// Bodies of type null are no bodies; an operation without security shows no token.
#[tokio::test]
async fn null_is_nothing() {
    let server = server(ResponseTemplate::new(200).set_body_raw("null", "application/json")).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    let () = api.remove_all().await.expect("the call is answered");
    let request = arrived(&server).await;
    assert_eq!(request.method.as_str(), "DELETE");
    assert_eq!(header(&request, "authorization"), None);
    assert!(request.body.is_empty());
}

/// The document declares a body of the answer 204; there is none.
#[tokio::test]
async fn an_optional_body() {
    let server = server(ResponseTemplate::new(204)).await;
    let api = LampBeamApi {
        client: client(&server),
    };
    let () = api.turn("l", 1).await.expect("the call is answered");
    let request = arrived(&server).await;
    assert_eq!((request.method.as_str(), request.body.len()), ("PUT", 0));
    server.reset().await;
    Mock::given(body_json(json!({"colour": "blue"})))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let () = api
        .turn("l", 1)
        .body(Beam::builder().colour("blue"))
        .await
        .expect("the call is answered");
    assert_eq!(
        header(&arrived(&server).await, "content-type"),
        Some("application/json")
    );
}

/// Nothing is sent while something is missing.
#[tokio::test]
async fn what_is_missing_is_told_before_anything_is_sent() {
    use crate::cases::absent_null_value::models::NotePatch;
    let server = server(ResponseTemplate::new(204)).await;
    let api = NoteApi {
        client: client(&server),
    };
    let error = api
        .patch("1", NotePatch::builder().may("x"))
        .await
        .expect_err("two fields are missing");
    let text = error.to_string();
    assert!(
        text.contains("must") && text.contains("mustOrNull"),
        "{text}"
    );
    assert_eq!(
        server
            .received_requests()
            .await
            .map(|requests| requests.len()),
        Some(0)
    );
}

fn page(names: &[&str], next: Option<&str>) -> ResponseTemplate {
    let items: Vec<Value> = names.iter().map(|name| json!({"name": name})).collect();
    ResponseTemplate::new(200).set_body_json(json!({"items": items, "next_starting_after": next}))
}

async fn all(birds: Items<Bird>) -> Vec<String> {
    let birds: Vec<Bird> = birds
        .collect_up_to(10)
        .await
        .expect("every page is answered");
    birds.into_iter().map(|bird| bird.name).collect()
}

#[tokio::test]
async fn pages_by_query() {
    let server = MockServer::start().await;
    let second = Mock::given(method("GET"))
        .and(path("/birds"))
        .and(query_param("starting_after", "b"));
    second
        .respond_with(page(&["crow"], None))
        .mount(&server)
        .await;
    let first = Mock::given(method("GET"))
        .and(path("/birds"))
        .and(query_param("limit", "2"));
    first
        .respond_with(page(&["auk", "bat"], Some("b")))
        .mount(&server)
        .await;
    let api = BirdApi {
        client: client(&server),
    };
    assert_eq!(
        all(api.list().limit(2).stream()).await,
        ["auk", "bat", "crow"]
    );
    let requests = server
        .received_requests()
        .await
        .expect("requests are recorded");
    let queries: Vec<Option<&str>> = requests.iter().map(|request| request.url.query()).collect();
    assert_eq!(queries, [Some("limit=2"), Some("limit=2&starting_after=b")]);
}

#[tokio::test]
async fn pages_by_body() {
    let server = MockServer::start().await;
    let second =
        Mock::given(method("POST")).and(body_json(json!({"wings": 2, "starting_after": "b"})));
    second
        .respond_with(page(&["crow"], Some("")))
        .mount(&server)
        .await;
    let first = Mock::given(method("POST"))
        .and(path("/birds/search"))
        .and(body_json(json!({"wings": 2})));
    first
        .respond_with(page(&["auk"], Some("b")))
        .mount(&server)
        .await;
    let api = BirdApi {
        client: client(&server),
    };
    let birds = api
        .search()
        .body(SearchBirdsRequest::builder().wings(2))
        .stream();
    assert_eq!(all(birds).await, ["auk", "crow"]);
}

/// Deprecated operations and parameters are marked, and still there; nothing else is marked.
#[tokio::test]
async fn what_is_deprecated_still_works() {
    use crate::cases::deprecated::models::{Chest, Inside, Key};
    use crate::cases::deprecated::operations::chest::ChestApi;
    let chest = json!({"lock": "old", "key": "brass", "inside": {"lock": "small"}});
    let answer = ResponseTemplate::new(200).set_body_json(&chest);
    let server = server(answer).await;
    let api = ChestApi {
        client: client(&server),
    };
    #[expect(deprecated, reason = "that is what is tested")]
    let call = api.list(Key::Iron).moth("m").dust(3);
    let chest: Chest = call.await.expect("the call is answered");
    let Some(Inside::Chest(inside)) = chest.inside else {
        panic!("there is a chest in the chest")
    };
    assert_eq!(inside.lock, "small");
    let request = arrived(&server).await;
    assert_eq!(request.url.query(), Some("key=iron&moth=m&dust=3"));

    server.reset().await;
    Mock::given(body_json(json!({"lock": "new"})))
        .respond_with(ResponseTemplate::new(204))
        .mount(&server)
        .await;
    let call = api.fill(Chest::builder().lock("new"));
    #[expect(deprecated, reason = "that is what is tested")]
    let call = call.moth("m");
    let () = call.await.expect("the call is answered");
    assert_eq!(arrived(&server).await.url.query(), Some("moth=m"));
}

/// Two operations of one id are told apart by method, one without by method and path.
#[tokio::test]
async fn operations_without_an_id_of_their_own() {
    use crate::cases::operation_ids::operations::api::Api;
    use crate::cases::operation_ids::operations::tunnel::TunnelApi;
    let server = server(ResponseTemplate::new(200).set_body_json(json!({"total": 2}))).await;
    let client = client(&server);
    let tunnel = TunnelApi {
        client: client.clone(),
    };
    let () = tunnel.switch_lamps_post("t").await.expect("it is answered");
    let off = tunnel.switch_lamps_delete("t");
    let () = off.await.expect("it is answered");
    let api = Api { client };
    let call = api.get_accounts_by_account_id_transactions("a b");
    let list = call.await.expect("the call is answered");
    assert_eq!(list.total, Some(2));
    let requests = server
        .received_requests()
        .await
        .expect("requests are recorded");
    let lines: Vec<String> = requests
        .iter()
        .map(|request| format!("{} {}", request.method, request.url.path()))
        .collect();
    let expected = [
        "POST /tunnels/t/lamps",
        "DELETE /tunnels/t/lamps",
        "GET /accounts/a%20b/transactions",
    ];
    assert_eq!(lines, expected);
}

/// Objects in a query are written as their style says; in a header, JSON is given as text.
#[tokio::test]
async fn objects_in_a_query() {
    use crate::cases::query_objects::models::{ListFindsFilter, ListFindsFlat, ListFindsQ};
    use crate::cases::query_objects::models::{ListFindsStage, ListFindsXTrace};
    use crate::cases::query_objects::operations::find::FindApi;
    let server = server(ResponseTemplate::new(204)).await;
    let api = FindApi {
        client: client(&server),
    };
    let call = api
        .list()
        .filter(ListFindsFilter::builder().stage(ListFindsStage::Won))
        .flat(ListFindsFlat::builder().depth(3))
        .q(ListFindsQ::builder().age(7))
        .x_trace(ListFindsXTrace::builder().span("a"));
    let () = call.await.expect("the call is answered");
    let request = arrived(&server).await;
    let expected = [
        ("filter[stage]", "won"),
        ("depth", "3"),
        ("q", "{\"age\":7}"),
    ];
    expect_query(&request, &expected);
    assert_eq!(header(&request, "x-trace"), Some("{\"span\":\"a\"}"));
}

#[tokio::test]
async fn bytes_are_bytes() {
    let bytes = [0_u8, 255, 10];
    let server = MockServer::start().await;
    let picture = ResponseTemplate::new(200).set_body_raw(bytes.as_slice(), "image/png");
    Mock::given(method("GET"))
        .respond_with(picture)
        .mount(&server)
        .await;
    let nothing = ResponseTemplate::new(200).set_body_json(Value::Null);
    Mock::given(method("PUT"))
        .respond_with(nothing)
        .mount(&server)
        .await;
    let api = PrintApi {
        client: client(&server),
    };
    let picture: crate::Bytes = api.download().await.expect("the call is answered");
    assert_eq!(picture.as_ref(), bytes);
    let copies: Option<Vec<i64>> = api.upload(picture).await.expect("null is an answer");
    assert_eq!(copies, None);
    let requests = server
        .received_requests()
        .await
        .expect("requests are recorded");
    assert_eq!(
        header(&requests[1], "content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(requests[1].body, bytes);
}

#[tokio::test]
async fn texts_and_nulls() {
    let server = MockServer::start().await;
    let answer = ResponseTemplate::new(200).set_body_json("a caption");
    Mock::given(method("POST"))
        .respond_with(answer)
        .mount(&server)
        .await;
    Mock::given(method("PATCH"))
        .respond_with(ResponseTemplate::new(202))
        .mount(&server)
        .await;
    let api = PrintApi {
        client: client(&server),
    };
    let caption: Option<String> = api
        .caption()
        .body("Nîmes")
        .await
        .expect("the call is answered");
    assert_eq!(caption.as_deref(), Some("a caption"));
    api.frame(None::<FramePrintRequest>)
        .await
        .expect("the call is answered");
    api.frame(FramePrintRequest::builder().wood("oak"))
        .await
        .expect("the call is answered");
    let requests = server
        .received_requests()
        .await
        .expect("requests are recorded");
    let bodies: Vec<&str> = requests
        .iter()
        .filter_map(|request| std::str::from_utf8(&request.body).ok())
        .collect();
    assert_eq!(bodies, ["Nîmes", "null", "{\"wood\":\"oak\"}"]);
    assert!(
        header(&requests[0], "content-type").is_some_and(|media| media.starts_with("text/plain"))
    );
    assert_eq!(
        header(&requests[1], "content-type"),
        Some("application/json")
    );
}
