//! What hooks see and may do.

use std::error::Error as StdError;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::memory::{Memory, refused, status, with_header};
use crate::runtime::{
    Attempt, AttemptOutcome, AttemptRequest, Empty, Error, Hook, Request, Retry, Scheme,
    SecretSpot, Security,
};

/// Writes down what it sees.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl Hook for Log {
    fn before(
        &self,
        attempt: &Attempt,
        request: &mut AttemptRequest<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let body = request.body.and_then(|body| body.as_bytes()).cloned();
        let text = format!("{attempt:?} to {} with {body:?}", request.url.path());
        self.0.lock().unwrap().push(text);
        Ok(())
    }

    fn after(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        let result = match outcome.result {
            Ok(status) => status.to_string(),
            Err(error) => error.to_string(),
        };
        let (took, next) = (outcome.duration, outcome.next_try_in);
        let text = format!("{} {result} in {took:?}, next {next:?}", attempt.number);
        self.0.lock().unwrap().push(text);
    }
}

#[tokio::test(start_paused = true)]
async fn a_hook_sees_each_try() {
    let log = Log::default();
    let memory = Memory::new([
        refused(),
        with_header(status(429, "slow down"), "retry-after", "3"),
        status(200, "{}"),
    ]);
    let retry = Retry::default().first_delay(Duration::ZERO);
    let client = memory.builder().retry(retry).hook(log.clone());
    let client = client.build().unwrap();
    let call = Request::new(&client, "putThing", "PUT", "/things/{id}").path::<i64>("id", 7);
    call.text("text/plain", "x").send::<Empty>().await.unwrap();
    let attempt = |number| {
        format!(
            "Attempt {{ operation: \"putThing\", method: \"PUT\", path: \"/things/{{id}}\", \
             number: {number} }} to /v1/things/7 with Some(b\"x\")"
        )
    };
    let expected = [
        attempt(1),
        "1 putThing (PUT): no answer: connection refused in 0ns, next Some(0ns)".to_owned(),
        attempt(2),
        "2 putThing (PUT) after 2 tries: 429 Too Many Requests: slow down in 0ns, next Some(3s)"
            .to_owned(),
        attempt(3),
        "3 200 OK in 0ns, next None".to_owned(),
    ];
    assert_eq!(*log.0.lock().unwrap(), expected);
}

/// Signs with a header, or refuses.
struct Sign(&'static str);

impl Hook for Sign {
    fn before(
        &self,
        attempt: &Attempt,
        request: &mut AttemptRequest<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        if attempt.method == "DELETE" {
            return Err("the key cannot delete".into());
        }
        let before = request.headers.get("x-signature").cloned();
        let before = before.map_or(String::new(), |it| it.to_str().unwrap().to_owned());
        let body = request.body.and_then(|body| body.as_bytes());
        let signature = format!("{before}{}{}", self.0, body.map_or(0, |body| body.len()));
        request.headers.insert("x-signature", signature.parse()?);
        Ok(())
    }
}

#[tokio::test(start_paused = true)]
async fn hooks_change_headers_of_each_try_in_their_order() {
    let memory = Memory::new([status(503, ""), status(200, "")]);
    let client = memory.builder().hook(Sign("a")).hook(Sign("b"));
    let client = client.build().unwrap();
    let call = Request::new(&client, "put", "PUT", "/").text("text/plain", "four");
    call.send::<Empty>().await.unwrap();
    let asked = memory.asked();
    let signed = asked.iter().map(|asked| &asked.headers["x-signature"]);
    assert_eq!(signed.collect::<Vec<_>>(), ["a4b4", "a4b4"]);
}

#[tokio::test]
async fn a_hook_can_keep_a_call_from_going_out() {
    let memory = Memory::new([]);
    let client = memory.builder().hook(Sign("a")).build().unwrap();
    let call = Request::new(&client, "drop", "DELETE", "/");
    let error = call.send::<Empty>().await.unwrap_err();
    assert!(matches!(error, Error::Invalid { .. }));
    assert_eq!(
        error.to_string(),
        "drop (DELETE): nothing sent: a hook of the client: the key cannot delete"
    );
    assert!(memory.asked().is_empty());
}

/// Keeps the Debug text of all that it is given.
#[derive(Clone, Default)]
struct Debugs(Arc<Mutex<String>>);

impl Hook for Debugs {
    fn before(
        &self,
        attempt: &Attempt,
        request: &mut AttemptRequest<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let text = format!("{attempt:?} {request:?}");
        self.0.lock().unwrap().push_str(&text);
        Ok(())
    }

    fn after(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        let text = format!("{attempt:?} {outcome:?}");
        self.0.lock().unwrap().push_str(&text);
    }
}

#[tokio::test]
async fn what_hooks_see_shows_no_secret() {
    static KEY: Security = Security {
        schemes: &[
            Scheme {
                name: "key",
                setter: "key",
                spot: SecretSpot::Header("x-key"),
            },
            Scheme {
                name: "query",
                setter: "query",
                spot: SecretSpot::Query("key"),
            },
        ],
        default: &[&[0, 1]],
    };
    let seen = Debugs::default();
    let memory = Memory::new([status(400, r#"{"message":"s3cret is no key"}"#)]);
    let builder = crate::runtime::ClientBuilder::new("https://example.com", "x/1", &KEY);
    let builder = builder.credential(0, "s3cret").credential(1, "s3cret");
    let builder = builder.transport(memory.clone()).hook(seen.clone());
    let client = builder.build().unwrap();
    let call = Request::new(&client, "get", "GET", "/").header::<String>("x-other", "s3cret");
    call.send::<Empty>().await.unwrap_err();
    let seen = seen.0.lock().unwrap();
    assert!(seen.contains("[secret] is no key"), "{seen}");
    let asked = memory.asked();
    let url = asked[0].url.as_str();
    assert_eq!(url, "https://example.com/?key=s3cret");
    let seen = format!("{seen} {:?}", asked[0]);
    assert!(!seen.contains("s3cret"), "{seen}");
}
