//! The spans of a call, with OpenTelemetry's names.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use super::memory::{Memory, refused, status};
use crate::runtime::{Empty, Request, Retry};

/// Keeps what is told of spans: their names and fields.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<Fields>>>);

#[derive(Clone, Default)]
struct Fields(BTreeMap<String, String>);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let text = format!("{value:?}").trim_matches('"').to_owned();
        self.0.insert(field.name().to_owned(), text);
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().ends_with("::runtime::trace::spans")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        let mut spans = self.0.lock().unwrap();
        spans.push(fields);
        Id::from_u64(spans.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        let index = usize::try_from(span.into_u64()).unwrap() - 1;
        values.record(&mut self.0.lock().unwrap()[index]);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let pairs = pairs.iter();
    pairs
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test(start_paused = true)]
async fn a_call_and_each_try_have_a_span() {
    let spans = Spans::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    let memory = Memory::new([refused(), status(503, ""), status(204, "")]);
    let retry = Retry::default().first_delay(Duration::ZERO);
    let client = memory.builder().retry(retry).build().unwrap();
    let call = Request::new(&client, "getThing", "GET", "/things/{id}").path::<i64>("id", 7);
    let call = call.query::<String>("q", "s3cret");
    call.send::<Empty>().await.unwrap();

    let found = spans.0.lock().unwrap().clone();
    let call = [
        ("otel.name", "getThing"),
        ("http.request.method", "GET"),
        ("url.template", "/things/{id}"),
        ("http.response.status_code", "204"),
    ];
    assert_eq!(found[0].0, fields(&call));
    let of_try = |more: &[(&str, &str)]| {
        let mut all = fields(&[
            ("otel.name", "GET /things/{id}"),
            ("otel.kind", "client"),
            ("http.request.method", "GET"),
            ("url.template", "/things/{id}"),
            ("server.address", "api.example.com"),
            ("server.port", "443"),
        ]);
        all.extend(fields(more));
        all
    };
    let failed = [("error.type", "connection"), ("otel.status_code", "ERROR")];
    assert_eq!(found[1].0, of_try(&failed));
    let busy = [
        ("error.type", "503"),
        ("otel.status_code", "ERROR"),
        ("http.response.status_code", "503"),
        ("http.request.resend_count", "1"),
    ];
    assert_eq!(found[2].0, of_try(&busy));
    let done = [
        ("http.response.status_code", "204"),
        ("http.request.resend_count", "2"),
    ];
    assert_eq!(found[3].0, of_try(&done));
    assert_eq!(found.len(), 4);
}
