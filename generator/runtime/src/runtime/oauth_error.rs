//! [`OAuthError`]: what an OAuth 2.0 token endpoint gave instead of a token, without secrets.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::credential::{ExposeSecret, SecretString};
use super::error::{Error, shorten};
use super::transport::StatusCode;

/// Why there is no token.
#[derive(Clone, Debug)]
pub struct OAuthError {
    message: String,
    code: Option<String>,
    status: Option<StatusCode>,
    source: Option<Arc<Error>>,
}

impl OAuthError {
    pub(super) fn new(message: &str) -> Self {
        OAuthError {
            message: message.to_owned(),
            code: None,
            status: None,
            source: None,
        }
    }

    pub(super) fn with_status(mut self, status: Option<StatusCode>) -> Self {
        self.status = status;
        self
    }

    /// What the server says of itself. An answer with a body is not the error's source: the body may
    /// hold what was sent.
    pub(super) fn of(error: Error, secrets: &[Option<SecretString>]) -> Self {
        let status = error.status();
        let Some(api) = error.api() else {
            return error.into();
        };
        let members = api.json::<Map<String, Value>>().ok();
        let refusal = members.and_then(|members| OAuthError::refusal(&members, secrets));
        let error = refusal.unwrap_or_else(|| OAuthError::new("the server refused"));
        error.with_status(status)
    }

    /// The error in an answer (RFC 6749, section 5.2), without the secrets.
    pub(super) fn refusal(
        members: &Map<String, Value>,
        secrets: &[Option<SecretString>],
    ) -> Option<Self> {
        let text = |name: &str| {
            let mut text = members.get(name)?.as_str()?.to_owned();
            for secret in secrets.iter().flatten() {
                let secret = secret.expose_secret();
                if !secret.is_empty() {
                    text = text.replace(secret, "[secret]");
                }
            }
            Some(shorten(&text))
        };
        let code = text("error")?;
        let description = text("error_description");
        let message = description.map_or_else(|| code.clone(), |it| format!("{code}: {it}"));
        Some(OAuthError {
            code: Some(code),
            ..OAuthError::new(&message)
        })
    }

    /// The server's code, such as `invalid_grant`, with which it says that a refresh token has ended:
    /// the user has to consent anew.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The status, if there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        self.status
    }
}

impl From<Error> for OAuthError {
    fn from(error: Error) -> Self {
        OAuthError {
            status: error.status(),
            source: Some(Arc::new(error)),
            ..OAuthError::new("")
        }
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no token")?;
        match (&self.source, self.status) {
            (Some(source), _) => write!(f, ": {source}"),
            (None, Some(status)) => write!(f, ": {status}: {}", self.message),
            (None, None) => write!(f, ": {}", self.message),
        }
    }
}

impl StdError for OAuthError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as &dyn StdError)
    }
}
