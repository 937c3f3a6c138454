//! [`OAuth`]: bearer tokens from an OAuth 2.0 token endpoint (RFC 6749), kept and renewed.
//!
//! The request for a token is a call like any other, of a client of its own.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use serde_json::{Map, Value};
use tokio::sync::Mutex as Turns;

use super::answer::Response;
use super::boxed::BoxFuture;
use super::client::{Client, ClientBuilder};
use super::clock::Instant;
use super::credential::{
    self, CredentialProvider, ExposeSecret, Scheme, SecretFuture, SecretSpot, SecretString,
    Security,
};
use super::error::Error;
use super::escape;
use super::kept::Kept;
use super::oauth_error::OAuthError;
use super::request::Request;
use super::transport::Url;

/// How long before its end a token is renewed, unless that is more than half of its time.
const DEFAULT_LEEWAY: Duration = Duration::from_secs(60);

/// The longest answer that is read.
const MAX_ANSWER_BYTES: usize = 1 << 20;

/// The client proves who it is, if it has a secret and does not put it into the body.
static CLIENT: Security = Security {
    schemes: &[Scheme {
        name: "client",
        setter: "client_secret",
        spot: SecretSpot::Authorization("Basic"),
    }],
    default: &[&[0], &[]],
};

/// Gets bearer tokens from a token endpoint, keeps each and renews it before it ends.
///
/// However many calls want a token at the same time, one request is made for it; when the call that
/// waits for it is dropped, the next one goes on with the same request. A token that a server refuses
/// (401) is dropped; one without an end (`expires_in`) is kept until then. While no new one is to be
/// had, the old one is shown until its end.
///
/// It is a [`CredentialProvider`]; for example:
/// `.petstore_auth(OAuth::client_credentials("https://example.com/token", id, secret))`.
pub struct OAuth {
    endpoint: ClientBuilder,
    /// Path and query.
    path: String,
    id: String,
    secret: SecretString,
    secret_in_body: bool,
    parameters: BTreeMap<String, String>,
    leeway: Duration,
    on_refresh_token: Option<OnRefreshToken>,
    token: Mutex<Option<Token>>,
    /// How many requests for a token have come to an end.
    ended: AtomicU64,
    renewal: Turns<Renewal>,
}

type OnRefreshToken = Box<dyn Fn(&SecretString) + Send + Sync>;

struct Token {
    secret: SecretString,
    /// When it is time for another one, and when it ends; `None` is never.
    renew: Option<Instant>,
    end: Option<Instant>,
}

/// What belongs to whoever has the turn to ask for a token.
struct Renewal {
    client: Option<Client>,
    /// `None` asks for a token by the client's own credentials.
    refresh_token: Option<SecretString>,
    /// The request under way, and when it began.
    under_way: Kept<(Instant, Result<Response<Bytes>, Error>)>,
    /// What came of the last one.
    outcome: Option<Result<SecretString, OAuthError>>,
}

impl OAuth {
    /// Tokens for the client itself (the grant `client_credentials`), with what the authorization
    /// server knows it by.
    pub fn client_credentials(
        token_url: &str,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
    ) -> Self {
        OAuth::new(token_url, client_id.into(), client_secret.into(), None)
    }

    /// Tokens in the name of a user who has consented before (the grant `refresh_token`).
    ///
    /// A client that has no secret gives an empty one. Where the server gives another refresh token
    /// with each token, it is used from then on; [`on_refresh_token`](Self::on_refresh_token) tells it.
    pub fn refresh_token(
        token_url: &str,
        client_id: impl Into<String>,
        client_secret: impl Into<SecretString>,
        refresh_token: impl Into<SecretString>,
    ) -> Self {
        let refresh_token = Some(refresh_token.into());
        OAuth::new(
            token_url,
            client_id.into(),
            client_secret.into(),
            refresh_token,
        )
    }

