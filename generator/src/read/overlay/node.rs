//! What a JSONPath selects in a document, and the nodes there.

use std::collections::BTreeSet;

use regex::RegexBuilder;
use serde_json::Value;
use serde_json_path::{JsonPath, PathElement};

use super::{Context, cost};
use crate::limits;
use crate::report::{BEYOND, Severity};
use crate::source::Pointer;

/// The parser of paths recurses into brackets, so the user's text is bounded first.
pub(super) const MAX_BRACKETS: usize = 32;
const MAX_PATH: usize = 2_000;
/// Each `..` looks at every node within every node that the ones before have found.
const MAX_DESCENTS: usize = 3;
/// A pattern is compiled for each node that it is held against.
const MAX_PATTERN: usize = 64 * 1024;

/// One step from a node to a child of it. Indices sort as numbers.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Index(usize),
    Key(String),
}

impl From<&PathElement<'_>> for Step {
    fn from(element: &PathElement<'_>) -> Self {
        match element {
            PathElement::Name(name) => Step::Key((*name).to_owned()),
            PathElement::Index(index) => Step::Index(*index),
        }
    }
}

/// What a JSONPath selects: steps from the root, sorted, each node once.
pub(super) fn select(
    root: &Value,
    path: &str,
    at: &Pointer,
    cx: &mut Context<'_>,
) -> Option<Vec<Vec<Step>>> {
    let brackets = path.chars().filter(|part| "([".contains(*part)).count();
    if path.len() > MAX_PATH || brackets > MAX_BRACKETS {
        cx.error("bad-target", at, "the path is too long");
        return None;
    }
    if path.matches("..").count() > MAX_DESCENTS {
        let message = format!("the path has `..` more than {MAX_DESCENTS} times");
        cx.error("bad-target", at, &message);
        return None;
    }
    if let Some(pattern) = large_pattern(path) {
        let message = format!("the pattern `{pattern}` is too large to be held against every node");
        cx.error("bad-target", at, &message);
        return None;
    }
    match JsonPath::parse(path) {
        Ok(parsed) => {
            let most = cx.report.limits().values;
            let looks = cost::most(root, path);
            if looks > most as u64 {
                let message =
                    format!("the path may look at {looks} values, and {most} is the most");
                let help = limits::help("values");
                cx.add(Severity::Error, BEYOND, at, &message, Some(&help));
                return None;
            }
            let found = parsed.query_located(root);
            let steps = found
                .locations()
                .map(|location| location.iter().map(Step::from).collect());
            Some(steps.collect::<BTreeSet<Vec<Step>>>().into_iter().collect())
        }
        Err(error) => {
            let message = format!("`{path}` is no JSONPath: {error}");
            cx.error("bad-target", at, &message);
            None
        }
    }
}

/// A text in quotes that as a pattern is too large: few characters can repeat each other a million times.
fn large_pattern(path: &str) -> Option<&str> {
    let quoted = path.split(['\'', '"']).skip(1).step_by(2);
    let mut counted = quoted.filter(|text| text.contains('{'));
    counted.find(|text| {
        let built = RegexBuilder::new(text).size_limit(MAX_PATTERN).build();
        matches!(built, Err(regex::Error::CompiledTooBig(_)))
    })
}

/// A node, unless an action has taken it away.
pub(super) fn get<'v>(root: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get(index),
        Step::Key(key) => value.get(key),
    })
}

/// A node to change.
pub(super) fn get_mut<'v>(root: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(root, |value, step| match step {
        Step::Index(index) => value.get_mut(index),
        Step::Key(key) => value.get_mut(key),
    })
}

/// Takes a node out of what it is in; `None` for the root, which is in nothing.
pub(super) fn remove(root: &mut Value, steps: &[Step]) -> Option<()> {
    let (last, parents) = steps.split_last()?;
    match (get_mut(root, parents), last) {
        (Some(Value::Object(object)), Step::Key(key)) => {
            object.shift_remove(key);
        }
        (Some(Value::Array(list)), Step::Index(index)) if *index < list.len() => {
            list.remove(*index);
        }
        // Gone with a parent that was removed before.
        (_, Step::Key(_) | Step::Index(_)) => {}
    }
    Some(())
}
