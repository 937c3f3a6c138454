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

mod convention;
mod symbols;

pub use convention::{letters, style};
pub use symbols::{Symbols, only_separates};

use crate::ir::Part;
use heck::ToSnakeCase;
use symbols::spell;

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

#[cfg(test)]
mod tests;
