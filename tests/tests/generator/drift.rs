//! How the real Instantly API strays from its document, in recordings made for this: `drift` finds it
//! without our overlay, and with it no more where it is mended.

use super::regenerate::{instantly_inputs, run};
use restwright::drift::{Drift, drift, mend};
use restwright::report::Report;
use restwright::source::Source;
use restwright::{Inputs, read};
use serde_json::{Value, json};

/// Answers as the real interface gives them, nothing of which is anybody's.
fn recordings() -> Vec<Source> {
    let api = "https://api.instantly.ai/api/v2";
    let answer = |method: &str, path: &str, status: u16, body: Value| {
        let url = format!("{api}{path}");
        json!({"method": method, "url": url, "status": status, "content_type": "application/json", "body": body})
    };
    let id = "0198c0de-0000-7000-8000-000000000001";
    let lead = |status: i64, code: i64| json!({"id": id, "email": "a@example.com", "status": status, "esp_code": code});
    let answers = [
        answer(
            "GET",
            &format!("/emails/{id}"),
            200,
            json!({"thread_id": "31-abcdefWxTugZrt5ES8Nvaa"}),
        ),
        answer("GET", &format!("/leads/{id}"), 200, lead(0, 4)),
        answer(
            "POST",
            "/leads/list",
            200,
            json!({"items": [lead(1, 5), lead(0, 7)]}),
        ),
        answer(
            "GET",
            "/accounts?include_tags=true",
            200,
            json!({"items": [{"email": "a@example.com", "tags": [{"id": id}]}]}),
        ),
        answer(
            "GET",
            &format!("/campaigns/{id}"),
            200,
            json!({"campaign_schedule": {}}),
        ),
        answer(
            "POST",
            "/leads/update-interest-status",
            200,
            json!({"message": "done"}),
        ),
        answer("POST", "/leads/bulk-assign", 200, json!({"status": "done"})),
        answer("POST", &format!("/campaigns/{id}/share"), 204, Value::Null),
        answer(
            "GET",
            "/custom-tag-mappings",
            200,
            json!({"items": [{"resource_id": "a@example.com", "resource_type": 1}]}),
        ),
        answer(
            "GET",
            "/campaigns/analytics/nothing-like-it",
            200,
            json!({}),
        ),
    ];
    let lines: Vec<String> = answers.iter().map(Value::to_string).collect();
    vec![Source::new("answers.jsonl", lines.join("\n"))]
}

/// Code and place of what drifts by the real interface's own ways. All of it is mended by our overlay.
const STRAYS: [(&str, &str); 9] = [
    (
        "other-format",
        "#/components/schemas/Email/properties/thread_id",
    ),
    (
        "undeclared-value",
        "#/components/schemas/Lead/properties/status",
    ),
    (
        "undeclared-value",
        "#/components/schemas/Lead/properties/esp_code",
    ),
    ("member-not-allowed", "#/components/schemas/Account"),
    (
        "missing-member",
        "#/components/schemas/Campaign/properties/campaign_schedule",
    ),
    (
        "undeclared-status",
        "#/paths/~1api~1v2~1leads~1update-interest-status/post/responses",
    ),
    (
        "undeclared-status",
        "#/paths/~1api~1v2~1leads~1bulk-assign/post/responses",
    ),
    (
        "missing-body",
        "#/paths/~1api~1v2~1campaigns~1{id}~1share/post/responses/204",
    ),
    (
        "other-format",
        "#/components/schemas/CustomTagMapping/properties/resource_id",
    ),
];

fn found(inputs: &Inputs, overlays: &[Source]) -> Drift {
    let mut report = inputs.report();
    let document = read::read(&inputs.source, &inputs.files, overlays, &mut report);
    let document = document.expect("the document is one");
    let found = drift(&document, &recordings(), &mut report);
    assert_eq!(report.gate(), Ok(()), "{}", report.render_text());
    found
}

/// How often each of the strays is found.
fn strays(found: &Drift) -> Vec<usize> {
    let count = |(code, at): &(&str, &str)| {
        let findings = found.findings.iter();
        findings
            .filter(|it| it.kind.code() == *code && it.at.to_string() == *at)
            .count()
    };
    STRAYS.iter().map(count).collect()
}

#[test]
fn finds_what_the_overlay_mends() {
    let inputs = instantly_inputs();
    let without = found(&inputs, &[]);
    assert_eq!((without.answers, without.matched), (10, 9));
    let shape = without.unmatched.first().map(|it| it.path.as_str());
    assert_eq!(shape, Some("/api/v2/campaigns/analytics/{text}"));
    assert_eq!(
        strays(&without),
        [1; STRAYS.len()],
        "{:#?}",
        without.findings
    );
    let values = |name: &str| -> Vec<Value> {
        let at = format!("#/components/schemas/Lead/properties/{name}");
        let finding = without.findings.iter().find(|it| it.at.to_string() == at);
        finding
            .expect("it is found")
            .values
            .iter()
            .map(|(value, _)| value.clone())
            .collect()
    };
    assert_eq!(values("status"), [json!(0)]);
    assert_eq!(values("esp_code"), [json!(4), json!(5), json!(7)]);

    let with = found(&inputs, &inputs.overlays);
    assert_eq!(strays(&with), [0; STRAYS.len()], "{:#?}", with.findings);
}

#[test]
fn its_own_overlay_mends_all_and_generates() {
    let mut inputs = instantly_inputs();
    let mended = mend(&inputs.source, &inputs.files, &[], &recordings());
    let text = mended.text.expect("there is something to mend");
    assert!(mended.left.is_empty(), "{:#?}", mended.left);
    for personal in ["example.com", "0198c0de", "31-"] {
        assert!(!text.contains(personal), "{text}");
    }
    inputs.overlays = vec![Source::new("drift.yaml", text.clone())];
    let left = found(&inputs, &inputs.overlays);
    assert_eq!(left.findings.len(), 0, "{:#?}", left.findings);
    let (generated, report) = run(inputs);
    assert!(generated.is_ok(), "{}", report.render_text());
    let of_overlay = report
        .diagnostics()
        .into_iter()
        .filter(|it| it.file == "drift.yaml")
        .count();
    assert_eq!(of_overlay, 0, "{}\n{text}", Report::render_text(&report));
}
