//! What the document says, as lines of rustdoc.
//!
//! Texts are untrusted Markdown of unknown dialect. What rustdoc would take for code to run, for a
//! link to an item or for HTML is put so that it is read as text.

use super::default;
use super::view::Node;
use crate::read::Document;
use crate::unseen::{breaks, hides, is_printable, plain};
use serde_json::Value;
use std::borrow::Cow;
use std::collections::BTreeSet;

/// What is said about a schema: its description, then its bounds and default.
pub fn of_schema<'d>(document: &'d Document, nodes: &[Node<'d>]) -> Vec<String> {
    let first = |keyword: &str| nodes.iter().find_map(|node| node.text(keyword));
    let mut doc = lines(first("description").unwrap_or_default());
    let facts = bounds(document, nodes);
    if !facts.is_empty() {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.push(facts);
    }
    if nodes.iter().any(|node| node.flag("deprecated")) {
        if !doc.is_empty() {
            doc.push(String::new());
        }
        doc.push("**Deprecated.**".to_owned());
    }
    doc
}

/// What is said about a member. Where it is nothing, `record!` says its name, unless that is not safe
/// to show as it is.
pub fn of_member<'d>(document: &'d Document, name: &str, schemas: &[Node<'d>]) -> Vec<String> {
    let doc = of_schema(document, schemas);
    if !doc.is_empty() {
        return doc;
    }
    let shown = code(name);
    if shown == format!("`{name}`") {
        return doc;
    }
    vec![format!("The member {shown}.")]
}

/// The bounds, the format, the default and an example, in a line.
pub fn bounds<'d>(document: &'d Document, nodes: &[Node<'d>]) -> String {
    let mut facts = ranges(nodes);
    let text = |keyword: &str| nodes.iter().find_map(|node| node.text(keyword));
    if let Some(pattern) = text("pattern") {
        facts.push(format!("Matches {}.", code(pattern)));
    }
    if let Some(format) = text("format").filter(|format| !TYPED_FORMATS.contains(format)) {
        facts.push(format!("Format {}.", code(format)));
    }
    if let Some(media_type) = text("contentMediaType") {
        facts.push(format!("Holds {}.", code(media_type)));
    }
    facts.extend(nodes.iter().find_map(numbers));
    facts.extend(nodes.iter().flat_map(conditions));
    let default = default::of(document, nodes).filter(|default| !default.is_null());
    facts.extend(default.map(|default| format!("Default {}.", shown(default))));
    facts.join(" ")
}

/// The formats that a type says by itself, or that say nothing to a reader.
const TYPED_FORMATS: &[&str] = &[
    "uuid",
    "date-time",
    "date",
    "time",
    "password",
    "byte",
    "base64",
    "binary",
    "int8",
    "int16",
    "int32",
    "int64",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "float",
    "double",
    "uri",
    "url",
    "string",
    "enum",
    "email",
];

/// The keywords that a range is made of.
const RANGES: &[&str] = &[
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

fn ranges(nodes: &[Node]) -> Vec<String> {
    if !nodes.iter().any(|node| node.has(RANGES)) {
        return Vec::new();
    }
    let number = |keyword: &str| {
        let found = nodes
            .iter()
            .find_map(|node| node.get(keyword).filter(|value| value.is_number()));
        found.map(Value::to_string)
    };
    let mut facts = Vec::new();
    let mut range = |low: Option<String>, high: Option<String>, unit: &str| {
        let of = |number: &str| {
            if number == "1" {
                unit.trim_end_matches('s')
            } else {
                unit
            }
        };
        match (low, high) {
            (Some(low), Some(high)) => facts.push(format!("{low} to {high}{}.", of(&high))),
            (Some(low), None) if low != "0" || unit.is_empty() => {
                facts.push(format!("At least {low}{}.", of(&low)))
            }
            (None, Some(high)) => facts.push(format!("At most {high}{}.", of(&high))),
            _ => {}
        }
    };
    range(number("minimum"), number("maximum"), "");
    range(
        number("exclusiveMinimum"),
        number("exclusiveMaximum"),
        " (exclusive)",
    );
    range(number("minLength"), number("maxLength"), " characters");
    range(number("minItems"), number("maxItems"), " elements");
    range(number("minProperties"), number("maxProperties"), " members");
    facts
}

/// The numbers that are listed where they are no enum: those that are not all whole.
fn numbers(node: &Node) -> Option<String> {
    const MOST: usize = 20;
    let values = node.values().filter(|values| values.len() > 1)?;
    let numbers = values.iter().filter(|value| !value.is_null());
    // Beyond 2^53 a whole float is no list of whole numbers either.
    let whole = |value: &Value| {
        let float = value.as_f64().unwrap_or_default();
        value.is_i64() || (float.fract() == 0.0 && float.abs() < 9e15)
    };
    let listed = numbers.clone().all(Value::is_number) && !numbers.clone().all(whole);
    let shown: Vec<String> = numbers.take(MOST).map(shown).collect();
    let more = if values.len() > MOST { " ..." } else { "" };
    listed.then(|| format!("One of {}{more}.", shown.join(", ")))
}

/// What a type does not say, as the document has it.
fn conditions(node: &Node) -> Vec<String> {
    let json = |keyword: &str| node.get(keyword).map(shown);
    let mut facts = Vec::new();
    facts.extend(json("not").map(|not| format!("Not {not}.")));
    if let Some(condition) = json("if") {
        let then = json("then").map(|then| format!(", then {then}"));
        let otherwise = json("else").map(|otherwise| format!(", else {otherwise}"));
        let parts = [Some(format!("If {condition}")), then, otherwise];
        facts.push(format!(
            "{}.",
            parts.into_iter().flatten().collect::<String>()
        ));
    }
    for keyword in [
        "dependentRequired",
        "dependentSchemas",
        "contains",
        "contentSchema",
    ] {
        facts.extend(json(keyword).map(|value| format!("{}: {value}.", words(keyword))));
    }
    facts.extend(json("propertyNames").map(|names| format!("Names of members: {names}.")));
    let patterns = node.named_children("patternProperties");
    if !patterns.is_empty() {
        let patterns: Vec<String> = patterns.iter().map(|(pattern, _)| code(pattern)).collect();
        facts.push(format!(
            "Names of further members match {}.",
            patterns.join(" or ")
        ));
    }
    facts
}

fn words(keyword: &str) -> &'static str {
    match keyword {
        "dependentRequired" => "Members that ask for others",
        "dependentSchemas" => "Members with conditions",
        "contains" => "An element is",
        _ => "Its content",
    }
}

