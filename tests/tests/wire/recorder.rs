//! A client records what a server answers, and `drift` finds where that strays from the document.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use instantly_client::Recorder;
use restwright::drift::drift;
use restwright::read;
use restwright::report::Report;
use restwright::source::Source;
use serde_json::json;
use wiremock::ResponseTemplate;

use crate::server::{Server, TOKEN, ok};
use crate::{ID, Outcome};

#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_or(Ok(0), |mut all| all.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The interface as it is declared, without our overlay.
fn declared() -> Result<read::Document, Box<dyn std::error::Error>> {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../spec/instantly.openapi.yaml"
    );
    let source = Source::read(path.as_ref())?;
    Ok(read::read(&source, &[], &[], &mut Report::default())?)
}

#[tokio::test]
async fn what_a_client_records_shows_where_the_server_strays() -> Outcome {
    let tag = json!({
        "id": ID, "timestamp_created": "2026-01-02T03:04:05Z", "timestamp_updated": "yesterday",
        "organization_id": ID, "label": null, "description": null, "shade": "dark",
    });
    let html = ResponseTemplate::new(502).set_body_raw("<h1>down</h1>", "text/html");
    let server = Server::in_turn([ok(tag), html]).await;
    let buffer = Buffer::default();
    let recorder = Recorder::new(buffer.clone());
    let client = server.builder().recorder(recorder.clone()).build()?;
    let _ = client.custom_tag().get(ID).await;
    let failed = client.custom_tag().get(ID).await;
    assert!(failed.is_err_and(|error| error.status().is_some_and(|status| status == 502)));
    assert!(recorder.take_error().is_none());

    let bytes = buffer.0.lock().map_err(|_| "a test has failed")?.clone();
    let recording = Source::from_bytes("answers.jsonl", bytes)?;
    assert_eq!(recording.text.lines().count(), 2);
    assert!(!recording.text.contains(TOKEN));

    let document = declared()?;
    let mut report = Report::default();
    let found = drift(&document, &[recording], &mut report);
    assert_eq!(report.diagnostics().len(), 0, "{}", report.render_text());
    assert_eq!((found.answers, found.matched), (2, 2));
    let lines = found.findings.iter().map(|finding| {
        let last = finding.at.last().unwrap_or_default();
        format!("{} {last} {:?}", finding.kind.code(), finding.member)
    });
    let lines: Vec<String> = lines.collect();
    assert_eq!(
        lines,
        [
            "member-not-allowed CustomTag Some(\"shade\")",
            "undeclared-null label None",
            "other-format timestamp_updated None",
            "undeclared-status responses Some(\"502\")",
        ]
    );
    Ok(())
}
