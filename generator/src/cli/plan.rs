//! Arguments and config together: what is read and where the crate belongs.
//!
//! May not write, and may not look into a document. Paths from the command line stay as they were
//! given; those from a config are made relative to the current folder.

mod comparing;
mod updating;

pub use comparing::comparing;
pub use updating::{Pending, updating};

use super::args::{Reading, Selecting, Writing};
use super::failure::Failure;
use super::{file, path, selection};
use restwright::Inputs;
use restwright::config::{self, Config, FILE};
use restwright::fetch;
use restwright::limits::Limits;
use restwright::name::lock::{self, Lock};
use restwright::read;
use restwright::source::{Source, SourceError};
use restwright::spelling::{self, Problem};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The lock's name.
pub const LOCK: &str = "restwright.lock";

/// Where the crate belongs.
pub struct Target {
    /// Its folder.
    pub folder: PathBuf,
    /// The lock, if there is to be one.
    pub lock: Option<LockFile>,
}

/// A lock and what stands in it.
pub struct LockFile {
    /// Its path.
    pub path: PathBuf,
    /// Its text, if it is there.
    pub text: Option<String>,
}

/// What a config says, and which one it was.
struct Settled {
    config: Config,
    place: Option<PathBuf>,
}

/// What is read, where nothing is to be written.
pub fn reading(arguments: &Reading) -> Result<Inputs, Failure> {
    let settled = settle(arguments)?;
    let lock = settled.lock(None)?;
    inputs(arguments, settled.config, lock.as_ref())
}

/// What is read, and what of it is wanted.
pub fn part(arguments: &Reading, selecting: &Selecting) -> Result<Inputs, Failure> {
    let mut settled = settle(arguments)?;
    selection::apply(selecting, &mut settled.config.select);
    let lock = settled.lock(None)?;
    inputs(arguments, settled.config, lock.as_ref())
}

/// What is read and where the crate belongs.
pub fn writing(arguments: &Writing) -> Result<(Inputs, Target), Failure> {
    let mut settled = settle(&arguments.reading)?;
    let output = arguments
        .output
        .clone()
        .or_else(|| settled.config.output.as_deref().map(path::tidy));
    let Some(folder) = output else {
        return Err(no_output(&settled));
    };
    if let Some(name) = &arguments.name {
        settled.config.package.name = Some(name.clone());
    }
    selection::apply(&arguments.selecting, &mut settled.config.select);
    let lock = settled.lock(arguments.lock.as_deref())?;
    let inputs = inputs(&arguments.reading, settled.config, lock.as_ref())?;
    Ok((inputs, Target { folder, lock }))
}

/// The config that is named, else the one that is found, unless a document is given.
fn settle(arguments: &Reading) -> Result<Settled, Failure> {
    let place = match (&arguments.config, &arguments.input) {
        (Some(config), _) => Some(config.clone()),
        (None, Some(_)) => None,
        (None, None) if found().is_none() && !arguments.overlays.is_empty() => None,
        (None, None) => Some(found().ok_or_else(|| {
            let message = format!(
                "no document is given and there is no {FILE} here or in spec; \
                 give a document, or start with `restwright init`"
            );
            Failure::Wrong(message)
        })?),
    };
    let Some(place) = place else {
        return Ok(Settled {
            config: Config::default(),
            place,
        });
    };
    let config = Config::read(&place)?;
    if let Some(problem) = spelling::problem(&config) {
        return Err(told(&problem, &place));
    }
    Ok(Settled {
        config,
        place: Some(place),
    })
}

/// A value in a config that cannot be used, with its place in the file, which is read again for it.
fn told(problem: &Problem, path: &Path) -> Failure {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    let place = config::place(&text, problem.table, problem.key);
    let place = place.map(|(line, column)| format!(":{line}:{column}"));
    Failure::Wrong(format!(
        "{}{}: {}",
        path.display(),
        place.unwrap_or_default(),
        problem.message
    ))
}

/// The config that is used when none is named.
fn found() -> Option<PathBuf> {
    [Path::new(FILE).to_owned(), Path::new("spec").join(FILE)]
        .into_iter()
        .find(|path| path.is_file())
}

fn no_output(settled: &Settled) -> Failure {
    let message = match (&settled.place, found()) {
        (Some(place), _) => format!(
            "no output folder; add --output DIR, or `output` to {}",
            place.display()
        ),
        (None, Some(config)) => {
            let config = config.display();
            format!(
                "no output folder; add --output DIR ({config} is not read beside a document, unless --config names it)"
            )
        }
        (None, None) => "no output folder; add --output DIR".to_owned(),
    };
    Failure::Wrong(message)
}

