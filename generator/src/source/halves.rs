//! A large text in two halves that are read side by side.
//!
//! Most documents are objects in objects, whose members begin with a line each. Such a line near the middle is
//! where the second half begins: an object again, with the lines before it that name what the line is in.
//! Whether it is in that, the first half tells, which ends in a member of ours there. Whatever is odd, be it no
//! document at all, is left to whoever reads the whole: messages and places are those of the text.
//!
//! May not give another value or another place than the whole text has.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::{Format, Place, Pointer, Source};
use crate::threads;

/// Texts of so many bytes are worth a thread.
const LARGE: usize = 200_000;

/// Where a document can be divided: between its members, those of a member, and those of one of these, as
/// the schemas of its components are.
const LEVELS: usize = 3;

/// A member that stands where the second half begins: what it is in when the first is read, the second is in.
const MARK: &str = "restwright";

/// What a text has, if it is large and has two halves that `read` reads.
pub(super) fn parse(
    text: &str,
    format: Format,
    read: &(impl Fn(&str) -> Option<Value> + Sync),
) -> Option<Value> {
    let halves = (text.len() >= LARGE).then(|| halves(text, format))??;
    let (first, second) = threads::beside(|| read(&halves.first()), &|| read(&halves.second()));
    joined(first?, second?, halves.owners.len())
}

/// The places of the wanted nodes of a large text in YAML, if it has two halves. `walk` gives what it has found if it
/// comes to the end of a text.
pub(super) fn places(
    text: &str,
    wanted: &BTreeSet<Pointer>,
    walk: &(impl Fn(&str, &BTreeSet<Pointer>) -> Option<BTreeMap<Pointer, Place>> + Sync),
) -> Option<BTreeMap<Pointer, Place>> {
    let halves = (text.len() >= LARGE).then(|| halves(text, Format::Yaml))??;
    let mark = halves.owners.iter().try_fold(Pointer::root(), |at, line| {
        let owner = Source::new("", line.trim()).parse().ok()?;
        let (name, _) = owner.as_object()?.iter().next()?;
        Some(at.key(name))
    });
    let mark = mark?.key(MARK);
    let mut marked = wanted.clone();
    marked.extend(std::iter::successors(Some(mark.clone()), Pointer::parent));
    let first = || walk(&halves.first(), &marked);
    let (first, second) = threads::beside(first, &|| walk(&halves.second(), wanted));
    let (mut places, second) = (first?, second?);
    // Where the first half ends in what the second goes on with, both are what they seem to be.
    places.remove(&mark)?;
    let before = halves.before.matches('\n').count();
    for (pointer, place) in second {
        let line = (place.line + before).saturating_sub(halves.owners.len());
        places.entry(pointer).or_insert(Place { line, ..place });
    }
    Some(places)
}

/// Two parts of a text that can each be made an object.
struct Halves<'t> {
    before: &'t str,
    behind: &'t str,
    /// What ends the first, with a member of ours.
    end: String,
    /// What the second begins with.
    begin: &'static str,
    /// The lines that name the objects, one in the other, that the first half ends in and the second goes on with.
    owners: Vec<&'t str>,
}

impl Halves<'_> {
    fn first(&self) -> String {
        [self.before, &self.end].concat()
    }

    fn second(&self) -> String {
        let owners = self.owners.iter().flat_map(|line| [line, "\n"]);
        let pieces: Vec<&str> = std::iter::once(self.begin).chain(owners).collect();
        [&pieces.concat(), self.behind].concat()
    }
}

fn halves(text: &str, format: Format) -> Option<Halves<'_>> {
    let (owners, at) = middle(text, format)?;
    let (before, behind) = text.split_at(at);
    let (end, begin) = match format {
        Format::Json => {
            let ends = "}".repeat(owners.len() + 1);
            (format!("\"{MARK}\": 0{ends}"), "{")
        }
        Format::Yaml => {
            // What is merged stands behind what is not, and a second document may not seem to be the first.
            let is_odd = ["<<", "\n---", "\n..."]
                .iter()
                .any(|odd| text.contains(odd));
            let edge = edge_of(behind);
            (!is_odd).then(|| (format!("{edge}{MARK}: 0\n"), ""))?
        }
    };
    Some(Halves {
        before,
        behind,
        end,
        begin,
        owners,
    })
}

/// The first line behind the middle that begins like a member of what the middle is in: the lines that name
/// what it is in, and where it begins.
fn middle(text: &str, format: Format) -> Option<(Vec<&str>, usize)> {
    let mut half = text.len() / 2;
    while !text.is_char_boundary(half) {
        half -= 1;
    }
    let is_member = |line: &str, edge: &str| {
        let first = line.strip_prefix(edge).and_then(|rest| rest.chars().next());
        first.is_some_and(|first| match format {
            Format::Json => first == '"',
            Format::Yaml => first.is_alphanumeric() || "\"'/_$".contains(first),
        })
    };
    let mut edge = match format {
        Format::Json => edge_of(text.lines().nth(1)?),
        Format::Yaml => "",
    };
    // From what the middle is in to what that is in, the other way round.
    let mut levels = Vec::new();
    let mut begin = 0;
    while levels.len() < LEVELS {
        let ends = text[begin..half].rmatch_indices('\n');
        let mut starts = ends.map(|(end, _)| begin + end + 1).chain([begin]);
        let owner = starts.find(|start| is_member(&text[*start..], edge));
        levels.push((edge, owner));
        let Some(owner) = owner else { break };
        let inner = text[owner..].lines().skip(1);
        let inner = inner.take(20).find(|line| is_member(line.trim_start(), ""));
        (begin, edge) = (owner, edge_of(inner?));
    }
    let mut starts = text[half..]
        .match_indices('\n')
        .map(|(end, _)| half + end + 1);
    let found = starts.find_map(|start| {
        let mut edges = levels.iter().map(|(edge, _)| *edge);
        let level = edges.position(|edge| is_member(&text[start..], edge))?;
        Some((level, start))
    });
    let (level, at) = found?;
    let owners = levels[..level].iter().map(|(_, owner)| {
        let line = text[(*owner)?..].lines().next()?.trim_end();
        let opens = if format == Format::Json { '{' } else { ':' };
        line.ends_with(opens).then_some(line)
    });
    Some((owners.collect::<Option<Vec<&str>>>()?, at))
}

