//! `restwright.lock`: the names that have been given, so that none of them moves.
//!
//! A type is known by its places in the document, a member, a value or a parameter by its text on the wire, a
//! function by its path and method. May not decide a name.

use crate::ir::{Api, Location, Name, Operation, Reply, Shape, Spot, Variant};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

/// The names given so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Lock {
    /// The generator that wrote it.
    pub generator: String,
    /// The sha256 of each input.
    pub inputs: BTreeMap<String, String>,
    /// Tag → accessor.
    pub groups: BTreeMap<String, String>,
    /// Pointer of an operation → its function, the type of its call, and the accessor that has it.
    pub operations: BTreeMap<String, Vec<String>>,
    /// Pointer of an operation → its setters and arguments: `ident`, or `ident=wire` where the wire has another text.
    pub parameters: BTreeMap<String, Vec<String>>,
    /// Type → what is known of it.
    pub types: BTreeMap<String, LockedType>,
}

/// A type that has been given a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LockedType {
    /// Where it stood.
    pub places: Vec<String>,
    /// Its fields or variants: `ident`, or `ident=wire` where the wire has another text.
    pub members: Vec<String>,
    /// The field or variant that is not the document's: what keeps unknown members or values.
    pub own: Option<String>,
}

/// The identifiers of members, values or parameters, by their texts on the wire.
pub fn idents(members: &[String]) -> HashMap<&str, &str> {
    let mut idents = HashMap::new();
    for member in members {
        let (ident, wire) = member.split_once('=').unwrap_or((member, member));
        idents.entry(wire).or_insert(ident);
    }
    idents
}

/// Reads a lock.
///
/// # Errors
/// The text is not a lock; the message says where.
pub fn parse(text: &str) -> Result<Lock, String> {
    toml::from_str(text).map_err(|error| error.to_string())
}

/// The places of types, as they stand in the lock, with the numbers of the names that types there have.
pub fn named(lock: &Lock) -> BTreeMap<String, BTreeSet<usize>> {
    let mut named: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (index, known) in lock.types.values().enumerate() {
        for at in &known.places {
            named.entry(at.clone()).or_default().insert(index);
        }
    }
    named
}

/// The lock of what has been named.
pub fn of(api: &Api<Name>, inputs: BTreeMap<String, String>) -> Lock {
    let mut lock = Lock {
        generator: env!("CARGO_PKG_VERSION").to_owned(),
        inputs,
        ..Lock::default()
    };
    for group in &api.groups {
        lock.groups
            .insert(group.tag.clone(), group.name.ident.clone());
        for operation in &group.operations {
            let names = [&operation.name, &operation.call, &group.name];
            let names = names.map(|name| name.ident.clone()).to_vec();
            let place = operation.name.place.to_string();
            let parameters = parameters(operation);
            if !parameters.is_empty() {
                lock.parameters.insert(place.clone(), parameters);
            }
            lock.operations.insert(place, names);
        }
    }
    // What reads a webhook is one name.
    for hook in &api.hooks {
        let name = &hook.name;
        let names = vec![name.ident.clone()];
        lock.operations.insert(name.place.to_string(), names);
    }
    for decl in &api.types {
        let places = decl
            .places
            .iter()
            .map(|place| format!("{place}{}", decl.form()))
            .collect();
        let (members, own) = (members(&decl.shape), own(&decl.shape));
        lock.types.insert(
            decl.name.ident.clone(),
            LockedType {
                places,
                members,
                own,
            },
        );
    }
    lock
}

fn member(name: &Name, wire: &str) -> String {
    if name.ident == wire {
        name.ident.clone()
    } else {
        format!("{}={wire}", name.ident)
    }
}

fn parameters(operation: &Operation<Name>) -> Vec<String> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|it| member(&it.name, &parameter_text(&it.wire, it.location)));
    let body = operation.body.iter();
    parameters
        .chain(body.map(|body| member(&body.name, BODY)))
        .collect()
}

/// The body of an operation as the lock knows it.
pub const BODY: &str = " body";

/// A parameter as the lock knows it: its name, and where it goes unless that is the query.
pub fn parameter_text(wire: &str, location: Location) -> String {
    match location {
        Location::Query | Location::QueryList(_) | Location::QueryJson => wire.to_owned(),
        Location::Path => format!("{wire} path"),
        Location::Header => format!("{wire} header"),
        Location::Styled { spot, .. } => match spot {
            Spot::Query => wire.to_owned(),
            Spot::Path => format!("{wire} path"),
            Spot::Header => format!("{wire} header"),
            Spot::Cookie => format!("{wire} cookie"),
        },
    }
}

