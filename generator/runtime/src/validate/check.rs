//! Holds a value against rules.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use super::json::Json;
use super::number::Number;
use super::{Alternative, Kind, Rule, pattern};

/// How many rules are looked at, and characters matched, before the rest counts as right.
const MOST_STEPS: usize = 5_000_000;

/// Rules within rules; only a table that contains itself without end gets there.
const MOST_LEVELS: usize = 300;

/// More faults of one value than that help nobody.
const MOST_FAULTS: usize = 100;

/// All that is wrong with a value, each with its place, which begins with `root`.
pub(super) fn check(rules: &'static [Rule], value: &Json, root: String) -> Vec<String> {
    let mut checker = Checker {
        faults: Vec::new(),
        path: root,
        steps: MOST_STEPS,
        level: 0,
    };
    checker.all(rules, value);
    let mut faults = checker.faults;
    if faults.len() > MOST_FAULTS {
        faults.truncate(MOST_FAULTS);
        faults.push("and more".to_owned());
    }
    faults
}

struct Checker {
    faults: Vec<String>,
    /// Where the value stands that is being looked at.
    path: String,
    /// How many are left.
    steps: usize,
    level: usize,
}

impl Checker {
    fn all(&mut self, rules: &'static [Rule], value: &Json) {
        if self.level >= MOST_LEVELS {
            return;
        }
        self.level += 1;
        for rule in rules {
            if self.spend(1) {
                self.one(rule, value);
            }
        }
        self.level -= 1;
    }

    /// Whether there are steps left.
    fn spend(&mut self, steps: usize) -> bool {
        let left = self.steps >= steps && self.faults.len() <= MOST_FAULTS;
        self.steps = self.steps.saturating_sub(steps);
        left
    }

    fn one(&mut self, rule: &'static Rule, value: &Json) {
        match (rule, value) {
            (Rule::Of(rules), value) => self.all(rules, value),
            (Rule::AnyOf(alternatives), value) => self.any_of(alternatives, value),
            (rule, Json::Number(number)) => self.number(rule, number),
            (rule, Json::String(text)) => self.text(rule, text),
            (rule, Json::Array(elements)) => self.list(rule, elements),
            (rule, Json::Object(members)) => self.object(rule, members),
            (_, Json::Null | Json::Boolean(_) | Json::Unread(_)) => {}
        }
    }

    fn tell(&mut self, wrong: bool, message: impl FnOnce() -> String) {
        if wrong {
            self.faults.push(format!("{}: {}", self.path, message()));
        }
    }

    /// Looks at something in a value, one step further.
    fn within(&mut self, step: &str, rules: &'static [Rule], value: &Json) {
        let length = self.path.len();
        self.path.push_str(step);
        self.all(rules, value);
        self.path.truncate(length);
    }

    fn number(&mut self, rule: &Rule, number: &Number) {
        let is = |bound: &str, wrong: fn(Ordering) -> bool| {
            Number::read(bound).is_some_and(|bound| wrong(number.compare(&bound)))
        };
        match rule {
            Rule::Minimum(bound) => {
                self.tell(is(bound, Ordering::is_lt), || {
                    format!("must be at least {bound}")
                });
            }
            Rule::ExclusiveMinimum(bound) => {
                self.tell(is(bound, Ordering::is_le), || {
                    format!("must be more than {bound}")
                });
            }
            Rule::Maximum(bound) => {
                self.tell(is(bound, Ordering::is_gt), || {
                    format!("must be at most {bound}")
                });
            }
            Rule::ExclusiveMaximum(bound) => {
                self.tell(is(bound, Ordering::is_ge), || {
                    format!("must be less than {bound}")
                });
            }
            Rule::MultipleOf(step) => {
                let fits = Number::read(step).is_none_or(|step| number.is_multiple_of(&step));
                self.tell(!fits, || format!("must be a multiple of {step}"));
            }
            _ => {}
        }
    }

    fn text(&mut self, rule: &Rule, text: &str) {
        match rule {
            Rule::MinLength(least) => {
                self.tell(count(text.chars().count()) < *least, || {
                    format!("must have at least {}", several(*least, "character"))
                });
            }
            Rule::MaxLength(most) => {
                self.tell(count(text.chars().count()) > *most, || {
                    format!("must have at most {}", several(*most, "character"))
                });
            }
            Rule::Pattern(pattern) => {
                let found = !self.spend(text.len()) || pattern::matches(pattern, text);
                self.tell(!found, || format!("must match `{pattern}`"));
            }
            _ => {}
        }
    }

