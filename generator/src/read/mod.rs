//! Text to [`Document`]: parse, check the version, apply overlays, settle references, read unit by unit.
//!
//! May not know Rust, and may not drop anything in silence: what is mended, left out or not understood
//! is in the report. Schemas are not read here: wherever a unit has a schema, the typed value holds a
//! reference to the schema's own pointer, and stage `lower` reads it from [`Document::root`].

mod check;
mod copy;
mod document;
mod hook;
mod link;
mod media;
mod operation;
mod overlay;
mod parameter;
mod path;
mod resolve;
mod shape;
mod swagger2;
mod version;

use std::collections::BTreeMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::limits;
use crate::report::{BEYOND, Diagnostic, Rejected, Report, Severity};
use crate::source::{Address, Linked, Place, Pointer, Source};

pub use hook::Hook;
pub(crate) use link::{Kind, near};
pub use link::{Links, links};
pub use media::essence;
pub use overlay::extends;
pub(crate) use parameter::WHOLE_QUERY;
pub(crate) use path::{Piece, names as path_names, pieces};
pub(crate) use version::Dialect;

/// An OpenAPI document, read as far as its operations; every node is reachable by its pointer.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document after overlays, otherwise as published. Added are the files it refers to (see
    /// [`Pointer::of_file`]), path parameters that nobody declares, and in Swagger 2.0 the schemas of
    /// forms; references that are no pointers have become ones.
    pub root: Value,
    /// The version of OpenAPI it states, for example `3.1.0`; `2.0` is Swagger.
    pub version: String,
    /// About the interface.
    pub info: openapiv3::Info,
    /// Where it is served.
    pub servers: Vec<openapiv3::Server>,
    /// The groups of operations it describes.
    pub tags: Vec<openapiv3::Tag>,
    /// All operations, in document order.
    pub operations: Vec<Operation>,
    /// What the server asks of others: webhooks and callbacks.
    pub hooks: Vec<Hook>,
    /// The ways to prove who is calling.
    pub security_schemes: IndexMap<String, openapiv3::SecurityScheme>,
    /// What operations ask for that do not say it themselves.
    pub security: Vec<openapiv3::SecurityRequirement>,
    /// Whether all of it is wanted; then components that no operation needs are, too.
    pub is_whole: bool,
    /// Component schemas that are nothing but a reference into a file, each with the schema there.
    homes: BTreeMap<Pointer, Pointer>,
    /// The same the other way round.
    names: BTreeMap<Pointer, Pointer>,
    /// What is used of files: where it stands, what it is.
    pub(crate) parts: Vec<(Pointer, Kind)>,
}

/// One operation. The `parameters`, `request_body`, `responses` and `callbacks` of `item` are empty:
/// the first three stand here, with their references resolved.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Pointer,
    /// Its path template, with a leading slash.
    pub path: String,
    /// Its method, upper case.
    pub method: String,
    /// The rest of it: tags, words, security, servers (those of its path when it has none), extensions.
    pub item: openapiv3::Operation,
    /// Those of its path first, then its own; overridden ones are gone. The path parameters are exactly
    /// the names in the template.
    pub parameters: Vec<Site<openapiv3::Parameter>>,
    /// What it sends.
    pub body: Option<Site<openapiv3::RequestBody>>,
    /// What it may get back; `None` is `default`.
    pub responses: Vec<(Option<openapiv3::StatusCode>, Site<openapiv3::Response>)>,
}

impl Operation {
    /// Where its path and method are in the document. It may stand elsewhere, and be another one's, too: paths
    /// refer to what they have in common.
    pub fn listed_at(&self) -> Pointer {
        let path = Pointer::root().key("paths").key(&self.path);
        path.key(&self.method.to_lowercase())
    }
}

/// A unit with the place where it really stands, after all references.
#[derive(Clone, PartialEq, Debug)]
pub struct Site<T> {
    /// For example `#/components/parameters/limit`.
    pub at: Pointer,
    /// The unit.
    pub item: T,
}

/// Reads a document with the files it refers to, and applies overlays to it, in order.
///
/// `Err` when there is no document to speak of (no JSON or YAML, not OpenAPI). A unit that cannot be
/// read is an error in the report and missing in the document; [`Report::gate`] tells.
pub fn read(
    source: &Source,
    files: &[Linked],
    overlays: &[Source],
    report: &mut Report,
) -> Result<Document, Rejected> {
    let (mut root, version) = overlaid(source, overlays, report)?;
    let dialect = Dialect::of(&version);
    let settled = link::settle(&mut root, Address::of(source), files, dialect, report);
    let most = 2 * report.limits().depth;
    // A text by itself is parsed to half of that.
    let grown = settled.grown.then_some(&root);
    if let Some(at) = grown.and_then(|root| version::too_deep(root, most)) {
        let message =
            format!("with what it refers to, the document nests deeper than {most} levels");
        report.beyond("depth", &at, message);
        return Err(rejected(report));
    }
    Ok(document::build(root, version, settled, report))
}

