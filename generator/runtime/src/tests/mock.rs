//! The mock as a test would use it.

use std::time::Duration;

use serde_json::{Value, json};

use super::server::BEARER;
use crate::runtime::mock::{Mock, blank};
use crate::runtime::{
    Bytes, Client, ClientBuilder, Decimal, Error, Field, Map, Retry, StatusCode, Upload, operation,
    record, replies, string_enum,
};

string_enum! {
    pub enum Kind {
        Small = "small",
        Large = "large",
        #[unknown]
        Unknown(String),
    }
}

record! {
    #[non_exhaustive]
    pub struct Part {
        #[json("name")]
        pub name: String,
    }
}

record! {
    /// What only answers have: it cannot be put together but by reading.
    #[non_exhaustive]
    pub struct Thing {
        #[json("id")]
        pub id: i64,
        #[json("part")]
        pub part: Part,
        #[json("list")]
        pub parts: Vec<Part>,
        #[json("kind")]
        pub kind: Kind,
        #[json("price")]
        pub price: Decimal,
        #[json("any")]
        pub any: Value,
        #[json("pair")]
        pub pair: (String, bool),
        #[json(nullable, "owner")]
        pub owner: Option<String>,
        #[json(optional, "note")]
        pub note: Option<String>,
        #[json(patch, "color")]
        pub color: Field<String>,
        #[json("labels")]
        pub labels: Map<String>,
    }
}

record! {
    #[builder(NewThingBuilder)]
    pub struct NewThing {
        #[json("name")]
        pub name: String,
        #[json(optional, "size")]
        pub size: Option<f64>,
    }
}

record! {
    pub struct Things {
        #[json("items")]
        pub items: Vec<String>,
        #[json(optional, "next")]
        pub next: Option<String>,
    }
}

replies! {
    pub enum Made {
        Accepted = empty(202),
        Ok(Things) = json(200),
        Text(StatusCode, String) = text(290..=299),
    }
}

replies! {
    pub enum Refused {
        Missing(Things) = json(404, "application/problem+json"),
        Other(StatusCode) = empty(default),
    }
}

operation! {
    #[request("getThing", "GET", "/things/{id}")]
    #[answer(json = Thing)]
    pub struct GetThing {
        #[query("depth")]
        depth: i64,
        #[header("x-as")]
        workspace: String,
    }
}

operation! {
    #[request("listThings", "GET", "/things")]
    #[answer(json = Things)]
    #[pages(String, cursor("after", "/next").items("/items"))]
    pub struct ListThings {
        #[query_list("tag", Repeat)]
        tag: String,
    }
}

operation! {
    #[request("makeThing", "POST", "/things")]
    #[answer(one_of = Made)]
    pub struct MakeThing {
        #[json]
        body: NewThing,
        #[multipart()]
        form: Value,
        #[bytes("image/png")]
        image: Upload,
    }
}

operation! {
    #[request("dropThing", "DELETE", "/things")]
    #[answer(empty)]
    pub struct DropThing {}
}

operation! {
    #[request("watchThings", "GET", "/watch")]
    #[answer(events = Part)]
    #[beside("application/jsonl", (lines = Value))]
    pub struct WatchThings {}
}

const EXAMPLES: &[&str] = &[
    "{}",
    r#"{
        "GET /things": {"status": 200, "type": "application/json", "json": {"items": ["a", "b"]}},
        "DELETE /things": {"status": 204},
        "POST /things": {"status": 299, "type": "text/plain", "text": "made \u00e9"},
        "GET /things/{id}": {"status": "no number"}
    }"#,
];

fn mock() -> Mock {
    let server = "https://api.example.com/v1";
    Mock::of(ClientBuilder::new(server, "x/1", &BEARER), EXAMPLES).unwrap()
}

fn get(client: &Client, id: i64) -> GetThing {
    GetThing::request(client).path::<i64>("id", id).into()
}

fn list(client: &Client) -> ListThings {
    ListThings::request(client).into()
}

fn make(client: &Client) -> MakeThing {
    MakeThing::request(client).into()
}

fn drop_it(client: &Client) -> DropThing {
    DropThing::request(client).into()
}

fn watch(client: &Client) -> WatchThings {
    WatchThings::request(client).into()
}

fn things(items: &[&str], next: Option<&str>) -> Things {
    Things {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        next: next.map(str::to_owned),
    }
}