    fn new(
        token_url: &str,
        id: String,
        secret: SecretString,
        refresh_token: Option<SecretString>,
    ) -> Self {
        let (base, path) = split(token_url);
        let agent = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));
        let endpoint = ClientBuilder::new(base, agent, &CLIENT);
        OAuth {
            endpoint: endpoint.max_body_bytes(MAX_ANSWER_BYTES),
            path,
            id,
            secret,
            secret_in_body: false,
            parameters: BTreeMap::new(),
            leeway: DEFAULT_LEEWAY,
            on_refresh_token: None,
            token: Mutex::new(None),
            ended: AtomicU64::new(0),
            renewal: Turns::new(Renewal {
                client: None,
                refresh_token,
                under_way: Kept::new(),
                outcome: None,
            }),
        }
    }

    /// Asks for these scopes. Without this none are named, and the server decides.
    pub fn scopes<S: AsRef<str>>(self, scopes: impl IntoIterator<Item = S>) -> Self {
        let scopes: Vec<String> = scopes
            .into_iter()
            .map(|it| it.as_ref().to_owned())
            .collect();
        self.parameter("scope", scopes.join(" "))
    }

    /// Sends this along with each request for a token, such as an `audience`.
    pub fn parameter(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.insert(name.into(), value.into());
        self
    }

    /// Sends the client's id and secret in the body (`client_secret_post`), for servers that do not
    /// take them as the standard has it, in the header `Authorization` (`client_secret_basic`).
    pub fn secret_in_body(mut self) -> Self {
        self.secret_in_body = true;
        self
    }

    /// Renews a token this long before its end, or at half of its time if that is later. Default: 60
    /// seconds.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Tells each refresh token that the server gives instead of the one before, so that it can be
    /// stored. It is called before the token that came with it is used, and must not wait.
    pub fn on_refresh_token(
        mut self,
        tell: impl Fn(&SecretString) + Send + Sync + 'static,
    ) -> Self {
        self.on_refresh_token = Some(Box::new(tell));
        self
    }

    /// Sets up the client that asks for tokens: its time limit, proxy, transport, hooks. It tries a
    /// request once, unless it is given a [`Retry`](super::Retry) for any method.
    pub fn with_client(mut self, set: impl FnOnce(ClientBuilder) -> ClientBuilder) -> Self {
        self.endpoint = set(self.endpoint);
        self
    }

    fn kept(&self) -> MutexGuard<'_, Option<Token>> {
        self.token.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The token, unless it is time for another one.
    fn fresh(&self) -> Option<SecretString> {
        let kept = self.kept();
        let token = kept.as_ref().filter(|token| is_ahead(token.renew))?;
        Some(token.secret.clone())
    }

    async fn token(&self) -> Result<SecretString, OAuthError> {
        let ended = self.ended.load(Ordering::SeqCst);
        if let Some(secret) = self.fresh() {
            return Ok(secret);
        }
        let mut renewal = self.renewal.lock().await;
        if let Some(secret) = self.fresh() {
            return Ok(secret);
        }
        // What came while this call waited for its turn is for it, too.
        if self.ended.load(Ordering::SeqCst) > ended
            && let Some(outcome) = &renewal.outcome
        {
            return outcome.clone();
        }
        let left_behind = renewal.under_way.is_begun();
        let mut outcome = self.renew(&mut renewal).await;
        // Nobody may have waited for it for a long time.
        if left_behind && self.fresh().is_none() {
            outcome = self.renew(&mut renewal).await;
        }
        self.ended.fetch_add(1, Ordering::SeqCst);
        renewal.outcome = Some(outcome.clone());
        outcome
    }

    /// Asks for a token. Dropping the future loses nothing: the next one goes on with the request.
    async fn renew(&self, renewal: &mut Renewal) -> Result<SecretString, OAuthError> {
        let sending = self.request(renewal)?.send_as("application/json");
        let begin = || -> BoxFuture<'static, _> {
            Box::pin(async move { (Instant::now(), sending.await) })
        };
        let (began, answer) = renewal.under_way.finish(begin).await;
        let granted = self.granted(renewal, answer);
        let (secret, lifetime) = match granted {
            Ok(granted) => granted,
            Err(error) => {
                let kept = self.kept();
                let still = kept.as_ref().filter(|token| is_ahead(token.end));
                return still.map(|token| token.secret.clone()).ok_or(error);
            }
        };
        let after = |time: Duration| began.checked_add(time);
        *self.kept() = Some(Token {
            secret: secret.clone(),
            renew: lifetime.and_then(|time| after(time - self.leeway.min(time / 2))),
            end: lifetime.and_then(after),
        });
        Ok(secret)
    }

    /// What proves in a header who the client is.
    fn basic(&self) -> Option<SecretString> {
        let secret = self.secret.expose_secret();
        (!self.secret_in_body && !secret.is_empty()).then(|| {
            let secret = escape::encode(secret).into();
            credential::basic_pair(&escape::encode(&self.id), &secret)
        })
    }

    fn request(&self, renewal: &mut Renewal) -> Result<Request, OAuthError> {
        let basic = self.basic();
        let client = match &renewal.client {
            Some(client) => client.clone(),
            None => {
                let mut endpoint = self.endpoint.clone();
                if let Some(pair) = &basic {
                    endpoint = endpoint.credential(0, pair.clone());
                }
                let client = endpoint.build().map_err(OAuthError::from)?;
                renewal.client.insert(client).clone()
            }
        };
        let mut form = Map::new();
        let mut set = |name: &str, value: &str| form.insert(name.to_owned(), value.into());
        for (name, value) in &self.parameters {
            set(name, value);
        }
        match &renewal.refresh_token {
            Some(token) => {
                set("grant_type", "refresh_token");
                set("refresh_token", token.expose_secret());
            }
            None => {
                set("grant_type", "client_credentials");
            }
        }
        if basic.is_none() {
            set("client_id", &self.id);
        }
        if basic.is_none() && !self.secret.expose_secret().is_empty() {
            set("client_secret", self.secret.expose_secret());
        }
        let mut request = Request::new(&client, "the request for a token", "POST", "");
        request.path = self.path.clone().into();
        Ok(request.form::<Map<String, Value>>(&[], form))
    }

    /// The token that was granted, and how long it lasts.
    fn granted(
        &self,
        renewal: &mut Renewal,
        answer: Result<Response<Bytes>, Error>,
    ) -> Result<(SecretString, Option<Duration>), OAuthError> {
        let secret = Some(self.secret.clone());
        let secrets = [secret, self.basic(), renewal.refresh_token.clone()];
        let answer = answer.map_err(|error| OAuthError::of(error, &secrets))?;
        let status = Some(answer.status);
        let members = serde_json::from_slice::<Map<String, Value>>(&answer.value);
        let Ok(members) = members else {
            return Err(OAuthError::new("the answer is no JSON object").with_status(status));
        };
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let Some(secret) = text("access_token").filter(|secret| !secret.is_empty()) else {
            let refusal = OAuthError::refusal(&members, &secrets);
            let error = refusal.unwrap_or_else(|| OAuthError::new("the answer has no token"));
            return Err(error.with_status(status));
        };
        if text("token_type").is_some_and(|of| !of.eq_ignore_ascii_case("bearer")) {
            let error = OAuthError::new("the answer has a token that is no bearer token");
            return Err(error.with_status(status));
        }
        if let Some(next) = text("refresh_token")
            && let Some(known) = &mut renewal.refresh_token
            && next != known.expose_secret()
        {
            *known = next.into();
            if let Some(tell) = &self.on_refresh_token {
                tell(known);
            }
        }
        Ok((secret.into(), members.get("expires_in").and_then(seconds)))
    }
}

