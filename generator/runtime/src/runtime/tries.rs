//! The tries of one call: when each begins, how long it may take, and whether another follows.
//!
//! One try is [`exchange`](super::exchange)'s business; what may be tried again, and after how long,
//! is decided in [`retry`](super::retry).

use std::time::Duration;

use bytes::Bytes;

use super::api_error::ApiError;
use super::authorize::{self, Shown};
use super::clock::{self, Instant};
use super::download::Download;
use super::error::Error;
use super::exchange::{Failure, Incoming, Outgoing, Wants, exchange};
use super::hook::{Attempt, AttemptOutcome};
use super::request::Request;
use super::retry::{self, Retry};
use super::send;
use super::trace::Trace;
use super::transport::StatusCode;

/// The head of an answer, and its body where the caller wants that at once.
type Answered = (Download, Bytes);

impl Request {
    /// Sends the call, as often as it may and must; an answer that is not 2xx is an error.
    pub(super) async fn answered(
        mut self,
        accept: &'static str,
        wants: Wants,
    ) -> Result<Answered, Error> {
        self.give_key();
        let trace = Trace::of_call(&self.attempt());
        let answered = trace.within(self.all_tries(accept, wants)).await;
        trace.ended(status(&answered));
        answered
    }

    async fn all_tries(mut self, accept: &'static str, wants: Wants) -> Result<Answered, Error> {
        let client = self.client.clone();
        let client = &client.inner;
        let limit = self.timeout.unwrap_or(client.timeout);
        let retry = self.retry.take().unwrap_or_else(|| client.retry.clone());
        let mut renewed = false;
        // Waiting for a turn or a secret is no part of it.
        let mut spent = Duration::ZERO;
        loop {
            let wait = {
                let (mut outgoing, shown) = self.ready(accept, wants).await?;
                outgoing.timeout = retry.time_for_try(limit.saturating_sub(spent));
                self.call.tries += 1;
                let attempt = self.attempt();
                let seen = client.hooks.before(&attempt, &mut outgoing);
                seen.map_err(|fault| self.invalid(fault))?;
                let trace = Trace::of_try(&attempt, &outgoing.url);
                let began = Instant::now();
                let mut answered = trace.within(self.one_try(&outgoing, &shown, began)).await;
                let duration = began.elapsed();
                spent += duration;
                if let Err(Error::Timeout { after, .. }) = &mut answered {
                    *after = spent;
                }
                trace.ended(status(&answered));

                let again = match &answered {
                    Ok(_) => None,
                    Err(error) if self.renews(error, &shown) && !renewed => {
                        renewed = true;
                        Some(Duration::ZERO)
                    }
                    Err(error) => self.wait_after(error, &retry, renewed),
                };
                let again = again.filter(|wait| spent.saturating_add(*wait) < limit);
                let outcome = AttemptOutcome {
                    result: status(&answered),
                    duration,
                    next_try_in: again,
                };
                client.hooks.after(&attempt, &outcome);
                match again {
                    Some(wait) => wait,
                    None => return answered,
                }
            };
            let began = Instant::now();
            clock::sleep(wait).await;
            spent += began.elapsed();
        }
    }

    /// A try that may begin now, or all that is wrong with the call.
    async fn ready(
        &self,
        accept: &'static str,
        wants: Wants,
    ) -> Result<(Outgoing, Vec<Shown>), Error> {
        let shown = self.secrets().await?;
        let outgoing = self.outgoing(accept, wants, &shown)?;
        match &self.client.inner.limiter {
            // A secret may have ended meanwhile.
            Some(limiter) if limiter.wait().await => {
                let shown = self.secrets().await?;
                Ok((self.outgoing(accept, wants, &shown)?, shown))
            }
            _ => Ok((outgoing, shown)),
        }
    }

    async fn one_try(
        &self,
        outgoing: &Outgoing,
        shown: &[Shown],
        began: Instant,
    ) -> Result<Answered, Error> {
        let transport = self.client.inner.transport.as_ref();
        let incoming = exchange(transport, outgoing, began).await;
        let mut answer = self.begun(incoming)?;
        if !answer.status.is_success() {
            let error = ApiError::new(answer.whole().await?, |text| authorize::redact(text, shown));
            return Err(Error::Api(Box::new(error)));
        }
        if outgoing.wants == Wants::Chunks {
            return Ok((answer, Bytes::new()));
        }
        match answer.rest().await {
            Err(error) if outgoing.wants == Wants::Body => Err(error),
            body => Ok((answer, body.unwrap_or_default())),
        }
    }

    /// An answer whose head is there.
    fn begun(&self, incoming: Result<Incoming, Failure>) -> Result<Download, Error> {
        let incoming = incoming.map_err(|failure| send::error(self.call, failure))?;
        Ok(Download {
            call: self.call,
            status: incoming.status,
            headers: incoming.headers,
            limit: self.client.inner.max_body_bytes,
            chunks: Some(incoming.body),
        })
    }

    /// Whether the server refused a secret that can be had anew; whoever gives it is told.
    fn renews(&self, error: &Error, shown: &[Shown]) -> bool {
        error.is_unauthorized() && self.refuse(shown) && self.body_repeats()
    }

    /// How long to wait before the next try; `None` when there is to be none.
    fn wait_after(&self, error: &Error, retry: &Retry, renewed: bool) -> Option<Duration> {
        let repeats = self.body_repeats() && retry.repeats(self.call.method, self.has_key());
        if !repeats || !error.is_retryable() {
            return None;
        }
        let tried = self.call.tries - u32::from(renewed);
        let asked = error.api().and_then(|it| retry::retry_after(it.headers()));
        retry.delay(tried, clock::random(), asked)
    }

    fn body_repeats(&self) -> bool {
        self.body.as_ref().is_none_or(|(_, body)| body.repeats())
    }

    fn attempt(&self) -> Attempt {
        Attempt {
            operation: self.call.operation,
            method: self.call.method,
            path: self.template,
            number: self.call.tries,
        }
    }

    fn invalid(&self, fault: String) -> Error {
        Error::Invalid {
            call: Some(self.call),
            faults: vec![fault],
        }
    }
}

fn status(answered: &Result<Answered, Error>) -> Result<StatusCode, &Error> {
    answered.as_ref().map(|(answer, _)| answer.status)
}
