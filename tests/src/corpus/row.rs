//! What is found out about one document.

use super::crates;
use super::harness::{self, Check, Outcome};
use super::judge::{Plan, Tally};
use super::{Entry, generated, root};
use restwright::Generated;
use restwright::report::{Diagnostic, Report};
use restwright::source::Source;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

/// A document in the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The version of OpenAPI that it states.
    pub version: String,
    /// Its size when generated.
    pub size: Size,
    /// How long the generator took.
    pub generate_seconds: f64,
    /// Why nothing was generated.
    pub refused: Option<String>,
    /// The codes in the report, each with its count.
    pub codes: BTreeMap<String, usize>,
    /// Those that say that something is looser in the output than in the document.
    pub degraded: BTreeSet<String>,
    /// How the crate compiled, if it was to be.
    pub built: Option<Built>,
    /// How its examples fared, if it compiled.
    pub examples: Tally,
}

/// How large a generated crate is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Size {
    /// Operations.
    pub operations: usize,
    /// Declared types.
    pub types: usize,
    /// Lines of Rust, without the runtime.
    pub lines: usize,
}

/// A crate that was compiled with the program for its examples.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Built {
    /// The hash of what was compiled, by which it is known again.
    pub hash: String,
    /// How long the compiler took, from nothing but the dependencies.
    pub seconds: f64,
    /// The compiler's warnings.
    pub warnings: Vec<String>,
    /// Its errors.
    pub errors: Vec<String>,
    /// What became of the examples in the program.
    pub outcomes: Vec<Outcome>,
}

/// A document on its way.
pub struct Job {
    /// What is known so far.
    pub row: Row,
    /// What was generated.
    made: Option<(Value, Generated)>,
}

/// Generates from a document.
///
/// # Errors
/// The document cannot be read.
pub fn start(entry: &Entry) -> Result<Job, String> {
    let source = Source::read(&entry.path).map_err(|error| error.to_string())?;
    let root = source.parse().map_err(|error| error.to_string())?;
    let started = Instant::now();
    let (result, report) = generated(source);
    let mut row = Row {
        name: entry.name.clone(),
        version: version(&root),
        generate_seconds: started.elapsed().as_secs_f64(),
        codes: codes(&report, |_, _| true),
        degraded: codes(&report, Report::is_lossy).into_keys().collect(),
        ..Row::default()
    };
    let made = match result {
        Ok(generated) => {
            row.size = size(&generated);
            Some((root, generated))
        }
        Err(reason) => {
            row.refused = Some(reason);
            None
        }
    };
    Ok(Job { row, made })
}

fn version(root: &Value) -> String {
    let version = root.get("openapi").or_else(|| root.get("swagger"));
    let text = version.and_then(Value::as_str).map(str::to_owned);
    text.or_else(|| version.map(Value::to_string))
        .unwrap_or_default()
}

fn codes(
    report: &Report,
    wanted: impl Fn(&Report, &Diagnostic) -> bool,
) -> BTreeMap<String, usize> {
    let mut codes = BTreeMap::new();
    let found = report.diagnostics().into_iter();
    for found in found.filter(|found| wanted(report, found)) {
        *codes.entry(found.code.to_owned()).or_default() += 1;
    }
    codes
}

fn size(generated: &Generated) -> Size {
    let own = generated
        .files
        .iter()
        .filter(|file| file.path.ends_with(".rs") && !file.path.starts_with("src/runtime/"));
    let groups = generated.api.groups.iter();
    Size {
        operations: groups.map(|group| group.operations.len()).sum(),
        types: generated.api.types.len(),
        lines: own.map(|file| file.text.lines().count()).sum(),
    }
}

/// Where crates are compiled.
#[derive(Clone, Debug)]
pub struct Workshop {
    /// The folder of the crate and its program, written anew for each document.
    pub folder: PathBuf,
    /// The target folder, shared by all.
    pub target: PathBuf,
}

impl Job {
    /// Compiles the crate and puts the examples through its types, unless the same crate with the
    /// same examples was compiled `before`, or there is no workshop. How they fared is judged anew.
    ///
    /// # Errors
    /// Files cannot be written or programs not run; a fault of ours or of the machine.
    pub fn build(self, workshop: Option<&Workshop>, before: Option<Built>) -> Result<Row, String> {
        let Some((root, generated)) = self.made else {
            return Ok(self.row);
        };
        let plan = Plan::new(&root, &generated.api)?;
        let hash = hash(&generated, &plan.checks);
        let built = match (before, workshop) {
            (Some(before), _) if before.hash == hash => before,
            (_, None) => return Ok(self.row),
            (_, Some(workshop)) => compile(&generated, &plan.checks, hash, workshop)
                .map_err(|error| error.to_string())?,
        };
        let examples = match built.errors.is_empty() {
            true => plan.judge(&built.outcomes)?,
            false => Tally::default(),
        };
        Ok(Row {
            built: Some(built),
            examples,
            ..self.row
        })
    }
}

fn hash(generated: &Generated, checks: &[Check]) -> String {
    let mut hasher = Sha256::new();
    let mut add = |text: &str| {
        hasher.update(text.len().to_le_bytes());
        hasher.update(text.as_bytes());
    };
    for file in &generated.files {
        add(&file.path);
        add(&file.text);
    }
    add(&harness::program(checks, harness::RUNTIME));
    add(&harness::values(checks));
    hex(&hasher.finalize())
}

/// Bytes as text.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Compiles a crate with the program for its examples, and runs that.
fn compile(
    generated: &Generated,
    checks: &[Check],
    hash: String,
    workshop: &Workshop,
) -> io::Result<Built> {
    let Workshop { folder, target } = workshop;
    std::fs::create_dir_all(folder.join("src"))?;
    let client = folder.join("client");
    if client.exists() {
        std::fs::remove_dir_all(&client)?;
    }
    crates::write(&client, &generated.files)?;
    let package = package(generated);
    let runtime = root().join("generator/runtime");
    let manifest = harness::manifest(&package, &runtime.display().to_string());
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(
        folder.join("src/main.rs"),
        harness::program(checks, harness::RUNTIME),
    )?;
    let values = folder.join("values.json");
    std::fs::write(&values, harness::values(checks))?;

    let compiled = crates::compile("build", folder, target)?;
    let mut outcomes = Vec::new();
    if compiled.done {
        let program = target.join("debug").join(harness::NAME);
        let output = Command::new(program).arg(&values).output()?;
        let text = String::from_utf8_lossy(&output.stdout);
        outcomes = text
            .lines()
            .map_while(|line| serde_json::from_str(line).ok())
            .collect();
    }
    crates::forget(&[&package, harness::NAME], folder, target)?;
    Ok(Built {
        hash,
        seconds: compiled.time.as_secs_f64(),
        warnings: compiled.warnings,
        errors: compiled.errors,
        outcomes,
    })
}

/// The name of a generated package, from its manifest.
fn package(generated: &Generated) -> String {
    let manifest = generated
        .files
        .iter()
        .find(|file| file.path == "Cargo.toml");
    let table: Option<toml::Table> = manifest.and_then(|file| file.text.parse().ok());
    let name = table
        .as_ref()
        .and_then(|table| table.get("package")?.get("name")?.as_str());
    name.unwrap_or_default().to_owned()
}
