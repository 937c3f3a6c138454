//! The arguments of the program: its commands, and how things are told.
//!
//! May not read a file: what arguments and config mean together is decided in `plan`.

mod commands;
mod common;

pub use commands::{
    Completions, Diff, DiffFormat, Drift, FailOn, Generate, Init, Interface, Lint, Update,
};
pub use common::{Reading, Selecting, Writing};

use clap::{Args, Parser, Subcommand, ValueEnum};

const EXAMPLES: &str = "\
EXAMPLES
  restwright generate                         what restwright.toml says
  restwright generate api.yaml -o client      any document, without a config
  restwright check                            is the generated crate up to date?
  restwright lint api.yaml --summary          what is odd about a document?
  restwright diff old.yaml new.yaml           what does a new document mean for callers?
  restwright update                           take the new document, and all that follows from it
  restwright drift answers.jsonl              where do recorded answers differ from it?

EXIT CODES
  0  done
  1  something was found: errors in the document, files that are out of date, changes that
     --fail-on asks for
  2  wrong use: bad arguments, a file that cannot be read, an output folder that is not ours
  101  a fault of restwright; please report it";

/// Reads a published OpenAPI document and writes a typed Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "restwright", version, max_term_width = 100, after_help = EXAMPLES)]
pub struct Arguments {
    /// How things are told.
    #[command(flatten)]
    pub style: Style,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// How things are told.
#[derive(Debug, Args)]
pub struct Style {
    /// How diagnostics and results are written; json is one object a line
    #[arg(
        long,
        global = true,
        value_name = "FORMAT",
        default_value = "text",
        help_heading = "Messages"
    )]
    pub message_format: MessageFormat,
    /// Whether to use colours; auto means on a terminal, unless NO_COLOR is set
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        help_heading = "Messages"
    )]
    pub color: When,
    /// No notes, no counts, no progress; warnings, errors and results stay
    #[arg(short, long, global = true, help_heading = "Messages")]
    pub quiet: bool,
    /// Notes too, where they are only counted otherwise
    #[arg(
        short,
        long,
        global = true,
        conflicts_with = "quiet",
        help_heading = "Messages"
    )]
    pub verbose: bool,
}

/// A way to write messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people
    Text,
    /// For programs: one JSON object a line
    Json,
    /// For GitHub Actions: annotations
    Github,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal
    Auto,
    /// Everywhere
    Always,
    /// Nowhere
    Never,
}

/// A command.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the client crate of a document
    Generate(Generate),
    /// Tell whether the client crate is up to date; write nothing
    Check(Writing),
    /// List what is odd or wrong in a document; write nothing
    Lint(Lint),
    /// Tell what changes for callers from one document to another, and which version that earns
    Diff(Diff),
    /// Take a new document, and with it the crate, its lock, its version and its change log
    Update(Update),
    /// List where recorded answers differ from a document
    Drift(Drift),
    /// Print the interface of the client in short: every public item on one line
    Api(Interface),
    /// Write a restwright.toml to start from
    Init(Init),
    /// Print a completion script for a shell
    Completions(Completions),
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_fit_together() {
        Arguments::command().debug_assert();
    }
}
