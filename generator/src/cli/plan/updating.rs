//! The new document that `restwright update` takes, and what is there.
//!
//! May not write, and may not look into a document.

use super::super::args::{Reading, Update};
use super::super::failure::Failure;
use super::super::path;
use super::{Target, document, inputs, no_output, settle};
use restwright::{Inputs, fetch};
use std::path::{Path, PathBuf};

/// What is there, and what comes in its place.
pub struct Pending {
    /// The present document, with all that belongs to it.
    pub old: Inputs,
    /// The new one, by the present one's name, which it is going to have.
    pub new: Inputs,
    /// Where the new one comes from.
    pub from: String,
    /// Where the document is kept.
    pub document: PathBuf,
    /// The config that says so.
    pub config: PathBuf,
    /// Where the crate belongs.
    pub target: Target,
}

/// What is there, and what comes in its place.
pub fn updating(arguments: &Update) -> Result<Pending, Failure> {
    let reading = Reading {
        config: arguments.config.clone(),
        ..Reading::default()
    };
    let settled = settle(&reading)?;
    let Some(folder) = settled.config.output.as_deref().map(path::tidy) else {
        return Err(no_output(&settled));
    };
    let Some(config) = settled.place.clone() else {
        let message = "update needs a restwright.toml; start with `restwright init`";
        return Err(Failure::Wrong(message.to_owned()));
    };
    let kept = kept(settled.config.input.as_deref(), &config)?;
    let given = arguments.document.clone();
    let upstream = settled.config.upstream.as_deref();
    let from = given.or_else(|| {
        upstream.map(|upstream| match fetch::is_address(upstream) {
            true => upstream.to_owned(),
            false => path::tidy(upstream),
        })
    });
    let Some(from) = from else {
        let message = format!(
            "no new document; give a file or an address, or put one under `upstream` in {}",
            config.display()
        );
        return Err(Failure::Wrong(message));
    };
    let lock = settled.lock(None)?;
    let old = inputs(&reading, settled.config.clone(), lock.as_ref())?;
    let limits = settled.config.limits.clone();
    let taken = document(&from, &limits)?;
    let source = taken.named(old.source.name.clone());
    let access = fetch::Access {
        root: settled.config.root.as_deref().map(path::tidy),
        remote: settled.config.allow_remote,
        limits,
    };
    let new = Inputs {
        files: fetch::linked(&source, &old.overlays, &access)?,
        source,
        overlays: old.overlays.clone(),
        config: settled.config,
        lock: old.lock.clone(),
    };
    Ok(Pending {
        old,
        new,
        from: from.display().to_string(),
        document: kept,
        config,
        target: Target { folder, lock },
    })
}

/// The document that is kept, if the config names one that can be.
fn kept(input: Option<&Path>, config: &Path) -> Result<PathBuf, Failure> {
    let wrong = |message: &str| Failure::Wrong(format!("{}: {message}", config.display()));
    match input {
        None => Err(wrong("`input` names no document to update")),
        Some(input) if fetch::is_address(input) => Err(wrong(
            "`input` is an address, so there is no document to compare with; save it as a file, and put the \
             address under `upstream`",
        )),
        Some(input) => Ok(path::tidy(input)),
    }
}