/// The document after its overlays and nothing else, as a text in the format of its own. What refers
/// to other files goes on to do so; comments are lost, and aliases of YAML are written out.
///
/// `Err` when there is no document to speak of, or an action could not be applied.
pub fn effective(
    source: &Source,
    overlays: &[Source],
    report: &mut Report,
) -> Result<String, Rejected> {
    let (root, _) = overlaid(source, overlays, report)?;
    report.gate()?;
    source.print_like(&root).map_err(|message| {
        report.add(problem(
            source,
            "unwritable-document",
            message,
            Place::START,
        ));
        rejected(report)
    })
}

/// The document after its overlays, and its version then.
fn overlaid(
    source: &Source,
    overlays: &[Source],
    report: &mut Report,
) -> Result<(Value, String), Rejected> {
    let mut root = parse(source, report)?;
    let Some(mut version) = version::check(&root, report) else {
        return Err(rejected(report));
    };
    for overlay in overlays {
        let actions = parse(overlay, report)?;
        overlay::apply(&mut root, source, &actions, overlay, report);
        let most = 2 * report.limits().depth;
        if version::too_deep(&root, most).is_some() {
            let message =
                format!("after this overlay, the document nests deeper than {most} levels");
            let found = problem(overlay, BEYOND, message, Place::START);
            report.add(Diagnostic {
                help: Some(limits::help("depth")),
                ..found
            });
            return Err(rejected(report));
        }
        // An overlay may raise it.
        version = version::check(&root, report).ok_or_else(|| rejected(report))?;
    }
    Ok((root, version))
}

fn parse(source: &Source, report: &mut Report) -> Result<Value, Rejected> {
    source.parse_within(report.limits()).map_err(|error| {
        let place = Place {
            line: error.line,
            column: error.column,
        };
        let help = match error.limit {
            Some(setting) => limits::help(setting),
            None => "correct the text there; if it was fetched, look at what the address answers"
                .to_owned(),
        };
        let code = error.limit.map_or("unreadable-document", |_| BEYOND);
        report.add(Diagnostic {
            help: Some(help),
            ..problem(source, code, error.message, place)
        });
        rejected(report)
    })
}

fn problem(source: &Source, code: &'static str, message: String, place: Place) -> Diagnostic {
    let (file, pointer) = (source.name.clone(), Pointer::root());
    Diagnostic {
        severity: Severity::Error,
        code,
        pointer,
        message,
        help: None,
        file,
        place: Some(place),
    }
}

fn rejected(report: &Report) -> Rejected {
    Rejected {
        errors: report.count(Severity::Error),
    }
}

impl Document {
    /// The node a pointer leads to.
    pub fn get(&self, at: &Pointer) -> Option<&Value> {
        at.get(&self.root)
    }

    /// Where a `$ref` leads, if there is something. What stands there may be a reference again, unless
    /// it is a component that only refers to a file: then it is what stands in that file.
    pub fn resolve(&self, reference: &str) -> Option<Pointer> {
        resolve::local(&self.root, reference).map(|at| self.home(at))
    }

    /// What a value of a discriminator's mapping means: the name of a component, or a reference.
    pub(crate) fn mapped(&self, target: &str) -> Option<Pointer> {
        let named = self.schemas_at().key(target);
        match self.get(&named) {
            Some(_) => Some(self.home(named)),
            None => self.resolve(target),
        }
    }

    /// The name of the component that stands at a place.
    pub(crate) fn component_at(&self, at: &Pointer) -> Option<String> {
        let at = self.names.get(at).unwrap_or(at);
        (at.parent()? == self.schemas_at()).then(|| at.last())?
    }

    fn home(&self, at: Pointer) -> Pointer {
        self.homes.get(&at).cloned().unwrap_or(at)
    }

    /// How it is written.
    pub(crate) fn dialect(&self) -> Dialect {
        Dialect::of(&self.version)
    }

    /// Whether its schemas are JSON Schema as it stands: OpenAPI 3.1 or later.
    pub(crate) fn has_json_schema(&self) -> bool {
        self.dialect() == Dialect::OpenApi3 && !self.version.starts_with("3.0")
    }

    /// Whether the parts of a form have styles: OpenAPI 3.1 or later.
    pub(crate) fn parts_have_styles(&self) -> bool {
        self.has_json_schema()
    }

    /// Where schemas stand that have a name.
    pub(crate) fn schemas_at(&self) -> Pointer {
        link::schemas(self.dialect())
    }

    /// Where security schemes stand.
    pub(crate) fn security_schemes_at(&self) -> Pointer {
        let root = Pointer::root();
        match self.dialect() {
            Dialect::OpenApi3 => root.key("components").key("securitySchemes"),
            Dialect::Swagger2 => root.key("securityDefinitions"),
        }
    }

    /// The schemas of `components` (or the `definitions` of Swagger 2.0), in document order. One that
    /// only refers to a file stands in that file.
    pub fn component_schemas(&self) -> Vec<(String, Pointer)> {
        let at = self.schemas_at();
        let schemas = self.get(&at).and_then(Value::as_object);
        schemas
            .into_iter()
            .flatten()
            .map(|(name, _)| (name.clone(), self.home(at.key(name))))
            .collect()
    }
}

#[cfg(test)]
mod tests;
