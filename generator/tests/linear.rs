//! No stage does more than linear work: what is counted is allocations, which are the same in every run.

#![allow(clippy::unwrap_used)]

#[path = "../benches/stages/document.rs"]
mod document;

use allocation_counter::measure;
use restwright::config::Config;
use restwright::lower::Extent;
use restwright::name::lock::{self, Lock};
use restwright::source::Source;
use restwright::threads::alone;
use restwright::{Inputs, emit, lower, name, package, print, read};
use std::collections::BTreeMap;

/// The allocations of each stage for so many copies of a document, in one thread, as what others allocate is not
/// counted.
fn counts(copies: usize) -> Vec<(&'static str, u64)> {
    let text = document::repeated(&document::made_up(), copies).to_string();
    let inputs = Inputs {
        source: Source::new("copies.json", text),
        files: Vec::new(),
        overlays: Vec::new(),
        config: Config::default(),
        lock: Lock::default(),
    };
    let mut report = inputs.report();
    let mut counts = Vec::new();
    let mut slot = None;
    let count = measure(|| slot = read::read(&inputs.source, &[], &[], &mut report).ok());
    counts.push(("read", count.count_total));
    let document = slot.unwrap();

    let mut slot = None;
    let wishes = inputs.wishes(Extent::Least);
    let count = measure(|| slot = Some(lower::lower(&document, &wishes, &mut report)));
    counts.push(("lower", count.count_total));
    let mut shapes = slot;

    let mut slot = None;
    let (pins, lock) = (&inputs.config.names, &inputs.lock);
    let count = measure(|| {
        let shapes = shapes.take().unwrap();
        slot = Some(name::name(shapes, pins, lock, &mut report));
    });
    counts.push(("name", count.count_total));
    let api = slot.unwrap();
    let count = measure(|| drop(lock::of(&api, BTreeMap::new())));
    counts.push(("lock", count.count_total));

    let package = package(&api, &inputs.config);
    let mut lines = 0;
    let count = measure(|| {
        let printed = print::print(emit::emit(&api, &package)).unwrap();
        let rust = printed
            .files
            .iter()
            .filter(|file| file.path.ends_with(".rs"));
        lines = rust.map(|file| file.text.lines().count()).sum();
    });
    counts.push(("emit and print", count.count_total));
    report.gate().unwrap();
    // The document is not one that comes to nothing.
    assert!(
        api.types.len() >= 90 * copies && lines > 3_000 * copies,
        "{}, {lines}",
        api.types.len()
    );
    counts
}

#[test]
fn eight_copies_cost_eight_times_as_much() {
    let (one, eight) = alone(|| (counts(1), counts(8)));
    // A tenth is granted: rows of a table that grow are allocated anew.
    for ((stage, one), (_, eight)) in one.into_iter().zip(eight) {
        assert!(
            one > 100 && eight * 10 <= one * 88,
            "{stage}: {one} for one copy, {eight} for eight"
        );
    }
}
