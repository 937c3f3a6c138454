//! Why a command could not do its work. May not print: the console does.

use super::FAULT;
use restwright::config::ConfigError;
use restwright::fetch::{FolderError, WebError};
use restwright::print::NotRust;
use restwright::source::SourceError;
use restwright::store::StoreError;
use std::io;
use std::path::PathBuf;

/// Why a command could not do its work.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The config.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The document or an overlay.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A document at an address.
    #[error(transparent)]
    Web(#[from] WebError),
    /// The folder that files must be beneath.
    #[error(transparent)]
    Folder(#[from] FolderError),
    /// The output folder.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another file.
    #[error("{}: {reason}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// What went wrong.
        reason: io::Error,
    },
    /// Standard input or output.
    #[error("{stream}: {reason}")]
    Stream {
        /// Which of them.
        stream: &'static str,
        /// What went wrong.
        reason: io::Error,
    },
    /// A wrong use; the text says of what.
    #[error("{0}")]
    Wrong(String),
    /// A fault of ours.
    #[error(transparent)]
    Fault(#[from] NotRust),
}

impl Failure {
    /// The exit code.
    pub fn code(&self) -> u8 {
        match self {
            Failure::Fault(_) => FAULT,
            Failure::Config(_)
            | Failure::Source(_)
            | Failure::Web(_)
            | Failure::Folder(_)
            | Failure::Store(_)
            | Failure::File { .. }
            | Failure::Stream { .. }
            | Failure::Wrong(_) => 2,
        }
    }
}
