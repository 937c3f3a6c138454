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
    use Style::{Label, Matrix, Simple};
    for (style, explode, value, wanted) in [
        (Simple, false, list(), "blue,black,brown"),
        (Simple, true, list(), "blue,black,brown"),
        (Simple, false, object(), "R,100,G,200,B,150"),
        (Simple, true, object(), "R=100,G=200,B=150"),
        (Label, false, json!("blue"), ".blue"),
        (Label, false, list(), ".blue,black,brown"),
        (Label, true, list(), ".blue.black.brown"),
        (Label, true, object(), ".R=100.G=200.B=150"),
        (Matrix, false, json!("blue"), ";color=blue"),
        (Matrix, false, list(), ";color=blue,black,brown"),
        (Matrix, true, list(), ";color=blue;color=black;color=brown"),
        (Matrix, false, object(), ";color=R,100,G,200,B,150"),
        (Matrix, true, object(), ";R=100;G=200;B=150"),
        (Simple, false, json!(["a/b", "c,d"]), "a%2Fb,c%2Cd"),
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
    use Style::{Deep, Form, Pipe, Space};
    for (style, explode, value, wanted) in [
        (Form, true, json!("blue"), "?color=blue"),
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
            "?color%5Ba%5D%5Bb%5D=c%26d&color%5Be%5D=1&color%5Be%5D=2",
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
    let cookie = asked("/x", Spot::Cookie, Style::Form, false, list()).await;
    assert_eq!(cookie.header("cookie"), Some("color=blue,black,brown"));
}