/// The blanks that a line begins with.
fn edge_of(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

/// The whole, if these are its halves: so many objects that the first ends in are those that the second begins
/// with, and nothing is in both.
fn joined(first: Value, second: Value, within: usize) -> Option<Value> {
    let (Value::Object(mut whole), Value::Object(second)) = (first, second) else {
        return None;
    };
    join(&mut whole, second, within).then_some(Value::Object(whole))
}

fn join(first: &mut Map<String, Value>, second: Map<String, Value>, within: usize) -> bool {
    let mut second = second.into_iter();
    let Some((last, inner)) = first.iter_mut().next_back() else {
        return false;
    };
    if within == 0 {
        if last != MARK {
            return false;
        }
        first.shift_remove(MARK);
    } else {
        let (Value::Object(inner), Some((name, Value::Object(more)))) = (inner, second.next())
        else {
            return false;
        };
        if *last != name || !join(inner, more, within - 1) {
            return false;
        }
    }
    second.all(|(name, value)| first.insert(name, value).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Source;

    /// What the halves have, and the whole.
    fn both(text: &str) -> (Option<Value>, Option<Value>) {
        let source = Source::new("a", text);
        let read = |text: &str| Source::new("half", text).parse().ok();
        let half = halves(text, source.format).and_then(|halves| {
            let (first, second) = (read(&halves.first())?, read(&halves.second())?);
            joined(first, second, halves.owners.len())
        });
        (half, source.parse().ok())
    }

    const JSON: &str = r#"{
  "info": {"title": "a"},
  "paths": {
    "/a": {
      "get": {"x": "\n    \"/b\": {"}
    },
    "/b": {
      "get": [1, 2]
    },
    "/c": {}
  },
  "tags": []
}
"#;

    const YAML: &str = "info:
  title: a
paths:
  # the first
  /a:
    get: |
      paths:
        /x: {}

  /b:
    get:
    - 1
    - 2
  '/c': {}
tags:
- a
";

    #[test]
    fn halves_are_the_whole() {
        for text in [
            JSON,
            YAML,
            // Not a good document, but one.
            "a:\n  b: \"\n  c:\n    d: \"\n  c:\n      e: 1\n      f:\n       g: 2\n      h: 3\n",
            &YAML.replace('\n', "\r\n"),
            &JSON.replace("    \"", "\t\t\"").replace("\n  \"", "\n\t\""),
        ] {
            let (half, whole) = both(text);
            assert!(whole.is_some(), "{text}");
            assert_eq!(half, whole, "{text}");
            let names = |value: &Value| value.to_string();
            assert_eq!(
                half.as_ref().map(names),
                whole.as_ref().map(names),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_odd_has_none() {
        for (text, what) in [
            (JSON.replace("\"/c\"", "\"/a\""), "a member twice"),
            (
                JSON.replace("\"tags\"", "\"info\""),
                "a member of the whole twice",
            ),
            (JSON.replace("[1, 2]", "[1, 2}"), "no JSON"),
            (JSON.replace('\n', ""), "one line"),
            (
                JSON.replace("    \"/b\"", "  \"/b\""),
                "lines that seem to be elsewhere",
            ),
            (YAML.replace("/c", "/a"), "a member twice in YAML"),
            (
                YAML.replace("title: a", "title: &a a")
                    .replace("- 2", "- *a"),
                "an anchor in the other half",
            ),
            (
                YAML.replace("  /b:\n", "  /b:\n    <<: {}\n"),
                "what is merged",
            ),
            (format!("{YAML}---\n{YAML}"), "two documents"),
            (
                YAML.replace("paths:\n  #", "paths: {\n  #"),
                "a bracket that is left open",
            ),
            (
                YAML.replace("paths:\n  #", "paths: '\n  #")
                    .replace("'/c'", "/c"),
                "a quote that is left open",
            ),
        ] {
            let (half, whole) = both(&text);
            assert_eq!(half, None, "{what}: {whole:?}");
        }
    }

    #[test]
    fn a_line_that_is_elsewhere_is_no_member() {
        for text in [
            "a:\n  b: 1\nd:\n  one line\n  two lines\n  three lines\n  four\n",
            "a:\n  ? long\n  : b:\n      x: 1\n      y: 2\n      z: 3\nc: 1\n",
            "a:\n  ? long\n  :\n    x: 1\n    y: 2\n    z: 3\n    u: 4\nc: 1\n",
        ] {
            let (half, whole) = both(text);
            assert!(whole.is_some(), "{text}");
            assert_eq!(half, None, "{text}");
        }
    }
}
