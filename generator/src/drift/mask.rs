//! What may be told of a recording: the only module that decides it.
//!
//! | in a recording | what is told |
//! |---|---|
//! | a value | its type and size, for text the signs it is made of or what it looks like, never a sign of it |
//! | a whole number of at most six digits where an `enum` lists numbers | the number |
//! | a text where an `enum` lists texts | the text, if it is spelt like a listed one, was met in two answers at least, and there are at most five of them; else its shape |
//! | the name of a member that is not declared | the name, if it is spelt like a name in a program, the schema declares members, and at most 20 such names were met there; else nothing |
//! | a segment of a path | itself, if it is one of a template of the document; else its shape |
//! | a media type | itself, without parameters |
//! | query, headers, host, numbers and texts elsewhere | nothing |

use serde_json::Value;

use super::format;

/// The most texts that a list may lack before they are no list but free text.
pub const MOST_TEXTS: usize = 5;
/// The most undeclared names of one schema before they are keys of a map.
pub const MOST_NAMES: usize = 20;
/// In so many answers a text has to be met.
pub const LEAST_ANSWERS: usize = 2;
const LONGEST_NAME: usize = 64;
const LONGEST_VALUE: usize = 40;

/// A value by its shape. For example: `text of 24 characters, like an e-mail address`.
pub fn shape(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "a boolean".to_owned(),
        Value::Number(number) if number.is_f64() => "a number".to_owned(),
        Value::Number(number) => {
            let digits = number.to_string().trim_start_matches('-').len();
            format!("a whole number of {}", count(digits, "digit"))
        }
        Value::String(text) if text.is_empty() => "an empty text".to_owned(),
        Value::String(text) => {
            let length = count(text.chars().count(), "character");
            match class(text) {
                "text" => format!("text of {length}: {}", signs(text)),
                class => format!("text of {length}, like {} {class}", article(class)),
            }
        }
        Value::Array(list) => format!("a list of {}", count(list.len(), "element")),
        Value::Object(object) => format!("an object of {}", count(object.len(), "member")),
    }
}

fn count(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}

fn article(class: &str) -> &'static str {
    match class.starts_with(['e', 'I']) {
        true => "an",
        false => "a",
    }
}

/// What a text looks like. For example: `UUID`, `e-mail address`, `number`, `text`.
pub fn class(text: &str) -> &'static str {
    let known = [
        ("uuid", "UUID"),
        ("date-time", "date and time"),
        ("date", "date"),
        ("time", "time"),
        ("ipv4", "IP address"),
        ("ipv6", "IP address"),
        ("email", "e-mail address"),
        ("uri", "URL"),
    ];
    if !text.is_empty() && text.chars().all(|c| c.is_ascii_digit()) {
        return "number";
    }
    let fits = |(format, _): &&(&str, &str)| format::fits(format, text);
    known.iter().find(fits).map_or("text", |(_, class)| class)
}

/// The signs a text is made of. For example: `letters, digits, -`.
fn signs(text: &str) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut part = |name: &str, is: fn(char) -> bool| {
        if text.chars().any(is) {
            parts.push(name.to_owned());
        }
    };
    part("letters", char::is_alphabetic);
    part("digits", char::is_numeric);
    part("blanks", char::is_whitespace);
    let marks = "-_.:/@+,";
    let used = marks.chars().filter(|mark| text.contains(*mark));
    let used: String = used.collect();
    if !used.is_empty() {
        parts.push(used);
    }
    let other = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !marks.contains(c);
    if text.chars().any(other) {
        parts.push("other signs".to_owned());
    }
    parts.join(", ")
}

/// Whether the name of a member can be told: it is spelt like a name in a program, not like an id, a
/// number, an address or a person's name with blanks.
pub fn is_name(name: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || "_$@".contains(c);
    let goes_on = |c: char| c.is_ascii_alphanumeric() || "_$.-".contains(c);
    let rest = name.strip_prefix(begins);
    rest.is_some_and(|rest| rest.chars().all(goes_on))
        && name.len() <= LONGEST_NAME
        && !looks_random(name)
        && class(name) == "text"
        && !has_domain(name)
}

/// Four digits in a row, or digits and letters in turns: an id, a telephone number, a key.
fn looks_random(text: &str) -> bool {
    let digit: Vec<bool> = text.chars().map(|c| c.is_ascii_digit()).collect();
    let long = digit.windows(4).any(|four| four.iter().all(|digit| *digit));
    let turns = digit.windows(2).filter(|two| two[0] != two[1]).count();
    let digits = digit.iter().filter(|digit| **digit).count();
    long || turns > 3 || digits * 2 > digit.len()
}

/// For example `jane.doe` or `mail.example.com`: names in programs have no dots, or few words do.
fn has_domain(name: &str) -> bool {
    name.contains('.')
}

