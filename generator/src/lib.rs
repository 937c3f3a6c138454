//! restwright reads a published OpenAPI document and writes a typed Rust client crate.
//!
//! ```text
//! read (sources)        -> Document      text, overlays, references, units
//! select (&Document)    -> Document      the part that is wanted, where not all of it is
//! lower (&Document)     -> Api<Slot>     every Rust shape; a name is still wire text and place
//! name (Api<Slot>)      -> Api<Name>     every identifier, a whole scope at once
//! emit (&Api<Name>)     -> Vec<Code>     path and tokens
//! print (Vec<Code>)     -> Vec<File>     path and text
//! store (&[File])                        the only writes
//! diff (&Api<Name>, &Api<Name>) -> Changes  what a new document means for callers
//! ```
//!
//! [`generate`] is that, as one expression; a stage's errors are all shown before the next begins.
//! [`compare`] goes that way twice, up to the names. What goes in is read by [`source`] and [`fetch`].

pub mod config;
pub mod diff;
pub mod drift;
pub mod embed;
pub mod emit;
pub mod fetch;
pub mod ir;
pub mod limits;
pub mod lint;
pub mod lower;
pub mod name;
pub mod numbers;
pub mod print;
pub mod read;
pub mod report;
pub mod select;
pub mod source;
pub mod spelling;
pub mod store;
pub mod threads;
pub mod timings;
pub mod unseen;

use config::Config;
use diff::Changes;
use ir::{Api, Name};
use lower::{Extent, Facts, Wishes};
use name::lock::{self, Lock};
use print::{File, NotRust};
use read::Document;
use report::{Rejected, Report};
use sha2::{Digest, Sha256};
use source::{Linked, Pointer, Source, Text};
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use timings::Timings;

/// What a client is generated from.
pub struct Inputs {
    /// The document.
    pub source: Source,
    /// What the document refers to beside it.
    pub files: Vec<Linked>,
    /// Overlays, applied in order.
    pub overlays: Vec<Source>,
    /// The user's wishes.
    pub config: Config,
    /// The names given so far.
    pub lock: Lock,
}

impl Inputs {
    /// An empty report on all that is read.
    pub fn report(&self) -> Report {
        let mut names = BTreeSet::new();
        let sources = std::iter::once(&self.source).chain(&self.overlays);
        let sources = sources.filter(|source| names.insert(&source.name));
        Report::new(sources.cloned().collect::<Vec<Source>>())
            .with_files(&self.files)
            .within(&self.config.limits)
    }
}

impl Inputs {
    /// What decides shapes beside the document.
    pub fn wishes(&self, extent: Extent) -> Wishes<'_> {
        Wishes {
            paging: &self.config.paging,
            extent,
            named: lock::named(&self.lock),
        }
    }
}

