//! Paths as a person would write them. May not follow a link, and may not change where a path leads.

use std::path::{Component, Path, PathBuf};

/// A path from the current folder, without detours.
///
/// For example `spec/../client` is `client`, and `/here/spec/api.yaml` is `spec/api.yaml` in `/here`.
pub fn tidy(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    let direct = without_detours(path);
    let short = match direct.strip_prefix(&here) {
        Ok(inner) if !here.as_os_str().is_empty() => inner.to_owned(),
        _ => direct,
    };
    if short.as_os_str().is_empty() {
        PathBuf::from(".")
    } else {
        short
    }
}

/// Takes out `.`, and `folder/..` where the folder is no link.
fn without_detours(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for part in path.components() {
        let folder = matches!(out.components().next_back(), Some(Component::Normal(_)));
        match part {
            Component::CurDir => {}
            Component::ParentDir if folder && !out.is_symlink() => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// A path as it reads from another folder; both start at the current one.
///
/// For example `spec/api.yaml` from `spec` is `api.yaml`, and from `tools/gen` it is
/// `../../spec/api.yaml`.
pub fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    let (folder, path) = (tidy(folder), tidy(path));
    let inner = |path: &Path| {
        path.components()
            .all(|part| matches!(part, Component::Normal(_) | Component::CurDir))
    };
    if path.is_absolute() || folder == Path::new(".") {
        return path;
    }
    if folder.is_absolute() || !inner(&folder) {
        return std::path::absolute(&path).unwrap_or(path);
    }
    let (from, to): (Vec<_>, Vec<_>) = (folder.components().collect(), path.components().collect());
    let same = from
        .iter()
        .zip(&to)
        .take_while(|(one, other)| one == other)
        .count();
    let up = std::iter::repeat_n(Component::ParentDir, from.len() - same);
    up.chain(to.into_iter().skip(same)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tidies() {
        let here = std::env::current_dir().unwrap();
        let cases = [
            ("spec/../client", "client"),
            ("./a/./b", "a/b"),
            ("a/..", "."),
            ("../a", "../a"),
            ("../../a/../b", "../../b"),
            ("/nowhere/a/../b", "/nowhere/b"),
        ];
        for (given, wanted) in cases {
            assert_eq!(tidy(Path::new(given)), Path::new(wanted), "{given}");
        }
        assert_eq!(
            tidy(&here.join("spec/api.yaml")),
            Path::new("spec/api.yaml")
        );
    }

    #[test]
    fn sees_from_a_folder() {
        let cases = [
            (".", "spec/api.yaml", "spec/api.yaml"),
            ("spec", "spec/api.yaml", "api.yaml"),
            ("tools/gen", "spec/api.yaml", "../../spec/api.yaml"),
            ("spec", "../api.yaml", "../../api.yaml"),
            ("spec", "/nowhere/api.yaml", "/nowhere/api.yaml"),
        ];
        for (folder, path, wanted) in cases {
            assert_eq!(
                seen_from(Path::new(folder), Path::new(path)),
                Path::new(wanted),
                "{folder} {path}"
            );
        }
    }
}
