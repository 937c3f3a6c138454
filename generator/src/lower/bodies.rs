//! Of the media types of a body: which are spellings of another, which have a variant of their own.

use super::alike::{alike, fingerprint};
use super::content::content;
use super::docs;
use super::draft::{Place, Role, Side};
use super::media::{self, Declared, Kind};
use super::operation::declared_id;
use super::parameter::node;
use super::sample;
use super::scalar::is_file;
use super::schema::Cx;
use super::view::Node;
use crate::ir::{BodyCase, Content, Part, Shape, Slot};
use crate::read;
use crate::source::Pointer;
use openapiv3::RequestBody;
use serde_json::Value;
use std::collections::HashMap;

/// More variants than that help nobody.
const MOST: usize = 6;

/// What bytes of any media type are sent as.
pub const OCTETS: &str = "application/octet-stream";

/// The media types that are not just another spelling of one of them, in the document's order.
pub fn distinct<'c>(cx: &mut Cx, site: &'c read::Site<RequestBody>) -> Vec<Declared<'c>> {
    let all = media::all(&site.item.content, &site.at, cx.report);
    let schemas: Vec<Option<Node>> = all
        .iter()
        .map(|declared| node(cx, declared.media.schema.as_ref()?))
        .collect();
    // A schema says all of what is JSON or a form or XML, and nothing of what is text.
    let structured = |declared: &Declared| {
        matches!(declared.kind, Kind::Json | Kind::Form | Kind::Multipart)
            || media::is_xml(declared.name)
    };
    let ranks: Vec<_> = all
        .iter()
        .zip(&schemas)
        .map(|(declared, schema)| {
            // Only a form of parts can send a file as it is.
            let parts = declared.kind == Kind::Multipart;
            let file = parts && schema.as_ref().is_some_and(|node| has_file(cx, node));
            let plain = media::is_plain_json(declared.name);
            (!file, declared.kind, !plain, is_range(declared.name))
        })
        .collect();
    let print = |schema: &Option<Node>| schema.as_ref().map(|node| fingerprint(node.value));
    let prints: Vec<Option<u64>> = schemas.iter().map(print).collect();
    let mut groups: HashMap<Option<u64>, Vec<usize>> = HashMap::new();
    for index in (0..all.len()).filter(|index| structured(&all[*index])) {
        groups.entry(prints[index]).or_default().push(index);
    }
    // Of equal ones the best; all of a group are equal, or nearly always.
    let mut best: HashMap<usize, usize> = HashMap::new();
    for group in groups.values() {
        let mut left = group.clone();
        while let Some(first) = left.first().copied() {
            let same = |index: &usize| same_schema(&schemas[first], &schemas[*index]);
            let (equal, others): (Vec<usize>, _) = left.into_iter().partition(same);
            let used = equal.iter().min_by_key(|index| ranks[**index]).copied();
            best.extend(equal.iter().map(|index| (*index, used.unwrap_or(first))));
            left = others;
        }
    }
    let used: Vec<usize> = (0..all.len())
        .map(|index| best.get(&index).copied().unwrap_or(index))
        .collect();
    let spellings: Vec<(&Declared, &Declared)> = used
        .iter()
        .zip(&all)
        .filter(|(used, declared)| all[**used].name != declared.name)
        .map(|(used, declared)| (declared, &all[*used]))
        .collect();
    note_spellings(cx, &site.at, &spellings);
    let all = all.into_iter().enumerate();
    all.filter(|(index, _)| used[*index] == *index)
        .map(|(_, declared)| declared)
        .collect()
}

/// Whether two media types have the same schema, or none.
pub fn same_schema(one: &Option<Node>, other: &Option<Node>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => alike(one.value, other.value),
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// Says what is left out, each with what is sent in its place.
fn note_spellings(cx: &mut Cx, at: &Pointer, spellings: &[(&Declared, &Declared)]) {
    if spellings.is_empty() {
        return;
    }
    let names: Vec<&str> = spellings
        .iter()
        .map(|(declared, _)| declared.name)
        .collect();
    let mut used: Vec<&str> = Vec::new();
    for (_, other) in spellings {
        if !used.contains(&other.name) {
            used.push(other.name);
        }
    }
    let json = spellings
        .iter()
        .any(|(declared, used)| declared.kind == Kind::Json && used.kind == Kind::Json);
    cx.report.note(
        "same-in-other-media-type",
        &at.key("content"),
        format!("{} is sent, not the same as {}", list(&used), list(&names)),
        if json {
            "`with_header(\"content-type\", ..)` gives the JSON another name"
        } else {
            "give the operation that one alone, in an overlay, where it has to be another"
        },
    );
}

/// Names of media types for a message.
fn list(names: &[&str]) -> String {
    const SHOWN: usize = 8;
    let shown: Vec<String> = names
        .iter()
        .take(SHOWN)
        .map(|name| format!("`{name}`"))
        .collect();
    let more = names.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!(" and {more} more"));
    format!("{}{}", shown.join(", "), more.unwrap_or_default())
}

