//! Enums of what an operation answers: chosen by status, then by media type.

use super::server::{answer, answer_with, serve};
use crate::runtime::{Error, JsonFault, OneOf, Request, StatusCode, record, replies};

record! {
    pub struct Wait {
        #[json("seconds")]
        pub seconds: i64,
    }
}

record! {
    pub struct Fault {
        #[json(optional, "message")]
        pub message: Option<String>,
    }
}

replies! {
    /// All that a table can have.
    pub enum Refusal {
        NotFound = empty(404),
        Slow(Wait) = json(429),
        Busy(String) = text(503),
        Bad(Fault) = json(400, "application/json"),
        BadScim(Wait) = json(400, "application/scim+json"),
        BadText(String) = text(400, "text/*"),
        Odd(crate::runtime::Bytes) = bytes(499),
        Mine(StatusCode, Fault) = json(400..=499),
        Yours(StatusCode) = empty(500..=599),
        Other(StatusCode, Wait) = json(default),
    }
}

async fn error(answer: String) -> Error {
    let server = serve([answer]);
    let request = Request::new(&server.client(), "get", "GET", "/");
    match request.send::<OneOf<Refusal>>().await {
        Ok(value) => panic!("{value:?}"),
        Err(error) => error,
    }
}

async fn refusal(status: &str, media: &str, body: &str) -> Option<Refusal> {
    let media = format!("content-type: {media}\r\n");
    error(answer_with(status, &media, body)).await.failure()
}

fn fault(message: &str) -> Fault {
    Fault {
        message: Some(message.to_owned()),
    }
}

