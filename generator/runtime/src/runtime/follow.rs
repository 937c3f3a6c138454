//! Where an answer leads: the `next` of a header `Link`, and the call that follows an address.

use super::credential::SecretSpot;
use super::error::Error;
use super::escape;
use super::request::Request;
use super::transport::Url;
use super::transport::header::{HeaderMap, LINK};

/// The address of the first link with `rel="next"` (RFC 8288), as it stands there.
pub(super) fn next(headers: &HeaderMap) -> Option<String> {
    let texts = headers.get_all(LINK).iter();
    let mut texts = texts.filter_map(|value| value.to_str().ok());
    texts.find_map(next_of)
}

fn next_of(mut rest: &str) -> Option<String> {
    while let Some((_, link)) = rest.split_once('<') {
        let (address, after) = link.split_once('>')?;
        let (parameters, others) = cut(after, ',');
        if is_next(parameters) {
            return Some(address.trim().to_owned());
        }
        rest = others;
    }
    None
}

/// Whether `rel` has the word.
fn is_next(mut parameters: &str) -> bool {
    while !parameters.is_empty() {
        let (parameter, others) = cut(parameters, ';');
        parameters = others;
        let Some((name, value)) = parameter.split_once('=') else {
            continue;
        };
        // Only the first one counts.
        if name.trim().eq_ignore_ascii_case("rel") {
            let mut words = value.trim().trim_matches('"').split_ascii_whitespace();
            return words.any(|word| word.eq_ignore_ascii_case("next"));
        }
    }
    false
}

/// What stands before and after the first separator that is not within quotes.
fn cut(text: &str, separator: char) -> (&str, &str) {
    let (mut quoted, mut escaped) = (false, false);
    for (index, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            _ if c == separator && !quoted => {
                let rest = text.get(index + c.len_utf8()..);
                return (text.get(..index).unwrap_or(text), rest.unwrap_or_default());
            }
            _ => {}
        }
    }
    (text, "")
}

impl Request {
    /// The same call, with its headers, body and credentials, to an address from an answer. One that
    /// is relative starts from the address of this call.
    ///
    /// The operation's own path is that of this call, with whatever the base URL has before it.
    /// It is followed within the same scheme, host and port, as a redirect is: what the call carries
    /// reaches no other server.
    pub(super) fn follow(mut self, address: &str) -> Result<Self, Error> {
        let mut faults = Vec::new();
        let at = self.at.take();
        let own = self.url(&[], &mut faults);
        let here = at.as_ref().or(own.as_ref());
        let next = here.and_then(|here| here.join(address).ok());
        let (Some(mut own), Some(next)) = (own, next) else {
            faults.push("the address of the next page cannot be read".to_owned());
            return Err(self.refused(faults));
        };
        if next.origin() != own.origin() {
            let (there, own) = (next.origin(), own.origin());
            let (there, own) = (there.ascii_serialization(), own.ascii_serialization());
            faults.push(format!(
                "the next page is at {there}: only {own} is shown what the call carries"
            ));
            return Err(self.refused(faults));
        }
        // A server behind a proxy does not know the path that the base URL begins with.
        if next.path() != self.path {
            own.set_path(next.path());
        }
        own.set_query(None);
        self.query = self.followed_query(next.query().unwrap_or_default());
        self.at = Some(own);
        Ok(self)
    }

    /// The query of the address; secrets are put there by the call, not by the server.
    fn followed_query(&self, query: &str) -> Vec<(String, String)> {
        let schemes = self.client.inner.security.schemes;
        let is_secret = |name: &str| {
            let name = escape::decode(name);
            schemes
                .iter()
                .any(|scheme| matches!(scheme.spot, SecretSpot::Query(secret) if secret == name))
        };
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs = pairs.map(|pair| match pair.split_once('=') {
            Some((name, value)) => (name.to_owned(), value.to_owned()),
            None => (String::new(), pair.to_owned()),
        });
        let own = self.query.iter().filter(|(name, _)| is_secret(name));
        pairs
            .filter(|(name, _)| !is_secret(name))
            .chain(own.cloned())
            .collect()
    }

    fn refused(&self, faults: Vec<String>) -> Error {
        Error::Invalid {
            call: Some(self.call),
            faults,
        }
    }
}
