//! A document and a recording in, findings out; and with the overlay that is written, none.

mod overlays;
mod recordings;

use serde_json::json;

use super::*;
use crate::read;

/// A document with one operation for each of these answers, written in YAML's flow style.
fn document(version: &str, responses: &str, schemas: &str) -> Source {
    let text = format!(
        "openapi: {version}\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://h.example/v1'}}]\n\
         paths:\n  /things/{{id}}:\n    get:\n      operationId: getThing\n      responses: {responses}\n\
         components:\n  schemas: {schemas}\n"
    );
    Source::new("api.yaml", text)
}

fn json_answer(schema: &str) -> String {
    format!("{{'200': {{description: d, content: {{application/json: {{schema: {schema}}}}}}}}}")
}

fn recording(lines: &[Value]) -> Source {
    let lines: Vec<String> = lines.iter().map(Value::to_string).collect();
    Source::new("r.jsonl", lines.join("\n"))
}

/// An answer of the operation with status 200.
fn answer(body: Value) -> Value {
    json!({"method": "GET", "url": "https://h.example/v1/things/1?key=secret", "status": 200, "body": body})
}

fn read(source: &Source, overlays: &[Source]) -> Document {
    let mut report = Report::new([source.clone()]);
    let document = read::read(source, &[], overlays, &mut report).unwrap();
    assert_eq!(report.gate(), Ok(()), "{}", report.render_text());
    document
}

/// Each finding in a line: its code, message, how often, and the places.
fn told(source: &Source, recordings: &[Source]) -> Vec<String> {
    let document = read(source, &[]);
    let found = drift(&document, recordings, &mut Report::default());
    let line = |finding: &Finding| {
        let sites = finding
            .sites
            .iter()
            .map(|site| format!("{} {}", site.status, site.path));
        format!(
            "{} {} | {} | {}/{}/{} | {}",
            finding.kind.code(),
            finding.at,
            finding.message(&document),
            finding.count,
            finding.answers,
            finding.of,
            sites.collect::<Vec<String>>().join(", "),
        )
    };
    found.findings.iter().map(line).collect()
}

/// What is left when the overlay that is written is applied, and its text.
fn mended(source: &Source, recordings: &[Source]) -> (Vec<&'static str>, String) {
    let mended = mend(source, &[], &[], recordings);
    let Some(text) = mended.text else {
        return (
            mended.left.iter().map(|left| left.kind.code()).collect(),
            String::new(),
        );
    };
    let overlay = Source::new("o.yaml", &text);
    let mut report = Report::new([source.clone(), overlay.clone()]);
    let document = read::read(source, &[], &[overlay], &mut report).unwrap();
    // Every action of it fits.
    let odd = report
        .diagnostics()
        .into_iter()
        .filter(|found| found.file == "o.yaml");
    assert_eq!(odd.count(), 0, "{}\n{text}", report.render_text());
    let found = drift(&document, recordings, &mut Report::default());
    let codes: Vec<&str> = found.findings.iter().map(|left| left.kind.code()).collect();
    let left: Vec<&str> = mended.left.iter().map(|left| left.kind.code()).collect();
    assert_eq!(codes, left, "{text}");
    (codes, text)
}

/// Findings of answers to a schema, in each version that can say it; the overlay mends all of them.
fn check(schema: &str, bodies: &[Value], wanted: &[&str]) {
    for version in ["3.0.3", "3.1.0"] {
        let source = document(
            version,
            &json_answer("{$ref: '#/components/schemas/T'}"),
            &format!("{{T: {schema}}}"),
        );
        let lines: Vec<Value> = bodies.iter().cloned().map(answer).collect();
        let recordings = [recording(&lines)];
        let found = told(&source, &recordings);
        let prefix = "#/components/schemas/T";
        let found: Vec<String> = found.iter().map(|line| line.replace(prefix, "T")).collect();
        assert_eq!(found, wanted, "{version} {schema}");
        assert_eq!(
            mended(&source, &recordings).0,
            [""; 0],
            "{version} {schema}"
        );
    }
}