impl CredentialProvider for OAuth {
    fn secret(&self) -> SecretFuture<'_> {
        Box::pin(async move { Ok(self.token().await?) })
    }

    fn refused(&self, secret: &SecretString) {
        let mut kept = self.kept();
        let refused = |token: &mut Token| token.secret.expose_secret() == secret.expose_secret();
        drop(kept.take_if(refused));
    }
}

impl fmt::Debug for OAuth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OAuth")
            .field("endpoint", &self.endpoint)
            .field("client_id", &self.id)
            .finish_non_exhaustive()
    }
}

/// An address up to its path, and the rest. What is no address is left to the client's builder.
fn split(url: &str) -> (String, String) {
    match Url::parse(url) {
        Ok(mut parsed) => {
            let path = match parsed.query() {
                Some(query) => format!("{}?{query}", parsed.path()),
                None => parsed.path().to_owned(),
            };
            parsed.set_path("");
            parsed.set_query(None);
            parsed.set_fragment(None);
            (parsed.into(), path)
        }
        Err(_) => (url.to_owned(), "/".to_owned()),
    }
}

/// An address that a document has seen from its server.
pub(crate) fn seen_from(server: &str, address: &str) -> String {
    let base = Url::parse(&format!("{}/", server.trim_end_matches('/')));
    let url = base.and_then(|base| base.join(address));
    // What is no address is told when a token is asked for.
    url.map_or_else(|_| address.to_owned(), String::from)
}

fn is_ahead(time: Option<Instant>) -> bool {
    time.is_none_or(|time| Instant::now() < time)
}

/// A time in seconds, which some servers write as text.
fn seconds(value: &Value) -> Option<Duration> {
    let seconds = match value {
        Value::String(text) => text.trim().parse().ok()?,
        value => value.as_f64()?,
    };
    // What is more than fits does not end.
    Duration::try_from_secs_f64(f64::max(seconds, 0.0)).ok()
}
