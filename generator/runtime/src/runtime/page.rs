//! Lists that come page by page, each with the cursor of the next.

use std::collections::HashSet;
use std::fmt;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::answer::{Json, RawResponse, Whole};
use super::decimal::Decimal;
use super::download::next;
use super::error::Error;
use super::field::Field;
use super::format::{Base64, Date, DateTime, Secret, Time, Uuid};
use super::request::Request;
use super::send::Sending;

/// An answer that holds some items of a list.
pub trait Page {
    /// What the list is of.
    type Item;

    /// The items of this page.
    fn items(&self) -> &[Self::Item];

    /// The items of this page.
    fn into_items(self) -> Vec<Self::Item>;

    /// Where the next page begins, if there may be one.
    fn next_cursor(&self) -> Option<String>;
}

/// Where a call takes the cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cursor {
    /// In this query parameter.
    Query(&'static str),
    /// In this member of the JSON body.
    Body(&'static str),
}

impl Cursor {
    fn get(self, request: &Request) -> Option<String> {
        match self {
            Cursor::Query(name) => request.query_value(name),
            Cursor::Body(name) => request.body_value(name),
        }
    }

    fn set(self, request: Request, cursor: String) -> Request {
        match self {
            Cursor::Query(name) => request.query::<String>(name, cursor),
            Cursor::Body(name) => request.with_body_value(name, cursor),
        }
    }
}

/// The pages of a list, one call each.
///
/// Nothing is sent before it is polled. It ends after a page without items, without a cursor (it
/// is absent, null or empty) or with a cursor that was there before, and after an error.
#[must_use = "nothing is sent until it is polled"]
pub struct Pages<P> {
    /// The call for the next page; `None` when there is none.
    request: Option<Request>,
    cursor: Cursor,
    seen: HashSet<String>,
    under_way: Option<Sending<RawResponse>>,
    page: PhantomData<fn() -> P>,
}

impl<P: Page + DeserializeOwned> Pages<P> {
    /// The pages from the one that the call asks for.
    pub fn new(request: Request, cursor: Cursor) -> Self {
        Pages {
            seen: cursor.get(&request).into_iter().collect(),
            request: Some(request),
            cursor,
            under_way: None,
            page: PhantomData,
        }
    }

    /// The next page. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        next(self).await
    }

    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P, Error>>> {
        let response = ready!(self.poll_response::<Json<P>>(cx));
        self.under_way = None;
        let page = match response.map(|response| response.and_then(Json::<P>::read)) {
            None => return Poll::Ready(None),
            Some(Ok(response)) => response.value,
            Some(Err(error)) => {
                self.request = None;
                return Poll::Ready(Some(Err(error)));
            }
        };
        let cursor = if page.items().is_empty() {
            None
        } else {
            page.next_cursor()
        };
        self.turn_to(cursor.filter(|cursor| !cursor.is_empty()));
        Poll::Ready(Some(Ok(page)))
    }
}

impl<P> Pages<P> {
    fn poll_response<A: Whole>(
        &mut self,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<RawResponse, Error>>> {
        let Some(request) = &self.request else {
            return Poll::Ready(None);
        };
        let under_way = self
            .under_way
            .get_or_insert_with(|| Box::pin(request.clone().execute(A::ACCEPT, A::KIND.0)));
        under_way.as_mut().poll(cx).map(Some)
    }

    /// Makes the next call start at the cursor, unless there is none or it leads in a circle.
    fn turn_to(&mut self, cursor: Option<String>) {
        let next = cursor.filter(|cursor| self.seen.insert(cursor.clone()));
        self.request = self
            .request
            .take()
            .zip(next)
            .map(|(request, next)| self.cursor.set(request, next));
    }
}

/// The items of a list, page by page.
///
/// Nothing is sent before it is polled, and a page only when all items before it are taken. It
/// ends as [`Pages`] does.
#[must_use = "nothing is sent until it is polled"]
pub struct Items<P: Page> {
    pages: Pages<P>,
    items: std::vec::IntoIter<P::Item>,
}

impl<P: Page + DeserializeOwned> Items<P> {
    /// The items from the first of the page that the call asks for.
    pub fn new(request: Request, cursor: Cursor) -> Self {
        Items {
            pages: Pages::new(request, cursor),
            items: Vec::new().into_iter(),
        }
    }

