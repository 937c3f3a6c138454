//! Compiles a crate with one feature at a time.

use super::super::corpus;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

/// What a feature alone came to.
pub struct Checked {
    /// The feature; none at all is an empty text.
    pub feature: String,
    /// What the compiler said, if it did not like it.
    pub said: Option<String>,
    /// By the clock.
    pub seconds: f64,
    /// The time of all processors together, where the system tells.
    pub processor: Option<f64>,
}

/// Checks the package in a folder with this feature and no other; warnings are errors.
///
/// # Errors
/// Cargo cannot be run.
pub fn alone(folder: &Path, feature: &str) -> Result<Checked, String> {
    let (began, before) = (Instant::now(), spent());
    let output = cargo()
        .args([
            "check",
            "--offline",
            "--quiet",
            "--no-default-features",
            "--features",
            feature,
        ])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", corpus::root().join("target/generated"))
        .env("CARGO_INCREMENTAL", "0")
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .map_err(|error| error.to_string())?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    Ok(Checked {
        feature: feature.to_owned(),
        said: (!output.status.success()).then_some(said),
        seconds: began.elapsed().as_secs_f64(),
        processor: spent().zip(before).map(|(after, before)| after - before),
    })
}

/// Forgets what was compiled of the package, but not its dependencies.
///
/// # Errors
/// Cargo cannot be run.
pub fn forget(folder: &Path, package: &str) -> Result<(), String> {
    let target = corpus::root().join("target/generated");
    let cleaned = cargo()
        .args(["clean", "--offline", "--quiet", "-p", package])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .output();
    cleaned.map(drop).map_err(|error| error.to_string())
}

fn cargo() -> Command {
    Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// The processor time of this program's children so far, as Linux tells it: in hundredths of a second.
fn spent() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name before may have anything in it.
    let (_, numbers) = stat.rsplit_once(')')?;
    let mut numbers = numbers.split_whitespace().skip(13);
    let mut ticks = || numbers.next()?.parse::<u64>().ok();
    Some((ticks()? + ticks()?) as f64 / 100.0)
}
