//! Takes every document of the corpus all the way and writes `generator/docs/corpus.md`.
//!
//! Goes on where it stopped: what was found out about a document is kept in `target/corpus`, and
//! found out again only if the document or what is generated from it has changed.

use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};
use restwright_tests::corpus::row::{self, Row, Workshop};
use restwright_tests::corpus::{self, Entry, table};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// Generates, compiles and round-trips every document of the corpus.
#[derive(Parser)]
struct Arguments {
    /// Only this document; may be given several times. The table is not written.
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// Find out everything again.
    #[arg(long)]
    fresh: bool,
    /// Compile nothing more. What was not compiled before stands so in the table.
    #[arg(long)]
    no_compile: bool,
}

/// What is known about a document, and what it depends on.
#[derive(Serialize, Deserialize)]
struct Kept {
    document: String,
    program: String,
    row: Row,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<(), String> {
    let text = |error: std::io::Error| error.to_string();
    let Some(mut entries) = corpus::documents().map_err(text)? else {
        println!("skipped: there is no folder ../shared beside the workspace");
        return Ok(());
    };
    if !arguments.document.is_empty() {
        entries.retain(|entry| arguments.document.contains(&entry.name));
        if entries.len() != arguments.document.len() {
            return Err("there is no document of that name in the corpus".to_owned());
        }
    }
    let folder = corpus::root().join("target/corpus");
    std::fs::create_dir_all(&folder).map_err(text)?;
    let program = std::env::current_exe()
        .and_then(std::fs::read)
        .map_err(text)?;
    let program = row::hex(&Sha256::digest(program));
    let bar = progress(entries.len());
    let mut rows = Vec::new();
    for entry in &entries {
        bar.set_message(entry.name.clone());
        let row = of_document(arguments, entry, &folder, &program)
            .map_err(|error| format!("{}: {error}", entry.name))?;
        bar.suspend(|| println!("{}", summary(&row)));
        bar.inc(1);
        rows.push(row);
    }
    bar.finish_and_clear();
    if arguments.document.is_empty() {
        let page = corpus::root().join("generator/docs/corpus.md");
        std::fs::write(&page, table::page(&rows)).map_err(text)?;
        println!("written: {}", page.display());
    }
    Ok(())
}

/// Shown on a terminal only.
fn progress(length: usize) -> ProgressBar {
    let bar = ProgressBar::new(length as u64);
    let style = ProgressStyle::with_template("{spinner} {pos}/{len} {msg} {elapsed}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

fn of_document(
    arguments: &Arguments,
    entry: &Entry,
    folder: &Path,
    program: &str,
) -> Result<Row, String> {
    let text = |error: std::io::Error| error.to_string();
    let document = row::hex(&Sha256::digest(std::fs::read(&entry.path).map_err(text)?));
    let place: PathBuf = folder.join(format!("{}.json", entry.name));
    let kept = std::fs::read(&place).ok().filter(|_| !arguments.fresh);
    let kept: Option<Kept> = kept.and_then(|kept| serde_json::from_slice(&kept).ok());
    let same = |kept: &Kept| kept.document == document && kept.program == program;
    if let Some(kept) = kept.as_ref().filter(|kept| same(kept)) {
        return Ok(kept.row.clone());
    }
    let workshop = Workshop {
        folder: folder.join("crate"),
        target: folder.join("build"),
    };
    let workshop = (!arguments.no_compile).then_some(&workshop);
    let before = kept.and_then(|kept| kept.row.built);
    let row = row::start(entry)?.build(workshop, before)?;
    if row.built.is_none() && row.refused.is_none() {
        return Ok(row);
    }
    let kept = Kept {
        document,
        program: program.to_owned(),
        row,
    };
    let json = serde_json::to_vec_pretty(&kept).map_err(|error| error.to_string())?;
    std::fs::write(&place, json).map_err(text)?;
    Ok(kept.row)
}

fn summary(row: &Row) -> String {
    let size = &row.size;
    let made = format!(
        "{}: {} operations, {} types, {} lines",
        row.name, size.operations, size.types, size.lines
    );
    match (&row.refused, &row.built) {
        (Some(reason), _) => format!("{}: {reason}", row.name),
        (None, None) => made,
        (None, Some(built)) => format!(
            "{made}; {} errors, {} warnings; {} passed, {} failed, {} invalid, {} untyped",
            built.errors.len(),
            built.warnings.len(),
            row.examples.passed,
            row.examples.failed.len(),
            row.examples.invalid.len(),
            row.examples.untyped.len(),
        ),
    }
}
