//! The overlay that makes a document true: actions in rounds, and their text.
//!
//! May not write. What an action allows may show what it hid (a member behind a wrong type), so the
//! document is read again with the overlay and compared again, until nothing more can be done.

use serde_json::{Value, json};
use std::collections::BTreeSet;

use super::mend::{self, Action};
use super::{Finding, Kind, drift};
use crate::read::{self, Document};
use crate::report::Report;
use crate::source::{Linked, Pointer, Source};

/// So often a document is read again.
const MOST_ROUNDS: usize = 10;

/// An overlay, and what it leaves.
#[derive(Debug)]
pub struct Mended {
    /// The overlay as YAML; `None` where there is nothing to do.
    pub text: Option<String>,
    /// How many actions it has.
    pub actions: usize,
    /// The findings that are left with it.
    pub left: Vec<Finding>,
}

/// Makes an overlay for a document after those it has: with it, the same recordings differ in nothing
/// but what is left.
pub fn mend(
    source: &Source,
    files: &[Linked],
    overlays: &[Source],
    recordings: &[Source],
) -> Mended {
    let mut mended = Mended {
        text: None,
        actions: 0,
        left: Vec::new(),
    };
    let mut written: Vec<Value> = Vec::new();
    let mut lists: BTreeSet<Pointer> = BTreeSet::new();
    for round in 0..=MOST_ROUNDS {
        let overlay = mended
            .text
            .as_ref()
            .map(|text| Source::new("<drift>", text));
        let all: Vec<Source> = overlays.iter().cloned().chain(overlay).collect();
        // What is wrong with the document and the recordings has been told.
        let mut report = Report::default();
        let Ok(document) = read::read(source, files, &all, &mut report) else {
            break;
        };
        mended.left = drift(&document, recordings, &mut report).findings;
        let mut new = next(&document, &mended.left, &written);
        new.extend(emptied(&document, &mut lists));
        let missing = mended.left.iter().filter(|it| it.kind == Kind::Missing);
        lists.extend(missing.map(|finding| finding.at.key("required")));
        if new.is_empty() || round == MOST_ROUNDS {
            break;
        }
        written.append(&mut new);
        mended.actions = written.len();
        mended.text = print(&written, &document.info.title);
    }
    mended
}

/// The actions of a round that no round before had. What is within a schema that changes its form has
/// to wait for the next one.
fn next(document: &Document, findings: &[Finding], written: &[Value]) -> Vec<Value> {
    let mut new: Vec<Value> = Vec::new();
    let mut changed: Vec<&Pointer> = Vec::new();
    for finding in findings {
        let at = &finding.at;
        if changed.iter().any(|above| at.is_in(above)) {
            continue;
        }
        for action in mend::actions(document, finding) {
            let action = of(&action, &document.root);
            let same = |known: &&Value| {
                ["target", "update"]
                    .iter()
                    .all(|key| known.get(key) == action.get(key))
            };
            if !written.iter().chain(&new).any(|known| same(&known)) {
                new.push(action);
            }
        }
        if matches!(finding.kind, Kind::Type | Kind::Null | Kind::Value) {
            changed.push(at);
        }
    }
    new
}

/// The actions that take away lists of required members of which the rounds before have left nothing: 3.0 has no
/// empty ones.
fn emptied(document: &Document, lists: &mut BTreeSet<Pointer>) -> Vec<Value> {
    let is_empty = |at: &Pointer| {
        let list = document.get(at).and_then(Value::as_array);
        list.is_some_and(Vec::is_empty)
    };
    let gone: Vec<Pointer> = lists.iter().filter(|at| is_empty(at)).cloned().collect();
    lists.retain(|at| !gone.contains(at));
    let action = |at: &Pointer| {
        let target = path(at, &document.root);
        json!({"target": target, "description": "No member is left in it.", "remove": true})
    };
    gone.iter().map(action).collect()
}

/// An action as an overlay has it.
fn of(action: &Action, root: &Value) -> Value {
    let mut target = path(&action.target, root);
    if let Some(element) = &action.element {
        target.push_str(&format!("[?@ == {}]", quoted(element)));
    }
    let description = &action.description;
    match &action.update {
        Some(update) => json!({"target": target, "description": description, "update": update}),
        None => json!({"target": target, "description": description, "remove": true}),
    }
}

fn print(actions: &[Value], title: &str) -> Option<String> {
    let overlay = json!({
        "overlay": "1.1.0",
        "info": {"title": format!("What was recorded of {title}"), "version": "1.0.0"},
        "actions": actions,
    });
    let head = "# Written by `restwright drift`: what recorded answers have and the document has not.\n\
                # Read it before you use it: what is recorded is not always what is meant.\n";
    let text = serde_yaml::to_string(&overlay).ok()?;
    Some(format!("{head}{text}"))
}

/// A pointer as a JSONPath. For example: `$.paths['/a'].get.tags[0]`.
fn path(at: &Pointer, root: &Value) -> String {
    let mut path = "$".to_owned();
    let mut node = Some(root);
    for segment in at.segments() {
        let list = node.and_then(Value::as_array);
        let index = list.and_then(|_| segment.parse::<usize>().ok());
        match index {
            Some(index) => path.push_str(&format!("[{index}]")),
            None if is_plain(&segment) => path.push_str(&format!(".{segment}")),
            None => path.push_str(&format!("[{}]", quoted(&segment))),
        }
        node = match index {
            Some(index) => node.and_then(|node| node.get(index)),
            None => node.and_then(|node| node.get(&segment)),
        };
    }
    path
}

fn is_plain(name: &str) -> bool {
    let begins = |c: char| c.is_ascii_alphabetic() || c == '_';
    name.starts_with(begins) && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn quoted(text: &str) -> String {
    let mut out = "'".to_owned();
    for c in text.chars() {
        match c {
            '\'' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('\'');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json_path::JsonPath;

    #[test]
    fn paths_lead_where_pointers_lead() {
        let root = json!({
            "paths": {"/a'b\\c": {"get": [{"x-1": {"0": 5, "é\u{7}": 6}}]}},
        });
        let at = Pointer::root()
            .key("paths")
            .key("/a'b\\c")
            .key("get")
            .index(0)
            .key("x-1");
        for (at, wanted) in [(at.key("0"), 5), (at.key("é\u{7}"), 6)] {
            let path = path(&at, &root);
            let found = JsonPath::parse(&path).unwrap();
            assert_eq!(found.query(&root).all(), [&json!(wanted)], "{path}");
        }
        assert_eq!(path(&at, &root), "$.paths['/a\\'b\\\\c'].get[0]['x-1']");
    }
}
