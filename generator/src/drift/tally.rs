//! Differences counted: one finding for each place of the document, with all that reaches it.
//!
//! May not compare, and lets names and values go only as `mask` says.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::compare::Difference;
use super::{Body, Cause, Drift, Finding, Kind, Place, Recorded, Site, Unmatched, mask};
use crate::source::Pointer;

/// So many different values are kept of one list.
const MOST_VALUES: usize = 50;
/// So many undeclared names are kept of one schema; more are counted together.
const MOST_KEPT: usize = 4 * mask::MOST_NAMES;

/// The answer in which something was met.
pub struct Met {
    pub operation: usize,
    pub status: u16,
    pub place: Place,
}

/// What is counted.
#[derive(Default)]
pub struct Tally {
    entries: BTreeMap<Key, Entry>,
    /// The undeclared names of a schema that are kept.
    names: BTreeMap<(Kind, Pointer), BTreeSet<String>>,
    /// How many answers there are of an operation and a status.
    totals: BTreeMap<(usize, u16), usize>,
    /// Where bodies were met.
    bodies: BTreeSet<Pointer>,
    unmatched: BTreeMap<(String, String), (usize, Place)>,
    answers: usize,
    matched: usize,
    streams: usize,
}

/// Where something is counted: the kind, the place, the member.
type Key = (Pointer, Kind, Option<String>);

struct Entry {
    count: usize,
    answers: BTreeSet<usize>,
    first: Place,
    sample: String,
    values: Vec<Counted>,
    /// How often a value was met that may not be told.
    untold: usize,
    /// Different names that are counted here.
    names: BTreeSet<String>,
    sites: BTreeMap<(usize, u16, String), (usize, BTreeSet<usize>)>,
    cause: Cause,
    /// Whether all bodies fit the declared answer of `cause`.
    fits: bool,
}

struct Counted {
    value: Value,
    count: usize,
    answers: BTreeSet<usize>,
}

impl Tally {
    /// The next answer is of this operation and status.
    pub fn begin(&mut self, met: &Met) {
        self.answers += 1;
        self.matched += 1;
        *self.totals.entry((met.operation, met.status)).or_default() += 1;
    }

    /// A request that is of no operation.
    pub fn unmatched(&mut self, method: &str, shape: String, first: Place) {
        self.answers += 1;
        let plain = method.len() <= 16 && method.bytes().all(|byte| byte.is_ascii_uppercase());
        let method = if plain { method } else { "?" };
        let key = (shape, method.to_owned());
        self.unmatched.entry(key).or_insert((0, first)).0 += 1;
    }

    /// A body that is not compared.
    pub fn stream(&mut self) {
        self.streams += 1;
    }

    /// An answer that is declared at this place has a body.
    pub fn had_body(&mut self, at: &Pointer) {
        self.bodies.insert(at.clone());
    }

    /// Counts a difference.
    pub fn add(&mut self, met: &Met, found: &Difference<'_>) {
        let answer = self.answers;
        let key = self.key(found);
        let entry = self.entries.entry(key).or_insert_with(|| Entry {
            count: 0,
            answers: BTreeSet::new(),
            first: met.place.clone(),
            sample: found.value.map_or_else(String::new, mask::shape),
            values: Vec::new(),
            untold: 0,
            names: BTreeSet::new(),
            sites: BTreeMap::new(),
            cause: Cause::default(),
            fits: true,
        });
        entry.count += 1;
        entry.answers.insert(answer);
        entry.cause.beside |= found.beside;
        if matches!(found.kind, Kind::Closed | Kind::Undeclared) && entry.names.len() <= MOST_KEPT {
            entry.names.extend(found.member.clone());
        }
        if let Some(value) = found.value {
            entry.cause.seen.add(value);
            match found.kind {
                Kind::Value if found.told => entry.value(value, answer),
                Kind::Value => entry.untold += 1,
                _ => {}
            }
        }
        let site = (met.operation, met.status, found.path.clone());
        let (count, answers) = entry.sites.entry(site).or_default();
        *count += 1;
        answers.insert(answer);
    }

    /// Where a difference is counted.
    fn key(&mut self, found: &Difference<'_>) -> Key {
        let mut member = found.member.clone();
        if let (Kind::Closed | Kind::Undeclared, Some(name)) = (found.kind, &member) {
            let place = (found.kind, found.at.clone());
            let names = self.names.entry(place).or_default();
            if !mask::is_name(name) || (names.len() >= MOST_KEPT && !names.contains(name)) {
                member = None;
            } else {
                names.insert(name.clone());
            }
        }
        (found.at.clone(), found.kind, member)
    }

    /// The body that a status or a media type, which is not declared, came with.
    pub fn body(&mut self, found: &Difference<'_>, recorded: &Recorded) {
        let key = self.key(found);
        let Some(entry) = self.entries.get_mut(&key) else {
            return;
        };
        let media = recorded.media.clone();
        if media.as_deref().is_some_and(|media| !mask::is_media(media)) {
            return;
        }
        let or = |other: &str| media.clone().unwrap_or_else(|| other.to_owned());
        match &recorded.body {
            Body::Unknown | Body::Empty => {}
            Body::Json(value) => {
                let media = or("application/json");
                entry.cause.bodies.entry(media).or_default().add(value);
            }
            Body::Text => {
                let text = Value::from("text");
                entry
                    .cause
                    .bodies
                    .entry(or("text/plain"))
                    .or_default()
                    .add(&text);
            }
            Body::Bytes => {
                entry
                    .cause
                    .bodies
                    .entry(or("application/octet-stream"))
                    .or_default();
            }
        }
    }

