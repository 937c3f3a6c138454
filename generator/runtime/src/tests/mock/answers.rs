//! What an expected call is answered.

use std::time::Duration;

use serde_json::json;

use super::*;
use crate::runtime::mock::blank;
use crate::runtime::{Error, Retry};

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
