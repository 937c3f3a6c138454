//! Compiles the Instantly client, and those of two documents beside the workspace, with each feature
//! alone: without a warning, whatever the tag.
//!
//! Prints a table: how many features there are, and what the median and the costliest took. The
//! dependencies are built before.

use clap::Parser;
use restwright::print::File;
use restwright_tests::corpus::{self, crates};
use restwright_tests::tags::{self, check, check::Checked, reach};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Features that are no tag. `native-tls` is left out: not every machine has what it links to.
const OTHERS: [&str; 6] = ["", "rustls", "blocking", "mock", "recorder", "tracing"];

/// Compiles generated clients with each of their features alone.
#[derive(Parser)]
struct Arguments {
    /// Only this client (`instantly`, or a document of the corpus); may be given several times.
    #[arg(long, value_name = "NAME")]
    document: Vec<String>,
    /// Only this feature; may be given several times.
    #[arg(long, value_name = "NAME")]
    feature: Vec<String>,
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
    let wanted = |name: &str| {
        arguments.document.is_empty() || arguments.document.iter().any(|only| only == name)
    };
    let mut subjects = Vec::new();
    if wanted("instantly") {
        let folder = corpus::root().join("generated-client");
        subjects.push((
            "instantly".to_owned(),
            "instantly-client".to_owned(),
            folder.clone(),
            read(&folder)?,
        ));
    }
    match tags::generated()? {
        None => eprintln!("skipped: there is no folder ../shared beside the workspace"),
        Some(generated) => {
            for (name, files) in generated.into_iter().filter(|(name, _)| wanted(name)) {
                let (package, folder) = write(&name, &files)?;
                subjects.push((name, package, folder, files));
            }
        }
    }
    println!(
        "| client | features of tags | alone without a warning | median, s | costliest, s |\n|---|--:|--:|--:|---|"
    );
    let mut well = true;
    for (name, package, folder, files) in subjects {
        let looked = reach::look(&files)?;
        let mut features: Vec<&str> = OTHERS.to_vec();
        features.extend(looked.features.iter().map(String::as_str));
        features.retain(|name| {
            arguments.feature.is_empty() || arguments.feature.iter().any(|only| only == name)
        });
        // The dependencies, with each set of their features; tags add nothing to them.
        check::alone(&folder, "")?;
        for other in OTHERS.iter().filter(|other| features.contains(other)) {
            check::alone(&folder, other)?;
        }
        check::forget(&folder, &package)?;
        let checked: Result<Vec<Checked>, String> = features
            .iter()
            .map(|feature| check::alone(&folder, feature))
            .collect();
        well &= tell(&name, looked.features.len(), &checked?);
    }
    Ok(well)
}

/// A row of the table, and what went wrong.
fn tell(name: &str, tags: usize, checked: &[Checked]) -> bool {
    let mut costs: Vec<(f64, &str)> = checked
        .iter()
        .map(|it| (it.processor.unwrap_or(it.seconds), it.feature.as_str()))
        .collect();
    costs.sort_by(|one, other| one.0.total_cmp(&other.0));
    let good = checked.iter().filter(|it| it.said.is_none()).count();
    if let (Some((median, _)), Some((most, of))) = (costs.get(costs.len() / 2), costs.last()) {
        println!(
            "| {name} | {tags} | {good} of {} | {median:.2} | {most:.2} (`{of}`) |",
            checked.len()
        );
    }
    for it in checked {
        if let Some(said) = &it.said {
            eprintln!("{name}, feature `{}` alone:\n{said}", it.feature);
        }
    }
    good == checked.len()
}

/// The Rust of a crate that is there.
fn read(folder: &Path) -> Result<Vec<File>, String> {
    let mut files = Vec::new();
    let mut open = vec![folder.join("src")];
    while let Some(place) = open.pop() {
        let entries = std::fs::read_dir(&place).map_err(|error| error.to_string())?;
        for entry in entries {
            let path = entry.map_err(|error| error.to_string())?.path();
            if path.is_dir() {
                open.push(path);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let path = path
                    .strip_prefix(folder)
                    .map_err(|error| error.to_string())?;
                files.push(File {
                    path: path.to_string_lossy().into_owned(),
                    text,
                });
            }
        }
    }
    Ok(files)
}

/// Writes a crate that is a workspace of its own, with the versions of our lock; its package's name
/// and its folder.
fn write(name: &str, files: &[File]) -> Result<(String, PathBuf), String> {
    let folder = corpus::root().join("target/tags").join(name);
    let mut files = files.to_vec();
    let mut package = String::new();
    for file in files.iter_mut().filter(|file| file.path == "Cargo.toml") {
        let named = file
            .text
            .lines()
            .find_map(|line| line.strip_prefix("name = "));
        package = named.unwrap_or_default().trim_matches('"').to_owned();
        file.text.push_str("\n[workspace]\n");
    }
    crates::write(&folder, &files).map_err(|error| error.to_string())?;
    let lock = corpus::root().join("Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).map_err(|error| error.to_string())?;
    Ok((package, folder))
}
