//! Tokens from an OAuth 2.0 token endpoint.

use std::error::Error as _;
use std::io::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::json;
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::server::{BEARER, Server, answer, serve, serve_with};
use crate::runtime::{
    ClientBuilder, CredentialProvider, Empty, Error, OAuth, OAuthError, Request, SecretString,
    seen_from,
};

fn granted(token: &str, seconds: u32) -> String {
    let body = json!({"access_token": token, "token_type": "Bearer", "expires_in": seconds});
    answer("200 OK", &body.to_string())
}

fn client_credentials(server: &Server) -> OAuth {
    OAuth::client_credentials(&format!("{}/token", server.url), "app", "s3cret")
}

async fn secret(oauth: &OAuth) -> String {
    let secret = oauth.secret().await.unwrap();
    secrecy::ExposeSecret::expose_secret(&secret).to_owned()
}

async fn failure(oauth: &OAuth) -> OAuthError {
    let error = oauth.secret().await.unwrap_err();
    *error.downcast::<OAuthError>().unwrap()
}

/// Moves the clock on, while nothing waits.
async fn later(seconds: u64) {
    tokio::time::pause();
    tokio::time::advance(Duration::from_secs(seconds)).await;
    tokio::time::resume();
}

#[tokio::test]
async fn a_client_asks_in_its_own_name() {
    let server = serve([granted("t1", 3600)]);
    let oauth = client_credentials(&server)
        .scopes(["read", "write"])
        .parameter("audience", "https://api.example.com/");
    assert_eq!(secret(&oauth).await, "t1");
    assert_eq!(secret(&oauth).await, "t1");
    let asked = server.only();
    assert_eq!(asked.line, "POST /token");
    assert_eq!(asked.header("accept"), Some("application/json"));
    assert_eq!(
        asked.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
    // `app:s3cret`
    assert_eq!(
        asked.header("authorization"),
        Some("Basic YXBwOnMzY3JldA==")
    );
    assert_eq!(
        asked.body,
        "audience=https%3A%2F%2Fapi.example.com%2F&scope=read%20write&grant_type=client_credentials"
    );
}

#[tokio::test]
async fn the_id_and_the_secret_are_encoded_before_they_are_put_together() {
    let server = serve([granted("t1", 3600)]);
    let oauth = OAuth::client_credentials(&server.url, "my:app", "s/1+");
    assert_eq!(secret(&oauth).await, "t1");
    let asked = server.only();
    assert_eq!(asked.line, "POST /");
    // `my%3Aapp:s%2F1%2B`
    assert_eq!(
        asked.header("authorization"),
        Some("Basic bXklM0FhcHA6cyUyRjElMkI=")
    );
}

#[tokio::test]
async fn the_secret_may_go_into_the_body() {
    let server = serve([granted("t1", 3600), granted("t2", 3600)]);
    let url = format!("{}/token?tenant=a%20b", server.url);
    let oauth = OAuth::client_credentials(&url, "app", "s&t").secret_in_body();
    assert_eq!(secret(&oauth).await, "t1");
    let public = OAuth::refresh_token(&url, "app", "", "r1");
    assert_eq!(secret(&public).await, "t2");
    let asked = server.asked();
    assert_eq!(server.lines(), ["POST /token?tenant=a%20b"; 2]);
    assert_eq!(asked[0].header("authorization"), None);
    assert_eq!(
        asked[0].body,
        "grant_type=client_credentials&client_id=app&client_secret=s%26t"
    );
    assert_eq!(asked[1].header("authorization"), None);
    assert_eq!(
        asked[1].body,
        "grant_type=refresh_token&refresh_token=r1&client_id=app"
    );
}

#[tokio::test]
async fn a_hundred_calls_ask_for_one_token() {
    let tokens = serve([granted("t1", 3600)]);
    let api = MockServer::start().await;
    Mock::given(path("/things"))
        .and(header("authorization", "Bearer t1"))
        .respond_with(ResponseTemplate::new(204))
        .expect(100)
        .mount(&api)
        .await;
    let client = ClientBuilder::new(api.uri(), "x/1", &BEARER)
        .credential(0, client_credentials(&tokens))
        .build()
        .unwrap();
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..100 {
        let request = Request::new(&client, "listThings", "GET", "/things");
        calls.spawn(request.send::<Empty>());
    }
    for done in calls.join_all().await {
        done.unwrap();
    }
    assert_eq!(tokens.asked().len(), 1);
}

#[tokio::test]
async fn who_is_dropped_loses_nothing_for_others() {
    let (answered, wait) = std::sync::mpsc::channel::<()>();
    let (server, thread) = serve_with(move |mut stream| {
        wait.recv().unwrap();
        stream.write_all(granted("t1", 3600).as_bytes()).unwrap();
    });
    let oauth = Arc::new(client_credentials(&server));
    let spawn = || {
        let oauth = oauth.clone();
        tokio::spawn(async move { secret(&oauth).await })
    };
    let first = spawn();
    while server.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    let others = [spawn(), spawn(), spawn()];
    first.abort();
    assert!(first.await.unwrap_err().is_cancelled());
    answered.send(()).unwrap();
    for other in others {
        assert_eq!(other.await.unwrap(), "t1");
    }
    // It was one request: nobody answers another.
    assert_eq!(server.asked().len(), 1);
    thread.join().unwrap();
}

#[tokio::test]
async fn a_token_is_renewed_before_it_ends() {
    let tokens = [granted("t1", 3600), granted("t2", 40), granted("t3", 3600)];
    let server = serve(tokens);
    let oauth = client_credentials(&server);
    assert_eq!(secret(&oauth).await, "t1");
    later(3500).await;
    assert_eq!(secret(&oauth).await, "t1");
    later(50).await;
    assert_eq!(secret(&oauth).await, "t2");
    later(15).await;
    assert_eq!(secret(&oauth).await, "t2");
    // Half of its time.
    later(10).await;
    assert_eq!(secret(&oauth).await, "t3");
}

#[tokio::test]
async fn a_token_is_shown_until_its_end_where_there_is_no_other() {
    let down = || answer("503 Service Unavailable", "");
    let server = serve([granted("t1", 3600), down(), down()]);
    let oauth = client_credentials(&server);
    assert_eq!(secret(&oauth).await, "t1");
    later(3550).await;
    assert_eq!(secret(&oauth).await, "t1");
    assert_eq!(server.asked().len(), 2);
    later(60).await;
    let error = failure(&oauth).await;
    assert_eq!(error.status().map(|it| it.as_u16()), Some(503));
    assert_eq!(
        error.to_string(),
        "no token: 503 Service Unavailable: the server refused"
    );
}

#[tokio::test]
async fn a_token_without_an_end_is_kept_and_one_of_no_time_is_not() {
    let bare = answer("200 OK", r#"{"access_token":"t1"}"#);
    let short = |token: &str| {
        let body = json!({"access_token": token, "expires_in": "0"});
        answer("200 OK", &body.to_string())
    };
    let server = serve([bare, short("t2"), short("t3")]);
    let oauth = client_credentials(&server);
    assert_eq!(secret(&oauth).await, "t1");
    later(1_000_000).await;
    assert_eq!(secret(&oauth).await, "t1");
    oauth.refused(&SecretString::from("t0"));
    assert_eq!(secret(&oauth).await, "t1");
    oauth.refused(&SecretString::from("t1"));
    assert_eq!(secret(&oauth).await, "t2");
    assert_eq!(secret(&oauth).await, "t3");
}

#[tokio::test]
async fn a_refused_token_is_renewed_within_the_call() {
    let tokens = serve([granted("t1", 3600), granted("t2", 3600)]);
    let api = serve([answer("401 Unauthorized", "{}"), answer("200 OK", "{}")]);
    let client = ClientBuilder::new(&api.url, "x/1", &BEARER)
        .credential(0, client_credentials(&tokens))
        .build()
        .unwrap();
    let request = Request::new(&client, "addThing", "POST", "/things");
    request.send::<Empty>().await.unwrap();
    let asked = api.asked();
    let shown: Vec<_> = asked.iter().map(|it| it.header("authorization")).collect();
    assert_eq!(shown, [Some("Bearer t1"), Some("Bearer t2")]);
}

#[tokio::test]
async fn a_refresh_token_gives_way_to_the_next() {
    let rotated = |token: &str, refresh: &str| {
        let body = json!({"access_token": token, "expires_in": 0, "refresh_token": refresh});
        answer("200 OK", &body.to_string())
    };
    let server = serve([
        rotated("t1", "r2"),
        rotated("t2", "r2"),
        granted("t3", 0),
        rotated("t4", "r3"),
    ]);
    let told = Arc::new(Mutex::new(Vec::new()));
    let log = told.clone();
    let oauth = OAuth::refresh_token(&server.url, "app", "s3cret", "r1").on_refresh_token(
        move |token: &SecretString| {
            let token = secrecy::ExposeSecret::expose_secret(token).to_owned();
            log.lock().unwrap().push(token);
        },
    );
    for token in ["t1", "t2", "t3", "t4"] {
        assert_eq!(secret(&oauth).await, token);
    }
    assert_eq!(*told.lock().unwrap(), ["r2", "r3"]);
    let bodies: Vec<String> = server.asked().into_iter().map(|it| it.body).collect();
    let body = |token: &str| format!("grant_type=refresh_token&refresh_token={token}");
    assert_eq!(bodies, ["r1", "r2", "r2", "r2"].map(body));
}

#[tokio::test]
async fn a_refusal_is_told_without_secrets() {
    let body = json!({
        "error": "invalid_client",
        "error_description": "no client app with\nthe secret s3cret and YXBwOnMzY3JldA==",
    });
    let server = serve([answer("401 Unauthorized", &body.to_string())]);
    let client = ClientBuilder::new("http://127.0.0.1:9", "x/1", &BEARER)
        .credential(0, client_credentials(&server))
        .build()
        .unwrap();
    let request = Request::new(&client, "listThings", "GET", "/things");
    let error = request.send::<Empty>().await.unwrap_err();
    assert!(matches!(error, Error::Credentials { .. }), "{error:?}");
    assert_eq!(
        error.to_string(),
        "listThings (GET): nothing sent: the provider for `token` gave no secret: no token: 401 \
         Unauthorized: invalid_client: no client app with the secret [secret] and [secret]"
    );
    let source = error.source().unwrap();
    let source = source.downcast_ref::<OAuthError>().unwrap();
    assert_eq!(source.code(), Some("invalid_client"));
    assert!(source.source().is_none());
    for text in [format!("{error:?}"), format!("{:?}", source)] {
        assert!(!text.contains("s3cret"), "{text}");
        assert!(!text.contains("YXBw"), "{text}");
    }
}

#[tokio::test]
async fn a_refusal_is_for_all_who_waited() {
    let server = serve([answer("400 Bad Request", r#"{"error":"invalid_grant"}"#)]);
    let oauth = Arc::new(OAuth::refresh_token(&server.url, "app", "", "r1"));
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let oauth = oauth.clone();
        calls.spawn(async move { failure(&oauth).await.to_string() });
    }
    let all = calls.join_all().await;
    assert_eq!(all, ["no token: 400 Bad Request: invalid_grant"; 20]);
    assert_eq!(server.asked().len(), 1);
}

#[tokio::test]
async fn what_is_no_token_is_told() {
    let ok = |body: &str| answer("200 OK", body);
    for (given, told) in [
        (ok("<html>"), "200 OK: the answer is no JSON object"),
        (ok("{}"), "200 OK: the answer has no token"),
        (
            ok(r#"{"access_token":7}"#),
            "200 OK: the answer has no token",
        ),
        (
            ok(r#"{"error":"bad_verification_code"}"#),
            "200 OK: bad_verification_code",
        ),
        (
            ok(r#"{"access_token":"t","token_type":"mac"}"#),
            "200 OK: the answer has a token that is no bearer token",
        ),
        (
            ok(&" ".repeat(2 << 20)),
            "the request for a token (POST): 200 OK, but the body is longer than 1048576 bytes",
        ),
    ] {
        let server = serve([given]);
        let error = failure(&client_credentials(&server)).await;
        assert_eq!(error.to_string(), format!("no token: {told}"));
    }
    let error = failure(&OAuth::client_credentials("/token", "app", "s")).await;
    let text = "no token: client: nothing sent: the base URL cannot be read: relative URL without a \
                base";
    assert_eq!(error.to_string(), text);
}

#[test]
fn an_address_is_seen_from_the_server() {
    for (server, address, seen) in [
        (
            "https://a.example.com/v1",
            "/token",
            "https://a.example.com/token",
        ),
        (
            "https://a.example.com/v1/",
            "token?x=1",
            "https://a.example.com/v1/token?x=1",
        ),
        (
            "https://a.example.com",
            "//b.example.com/token",
            "https://b.example.com/token",
        ),
        ("nowhere", "/token", "/token"),
    ] {
        assert_eq!(seen_from(server, address), seen);
    }
}

#[tokio::test]
async fn its_client_can_be_set_up() {
    let server = serve([""]);
    let oauth = client_credentials(&server)
        .with_client(|client| client.timeout(Duration::from_millis(20)).user_agent("me/1"));
    let error = failure(&oauth).await;
    assert!(error.to_string().contains("no whole answer"), "{error}");
    assert_eq!(server.only().header("user-agent"), Some("me/1"));
    assert!(!format!("{oauth:?}").contains("s3cret"));
}
