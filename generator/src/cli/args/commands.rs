//! The arguments of one command each, and the end of its help.
//!
//! May not say again what several commands take: that is in `common`, as are the arguments of `check`.

use super::common::{Reading, Selecting, Writing};
use clap::{ArgAction, Args, ValueEnum, ValueHint};
use restwright::spelling;
use std::path::PathBuf;

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

const LINT_EXAMPLES: &str = "\
Prints everything that is found, notes too; --quiet leaves the notes out. Exits with 1 when there
are errors, with --strict also when there are warnings.

EXAMPLES
  restwright lint
  restwright lint api.yaml --summary
  restwright lint api.yaml --strict --message-format github
  restwright lint api.yaml --overlay fixes.yaml --effective - > effective.yaml
  restwright lint api.json --message-format json | jq -r .code | sort | uniq -c";

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

const UPDATE_EXAMPLES: &str = "\
Shows what the new document changes for callers, and puts it in the place of the config's `input`.
The crate and its lock are generated again, the version under [crate] counts up by what the changes
earn, and CHANGELOG.md of the crate has an entry. All of that is written at once or not at all: a new
document with errors leaves everything as it was.

EXAMPLES
  restwright update                                       from `upstream` in restwright.toml
  restwright update new.json
  restwright update https://example.com/openapi.json --dry-run";

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

const API_EXAMPLES: &str = "\
The same lines stand in the crate's folder snapshots, a file per tag, where insta can review them.

EXAMPLES
  restwright api
  restwright api api.yaml --tag Pet
  diff <(restwright api old.yaml) <(restwright api new.yaml)";

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

const INIT_EXAMPLES: &str = "\
Never overwrites: a restwright.toml that is already there is left as it is.

EXAMPLES
  restwright init
  restwright init spec --input spec/api.yaml --name acme-client";

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

const COMPLETIONS_EXAMPLES: &str = "\
EXAMPLES
  restwright completions bash > ~/.local/share/bash-completion/completions/restwright
  restwright completions zsh > ~/.zfunc/_restwright
  restwright completions fish > ~/.config/fish/completions/restwright.fish";

/// `restwright completions`.
#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS_EXAMPLES)]
pub struct Completions {
    /// The shell
    pub shell: clap_complete::Shell,
}
