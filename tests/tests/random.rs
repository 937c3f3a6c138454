//! Random documents by construction: their clients compile, values of their schemas come back, and
//! every operation can be called.
//!
//! Always the same documents; others are those of `RESTWRIGHT_SEEDS`, for example `100..200`.

use restwright_tests::corpus::root;
use restwright_tests::random::{Batch, Made, make, run};

/// The documents of every run.
const SEEDS: std::ops::Range<u64> = 0..16;

/// How many are compiled together.
const BATCH: usize = 16;

fn seeds() -> std::ops::Range<u64> {
    let Ok(wanted) = std::env::var("RESTWRIGHT_SEEDS") else {
        return SEEDS;
    };
    let ends = wanted
        .split_once("..")
        .map(|(first, end)| (first.parse(), end.parse()));
    match ends {
        Some((Ok(first), Ok(end))) => first..end,
        _ => panic!("RESTWRIGHT_SEEDS is `{wanted}`; give two numbers, as in 100..200"),
    }
}

#[test]
fn random_documents_compile_and_keep_their_values() {
    let made: Result<Vec<Made>, String> = seeds().map(make).collect();
    let made = made.unwrap_or_else(|error| panic!("{error}"));
    let folder = root().join("target/corpus/random");
    // Shared with the real documents, so that dependencies are compiled once.
    let target = root().join("target/corpus/build");
    let (mut values, mut calls) = (0, 0);
    let mut faults = Vec::new();
    for made in made.chunks(BATCH) {
        let batch = run(made, &folder, &target).unwrap_or_else(|error| panic!("{error}"));
        faults.extend(faults_of(&batch));
        values += batch
            .tallies
            .iter()
            .map(|(_, tally)| tally.passed)
            .sum::<usize>();
        calls += batch.calls.len();
    }
    println!("{values} values came back, {calls} calls were answered");
    assert!(
        faults.is_empty(),
        "{} faults:\n{}",
        faults.len(),
        faults.join("\n")
    );
    if seeds() == SEEDS {
        assert!(
            values >= 300 && calls >= 30,
            "{values} values, {calls} calls"
        );
    }
}

fn faults_of(batch: &Batch) -> Vec<String> {
    let mut faults = batch.compiled.errors.clone();
    faults.extend(batch.compiled.warnings.iter().cloned());
    for (seed, tally) in &batch.tallies {
        for failed in &tally.failed {
            let (at, reason, detail) = (&failed.at, &failed.reason, &failed.detail);
            faults.push(format!(
                "seed {seed}: {at} ({}): {reason}: {detail}",
                failed.schema
            ));
        }
        for (at, reason) in &tally.invalid {
            faults.push(format!(
                "seed {seed}: {at} is not valid, a fault of the test: {reason}"
            ));
        }
    }
    let calls = batch.calls.iter();
    faults.extend(
        calls.filter_map(|call| Some(format!("{}: {}", call.operation, call.fault.as_ref()?))),
    );
    faults
}
