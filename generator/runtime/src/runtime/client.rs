//! The client: where calls go and what every one of them carries.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use super::credential::{Credential, ExposeSecret, Origin, SecretSpot, Security};
use super::error::Error;
use super::hook::{Hook, Hooks};
use super::limit::{Limiter, RateLimit};
use super::retry::Retry;
use super::transport::header::{HeaderMap, HeaderName, HeaderValue, USER_AGENT};
use super::transport::{self, HttpClient, Transport, Url};

const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);
const DEFAULT_MAX_BODY_BYTES: usize = 64 * 1024 * 1024;

/// Sends calls to one API.
///
/// A clone is cheap and shares the connections.
#[derive(Clone)]
pub struct Client {
    pub(super) inner: Arc<Inner>,
}

pub(super) struct Inner {
    pub(super) transport: Arc<dyn Transport>,
    /// With a slash at its end, as [`directory`] makes it.
    pub(super) base_url: Url,
    /// What stands in for the servers that single operations have: theirs, and the one to call, with
    /// a slash at its end.
    pub(super) servers: Vec<(String, Url)>,
    /// Sent with every call; a header of the call itself wins.
    pub(super) headers: HeaderMap,
    pub(super) security: &'static Security,
    /// What there is for each of its schemes.
    pub(super) credentials: Vec<Option<Credential>>,
    pub(super) timeout: Duration,
    pub(super) retry: Retry,
    pub(super) limiter: Option<Limiter>,
    pub(super) idempotency_header: Option<HeaderName>,
    pub(super) hooks: Hooks,
    pub(super) max_body_bytes: usize,
}

impl Inner {
    /// Where the idempotency key of a call goes.
    pub(super) fn key_header(&self) -> HeaderName {
        let name = self.idempotency_header.clone();
        name.unwrap_or(HeaderName::from_static("idempotency-key"))
    }
}

impl Client {
    /// The address that the path of every operation is appended to.
    pub fn base_url(&self) -> &str {
        self.inner.base_url.as_str().trim_end_matches('/')
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url())
            .field("timeout", &self.inner.timeout)
            .field("credentials", &self.inner.credentials)
            .field("headers", &self.inner.headers.keys().collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

/// Puts a [`Client`] together.
///
/// Nothing fails before [`build`](Self::build), which then tells all that is wrong.
#[derive(Clone)]
#[must_use = "a client comes from `build`"]
pub struct ClientBuilder {
    base_url: String,
    servers: Vec<(String, String)>,
    user_agent: String,
    security: &'static Security,
    credentials: Vec<Option<Credential>>,
    headers: Vec<(String, String)>,
    timeout: Duration,
    connect_timeout: Option<Duration>,
    retry: Retry,
    rate_limit: Option<RateLimit>,
    idempotency_header: Option<String>,
    hooks: Hooks,
    max_body_bytes: usize,
    transport: Option<Arc<dyn Transport>>,
    #[cfg(feature = "recorder")]
    recorder: Option<super::recorder::Recorder>,
}

impl ClientBuilder {
    /// Starts with an address, the User-Agent that calls carry, and what the document says about
    /// credentials.
    pub fn new(
        base_url: impl Into<String>,
        user_agent: impl Into<String>,
        security: &'static Security,
    ) -> Self {
        ClientBuilder {
            base_url: base_url.into(),
            servers: Vec::new(),
            user_agent: user_agent.into(),
            security,
            credentials: vec![None; security.schemes.len()],
            headers: Vec::new(),
            timeout: DEFAULT_TIMEOUT,
            connect_timeout: None,
            retry: Retry::default(),
            rate_limit: None,
            idempotency_header: None,
            hooks: Hooks::default(),
            max_body_bytes: DEFAULT_MAX_BODY_BYTES,
            transport: None,
            #[cfg(feature = "recorder")]
            recorder: None,
        }
    }

    /// Sets the address that the path of every operation is appended to, as it stands: with
    /// `https://example.com/proxy/`, `/v2/users` is called at `https://example.com/proxy/v2/users`.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// Calls the operations that have a server of their own at another address: `from` is that server
    /// as the operation's documentation has it, `to` the address to call instead.
    pub fn server(mut self, from: impl Into<String>, to: impl Into<String>) -> Self {
        self.servers.push((from.into(), to.into()));
        self
    }

    /// Has this credential for the scheme at this position; another one is replaced.
    pub(crate) fn credential(mut self, scheme: usize, credential: impl Into<Credential>) -> Self {
        if let Some(place) = self.credentials.get_mut(scheme) {
            *place = Some(credential.into());
        }
        self
    }

    /// Has this secret for every scheme; a credential that is given later replaces it.
    pub(super) fn with_placeholders(mut self, secret: &str) -> Self {
        self.credentials.fill_with(|| Some(secret.into()));
        self
    }

    /// The query parameters that hold secrets.
    pub(super) fn query_secrets(&self) -> Vec<&'static str> {
        let schemes = self.security.schemes.iter();
        let names = schemes.filter_map(|scheme| match scheme.spot {
            SecretSpot::Query(name) => Some(name),
            _ => None,
        });
        names.collect()
    }

    /// Limits a whole call, from connecting to the last byte of the answer, all its tries and the
    /// waits between them included. Default: 30 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Limits the time for connecting. Default: the limit of the whole call. A browser has no such
    /// limit: a client with one is not built there.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Tries calls again by these rules. Default: [`Retry::default`]; [`Retry::never`] switches it off.
    pub fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// Lets no more calls begin than this; others wait for their turn, in their order, for as long as
    /// it takes. All clones of the client share it. Default: no limit.
    pub fn rate_limit(mut self, limit: RateLimit) -> Self {
        self.rate_limit = Some(limit);
        self
    }

    /// Sends a random key in this header with each call whose method is not safe to repeat, the same
    /// one for all tries of the call, which may then be tried again. Only for servers that know such
    /// keys. A key that a call brings by itself wins.
    pub fn idempotency_header(mut self, name: impl Into<String>) -> Self {
        self.idempotency_header = Some(name.into());
        self
    }

    /// Calls this before and after each try of a call, after the hooks that were given before.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.0.push(Arc::new(hook));
        self
    }