#[test]
fn nothing_differs_where_nothing_does() {
    let schema = "{type: object, required: [a], properties: {a: {type: integer}, b: {type: string, nullable: true, enum: [x]},\
                  m: {type: object, additionalProperties: {type: number}}, f: {type: object}, any: {}}}";
    check(
        schema,
        &[json!({"a": 1.0, "b": null, "m": {"jane": 1.5}, "f": {"x": {"y": 1}}, "any": [null]})],
        &[],
    );
}

#[test]
fn members_are_missing_or_not_declared() {
    let schema = "{type: object, required: [id, secret, name], properties: {id: {type: string}, name: {type: string}, secret: {type: string, writeOnly: true}}}";
    check(
        schema,
        &[
            json!({"id": "a", "name": "b", "tags": ["x"]}),
            json!({"id": "a", "tags": []}),
            json!({"id": "a", "name": "b"}),
        ],
        &[
            "missing-member T | the required member `name` is missing | 1/1/3 | 200 $",
            "undeclared-member T | the member `tags` is not declared: a list of 1 element | 2/2/3 | 200 $",
        ],
    );
    let closed = "{type: object, additionalProperties: false, properties: {list: {type: array, items: {type: object, additionalProperties: false, properties: {a: {}}}}}}";
    check(
        closed,
        &[json!({"list": [{"a": 1, "b": 2}, {"b": null}], "jane@example.com": 1})],
        &[
            "member-not-allowed T | a member that looks like a key is not allowed here | 1/1/1 | 200 $",
            "member-not-allowed T/properties/list/items | the member `b` is not allowed here: a whole number of 1 digit | 2/1/1 | 200 $.list[]",
        ],
    );
}

#[test]
fn a_closed_schema_refuses_what_one_beside_it_declares() {
    check(
        "{allOf: [{type: object, additionalProperties: false, properties: {a: {type: integer}}}, {type: object, properties: {tags: {type: array, items: {type: string}}}}]}",
        &[json!({"a": 1, "tags": ["x"]})],
        &[
            "member-not-allowed T/allOf/0 | the member `tags` is not allowed here: a list of 1 element | 1/1/1 | 200 $",
        ],
    );
}

#[test]
fn large_numbers_differ_in_their_last_digit() {
    let schema = "{type: object, properties: {n: {type: integer, enum: [9007199254740992]}}}";
    let source = document("3.0.3", &json_answer(schema), "{}");
    let of = |number: Value| told(&source, &[recording(&[answer(json!({ "n": number }))])]);
    assert!(of(json!(9_007_199_254_740_992_i64)).is_empty());
    assert!(of(json!(9_007_199_254_740_992.0)).is_empty());
    let [found] = of(json!(9_007_199_254_740_993_i64)).try_into().unwrap();
    assert!(found.starts_with("undeclared-value"), "{found}");
}

#[test]
fn values_nulls_types_and_formats_differ() {
    check(
        "{type: object, properties: {s: {type: integer, enum: [1, 2]}, t: {type: string, enum: [active, paused]}, n: {type: string}, u: {type: string, format: uuid}, i: {type: integer}, o: {type: object, properties: {a: {type: string}}}}}",
        &[
            json!({"s": 0, "t": "closed", "n": null, "u": "31-k2mfq7", "i": 1.5, "o": []}),
            json!({"s": 0, "t": "closed", "n": "x", "u": "", "i": 1, "o": [1]}),
        ],
        &[
            "other-type T/properties/i | the value is of another type: a number | 1/1/2 | 200 $.i",
            "undeclared-null T/properties/n | the value is null, which is not allowed | 1/1/2 | 200 $.n",
            "other-type T/properties/o | the value is of another type: a list of 0 elements | 2/2/2 | 200 $.o",
            "undeclared-value T/properties/s | not among the listed values: 0 (twice) | 2/2/2 | 200 $.s",
            "undeclared-value T/properties/t | not among the listed values: \"closed\" (twice) | 2/2/2 | 200 $.t",
            "other-format T/properties/u | the value does not meet the format `uuid`: text of 9 characters: letters, digits, - | 2/2/2 | 200 $.u",
        ],
    );
}

