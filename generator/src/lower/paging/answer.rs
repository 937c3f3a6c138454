//! What an answer has that paging is about: its list, and single values outside of it.

use super::super::draft::Draft;
use super::super::slot::normal;
use crate::ir::{Member, Shape, Slot, Type, TypeId};
use crate::source::Pointer;

/// Levels of objects that are looked into.
const MAX_DEPTH: usize = 4;

/// Objects that say something about the page, by their names in [`normal`] spelling.
const ABOUT: &[&str] = &[
    "meta",
    "metadata",
    "responsemetadata",
    "pagination",
    "paginationinfo",
    "paging",
    "pageinfo",
    "page",
    "pages",
    "links",
    "cursors",
    "cursor",
    "next",
    "nextpage",
];

/// Members that are the list where there are others.
const LISTS: &[&str] = &[
    "data",
    "items",
    "results",
    "entries",
    "records",
    "values",
    "elements",
    "nodes",
    "resources",
];

/// Lists that tell what went wrong.
const REMARKS: &[&str] = &["errors", "warnings"];

/// An answer that is or holds a list.
pub struct Page {
    /// Where the list is, as a JSON pointer.
    pub items: String,
    /// What an item is.
    pub item: Type,
    /// The single values about the page.
    pub values: Vec<Value>,
}

/// A single value in an answer.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it is, as a JSON pointer.
    pub at: String,
    /// The names on the way, in [`normal`] spelling.
    pub names: Vec<String>,
    /// What it is.
    pub kind: Kind,
    /// Its schema.
    pub schema: Pointer,
}

/// What a single value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text.
    Text,
    /// A number.
    Number,
    /// `true` or `false`.
    Flag,
    /// Some of these, or anything.
    Any,
}

impl Value {
    /// Its own name.
    pub fn name(&self) -> &str {
        self.names.last().map_or("", String::as_str)
    }

    /// The name of what it is in; empty at the top.
    pub fn within(&self) -> &str {
        let above = self.names.len().checked_sub(2);
        above
            .and_then(|at| self.names.get(at))
            .map_or("", String::as_str)
    }
}

/// The list in an answer: the answer itself, the one list among its members, or the one list among
/// the members of these.
pub fn page(drafts: &[Draft], answer: &Type) -> Option<Page> {
    if let Type::List(item) = plain(drafts, answer) {
        return Some(Page {
            items: String::new(),
            item: (**item).clone(),
            values: Vec::new(),
        });
    }
    let members = record(drafts, answer)?;
    let (path, item) = list(drafts, members)?;
    Some(page_at(drafts, answer, path, item))
}

/// The page whose list is at this pointer.
pub fn page_with(drafts: &[Draft], answer: &Type, items: &str) -> Option<Page> {
    match find(drafts, answer, items) {
        Some(Type::List(item)) => Some(page_at(drafts, answer, items.to_owned(), *item)),
        _ => None,
    }
}

fn page_at(drafts: &[Draft], answer: &Type, items: String, item: Type) -> Page {
    let mut values = Vec::new();
    if let Some(members) = record(drafts, answer) {
        collect(drafts, members, &mut Way::default(), &items, &mut values);
    }
    Page {
        items,
        item,
        values,
    }
}

fn list(drafts: &[Draft], members: &[Member<Slot>]) -> Option<(String, Type)> {
    let direct = lists(drafts, members);
    if !direct.is_empty() {
        return only(direct);
    }
    let nested = members.iter().filter_map(|member| {
        let (path, item) = only(lists(drafts, record(drafts, &member.ty)?))?;
        Some((format!("{}{path}", step(&member.wire)), item))
    });
    only(nested.collect())
}

fn lists(drafts: &[Draft], members: &[Member<Slot>]) -> Vec<(String, Type)> {
    let remarks = |member: &Member<Slot>| REMARKS.contains(&normal(&member.wire).as_str());
    let lists = members
        .iter()
        .filter(|member| !remarks(member))
        .filter_map(|member| match plain(drafts, &member.ty) {
            Type::List(item) => Some((step(&member.wire), (**item).clone())),
            _ => None,
        });
    lists.collect()
}

/// The only one, or the only one that is named like a list.
fn only(mut lists: Vec<(String, Type)>) -> Option<(String, Type)> {
    if lists.len() > 1 {
        lists.retain(|(path, _)| {
            let name = path.rsplit('/').next().unwrap_or_default();
            LISTS.contains(&normal(name).as_str())
        });
    }
    let last = lists.pop()?;
    lists.is_empty().then_some(last)
}

