//! Diagnostics: collected by every stage, sorted by place, rendered as text, JSON or GitHub annotations.
//!
//! May not import modules of ours other than `limits` and `source`, and may not stop the program: only
//! [`Report::gate`] says that it should. Places are looked up while rendering, never before.

mod render;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::time::Instant;

use crate::limits::{self, Limits};
use crate::source::{Linked, Place, Pointer, Source, Text};

/// How much a diagnostic matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Severity {
    /// Worth knowing: something was mended or is not used.
    Note,
    /// The document is odd there; what the generator made of it may not be what was meant.
    Warning,
    /// Something of the document is not in the output.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        })
    }
}

/// The code of what passes a limit.
pub const BEYOND: &str = "beyond-limit";

/// One finding at one node of one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// How much it matters.
    pub severity: Severity,
    /// A stable name for this kind of finding, for example `nullable-enum-without-null`.
    pub code: &'static str,
    /// The node, in the file below.
    pub pointer: Pointer,
    /// What was found, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// The name of the [`Source`] the pointer leads into.
    pub file: String,
    /// The place, when it is known without looking (a parser says it); else it is looked up.
    pub place: Option<Place>,
}

/// Where a node stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Located {
    /// The name of the [`Source`] that has it.
    pub file: String,
    /// The node, in that file.
    pub pointer: Pointer,
    /// Line and column, where there is such a text. For what an overlay added, those of the nearest
    /// node that is in it.
    pub place: Option<Place>,
}

/// How many bytes a message has at most: a name in it can be as long as its document.
const LONGEST: usize = 2_000;

