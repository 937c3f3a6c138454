//! Text → identifier. The grammar, by example:
//!
//! ```text
//! text             type, variant       field, function     rule
//! campaign_status  CampaignStatus      campaign_status     words by case and separators
//! stepID           StepId              step_id
//! Etc/GMT+12       EtcGmtPlus12        etc_gmt_plus_12     `+` is Plus
//! Etc/GMT-12       EtcGmtMinus12       etc_gmt_minus_12    `-` before a digit is Minus, where the
//!                                                          scope has a `+` or nothing before it
//! gpt-4            Gpt4                gpt_4               ... and a separator elsewhere
//! >=               AtLeast             at_least            symbols alone have names
//! @type            Type, AtType        type, at_type       beside letters only where it must differ
//! ""               Empty               empty
//! " "              Blank, Space        blank, space         ... each blank where it must differ
//! 2fa              N2fa                n2fa                `n` before a digit
//! 404NotFound      N404NotFound        n404_not_found      a number at the start is a word where one follows
//! type             Type                r#type              keywords are raw ...
//! self             Self_               self_               ... where Rust has a raw form
//! naïve            Naive               naive               letters in ASCII
//! ≠                U2260               u2260               symbols that have no name
//! word … word      WordWord…X1a2b3c    word_word_…x1a2b3c  cut after some hundred, with a hash
//! ```
//!
//! May not look at the document or at other names; whether two texts meet is
//! [`settle`](super::settle)'s to see.

use crate::ir::Part;
use heck::ToSnakeCase;
use std::borrow::Cow;

/// How an identifier is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// `CampaignStatus`
    Camel,
    /// `campaign_status`
    Snake,
    /// `CAMPAIGN_STATUS`
    Shouty,
}

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

/// The identifier of a row of parts.
pub fn ident(parts: &[Part], case: Case, symbols: Symbols) -> String {
    let mut words: Vec<String> = Vec::new();
    for part in parts {
        let next = words_of(part, symbols);
        let shared = overlap(&words, &next);
        words.extend(next.into_iter().skip(shared));
    }
    let ident = cased(&words, case);
    if ident.len() > LONGEST {
        return legal(cased(&cut(&words), case), case);
    }
    legal(ident, case)
}

/// Words, which are in lower case and ASCII, as one.
fn cased(words: &[String], case: Case) -> String {
    match case {
        Case::Camel => {
            let mut ident = String::with_capacity(words.iter().map(String::len).sum());
            for word in words {
                let mut letters = word.chars();
                ident.extend(letters.next().map(|first| first.to_ascii_uppercase()));
                ident.push_str(letters.as_str());
            }
            ident
        }
        Case::Snake => words.join("_"),
        Case::Shouty => words.join("_").to_ascii_uppercase(),
    }
}

/// The most that an identifier has: it may be the name of a file, too.
const LONGEST: usize = 120;

/// The words that fit, and a hash of all of them, which keeps two long names apart.
fn cut(words: &[String]) -> Vec<String> {
    let hash = super::settle::short_hash(&words.join(" "));
    let mut kept = Vec::new();
    let mut room = LONGEST - hash.len() - 3;
    for word in words {
        // Every word is in ASCII.
        kept.push(word[..word.len().min(room)].to_owned());
        room = room.saturating_sub(word.len() + 1);
        if room == 0 {
            break;
        }
    }
    kept.push(format!("x{hash}"));
    kept
}

/// `Campaign` + `campaign schedule` says campaign once: how many words of the next part the words
/// so far end with.
fn overlap(words: &[String], next: &[String]) -> usize {
    let most = words.len().min(next.len().saturating_sub(1));
    (1..=most)
        .rev()
        .find(|count| words.ends_with(&next[..*count]))
        .unwrap_or(0)
}

fn words_of(part: &Part, symbols: Symbols) -> Vec<String> {
    match part {
        Part::Text(text) => words(text, symbols),
        Part::Element(text) => {
            let mut words = words(text, symbols);
            if let Some(last) = words.last_mut() {
                *last = singular(last);
            }
            words
        }
        Part::Within { text, context } => within(words(text, symbols), &words(context, symbols)),
    }
}

/// How many bytes of a text are spelled: an identifier shows far less, and every symbol takes its time.
const READ: usize = 2_000;

/// A text's words, in lower case; of a long one the first, and a hash of all of it.
fn words(text: &str, symbols: Symbols) -> Vec<String> {
    if text.len() > READ {
        let head: String = text.chars().take(READ / 8).collect();
        let hash = super::settle::short_hash(text);
        return words(&format!("{head} x{hash}"), symbols);
    }
    let mut spelled = spell(text, symbols);
    for (mixed, plain) in MIXED {
        if spelled.contains(mixed) {
            spelled = spelled.replace(mixed, plain);
        }
    }
    if let Some(number) = number_before_word(&spelled) {
        spelled.insert(number, ' ');
    }
    // Where there is no case there is nothing to tell words by but what separates them.
    let snake = match spelled.contains(|c: char| c.is_ascii_uppercase()) {
        true => spelled.to_snake_case(),
        false => spelled,
    };
    snake
        .split(['_', ' '])
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where a number ends that a text begins with and a word follows: `404NotFound`, but not `2FA`.
fn number_before_word(text: &str) -> Option<usize> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut after = text.bytes().skip(number);
    let upper = after.next().is_some_and(|byte| byte.is_ascii_uppercase());
    let lower = after.next().is_some_and(|byte| byte.is_ascii_lowercase());
    (number > 0 && upper && lower).then_some(number)
}

