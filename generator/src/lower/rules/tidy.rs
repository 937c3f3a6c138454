//! Leaves out what says nothing: most of a document has no bounds.

use crate::ir::{Alternative, Checks, Rule, Rules};
use std::collections::BTreeMap;

/// Leaves out rules that always hold, and the tables that nothing refers to any more.
pub fn tidy<N>(rules: &mut Rules<N>) {
    let mut speaks = vec![false; rules.tables.len()];
    // Every round finds a table that says something, or is the last.
    loop {
        let before = speaks.clone();
        for (index, table) in rules.tables.iter().enumerate() {
            speaks[index] = speaks[index] || !telling(&table.rules, &speaks).is_empty();
        }
        if speaks == before {
            break;
        }
    }
    for table in &mut rules.tables {
        table.rules = telling(&table.rules, &speaks);
    }
    rules.operations.retain(|_, checks| {
        lists(checks).for_each(|rules| *rules = telling(rules, &speaks));
        checks.parameters.retain(|(_, _, rules)| !rules.is_empty());
        checks.bodies.retain(|(_, rules)| !rules.is_empty());
        !checks.parameters.is_empty() || !checks.bodies.is_empty()
    });
    drop_unused(rules);
}

fn lists(checks: &mut Checks) -> impl Iterator<Item = &mut Vec<Rule>> {
    let parameters = checks.parameters.iter_mut().map(|(_, _, rules)| rules);
    parameters.chain(checks.bodies.iter_mut().map(|(_, rules)| rules))
}

/// Those that can fail, each once.
fn telling(rules: &[Rule], speaks: &[bool]) -> Vec<Rule> {
    let inner = |rules: &[Rule]| Some(telling(rules, speaks)).filter(|rules| !rules.is_empty());
    let mut all: Vec<Rule> = Vec::new();
    for rule in rules {
        let rule = match rule {
            Rule::Of(table) => speaks
                .get(*table)
                .is_some_and(|speaks| *speaks)
                .then(|| rule.clone()),
            Rule::Item(at, rules) => inner(rules).map(|rules| Rule::Item(*at, rules)),
            Rule::Items(from, rules) => inner(rules).map(|rules| Rule::Items(*from, rules)),
            Rule::Property(name, rules) => {
                inner(rules).map(|rules| Rule::Property(name.clone(), rules))
            }
            Rule::PatternProperty(pattern, rules) => {
                inner(rules).map(|rules| Rule::PatternProperty(pattern.clone(), rules))
            }
            Rule::AdditionalProperty(names, patterns, rules) => inner(rules)
                .map(|rules| Rule::AdditionalProperty(names.clone(), patterns.clone(), rules)),
            Rule::AnyOf(alternatives) => any_of(alternatives, speaks),
            Rule::Minimum(_)
            | Rule::ExclusiveMinimum(_)
            | Rule::Maximum(_)
            | Rule::ExclusiveMaximum(_)
            | Rule::MultipleOf(_)
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Pattern(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::MinProperties(_)
            | Rule::MaxProperties(_) => Some(rule.clone()),
        };
        all.extend(rule.filter(|rule| !all.contains(rule)));
    }
    all
}

/// Alternatives of which one has rules, and none takes everything.
fn any_of(alternatives: &[Alternative], speaks: &[bool]) -> Option<Rule> {
    let alternatives: Vec<Alternative> = alternatives
        .iter()
        .map(|alternative| Alternative {
            rules: telling(&alternative.rules, speaks),
            ..alternative.clone()
        })
        .collect();
    let silent = alternatives
        .iter()
        .all(|alternative| alternative.rules.is_empty());
    let open = alternatives.contains(&Alternative::default());
    (!silent && !open).then_some(Rule::AnyOf(alternatives))
}

/// Keeps the tables that operations lead to.
fn drop_unused<N>(rules: &mut Rules<N>) {
    let mut used: BTreeMap<usize, usize> = BTreeMap::new();
    let mut open: Vec<usize> = Vec::new();
    for checks in rules.operations.values_mut() {
        lists(checks).for_each(|rules| references(rules, &mut |table| open.push(*table)));
    }
    while let Some(table) = open.pop() {
        if used.insert(table, 0).is_none()
            && let Some(table) = rules.tables.get_mut(table)
        {
            references(&mut table.rules, &mut |table| open.push(*table));
        }
    }
    for (new, position) in used.values_mut().enumerate() {
        *position = new;
    }
    let mut index = 0;
    rules.tables.retain(|_| {
        index += 1;
        used.contains_key(&(index - 1))
    });
    let mut renumber = |table: &mut usize| *table = used.get(table).copied().unwrap_or_default();
    for table in &mut rules.tables {
        references(&mut table.rules, &mut renumber);
    }
    for checks in rules.operations.values_mut() {
        lists(checks).for_each(|rules| references(rules, &mut renumber));
    }
}

/// Goes through the references to tables, at any depth.
fn references(rules: &mut [Rule], visit: &mut impl FnMut(&mut usize)) {
    for rule in rules {
        match rule {
            Rule::Of(table) => visit(table),
            Rule::Item(_, rules)
            | Rule::Items(_, rules)
            | Rule::Property(_, rules)
            | Rule::PatternProperty(_, rules)
            | Rule::AdditionalProperty(_, _, rules) => references(rules, visit),
            Rule::AnyOf(alternatives) => {
                for alternative in alternatives {
                    references(&mut alternative.rules, visit);
                }
            }
            Rule::Minimum(_)
            | Rule::ExclusiveMinimum(_)
            | Rule::Maximum(_)
            | Rule::ExclusiveMaximum(_)
            | Rule::MultipleOf(_)
            | Rule::MinLength(_)
            | Rule::MaxLength(_)
            | Rule::Pattern(_)
            | Rule::MinItems(_)
            | Rule::MaxItems(_)
            | Rule::UniqueItems
            | Rule::MinProperties(_)
            | Rule::MaxProperties(_) => {}
        }
    }
}
