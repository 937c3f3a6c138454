//! What comes back: values, the server's errors, broken answers, redirects.

use std::error::Error as StdError;
use std::time::Duration;

use serde_json::json;

use super::server::{Server, answer, answer_with, serve};
use crate::runtime::{
    Answer, Empty, Error, HttpClient, Json, Raw, Request, Response, Text, Value, record,
};

record! {
    pub struct Thing {
        #[json(optional, "name")]
        pub name: Option<String>,
    }
}

record! {
    pub struct Named {
        #[json("name")]
        pub name: String,
    }
}

async fn call<A: Answer>(server: &Server) -> Result<A::Value, Error> {
    let request = Request::new(&server.client(), "listThings", "GET", "/things?key=s3cret");
    request.send::<A>().await
}

async fn read<A: Answer>(answer: impl Into<Vec<u8>>) -> Result<A::Value, Error> {
    call::<A>(&serve([answer.into()])).await
}

/// The text of the error, which is the same for the caller whatever kind of answer was expected.
async fn told<A: Answer>(answer: impl Into<Vec<u8>>) -> String {
    match read::<A>(answer).await {
        Ok(_) => panic!("there is a value"),
        Err(error) => error.to_string(),
    }
}

#[tokio::test]
async fn any_2xx_is_a_value() {
    for status in [
        "200 OK",
        "201 Created",
        "202 Accepted",
        "206 Partial Content",
        "299 Odd",
    ] {
        let body = answer_with(
            status,
            "content-type: text/html\r\n",
            "\u{feff}{\"name\":\"x\"}",
        );
        let thing = read::<Json<Thing>>(body).await.unwrap();
        assert_eq!(thing.name.as_deref(), Some("x"));
    }
    let csv = answer_with("200 OK", "content-type: text/csv\r\n", "\u{feff}a,ü\n");
    assert_eq!(read::<Text>(csv.clone()).await.unwrap(), "\u{feff}a,ü\n");
    assert_eq!(read::<Raw>(csv.clone()).await.unwrap().len(), 8);
    read::<Empty>(csv).await.unwrap();
}

#[tokio::test]
async fn an_empty_body_is_null_or_an_empty_object() {
    for (status, body) in [
        ("204 No Content", ""),
        ("200 OK", ""),
        ("202 Accepted", " \r\n"),
    ] {
        let answer = answer(status, body);
        assert_eq!(
            read::<Json<Value>>(answer.clone()).await.unwrap(),
            Value::Null
        );
        assert_eq!(
            read::<Json<Option<Named>>>(answer.clone()).await.unwrap(),
            None
        );
        assert_eq!(
            read::<Json<Thing>>(answer.clone()).await.unwrap(),
            Thing { name: None }
        );
        let error = read::<Json<Named>>(answer).await.unwrap_err();
        assert!(matches!(&error, Error::EmptyBody { .. }), "{error}");
        assert!(!error.is_retryable());
        assert_eq!(
            error.to_string(),
            format!(
                "listThings (GET): {}, but the body is empty",
                error.status().unwrap()
            )
        );
    }
}

#[tokio::test]
async fn the_response_has_status_and_headers() {
    let server = serve([answer_with("201 Created", "x-page: 7\r\n", "{}")]);
    let request = Request::new(&server.client(), "listThings", "GET", "/things");
    let response: Response<Thing> = request.send_with_response::<Json<Thing>>().await.unwrap();
    assert_eq!(response.status, 201);
    assert_eq!(response.headers["x-page"], "7");
}

#[tokio::test]
async fn a_body_that_does_not_decode_is_kept() {
    let body = r#"{"name": 1, "secret": "x"}"#;
    let text = answer_with("200 OK", "x-request-id: r1\r\n", body);
    let error = read::<Json<Named>>(text).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listThings (GET): 200 OK, but the body does not decode at $.name: invalid type: integer \
         `1`, expected a string"
    );
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!((error.path(), error.status().as_u16()), ("$.name", 200));
    assert_eq!(error.headers()["x-request-id"], "r1");
    assert_eq!(error.body().as_ref(), body.as_bytes());

    let latin1 = [
        answer_with("200 OK", "content-length: 1\r\n", "").as_bytes(),
        b"\xe4",
    ]
    .concat();
    let text = told::<Text>(latin1).await;
    assert!(
        text.contains("does not decode at $: incomplete utf-8"),
        "{text}"
    );
}