#[test]
fn a_blank_has_what_is_required_and_nothing_else() {
    let thing: Thing = blank().unwrap();
    let expected = json!({
        "id": 0, "part": {"name": ""}, "list": [], "kind": "", "price": 0, "any": null,
        "pair": ["", false], "owner": null, "labels": {}
    });
    assert_eq!(serde_json::to_value(&thing).unwrap(), expected);
}

#[tokio::test]
async fn an_expected_call_gets_its_answer() {
    let mock = mock();
    let client = mock.client();
    mock.expect(get(&client, 7)).answer_with(|thing| {
        thing.part.name = "wheel".to_owned();
        thing.note = Some("round".to_owned());
    });
    let thing = get(&client, 7).depth(2).await.unwrap();
    assert_eq!(
        (thing.part.name.as_str(), thing.note.as_deref()),
        ("wheel", Some("round"))
    );
    mock.verify().unwrap();
    let received = mock.received();
    assert_eq!(received.len(), 1);
    assert_eq!(received[0].operation, "getThing");
    assert_eq!(received[0].method, "GET");
    assert_eq!(received[0].path, "/v1/things/7");
    assert_eq!(received[0].query_value("depth"), Some("2"));
    assert_eq!(received[0].headers["authorization"], "Bearer mock");
    assert!(received[0].headers["authorization"].is_sensitive());
}

