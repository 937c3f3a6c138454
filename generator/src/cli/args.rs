//! The arguments of every command, and their help.
//!
//! May not read a file: what arguments and config mean together is decided in `plan`.

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum, ValueHint};
use restwright::spelling;
use std::path::PathBuf;

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

const GENERATE_EXAMPLES: &str = "\
Without INPUT and --config, ./restwright.toml is used, else ./spec/restwright.toml. With INPUT and
without --config, no restwright.toml is read. With both, the arguments win over the config. Where
neither names a document, an overlay's `extends` does.

How much a document may take is under [limits] of the config, with defaults that no honest document
passes. Nothing outside the output folder is written, and a run that fails leaves all as it was.

EXAMPLES
  restwright generate
  restwright generate --config spec/restwright.toml --dry-run
  restwright generate api.yaml --output client --name acme-client
  restwright generate api.json --overlay fixes.yaml -o client --lock names.lock
  restwright generate --overlay a.yaml --overlay b.yaml -o client --effective effective.yaml
  restwright generate api.yaml -o client --tag Pet --tag 'Store*' --no-deprecated
  restwright generate api.yaml -o client --path '/v2/*' --exclude-method delete
  restwright generate https://example.com/openapi.json -o client
  restwright generate api.yaml -o client --timings
  restwright generate spec/v1/api.yaml --root spec -o client      refers to ../common.yaml
  restwright generate api.yaml --allow-remote -o client           refers to https://...
  make-document | restwright generate - -o client";

const SELECTION: &str =
    "Selection (may be repeated; * stands for any text; each in place of the config's)";

const CHECK_EXAMPLES: &str = "\
Takes the arguments of `generate`, writes nothing, and exits with 1 when `generate` would change a
file. Shows at most 10 files, with at most 20 lines of difference each.

EXAMPLES
  restwright check
  restwright check api.yaml --output client --name acme-client
  restwright check --message-format github";

const LINT_EXAMPLES: &str = "\
Prints everything that is found, notes too; --quiet leaves the notes out. Exits with 1 when there
are errors, with --strict also when there are warnings.

EXAMPLES
  restwright lint
  restwright lint api.yaml --summary
  restwright lint api.yaml --strict --message-format github
  restwright lint api.yaml --overlay fixes.yaml --effective - > effective.yaml
  restwright lint api.json --message-format json | jq -r .code | sort | uniq -c";

const UPDATE_EXAMPLES: &str = "\
Shows what the new document changes for callers, and puts it in the place of the config's `input`.
The crate and its lock are generated again, the version under [crate] counts up by what the changes
earn, and CHANGELOG.md of the crate has an entry. All of that is written at once or not at all: a new
document with errors leaves everything as it was.

EXAMPLES
  restwright update                                       from `upstream` in restwright.toml
  restwright update new.json
  restwright update https://example.com/openapi.json --dry-run";

const DIFF_EXAMPLES: &str = "\
Compares the Rust interfaces that two documents give, and says of each change what it means for code
that uses the generated crate:

  breaking    code may not compile; \"breaking (wire)\": it compiles, and a call that worked fails
  addition    something is there that was not there before
  behaviour   code and calls go on; what is sent or what comes differs
  docs        only words change

The last line has the part of the version that this earns: major, minor or patch. Names of the earlier
document are kept, as `generate` keeps them.

With two documents and without --config, no restwright.toml is read. With --config its overlays, names
and paging are those of both documents, and names come from its lock. With --git the earlier document
is the config's, with its overlays and its lock, as they were at REV; an overlay that was not there
then is left out.

EXAMPLES
  restwright diff old.yaml new.yaml
  restwright diff old.json https://example.com/openapi.json --fail-on breaking
  restwright diff --git HEAD                       what has been edited since the last commit?
  restwright diff --git v1.2.0 --format markdown   for the description of a release
  restwright diff --git HEAD published.json        what would a new document change?
  restwright diff spec.yaml published.json --old-overlay fixes.yaml
  restwright diff old.yaml new.yaml --format json | jq -r '.entries[].changes[].code'";

const DRIFT_EXAMPLES: &str = "\
Recordings are HAR files, JSON lines of {method, url, status, body}, or what a generated client's
recorder writes; a folder stands for those in it, - for standard input. Each answer is matched to an
operation by method and path, whatever its host. Nothing of a recording is printed but shapes, names
of members, and values of short lists. Exits with 1 when answers differ from the document.

EXAMPLES
  restwright drift answers.jsonl
  restwright drift recordings/ browser.har --input api.yaml
  restwright drift answers.jsonl --write-overlay spec/recorded.overlay.yaml
  restwright drift answers.jsonl --message-format json | jq -r .code | sort | uniq -c
  ssh server cat answers.jsonl | restwright drift - --config spec/restwright.toml";

const API_EXAMPLES: &str = "\
The same lines stand in the crate's folder snapshots, a file per tag, where insta can review them.

EXAMPLES
  restwright api
  restwright api api.yaml --tag Pet
  diff <(restwright api old.yaml) <(restwright api new.yaml)";

const INIT_EXAMPLES: &str = "\
Never overwrites: a restwright.toml that is already there is left as it is.

EXAMPLES
  restwright init
  restwright init spec --input spec/api.yaml --name acme-client";

const COMPLETIONS_EXAMPLES: &str = "\
EXAMPLES
  restwright completions bash > ~/.local/share/bash-completion/completions/restwright
  restwright completions zsh > ~/.zfunc/_restwright
  restwright completions fish > ~/.config/fish/completions/restwright.fish";

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
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions(Completions),
}

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

