//! What several commands take: what is read, what of it is wanted, and where the crate belongs.
//!
//! May not have an argument of one command only.

use clap::{ArgAction, Args, ValueHint};
use restwright::spelling;
use std::path::PathBuf;

const SELECTION: &str =
    "Selection (may be repeated; * stands for any text; each in place of the config's)";

/// What is read.
#[derive(Debug, Default, Args)]
pub struct Reading {
    /// The OpenAPI document, JSON or YAML: a file, an https address, or - for standard input
    /// [default: the config's input, else what an overlay's `extends` names]
    #[arg(value_hint = ValueHint::FilePath)]
    pub input: Option<PathBuf>,
    /// The config [default without INPUT: restwright.toml, else spec/restwright.toml; with INPUT: none]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document; may be repeated [default: the config's overlays]
    #[arg(long = "overlay", value_name = "FILE", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub overlays: Vec<PathBuf>,
    /// The folder that files which the document refers to must be in [default: the config's, else
    /// the document's folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// Also read addresses on the open internet that the document refers to, by https [default: the config's]
    #[arg(long)]
    pub allow_remote: bool,
    /// Treat every warning as an error
    #[arg(long)]
    pub strict: bool,
    /// Treat as an error what the crate does not carry as the document has it: a keyword that no
    /// type has room for, a schema with a wider type, a media type without one
    #[arg(long)]
    pub deny_lossy: bool,
}

/// The part of the document that is generated.
#[derive(Debug, Args)]
pub struct Selecting {
    /// Only operations with this tag [default: the config's]
    #[arg(long = "tag", value_name = "TAG", help_heading = SELECTION)]
    pub tags: Vec<String>,
    /// Only this operation: its id, or method and path such as "GET /pets"
    #[arg(long = "operation", value_name = "ID", help_heading = SELECTION)]
    pub operations: Vec<String>,
    /// Only operations at this path
    #[arg(long = "path", value_name = "PATH", help_heading = SELECTION)]
    pub paths: Vec<String>,
    /// Only operations with this method
    #[arg(long = "method", value_name = "METHOD", help_heading = SELECTION)]
    pub methods: Vec<String>,
    /// No deprecated operations
    #[arg(long, help_heading = SELECTION)]
    pub no_deprecated: bool,
    /// No operations with this tag
    #[arg(long = "exclude-tag", value_name = "TAG", help_heading = SELECTION)]
    pub exclude_tags: Vec<String>,
    /// Not this operation
    #[arg(long = "exclude-operation", value_name = "ID", help_heading = SELECTION)]
    pub exclude_operations: Vec<String>,
    /// No operations at this path
    #[arg(long = "exclude-path", value_name = "PATH", help_heading = SELECTION)]
    pub exclude_paths: Vec<String>,
    /// No operations with this method
    #[arg(long = "exclude-method", value_name = "METHOD", help_heading = SELECTION)]
    pub exclude_methods: Vec<String>,
}

const CHECK_EXAMPLES: &str = "\
Takes the arguments of `generate`, writes nothing, and exits with 1 when `generate` would change a
file. Shows at most 10 files, with at most 20 lines of difference each.

EXAMPLES
  restwright check
  restwright check api.yaml --output client --name acme-client
  restwright check --message-format github";

/// What is read and where the crate belongs.
#[derive(Debug, Args)]
#[command(after_help = CHECK_EXAMPLES)]
pub struct Writing {
    /// What is read.
    #[command(flatten)]
    pub reading: Reading,
    /// What of it is wanted.
    #[command(flatten)]
    pub selecting: Selecting,
    /// The folder of the generated crate [default: the config's output]
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub output: Option<PathBuf>,
    /// The generated crate's name [default: the config's, else the document's title]
    #[arg(long, value_name = "CRATE", value_parser = spelling::named)]
    pub name: Option<String>,
    /// The file that keeps the given names [default: restwright.lock beside the config, without one none]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub lock: Option<PathBuf>,
    /// Also tell how long each stage took and how much memory there was by then, on standard error
    #[arg(long, help_heading = "Messages")]
    pub timings: bool,
}
