//! What time it is and how to wait: the only module that asks a clock.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

pub(super) use tokio::time::Instant;

/// Waits.
pub(super) async fn sleep(time: Duration) {
    tokio::time::sleep(time).await;
}

/// A number that nobody can foresee: the standard library keys its hash maps with one.
pub(super) fn random() -> u64 {
    RandomState::new().hash_one(())
}
