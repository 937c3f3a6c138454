//! When a call is tried again, and how long it waits before.
//!
//! Decides, and does nothing: [`send`](super::send) asks, waits and sends.

use std::time::Duration;

use super::transport::header::{DATE, HeaderMap, RETRY_AFTER};
use super::transport::{Method, StatusCode};

/// When and how often a call is tried again.
///
/// Tried again is what may do better later: a connection that failed or broke, a time limit, and
/// the statuses 408, 429, 500, 502, 503 and 504; and only where that can do no harm: a method that
/// is safe to repeat (`GET`, `HEAD`, `OPTIONS`, `PUT`, `DELETE`, `TRACE`, `QUERY`), a call with an
/// idempotency key, or any call after [`any_method`](Self::any_method). A body that is a stream can
/// be sent only once.
///
/// Between two tries a call waits a random time up to a bound that doubles from try to try, or as
/// long as the server asks by `Retry-After`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "give it to a client or a call"]
pub struct Retry {
    tries: u32,
    first: Duration,
    longest: Duration,
    total: Duration,
    any_method: bool,
}

impl Default for Retry {
    /// Three tries in a minute at most, with bounds of 0.5 and 1 second before the second and the
    /// third, and no bound over 20 seconds.
    fn default() -> Self {
        Retry {
            tries: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            total: Duration::from_secs(60),
            any_method: false,
        }
    }
}

impl Retry {
    /// One try and no other.
    pub fn never() -> Self {
        Retry::default().tries(1)
    }

    /// How often a call is tried at most, the first time included; 0 is read as 1.
    pub fn tries(mut self, tries: u32) -> Self {
        self.tries = tries.max(1);
        self
    }

    /// The bound of the wait before the second try; it doubles with every further one.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.first = delay;
        self
    }

    /// The longest bound of a wait. A `Retry-After` beyond it ends the call: what the server asks
    /// is not cut short.
    pub fn longest_delay(mut self, delay: Duration) -> Self {
        self.longest = delay;
        self
    }

    /// How long after its start a call may still begin a try.
    pub fn total_time(mut self, time: Duration) -> Self {
        self.total = time;
        self
    }

    /// Tries calls of every method again, `POST` and `PATCH` included: what such a call does may
    /// then be done twice.
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// Whether a call of this method may be sent twice.
    pub(crate) fn repeats(&self, method: &Method, has_key: bool) -> bool {
        let safe = method.is_idempotent() || method.as_str() == "QUERY";
        self.tries > 1 && (safe || has_key || self.any_method)
    }

    /// How long to wait before the next try; `None` when there is to be none.
    ///
    /// `tried` counts the tries so far, `since` is the time since the first of them began, `random`
    /// is any number, `asked` is what the server asks for.
    pub(crate) fn delay(
        &self,
        tried: u32,
        since: Duration,
        random: u64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        if tried >= self.tries {
            return None;
        }
        let wait = match asked {
            Some(asked) if asked > self.longest => return None,
            Some(asked) => asked,
            None => {
                let doublings = tried.saturating_sub(1).min(31);
                let bound = self.first.saturating_mul(1 << doublings).min(self.longest);
                let share = f64::from((random >> 32) as u32) / f64::from(u32::MAX);
                Duration::try_from_secs_f64(bound.as_secs_f64() * share).unwrap_or(bound)
            }
        };
        (since.saturating_add(wait) <= self.total).then_some(wait)
    }
}

/// Whether an answer of this status may be another one later.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 429 | 500 | 502 | 503 | 504)
}

/// What the server asks for by `Retry-After`: seconds, or a date, which is compared with the
/// server's own `Date` so that nobody's clock matters.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let text = |name| Some(headers.get(name)?.to_str().ok()?.trim());
    let asked = text(RETRY_AFTER)?;
    if !asked.is_empty() && asked.bytes().all(|byte| byte.is_ascii_digit()) {
        // More than fits is longer than anybody waits.
        return Some(Duration::from_secs(asked.parse().unwrap_or(u64::MAX)));
    }
    let until = httpdate::parse_http_date(asked).ok()?;
    let now = httpdate::parse_http_date(text(DATE)?).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}