/// Where a walk through an answer is.
#[derive(Default)]
struct Way {
    at: String,
    names: Vec<String>,
}

fn collect(
    drafts: &[Draft],
    members: &[Member<Slot>],
    way: &mut Way,
    items: &str,
    values: &mut Vec<Value>,
) {
    for member in members {
        let length = way.at.len();
        way.at.push_str(&step(&member.wire));
        way.names.push(normal(&member.wire));
        match (kind(drafts, &member.ty), record(drafts, &member.ty)) {
            (Some(kind), _) => values.push(Value {
                at: way.at.clone(),
                names: way.names.clone(),
                kind,
                schema: member.name.place.clone(),
            }),
            (None, Some(inner)) if way.names.len() < MAX_DEPTH && about(way, items) => {
                collect(drafts, inner, way, items, values);
            }
            (None, _) => {}
        }
        way.at.truncate(length);
        way.names.pop();
    }
}

/// Whether an object says something about the page, or holds its list.
fn about(way: &Way, items: &str) -> bool {
    let name = way.names.last().map_or("", String::as_str);
    ABOUT.contains(&name) || items.starts_with(&format!("{}/", way.at))
}

/// What a value is, unless it is a list, an object or nothing known.
pub fn kind(drafts: &[Draft], ty: &Type) -> Option<Kind> {
    match plain(drafts, ty) {
        Type::Text | Type::Format(_) => Some(Kind::Text),
        Type::Integer(_) | Type::Number | Type::Decimal => Some(Kind::Number),
        Type::Bool => Some(Kind::Flag),
        Type::Json => Some(Kind::Any),
        Type::Named(id) => match shape(drafts, *id)? {
            Shape::Union { .. } => Some(Kind::Any),
            _ => None,
        },
        _ => None,
    }
}

/// Whether all items have a text or number of this name.
pub fn items_have(drafts: &[Draft], item: &Type, name: &str) -> bool {
    let has = |ty: &Type| {
        record(drafts, ty).is_some_and(|members| {
            members.iter().any(|member| {
                let kind = kind(drafts, &member.ty);
                member.wire == name && matches!(kind, Some(Kind::Text | Kind::Number))
            })
        })
    };
    let Type::Named(id) = plain(drafts, item) else {
        return false;
    };
    match shape(drafts, *id) {
        Some(Shape::Union { branches, .. }) => branches.iter().all(|branch| has(&branch.ty)),
        _ => has(item),
    }
}

/// What is at a pointer; anything where no type says what is there.
pub fn find(drafts: &[Draft], ty: &Type, pointer: &str) -> Option<Type> {
    let mut here = plain(drafts, ty).clone();
    if !pointer.is_empty() && !pointer.starts_with('/') {
        return None;
    }
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let next = match record(drafts, &here) {
            Some(members) => members
                .iter()
                .find(|member| member.wire == name)?
                .ty
                .clone(),
            None => match here {
                Type::Map(of) => *of,
                Type::Json | Type::Named(_) => Type::Json,
                _ => return None,
            },
        };
        here = plain(drafts, &next).clone();
    }
    Some(here)
}

/// The members of an object.
pub fn record<'d>(drafts: &'d [Draft], ty: &'d Type) -> Option<&'d [Member<Slot>]> {
    let Type::Named(id) = plain(drafts, ty) else {
        return None;
    };
    match shape(drafts, *id)? {
        Shape::Record { fields, .. } => Some(fields),
        _ => None,
    }
}

/// A type without `null`, boxes and other names.
fn plain<'d>(drafts: &'d [Draft], mut ty: &'d Type) -> &'d Type {
    // An alias never leads to itself, but that is for others to see to.
    for _ in 0..32 {
        ty = match ty {
            Type::Nullable(of) | Type::Boxed(of) => of,
            Type::Named(id) => match shape(drafts, *id) {
                Some(Shape::Alias(of)) => of,
                _ => return ty,
            },
            _ => return ty,
        };
    }
    ty
}

fn shape(drafts: &[Draft], id: TypeId) -> Option<&Shape<Slot>> {
    drafts.get(id.0).map(|draft| &draft.shape)
}

/// A name as a step of a JSON pointer.
fn step(name: &str) -> String {
    format!("/{}", name.replace('~', "~0").replace('/', "~1"))
}
