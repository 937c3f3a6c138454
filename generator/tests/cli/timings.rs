//! `--timings`: which stages are told, and where.

use crate::{expect, folder, objects};

const STAGES: [&str; 8] = [
    "fetch", "read", "lower", "name", "emit", "print", "store", "all",
];

#[test]
fn every_stage_is_told_beside_the_results() {
    let folder = folder();
    let plain = expect(&folder, "generate --quiet", 0);
    for command in ["generate --timings --quiet", "check --timings --quiet"] {
        let said = expect(&folder, command, 0);
        let lines: Vec<&str> = said.err.lines().collect();
        assert!(lines[0].starts_with("stage "), "{said:#?}");
        let stages = lines[1..].iter().filter_map(|line| line.split(' ').next());
        assert_eq!(stages.collect::<Vec<_>>(), STAGES);
        assert!(
            lines[1..].iter().all(|line| line.contains(" s")),
            "{said:#?}"
        );
        assert!(!said.out.contains("stage"), "{said:#?}");
    }
    assert_eq!(plain.err, "");
}

#[test]
fn programs_read_them_as_objects() {
    let folder = folder();
    let part = expect(
        &folder,
        "generate --timings --tag Pet --dry-run --message-format json",
        0,
    );
    let timings = objects(&part.err).into_iter();
    let timings: Vec<_> = timings
        .filter(|object| object["kind"] == "timing")
        .collect();
    let stages: Vec<&str> = timings
        .iter()
        .filter_map(|object| object["stage"].as_str())
        .collect();
    // A part of a document is selected after it is read.
    let wanted = [
        "fetch", "read", "select", "lower", "name", "emit", "print", "store", "all",
    ];
    assert_eq!(stages, wanted);
    for object in &timings {
        assert!(
            object["seconds"]
                .as_f64()
                .is_some_and(|seconds| seconds >= 0.0),
            "{object}"
        );
        if cfg!(target_os = "linux") {
            assert!(
                object["peak"].as_u64().is_some_and(|bytes| bytes > 100_000),
                "{object}"
            );
        }
    }
}

#[test]
fn a_document_with_errors_has_those_before() {
    let folder = folder();
    std::fs::write(
        folder.path().join("spec/pets.yaml"),
        "openapi: 3.0.3\ninfo: {}\npaths: []\n",
    )
    .unwrap();
    let said = expect(&folder, "generate --timings", 1);
    assert!(
        said.err.contains("\nread ") && !said.err.contains("\nprint "),
        "{said:#?}"
    );
}
