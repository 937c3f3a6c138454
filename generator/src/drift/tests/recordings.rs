//! Recordings in all their forms, and which operation a recorded request is of.

use super::*;

/// The answers of a text, and what is told of others: where, and what.
fn read_all(text: &str) -> (Vec<Recorded>, Vec<String>) {
    let mut report = Report::default();
    let mut all = Vec::new();
    recording::read(&Source::new("r", text), &mut report, &mut |it| all.push(it));
    let found = report.diagnostics().into_iter().map(|found| {
        let place = found.place.map_or(found.pointer.to_string(), |place| {
            format!("{}:{}", place.line, place.column)
        });
        format!("{place} {}", found.message)
    });
    let found: Vec<String> = found.collect();
    (all, found)
}

fn recorded(
    method: &str,
    path: &str,
    status: u16,
    media: Option<&str>,
    body: Body,
    spot: Spot,
) -> Recorded {
    Recorded {
        method: method.to_owned(),
        path: path.to_owned(),
        status,
        media: media.map(str::to_owned),
        body,
        spot,
    }
}

#[test]
fn har_is_read() {
    let har = json!({"log": {"version": "1.2", "entries": [
        {"request": {"method": "GET", "url": "https://u:p@h:1/a%20b?x=1#f", "headers": [{"name": "authorization", "value": "secret"}]},
         "response": {"status": 200, "content": {"size": 7, "mimeType": "application/json; charset=utf-8", "text": "eyJhIjoxfQ==", "encoding": "base64"}}},
        {"request": {"method": "GET", "url": "https://h/"}, "response": {"status": 0, "content": {}}},
        {"request": {"method": "GET", "url": "https://h"}, "response": {"status": 200, "content": {"size": 5, "mimeType": ""}}},
        {"request": {"method": "GET"}, "response": {"status": 200}},
        {"request": {"method": "put", "url": "https://h/c"}, "response": {"status": 204, "content": {"size": 0, "mimeType": "x-unknown"}}},
        {"request": {"method": "GET", "url": "https://h/d"}, "response": {"status": 200, "content": {"size": 2, "mimeType": "image/png", "text": "/9j/", "encoding": "base64"}}},
    ]}});
    let wanted = [
        recorded(
            "GET",
            "/a%20b",
            200,
            Some("application/json"),
            Body::Json(json!({"a": 1})),
            Spot::Entry(1),
        ),
        recorded("GET", "/", 200, None, Body::Unknown, Spot::Entry(3)),
        recorded("PUT", "/c", 204, None, Body::Empty, Spot::Entry(5)),
        recorded(
            "GET",
            "/d",
            200,
            Some("image/png"),
            Body::Bytes,
            Spot::Entry(6),
        ),
    ];
    for text in [har.to_string(), serde_json::to_string_pretty(&har).unwrap()] {
        let (all, found) = read_all(&text);
        assert_eq!(all, wanted);
        assert_eq!(found, ["#/log/entries/3 `url` is missing or no text"]);
    }
}

#[test]
fn lines_and_lists_are_read() {
    let lines = [
        r#"{"method": "GET", "url": "/a?b", "status": "200", "body": "{\"a\": 1}", "headers": {"Content-Type": ["application/json"]}}"#,
        "",
        r#"{"method": "GET", "url": "/a", "status": 200, "body": "text""#,
        r#"{"method": "GET", "url": "/a", "status": 200, "body": "text", "headers": [{"name": "content-type", "value": "text/plain"}]}"#,
        r#"{"request": {"method": "GET", "url": "/a"}, "response": {"status_code": 200, "body": [1]}}"#,
        r#"{"method": "GET", "url": "/a", "status": 99}"#,
        r#"{"method": "GET", "url": "/a", "status": 200}"#,
        "[1]",
    ];
    let (all, found) = read_all(&lines.join("\r\n"));
    assert_eq!(
        all,
        [
            recorded(
                "GET",
                "/a",
                200,
                Some("application/json"),
                Body::Json(json!({"a": 1})),
                Spot::Line(1)
            ),
            recorded(
                "GET",
                "/a",
                200,
                Some("text/plain"),
                Body::Text,
                Spot::Line(4)
            ),
            recorded(
                "GET",
                "/a",
                200,
                None,
                Body::Json(json!([1])),
                Spot::Line(5)
            ),
            recorded("GET", "/a", 200, None, Body::Unknown, Spot::Line(7)),
        ]
    );
    assert_eq!(
        found,
        [
            "3:60 line 3: it ends within its JSON",
            "6:1 line 6: `status` is missing or none",
            "8:1 line 8: an answer has to be an object"
        ]
    );
    let list = format!("[\n{},\n{}\n]", lines[0], lines[4]);
    assert_eq!(read_all(&list).0.len(), 2);
    assert_eq!(read_all(lines[0]).0.len(), 1);
    assert_eq!(read_all("").0, []);
}

#[test]
fn of_many_unreadable_entries_the_first_are_told() {
    let bad = "x\n".repeat(12);
    let (_, found) = read_all(&bad);
    assert_eq!(found.len(), 11);
    assert_eq!(found[10], "# 2 more of its entries cannot be read");
}

#[test]
fn requests_are_of_the_most_specific_operation() {
    let text = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\nservers: [{url: '/base/{v}', variables: {v: {default: v2}}}]\npaths:\n  \
                /a/{id}: {get: {operationId: param, responses: {default: {description: d}}}}\n  /a/mine: {get: {operationId: literal, responses: {default: {description: d}}}}\n  \
                /a/{id}.csv: {get: {operationId: partly, responses: {default: {description: d}}}}\n  /b/: {post: {operationId: slash, responses: {default: {description: d}}}}\n";
    let document = read(&Source::new("api.yaml", text), &[]);
    let routes = route::Routes::of(&document);
    let id = |method: &str, path: &str| {
        routes.find(method, path).map(|index| {
            document.operations[index]
                .item
                .operation_id
                .clone()
                .unwrap()
        })
    };
    for (method, path, wanted) in [
        ("GET", "/base/v2/a/mine", Ok("literal")),
        ("GET", "/a/mine", Ok("literal")),
        ("GET", "/base/v2/a/%6Dine", Ok("literal")),
        ("GET", "/base/v2/a/x.csv", Ok("partly")),
        ("GET", "/base/v2/a/x.cs", Ok("param")),
        ("GET", "/base/v2/a/x%2Fy/", Ok("param")),
        ("POST", "/b", Ok("slash")),
        ("POST", "/base/v2/b/", Ok("slash")),
        ("POST", "/base/v2/a/7", Err("/a/{id}")),
        ("GET", "/base/v3/a/7", Err("/base/{text}/a/{number}")),
        ("GET", "/", Err("/")),
    ] {
        let found = id(method, path);
        assert_eq!(
            found.as_deref().map_err(String::as_str),
            wanted,
            "{method} {path}"
        );
    }
}