#[tokio::test]
async fn the_servers_own_errors() {
    let not_found = r#"{"statusCode":404,"error":"Not Found","message":"No such thing"}"#;
    let text = answer_with("404 Not Found", "x-request-id: r1\r\n", not_found);
    let error = read::<Json<Thing>>(text).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listThings (GET): 404 Not Found: No such thing (request id r1)"
    );
    assert!(error.is_not_found() && !error.is_retryable() && !error.is_timeout());
    let api = error.api().unwrap();
    assert_eq!(api.text(), not_found);
    assert_eq!(api.request_id(), Some("r1"));
    assert_eq!(api.json::<Value>().unwrap()["statusCode"], 404);
    assert_eq!(api.json::<Named>().unwrap_err().path, "$");
    assert_eq!(error.source().unwrap().to_string(), error.to_string());
    for (status, retryable) in [
        ("400 Bad Request", false),
        ("401 Unauthorized", false),
        ("402 Payment Required", false),
        ("408 Request Timeout", true),
        ("429 Too Many Requests", true),
        ("500 Internal Server Error", true),
        ("501 Not Implemented", false),
        ("503 Service Unavailable", true),
        ("504 Gateway Timeout", true),
    ] {
        let error = read::<Empty>(answer(status, "")).await.unwrap_err();
        assert_eq!(error.is_retryable(), retryable, "{error}");
        assert_eq!(error.to_string(), format!("listThings (GET): {status}"));
    }
}

#[tokio::test]
async fn where_the_message_is_found() {
    for (body, message) in [
        (json!({"message": "m", "error": "e"}).to_string(), Some("m")),
        (json!({"message": "", "error": "e"}).to_string(), Some("e")),
        (json!({"message": ["m1", "m2"]}).to_string(), Some("m1")),
        (json!({"error": "e"}).to_string(), Some("e")),
        (
            json!({"error": {"code": 7, "message": "m"}}).to_string(),
            Some("m"),
        ),
        (
            json!({"error": "invalid_grant", "error_description": "d"}).to_string(),
            Some("d"),
        ),
        (
            json!({"title": "t", "detail": "d", "status": 400}).to_string(),
            Some("d"),
        ),
        (
            json!({"errors": [{"field": "a"}, {"message": "m"}]}).to_string(),
            Some("m"),
        ),
        (json!(["e"]).to_string(), Some("e")),
        (json!("e").to_string(), Some("e")),
        (json!({"code": 7}).to_string(), None),
        ("upstream is away\nbye".to_owned(), Some("upstream is away")),
        ("<html>x</html>".to_owned(), None),
        ("{\"message\":".to_owned(), None),
        (String::new(), None),
    ] {
        let error = read::<Empty>(answer("400 Bad Request", &body))
            .await
            .unwrap_err();
        assert_eq!(error.api().unwrap().message(), message, "{body}");
    }
}

#[tokio::test]
async fn a_text_for_the_log_is_short_and_holds_no_secret() {
    let long = format!("no secret-token:\n{}", "ü".repeat(300));
    let body = json!({"message": long, "other": "secret-token"}).to_string();
    let error = read::<Empty>(answer("400 Bad Request", &body))
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("listThings (GET): 400 Bad Request: no [secret]: üü"),
        "{text}"
    );
    assert!(text.ends_with("ü…") && text.chars().count() < 250, "{text}");
    for text in [text, format!("{error:?}"), format!("{error:#?}")] {
        assert!(
            !text.contains("secret-token") && !text.contains("s3cret"),
            "{text}"
        );
    }
}

#[tokio::test]
async fn no_server() {
    let error = call::<Empty>(&serve::<String>([])).await.unwrap_err();
    assert!(matches!(error, Error::Connection { status: None, .. }) && error.is_retryable());
    let text = error.to_string();
    assert!(
        text.starts_with("listThings (GET): no answer: ") && text.contains("refused"),
        "{text}"
    );
    let mut source = error.source();
    while let Some(error) = source {
        assert!(!error.to_string().contains("s3cret"), "{error}");
        source = error.source();
    }
    assert!(!format!("{error:?}").contains("s3cret"));
}

