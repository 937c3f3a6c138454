//! Headers of answers, with their types.

use super::server::{answer_with, serve};
use crate::runtime::header::{HeaderMap, HeaderName, HeaderValue};
use crate::runtime::{DateTime, Decimal, Empty, Header, Request};

fn headers(pairs: &[(&'static str, &[u8])]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for (name, value) in pairs {
        let value = HeaderValue::from_bytes(value).unwrap();
        headers.append(HeaderName::from_static(name), value);
    }
    headers
}

#[test]
fn a_value_is_of_its_type() {
    let headers = headers(&[
        ("x-left", b"41"),
        ("x-share", b"0.5"),
        ("x-open", b"true"),
        ("x-when", b"2026-01-02T03:04:05Z"),
        ("x-exact", b"123456789012345678901234567890"),
        ("x-tags", b"a, b"),
        ("x-tags", b"c"),
        ("x-sizes", b"1,22"),
        ("link", b"<https://example.com/?a=1,2>; rel=\"next\""),
    ]);
    let left = Header::<i64>::new("X-Left");
    assert_eq!(left.read(&headers), Ok(Some(41)));
    // What looks like a number may be declared as text.
    assert_eq!(
        Header::<String>::new("x-left").read(&headers),
        Ok(Some("41".to_owned()))
    );
    assert_eq!(Header::<f64>::new("x-share").read(&headers), Ok(Some(0.5)));
    assert_eq!(Header::<f64>::new("x-left").read(&headers), Ok(Some(41.0)));
    assert_eq!(Header::<bool>::new("x-open").read(&headers), Ok(Some(true)));
    let when = Header::<DateTime>::new("x-when")
        .read(&headers)
        .unwrap()
        .unwrap();
    assert_eq!(when.to_string(), "2026-01-02T03:04:05Z");
    let exact = Header::<Decimal>::new("x-exact")
        .read(&headers)
        .unwrap()
        .unwrap();
    assert_eq!(exact.to_string(), "123456789012345678901234567890");
    let tags = Header::<Vec<String>>::new("x-tags").read(&headers);
    assert_eq!(
        tags,
        Ok(Some(vec!["a".to_owned(), "b".to_owned(), "c".to_owned()]))
    );
    assert_eq!(
        Header::<Vec<u32>>::new("x-sizes").read(&headers),
        Ok(Some(vec![1, 22]))
    );
    let link = Header::<String>::new("Link").read(&headers);
    assert_eq!(
        link.unwrap().as_deref(),
        Some("<https://example.com/?a=1,2>; rel=\"next\"")
    );
    assert_eq!(Header::<i64>::new("x-none").read(&headers), Ok(None));
    assert_eq!(format!("{left:?}"), "Header(\"X-Left\")");
}

#[test]
fn what_is_not_of_its_type_is_told_without_it() {
    let headers = headers(&[("x-left", b"many"), ("x-odd", b"\xff\xfe")]);
    for name in ["X-Left", "X-Odd"] {
        let fault = Header::<i64>::new(name).read(&headers).unwrap_err();
        assert_eq!(
            fault.message,
            format!("the header `{name}` is not of its type")
        );
    }
}

#[tokio::test]
async fn answers_and_errors_have_them() {
    const LEFT: Header<u32> = Header::new("X-Left");
    let head = "x-left: 7\r\n";
    let server = serve([
        answer_with("200 OK", head, ""),
        answer_with("403 Forbidden", head, ""),
        answer_with("200 OK", "x-left: ?\r\n", ""),
    ]);
    let request = || Request::new(&server.client(), "listThings", "GET", "/things");
    let response = request().send_with_response::<Empty>().await.unwrap();
    assert_eq!(response.header(LEFT), Ok(Some(7)));
    let error = request().send::<Empty>().await.unwrap_err();
    assert_eq!(error.api().unwrap().header(LEFT), Ok(Some(7)));
    // It does not cost the answer.
    let response = request().send_with_response::<Empty>().await.unwrap();
    assert!(response.header(LEFT).is_err());
    assert_eq!(response.headers["x-left"], "?");
}