    /// The declared answer that the body of such a difference fits.
    pub fn fit(&mut self, found: &Difference<'_>, fit: Option<Pointer>) {
        let key = self.key(found);
        if let Some(entry) = self.entries.get_mut(&key) {
            let first = entry.count == 1;
            entry.fits &= fit.is_some() && (first || entry.cause.fit == fit);
            entry.cause.fit = fit;
        }
    }

    /// What was counted, in the order of the document's pointers.
    pub fn finish(mut self) -> Drift {
        self.gather_keys();
        let (totals, bodies) = (self.totals, self.bodies);
        let entries = self.entries.into_iter();
        let findings = entries.map(|(key, entry)| entry.finding(key, &totals, &bodies));
        let unmatched = self.unmatched.into_iter();
        let unmatched = unmatched.map(|((path, method), (count, first))| Unmatched {
            method,
            path,
            count,
            first,
        });
        Drift {
            findings: findings.collect(),
            unmatched: unmatched.collect(),
            answers: self.answers,
            matched: self.matched,
            streams: self.streams,
        }
    }

    /// Where a schema lacks too many names for all of them to be names, they are keys of a map.
    fn gather_keys(&mut self) {
        for ((kind, at), names) in std::mem::take(&mut self.names) {
            if names.len() <= mask::MOST_NAMES {
                continue;
            }
            let entries = names.into_iter();
            let entries =
                entries.filter_map(|name| self.entries.remove(&(at.clone(), kind, Some(name))));
            let all: Vec<Entry> = entries.collect();
            let known = self.entries.remove(&(at.clone(), kind, None));
            let joined = known.into_iter().chain(all).reduce(Entry::join);
            if let Some(joined) = joined {
                self.entries.insert((at, kind, None), joined);
            }
        }
    }
}

impl Entry {
    fn value(&mut self, value: &Value, answer: usize) {
        let full = self.values.len() >= MOST_VALUES;
        let known = self.values.iter_mut().find(|known| known.value == *value);
        match known {
            Some(known) => {
                known.count += 1;
                known.answers.insert(answer);
            }
            None if full => self.untold += 1,
            None => self.values.push(Counted {
                value: value.clone(),
                count: 1,
                answers: BTreeSet::from([answer]),
            }),
        }
    }

    fn join(mut self, other: Entry) -> Entry {
        self.count += other.count;
        self.answers.extend(other.answers);
        self.names.extend(other.names);
        self.cause.seen.join(&other.cause.seen);
        self.cause.beside |= other.cause.beside;
        for (site, (count, answers)) in other.sites {
            let known = self.sites.entry(site).or_default();
            known.0 += count;
            known.1.extend(answers);
        }
        self
    }

    fn finding(
        mut self,
        (at, kind, member): Key,
        totals: &BTreeMap<(usize, u16), usize>,
        bodies: &BTreeSet<Pointer>,
    ) -> Finding {
        let of: BTreeSet<(usize, u16)> = self.sites.keys().map(|site| (site.0, site.1)).collect();
        let of = of.iter().filter_map(|one| totals.get(one)).sum();
        self.cause.some_have_one = bodies.contains(&at);
        self.cause.fit = self.cause.fit.filter(|_| self.fits);
        let (values, masked) = told(&self.values, self.untold);
        let masked_names = if member.is_none() {
            self.names.len()
        } else {
            0
        };
        let sites = self.sites.into_iter();
        let sites = sites.map(|((operation, status, path), (count, answers))| Site {
            operation,
            status,
            path,
            count,
            answers: answers.len(),
        });
        Finding {
            kind,
            at,
            member,
            count: self.count,
            answers: self.answers.len(),
            of,
            sample: self.sample,
            values,
            masked: masked + masked_names,
            first: self.first,
            sites: sites.collect(),
            cause: self.cause,
        }
    }
}

/// The values that may be told, by how often they were met, and how often others were met.
fn told(values: &[Counted], untold: usize) -> (Vec<(Value, usize)>, usize) {
    let texts = values.iter().filter(|counted| counted.value.is_string());
    let few = texts.count() <= mask::MOST_TEXTS;
    let (told, others): (Vec<&Counted>, Vec<&Counted>) =
        values.iter().partition(|counted| match counted.value {
            Value::String(_) => few && counted.answers.len() >= mask::LEAST_ANSWERS,
            _ => true,
        });
    let others: usize = others.iter().map(|counted| counted.count).sum();
    let told = told.iter();
    let mut told: Vec<(Value, usize)> = told
        .map(|counted| (counted.value.clone(), counted.count))
        .collect();
    told.sort_by_key(|(value, count)| (std::cmp::Reverse(*count), value.to_string()));
    (told, others + untold)
}
