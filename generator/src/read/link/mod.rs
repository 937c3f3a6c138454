//! Every reference of a document, also into files beside it, made one that leads by pointer.
//!
//! The files are put under the document's root (see [`Pointer::of_file`]), where all stages reach
//! them. Then everything that is used is walked once, from the document on, by what it is: a
//! reference by `$id`, `$anchor` or path is written anew, one that nobody follows where it stands
//! gives way to what it leads to, and one that leads nowhere is told, once.
//!
//! May not read a file, and may not look into data: an example may hold what looks like a reference.

mod find;
mod grammar;
mod list;
mod splice;
mod tell;
#[cfg(test)]
mod tests;
mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::limits;
use crate::report::{BEYOND, Diagnostic, Report, Severity};
use crate::source::{Address, Linked, Place, Pointer, Text};

use find::Index;
use tell::Missing;

use super::version::Dialect;

pub(crate) use grammar::Kind;
pub use list::{Links, links};
pub(crate) use tell::near;

/// What is known of a document's files once its references are settled.
#[derive(Clone, Debug, Default)]
pub(super) struct Settled {
    /// Component schemas that are nothing but a reference into a file, each with the schema there.
    pub(super) homes: BTreeMap<Pointer, Pointer>,
    /// What is used of files.
    pub(super) parts: Vec<(Pointer, Kind)>,
    /// Whether the document has more in it than its text.
    pub(super) grown: bool,
}

/// Puts the files into the document and settles all references.
pub(super) fn settle(
    root: &mut Value,
    main: Address,
    files: &[Linked],
    dialect: Dialect,
    report: &mut Report,
) -> Settled {
    let missing = take_in(root, files, report);
    let loaded = files.iter().filter(|file| {
        let at = Pointer::of_file(file.address.as_str());
        at.get(root).is_some()
    });
    let loaded = loaded.map(|file| file.address.clone()).collect();
    let same = files.iter().filter_map(|file| match &file.text {
        Text::Same(other) => Some((file.address.clone(), other.clone())),
        Text::Read(_) | Text::Absent(_) => None,
    });
    let index = Index::new(root, main, loaded, same.collect());
    let found = walk::all(root, &index, &schemas(dialect), missing, report);
    for (at, member, reference) in found.edits {
        if let Some(Value::Object(object)) = at.get_mut(root) {
            object.insert(member, Value::String(reference));
        }
    }
    splice::apply(root, &found.splices, report);
    let grown = !found.splices.is_empty() || Pointer::files().get(root).is_some();
    let in_files = found.seen.into_iter().filter(|(at, _)| at.file().is_some());
    Settled {
        homes: homes(root, &schemas(dialect)),
        parts: in_files.collect(),
        grown,
    }
}

/// Where schemas stand that have a name.
pub(super) fn schemas(dialect: Dialect) -> Pointer {
    let root = Pointer::root();
    match dialect {
        Dialect::OpenApi3 => root.key("components").key("schemas"),
        Dialect::Swagger2 => root.key("definitions"),
    }
}

/// How many names that are not there are held against those that are.
const MOST_GUESSES: usize = 200;

/// Parses the files and puts them under the root.
fn take_in(root: &mut Value, files: &[Linked], report: &mut Report) -> Missing {
    let mut missing = Missing {
        reasons: BTreeMap::new(),
        unreadable: BTreeMap::new(),
        told: BTreeSet::new(),
        guesses: MOST_GUESSES,
    };
    let at = Pointer::files();
    let name = at.last().unwrap_or_default();
    let Some(object) = root.as_object_mut() else {
        return missing;
    };
    if object.shift_remove(&name).is_some() {
        let message = format!("`{name}` is a name of restwright's own");
        report.warning("reserved-name", &Pointer::root(), message, "it is left out");
    }
    let mut texts = Map::new();
    for file in files {
        match &file.text {
            Text::Same(_) => {}
            Text::Absent(reason) => {
                missing.reasons.insert(file.address.clone(), reason.clone());
            }
            Text::Read(source) => match source.parse_within(report.limits()) {
                Ok(text) => {
                    texts.insert(file.address.as_str().to_owned(), text);
                }
                Err(error) => {
                    let (severity, code, help) = match error.limit {
                        Some(setting) => (Severity::Error, BEYOND, limits::help(setting)),
                        None => {
                            let help = "what refers to it goes without".to_owned();
                            (Severity::Warning, "unreadable-file", help)
                        }
                    };
                    let found = Diagnostic {
                        severity,
                        code,
                        pointer: Pointer::root(),
                        message: error.message,
                        help: Some(help),
                        file: source.name.clone(),
                        place: Some(Place {
                            line: error.line,
                            column: error.column,
                        }),
                    };
                    missing.unreadable.insert(file.address.clone(), found);
                }
            },
        }
    }
    if !texts.is_empty() {
        object.insert(name, Value::Object(texts));
    }
    missing
}

/// The component schemas that are nothing but a reference into a file: a schema has one home, and the
/// first component that leads to it gives it its name.
fn homes(root: &Value, schemas: &Pointer) -> BTreeMap<Pointer, Pointer> {
    let mut homes = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let components = schemas.get(root).and_then(Value::as_object);
    for name in components.into_iter().flatten().map(|(name, _)| name) {
        let component = schemas.key(name);
        let mut at = component.clone();
        // A longer chain of references is a circle.
        for _ in 0..super::resolve::MAX_HOPS {
            let bare = at.get(root).and_then(Value::as_object);
            let next = bare
                .filter(|bare| bare.len() == 1)
                .and_then(|bare| Pointer::parse(bare.get("$ref")?.as_str()?));
            match next {
                Some(next) if next.file().is_some() => at = next,
                _ => break,
            }
        }
        if at.get(root).is_some() && at != component && taken.insert(at.clone()) {
            homes.insert(component, at);
        }
    }
    homes
}
