//! `Document` → the part of it that is wanted: operations by tag, id, path, method, deprecation.
//!
//! May not change what stays, and may not move a place: the text stays whole, so that pointers are as
//! true as before. Which types the operations need is found by [`lower`](crate::lower), from them.
//!
//! A callback stays with the operations that register it. A webhook is judged by its own tags, id and
//! method, and by its name in place of a path.

use crate::config::{Pattern, Select, is_like};
use crate::read::{self, Document, Hook, Operation};
use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Place, Pointer};
use std::collections::BTreeSet;

/// The part of a document that is wanted. What selects nothing is told, and that there is nothing left
/// is an error.
pub fn select(document: &Document, wanted: &Select, report: &mut Report) -> Document {
    let mut part = document.clone();
    part.is_whole = false;
    part.operations.retain(|it| is_wanted(&unit(it), wanted));
    let registered: BTreeSet<Pointer> = part.operations.iter().map(|it| it.at.clone()).collect();
    part.hooks.retain_mut(|hook| {
        if hook.registered_by.is_empty() {
            return is_wanted(&webhook(hook), wanted);
        }
        hook.registered_by.retain(|at| registered.contains(at));
        !hook.registered_by.is_empty()
    });
    tell(document, wanted, report);
    if part.operations.is_empty() && part.hooks.is_empty() {
        report.error(
            "nothing-selected",
            &Pointer::root(),
            "the selection leaves no operation of the document",
            "correct [select] in restwright.toml, or the options of the command",
        );
    }
    part
}

/// What an operation or a webhook is selected by.
struct Unit<'d> {
    tags: &'d [String],
    id: Option<&'d str>,
    path: &'d str,
    method: &'d str,
    deprecated: bool,
}

fn unit(operation: &Operation) -> Unit<'_> {
    Unit {
        tags: &operation.item.tags,
        id: operation.item.operation_id.as_deref(),
        path: &operation.path,
        method: &operation.method,
        deprecated: operation.item.deprecated,
    }
}

fn webhook(hook: &Hook) -> Unit<'_> {
    Unit {
        tags: &hook.item.tags,
        id: hook.item.operation_id.as_deref(),
        path: &hook.name,
        method: &hook.method,
        deprecated: hook.item.deprecated,
    }
}

/// What a list of patterns is about.
#[derive(Clone, Copy)]
enum By {
    Tag,
    Operation,
    Path,
    Method,
}

impl By {
    fn texts(self, unit: &Unit) -> Vec<String> {
        match self {
            By::Tag => unit.tags.to_vec(),
            By::Operation => {
                let by_path = format!("{} {}", unit.method, unit.path);
                unit.id
                    .map(str::to_owned)
                    .into_iter()
                    .chain([by_path])
                    .collect()
            }
            By::Path => vec![unit.path.to_owned()],
            By::Method => vec![unit.method.to_owned()],
        }
    }

    fn selects(self, pattern: &Pattern, unit: &Unit) -> bool {
        let texts = self.texts(unit);
        let mut texts = texts.iter();
        match self {
            By::Method => texts.any(|text| is_like(&pattern.text.to_uppercase(), text)),
            By::Tag | By::Operation | By::Path => texts.any(|text| is_like(&pattern.text, text)),
        }
    }

    /// The word for it in a message.
    fn word(self) -> &'static str {
        match self {
            By::Tag => "tag",
            By::Operation => "operation",
            By::Path => "path",
            By::Method => "method",
        }
    }
}

/// The lists of what is in.
fn included(wanted: &Select) -> [(By, &Vec<Pattern>); 4] {
    [
        (By::Tag, &wanted.tags),
        (By::Operation, &wanted.operations),
        (By::Path, &wanted.paths),
        (By::Method, &wanted.methods),
    ]
}

/// The lists of what is out.
fn excluded(wanted: &Select) -> [(By, &Vec<Pattern>); 4] {
    let not = &wanted.exclude;
    [
        (By::Tag, &not.tags),
        (By::Operation, &not.operations),
        (By::Path, &not.paths),
        (By::Method, &not.methods),
    ]
}

fn is_wanted(unit: &Unit, wanted: &Select) -> bool {
    let any = |by: By, patterns: &[Pattern]| patterns.iter().any(|it| by.selects(it, unit));
    included(wanted)
        .iter()
        .all(|(by, patterns)| patterns.is_empty() || any(*by, patterns))
        && !excluded(wanted)
            .iter()
            .any(|(by, patterns)| any(*by, patterns))
        && (wanted.deprecated != Some(false) || !unit.deprecated)
}

/// Tells of patterns that are like nothing in the whole document.
fn tell(document: &Document, wanted: &Select, report: &mut Report) {
    let webhooks = document
        .hooks
        .iter()
        .filter(|hook| hook.registered_by.is_empty());
    let units = document
        .operations
        .iter()
        .map(unit)
        .chain(webhooks.map(webhook));
    let units: Vec<Unit> = units.collect();
    let with = included(wanted)
        .into_iter()
        .map(|(by, patterns)| ("", by, patterns));
    let without = excluded(wanted)
        .into_iter()
        .map(|(by, patterns)| ("exclude", by, patterns));
    for (table, by, patterns) in with.chain(without) {
        for (index, pattern) in patterns.iter().enumerate() {
            if !units.iter().any(|unit| by.selects(pattern, unit)) {
                let at = [table, &format!("{}s", by.word())];
                report.add(idle(pattern, by, at, index, &units));
            }
        }
    }
}

fn idle(pattern: &Pattern, by: By, at: [&str; 2], index: usize, units: &[Unit]) -> Diagnostic {
    let texts: Vec<String> = units.iter().flat_map(|unit| by.texts(unit)).collect();
    let near = read::near(&pattern.text, texts.iter().map(String::as_str));
    let help = match near {
        Some(near) => format!("`{near}` may be meant"),
        None => "correct it, or take it out; `*` stands for any text".to_owned(),
    };
    let table = at.into_iter().filter(|key| !key.is_empty());
    let pointer = table.fold(Pointer::root().key("select"), |at, key| at.key(key));
    Diagnostic {
        severity: Severity::Warning,
        code: "selects-nothing",
        pointer: match pattern.place {
            Some(_) => pointer.index(index),
            None => Pointer::root(),
        },
        message: format!("the document has no {} `{}`", by.word(), pattern.text),
        help: Some(help),
        file: pattern.file.clone(),
        place: pattern.place.map(|(line, column)| Place { line, column }),
    }
}
