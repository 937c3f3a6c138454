//! `semver`: the verdicts of `restwright diff` beside those of rustdoc's JSON; writes `generator/docs/semver.md`.

use clap::Parser;
use restwright_tests::{corpus, semver};
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

/// Compares the verdicts of `restwright diff` with those of rustdoc's JSON, over all pairs of tests/diffs.
#[derive(Parser)]
struct Arguments {
    /// The folder for crates and what rustdoc writes, which is used again [default: a temporary one that stays]
    #[arg(long)]
    work: Option<PathBuf>,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether none is looser here.
fn run(arguments: &Arguments) -> io::Result<bool> {
    let own = std::env::temp_dir().join("restwright-semver");
    let work = arguments.work.clone().unwrap_or(own);
    std::fs::create_dir_all(&work)?;
    let mut rows = Vec::new();
    for pair in semver::pairs()? {
        let row = semver::judge(&pair, &work, &work.join("target"))?;
        println!(
            "{}: {:?}, rustdoc {:?} {}",
            row.name, row.ours, row.theirs, row.item
        );
        rows.push(row);
    }
    let page = corpus::root().join("generator/docs/semver.md");
    std::fs::write(&page, semver::table(&rows))?;
    Ok(rows.iter().all(|row| row.ours >= row.theirs))
}