/// Takes the context's words out where they stand as a whole, one or many of it, if what is left
/// says something.
fn within(words: Vec<String>, context: &[String]) -> Vec<String> {
    let names = |window: &[String]| match (window.split_last(), context.split_last()) {
        (Some((last, before)), Some((wanted, others))) => {
            before == others && (last == wanted || singular(last) == *wanted)
        }
        _ => false,
    };
    let at = words.windows(context.len().max(1)).position(names);
    let Some(at) = at else { return words };
    let mut left = words.clone();
    left.drain(at..at + context.len());
    let dangling = [
        "for", "from", "of", "to", "by", "in", "with", "at", "on", "as", "and", "or", "the", "a",
        "an",
    ];
    let dangles =
        |word: Option<&String>| word.is_some_and(|word| dangling.contains(&word.as_str()));
    // What leads to the words that go would lead to others, or to nothing.
    let before = at.checked_sub(1).and_then(|index| words.get(index));
    match left.is_empty() || dangles(before) || dangles(left.first()) || dangles(left.last()) {
        true => words,
        false => left,
    }
}

/// One of several: `schedules` → `schedule`.
fn singular(word: &str) -> String {
    let keep = ["ss", "us", "is", "news", "series", "data", "ids"];
    if word == "ids" {
        return "id".to_owned();
    }
    if keep.iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return format!("{stem}y");
    }
    let sibilant = ["sses", "shes", "ches", "xes", "zes", "uses"];
    if sibilant.iter().any(|end| word.ends_with(end)) {
        return word[..word.len() - 2].to_owned();
    }
    match word.strip_suffix('s') {
        Some(stem) if stem.len() > 1 => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// Words whose case says nothing about where they end.
const MIXED: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("GraphQL", "Graphql"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("MySQL", "Mysql"),
    ("PostgreSQL", "Postgresql"),
];

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
fn spell(text: &str, symbols: Symbols) -> String {
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

/// Makes it an identifier, whatever it starts with.
fn legal(ident: String, case: Case) -> String {
    let ident = if ident.is_empty() {
        "value".to_owned()
    } else {
        ident
    };
    if ident.starts_with(|c: char| c.is_ascii_digit()) {
        let n = if case == Case::Snake { "n" } else { "N" };
        return format!("{n}{ident}");
    }
    // These have no raw form.
    if ["self", "Self", "super", "crate", "_"].contains(&ident.as_str()) {
        return format!("{ident}_");
    }
    ident
}

/// Whether a text can be an identifier, as it is or raw.
pub fn is_identifier(text: &str) -> bool {
    let no_raw_form = ["self", "Self", "super", "crate", "_"].contains(&text);
    let first = text
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_alphabetic() || c == '_');
    first && !no_raw_form && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

/// Whether a text's symbols do nothing but separate words.
pub fn only_separates(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_alphanumeric() || "-_. /:".contains(c))
}

/// What tells two texts apart whose words are the same: `lookAlike` is camel, `look_alike` snake.
pub fn style(text: &str) -> &'static str {
    let upper = text.chars().any(char::is_uppercase);
    let lower = text.chars().any(char::is_lowercase);
    let starts_upper = text.starts_with(char::is_uppercase);
    if !text.is_empty() && !text.chars().any(char::is_alphanumeric) {
        "symbol"
    } else if text.contains('-') {
        "kebab"
    } else if text.contains('_') && !lower {
        "shouty"
    } else if text.contains('_') {
        "snake"
    } else if text.contains(' ') {
        "spaced"
    } else if text.contains('.') {
        "dotted"
    } else {
        match (upper, lower, starts_upper) {
            (true, false, _) => "upper",
            (true, true, true) => "capital",
            (true, true, false) => "camel",
            (false, ..) => "lower",
        }
    }
}

/// What tells two texts apart that differ in the case of their letters only.
pub fn letters(text: &str) -> &'static str {
    let upper = |c: char| c.is_uppercase();
    let letters: Vec<char> = text.chars().collect();
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if letters.iter().all(|c| !c.is_lowercase()) {
        "all caps"
    } else if letters
        .windows(2)
        .any(|pair| pair.iter().copied().all(upper))
    {
        "acronym"
    } else if words().all(|word| word.starts_with(upper)) {
        "title case"
    } else if text.starts_with(upper) && !words().skip(1).any(|word| word.contains(upper)) {
        "sentence case"
    } else if text.contains(upper) {
        "mixed case"
    } else {
        "lower case"
    }
}

#[cfg(test)]
mod tests;