fn cut(text: &mut String) {
    if text.len() > LONGEST {
        let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
}

/// There are errors, so the next stage must not run.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("stopped by {errors} error{}", if *.errors == 1 { "" } else { "s" })]
pub struct Rejected {
    /// How many errors there are.
    pub errors: usize,
}

/// What has been found so far. The same finding at the same node counts once.
#[derive(Clone, Debug, Default)]
pub struct Report {
    sources: Vec<Source>,
    /// The names of the sources that a document refers to, by address.
    files: BTreeMap<String, String>,
    found: Vec<Diagnostic>,
    /// By the hash of a finding, or the next number that is free: which finding it is.
    seen: HashMap<u64, usize>,
    /// The codes of what is not in the output as the document has it.
    lossy: BTreeSet<&'static str>,
    limits: Limits,
    clock: Clock,
}

/// Since when it has been working.
#[derive(Clone, Debug)]
struct Clock {
    since: Instant,
    /// Whether it has been told that there is no time left.
    told: bool,
}

impl Default for Clock {
    fn default() -> Self {
        Clock {
            since: Instant::now(),
            told: false,
        }
    }
}

impl Report {
    /// A report on a document (the first source) and its overlays (the others).
    pub fn new(sources: impl IntoIterator<Item = Source>) -> Self {
        Report {
            sources: sources.into_iter().collect(),
            ..Report::default()
        }
    }

    /// The files that the document refers to as well; those that were not read are at their addresses.
    #[must_use]
    pub fn with_files(mut self, files: &[Linked]) -> Self {
        for file in files {
            if let Text::Read(source) = &file.text {
                let address = file.address.as_str().to_owned();
                self.files.insert(address, source.name.clone());
                // An overlay may be referred to as well.
                if self.sources.iter().all(|known| known.name != source.name) {
                    self.sources.push(source.clone());
                }
            }
        }
        self
    }

    /// The same with other limits.
    #[must_use]
    pub fn within(mut self, limits: &Limits) -> Self {
        self.limits = limits.clone();
        self
    }

    /// How much the document may take.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// A limit that is passed at a node; an error.
    pub fn beyond(&mut self, setting: &'static str, at: &Pointer, message: impl Into<String>) {
        self.error(BEYOND, at, message, limits::help(setting));
    }

    /// Whether there is time left for what stands at a node. The first node for which there is none has the
    /// error that says so. Whoever asks stops when there is none: [`Report::gate`] will not let it pass.
    pub fn in_time(&mut self, at: &Pointer) -> bool {
        if self.clock.told || self.clock.since.elapsed() > self.limits.time() {
            if !self.clock.told {
                self.clock.told = true;
                let most = self.limits.seconds;
                let message = format!("there are no more than {most} s, and they end here");
                self.beyond("seconds", at, message);
            }
            return false;
        }
        true
    }

    /// Something worth knowing. An empty `help` is none.
    pub fn note(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.main(Severity::Note, code, at, message.into(), help.into());
    }

    /// Something odd. An empty `help` is none.
    pub fn warning(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.main(Severity::Warning, code, at, message.into(), help.into());
    }

    /// A keyword or a media type that the output does not carry; no value is lost by it. An empty
    /// `help` is none.
    pub fn lost(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.lossy.insert(code);
        self.note(code, at, message, help);
    }

    /// Something that has a wider type in the output than in the document. An empty `help` is none.
    pub fn degraded(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.lossy.insert(code);
        self.warning(code, at, message, help);
    }

    /// Whether a finding is of a kind that was lost or degraded.
    pub fn is_lossy(&self, found: &Diagnostic) -> bool {
        self.lossy.contains(found.code)
    }

    /// How many findings are of a kind that was lost or degraded.
    pub fn count_lossy(&self) -> usize {
        let found = self.found.iter();
        found.filter(|found| self.is_lossy(found)).count()
    }

    /// A report on the same texts, with these findings.
    #[must_use]
    pub fn with_findings(&self, found: impl IntoIterator<Item = Diagnostic>) -> Self {
        let mut report = Report {
            sources: self.sources.clone(),
            files: self.files.clone(),
            lossy: self.lossy.clone(),
            limits: self.limits.clone(),
            clock: self.clock.clone(),
            ..Report::default()
        };
        found.into_iter().for_each(|found| report.add(found));
        report
    }

    /// Takes over what another report on the same texts has found, after what this one has.
    pub fn take_over(&mut self, other: Report) {
        self.lossy.extend(other.lossy);
        self.clock.told |= other.clock.told;
        other.found.into_iter().for_each(|found| self.add(found));
    }

    /// Something that costs a part of the output. An empty `help` is none.
    pub fn error(
        &mut self,
        code: &'static str,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.main(Severity::Error, code, at, message.into(), help.into());
    }

    /// A finding in any file. What is said is cut where nobody reads on.
    pub fn add(&mut self, mut found: Diagnostic) {
        cut(&mut found.message);
        found.help.iter_mut().for_each(cut);
        let mut key = {
            let mut hasher = DefaultHasher::new();
            identity(&found).hash(&mut hasher);
            hasher.finish()
        };
        while let Some(known) = self.seen.get(&key).and_then(|at| self.found.get(*at)) {
            if identity(known) == identity(&found) {
                return;
            }
            key = key.wrapping_add(1);
        }
        self.seen.insert(key, self.found.len());
        self.found.push(found);
    }

    /// `Err` when there is an error.
    pub fn gate(&self) -> Result<(), Rejected> {
        match self.count(Severity::Error) {
            0 => Ok(()),
            errors => Err(Rejected { errors }),
        }
    }

    /// How many findings of a severity there are.
    pub fn count(&self, severity: Severity) -> usize {
        self.found
            .iter()
            .filter(|found| found.severity == severity)
            .count()
    }

    /// All findings, in the order in which they were found; no text is walked for it.
    pub fn found(&self) -> &[Diagnostic] {
        &self.found
    }

    /// All findings, sorted by file (document first, then overlays in their order, then other files),
    /// then by place.
    pub fn diagnostics(&self) -> Vec<&Diagnostic> {
        self.placed().into_iter().map(|(found, _)| found).collect()
    }

    /// All findings in order, each with its place. One walk over each text.
    fn placed(&self) -> Vec<(&Diagnostic, Option<Place>)> {
        let mut result = Vec::with_capacity(self.found.len());
        let known: BTreeSet<&str> = self
            .sources
            .iter()
            .map(|source| source.name.as_str())
            .collect();
        for source in &self.sources {
            let here = |found: &&Diagnostic| found.file == source.name;
            let open = |found: &&Diagnostic| found.place.is_none();
            let places = match self
                .found
                .iter()
                .filter(here)
                .any(|found| found.place.is_none())
            {
                true => source.locate_all(
                    self.found
                        .iter()
                        .filter(here)
                        .filter(open)
                        .map(|found| &found.pointer),
                ),
                false => BTreeMap::new(),
            };
            let place =
                |found: &Diagnostic| found.place.or_else(|| places.get(&found.pointer).copied());
            let mut found: Vec<_> = self
                .found
                .iter()
                .filter(here)
                .map(|found| (found, place(found)))
                .collect();
            found.sort_by_key(|(_, place)| *place);
            result.extend(found);
        }
        let elsewhere = self
            .found
            .iter()
            .filter(|found| !known.contains(found.file.as_str()));
        result.extend(elsewhere.map(|found| (found, found.place)));
        result
    }

    /// The name of the document's own text.
    pub fn document(&self) -> &str {
        self.sources.first().map_or("", |source| &source.name)
    }

    /// The file that each pointer leads into, the pointer in it, and its place. One walk over each text.
    pub fn locate<'p>(
        &self,
        pointers: impl IntoIterator<Item = &'p Pointer>,
    ) -> BTreeMap<Pointer, Located> {
        let pointers: BTreeSet<&Pointer> = pointers.into_iter().collect();
        let split = pointers.into_iter().map(|at| (at, self.split(at)));
        let mut by_file: BTreeMap<String, Vec<(&Pointer, Pointer)>> = BTreeMap::new();
        for (at, (file, inner)) in split {
            by_file.entry(file).or_default().push((at, inner));
        }
        let mut found = BTreeMap::new();
        for (file, pointers) in by_file {
            let source = self.sources.iter().find(|source| source.name == file);
            let inner = || pointers.iter().map(|(_, inner)| inner);
            let places = source.map(|source| source.locate_all(inner()));
            let places = places.unwrap_or_default();
            for (at, inner) in pointers {
                let located = Located {
                    file: file.clone(),
                    place: places.get(&inner).copied(),
                    pointer: inner,
                };
                found.insert(at.clone(), located);
            }
        }
        found
    }

    fn main(
        &mut self,
        severity: Severity,
        code: &'static str,
        at: &Pointer,
        message: String,
        help: String,
    ) {
        let (file, pointer) = self.split(at);
        let help = (!help.is_empty()).then_some(help);
        self.add(Diagnostic {
            severity,
            code,
            pointer,
            message,
            help,
            file,
            place: None,
        });
    }

    /// The file a pointer leads into, as its user knows it, and the pointer in it.
    fn split(&self, at: &Pointer) -> (String, Pointer) {
        match at.file() {
            Some((address, inner)) => {
                let name = self.files.get(&address).cloned().unwrap_or(address);
                (name, inner)
            }
            None => {
                let name = self.sources.first().map(|source| source.name.clone());
                (name.unwrap_or_default(), at.clone())
            }
        }
    }
}

/// What makes two findings one.
fn identity(found: &Diagnostic) -> (&str, &Pointer, &str, &str) {
    (&found.file, &found.pointer, found.code, &found.message)
}

#[cfg(test)]
mod tests;
