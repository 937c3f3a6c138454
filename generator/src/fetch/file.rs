//! Files beneath one folder.
//!
//! May not read anything outside of it, whichever way a path or a link leads there.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::limits::Limits;
use crate::source::{Absent, Address, Source};

/// The folder that files must be beneath is none.
#[derive(Debug, thiserror::Error)]
#[error("cannot read beneath {}: {reason}", path.display())]
pub struct FolderError {
    /// The folder as given.
    pub path: PathBuf,
    /// What the operating system says.
    pub reason: io::Error,
}

/// Where files are looked for.
pub(super) struct Folder {
    /// What addresses are relative to: the document's folder.
    base: PathBuf,
    /// The same, links followed.
    home: PathBuf,
    /// The folder, links followed, that everything has to be beneath; none where the document is in no
    /// folder.
    root: Option<PathBuf>,
    files: usize,
    bytes: u64,
    limits: Limits,
}

impl Folder {
    /// The folder of a document, with the one that the user lets be read.
    pub(super) fn of(
        document: &Source,
        root: Option<&Path>,
        limits: &Limits,
    ) -> Result<Self, FolderError> {
        let path = Path::new(&document.name);
        let in_folder = path.is_file();
        let parent = path.parent().filter(|_| in_folder);
        let base = match (parent, root) {
            (Some(parent), _) => parent.to_owned(),
            (None, root) => root.unwrap_or(Path::new("")).to_owned(),
        };
        let wanted = root
            .or(parent)
            .map(|root| match root.as_os_str().is_empty() {
                true => PathBuf::from("."),
                false => root.to_owned(),
            });
        let canonical = |path: PathBuf| {
            let found = fs::canonicalize(&path).and_then(|found| match found.is_dir() {
                true => Ok(found),
                false => Err(io::ErrorKind::NotADirectory.into()),
            });
            found.map_err(|reason| FolderError { path, reason })
        };
        Ok(Folder {
            home: fs::canonicalize(if base.as_os_str().is_empty() {
                Path::new(".")
            } else {
                &base
            })
            .unwrap_or_default(),
            base,
            root: wanted.map(canonical).transpose()?,
            files: 0,
            bytes: 0,
            limits: limits.clone(),
        })
    }

    /// The address of a file without a way out of the document's folder and back.
    pub(super) fn plain(&self, address: &Address) -> Address {
        address.within(&self.home)
    }

    /// Whether there is such a file that may be read.
    pub(super) fn has(&self, address: &Address) -> bool {
        let found = fs::canonicalize(self.base.join(address.as_str()));
        let (Ok(found), Some(root)) = (found, &self.root) else {
            return false;
        };
        found.starts_with(root) && found.is_file()
    }

    /// Reads a file by its address seen from the document.
    pub(super) fn read(&mut self, address: &Address) -> Result<Source, Absent> {
        let Some(root) = &self.root else {
            return Err(refused(
                format!("the document is in no folder, so `{address}` is not looked for"),
                "name the folder of such files with --root DIR".to_owned(),
            ));
        };
        if address.as_str().starts_with('/') {
            return Err(refused(
                format!("`{address}` is an absolute path"),
                "write the path relative to the file it stands in".to_owned(),
            ));
        }
        let path = self.base.join(address.as_str());
        let found = fs::canonicalize(&path);
        let found = found.map_err(|reason| missing(address, &path, &reason))?;
        if !found.starts_with(root) {
            let reason = format!("`{address}` is outside the folder that is read");
            return Err(refused(reason, offer(root, &found)));
        }
        let most = self.limits.files;
        if self.files >= most {
            let reason = format!("the document refers to more than {most} files");
            return Err(Absent::beyond("files", reason));
        }
        self.files += 1;
        let bytes = self.bytes_of(&found, address)?;
        let name = path.display().to_string();
        Source::from_bytes(name, bytes).map_err(|error| unreadable(error.to_string()))
    }

    fn bytes_of(&mut self, path: &Path, address: &Address) -> Result<Vec<u8>, Absent> {
        let failed = |reason: io::Error| unreadable(format!("cannot read `{address}`: {reason}"));
        // A pipe or a device may never end.
        if !fs::metadata(path).map_err(failed)?.is_file() {
            return Err(unreadable(format!("`{address}` is no file")));
        }
        let left = self.limits.files_bytes().saturating_sub(self.bytes);
        let mut bytes = Vec::new();
        let file = File::open(path).map_err(failed)?;
        file.take(left.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(failed)?;
        let size = bytes.len() as u64;
        if size > left {
            let most = self.limits.files_mib;
            let reason = format!("the document refers to files of more than {most} MiB in all");
            return Err(Absent::beyond("files-mib", reason));
        }
        self.bytes += size;
        Ok(bytes)
    }
}

fn refused(reason: String, help: String) -> Absent {
    Absent {
        code: "file-outside",
        refused: true,
        reason,
        help,
    }
}

fn unreadable(reason: String) -> Absent {
    Absent {
        code: "unreadable-file",
        refused: false,
        reason,
        help: "correct the file or the reference".to_owned(),
    }
}

/// How to let a file be read that is outside.
fn offer(root: &Path, found: &Path) -> String {
    let common: PathBuf = root
        .components()
        .zip(found.components())
        .take_while(|(one, other)| one == other)
        .map(|(one, _)| one)
        .collect();
    if common.parent().is_none() {
        return "copy it beneath that folder".to_owned();
    }
    format!(
        "let it be read with --root {}, or copy it beneath that folder",
        common.display()
    )
}

/// Says that a file is not there, and which one may be meant: case counts on some systems only.
fn missing(address: &Address, path: &Path, reason: &io::Error) -> Absent {
    let name = path.file_name().map(|name| name.to_string_lossy());
    let alike = name.and_then(|name| {
        let entries = fs::read_dir(path.parent()?).ok()?.flatten().take(10_000);
        let mut names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.find(|other| other.to_lowercase() == name.to_lowercase())
    });
    let help = match alike {
        Some(alike) => format!("did you mean `{alike}`?"),
        None => "correct the reference, or put the file there".to_owned(),
    };
    let reason = match reason.kind() {
        io::ErrorKind::NotFound => format!("there is no file `{address}`"),
        _ => format!("cannot read `{address}`: {reason}"),
    };
    Absent {
        code: "missing-file",
        refused: false,
        reason,
        help,
    }
}
