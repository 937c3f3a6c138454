//! Names and texts, plain ones and such as break what does not expect them.

use crate::draw::Draw;
use std::collections::BTreeSet;

const PLAIN: &[&str] = &[
    "name",
    "id",
    "kind",
    "size",
    "colour",
    "owner",
    "created_at",
    "items",
    "next",
    "count",
    "tags",
    "state",
    "place",
    "parent",
    "child",
    "note",
    "level",
    "value",
    "left",
    "right",
];

const HOSTILE: &[&str] = &[
    "type",
    "self",
    "Self",
    "crate",
    "async",
    "r#type",
    "_",
    "__",
    "1",
    "1st",
    "1-st",
    "a b",
    "A_B",
    "aB",
    "ab",
    "Ab",
    "a-b",
    "a.b",
    "a[]",
    "$ref",
    "@id",
    "#",
    "x\"y",
    "x\\y",
    "x\ny",
    "*/",
    "//",
    "'",
    "`",
    "{}",
    "${a}",
    "ä",
    "ß",
    "日本",
    "😀",
    "\u{202e}rtl",
    "\u{200b}",
    "Option",
    "Vec",
    "String",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "new",
    "builder",
    "build",
    "fill",
    "default",
    "send",
    "unknown",
    "Unknown",
    "other",
    "extra",
    "client",
    "request",
    "models",
    "Value",
    "union",
    "dyn",
    "gen",
    "null",
    "true",
    "+1",
    "-1",
    "next_page",
    "createdAt",
    "created-at",
    "Created At",
    "id_",
    "ID",
    "iD",
    "c#",
    "c++",
    "%",
    "a%20b",
    "é",
    "e\u{301}",
];

const TEXTS: &[&str] = &[
    "A thing.",
    "",
    "Two\nlines.",
    "```\ncode",
    "*/ fn main() {} /*",
    "#![deny(warnings)]",
    "\"quoted\" and \\",
    "a [link](http://a.b) <b>html</b>",
    "    indented",
    "[`Broken`]",
    "{{ template }}",
    "| a | table |",
    "- a\n  - b\n\n\n- c",
    "tab\tand \u{0}",
    "\u{202e}rtl",
    "1. one\n1) two",
    "> quote",
    "\r\n",
    "https://example.com/a_b?c=d&e",
    "@#$%^&*()",
];

/// A name that was not there before.
pub fn name(draw: &mut Draw, taken: &mut BTreeSet<String>) -> String {
    let words = if draw.once_in(4) { HOSTILE } else { PLAIN };
    fresh(draw.pick::<&str>(words), taken)
}

/// A name of letters, for what only takes such.
pub fn plain_name(draw: &mut Draw, taken: &mut BTreeSet<String>) -> String {
    fresh(draw.pick::<&str>(PLAIN), taken)
}

fn fresh(word: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = word.to_owned();
    let mut count = 2;
    while !taken.insert(name.clone()) {
        name = format!("{word}{count}");
        count += 1;
    }
    name
}

/// A text for people.
pub fn text(draw: &mut Draw) -> String {
    (*draw.pick(TEXTS)).to_owned()
}

/// A text that is a value, plain or not.
pub fn value(draw: &mut Draw) -> String {
    let words = *draw.pick(&[PLAIN, PLAIN, HOSTILE, TEXTS]);
    (*draw.pick(words)).to_owned()
}
