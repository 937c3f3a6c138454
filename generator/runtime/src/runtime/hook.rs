//! [`Hook`]: what a caller does before and after each try of a call.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use super::error::Error;
use super::exchange::Outgoing;
use super::transport::header::HeaderMap;
use super::transport::{Method, StatusCode, Url, without_query};
use super::upload::Upload;

/// Is there before and after each try of a call: for metrics, logs, signatures.
///
/// Give it to `ClientBuilder::hook`. It is called on the task of the call and must not block. A call
/// that is dropped while it is under way has no [`after`](Self::after).
pub trait Hook: Send + Sync + 'static {
    /// A try is about to be sent. Headers may be changed; a redirect is followed with the same ones.
    ///
    /// # Errors
    /// The try must not go out: it is not sent, and the call ends with `Error::Invalid`.
    fn before(
        &self,
        attempt: &Attempt,
        request: &mut AttemptRequest<'_>,
    ) -> Result<(), Box<dyn StdError + Send + Sync>> {
        let _ = (attempt, request);
        Ok(())
    }

    /// A try has ended: its answer is there, or there is none.
    fn after(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// Which try of which operation. Nothing in it is a secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation's id.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: &'static str,
    /// The path as the document has it. For example: `/leads/{id}`.
    pub path: &'static str,
    /// The number of the try; the first is 1.
    pub number: u32,
}

/// A try as it goes out, secrets included. Its Debug text has none.
#[non_exhaustive]
pub struct AttemptRequest<'a> {
    /// The method.
    pub method: &'a Method,
    /// The whole address. Its query may hold a secret: it is nothing for a log.
    pub url: &'a Url,
    /// The headers. Values that are nothing for a log are marked as sensitive.
    pub headers: &'a mut HeaderMap,
    /// The body; `as_bytes` gives what is in memory.
    pub body: Option<&'a Upload>,
}

impl fmt::Debug for AttemptRequest<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AttemptRequest")
            .field("method", self.method)
            .field("url", &without_query(self.url))
            .field("headers", self.headers)
            .field("body", &self.body)
            .finish()
    }
}

/// What came of a try.
#[derive(Debug)]
#[non_exhaustive]
pub struct AttemptOutcome<'a> {
    /// The status of an answer that is 2xx, or the error, whose text is fit for a log.
    pub result: Result<StatusCode, &'a Error>,
    /// From the first byte out to the last of the answer; where that is a stream, to its head.
    pub duration: Duration,
    /// How long the call now waits for its next try, if there is one.
    pub next_try_in: Option<Duration>,
}

/// The hooks of a client, in the order in which they were given.
#[derive(Clone, Default)]
pub(super) struct Hooks(pub(super) Vec<std::sync::Arc<dyn Hook>>);

impl Hooks {
    /// Lets them see to a try, or says why one of them will not have it.
    pub(super) fn before(&self, attempt: &Attempt, outgoing: &mut Outgoing) -> Result<(), String> {
        for hook in &self.0 {
            let mut request = AttemptRequest {
                method: &outgoing.method,
                url: &outgoing.url,
                headers: &mut outgoing.headers,
                body: outgoing.body.as_ref(),
            };
            let refusal = hook.before(attempt, &mut request);
            refusal.map_err(|error| format!("a hook of the client: {error}"))?;
        }
        Ok(())
    }

    pub(super) fn after(&self, attempt: &Attempt, outcome: &AttemptOutcome<'_>) {
        for hook in &self.0 {
            hook.after(attempt, outcome);
        }
    }
}

impl fmt::Debug for Hooks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} hooks", self.0.len())
    }
}
