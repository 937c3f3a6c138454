//! A span of the `tracing` crate for each call and each of its tries, with OpenTelemetry's names;
//! without the feature `tracing`, nothing.

#[cfg(not(feature = "tracing"))]
pub(super) use none::Trace;
#[cfg(feature = "tracing")]
pub(super) use spans::Trace;

#[cfg(feature = "tracing")]
mod spans {
    use std::future::Future;

    use tracing::Span;
    use tracing::field::Empty;
    use tracing::instrument::{Instrument as _, Instrumented};

    use super::super::error::Error;
    use super::super::hook::Attempt;
    use super::super::transport::{StatusCode, Url};

    /// A span.
    pub(in super::super) struct Trace(Span);

    impl Trace {
        /// Of a call, with all its tries and the waits between them.
        pub(in super::super) fn of_call(call: &Attempt) -> Self {
            Trace(tracing::info_span!(
                "call",
                otel.name = call.operation,
                otel.status_code = Empty,
                http.request.method = call.method,
                http.response.status_code = Empty,
                url.template = call.path,
                "error.type" = Empty,
            ))
        }

        /// Of one try. Of the address there is nothing that may hold a secret.
        pub(in super::super) fn of_try(attempt: &Attempt, url: &Url) -> Self {
            Trace(tracing::info_span!(
                "try",
                otel.name = format_args!("{} {}", attempt.method, attempt.path),
                otel.kind = "client",
                otel.status_code = Empty,
                http.request.method = attempt.method,
                http.request.resend_count = (attempt.number > 1).then(|| attempt.number - 1),
                http.response.status_code = Empty,
                server.address = url.host_str(),
                server.port = url.port_or_known_default(),
                url.template = attempt.path,
                "error.type" = Empty,
            ))
        }

        /// Does something within the span.
        pub(in super::super) fn within<F: Future>(&self, future: F) -> Instrumented<F> {
            future.instrument(self.0.clone())
        }

        /// Notes what came of it.
        pub(in super::super) fn ended(&self, result: Result<StatusCode, &Error>) {
            let status = result.map_or_else(Error::status, Some);
            if let Some(status) = status {
                self.0.record("http.response.status_code", status.as_u16());
            }
            if let Err(error) = result {
                self.0.record("error.type", error_type(error).as_str());
                self.0.record("otel.status_code", "ERROR");
            }
        }
    }

    /// The status where the server said what is wrong, as OpenTelemetry has it; else a word.
    fn error_type(error: &Error) -> String {
        match error {
            Error::Api(error) => error.status().as_str().to_owned(),
            Error::Timeout { .. } => "timeout".to_owned(),
            Error::Connection { .. } => "connection".to_owned(),
            Error::Credentials { .. } => "credentials".to_owned(),
            Error::Invalid { .. } => "invalid".to_owned(),
            _ => "_OTHER".to_owned(),
        }
    }
}

#[cfg(not(feature = "tracing"))]
mod none {
    use std::future::Future;

    use super::super::error::Error;
    use super::super::hook::Attempt;
    use super::super::transport::{StatusCode, Url};

    /// No span.
    pub(in super::super) struct Trace;

    impl Trace {
        pub(in super::super) fn of_call(_: &Attempt) -> Self {
            Trace
        }

        pub(in super::super) fn of_try(_: &Attempt, _: &Url) -> Self {
            Trace
        }

        // The future itself: one that awaits it would be twice as large.
        pub(in super::super) fn within<F: Future>(&self, future: F) -> F {
            future
        }

        pub(in super::super) fn ended(&self, _: Result<StatusCode, &Error>) {}
    }
}
