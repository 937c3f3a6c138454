//! A client as a module of another crate, made while that is built: by a build script, or by a macro.
//!
//! The advised way is a generated crate that is checked in, as `restwright generate` writes it: its
//! changes are reviewed, it is built once, and names stay what they were by its lock. This is for whom
//! a module that always follows its document is worth more.
//!
//! In `build.rs`, with `restwright` under `[build-dependencies]`:
//!
//! ```no_run
//! restwright::embed::build_script("api/lamps.openapi.yaml", "lamps", &[]);
//! ```
//!
//! At the root of the crate, with the generated crate's dependencies in its manifest:
//!
//! ```text
//! include!(concat!(env!("OUT_DIR"), "/lamps.rs"));
//! ```
//!
//! May not read an address: a build that asks the network gives something else each time.

mod nest;

use crate::config::Config;
use crate::fetch::{self, Access, FolderError};
use crate::name::lock::{self, Lock};
use crate::print::NotRust;
use crate::report::Report;
use crate::source::{Source, SourceError, Text};
use crate::store::{self, Write};
use crate::{GenerateError, Inputs, generate, spelling};
use proc_macro2::TokenStream;
use std::path::{Path, PathBuf};

/// A client as a module.
pub struct Module {
    /// The module, an item for the root of a crate.
    pub tokens: TokenStream,
    /// The files that it is made of; when one changes, it is another.
    pub read: Vec<PathBuf>,
    /// What was found in the document.
    pub report: Report,
}

