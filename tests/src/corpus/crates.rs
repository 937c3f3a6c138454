//! Writes crates and compiles them, offline, with the versions of the workspace's lock.

use restwright::print::File;
use restwright::store;
use serde_json::Value;
use std::io;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

/// What the compiler said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compiled {
    /// Whether it made what it was asked for.
    pub done: bool,
    /// The warnings and errors in the crates that were written, as the compiler shows them.
    pub warnings: Vec<String>,
    /// See [`Self::warnings`].
    pub errors: Vec<String>,
    /// How long it took.
    pub time: Duration,
}

/// The cargo that runs this, or the one on the path.
fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Writes a generated crate into a folder.
///
/// # Errors
/// The folder cannot be written.
pub fn write(folder: &Path, files: &[File]) -> io::Result<()> {
    store::write(folder, files)
        .map(drop)
        .map_err(|error| io::Error::other(error.to_string()))
}

/// Runs `cargo check` or `cargo build` on the package in a folder. `target` is shared by all.
///
/// # Errors
/// Cargo cannot be run, or said nothing of use.
pub fn compile(command: &str, folder: &Path, target: &Path) -> io::Result<Compiled> {
    // Every dependency is in the workspace's lock, and fetched; cargo takes out what is not needed.
    std::fs::copy(super::root().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    let started = Instant::now();
    let output = cargo()
        .args([command, "--offline", "--quiet", "--message-format=json"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .output()?;
    let mut compiled = Compiled {
        done: output.status.success(),
        time: started.elapsed(),
        ..Compiled::default()
    };
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        read_message(line, &mut compiled);
    }
    if !compiled.done && compiled.errors.is_empty() {
        compiled
            .errors
            .push(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    Ok(compiled)
}

fn read_message(line: &str, compiled: &mut Compiled) {
    let Ok(message) = serde_json::from_str::<Value>(line) else {
        return;
    };
    // What the workspace's own packages have to say is said elsewhere.
    if message["reason"] != "compiler-message" {
        return;
    }
    let text = || {
        message["message"]["rendered"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    match message["message"]["level"].as_str() {
        // The last one only counts the others.
        Some("warning") if message["message"]["spans"] == Value::Array(Vec::new()) => {}
        Some("warning") => compiled.warnings.push(text()),
        Some("error" | "error: internal compiler error") => compiled.errors.push(text()),
        _ => {}
    }
}

/// Forgets what was compiled for these packages: each is some hundred megabytes.
///
/// # Errors
/// Cargo cannot be run.
pub fn forget(packages: &[&str], folder: &Path, target: &Path) -> io::Result<()> {
    let packages = packages.iter().flat_map(|package| ["-p", package]);
    cargo()
        .args(["clean", "--offline", "--quiet"])
        .args(packages)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .map(drop)
}
