//! Bytes that are not held in memory: downloads, uploads.

use std::collections::VecDeque;
use std::io::Write as _;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _};

use super::server::{answer, chunked, flood, joined, serve, serve_with, until_closed};
use crate::runtime::{Bytes, Empty, Error, File, Request, Upload, record};

const MIB: usize = 1024 * 1024;

#[tokio::test]
async fn a_download_is_not_held_in_memory() {
    let (server, thread) = serve_with(|mut stream| {
        let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", 32 * MIB);
        stream.write_all(head.as_bytes()).unwrap();
        flood(&mut stream, &vec![7; MIB], 32 * MIB)
    });
    let client = server.builder().max_body_bytes(1000).build().unwrap();
    let request = Request::new(&client, "fetch", "GET", "/film");
    let mut download = request.download("video/mp4").await.unwrap();
    assert_eq!(download.status().as_u16(), 200);
    assert_eq!(download.content_length(), Some(32 * MIB as u64));
    let mut count = 0;
    while let Some(chunk) = download.chunk().await {
        let chunk = chunk.unwrap();
        assert!(chunk.iter().all(|byte| *byte == 7));
        assert!(chunk.len() < 4 * MIB);
        count += chunk.len();
    }
    assert_eq!(count, 32 * MIB);
    assert_eq!(joined(thread).await, 32 * MIB);
    assert_eq!(server.only().header("accept"), Some("video/mp4"));
}

