//! Texts from other machines: by HTTPS only, from the open internet, a bounded number, in bounded time, of
//! bounded size.
//!
//! May not send anything but the request: no cookie, no credentials, no referrer. May not ask a machine that
//! only this one can reach, but for the one that the user has named: what is there is not for a document
//! to ask for.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::time::Instant;

use reqwest::blocking::{Client, ClientBuilder, Response};
use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use url::{Host, Url};

use super::public::is_public;
use super::scheme::check;
use crate::limits::Limits;
use crate::source::{Absent, Source};

/// Connections to other machines, and what may still be read over them.
pub(super) struct Web {
    make: Box<dyn Fn() -> ClientBuilder>,
    /// A client for each host, which goes to the addresses that have been looked at and to no others.
    clients: BTreeMap<String, Client>,
    /// The host that the user has named.
    own: Option<String>,
    addresses: usize,
    bytes: u64,
    limits: Limits,
}

/// How requests are made.
pub(super) fn builder() -> ClientBuilder {
    Client::builder()
        .https_only(true)
        .redirect(Policy::none())
        .referer(false)
        .user_agent(concat!("restwright/", env!("CARGO_PKG_VERSION")))
}

impl Web {
    /// `own` is the host that the user has named.
    pub(super) fn new(limits: &Limits, own: Option<String>) -> Self {
        Self::with(builder, limits, own)
    }

    pub(super) fn with(
        make: impl Fn() -> ClientBuilder + 'static,
        limits: &Limits,
        own: Option<String>,
    ) -> Self {
        Web {
            make: Box::new(make),
            clients: BTreeMap::new(),
            own,
            addresses: 0,
            bytes: 0,
            limits: limits.clone(),
        }
    }

    /// Reads an address.
    pub(super) fn get(&mut self, address: &str) -> Result<Source, Absent> {
        let url = check(address)?;
        let most = self.limits.addresses;
        if self.addresses >= most {
            let reason = format!("the document refers to more than {most} addresses");
            return Err(Absent::beyond("addresses", reason));
        }
        self.addresses += 1;
        let bytes = self.bytes_of(address, url)?;
        Source::from_bytes(address, bytes).map_err(|error| absent(error.to_string()))
    }

    fn bytes_of(&mut self, address: &str, url: Url) -> Result<Vec<u8>, Absent> {
        let start = Instant::now();
        let mut response = self.answer(url, start)?;
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
            if self.bytes > self.limits.addresses_bytes() {
                let most = self.limits.addresses_mib;
                let reason = format!("more than {most} MiB would be read in all");
                return Err(Absent::beyond("addresses-mib", reason));
            }
            // The client's own limit is for each piece.
            if start.elapsed() > self.limits.address_time() {
                return Err(self.too_slow(address));
            }
            bytes.extend_from_slice(&chunk[..read]);
        }
    }

    fn too_slow(&self, address: &str) -> Absent {
        let most = self.limits.address_seconds;
        let reason = format!("{address} takes longer than {most} s");
        Absent::beyond("address-seconds", reason)
    }

    /// The answer at the end of all redirects.
    fn answer(&mut self, mut url: Url, start: Instant) -> Result<Response, Absent> {
        for _ in 0..=self.limits.redirects {
            let left = self.limits.address_time().checked_sub(start.elapsed());
            let left = left.ok_or_else(|| self.too_slow(url.as_str()))?;
            let sent = self.client(&url)?.get(url.clone()).timeout(left).send();
            let response = sent.map_err(|error| match error.is_timeout() {
                true => self.too_slow(url.as_str()),
                false => failed(&error),
            })?;
            let to = response.headers().get(LOCATION);
            let to = to.filter(|_| response.status().is_redirection());
            let Some(to) = to.and_then(|to| to.to_str().ok()) else {
                return Ok(response);
            };
            url = url
                .join(to)
                .map_err(|_| absent(format!("{url} redirects to `{to}`, which is no address")))?;
            if url.scheme() != "https" {
                let reason = "it is redirected to an address without HTTPS".to_owned();
                return Err(absent(reason));
            }
            url = check(url.as_str())?;
        }
        let reason = "it is redirected too often".to_owned();
        Err(Absent::beyond("redirects", reason))
    }

    /// A client that asks the host of an address, if it may be asked.
    fn client(&mut self, url: &Url) -> Result<Client, Absent> {
        let host = url.host_str().unwrap_or_default();
        if let Some(client) = self.clients.get(host) {
            return Ok(client.clone());
        }
        let builder = (self.make)();
        let named = self.own.as_deref() == Some(host);
        let builder = match url.host() {
            Some(Host::Domain(_)) if !named && !proxied() => {
                builder.resolve_to_addrs(host, &public_addresses(url, host)?)
            }
            Some(Host::Ipv4(address)) if !named => {
                open(url, address.into())?;
                builder
            }
            Some(Host::Ipv6(address)) if !named => {
                open(url, address.into())?;
                builder
            }
            _ => builder,
        };
        let client = builder.build().map_err(|error| failed(&error))?;
        self.clients.insert(host.to_owned(), client.clone());
        Ok(client)
    }
}

/// Whether somebody else looks names up and makes the connections.
fn proxied() -> bool {
    let names = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    names.iter().any(|name| std::env::var_os(name).is_some())
}

/// Where a host is, if all of that is on the open internet.
fn public_addresses(url: &Url, host: &str) -> Result<Vec<SocketAddr>, Absent> {
    let port = url.port_or_known_default().unwrap_or(443);
    let found = (host, port).to_socket_addrs();
    let found = found.map_err(|error| absent(format!("{url}: {host} is not found: {error}")))?;
    let found: Vec<SocketAddr> = found.collect();
    found
        .iter()
        .try_for_each(|found| open(url, found.ip()))
        .map(|()| found)
}

fn open(url: &Url, address: IpAddr) -> Result<(), Absent> {
    if is_public(address) {
        return Ok(());
    }
    Err(Absent {
        code: "private-address",
        refused: true,
        reason: format!("{url} is at {address}, which is not on the open internet"),
        help: "save the text beside the document and refer to the file".to_owned(),
    })
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
