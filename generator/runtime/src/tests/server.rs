//! A server over loopback that gives the answers it was given, one per connection, and keeps what
//! it was asked, byte for byte.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use crate::runtime::{Client, ClientBuilder, Retry, Scheme, SecretSpot, Security};

/// What most documents say: a bearer token for everything.
pub(super) static BEARER: Security = Security {
    schemes: &[Scheme {
        name: "token",
        setter: "token",
        spot: SecretSpot::Authorization("Bearer"),
    }],
    default: &[&[0]],
};

pub(super) struct Server {
    pub(super) url: String,
    asked: Arc<Mutex<Vec<Asked>>>,
}

/// A request as it came.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// For example: `GET /things?limit=1`.
    pub(super) line: String,
    /// Names in lower case.
    headers: Vec<(String, String)>,
    pub(super) body: String,
    /// The body where it need not be text.
    pub(super) bytes: Vec<u8>,
}

impl Asked {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Gives the answers in turn; whoever comes after the last finds nobody there. An empty answer is
/// none: the connection stays open.
pub(super) fn serve<A: Into<Vec<u8>>>(answers: impl IntoIterator<Item = A>) -> Server {
    let answers: Vec<Vec<u8>> = answers.into_iter().map(Into::into).collect();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    std::thread::spawn(move || {
        let mut silent = Vec::new();
        for answer in answers {
            let (mut stream, _) = listener.accept().unwrap();
            let asked = receive(&mut stream);
            log.lock().unwrap().push(asked);
            if answer.is_empty() {
                silent.push(stream);
            } else {
                // A client that has read enough hangs up.
                let _ = stream.write_all(&answer);
            }
        }
        drop(listener);
        if !silent.is_empty() {
            std::thread::sleep(std::time::Duration::from_secs(5));
        }
    });
    Server { url, asked }
}

/// Reads one request, then lets `answer` have the connection; what that returns is there to join.
pub(super) fn serve_with<T: Send + 'static>(
    answer: impl FnOnce(TcpStream) -> T + Send + 'static,
) -> (Server, std::thread::JoinHandle<T>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = asked.clone();
    let thread = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let asked = receive(&mut stream);
        log.lock().unwrap().push(asked);
        answer(stream)
    });
    (Server { url, asked }, thread)
}

/// Waits until the client hangs up.
pub(super) fn until_closed(mut stream: TcpStream) {
    let mut rest = [0; 64];
    while stream.read(&mut rest).is_ok_and(|count| count > 0) {}
}

/// Writes until the client hangs up or it is enough; how much that was.
pub(super) fn flood(stream: &mut TcpStream, chunk: &[u8], enough: usize) -> usize {
    let mut written = 0;
    while written < enough && stream.write_all(chunk).is_ok() {
        written += chunk.len();
    }
    written
}

/// The content of chunks; `None` where the last is missing.
fn unchunked(mut body: &[u8]) -> Option<Vec<u8>> {
    let mut content = Vec::new();
    loop {
        let end = body.windows(2).position(|two| two == b"\r\n")?;
        let length = std::str::from_utf8(&body[..end]).unwrap();
        let length = usize::from_str_radix(length, 16).unwrap();
        body = &body[end + 2..];
        content.extend_from_slice(body.get(..length)?);
        body = body.get(length + 2..)?;
        if length == 0 {
            return Some(content);
        }
    }
}

/// An answer whose body comes in chunks of `size` bytes.
pub(super) fn chunked(content_type: &str, body: &[u8], size: usize) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ntransfer-encoding: chunked\r\n\
         connection: close\r\n\r\n"
    );
    let mut answer = head.into_bytes();
    for chunk in body.chunks(size) {
        answer.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        answer.extend_from_slice(chunk);
        answer.extend_from_slice(b"\r\n");
    }
    answer.extend_from_slice(b"0\r\n\r\n");
    answer
}

fn receive(stream: &mut TcpStream) -> Asked {
    let mut text = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let end = text.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = end {
            let asked = parse(&text[..end], &text[end + 4..]);
            if asked.header("transfer-encoding") == Some("chunked") {
                if let Some(bytes) = unchunked(&asked.bytes) {
                    let body = String::from_utf8_lossy(&bytes).into_owned();
                    return Asked {
                        body,
                        bytes,
                        ..asked
                    };
                }
            } else {
                let length = asked
                    .header("content-length")
                    .map_or(0, |n| n.parse().unwrap());
                if asked.bytes.len() >= length {
                    return asked;
                }
            }
        }
        let count = stream.read(&mut chunk).unwrap();
        assert_ne!(count, 0, "the client hung up");
        text.extend_from_slice(&chunk[..count]);
    }
}

fn parse(head: &[u8], body: &[u8]) -> Asked {
    let head = String::from_utf8(head.to_vec()).unwrap();
    let (line, rest) = head.split_once("\r\n").unwrap();
    let headers = rest.lines().map(|line| {
        let (name, value) = line.split_once(':').unwrap();
        (name.to_lowercase(), value.trim().to_owned())
    });
    Asked {
        line: line.strip_suffix(" HTTP/1.1").unwrap().to_owned(),
        headers: headers.collect(),
        body: String::from_utf8_lossy(body).into_owned(),
        bytes: body.to_vec(),
    }
}

impl Server {
    pub(super) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// The one request that came.
    pub(super) fn only(&self) -> Asked {
        let asked = self.asked();
        assert_eq!(asked.len(), 1, "{asked:?}");
        asked[0].clone()
    }

    pub(super) fn lines(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.line).collect()
    }

    /// Its clients try nothing again, since nobody comes after the last answer.
    pub(super) fn builder(&self) -> ClientBuilder {
        ClientBuilder::new(&self.url, "thing-client/1.0", &BEARER)
            .credential(0, "secret-token")
            .retry(Retry::never())
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }
}

/// An answer with a body, for example `answer("200 OK", "{}")`.
pub(super) fn answer(status: &str, body: &str) -> String {
    answer_with(status, "content-type: application/json\r\n", body)
}

pub(super) fn answer_with(status: &str, headers: &str, body: &str) -> String {
    let length = match headers.contains("content-length") {
        true => String::new(),
        false => format!("content-length: {}\r\n", body.len()),
    };
    format!("HTTP/1.1 {status}\r\n{headers}{length}connection: close\r\n\r\n{body}")
}

/// What the thread returns; meanwhile the client's connection can be closed.
pub(super) async fn joined<T: Send + 'static>(thread: std::thread::JoinHandle<T>) -> T {
    let joined = tokio::task::spawn_blocking(move || thread.join().unwrap());
    joined.await.unwrap()
}
