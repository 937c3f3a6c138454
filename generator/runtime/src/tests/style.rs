//! Styles: the table of the OpenAPI specification, line by line.

use serde_json::{Value, json};

use super::server::{answer, serve};
use crate::runtime::{Empty, Request, Spot, Style};

async fn asked(
    path: &'static str,
    spot: Spot,
    style: Style,
    explode: bool,
    value: Value,
) -> super::server::Asked {
    let server = serve([answer("204 No Content", "")]);
    let request = Request::new(&server.client(), "test", "GET", path)
        .styled::<Value>(spot, "color", style, explode, value);
    request.send::<Empty>().await.unwrap();
    server.only()
}

fn list() -> Value {
    json!(["blue", "black", "brown"])
}

fn object() -> Value {
    json!({"R": 100, "G": 200, "B": 150})
}

async fn path(style: Style, explode: bool, value: Value) -> String {
    let asked = asked("/x/{color}", Spot::Path, style, explode, value).await;
    asked.line.strip_prefix("GET /x/").unwrap().to_owned()
}

async fn query(style: Style, explode: bool, value: Value) -> String {
    let asked = asked("/x", Spot::Query, style, explode, value).await;
    asked.line.strip_prefix("GET /x").unwrap().to_owned()
}

#[tokio::test]
async fn in_a_path() {
    use Style::{Json, Label, Matrix, Reserved, Simple};
    for (style, explode, value, wanted) in [
        (Simple, false, list(), "blue,black,brown"),
        (Simple, true, list(), "blue,black,brown"),
        (Simple, false, object(), "R,100,G,200,B,150"),
        (Simple, true, object(), "R=100,G=200,B=150"),
        (Simple, true, json!("blue"), "blue"),
        (Label, false, json!("blue"), ".blue"),
        (Label, false, object(), ".R,100,G,200,B,150"),
        (Label, false, list(), ".blue,black,brown"),
        (Label, true, list(), ".blue.black.brown"),
        (Label, true, object(), ".R=100.G=200.B=150"),
        (Matrix, false, json!("blue"), ";color=blue"),
        (Matrix, false, json!(""), ";color"),
        (Matrix, true, json!(""), ";color"),
        (Matrix, false, list(), ";color=blue,black,brown"),
        (Matrix, true, list(), ";color=blue;color=black;color=brown"),
        (Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Matrix, true, object(), ";R=100;G=200;B=150"),
        (Simple, false, json!(["a/b", "c,d"]), "a%2Fb,c%2Cd"),
        (
            Simple,
            false,
            json!(["a", null, {"b": 1}]),
            "a,%7B%22b%22%3A1%7D",
        ),
        (
            Json,
            false,
            json!("{\"a\":\"/\"}"),
            "%22%7B%5C%22a%5C%22%3A%5C%22%2F%5C%22%7D%22",
        ),
        (
            Json,
            false,
            json!({"a": [1, null]}),
            "%7B%22a%22%3A%5B1%2Cnull%5D%7D",
        ),
        (Reserved, false, json!("a/b c?d#e%f"), "a/b%20c%3Fd%23e%25f"),
    ] {
        assert_eq!(
            path(style, explode, value.clone()).await,
            wanted,
            "{style:?} {explode} {value}"
        );
    }
}

