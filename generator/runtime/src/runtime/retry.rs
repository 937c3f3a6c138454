//! When a call is tried again, and how long it waits before.
//!
//! Decides, and does nothing: [`tries`](super::tries) asks, waits and sends.

use std::time::Duration;

use super::transport::StatusCode;
use super::transport::header::{DATE, HeaderMap, RETRY_AFTER};

/// When and how often a call is tried again.
///
/// Tried again is what may do better later: a connection that failed or broke, a time limit, and
/// the statuses 408, 429, 500, 502, 503 and 504; and only where that can do no harm: a method that
/// is safe to repeat (`GET`, `HEAD`, `OPTIONS`, `PUT`, `DELETE`, `TRACE`, `QUERY`), a call with an
/// idempotency key, or any call after [`any_method`](Self::any_method). A body that is a stream can
/// be sent only once.
///
/// Between two tries a call waits a random time up to a bound that doubles from try to try, or as
/// long as the server asks by `Retry-After`. The time limit of a call holds for all its tries and
/// the waits between them; no wait is begun that would not end within it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "give it to a client or a call"]
pub struct Retry {
    tries: u32,
    first: Duration,
    longest: Duration,
    each: Option<Duration>,
    any_method: bool,
}

impl Default for Retry {
    /// Three tries, with bounds of 0.5 and 1 second before the second and the third, no bound over
    /// 20 seconds, and no time limit for a single try.
    fn default() -> Self {
        Retry {
            tries: 3,
            first: Duration::from_millis(500),
            longest: Duration::from_secs(20),
            each: None,
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

    /// How long a single try may take, so that there is time for another one. A stream of an answer
    /// may take longer, once its head is there.
    pub fn try_timeout(mut self, limit: Duration) -> Self {
        self.each = Some(limit);
        self
    }

    /// Tries calls of every method again, `POST` and `PATCH` included: what such a call does may
    /// then be done twice.
    pub fn any_method(mut self) -> Self {
        self.any_method = true;
        self
    }

    /// Whether a call of this method may be sent twice.
    pub(crate) fn repeats(&self, method: &str, has_key: bool) -> bool {
        is_idempotent(method) || has_key || self.any_method
    }

    /// How long the next try may take, of what is left for the call.
    pub(crate) fn time_for_try(&self, left: Duration) -> Duration {
        self.each.map_or(left, |each| each.min(left))
    }

    /// How long to wait before the next try; `None` when there is to be none.
    ///
    /// `tried` counts the tries so far, `random` is any number, `asked` is what the server asks for.
    pub(crate) fn delay(
        &self,
        tried: u32,
        random: u64,
        asked: Option<Duration>,
    ) -> Option<Duration> {
        if tried >= self.tries {
            return None;
        }
        Some(match asked {
            Some(asked) if asked > self.longest => return None,
            Some(asked) => asked,
            None => {
                let doublings = tried.saturating_sub(1).min(31);
                let bound = self.first.saturating_mul(1 << doublings).min(self.longest);
                let share = f64::from((random >> 32) as u32) / f64::from(u32::MAX);
                Duration::try_from_secs_f64(bound.as_secs_f64() * share).unwrap_or(bound)
            }
        })
    }
}

/// Whether doing it twice comes to the same.
pub(crate) fn is_idempotent(method: &str) -> bool {
    matches!(
        method,
        "GET" | "HEAD" | "OPTIONS" | "PUT" | "DELETE" | "TRACE" | "QUERY"
    )
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
