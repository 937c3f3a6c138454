//! What changed in what an operation answers: its value, what else it can be had as, its pages, its failures.

use super::pair::pair;
use super::{Change, Cx, Verdict, text};
use crate::ir::{Answer, Name, Offer, Operation, Paging, Payload, Reply, Stream, Turn};
use crate::source::Pointer;

/// The changes.
pub fn changes(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    let mut changes: Vec<Change> = value(cx, &old.answer, &new.answer).into_iter().collect();
    changes.extend(offer(cx, &old.offer, &new.offer));
    let (before, now) = (at(old), at(new));
    let placed = |change: Change| change.at_old(&before).at_new(&now);
    let mut changes: Vec<Change> = changes.into_iter().map(placed).collect();
    changes.extend(pages(cx, old, new).map(|it| it.at(&old.name, &new.name)));
    changes.extend(failures(cx, old, new));
    changes
}

fn at(operation: &Operation<Name>) -> Pointer {
    operation.name.place.key("responses")
}

fn value(cx: &Cx, old: &Answer, new: &Answer) -> Option<Change> {
    let same = match (old, new) {
        (Answer::One(old), Answer::One(new)) => same_payload(cx, old, new),
        (Answer::OneOf(old), Answer::OneOf(new)) => {
            let named = |id| crate::ir::Type::Named(id);
            cx.pairs.same(&named(*old), &named(*new))
        }
        (Answer::Stream(old), Answer::Stream(new)) => same_stream(cx, old, new),
        _ => false,
    };
    let (from, to) = (text::answer(cx.old, old), text::answer(cx.new, new));
    if !same {
        let text = format!("it answers {}, was {}", text::code(&to), text::code(&from));
        let change = Change::new("answer-changed", Verdict::Breaking, text);
        return Some(change.was(from).is(to));
    }
    match (old, new) {
        (Answer::Stream(old), Answer::Stream(new)) if old.media != new.media => {
            let (from, to) = (text::plain(&old.media), text::plain(&new.media));
            let text = format!(
                "it answers in {}, was {}",
                text::code(&to),
                text::code(&from)
            );
            let change = Change::new("answer-media-changed", Verdict::Behaviour, text);
            Some(change.was(from).is(to))
        }
        _ => None,
    }
}

fn same_payload(cx: &Cx, old: &Payload, new: &Payload) -> bool {
    match (old, new) {
        (Payload::Json(old), Payload::Json(new)) => cx.pairs.same(old, new),
        (old, new) => old == new,
    }
}

fn same_stream(cx: &Cx, old: &Stream, new: &Stream) -> bool {
    old.framing == new.framing
        && match (&old.item, &new.item) {
            (Some(old), Some(new)) => cx.pairs.same(old, new),
            (old, new) => old == new,
        }
}

fn offer(cx: &Cx, old: &Offer, new: &Offer) -> Vec<Change> {
    let mut changes = Vec::new();
    if old.accept != new.accept {
        let show = |of: &Offer| text::plain(of.accept.as_deref().unwrap_or("application/json"));
        let (from, to) = (show(old), show(new));
        let text = format!(
            "it asks for {}, not for {}",
            text::code(&to),
            text::code(&from)
        );
        let change = Change::new("accept-changed", Verdict::Behaviour, text);
        changes.push(change.was(from).is(to));
    }
    changes.extend(others(&old.others, &new.others));
    changes.extend(beside(cx, old.stream.as_ref(), new.stream.as_ref()));
    if old.headers != new.headers {
        let list = |of: &Offer| text::plain(&of.headers.join(", "));
        let text = "it answers with other headers".to_owned();
        let change = Change::new("answer-headers-changed", Verdict::Docs, text);
        changes.push(change.was(list(old)).is(list(new)));
    }
    changes
}

