//! Which operation of the one interface is which of the other.

use crate::ir::{Api, Group, Name, Operation};
use std::collections::BTreeMap;

/// An operation in its group.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The group.
    pub group: &'a Group<Name>,
    /// The operation.
    pub operation: &'a Operation<Name>,
}

/// What was found.
pub struct Found<'a> {
    /// In both, in the order of the later document.
    pub both: Vec<(Place<'a>, Place<'a>)>,
    /// Only in the earlier one.
    pub removed: Vec<Place<'a>>,
    /// Only in the later one.
    pub added: Vec<Place<'a>>,
}

/// What two operations may have in common, the surest first.
const KEYS: [fn(Place<'_>) -> Option<String>; 5] = [place, address, id, function, unversioned];

/// Pairs them; a key counts where it is one operation's on either side.
pub fn find<'a>(old: &'a Api<Name>, new: &'a Api<Name>) -> Found<'a> {
    let (old, new) = (all(old), all(new));
    let mut then: Vec<Option<usize>> = vec![None; new.len()];
    let mut now: Vec<Option<usize>> = vec![None; old.len()];
    for key in KEYS {
        let olds = unique(&old, &now, key);
        for (key, at) in unique(&new, &then, key) {
            if let Some(from) = olds.get(&key).copied() {
                then[at] = Some(from);
                now[from] = Some(at);
            }
        }
    }
    let mut found = Found {
        both: Vec::new(),
        removed: Vec::new(),
        added: Vec::new(),
    };
    for (new, then) in new.iter().zip(then) {
        match then.and_then(|then| old.get(then)) {
            Some(old) => found.both.push((*old, *new)),
            None => found.added.push(*new),
        }
    }
    let gone = old.iter().zip(now).filter(|(_, now)| now.is_none());
    found.removed = gone.map(|(old, _)| *old).collect();
    found
}

fn all(api: &Api<Name>) -> Vec<Place<'_>> {
    let groups = api.groups.iter();
    let places = groups.flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(move |operation| Place { group, operation })
    });
    places.collect()
}

/// The positions of those that are still open and alone have their key.
fn unique(
    places: &[Place<'_>],
    taken: &[Option<usize>],
    key: fn(Place<'_>) -> Option<String>,
) -> BTreeMap<String, usize> {
    let mut found: BTreeMap<String, Option<usize>> = BTreeMap::new();
    let open = places.iter().zip(taken).enumerate();
    for (at, (place, _)) in open.filter(|(_, (_, taken))| taken.is_none()) {
        if let Some(key) = key(*place) {
            let several = found.contains_key(&key);
            found.insert(key, (!several).then_some(at));
        }
    }
    let alone = found.into_iter();
    alone.filter_map(|(key, at)| Some((key, at?))).collect()
}

fn place(of: Place<'_>) -> Option<String> {
    Some(of.operation.name.place.to_string())
}

/// Method and path, whatever its parameters are called.
fn address(of: Place<'_>) -> Option<String> {
    let Operation { method, path, .. } = of.operation;
    Some(format!("{method} {}", without_names(path)))
}

/// The operationId, where the document has one.
fn id(of: Place<'_>) -> Option<String> {
    let Operation {
        id, method, path, ..
    } = of.operation;
    (*id != format!("{method} {path}")).then(|| id.clone())
}

fn function(of: Place<'_>) -> Option<String> {
    Some(super::super::reach::called(of.group, of.operation))
}

/// Method and path without the number of a version in it.
fn unversioned(of: Place<'_>) -> Option<String> {
    let Operation { method, path, .. } = of.operation;
    let path = without_names(path);
    let is_version = |part: &&str| {
        let number = part.strip_prefix(['v', 'V']);
        number.is_some_and(|number| {
            !number.is_empty() && number.chars().all(|c| c.is_ascii_digit() || c == '.')
        })
    };
    let parts: Vec<&str> = path.split('/').filter(|part| !is_version(part)).collect();
    Some(format!("{method} {}", parts.join("/")))
}

/// `/leads/{id}` → `/leads/{}`
pub fn without_names(path: &str) -> String {
    let mut out = String::new();
    let mut within = false;
    for c in path.chars() {
        match c {
            '{' => {
                within = true;
                out.push_str("{}");
            }
            '}' => within = false,
            c if !within => out.push(c),
            _ => {}
        }
    }
    out
}
