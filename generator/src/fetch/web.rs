//! Texts from other machines: by HTTPS only, a bounded number, in bounded time, of bounded size.
//!
//! May not send anything but the request: no cookie, no credentials, no referrer.

use std::io::Read;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client, ClientBuilder};
use reqwest::redirect::Policy;

use super::scheme;
use crate::source::{Absent, Source};

const MOST_ADDRESSES: usize = 100;
const MOST_BYTES: u64 = 32 * 1024 * 1024;
const MOST_TIME: Duration = Duration::from_secs(30);
const MOST_REDIRECTS: usize = 5;

/// A connection to other machines, and what may still be read over it.
pub(super) struct Web {
    client: Client,
    addresses: usize,
    bytes: u64,
}

/// How requests are made.
pub(super) fn builder() -> ClientBuilder {
    let redirects = Policy::custom(|attempt| {
        if attempt.url().scheme() != "https" {
            attempt.error("it is redirected to an address without HTTPS")
        } else if attempt.previous().len() > MOST_REDIRECTS {
            attempt.error("it is redirected too often")
        } else {
            attempt.follow()
        }
    });
    Client::builder()
        .https_only(true)
        .redirect(redirects)
        .referer(false)
        .timeout(MOST_TIME)
        .user_agent(concat!("restwright/", env!("CARGO_PKG_VERSION")))
}

impl Web {
    pub(super) fn new() -> Result<Self, Absent> {
        Self::with(builder())
    }

    pub(super) fn with(builder: ClientBuilder) -> Result<Self, Absent> {
        let client = builder.build().map_err(|error| failed(&error))?;
        Ok(Web {
            client,
            addresses: 0,
            bytes: 0,
        })
    }

    /// Reads an address.
    pub(super) fn get(&mut self, address: &str) -> Result<Source, Absent> {
        scheme::check(address)?;
        if self.addresses >= MOST_ADDRESSES {
            return Err(absent(format!(
                "the document refers to more than {MOST_ADDRESSES} addresses"
            )));
        }
        self.addresses += 1;
        let bytes = self.bytes_of(address)?;
        Source::from_bytes(address, bytes).map_err(|error| absent(error.to_string()))
    }

    fn bytes_of(&mut self, address: &str) -> Result<Vec<u8>, Absent> {
        let start = Instant::now();
        let response = self.client.get(address).send();
        let mut response = response.map_err(|error| failed(&error))?;
        let status = response.status();
        if !status.is_success() {
            return Err(absent(format!("{address} answers {status}")));
        }
        let mut bytes = Vec::new();
        let mut chunk = [0; 16 * 1024];
        loop {
            let read = response.read(&mut chunk);
            let read = read.map_err(|error| absent(format!("{address} breaks off: {error}")))?;
            if read == 0 {
                return Ok(bytes);
            }
            self.bytes += read as u64;
            if self.bytes > MOST_BYTES {
                let most = MOST_BYTES / 1024 / 1024;
                return Err(absent(format!("more than {most} MiB would be read in all")));
            }
            // The client's own limit is for each piece.
            if start.elapsed() > MOST_TIME {
                let most = MOST_TIME.as_secs();
                return Err(absent(format!("{address} takes longer than {most} s")));
            }
            bytes.extend_from_slice(&chunk[..read]);
        }
    }
}

fn absent(reason: String) -> Absent {
    Absent {
        code: "unreadable-address",
        refused: false,
        reason,
        help: "save the text beside the document and refer to the file".to_owned(),
    }
}

/// What went wrong, from the outermost words to the innermost.
fn failed(error: &reqwest::Error) -> Absent {
    let mut reason = error.to_string();
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        reason = format!("{reason}: {inner}");
        source = inner.source();
    }
    absent(reason)
}
