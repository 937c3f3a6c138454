//! Bodies: what is sent, by media type.

use super::docs;
use super::draft::{Place, Role, Side};
use super::media::{self, Declared, Kind};
use super::parameter::node;
use super::schema::Cx;
use super::view::Node;
use crate::ir::{Body, Content, Part, Slot, Type};
use crate::read;

/// The media type to use, and how: JSON where there is a choice.
fn preferred<'c>(
    cx: &mut Cx,
    site: &'c read::Site<openapiv3::RequestBody>,
) -> Option<Declared<'c>> {
    let all = media::all(&site.item.content, &site.at, cx.report);
    all.into_iter().min_by_key(|declared| declared.kind)
}

/// What an operation sends.
pub fn body(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Option<Body<Slot>> {
    let site = operation.body.as_ref()?;
    let Declared {
        name: media_type,
        kind,
        media,
    } = preferred(cx, site)?;
    let node = media.schema.as_ref().and_then(|schema| node(cx, schema));
    if node.as_ref().is_some_and(Node::only_null) {
        return None;
    }
    let content = match kind {
        Kind::Json | Kind::Form | Kind::Multipart => {
            let ty = match &node {
                Some(node) => root(cx, node, place, Role::Body),
                None => Type::Json,
            };
            match kind {
                Kind::Form => Content::Form(ty),
                Kind::Multipart => Content::Multipart {
                    ty,
                    types: media::of_parts(media),
                },
                _ => Content::Json {
                    ty,
                    media_type: own_media_type(media_type),
                },
            }
        }
        Kind::Text => Content::Text(media_type.to_owned()),
        Kind::Lines | Kind::Events | Kind::Bytes => {
            if media_type.starts_with("multipart/") {
                cx.report.warning(
                    "multipart-as-bytes",
                    &site.at,
                    format!("a `{media_type}` body is sent as the bytes it is given"),
                    "build it with its boundary, and give the content-type by `with_header`",
                );
            }
            Content::Bytes(media_type.to_owned())
        }
    };
    let candidates =
        ["body", "request body", "content"].map(|text| vec![Part::Text(text.to_owned())]);
    Some(Body {
        name: Slot {
            place: site.at.clone(),
            candidates: candidates.into(),
        },
        content,
        required: site.item.required,
        doc: docs::lines(site.item.description.as_deref().unwrap_or_default()),
    })
}

/// A media type of JSON that is more than that; a range is for nobody to send.
fn own_media_type(media_type: &str) -> Option<String> {
    let plain = media_type.starts_with("application/json") || media_type.contains('*');
    (!plain).then(|| media_type.to_owned())
}

/// The type of a whole body.
pub fn root<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, place: &Place, role: Role) -> Type {
    let place = Place {
        at: node.at.clone(),
        owner: place.owner.clone(),
        path: Vec::new(),
    };
    let side = if role == Role::Body {
        Side::Request
    } else {
        Side::Response
    };
    let used = cx.use_of(node, &place, side);
    cx.mark_root(&used.ty, &node.at, role);
    if used.nullable && used.ty != Type::Json {
        Type::Nullable(Box::new(used.ty))
    } else {
        used.ty
    }
}
