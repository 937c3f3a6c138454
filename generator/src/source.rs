//! Where text comes from and where in it a node stands: [`Source`], [`Pointer`], [`Source::locate`].
//!
//! May not import other modules of ours, and may not stop the program: every failure is a value.

mod json;
mod pointer;
mod value;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::de::DeserializeSeed;
use serde_json::Value;

pub use pointer::Pointer;

/// How a text is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// JSON.
    Json,
    /// YAML 1.2.
    Yaml,
}

/// A text with the name its user gave it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Path or address as given by the user; what a message shows.
    pub name: String,
    /// The whole text, without a byte order mark.
    pub text: String,
    /// How it is written.
    pub format: Format,
}

/// A position in a text, both counted from 1; a column counts characters, not bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// Line, the first is 1.
    pub line: usize,
    /// Column, the first is 1.
    pub column: usize,
}

impl Place {
    /// The first character of a text.
    pub const START: Place = Place { line: 1, column: 1 };
}

/// Why a file gives no text.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be opened or read.
    #[error("cannot read {name}: {reason}")]
    Io {
        /// The path as given.
        name: String,
        /// What the operating system says.
        reason: std::io::Error,
    },
    /// The bytes are no UTF-8.
    #[error("{name} is not UTF-8 text: {reason}")]
    Encoding {
        /// The path as given.
        name: String,
        /// What was found instead.
        reason: String,
    },
}

/// Why a text is no document.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{message} at line {line} column {column}")]
pub struct ParseError {
    /// What is wrong, without the place.
    pub message: String,
    /// Line, the first is 1.
    pub line: usize,
    /// Column, the first is 1.
    pub column: usize,
}

impl Source {
    /// Reads a file; its format is found by its content.
    pub fn read(path: &Path) -> Result<Source, SourceError> {
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => Source::from_bytes(name, bytes),
            Err(reason) => Err(SourceError::Io { name, reason }),
        }
    }

    /// Takes bytes as they came, for example from an HTTP answer.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, SourceError> {
        let name = name.into();
        if matches!(bytes.as_slice(), [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..])
            || matches!(bytes.as_slice(), [0, ..] | [_, 0, ..])
        {
            let reason = "it looks like UTF-16, save it as UTF-8".to_owned();
            return Err(SourceError::Encoding { name, reason });
        }
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => {
                let offset = error.utf8_error().valid_up_to();
                let reason = format!("byte {offset} starts no character");
                Err(SourceError::Encoding { name, reason })
            }
        }
    }

    /// Takes a text; its format is found by its content. A byte order mark is dropped.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let mut text = text.into();
        if text.starts_with('\u{FEFF}') {
            text.drain(..'\u{FEFF}'.len_utf8());
        }
        let format = format_of(&text);
        Source {
            name: name.into(),
            text,
            format,
        }
    }

    /// The text as one value: object keys keep their order, a key given twice is an error.
    pub fn parse(&self) -> Result<Value, ParseError> {
        self.check_content()?;
        match self.format {
            Format::Json => self.parse_json(),
            Format::Yaml => self.parse_yaml(),
        }
    }

    /// Where the key (or array element) a pointer leads to stands in the text. For a node that is
    /// not in the text, because an overlay made it, the nearest ancestor that is.
    pub fn locate(&self, pointer: &Pointer) -> Option<Place> {
        self.locate_all([pointer]).remove(pointer)
    }

    /// [`Source::locate`] for many pointers in one walk over the text.
    pub fn locate_all<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p Pointer>,
    ) -> BTreeMap<Pointer, Place> {
        let pointers: BTreeSet<&Pointer> = pointers.into_iter().collect();
        let mut wanted = BTreeSet::new();
        for pointer in &pointers {
            let mut at = Some((*pointer).clone());
            while let Some(pointer) = at {
                at = pointer.parent();
                if !wanted.insert(pointer) {
                    break;
                }
            }
        }
        let mut found = match self.format {
            Format::Json => json::places(&self.text, &wanted),
            Format::Yaml => yaml::places(&self.text, &wanted),
        };
        found.insert(Pointer::root(), first_place(&self.text));
        let nearest = |pointer: &Pointer| {
            let mut at = pointer.clone();
            while !found.contains_key(&at) {
                at = at.parent()?;
            }
            Some((pointer.clone(), *found.get(&at)?))
        };
        pointers.into_iter().filter_map(nearest).collect()
    }

    fn check_content(&self) -> Result<(), ParseError> {
        let start = self.text.trim_start();
        let message = if start.is_empty() {
            "the file is empty"
        } else if start.starts_with('<') {
            "this is HTML or XML, not JSON or YAML: the address may lead to a page that shows the document"
        } else if self.text.contains('\0') {
            "the text holds NUL characters: it may be UTF-16, save it as UTF-8"
        } else {
            return Ok(());
        };
        let Place { line, column } = first_place(&self.text);
        Err(ParseError {
            message: message.to_owned(),
            line,
            column,
        })
    }

    fn parse_json(&self) -> Result<Value, ParseError> {
        let mut json = serde_json::Deserializer::from_str(&self.text);
        let seed = value::ValueSeed::json(self.text.len());
        seed.deserialize(&mut json)
            .and_then(|value| json.end().map(|()| value))
            .map_err(|error| {
                let mut message = without_place(&error.to_string()).to_owned();
                if error.is_eof() {
                    message.push_str(": the file is cut off");
                }
                let Place { line, column } =
                    json::place_of_byte_column(&self.text, error.line(), error.column());
                ParseError {
                    message,
                    line,
                    column,
                }
            })
    }

    fn parse_yaml(&self) -> Result<Value, ParseError> {
        let error = |message: String, place: Place| {
            let Place { line, column } = place;
            ParseError {
                message,
                line,
                column,
            }
        };
        if let Some(place) = yaml::too_deep(&self.text) {
            return Err(error("recursion limit exceeded".to_owned(), place));
        }
        let seed = value::ValueSeed::yaml(self.text.len());
        seed.deserialize(serde_yaml::Deserializer::from_str(&self.text))
            .map_err(|found| {
                let place = found.location().map_or(Place::START, |location| Place {
                    line: location.line(),
                    column: location.column(),
                });
                error(without_place(&found.to_string()).to_owned(), place)
            })
    }
}