/// Why there is no module.
#[derive(Debug, thiserror::Error)]
pub enum EmbedError {
    /// A name that is none.
    #[error("`{0}` is no name of a module; give a Rust identifier")]
    Name(String),
    /// A Cargo feature that generated crates do not have.
    #[error("generated clients have no feature `{0}`; there are {OPTIONS}, and one for each tag")]
    Feature(String),
    /// The config cannot be used.
    #[error(transparent)]
    Config(#[from] crate::config::ConfigError),
    /// The config has a value that cannot be used, or names no document.
    #[error("{}: {message}", path.display())]
    Wish {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        message: String,
    },
    /// The document is at an address.
    #[error("{0} is an address: a build reads files; save it beside the crate")]
    Address(PathBuf),
    /// A file cannot be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// What the document refers to cannot be looked for.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The document has errors: all of them, with their places.
    #[error("{0}")]
    Rejected(String),
    /// A fault of ours.
    #[error(transparent)]
    NotRust(#[from] NotRust),
}

/// The features of generated crates that are no tags.
const OPTIONS: &str = "`mock`, `recorder`, `blocking` and `tracing`";

/// Makes a module of a document, or of what a config (`*.toml`) names, overlays and names of its lock included.
///
/// The module has all tags. `features` are those of the generated crate that it has beside: `mock`,
/// `recorder`, `blocking`, `tracing`; each needs what the generated crate's manifest says of it.
///
/// # Errors
/// Something cannot be read, or the document has errors.
pub fn module(path: &Path, name: &str, features: &[&str]) -> Result<Module, EmbedError> {
    if !spelling::is_identifier(name) {
        return Err(EmbedError::Name(name.to_owned()));
    }
    let known = |feature: &&&str| ["mock", "recorder", "blocking", "tracing"].contains(*feature);
    if let Some(other) = features.iter().find(|feature| !known(feature)) {
        return Err(EmbedError::Feature((*other).to_owned()));
    }
    let (inputs, read) = inputs(path)?;
    let mut report = inputs.report();
    let generated = match generate(&inputs, &mut report) {
        Ok(generated) => generated,
        Err(GenerateError::Rejected(_)) => {
            return Err(EmbedError::Rejected(report.render_text()));
        }
        Err(GenerateError::NotRust(fault)) => return Err(fault.into()),
    };
    let tokens = nest::nest(&generated.files, name, features)?;
    Ok(Module {
        tokens,
        read,
        report,
    })
}

/// The whole of a build script: writes `NAME.rs` into `OUT_DIR`, and says what it depends on. Paths are
/// relative to the crate that is built. See [`module`].
///
/// Warnings of the document are warnings of the build.
///
/// # Panics
/// Where there is no module, as build scripts do.
pub fn build_script(path: impl AsRef<Path>, name: &str, features: &[&str]) {
    match try_build_script(path.as_ref(), name, features) {
        Ok(lines) => lines.iter().for_each(|line| println!("{line}")),
        Err(message) => panic!("restwright: {message}"),
    }
}

fn try_build_script(path: &Path, name: &str, features: &[&str]) -> Result<Vec<String>, String> {
    let folder =
        std::env::var_os("OUT_DIR").ok_or("there is no OUT_DIR: this is for build scripts")?;
    // Where the path cannot be read, the build has to come here again when it can.
    let mut lines = vec![format!("cargo::rerun-if-changed={}", path.display())];
    let made = module(path, name, features);
    let made = made.inspect_err(|_| lines.iter().for_each(|line| println!("{line}")));
    let made = made.map_err(|error| error.to_string())?;
    let text = nest::text(made.tokens).map_err(|error| error.to_string())?;
    let write = Write {
        path: Path::new(&folder).join(format!("{name}.rs")),
        wanted: Some(&text),
    };
    store::write_all(&[write]).map_err(|error| error.to_string())?;
    let read = made.read.iter();
    lines.extend(read.map(|path| format!("cargo::rerun-if-changed={}", path.display())));
    let warnings = made.report.diagnostics().into_iter();
    let warnings = warnings.filter(|found| found.severity >= crate::report::Severity::Warning);
    lines.extend(warnings.map(|found| {
        let (file, pointer) = (&found.file, &found.pointer);
        format!(
            "cargo::warning={file}#{pointer}: {} [{}]",
            found.message, found.code
        )
    }));
    Ok(lines)
}

/// What a path stands for, and the files that were read.
fn inputs(path: &Path) -> Result<(Inputs, Vec<PathBuf>), EmbedError> {
    let mut read = vec![path.to_owned()];
    let (config, lock) = if path.extension().is_some_and(|ending| ending == "toml") {
        let beside = path.with_file_name("restwright.lock");
        let lock = lock_of(&beside)?;
        read.push(beside);
        (settled(path)?, lock)
    } else {
        let config = Config {
            input: Some(path.to_owned()),
            ..Config::default()
        };
        (config, Lock::default())
    };
    let input = config.input.clone().ok_or_else(|| EmbedError::Wish {
        path: path.to_owned(),
        message: "it names no document; add `input`".to_owned(),
    })?;
    if fetch::is_address(&input) {
        return Err(EmbedError::Address(input));
    }
    let limits = &config.limits;
    let read_within = |path: &PathBuf| Source::read_within(path, limits);
    let source = read_within(&input)?;
    let overlays = config.overlays.iter().map(read_within);
    let overlays = overlays.collect::<Result<Vec<Source>, SourceError>>()?;
    let access = Access {
        root: config.root.clone(),
        remote: false,
        limits: limits.clone(),
    };
    let files = fetch::linked(&source, &overlays, &access)?;
    read.push(input);
    read.extend(config.overlays.iter().cloned());
    read.extend(files.iter().filter_map(|file| match &file.text {
        Text::Read(source) => Some(PathBuf::from(&source.name)),
        _ => None,
    }));
    let inputs = Inputs {
        source,
        files,
        overlays,
        config,
        lock,
    };
    Ok((inputs, read))
}

/// A config whose values can be used.
fn settled(path: &Path) -> Result<Config, EmbedError> {
    let config = Config::read(path)?;
    match spelling::problem(&config) {
        Some(problem) => Err(EmbedError::Wish {
            path: path.to_owned(),
            message: problem.message,
        }),
        None => Ok(config),
    }
}

/// The names in a lock; none where there is no file.
fn lock_of(path: &Path) -> Result<Lock, EmbedError> {
    let Ok(text) = std::fs::read_to_string(path) else {
        return Ok(Lock::default());
    };
    let wrong = |message: String| EmbedError::Wish {
        path: path.to_owned(),
        message,
    };
    let lock = lock::parse(&text).map_err(wrong)?;
    match spelling::odd_name(&lock) {
        Some(name) => Err(wrong(format!("`{name}` is no Rust identifier"))),
        None => Ok(lock),
    }
}

#[cfg(test)]
mod tests;