fn members(shape: &Shape<Name>) -> Vec<String> {
    match shape {
        Shape::Record { fields, .. } => fields
            .iter()
            .map(|field| member(&field.name, &field.wire))
            .collect(),
        Shape::Enum { variants, .. } => variants
            .iter()
            .zip(value_texts(variants))
            .map(|(variant, text)| member(&variant.name, &text))
            .collect(),
        Shape::Union { branches, .. } => branches
            .iter()
            .map(|branch| member(&branch.name, &branch.name.place.to_string()))
            .collect(),
        Shape::Replies(cases) => cases
            .iter()
            .map(|case| member(&case.name, &reply_text(&case.reply)))
            .collect(),
        Shape::Bodies(choices) => choices
            .iter()
            .map(|choice| member(&choice.name, &choice.media))
            .collect(),
        Shape::Alias(_) => Vec::new(),
    }
}

fn own(shape: &Shape<Name>) -> Option<String> {
    match shape {
        Shape::Record { extra, .. } => extra.as_ref().map(|extra| extra.name.ident.clone()),
        Shape::Enum { unknown, .. } | Shape::Union { unknown, .. } => Some(unknown.ident.clone()),
        Shape::Replies(_) | Shape::Bodies(_) | Shape::Alias(_) => None,
    }
}

/// The values of an enum as the lock knows them: strings without quotes, others as JSON. A string that
/// would be taken for another value has its quotes, as have then those that begin with one themselves.
pub fn value_texts<N>(variants: &[Variant<N>]) -> Vec<String> {
    let others: BTreeSet<String> = variants
        .iter()
        .filter(|variant| !variant.value.is_string())
        .map(|variant| variant.value.to_string())
        .collect();
    let texts = variants.iter().filter_map(|variant| variant.value.as_str());
    let are_quoted = !others.is_empty() && texts.into_iter().any(|text| others.contains(text));
    let text = |variant: &Variant<N>| match variant.value.as_str() {
        Some(text) if are_quoted && (others.contains(text) || text.starts_with('"')) => {
            variant.value.to_string()
        }
        Some(text) => text.to_owned(),
        None => variant.value.to_string(),
    };
    variants.iter().map(text).collect()
}

/// An answer as the lock knows it: `404`, or `400 application/scim+json`.
pub fn reply_text(reply: &Reply) -> String {
    let media = reply.media.as_ref().map(|media| format!(" {media}"));
    format!("{}{}", reply.status, media.unwrap_or_default())
}

/// Writes a lock: sorted, one place and one operation per line, so that a diff shows what is new.
pub fn print(lock: &Lock) -> String {
    let mut out = String::from(
        "# Written by restwright: the inputs of the generated client and the names it has given.\n\
         # Keep it under version control; a name that stands here does not move.\n\n",
    );
    let _ = writeln!(out, "generator = {}", quote(&lock.generator));
    let _ = writeln!(out, "\n[inputs]");
    for (input, hash) in &lock.inputs {
        let _ = writeln!(out, "{} = {}", quote(input), quote(hash));
    }
    let _ = writeln!(out, "\n[groups]");
    for (tag, name) in &lock.groups {
        let _ = writeln!(out, "{} = {}", quote(tag), quote(name));
    }
    let _ = writeln!(out, "\n[operations]");
    rows(&mut out, &lock.operations);
    if !lock.parameters.is_empty() {
        let _ = writeln!(out, "\n[parameters]");
        rows(&mut out, &lock.parameters);
    }
    for (name, known) in &lock.types {
        let _ = writeln!(out, "\n[types.{}]", quote(name));
        list(&mut out, "places", &known.places);
        if !known.members.is_empty() {
            list(&mut out, "members", &known.members);
        }
        if let Some(own) = &known.own {
            let _ = writeln!(out, "own = {}", quote(own));
        }
    }
    out
}

/// The names at each place, a line each.
fn rows(out: &mut String, rows: &BTreeMap<String, Vec<String>>) {
    for (place, names) in rows {
        let names: Vec<String> = names.iter().map(|name| quote(name)).collect();
        let _ = writeln!(out, "{} = [{}]", quote(place), names.join(", "));
    }
}

fn list(out: &mut String, key: &str, texts: &[String]) {
    if let [only] = texts {
        let _ = writeln!(out, "{key} = [{}]", quote(only));
        return;
    }
    let _ = writeln!(out, "{key} = [");
    for text in texts {
        let _ = writeln!(out, "  {},", quote(text));
    }
    let _ = writeln!(out, "]");
}

fn quote(text: &str) -> String {
    let is_plain = |byte: u8| (b' '..=b'~').contains(&byte) && byte != b'"' && byte != b'\\';
    if text.bytes().all(is_plain) {
        return format!("\"{text}\"");
    }
    toml::Value::String(text.to_owned()).to_string()
}
