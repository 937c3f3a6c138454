//! `restwright.toml`: what is read, what is written, and the user's wishes.
//!
//! May not import other modules of ours but `limits`; paths in it are relative to its folder.

mod select;

use crate::limits::Limits;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use toml::de::DeTable;

pub use select::{Exclude, Pattern, Select, is_like};

/// The name of the file that is looked for.
pub const FILE: &str = "restwright.toml";

/// What a user asks for.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The document: a file, or an https address.
    pub input: Option<PathBuf>,
    /// Where new versions of the document come from: an https address, or a file.
    pub upstream: Option<PathBuf>,
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
    /// The part of the document that is generated.
    pub select: Select,
    /// Names that are wanted, by the pointer of what is to have them.
    pub names: BTreeMap<String, String>,
    /// How much the document may take.
    pub limits: Limits,
    /// How lists go on that come in pages, where that is not told from names; the first rule that
    /// is for an operation and fits it holds.
    #[serde(deserialize_with = "rules")]
    pub paging: Vec<PagingRule>,
}

/// How lists go on that come in pages. Places in the answer are JSON pointers, such as `/meta/next`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PagingRule {
    /// The operations that it is for: operationIds, or methods and paths such as `GET /pets`, in
    /// which `*` stands for any text. If there are none: those whose query has the parameter.
    pub operations: Vec<String>,
    /// What the next call is made of.
    pub kind: Option<PagingKind>,
    /// The parameter of the query, or the member of the JSON body, that the next call sets.
    pub parameter: Option<String>,
    /// Where the answer has its items; by default its one list.
    pub items: Option<String>,
    /// Where the answer has the cursor or the address; for `last-item` where an item has it.
    pub next: Option<String>,
    /// Where the answer says whether there are more pages.
    pub more: Option<String>,
    /// Where the answer says how many items there are in all.
    pub total: Option<String>,
    /// The number of the first page or item.
    pub first: Option<i64>,
    /// Whether the operations have no pages, whatever their names say.
    pub off: bool,
    /// The file that it stands in.
    #[serde(skip)]
    pub file: String,
    /// Its line there.
    #[serde(skip)]
    pub line: usize,
    /// Its position among the rules.
    #[serde(skip)]
    pub index: usize,
}

/// What the call for the next page is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PagingKind {
    /// The parameter is what the answer has at `next`.
    Cursor,
    /// The parameter is what the last item has at `next`.
    #[serde(rename = "last-item")]
    Last,
    /// The parameter is the number of the page and one.
    Page,
    /// The parameter is the number of the first item and the number of items.
    Offset,
    /// The call goes where the header `Link` says, by `rel="next"`.
    Link,
    /// The call goes to the address that the answer has at `next`.
    Url,
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
    /// Whether values are checked against the document's bounds, lengths and patterns before they are
    /// sent.
    pub validate: bool,
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
        for rule in &mut config.paging {
            rule.file = path.display().to_string();
            // It is where it begins in the text that is known so far.
            let before = text.as_bytes().iter().take(rule.line);
            rule.line = 1 + before.filter(|byte| **byte == b'\n').count();
        }
        for pattern in config.select.patterns_mut() {
            pattern.file = path.display().to_string();
            let start = pattern.place.map_or(0, |(start, _)| start);
            pattern.place = text.get(..start).map(end_of);
        }
        let folder = path.parent().unwrap_or(Path::new(""));
        let place = |path: &mut PathBuf| *path = folder.join(&*path);
        let is_file = |input: &&mut PathBuf| !input.to_string_lossy().contains("://");
        config.input.iter_mut().filter(is_file).for_each(place);
        config.upstream.iter_mut().filter(is_file).for_each(place);
        config.root.iter_mut().for_each(place);
        config.overlays.iter_mut().for_each(place);
        config.output.iter_mut().for_each(place);
        Ok(config)
    }
}

/// Rules with their positions; [`Config::read`] makes lines of where they begin in the text.
fn rules<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<PagingRule>, D::Error> {
    let rules = Vec::<toml::Spanned<PagingRule>>::deserialize(deserializer)?;
    let rules = rules.into_iter().enumerate();
    Ok(rules
        .map(|(index, rule)| PagingRule {
            line: rule.span().start,
            index,
            ..rule.into_inner()
        })
        .collect())
}

/// Where a value of a table stands in the text of a config: line and column, both counted from 1.
///
/// `None` when the text has no such value. For example `place(text, "crate", "name")`.
pub fn place(text: &str, table: &str, key: &str) -> Option<(usize, usize)> {
    let root = DeTable::parse(text).ok()?;
    let table = root.get_ref().get(table)?.get_ref().as_table()?;
    text.get(..table.get(key)?.span().start).map(end_of)
}

/// The line and column after a text.
fn end_of(before: &str) -> (usize, usize) {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let above = before.matches('\n').count();
    (above + 1, line.chars().count() + 1)
}