    /// Sets the User-Agent that calls carry.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = user_agent.into();
        self
    }

    /// Sends this header with every call; a header of the call itself wins. Its value is treated
    /// like a secret: it shows nowhere.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Uses the caller's own HTTP client, with its proxies, certificates and connection limits.
    ///
    /// Credentials, User-Agent, headers and the time limit of a call are those of this builder all the
    /// same. Such a client follows redirects by its own policy: switch that off, or see to it that
    /// headers do not go to another host.
    pub fn http_client(self, http: HttpClient) -> Self {
        self.transport(http)
    }

    /// Sends calls by this instead of by an HTTP client of the builder's own. Credentials, time
    /// limits and redirects are seen to all the same.
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Records the answers of all calls, each try's.
    #[cfg(feature = "recorder")]
    pub fn recorder(mut self, recorder: super::recorder::Recorder) -> Self {
        self.recorder = Some(recorder);
        self
    }

    /// Limits the body of an answer. Default: 64 MiB.
    pub fn max_body_bytes(mut self, limit: usize) -> Self {
        self.max_body_bytes = limit;
        self
    }

    /// Makes the client, or tells all that is wrong with what it was given.
    pub fn build(self) -> Result<Client, Error> {
        let mut faults = Vec::new();
        let base_url = checked_base_url(&self.base_url, &mut faults);
        let servers = self.servers.iter();
        let servers = servers
            .filter_map(|(from, to)| Some((from.clone(), checked_base_url(to, &mut faults)?)))
            .collect();
        let headers = self.checked_headers(&mut faults);
        let idempotency_header = self.checked_idempotency_header(&mut faults);
        let missing = self.check_credentials(&mut faults);
        if self.timeout.is_zero() {
            faults.push("the time limit is zero".to_owned());
        }
        if self.transport.is_some() && self.connect_timeout.is_some() {
            faults
                .push("both an HTTP client and a connect timeout: set the latter there".to_owned());
        }
        let transport = self
            .transport
            .map_or_else(|| transport::http_client(self.connect_timeout), Ok);
        let (transport, base_url) = match (transport, base_url) {
            (Ok(transport), Some(base_url)) if faults.is_empty() => (transport, base_url),
            (Ok(_), _) => return Err(Error::Invalid { call: None, faults }),
            (Err(error), _) => {
                faults.push(format!("the HTTP client cannot be set up: {error}"));
                return Err(Error::Invalid { call: None, faults });
            }
        };
        #[cfg(feature = "recorder")]
        let transport = match self.recorder {
            Some(recorder) => Arc::new(super::recorder::Recording {
                transport,
                recorder,
            }),
            None => transport,
        };
        if let Some(missing) = missing {
            return Err(Error::Credentials {
                call: None,
                missing: missing.into(),
                source: None,
            });
        }
        Ok(Client {
            inner: Arc::new(Inner {
                transport,
                base_url,
                servers,
                headers,
                security: self.security,
                credentials: self.credentials,
                timeout: self.timeout,
                retry: self.retry,
                limiter: self.rate_limit.map(Limiter::new),
                idempotency_header,
                hooks: self.hooks,
                max_body_bytes: self.max_body_bytes,
            }),
        })
    }

    fn checked_headers(&self, faults: &mut Vec<String>) -> HeaderMap {
        let mut headers = HeaderMap::new();
        match HeaderValue::try_from(&self.user_agent) {
            Ok(value) if !value.is_empty() => {
                headers.insert(USER_AGENT, value);
            }
            _ => faults.push("the User-Agent is empty or holds what a header cannot".to_owned()),
        }
        for (name, value) in &self.headers {
            match (HeaderName::try_from(name), HeaderValue::try_from(value)) {
                (Ok(name), Ok(mut value)) => {
                    value.set_sensitive(true);
                    headers.insert(name, value);
                }
                (Err(_), _) => faults.push(format!("`{name}` cannot be the name of a header")),
                (_, Err(_)) => faults.push(format!("header `{name}` holds what a header cannot")),
            }
        }
        headers
    }

    fn checked_idempotency_header(&self, faults: &mut Vec<String>) -> Option<HeaderName> {
        let name = self.idempotency_header.as_ref()?;
        HeaderName::try_from(name)
            .map_err(|_| faults.push(format!("`{name}` cannot be the name of a header")))
            .ok()
    }

    /// Faults for secrets that cannot be sent; `Some` says which environment variable gave none.
    fn check_credentials(&self, faults: &mut Vec<String>) -> Option<String> {
        let mut missing = None;
        let schemes = self.security.schemes.iter().zip(&self.credentials);
        for (scheme, credential) in schemes {
            match credential.as_ref().map(|credential| &credential.0) {
                Some(Origin::Fixed(secret)) if !fits(scheme.spot, secret.expose_secret()) => {
                    faults.push(format!(
                        "the secret for `{}` is empty or holds what cannot be sent",
                        scheme.setter
                    ));
                }
                Some(Origin::Missing(name)) => {
                    missing = Some(format!(
                        "the environment variable {name}, which `{}` wants, holds nothing",
                        scheme.setter
                    ));
                }
                Some(Origin::Fixed(_) | Origin::Provided(_)) | None => {}
            }
        }
        missing
    }
}

