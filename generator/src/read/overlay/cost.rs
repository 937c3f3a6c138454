//! How many values a JSONPath looks at, at most, told before it does: nothing interrupts one that has begun.
//!
//! May not tell anything. What it says is a bound: of paths as people write them the document's own size or little more.

use serde_json::Value;
use std::collections::BTreeMap;

/// What of a path makes it look at a value more than once.
#[derive(Debug, Default, PartialEq)]
struct Shape {
    /// Each `..`, and what else looks at all that is within a value: the member that it goes on with, or any.
    descents: Vec<Option<String>>,
    /// How often the lists of selectors in brackets take the same value, all together.
    times: u64,
    /// How many queries of a filter begin at the root again and go far.
    anew: u32,
}

/// The values that a path looks at in a document, each as often as it does; at most.
pub(super) fn most(root: &Value, path: &str) -> u64 {
    let shape = shape(path);
    let mut entries = vec![0; shape.descents.len() + 1];
    entries[0] = 1;
    let visits = visits(root, &shape.descents, &entries);
    let all = u64::try_from(count(root)).unwrap_or(u64::MAX);
    let anew = all.saturating_pow(shape.anew);
    visits
        .max(all)
        .saturating_mul(shape.times)
        .saturating_mul(anew)
}

fn count(value: &Value) -> usize {
    children(value)
        .map(|(_, child)| count(child))
        .sum::<usize>()
        + 1
}

fn children(value: &Value) -> impl Iterator<Item = (Option<&str>, &Value)> {
    let members = value.as_object().into_iter().flatten();
    let members = members.map(|(name, value)| (Some(name.as_str()), value));
    let elements = value.as_array().into_iter().flatten();
    members.chain(elements.map(|value| (None, value)))
}

/// How often all descents come to what is within a value. `entries` says how often each of them begins at the
/// value or above it.
fn visits(value: &Value, descents: &[Option<String>], entries: &[u64]) -> u64 {
    let begun = &entries[..descents.len()];
    let mut all = begun
        .iter()
        .fold(0_u64, |sum, more| sum.saturating_add(*more));
    for (name, child) in children(value) {
        let mut inner = entries.to_vec();
        for (index, wanted) in descents.iter().enumerate() {
            if wanted.is_none() || wanted.as_deref() == name {
                inner[index + 1] = inner[index + 1].saturating_add(entries[index]);
            }
        }
        all = all.saturating_add(visits(child, descents, &inner));
    }
    all
}

fn shape(path: &str) -> Shape {
    let mut shape = Shape {
        times: 1,
        ..Shape::default()
    };
    // Of each open bracket: where the selector begins that is being read, and those before; none of a parenthesis.
    let mut open: Vec<Option<(usize, Vec<&str>)>> = Vec::new();
    let (mut quote, mut is_escaped) = (None, false);
    for (at, part) in path.char_indices() {
        if let Some(end) = quote {
            if part == end && !is_escaped {
                quote = None;
            }
            is_escaped = part == '\\' && !is_escaped;
            continue;
        }
        let rest = &path[at + part.len_utf8()..];
        match part {
            '\'' | '"' => quote = Some(part),
            '.' if rest.starts_with('.') => shape.descents.push(member(&rest[1..])),
            '@' if goes_far(rest) && !query(rest).contains("..") => shape.descents.push(None),
            '$' if at > 0 && (goes_far(rest) || query(rest).contains("..")) => shape.anew += 1,
            '(' => open.push(None),
            '[' => open.push(Some((at + 1, Vec::new()))),
            ',' | ']' => {
                if let Some(Some((begun, selectors))) = open.last_mut() {
                    selectors.push(path.get(*begun..at).unwrap_or_default().trim());
                    *begun = at + 1;
                }
            }
            _ => {}
        }
        if matches!(part, ')' | ']')
            && let Some(Some((_, selectors))) = open.pop()
        {
            shape.times = shape.times.saturating_mul(times(&selectors));
        }
    }
    shape
}

