//! Where an interface is served: `schemes`, `host` and `basePath` are servers.
//!
//! May not guess a host.

use openapiv3::Server;
use serde_json::{Value, json};

use crate::read::copy::Copy;
use crate::source::Pointer;

/// The servers of a document, https first.
pub(in crate::read) fn servers(copy: &mut Copy<'_>) -> Vec<Server> {
    let urls = urls(copy, &Pointer::root().key("schemes"));
    let server = |url| Server {
        url,
        ..Server::default()
    };
    urls.into_iter().map(server).collect()
}

/// The servers of an operation that has its own `schemes`.
pub(in crate::read) fn own(copy: &mut Copy<'_>, operation: &Pointer) -> Option<Value> {
    let at = operation.key("schemes");
    at.get(copy.root).filter(|schemes| !schemes.is_null())?;
    let own = urls(copy, &at);
    let whole = urls(copy, &Pointer::root().key("schemes"));
    let servers = own.iter().map(|url| json!({"url": url})).collect();
    (own != whole).then_some(servers)
}

fn urls(copy: &mut Copy<'_>, schemes: &Pointer) -> Vec<String> {
    let base = base_path(copy);
    let Some(host) = host(copy) else {
        let path = if base.is_empty() { "/" } else { &base };
        return vec![path.to_owned()];
    };
    let mut known: Vec<&str> = Vec::new();
    for scheme in listed(copy, schemes) {
        match scheme.to_ascii_lowercase().as_str() {
            "https" => known.insert(0, "https"),
            "http" => known.push("http"),
            _ => {
                let message = format!("`{scheme}` is no scheme this client speaks");
                copy.report
                    .note("unused-scheme", schemes, message, "it is left out");
            }
        }
    }
    known.dedup();
    if known.is_empty() {
        known.push("https");
    }
    let url = |scheme| format!("{scheme}://{host}{base}");
    known.into_iter().map(url).collect()
}

fn listed(copy: &mut Copy<'_>, at: &Pointer) -> Vec<String> {
    let Some(value) = at.get(copy.root).filter(|value| !value.is_null()) else {
        return Vec::new();
    };
    let texts = copy.texts(value, at).unwrap_or_default();
    let texts = texts.as_array().into_iter().flatten();
    texts
        .filter_map(|text| text.as_str().map(str::to_owned))
        .collect()
}

fn text(copy: &mut Copy<'_>, field: &str) -> Option<String> {
    let at = Pointer::root().key(field);
    let value = at.get(copy.root).filter(|value| !value.is_null())?;
    let text = copy.text(value, &at)?;
    text.as_str().map(|text| text.trim().to_owned())
}

fn host(copy: &mut Copy<'_>) -> Option<String> {
    let text = text(copy, "host")?;
    let host = match text.split_once("://") {
        Some((_, host)) => {
            let message = "`host` has a scheme, which belongs to `schemes`";
            let at = Pointer::root().key("host");
            copy.report
                .note("mended-host", &at, message, "it is left out");
            host
        }
        None => &text,
    };
    let host = host.trim_end_matches('/');
    (!host.is_empty()).then(|| host.to_owned())
}

/// The path all others begin with, without a slash at its end.
fn base_path(copy: &mut Copy<'_>) -> String {
    let text = text(copy, "basePath").unwrap_or_default();
    let path = text.trim_matches('/');
    if path.is_empty() {
        return String::new();
    }
    if !text.starts_with('/') {
        let message = format!("the path `{text}` does not start with a slash");
        let at = Pointer::root().key("basePath");
        let help = "it is read as if it did";
        copy.report.note("path-without-slash", &at, message, help);
    }
    format!("/{path}")
}
