//! Headers of answers: each is one constant, wherever it is declared.
//!
//! A header that is declared with different types is text, as it is on the wire; so is what has the
//! values of an enum or the members of an object.

use super::docs;
use super::scalar;
use super::view::{Kind, Node};
use crate::ir::{Header, Integer, Part, Slot, Type};
use crate::read::Document;
use crate::source::Pointer;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr};

/// The headers that answers declare, by their names, in the order in which they come.
pub fn headers(document: &Document) -> Vec<Header<Slot>> {
    let mut headers: Vec<Header<Slot>> = Vec::new();
    let operations = document.operations.iter();
    let responses = operations.flat_map(|operation| &operation.responses);
    for (_, response) in responses {
        for (name, header) in &response.item.headers {
            let (ReferenceOr::Item(header), false) = (header, is_of_the_body(name)) else {
                continue;
            };
            let ty = type_of(document, &header.format);
            let doc = || docs::lines(header.description.as_deref().unwrap_or_default());
            let known = headers
                .iter_mut()
                .find(|known| known.wire.eq_ignore_ascii_case(name));
            match known {
                Some(known) => {
                    known.ty = both(known.ty.clone(), ty);
                    if known.doc.is_empty() {
                        known.doc = doc();
                    }
                }
                None => headers.push(Header {
                    name: Slot {
                        place: response.at.key("headers").key(name),
                        candidates: vec![vec![Part::Text(name.clone())]],
                    },
                    wire: name.clone(),
                    ty,
                    doc: doc(),
                }),
            }
        }
    }
    headers
}

/// Whether a header is what the media type says already.
pub fn is_of_the_body(name: &str) -> bool {
    name.eq_ignore_ascii_case("content-type")
}

fn both(one: Type, other: Type) -> Type {
    match (&one, &other) {
        _ if one == other => one,
        (Type::Integer(_), Type::Integer(_)) => Type::Integer(Integer::I64),
        _ => Type::Text,
    }
}

fn type_of(document: &Document, format: &ParameterSchemaOrContent) -> Type {
    let ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) = format else {
        return Type::Text;
    };
    let Some(at) = Pointer::parse(reference) else {
        return Type::Text;
    };
    let Some(node) = target(document, at) else {
        return Type::Text;
    };
    if node.kinds() != [Kind::Array] {
        return of_scalar(&node);
    }
    let element = node.child("items");
    let element = element.and_then(|element| target(document, element.at));
    let element = element.map_or(Type::Text, |element| of_scalar(&element));
    Type::List(Box::new(element))
}

/// The schema at a place, through references.
fn target(document: &Document, mut at: Pointer) -> Option<Node<'_>> {
    // More hops than that are a cycle, or as good as one.
    for _ in 0..64 {
        let node = Node::new(document.get(&at)?, at);
        match node.text("$ref") {
            Some(reference) => at = document.resolve(reference)?,
            None => return Some(node),
        }
    }
    None
}

fn of_scalar(node: &Node) -> Type {
    let nodes = std::slice::from_ref(node);
    match node.kinds().as_slice() {
        [Kind::Boolean] => Type::Bool,
        [Kind::Integer] => scalar::integer(nodes),
        [Kind::Number] | [Kind::Integer, Kind::Number] => scalar::number(nodes),
        [Kind::String] if node.values().is_none() => match scalar::text(nodes) {
            Type::File => Type::Text,
            ty => ty,
        },
        _ => Type::Text,
    }
}