#[tokio::test]
async fn the_narrowest_status_has_it() {
    let json = "application/json";
    let wait = Wait { seconds: 7 };
    let cases = [
        ("404 Not Found", "{}", Refusal::NotFound),
        ("429 Slow", r#"{"seconds":7}"#, Refusal::Slow(wait.clone())),
        ("499 Odd", "\u{1}", Refusal::Odd("\u{1}".into())),
        (
            "418 Teapot",
            r#"{"message":"tea"}"#,
            Refusal::Mine(StatusCode::IM_A_TEAPOT, fault("tea")),
        ),
        ("503 Busy", "later", Refusal::Busy("later".to_owned())),
        ("502 Bad", "<html>", Refusal::Yours(StatusCode::BAD_GATEWAY)),
        (
            "302 Found",
            r#"{"seconds":7}"#,
            Refusal::Other(StatusCode::FOUND, wait),
        ),
    ];
    for (status, body, expected) in cases {
        assert_eq!(
            refusal(status, json, body).await,
            Some(expected),
            "{status}"
        );
    }
}

#[tokio::test]
async fn of_one_status_the_media_type_has_it() {
    let both = r#"{"message":"m","seconds":1}"#;
    let bad = || Some(Refusal::Bad(fault("m")));
    let scim = || Some(Refusal::BadScim(Wait { seconds: 1 }));
    let status = "400 Bad Request";
    assert_eq!(refusal(status, "application/json", both).await, bad());
    let loud = "Application/SCIM+JSON; charset=utf-8";
    assert_eq!(refusal(status, loud, both).await, scim());
    let text = refusal(status, "text/plain", "no").await;
    assert_eq!(text, Some(Refusal::BadText("no".to_owned())));
    // JSON of another media type is the first that it can be read as, and so is what says nothing.
    assert_eq!(
        refusal(status, "application/problem+json", both).await,
        bad()
    );
    assert_eq!(refusal(status, "x/y", both).await, bad());
    let not_bad = r#"{"message":1,"seconds":1}"#;
    assert_eq!(
        refusal(status, "application/problem+json", not_bad).await,
        scim()
    );
    assert_eq!(
        refusal(status, "x/y", "no JSON").await,
        Some(Refusal::BadText("no JSON".to_owned()))
    );
}

#[tokio::test]
async fn of_one_media_type_the_parameters_say_which_is_tried_first() {
    replies! {
        pub enum Versions {
            Plain(Fault) = json(400, "application/json"),
            First(Fault) = json(400, "application/json;version=1"),
            Second(Wait) = json(400, "application/json; version=\"2\"; charset=utf-8"),
        }
    }
    let status = "400 Bad Request";
    let both = r#"{"message":"m","seconds":1}"#;
    let wait = || Wait { seconds: 1 };
    for (media, body, expected) in [
        ("application/json", both, Versions::Plain(fault("m"))),
        (
            "application/json; Version=1",
            both,
            Versions::First(fault("m")),
        ),
        ("application/json;version=2", both, Versions::Second(wait())),
        (
            "application/json;version=3",
            both,
            Versions::Plain(fault("m")),
        ),
        (
            "application/json; charset=utf-8",
            both,
            Versions::Plain(fault("m")),
        ),
        // A server that says another version than it sends costs nobody the answer.
        (
            "application/json;version=1",
            r#"{"message":1,"seconds":1}"#,
            Versions::Second(wait()),
        ),
    ] {
        let media = format!("content-type: {media}\r\n");
        let error = error(answer_with(status, &media, body)).await;
        assert_eq!(error.failure(), Some(expected), "{media}");
    }
}

#[tokio::test]
async fn what_is_not_as_declared_is_told() {
    let error = error(answer("429 Slow", r#"{"seconds":"x"}"#)).await;
    assert_eq!(error.failure::<Refusal>(), None);
    let api = error.api().unwrap();
    let fault: JsonFault = api.failure::<Refusal>().unwrap_err();
    assert_eq!(fault.path, "$.seconds");
    assert_eq!(api.body().as_ref(), br#"{"seconds":"x"}"#);

    replies! {
        pub enum Only {
            NotFound = empty(404),
            Slow(Wait) = json(429),
        }
    }
    assert_eq!(error.failure::<Only>(), None);
    let gone = self::error(answer("410 Gone", "{}")).await;
    let fault = gone.api().unwrap().failure::<Only>().unwrap_err();
    assert_eq!(fault.message, "nothing is declared of status 410 Gone");
    let slow = self::error(answer("429 Slow", "")).await;
    let fault = slow.api().unwrap().failure::<Only>().unwrap_err();
    assert_eq!(fault.message, "the body is empty");
}

replies! {
    pub enum Made {
        Accepted = empty(202),
        Ok(Wait) = json(200),
        Created(Fault) = json(201),
    }
}

async fn made(status: &str, body: &str) -> Result<Made, Error> {
    let server = serve([answer(status, body)]);
    let request = Request::new(&server.client(), "make", "POST", "/");
    let value = request.accept("application/json, x/y;q=0.9");
    let value = value.send::<OneOf<Made>>().await;
    let accept = server.only();
    assert_eq!(accept.header("accept"), Some("application/json, x/y;q=0.9"));
    value
}

#[tokio::test]
async fn successes_are_told_apart_by_status() {
    let both = r#"{"message":"m","seconds":1}"#;
    let ok = Made::Ok(Wait { seconds: 1 });
    assert_eq!(made("200 OK", both).await.unwrap(), ok);
    let created = Made::Created(fault("m"));
    assert_eq!(made("201 Created", both).await.unwrap(), created);
    assert_eq!(made("202 Accepted", both).await.unwrap(), Made::Accepted);
    // A status that is not declared is what it can be read as.
    assert_eq!(made("203 Odd", both).await.unwrap(), ok);
    assert_eq!(
        made("299 Odd", r#"{"message":"m"}"#).await.unwrap(),
        created
    );
    assert_eq!(made("206 Odd", "[]").await.unwrap(), Made::Accepted);
    match made("200 OK", "[]").await {
        Err(Error::Decode(error)) => assert_eq!(error.path(), "$"),
        other => panic!("{other:?}"),
    }
    assert!(matches!(
        made("200 OK", "").await,
        Err(Error::EmptyBody { .. })
    ));
}
