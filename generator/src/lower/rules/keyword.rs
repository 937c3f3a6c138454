//! The rules that a schema's own keywords make. What is no rule, or cannot be checked exactly, is
//! reported and left out.

use crate::ir::Rule;
use crate::lower::scalar::is_file;
use crate::lower::view::Node;
use crate::report::Report;
use crate::source::Pointer;
use corvus_regex_ecma262::{Flags, Regex};
use serde_json::Value;

/// The rules of a schema's own keywords.
pub fn own(node: &Node, report: &mut Report) -> Vec<Rule> {
    let mut rules = Vec::new();
    bounds(node, report, &mut rules);
    rules.extend(step(node, report));
    // A file is no text.
    if !is_file(node) {
        let least = count(node, "minLength", report).filter(|least| *least > 0);
        rules.extend(least.map(Rule::MinLength));
        rules.extend(count(node, "maxLength", report).map(Rule::MaxLength));
        rules.extend(pattern(node, report));
    }
    let least = count(node, "minItems", report).filter(|least| *least > 0);
    rules.extend(least.map(Rule::MinItems));
    rules.extend(count(node, "maxItems", report).map(Rule::MaxItems));
    rules.extend(node.flag("uniqueItems").then_some(Rule::UniqueItems));
    let least = count(node, "minProperties", report).filter(|least| *least > 0);
    rules.extend(least.map(Rule::MinProperties));
    rules.extend(count(node, "maxProperties", report).map(Rule::MaxProperties));
    rules
}

/// The bounds of a number. Until 3.0 `exclusiveMinimum` is a flag that makes `minimum` strict, since
/// 3.1 it is a bound itself; a document means what it writes, whatever its version.
fn bounds(node: &Node, report: &mut Report, rules: &mut Vec<Rule>) {
    type Make = fn(String) -> Rule;
    let pairs: [(&str, &str, Make, Make); 2] = [
        (
            "minimum",
            "exclusiveMinimum",
            Rule::Minimum,
            Rule::ExclusiveMinimum,
        ),
        (
            "maximum",
            "exclusiveMaximum",
            Rule::Maximum,
            Rule::ExclusiveMaximum,
        ),
    ];
    for (keyword, strict, make, make_strict) in pairs {
        let flag = node.flag(strict);
        let bound = number(node, keyword, report);
        rules.extend(bound.map(if flag { make_strict } else { make }));
        if !node.get(strict).is_some_and(Value::is_boolean) {
            rules.extend(number(node, strict, report).map(make_strict));
        }
    }
}

fn step(node: &Node, report: &mut Report) -> Option<Rule> {
    let positive = node
        .get("multipleOf")?
        .as_f64()
        .is_none_or(|step| step > 0.0);
    if !positive {
        let at = node.at.key("multipleOf");
        not_checked(
            report,
            &at,
            "nothing is a multiple of what is not above zero",
        );
        return None;
    }
    number(node, "multipleOf", report).map(Rule::MultipleOf)
}

/// A number as it stands in the document.
fn number(node: &Node, keyword: &str, report: &mut Report) -> Option<String> {
    // A float has that many digits for certain; of one with more, nobody knows which were written.
    const CERTAIN: usize = 15;
    let value = node.get(keyword)?;
    let at = node.at.key(keyword);
    let Value::Number(number) = value else {
        not_checked(report, &at, "the bound is no number");
        return None;
    };
    let text = number.to_string();
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    let digits = digits.trim_matches('0').len();
    if number.is_f64() && digits > CERTAIN {
        not_checked(report, &at, "the bound has more digits than are kept");
        return None;
    }
    Some(text)
}

/// A number of characters, elements or members.
fn count(node: &Node, keyword: &str, report: &mut Report) -> Option<u64> {
    let value = node.get(keyword)?;
    let whole =
        |float: f64| (float.fract() == 0.0 && (0.0..9e15).contains(&float)).then_some(float as u64);
    let found = value.as_u64().or_else(|| value.as_f64().and_then(whole));
    if found.is_none() {
        not_checked(report, &node.at.key(keyword), "it is no count");
    }
    found
}

fn pattern(node: &Node, report: &mut Report) -> Option<Rule> {
    let at = node.at.key("pattern");
    let Value::String(pattern) = node.get("pattern")? else {
        not_checked(report, &at, "it is no text");
        return None;
    };
    is_checkable(pattern, &at, report).then(|| Rule::Pattern(pattern.clone()))
}

/// Whether a pattern can be checked, in bounded time; said where it cannot.
pub fn is_checkable(pattern: &str, at: &Pointer, report: &mut Report) -> bool {
    // As the runtime reads them; see `validate/pattern.rs` there.
    let read = |unicode| {
        let flags = Flags {
            unicode,
            ..Flags::default()
        };
        Regex::with_timeout(pattern, flags, None)
    };
    let wrong = match read(true) {
        _ if reads_back(pattern) => {
            "what a pattern reads back of the text (`\\1`) may take without end".to_owned()
        }
        Err(error) if read(false).is_err() => {
            let message = error.to_string();
            let message = message.trim_start_matches("ecmaregex: ").to_owned();
            format!("the pattern is none of ECMA-262: {message}")
        }
        Ok(_) | Err(_) => return true,
    };
    not_checked(report, at, &wrong);
    false
}

/// Whether a pattern has something that looks like a reference to a group.
fn reads_back(pattern: &str) -> bool {
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        if character == '\\'
            && characters
                .next()
                .is_some_and(|next| matches!(next, '1'..='9' | 'k'))
        {
            return true;
        }
    }
    false
}

fn not_checked(report: &mut Report, at: &Pointer, message: &str) {
    let help = "values are not checked against it";
    report.lost("rule-not-checked", at, message, help);
}