/// The media types beside, by `send_as`.
fn others(old: &[String], new: &[String]) -> Option<Change> {
    if old == new {
        return None;
    }
    let list = |of: &[String]| text::codes(of.iter().map(String::as_str));
    let (code, verdict, words) = match (old.is_empty(), new.is_empty()) {
        (true, _) => {
            let words = format!("it is also there as {}, by `send_as`", list(new));
            ("media-types-added", Verdict::Addition, words)
        }
        (_, true) => {
            let words = format!(
                "it is not there as {} any more: `send_as` is gone",
                list(old)
            );
            ("media-types-removed", Verdict::Breaking, words)
        }
        _ => {
            let words = format!("`send_as` is for {}, was for {}", list(new), list(old));
            ("media-types-changed", Verdict::Behaviour, words)
        }
    };
    let change = Change::new(code, verdict, words);
    Some(change.was(old.join(", ")).is(new.join(", ")))
}

/// The stream beside the answer.
fn beside(cx: &Cx, old: Option<&Stream>, new: Option<&Stream>) -> Option<Change> {
    let was = old.map(|old| text::stream(cx.old, old));
    let is = new.map(|new| text::stream(cx.new, new));
    match (old, new) {
        (None, None) => None,
        (None, Some(_)) => {
            let is = is.unwrap_or_default();
            let text = format!("it is also there as a stream, {}", text::code(&is));
            Some(Change::new("stream-added", Verdict::Addition, text).is(is))
        }
        (Some(_), None) => {
            let was = was.unwrap_or_default();
            let text = format!("it is no stream beside any more, {}", text::code(&was));
            Some(Change::new("stream-removed", Verdict::Breaking, text).was(was))
        }
        (Some(old), Some(new)) if !same_stream(cx, old, new) => {
            let (was, is) = (was.unwrap_or_default(), is.unwrap_or_default());
            let (from, to) = (text::code(&was), text::code(&is));
            let text = format!("the stream beside is {to}, was {from}");
            let change = Change::new("stream-changed", Verdict::Breaking, text);
            Some(change.was(was).is(is))
        }
        _ => None,
    }
}

/// `stream()` and `pages()`.
fn pages(
    cx: &Cx,
    old: &Operation<Name>,
    new: &Operation<Name>,
) -> impl Iterator<Item = Change> + use<> {
    let item = |api, paging: &Paging| format!("Items<{}>", text::ty(api, &paging.item));
    let mut changes = Vec::new();
    match (&old.paging, &new.paging) {
        (None, Some(is)) => {
            let is = item(cx.new, is);
            let text = format!("it comes in pages: `stream()` gives {}", text::code(&is));
            changes.push(Change::new("pages-added", Verdict::Addition, text).is(is));
        }
        (Some(was), None) => {
            let text = "it does not come in pages any more: `stream()` and `pages()` are gone";
            let change = Change::new("pages-removed", Verdict::Breaking, text.to_owned());
            changes.push(change.was(item(cx.old, was)));
        }
        (Some(was), Some(is)) => {
            if !cx.pairs.same(&was.item, &is.item) {
                let (from, to) = (item(cx.old, was), item(cx.new, is));
                let codes = (text::code(&to), text::code(&from));
                let text = format!("`stream()` gives {}, was {}", codes.0, codes.1);
                let change = Change::new("page-items-changed", Verdict::Breaking, text);
                changes.push(change.was(from).is(to));
            }
            let (from, to) = (turn(was), turn(is));
            if from != to {
                let text = format!(
                    "pages go on by {}, was {}",
                    text::code(&to),
                    text::code(&from)
                );
                let change = Change::new("pages-changed", Verdict::Behaviour, text);
                changes.push(change.was(from).is(to));
            }
        }
        (None, None) => {}
    }
    changes.into_iter()
}

