//! The verdicts of `restwright diff` beside those of rustdoc's JSON, over the pairs of `tests/diffs`: each pair is
//! generated as two crates, the later one with the names of the earlier.

pub mod public;

use crate::corpus::{self, crates};
use public::{Earned, Public};
use restwright::config::Config;
use restwright::diff::{Bump, Changes};
use restwright::name::lock::Lock;
use restwright::source::Source;
use restwright::{Generated, Inputs, compare, generate};
use serde_json::Value;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// What both say of a pair.
#[derive(Debug)]
pub struct Row {
    /// The pair.
    pub name: String,
    /// What we say.
    pub ours: Earned,
    /// The kinds of changes that break without a word of the compiler, or behave otherwise.
    pub on_the_wire: Vec<&'static str>,
    /// What rustdoc's JSON says.
    pub theirs: Earned,
    /// The item that says so first.
    pub item: String,
    /// What cargo-semver-checks says, where it is installed.
    pub checks: Option<Earned>,
}

/// Two documents, the later of which is to take the place of the earlier.
pub struct Pair {
    /// What it is called in the table.
    pub name: String,
    /// The earlier document.
    pub old: PathBuf,
    /// The later one.
    pub new: PathBuf,
}

/// The versions of the published document beside the workspace, in their order.
pub const VERSIONS: [&str; 5] = [
    "history/2026-04-13.json",
    "history/2026-07-09.json",
    "history/2026-08-12.json",
    "published.openapi.json",
    "history/2026-08-21.json",
];

/// The pairs of `tests/diffs` by name, then those of the published document's versions that are beside the
/// workspace.
///
/// # Errors
/// They cannot be listed.
pub fn pairs() -> io::Result<Vec<Pair>> {
    let folders = std::fs::read_dir(crate::corpus::root().join("tests/diffs"))?;
    let mut folders: Vec<PathBuf> = folders
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<io::Result<_>>()?;
    folders.sort();
    let made = folders.iter().map(|folder| Pair {
        name: stem(folder),
        old: folder.join("old.yaml"),
        new: folder.join("new.yaml"),
    });
    let shared = crate::corpus::root().join("../shared/instantly");
    let versions = VERSIONS.map(|version| shared.join(version));
    let real = versions.windows(2).map(|pair| Pair {
        name: format!("{} to {}", stem(&pair[0]), stem(&pair[1])),
        old: pair[0].clone(),
        new: pair[1].clone(),
    });
    let real = real.filter(|pair| pair.old.exists() && pair.new.exists());
    Ok(made.chain(real).collect())
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    stem.trim_end_matches(".openapi").to_owned()
}

/// What we say of a pair, and the kinds of its changes that a compiler does not see.
///
/// # Errors
/// A document cannot be read or has errors.
pub fn ours(pair: &Pair) -> io::Result<(Earned, Vec<&'static str>)> {
    let changes = changes(pair)?;
    let earned = match changes.verdict() {
        Some(Bump::Major) => Earned::Major,
        Some(Bump::Minor) => Earned::Minor,
        Some(Bump::Patch) | None => Earned::Patch,
    };
    let all = changes.entries.iter().flat_map(|entry| &entry.changes);
    let wire = all.filter(|it| it.wire || it.verdict == restwright::diff::Verdict::Behaviour);
    Ok((earned, wire.map(|change| change.code).collect()))
}

/// Judges a pair; what rustdoc wrote stays in `work`, and is used again. Packages are built in `target`.
///
/// # Errors
/// A document cannot be read or generated, or rustdoc cannot be run.
pub fn judge(pair: &Pair, work: &Path, target: &Path) -> io::Result<Row> {
    let name = pair.name.clone();
    let old = made(&pair.old, Lock::default())?;
    let new = made(&pair.new, old.lock.clone())?;
    let before = public(&old, &work.join(&name).join("old.json"), (work, target))?;
    let now = public(&new, &work.join(&name).join("new.json"), (work, target))?;
    let (theirs, item) = before.earns(&now);
    let checks = checks(&work.join(&name));
    let (ours, on_the_wire) = ours(pair)?;
    Ok(Row {
        on_the_wire,
        name,
        ours,
        theirs,
        item,
        checks,
    })
}

fn inputs(path: &Path, lock: Lock) -> io::Result<Inputs> {
    // One name for all, by which what rustdoc writes is found.
    let mut config = Config::default();
    config.package.name = Some("pets-client".to_owned());
    let source = Source::read(path).map_err(io::Error::other)?;
    Ok(Inputs {
        config,
        lock,
        ..corpus::inputs(source)
    })
}

