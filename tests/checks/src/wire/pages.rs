//! Lists that go on: whatever an answer says of its next page, the call stays with its server.

use super::{SERVER, StandIn, answer_of, wait};
use crate::draw::Draw;
use crate::runtime::{Items, Pages, Paging, Request, Url, Value};

/// How lists go on.
const WAYS: [Paging; 8] = [
    Paging::link(),
    Paging::link().items("/items"),
    Paging::url("/next"),
    Paging::url("/links/next/href").items("/a~1b"),
    Paging::cursor("after", "/next")
        .items("/items")
        .more("/more"),
    Paging::last("after", "/id").in_body(),
    Paging::page("page").items("/items").total("/total"),
    Paging::offset("offset").items("/items"),
];

/// Follows a list over answers.
///
/// # Panics
/// A page is asked of another server, or without end.
pub fn pages(data: &[u8]) {
    let mut draw = Draw::new(data);
    let way = *draw.pick(&WAYS);
    let by_items = draw.once_in(2);
    let mut answers = Vec::new();
    for _ in 0..draw.below(4) {
        let (link, body) = (draw.bytes(), draw.text());
        let headers: [(_, &[u8]); 2] = [("link", link), ("content-type", b"application/json")];
        answers.push(answer_of(body.to_owned(), &headers));
    }
    let count = answers.len();
    let server = StandIn::new(answers);
    let request = Request::new(&server.client(1 << 20), "list", "GET", "/things/{id}");
    let request = request.path::<String>("id", "a b").query::<i64>("page", 1);
    wait(async {
        if by_items {
            let mut items = Items::<Value>::new::<Value>(request, way);
            while let Some(Ok(_)) = items.next().await {}
        } else {
            let mut pages = Pages::<Value>::new(request, way);
            while let Some(Ok(_)) = pages.next().await {}
        }
    });
    let own = Url::parse(SERVER).expect("it is an address").origin();
    let asked = server.asked();
    for asked in asked.iter() {
        assert_eq!(asked.url.origin(), own, "{}", asked.url);
    }
    // An empty answer is no page, and ends it.
    assert!(
        asked.len() <= count + 1,
        "{} calls for {count} pages",
        asked.len()
    );
}