/// Whether a secret can be sent where it has to go. A query can hold everything.
pub(super) fn fits(spot: SecretSpot, secret: &str) -> bool {
    let header = || HeaderValue::try_from(secret).is_ok();
    !secret.is_empty() && (matches!(spot, SecretSpot::Query(_)) || header())
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("user_agent", &self.user_agent)
            .field("timeout", &self.timeout)
            .field(
                "headers",
                &self
                    .headers
                    .iter()
                    .map(|(name, _)| name)
                    .collect::<Vec<_>>(),
            )
            .finish_non_exhaustive()
    }
}

/// The address in its normal form, with a slash at its end; `None` if it cannot be read.
fn checked_base_url(text: &str, faults: &mut Vec<String>) -> Option<Url> {
    let url = Url::parse(text);
    let url = url.map_err(|error| faults.push(format!("the base URL cannot be read: {error}")));
    let url = url.ok()?;
    if !matches!(url.scheme(), "http" | "https") {
        faults.push(format!(
            "the base URL is neither http nor https but {}",
            url.scheme()
        ));
    }
    if !url.username().is_empty() || url.password().is_some() {
        faults.push("the base URL holds credentials: give them as a header".to_owned());
    }
    if url.query().is_some() || url.fragment().is_some() {
        faults.push("the base URL has a query or a fragment".to_owned());
    }
    Some(directory(url))
}

/// The address with one slash at its end, so that paths can be joined to it.
pub(super) fn directory(mut url: Url) -> Url {
    let path = format!("{}/", url.path().trim_end_matches('/'));
    url.set_path(&path);
    url
}
