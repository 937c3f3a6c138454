//! `restwright update`: takes a new document, and with it the crate, its lock, its version and its change log.
//!
//! Everything is made in memory first, then written at once or not at all. May not decide what a change means.

use super::args::Update;
use super::console::Console;
use super::failure::Failure;
use super::plan::{self, Pending};
use super::target::{self, Change};
use super::written;
use super::{DONE, FOUND, file, findings, manifest, progress};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use restwright::compare;
use restwright::diff::{self, Changes, render};
use restwright::report::Severity;
use semver::Version;
use serde_json::json;
use std::path::PathBuf;

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Update) -> Result<u8, Failure> {
    let mut pending = plan::updating(arguments)?;
    if pending.old.source.text == pending.new.source.text {
        let name = pending.document.display().to_string();
        let object = json!({"kind": "update", "document": name, "verdict": null});
        cx.result(
            &format!("{name}: it is the document that is there"),
            &object,
        );
        return Ok(DONE);
    }
    let Some(changes) = changes(cx, &mut pending)? else {
        return Ok(FOUND);
    };
    let version = version(&pending, &changes)?;
    let Some(files) = files(cx, pending, &changes, &version)? else {
        return Ok(FOUND);
    };
    if !arguments.dry_run {
        written::write(&files)?;
    }
    match cx.is_json() {
        true => cx.result("", &json!({"kind": "diff", "diff": render::json(&changes)})),
        false => cx.changes(&render::text(&changes)),
    }
    written::show(cx, &files, arguments.dry_run);
    let Earned { from, to } = &version;
    let end = match from == to {
        true => format!("version {from} stays"),
        false => format!("version {from} -> {to}"),
    };
    let verdict = changes.verdict().map(diff::Bump::as_str);
    cx.result(
        &format!("{}; {end}", render::summary(&changes)),
        &json!({
            "kind": "update", "verdict": verdict, "from": from.to_string(), "to": to.to_string(),
            "dry_run": arguments.dry_run,
        }),
    );
    Ok(DONE)
}

/// What the new document changes; `None` where one of the two has errors, which are told.
fn changes(cx: &mut Console, pending: &mut Pending) -> Result<Option<Changes>, Failure> {
    let (mut before, mut report) = (pending.old.report(), pending.new.report());
    let given = std::mem::take(&mut pending.new.lock);
    let result = progress::watch(cx, "comparing", || {
        compare((&pending.old, &mut before), (&mut pending.new, &mut report))
    });
    pending.new.lock = given;
    if before.count(Severity::Error) > 0 {
        findings::tell(cx, &before);
        cx.error("the present document has errors; put the new one in its place, and `restwright generate`");
        return Ok(None);
    }
    cx.remark(&format!(
        "places are those of the new document, {}",
        pending.from
    ));
    findings::tell(cx, &report);
    match result {
        Ok(changes) => Ok(Some(changes)),
        Err(rejected) => {
            cx.error(&rejected.to_string());
            Ok(None)
        }
    }
}

/// The version that is there, and the one that changes earn.
struct Earned {
    from: Version,
    to: Version,
}

fn version(pending: &Pending, changes: &Changes) -> Result<Earned, Failure> {
    let said = pending.old.config.package.version.as_deref();
    let from = Version::parse(said.unwrap_or("0.1.0"))
        .map_err(|error| Failure::Wrong(format!("{}: {error}", pending.config.display())))?;
    let to = changes
        .verdict()
        .map_or_else(|| from.clone(), |bump| diff::next(&from, bump));
    Ok(Earned { from, to })
}

/// Everything that is to be otherwise: the document, the config, the crate with its change log, the lock.
fn files(
    cx: &mut Console,
    pending: Pending,
    changes: &Changes,
    version: &Earned,
) -> Result<Option<Vec<Change<'static>>>, Failure> {
    let Pending {
        mut new,
        document,
        config,
        target,
        ..
    } = pending;
    let text = new.source.text.to_string();
    new.config.package.version = Some(version.to.to_string());
    let folder = target.folder.clone();
    let Some(made) = target::quietly(cx, &new, target)? else {
        return Ok(None);
    };
    let mut files = vec![change(document, text)?];
    if version.from != version.to {
        let there = file::read(&config)?.unwrap_or_default();
        let wanted = manifest::with_version(&there, &version.to)
            .map_err(|message| Failure::Wrong(format!("{}: {message}", config.display())))?;
        files.push(change(config, wanted)?);
    }
    files.extend(target::changes(&made)?.into_iter().map(Change::kept));
    if changes.verdict().is_some() {
        let log = folder.join("CHANGELOG.md");
        let there = file::read(&log)?;
        let entry = render::changelog(changes, &version.to, &today());
        files.push(change(log, with_entry(there.as_deref(), &entry))?);
    }
    files.retain(|file| file.found.as_deref() != file.wanted.as_deref());
    Ok(Some(files))
}

fn change(path: PathBuf, wanted: String) -> Result<Change<'static>, Failure> {
    Ok(Change {
        found: file::read(&path)?,
        path,
        wanted: Some(wanted.into()),
    })
}

/// The date in UTC, for example `2026-08-21`.
fn today() -> String {
    let now = TimeZone::UTC.to_datetime(Timestamp::now());
    now.date().to_string()
}

/// A change log with one more entry, above those that are there.
fn with_entry(log: Option<&str>, entry: &str) -> String {
    const HEAD: &str = "# Changelog\n\nWhat has changed for callers of this crate, written by `restwright update`.\n";
    let log = log.unwrap_or(HEAD);
    let first = if log.starts_with("## ") {
        Some(0)
    } else {
        log.find("\n## ").map(|at| at + 1)
    };
    match first {
        Some(at) => {
            let (head, rest) = log.split_at(at);
            format!("{head}{entry}\n{rest}")
        }
        None => format!("{}\n\n{entry}", log.trim_end()),
    }
}

#[cfg(test)]
mod tests {
    use super::with_entry;

    #[test]
    fn an_entry_stands_above_others() {
        let entry = "## [0.2.0] - 2026-08-21\n\n- b\n";
        let first = with_entry(None, entry);
        assert!(first.starts_with("# Changelog\n\nWhat has"), "{first}");
        assert!(first.ends_with(&format!(".\n\n{entry}")), "{first}");
        let second = with_entry(Some(&first), "## [0.3.0] - 2026-08-22\n\n- c\n");
        assert!(
            second.ends_with(&format!(".\n\n## [0.3.0] - 2026-08-22\n\n- c\n\n{entry}")),
            "{second}"
        );
        let bare = with_entry(Some("## [0.1.0]\n"), entry);
        assert_eq!(bare, format!("{entry}\n## [0.1.0]\n"));
    }
}