impl Settled {
    /// The lock that is named, else the one beside the config.
    fn lock(&self, named: Option<&Path>) -> Result<Option<LockFile>, Failure> {
        let beside = |config: &PathBuf| path::tidy(&config.with_file_name(LOCK));
        let Some(path) = named
            .map(Path::to_owned)
            .or_else(|| self.place.as_ref().map(beside))
        else {
            return Ok(None);
        };
        let text = file::read(&path)?;
        Ok(Some(LockFile { path, text }))
    }
}

/// Reads everything.
fn inputs(arguments: &Reading, config: Config, lock: Option<&LockFile>) -> Result<Inputs, Failure> {
    let lock = lock.map(names).transpose()?.unwrap_or_default();
    let overlays: Vec<PathBuf> = match arguments.overlays.as_slice() {
        [] => config
            .overlays
            .iter()
            .map(|overlay| path::tidy(overlay))
            .collect(),
        given => given.to_vec(),
    };
    let overlays = overlays
        .iter()
        .map(|overlay| Source::read_within(overlay, &config.limits))
        .collect::<Result<Vec<_>, _>>()?;
    let source = match (&arguments.input, &config.input) {
        (Some(given), _) => document(given, &config.limits)?,
        (None, Some(named)) => configured(named, &config.limits)?,
        (None, None) => configured(&extended(&overlays)?, &config.limits)?,
    };
    let access = fetch::Access {
        root: match (&arguments.root, &config.root) {
            (Some(given), _) => Some(given.clone()),
            (None, configured) => configured.as_deref().map(path::tidy),
        },
        remote: arguments.allow_remote || config.allow_remote,
        limits: config.limits.clone(),
    };
    Ok(Inputs {
        files: fetch::linked(&source, &overlays, &access)?,
        source,
        overlays,
        config,
        lock,
    })
}

/// The names in a lock; none when it is not there.
fn names(file: &LockFile) -> Result<Lock, Failure> {
    let Some(text) = &file.text else {
        return Ok(Lock::default());
    };
    let wrong = |message: &str| {
        let hint = "restore it from version control, or delete it to have every name chosen anew";
        Failure::Wrong(format!(
            "{}: {}\n{hint}",
            file.path.display(),
            message.trim_end()
        ))
    };
    let lock = lock::parse(text).map_err(|message| wrong(&message))?;
    match spelling::odd_name(&lock) {
        Some(name) => Err(wrong(&format!("`{name}` is no Rust identifier"))),
        None => Ok(lock),
    }
}

/// The document that the overlays are for, where nothing else says which one is read.
fn extended(overlays: &[Source]) -> Result<PathBuf, Failure> {
    let named: BTreeSet<String> = overlays.iter().filter_map(read::extends).collect();
    let mut named = named.into_iter();
    let message = match (named.next(), named.next()) {
        (Some(name), None) => return Ok(PathBuf::from(name)),
        (Some(one), Some(other)) => format!(
            "the overlays are for different documents, {one} and {other}; give the one that is meant"
        ),
        (None, _) => {
            "no document is named; give one as argument, or add `input` to the config, or `extends` \
             to an overlay"
                .to_owned()
        }
    };
    Err(Failure::Wrong(message))
}

/// Reads the document that a config or an overlay names: a file or an address.
fn configured(named: &Path, limits: &Limits) -> Result<Source, Failure> {
    match fetch::is_address(named) {
        true => document(named, limits),
        false => Ok(Source::read_within(&path::tidy(named), limits)?),
    }
}

/// Reads all of standard input.
pub fn stdin(limits: &Limits) -> Result<Source, Failure> {
    let read = Source::read_from("<stdin>", std::io::stdin().lock(), limits);
    read.map_err(|error| match error {
        SourceError::Io { reason, .. } => Failure::Stream {
            stream: "standard input",
            reason,
        },
        other => other.into(),
    })
}

/// Reads the document that is given: a file, an address, or `-`.
fn document(given: &Path, limits: &Limits) -> Result<Source, Failure> {
    if given == Path::new("-") {
        return stdin(limits);
    }
    if fetch::is_address(given) {
        return Ok(fetch::document(&given.to_string_lossy(), limits)?);
    }
    Ok(Source::read_within(given, limits)?)
}