#[test]
fn of_alternatives_the_closest_is_told() {
    let schema = "{oneOf: [{type: object, required: [kind], properties: {kind: {type: string, enum: [cat]}, lives: {type: integer}}},\
                  {type: object, required: [kind], properties: {kind: {type: string, enum: [dog]}, name: {type: string}}}, {type: array, items: {type: string}}]}";
    check(
        schema,
        &[
            json!({"kind": "dog", "lives": 9, "name": null}),
            json!(["a", 1]),
            json!("\"text\""),
        ],
        &[
            "other-type T/oneOf | the value is of another type: text of 4 characters: letters | 1/1/3 | 200 $",
            "undeclared-member T/oneOf/1 | the member `lives` is not declared: a whole number of 1 digit | 1/1/3 | 200 $",
            "undeclared-null T/oneOf/1/properties/name | the value is null, which is not allowed | 1/1/3 | 200 $.name",
            "other-type T/oneOf/2/items | the value is of another type: a whole number of 1 digit | 1/1/3 | 200 $[]",
        ],
    );
    // Of `anyOf` several may hold: what each declares is declared.
    check(
        "{anyOf: [{type: object, properties: {a: {type: integer}}}, {type: object, properties: {b: {type: integer}}}]}",
        &[json!({"a": 1, "b": 2})],
        &[],
    );
}

#[test]
fn a_shared_schema_is_told_once() {
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths:\n  /a: {get: {operationId: a, responses: &r {default: {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}}}}\n  \
                /b: {get: {responses: *r}}\ncomponents: {schemas: {T: {type: [array, object], items: {$ref: '#/components/schemas/T'}, properties: {s: {type: string}}}}}\n";
    let source = Source::new("api.yaml", text);
    let line = |path: &str, status: u16, body: Value| json!({"method": "get", "url": path, "status": status, "body": body});
    let recordings = [recording(&[
        line("/a", 200, json!([{"s": 1}, {"s": 2}])),
        line("/b", 404, json!({"s": 3})),
        line("/b", 404, json!({"s": "x"})),
    ])];
    let found = drift(&read(&source, &[]), &recordings, &mut Report::default());
    assert_eq!(
        told(&source, &recordings),
        [
            "other-type #/components/schemas/T/properties/s | the value is of another type: a whole number of 1 digit | 3/2/3 | 200 $[].s, 404 $.s"
        ]
    );
    assert_eq!(found.findings[0].first.to_string(), "r.jsonl:1");
    assert_eq!(mended(&source, &recordings).0, [""; 0]);
}

#[test]
fn statuses_media_types_and_bodies_differ() {
    let responses = "{'202': {description: d, content: {application/json: {schema: {$ref: '#/components/schemas/T'}}}}, '204': {description: d},\
                     '205': {description: d, content: {application/json: {schema: {type: object}}}}, '400': {description: d, content: {application/json: {schema: {type: object}}}}}";
    let line = |status: u16, media: Option<&str>, body: Value| json!({"method": "GET", "url": "/v1/things/1", "status": status, "content_type": media, "body": body});
    let json_type = Some("application/json; charset=utf-8");
    let lines = [
        line(200, json_type, json!({"message": "jane"})),
        line(204, json_type, json!({"a": 1})),
        line(205, None, json!(null)),
        line(400, Some("text/html"), json!("<h1>Jane</h1>")),
        line(400, Some("application/jane@example.com"), json!("x")),
        line(400, json_type, json!("<h1>Jane</h1>")),
        line(500, None, json!("down")),
        line(304, None, json!(null)),
    ];
    for version in ["3.0.3", "3.1.0"] {
        let schema = "{T: {type: object, additionalProperties: false, properties: {message: {type: string}}}}";
        let source = document(version, responses, schema);
        let recordings = [recording(&lines)];
        let at = "#/paths/~1things~1{id}/get/responses";
        let found: Vec<String> = told(&source, &recordings)
            .iter()
            .map(|line| line.replace(at, "R"))
            .collect();
        assert_eq!(
            found,
            [
                "undeclared-status R | status 200 is not declared | 1/1/1 | 200 $",
                "undeclared-status R | status 304 is not declared | 1/1/1 | 304 $",
                "undeclared-status R | status 500 is not declared | 1/1/1 | 500 $",
                "undeclared-body R/204 | there is a body where none is declared | 1/1/1 | 204 $",
                "missing-body R/205 | there is no body where one is declared | 1/1/1 | 205 $",
                "undeclared-media-type R/400 | the media type is not declared | 1/1/3 | 400 $",
                "undeclared-media-type R/400 | the media type `text/html` is not declared | 1/1/3 | 400 $",
                "not-json R/400 | the body is declared as JSON and is none | 1/1/3 | 400 $",
            ]
        );
        let (left, text) = mended(&source, &recordings);
        assert_eq!(left, ["undeclared-media-type", "not-json"], "{text}");
        // The body of 200 is as that of 202.
        assert!(text.contains("$ref: '#/components/schemas/T'"), "{text}");
        assert!(!text.to_lowercase().contains("jane"), "{text}");
    }
}

