//! Addresses of texts, as references give them: where one leads from a text that has an address.
//!
//! May not look whether anything is there.

use std::borrow::Cow;
use std::fmt;
use std::path::Path;

use percent_encoding::percent_decode_str;
use url::Url;

use super::Source;

/// Where a text is, seen from the document: a path relative to the document's folder, with forward
/// slashes, the same on every machine; or a URL.
///
/// For example: `schemas/pet.yaml`, `../common.yaml`, `https://example.com/common.json`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Address(String);

impl Address {
    /// That of a document: its file name, or the URL it came from.
    pub fn of(document: &Source) -> Self {
        match Url::parse(&document.name) {
            Ok(url) if url.has_host() => Address(url.into()),
            Ok(_) | Err(_) => {
                let name = document.name.rsplit(['/', '\\']).next();
                Address(name.unwrap_or_default().to_owned())
            }
        }
    }

    /// Where a reference leads from here, and its fragment. An address that makes no sense is kept as
    /// it stands: nothing will be there.
    pub fn join<'r>(&self, reference: &'r str) -> (Self, Option<&'r str>) {
        let (path, fragment) = match reference.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (reference, None),
        };
        let address = if path.is_empty() {
            self.clone()
        } else if has_scheme(path) {
            Address(Url::parse(path).map_or_else(|_| path.to_owned(), String::from))
        } else if self.is_url() {
            let base = Url::parse(&self.0).and_then(|base| base.join(path));
            Address(base.map_or_else(|_| path.to_owned(), String::from))
        } else {
            Address(beside(&self.0, &decode(path)))
        };
        (address, fragment)
    }

    /// The same file, where a path leaves the document's folder only to come back to it; `folder` is
    /// that folder, links followed.
    ///
    /// For example: `../api/pet.yaml` is `pet.yaml` in a folder called `api`.
    pub fn within(&self, folder: &Path) -> Self {
        let steps: Vec<&str> = self.0.split('/').collect();
        let up = steps.iter().take_while(|step| **step == "..").count();
        let (Some(outer), Some((_, down))) = (
            folder.iter().count().checked_sub(up),
            steps[up..].split_last(),
        ) else {
            return self.clone();
        };
        let names = folder.iter().skip(outer);
        let back = names.zip(down).take_while(|(name, step)| *name == **step);
        let back = back.count();
        Address(
            [&steps[..up - back], &steps[up + back..]]
                .concat()
                .join("/"),
        )
    }

    /// Whether it is no path.
    pub fn is_url(&self) -> bool {
        has_scheme(&self.0)
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether a reference begins like `https:`. A single letter is a drive of Windows; it is no path
/// that could lead beneath a folder, so it counts as a scheme too.
fn has_scheme(reference: &str) -> bool {
    let Some((scheme, _)) = reference.split_once(':') else {
        return false;
    };
    let mut letters = scheme.chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic())
        && letters.all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

/// A path as it reads from the folder of another one.
fn beside(from: &str, path: &str) -> String {
    let path = path.replace('\\', "/");
    if path.starts_with('/') {
        return path;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != "..") => {
                steps.pop();
            }
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leads_from_one_text_to_another() {
        let check = |from: &str, reference: &str, wanted: &str, fragment: Option<&str>| {
            let (address, found) = Address(from.to_owned()).join(reference);
            assert_eq!(
                (address.as_str(), found),
                (wanted, fragment),
                "{from} {reference}"
            );
        };
        check("api.yaml", "#/a", "api.yaml", Some("/a"));
        check("api.yaml", "./schemas/pet.yaml", "schemas/pet.yaml", None);
        check("a/b/c.yaml", "../d.yaml#/X", "a/d.yaml", Some("/X"));
        check("a/c.yaml", "../../d.yaml", "../d.yaml", None);
        check("a.yaml", "x/.././y%20z.yaml#", "y z.yaml", Some(""));
        check("a.yaml", ".\\x\\y.yaml", "x/y.yaml", None);
        check("a/b.yaml", "/etc/passwd", "/etc/passwd", None);
        check("a.yaml", "https://h/a/../b#c", "https://h/b", Some("c"));
        check("https://h/a/b.json", "../c.json", "https://h/c.json", None);
        check(
            "https://h/a/b.json",
            "#/x",
            "https://h/a/b.json",
            Some("/x"),
        );
        check("a.yaml", "C:\\x.yaml", "c:\\x.yaml", None);
        check("urn:a:b", "c", "c", None);
    }

    #[test]
    fn comes_back_to_its_folder() {
        let check = |address: &str, wanted: &str| {
            let address = Address(address.to_owned());
            assert_eq!(address.within(Path::new("/x/spec/api")).0, wanted);
        };
        check("../api/pet.yaml", "pet.yaml");
        check("../../spec/api/a/b.yaml", "a/b.yaml");
        check("../../spec/other/b.yaml", "../other/b.yaml");
        check("../common.yaml", "../common.yaml");
        check("../api", "../api");
        check("../../api/b.yaml", "../../api/b.yaml");
        check(
            "../../../../../x/spec/api/b.yaml",
            "../../../../../x/spec/api/b.yaml",
        );
        check("pet.yaml", "pet.yaml");
    }

    #[test]
    fn of_a_document() {
        let of = |name: &str| Address::of(&Source::new(name, "")).0;
        assert_eq!(of("spec/api.yaml"), "api.yaml");
        assert_eq!(of("C:\\spec\\api.yaml"), "api.yaml");
        assert_eq!(of("https://h/a.json"), "https://h/a.json");
        assert_eq!(of("<stdin>"), "<stdin>");
    }
}
