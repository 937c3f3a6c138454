//! Runs the generator in memory.

use restwright::config::Config;
use restwright::name::lock::{self, Lock};
use restwright::report::Report;
use restwright::source::Source;
use restwright::{GenerateError, Generated, Inputs, generate};
use restwright_tests::corpus;
use std::path::PathBuf;

pub use restwright_tests::corpus::root;

/// A file of the folder beside the workspace, which not every machine has.
pub fn shared(path: &str) -> Option<PathBuf> {
    let path = root().join("../shared").join(path);
    if path.exists() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

/// Generates from a document without a config.
pub fn document(source: Source, lock: Lock) -> (Result<Generated, GenerateError>, Report) {
    configured(source, Config::default(), lock)
}

/// Generates from a document by a config.
pub fn configured(
    source: Source,
    config: Config,
    lock: Lock,
) -> (Result<Generated, GenerateError>, Report) {
    run(Inputs {
        config,
        lock,
        ..corpus::inputs(source)
    })
}

/// Generates what `restwright generate` does in `spec`.
pub fn instantly() -> (Generated, Report) {
    let (result, report) = run(instantly_inputs());
    (
        result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text())),
        report,
    )
}

/// What `spec/restwright.toml` names, and the lock beside it.
pub fn instantly_inputs() -> Inputs {
    let folder = root().join("spec");
    let config = Config::read(&folder.join("restwright.toml")).expect("the config is one");
    let read = |path: &PathBuf| Source::read(path).expect("the config names files that are there");
    let lock = std::fs::read_to_string(folder.join("restwright.lock")).expect("the lock is there");
    Inputs {
        source: read(config.input.as_ref().expect("the config names its input")),
        files: Vec::new(),
        overlays: config.overlays.iter().map(read).collect(),
        lock: lock::parse(&lock).expect("the lock is one"),
        config,
    }
}

/// Generates.
pub fn run(inputs: Inputs) -> (Result<Generated, GenerateError>, Report) {
    let mut report = inputs.report();
    let result = generate(&inputs, &mut report);
    (result, report)
}
