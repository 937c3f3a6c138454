//! Names do not move when the document does, as long as their places are still there.

use super::regenerate::{document, shared};
use restwright::Generated;
use restwright::ir::Shape;
use restwright::name::lock::{Lock, reply_text, wire_text};
use restwright::source::Source;
use std::collections::BTreeMap;

#[test]
fn names_stay() {
    let Some(mut before) = generate("2026-07-09", Lock::default()) else {
        return;
    };
    for date in ["2026-08-12", "2026-08-21"] {
        let Some(after) = generate(date, before.lock.clone()) else {
            return;
        };
        let (old, new) = (names(&before), names(&after));
        let moved: Vec<String> = old
            .iter()
            .filter_map(|(place, name)| {
                let now = new.get(place)?;
                (now != name).then(|| format!("{place}: {name} -> {now}"))
            })
            .collect();
        let kept = old.keys().filter(|place| new.contains_key(*place)).count();
        println!("{date}: {kept} of {} names are still there", old.len());
        assert!(kept * 2 > old.len(), "the test looks at too few names");
        assert!(
            moved.is_empty(),
            "{date}: {} names moved\n{}",
            moved.len(),
            moved.join("\n")
        );
        before = after;
    }
}

/// Generating again from the same document, with the lock of the first time, gives the same crate.
#[test]
fn the_same_document_moves_nothing() {
    let Some(first) = generate("2026-08-21", Lock::default()) else {
        return;
    };
    let Some(again) = generate("2026-08-21", first.lock.clone()) else {
        return;
    };
    assert_eq!(names(&first), names(&again));
    assert_eq!(first.lock, again.lock);
    assert_eq!(first.files.len(), again.files.len());
    for (one, other) in first.files.iter().zip(&again.files) {
        assert!(one == other, "{} moved", one.path);
    }
}

/// Its component keys are `def-1` and so on; the real names are titles.
#[test]
fn components_without_meaning_are_named_by_title() {
    let Some(generated) = generate("2026-04-13", Lock::default()) else {
        return;
    };
    let component = |at: &str| {
        at.strip_prefix("#/components/schemas/")
            .is_some_and(|key| !key.contains('/'))
    };
    let decls = generated.api.types.iter();
    let components = decls.filter(|decl| component(&decl.name.place.to_string()));
    let names: Vec<&str> = components.map(|decl| decl.name.ident.as_str()).collect();
    let meaningless: Vec<&&str> = names
        .iter()
        .filter(|name| name.starts_with("Def"))
        .collect();
    assert!(meaningless.is_empty(), "{meaningless:?}");
    for name in [
        "Account",
        "Campaign",
        "CustomTag",
        "CustomTagMapping",
        "Lead",
    ] {
        assert!(names.contains(&name), "there is no {name}");
    }
}

fn generate(date: &str, lock: Lock) -> Option<Generated> {
    let path = shared(&format!("instantly/history/{date}.json"))?;
    let (result, report) = document(Source::read(&path).expect("the document can be read"), lock);
    Some(result.unwrap_or_else(|error| panic!("{date}: {error}\n{}", report.render_text())))
}

/// Every name by what it belongs to: a type's place, and beside it the text on the wire.
fn names(generated: &Generated) -> BTreeMap<String, String> {
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
                for variant in variants {
                    let wire = wire_text(&variant.value);
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
        names.insert(place, decl.name.ident.clone());
    }
    for group in &generated.api.groups {
        names.insert(format!("tag {}", group.tag), group.name.ident.clone());
        for operation in &group.operations {
            let place = operation.name.place.to_string();
            let ident = &operation.name.ident;
            names.insert(format!("call of {place}"), operation.call.ident.clone());
            for parameter in &operation.parameters {
                names.insert(
                    format!("{place} parameter {}", parameter.wire),
                    parameter.name.ident.clone(),
                );
            }
            names.insert(place, format!("{}.{ident}", group.name.ident));
        }
    }
    names
}
