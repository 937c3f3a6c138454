//! What a client is built from, and what it shows of that.

use std::time::Duration;

use super::server::BEARER;
use crate::runtime::{Client, ClientBuilder, Credential, Error, HttpClient};

fn builder() -> ClientBuilder {
    ClientBuilder::new("https://example.com/v2/", "x/1", &BEARER)
}

fn faults(builder: ClientBuilder) -> Vec<String> {
    match builder.build() {
        Err(Error::Invalid {
            call: None, faults, ..
        }) => faults,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_base_url_is_normalised() {
    assert_eq!(
        builder().build().unwrap().base_url(),
        "https://example.com/v2"
    );
    let other = builder().base_url("HTTP://Example.com:80").build().unwrap();
    assert_eq!(other.base_url(), "http://example.com");
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let wrong = ClientBuilder::new("ftp://me:s3cret@example.com/?a=1", "a\nb", &BEARER)
        .credential(0, "s3cret\n1")
        .header("a b", "s3cret")
        .header("x-a", "s3cret\n")
        .timeout(Duration::ZERO)
        .connect_timeout(Duration::from_secs(1))
        .http_client(HttpClient::new());
    let header = "holds what a header cannot";
    assert_eq!(
        faults(wrong),
        [
            "the base URL is neither http nor https but ftp".to_owned(),
            "the base URL holds credentials: give them as a header".to_owned(),
            "the base URL has a query or a fragment".to_owned(),
            format!("the User-Agent is empty or {header}"),
            "`a b` cannot be the name of a header".to_owned(),
            format!("header `x-a` {header}"),
            "the secret for `token` is empty or holds what cannot be sent".to_owned(),
            "the time limit is zero".to_owned(),
            "both an HTTP client and a connect timeout: set the latter there".to_owned(),
        ]
    );
    for base in ["", "/v2", "example.com", "https://"] {
        let found = faults(builder().base_url(base));
        assert!(
            found[0].starts_with("the base URL cannot be read: "),
            "{found:?}"
        );
    }
    assert_eq!(faults(builder().credential(0, " ")).len(), 1);
    let error = builder().user_agent("").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "client: nothing sent: the User-Agent is empty or holds what a header cannot"
    );
}

#[test]
fn a_token_from_the_environment() {
    let error = builder()
        .credential(0, Credential::from_env("RESTWRIGHT_NO_SUCH_TOKEN"))
        .build()
        .unwrap_err();
    assert!(matches!(error, Error::Credentials { .. }));
    let text =
        "the environment variable RESTWRIGHT_NO_SUCH_TOKEN, which `token` wants, holds nothing";
    assert_eq!(error.to_string(), format!("client: nothing sent: {text}"));
    // PATH is there wherever tests run.
    assert!(
        builder()
            .credential(0, Credential::from_env("PATH"))
            .build()
            .is_ok()
    );
    let later = builder()
        .credential(0, Credential::from_env("RESTWRIGHT_NO_SUCH_TOKEN"))
        .credential(0, "t");
    assert!(later.build().is_ok());
}

#[test]
fn secrets_do_not_show() {
    let builder = builder()
        .credential(0, "s3cret")
        .base_url("https://example.com")
        .header("x-as-workspace", "s3cret");
    let shown = format!("{builder:?} {:?}", builder.clone().build().unwrap());
    assert!(!shown.contains("s3cret"), "{shown}");
    assert!(
        shown.contains("credentials: [Some(Credential(fixed))]")
            && shown.contains("x-as-workspace"),
        "{shown}"
    );
}

#[test]
fn what_is_passed_between_threads() {
    fn check<T: Send + Sync + 'static>() {}
    check::<Client>();
    check::<Error>();
    check::<crate::runtime::Request>();
    assert!(size_of::<Error>() <= 80, "{}", size_of::<Error>());
}

mod servers {
    //! Operations that have a server of their own.

    use super::super::server::{answer, serve};
    use crate::runtime::{ClientBuilder, Empty, OPEN, Request};

    async fn line(base: &str, server: &'static str) -> String {
        let there = serve([answer("204 No Content", "")]);
        let client = ClientBuilder::new(format!("{}{base}", there.url), "test", &OPEN);
        let client = client.build().unwrap();
        let request = Request::new(&client, "test", "GET", "/x");
        request.server(server).send::<Empty>().await.unwrap();
        there.only().line
    }

    #[tokio::test]
    async fn one_that_is_relative_starts_from_the_base_url() {
        assert_eq!(line("/v1", "/upload").await, "GET /upload/x");
        assert_eq!(line("/v1", "upload/").await, "GET /v1/upload/x");
        assert_eq!(line("/v1/a", "../b").await, "GET /v1/b/x");
        assert_eq!(line("/v1", "").await, "GET /v1/x");
    }

    #[tokio::test]
    async fn one_can_be_replaced() {
        let there = serve([answer("204 No Content", "")]);
        let upload = "https://upload.example.com/v2";
        let client = ClientBuilder::new("http://127.0.0.1:1", "test", &OPEN)
            .server(upload, format!("{}/up/", there.url))
            .build()
            .unwrap();
        let request = Request::new(&client, "test", "GET", "/x");
        request.server(upload).send::<Empty>().await.unwrap();
        assert_eq!(there.only().line, "GET /up/x");
    }

    #[test]
    fn what_replaces_it_has_to_be_an_address() {
        let error = ClientBuilder::new("http://127.0.0.1:1", "test", &OPEN)
            .server("https://upload.example.com", "upload")
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("base URL"), "{error}");
    }
}
