//! Which calls are tried again, when, with what, and what is told of it; time is paused.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::memory::{Memory, refused, status, with_header};
use super::server::{BEARER, answer, answer_with, serve};
use crate::runtime::{
    Bytes, ClientBuilder, CredentialProvider, Empty, Error, Json, RateLimit, Raw, Request, Retry,
    SecretFuture, SecretString, StatusCode, TransportBody, TransportError, TransportRequest,
    TransportResponse, Upload, Value,
};

const SECOND: Duration = Duration::from_secs(1);

/// Waits for exactly as long as a server asks, and for no time if it does not.
fn at_once() -> Retry {
    Retry::default().first_delay(Duration::ZERO)
}

fn client(memory: &Memory) -> crate::runtime::Client {
    memory.builder().retry(at_once()).build().unwrap()
}

fn get(client: &crate::runtime::Client) -> Request {
    Request::new(client, "listThings", "GET", "/things")
}

fn post(client: &crate::runtime::Client) -> Request {
    Request::new(client, "makeThing", "POST", "/things").text("text/plain", "x")
}

#[tokio::test(start_paused = true)]
async fn what_may_do_better_later_is_tried_again() {
    for passing in [408, 429, 500, 502, 503, 504] {
        let memory = Memory::new([status(passing, ""), refused(), status(200, "[1]")]);
        let answer = get(&client(&memory)).send::<Json<Value>>().await;
        assert_eq!(answer.unwrap(), serde_json::json!([1]), "{passing}");
    }
    for lasting in [301, 400, 401, 403, 404, 409, 422, 501] {
        let memory = Memory::new([status(lasting, "")]);
        let error = get(&client(&memory)).send::<Empty>().await.unwrap_err();
        assert_eq!(error.status().unwrap(), lasting);
    }
}

