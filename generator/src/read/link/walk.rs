//! The walk over all that is used, from the document on, by what each object is.
//!
//! May not change anything: it says what is to be changed.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value};

use crate::report::Report;
use crate::source::Pointer;

use super::super::resolve::MAX_HOPS;
use super::find::{self, Base, Index};
use super::grammar::{self, Holds, Kind, field};
use super::tell::{self, Missing};

/// A way down a document; a pointer is made of it only where one is needed.
#[derive(Clone, Copy)]
struct Path<'p> {
    start: &'p Pointer,
    above: Option<&'p Path<'p>>,
    step: Step<'p>,
}

#[derive(Clone, Copy)]
enum Step<'p> {
    None,
    Key(&'p str),
    Index(usize),
}

impl<'p> Path<'p> {
    fn from(start: &'p Pointer) -> Self {
        Path {
            start,
            above: None,
            step: Step::None,
        }
    }

    fn step(&'p self, step: Step<'p>) -> Path<'p> {
        Path {
            start: self.start,
            above: Some(self),
            step,
        }
    }

    fn pointer(&self) -> Pointer {
        let above = self.above.map_or_else(|| self.start.clone(), Path::pointer);
        match self.step {
            Step::None => above,
            Step::Key(key) => above.key(key),
            Step::Index(index) => above.index(index),
        }
    }
}

/// What holds around a node.
#[derive(Clone)]
struct Scope {
    base: Base,
    /// The innermost schema that `$recursiveRef` means.
    recursive: Option<Pointer>,
}

/// What a map or a list that is itself a reference is made of.
pub(super) enum Splice {
    /// A copy of what stands there, what is said beside the reference on top.
    Copy { at: Pointer, from: Pointer },
    /// A reference to each of what stands there.
    Members { at: Pointer, from: Pointer },
}

/// What a walk has found.
#[derive(Default)]
pub(super) struct Found {
    /// Texts to put in: the object, its member, the text.
    pub(super) edits: Vec<(Pointer, String, String)>,
    /// What gives way to what it leads to.
    pub(super) splices: Vec<Splice>,
    /// What was walked from a place of its own.
    pub(super) seen: BTreeSet<(Pointer, Kind)>,
}

/// Walks a document and all that is used of its files.
pub(super) fn all(
    root: &Value,
    index: &Index,
    schemas: &Pointer,
    missing: Missing,
    report: &mut Report,
) -> Found {
    let mut walk = Walk {
        root,
        index,
        schemas,
        report,
        missing,
        queue: VecDeque::new(),
        open: Vec::new(),
        nested: 0,
        items: BTreeSet::new(),
        found: Found::default(),
    };
    walk.run();
    walk.found
}

struct Walk<'w, 'r> {
    root: &'w Value,
    index: &'w Index,
    schemas: &'w Pointer,
    report: &'r mut Report,
    missing: Missing,
    queue: VecDeque<(Pointer, Kind)>,
    /// What is being copied.
    open: Vec<Pointer>,
    /// How many nodes are being walked, one because of the other.
    nested: usize,
    /// Path items that a path refers to: each has one path only.
    items: BTreeSet<Pointer>,
    found: Found,
}

