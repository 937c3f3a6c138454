//! The names of a client by what has them, and those that have moved from one client to the next.

use restwright::Generated;
use restwright::ir::Shape;
use restwright::name::lock::{reply_text, value_texts};
use std::collections::{BTreeMap, BTreeSet};

/// What has another name although its place is still there. A type has moved when none of its places
/// has its name any more, and one has a name that it had not: where one type has become two, one of them keeps
/// it, and what is composed stands in one place for each composition, of which some may be gone.
pub fn moved(before: &Generated, after: &Generated) -> Vec<String> {
    let (old, new) = (names(before), names(after));
    let members = old.iter().filter_map(|(place, name)| {
        let now = new.get(place)?;
        (now != name).then(|| format!("{place}: {name} -> {now}"))
    });
    let (old, new) = (types(before), types(after));
    let types = old.iter().filter_map(|(name, places)| {
        let at = |types: &'_ [(String, BTreeSet<String>)]| -> BTreeSet<String> {
            let there = types
                .iter()
                .filter(|(_, others)| places.iter().any(|place| others.contains(place)));
            there.map(|(name, _)| name.clone()).collect()
        };
        let (then, now) = (at(&old), at(&new));
        let moved = !now.is_subset(&then) && !now.contains(name);
        moved.then(|| format!("{name} -> {now:?}"))
    });
    members.chain(types).collect()
}

/// The types with their places.
fn types(generated: &Generated) -> Vec<(String, BTreeSet<String>)> {
    let types = generated.api.types.iter();
    types
        .map(|decl| {
            let places = decl.places.iter();
            let places = places.map(|place| format!("{place}{}", decl.form()));
            (decl.name.ident.clone(), places.collect())
        })
        .collect()
}

/// Every name but those of types by what it belongs to: a type's place and the text on the wire.
pub fn names(generated: &Generated) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    for decl in &generated.api.types {
        let place = decl.name.place.to_string();
        match &decl.shape {
            Shape::Record { fields, .. } => {
                for field in fields {
                    names.insert(
                        format!("{place} field {}", field.wire),
                        field.name.ident.clone(),
                    );
                }
            }
            Shape::Enum { variants, .. } => {
                for (variant, wire) in variants.iter().zip(value_texts(variants)) {
                    names.insert(format!("{place} value {wire}"), variant.name.ident.clone());
                }
            }
            Shape::Union { branches, .. } => {
                for branch in branches {
                    names.insert(
                        format!("branch {}", branch.name.place),
                        branch.name.ident.clone(),
                    );
                }
            }
            Shape::Replies(outcomes) => {
                for outcome in outcomes {
                    let wire = reply_text(&outcome.reply);
                    names.insert(format!("{place} reply {wire}"), outcome.name.ident.clone());
                }
            }
            Shape::Bodies(cases) => {
                for case in cases {
                    names.insert(
                        format!("{place} body {}", case.media),
                        case.name.ident.clone(),
                    );
                }
            }
            Shape::Alias(_) => {}
        }
    }
    for group in &generated.api.groups {
        names.insert(format!("tag {}", group.tag), group.name.ident.clone());
        for operation in &group.operations {
            let place = operation.name.place.to_string();
            let ident = &operation.name.ident;
            names.insert(format!("call of {place}"), operation.call.ident.clone());
            for parameter in &operation.parameters {
                names.insert(
                    format!(
                        "{place} parameter {} {:?}",
                        parameter.wire, parameter.location
                    ),
                    parameter.name.ident.clone(),
                );
            }
            names.insert(place, format!("{}.{ident}", group.name.ident));
        }
    }
    names
}
