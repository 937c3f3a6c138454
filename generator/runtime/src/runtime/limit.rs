//! A limit on how many calls begin in a time, shared by all clones of a client.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::time::Duration;

use super::clock::{self, Instant};

/// How many calls may begin within any stretch of a time. Each try of a call counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    calls: usize,
    per: Duration,
}

impl RateLimit {
    /// For example `RateLimit::new(100, Duration::from_secs(10))`. No calls at all are read as one.
    pub fn new(calls: usize, per: Duration) -> Self {
        RateLimit {
            calls: calls.max(1),
            per,
        }
    }

    /// This many calls a second.
    pub fn per_second(calls: usize) -> Self {
        RateLimit::new(calls, Duration::from_secs(1))
    }
}

/// Lets calls begin as their limit allows, in the order in which they asked.
pub(crate) struct Limiter {
    limit: RateLimit,
    /// When the last calls began or will begin; not more than the limit has.
    begun: Mutex<VecDeque<Instant>>,
}

impl Limiter {
    pub(crate) fn new(limit: RateLimit) -> Self {
        let begun = Mutex::new(VecDeque::new());
        Limiter { limit, begun }
    }

    /// Waits until one more call may begin; whether there was anything to wait for.
    pub(crate) async fn wait(&self) -> bool {
        let now = Instant::now();
        let turn = self.turn(now);
        if turn > now {
            clock::sleep(turn - now).await;
        }
        turn > now
    }

    /// When the next call may begin: one limit's time after the call that is a limit's calls before.
    fn turn(&self, now: Instant) -> Instant {
        // Nothing that holds it can panic half way.
        let mut begun = self
            .begun
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut turn = begun.back().map_or(now, |last| now.max(*last));
        if begun.len() == self.limit.calls
            && let Some(first) = begun.pop_front()
        {
            turn = turn.max(first.checked_add(self.limit.per).unwrap_or(turn));
        }
        begun.push_back(turn);
        turn
    }
}
