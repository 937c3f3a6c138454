//! Several files at once: all become what they should be, or none does.

use super::StoreError;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that should be otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Write<'w> {
    /// Its path.
    pub path: PathBuf,
    /// What should be in it; `None` where there should be no file.
    pub wanted: Option<&'w str>,
}

/// Writes all of these files, or, if one cannot be written, leaves all of them as they were.
///
/// New texts are written beside the files first, so that whatever can go wrong with a disk has gone wrong
/// before a file is touched; then each is moved over its file, so that nobody sees half of one.
///
/// # Errors
/// A file cannot be written.
pub fn write_all(writes: &[Write]) -> Result<(), StoreError> {
    let mut undo = Undo::default();
    let staged: Result<Vec<Staged>, StoreError> =
        writes.iter().map(|write| stage(write, &mut undo)).collect();
    let moved = staged.and_then(|staged| staged.into_iter().try_for_each(|it| put(it, &mut undo)));
    if moved.is_err() {
        undo.run();
    }
    moved
}

/// A file whose new text lies beside it.
struct Staged {
    path: PathBuf,
    /// Where the new text is, if there is one.
    beside: Option<PathBuf>,
}

/// What has been done so far.
#[derive(Default)]
struct Undo {
    /// Texts beside files.
    beside: Vec<PathBuf>,
    /// Folders that were not there.
    folders: Vec<PathBuf>,
    /// Files that are otherwise now, with what was in them.
    changed: Vec<(PathBuf, Option<Vec<u8>>)>,
}

impl Undo {
    /// Takes it back, the last first. What fails here has failed before, and is told by that.
    fn run(self) {
        for (path, before) in self.changed.into_iter().rev() {
            let _ = match before {
                Some(bytes) => fs::write(&path, bytes),
                None => fs::remove_file(&path),
            };
        }
        for path in self.beside {
            let _ = fs::remove_file(path);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> StoreError + use<> {
    let path = path.to_owned();
    move |source| StoreError::Io { path, source }
}

/// Writes the new text beside the file.
fn stage(write: &Write, undo: &mut Undo) -> Result<Staged, StoreError> {
    // A link of the user's stays one.
    let is_link = fs::symlink_metadata(&write.path).is_ok_and(|found| found.is_symlink());
    let target = is_link
        .then(|| fs::canonicalize(&write.path).ok())
        .flatten();
    let path = target.unwrap_or_else(|| write.path.clone());
    let Some(text) = write.wanted else {
        return Ok(Staged { path, beside: None });
    };
    let mut missing = Vec::new();
    let mut folder = path.parent();
    while let Some(parent) = folder.filter(|at| !at.as_os_str().is_empty() && !at.exists()) {
        missing.push(parent.to_owned());
        folder = parent.parent();
    }
    for folder in missing.into_iter().rev() {
        fs::create_dir(&folder).map_err(failed(&folder))?;
        undo.folders.push(folder);
    }
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".restwright-new");
    let beside = path.with_file_name(name);
    undo.beside.push(beside.clone());
    fs::write(&beside, text).map_err(failed(&beside))?;
    Ok(Staged {
        path,
        beside: Some(beside),
    })
}

/// Moves the new text over the file.
fn put(staged: Staged, undo: &mut Undo) -> Result<(), StoreError> {
    let Staged { path, beside } = staged;
    let before = match fs::read(&path) {
        Ok(bytes) => Some(bytes),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(failed(&path)(error)),
    };
    match beside {
        Some(beside) => fs::rename(beside, &path).map_err(failed(&path))?,
        None if before.is_some() => fs::remove_file(&path).map_err(failed(&path))?,
        None => return Ok(()),
    }
    undo.changed.push((path, before));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted<'w>(folder: &Path, name: &str, text: Option<&'w str>) -> Write<'w> {
        Write {
            path: folder.join(name),
            wanted: text,
        }
    }

    /// Every file under a folder with its text.
    fn files(folder: &Path) -> Vec<(String, String)> {
        let mut found = Vec::new();
        let mut open = vec![folder.to_owned()];
        while let Some(at) = open.pop() {
            for entry in fs::read_dir(&at).unwrap().flatten() {
                let path = entry.path();
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                if path.is_dir() {
                    found.push((name, "a folder".to_owned()));
                    open.push(path);
                } else {
                    found.push((name, fs::read_to_string(&path).unwrap()));
                }
            }
        }
        found.sort();
        found
    }

    #[test]
    fn all_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::write(at.join("old"), "1").unwrap();
        fs::write(at.join("gone"), "2").unwrap();
        let writes = [
            wanted(at, "old", Some("3")),
            wanted(at, "gone", None),
            wanted(at, "never", None),
            wanted(at, "a/b/new", Some("4")),
        ];
        write_all(&writes).unwrap();
        let found = files(at);
        let found: Vec<(&str, &str)> = found
            .iter()
            .map(|(a, b)| (a.as_str(), b.as_str()))
            .collect();
        let expected = [
            ("a", "a folder"),
            ("a/b", "a folder"),
            ("a/b/new", "4"),
            ("old", "3"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn one_that_cannot_be_written_leaves_all_as_they_were() {
        for fault in ["a file is in the way", "a folder is in the way"] {
            let folder = tempfile::tempdir().unwrap();
            let at = folder.path();
            fs::write(at.join("old"), "1").unwrap();
            fs::write(at.join("gone"), "2").unwrap();
            let last = if fault.starts_with("a file") {
                // `old` is no folder: its text cannot be written beside it.
                wanted(at, "old/new", Some("4"))
            } else {
                // It can, but not be moved over a folder.
                fs::create_dir_all(at.join("full/inner")).unwrap();
                wanted(at, "full", Some("4"))
            };
            let before = files(at);
            let writes = [
                wanted(at, "old", Some("3")),
                wanted(at, "gone", None),
                wanted(at, "a/b/new", Some("4")),
                last,
            ];
            assert!(write_all(&writes).is_err(), "{fault}");
            assert_eq!(files(at), before, "{fault}");
        }
    }
}
