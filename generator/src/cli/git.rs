//! Files as they were at a revision, read by the program `git`. May not write, and may not use a shell.

use super::failure::Failure;
use restwright::source::Source;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A commit, known by its hash.
pub struct Revision {
    /// As its user calls it.
    name: String,
    hash: String,
}

impl Revision {
    /// Finds a commit in the repository that a folder is in.
    pub fn find(name: &str, folder: &Path) -> Result<Self, Failure> {
        let wrong = |message: &str| Failure::Wrong(format!("--git {name}: {message}"));
        if name.is_empty() || name.starts_with('-') {
            return Err(wrong("that is no revision"));
        }
        let commit = format!("{name}^{{commit}}");
        let found = git(
            folder,
            &[
                "rev-parse",
                "--verify",
                "--quiet",
                "--end-of-options",
                &commit,
            ],
        )?;
        let hash = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let is_hash = !hash.is_empty() && hash.chars().all(|c| c.is_ascii_hexdigit());
        if found.status.success() && is_hash {
            let name = name.to_owned();
            return Ok(Revision { name, hash });
        }
        let reason = String::from_utf8_lossy(&found.stderr);
        let reason = reason.lines().next().unwrap_or_default();
        let reason = reason.strip_prefix("fatal: ").unwrap_or(reason);
        Err(wrong(match reason {
            "" => "there is no such commit",
            reason => reason,
        }))
    }

    /// A text as it was, if it was there.
    pub fn read(&self, path: &Path) -> Result<Option<Source>, Failure> {
        let Some(file) = path.file_name() else {
            return Ok(None);
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut object = std::ffi::OsString::from(format!("{}:./", self.hash));
        object.push(file);
        let found = git(
            folder,
            &[
                OsStr::new("rev-parse"),
                OsStr::new("--verify"),
                OsStr::new("--quiet"),
                OsStr::new("--end-of-options"),
                &object,
            ],
        )?;
        if !found.status.success() {
            return Ok(None);
        }
        let blob = String::from_utf8_lossy(&found.stdout).trim().to_owned();
        let content = git(folder, &["cat-file", "blob", &blob])?;
        let name = format!("{}:{}", self.name, path.display());
        if !content.status.success() {
            let reason = String::from_utf8_lossy(&content.stderr);
            return Err(Failure::Wrong(format!("{name}: {}", reason.trim())));
        }
        Ok(Some(Source::from_bytes(name, content.stdout)?))
    }

    /// The same, where it has to be there.
    pub fn need(&self, path: &Path) -> Result<Source, Failure> {
        self.read(path)?.ok_or_else(|| {
            let (path, name) = (path.display(), &self.name);
            Failure::Wrong(format!("{path} was not there at {name}"))
        })
    }
}

/// Runs git in a folder, with these arguments and no input.
fn git(folder: &Path, arguments: &[impl AsRef<OsStr>]) -> Result<Output, Failure> {
    let mut command = Command::new("git");
    if !folder.as_os_str().is_empty() {
        command.arg("-C").arg(folder);
    }
    command.args(arguments).stdin(Stdio::null());
    let output = command.output();
    output
        .map_err(|reason| Failure::Wrong(format!("git cannot be run, which --git needs: {reason}")))
}
