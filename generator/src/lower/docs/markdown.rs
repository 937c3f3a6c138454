//! Texts as lines of rustdoc.
//!
//! Texts are untrusted Markdown of unknown dialect. What rustdoc would take for code to run, for a
//! link to an item or for HTML is put so that it is read as text. May not know what a text is about.

use crate::unseen::{breaks, hides, is_printable, plain};
use std::borrow::Cow;
use std::collections::BTreeSet;

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