/// `restwright generate`.
#[derive(Debug, Args)]
#[command(after_help = GENERATE_EXAMPLES)]
pub struct Generate {
    /// What is read and where the crate belongs.
    #[command(flatten)]
    pub writing: Writing,
    /// Write nothing, list what would change
    #[arg(long)]
    pub dry_run: bool,
    /// Also write the document as it is after its overlays, in its own format; - for standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub effective: Option<PathBuf>,
}

/// `restwright lint`.
#[derive(Debug, Args)]
#[command(after_help = LINT_EXAMPLES)]
pub struct Lint {
    /// What is read.
    #[command(flatten)]
    pub reading: Reading,
    /// Print how often each code was found instead
    #[arg(long)]
    pub summary: bool,
    /// Also write the document as it is after its overlays, in its own format; - for standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub effective: Option<PathBuf>,
}

/// `restwright diff`.
#[derive(Debug, Args)]
#[command(after_help = DIFF_EXAMPLES)]
pub struct Diff {
    /// The earlier document and the later one, JSON or YAML: files, https addresses, or - for standard
    /// input; with --git only the later one [default with --git: the config's input]
    #[arg(value_name = "DOCUMENT", num_args = 0..=2, value_hint = ValueHint::FilePath)]
    pub documents: Vec<PathBuf>,
    /// The earlier document is the config's, as it was at this revision
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub git: Option<String>,
    /// The config [default with --git: restwright.toml, else spec/restwright.toml; else none]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to both; may be repeated [default: the config's overlays]
    #[arg(long = "overlay", value_name = "FILE", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub overlays: Vec<PathBuf>,
    /// One to apply to the earlier document only, after those of both; may be repeated
    #[arg(long = "old-overlay", value_name = "FILE", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub old_overlays: Vec<PathBuf>,
    /// One to apply to the later document only, after those of both; may be repeated
    #[arg(long = "new-overlay", value_name = "FILE", action = ArgAction::Append, value_hint = ValueHint::FilePath)]
    pub new_overlays: Vec<PathBuf>,
    /// The folder that files which the documents refer to must be in [default: the config's, else
    /// each document's folder]
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub root: Option<PathBuf>,
    /// Also read addresses on the open internet that the documents refer to, by https [default: the config's]
    #[arg(long)]
    pub allow_remote: bool,
    /// The file that has the given names [default: restwright.lock beside the config, without one none]
    #[arg(long, value_name = "FILE", conflicts_with = "git", value_hint = ValueHint::FilePath)]
    pub lock: Option<PathBuf>,
    /// How the changes are written
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub format: DiffFormat,
    /// Exit with 1 when there is a change of this verdict or a graver one
    #[arg(long, value_name = "VERDICT")]
    pub fail_on: Option<FailOn>,
}

/// A way to write changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DiffFormat {
    /// For people
    Text,
    /// For the description of a pull request
    Markdown,
    /// For programs: one JSON object
    Json,
}

/// The least that a command fails on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// What breaks callers
    Breaking,
    /// What is new, too
    Addition,
    /// What behaves otherwise, too
    Behaviour,
    /// Anything
    Any,
}

/// `restwright update`.
#[derive(Debug, Args)]
#[command(after_help = UPDATE_EXAMPLES)]
pub struct Update {
    /// The new document: a file, an https address, or - for standard input [default: the config's
    /// upstream]
    #[arg(value_hint = ValueHint::FilePath)]
    pub document: Option<PathBuf>,
    /// The config [default: restwright.toml, else spec/restwright.toml]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// Write nothing, show what would change
    #[arg(long)]
    pub dry_run: bool,
}

/// `restwright drift`.
#[derive(Debug, Args)]
#[command(after_help = DRIFT_EXAMPLES)]
pub struct Drift {
    /// The recordings: files, folders, or - for standard input
    #[arg(required = true, value_hint = ValueHint::AnyPath)]
    pub recordings: Vec<PathBuf>,
    /// The OpenAPI document, a file or an https address [default: the config's input]
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub input: Option<PathBuf>,
    /// The config [default without --input: restwright.toml, else spec/restwright.toml; with it: none]
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
    /// Write the OpenAPI Overlay that makes the document say what was recorded
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub write_overlay: Option<PathBuf>,
    /// Replace the overlay file if it is already there
    #[arg(long, requires = "write_overlay")]
    pub force: bool,
}

/// `restwright api`.
#[derive(Debug, Args)]
#[command(after_help = API_EXAMPLES)]
pub struct Interface {
    /// What is read.
    #[command(flatten)]
    pub reading: Reading,
    /// What of it is wanted.
    #[command(flatten)]
    pub selecting: Selecting,
}

/// `restwright init`.
#[derive(Debug, Args)]
#[command(after_help = INIT_EXAMPLES)]
pub struct Init {
    /// The folder to write restwright.toml into
    #[arg(default_value = ".", value_hint = ValueHint::DirPath)]
    pub dir: PathBuf,
    /// The OpenAPI document, a file or an https address [default: openapi.yaml or the like in DIR]
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub input: Option<PathBuf>,
    /// The generated crate's name
    #[arg(long, value_name = "CRATE", value_parser = spelling::named)]
    pub name: Option<String>,
}

/// `restwright completions`.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
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
