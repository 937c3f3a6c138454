//! What a client checks before it sends something, where it was generated to do so.
//!
//! A stricter rule refuses a call that worked, although code goes on compiling.

use super::{Change, Cx, Entry, Subject, Verdict, text};
use crate::ir::{Api, Checks, Name, Operation, Rule, Table};
use std::collections::BTreeMap;

/// The entries of schemas that others refer to.
pub fn entries(cx: &Cx) -> Vec<Entry> {
    let old = &cx.old.rules.tables;
    let paired = super::pair::pair(old, &cx.new.rules.tables, |it| it.name.place.clone(), &[]);
    let all = |api, table: &Table<Name>| {
        let mut lines = Lines::new();
        flatten(api, "", &table.rules, &mut lines);
        lines
    };
    let entry = |(old, new): (&Table<Name>, &Table<Name>)| {
        let changes = compare(&all(cx.old, old), &all(cx.new, new));
        let changes = changes.into_iter().map(|it| it.at(&old.name, &new.name));
        Entry {
            subject: Subject::Rules,
            name: new.name.place.to_string(),
            wire: None,
            changes: changes.collect(),
            reaches: Vec::new(),
        }
    };
    paired.both.into_iter().map(entry).collect()
}

/// What is checked of an operation's own parameters and body.
pub fn of_operation(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    let all = |api: &Api<Name>, of: &Operation<Name>| {
        let checks = api.rules.operations.get(&of.name.place);
        checks.map(|checks| lines(api, checks)).unwrap_or_default()
    };
    let changes = compare(&all(cx.old, old), &all(cx.new, new));
    let changes = changes.into_iter();
    changes.map(|it| it.at(&old.name, &new.name)).collect()
}

/// Rules by what they are about: `body.name, at least`.
type Lines = BTreeMap<(String, &'static str), Vec<String>>;

fn lines(api: &Api<Name>, checks: &Checks) -> Lines {
    let mut lines = Lines::new();
    for (_, name, rules) in &checks.parameters {
        flatten(api, name, rules, &mut lines);
    }
    for (media, rules) in &checks.bodies {
        flatten(api, &format!("body as {media}"), rules, &mut lines);
    }
    lines
}

fn flatten(api: &Api<Name>, at: &str, rules: &[Rule], lines: &mut Lines) {
    for rule in rules {
        let (kind, value) = match rule {
            Rule::Minimum(it) => ("at least", it.clone()),
            Rule::ExclusiveMinimum(it) => ("above", it.clone()),
            Rule::Maximum(it) => ("at most", it.clone()),
            Rule::ExclusiveMaximum(it) => ("below", it.clone()),
            Rule::MultipleOf(it) => ("a multiple of", it.clone()),
            Rule::MinLength(it) => ("characters at least", it.to_string()),
            Rule::MaxLength(it) => ("characters at most", it.to_string()),
            Rule::Pattern(it) => ("matches", it.clone()),
            Rule::MinItems(it) => ("elements at least", it.to_string()),
            Rule::MaxItems(it) => ("elements at most", it.to_string()),
            Rule::UniqueItems => ("elements", "unique".to_owned()),
            Rule::MinProperties(it) => ("members at least", it.to_string()),
            Rule::MaxProperties(it) => ("members at most", it.to_string()),
            Rule::Item(index, rules) => {
                flatten(api, &format!("{at}[{index}]"), rules, lines);
                continue;
            }
            Rule::Items(from, rules) => {
                flatten(api, &format!("{at}[{from}..]"), rules, lines);
                continue;
            }
            Rule::Property(name, rules) => {
                let dot = if at.is_empty() { "" } else { "." };
                flatten(api, &format!("{at}{dot}{name}"), rules, lines);
                continue;
            }
            Rule::PatternProperty(pattern, rules) => {
                flatten(api, &format!("{at}.<{pattern}>"), rules, lines);
                continue;
            }
            Rule::AdditionalProperty(_, _, rules) => {
                flatten(api, &format!("{at}.*"), rules, lines);
                continue;
            }
            Rule::AnyOf(alternatives) => {
                for (index, alternative) in alternatives.iter().enumerate() {
                    let at = format!("{at}|{index}");
                    flatten(api, &at, &alternative.rules, lines);
                }
                continue;
            }
            Rule::Of(table) => {
                let table = api.rules.tables.get(*table);
                let name = table.map(|table| table.name.place.to_string());
                ("as", name.unwrap_or_default())
            }
        };
        let key = (at.to_owned(), kind);
        lines.entry(key).or_default().push(value);
    }
}

fn compare(old: &Lines, new: &Lines) -> Vec<Change> {
    let mut changes = Vec::new();
    for ((at, kind), is) in new {
        let what = text::code(match at.as_str() {
            "" => "the value",
            at => at,
        });
        let to = text::plain(&is.join(", "));
        match old.get(&(at.clone(), *kind)) {
            Some(was) if was == is => {}
            Some(was) => {
                let from = text::plain(&was.join(", "));
                let text = format!(
                    "{what} is {kind} {}, was {}",
                    text::code(&to),
                    text::code(&from)
                );
                let change = match is_looser(kind, was, is) {
                    true => Change::new("rule-changed", Verdict::Behaviour, text),
                    false => Change::on_the_wire("rule-changed", text),
                };
                changes.push(change.was(from).is(to));
            }
            None => {
                let text = format!("{what} is checked: {kind} {}", text::code(&to));
                changes.push(Change::on_the_wire("rule-added", text).is(to));
            }
        }
    }
    for ((at, kind), was) in old.iter().filter(|(key, _)| !new.contains_key(*key)) {
        let from = text::plain(&was.join(", "));
        let text = format!("{} is not checked any more: {kind} {from}", text::code(at));
        changes.push(Change::new("rule-removed", Verdict::Behaviour, text).was(from));
    }
    changes
}

/// Whether every value that held, holds now; only numbers are compared.
fn is_looser(kind: &str, was: &[String], is: &[String]) -> bool {
    let ([was], [is]) = (was, is) else {
        return false;
    };
    let (Ok(was), Ok(is)) = (was.parse::<f64>(), is.parse::<f64>()) else {
        return false;
    };
    match kind {
        "at least" | "above" | "characters at least" | "elements at least" | "members at least" => {
            is < was
        }
        "at most" | "below" | "characters at most" | "elements at most" | "members at most" => {
            is > was
        }
        _ => false,
    }
}
