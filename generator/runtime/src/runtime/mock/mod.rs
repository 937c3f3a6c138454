//! [`Mock`]: a client that reaches no server, for tests of code that makes calls. The feature `mock`.
//!
//! It is a [`Transport`](super::Transport), so that all but the network is as it is in earnest: what
//! is put together, checked, tried again, paged through and read.

mod blank;
mod compare;
mod example;
mod expectation;
mod received;
mod state;
pub mod write;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use super::client::{Client, ClientBuilder};
use super::clock;
use super::error::Error;
use super::retry::Retry;
use super::transport::{Transport, TransportError, TransportFuture, TransportRequest};

use self::expectation::Wanted;
use self::state::State;

pub use self::blank::blank;
pub use self::expectation::Expectation;
pub use self::received::Received;
pub use self::state::Unmet;
pub use self::write::{MockAnswer, MockCall};

/// Takes the calls of a client and answers them as it was told.
///
/// ```text
/// let mock = Mock::new()?;
/// let api = mock.client();
/// mock.expect(api.lead().get("7")).answer_with(|lead| lead.email = Some("a@example.com".to_owned()));
/// // … the code under test makes its calls by `mock.client()` …
/// mock.verify()?;
/// ```
///
/// What is expected is a call, put together as if it were sent. A call that nothing expects, or no
/// longer, is not sent: its error says what it differs in from the nearest expectation.
#[derive(Clone)]
pub struct Mock {
    state: Shared,
    client: Client,
    builder: ClientBuilder,
}

type Shared = Arc<Mutex<State>>;

/// What is shared holds no half-done change when a thread panics.
fn locked(state: &Shared) -> std::sync::MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Mock {
    /// One whose client is made by this builder, with the generator's examples of answers.
    pub(crate) fn of(
        builder: ClientBuilder,
        examples: &'static [&'static str],
    ) -> Result<Self, Error> {
        let state = Shared::default();
        locked(&state).examples = examples;
        let double = Double(state.clone(), builder.query_secrets());
        let builder = builder
            .with_placeholders("mock")
            .retry(Retry::default().first_delay(std::time::Duration::ZERO))
            .transport(double);
        Ok(Mock {
            state,
            client: builder.clone().build()?,
            builder,
        })
    }

    /// A client whose calls come here. Its credentials are placeholders; it tries calls again as any
    /// client does, without a wait between two tries.
    pub fn client(&self) -> Client {
        self.client.clone()
    }

    /// The same for a client with settings of its own. Calls of all of them come here, as long as the
    /// transport is left alone.
    pub fn builder(&self) -> ClientBuilder {
        self.builder.clone()
    }

    /// Expects this call, once for each answer that it is given.
    ///
    /// Path, query, headers and body have to be what this call has, JSON bodies as values; what this
    /// call leaves out may be anything. An expectation that has had all its calls makes way for the next.
    pub fn expect<C: MockCall>(&self, call: C) -> Expectation<C::Answer> {
        Expectation::new(&self.state, Wanted::like(call.into_request()))
    }

    /// Expects a call of this operation, whatever its arguments. Its type is named after the
    /// operation, in the module of its tag in `operations`.
    pub fn expect_any<C: MockCall>(&self) -> Expectation<C::Answer> {
        Expectation::new(&self.state, Wanted::any(&C::any_request(&self.client)))
    }

    /// Whether everything that was expected has come, and nothing else.
    ///
    /// # Errors
    /// Something has not, or something else has; the error tells all of it.
    pub fn verify(&self) -> Result<(), Unmet> {
        locked(&self.state).verify()
    }

    /// The requests that came, in their order, those that nothing expected included. Each try of a call
    /// is one.
    pub fn received(&self) -> Vec<Received> {
        locked(&self.state).received.clone()
    }
}

impl fmt::Debug for Mock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mock")
            .field("received", &locked(&self.state).received)
            .finish_non_exhaustive()
    }
}

/// The mock's end of a client, and which query parameters hold secrets.
struct Double(Shared, Vec<&'static str>);

impl Transport for Double {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        Box::pin(async move {
            let came = Received::of(request, &self.1).await?;
            let reply = locked(&self.0).take(came);
            let reply = reply.map_err(TransportError::refused)?;
            if !reply.delay.is_zero() {
                clock::sleep(reply.delay).await;
            }
            reply.outcome.into_response()
        })
    }
}