    fn list(&mut self, rule: &Rule, elements: &[Json]) {
        match rule {
            Rule::MinItems(least) => {
                self.tell(count(elements.len()) < *least, || {
                    format!("must have at least {}", several(*least, "element"))
                });
            }
            Rule::MaxItems(most) => {
                self.tell(count(elements.len()) > *most, || {
                    format!("must have at most {}", several(*most, "element"))
                });
            }
            Rule::UniqueItems => {
                let mut seen = BTreeSet::new();
                let twice = !elements
                    .iter()
                    .all(|element| seen.insert(element.identity()));
                self.tell(twice, || "must have no element twice".to_owned());
            }
            Rule::Item(index, rules) => {
                if let Some(element) = elements.get(*index) {
                    self.within(&format!("[{index}]"), rules, element);
                }
            }
            Rule::Items(from, rules) => {
                for (index, element) in elements.iter().enumerate().skip(*from) {
                    self.within(&format!("[{index}]"), rules, element);
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, rule: &Rule, members: &BTreeMap<String, Json>) {
        match rule {
            Rule::MinProperties(least) => {
                self.tell(count(members.len()) < *least, || {
                    format!("must have at least {}", several(*least, "member"))
                });
            }
            Rule::MaxProperties(most) => {
                self.tell(count(members.len()) > *most, || {
                    format!("must have at most {}", several(*most, "member"))
                });
            }
            Rule::Property(name, rules) => {
                if let Some(value) = members.get(*name) {
                    self.within(&format!(".{name}"), rules, value);
                }
            }
            Rule::PatternProperty(pattern, rules) => {
                for (name, value) in members {
                    if self.spend(name.len()) && pattern::matches(pattern, name) {
                        self.within(&format!(".{name}"), rules, value);
                    }
                }
            }
            Rule::AdditionalProperty(names, patterns, rules) => {
                for (name, value) in members {
                    let known = names.contains(&name.as_str())
                        || patterns
                            .iter()
                            .any(|pattern| pattern::matches(pattern, name));
                    if !known {
                        self.within(&format!(".{name}"), rules, value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Tells what is wrong with a value as the alternative that it comes closest to; nothing where it
    /// can be none of them.
    fn any_of(&mut self, alternatives: &'static [Alternative], value: &Json) {
        let outer = std::mem::take(&mut self.faults);
        let mut closest: Option<Vec<String>> = None;
        for alternative in alternatives {
            if !self.spend(1) || closest.as_ref().is_some_and(Vec::is_empty) {
                break;
            }
            if !fits(alternative, value) {
                continue;
            }
            self.all(alternative.rules, value);
            let faults = std::mem::take(&mut self.faults);
            if closest
                .as_ref()
                .is_none_or(|known| faults.len() < known.len())
            {
                closest = Some(faults);
            }
        }
        self.faults = outer;
        // What was not looked at may be right.
        if self.steps > 0 {
            self.faults.extend(closest.into_iter().flatten());
        }
    }
}

/// Whether a value can be of this form.
fn fits(alternative: &Alternative, value: &Json) -> bool {
    let kind = |kind: &Kind| match value {
        Json::Null | Json::Unread(_) => true,
        Json::Boolean(_) => *kind == Kind::Boolean,
        Json::Number(number) => {
            *kind == Kind::Number || (*kind == Kind::Integer && number.is_whole())
        }
        Json::String(_) => *kind == Kind::String,
        Json::Array(_) => *kind == Kind::Array,
        Json::Object(_) => *kind == Kind::Object,
    };
    let one_of = |value: &Json, texts: &[&str]| match value {
        Json::Null | Json::Unread(_) => true,
        Json::String(text) => texts.contains(&text.as_str()),
        _ => false,
    };
    let members = |members: &BTreeMap<String, Json>| {
        let tag = |(name, texts): &(&str, &[&str])| {
            members.get(*name).is_none_or(|value| one_of(value, texts))
        };
        alternative
            .required
            .iter()
            .all(|name| members.contains_key(*name))
            && alternative.tags.iter().all(tag)
    };
    let object = match value {
        Json::Object(object) => members(object),
        _ => true,
    };
    let listed = alternative.values.is_empty() || one_of(value, alternative.values);
    (alternative.kinds.is_empty() || alternative.kinds.iter().any(kind)) && object && listed
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn several(number: u64, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
