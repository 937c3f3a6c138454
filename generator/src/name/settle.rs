//! A whole scope of names at once, so that no name depends on the order in which things come.
//!
//! Each thing has a row of names, best first. Those that meet go on to their next names together;
//! one that is spelled in the document exactly as in Rust stays. What was given before (by the lock)
//! or is wanted (by a pin) is never moved. Whoever runs out of names takes a short hash of its
//! place, and the report offers the pin.

use super::spell::{self, Case, Symbols};
use crate::ir::{Part, Slot};
use crate::report::Report;
use crate::threads::parts;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A scope.
#[derive(Clone, Copy)]
pub struct Scope<'s> {
    /// How its names are written.
    pub case: Case,
    /// Names that are taken.
    pub reserved: &'s [&'s str],
    /// Endings that come with a name and must not meet another: `Builder`.
    pub endings: &'s [&'s str],
    /// What is added to a name that meets a reserved one: `Tag` → `TagSchema`.
    pub fallback: &'s str,
}

/// A thing to be named, and the name it has to have, if it does.
pub struct Wanted<'s> {
    /// What it may be named after.
    pub slot: &'s Slot,
    /// The name it has been given, by the lock or by a pin.
    pub given: Option<String>,
}

/// Names everything in a scope.
pub fn settle(scope: &Scope, wanted: &[Wanted], report: &mut Report) -> Vec<String> {
    let signs = wanted.iter().any(|wanted| has_plus_number(wanted.slot));
    let rows = |part: &[Wanted]| {
        let rows = part.iter();
        let rows = rows.map(|wanted| Row::new(scope, wanted.slot, signs));
        rows.collect::<Vec<Row>>()
    };
    let rows = parts(wanted, 500, &rows);
    let mut rows: Vec<Row> = rows.into_iter().flatten().collect();
    let mut given: BTreeSet<&str> = BTreeSet::new();
    let kept: Vec<bool> = wanted
        .iter()
        .map(|wanted| match wanted.given.as_deref() {
            Some(name) if spell::is_identifier(name) => given.insert(name),
            Some(name) => {
                report.error(
                    "bad-name",
                    &wanted.slot.place,
                    format!("`{name}` cannot be a name in Rust"),
                    "correct it under [names] in restwright.toml, or in restwright.lock",
                );
                false
            }
            None => false,
        })
        .collect();
    // Every round moves someone on, and every row has an end.
    loop {
        let names = current(wanted, &kept, &rows);
        let mut movers = movers(scope, wanted, &kept, &rows, &names);
        movers.retain(|index| !rows[*index].is_at_end());
        if movers.is_empty() {
            break;
        }
        for index in movers {
            rows[index].go_on(scope, wanted[index].slot, signs);
        }
    }
    let names: Vec<String> = current(wanted, &kept, &rows)
        .into_iter()
        .map(str::to_owned)
        .collect();
    for (index, wanted) in wanted.iter().enumerate() {
        if !kept[index] && rows[index].is_at_end() {
            report.warning(
                "name-by-hash",
                &wanted.slot.place,
                format!(
                    "nothing tells this name from others; it is called `{}`",
                    names[index]
                ),
                "give it one under [names] in restwright.toml",
            );
        }
    }
    tell_alike(wanted, &rows, &names, report);
    names
}

/// What everything is called so far.
fn current<'n>(wanted: &'n [Wanted], kept: &[bool], rows: &'n [Row]) -> Vec<&'n str> {
    let all = wanted.iter().zip(kept).zip(rows);
    all.map(|((wanted, kept), row)| match (&wanted.given, kept) {
        (Some(name), true) => name.as_str(),
        _ => row.current(),
    })
    .collect()
}

/// Tells which names of the document are one identifier in Rust, and what they are called. What is
/// named after its surroundings has no such name.
fn tell_alike(wanted: &[Wanted], rows: &[Row], names: &[String], report: &mut Report) {
    let mut alike: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
    for (index, Wanted { slot, .. }) in wanted.iter().enumerate() {
        let Some(text) = own_text(slot) else {
            continue;
        };
        let (first, known) = *alike
            .entry(rows[index].first.as_str())
            .or_insert((index, text));
        if known != text {
            report.note(
                "names-told-apart",
                &slot.place,
                format!(
                    "{text:?} is spelled like {known:?} at {}; they are called `{}` and `{}`",
                    wanted[first].slot.place, names[index], names[first]
                ),
                "",
            );
        }
    }
}

