//! JSON pointers (RFC 6901): the address of a node, in every message and between all stages.
//!
//! May not look at a text.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// Where the files that a document refers to stand, once they are read: at its root, by their address.
/// Only pointers know: a reader sees `schemas/pet.yaml#/Pet`.
const FILES: &str = "x-restwright-files";

/// A JSON pointer. The root is the empty one. It leads into the document, or into a file beside it.
///
/// For example: `#/paths/~1a/get`, the `get` of the path `/a`; `schemas/pet.yaml#/Pet`, the `Pet` of
/// that file.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Pointer::default()
    }

    /// The root of a file, by its address.
    pub fn of_file(address: &str) -> Self {
        Pointer::files().key(address)
    }

    /// Where all files stand.
    pub fn files() -> Self {
        Pointer::root().key(FILES)
    }

    /// Reads `#/a/b` (percent-decoded, as in a `$ref`), `/a/b` (as it stands), or `file#/a/b`.
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.starts_with('/') {
            return Some(Pointer(text.to_owned()));
        }
        let (address, fragment) = text.split_once('#')?;
        let decoded = decode(fragment);
        if !(decoded.is_empty() || decoded.starts_with('/')) {
            return None;
        }
        let mut pointer = match address {
            "" => Pointer::root(),
            address if address.contains("://") => Pointer::of_file(address),
            address => Pointer::of_file(&decode(address)),
        };
        pointer.0.push_str(&decoded);
        Some(pointer)
    }

    /// The address of the file this leads into and the pointer in that file; none in the document.
    pub fn file(&self) -> Option<(String, Pointer)> {
        let rest = self.0.strip_prefix('/')?.strip_prefix(FILES)?;
        let rest = rest.strip_prefix('/')?;
        let end = rest.find('/').unwrap_or(rest.len());
        let address = unescape(&rest[..end]).into_owned();
        Some((address, Pointer(rest[end..].to_owned())))
    }

    /// The node that `inner` leads to from this one.
    pub fn join(&self, inner: &Pointer) -> Self {
        Pointer(format!("{}{}", self.0, inner.0))
    }

    /// Whether this is `above` or a node in it.
    pub fn is_in(&self, above: &Pointer) -> bool {
        let rest = self.0.strip_prefix(&above.0);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// The member `key` of this node.
    pub fn key(&self, key: &str) -> Self {
        let mut pointer = String::with_capacity(self.0.len() + key.len() + 1);
        pointer.push_str(&self.0);
        pointer.push('/');
        if !key.contains(['~', '/']) {
            pointer.push_str(key);
            return Pointer(pointer);
        }
        for part in key.chars() {
            match part {
                '~' => pointer.push_str("~0"),
                '/' => pointer.push_str("~1"),
                part => pointer.push(part),
            }
        }
        Pointer(pointer)
    }

    /// The element `i` of this node.
    pub fn index(&self, i: usize) -> Self {
        Pointer(format!("{}/{i}", self.0))
    }

    /// As it is written in RFC 6901, without a `#`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The node this one is a member or an element of.
    pub fn parent(&self) -> Option<Self> {
        let end = self.0.rfind('/')?;
        Some(Pointer(self.0[..end].to_owned()))
    }

    /// The keys and indices on the way, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.steps().map(Cow::into_owned)
    }

    fn steps(&self) -> impl Iterator<Item = Cow<'_, str>> {
        self.0.split('/').skip(1).map(unescape)
    }

    /// The last key or index, unescaped.
    pub fn last(&self) -> Option<String> {
        let (_, last) = self.0.rsplit_once('/')?;
        Some(unescape(last).into_owned())
    }

    /// The node this leads to.
    pub fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        // What `Value::pointer` does, without making each step anew: this is asked for every reference.
        self.steps().try_fold(root, |value, step| match value {
            Value::Object(members) => member(members, &step),
            Value::Array(elements) => elements.get(index(&step)?),
            _ => None,
        })
    }

    /// The node this leads to, to be changed.
    pub fn get_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        root.pointer_mut(&self.0)
    }
}

impl fmt::Display for Pointer {
    /// As a reference, so that [`Pointer::parse`] reads back the same pointer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file() {
            None if self.0.contains('%') => write!(f, "#{}", self.0.replace('%', "%25")),
            None => {
                f.write_str("#")?;
                f.write_str(&self.0)
            }
            Some((address, inner)) if address.contains("://") => write!(f, "{address}{inner}"),
            Some((address, inner)) => {
                let address = address.replace('%', "%25").replace('#', "%23");
                write!(f, "{address}{inner}")
            }
        }
    }
}