/// What may be in answers and must not be in what is told of them.
#[test]
fn nothing_personal_is_told() {
    let source = document(
        "3.1.0",
        &json_answer("{$ref: '#/components/schemas/T'}"),
        "{T: {type: object, properties: {e: {type: string, enum: [lead, owner]}, n: {type: integer, enum: [1]}, id: {type: string, format: uuid},\
          m: {type: object, additionalProperties: {type: string}}, c: {type: object, additionalProperties: false, properties: {a: {}}}}}}",
    );
    let body = |suffix: &str| {
        json!({
            "e": format!("jane{suffix}"), "n": 4111111111111111_i64, "id": "jane-secret",
            "m": {"jane-secret": 1}, "jane.secret@example.com": 1, "Jane Secret": 2,
            "c": {"jane-secret@example.com": "jane-secret", "+49 170 jane": 1},
            "new": {"jane": "jane-secret", "list": [{"Jane": "x"}]},
        })
    };
    let mut lines: Vec<Value> = ["-a", "-b", "-c", "-d", "-e", "-f"]
        .map(|suffix| answer(body(suffix)))
        .into();
    // The same value twice, but there are too many of them.
    lines.push(answer(body("-a")));
    lines.push(json!({"method": "GET", "url": "https://jane.example/users/jane/0198c0de-0000-7000-8000-000000000001?jane=jane", "status": 200, "body": "jane"}));
    lines.push(json!({"method": "JANE@X", "url": "/things/jane@example.com/jane", "status": 200}));
    lines.push(json!({"jane": "jane"}));
    lines.push(json!({"method": "GET", "url": "jane", "status": 200}));
    let mut text = recording(&lines).text.to_string();
    text.push_str("\n{\"jane\": jane}\n\"jane\"\n");
    let recordings = [Source::new("r.jsonl", text)];
    let document = read(&source, &[]);
    let mut report = Report::default();
    let found = drift(&document, &recordings, &mut report);
    let mut all = report.render_text() + &found.summary();
    assert_eq!(report.diagnostics().len(), 4, "{all}");
    let places = report.locate(found.findings.iter().map(|finding| &finding.at));
    for finding in &found.findings {
        let located = places.get(&finding.at).unwrap();
        all.push_str(&finding.text(&document, located));
        all.push_str(&finding.json(&document, located).to_string());
    }
    for unmatched in &found.unmatched {
        all.push_str(&unmatched.text());
        all.push_str(&unmatched.json().to_string());
    }
    all.push_str(&mended(&source, &recordings).1);
    let lower = all.to_lowercase();
    for secret in ["jane", "secret", "4111", "0198c0de", "+49"] {
        assert!(!lower.contains(secret), "{secret} in {all}");
    }
    let shapes: Vec<(&str, &str)> = found
        .unmatched
        .iter()
        .map(|it| (it.method.as_str(), it.path.as_str()))
        .collect();
    assert_eq!(
        shapes,
        [
            ("?", "/things/{e-mail address}/{text}"),
            ("GET", "/{text}/{text}/{UUID}")
        ]
    );
}

#[test]
fn schemas_that_contain_themselves_end() {
    let source = document(
        "3.1.0",
        &json_answer("{$ref: '#/components/schemas/A'}"),
        "{A: {$ref: '#/components/schemas/B'}, B: {anyOf: [{$ref: '#/components/schemas/A'}, {allOf: [{$ref: '#/components/schemas/B'}, {type: object, properties: {a: {$ref: '#/components/schemas/A'}}}]}]}}",
    );
    let mut deep = json!({"a": 1});
    for _ in 0..20 {
        deep = json!({"a": deep, "b": null});
    }
    let recordings = [recording(&[answer(deep), answer(json!(null))])];
    told(&source, &recordings);
    mend(&source, &[], &[], &recordings);
}