/// The document's own name for a thing, where that is all it may be named after.
fn own_text(slot: &Slot) -> Option<&str> {
    let [Part::Text(text)] = slot.candidates.first()?.as_slice() else {
        return None;
    };
    let ends = |parts: &Vec<Part>| matches!(parts.last(), Some(Part::Text(last)) if last == text);
    slot.candidates.iter().all(ends).then_some(text)
}

/// Who has to go on to the next name.
fn movers(
    scope: &Scope,
    wanted: &[Wanted],
    kept: &[bool],
    rows: &[Row],
    names: &[&str],
) -> Vec<usize> {
    let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (index, name) in names.iter().enumerate() {
        holders.entry(*name).or_default().push(index);
    }
    let with_ending = |name: &str| {
        let ends = |ending: &&str| {
            name.strip_suffix(*ending)
                .is_some_and(|start| holders.contains_key(start))
        };
        scope.endings.iter().any(ends)
    };
    let mut movers = Vec::new();
    for (name, holders) in &holders {
        let fixed = holders.iter().any(|index| kept[*index]);
        let taken = fixed || scope.reserved.contains(name) || with_ending(name);
        if holders.len() == 1 && (fixed || !taken) {
            continue;
        }
        let exact = holders
            .iter()
            .copied()
            .filter(|index| rows[*index].level == 0 && exact(wanted[*index].slot, name));
        let exact: Vec<usize> = exact.collect();
        // What stands in files goes by them.
        let own = exact.iter().copied();
        let own = own.filter(|index| wanted[*index].slot.place.file().is_none());
        let own: Vec<usize> = own.collect();
        let stays = match (exact.as_slice(), own.as_slice()) {
            _ if taken => None,
            ([only], _) | (_, [only]) => Some(*only),
            _ => None,
        };
        movers.extend(
            holders
                .iter()
                .copied()
                .filter(|index| !kept[*index] && Some(*index) != stays),
        );
    }
    movers
}

/// Whether the document spells it as Rust does.
fn exact(slot: &Slot, name: &str) -> bool {
    matches!(slot.candidates.first().map(Vec::as_slice), Some([Part::Text(text)]) if text == name)
}

/// Whether a text has a `+` before a digit, so that `-` before one means as much.
fn has_plus_number(slot: &Slot) -> bool {
    let text = last_text(slot.candidates.last().map_or(&[], Vec::as_slice));
    let digit_follows =
        |(at, _): (usize, &str)| text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
    text.match_indices('+').any(digit_follows)
}

/// The text a row of parts ends with.
fn last_text(parts: &[Part]) -> &str {
    match parts.last() {
        Some(Part::Text(text) | Part::Element(text) | Part::Within { text, .. }) => text,
        None => "",
    }
}

/// Which of the names that a thing may have without its being given this one is: 0 for the best.
pub fn rank(scope: &Scope, slot: &Slot, name: &str) -> Option<usize> {
    let mut row = Row::new(scope, slot, false);
    if row.first == name {
        return Some(0);
    }
    row.go_on(scope, slot, false);
    let other = row.others.iter().position(|own| own == name);
    other.map(|index| index + 1)
}

/// All names a thing may have, best first; the last is by hash. Most things keep the first, so the others
/// are spelled when one is needed.
struct Row {
    first: String,
    /// Empty until something has gone on from the first.
    others: Vec<String>,
    level: usize,
}

impl Row {
    fn new(scope: &Scope, slot: &Slot, signs: bool) -> Self {
        let symbols = symbols(signs);
        // What has nothing to be named after has its hash only, and that is the same in every row.
        let first = match slot.candidates.first() {
            Some(parts) => spell::ident(parts, scope.case, symbols),
            None => fallbacks(scope, slot, symbols, None)
                .into_iter()
                .next()
                .unwrap_or_default(),
        };
        Self {
            first,
            others: Vec::new(),
            level: 0,
        }
    }

