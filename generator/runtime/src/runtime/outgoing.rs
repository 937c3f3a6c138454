//! What goes out for a [`Request`]: address and headers.

use std::borrow::Cow;

use super::authorize::{self, Shown};
use super::client::directory;
use super::error::Error;
use super::exchange::{Outgoing, Wants};
use super::request::Request;
use super::transport::header::{
    ACCEPT, AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue,
};
use super::transport::{Method, Url};

impl Request {
    /// The call as it goes out, or all that is wrong with it.
    pub(super) fn outgoing(
        &self,
        accept: &'static str,
        wants: Wants,
        shown: &[Shown],
    ) -> Result<Outgoing, Error> {
        let mut faults = self.faults.clone();
        faults.extend(self.refused.values().flatten().cloned());
        let method = Method::from_bytes(self.call.method.as_bytes())
            .map_err(|_| faults.push(format!("`{}` is no method", self.call.method)));
        let url = self.url(shown, &mut faults);
        let (Ok(method), Some(url), true) = (method, url, faults.is_empty()) else {
            return Err(Error::Invalid {
                call: Some(self.call),
                faults,
            });
        };
        let client = &self.client.inner;
        Ok(Outgoing {
            operation: self.call.operation,
            method,
            url,
            headers: self.all_headers(accept, shown),
            body: self.body.as_ref().map(|(_, body)| body.clone()),
            timeout: self.timeout.unwrap_or(client.timeout),
            chunk_timeout: self.timeout.unwrap_or(client.timeout),
            wants,
        })
    }

    fn all_headers(&self, accept: &'static str, shown: &[Shown]) -> HeaderMap {
        let client = &self.client.inner;
        let mut headers = client.headers.clone();
        headers.insert(
            ACCEPT,
            HeaderValue::from_static(self.accept.unwrap_or(accept)),
        );
        match (&self.body, self.call.method) {
            (Some((content_type, _)), _) => {
                headers.insert(CONTENT_TYPE, content_type.clone());
            }
            // Some servers refuse such a call without a length.
            (None, "POST" | "PUT" | "PATCH") => {
                headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            (None, _) => {}
        }
        if self.asks_for_nothing() {
            headers.remove(AUTHORIZATION);
        }
        if !self.headers.is_empty() {
            headers.extend(self.headers.clone());
        }
        authorize::show_in_headers(shown, &self.headers, &mut headers);
        headers
    }

    /// Where the path is appended.
    fn base_url(&self, faults: &mut Vec<String>) -> Cow<'_, Url> {
        let client = &self.client.inner;
        let Some(own) = self.server else {
            return Cow::Borrowed(&client.base_url);
        };
        let same = |from: &str| from.trim_end_matches('/') == own.trim_end_matches('/');
        let instead = client.servers.iter().rev().find(|(from, _)| same(from));
        if let Some((_, to)) = instead {
            return Cow::Borrowed(to);
        }
        // What is relative starts from the client's own address.
        match client.base_url.join(own) {
            Ok(url) => Cow::Owned(directory(url)),
            Err(error) => {
                faults.push(format!("the address of the operation's server: {error}"));
                Cow::Borrowed(&client.base_url)
            }
        }
    }

    pub(super) fn url(&self, shown: &[Shown], faults: &mut Vec<String>) -> Option<Url> {
        for unfilled in self.path.split('{').skip(1) {
            let name = unfilled.split('}').next().unwrap_or(unfilled);
            faults.push(format!("path parameter `{name}` is not given"));
        }
        // An address cannot hold them, encoded or not: they are taken for steps up the path.
        let mut segments = self.path.split('/');
        let step = |segment| matches!(segment, "." | "..");
        if self.path.contains('.') && segments.any(step) {
            faults.push("a path parameter makes a segment `.` or `..`".to_owned());
        }
        let base = match &self.at {
            Some(at) => Cow::Borrowed(at),
            None => self.base_url(faults),
        };
        base.join(&self.beneath(shown))
            .map_err(|error| faults.push(format!("the address: {error}")))
            .ok()
    }

    /// Path and query, relative to what they are appended to.
    fn beneath(&self, shown: &[Shown]) -> String {
        let query = self.query.iter();
        let length = query.map(|(name, value)| name.len() + value.len() + 2);
        let mut text = String::with_capacity(self.path.len() + 2 + length.sum::<usize>());
        if self.at.is_none() {
            // Whatever the path begins with, it is no scheme and no host.
            text.push_str("./");
            text.push_str(self.path.strip_prefix('/').unwrap_or(&self.path));
        }
        let mut separator = if text.contains('?') { '&' } else { '?' };
        let mut add = |name: &str, value: &str| {
            text.push(separator);
            // What has no name is all of the query.
            if !name.is_empty() {
                text.push_str(name);
                text.push('=');
            }
            text.push_str(value);
            separator = '&';
        };
        for (name, value) in &self.query {
            add(name, value);
        }
        for (name, value) in authorize::shown_in_query(shown) {
            add(&name, &value);
        }
        text
    }
}