/// A generated crate.
pub struct Generated {
    /// What was decided.
    pub api: Api<Name>,
    /// Its files.
    pub files: Vec<File>,
    /// The names that have been given now.
    pub lock: Lock,
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// The document has errors; they are in the report.
    #[error("{0}")]
    Rejected(#[from] Rejected),
    /// A fault of ours.
    #[error(transparent)]
    NotRust(#[from] NotRust),
}

/// The whole way from text to text, in this thread.
///
/// # Errors
/// The document has errors, which are in the report.
pub fn generate(inputs: &Inputs, report: &mut Report) -> Result<Generated, GenerateError> {
    threads::alone(|| made(inputs, report, &mut Timings::default()))
}

/// The same in several threads, which a procedural macro may not have, and with what each stage takes.
///
/// # Errors
/// The document has errors, which are in the report.
pub fn generate_timed(
    inputs: &Inputs,
    report: &mut Report,
    timings: &mut Timings,
) -> Result<Generated, GenerateError> {
    made(inputs, report, timings)
}

fn made(
    inputs: &Inputs,
    report: &mut Report,
    timings: &mut Timings,
) -> Result<Generated, GenerateError> {
    let (api, names) = decide(inputs, Extent::Least, report, timings)?;
    let package = package(&api, &inputs.config);
    let files = || write(&api, &package, report, timings);
    let (files, lock) = threads::beside(files, &|| names.lock(&api));
    let files = files?;
    let bytes = files.iter().map(|file| file.text.len() as u64).sum();
    in_bounds(files.len(), bytes, report)?;
    Ok(Generated { api, files, lock })
}

/// The text of a client. Files are emitted and printed one by one in several threads, so the time from
/// beginning to end belongs to both stages, as far as the threads were busy with each.
fn write(
    api: &Api<Name>,
    package: &emit::Package,
    report: &mut Report,
    timings: &mut Timings,
) -> Result<Vec<File>, GenerateError> {
    let start = Instant::now();
    let code = emit::emit(api, package);
    in_bounds(code.len(), 0, report)?;
    let before = start.elapsed();
    let printed = print::print(code)?;
    let whole = start.elapsed() - before;
    let busy = (printed.emitting + printed.printing).max(Duration::from_nanos(1));
    let emitting = whole.mul_f64(printed.emitting.as_secs_f64() / busy.as_secs_f64());
    timings.add("emit", before + emitting);
    timings.add("print", whole.saturating_sub(emitting));
    Ok(printed.files)
}

/// Whether there may be so much of a crate, and there is time left.
fn in_bounds(files: usize, bytes: u64, report: &mut Report) -> Result<(), Rejected> {
    let root = Pointer::root();
    let limits = report.limits().clone();
    if files > limits.output_files {
        let most = limits.output_files;
        let message = format!("the crate has {files} files, and {most} are the most");
        report.beyond("output-files", &root, message);
    }
    if bytes > limits.output_bytes() {
        let most = limits.output_mib;
        report.beyond(
            "output-mib",
            &root,
            format!("the crate has more than {most} MiB"),
        );
    }
    report.in_time(&root);
    report.gate()
}

/// The way to the interface, without its text; samples have as much as `extent` says.
///
/// # Errors
/// The document has errors, which are in the report.
pub fn interface(
    inputs: &Inputs,
    extent: Extent,
    report: &mut Report,
) -> Result<Api<Name>, Rejected> {
    decide(inputs, extent, report, &mut Timings::default()).map(|(api, _)| api)
}

/// What the lock is made of.
struct Given {
    /// The hashes of what was read.
    hashes: BTreeMap<String, String>,
    /// The lock, if it is known before the interface is.
    lock: Option<Lock>,
}

impl Given {
    fn lock(&self, api: &Api<Name>) -> Lock {
        let whole = || lock::of(api, self.hashes.clone());
        self.lock.clone().unwrap_or_else(whole)
    }
}

/// The interface and the names that have been given with it. Names are those of the whole document,
/// whatever part of it is wanted: the lock is of all of it.
fn decide(
    inputs: &Inputs,
    extent: Extent,
    report: &mut Report,
    timings: &mut Timings,
) -> Result<(Api<Name>, Given), Rejected> {
    let read = || {
        timings.measure("read", || {
            read::read(&inputs.source, &inputs.files, &inputs.overlays, report)
        })
    };
    let (document, hashes) = threads::beside(read, &|| hashes(inputs));
    let document = document?;
    report.in_time(&Pointer::root());
    report.gate()?;
    pins_to_nowhere(&document, inputs, report);
    if inputs.config.select.is_all() {
        let known = &inputs.lock;
        let api = named(
            &document,
            inputs,
            known,
            extent,
            (&mut *report, &mut *timings),
        )?;
        threads::free(document);
        return Ok((api, Given { hashes, lock: None }));
    }
    let part = timings.measure("select", || {
        select::select(&document, &inputs.config.select, report)
    });
    report.gate()?;
    // What is found beside the part is for `lint` to tell.
    let wishes = inputs.wishes(extent);
    let mut aside = report.with_findings([]);
    let shapes = timings.measure("lower", || lower::lower(&document, &wishes, &mut aside));
    let pins = &inputs.config.names;
    let lock = timings.measure("name", || {
        let whole = name::name(shapes, pins, &inputs.lock, &mut aside);
        lock::of(&whole, hashes.clone())
    });
    let api = named(&part, inputs, &lock, extent, (&mut *report, &mut *timings))?;
    let lock = Some(lock);
    Ok((api, Given { hashes, lock }))
}

fn named(
    document: &Document,
    inputs: &Inputs,
    lock: &Lock,
    extent: Extent,
    (report, timings): (&mut Report, &mut Timings),
) -> Result<Api<Name>, Rejected> {
    let wishes = Wishes {
        named: lock::named(lock),
        ..inputs.wishes(extent)
    };
    let facts = timings.measure("lower", || Facts::of(document));
    let known = (document, &facts);
    let mut declared = timings.measure("lower", || lower::declare(known, &wishes, report));
    let asked = std::mem::take(&mut declared.examples);
    let aside = report.with_findings([]);
    let examples = || lower::examples(known, &asked, &wishes, &aside);
    let rest = || {
        let shapes = timings.measure("lower", || {
            let mut shapes = lower::settle(declared, document, &wishes, report);
            report.in_time(&Pointer::root());
            if inputs.config.client.validate {
                shapes.rules = lower::rules(document, report);
            }
            shapes
        });
        report.gate()?;
        let pins = &inputs.config.names;
        let api = timings.measure("name", || name::name(shapes, pins, lock, report));
        report.in_time(&Pointer::root());
        report.gate()?;
        Ok(api)
    };
    let (api, mut examples) = threads::beside(rest, &examples);
    let mut api: Api<Name> = api?;
    let groups = api.groups.iter_mut();
    for operation in groups.flat_map(|group| &mut group.operations) {
        operation.example = examples.remove(&operation.name.place);
    }
    Ok(api)
}

fn pins_to_nowhere(document: &Document, inputs: &Inputs, report: &mut Report) {
    for pin in inputs.config.names.keys() {
        let listed = |place: &Pointer| {
            let mut operations = document.operations.iter();
            operations.any(|operation| operation.listed_at() == *place)
        };
        let there = |place: &Pointer| document.get(place).is_some() || listed(place);
        let place = Pointer::parse(pin).filter(there);
        if place.is_none() {
            report.warning(
                "pin-to-nowhere",
                &Pointer::root(),
                format!("[names] has `{pin}`, which is not in the document"),
                "correct the pointer in restwright.toml, or take the line out",
            );
        }
    }
}

/// What changes for callers from one document to another. Names of the earlier one are kept, as [`generate`]
/// keeps them: by the lock of the earlier interface, whatever lock the later inputs have.
///
/// # Errors
/// One of the documents has errors, which are in its report.
pub fn compare(
    (old, old_report): (&Inputs, &mut Report),
    (new, new_report): (&mut Inputs, &mut Report),
) -> Result<Changes, Rejected> {
    let before = interface(old, Extent::Least, old_report)?;
    new.lock = lock::of(&before, BTreeMap::new());
    let now = interface(new, Extent::Least, new_report)?;
    let mut changes = diff::diff(&before, &now);
    changes.locate(old_report, new_report);
    Ok(changes)
}

/// What the manifest says: what the config does, else what the document gives.
pub fn package(api: &Api<Name>, config: &Config) -> emit::Package {
    let package = &config.package;
    let title = if api.title.is_empty() {
        "an interface without a title"
    } else {
        api.title.as_str()
    };
    emit::Package {
        name: package
            .name
            .clone()
            .unwrap_or_else(|| name::package(&api.title)),
        version: package
            .version
            .clone()
            .unwrap_or_else(|| "0.1.0".to_owned()),
        license: package.license.clone(),
        description: package
            .description
            .clone()
            .unwrap_or_else(|| format!("A client for {title}")),
        token_env: config.client.token_env.clone(),
        idempotency_header: config.client.idempotency_header.clone(),
    }
}

/// The sha256 of each input, by its name without folders, or its address seen from the document: the
/// same on every machine.
fn hashes(inputs: &Inputs) -> BTreeMap<String, String> {
    let given = std::iter::once(&inputs.source).chain(&inputs.overlays);
    let given = given.map(|source| {
        let name = source.name.rsplit(['/', '\\']).next();
        (name.unwrap_or_default().to_owned(), source)
    });
    let linked = inputs.files.iter().filter_map(|file| {
        let Text::Read(source) = &file.text else {
            return None;
        };
        Some((file.address.as_str().to_owned(), source))
    });
    let hash = |source: &Source| {
        let digest = Sha256::digest(source.text.as_bytes());
        digest.iter().map(|byte| format!("{byte:02x}")).collect()
    };
    linked
        .chain(given)
        .map(|(name, source)| (name, hash(source)))
        .collect()
}