#[tokio::test]
async fn a_download_is_a_reader() {
    let body: Vec<u8> = (0..100_000_u32).flat_map(u32::to_be_bytes).collect();
    let server = serve([chunked("video/mp4", &body, 1000)]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut reader = request.download("*/*").await.unwrap().into_async_read();
    let mut first = [0; 7];
    reader.read_exact(&mut first).await.unwrap();
    assert_eq!(first, body[..7]);
    let mut rest = Vec::new();
    reader.read_to_end(&mut rest).await.unwrap();
    assert!(rest == body[7..]);
    assert_eq!(reader.read(&mut first).await.unwrap(), 0);

    let lines = chunked("text/plain", b"one\ntwo\nthree", 2);
    let server = serve([lines]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut lines = request
        .download("*/*")
        .await
        .unwrap()
        .into_async_read()
        .lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next_line().await.unwrap() {
        found.push(line);
    }
    assert_eq!(found, ["one", "two", "three"]);
}

#[tokio::test]
async fn a_reader_tells_what_broke_off() {
    let server = serve([answer_of_length(10, "12345")]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut reader = request.download("*/*").await.unwrap().into_async_read();
    let mut found = Vec::new();
    let error = reader.read_to_end(&mut found).await.unwrap_err();
    assert_eq!(found, b"12345");
    assert_eq!(error.kind(), std::io::ErrorKind::ConnectionAborted);
    let error = error.downcast::<Error>().unwrap();
    assert_eq!(error.status().map(|it| it.as_u16()), Some(200));
    // It is not told twice, and there is no more.
    assert_eq!(reader.read(&mut [0; 4]).await.unwrap(), 0);
}

#[tokio::test]
async fn a_dropped_download_closes_the_connection() {
    let (server, thread) = serve_with(|mut stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        flood(&mut stream, &[7; 65536], 1 << 30)
    });
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut download = request.download("*/*").await.unwrap();
    download.chunk().await.unwrap().unwrap();
    drop(download);
    assert!(joined(thread).await < 1 << 30);
}

#[tokio::test]
async fn a_download_that_breaks_off_is_an_error() {
    let server = serve([answer_of_length(10, "12345")]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut download = request.download("*/*").await.unwrap();
    let mut found = Vec::new();
    let error = loop {
        match download.chunk().await.unwrap() {
            Ok(chunk) => found.extend_from_slice(&chunk),
            Err(error) => break error,
        }
    };
    assert_eq!(found, b"12345");
    assert!(matches!(
        error,
        Error::Connection {
            status: Some(_),
            ..
        }
    ));
    assert!(download.chunk().await.is_none());
}

fn answer_of_length(length: usize, body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
}

#[tokio::test]
async fn a_refused_download_is_an_error_of_the_call() {
    let server = serve([answer("404 Not Found", "{\"message\":\"gone\"}")]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let error = request.download("*/*").await.unwrap_err();
    assert!(error.is_not_found());
    assert_eq!(error.api().unwrap().text(), "{\"message\":\"gone\"}");
}

/// Each piece comes within the limit, all of it does not.
#[tokio::test]
async fn the_time_limit_is_that_of_each_chunk() {
    let (server, thread) = serve_with(|mut stream| {
        stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").unwrap();
        for _ in 0..4 {
            stream.write_all(b"x").unwrap();
            std::thread::sleep(Duration::from_millis(600));
        }
    });
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let request = request.timeout(Duration::from_millis(1800));
    let mut download = request.download("*/*").await.unwrap();
    let mut count = 0;
    while let Some(chunk) = download.chunk().await {
        count += chunk.unwrap().len();
    }
    assert_eq!(count, 4);
    joined(thread).await;
}

#[tokio::test]
async fn a_head_that_does_not_come_is_a_timeout() {
    let (server, thread) = serve_with(until_closed);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let request = request.timeout(Duration::from_millis(300));
    let error = request.download("*/*").await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.status(), None);
    joined(thread).await;
}

/// Pieces that come one by one, with a wait between them.
struct Pieces(VecDeque<Result<&'static str, &'static str>>, bool);

impl Stream for Pieces {
    type Item = Result<&'static str, &'static str>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.1 = !self.1;
        if self.1 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.0.pop_front())
    }
}

fn pieces(pieces: impl IntoIterator<Item = Result<&'static str, &'static str>>) -> Upload {
    Upload::stream(Pieces(pieces.into_iter().collect(), false))
}

fn put(server: &super::server::Server, upload: impl Into<Upload>) -> Request {
    let request = Request::new(&server.client(), "put", "PUT", "/film");
    request.bytes("video/mp4", upload)
}

#[tokio::test]
async fn an_upload_is_sent_as_it_comes() {
    let server = serve([answer("204 No Content", "")]);
    let upload = pieces([Ok("one,"), Ok(""), Ok("two")]);
    put(&server, upload).send::<Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(asked.body, "one,two");
    assert_eq!(asked.header("transfer-encoding"), Some("chunked"));
    assert_eq!(asked.header("content-length"), None);
    assert_eq!(asked.header("content-type"), Some("video/mp4"));
}

#[tokio::test]
async fn a_reader_is_an_upload() {
    let body: Vec<u8> = (0..50_000_u32).flat_map(u32::to_be_bytes).collect();
    let server = serve([answer("200 OK", "{}")]);
    let request = Request::new(&server.client(), "put", "PUT", "/film");
    let upload = Upload::reader(std::io::Cursor::new(body.clone())).length(200_000);
    let request = request.bytes("video/mp4", upload);
    request.send::<Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(asked.header("content-length"), Some("200000"));
    assert!(asked.bytes == body);
}

#[tokio::test]
async fn an_upload_of_known_length_says_it() {
    let server = serve([answer("204 No Content", "")]);
    let upload = pieces([Ok("one,"), Ok("two")]).length(7);
    put(&server, upload).send::<Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(asked.body, "one,two");
    assert_eq!(asked.header("transfer-encoding"), None);
    assert_eq!(asked.header("content-length"), Some("7"));
}

#[tokio::test]
async fn an_upload_of_another_length_breaks_off() {
    for (length, wanted) in [(6, "longer"), (8, "shorter")] {
        let (server, _) = serve_with(|_| ());
        let upload = pieces([Ok("one,"), Ok("two")]).length(length);
        let error = put(&server, upload).send::<Empty>().await.unwrap_err();
        let wanted = format!("the body is {wanted} than its length");
        assert!(error.to_string().contains(&wanted), "{error}");
    }
}

#[tokio::test]
async fn an_upload_that_fails_is_the_error_of_the_call() {
    let (server, _) = serve_with(|_| ());
    let upload = pieces([Ok("one,"), Err("the disk is gone")]);
    let error = put(&server, upload).send::<Empty>().await.unwrap_err();
    assert!(matches!(error, Error::Connection { status: None, .. }));
    assert!(error.to_string().contains("the disk is gone"), "{error}");
}

#[tokio::test]
async fn a_stream_is_sent_once() {
    let server = serve([answer("204 No Content", "")]);
    let upload = pieces([Ok("one")]);
    assert!(!upload.repeats());
    let request = put(&server, upload);
    request.clone().send::<Empty>().await.unwrap();
    let Err(Error::Invalid { faults, .. }) = request.send::<Empty>().await else {
        panic!("it was sent twice")
    };
    assert_eq!(faults, ["the body is a stream, and was sent before"]);
    assert_eq!(server.only().body, "one");
}

#[tokio::test]
async fn bytes_are_sent_as_often_as_one_likes() {
    let server = serve([answer("204 No Content", ""), answer("204 No Content", "")]);
    let request = put(&server, b"\x00\xff");
    request.clone().send::<Empty>().await.unwrap();
    request.send::<Empty>().await.unwrap();
    for asked in server.asked() {
        assert_eq!(asked.bytes, [0, 255]);
        assert_eq!(asked.header("content-length"), Some("2"));
    }
    assert!(Upload::from(vec![1]).repeats());
    assert_eq!(
        Upload::from("x").as_bytes(),
        Some(&Bytes::from_static(b"x"))
    );
}

/// A redirect cannot be followed with what is gone.
#[tokio::test]
async fn a_redirected_stream_is_not_sent_again() {
    let server = serve(["HTTP/1.1 307 Temporary Redirect\r\nlocation: /there\r\n\
         content-length: 0\r\nconnection: close\r\n\r\n"]);
    let error = put(&server, pieces([Ok("one")]))
        .send::<Empty>()
        .await
        .unwrap_err();
    assert_eq!(error.status().unwrap().as_u16(), 307);
    assert_eq!(server.only().body, "one");
}

record! {
    #[builder(AlbumBuilder)]
    pub struct Album {
        #[json("title")]
        pub title: String,
        #[json("film")]
        pub film: File,
        #[json("year")]
        pub year: i64,
    }
}

async fn send_album(film: Upload) -> (super::server::Asked, Request) {
    let server = serve([answer("204 No Content", "")]);
    let album = Album::builder()
        .title("Q1")
        .film(File::new(film).named("q1.mp4"))
        .year(7);
    let request = Request::new(&server.client(), "add", "POST", "/albums");
    let request = request.multipart::<Album>(&[], album);
    request.clone().send::<Empty>().await.unwrap();
    (server.only(), request)
}

fn album(asked: &super::server::Asked) -> String {
    let content_type = asked.header("content-type").unwrap();
    let (_, boundary) = content_type.split_once("boundary=").unwrap();
    asked.body.replace(boundary, "BOUNDARY")
}

const ALBUM: &str = "--BOUNDARY\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nQ1\r\n\
    --BOUNDARY\r\nContent-Disposition: form-data; name=\"film\"; filename=\"q1.mp4\"\r\n\
    Content-Type: application/octet-stream\r\n\r\none,two\r\n\
    --BOUNDARY\r\nContent-Disposition: form-data; name=\"year\"\r\n\r\n7\r\n--BOUNDARY--\r\n";

#[tokio::test]
async fn a_form_with_a_stream_is_a_stream() {
    let (asked, request) = send_album(pieces([Ok("one,"), Ok("two")])).await;
    assert_eq!(album(&asked), ALBUM);
    assert_eq!(asked.header("transfer-encoding"), Some("chunked"));
    let again = request.send::<Empty>().await;
    assert!(matches!(again, Err(Error::Invalid { .. })), "{again:?}");
}

#[tokio::test]
async fn a_form_of_known_lengths_says_its_own() {
    for film in [
        pieces([Ok("one,"), Ok("two")]).length(7),
        Upload::from("one,two"),
    ] {
        let (asked, _) = send_album(film).await;
        assert_eq!(album(&asked), ALBUM);
        assert_eq!(asked.header("transfer-encoding"), None);
        let length = asked.bytes.len().to_string();
        assert_eq!(asked.header("content-length"), Some(length.as_str()));
    }
}

#[tokio::test]
async fn a_stream_cannot_stand_in_json() {
    let server = serve([answer("204 No Content", "")]);
    let album = Album::builder().title("Q1").film(pieces([])).year(7);
    let request = Request::new(&server.client(), "add", "POST", "/albums");
    let Err(Error::Invalid { faults, .. }) = request.json::<Album>(album).send::<Empty>().await
    else {
        panic!("it was sent")
    };
    assert!(
        faults[0].contains("a stream cannot stand in JSON"),
        "{faults:?}"
    );
}

#[tokio::test]
async fn a_chunked_download_is_whole() {
    let server = serve([chunked("video/mp4", b"one,two", 3)]);
    let request = Request::new(&server.client(), "fetch", "GET", "/film");
    let mut download = request.download("*/*").await.unwrap();
    let mut found = Vec::new();
    while let Some(chunk) = download.chunk().await {
        found.extend_from_slice(&chunk.unwrap());
    }
    assert_eq!(found, b"one,two");
}