/// How pages go on, in a line.
fn turn(of: &Paging) -> String {
    let turn = match &of.turn {
        Turn::Cursor { name, from } => format!("{name} from {from}"),
        Turn::Last { name, from } => format!("{name} from {from} of the last item"),
        Turn::Page(name) => format!("{name}, the number of the page"),
        Turn::Offset(name) => format!("{name}, the number of the first item"),
        Turn::Url(from) => format!("the address at {from}"),
        Turn::Link => "the header Link".to_owned(),
    };
    let more = [
        Some(format!("items at {:?}", of.items)),
        of.in_body.then(|| "in the body".to_owned()),
        of.more.as_ref().map(|it| format!("more at {it}")),
        of.total.as_ref().map(|it| format!("total at {it}")),
        of.first.map(|it| format!("from {it}")),
        of.current.as_ref().map(|it| format!("current at {it}")),
    ];
    let more: Vec<String> = more.into_iter().flatten().collect();
    text::plain(&format!("{turn}; {}", more.join(", ")))
}

/// Failures that an enum of the operation's has are told there.
fn failures(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    match (old.failure, new.failure) {
        (Some(was), Some(is)) => {
            let named = |id| crate::ir::Type::Named(id);
            if cx.pairs.same(&named(was), &named(is)) {
                return Vec::new();
            }
            let (from, to) = (text::ty(cx.old, &named(was)), text::ty(cx.new, &named(is)));
            let codes = (text::code(&to), text::code(&from));
            let text = format!("its failures are {}, were {}", codes.0, codes.1);
            let change = Change::new("failures-changed", Verdict::Breaking, text);
            let change = change.was(from).is(to);
            return vec![change.at_old(&at(old)).at_new(&at(new))];
        }
        (None, Some(is)) => {
            let to = text::ty(cx.new, &crate::ir::Type::Named(is));
            let text = format!("its failures have an enum: {}", text::code(&to));
            let change = Change::new("failure-enum-added", Verdict::Addition, text).is(to);
            let mut changes = vec![change.at_old(&at(old)).at_new(&at(new))];
            changes.extend(replies(cx, old, new));
            return changes;
        }
        (Some(was), None) => {
            let from = text::ty(cx.old, &crate::ir::Type::Named(was));
            let text = format!("its failures have no enum any more: {}", text::code(&from));
            let change = Change::new("failure-enum-removed", Verdict::Breaking, text).was(from);
            let mut changes = vec![change.at_old(&at(old)).at_new(&at(new))];
            changes.extend(replies(cx, old, new));
            return changes;
        }
        (None, None) => {}
    }
    replies(cx, old, new)
}

/// The declared failures, which stand in the documentation only.
fn replies(cx: &Cx, old: &Operation<Name>, new: &Operation<Name>) -> Vec<Change> {
    let key = |it: &Reply| (it.status, it.media.clone());
    let paired = pair(&old.failures, &new.failures, key, &[]);
    let place = |of: &Operation<Name>, reply: &Reply| at(of).key(&reply.status.to_string());
    let show = |api, it: &Reply| match text::payload(api, &it.payload).as_str() {
        "()" => "nothing".to_owned(),
        body => body.to_owned(),
    };
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        if !same_payload(cx, &was.payload, &is.payload) {
            let (from, to) = (show(cx.old, was), show(cx.new, is));
            let codes = (text::code(&to), text::code(&from));
            let text = format!("status {} has {}, was {}", is.status, codes.0, codes.1);
            let change = Change::new("failure-changed", Verdict::Behaviour, text);
            let change = change.was(from).is(to);
            changes.push(change.at_old(&place(old, was)).at_new(&place(new, is)));
        }
    }
    for was in paired.removed {
        let text = format!("status {} is not declared any more", was.status);
        let change = Change::new("failure-removed", Verdict::Behaviour, text);
        changes.push(change.was(was.status.to_string()).at_old(&place(old, was)));
    }
    for is in paired.added {
        let body = text::code(&show(cx.new, is));
        let text = format!("status {} is declared, with {body}", is.status);
        let change = Change::new("failure-added", Verdict::Behaviour, text);
        changes.push(change.is(is.status.to_string()).at_new(&place(new, is)));
    }
    changes
}