/// A value as code: a text as it is, anything else as JSON.
fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => code(text),
        other => code(&other.to_string()),
    }
}

/// Text as code, whatever backticks it has.
pub fn code(text: &str) -> String {
    let text = text.chars().filter(|c| !(breaks(*c) || hides(*c)));
    let text: String = text.take(200).collect();
    if text.is_empty() {
        return "``".to_owned();
    }
    if text.contains('`') {
        return format!("``` {} ```", text.replace("```", "'''"));
    }
    format!("`{text}`")
}

/// The most that is kept of one text; the rest is in the document.
const MOST_LINES: usize = 40;

/// The same of one line: nobody reads on, and what may be a link is looked for in all that follows.
const LONGEST_LINE: usize = 10_000;

/// A Markdown text as lines of rustdoc.
pub fn lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut fenced = false;
    for line in text.trim().lines() {
        let line = shown_line(line.trim_end());
        if lines.len() == MOST_LINES {
            lines.push("…".to_owned());
            break;
        }
        let bare = line.trim_start();
        if bare.starts_with("```") || bare.starts_with("~~~") {
            // A fence without a language would be a test that rustdoc runs.
            lines.push(if fenced {
                "```".to_owned()
            } else {
                "```text".to_owned()
            });
            fenced = !fenced;
        } else if fenced {
            lines.push(line.into_owned());
        } else {
            // Four spaces would make it a code block, and so a test.
            let indent = (line.len() - bare.len()).min(3);
            wrap(&" ".repeat(indent), &escape(&unindented(bare)), &mut lines);
        }
    }
    if fenced {
        lines.push("```".to_owned());
    }
    lines
}

/// A line without what nobody sees, with spaces for its tabs, and not longer than anyone reads.
fn shown_line(line: &str) -> Cow<'_, str> {
    if line.len() <= LONGEST_LINE && is_printable(line) {
        return Cow::Borrowed(line);
    }
    let seen = line
        .chars()
        .filter(|c| *c == '\t' || !(breaks(*c) || hides(*c)));
    let line = seen.collect::<String>().replace('\t', "    ");
    Cow::Owned(line.chars().take(LONGEST_LINE).collect())
}

/// A line whose items of lists begin with words: four spaces within an item would make a code block of it, and
/// so would a fence.
///
/// For example: `-     a` is `- a`.
fn unindented(line: &str) -> Cow<'_, str> {
    if marker(line).is_none() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(marker) = marker(rest) {
        out.push_str(&rest[..marker]);
        out.push(' ');
        rest = rest[marker..].trim_start();
    }
    if !out.is_empty() && (rest.starts_with("```") || rest.starts_with("~~~")) {
        out.push('\\');
    }
    Cow::Owned(out + rest)
}

/// How long the marker of an item is that a line starts with.
fn marker(line: &str) -> Option<usize> {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let mark = line[digits..].chars().next()?;
    let is_one = match digits {
        0 => "-*+".contains(mark),
        1..=9 => ".)".contains(mark),
        _ => false,
    };
    let after = digits + 1;
    (is_one && line.get(after..)?.starts_with(' ')).then_some(after)
}

/// How long a line of rustdoc may be.
const WIDTH: usize = 96;

