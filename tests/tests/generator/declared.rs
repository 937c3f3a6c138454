//! The document in spec/ says in other words what its owner declares; its overlay alone makes a difference.

use super::regenerate::{instantly_inputs, shared};
use restwright::diff::{Changes, Verdict};
use restwright::name::lock::Lock;
use restwright::source::Source;
use restwright::{Inputs, compare};
use restwright_tests::corpus;
use std::fmt::Write;

#[test]
fn without_its_overlay_only_the_words_differ() {
    let declared = Inputs {
        overlays: Vec::new(),
        ..instantly_inputs()
    };
    let Some(changes) = against_published(declared) else {
        return;
    };
    assert_eq!(told(&changes), "");
    // The words are the project's own, so there are many differences of documentation.
    let words = changes.entries.iter().map(|entry| entry.changes.len());
    assert!(words.sum::<usize>() > 1000);
}

#[test]
fn with_its_overlay_what_that_explains_differs() {
    if let Some(changes) = against_published(instantly_inputs()) {
        insta::assert_snapshot!(told(&changes));
    }
}

/// The changes from a document of ours to the published one, named without locks and pins.
fn against_published(ours: Inputs) -> Option<Changes> {
    let path = shared("instantly/published.openapi.json")?;
    let ours = Inputs {
        lock: Lock::default(),
        ..ours
    };
    let published = Source::read(&path).expect("the published document can be read");
    let mut published = Inputs {
        config: ours.config.clone(),
        ..corpus::inputs(published)
    };
    let (mut before, mut now) = (ours.report(), published.report());
    let changes = compare((&ours, &mut before), (&mut published, &mut now));
    Some(changes.expect("both have an interface"))
}

/// A line for each change that is not one of words only.
fn told(changes: &Changes) -> String {
    let mut lines = String::new();
    for entry in &changes.entries {
        let told = entry.changes.iter();
        for change in told.filter(|change| change.verdict != Verdict::Docs) {
            let _ = writeln!(lines, "{}: {}", entry.name, change.text);
        }
    }
    lines
}