    fn current(&self) -> &str {
        match self.level.checked_sub(1) {
            None => &self.first,
            Some(index) => {
                let last = self.others.last().unwrap_or(&self.first);
                self.others.get(index).unwrap_or(last)
            }
        }
    }

    fn go_on(&mut self, scope: &Scope, slot: &Slot, signs: bool) {
        if self.level == 0 {
            self.others = others(scope, slot, symbols(signs), &self.first);
        }
        self.level += 1;
    }

    fn is_at_end(&self) -> bool {
        self.level > 0 && self.level >= self.others.len()
    }
}

fn symbols(signs: bool) -> Symbols {
    if signs { Symbols::Signs } else { Symbols::Some }
}

/// The names after the first one.
fn others(scope: &Scope, slot: &Slot, symbols: Symbols, first: &str) -> Vec<String> {
    let spelled = slot.candidates.iter().skip(1);
    let spelled = spelled.map(|parts| spell::ident(parts, scope.case, symbols));
    let known = slot.candidates.first().map(|_| first);
    let all = spelled.chain(fallbacks(scope, slot, symbols, known));
    let mut names: Vec<String> = Vec::new();
    for name in all {
        if name != first && !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

/// The names that something has when all that it may be named after is taken.
fn fallbacks(scope: &Scope, slot: &Slot, symbols: Symbols, first: Option<&str>) -> Vec<String> {
    let last = slot.candidates.last().cloned().unwrap_or_default();
    let text = last_text(&last);
    let with = |more: &str| {
        let parts = [last.clone(), vec![Part::Text(more.to_owned())]].concat();
        spell::ident(&parts, scope.case, symbols)
    };
    let fallback = with(scope.fallback);
    let style = with(spell::style(text));
    // What is said beside a name tells nothing if it is said of both: `in query`.
    let own = slot.candidates.first().cloned().unwrap_or_default();
    let own_with = |more: fn(&str) -> &str| {
        let more = Part::Text(more(last_text(&own)).to_owned());
        spell::ident(&[own.clone(), vec![more]].concat(), scope.case, symbols)
    };
    let (own_style, letters) = (own_with(spell::style), own_with(spell::letters));
    let all = spell::ident(&last, scope.case, Symbols::All);
    let hash = short_hash(&format!("{}{:?}", slot.place, slot.candidates));
    let hash = with(&format!("x{hash}"));
    // What meets a reserved name is told from it by what it is, what meets another by how it is
    // written: by its symbols if it has any, else by its style.
    if first.is_some_and(|first| scope.reserved.contains(&first)) {
        vec![fallback, style, all, own_style, letters, hash]
    } else if spell::only_separates(text) {
        vec![style, all, fallback, own_style, letters, hash]
    } else {
        vec![all, style, fallback, own_style, letters, hash]
    }
}

/// Six digits that stand for a text.
pub(super) fn short_hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let bytes = digest.iter().take(3);
    bytes.map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Pointer;

    #[test]
    fn rows_of_any_length_come_to_an_end() {
        let slot = |own: &str| Slot {
            place: Pointer::root().key(own),
            candidates: (0..100)
                .map(|index| format!("common {index}"))
                .chain([own.to_owned()])
                .map(|text| vec![Part::Text(text)])
                .collect(),
        };
        let slots = ["cat", "dog", "cat"].map(slot);
        let wanted = slots.iter().map(|slot| Wanted { slot, given: None });
        let wanted: Vec<Wanted> = wanted.collect();
        let scope = Scope {
            case: Case::Camel,
            reserved: &[],
            endings: &[],
            fallback: "schema",
        };
        let names = settle(&scope, &wanted, &mut Report::default());
        assert_eq!(names[1], "Dog");
        // Nothing at all tells these two apart.
        assert_eq!(names[0], names[2]);
        assert!(names[0].starts_with("CatX"), "{names:?}");
    }
}