/// Whether a media type stands for several.
pub fn is_range(media: &str) -> bool {
    media::essence(media).contains('*')
}

/// Whether an object has a file among its members.
fn has_file(cx: &Cx, node: &Node) -> bool {
    let behind = |node: &Node| node.text("$ref").and_then(|to| cx.target(to));
    let whole = behind(node);
    let whole = whole.as_ref().unwrap_or(node);
    let parts = whole.children("allOf");
    let parts: Vec<Node> = parts
        .into_iter()
        .map(|part| behind(&part).unwrap_or(part))
        .collect();
    let members = std::iter::once(whole)
        .chain(&parts)
        .flat_map(|node| node.named_children("properties"));
    members.into_iter().any(|(_, member)| {
        is_file(&member) || member.child("items").is_some_and(|item| is_file(&item))
    })
}

/// The content of a body that comes in several media types: an enum of them. If it comes in one only
/// after all, with a sample.
pub fn one_of(
    cx: &mut Cx,
    site: &read::Site<RequestBody>,
    declared: &[Declared],
    operation: &read::Operation,
    place: &Place,
) -> Option<(Content, Option<Value>)> {
    let mut by_use: Vec<&Declared> = declared.iter().collect();
    by_use.sort_by_key(|declared| declared.kind);
    let (ranges, plain): (Vec<&Declared>, Vec<&Declared>) = by_use
        .into_iter()
        .partition(|declared| is_range(declared.name));
    let room = if ranges.is_empty() && plain.len() <= MOST {
        MOST
    } else {
        MOST - 1
    };
    let (own, rest) = plain.split_at(room.min(plain.len()));
    let rest: Vec<&str> = rest
        .iter()
        .chain(&ranges)
        .map(|declared| declared.name)
        .collect();
    let mut cases = Vec::new();
    for declared in declared {
        if own.iter().any(|own| own.name == declared.name)
            && let Some(content) = content(cx, site, declared, place)
        {
            let sample = sample::body(cx, site, declared);
            cases.push(case(&operation.at, declared.name, content, sample));
        }
    }
    if !rest.is_empty() {
        cx.report.lost(
            "bodies-as-bytes",
            &site.at.key("content"),
            format!("sent as bytes: {}", list(&rest)),
            "say which it is by `with_header(\"content-type\", ..)`",
        );
        let content = Content::Bytes(OCTETS.to_owned());
        cases.push(case(&operation.at, "*/*", content, None));
    }
    if cases.len() < 2 {
        return cases.pop().map(|case| (case.content, case.sample));
    }
    let place = Place {
        at: operation.at.key("requestBody").key("content"),
        owner: place.owner.clone(),
        path: Vec::new(),
    };
    let ty = cx.declare_choice(
        Shape::Bodies(cases),
        &place,
        Side::Request,
        Role::Bodies,
        vec![said(operation)],
    );
    Some((Content::OneOf(ty), None))
}

/// What the enum says of itself: whose body it is.
fn said(operation: &read::Operation) -> String {
    let address = docs::code(&format!("{} {}", operation.method, operation.path));
    let id = declared_id(operation).map(|id| format!(" ({})", docs::code(id)));
    format!(
        "What {address}{} takes: a variant for each media type.",
        id.unwrap_or_default()
    )
}

fn case(
    operation: &Pointer,
    media: &str,
    content: Content,
    sample: Option<Value>,
) -> BodyCase<Slot> {
    let text = |text: String| vec![Part::Text(text)];
    let candidates = if media == "*/*" {
        vec![text("other".to_owned())]
    } else {
        vec![text(media::name(media)), text(media.to_owned())]
    };
    BodyCase {
        name: Slot {
            place: operation.key("requestBody").key("content").key(media),
            candidates,
        },
        media: media.to_owned(),
        content,
        sample,
    }
}
