//! `restwright drift`: where recorded answers differ from the document.
//!
//! May write nothing but the overlay that is asked for.

use super::args::{Drift, MessageFormat, Reading};
use super::console::{self, Console};
use super::failure::Failure;
use super::generate::count;
use super::{DONE, FOUND, file, findings, plan, progress};
use restwright::Inputs;
use restwright::drift::{self, Finding};
use restwright::limits::Limits;
use restwright::read;
use restwright::report::{Located, Rejected, Report, Severity};
use restwright::source::Source;
use serde_json::json;
use std::path::{Path, PathBuf};

/// The endings of what is read of a folder.
const ENDINGS: [&str; 5] = ["har", "json", "jsonl", "ndjson", "log"];

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Drift) -> Result<u8, Failure> {
    check(arguments)?;
    let inputs = plan::reading(&reading(arguments))?;
    let recordings = recordings(&arguments.recordings)?;
    let mut report = inputs.report();
    let document = read::read(&inputs.source, &inputs.files, &inputs.overlays, &mut report);
    let errors = report.count(Severity::Error);
    let document = match document {
        Ok(document) if errors == 0 => document,
        Ok(_) | Err(_) => {
            findings::tell(cx, &report);
            cx.error(&Rejected { errors }.to_string());
            return Ok(FOUND);
        }
    };
    // What is odd in the document is for `lint` to tell.
    let mut faults = Report::default();
    let found = progress::watch(cx, "comparing", || {
        drift::drift(&document, &recordings, &mut faults)
    });
    cx.diagnostics(&faults);
    let located = report.locate(found.findings.iter().map(|finding| &finding.at));
    for finding in &found.findings {
        let Some(located) = located.get(&finding.at) else {
            continue;
        };
        match cx.format {
            MessageFormat::Github => annotate(cx, &finding.message(&document), finding, located),
            MessageFormat::Text | MessageFormat::Json => {
                let text = finding.text(&document, located);
                cx.result(&text, &finding.json(&document, located));
            }
        }
    }
    for unmatched in &found.unmatched {
        cx.result(unmatched.text().trim_end(), &unmatched.json());
    }
    if cx.format == MessageFormat::Json {
        cx.result("", &found.json());
    }
    cx.remark(&found.summary());
    if let Some(path) = &arguments.write_overlay {
        write(cx, path, &inputs, &recordings)?;
    }
    Ok(if found.findings.is_empty() {
        DONE
    } else {
        FOUND
    })
}

/// What other commands call what is read.
fn reading(arguments: &Drift) -> Reading {
    Reading {
        input: arguments.input.clone(),
        config: arguments.config.clone(),
        overlays: arguments.overlays.clone(),
        root: arguments.root.clone(),
        allow_remote: arguments.allow_remote,
        strict: false,
        deny_lossy: false,
    }
}

/// What is wrong before anything is read.
fn check(arguments: &Drift) -> Result<(), Failure> {
    let dash = Path::new("-");
    let given = arguments.recordings.iter().chain(&arguments.input);
    if given.filter(|path| *path == dash).count() > 1 {
        let message = "standard input (-) can be read once only";
        return Err(Failure::Wrong(message.to_owned()));
    }
    match &arguments.write_overlay {
        Some(path) if path.exists() && !arguments.force => {
            let path = path.display();
            Err(Failure::Wrong(format!(
                "{path} is already there; name another file, or add --force to replace it"
            )))
        }
        _ => Ok(()),
    }
}

/// The texts of all recordings; of a folder, those in it, sorted.
fn recordings(given: &[PathBuf]) -> Result<Vec<Source>, Failure> {
    // They are the user's own, and as long as what was recorded.
    let limits = Limits {
        text_mib: u64::MAX,
        ..Limits::default()
    };
    let mut sources = Vec::new();
    for path in given {
        if path == Path::new("-") {
            sources.push(plan::stdin(&limits)?);
        } else if path.is_dir() {
            let files = in_folder(path)?;
            if files.is_empty() {
                let (path, endings) = (path.display(), ENDINGS.join(", ."));
                let message = format!("{path} has no recordings: files that end in .{endings}");
                return Err(Failure::Wrong(message));
            }
            for file in files {
                sources.push(Source::read_within(&file, &limits)?);
            }
        } else {
            sources.push(Source::read_within(path, &limits)?);
        }
    }
    Ok(sources)
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |reason| Failure::File {
        path: folder.to_owned(),
        reason,
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let ending = path.extension().and_then(|ending| ending.to_str());
        let ending = ending.map(str::to_ascii_lowercase);
        if path.is_file() && ending.is_some_and(|it| ENDINGS.contains(&it.as_str())) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn annotate(cx: &mut Console, message: &str, finding: &Finding, located: &Located) {
    let place = located.place;
    let place = place.map(|place| format!(",line={},col={}", place.line, place.column));
    let (file, code) = (console::property(&located.file), finding.kind.code());
    let (place, message) = (place.unwrap_or_default(), console::annotation(message));
    cx.raw(&format!(
        "::warning file={file}{place},title={code}::{message}\n"
    ));
}

/// Writes the overlay, and says what it does not mend.
fn write(
    cx: &mut Console,
    path: &Path,
    inputs: &Inputs,
    recordings: &[Source],
) -> Result<(), Failure> {
    let (source, files, overlays) = (&inputs.source, &inputs.files, &inputs.overlays);
    let mended = progress::watch(cx, "writing the overlay", || {
        drift::mend(source, files, overlays, recordings)
    });
    let Some(text) = &mended.text else {
        cx.remark("no overlay is written: there is nothing that one could say");
        return Ok(());
    };
    file::replace(path, text)?;
    let name = path.display().to_string();
    let left = mended.left.len();
    let line = format!("written {name}: {}", count(mended.actions, "action"));
    let object = json!({"kind": "file", "change": "written", "path": name, "actions": mended.actions, "left": left});
    cx.result(&line, &object);
    match left {
        0 => cx.remark("with it after the other overlays, these recordings differ in nothing"),
        left => cx.remark(&format!(
            "{} cannot be said by an overlay and stay",
            count(left, "difference")
        )),
    }
    Ok(())
}
