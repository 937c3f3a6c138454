//! `extends`: the document that an overlay says it is for.
//!
//! May not read it, and may not object where two names can be those of one document.

use serde_json::{Map, Value};
use url::Url;

use super::Context;
use crate::report::Severity;
use crate::source::{Address, Pointer, Source};

/// The document that an overlay says it is for: a path, as that of the overlay is given, or a URL.
///
/// For example `spec/api.yaml` for `extends: ./api.yaml` in `spec/fixes.yaml`.
pub fn extends(overlay: &Source) -> Option<String> {
    let value = overlay.parse().ok()?;
    let reference = value.get("extends")?.as_str()?;
    Some(resolved(overlay, reference))
}

/// Tells where an overlay is clearly for another document.
pub(super) fn check(
    overlay: &Map<String, Value>,
    document: &Source,
    at: &Pointer,
    cx: &mut Context<'_>,
) {
    let at = at.key("extends");
    let reference = match overlay.get("extends") {
        Some(Value::String(reference)) => reference,
        Some(_) => return cx.warning("bad-overlay-info", &at, "`extends` has to be an address"),
        None => return,
    };
    let wanted = resolved(cx.source, reference);
    if differ(&wanted, &document.name) {
        let message = format!(
            "the overlay is for `{wanted}`, and the document is `{}`",
            document.name
        );
        let help = "name the other document, or correct `extends`; without it, an overlay is for any document";
        let code = "overlay-of-another-document";
        cx.add(Severity::Warning, code, &at, &message, Some(help));
    }
}

/// Where `extends` leads from its overlay.
fn resolved(overlay: &Source, reference: &str) -> String {
    let (address, _) = Address::of(overlay).join(reference);
    let path = address.as_str();
    let folder = match overlay.name.rfind(['/', '\\']) {
        Some(end) if !address.is_url() && !path.starts_with('/') => &overlay.name[..=end],
        _ => "",
    };
    steps(&format!("{folder}{path}"))
}

/// Whether two names are certainly not those of one document. A file may be a copy of what is at an
/// address, and what a path is relative to is not known here.
fn differ(wanted: &str, document: &str) -> bool {
    let url = |name: &str| Url::parse(name).ok().filter(Url::has_host);
    match (url(wanted), url(document)) {
        (Some(wanted), Some(mut document)) => {
            document.set_fragment(None);
            wanted != document
        }
        (Some(_), None) | (None, Some(_)) => false,
        // Standard input has no name.
        (None, None) if document.starts_with('<') => false,
        (None, None) => {
            let document = steps(&document.replace('\\', "/"));
            let comparable = wanted.starts_with('/') == document.starts_with('/')
                && !document.starts_with("..")
                && !wanted.starts_with("..");
            match comparable {
                true => wanted != document,
                false => wanted.rsplit('/').next() != document.rsplit('/').next(),
            }
        }
    }
}

/// A path without detours; a URL stays as it is.
fn steps(path: &str) -> String {
    if Url::parse(path).is_ok_and(|url| url.has_host()) {
        return path.to_owned();
    }
    let mut steps: Vec<&str> = Vec::new();
    for step in path.split('/') {
        match step {
            "." => {}
            "" if !steps.is_empty() => {}
            ".." if steps
                .last()
                .is_some_and(|last| !last.is_empty() && *last != "..") =>
            {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_from_the_overlay() {
        for (overlay, reference, wanted) in [
            ("spec/fixes.yaml", "./api.yaml", "spec/api.yaml"),
            ("fixes.yaml", "api.yaml", "api.yaml"),
            (
                "spec/overlays/a.yaml",
                "../api%20v2.yaml",
                "spec/api v2.yaml",
            ),
            ("spec/a.yaml", "../../api.yaml", "../api.yaml"),
            ("spec/a.yaml", "/x/./api.yaml", "/x/api.yaml"),
            (
                "spec/a.yaml",
                "https://h/x/api.json",
                "https://h/x/api.json",
            ),
        ] {
            let overlay = Source::new(overlay, format!("extends: '{reference}'"));
            assert_eq!(extends(&overlay).as_deref(), Some(wanted), "{reference}");
        }
        assert_eq!(extends(&Source::new("a", "x: [")), None);
        assert_eq!(extends(&Source::new("a", "overlay: 1.1.0")), None);
    }

    #[test]
    fn tells_documents_apart_only_where_that_is_clear() {
        for (wanted, document, apart) in [
            ("spec/api.yaml", "spec/api.yaml", false),
            ("spec/api.yaml", "./spec/x/../api.yaml", false),
            ("spec/api.yaml", "spec/other.yaml", true),
            ("v1/api.yaml", "v2/api.yaml", true),
            ("spec/api.yaml", "/home/x/spec/api.yaml", false),
            ("spec/api.yaml", "../api.yaml", false),
            ("spec/api.yaml", "/home/x/spec/other.yaml", true),
            ("spec/api.yaml", "<stdin>", false),
            ("spec/api.yaml", "https://h/api.json", false),
            ("https://h/api.json", "downloaded.json", false),
            ("https://h/api.json", "https://h/api.json#x", false),
            ("https://h/api.json", "https://h/v2/api.json", true),
        ] {
            assert_eq!(differ(wanted, document), apart, "{wanted} {document}");
        }
    }
}
