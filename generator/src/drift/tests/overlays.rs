//! What the overlay that is written mends, and what it leaves.

use super::*;

#[test]
fn a_body_that_is_there_at_times_is_not_mended() {
    let source = document("3.1.0", &json_answer("{type: object}"), "{}");
    let recordings = [recording(&[answer(json!({})), answer(json!(null))])];
    assert_eq!(
        mended(&source, &recordings),
        (vec!["missing-body"], String::new())
    );
}

#[test]
fn swagger_has_an_overlay_too() {
    let text = "swagger: '2.0'\ninfo: {title: t, version: '1'}\nbasePath: /v1\nproduces: [application/json]\npaths:\n  /a:\n    get:\n      \
                responses: {'200': {description: d, schema: {type: object, properties: {n: {type: string}, t: {type: string}}}}, '204': {description: d, schema: {type: object}}, '203': {description: d}}\n";
    let source = Source::new("api.yaml", text);
    let line = |status: u16, media: &str, body: Value| json!({"method": "GET", "url": "https://other/v1/a", "status": status, "content_type": media, "body": body});
    let recordings = [recording(&[
        line(
            200,
            "application/json",
            json!({"n": null, "t": 1, "new": {"x": 1}}),
        ),
        line(200, "text/plain", json!("a")),
        line(201, "application/json", json!({"x": 1})),
        line(203, "application/json", json!([1])),
        line(204, "application/json", json!(null)),
    ])];
    let codes: Vec<String> = told(&source, &recordings)
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(
        codes,
        [
            "undeclared-status",
            "undeclared-media-type",
            "undeclared-member",
            "undeclared-null",
            "other-type",
            "undeclared-body",
            "missing-body"
        ]
    );
    assert_eq!(mended(&source, &recordings).0, [""; 0]);
}

#[test]
fn no_empty_list_of_required_members_stays() {
    let source = document(
        "3.0.3",
        &json_answer("{$ref: '#/components/schemas/T'}"),
        "{T: {type: object, required: [a, b], properties: {a: {}, b: {}}}}",
    );
    let recordings = [recording(&[answer(json!({}))])];
    let (left, text) = mended(&source, &recordings);
    assert_eq!(left, [""; 0]);
    let overlay = Source::new("o.yaml", &text);
    let document = read(&source, &[overlay]);
    let schema = document.root.pointer("/components/schemas/T").unwrap();
    assert_eq!(schema.get("required"), None, "{text}");
    assert!(schema.get("properties").is_some());
}