#[tokio::test]
async fn no_answer_in_time() {
    let server = serve(["", ""]);
    let client = server
        .builder()
        .timeout(Duration::from_millis(200))
        .build()
        .unwrap();
    let request = Request::new(&client, "listThings", "GET", "/things");
    let error = request.clone().send::<Empty>().await.unwrap_err();
    assert!(error.is_timeout() && error.is_retryable() && error.status().is_none());
    assert_eq!(
        error.to_string(),
        "listThings (GET): no whole answer after 0.2 s"
    );
    let error = request
        .timeout(Duration::from_millis(50))
        .send::<Empty>()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_body_that_is_cut_off() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"name\":";
    let error = read::<Json<Thing>>(cut).await.unwrap_err();
    assert!(matches!(error, Error::Connection { .. }) && error.is_retryable());
    assert_eq!(error.status().unwrap(), 200);
    assert!(
        error
            .to_string()
            .starts_with("listThings (GET): 200 OK, then: "),
        "{error}"
    );
    // Who has no use for the body has no use for its fault.
    read::<Empty>(cut).await.unwrap();
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"nam\r\n";
    assert_eq!(
        read::<Json<Thing>>(chunked)
            .await
            .unwrap_err()
            .status()
            .unwrap(),
        200
    );
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let told = answer("200 OK", "\"12345678\"");
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n\"1234\r\n5\r\n5678\"\r\n0\r\n\r\n";
    for answer in [told.as_str(), chunked] {
        for (limit, fits) in [(10, true), (9, false)] {
            let server = serve([answer]);
            let client = server.builder().max_body_bytes(limit).build().unwrap();
            let request = Request::new(&client, "listThings", "GET", "/things");
            match request.send::<Json<String>>().await {
                Ok(value) => assert!(fits && value == "12345678"),
                Err(error) => {
                    assert!(!fits && matches!(error, Error::BodyTooLarge { limit: 9, .. }));
                    let text = "listThings (GET): 200 OK, but the body is longer than 9 bytes";
                    assert_eq!(error.to_string(), text);
                }
            }
        }
    }
}

fn moved(status: &str, to: &str) -> String {
    answer_with(status, &format!("location: {to}\r\n"), "")
}

#[tokio::test]
async fn a_redirect_to_another_server_is_not_followed() {
    let other = serve([answer("200 OK", "{}")]);
    for status in [
        "301 Moved Permanently",
        "302 Found",
        "307 Temporary Redirect",
    ] {
        for target in [
            format!("{}/things?token=s3cret", other.url),
            "https://127.0.0.1/x".to_owned(),
        ] {
            let server = serve([moved(status, &target)]);
            let error = call::<Json<Thing>>(&server).await.unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("listThings (GET): {status} (redirect not followed)")
            );
        }
    }
    assert_eq!(other.asked().len(), 0);
}

#[tokio::test]
async fn a_redirect_within_the_server_is_followed_if_the_call_stays_the_same() {
    for (method, status, followed) in [
        ("GET", "301 Moved Permanently", true),
        ("GET", "303 See Other", true),
        ("POST", "307 Temporary Redirect", true),
        ("PATCH", "308 Permanent Redirect", true),
        ("POST", "301 Moved Permanently", false),
        ("DELETE", "302 Found", false),
        ("GET", "304 Not Modified", false),
    ] {
        let server = serve([moved(status, "/new/?a=1"), answer("200 OK", "{}")]);
        let request = Request::new(&server.client(), "test", method, "/old").json::<i64>(7);
        assert_eq!(
            request.send::<Empty>().await.is_ok(),
            followed,
            "{method} {status}"
        );
        if followed {
            let asked = server.asked();
            assert_eq!(asked[1].line, format!("{method} /new/?a=1"));
            assert_eq!(asked[1].body, "7");
            assert_eq!(
                asked[1].header("authorization"),
                Some("Bearer secret-token")
            );
        } else {
            server.only();
        }
    }
    let server = serve(vec![moved("302 Found", "/things"); 20]);
    let error = call::<Empty>(&server).await.unwrap_err();
    assert_eq!(
        (error.status().unwrap().as_u16(), server.asked().len()),
        (302, 11)
    );
}

#[tokio::test]
async fn the_callers_own_http_client_is_used() {
    let server = serve([answer("200 OK", "{}")]);
    let http = HttpClient::builder().no_proxy().build().unwrap();
    let client = server.builder().http_client(http).build().unwrap();
    Request::new(&client, "test", "GET", "/a")
        .send::<Empty>()
        .await
        .unwrap();
    let asked = server.only();
    assert_eq!(asked.header("authorization"), Some("Bearer secret-token"));
    assert_eq!(asked.header("user-agent"), Some("thing-client/1.0"));
}