fn made(path: &Path, lock: Lock) -> io::Result<Generated> {
    let inputs = inputs(path, lock)?;
    generate(&inputs, &mut inputs.report()).map_err(io::Error::other)
}

fn changes(pair: &Pair) -> io::Result<Changes> {
    let old = inputs(&pair.old, Lock::default())?;
    let mut new = inputs(&pair.new, Lock::default())?;
    let (mut before, mut now) = (old.report(), new.report());
    compare((&old, &mut before), (&mut new, &mut now)).map_err(io::Error::other)
}

/// What a crate has for others.
fn public(
    generated: &Generated,
    json: &Path,
    (work, target): (&Path, &Path),
) -> io::Result<Public> {
    if !json.exists() {
        let folder = work.join("crate");
        crates::write(&folder, &generated.files)?;
        std::fs::copy(
            crate::corpus::root().join("Cargo.lock"),
            folder.join("Cargo.lock"),
        )?;
        // The JSON is unstable; this is for the compiler that is there.
        let rustdoc = [
            "rustdoc",
            "--offline",
            "--quiet",
            "--lib",
            "--",
            "-Z",
            "unstable-options",
        ];
        let done = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(rustdoc)
            .args(["--output-format", "json", "--cap-lints", "allow"])
            .current_dir(&folder)
            .env("RUSTC_BOOTSTRAP", "1")
            .env("CARGO_TARGET_DIR", target)
            .status()?;
        if !done.success() {
            return Err(io::Error::other("rustdoc wrote no JSON"));
        }
        std::fs::create_dir_all(json.parent().unwrap_or(work))?;
        std::fs::copy(target.join("doc/pets_client.json"), json)?;
    }
    let text = std::fs::read_to_string(json)?;
    let value: Value = serde_json::from_str(&text).map_err(io::Error::other)?;
    Ok(Public::read(&value))
}

/// What cargo-semver-checks says of two files of rustdoc's, if it is there.
fn checks(folder: &Path) -> Option<Earned> {
    let output = Command::new("cargo-semver-checks")
        .args([
            "semver-checks",
            "--release-type",
            "patch",
            "--baseline-rustdoc",
        ])
        .arg(folder.join("old.json"))
        .arg("--current-rustdoc")
        .arg(folder.join("new.json"))
        .output()
        .ok()?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let said = said + &String::from_utf8_lossy(&output.stdout);
    let words = [
        ("requires new major", Earned::Major),
        ("requires new minor", Earned::Minor),
        ("no semver update required", Earned::Patch),
    ];
    let mut words = words.into_iter();
    words.find_map(|(word, earned)| said.contains(word).then_some(earned))
}

/// What the table says where we are stricter: the kinds of changes.
pub fn stricter_by(on_the_wire: &[&str]) -> String {
    format!("stricter: `{}`", on_the_wire.join("`, `"))
}

/// The table, as a page of the documentation.
pub fn table(rows: &[Row]) -> String {
    let agree = rows.iter().filter(|row| row.ours == row.theirs).count();
    let looser = rows.iter().filter(|row| row.ours < row.theirs).count();
    let stricter = rows.len() - agree - looser;
    let mut out = format!(
        "# Versions by two opinions\n\n\
         Written by `cargo run -p restwright-tests --bin semver`: the verdict of `restwright diff` on each pair of \
         `tests/diffs`,\nbeside that of the two generated crates' public items by rustdoc's JSON (gone or another: major; \
         a field more in a\nstruct that can be written out: major; more: minor; deprecated: minor).\n\n\
         {} pairs: {agree} agree, {stricter} are stricter here, {looser} are looser here.\n\n\
         cargo-semver-checks 0.51 has no lint for a type that is another one, and none for an addition; of {} pairs it is \
         stricter in {}.\n\n\
         | pair | `restwright diff` | rustdoc | cargo-semver-checks | |\n|---|---|---|---|---|\n",
        rows.len(),
        rows.iter().filter(|row| row.checks.is_some()).count(),
        rows.iter()
            .filter(|row| row.checks > Some(row.ours))
            .count(),
    );
    for row in rows {
        let end = match row.ours.cmp(&row.theirs) {
            std::cmp::Ordering::Equal => String::new(),
            std::cmp::Ordering::Greater => stricter_by(&row.on_the_wire),
            std::cmp::Ordering::Less => format!("looser: `{}`", row.item.replace('|', "/")),
        };
        let (ours, theirs) = (row.ours.word(), row.theirs.word());
        let checks = row.checks.map_or("not run", Earned::word);
        let name = &row.name;
        out.push_str(&format!(
            "| {name} | {ours} | {theirs} | {checks} | {end} |\n"
        ));
    }
    out
}
