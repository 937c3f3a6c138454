//! How much a document may take: `[limits]` of restwright.toml.
//!
//! May not import other modules of ours, and may not stop anything: whoever reads, copies or makes something
//! counts it, and tells.

use serde::{Deserialize, Deserializer};
use std::time::Duration;

/// How deep a text may nest at most: beyond it the parsers stop, whatever is wished.
pub const DEEPEST: usize = 127;

/// How long the way to a value is that counts once: whoever speaks of it has to spell that way.
const WAY: usize = 200;

/// For how many values one counts, by the bytes of the way to it.
pub fn worth(way: usize) -> usize {
    1 + way / WAY
}

/// How much a document may take. What is beyond is an error, `beyond-limit`, with its place.
///
/// What is set if nothing is said is far above what honest documents take.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Limits {
    /// Levels of a text, 127 at most; with what it refers to in the places of references twice as many.
    #[serde(deserialize_with = "depth")]
    pub depth: usize,
    /// Values of a text, with those that aliases of YAML repeat. One with a way of more than 200 bytes from
    /// the root counts as several. A path of an overlay may look at as many, and what is added for names in
    /// paths that nobody declares may have as many.
    pub values: usize,
    /// MiB of a text: the document, an overlay.
    pub text_mib: u64,
    /// Files that the document refers to.
    pub files: usize,
    /// MiB of these files in all.
    pub files_mib: u64,
    /// Addresses that are read.
    pub addresses: usize,
    /// MiB from these addresses in all.
    pub addresses_mib: u64,
    /// Redirects on the way to one.
    pub redirects: usize,
    /// Seconds that one of these addresses may take.
    pub address_seconds: u64,
    /// Values that are copied where a reference cannot stay one.
    pub copies: usize,
    /// Types that come of the document.
    pub types: usize,
    /// Files of the crate.
    pub output_files: usize,
    /// MiB of the crate.
    pub output_mib: u64,
    /// Seconds from the parsed arguments to the finished texts, without what addresses take.
    pub seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            depth: DEEPEST,
            values: 5_000_000,
            text_mib: 64,
            files: 1_000,
            files_mib: 64,
            addresses: 100,
            addresses_mib: 32,
            redirects: 5,
            address_seconds: 30,
            copies: 1_000_000,
            types: 200_000,
            output_files: 20_000,
            output_mib: 512,
            seconds: 300,
        }
    }
}

impl Limits {
    /// Bytes of a text.
    pub fn text_bytes(&self) -> u64 {
        bytes(self.text_mib)
    }

    /// Bytes of all files.
    pub fn files_bytes(&self) -> u64 {
        bytes(self.files_mib)
    }

    /// Bytes from all addresses.
    pub fn addresses_bytes(&self) -> u64 {
        bytes(self.addresses_mib)
    }

    /// Bytes of the crate.
    pub fn output_bytes(&self) -> u64 {
        bytes(self.output_mib)
    }

    /// What one address may take.
    pub fn address_time(&self) -> Duration {
        Duration::from_secs(self.address_seconds)
    }

    /// What everything may take.
    pub fn time(&self) -> Duration {
        Duration::from_secs(self.seconds)
    }
}

fn bytes(mib: u64) -> u64 {
    mib.saturating_mul(1024 * 1024)
}

/// What to do where a limit is passed.
///
/// For example: ``if that is meant, raise `files` under [limits] in restwright.toml``.
pub fn help(setting: &str) -> String {
    match setting {
        "depth" => format!("write it flatter; no text is read beyond {DEEPEST} levels"),
        _ => format!("if that is meant, raise `{setting}` under [limits] in restwright.toml"),
    }
}

fn depth<'de, D: Deserializer<'de>>(deserializer: D) -> Result<usize, D::Error> {
    let depth = usize::deserialize(deserializer)?;
    match depth {
        0..=DEEPEST => Ok(depth),
        _ => Err(serde::de::Error::custom(format_args!(
            "`depth` is {DEEPEST} at most, got {depth}"
        ))),
    }
}
