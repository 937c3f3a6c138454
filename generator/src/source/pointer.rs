//! JSON pointers (RFC 6901): the address of a node, in every message and between all stages.
//!
//! May not look at a text.

use std::borrow::Cow;
use std::fmt;

use percent_encoding::percent_decode_str;
use serde_json::Value;

/// A JSON pointer. The root is the empty one.
///
/// For example: `#/paths/~1a/get`, the `get` of the path `/a`.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Pointer::default()
    }

    /// Reads `#/a/b` (percent-decoded, as in a `$ref`) or `/a/b` (as it stands).
    pub fn parse(fragment: &str) -> Option<Self> {
        let pointer = match fragment.strip_prefix('#') {
            Some(rest) => percent_decode_str(rest)
                .decode_utf8()
                .unwrap_or(Cow::Borrowed(rest)),
            None => Cow::Borrowed(fragment),
        };
        let well_formed = pointer.is_empty() || pointer.starts_with('/');
        well_formed.then(|| Pointer(pointer.into_owned()))
    }

    /// The member `key` of this node.
    pub fn key(&self, key: &str) -> Self {
        let mut pointer = String::with_capacity(self.0.len() + key.len() + 1);
        pointer.push_str(&self.0);
        pointer.push('/');
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

    /// The node this one is a member or an element of.
    pub fn parent(&self) -> Option<Self> {
        let end = self.0.rfind('/')?;
        Some(Pointer(self.0[..end].to_owned()))
    }

    /// The keys and indices on the way, unescaped.
    pub fn segments(&self) -> impl Iterator<Item = String> {
        self.0
            .split('/')
            .skip(1)
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
    }

    /// The last key or index, unescaped.
    pub fn last(&self) -> Option<String> {
        self.segments().last()
    }

    /// The node this leads to.
    pub fn get<'v>(&self, root: &'v Value) -> Option<&'v Value> {
        root.pointer(&self.0)
    }

    /// The node this leads to, to be changed.
    pub fn get_mut<'v>(&self, root: &'v mut Value) -> Option<&'v mut Value> {
        root.pointer_mut(&self.0)
    }
}

impl fmt::Display for Pointer {
    /// As a fragment, so that [`Pointer::parse`] reads back the same pointer.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0.replace('%', "%25"))
    }
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
        check("other.yaml#/a", None);
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
    }
}
