//! A server that does what no server should: each call ends, in bounded memory, with the error that
//! says what happened. The table is generator/docs/reliability.md.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use instantly_client::{Client, DecodeError, Error, Retry, models};
use serde_json::json;

use crate::{ID, OTHER, Outcome, WHEN};

const SECRET: &str = "secret-of-the-tests";
const MEGABYTE: usize = 1024 * 1024;

/// A server on loopback; each connection is behaved to in a thread of its own, once a request's head
/// has come.
fn serve(behave: impl Fn(&mut TcpStream, &str) + Send + Sync + 'static) -> std::io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = format!("http://{}", listener.local_addr()?);
    let behave = Arc::new(behave);
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (Ok(mut stream), behave) = (stream, behave.clone()) else {
                return;
            };
            std::thread::spawn(move || {
                if let Some(head) = head(&mut stream) {
                    behave(&mut stream, &head);
                }
            });
        }
    });
    Ok(address)
}

/// A request up to its empty line.
fn head(stream: &mut TcpStream) -> Option<String> {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") {
        (stream.read(&mut byte).ok()? == 1).then_some(())?;
        head.push(byte[0]);
    }
    String::from_utf8(head).ok()
}

/// Gives every request the same bytes and hangs up.
fn serve_bytes(answer: impl Into<Vec<u8>>) -> std::io::Result<String> {
    let answer = answer.into();
    serve(move |stream, _| {
        let _ = stream.write_all(&answer);
    })
}

fn answer(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "HTTP/1.1 200 OK\r\n{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    [head.as_bytes(), body].concat()
}

fn client(address: &str) -> Result<Client, Error> {
    Client::builder()
        .base_url(address)
        .api_key_auth(SECRET)
        .retry(Retry::never())
        .timeout(Duration::from_secs(20))
        .max_body_bytes(MEGABYTE)
        .build()
}

/// What becomes of a call there; its text holds no secret.
async fn failure(address: &str) -> Result<Error, Box<dyn std::error::Error>> {
    let answer = client(address)?.custom_tag().list().await;
    let error = answer.err().ok_or("an answer came of it")?;
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    assert!(error.to_string().len() < 500, "{error}");
    Ok(error)
}

/// The error of a call there, which keeps the whole body that could not be read.
async fn undecoded(
    address: &str,
    body: &[u8],
) -> Result<Box<DecodeError>, Box<dyn std::error::Error>> {
    match failure(address).await? {
        Error::Decode(error) => {
            assert_eq!(&error.body()[..], body);
            Ok(error)
        }
        error => Err(format!("{error:?}").into()),
    }
}

#[tokio::test]
async fn a_connection_that_is_reset() -> Outcome {
    // What is not read when the socket is closed makes a reset of the end.
    let address = serve(|stream, _| {
        let _ = stream.set_nonblocking(true);
    })?;
    let error = failure(&address).await?;
    assert!(
        matches!(error, Error::Connection { status: None, .. }),
        "{error:?}"
    );
    assert!(error.is_retryable());
    Ok(())
}

