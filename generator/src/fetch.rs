//! What a document is read from: files, and addresses where the user lets them be read. The only
//! module that reads either of a document, its overlays and what they refer to.
//!
//! May not understand a document: which texts one refers to is [`links`]'s to say. A text that a
//! document refers to is untrusted twice: where it is and what it holds come from strangers.

mod file;
#[cfg(feature = "web")]
mod public;
mod scheme;
#[cfg(feature = "web")]
mod web;
#[cfg(not(feature = "web"))]
#[path = "fetch/offline.rs"]
mod web;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use crate::limits::Limits;
use crate::read::{Links, links};
use crate::source::{Absent, Address, Linked, Source, Text};

use file::Folder;
pub use file::FolderError;
use web::Web;

/// What of a document's references may be read.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// The folder that files must be beneath; by default that of the document.
    pub root: Option<PathBuf>,
    /// Whether addresses of other machines may be read.
    pub remote: bool,
    /// How much may be read.
    pub limits: Limits,
}

/// Why a document that the user names is not read.
#[derive(Debug, thiserror::Error)]
#[error("{address}: {reason}")]
pub struct WebError {
    /// The address as given.
    pub address: String,
    /// What went wrong, and what to do.
    pub reason: String,
}

/// Reads a document from an address that the user gave.
///
/// # Errors
/// It cannot be read.
pub fn document(address: &str, limits: &Limits) -> Result<Source, WebError> {
    // The user names this host, wherever it is.
    let read = Web::new(limits, scheme::host(address)).get(address);
    read.map_err(|absent| WebError {
        address: address.to_owned(),
        reason: format!("{}; {}", absent.reason, absent.help),
    })
}

/// Whether what a user names is an address rather than a path.
pub fn is_address(given: &Path) -> bool {
    let text = given.to_string_lossy();
    text.starts_with("https://") || text.starts_with("http://")
}

/// Reads all texts that a document and its overlays refer to, and what those refer to; each also when
/// there is none, with the reason.
///
/// # Errors
/// The folder that files must be beneath is none.
pub fn linked(
    document: &Source,
    overlays: &[Source],
    access: &Access,
) -> Result<Vec<Linked>, FolderError> {
    let own = || scheme::host(&document.name);
    let web = || access.remote.then(|| Web::new(&access.limits, own()));
    linked_by(document, overlays, access, &web)
}

fn linked_by(
    document: &Source,
    overlays: &[Source],
    access: &Access,
    web: &dyn Fn() -> Option<Web>,
) -> Result<Vec<Linked>, FolderError> {
    let mut closure = Closure {
        main: Address::of(document),
        folder: Folder::of(document, access.root.as_deref(), &access.limits)?,
        limits: &access.limits,
        web: None,
        start: web,
        texts: BTreeMap::new(),
        own: BTreeSet::new(),
        open: VecDeque::new(),
        remote: BTreeSet::new(),
    };
    let main = closure.main.clone();
    for source in std::iter::once(document).chain(overlays) {
        closure.list(source, &main);
    }
    closure.run();
    let texts = closure.texts.into_iter();
    Ok(texts
        .map(|(address, text)| Linked { address, text })
        .collect())
}

/// All texts so far, and what is still to be read.
struct Closure<'s> {
    main: Address,
    folder: Folder,
    limits: &'s Limits,
    web: Option<Web>,
    start: &'s dyn Fn() -> Option<Web>,
    texts: BTreeMap<Address, Text>,
    /// What stands in some text under an address of its own.
    own: BTreeSet<Address>,
    open: VecDeque<Links>,
    remote: BTreeSet<Address>,
}

impl Closure<'_> {
    /// Files first: what stands in one need not be read from elsewhere.
    fn run(&mut self) {
        loop {
            while let Some(links) = self.open.pop_front() {
                self.files(links);
            }
            let Some(address) = self.remote.pop_first() else {
                return;
            };
            if !self.own.contains(&address) && !self.texts.contains_key(&address) {
                let text = self.address(&address);
                self.take(address, text);
            }
        }
    }

    fn files(&mut self, links: Links) {
        for places in links.to {
            let (remote, local): (Vec<_>, Vec<_>) = places.into_iter().partition(Address::is_url);
            if !local.into_iter().any(|address| self.file(address)) {
                self.remote.extend(remote);
            }
        }
        for address in links.maybe {
            if !address.is_url() && self.folder.has(&address) {
                self.file(address);
            }
        }
    }

    /// Reads a file, once; whether it could be read.
    fn file(&mut self, address: Address) -> bool {
        let plain = self.folder.plain(&address);
        if plain == self.main || plain != address {
            let known = plain == self.main || self.file(plain.clone());
            if plain != address {
                self.texts.insert(address, Text::Same(plain));
            }
            return known;
        }
        if !self.texts.contains_key(&address) {
            let text = self.folder.read(&address);
            self.take(address.clone(), text);
        }
        matches!(self.texts.get(&address), Some(Text::Read(_)))
    }

    /// Reads an address, if that is allowed.
    fn address(&mut self, address: &Address) -> Result<Source, Absent> {
        scheme::check(address.as_str())?;
        if self.web.is_none() {
            self.web = (self.start)();
        }
        match &mut self.web {
            Some(web) => web.get(address.as_str()),
            None => Err(Absent {
                code: "remote-reference",
                refused: false,
                reason: format!("{address} is on another machine, and is not read"),
                help: "add --allow-remote to have it read".to_owned(),
            }),
        }
    }

    fn take(&mut self, address: Address, text: Result<Source, Absent>) {
        let text = match text {
            Ok(source) => {
                self.list(&source, &address);
                Text::Read(source)
            }
            Err(absent) => Text::Absent(absent),
        };
        self.texts.insert(address, text);
    }

    /// Notes what a text refers to. One that makes no sense refers to nothing; it is told when it is
    /// needed.
    fn list(&mut self, source: &Source, address: &Address) {
        let links = source.look(self.limits, |value| links(value, address));
        if let Ok(links) = links {
            self.own.extend(links.own.iter().cloned());
            self.open.push_back(links);
        }
    }
}

#[cfg(test)]
#[cfg(feature = "web")]
mod tests;
