//! Actions in, a changed document and findings out.

use serde_json::json;

use super::*;

/// The document after the actions, and what is reported: `code line:column`.
fn check(actions: &str, expected: Value, findings: &[&str]) {
    let mut root = json!({"a": {"b": [1, 2, 3, 4], "c": "x"}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]});
    let overlay = Source::new("o.yaml", format!("overlay: 1.1.0\nactions:\n{actions}"));
    let mut report = Report::new([Source::new("api.json", "{}"), overlay.clone()]);
    apply(&mut root, &overlay.parse().unwrap(), &overlay, &mut report);
    assert_eq!(root, expected, "{actions}");
    let lines: Vec<_> = report
        .render_json()
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap())
        .collect();
    let found: Vec<_> = lines
        .iter()
        .map(|line| {
            format!(
                "{} {}:{}",
                line["code"].as_str().unwrap(),
                line["line"],
                line["column"]
            )
        })
        .collect();
    assert_eq!(found, findings, "{actions}");
    assert!(
        report
            .diagnostics()
            .iter()
            .all(|found| found.file == "o.yaml")
    );
}

fn unchanged() -> Value {
    json!({"a": {"b": [1, 2, 3, 4], "c": "x"}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]})
}

#[test]
fn merges_and_appends() {
    check(
        "- {target: $.a, update: {b: [5], c: {e: null}, f: 1}}\n- {target: '$.d[?@.n]', update: {o: 0}}\n",
        json!({
            "a": {"b": [1, 2, 3, 4, 5], "c": {"e": null}, "f": 1},
            "d": [{"n": 1, "o": 0}, {"n": 2, "o": 0}, {"m": 3}],
        }),
        &[],
    );
    check(
        "- {target: $.a.b, update: {x: 1}}\n- {target: $.a.c, update: y}\n- {target: $.d, copy: '$.d[2]'}\n",
        json!({
            "a": {"b": [1, 2, 3, 4, {"x": 1}], "c": "y"},
            "d": [{"n": 1}, {"n": 2}, {"m": 3}, {"m": 3}],
        }),
        &[],
    );
}

#[test]
fn removes_from_the_end() {
    check(
        "- {target: '$.a.b[0,2,0]', remove: true}\n- {target: '$.d[?@.n]', remove: true}\n- {target: $.a.c, remove: true}\n",
        json!({"a": {"b": [2, 4]}, "d": [{"m": 3}]}),
        &[],
    );
    check("- {target: $..*, remove: true}\n", json!({}), &[]);
}

#[test]
fn reports_with_the_place_in_the_overlay() {
    check(
        "- target: $.nothing\n  update: {}\n- target: $.a[\n  update: {}\n- {target: $.a, updat: 1}\n- {target: $, remove: true}\n- 5\n- {}\n",
        unchanged(),
        &[
            // An empty element has no place of its own in YAML: its list has.
            "bad-action 2:1",
            "target-matches-nothing 3:3",
            "bad-target 5:3",
            "idle-action 7:4",
            "unknown-overlay-key 7:17",
            "bad-action 8:4",
            "bad-action 9:3",
        ],
    );
    check(
        "- {target: $.a, copy: $.d.*}\n- {target: $.a, remove: 1}\n",
        unchanged(),
        &["bad-copy 3:17", "bad-action 4:17"],
    );
    let deep = format!(
        "- target: '$[?{}@.a{}]'\n",
        "(".repeat(1_900),
        ")".repeat(1_900)
    );
    check(&deep, unchanged(), &["bad-target 3:3"]);
}

#[test]
fn refuses_what_is_no_overlay() {
    for (text, code) in [
        ("[]", "not-an-overlay"),
        ("info: {}", "not-an-overlay"),
        ("overlay: 2.0.0\nactions: []", "overlay-version"),
        ("overlay: 1.0.0\nactions: {}", "not-an-overlay"),
        ("overlay: 1.0.0", "empty-overlay"),
        (
            "overlay: 1.0.0\nactions: []\nupdates: []",
            "unknown-overlay-key",
        ),
    ] {
        let overlay = Source::new("o", text);
        let mut report = Report::new([overlay.clone()]);
        apply(
            &mut json!({}),
            &overlay.parse().unwrap(),
            &overlay,
            &mut report,
        );
        assert_eq!(
            report
                .diagnostics()
                .iter()
                .map(|found| found.code)
                .collect::<Vec<_>>(),
            [code],
            "{text}"
        );
    }
}

#[test]
fn nested_brackets_parse_in_time() {
    let path = format!(
        "$[?{}@.a{}]",
        "(".repeat(MAX_BRACKETS - 1),
        ")".repeat(MAX_BRACKETS - 1)
    );
    let source = Source::new("o", "");
    let mut report = Report::default();
    let mut cx = Context {
        source: &source,
        report: &mut report,
    };
    assert!(nodes(&json!({}), &path, &Pointer::root(), &mut cx).is_some());
}