/// With more members than that, one is looked up by its hash; of few, comparing them costs less.
const FEW: usize = 12;

/// A member of an object.
pub fn member<'v>(members: &'v Map<String, Value>, key: &str) -> Option<&'v Value> {
    match members.len() {
        0..=FEW => members
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, value)| value),
        _ => members.get(key),
    }
}

fn unescape(step: &str) -> Cow<'_, str> {
    match step.contains('~') {
        true => step.replace("~1", "/").replace("~0", "~").into(),
        false => step.into(),
    }
}

/// The index that a step is, written as RFC 6901 has it.
fn index(step: &str) -> Option<usize> {
    let odd = step.starts_with('+') || (step.starts_with('0') && step.len() > 1);
    if odd { None } else { step.parse().ok() }
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text)
        .decode_utf8()
        .unwrap_or(Cow::Borrowed(text))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_fragments() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(
                Pointer::parse(text).map(|pointer| pointer.0).as_deref(),
                expected,
                "{text}"
            );
        };
        check("", Some(""));
        check("#", Some(""));
        check("#/a/b", Some("/a/b"));
        check("/a/b", Some("/a/b"));
        check("#/a%20b/%7Bc%7D", Some("/a b/{c}"));
        check("#/100%", Some("/100%"));
        check("/a%20b", Some("/a%20b"));
        check("a/b", None);
        check("other.yaml#a", None);
    }

    #[test]
    fn leads_into_files() {
        for (text, address, inner) in [
            ("a/b.yaml#/Pet/x", "a/b.yaml", "#/Pet/x"),
            ("../a%20b%23.yaml#", "../a b#.yaml", "#"),
            (
                "https://a.example/b%20c#/d",
                "https://a.example/b%20c",
                "#/d",
            ),
        ] {
            let pointer = Pointer::parse(text).unwrap();
            let (file, rest) = pointer.file().unwrap();
            assert_eq!((file.as_str(), rest.to_string().as_str()), (address, inner));
            assert_eq!(Pointer::of_file(address).join(&rest), pointer);
            assert_eq!(Pointer::parse(&pointer.to_string()), Some(pointer));
        }
        assert_eq!(Pointer::of_file("a~b/c").to_string(), "a~b/c#");
        assert_eq!(Pointer::root().key("paths").file(), None);
        assert_eq!(Pointer::files().file(), None);
        let pet = Pointer::parse("#/Pet").unwrap();
        assert!(pet.key("x").is_in(&pet) && pet.is_in(&pet));
        assert!(!Pointer::parse("#/Pets").unwrap().is_in(&pet));
    }

    #[test]
    fn escapes_and_goes_back() {
        let pointer = Pointer::root()
            .key("paths")
            .key("/a~b%2F")
            .key("get")
            .index(2);
        assert_eq!(pointer.to_string(), "#/paths/~1a~0b%252F/get/2");
        assert_eq!(Pointer::parse(&pointer.to_string()), Some(pointer.clone()));
        assert_eq!(
            pointer.segments().collect::<Vec<_>>(),
            ["paths", "/a~b%2F", "get", "2"]
        );
        assert_eq!(pointer.last().as_deref(), Some("2"));
        assert_eq!(pointer.parent().unwrap().last().as_deref(), Some("get"));
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::root().last(), None);
    }

    #[test]
    fn finds_nodes() {
        let root = json!({"a/b": [1, {"": 2}]});
        assert_eq!(
            Pointer::root().key("a/b").index(1).key("").get(&root),
            Some(&json!(2))
        );
        assert_eq!(Pointer::root().key("a/b").index(7).get(&root), None);
        // The same as the library finds, whatever is asked.
        for text in [
            "",
            "/",
            "/a~1b",
            "/a~1b/0",
            "/a~1b/00",
            "/a~1b/+0",
            "/a~1b/-",
            "/a~1b/1/",
            "/a~1b/0/x",
            "/b",
        ] {
            let pointer = Pointer::parse(text).unwrap();
            assert_eq!(pointer.get(&root), root.pointer(text), "{text}");
        }
    }
}
