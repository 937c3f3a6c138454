//! Multipart bodies, byte for byte.

use serde_json::json;

use super::server::{answer, serve};
use crate::runtime::{Bytes, Empty, Error, File, FormStyle, PartKind, Request, Value, record};

record! {
    #[builder(ReportBuilder)]
    pub struct Report {
        #[json("title")]
        pub title: String,
        #[json("pages")]
        pub pages: Vec<File>,
        #[json(optional, "meta")]
        pub meta: Option<Value>,
        #[json(optional, "tags")]
        pub tags: Option<Vec<String>>,
        #[json(optional, "size")]
        pub size: Option<f64>,
    }
}

#[tokio::test]
async fn every_member_is_a_part() {
    let report = Report::builder()
        .title("Q\u{e4}1")
        .pages([
            File::new("one").named("a\"b.txt").typed("text/plain"),
            File::new(vec![0, 255]),
        ])
        .meta(json!({"lang": "de"}))
        .tags(["x", "y"])
        .size(3);
    let server = serve([answer("204 No Content", "")]);
    let request = Request::new(&server.client(), "test", "POST", "/reports");
    request
        .multipart::<Report>(&[], report)
        .send::<Empty>()
        .await
        .unwrap();
    let asked = server.only();
    let boundary = "restwright-0000000000000000";
    assert_eq!(
        asked.header("content-type"),
        Some(format!("multipart/form-data; boundary={boundary}").as_str())
    );
    let part = |head: &str, content: &[u8]| {
        [
            format!("--{boundary}\r\nContent-Disposition: form-data; {head}\r\n\r\n").as_bytes(),
            content,
            b"\r\n",
        ]
        .concat()
    };
    let wanted = [
        part("name=\"title\"", "Q\u{e4}1".as_bytes()),
        part(
            "name=\"pages\"; filename=\"a%22b.txt\"\r\nContent-Type: text/plain",
            b"one",
        ),
        part(
            "name=\"pages\"; filename=\"pages\"\r\nContent-Type: application/octet-stream",
            &[0, 255],
        ),
        part(
            "name=\"meta\"\r\nContent-Type: application/json",
            b"{\"lang\":\"de\"}",
        ),
        part("name=\"tags\"", b"x"),
        part("name=\"tags\"", b"y"),
        part("name=\"size\"", b"3"),
        format!("--{boundary}--\r\n").into_bytes(),
    ]
    .concat();
    assert_eq!(asked.body, String::from_utf8_lossy(&wanted));
    assert_eq!(asked.bytes, wanted);
}

#[tokio::test]
async fn the_boundary_is_in_no_part() {
    let server = serve([answer("204 No Content", "")]);
    let body = json!({"a": "--restwright-0000000000000000--"});
    let request = Request::new(&server.client(), "test", "POST", "/x");
    request
        .multipart::<Value>(&[("a", PartKind::Typed("text/x-b"))], body)
        .send::<Empty>()
        .await
        .unwrap();
    let asked = server.only();
    let head = "--restwright-0000000000000001\r\nContent-Disposition: form-data; name=\"a\"\r\nContent-Type: text/x-b\r\n";
    assert!(asked.body.starts_with(head), "{}", asked.body);
}

#[tokio::test]
async fn what_is_no_object_is_not_sent() {
    let client = serve::<String>([]).client();
    let request = Request::new(&client, "test", "POST", "/x").multipart::<Value>(&[], json!([1]));
    let error = request.send::<Empty>().await.unwrap_err();
    let Error::Invalid { faults, .. } = error else {
        panic!("{error:?}")
    };
    assert_eq!(faults, ["the body is no object, as a form needs it"]);
}

#[test]
fn in_json_a_file_is_its_text() {
    assert_eq!(
        serde_json::to_value(File::new("abc")).unwrap(),
        json!("abc")
    );
    let file: File = serde_json::from_value(json!("abc")).unwrap();
    assert_eq!(file.content().as_bytes(), Some(&Bytes::from_static(b"abc")));
}

/// Since 3.1, a part whose style is said is written by it, and no media type is.
#[tokio::test]
async fn parts_with_styles() {
    let server = serve([answer("204 No Content", "")]);
    let object = json!({"r": 1, "g b": "é&"});
    let body = json!({
        "comma": object, "list": ["a b", "c"], "members": object, "deep": object, "pipe": ["a", "b"],
    });
    let styles = [
        ("comma", FormStyle::Comma),
        ("list", FormStyle::Space),
        ("members", FormStyle::Members),
        ("deep", FormStyle::Deep),
        ("pipe", FormStyle::Pipe),
    ];
    let kinds = styles.map(|(name, style)| (name, PartKind::Styled(style)));
    let request = Request::new(&server.client(), "test", "POST", "/x");
    let request = request.multipart::<Value>(&kinds, body);
    request.send::<Empty>().await.unwrap();
    let asked = server.only();
    let parts = asked.body.split("--restwright-0000000000000000").skip(1);
    let parts: Vec<&str> = parts.map(str::trim).filter(|part| *part != "--").collect();
    let expected = [
        "name=\"comma\"\r\n\r\nr,1,g b,é&",
        "name=\"list\"\r\n\r\na b c",
        "name=\"r\"\r\n\r\n1",
        "name=\"g b\"\r\n\r\né&",
        "name=\"deep[r]\"\r\n\r\n1",
        "name=\"deep[g b]\"\r\n\r\né&",
        "name=\"pipe\"\r\n\r\na|b",
    ];
    let expected = expected.map(|part| format!("Content-Disposition: form-data; {part}"));
    assert_eq!(parts, expected);
}
