//! Folders as maps from path to bytes. A link is where it leads, and a folder is a path that ends in a slash.

use super::Files;
use std::fs;
use std::path::Path;

/// All that is in a folder.
pub fn read(folder: &Path) -> Files {
    let mut files = Files::new();
    let mut open = vec![folder.to_owned()];
    while let Some(at) = open.pop() {
        for entry in fs::read_dir(&at).unwrap() {
            let path = entry.unwrap().path();
            let name = path
                .strip_prefix(folder)
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned();
            if path.is_symlink() {
                let to = fs::read_link(&path).unwrap();
                files.insert(name, to.to_str().unwrap().as_bytes().to_vec());
            } else if path.is_dir() {
                files.insert(format!("{name}/"), Vec::new());
                open.push(path);
            } else {
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files
}

/// Makes a folder of it.
pub fn write(folder: &Path, files: &Files) {
    fs::create_dir_all(folder).unwrap();
    for (name, bytes) in files {
        let path = folder.join(name);
        match name.strip_suffix('/') {
            Some(_) => fs::create_dir_all(path).unwrap(),
            None => {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, bytes).unwrap();
            }
        }
    }
}

/// Copies a folder that has no links.
pub fn copy(from: &Path, to: &Path) {
    write(to, &read(from));
}