#[tokio::test(start_paused = true)]
async fn after_the_last_try_the_error_is_the_last_one_and_says_how_many_there_were() {
    let memory = Memory::new([
        refused(),
        status(500, ""),
        with_header(status(503, r#"{"message":"busy"}"#), "x-request-id", "r-3"),
    ]);
    let error = get(&client(&memory)).send::<Empty>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listThings (GET) after 3 tries: 503 Service Unavailable: busy (request id r-3)"
    );
    assert_eq!(error.api().unwrap().message(), Some("busy"));
    assert_eq!(error.call().unwrap().tries, 3);
    assert_eq!(error.request_id(), Some("r-3"));
    assert!(error.is_retryable());
    assert_eq!(memory.asked().len(), 3);

    let memory = Memory::new([refused(), refused()]);
    let twice = get(&client(&memory)).retry(at_once().tries(2));
    let error = twice.send::<Empty>().await.unwrap_err();
    let text = "listThings (GET) after 2 tries: no answer: connection refused";
    assert_eq!(error.to_string(), text);
    let memory = Memory::new([refused()]);
    let never = get(&client(&memory)).retry(Retry::never());
    let error = never.send::<Empty>().await.unwrap_err();
    let text = "listThings (GET): no answer: connection refused";
    assert_eq!(error.to_string(), text);
}

#[tokio::test(start_paused = true)]
async fn what_must_not_be_done_twice_is_not() {
    let memory = Memory::new([status(503, ""), status(503, ""), status(200, "")]);
    let client = client(&memory);
    post(&client).send::<Empty>().await.unwrap_err();
    assert_eq!(memory.asked().len(), 1);
    let opted = post(&client).retry(at_once().any_method());
    opted.send::<Empty>().await.unwrap();
    let asked = memory.asked();
    assert_eq!(asked.len(), 3);
    for asked in asked.iter() {
        let body = asked.body.as_ref().unwrap();
        assert_eq!(body.as_bytes().unwrap(), &Bytes::from("x"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_a_stream_is_sent_once() {
    let memory = Memory::new([status(503, "")]);
    let client = client(&memory);
    let upload = Upload::stream(Once(Some("x")));
    let put = Request::new(&client, "put", "PUT", "/").bytes("text/plain", upload);
    let error = put.send::<Empty>().await.unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
    assert_eq!(memory.asked().len(), 1);
}

/// A stream of one piece.
struct Once(Option<&'static str>);

impl futures_core::Stream for Once {
    type Item = Result<&'static str, TransportError>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        std::task::Poll::Ready(self.0.take().map(Ok))
    }
}

/// An answer whose body breaks off.
fn broken() -> super::memory::Outcome {
    let body = TransportBody::stream(Once(Some("["))).with_length(3);
    Some(Ok(TransportResponse::new(StatusCode::OK, body)))
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_is_asked_for_again_but_not_a_stream() {
    let memory = Memory::new([broken(), status(200, "[1]"), broken(), broken()]);
    let client = client(&memory);
    let answer = get(&client).send::<Json<Vec<i64>>>().await.unwrap();
    assert_eq!(answer, [1]);
    let mut download = get(&client).download("*/*").await.unwrap();
    assert_eq!(download.chunk().await.unwrap().unwrap(), "[");
    let error = download.chunk().await.unwrap().unwrap_err();
    assert!(matches!(error, Error::Connection { .. }));
    assert!(download.chunk().await.is_none());
    assert_eq!(memory.asked().len(), 3);
    // Whoever needs no body has an answer.
    get(&client).send::<Empty>().await.unwrap();
    assert_eq!(memory.asked().len(), 4);
}

#[tokio::test(start_paused = true)]
async fn a_server_is_given_the_time_it_asks_for() {
    let busy = |after| with_header(status(429, ""), "retry-after", after);
    let date = |outcome| with_header(outcome, "date", "Wed, 21 Oct 2026 07:28:00 GMT");
    let memory = Memory::new([
        busy("7"),
        date(busy("Wed, 21 Oct 2026 07:28:11 GMT")),
        status(200, ""),
        busy("21"),
    ]);
    let client = client(&memory);
    let start = tokio::time::Instant::now();
    get(&client).send::<Empty>().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 18);
    // Longer than anybody waits.
    let error = get(&client).send::<Empty>().await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.call().unwrap().tries, 1);
    assert_eq!(start.elapsed().as_secs(), 18);
}

#[tokio::test(start_paused = true)]
async fn the_time_of_a_call_is_that_of_all_its_tries() {
    let busy = || with_header(status(429, ""), "retry-after", "4");
    let memory = Memory::new([busy(), None, busy(), busy(), busy()]);
    let client = client(&memory);
    let start = tokio::time::Instant::now();
    let call = get(&client).timeout(10 * SECOND);
    let error = call.clone().send::<Empty>().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "listThings (GET) after 2 tries: no whole answer after 10.0 s"
    );
    assert!(error.is_timeout());
    assert_eq!(error.call().unwrap().tries, 2);
    assert_eq!(start.elapsed(), 10 * SECOND);
    // A wait that would end after it is not begun.
    let call = call.retry(at_once().tries(9));
    let error = call.send::<Empty>().await.unwrap_err();
    assert!(error.is_rate_limited());
    assert_eq!(error.call().unwrap().tries, 3);
    assert_eq!(start.elapsed(), 18 * SECOND);
}

#[tokio::test(start_paused = true)]
async fn a_try_can_have_a_time_of_its_own() {
    let memory = Memory::new([None, None, status(200, ""), None, None, None]);
    let retry = at_once().try_timeout(4 * SECOND);
    let client = memory.builder().retry(retry).build().unwrap();
    let start = tokio::time::Instant::now();
    get(&client).send::<Empty>().await.unwrap();
    assert_eq!(start.elapsed(), 8 * SECOND);
    // The whole call ends it, too.
    let call = get(&client).timeout(5 * SECOND);
    let error = call.send::<Empty>().await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(start.elapsed(), 13 * SECOND);
    assert_eq!(memory.asked().len(), 5);
}

#[tokio::test(start_paused = true)]
async fn waits_lie_below_their_bounds() {
    let memory = Memory::new([status(503, ""), status(503, ""), status(200, "")]);
    let retry = Retry::default().first_delay(2 * SECOND);
    let client = memory.builder().retry(retry).build().unwrap();
    let start = tokio::time::Instant::now();
    get(&client).send::<Empty>().await.unwrap();
    assert!(start.elapsed() <= 6 * SECOND, "{:?}", start.elapsed());
}

#[tokio::test]
async fn over_sockets() {
    let server = serve([
        "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nconnection: close\r\n\r\n[1".to_owned(),
        answer_with("503 Busy", "retry-after: 0\r\n", "later"),
        answer("200 OK", "[1]"),
    ]);
    let client = server.builder().retry(at_once()).build().unwrap();
    let call = Request::new(&client, "put", "PUT", "/things").json::<Value>(Value::Null);
    assert_eq!(call.send::<Json<Vec<i64>>>().await.unwrap(), [1]);
    let asked = server.asked();
    assert_eq!(asked.len(), 3);
    for asked in &asked {
        assert_eq!(asked.line, "PUT /things");
        assert_eq!(asked.body, "null");
        assert_eq!(asked.header("authorization"), Some("Bearer secret-token"));
    }
}

mod keys {
    //! Idempotency keys.

    use super::*;

    fn key(asked: &TransportRequest) -> Option<&str> {
        let key = asked.headers.get("idempotency-key");
        key.map(|key| key.to_str().unwrap())
    }

    #[tokio::test(start_paused = true)]
    async fn all_tries_of_a_call_carry_one_key() {
        let busy = || status(503, "");
        let memory = Memory::new([busy(), busy(), status(200, ""), status(200, "")]);
        let builder = memory.builder().retry(at_once());
        let builder = builder.idempotency_header("Idempotency-Key");
        let client = builder.build().unwrap();
        post(&client).send::<Empty>().await.unwrap();
        post(&client).send::<Empty>().await.unwrap();
        let asked = memory.asked();
        let keys: Vec<&str> = asked.iter().map(|asked| key(asked).unwrap()).collect();
        assert_eq!((keys[0], keys[1]), (keys[1], keys[2]));
        assert_ne!(keys[2], keys[3]);
        let lengths: Vec<usize> = keys[0].split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert_eq!(&keys[0][14..15], "4");
        assert!("89ab".contains(&keys[0][19..20]), "{}", keys[0]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_call_may_bring_its_own() {
        let memory = Memory::new([status(503, ""), status(200, "")]);
        let client = client(&memory);
        let call = post(&client).idempotency_key("mine".to_owned());
        call.send::<Empty>().await.unwrap();
        let asked = memory.asked();
        assert_eq!(asked.len(), 2);
        assert!(asked.iter().all(|asked| key(asked) == Some("mine")));
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_safe_to_repeat_needs_none() {
        let memory = Memory::new([status(200, ""), status(200, ""), status(200, "")]);
        let client = memory.builder().idempotency_header("X-Once");
        let client = client.build().unwrap();
        get(&client).send::<Empty>().await.unwrap();
        // A parameter of the operation may be the same header.
        let own = post(&client).header::<String>("x-once", "own");
        own.send::<Empty>().await.unwrap();
        let named = post(&client).idempotency_key("named".to_owned());
        named.send::<Empty>().await.unwrap();
        let asked = memory.asked();
        assert_eq!(asked[0].headers.get("x-once"), None);
        assert_eq!(asked[1].headers["x-once"], "own");
        assert_eq!(asked[2].headers["x-once"], "named");
        let wrong = memory.builder().idempotency_header("a b");
        let error = wrong.build().unwrap_err().to_string();
        assert!(error.ends_with("`a b` cannot be the name of a header"));
    }
}

mod limits {
    //! The rate limit of a client.

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn clones_share_it_and_each_try_counts() {
        let answers = [503, 200, 200, 503, 200].map(|of| status(of, ""));
        let memory = Memory::new(answers);
        let limit = RateLimit::new(2, 10 * SECOND);
        let client = memory.builder().retry(at_once()).rate_limit(limit);
        let client = client.build().unwrap();
        let start = tokio::time::Instant::now();
        let mut seconds = Vec::new();
        for client in [client.clone(), client.clone(), client] {
            get(&client).send::<Empty>().await.unwrap();
            seconds.push(start.elapsed().as_secs());
        }
        assert_eq!(seconds, [0, 10, 20]);
    }

    #[tokio::test(start_paused = true)]
    async fn waiting_for_a_turn_is_no_part_of_the_time_of_a_call() {
        let memory = Memory::new([status(200, ""), status(200, ""), None]);
        let limit = RateLimit::new(1, 60 * SECOND);
        let client = memory.builder().rate_limit(limit).build().unwrap();
        let start = tokio::time::Instant::now();
        get(&client).send::<Empty>().await.unwrap();
        get(&client).send::<Empty>().await.unwrap();
        assert_eq!(start.elapsed(), 60 * SECOND);
        let call = get(&client).timeout(5 * SECOND);
        assert!(call.send::<Empty>().await.unwrap_err().is_timeout());
        assert_eq!(start.elapsed(), 125 * SECOND);
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_wrong_with_a_call_is_told_without_waiting() {
        let memory = Memory::new([status(200, "")]);
        let limit = RateLimit::new(1, 60 * SECOND);
        let client = memory.builder().rate_limit(limit).build().unwrap();
        let start = tokio::time::Instant::now();
        get(&client).send::<Empty>().await.unwrap();
        let call = Request::new(&client, "get", "GET", "/{id}");
        call.send::<Empty>().await.unwrap_err();
        assert_eq!(start.elapsed(), Duration::ZERO);
    }
}

mod renewals {
    //! Secrets that a server refuses.

    use super::*;
    use crate::runtime::{Transport, TransportFuture};

    /// Gives `t0`, `t1` ...: the next one when the last one was refused.
    #[derive(Clone, Default)]
    struct Tokens {
        current: Arc<AtomicUsize>,
        refusals: Arc<AtomicUsize>,
    }

    impl CredentialProvider for Tokens {
        fn secret(&self) -> SecretFuture<'_> {
            Box::pin(async {
                // Others get in between.
                tokio::task::yield_now().await;
                let current = self.current.load(Ordering::SeqCst);
                Ok(SecretString::from(format!("t{current}")))
            })
        }

        fn refused(&self, secret: &SecretString) {
            use crate::runtime::credential::ExposeSecret;
            self.refusals.fetch_add(1, Ordering::SeqCst);
            let count = secret.expose_secret()[1..].parse().unwrap();
            let (from, to) = (Ordering::SeqCst, Ordering::SeqCst);
            let _ = self.current.compare_exchange(count, count + 1, from, to);
        }
    }

    /// Knows one token.
    struct Wants(&'static str, AtomicUsize);

    impl Transport for Wants {
        fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
            self.1.fetch_add(1, Ordering::SeqCst);
            let known = request.headers["authorization"] == self.0;
            Box::pin(async move {
                tokio::task::yield_now().await;
                let status = if known { 200 } else { 401 };
                let status = StatusCode::from_u16(status).unwrap();
                Ok(TransportResponse::new(status, "{}"))
            })
        }
    }

    fn client(tokens: &Tokens, wants: &'static str) -> crate::runtime::Client {
        ClientBuilder::new("https://api.example.com", "x/1", &BEARER)
            .credential(0, tokens.clone())
            .transport(Wants(wants, AtomicUsize::new(0)))
            .retry(Retry::never())
            .build()
            .unwrap()
    }

    #[tokio::test]
    async fn a_refused_secret_is_renewed_and_the_call_sent_once_more() {
        let tokens = Tokens::default();
        let client = client(&tokens, "Bearer t1");
        // Whatever its method: a call that was refused has done nothing.
        post(&client).send::<Empty>().await.unwrap();
        assert_eq!(tokens.refusals.load(Ordering::SeqCst), 1);
        get(&client).send::<Raw>().await.unwrap();
        assert_eq!(tokens.refusals.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn one_that_is_refused_again_is_an_error() {
        let tokens = Tokens::default();
        let error = get(&client(&tokens, "Bearer other")).send::<Empty>().await;
        let error = error.unwrap_err();
        assert!(error.is_unauthorized());
        assert_eq!(error.call().unwrap().tries, 2);
        assert_eq!(tokens.refusals.load(Ordering::SeqCst), 2);
    }

    #[tokio::test]
    async fn many_callers_renew_a_secret_once() {
        let tokens = Tokens::default();
        let client = client(&tokens, "Bearer t1");
        let calls: Vec<_> = (0..100)
            .map(|_| tokio::spawn(get(&client).send::<Raw>()))
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
        assert_eq!(tokens.current.load(Ordering::SeqCst), 1);
    }

    #[tokio::test]
    async fn a_stream_is_not_sent_again_but_the_next_call_has_a_new_secret() {
        let tokens = Tokens::default();
        let client = client(&tokens, "Bearer t1");
        let upload = Upload::stream(Once(Some("x")));
        let put = Request::new(&client, "put", "PUT", "/").bytes("text/plain", upload);
        let error = put.send::<Empty>().await.unwrap_err();
        assert!(error.is_unauthorized());
        assert_eq!(error.call().unwrap().tries, 1);
        get(&client).send::<Empty>().await.unwrap();
    }

    #[tokio::test(start_paused = true)]
    async fn a_renewal_is_none_of_the_tries() {
        let answers = [401, 503, 503, 200].map(|of| status(of, ""));
        let memory = Memory::new(answers);
        let client = memory.builder().credential(0, Tokens::default());
        let client = client.retry(at_once()).build().unwrap();
        get(&client).send::<Empty>().await.unwrap();
        let asked = memory.asked();
        let tokens = asked.iter().map(|asked| &asked.headers["authorization"]);
        let tokens: Vec<_> = tokens.map(|token| token.to_str().unwrap()).collect();
        assert_eq!(tokens, ["Bearer t0", "Bearer t1", "Bearer t1", "Bearer t1"]);
    }

    #[tokio::test]
    async fn a_secret_that_nobody_can_renew_is_not_shown_again() {
        let memory = Memory::new([status(401, "")]);
        let client = memory.builder().build().unwrap();
        let error = get(&client).send::<Empty>().await.unwrap_err();
        assert!(error.is_unauthorized());
    }
}