/// Whether a media type can be told: what is spelt like none may hold anything.
pub fn is_media(media: &str) -> bool {
    let plain = |part: &str, marks: &str| {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || marks.contains(c);
        !part.is_empty() && part.len() <= LONGEST_NAME && part.chars().all(fits)
    };
    let parts = media.split_once('/');
    parts.is_some_and(|(class, subtype)| plain(class, "-") && plain(subtype, ".+-"))
}

/// Whether a value that a list lacks can be told, by what the list has. Texts are told only where
/// `answers` is enough, too.
pub fn is_value(value: &Value, listed: &[Value]) -> bool {
    match value {
        Value::Number(number) if !number.is_f64() => {
            let digits = number.to_string().trim_start_matches('-').len();
            digits <= 6 && listed.iter().any(Value::is_number)
        }
        Value::String(text) => {
            let texts = listed.iter().filter_map(Value::as_str);
            text.len() <= LONGEST_VALUE
                && is_name(text)
                && texts.into_iter().any(|listed| alike(text, listed))
        }
        Value::Bool(_) => true,
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => false,
    }
}

/// Whether two texts are spelt in one way: the same cases and marks, at most twice as long.
fn alike(one: &str, other: &str) -> bool {
    let spelling = |text: &str| {
        let first = text.chars().next().is_some_and(|c| c.is_ascii_uppercase());
        let upper = text.chars().any(|c| c.is_ascii_uppercase());
        let lower = text.chars().any(|c| c.is_ascii_lowercase());
        (first, upper, lower)
    };
    let marks = |text: &str| -> Vec<char> {
        let marks = text.chars().filter(|c| !c.is_ascii_alphanumeric());
        marks.collect()
    };
    let known = marks(other);
    spelling(one) == spelling(other)
        && one.len() <= 2 * other.len().max(6)
        && marks(one)
            .iter()
            .all(|mark| "_-".contains(*mark) || known.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_have_no_sign_of_the_value() {
        for (value, wanted) in [
            (
                json!("31-k2mfq7WxTug"),
                "text of 14 characters: letters, digits, -",
            ),
            (
                json!("jane.doe@example.com"),
                "text of 20 characters, like an e-mail address",
            ),
            (json!("Jane Döe"), "text of 8 characters: letters, blanks"),
            (
                json!("+49 170 1234567"),
                "text of 15 characters: digits, blanks, +",
            ),
            (
                json!("4111111111111111"),
                "text of 16 characters, like a number",
            ),
            (
                json!("0198c0de-0000-7000-8000-000000000001"),
                "text of 36 characters, like a UUID",
            ),
            (json!("2026-01-02"), "text of 10 characters, like a date"),
            (
                json!("10.0.0.1"),
                "text of 8 characters, like an IP address",
            ),
            (
                json!("https://jane.example/x?key=1"),
                "text of 28 characters, like a URL",
            ),
            (json!(""), "an empty text"),
            (json!(4111111111111111_i64), "a whole number of 16 digits"),
            (json!(1.5), "a number"),
            (json!(true), "a boolean"),
            (json!(null), "null"),
            (json!(["jane"]), "a list of 1 element"),
            (json!({"jane": 1}), "an object of 1 member"),
        ] {
            assert_eq!(shape(&value), wanted);
        }
    }

    #[test]
    fn names_are_told_that_are_names_in_programs() {
        for name in ["tags", "lookAlike", "esp_code2", "_id", "@type", "x-rate"] {
            assert!(is_name(name), "{name}");
        }
        assert!(is_media("application/problem+json"));
        assert!(!is_media("application/jane@example.com"));
        for name in [
            "jane.doe@example.com",
            "jane.doe",
            "Jane Doe",
            "12345",
            "0198c0de-0000-7000-8000-000000000001",
            "a1b2c3d4e5",
            "cus_1234567",
            "2026-01-02",
            "",
            "日本",
            "x\u{1b}[2J",
            "'",
        ] {
            assert!(!is_name(name), "{name}");
        }
        assert!(!is_name(&"a".repeat(65)));
    }

    #[test]
    fn values_are_told_that_are_spelt_like_listed_ones() {
        let texts = [json!("active"), json!("not_started")];
        for (value, told) in [
            (json!("closed"), true),
            (json!("in-progress"), true),
            (json!("Jane"), false),
            (json!("JANE"), false),
            (json!("jane.doe"), false),
            (json!("jane doe"), false),
            (json!("jane@example.com"), false),
            (json!("k2mfq7WxTugZ"), false),
            (json!("averyveryverylongwordthatisnoneofthelisted"), false),
            (json!(5), false),
            (json!({"a": 1}), false),
        ] {
            assert_eq!(is_value(&value, &texts), told, "{value}");
        }
        let numbers = [json!(1), json!(-2)];
        assert!(is_value(&json!(0), &numbers));
        assert!(is_value(&json!(-999_999), &numbers));
        assert!(!is_value(&json!(1_000_000), &numbers));
        assert!(!is_value(&json!(0.5), &numbers));
        assert!(!is_value(&json!("closed"), &numbers));
    }
}
