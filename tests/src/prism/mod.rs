//! The proof of the wire: Stoplight Prism, which is none of ours, reads the document and judges what a
//! generated client sends, and the client reads what Prism answers.
//!
//! For each subject, a client is generated, with a program that calls every operation with everything that it takes.
//! Prism runs on loopback with `--errors`: a request that is not as declared is answered with an error. The program
//! `prism` does this and writes `generator/docs/prism.md`.

pub mod driver;
pub mod server;
pub mod table;

use crate::corpus::{self, crates};
use restwright::config::Config;
use restwright::ir::{Api, Name};
use restwright::lower::Extent;
use restwright::name::lock;
use restwright::report::Report;
use restwright::source::{Pointer, Source};
use restwright::{Inputs, generate, interface, read};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The documents beside the workspace: parameters in every style, and files in forms.
pub const OTHERS: [&str; 2] = ["readme-paramstyle-31", "openai"];

/// How Prism makes its answers.
pub const WAYS: [&str; 2] = ["static", "dynamic"];

/// A document to be tried.
pub struct Subject {
    /// Its name in the table.
    pub name: String,
    /// What is generated from.
    pub inputs: Inputs,
    /// The package that is generated.
    pub package: String,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its operation.
    pub id: String,
    /// How the answer was made.
    pub way: String,
    /// Whether Prism took the request.
    pub accepted: bool,
    /// Whether Prism had an answer that is as declared.
    pub answered: bool,
    /// Whether the client read the answer.
    pub decoded: bool,
    /// What is wrong.
    pub why: String,
}

/// What is found out about a document.
pub struct Found {
    /// Its name.
    pub name: String,
    /// The operations.
    pub operations: usize,
    /// Those without a sample, so that nothing was sent.
    pub unsampled: Vec<String>,
    /// The calls.
    pub outcomes: Vec<Outcome>,
}

impl Found {
    /// How many operations had `is` in all of their calls that `count`, one at least.
    pub fn count(&self, counts: fn(&Outcome) -> bool, is: fn(&Outcome) -> bool) -> usize {
        let mut calls: BTreeMap<&str, Vec<&Outcome>> = BTreeMap::new();
        for outcome in self.outcomes.iter().filter(|outcome| counts(outcome)) {
            calls.entry(&outcome.id).or_default().push(outcome);
        }
        let whole = |calls: &&Vec<&Outcome>| calls.iter().all(|outcome| is(outcome));
        calls.values().filter(whole).count()
    }

    /// The counts of the table: accepted, answered in one way or another, decoded.
    pub fn counts(&self) -> [usize; 3] {
        [
            self.count(|_| true, |outcome| outcome.accepted),
            self.count(|outcome| outcome.answered, |_| true),
            self.count(|outcome| outcome.answered, |outcome| outcome.decoded),
        ]
    }
}

/// Our own document, as `spec/restwright.toml` says.
///
/// # Errors
/// A file cannot be read.
pub fn instantly() -> Result<Subject, String> {
    let folder = corpus::root().join("spec");
    let config =
        Config::read(&folder.join("restwright.toml")).map_err(|error| error.to_string())?;
    let source = |path: &PathBuf| Source::read(path).map_err(|error| error.to_string());
    let locked = std::fs::read_to_string(folder.join("restwright.lock"));
    let locked = locked.map_err(|error| error.to_string())?;
    let inputs = Inputs {
        source: source(config.input.as_ref().ok_or("the config names no input")?)?,
        files: Vec::new(),
        overlays: config
            .overlays
            .iter()
            .map(source)
            .collect::<Result<_, _>>()?,
        lock: lock::parse(&locked).map_err(|error| error.to_string())?,
        config,
    };
    Ok(subject("instantly", inputs))
}

/// Documents beside the workspace; `None` where they are not there.
///
/// # Errors
/// A file cannot be read.
pub fn others() -> Result<Option<Vec<Subject>>, String> {
    let Some(entries) = corpus::documents().map_err(|error| error.to_string())? else {
        return Ok(None);
    };
    let wanted = entries
        .iter()
        .filter(|entry| OTHERS.contains(&entry.name.as_str()));
    let subjects = wanted.map(|entry| {
        let source = Source::read(&entry.path).map_err(|error| error.to_string())?;
        Ok(subject(&entry.name, corpus::inputs(source)))
    });
    subjects.collect::<Result<_, String>>().map(Some)
}

fn subject(name: &str, mut inputs: Inputs) -> Subject {
    let package = "prism-subject".to_owned();
    inputs.config.package.name = Some(package.clone());
    Subject {
        name: name.to_owned(),
        inputs,
        package,
    }
}

/// Tries a subject. `folder` is for the crates, `target` for what is compiled, `prism` the program.
///
/// # Errors
/// The document has errors, the client does not compile, or Prism does not start.
pub fn run(subject: &Subject, folder: &Path, target: &Path, prism: &Path) -> Result<Found, String> {
    let text = |error: std::io::Error| error.to_string();
    let folder = folder.join(&subject.name);
    std::fs::create_dir_all(folder.join("src")).map_err(text)?;
    let document = folder.join("document.json");
    let mut report = subject.inputs.report();
    std::fs::write(&document, overlaid(subject, &mut report)?).map_err(text)?;
    let api =
        interface(&subject.inputs, Extent::Full, &mut report).map_err(|error| error.to_string())?;
    let generated = generate(&subject.inputs, &mut report).map_err(|error| error.to_string())?;
    crates::write(&folder.join("client"), &generated.files).map_err(text)?;
    let (program, unsampled) = driver::program(&api);
    std::fs::write(
        folder.join("Cargo.toml"),
        driver::manifest(&subject.name, &subject.package),
    )
    .map_err(text)?;
    std::fs::write(folder.join("src/main.rs"), program).map_err(text)?;
    let compiled = crates::compile("build", &folder, target).map_err(text)?;
    if !compiled.done {
        return Err(format!(
            "the program does not compile:\n{}",
            compiled.errors.join("\n")
        ));
    }
    let program = target.join("debug").join(driver::name(&subject.name));
    let mut outcomes = Vec::new();
    for way in WAYS {
        let mut done = 0;
        // Some requests end Prism; the next call has a new one.
        loop {
            let server = server::start(prism, &document, &folder.join("prism.log"))?;
            let mut command = Command::new(&program);
            let command = command.args([server.url().as_str(), way, &done.to_string()]);
            let output = command.output().map_err(text)?;
            let lines = String::from_utf8_lossy(&output.stdout);
            let read = lines.lines().map(serde_json::from_str::<Outcome>);
            let read = read.collect::<Result<Vec<_>, _>>();
            let read = read.map_err(|error| error.to_string())?;
            done += read.len();
            let ended = output.status.code() == Some(3) && !read.is_empty();
            outcomes.extend(read);
            if output.status.success() {
                break;
            }
            if !ended {
                return Err(String::from_utf8_lossy(&output.stderr).into_owned());
            }
        }
    }
    Ok(Found {
        name: subject.name.clone(),
        operations: operations(&api),
        unsampled,
        outcomes,
    })
}

fn operations(api: &Api<Name>) -> usize {
    api.groups.iter().map(|group| group.operations.len()).sum()
}

/// The document as the generator reads it: with its overlays.
fn overlaid(subject: &Subject, report: &mut Report) -> Result<String, String> {
    let inputs = &subject.inputs;
    let document = read::read(&inputs.source, &inputs.files, &inputs.overlays, report);
    let document = document.map_err(|error| error.to_string())?;
    let root = document
        .get(&Pointer::root())
        .ok_or("the document is empty")?;
    Ok(root.to_string())
}