#[tokio::test]
async fn pages_come_as_they_are_asked_for() {
    let mock = mock();
    let api = mock.client();
    mock.expect(list(&api))
        .answer(things(&["a", "b"], Some("2")));
    mock.expect(list(&api)).answer(things(&["c"], Some("3")));
    mock.expect(list(&api)).answer(things(&["d"], None));
    let items = list(&api).tag(["x y", "z"]).stream();
    assert_eq!(items.collect_up_to(9).await.unwrap(), ["a", "b", "c", "d"]);
    mock.verify().unwrap();
    let after: Vec<_> = mock.received();
    let after: Vec<_> = after.iter().map(|came| came.query_value("after")).collect();
    assert_eq!(after, [None, Some("2"), Some("3")]);

    // The same in one, answered in turn.
    let mock = self::mock();
    let api = mock.client();
    mock.expect_any::<ListThings>()
        .answer(things(&["a"], Some("2")))
        .answer(things(&["b"], None));
    let items = list(&api).stream().collect_up_to(9).await.unwrap();
    assert_eq!(items, ["a", "b"]);
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_call_that_is_another_is_refused_with_what_differs() {
    let mock = mock();
    let api = mock.client();
    mock.expect(get(&api, 7).depth(1).workspace("mine"))
        .answer_with(|_| {});
    mock.expect(list(&api).tag(["a", "b"]))
        .answer(things(&[], None));
    let wanted = NewThing::builder().name("wheel").size(2.0);
    mock.expect(make(&api).body(wanted)).answer(Made::Accepted);

    let other = get(&api, 8)
        .depth(2)
        .workspace("not to be told")
        .await
        .unwrap_err();
    assert!(matches!(other, Error::Invalid { .. }));
    assert_eq!(
        other.to_string(),
        "getThing (GET): nothing sent: the mock does not expect getThing (GET /v1/things/8): the nearest is \
         getThing (GET /things/7): the path is /v1/things/8; query parameter `depth` is `2`, \
         expected `1`; header `x-as` is another"
    );
    let other = list(&api).tag(["a"]).await.unwrap_err().to_string();
    assert!(
        other.ends_with("query parameter `tag` is `a`, expected `a,b`"),
        "{other}"
    );
    let body = NewThing::builder().name("wheel").size(3.5);
    let other = make(&api).body(body).await.unwrap_err().to_string();
    assert!(
        other.ends_with("the body's /size is `3.5`, expected `2`"),
        "{other}"
    );
    let body = NewThing::builder().name("wheel");
    let other = make(&api).body(body).await.unwrap_err().to_string();
    assert!(
        other.ends_with("the body has no /size, expected `2`"),
        "{other}"
    );
    let other = make(&api).await.unwrap_err().to_string();
    assert!(other.ends_with("there is no body"), "{other}");
    let other = drop_it(&api).await.unwrap_err().to_string();
    assert!(
        other.ends_with("no call of that operation is expected"),
        "{other}"
    );

    let unmet = mock.verify().unwrap_err().to_string();
    let lines: Vec<&str> = unmet.lines().collect();
    assert_eq!(lines[0], "the calls are not those that were expected");
    assert_eq!(
        lines[1],
        "- getThing (GET /things/7): expected once, came never"
    );
    assert_eq!(lines.len(), 10, "{unmet}");
    assert!(lines[4].starts_with("- not expected: getThing (GET /v1/things/8): the nearest is"));
    assert!(!unmet.contains("not to be told"));
}

#[tokio::test]
async fn how_often_a_call_may_come() {
    let mock = mock();
    let api = mock.client();
    mock.expect(get(&api, 1)).answer_with(|_| {}).times(2);
    mock.expect(get(&api, 2)).answer_with(|_| {}).any_times();
    get(&api, 1).await.unwrap();
    let unmet = mock.verify().unwrap_err();
    assert!(format!("{unmet:?}").ends_with("(GET /things/1): expected 2 times, came once"));
    get(&api, 1).await.unwrap();
    mock.verify().unwrap();
    let third = get(&api, 1).await.unwrap_err().to_string();
    assert!(
        third.ends_with("getThing (GET /things/1) has come 2 times already"),
        "{third}"
    );
    for _ in 0..3 {
        get(&api, 2).await.unwrap();
    }
    assert_eq!(mock.received().len(), 6);
}

#[tokio::test]
async fn failures_are_those_of_the_document_or_of_the_network() {
    let mock = mock();
    let api = mock.client();
    mock.expect(drop_it(&api))
        .answer_failure(Refused::Missing(things(&["a"], None)))
        .answer_failure(Refused::Other(StatusCode::CONFLICT))
        .answer_status(418, json!({"message": "tea"}))
        .header("x-request-id", "r-1")
        .answer(());
    let missing = drop_it(&api).await.unwrap_err();
    assert!(missing.is_not_found());
    assert_eq!(
        missing.failure(),
        Some(Refused::Missing(things(&["a"], None)))
    );
    let error = missing.api().unwrap();
    assert_eq!(error.headers()["content-type"], "application/problem+json");
    let other: Option<Refused> = drop_it(&api).await.unwrap_err().failure();
    assert_eq!(other, Some(Refused::Other(StatusCode::CONFLICT)));
    let tea = drop_it(&api).await.unwrap_err();
    assert_eq!(tea.api().unwrap().message(), Some("tea"));
    assert_eq!(tea.api().unwrap().request_id(), Some("r-1"));
    drop_it(&api).await.unwrap();

    // It is tried again as in earnest, without a wait.
    mock.expect(get(&api, 1))
        .fail()
        .time_out()
        .answer_with(|_| {});
    get(&api, 1).await.unwrap();
    mock.verify().unwrap();
    mock.expect(get(&api, 2)).fail();
    let broken = get(&api, 2).with_retry(Retry::never()).await.unwrap_err();
    assert!(matches!(broken, Error::Connection { .. }));
}

#[tokio::test]
async fn every_kind_of_answer() {
    let mock = mock();
    let api = mock.client();
    mock.expect_any::<MakeThing>()
        .answer(Made::Accepted)
        .answer(Made::Ok(things(&["a"], None)))
        .answer(Made::Text(
            StatusCode::from_u16(299).unwrap(),
            "text".to_owned(),
        ));
    let answer = make(&api).send_with_response().await.unwrap();
    assert_eq!(
        (answer.status.as_u16(), answer.value),
        (202, Made::Accepted)
    );
    assert_eq!(make(&api).await.unwrap(), Made::Ok(things(&["a"], None)));
    let status = StatusCode::from_u16(299).unwrap();
    assert_eq!(
        make(&api).await.unwrap(),
        Made::Text(status, "text".to_owned())
    );

    let part = |name: &str| {
        let mut part: Part = blank().unwrap();
        part.name = name.to_owned();
        part
    };
    mock.expect(watch(&api))
        .answer([part("a\nb"), part("c")])
        .answer_raw(200, "application/jsonl", "1\n2\n");
    let mut events = watch(&api).await.unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().data, part("a\nb"));
    assert_eq!(events.next().await.unwrap().unwrap().data, part("c"));
    assert!(events.next().await.is_none());
    let mut lines = watch(&api).lines().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), json!(1));
    mock.verify().unwrap();
}