#[tokio::test]
async fn in_a_query() {
    use Style::{Deep, Form, Pipe, Reserved, Space};
    for (style, explode, value, wanted) in [
        (Form, true, json!("blue"), "?color=blue"),
        (Form, true, json!(""), "?color="),
        (Form, false, json!(""), "?color="),
        (Form, true, json!(null), ""),
        (
            Form,
            true,
            json!({"a": [1, 2], "b": {"c": 3}}),
            "?a=1&a=2&b=%7B%22c%22%3A3%7D",
        ),
        (
            Form,
            true,
            json!([true, null, 1.5]),
            "?color=true&color=1.5",
        ),
        (Space, false, object(), "?color=R%20100%20G%20200%20B%20150"),
        (Pipe, false, object(), "?color=R%7C100%7CG%7C200%7CB%7C150"),
        (Deep, true, json!({"a": null, "b": []}), ""),
        (
            Reserved,
            false,
            json!("a/b:c,d&e=f+g"),
            "?color=a/b:c,d%26e=f%2Bg",
        ),
        (Form, false, list(), "?color=blue,black,brown"),
        (Form, true, list(), "?color=blue&color=black&color=brown"),
        (Form, false, object(), "?color=R,100,G,200,B,150"),
        (Form, true, object(), "?R=100&G=200&B=150"),
        (Space, false, list(), "?color=blue%20black%20brown"),
        (Pipe, false, list(), "?color=blue%7Cblack%7Cbrown"),
        (
            Deep,
            true,
            object(),
            "?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
        (
            Deep,
            true,
            json!({"a": {"b": "c&d"}, "e": [1, 2]}),
            "?color%5Ba%5D%5Bb%5D=c%26d&color%5Be%5D%5B0%5D=1&color%5Be%5D%5B1%5D=2",
        ),
        (Form, true, json!([]), ""),
        (Form, false, json!({}), ""),
        (Form, true, json!({"R": null, "G": 1}), "?G=1"),
    ] {
        assert_eq!(
            query(style, explode, value.clone()).await,
            wanted,
            "{style:?} {explode} {value}"
        );
    }
}

#[tokio::test]
async fn in_headers_and_cookies() {
    let header = asked("/x", Spot::Header, Style::Simple, true, object()).await;
    assert_eq!(header.header("color"), Some("R=100,G=200,B=150"));
    let header = asked("/x", Spot::Header, Style::Simple, false, list()).await;
    assert_eq!(header.header("color"), Some("blue,black,brown"));
    let header = asked("/x", Spot::Header, Style::Json, false, object()).await;
    assert_eq!(header.header("color"), Some(r#"{"R":100,"G":200,"B":150}"#));
    for nothing in [json!([]), json!({}), json!(null), json!([null])] {
        let header = asked("/x", Spot::Header, Style::Simple, false, nothing.clone()).await;
        assert_eq!(header.header("color"), None, "{nothing}");
        let cookie = asked("/x", Spot::Cookie, Style::Form, true, nothing.clone()).await;
        assert_eq!(cookie.header("cookie"), None, "{nothing}");
    }
    let cookie = asked("/x", Spot::Cookie, Style::Form, true, list()).await;
    let each = "color=blue; color=black; color=brown";
    assert_eq!(cookie.header("cookie"), Some(each));
    let cookie = asked("/x", Spot::Cookie, Style::Json, false, json!({"a": ";"})).await;
    assert_eq!(
        cookie.header("cookie"),
        Some("color=%7B%22a%22%3A%22%3B%22%7D")
    );
    let cookie = asked("/x", Spot::Cookie, Style::Form, false, list()).await;
    assert_eq!(cookie.header("cookie"), Some("color=blue,black,brown"));
}

#[tokio::test]
async fn what_has_no_name_is_the_whole_query() {
    let server = serve([answer("204 No Content", "")]);
    Request::new(&server.client(), "test", "GET", "/x")
        .query_json::<Value>("", json!({"a": 1}))
        .send::<Empty>()
        .await
        .unwrap();
    assert_eq!(server.only().line, "GET /x?%7B%22a%22%3A1%7D");
}

#[tokio::test]
async fn a_name_that_stands_twice_in_the_path_is_filled_twice() {
    let server = serve([answer("204 No Content", "")]);
    Request::new(
        &server.client(),
        "test",
        "GET",
        "/a/{id}/b/{id}.json?c={id}",
    )
    .path::<String>("id", "x/y")
    .query::<i64>("d", 1)
    .send::<Empty>()
    .await
    .unwrap();
    let line = "GET /a/x%2Fy/b/x%2Fy.json?c=x%2Fy&d=1";
    assert_eq!(server.only().line, line);
}

/// An empty label is a dot, and that is no segment of a path.
#[tokio::test]
async fn an_empty_label_is_refused() {
    let server = serve([answer("204 No Content", "")]);
    let request = Request::new(&server.client(), "test", "GET", "/x/{color}");
    let call = request.styled::<Value>(Spot::Path, "color", Style::Label, false, json!(""));
    let error = call.send::<Empty>().await.unwrap_err();
    assert!(error.to_string().contains("`.` or `..`"), "{error}");
}
