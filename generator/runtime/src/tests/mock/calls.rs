//! Which calls are expected, and what is told of others.

use serde_json::json;

use super::*;
use crate::runtime::{Bytes, Error};

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