#[tokio::test]
async fn an_answer_that_stalls() -> Outcome {
    let address = serve(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"items\":");
        std::thread::sleep(Duration::from_secs(30));
    })?;
    let call = client(&address)?.custom_tag().list();
    let error = call.with_timeout(Duration::from_millis(100)).await;
    let error = error.err().ok_or("no error")?;
    assert!(
        matches!(&error, Error::Timeout { status: Some(status), .. } if status.as_u16() == 200)
    );
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_cut_short() -> Outcome {
    let whole = answer("", br#"{"items":[]}"#);
    let address = serve_bytes(&whole[..whole.len() - 3])?;
    let error = failure(&address).await?;
    assert!(
        matches!(&error, Error::Connection { status: Some(status), .. } if status.as_u16() == 200),
        "{error:?}"
    );
    Ok(())
}

#[tokio::test]
async fn half_a_chunk() -> Outcome {
    let address =
        serve_bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"items\":[")?;
    let error = failure(&address).await?;
    assert!(matches!(error, Error::Connection { .. }), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_chunk_of_no_length() -> Outcome {
    let address = serve_bytes(
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nmany\r\n{}\r\n0\r\n\r\n",
    )?;
    let error = failure(&address).await?;
    assert!(matches!(error, Error::Connection { .. }), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn what_is_no_http() -> Outcome {
    let address = serve_bytes("SSH-2.0-OpenSSH_9.9\r\n")?;
    let error = failure(&address).await?;
    assert!(
        matches!(error, Error::Connection { status: None, .. }),
        "{error:?}"
    );
    Ok(())
}

#[tokio::test]
async fn headers_without_end() -> Outcome {
    let address = serve(|stream, _| {
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n");
        while stream.write_all(&[b'x'; 4096]).is_ok() {}
    })?;
    let error = failure(&address).await?;
    assert!(
        matches!(error, Error::Connection { status: None, .. }),
        "{error:?}"
    );
    Ok(())
}

/// Ten gigabytes, said or unsaid: no more than the limit is read.
#[tokio::test]
async fn ten_gigabytes() -> Outcome {
    for said in [true, false] {
        let written = Arc::new(AtomicUsize::new(0));
        let count = written.clone();
        let address = serve(move |stream, _| {
            let length = if said {
                "content-length: 10737418240\r\n"
            } else {
                ""
            };
            let _ = write!(
                stream,
                "HTTP/1.1 200 OK\r\n{length}connection: close\r\n\r\n"
            );
            let chunk = vec![b' '; 64 * 1024];
            while stream.write_all(&chunk).is_ok() {
                count.fetch_add(chunk.len(), Ordering::Relaxed);
            }
        })?;
        let error = failure(&address).await?;
        assert!(
            matches!(
                error,
                Error::BodyTooLarge {
                    limit: MEGABYTE,
                    ..
                }
            ),
            "{error:?}"
        );
        // The rest is what the system holds between the two.
        assert!(written.load(Ordering::Relaxed) < 32 * MEGABYTE);
    }
    Ok(())
}

#[tokio::test]
async fn text_that_is_no_utf_8() -> Outcome {
    let body = b"{\"items\":[],\"next_starting_after\":\"\xff\xfe\"}";
    let address = serve_bytes(answer("content-type: application/json\r\n", body))?;
    undecoded(&address, body).await?;
    Ok(())
}

/// Nothing was asked to be compressed, so it is taken as it comes.
#[tokio::test]
async fn what_says_it_is_compressed_and_is_not() -> Outcome {
    let body = b"\x1f\x8b\x08 but no more of it";
    let address = serve_bytes(answer("content-encoding: gzip\r\n", body))?;
    let error = undecoded(&address, body).await?;
    assert_eq!(
        error
            .headers()
            .get("content-encoding")
            .map(|value| value.as_bytes()),
        Some(&b"gzip"[..])
    );
    Ok(())
}

#[tokio::test]
async fn json_under_another_name() -> Outcome {
    for content_type in [
        "text/html",
        "application/xml; charset=x",
        "nonsense",
        "\u{e4}",
    ] {
        let headers = format!("content-type: {content_type}\r\n");
        let address = serve_bytes(answer(&headers, br#"{"items":[]}"#))?;
        let page = client(&address)?.custom_tag().list().await?;
        assert_eq!(page.items.len(), 0, "{content_type}");
    }
    Ok(())
}

#[tokio::test]
async fn a_page_for_people() -> Outcome {
    let body = b"<!doctype html><title>Maintenance</title>";
    let address = serve_bytes(answer("content-type: text/html\r\n", body))?;
    undecoded(&address, body).await?;
    Ok(())
}

#[tokio::test]
async fn an_error_that_is_called_a_success() -> Outcome {
    let body = br#"{"statusCode":500,"error":"Internal","message":"it broke"}"#;
    let address = serve_bytes(answer("", body))?;
    undecoded(&address, body).await?;
    Ok(())
}

/// The other server is not asked at all, so it learns neither the key nor what was called.
#[tokio::test]
async fn a_redirect_to_another_host() -> Outcome {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let other = serve(move |_, _| {
        count.fetch_add(1, Ordering::Relaxed);
    })?;
    for status in [301, 302, 303, 307, 308] {
        let address = serve_bytes(format!(
            "HTTP/1.1 {status} Elsewhere\r\nlocation: {other}/\r\ncontent-length: 0\r\n\
             connection: close\r\n\r\n"
        ))?;
        let error = failure(&address).await?;
        assert!(matches!(error, Error::Api(_)), "{error:?}");
        assert_eq!(error.status().map(|it| it.as_u16()), Some(status));
    }
    assert_eq!(asked.load(Ordering::Relaxed), 0);
    Ok(())
}

#[tokio::test]
async fn redirects_without_end() -> Outcome {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let address = serve(move |stream, _| {
        let hop = count.fetch_add(1, Ordering::Relaxed);
        let _ = write!(
            stream,
            "HTTP/1.1 302 Found\r\nlocation: /{hop}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
        );
    })?;
    let error = failure(&address).await?;
    assert_eq!(error.status().map(|status| status.as_u16()), Some(302));
    assert_eq!(asked.load(Ordering::Relaxed), 11);
    Ok(())
}

/// A cursor that leads back ends the list; whatever came is handed out.
#[tokio::test]
async fn pages_that_lead_in_a_circle() -> Outcome {
    let turn = AtomicUsize::new(0);
    let address = serve(move |stream, _| {
        let next = ["a", "b", "c"][turn.fetch_add(1, Ordering::Relaxed) % 3];
        let tag = json!({
            "id": ID, "label": "x", "organization_id": OTHER,
            "timestamp_created": WHEN, "timestamp_updated": WHEN,
        });
        let page = json!({ "items": [tag], "next_starting_after": next }).to_string();
        let _ = stream.write_all(&answer("", page.as_bytes()));
    })?;
    let mut pages = client(&address)?.custom_tag().list().stream();
    let mut items = 0;
    while let Some(item) = pages.next().await {
        item?;
        items += 1;
    }
    assert_eq!(items, 4);
    Ok(())
}

/// Deep nesting costs an error, not the stack.
#[tokio::test]
async fn nesting_without_end() -> Outcome {
    let body = format!("{{\"items\":{}", "[".repeat(500_000));
    let address = serve_bytes(answer("", body.as_bytes()))?;
    let error = failure(&address).await?;
    assert!(matches!(error, Error::Decode(_)), "{error:?}");
    Ok(())
}

#[tokio::test]
async fn a_thousand_calls_in_flight_keep_their_answers_apart() -> Outcome {
    let address = serve(|stream, head| {
        let label = head.split(['=', ' ']).nth(2).unwrap_or("?").to_owned();
        // The later ones may well be the first.
        std::thread::sleep(Duration::from_millis(u64::from(label.len() as u32 % 3)));
        let tag = json!({
            "id": ID, "label": label, "organization_id": OTHER,
            "timestamp_created": WHEN, "timestamp_updated": WHEN,
        });
        let page = json!({ "items": [tag] }).to_string();
        let _ = stream.write_all(&answer("", page.as_bytes()));
    })?;
    let client = client(&address)?;
    let mut calls = tokio::task::JoinSet::new();
    for number in 0..1000 {
        let call = client.custom_tag().list().search(format!("label-{number}"));
        calls.spawn(async move { (number, call.await) });
    }
    let mut seen = vec![false; 1000];
    while let Some(done) = calls.join_next().await {
        let (number, page) = done?;
        let page: models::ListCustomTagResponse = page?;
        assert_eq!(page.items[0].label, format!("label-{number}"));
        seen[number as usize] = true;
    }
    assert!(seen.into_iter().all(|seen| seen));
    Ok(())
}
