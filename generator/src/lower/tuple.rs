//! Lists whose elements have a type by their position.

use super::draft::{Place, Shaped, Side, Use};
use super::object::element_type;
use super::schema::Cx;
use super::union::union_of_elements;
use super::view::Node;
use crate::ir::{Part, Type};
use serde_json::Value;

/// As long as a tuple may be to have what every type has (`Debug`, `PartialEq`).
const LONGEST: usize = 12;

/// The shape of a list that gives each position its own schema, if it does: a tuple where its length
/// is fixed, else a list of what an element may be.
pub fn tuple<'d>(
    cx: &mut Cx<'d, '_>,
    nodes: &[Node<'d>],
    place: &Place,
    side: Side,
) -> Option<Shaped> {
    let (at, keyword, positions) = nodes.iter().find_map(|node| {
        // Before 2020-12 they are in `items`.
        let keywords = ["prefixItems", "items"].into_iter();
        let mut lists = keywords.map(|keyword| (keyword, node.children(keyword)));
        let (keyword, positions) = lists.find(|(_, list)| !list.is_empty())?;
        Some((node, keyword, positions))
    })?;
    let rest = nodes.iter().find_map(|node| {
        let keywords = ["additionalItems", "items", "unevaluatedItems"];
        keywords.into_iter().find_map(|keyword| node.child(keyword))
    });
    let number = |keyword: &str| nodes.iter().find_map(|node| node.get(keyword)?.as_u64());
    let length = positions.len() as u64;
    let most = number("maxItems").unwrap_or(u64::MAX);
    let closed = most <= length
        || rest
            .as_ref()
            .is_some_and(|rest| *rest.value == Value::Bool(false));
    let positions = &positions[..positions
        .len()
        .min(usize::try_from(most).unwrap_or(usize::MAX))];
    let all = number("minItems").unwrap_or(0) >= length;
    // One place is a list of what stands there: `(T,)` reads like a slip, and loses its comma in attributes.
    if let ([only], true, true) = (positions, closed, all) {
        let place = place.element(only.at.clone());
        let element = element_type(cx.use_of(only, &place, side));
        return Some(Shaped::plain(Type::List(Box::new(element))));
    }
    if closed && all && positions.len() <= LONGEST && !positions.is_empty() {
        let elements = positions.iter().enumerate().map(|(index, node)| {
            let place = position(place, node, index);
            element_type(cx.use_of(node, &place, side))
        });
        return Some(Shaped::plain(Type::Tuple(elements.collect())));
    }
    cx.report.degraded(
        "tuple-as-list",
        &at.at.key(keyword),
        "each position has its own type, but the list has no fixed length that a tuple can have",
        "it is typed as a list of what an element may be",
    );
    let mut elements: Vec<Node> = positions.to_vec();
    elements.extend(rest.iter().filter(|_| !closed).cloned());
    // Where nothing is said about what follows, it may be anything.
    let open = !closed && rest.is_none();
    let any = elements.iter().any(|element| !element.shapes());
    let equal = elements
        .windows(2)
        .all(|pair| pair[0].value == pair[1].value);
    let element = if any || (open && equal) || elements.is_empty() {
        Use::from(Type::Json)
    } else {
        let place = place.element(at.at.clone());
        elements.retain(|element| !element.only_null());
        let nullable = elements.len() < positions.len();
        let mut used = union_of_elements(cx, at, &elements, &place, side);
        used.nullable |= nullable;
        used
    };
    Some(Shaped::plain(Type::List(Box::new(element_type(element)))))
}

/// The place of an element: one of what the list is named, and which.
fn position(place: &Place, node: &Node, index: usize) -> Place {
    const WORDS: [&str; LONGEST] = [
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
        "tenth", "eleventh", "twelfth",
    ];
    let place = place.element(node.at.clone());
    match WORDS.get(index) {
        Some(word) => place.step(node.at.clone(), Part::Text((*word).to_owned())),
        None => place,
    }
}