#[tokio::test]
async fn bodies_are_compared_as_what_they_are() {
    let mock = mock();
    let api = mock.client();
    let form = json!({"name": "wheel", "tags": ["a", "b"]});
    mock.expect(make(&api).form(form.clone()))
        .answer(Made::Accepted);
    mock.expect(make(&api).image("PNG")).answer(Made::Accepted);
    // The boundary is another each time.
    make(&api).form(form).await.unwrap();
    let other = make(&api).image("GIF").await.unwrap_err().to_string();
    assert!(
        other.ends_with("the body is another, of 3 bytes"),
        "{other}"
    );
    make(&api).image("PNG").await.unwrap();
    let sent = NewThing::builder().name("n").build().unwrap();
    mock.expect(make(&api)).answer(Made::Accepted);
    make(&api).body(sent.clone()).await.unwrap();
    let received = mock.received();
    assert_eq!(received.last().unwrap().json::<NewThing>().unwrap(), sent);
    assert_eq!(received[2].body, Bytes::from("PNG"));
}

#[tokio::test]
async fn an_expectation_that_cannot_come_is_told() {
    let mock = mock();
    let api = mock.client();
    mock.expect(make(&api).body(NewThing::builder()))
        .answer(Made::Accepted);
    mock.expect(get(&api, 1));
    mock.expect(get(&api, 2)).answer_status(99, ());
    let error = get(&api, 1).await.unwrap_err().to_string();
    assert!(error.ends_with("getThing (GET /things/1) is expected, but was given no answer"));
    let error = get(&api, 2).await.unwrap_err().to_string();
    assert!(error.ends_with("99 is no status"), "{error}");
    let unmet = mock.verify().unwrap_err().to_string();
    let said = "makeThing (POST /things): cannot come: the body: required but not given: name";
    assert!(unmet.ends_with(said), "{unmet}");
}

#[tokio::test(start_paused = true)]
async fn an_answer_may_take_its_time() {
    let mock = mock();
    let client = mock
        .builder()
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap();
    mock.expect(get(&client, 1))
        .answer_with(|_| {})
        .delay(Duration::from_secs(4));
    mock.expect(get(&client, 2))
        .answer_with(|_| {})
        .delay(Duration::from_secs(6));
    get(&client, 1).await.unwrap();
    let late = get(&client, 2)
        .with_retry(Retry::never())
        .await
        .unwrap_err();
    assert!(late.is_timeout());
}

#[tokio::test]
async fn a_client_of_ones_own_shows_its_own_secret_and_nobody_else_does() {
    let mock = mock();
    let client = mock
        .builder()
        .credential(0, "secret-token")
        .build()
        .unwrap();
    mock.expect(get(&client, 1)).answer_with(|_| {});
    get(&client, 1).await.unwrap();
    let received = mock.received();
    assert_eq!(received[0].headers["authorization"], "Bearer secret-token");
    let said = format!("{mock:?} {received:?} {:?}", mock.verify());
    assert!(!said.contains("secret-token"), "{said}");
}

#[tokio::test]
async fn examples_are_those_of_the_operation() {
    let mock = mock();
    let api = mock.client();
    mock.expect(list(&api).tag(["x"])).example();
    assert_eq!(
        list(&api).tag(["x"]).await.unwrap(),
        things(&["a", "b"], None)
    );
    mock.expect_any::<DropThing>().example();
    let dropped = drop_it(&api).send_with_response().await.unwrap();
    assert_eq!(dropped.status.as_u16(), 204);
    mock.expect_any::<MakeThing>().example();
    let status = StatusCode::from_u16(299).unwrap();
    let made = make(&api).await.unwrap();
    assert_eq!(made, Made::Text(status, "made é".to_owned()));
    mock.verify().unwrap();
}

#[tokio::test]
async fn an_operation_without_an_example_is_told() {
    let mock = mock();
    let api = mock.client();
    mock.expect_any::<GetThing>().example();
    mock.expect_any::<WatchThings>().example();
    for error in [
        get(&api, 7).await.map(|_| ()).unwrap_err().to_string(),
        watch(&api).await.map(|_| ()).unwrap_err().to_string(),
    ] {
        assert!(
            error.contains("there is no example of an answer to GET /"),
            "{error}"
        );
    }
}
