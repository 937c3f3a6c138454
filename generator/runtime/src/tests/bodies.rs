//! Bodies in one of several media types, and forms, byte for byte.

use serde_json::json;

use super::server::{Asked, answer, serve};
use crate::runtime::{Bytes, Empty, Fill, FormStyle, Map, Request, Value, bodies};

bodies! {
    /// What a press takes.
    pub enum PressBody {
        TextPlain(String) = text("text/plain"),
        TextXMarkdown(String) = text("text/x-markdown"),
        #[from(u8, u16)]
        Json(u64) = json,
        #[from()]
        // As long lines are wrapped.
        Scim(
            Vec<u64>,
        ) = json(
            "application/scim+json",
        ),
        Form(Map<Value>) = form("tags" = Comma),
        Multipart(Map<Value>) = multipart("title" = "text/x-title"),
        #[from()]
        ImagePng(Bytes) = bytes("image/png"),
    }
}

async fn sent(fill: impl Fn(Request) -> Request) -> Asked {
    let server = serve([answer("204 No Content", "")]);
    let request = fill(Request::new(&server.client(), "test", "POST", "/press"));
    request.send::<Empty>().await.unwrap();
    server.only()
}

fn members() -> Map<Value> {
    [
        ("tags".to_owned(), json!(["a", "b"])),
        ("title".to_owned(), json!("T")),
    ]
    .into()
}

#[tokio::test]
async fn the_variant_tells_the_media_type() {
    let text = |text: &str| text.to_owned();
    for (body, media, bytes) in [
        (PressBody::TextPlain(text("a")), "text/plain", "a"),
        (
            PressBody::TextXMarkdown(text("*a*")),
            "text/x-markdown",
            "*a*",
        ),
        (PressBody::Json(7), "application/json", "7"),
        (
            PressBody::Scim(vec![1, 2]),
            "application/scim+json",
            "[1,2]",
        ),
        (
            PressBody::Form(members()),
            "application/x-www-form-urlencoded",
            "tags=a,b&title=T",
        ),
        (PressBody::ImagePng("PNG".into()), "image/png", "PNG"),
    ] {
        let asked = sent(|r| r.one_of::<PressBody>(body.clone())).await;
        assert_eq!(asked.header("content-type"), Some(media));
        assert_eq!(asked.body, bytes);
    }
    let parts = sent(|r| r.one_of::<PressBody>(PressBody::Multipart(members()))).await;
    let title =
        "Content-Disposition: form-data; name=\"title\"\r\nContent-Type: text/x-title\r\n\r\nT\r\n";
    assert!(parts.body.contains(title), "{}", parts.body);
}

/// What has a type of its own fills the place by itself.
#[test]
fn a_type_of_its_own_is_enough() {
    fn filled(body: impl Fill<PressBody>) -> PressBody {
        body.fill().unwrap()
    }
    assert!(matches!(filled(7u64), PressBody::Json(7)));
    assert!(matches!(filled(7u8), PressBody::Json(7)));
    assert!(matches!(filled(vec![7]), PressBody::Scim(values) if values == [7]));
    assert!(matches!(PressBody::from(7), PressBody::Json(7)));
}

async fn form(styles: &[(&'static str, FormStyle)], body: Value) -> String {
    let asked = sent(|r| r.form::<Value>(styles, body.clone())).await;
    let mut pairs: Vec<_> = asked.body.split('&').collect();
    pairs.sort_unstable();
    pairs.join("&").replace("%5B", "[").replace("%5D", "]")
}

#[tokio::test]
async fn members_of_a_form_are_written_by_their_styles() {
    use FormStyle::{Comma, Deep, Json, Members, Pipe, Space};
    let list = || json!({"a": ["x", "y z"]});
    let object = || json!({"a": {"x": 1, "y": null, "z": "&"}});
    let lines = || json!({"a": [{"p": 1, "c": ["r"]}, null, {"p": 2}]});
    for (style, body, wanted) in [
        (None, list(), "a=x&a=y%20z"),
        (None, object(), "a[x]=1&a[z]=%26"),
        (None, lines(), "a[0][c][0]=r&a[0][p]=1&a[1][p]=2"),
        (None, json!({"a": {}, "b": [], "c": null, "d": ""}), "d="),
        (Some(Comma), list(), "a=x,y%20z"),
        (Some(Comma), object(), "a=x,1,z,%26"),
        (Some(Space), list(), "a=x%20y%20z"),
        (Some(Pipe), list(), "a=x%7Cy%20z"),
        (Some(Members), object(), "x=1&z=%26"),
        (Some(Members), list(), "a=x&a=y%20z"),
        (Some(Deep), list(), "a[0]=x&a[1]=y%20z"),
        (Some(Deep), object(), "a[x]=1&a[z]=%26"),
        (Some(Deep), json!({"a": "x"}), "a=x"),
        (Some(Json), list(), "a=%5B%22x%22%2C%22y%20z%22%5D"),
        (Some(Json), json!({"a": null}), ""),
    ] {
        let wanted = wanted.replace("%5B", "[").replace("%5D", "]");
        let styles: Vec<_> = style.map(|style| ("a", style)).into_iter().collect();
        assert_eq!(
            form(&styles, body.clone()).await,
            wanted,
            "{style:?} {body}"
        );
    }
}
