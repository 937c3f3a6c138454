//! Lets Stoplight Prism judge what generated clients send, and the clients read what it answers.
//!
//! Needs node, npm and its registry; says so and ends well where they are not there, unless `--required`.

use clap::Parser;
use restwright_tests::corpus;
use restwright_tests::prism::{self, Found, Subject, server, table};
use std::process::ExitCode;

/// Calls every operation of the Instantly API, and of documents beside the workspace, against Prism.
#[derive(Parser)]
struct Arguments {
    /// Only this document; may be given several times. The table is not written.
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// Fail where Prism cannot be installed.
    #[arg(long)]
    required: bool,
}

fn main() -> ExitCode {
    match run(&Arguments::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(message) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, String> {
    let folder = corpus::root().join("target/prism");
    let program = match server::install(&folder.join("npm")) {
        Ok(program) => program,
        Err(reason) if arguments.required => return Err(reason),
        Err(reason) => {
            println!("skipped: {reason}");
            return Ok(true);
        }
    };
    let mut subjects = vec![prism::instantly()?];
    let others = prism::others()?;
    let whole = others.is_some() && arguments.document.is_empty();
    match others {
        Some(others) => subjects.extend(others),
        None => println!(
            "skipped: there is no folder ../shared beside the workspace, so only our own document is tried"
        ),
    }
    let wanted = |subject: &Subject| {
        arguments.document.is_empty() || arguments.document.contains(&subject.name)
    };
    let mut all = Vec::new();
    for subject in subjects.iter().filter(|subject| wanted(subject)) {
        let found = prism::run(
            subject,
            &folder,
            &corpus::root().join("target/corpus/build"),
            &program,
        )
        .map_err(|error| format!("{}: {error}", subject.name))?;
        show(&found);
        all.push(found);
    }
    if whole {
        let page = corpus::root().join("generator/docs/prism.md");
        std::fs::write(&page, table::page(&all)).map_err(|error| error.to_string())?;
        println!("written: {}", page.display());
    }
    Ok(all.iter().all(table::passes))
}

fn show(found: &Found) {
    for id in &found.unsampled {
        println!("{}: {id} has no sample", found.name);
    }
    for outcome in &found.outcomes {
        let what = match outcome {
            outcome if outcome.decoded => continue,
            outcome if !outcome.accepted => "not accepted",
            outcome if outcome.answered => "not decoded",
            _ => "without an answer",
        };
        let known = table::known(&found.name, outcome).map(|reason| format!(" ({reason})"));
        println!(
            "{}: {} ({}) {what}{}: {}",
            found.name,
            outcome.id,
            outcome.way,
            known.unwrap_or_default(),
            outcome.why
        );
    }
    let [accepted, answered, decoded] = found.counts();
    println!(
        "{}: {} operations, {accepted} accepted, {answered} answered, {decoded} decoded",
        found.name, found.operations,
    );
}
