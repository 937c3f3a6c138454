//! A server that gives prepared answers and keeps what it was sent.

use instantly_client::{Client, ClientBuilder, Retry};
use serde_json::Value;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub const TOKEN: &str = "key-for-tests";
pub const USER_AGENT: &str = "wire-tests/1.0";
pub const JSON: &str = "application/json";

pub struct Server(MockServer);

impl Server {
    /// Answers every call alike.
    pub async fn answering(answer: ResponseTemplate) -> Self {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(answer).mount(&server).await;
        Server(server)
    }

    /// Answers every call with this status and JSON.
    pub async fn json(status: u16, body: Value) -> Self {
        Self::answering(ResponseTemplate::new(status).set_body_json(body)).await
    }

    /// Answers each call with the next of these; after the last, with 500.
    pub async fn in_turn(answers: impl IntoIterator<Item = ResponseTemplate>) -> Self {
        let server = MockServer::start().await;
        for answer in answers {
            let mock = Mock::given(any()).respond_with(answer);
            mock.up_to_n_times(1).mount(&server).await;
        }
        let surplus = ResponseTemplate::new(500).set_body_string("one call too many");
        let mock = Mock::given(any()).respond_with(surplus);
        mock.with_priority(255).mount(&server).await;
        Server(server)
    }

    pub fn uri(&self) -> String {
        self.0.uri()
    }

    pub fn builder(&self) -> ClientBuilder {
        let builder = Client::builder().base_url(self.uri());
        let builder = builder.api_key_auth(TOKEN).user_agent(USER_AGENT);
        builder.retry(Retry::never())
    }

    pub fn client(&self) -> Client {
        self.builder().build().expect("a client with a token")
    }

    pub async fn requests(&self) -> Vec<Request> {
        self.0
            .received_requests()
            .await
            .expect("requests are recorded")
    }

    /// The only request.
    pub async fn request(&self) -> Request {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1, "number of requests");
        requests.remove(0)
    }

    /// Asserts that there was one call, without a body, for a JSON answer.
    pub async fn saw(&self, method: &str, target: &str) {
        self.saw_accepting(JSON, method, target).await;
    }

    /// Asserts that there was one call, without a body.
    pub async fn saw_accepting(&self, accept: &str, method: &str, target: &str) {
        let request = self.request().await;
        assert_head(&request, accept, method, target);
        assert_eq!(header(&request, "content-type"), None);
        assert_eq!(text(&request), "");
        let length = matches!(method, "POST" | "PUT" | "PATCH").then_some("0");
        assert_eq!(header(&request, "content-length"), length);
    }

    /// Asserts that there was one call, with this JSON as its body.
    pub async fn saw_json(&self, method: &str, target: &str, body: Value) {
        let request = self.request().await;
        assert_head(&request, JSON, method, target);
        assert_eq!(header(&request, "content-type"), Some(JSON));
        assert_eq!(json(&request), body);
    }

    pub async fn saw_nothing(&self) {
        assert_eq!(self.requests().await.len(), 0, "number of requests");
    }
}

/// A 200 answer with this JSON.
pub fn ok(body: Value) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(body)
}

fn assert_head(request: &Request, accept: &str, method: &str, expected: &str) {
    assert_eq!(request.method.as_str(), method);
    assert_eq!(target(request), expected);
    let authorization = format!("Bearer {TOKEN}");
    assert_eq!(
        header(request, "authorization"),
        Some(authorization.as_str())
    );
    assert_eq!(header(request, "user-agent"), Some(USER_AGENT));
    assert_eq!(header(request, "accept"), Some(accept));
}

/// Path and query as they were on the wire.
pub fn target(request: &Request) -> String {
    match request.url.query() {
        Some(query) => format!("{}?{query}", request.url.path()),
        None => request.url.path().to_owned(),
    }
}

/// The header, if it is there exactly once.
pub fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    let mut values = request.headers.get_all(name).iter();
    let value = values.next()?;
    assert!(values.next().is_none(), "{name} is there twice");
    Some(value.to_str().expect("a header of text"))
}

pub fn text(request: &Request) -> &str {
    std::str::from_utf8(&request.body).expect("a body of text")
}

pub fn json(request: &Request) -> Value {
    serde_json::from_slice(&request.body).expect("a JSON body")
}
