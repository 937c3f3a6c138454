//! Answers that come piece by piece: lines of JSON, server-sent events.

use super::content::root;
use super::draft::{Place, Role};
use super::media::{Declared, Kind};
use super::parameter::node;
use super::schema::Cx;
use super::view::{self, Node};
use crate::ir::{Framing, Stream, Type};
use crate::read;
use openapiv3::Response;

/// How values of a kind of body are told apart, if it is a stream.
pub fn framing(kind: Kind) -> Option<Framing> {
    match kind {
        Kind::Lines => Some(Framing::Lines),
        Kind::Events => Some(Framing::Events),
        Kind::Json | Kind::Form | Kind::Multipart | Kind::Text | Kind::Bytes => None,
    }
}

/// The stream of a media type, if it stands for one.
pub fn of(
    cx: &mut Cx,
    declared: &Declared,
    response: &read::Site<Response>,
    place: &Place,
) -> Option<Stream> {
    let framing = framing(declared.kind)?;
    let at = response.at.key("content").key(declared.key);
    let item_at = at.key("itemSchema");
    let item = cx.document.get(&item_at);
    let item = item.map(|value| Node::new(value, item_at));
    let schema = declared.media.schema.as_ref();
    let whole = schema.and_then(|schema| node(cx, schema));
    let item = match framing {
        Framing::Lines => {
            let element = whole.map(|whole| whole.child("items").unwrap_or(whole));
            Some(match item.or(element) {
                Some(node) => root(cx, &node, place, Role::Answer),
                None => Type::Json,
            })
        }
        Framing::Events => item.or(whole).and_then(|node| data(cx, &node, place)),
    };
    Some(Stream {
        framing,
        media: declared.name.to_owned(),
        item,
    })
}

/// What the data of an event is; `None` is text.
fn data<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, place: &Place) -> Option<Type> {
    let event = resolved(cx, node)?;
    if let Some(data) = event_data(&event) {
        let schema = data.child("contentSchema");
        if schema.is_none() && data.kinds() == [view::Kind::String] {
            return None;
        }
        return Some(root(cx, &schema.unwrap_or(data), place, Role::Answer));
    }
    let branches = [event.children("oneOf"), event.children("anyOf")].concat();
    let events: Vec<Node> = branches
        .iter()
        .filter_map(|branch| resolved(cx, branch))
        .collect();
    if !events.is_empty() && events.iter().all(|event| event_data(event).is_some()) {
        cx.report.degraded(
            "events-as-json",
            &event.at,
            "the data of an event depends on the kind of event",
            "it is typed as plain JSON",
        );
        return Some(Type::Json);
    }
    if event.kinds() == [view::Kind::String] {
        return None;
    }
    Some(root(cx, node, place, Role::Answer))
}

fn resolved<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>) -> Option<Node<'d>> {
    match node.text("$ref") {
        Some(reference) => cx.target(reference),
        None => Some(node.clone()),
    }
}

/// The data in the schema of a whole event: one that has the fields of an event and no others.
fn event_data<'d>(event: &Node<'d>) -> Option<Node<'d>> {
    let fields = ["data", "event", "id", "retry", "comment"];
    let properties = event.named_children("properties");
    let known = properties.iter().all(|(name, _)| fields.contains(name));
    let mut data = properties.into_iter().filter(|(name, _)| *name == "data");
    data.next().filter(|_| known).map(|(_, data)| data)
}
