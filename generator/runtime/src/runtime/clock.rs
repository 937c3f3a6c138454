//! What time it is and how to wait: the only module that asks a clock.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::Poll;
use std::time::Duration;

use super::boxed::BoxFuture;

#[cfg(not(target_arch = "wasm32"))]
pub(super) use tokio::time::Instant;
#[cfg(target_arch = "wasm32")]
pub(super) use web_time::Instant;

/// Is there when a time is up.
pub(super) type Timer = BoxFuture<'static, ()>;

/// Starts now.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn timer(time: Duration) -> Timer {
    Box::pin(tokio::time::sleep(time))
}

/// Starts now. A browser counts milliseconds in 31 bits: more than 24 days are cut short.
#[cfg(target_arch = "wasm32")]
pub(super) fn timer(time: Duration) -> Timer {
    let longest = i32::MAX.unsigned_abs();
    let millis = u32::try_from(time.as_millis()).map_or(longest, |millis| millis.min(longest));
    Box::pin(gloo_timers::future::TimeoutFuture::new(millis))
}

/// Waits.
pub(super) async fn sleep(time: Duration) {
    timer(time).await;
}

/// What the future gives, or `None` if the timer is there before.
pub(super) async fn before<T>(
    timer: &mut Timer,
    mut future: Pin<&mut impl Future<Output = T>>,
) -> Option<T> {
    poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(value) => Poll::Ready(Some(value)),
        Poll::Pending => timer.as_mut().poll(cx).map(|()| None),
    })
    .await
}

/// 122 random bits, written as a UUID of version 4.
pub(super) fn uuid() -> String {
    let (high, low) = (random(), random());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}

/// A number that nobody can foresee: the standard library keys its hash maps with one.
#[cfg(not(target_arch = "wasm32"))]
pub(super) fn random() -> u64 {
    use std::hash::{BuildHasher as _, RandomState};

    RandomState::new().hash_one(())
}

/// A random number; the standard library has none in a browser.
#[cfg(target_arch = "wasm32")]
pub(super) fn random() -> u64 {
    let half = || (js_sys::Math::random() * f64::from(u32::MAX)) as u64;
    half() << 32 | half()
}
