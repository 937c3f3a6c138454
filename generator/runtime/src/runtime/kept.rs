//! [`Kept`]: a future that outlives whoever waits for it.

#[cfg(target_arch = "wasm32")]
use std::marker::PhantomData;

use super::boxed::BoxFuture;

/// A future that one caller begins, and another one finishes if the first is dropped.
///
/// In a browser a future cannot be kept where other threads might see it: there it begins anew.
pub(super) struct Kept<T> {
    #[cfg(not(target_arch = "wasm32"))]
    future: Option<BoxFuture<'static, T>>,
    #[cfg(target_arch = "wasm32")]
    future: Option<PhantomData<fn() -> T>>,
}

impl<T> Kept<T> {
    pub(super) fn new() -> Self {
        Kept { future: None }
    }

    /// Whether somebody began and did not finish.
    pub(super) fn is_begun(&self) -> bool {
        self.future.is_some()
    }

    /// Goes on with what was begun, or begins.
    #[cfg(not(target_arch = "wasm32"))]
    pub(super) async fn finish(&mut self, begin: impl FnOnce() -> BoxFuture<'static, T>) -> T {
        let value = self.future.get_or_insert_with(begin).as_mut().await;
        self.future = None;
        value
    }

    #[cfg(target_arch = "wasm32")]
    pub(super) async fn finish(&mut self, begin: impl FnOnce() -> BoxFuture<'static, T>) -> T {
        begin().await
    }
}
