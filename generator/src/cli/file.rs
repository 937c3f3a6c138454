//! The few files that are not in the output folder: the lock and a new config.
//!
//! May not overwrite anything but a lock.

use super::failure::Failure;
use restwright::store;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

/// The text of a file, if there is one.
pub fn read(path: &Path) -> Result<Option<String>, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(reason) if reason.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(reason) => Err(Failure::File {
            path: path.to_owned(),
            reason,
        }),
    }
}

/// Makes a file what it should be.
pub fn replace(path: &Path, text: &str) -> Result<(), Failure> {
    let write = store::Write {
        path: path.to_owned(),
        wanted: Some(text),
    };
    Ok(store::write_all(&[write])?)
}

/// Writes a file that is not there yet.
pub fn create(path: &Path, text: &str) -> Result<(), Failure> {
    create_folder(path)?;
    let opened = OpenOptions::new().write(true).create_new(true).open(path);
    match opened.and_then(|mut file| file.write_all(text.as_bytes())) {
        Ok(()) => Ok(()),
        Err(reason) if reason.kind() == io::ErrorKind::AlreadyExists => {
            let path = path.display();
            Err(Failure::Wrong(format!(
                "{path} is already there; edit it, or choose another folder"
            )))
        }
        Err(reason) => Err(Failure::File {
            path: path.to_owned(),
            reason,
        }),
    }
}

fn create_folder(path: &Path) -> Result<(), Failure> {
    let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    else {
        return Ok(());
    };
    fs::create_dir_all(folder).map_err(|reason| Failure::File {
        path: folder.to_owned(),
        reason,
    })
}
