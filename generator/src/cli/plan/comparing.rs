//! The two documents that `restwright diff` compares, each with all that belongs to it.
//!
//! May not write, and may not look into a document.

use super::super::args::{Diff, Reading};
use super::super::failure::Failure;
use super::super::git::Revision;
use super::super::path;
use super::{LOCK, LockFile, Settled, inputs, names, settle};
use restwright::source::Source;
use restwright::{Inputs, fetch};
use std::path::{Path, PathBuf};

/// The two documents that are compared, each with all that belongs to it.
pub fn comparing(arguments: &Diff) -> Result<(Inputs, Inputs), Failure> {
    let (old, new) = match (&arguments.git, arguments.documents.as_slice()) {
        (None, [old, new]) => (Some(old), Some(new)),
        (Some(_), [new]) => (None, Some(new)),
        (Some(_), []) => (None, None),
        (None, _) => {
            let message = "give two documents, or --git REV for the config's own as it was then";
            return Err(Failure::Wrong(message.to_owned()));
        }
        (Some(_), _) => {
            let message = "--git REV stands for the earlier document; give the later one at most";
            return Err(Failure::Wrong(message.to_owned()));
        }
    };
    let stdin = |given: Option<&PathBuf>| given.is_some_and(|given| given == Path::new("-"));
    if stdin(old) && stdin(new) {
        let message = "only one of the documents can come from standard input";
        return Err(Failure::Wrong(message.to_owned()));
    }
    let side = |input: Option<&PathBuf>, overlays: Vec<PathBuf>| Reading {
        input: input.cloned(),
        config: arguments.config.clone(),
        overlays,
        root: arguments.root.clone(),
        allow_remote: arguments.allow_remote,
        strict: false,
        deny_lossy: false,
    };
    let settled = settle(&side(old, arguments.overlays.clone()))?;
    let overlays = |own: &[PathBuf]| {
        let configured = settled.config.overlays.iter();
        let both = match arguments.overlays.as_slice() {
            [] => configured.map(|overlay| path::tidy(overlay)).collect(),
            given => given.to_vec(),
        };
        [both, own.to_vec()].concat()
    };
    let new = side(new, overlays(&arguments.new_overlays));
    let old = side(old, overlays(&arguments.old_overlays));
    let before = match &arguments.git {
        Some(revision) => at(revision, &old, &settled, arguments)?,
        None => {
            let lock = settled.lock(arguments.lock.as_deref())?;
            inputs(&old, settled.config.clone(), lock.as_ref())?
        }
    };
    Ok((before, inputs(&new, settled.config, None)?))
}

/// What the config names, as it was at a revision.
fn at(
    revision: &str,
    reading: &Reading,
    settled: &Settled,
    arguments: &Diff,
) -> Result<Inputs, Failure> {
    let config = settled.config.clone();
    let input = config
        .input
        .as_deref()
        .map(path::tidy)
        .filter(|input| !fetch::is_address(input));
    let Some(input) = input else {
        let message = "--git needs a config whose `input` is a file";
        return Err(Failure::Wrong(message.to_owned()));
    };
    let folder = input.parent().unwrap_or(Path::new(""));
    let revision = Revision::find(revision, folder)?;
    let source = revision.need(&input)?;
    let mut overlays = Vec::new();
    for overlay in &reading.overlays {
        // One that the user names for this side has to be there, and is taken as it is.
        match arguments.old_overlays.contains(overlay) {
            true => overlays.push(Source::read_within(overlay, &config.limits)?),
            false => overlays.extend(revision.read(overlay)?),
        }
    }
    let beside = settled
        .place
        .as_ref()
        .map(|config| path::tidy(&config.with_file_name(LOCK)));
    let lock = beside.map(|path| {
        let text = revision.read(&path)?.map(|source| source.text.to_string());
        names(&LockFile { path, text })
    });
    let access = fetch::Access {
        limits: config.limits.clone(),
        ..fetch::Access::default()
    };
    let links = fetch::linked(&source, &overlays, &access)?;
    if !links.is_empty() {
        let message = "the document refers to other files, which --git does not read as they were; \
                       `git worktree add` the revision, and give both documents";
        return Err(Failure::Wrong(message.to_owned()));
    }
    Ok(Inputs {
        source,
        files: Vec::new(),
        overlays,
        config,
        lock: lock.transpose()?.unwrap_or_default(),
    })
}
