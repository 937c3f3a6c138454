//! Text → ASCII in which symbols are words, as far as they are said.
//!
//! May not look for words: where one ends is `spell`'s to see.

use std::borrow::Cow;

/// How much of a text's symbols is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbols {
    /// `+`, and `-` at the start of a number.
    Some,
    /// Every `-` before a digit too.
    Signs,
    /// All.
    All,
}

/// Symbols of more than one character first.
const SYMBOLS: &[(&str, &str)] = &[
    ("!=", "not eq"),
    ("==", "eq eq"),
    (">=", "at least"),
    ("<=", "at most"),
    ("~=", "about eq"),
    ("&&", "and and"),
    ("||", "or or"),
    ("->", "arrow"),
    ("=>", "arrow"),
    ("=", "eq"),
    ("<", "less than"),
    (">", "greater than"),
    ("~", "tilde"),
    ("*", "star"),
    ("+", "plus"),
    ("-", "minus"),
    ("%", "percent"),
    ("&", "and"),
    ("@", "at"),
    ("#", "hash"),
    ("$", "dollar"),
    ("!", "not"),
    ("?", "question"),
    ("^", "caret"),
    ("|", "or"),
    ("/", "slash"),
    ("\\", "backslash"),
    (".", "dot"),
    (",", "comma"),
    (":", "colon"),
    (";", "semicolon"),
    ("_", "underscore"),
    ("(", "open"),
    (")", "close"),
    ("[", "open bracket"),
    ("]", "close bracket"),
    ("{", "open brace"),
    ("}", "close brace"),
    ("'", "quote"),
    ("\"", "double quote"),
    ("`", "backtick"),
];

/// Replaces symbols by words, as far as they are said, and everything else by ASCII.
pub fn spell(text: &str, symbols: Symbols) -> String {
    if text.is_empty() {
        return "empty".to_owned();
    }
    if text.trim().is_empty() {
        return match symbols {
            Symbols::All => blanks(text),
            Symbols::Some | Symbols::Signs => "blank".to_owned(),
        };
    }
    let letters = text.chars().any(char::is_alphanumeric);
    let symbols = if letters { symbols } else { Symbols::All };
    let printable = |byte: u8| byte.is_ascii() && !byte.is_ascii_control();
    let ascii: Cow<str> = match text.bytes().all(printable) {
        true => text.into(),
        false => text.chars().map(|c| in_ascii(c, letters)).collect(),
    };
    let mut out = String::with_capacity(ascii.len());
    let mut rest = &*ascii;
    let mut before = None;
    while let Some(c) = rest.chars().next() {
        let mut symbols_there = SYMBOLS.iter().filter(|_| !c.is_ascii_alphanumeric());
        let symbol = symbols_there.find(|(symbol, _)| rest.starts_with(symbol));
        let length = match symbol {
            Some((symbol, word)) => {
                let digit = rest[symbol.len()..].starts_with(|c: char| c.is_ascii_digit());
                if said(symbol, digit, before, symbols) {
                    out.push_str(&format!(" {word} "));
                } else {
                    out.push(' ');
                }
                symbol.len()
            }
            None => {
                out.push(if c.is_ascii_alphanumeric() { c } else { ' ' });
                c.len_utf8()
            }
        };
        before = Some(c);
        rest = &rest[length..];
    }
    out
}

/// Blanks, each by its name.
fn blanks(text: &str) -> String {
    let names = text.chars().map(|c| match c {
        ' ' => "space".to_owned(),
        '\t' => "tab".to_owned(),
        '\n' => "newline".to_owned(),
        '\r' => "return".to_owned(),
        c => format!("u{:04x}", u32::from(c)),
    });
    names.collect::<Vec<_>>().join(" ")
}

/// A character in ASCII: letters by sound; a symbol beside letters is a gap, alone its code point.
fn in_ascii(c: char, letters: bool) -> String {
    let by_code = || format!(" u{:04x} ", u32::from(c));
    if c.is_ascii() && !c.is_ascii_control() {
        c.to_string()
    } else if c.is_alphanumeric() {
        deunicode::deunicode_char(c).map_or_else(by_code, str::to_owned)
    } else if letters {
        " ".to_owned()
    } else {
        by_code()
    }
}

fn said(symbol: &str, before_digit: bool, before: Option<char>, symbols: Symbols) -> bool {
    match (symbols, symbol) {
        (Symbols::All, _) | (_, "+") => true,
        (Symbols::Some, "-") => before_digit && before.is_none_or(|c| !c.is_ascii_alphanumeric()),
        (Symbols::Signs, "-") => before_digit,
        (Symbols::Some | Symbols::Signs, ">=" | "<=" | "!=" | "==") => true,
        (Symbols::Some | Symbols::Signs, _) => false,
    }
}

/// Whether a text's symbols do nothing but separate words.
pub fn only_separates(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || "-_. /:".contains(c))
}
