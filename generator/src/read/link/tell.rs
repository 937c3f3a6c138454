//! What is said about a reference that leads nowhere: what was found instead, and what to do.
//!
//! May not look for anything.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::report::{Diagnostic, Report};
use crate::source::{Absent, Address, Pointer};

use super::find::Lost;
use super::grammar::Kind;

/// Texts that are not there, each told once.
pub(super) struct Missing {
    /// Why a text is not there.
    pub(super) reasons: BTreeMap<Address, Absent>,
    /// Texts that could be read but not understood, with what was found in them.
    pub(super) unreadable: BTreeMap<Address, Diagnostic>,
    /// Those that have been told of.
    pub(super) told: BTreeSet<Address>,
    /// How many names are still guessed.
    pub(super) guesses: usize,
}

impl Missing {
    /// The name that was probably meant, for the first that are looked for: a document of which everything is
    /// missing is not one with slips of the pen.
    pub(super) fn near<'n>(
        &mut self,
        name: &str,
        names: impl Iterator<Item = &'n str>,
    ) -> Option<&'n str> {
        self.guesses = self.guesses.checked_sub(1)?;
        near(name, names)
    }
}

/// Tells why a reference leads nowhere.
pub(super) fn lost(
    root: &Value,
    at: &Pointer,
    reference: &str,
    kind: Kind,
    lost: &Lost,
    missing: &mut Missing,
    report: &mut Report,
) {
    let cost = match kind {
        Kind::Schema => "until then it is typed as plain JSON",
        _ => "until then it is left out",
    };
    match lost {
        Lost::Text(address) => absent(at, reference, address, cost, missing, report),
        Lost::Member(node, step) => {
            let members = node.get(root).and_then(Value::as_object);
            let names = members.into_iter().flatten().map(|(name, _)| name.as_str());
            let message = format!("`{reference}` leads nowhere: {node} has no `{step}`");
            let help = match missing.near(step, names) {
                Some(name) => format!("did you mean `{}`? {cost}", node.key(name)),
                None => format!("correct the reference, or declare what it names; {cost}"),
            };
            report.degraded("broken-reference", at, message, help);
        }
        Lost::Anchor(name) => {
            let message = format!("`{reference}` leads nowhere: no `$anchor` is called `{name}`");
            let help =
                format!("correct the reference; a pointer starts with a slash: `#/`; {cost}");
            report.degraded("broken-reference", at, message, help);
        }
        Lost::Circle => {
            let message = format!("`{reference}` passes through references that lead back to it");
            report.degraded("reference-cycle", at, message, cost);
        }
    }
}

fn absent(
    at: &Pointer,
    reference: &str,
    address: &Address,
    cost: &str,
    missing: &mut Missing,
    report: &mut Report,
) {
    if !missing.told.insert(address.clone()) {
        return;
    }
    if let Some(found) = missing.unreadable.get(address) {
        return report.add(found.clone());
    }
    let Some(reason) = missing.reasons.get(address) else {
        let message = format!("`{reference}` leads out of this document");
        let help = format!("bundle the document into one file first; {cost}");
        return report.degraded("external-reference", at, message, help);
    };
    let message = format!("`{reference}`: {}", reason.reason);
    let help = format!("{}; {cost}", reason.help);
    if reason.refused {
        report.error(reason.code, at, message, help);
    } else {
        report.degraded(reason.code, at, message, help);
    }
}

/// How long a name is that may be meant, and how many are looked at: comparing takes the product of lengths.
const LONGEST: usize = 100;
const MOST: usize = 2_000;

/// The name that was probably meant: one letter in three may differ.
pub(crate) fn near<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    if name.len() > LONGEST {
        return None;
    }
    let names = names.filter(|other| other.len() <= LONGEST).take(MOST);
    let name = name.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    for other in names {
        let lower = other.to_lowercase();
        let length = name.chars().count().max(lower.chars().count());
        let differ = strsim::damerau_levenshtein(&name, &lower);
        if differ * 3 <= length && best.is_none_or(|(known, _)| differ < known) {
            best = Some((differ, other));
        }
    }
    best.map(|(_, name)| name)
}