impl<'w> Walk<'w, '_> {
    fn run(&mut self) {
        self.start(&Pointer::root(), Kind::Document);
        while let Some((at, kind)) = self.queue.pop_front() {
            self.start(&at, kind);
        }
    }

    /// Walks a node by itself, once.
    fn start(&mut self, at: &Pointer, kind: Kind) {
        let Some(value) = at.get(self.root) else {
            return;
        };
        if self.found.seen.insert((at.clone(), kind)) {
            let scope = Scope {
                base: self.index.base(self.root, at),
                recursive: None,
            };
            self.node(value, &Path::from(at), kind, &scope);
        }
    }

    fn node(&mut self, value: &'w Value, path: &Path<'_>, kind: Kind, scope: &Scope) {
        let Some(object) = value.as_object() else {
            return;
        };
        let entered = (kind == Kind::Schema)
            .then(|| self.enter(value, path, scope))
            .flatten();
        let scope = entered.as_ref().unwrap_or(scope);
        match object.get("$ref") {
            Some(Value::String(reference)) => self.reference(object, reference, path, kind, scope),
            Some(_) => {
                let at = path.pointer().key("$ref");
                self.report
                    .degraded("broken-reference", &at, "the reference is no text", "");
            }
            None if kind == Kind::Schema => self.dynamic(object, path, scope),
            None => {}
        }
        for (key, value) in object {
            if kind == Kind::Schema && key == "discriminator" {
                self.mapping(value, &path.step(Step::Key(key)), scope);
            }
            let Some(held) = field(kind, key) else {
                continue;
            };
            let path = path.step(Step::Key(key));
            match held {
                Holds::One(kind) => match value {
                    Value::Array(list) => self.list(list, &path, kind, scope),
                    value => self.node(value, &path, kind, scope),
                },
                Holds::Map(kind) => self.map(value, &path, kind, scope),
                Holds::List(kind) => match value {
                    Value::Array(list) => self.list(list, &path, kind, scope),
                    value => {
                        self.whole(value, &path, kind, scope);
                    }
                },
            }
        }
    }

    /// The scope within a schema that opens one.
    fn enter(&self, value: &Value, path: &Path<'_>, scope: &Scope) -> Option<Scope> {
        let recursive = value.get("$recursiveAnchor") == Some(&Value::Bool(true));
        let names_itself = find::own_id(value).is_some();
        if !recursive && !names_itself {
            return None;
        }
        let at = path.pointer();
        // A node that was started with has been entered already.
        let base = self.index.enter(value, &at, &scope.base);
        let base = base.filter(|_| path.above.is_some());
        Some(Scope {
            base: base.unwrap_or_else(|| scope.base.clone()),
            recursive: recursive.then_some(at).or_else(|| scope.recursive.clone()),
        })
    }

    fn list(&mut self, list: &'w [Value], path: &Path<'_>, kind: Kind, scope: &Scope) {
        for (index, value) in list.iter().enumerate() {
            self.node(value, &path.step(Step::Index(index)), kind, scope);
        }
    }

    fn map(&mut self, value: &'w Value, path: &Path<'_>, kind: Kind, scope: &Scope) {
        if self.whole(value, path, kind, scope) {
            return;
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            self.node(value, &path.step(Step::Key(key)), kind, scope);
        }
    }

    /// A map or a list that is itself a reference; whether it is one.
    fn whole(&mut self, value: &'w Value, path: &Path<'_>, kind: Kind, scope: &Scope) -> bool {
        let Some(Value::String(reference)) = value.get("$ref") else {
            return false;
        };
        let at = path.pointer();
        let Some(from) = self.find(reference, &at.key("$ref"), kind, scope) else {
            return true;
        };
        if self.is_endless(&at) {
            return true;
        }
        self.nested += 1;
        match from.get(self.root) {
            Some(Value::Object(members)) => {
                let members = members.keys().map(|key| from.key(key));
                members.for_each(|at| self.start(&at, kind));
            }
            Some(Value::Array(list)) => {
                let elements = (0..list.len()).map(|index| from.index(index));
                elements.for_each(|at| self.start(&at, kind));
            }
            _ => {}
        }
        self.nested -= 1;
        self.found.splices.push(if kind.is_followed() {
            Splice::Members { at, from }
        } else {
            Splice::Copy { at, from }
        });
        true
    }

    fn reference(
        &mut self,
        object: &Map<String, Value>,
        reference: &str,
        path: &Path<'_>,
        kind: Kind,
        scope: &Scope,
    ) {
        let at = path.pointer();
        let Some(target) = self.find(reference, &at.key("$ref"), kind, scope) else {
            if !reference.starts_with('#') || at.file().is_some() {
                // Not what it may happen to mean when read from elsewhere.
                self.edit(at, format!("?{reference}"));
            }
            return;
        };
        // A path item may say more than what it refers to, and two paths may refer to the same.
        let adds =
            kind == Kind::PathItem && (object.len() > 1 || !self.items.insert(target.clone()));
        if kind != Kind::Schema && !adds {
            self.beside(object, &at);
        }
        if kind.is_followed() && !adds {
            if Pointer::parse(reference).as_ref() != Some(&target) {
                self.edit(at, target.to_string());
            }
            self.need(target, kind);
            return;
        }
        if self.open.contains(&target) || at.is_in(&target) {
            let message = "the reference leads back to itself";
            self.report.warning(
                "reference-cycle",
                &at.key("$ref"),
                message,
                "it is left out",
            );
            return;
        }
        if self.is_endless(&at) {
            return;
        }
        self.open.push(target.clone());
        self.nested += 1;
        self.start(&target, kind);
        self.nested -= 1;
        self.open.pop();
        self.found.splices.push(Splice::Copy { at, from: target });
    }

    /// Whether too many references have led here, each in the place of the one before; tells so.
    fn is_endless(&mut self, at: &Pointer) -> bool {
        let endless = self.nested >= MAX_HOPS;
        if endless {
            let message = format!("more than {MAX_HOPS} references lead from one to the next here");
            let at = at.key("$ref");
            self.report
                .degraded("reference-cycle", &at, message, "it is left out");
        }
        endless
    }

    /// Tells what stands beside the reference of a unit: only words do something there.
    fn beside(&mut self, object: &Map<String, Value>, at: &Pointer) {
        let ignored = object.keys().filter(|key| {
            !["$ref", "summary", "description"].contains(&key.as_str()) && !key.starts_with("x-")
        });
        for key in ignored {
            let message = format!("`{key}` does nothing beside `$ref`");
            self.report
                .note("ignored-sibling", &at.key(key), message, "");
        }
    }

    /// Has a reference written anew.
    fn edit(&mut self, at: Pointer, reference: String) {
        self.found.edits.push((at, "$ref".to_owned(), reference));
    }

    /// Has a node walked later, unless the walk from the document's root comes by.
    fn need(&mut self, at: Pointer, kind: Kind) {
        let covered = grammar::at(Kind::Document, at.segments()) == Some(kind);
        if !covered && !self.found.seen.contains(&(at.clone(), kind)) {
            self.queue.push_back((at, kind));
        }
    }

    /// Where a reference leads; tells when that is nowhere.
    fn find(
        &mut self,
        reference: &str,
        at: &Pointer,
        kind: Kind,
        scope: &Scope,
    ) -> Option<Pointer> {
        match self.index.resolve(self.root, &scope.base, reference) {
            Ok(target) => Some(target),
            Err(lost) => {
                tell::lost(
                    self.root,
                    at,
                    reference,
                    kind,
                    &lost,
                    &mut self.missing,
                    self.report,
                );
                None
            }
        }
    }

    /// `$dynamicRef` and `$recursiveRef` lead where they would if nothing else were in play.
    fn dynamic(&mut self, object: &Map<String, Value>, path: &Path<'_>, scope: &Scope) {
        let text = |key: &str| object.get(key).and_then(Value::as_str);
        if let Some(reference) = text("$dynamicRef") {
            let at = path.pointer();
            if let Some(target) = self.find(reference, &at.key("$dynamicRef"), Kind::Schema, scope)
            {
                self.edit(at, target.to_string());
                self.need(target, Kind::Schema);
            }
        } else if text("$recursiveRef") == Some("#")
            && let Some(target) = &scope.recursive
        {
            self.edit(path.pointer(), target.to_string());
        }
    }

    /// The values of a discriminator that name a schema: by the name of a component, or as a reference.
    fn mapping(&mut self, discriminator: &'w Value, path: &Path<'_>, scope: &Scope) {
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        for (value, target) in mapping.into_iter().flatten() {
            let Some(target) = target.as_str() else {
                continue;
            };
            if self.schemas.key(target).get(self.root).is_some() {
                continue;
            }
            let at = || path.pointer().key("mapping").key(value);
            match self.index.resolve(self.root, &scope.base, target) {
                Ok(found) => {
                    if Pointer::parse(target).as_ref() != Some(&found) {
                        let mapping = path.pointer().key("mapping");
                        self.found
                            .edits
                            .push((mapping, value.clone(), found.to_string()));
                    }
                    self.need(found, Kind::Schema);
                }
                Err(_) => {
                    let schemas = self.schemas.get(self.root).and_then(Value::as_object);
                    let names = schemas.into_iter().flatten().map(|(name, _)| name.as_str());
                    let help = self
                        .missing
                        .near(target, names)
                        .map(|name| format!("did you mean `{name}`?"))
                        .unwrap_or_default();
                    let message = format!("`{target}` leads nowhere");
                    self.report.warning("broken-mapping", &at(), message, help);
                }
            }
        }
    }
}