    /// The next item. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<P::Item, Error>> {
        next(self).await
    }

    /// All items, or the first `limit` of them.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<Vec<P::Item>, Error> {
        let mut items = Vec::new();
        while items.len() < limit {
            match self.next().await {
                Some(item) => items.push(item?),
                None => break,
            }
        }
        Ok(items)
    }

    fn poll_item(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<P::Item, Error>>> {
        loop {
            if let Some(item) = self.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.poll_page(cx)) {
                Some(Ok(page)) => self.items = page.into_items().into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<P: Page + DeserializeOwned> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<P: Page + DeserializeOwned> Stream for Items<P> {
    type Item = Result<P::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(cx)
    }
}

// Items are handed out by value; nothing here is ever pinned.
impl<P: Page> Unpin for Items<P> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

impl<P: Page> fmt::Debug for Items<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("pages", &self.pages)
            .finish_non_exhaustive()
    }
}

/// A property that holds the items of a page.
pub trait PageItems {
    /// What it is a list of.
    type Item;

    /// The items.
    fn as_items(&self) -> &[Self::Item];

    /// The items.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> PageItems for Vec<T> {
    type Item = T;

    fn as_items(&self) -> &[T] {
        self
    }

    fn into_items(self) -> Vec<T> {
        self
    }
}

impl<L: PageItems> PageItems for Option<L> {
    type Item = L::Item;

    fn as_items(&self) -> &[L::Item] {
        self.as_ref().map_or(&[], L::as_items)
    }

    fn into_items(self) -> Vec<L::Item> {
        self.map_or_else(Vec::new, L::into_items)
    }
}

impl<L: PageItems> PageItems for Field<L> {
    type Item = L::Item;

    fn as_items(&self) -> &[L::Item] {
        self.value().map_or(&[], L::as_items)
    }

    fn into_items(self) -> Vec<L::Item> {
        self.into_value().map_or_else(Vec::new, L::into_items)
    }
}

/// A property that holds the cursor of the next page.
pub trait PageCursor {
    /// The cursor as it is sent.
    fn cursor(&self) -> Option<String>;
}

/// A cursor that is text or a number.
macro_rules! page_cursor {
    ($($type:ty),+) => {
        $(
            impl PageCursor for $type {
                fn cursor(&self) -> Option<String> {
                    Some(self.to_string())
                }
            }
        )+
    };
}

page_cursor!(
    String, i32, i64, u32, u64, f64, Base64, Date, DateTime, Decimal, Secret, Time, Uuid
);

impl<C: PageCursor> PageCursor for Option<C> {
    fn cursor(&self) -> Option<String> {
        self.as_ref().and_then(C::cursor)
    }
}

impl<C: PageCursor> PageCursor for Field<C> {
    fn cursor(&self) -> Option<String> {
        self.value().and_then(C::cursor)
    }
}

/// Says which properties of an answer make it a [`Page`].
///
/// For example: `page!(crate::models::ListLeadsResponse, crate::models::Lead, items, next_cursor);`
/// where `items` is a list and `next_cursor` a text, each as it is, in an `Option` or a `Field`.
macro_rules! page {
    ($page:ty, $item:ty, $items:ident, $cursor:ident $(,)?) => {
        impl $crate::runtime::Page for $page {
            type Item = $item;

            fn items(&self) -> &[$item] {
                $crate::runtime::PageItems::as_items(&self.$items)
            }

            fn into_items(self) -> ::std::vec::Vec<$item> {
                $crate::runtime::PageItems::into_items(self.$items)
            }

            fn next_cursor(&self) -> ::std::option::Option<::std::string::String> {
                $crate::runtime::PageCursor::cursor(&self.$cursor)
            }
        }
    };
}
pub(crate) use page;
