//! Which addresses may be asked at all.
//!
//! May not look where a name leads.

use url::Url;

use crate::source::Absent;

/// The host of an address, where it is one.
pub(super) fn host(address: &str) -> Option<String> {
    Url::parse(address).ok()?.host_str().map(str::to_owned)
}

/// An address, if it may be asked at all.
pub(super) fn check(address: &str) -> Result<Url, Absent> {
    let absent = |reason: String, help: &str| {
        Err(Absent {
            code: "remote-reference",
            refused: false,
            reason,
            help: help.to_owned(),
        })
    };
    match Url::parse(address) {
        Ok(url) if url.scheme() == "http" => absent(
            format!("{address} is no HTTPS address"),
            "use https, or save the text beside the document",
        ),
        Ok(url) if url.scheme() == "https" => {
            if !url.username().is_empty() || url.password().is_some() {
                return absent(
                    "the address has credentials in it".to_owned(),
                    "save the text beside the document",
                );
            }
            Ok(url)
        }
        Ok(_) | Err(_) => absent(
            format!("nothing can be read from `{address}`, and no `$id` says so"),
            "correct the reference",
        ),
    }
}
