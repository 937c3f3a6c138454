//! The paging that can be told from names: where a parameter and the answer fit each other.
//!
//! Names are compared in [`normal`](super::super::slot::normal) spelling: `page_token` is `pageToken`.

use super::answer::{Kind, Page, Value, items_have};
use super::{Found, Input};
use crate::ir::{Paging, Turn};
use crate::read::Document;

/// Parameters that take what an answer says of the next page under another name than theirs.
const CURSORS: &[&str] = &[
    "cursor",
    "after",
    "startingafter",
    "startafter",
    "pagetoken",
    "pagecursor",
    "paginationtoken",
    "continuationtoken",
    "continuation",
    "continue",
    "marker",
    "nexttoken",
    "nextcursor",
    "nextpage",
    "nextpagetoken",
    "nextpagecursor",
];
/// What answers call it.
const NEXT: &[&str] = &[
    "nextcursor",
    "nexttoken",
    "nextpagetoken",
    "nextpagecursor",
    "continuationtoken",
    "endcursor",
    "nextpage",
    "next",
    "lastid",
    "last",
];
/// Parameters that take the id of the last item.
const LAST: &[&str] = &["startingafter", "after", "afterid", "startafter"];
const NEXT_URLS: &[&str] = &[
    "nextlink",
    "nexturl",
    "nexturi",
    "nexthref",
    "nextpageurl",
    "nextpageuri",
    "nextpagelink",
    "odatanextlink",
];
const PAGES: &[&str] = &["page", "pagenumber", "pageno", "pagenum"];
const CURRENT_PAGES: &[&str] = &["page", "pagenumber", "pageno", "currentpage"];
const OFFSETS: &[&str] = &["offset", "skip", "startat", "startindex", "start"];
const SIZES: &[&str] = &[
    "limit",
    "count",
    "size",
    "perpage",
    "pagesize",
    "pagelimit",
    "itemsperpage",
    "resultsperpage",
    "maxresults",
    "maxitems",
    "top",
    "take",
    "rows",
];
const MORE: &[&str] = &["hasmore", "more", "hasnext", "hasnextpage", "nextpage"];
const TOTALS: &[&str] = &[
    "total",
    "totalcount",
    "totalitems",
    "totalresults",
    "totalrecords",
    "nbresults",
];

/// The paging of an operation, the surest way first.
pub fn detect(document: &Document, found: &Found) -> Option<Paging> {
    let (page, inputs) = (&found.page, &found.inputs);
    let counts = || inputs.iter().filter(|input| found.asks || input.in_body);
    let ways = [
        inputs
            .iter()
            .find_map(|input| cursor(document, page, input)),
        inputs.iter().find_map(|input| last(found, input)),
        is_linked(found).then(|| paging(page, Turn::Link)),
        url(document, page).filter(|_| found.asks),
        counts().find_map(|input| number(page, inputs, input)),
        counts().find_map(|input| offset(page, inputs, input)),
    ];
    ways.into_iter().flatten().next()
}

/// A page that goes on so, with what its answer says of its end.
pub fn paging(page: &Page, turn: Turn) -> Paging {
    let at = |value: Option<&Value>| value.map(|value| value.at.clone());
    let counts = matches!(turn, Turn::Page(_) | Turn::Offset(_));
    Paging {
        items: page.items.clone(),
        item: page.item.clone(),
        turn,
        in_body: false,
        more: at(page.value(MORE, Kind::Flag)),
        total: at(page.value(TOTALS, Kind::Number).filter(|_| counts)),
        first: None,
        current: None,
    }
}

impl Page {
    /// The first value of this kind with one of these names.
    fn value(&self, names: &[&str], kind: Kind) -> Option<&Value> {
        let mut values = self.values.iter();
        values.find(|value| value.kind == kind && names.contains(&value.name()))
    }
}

/// The next cursor is what the parameter is called, after `next`; or both are called what cursors
/// are called.
pub fn cursor_value<'p>(document: &Document, page: &'p Page, input: &Input) -> Option<&'p Value> {
    let name = input.name.as_str();
    let values = || page.values.iter().filter(|value| value.kind != Kind::Flag);
    let named = |wanted: &str| values().find(|value| value.name() == wanted);
    let strong = named(&format!("next{name}")).or_else(|| named(&format!("nextpage{name}")));
    let is_text = input.kind != Kind::Number;
    let within_next = || {
        values().find(|value| {
            let within = ["next", "nextpage", "cursors"].contains(&value.within());
            within && value.name() == name && is_text
        })
    };
    let is_cursor = is_text && CURSORS.contains(&name);
    let same = || {
        let next = name.starts_with("next") && !input.in_body;
        let same = (is_cursor && name != "after") || next;
        named(name).filter(|_| same)
    };
    let other = || {
        let others = NEXT.iter().filter(|_| is_cursor);
        let mut others = others.filter_map(|next| named(next));
        others.find(|value| match value.name() {
            "next" | "nextpage" => !is_url(document, value),
            "lastid" | "last" => page.value(MORE, Kind::Flag).is_some(),
            _ => true,
        })
    };
    // A next page can be a number or a text, too.
    let strong = strong.filter(|value| value.name() != "nextpage" || !is_url(document, value));
    strong.or_else(within_next).or_else(same).or_else(other)
}

