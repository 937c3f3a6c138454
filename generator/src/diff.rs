//! Two `Api<Name>` → [`Changes`]: what a new document means for callers of the generated crate.
//!
//! Verdicts follow the Rust that is emitted, not the theory of schemas: who could write a struct out, who
//! could match an enum, which argument a function takes. May not read a text, write a file, or know how
//! changes are shown; that is in [`render`].

mod answer;
mod body;
mod client;
mod hooks;
mod members;
mod operation;
mod pair;
mod parameter;
mod place;
mod reach;
pub mod render;
mod rules;
mod scheme;
mod server;
mod shape;
mod tag;
mod text;
mod types;
mod version;

pub use crate::report::Located;
pub use place::Site;
pub use version::{Bump, next};

use crate::ir::{Api, Name};
use crate::source::Pointer;
use std::collections::HashMap;

/// What a change means for code that uses the generated crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Only words change.
    Docs,
    /// Code goes on compiling, and its calls go on working as the server has it now; what is sent or what
    /// comes differs. A mark of deprecation is such a change, too.
    Behaviour,
    /// There is something that was not there before.
    Addition,
    /// Code may not compile, or a call that worked is refused.
    Breaking,
}

impl Verdict {
    /// All of them, the gravest first.
    pub const ALL: [Verdict; 4] = [
        Verdict::Breaking,
        Verdict::Addition,
        Verdict::Behaviour,
        Verdict::Docs,
    ];

    /// Its word, for example `breaking`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Docs => "docs",
            Verdict::Behaviour => "behaviour",
            Verdict::Addition => "addition",
            Verdict::Breaking => "breaking",
        }
    }
}

/// What differs between two interfaces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// The earlier document.
    pub old: Edition,
    /// The later one.
    pub new: Edition,
    /// What has changed, by what it concerns: the client, tags, operations, webhooks, types.
    pub entries: Vec<Entry>,
}

/// A state of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edition {
    /// Its file or address, once places are known.
    pub file: String,
    /// Its title.
    pub title: String,
    /// Its own version.
    pub version: String,
}

/// What changes belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The client as a whole: its servers, credentials, headers.
    Client,
    /// A tag: its accessor, module and Cargo feature.
    Tag,
    /// An operation.
    Operation,
    /// What the server sends by itself.
    Webhook,
    /// A declared type.
    Type,
    /// What is checked before a value of a schema is sent.
    Rules,
}

impl Subject {
    /// Its word, for example `operation`.
    pub fn as_str(self) -> &'static str {
        match self {
            Subject::Client => "client",
            Subject::Tag => "tag",
            Subject::Operation => "operation",
            Subject::Webhook => "webhook",
            Subject::Type => "type",
            Subject::Rules => "rules",
        }
    }
}

/// The changes of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// What it is.
    pub subject: Subject,
    /// What callers call it, now or, where it is gone, before: `models::Lead`, `lead().list`.
    pub name: String,
    /// What it is on the wire: `GET /leads`.
    pub wire: Option<String>,
    /// Its changes, the gravest first.
    pub changes: Vec<Change>,
    /// The operations that have it, for what is shared: `lead().list`.
    pub reaches: Vec<String>,
}

impl Entry {
    /// The gravest of its verdicts.
    pub fn verdict(&self) -> Option<Verdict> {
        self.changes.iter().map(|change| change.verdict).max()
    }
}

/// One change.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// A stable name for this kind of change, for example `field-removed`.
    pub code: &'static str,
    /// What it means for callers.
    pub verdict: Verdict,
    /// Whether it breaks callers although their code goes on compiling.
    pub wire: bool,
    /// The change in words, with code in backticks; lower case, without a full stop.
    pub text: String,
    /// What it was.
    pub was: Option<String>,
    /// What it is now.
    pub is: Option<String>,
    /// Where it was.
    pub old: Option<Site>,
    /// Where it is now.
    pub new: Option<Site>,
}

impl Change {
    fn new(code: &'static str, verdict: Verdict, text: String) -> Self {
        Change {
            code,
            verdict,
            wire: false,
            text,
            was: None,
            is: None,
            old: None,
            new: None,
        }
    }

    /// What breaks callers although their code goes on compiling.
    fn on_the_wire(code: &'static str, text: String) -> Self {
        Change {
            wire: true,
            ..Change::new(code, Verdict::Breaking, text)
        }
    }

    fn was(mut self, was: impl Into<String>) -> Self {
        self.was = Some(was.into());
        self
    }

    fn is(mut self, is: impl Into<String>) -> Self {
        self.is = Some(is.into());
        self
    }

    fn at_old(mut self, place: &Pointer) -> Self {
        self.old = Some(Site::new(place));
        self
    }

    fn at_new(mut self, place: &Pointer) -> Self {
        self.new = Some(Site::new(place));
        self
    }

    fn at(self, old: &Name, new: &Name) -> Self {
        self.at_old(&old.place).at_new(&new.place)
    }
}

/// Compares two interfaces. Names of the later one are taken as they are: it should have been named with
/// the lock of the earlier one, as `generate` does, or names may move that need not.
pub fn diff(old: &Api<Name>, new: &Api<Name>) -> Changes {
    let pairs = pair::Pairs::new(old, new);
    let mut cx = Cx {
        old,
        new,
        pairs,
        tags: HashMap::new(),
    };
    cx.tags = tag::kept(&cx);
    let mut entries = vec![client::entry(&cx)];
    entries.extend(tag::entries(&cx));
    entries.extend(operation::entries(&cx));
    entries.extend(hooks::entries(&cx));
    entries.extend(types::entries(&cx));
    entries.extend(rules::entries(&cx));
    entries.retain(|entry| !entry.changes.is_empty());
    for entry in &mut entries {
        let changes = &mut entry.changes;
        changes.sort_by_key(|change| std::cmp::Reverse(change.verdict));
    }
    let edition = |api: &Api<Name>| Edition {
        file: String::new(),
        title: api.title.clone(),
        version: api.version.clone(),
    };
    Changes {
        old: edition(old),
        new: edition(new),
        entries,
    }
}

/// Both interfaces, and what of one is what of the other.
struct Cx<'a> {
    old: &'a Api<Name>,
    new: &'a Api<Name>,
    pairs: pair::Pairs<'a>,
    /// The accessors of tags that both have, by that of the earlier one.
    tags: HashMap<&'a str, &'a str>,
}

/// How documentation differs, if it does.
fn docs(what: &str, old: &[String], new: &[String]) -> Option<Change> {
    if old == new {
        return None;
    }
    let text = format!("the documentation of {what} differs");
    let change = Change::new("docs-changed", Verdict::Docs, text);
    Some(change.was(old.join("\n")).is(new.join("\n")))
}
