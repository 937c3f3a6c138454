//! Which credentials a call shows, and where they are put.

use std::sync::Arc;

use super::credential::{self, ExposeSecret, Origin, SecretSpot, SecretString};
use super::error::Error;
use super::request::Request;
use super::transport::header::{AUTHORIZATION, COOKIE, HeaderMap, HeaderName, HeaderValue};
use super::{client, escape};

/// A secret that a call shows.
pub(super) struct Shown {
    scheme: usize,
    spot: SecretSpot,
    secret: Arc<SecretString>,
}

impl Request {
    /// The secrets that this call shows, asked of their providers now.
    pub(super) async fn secrets(&self) -> Result<Vec<Shown>, Error> {
        let client = &self.client.inner;
        let security = client.security;
        let has = |index: usize| {
            let given = client.credentials.get(index).is_some_and(Option::is_some);
            let scheme = security.schemes.get(index);
            given || scheme.is_some_and(|scheme| self.brings(scheme.spot))
        };
        let alternatives = self.security.unwrap_or(security.default);
        let chosen = credential::choose(security, alternatives, has)
            .map_err(|missing| self.without_credential(missing))?;
        let mut shown = Vec::new();
        for &scheme in chosen {
            let Some(credential) = &client.credentials[scheme] else {
                continue;
            };
            let spot = security.schemes[scheme].spot;
            let secret = match &credential.0 {
                // It fits: otherwise the client is not built, and so it is below.
                Origin::Fixed(secret) => secret.clone(),
                Origin::Provided(provider) => {
                    let secret = provider.secret().await;
                    let secret =
                        secret.map_err(|source| self.without_secret(scheme, Some(source)))?;
                    if !client::fits(spot, secret.expose_secret()) {
                        return Err(self.without_secret(scheme, None));
                    }
                    Arc::new(secret)
                }
                Origin::Missing(_) => continue,
            };
            shown.push(Shown {
                scheme,
                spot,
                secret,
            });
        }
        Ok(shown)
    }

    /// Whether the caller has put something there by hand.
    fn brings(&self, spot: SecretSpot) -> bool {
        let has = |name: &str| {
            self.headers.contains_key(name) || self.client.inner.headers.contains_key(name)
        };
        match spot {
            SecretSpot::Authorization(_) => has(AUTHORIZATION.as_str()),
            SecretSpot::Header(name) => has(name),
            SecretSpot::Query(name) => self.query_value(name).is_some(),
            SecretSpot::Cookie(_) => false,
        }
    }

    /// Whether it asks for nothing, so that what the client has for every call stays at home.
    pub(super) fn asks_for_nothing(&self) -> bool {
        let security = self.client.inner.security;
        !security.schemes.is_empty() && self.security.unwrap_or(security.default).is_empty()
    }

    /// Tells the providers of these secrets that the server refused them; whether there is one, so
    /// that another try may do better.
    pub(super) fn refuse(&self, shown: &[Shown]) -> bool {
        let mut any = false;
        for it in shown {
            let credential = &self.client.inner.credentials[it.scheme];
            if let Some(Origin::Provided(provider)) = credential.as_ref().map(|it| &it.0) {
                provider.refused(&it.secret);
                any = true;
            }
        }
        any
    }

    fn without_credential(&self, missing: String) -> Error {
        Error::Credentials {
            call: Some(self.call),
            missing: missing.into(),
            source: None,
        }
    }

    fn without_secret(
        &self,
        scheme: usize,
        source: Option<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Error {
        let name = self.client.inner.security.schemes[scheme].name;
        let what = if source.is_some() {
            "no secret"
        } else {
            "a secret that cannot be sent"
        };
        Error::Credentials {
            call: Some(self.call),
            missing: format!("the provider for `{name}` gave {what}").into(),
            source,
        }
    }
}

/// Puts the secrets that belong there into headers, marked as sensitive. A header that the call
/// brings by itself wins; cookies are added to.
pub(super) fn show_in_headers(shown: &[Shown], own: &HeaderMap, headers: &mut HeaderMap) {
    for it in shown {
        let secret = it.secret.expose_secret();
        match it.spot {
            SecretSpot::Authorization(word) if !own.contains_key(AUTHORIZATION) => {
                set(headers, AUTHORIZATION, [word, " ", secret].concat());
            }
            // Names are the document's.
            SecretSpot::Header(name) if !own.contains_key(name) => {
                if let Ok(name) = HeaderName::try_from(name) {
                    set(headers, name, secret.to_owned());
                }
            }
            SecretSpot::Cookie(name) => {
                let cookie = format!("{name}={}", escape::encode(secret));
                let before = headers.get(COOKIE).and_then(|it| it.to_str().ok());
                let cookies = before.map(|before| format!("{before}; {cookie}"));
                set(headers, COOKIE, cookies.unwrap_or(cookie));
            }
            SecretSpot::Authorization(_) | SecretSpot::Header(_) | SecretSpot::Query(_) => {}
        }
    }
}

/// The secrets that go into the query: names and values, encoded.
pub(super) fn shown_in_query(shown: &[Shown]) -> impl Iterator<Item = (String, String)> {
    shown.iter().filter_map(|it| match it.spot {
        SecretSpot::Query(name) => Some((
            escape::encode(name),
            escape::encode(it.secret.expose_secret()),
        )),
        _ => None,
    })
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: String) {
    // The client saw to it that secrets fit.
    if let Ok(mut value) = HeaderValue::try_from(value) {
        value.set_sensitive(true);
        headers.insert(name, value);
    }
}

/// The text with the secrets blotted out, should a server have put them there.
pub(super) fn redact(mut text: String, shown: &[Shown]) -> String {
    for it in shown {
        let secret = it.secret.expose_secret();
        if text.contains(secret) {
            text = text.replace(secret, "[secret]");
        }
    }
    text
}