/// The member that a descent goes on with, if it is one: `..name` or `..['name']`.
fn member(after: &str) -> Option<String> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-') || !c.is_ascii();
    let name = match after.strip_prefix('[') {
        None => after.split(|c| !plain(c)).next()?,
        Some(inner) => {
            let (inner, _) = inner.split_once(']')?;
            let inner = inner.trim().trim_matches(['\'', '"']);
            inner.chars().all(plain).then_some(inner)?
        }
    };
    (!name.is_empty() && !name.chars().all(|c| c.is_ascii_digit())).then(|| name.to_owned())
}

/// A query of a filter, up to what it is compared with.
fn query(rest: &str) -> &str {
    let end = rest.find([' ', ')', '=', '<', '>', '!', '&', '|', ',']);
    &rest[..end.unwrap_or(rest.len())]
}

/// Whether a query of a filter takes more than one value, but for `..`, which is counted where it stands.
fn goes_far(rest: &str) -> bool {
    query(rest).contains(['*', ':', '?'])
}

/// How often selectors beside each other take the same value, at most.
fn times(selectors: &[&str]) -> u64 {
    let mut plain: BTreeMap<&str, u64> = BTreeMap::new();
    let mut wide = 0;
    for selector in selectors {
        let is_wide = selector.starts_with(['*', '?', '-', ':'])
            || (!selector.starts_with(['\'', '"']) && selector.contains(':'));
        match is_wide {
            true => wide += 1,
            false => *plain.entry(selector.trim_matches(['\'', '"'])).or_default() += 1,
        }
    }
    (wide + plain.into_values().max().unwrap_or(0)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use serde_json_path::JsonPath;

    fn document() -> Value {
        json!({"a": {"b": [1, {"a": {"c": 2}}], "c": {"a": {"a": 3}}}, "b": {"c": [[], {}, {"d": 4}]}})
    }

    #[test]
    fn no_path_takes_more_than_is_said() {
        let root = document();
        for path in [
            "$",
            "$.a",
            "$..*",
            "$..a",
            "$..a..a",
            "$..*..*",
            "$..*..*..*",
            "$..[*,*]",
            "$[*,*][*,*,*]",
            "$['a','a']['b','b',\"b\"][*]",
            "$..b[0,-2,0]",
            "$..[?(@..*)]",
            "$..[?(@..[?(@..*)])]",
            "$..c[?(@.a)]",
            "$..[0:2,1:,::2]",
            "$..['a','c']..['c',\"a\"]",
            "$..[?@.*]..*",
            "$[?(@['b','c'].*)]",
            "$[?(@['b']),*][?(@['c']),*]",
        ] {
            let parsed = JsonPath::parse(path).unwrap_or_else(|error| panic!("{path}: {error}"));
            let taken = parsed.query_located(&root).len() as u64;
            assert!(
                taken <= most(&root, path),
                "{path}: {taken} > {}",
                most(&root, path)
            );
        }
    }

    #[test]
    fn what_is_said_of_plain_paths_is_the_document() {
        let root = document();
        let all = count(&root) as u64;
        assert_eq!(all, 16);
        for path in [
            "$",
            "$.a.b",
            "$..*",
            "$..d",
            "$.b.c[?(@.d == 4 && match(@.d, 'a,[*,*]..$'))]",
            "$['a','b'].c",
        ] {
            assert_eq!(most(&root, path), all, "{path}");
        }
        // All values, and those below each `c`.
        assert_eq!(most(&root, "$..c..d"), all + 1 + 3 + 5);
        assert_eq!(most(&root, "$[*,*][*,*]"), 4 * all);
        assert!(most(&root, "$..[?(count($..*) > 1)]") >= all * all);
        assert_eq!(most(&root, "$..[?(@.a == $.b.c)]"), all);
    }
}
