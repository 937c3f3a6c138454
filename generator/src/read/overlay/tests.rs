//! Actions in, a changed document and findings out.

use serde_json::json;

use super::node::MAX_BRACKETS;
use super::*;

/// The document after the actions, and what is reported: `code line:column`.
fn check(actions: &str, expected: Value, findings: &[&str]) {
    let root = unchanged();
    let (root, report) = applied(
        root,
        &format!("overlay: 1.1.0\ninfo: {{title: t, version: '1'}}\nactions:\n{actions}"),
    );
    assert_eq!(root, expected, "{actions}");
    assert_eq!(found(&report), findings, "{actions}");
}

fn applied(mut root: Value, overlay: &str) -> (Value, Report) {
    let document = Source::new("api.json", "{}");
    let overlay = Source::new("o.yaml", overlay);
    let mut report = Report::new([document.clone(), overlay.clone()]);
    let actions = overlay.parse().unwrap();
    apply(&mut root, &document, &actions, &overlay, &mut report);
    (root, report)
}

/// `code line:column` of each.
fn found(report: &Report) -> Vec<String> {
    let lines = report.render_json();
    let lines = lines.lines().map(|line| {
        let line: Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["file"], "o.yaml");
        let code = line["code"].as_str().unwrap();
        format!("{code} {}:{}", line["line"], line["column"])
    });
    lines.collect()
}

fn messages(report: &Report) -> Vec<&str> {
    let found = report.diagnostics().into_iter();
    found.map(|found| found.message.as_str()).collect()
}

fn unchanged() -> Value {
    json!({"a": {"b": [1, 2, 3, 4], "c": "x"}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]})
}

#[test]
fn merges_and_appends() {
    check(
        "- {target: $.a, update: {b: [5], c: y, f: 1}}\n- {target: '$.d[?@.n]', update: {o: 0}}\n",
        json!({
            "a": {"b": [1, 2, 3, 4, 5], "c": "y", "f": 1},
            "d": [{"n": 1, "o": 0}, {"n": 2, "o": 0}, {"m": 3}],
        }),
        &[],
    );
    // A list takes in a list, an object, a plain value.
    check(
        "- {target: $.a.b, update: [{x: 1}, 6]}\n- {target: $.a.b, update: {y: 2}}\n- {target: $.a.b, update: null}\n",
        json!({
            "a": {"b": [1, 2, 3, 4, {"x": 1}, 6, {"y": 2}, null], "c": "x"},
            "d": [{"n": 1}, {"n": 2}, {"m": 3}],
        }),
        &[],
    );
    // The root is an object like others; what is new comes at the end.
    let (root, report) = applied(
        unchanged(),
        "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions: [{target: $, update: {z: {y: 1}, a: {c: w, b: [0]}}}]",
    );
    assert_eq!(found(&report), [""; 0]);
    assert_eq!(
        root.to_string(),
        r#"{"a":{"b":[1,2,3,4,0],"c":"w"},"d":[{"n":1},{"n":2},{"m":3}],"z":{"y":1}}"#
    );
}

#[test]
fn plain_values_are_targets_too() {
    check(
        "- {target: $.a.c, update: y}\n- {target: '$.d[*].n', update: true}\n- {target: '$.a.b[?@ > 2]', remove: true}\n",
        json!({"a": {"b": [1, 2], "c": "y"}, "d": [{"n": true}, {"n": true}, {"m": 3}]}),
        &[],
    );
    check(
        "- {target: $.a.c, update: null}\n",
        json!({"a": {"b": [1, 2, 3, 4], "c": null}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]}),
        &[],
    );
}

