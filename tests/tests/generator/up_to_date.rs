//! `generated-client` and the lock are what the generator makes of `spec` now.

use super::regenerate::{instantly, instantly_inputs, root};
use restwright::name::lock;
use restwright::store;
use similar::TextDiff;
use std::fmt::Write as _;

const COMMAND: &str = "cargo run -p restwright -- generate";

#[test]
fn up_to_date() {
    let (generated, report) = instantly();
    let output = instantly_inputs()
        .config
        .output
        .expect("the config names its output");
    let mut wrong = String::new();
    for file in store::stale(&output, &generated.files).expect("the folder can be read") {
        let (found, wanted) = (
            file.found.unwrap_or_default(),
            file.wanted.unwrap_or_default(),
        );
        let diff = TextDiff::from_lines(found.as_str(), wanted)
            .unified_diff()
            .to_string();
        let shown: Vec<&str> = diff.lines().take(20).collect();
        let _ = writeln!(wrong, "{}\n{}\n", file.path, shown.join("\n"));
    }
    let found =
        std::fs::read_to_string(root().join("spec/restwright.lock")).expect("the lock is there");
    if found != lock::print(&generated.lock) {
        wrong.push_str("spec/restwright.lock\n");
    }
    assert!(
        wrong.is_empty(),
        "not what is generated now:\n{wrong}\nto write it: {COMMAND}"
    );
    assert_eq!(report.count(restwright::report::Severity::Error), 0);
}