/// Breaks a line at spaces; not a row of a table or a heading, and never where the next line would
/// begin like something else, or within code or a link.
fn wrap(indent: &str, line: &str, lines: &mut Vec<String>) {
    if line.chars().count() + indent.len() <= WIDTH || line.starts_with(['|', '#', '>']) {
        lines.push(format!("{indent}{line}"));
        return;
    }
    let item = line.starts_with("- ") || line.starts_with("* ") || line.starts_with("+ ");
    let hanging = if item {
        format!("{indent}  ")
    } else {
        indent.to_owned()
    };
    let mut current = indent.to_owned();
    let mut empty = true;
    let mut inside = false;
    for word in line.split(' ') {
        let breaks = !inside && !word.is_empty() && word.starts_with(|c: char| c.is_alphabetic());
        if breaks && !empty && current.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(std::mem::replace(&mut current, hanging.clone()));
            empty = true;
        }
        if !empty {
            current.push(' ');
        }
        current.push_str(word);
        empty = false;
        let toggles = word.matches('`').count() % 2 == 1;
        inside ^= toggles;
    }
    lines.push(current);
}

/// A text as one line that is not long: a title.
pub fn line(text: &str) -> String {
    let plain = plain(text);
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(200).collect()
}

/// Where something else than plain text may begin: code, an address, a link, or what is escaped.
fn special(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().position(|(at, byte)| match byte {
        b'`' | b'[' | b']' | b'\\' | b'<' | b'>' | b'!' => true,
        b'h' => bytes[at..].starts_with(b"http"),
        _ => false,
    })
}

/// Escapes what would be HTML, an image, a link to an item, or a bare address, outside code spans.
fn escape(line: &str) -> Cow<'_, str> {
    if special(line).is_none() {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    // A run of backticks that has met no partner meets none later on either.
    let mut alone: BTreeSet<usize> = BTreeSet::new();
    while !rest.is_empty() {
        let (before, special) = rest.split_at(special(rest).unwrap_or(rest.len()));
        out.push_str(before);
        rest = special;
        let run = rest.len() - rest.trim_start_matches('`').len();
        if run > 0 {
            let end = match alone.contains(&run) {
                true => None,
                false => end_of_span(rest, run),
            };
            match end {
                Some(end) => out.push_str(&rest[..end]),
                None => {
                    alone.insert(run);
                    out.push_str(&"\\`".repeat(run));
                }
            }
            rest = &rest[end.unwrap_or(run)..];
        } else if let Some(address) = address(rest) {
            out.push('<');
            out.push_str(address);
            out.push('>');
            rest = &rest[address.len()..];
        } else if let Some((link, label, target)) = link(rest) {
            out.push('[');
            let mut label = label;
            while !label.is_empty() {
                label = escape_one(label, &mut out);
            }
            out.push_str("](");
            out.push_str(target);
            out.push(')');
            rest = &rest[link..];
        } else {
            rest = escape_one(rest, &mut out);
        }
    }
    Cow::Owned(out)
}

/// Where the code span ends that text starts with, by a run of so many backticks.
fn end_of_span(text: &str, run: usize) -> Option<usize> {
    let mut at = run;
    while let Some(next) = text[at..].find('`') {
        let start = at + next;
        let length = text[start..].len() - text[start..].trim_start_matches('`').len();
        at = start + length;
        if length == run {
            return Some(at);
        }
    }
    None
}

/// Writes the character that text starts with, or the two of an escape that it has itself; gives what follows.
fn escape_one<'t>(text: &'t str, out: &mut String) -> &'t str {
    let mut rest = text.chars();
    let first = rest.next();
    let next = rest.clone().next();
    match (first, next) {
        (Some('\\'), Some(next)) if next.is_ascii_punctuation() => {
            out.extend(['\\', next]);
            rest.next();
        }
        (Some(c @ ('<' | '>' | '[' | ']')), _) | (Some(c @ '!'), Some('[')) => {
            out.extend(['\\', c]);
        }
        (Some(c), _) => out.push(c),
        (None, _) => {}
    }
    rest.as_str()
}

/// The web address that text starts with.
fn address(text: &str) -> Option<&str> {
    if !(text.starts_with("https://") || text.starts_with("http://")) {
        return None;
    }
    let end = text
        .find(|c: char| c.is_whitespace() || "<>\"'`()[]{}|\\^*".contains(c))
        .unwrap_or(text.len());
    let address = text[..end].trim_end_matches(['.', ',', ';', ':', '!', '?']);
    (address.len() > "https://".len()).then_some(address)
}

/// The link that text starts with, if it leads to the web: its length, label and target.
fn link(text: &str) -> Option<(usize, &str, &str)> {
    let rest = text.strip_prefix('[')?;
    let (label, rest) = rest.split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    let web = address(target) == Some(target);
    let simple = !label.contains(['[', ']', '`', '\\']);
    (web && simple).then(|| ("[](".len() + label.len() + target.len() + 1, label, target))
}
