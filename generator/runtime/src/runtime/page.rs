//! Lists that come page by page: [`Pages`] and [`Items`] send the calls that [`paging`](super::paging)
//! decides on.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::answer::{Json, RawResponse, Whole};
use super::decode;
use super::download::next;
use super::error::Error;
use super::locate::at;
use super::paging::{Course, Paging, Turn};
use super::request::Request;
use super::send::Sending;

/// The pages of a list, one call each.
///
/// Nothing is sent before it is polled, nor ahead of need. It ends after a page without items or
/// one that the server says is the last, where the next page is asked for by what was asked before,
/// and after an error. A page that is the one before again is not handed out, where pages are
/// asked for by number: such a server has no others. A page may be shorter than was asked for.
#[must_use = "nothing is sent until it is polled"]
pub struct Pages<P> {
    turns: Turns,
    read: fn(RawResponse) -> Result<P, Error>,
}

/// The items of a list, page by page.
///
/// Nothing is sent before it is polled, and a page only when all items before it are taken. It
/// ends as [`Pages`] does.
#[must_use = "nothing is sent until it is polled"]
pub struct Items<T> {
    turns: Turns,
    read: fn(RawResponse, &'static str) -> Result<Vec<T>, Error>,
    items: std::vec::IntoIter<T>,
}

/// The answers, each with the call that follows it.
struct Turns {
    paging: Paging,
    course: Course,
    next: After,
    under_way: Option<Sending<RawResponse>>,
}

/// What is to be done next.
enum After {
    Send(Box<Request>),
    Fail(Error),
    End,
}

impl Turns {
    fn new(request: Request, paging: Paging) -> Self {
        Turns {
            paging,
            course: Course::new(paging, &request),
            next: After::Send(Box::new(request)),
            under_way: None,
        }
    }

    /// The next answer, and then `read` of it; an error of either ends it.
    fn poll<V>(
        &mut self,
        cx: &mut Context<'_>,
        read: impl FnOnce(RawResponse) -> Result<V, Error>,
    ) -> Poll<Option<Result<V, Error>>> {
        let request = match &self.next {
            After::Send(request) => request,
            After::Fail(_) | After::End => {
                return Poll::Ready(match std::mem::replace(&mut self.next, After::End) {
                    After::Fail(error) => Some(Err(error)),
                    After::Send(_) | After::End => None,
                });
            }
        };
        let under_way = self.under_way.get_or_insert_with(|| {
            let (accept, wants) = (Json::<()>::ACCEPT, Json::<()>::KIND.0);
            Box::pin(Request::clone(request).execute(accept, wants))
        });
        let answer = ready!(under_way.as_mut().poll(cx));
        self.under_way = None;
        Poll::Ready(self.turn(answer, read).transpose())
    }

    fn turn<V>(
        &mut self,
        answer: Result<RawResponse, Error>,
        read: impl FnOnce(RawResponse) -> Result<V, Error>,
    ) -> Result<Option<V>, Error> {
        // Whatever goes wrong from here on, there is no next call.
        let After::Send(request) = std::mem::replace(&mut self.next, After::End) else {
            return Ok(None);
        };
        let answer = answer?;
        let next = match self.course.turn(*request, &answer) {
            Turn::Call(request) => After::Send(request),
            // The page that came is handed out first.
            Turn::Refused(error) => After::Fail(error),
            Turn::End => After::End,
            Turn::Again => return Ok(None),
        };
        let value = read(answer)?;
        self.next = next;
        Ok(Some(value))
    }
}

impl<P: DeserializeOwned> Pages<P> {
    /// The pages from the one that the call asks for.
    pub fn new(request: Request, paging: Paging) -> Self {
        Pages {
            turns: Turns::new(request, paging),
            read: page::<P>,
        }
    }
}

impl<P> Pages<P> {
    /// The next page. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<P, Error>> {
        next(self).await
    }
}

impl<T: DeserializeOwned> Items<T> {
    /// The items from the first of the page that the call asks for; `P` is the whole page.
    pub fn new<P: DeserializeOwned>(request: Request, paging: Paging) -> Self {
        Items {
            turns: Turns::new(request, paging),
            read: items::<P, T>,
            items: Vec::new().into_iter(),
        }
    }
}

impl<T> Items<T> {
    /// The next item. Dropping the future loses nothing.
    pub async fn next(&mut self) -> Option<Result<T, Error>> {
        next(self).await
    }

    /// All items, or the first `limit` of them.
    pub async fn collect_up_to(mut self, limit: usize) -> Result<Vec<T>, Error> {
        let mut items = Vec::new();
        while items.len() < limit {
            match self.next().await {
                Some(item) => items.push(item?),
                None => break,
            }
        }
        Ok(items)
    }
}

fn page<P: DeserializeOwned>(answer: RawResponse) -> Result<P, Error> {
    Ok(Json::<P>::read(answer)?.value)
}

/// The items alone. What is no page is told as for a whole one.
fn items<P: DeserializeOwned, T: DeserializeOwned>(
    answer: RawResponse,
    place: &'static str,
) -> Result<Vec<T>, Error> {
    let list = at(&answer.body, place);
    let items = list.map(|list| decode::from_slice::<Option<Vec<T>>>(list.get().as_bytes()));
    match items {
        Some(Ok(items)) => Ok(items.unwrap_or_default()),
        None => page::<P>(answer).map(|_| Vec::new()),
        Some(Err(fault)) => match Json::<P>::read(answer.clone()) {
            Err(error) => Err(error),
            Ok(_) => Err(answer.unreadable(Some(fault))),
        },
    }
}

impl<P> Stream for Pages<P> {
    type Item = Result<P, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        this.turns.poll(cx, this.read)
    }
}

impl<T> Stream for Items<T> {
    type Item = Result<T, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.items.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            let (read, place) = (this.read, this.turns.paging.items_at());
            match ready!(this.turns.poll(cx, |answer| read(answer, place))) {
                Some(Ok(items)) => this.items = items.into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

// Items are handed out by value; nothing here is ever pinned.
impl<T> Unpin for Items<T> {}

impl<P> fmt::Debug for Pages<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.turns.fmt_as("Pages", f)
    }
}

impl<T> fmt::Debug for Items<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.turns.fmt_as("Items", f)
    }
}

impl Turns {
    fn fmt_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let request = match &self.next {
            After::Send(request) => Some(request),
            After::Fail(_) | After::End => None,
        };
        f.debug_struct(name)
            .field("request", &request)
            .finish_non_exhaustive()
    }
}