fn format_of(text: &str) -> Format {
    let mut rest = text.trim_start().chars();
    match rest.next() {
        Some('[') => Format::Json,
        Some('{') => match rest.as_str().trim_start().chars().next() {
            Some('"' | '}') | None => Format::Json,
            Some(_) => Format::Yaml,
        },
        _ => Format::Yaml,
    }
}

fn first_place(text: &str) -> Place {
    let blank = text.len() - text.trim_start().len();
    json::Lines::new(text).place(blank)
}

/// A parser's message without the place it ends with.
fn without_place(message: &str) -> &str {
    match message.rfind(" at line ") {
        Some(end) => &message[..end],
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(text: &str) -> String {
        Source::new("a", text).parse().unwrap_err().to_string()
    }

    fn place(text: &str, pointer: &str) -> (usize, usize) {
        let place = Source::new("a", text)
            .locate(&Pointer::parse(pointer).unwrap())
            .unwrap();
        (place.line, place.column)
    }

    #[test]
    fn format_follows_content() {
        let check =
            |text: &str, format| assert_eq!(Source::new("a.txt", text).format, format, "{text}");
        check("{\"a\": 1}", Format::Json);
        check("\u{FEFF}\n {}", Format::Json);
        check("{openapi: 3.0.0}", Format::Yaml);
        check("openapi: 3.0.0", Format::Yaml);
        check("", Format::Yaml);
    }

    #[test]
    fn refuses_what_is_no_document() {
        assert_eq!(error(" \n"), "the file is empty at line 2 column 1");
        assert!(error("<!DOCTYPE html>").starts_with("this is HTML or XML"));
        assert_eq!(
            error("{\"a\": [1,"),
            "EOF while parsing a value: the file is cut off at line 1 column 9"
        );
        assert_eq!(
            error("{\"a\": 1,\n \"a\": 2}"),
            "the key `a` stands twice in one object at line 2 column 4"
        );
        assert_eq!(
            error("a: 1\nb: 2\na: 3\n"),
            "the key `a` stands twice in one object at line 1 column 1"
        );
        assert!(error("a: 1\n---\nb: 1\n").contains("more than one document"));
        assert_eq!(error("{} x"), "trailing characters at line 1 column 4");
        let utf16 = Source::from_bytes("a", vec![0xFF, 0xFE, b'{', 0]).unwrap_err();
        assert_eq!(
            utf16.to_string(),
            "a is not UTF-8 text: it looks like UTF-16, save it as UTF-8"
        );
        let latin = Source::from_bytes("a", b"a: caf\xe9".to_vec()).unwrap_err();
        assert_eq!(
            latin.to_string(),
            "a is not UTF-8 text: byte 6 starts no character"
        );
    }

    #[test]
    fn deep_nesting_is_an_error() {
        for (open, close) in [
            ("[", "]"),
            ("{\"a\":", "}"),
            ("a: [", "]"),
            ("- ", ""),
            ("? ", ""),
            ("a: [\n", ""),
        ] {
            let text = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
            assert!(Source::new("a", text.clone()).parse().is_err(), "{open}");
            let _ = Source::new("a", text).locate(&Pointer::parse("/0/0/0").unwrap());
        }
    }

    #[test]
    fn alias_bombs_are_an_error() {
        let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..12 {
            let alias = format!("*a{},", i - 1).repeat(10);
            text.push_str(&format!("a{i}: &a{i} [{alias}]\n"));
        }
        assert!(Source::new("a", text).parse().is_err());
        assert!(Source::new("a", "a: &a [*a]").parse().is_err());
        let wide = format!(
            "a: &a {}\nb: [{}]\n",
            "x".repeat(1_000_000),
            "*a,".repeat(1_000)
        );
        assert!(error(&wide).contains("aliases"));
    }

    #[test]
    fn reads_yaml_as_1_2_says() {
        let text = "responses:\n  200: {}\n  1.10: a\nyes: no\ndate: 2020-01-01\nbig: 99999999999999999999\nnan: .nan\n\
                    more: [+.inf, 0x10, '1', ~, !Tag x, 18446744073709551615]\n";
        let expected = json!({
            "responses": {"200": {}, "1.10": "a"}, "yes": "no", "date": "2020-01-01",
            "big": 99999999999999999999.0, "nan": ".nan",
            "more": [".inf", 16, "1", null, "x", 18446744073709551615u64],
        });
        assert_eq!(Source::new("a", text).parse().unwrap(), expected);
    }

    #[test]
    fn merges_yaml_keys() {
        let text = "base: &base {a: 1, b: 2}\nother: &other {c: 3}\none:\n  b: 9\n  <<: *base\ntwo: {<<: [*base, *other], d: 4}\nodd: {<<: 5}\n";
        let value = Source::new("a", text).parse().unwrap();
        assert_eq!(value["one"], json!({"b": 9, "a": 1}));
        assert_eq!(value["two"], json!({"a": 1, "b": 2, "c": 3, "d": 4}));
        assert_eq!(value["odd"], json!({"<<": 5}));
    }

    #[test]
    fn locates_keys_and_elements() {
        let json = "{\n  \"a\": {\"ü\": 1, \"b/c\": [10,\n    {\"d\": null}]}\n}";
        let yaml = "a:\n  ü: 1\n  b/c:\n    - 10\n    - d:\n    - [[x], y]\n200: {e: {f: 1}}\n";
        for (text, pointer, expected) in [
            (json, "", (1, 1)),
            (json, "/a", (2, 3)),
            (json, "/a/ü", (2, 9)),
            (json, "/a/b~1c", (2, 17)),
            (json, "/a/b~1c/0", (2, 25)),
            (json, "/a/b~1c/1", (3, 5)),
            (json, "/a/b~1c/1/d", (3, 6)),
            (json, "/a/b~1c/1/d/not/there", (3, 6)),
            (json, "/x", (1, 1)),
            (yaml, "/a", (1, 1)),
            (yaml, "/a/ü", (2, 3)),
            (yaml, "/a/b~1c", (3, 3)),
            (yaml, "/a/b~1c/0", (4, 7)),
            (yaml, "/a/b~1c/1", (5, 7)),
            (yaml, "/a/b~1c/1/d", (5, 7)),
            (yaml, "/a/b~1c/2/1", (6, 13)),
            (yaml, "/200/e/f", (7, 11)),
            (yaml, "/200/e/g", (7, 7)),
        ] {
            assert_eq!(place(text, pointer), expected, "{pointer} in {text}");
        }
    }

    #[test]
    fn locates_through_aliases_and_in_broken_text() {
        assert_eq!(place("a: &x\n  b: 1\nc: *x\n", "/c/b"), (2, 3));
        assert_eq!(place("{\"a\": {\"b\": ", "/a/b/c"), (1, 8));
        assert_eq!(place("a:\n  b: [1\n", "/a/b"), (2, 3));
    }
}
