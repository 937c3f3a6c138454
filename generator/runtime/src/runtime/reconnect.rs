//! When the connection of a stream of events is opened again, and with what.

use std::task::{Context, Poll};
use std::time::Duration;

use super::clock;
use super::download::Download;
use super::error::Error;
use super::request::Request;
use super::retry::{self, Retry};
use super::send::Sending;

/// The call of a stream, to be sent again.
pub(super) struct Reconnect {
    request: Request,
    media_type: &'static str,
    rules: Option<Retry>,
    /// Whether an end that the server made is one to go on after.
    pub(super) after_end: bool,
    /// How long the server asks to wait.
    pub(super) asked: Option<Duration>,
    /// How often a connection was tried since the last event, the one it came by included.
    tried: u32,
    under_way: Option<Sending<Download>>,
}

impl Reconnect {
    pub(super) fn new(request: Request, media_type: &'static str) -> Self {
        Reconnect {
            request,
            media_type,
            rules: None,
            after_end: false,
            asked: None,
            tried: 1,
            under_way: None,
        }
    }

    pub(super) fn by(&mut self, rules: Retry) {
        self.rules = Some(rules);
    }

    /// An event came.
    pub(super) fn came(&mut self) {
        self.tried = 1;
    }

    /// Whether the call is going to be sent again after this error, or the end of an answer.
    pub(super) fn begin(&mut self, error: Option<&Error>, last_id: Option<&str>) -> bool {
        let Some(wait) = self.wait(error) else {
            return false;
        };
        self.tried += 1;
        let mut request = self.request.clone().retry(Retry::never());
        if let Some(id) = last_id {
            request.set_header("last-event-id", id.to_owned());
        }
        let media_type = self.media_type;
        self.under_way = Some(Box::pin(async move {
            clock::sleep(wait).await;
            request.download(media_type).await
        }));
        true
    }

    /// How long to wait first; `None` where there is to be no other connection.
    fn wait(&self, error: Option<&Error>) -> Option<Duration> {
        let rules = self.rules.as_ref()?;
        let request = &self.request;
        let mut body = request.body.iter();
        let repeats = body.all(|(_, body)| body.repeats())
            && rules.repeats(request.call.method, request.has_key());
        let may_help = error.is_none_or(Error::is_retryable);
        if !repeats || !may_help {
            return None;
        }
        let said = error
            .and_then(Error::api)
            .and_then(|error| retry::retry_after(error.headers()));
        rules.delay(self.tried, clock::random(), said.or(self.asked))
    }

    /// The new connection, if one is under way.
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Download, Error>>> {
        let Some(under_way) = &mut self.under_way else {
            return Poll::Ready(None);
        };
        let opened = std::task::ready!(under_way.as_mut().poll(cx));
        self.under_way = None;
        Poll::Ready(Some(opened))
    }
}
