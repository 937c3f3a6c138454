//! `restwright.toml`: what is read, what is written, and the user's wishes.
//!
//! May not import other modules of ours; paths in it are relative to its folder.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The name of the file that is looked for.
pub const FILE: &str = "restwright.toml";

/// What a user asks for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The document: a file, or an https address.
    pub input: Option<PathBuf>,
    /// The folder that files which the document refers to must be in; by default the document's.
    pub root: Option<PathBuf>,
    /// Whether addresses that the document refers to are read too.
    #[serde(rename = "allow-remote")]
    pub allow_remote: bool,
    /// Overlays, applied in order.
    pub overlays: Vec<PathBuf>,
    /// The folder of the generated crate.
    pub output: Option<PathBuf>,
    /// The generated crate.
    #[serde(rename = "crate")]
    pub package: Package,
    /// The generated client.
    pub client: Client,
    /// Names that are wanted, by the pointer of what is to have them.
    pub names: BTreeMap<String, String>,
}

/// The generated crate's manifest.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Package {
    /// Its name; by default the document's title, ending in `-client`.
    pub name: Option<String>,
    /// Its version; `0.1.0` by default.
    pub version: Option<String>,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// Its description.
    pub description: Option<String>,
}

/// The generated client.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Client {
    /// The environment variable that has the token.
    pub token_env: Option<String>,
    /// The header in which the server takes idempotency keys.
    pub idempotency_header: Option<String>,
}

/// A config that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a config.
    #[error("{}: {message}", path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// What is wrong, with line and column.
        message: String,
    },
}

impl Config {
    /// Reads a config and makes its paths relative to where it was read from.
    ///
    /// # Errors
    /// It cannot be read, or it says something that is not known.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|source| ConfigError::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let mut config: Self = toml::from_str(&text).map_err(|error| ConfigError::Malformed {
            path: path.to_owned(),
            message: error.to_string(),
        })?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let place = |path: &mut PathBuf| *path = folder.join(&*path);
        let is_file = |input: &&mut PathBuf| !input.to_string_lossy().contains("://");
        config.input.iter_mut().filter(is_file).for_each(place);
        config.root.iter_mut().for_each(place);
        config.overlays.iter_mut().for_each(place);
        config.output.iter_mut().for_each(place);
        Ok(config)
    }
}
