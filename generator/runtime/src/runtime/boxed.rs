//! Futures and streams whose type nobody names.
//!
//! They can go to another thread, except in a browser, where nothing can.

use std::future::Future;
use std::pin::Pin;

use futures_core::Stream;

/// A value to come.
#[cfg(not(target_arch = "wasm32"))]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A value to come.
#[cfg(target_arch = "wasm32")]
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + 'a>>;

/// Values to come.
#[cfg(not(target_arch = "wasm32"))]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T> + Send>>;

/// Values to come.
#[cfg(target_arch = "wasm32")]
pub(super) type BoxStream<T> = Pin<Box<dyn Stream<Item = T>>>;

/// What can go to another thread: [`Send`]. In a browser, anything.
#[cfg(not(target_arch = "wasm32"))]
pub trait MaybeSend: Send {}

#[cfg(not(target_arch = "wasm32"))]
impl<T: Send + ?Sized> MaybeSend for T {}

/// What can go to another thread: [`Send`]. In a browser, anything.
#[cfg(target_arch = "wasm32")]
pub trait MaybeSend {}

#[cfg(target_arch = "wasm32")]
impl<T: ?Sized> MaybeSend for T {}
