//! A version in a `restwright.toml`, set without a change to the rest of it.

use semver::Version;
use toml_edit::{DocumentMut, value};

/// The config with this version of the crate; comments and order stay.
///
/// # Errors
/// The text is no TOML, or `crate` in it is no table.
pub fn with_version(text: &str, version: &Version) -> Result<String, String> {
    let mut document: DocumentMut = text
        .parse()
        .map_err(|error: toml_edit::TomlError| error.to_string())?;
    let package = document
        .entry("crate")
        .or_insert_with(toml_edit::table)
        .as_table_like_mut()
        .ok_or("`crate` is no table")?;
    match package.get_mut("version") {
        Some(there) => {
            let mut wanted = value(version.to_string());
            // What stands around a value is its own: a comment behind it, for one.
            if let (Some(there), Some(wanted)) = (there.as_value(), wanted.as_value_mut()) {
                *wanted.decor_mut() = there.decor().clone();
            }
            *there = wanted;
        }
        None => {
            package.insert("version", value(version.to_string()));
        }
    }
    Ok(document.to_string())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_stays() {
        let version = Version::new(0, 3, 0);
        let text = "# ours\ninput = 'a.yaml'\n\n[crate]\nname = \"a\" # b\nversion = \"0.2.0\" # c\n\n[names]\n'#/x' = 'X'\n";
        let wanted = text.replace("0.2.0", "0.3.0");
        assert_eq!(with_version(text, &version).unwrap(), wanted);
        let inline = "crate = { version = '1.0.0', name = 'a' }\n";
        let wanted = "crate = { version = \"0.3.0\", name = 'a' }\n";
        assert_eq!(with_version(inline, &version).unwrap(), wanted);
        let bare = "input = 'a.yaml'\n";
        let wanted = "input = 'a.yaml'\n\n[crate]\nversion = \"0.3.0\"\n";
        assert_eq!(with_version(bare, &version).unwrap(), wanted);
        let unnamed = "[crate]\nname = 'a'\n\n[names]\n";
        let wanted = "[crate]\nname = 'a'\nversion = \"0.3.0\"\n\n[names]\n";
        assert_eq!(with_version(unnamed, &version).unwrap(), wanted);
        assert!(with_version("crate = 1", &version).is_err());
    }
}
