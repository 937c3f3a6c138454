//! What holds of every crate that is made, whatever the document said.

use super::Files;
use std::collections::BTreeSet;

/// Names that no file can have on Windows, whatever follows a dot.
const RESERVED: [&str; 8] = ["con", "nul", "aux", "prn", "com1", "lpt1", "com9", "lpt9"];

/// Whether each file is one that every machine can have, and reads as what it should be.
pub fn check(files: &Files) -> Result<(), String> {
    let mut lower = BTreeSet::new();
    let made = files
        .iter()
        .filter_map(|(path, bytes)| Some((path.strip_prefix("out/")?, bytes)));
    for (path, bytes) in made {
        for step in path.trim_end_matches('/').split('/') {
            let plain = step
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
            let stem = step.split('.').next().unwrap_or_default().to_lowercase();
            let dots = step.starts_with("..") || step.ends_with('.') || step.len() > 160;
            if !path.is_empty() && (!plain || dots || RESERVED.contains(&stem.as_str())) {
                return Err(format!("a file is called {path:?}"));
            }
        }
        if !lower.insert(path.to_lowercase()) {
            return Err(format!("{path} differs from another in case only"));
        }
        let text = std::str::from_utf8(bytes).map_err(|error| format!("{path}: {error}"))?;
        if let Some(odd) = text.chars().find(|c| unseen(*c)) {
            return Err(format!("{path} holds {odd:?}"));
        }
        if path.ends_with(".rs") {
            syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
        }
        if path == "Cargo.toml" {
            manifest(text)?;
        }
    }
    Ok(())
}

/// What nobody sees in a review, or what turns around what is seen. A new line is one.
fn unseen(c: char) -> bool {
    let control = c.is_control() && c != '\n';
    let turns = matches!(c, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{61c}');
    let blank = matches!(c, '\u{ad}' | '\u{feff}' | '\u{180e}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}');
    control || turns || blank
}

/// The tables and keys of a manifest are ours; features are words.
fn manifest(text: &str) -> Result<(), String> {
    let table: toml::Table = text
        .parse()
        .map_err(|error| format!("Cargo.toml: {error}"))?;
    let keys = |of: &toml::Table| of.keys().cloned().collect::<Vec<String>>();
    let top = keys(&table);
    if top != ["dependencies", "features", "package", "target"] {
        return Err(format!("Cargo.toml has {top:?}"));
    }
    let within = |name: &str| table[name].as_table().map(keys).unwrap_or_default();
    let allowed = [
        "description",
        "edition",
        "exclude",
        "license",
        "name",
        "readme",
        "rust-version",
        "version",
    ];
    let other = within("package")
        .into_iter()
        .find(|key| !allowed.contains(&key.as_str()));
    if let Some(other) = other {
        return Err(format!("[package] has {other}"));
    }
    let plain = |name: &String| {
        name.chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
    };
    match within("features").into_iter().find(|name| !plain(name)) {
        Some(odd) => Err(format!("a feature is called {odd:?}")),
        None => Ok(()),
    }
}
