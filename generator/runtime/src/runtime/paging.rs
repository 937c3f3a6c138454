//! [`Paging`]: how a list goes on after a page of it.
//!
//! Decides, and does nothing: [`page`](super::page) sends the calls. What it needs of an answer is
//! read by JSON pointer from the body as it came, whatever types the answer has.

use std::collections::HashSet;
use std::hash::{DefaultHasher, Hash, Hasher};

use serde_json::Value;
use serde_json::value::RawValue;

use super::answer::RawResponse;
use super::error::Error;
use super::follow;
use super::locate::{at, flag, number, scalar};
use super::request::Request;

/// How a list goes on after a page of it. Places in the answer are JSON pointers.
///
/// For example: `Paging::cursor("after", "/next").items("/data")` sends what the answer has in its
/// member `next` as the query parameter `after`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging {
    next: Next,
    /// The parameter that the next call sets; none where it goes to an address.
    name: &'static str,
    in_body: bool,
    items: &'static str,
    more: Option<&'static str>,
    total: Option<&'static str>,
    first: Option<i64>,
    current: Option<&'static str>,
}

/// What the next call is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// What the answer has there.
    Cursor(&'static str),
    /// What the last item has there.
    Last(&'static str),
    /// The number of the page and one.
    Page,
    /// The number of the first item and the number of items.
    Offset,
    /// The address that the answer has there.
    Url(&'static str),
    /// The address in the header `Link` with `rel="next"`.
    Link,
}

impl Paging {
    const fn new(next: Next, name: &'static str) -> Self {
        Paging {
            next,
            name,
            in_body: false,
            items: "",
            more: None,
            total: None,
            first: None,
            current: None,
        }
    }

    /// The next call sets the parameter to the text or number that the answer has there.
    pub const fn cursor(name: &'static str, from: &'static str) -> Self {
        Paging::new(Next::Cursor(from), name)
    }

    /// The next call sets the parameter to what the last item has there.
    pub const fn last(name: &'static str, from: &'static str) -> Self {
        Paging::new(Next::Last(from), name)
    }

    /// The next call sets the parameter to the number of the page and one.
    pub const fn page(name: &'static str) -> Self {
        Paging::new(Next::Page, name)
    }

    /// The next call sets the parameter to where this page begins and how many items it has.
    pub const fn offset(name: &'static str) -> Self {
        Paging::new(Next::Offset, name)
    }

    /// The next call goes to the address that the answer has there.
    pub const fn url(from: &'static str) -> Self {
        Paging::new(Next::Url(from), "")
    }

    /// The next call goes where the header `Link` says, by `rel="next"`.
    pub const fn link() -> Self {
        Paging::new(Next::Link, "")
    }

    /// The parameter is a member of the JSON body, not of the query.
    pub const fn in_body(self) -> Self {
        Paging {
            in_body: true,
            ..self
        }
    }

    /// Where the items are, unless the answer is the list.
    pub const fn items(self, items: &'static str) -> Self {
        Paging { items, ..self }
    }

    /// Where the answer says whether there are more pages.
    pub const fn more(self, more: &'static str) -> Self {
        Paging {
            more: Some(more),
            ..self
        }
    }

    /// Where the answer says how many items the whole list has.
    pub const fn total(self, total: &'static str) -> Self {
        Paging {
            total: Some(total),
            ..self
        }
    }

    /// The number of the first page or item.
    pub const fn first(self, first: i64) -> Self {
        Paging {
            first: Some(first),
            ..self
        }
    }

    /// Where the answer says which page or item it begins with; asked where neither the call nor
    /// [`first`](Self::first) says so.
    pub const fn current(self, current: &'static str) -> Self {
        Paging {
            current: Some(current),
            ..self
        }
    }

    pub(super) const fn items_at(self) -> &'static str {
        self.items
    }

    fn counts(self) -> bool {
        matches!(self.next, Next::Page | Next::Offset)
    }
}

/// What comes after a page.
pub(super) enum Turn {
    /// This call.
    Call(Box<Request>),
    /// Nothing.
    End,
    /// Nothing, and the page is the one before again.
    Again,
    /// An address that is not followed.
    Refused(Error),
}

/// How far a list has been read.
pub(super) struct Course {
    paging: Paging,
    /// The cursors, numbers and addresses that were asked for.
    seen: HashSet<String>,
    /// How many items came, if it began with the first.
    taken: Option<u64>,
    /// What the items of the last page look like.
    last: Option<u64>,
}

impl Course {
    pub(super) fn new(paging: Paging, request: &Request) -> Self {
        let own = request.value(paging.in_body, paging.name);
        Course {
            paging,
            taken: own.is_none().then_some(0),
            seen: own.into_iter().collect(),
            last: None,
        }
    }

    /// What comes after the page that this call was answered with.
    pub(super) fn turn(&mut self, request: Request, answer: &RawResponse) -> Turn {
        let paging = self.paging;
        let list = at(&answer.body, paging.items);
        let items: Vec<&RawValue> = list
            .and_then(|list| serde_json::from_str(list.get()).ok())
            .unwrap_or_default();
        let (Some(list), Some(last)) = (list, items.last()) else {
            return Turn::End;
        };
        if paging.counts() && self.repeats(list) {
            return Turn::Again;
        }
        self.taken = self.taken.map(|taken| taken + items.len() as u64);
        let body = &answer.body;
        let more = paging.more.and_then(|place| flag(at(body, place)?));
        if more == Some(false) || self.is_whole(body) {
            return Turn::End;
        }
        let to = match paging.next {
            Next::Cursor(place) => at(body, place).and_then(scalar),
            Next::Last(place) => at(last.get().as_bytes(), place).and_then(scalar),
            Next::Page => self.counted(&request, body, 1),
            Next::Offset => self.counted(&request, body, items.len()),
            Next::Url(place) => at(body, place).and_then(scalar),
            Next::Link => follow::next(&answer.headers).map(Value::String),
        };
        let Some(to) = to.filter(|to| self.seen.insert(text(to))) else {
            return Turn::End;
        };
        let request = request.without_key();
        if let Next::Url(_) | Next::Link = paging.next {
            return match request.follow(&text(&to)) {
                Ok(request) => Turn::Call(Box::new(request)),
                Err(error) => Turn::Refused(error),
            };
        }
        Turn::Call(Box::new(request.with_value(
            paging.in_body,
            paging.name,
            to,
        )))
    }

    /// Whether the server has sent the same items again: it does not heed the number.
    fn repeats(&mut self, list: &RawValue) -> bool {
        let mut hasher = DefaultHasher::new();
        list.get().hash(&mut hasher);
        let now = Some(hasher.finish());
        std::mem::replace(&mut self.last, now) == now
    }

    fn is_whole(&self, body: &[u8]) -> bool {
        let total = self.paging.total.and_then(|place| number(at(body, place)?));
        let taken = self.taken.and_then(|taken| i64::try_from(taken).ok());
        self.paging.counts()
            && total
                .zip(taken)
                .is_some_and(|(total, taken)| taken >= total)
    }

    fn counted(&self, request: &Request, body: &[u8], more: usize) -> Option<Value> {
        let paging = self.paging;
        let current = match request.value(paging.in_body, paging.name) {
            Some(own) => own.parse().ok(),
            None => paging.first.or_else(|| number(at(body, paging.current?)?)),
        };
        let more = i64::try_from(more).ok()?;
        Some(current?.checked_add(more)?.into())
    }
}

/// A scalar outside of JSON.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
