//! How a client proves who it is: the schemes of a document, the secrets that a client has for them,
//! and which of them a call shows.
//!
//! Knows no HTTP library; [`send`](super::send) puts each proof where its scheme wants it.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
pub use secrecy::{ExposeSecret, SecretString};

use super::boxed::BoxFuture;

/// What a document says about proving who is calling.
#[derive(Debug)]
pub struct Security {
    /// The ways to do so.
    pub schemes: &'static [Scheme],
    /// What an operation asks for that does not say so itself.
    pub default: Alternatives,
}

/// Positions in [`Security::schemes`]: each list is enough, if all of it is shown. An empty list asks
/// for nothing, and so do no lists at all.
pub type Alternatives = &'static [&'static [usize]];

/// A document that has no schemes.
pub static OPEN: Security = Security {
    schemes: &[],
    default: &[],
};

/// A way to prove who is calling.
#[derive(Debug)]
pub struct Scheme {
    /// Its name in the document.
    pub name: &'static str,
    /// The function of the client's builder that takes its secret.
    pub setter: &'static str,
    /// Where its secret goes.
    pub spot: SecretSpot,
}

/// Where a secret goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecretSpot {
    /// Into the header `Authorization`, behind this word.
    Authorization(&'static str),
    /// Into this header.
    Header(&'static str),
    /// Into this query parameter.
    Query(&'static str),
    /// Into this cookie.
    Cookie(&'static str),
}

/// A secret, or who gives it.
///
/// Made of a text, of a [`SecretString`] or of a [`CredentialProvider`]. It shows nowhere, and its
/// memory is wiped when it is dropped.
#[derive(Clone)]
pub struct Credential(pub(super) Origin);

#[derive(Clone)]
pub(super) enum Origin {
    Fixed(Arc<SecretString>),
    Provided(Arc<dyn CredentialProvider>),
    /// The environment variable of this name gives none.
    Missing(String),
}

/// Gives the secret of a scheme anew for each call, such as a token that ends.
pub trait CredentialProvider: Send + Sync + 'static {
    /// The secret for a call that is about to be sent.
    ///
    /// # Errors
    /// There is none; the call is then not sent. The text of the error stands in that of the call's.
    fn secret(&self) -> SecretFuture<'_>;

    /// A server answered 401 to a call that showed this secret. The call is sent once more, with what
    /// [`secret`](Self::secret) gives then.
    fn refused(&self, secret: &SecretString) {
        let _ = secret;
    }
}

/// A secret to come.
pub type SecretFuture<'a> = BoxFuture<'a, Result<SecretString, Box<dyn StdError + Send + Sync>>>;

impl Credential {
    /// The secret that the environment variable holds now; space around it is left out.
    ///
    /// Without such a variable the client cannot be built.
    pub fn from_env(name: impl Into<String>) -> Self {
        let name = name.into();
        match std::env::var(&name) {
            Ok(secret) if !secret.trim().is_empty() => secret.into(),
            _ => Credential(Origin::Missing(name)),
        }
    }

    /// A name and a password, as the scheme `Basic` shows them.
    pub fn basic(username: impl AsRef<str>, password: impl Into<SecretString>) -> Self {
        basic_pair(username.as_ref(), &password.into()).into()
    }
}

/// A name and a password behind the word `Basic`.
pub(super) fn basic_pair(username: &str, password: &SecretString) -> SecretString {
    let pair = format!("{username}:{}", password.expose_secret());
    BASE64_STANDARD.encode(pair).into()
}

impl From<&str> for Credential {
    fn from(secret: &str) -> Self {
        Credential(Origin::Fixed(Arc::new(secret.trim().into())))
    }
}

impl From<String> for Credential {
    fn from(secret: String) -> Self {
        SecretString::from(secret).into()
    }
}

impl From<SecretString> for Credential {
    fn from(secret: SecretString) -> Self {
        secret.expose_secret().into()
    }
}

impl<P: CredentialProvider> From<P> for Credential {
    fn from(provider: P) -> Self {
        Credential(Origin::Provided(Arc::new(provider)))
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match &self.0 {
            Origin::Fixed(_) => "Credential(fixed)",
            Origin::Provided(_) => "Credential(provided)",
            Origin::Missing(_) => "Credential(missing)",
        })
    }
}

/// The schemes that a call shows: the first list of which it has everything. `has` tells whether it
/// has a scheme's secret.
///
/// `Err` says what is missing.
pub(crate) fn choose(
    security: &Security,
    alternatives: Alternatives,
    has: impl Fn(usize) -> bool,
) -> Result<&'static [usize], String> {
    let whole = |list: &[usize]| !list.is_empty() && list.iter().all(|index| has(*index));
    if let Some(list) = alternatives.iter().find(|list| whole(list)) {
        return Ok(list);
    }
    let asks = !alternatives.is_empty() && alternatives.iter().all(|list| !list.is_empty());
    if asks {
        return Err(missing(security, alternatives));
    }
    Ok(&[])
}

fn missing(security: &Security, alternatives: Alternatives) -> String {
    let lists = alternatives.iter().map(|list| {
        let setters = list.iter().filter_map(|index| security.schemes.get(*index));
        let setters: Vec<String> = setters.map(|it| format!("`{}`", it.setter)).collect();
        setters.join(" and ")
    });
    let lists: Vec<String> = lists.collect();
    format!(
        "the operation needs credentials: give the client's builder {}",
        lists.join(", or ")
    )
}
