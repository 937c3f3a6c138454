//! The versions of the published document.

use super::regenerate::{document, shared};
use restwright::Generated;
use restwright::name::lock::Lock;
use restwright::source::Source;
use restwright_checks::names::names;

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