fn cursor(document: &Document, page: &Page, input: &Input) -> Option<Paging> {
    let value = cursor_value(document, page, input).filter(|_| !input.required)?;
    Some(Paging {
        in_body: input.in_body,
        ..paging(
            page,
            Turn::Cursor {
                name: input.wire.clone(),
                from: value.at.clone(),
            },
        )
    })
}

fn last(found: &Found, input: &Input) -> Option<Paging> {
    let fits = LAST.contains(&input.name.as_str())
        && input.kind != Kind::Number
        && !input.required
        && found.page.value(MORE, Kind::Flag).is_some()
        && items_have(found.drafts, &found.page.item, "id");
    fits.then(|| Paging {
        in_body: input.in_body,
        ..paging(
            &found.page,
            Turn::Last {
                name: input.wire.clone(),
                from: "/id".to_owned(),
            },
        )
    })
}

fn url(document: &Document, page: &Page) -> Option<Paging> {
    let next = page.values.iter().find(|value| {
        let is_next = match (value.name(), value.within()) {
            ("href", "next") => true,
            ("next" | "nextpage", _) => is_url(document, value),
            (name, _) => NEXT_URLS.contains(&name),
        };
        is_next && value.kind == Kind::Text
    })?;
    Some(paging(page, Turn::Url(next.at.clone())))
}

/// Whether the document says that a value is an address, by its schema or by calling it a link.
fn is_url(document: &Document, value: &Value) -> bool {
    if value.within() == "links" {
        return true;
    }
    let Some(schema) = document.get(&value.schema) else {
        return false;
    };
    let resolved = schema.get("$ref").and_then(|to| to.as_str());
    let resolved = resolved.and_then(|to| document.get(&document.resolve(to)?));
    let mut schemas: Vec<_> = std::iter::once(schema).chain(resolved).collect();
    for keyword in ["anyOf", "oneOf", "allOf"] {
        let branches = schema.get(keyword).and_then(|it| it.as_array());
        schemas.extend(branches.into_iter().flatten());
    }
    let text = |schema: &serde_json::Value, keyword: &str| {
        let text = schema.get(keyword).and_then(|it| it.as_str());
        text.unwrap_or_default().to_lowercase()
    };
    schemas.into_iter().any(|schema| {
        let description = text(schema, "description");
        let mut words = description.split(|c: char| !c.is_alphanumeric());
        let example = text(schema, "example");
        text(schema, "format").starts_with("ur")
            || ["http://", "https://", "/"]
                .iter()
                .any(|start| example.starts_with(start))
            || words.any(|word| ["url", "uri", "link", "href"].contains(&word))
    })
}

fn number(page: &Page, inputs: &[Input], input: &Input) -> Option<Paging> {
    if !PAGES.contains(&input.name.as_str()) || input.kind != Kind::Number {
        return None;
    }
    let first = input.default.filter(|first| matches!(first, 0 | 1));
    let current = page.value(CURRENT_PAGES, Kind::Number);
    let found = counted(page, input, Turn::Page, first, current)?;
    (has_size(inputs) || found.total.is_some() || current.is_some()).then_some(found)
}

fn offset(page: &Page, inputs: &[Input], input: &Input) -> Option<Paging> {
    let name = input.name.as_str();
    if !OFFSETS.contains(&name) || input.kind != Kind::Number || !has_size(inputs) {
        return None;
    }
    let from_zero = matches!(name, "offset" | "skip").then_some(0);
    let first = input.default.filter(|first| matches!(first, 0 | 1));
    let current = page.value(&[name], Kind::Number);
    counted(page, input, Turn::Offset, first.or(from_zero), current)
}

/// A list that goes on by number; it has to be known where it begins.
pub fn counted(
    page: &Page,
    input: &Input,
    turn: fn(String) -> Turn,
    first: Option<i64>,
    current: Option<&Value>,
) -> Option<Paging> {
    let current = current.filter(|_| first.is_none());
    (first.is_some() || current.is_some()).then(|| Paging {
        in_body: input.in_body,
        first,
        current: current.map(|value| value.at.clone()),
        ..paging(page, turn(input.wire.clone()))
    })
}

/// Where the answer says which page it is.
pub fn current_page(page: &Page) -> Option<&Value> {
    page.value(CURRENT_PAGES, Kind::Number)
}

/// Whether an answer says in its header what comes next: a list does, an object that has one does
/// where the call says how much of it is wanted.
fn is_linked(found: &Found) -> bool {
    let is_list = found.page.items.is_empty();
    found.has_link && found.asks && (is_list || has_size(&found.inputs))
}

fn has_size(inputs: &[Input]) -> bool {
    let mut names = inputs.iter().map(|input| input.name.as_str());
    names.any(|name| SIZES.contains(&name))
}