#[test]
fn copies_what_stands_there_by_then() {
    // To where something is, to what an action before has made, and away: a move.
    check(
        "- {target: $.a, copy: '$.d[2]'}\n- {target: $, update: {new: {}}}\n- {target: $.new, copy: $.a}\n- {target: $.a, remove: true}\n",
        json!({
            "d": [{"n": 1}, {"n": 2}, {"m": 3}],
            "new": {"b": [1, 2, 3, 4], "c": "x", "m": 3},
        }),
        &[],
    );
    check(
        "- {target: $.d, copy: '$.d[0]'}\n- {target: $.a.b, copy: $.a.b}\n- {target: '$.d[*].m', copy: $.a.c}\n",
        json!({
            "a": {"b": [1, 2, 3, 4, 1, 2, 3, 4], "c": "x"},
            "d": [{"n": 1}, {"n": 2}, {"m": "x"}, {"n": 1}],
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
    // What is removed can be made anew, of another kind.
    check(
        "- {target: $.a.c, remove: true}\n- {target: $.a, update: {c: [1]}}\n",
        json!({"a": {"b": [1, 2, 3, 4], "c": [1]}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]}),
        &[],
    );
}

#[test]
fn what_does_not_fit_is_an_error() {
    check(
        "- {target: $.a, update: {c: [y]}}\n- {target: $.a, update: 5}\n- {target: $.a.c, update: {}}\n- target: $\n  update:\n    a:\n      b:\n        x: 1\n",
        unchanged(),
        &[
            "update-does-not-fit 4:26",
            "update-does-not-fit 5:17",
            "update-does-not-fit 6:19",
            "update-does-not-fit 10:7",
        ],
    );
    check(
        "- {target: $.a, copy: $.d}\n- {target: '$.a[*]', update: 1}\n- {target: $..c, copy: '$.d[5]'}\n",
        unchanged(),
        &[
            "update-does-not-fit 4:17",
            "mixed-targets 5:4",
            "bad-copy 6:18",
        ],
    );
}

#[test]
fn an_action_does_one_thing() {
    check(
        "- {target: $.a.c, remove: true, update: 1}\n- {target: $.a, update: {f: 1}, copy: '$.d[0]'}\n- {target: $.a, remove: false}\n- {target: $.a, copy: 1}\n- {target: 1, remove: true}\n",
        json!({"a": {"b": [1, 2, 3, 4]}, "d": [{"n": 1}, {"n": 2}, {"m": 3}]}),
        &[
            "idle-action 4:33",
            "bad-action 5:4",
            "idle-action 6:4",
            "bad-copy 7:17",
            "bad-action 8:4",
        ],
    );
}

#[test]
fn reports_with_the_place_in_the_overlay() {
    check(
        "- target: $.nothing\n  update: {}\n- target: $.a[\n  update: {}\n- {target: $.a, updat: 1}\n- {target: $, remove: true}\n- 5\n- {}\n",
        unchanged(),
        &[
            // An empty element has no place of its own in YAML: its list has.
            "bad-action 3:1",
            "target-matches-nothing 4:3",
            "bad-target 6:3",
            "idle-action 8:4",
            "unknown-overlay-key 8:17",
            "bad-action 9:4",
            "bad-action 10:3",
        ],
    );
    let deep = format!(
        "- target: '$[?{}@.a{}]'\n  remove: true\n",
        "(".repeat(1_900),
        ")".repeat(1_900)
    );
    check(&deep, unchanged(), &["bad-target 4:3"]);
}

#[test]
fn names_the_action() {
    let (_, report) = applied(
        unchanged(),
        "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.x, remove: true}\n\
         - target: $.a\n  description: |\n\n    Numbers are words here. They have been for a long time, as nobody knows.\n    More.\n  update: {c: {d: 1}}\n",
    );
    assert_eq!(
        messages(&report),
        [
            "actions[0]: `$.x` selects nothing: has the document changed?",
            "actions[1] (Numbers are words here. They have been for a long time, as n…): \
             `update` has an object, and the document has a plain value at `#/c` there",
        ]
    );
}

#[test]
fn refuses_what_is_no_overlay() {
    let info = "info: {title: t, version: '1'}";
    for (text, findings) in [
        ("[]".to_owned(), ["not-an-overlay 1:1"].as_slice()),
        ("info: {}".to_owned(), &["not-an-overlay 1:1"]),
        (
            format!("overlay: 2.0.0\n{info}\nactions: []"),
            &["overlay-version 1:1", "empty-overlay 3:1"],
        ),
        (
            format!("overlay: 1.10.0\n{info}\nactions: [{{target: $, update: {{}}}}]"),
            &["overlay-version 1:1"],
        ),
        (
            format!("overlay: 1.1\n{info}\nactions: {{}}"),
            &["not-an-overlay 3:1"],
        ),
        (format!("overlay: 1.0.0\n{info}"), &["empty-overlay 1:1"]),
        (
            format!("overlay: 1.0.0\n{info}\nactions: [{{target: $.a, copy: $.a}}]"),
            &["overlay-version 3:25"],
        ),
        (
            "overlay: 1.1.0\ninfo: {title: 5, summary: t}\nextends: 5\nupdates: []\nactions: [{target: $, update: {}}]".to_owned(),
            &[
                "bad-overlay-info 2:1",
                "bad-overlay-info 2:8",
                "unknown-overlay-key 2:18",
                "bad-overlay-info 3:1",
                "unknown-overlay-key 4:1",
            ],
        ),
        (
            format!("overlay: 1.1.0\n{info}\nextends: ./other.json\nactions: [{{target: $, update: {{}}}}]"),
            &["overlay-of-another-document 3:1"],
        ),
        (
            format!("overlay: 1.1.0\n{info}\nextends: api.json\nactions: [{{target: $, update: {{}}}}]"),
            &[],
        ),
    ] {
        assert_eq!(found(&applied(unchanged(), &text).1), findings, "{text}");
    }
}

/// JSON and YAML say the same.
#[test]
fn reads_json() {
    let json = r#"{"overlay": "1.1.0", "info": {"title": "t", "version": "1"},
        "actions": [{"target": "$.a", "update": {"c": "y"}}, {"target": "$.x", "remove": true}]}"#;
    let (root, report) = applied(unchanged(), json);
    assert_eq!(root["a"]["c"], "y");
    assert_eq!(found(&report), ["target-matches-nothing 2:63"]);
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
        action: String::new(),
        has_copy: true,
    };
    assert!(node::select(&json!({}), &path, &Pointer::root(), &mut cx).is_some());
}

/// The examples of the specification, each checked in the order of its keys.
#[test]
fn does_what_the_specification_shows() {
    let examples = Source::new("examples.yaml", include_str!("examples.yaml"));
    let examples = examples.parse().unwrap();
    let examples = examples.as_array().unwrap();
    assert_eq!(examples.len(), 15);
    for example in examples {
        let overlay = json!({
            "overlay": "1.1.0",
            "info": {"title": "t", "version": "1"},
            "actions": example["actions"],
        });
        let (root, report) = applied(example["document"].clone(), &overlay.to_string());
        assert_eq!(
            root.to_string(),
            example["wanted"].to_string(),
            "{}",
            example["name"]
        );
        assert_eq!(messages(&report), [""; 0], "{}", example["name"]);
    }
}
