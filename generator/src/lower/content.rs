//! Bodies: what is sent, by media type.

use super::bodies;
use super::docs;
use super::draft::{Draft, Place, Role, Side};
use super::form;
use super::keyword;
use super::media::{self, Declared, Kind};
use super::parameter::node;
use super::sample;
use super::schema::Cx;
use super::view::Node;
use crate::ir::{Body, Content, Group, Part, PartKind, Shape, Slot, Type};
use crate::read;
use crate::report::Report;
use crate::source::Pointer;

/// What an operation sends.
pub fn body(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Option<Body<Slot>> {
    let site = operation.body.as_ref()?;
    keyword::note_items(cx, site);
    let declared = bodies::distinct(cx, site);
    let (content, sample) = match declared.as_slice() {
        [] => return None,
        [only] => {
            let content = content(cx, site, only, place)?;
            (content, sample::body(cx, site, only))
        }
        several => bodies::one_of(cx, site, several, operation, place)?,
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
        sample,
        doc: docs::lines(site.item.description.as_deref().unwrap_or_default()),
    })
}

/// How a body is written in a media type; not at all where it can be `null` only.
pub fn content(
    cx: &mut Cx,
    site: &read::Site<openapiv3::RequestBody>,
    declared: &Declared,
    place: &Place,
) -> Option<Content> {
    let Declared {
        name, kind, media, ..
    } = *declared;
    let node = media.schema.as_ref().and_then(|schema| node(cx, schema));
    if node.as_ref().is_some_and(Node::only_null) {
        return None;
    }
    let ty = match (kind, &node) {
        (Kind::Json | Kind::Form | Kind::Multipart, Some(node)) => {
            root(cx, node, place, Role::Body)
        }
        _ => Type::Json,
    };
    Some(match kind {
        Kind::Json => Content::Json {
            ty,
            media_type: own_media_type(name),
        },
        Kind::Form => Content::Form {
            ty,
            styles: form::styles(cx, declared, &site.at),
        },
        Kind::Multipart => Content::Multipart {
            ty,
            kinds: kinds(cx, declared, &site.at),
        },
        Kind::Text => {
            if media::is_xml(name) {
                let at = site.at.key("content").key(declared.key);
                let message = format!("a body in `{name}` is text");
                let help = "write it with a library of XML";
                cx.report.lost("xml-as-text", &at, message, help);
            }
            Content::Text(one_media_type(cx, site, name))
        }
        Kind::Lines | Kind::Events | Kind::Bytes => {
            if name.starts_with("multipart/") {
                cx.report.degraded(
                    "multipart-as-bytes",
                    &site.at,
                    format!("a `{name}` body is sent as the bytes it is given"),
                    "build it with its boundary, and give the content-type by `with_header`",
                );
            }
            Content::Bytes(one_media_type(cx, site, name))
        }
    })
}

/// Leaves out bodies that can hold nothing and need not be there: there is nothing to ask callers for.
pub fn leave_out_empty(drafts: &[Draft], groups: &mut [Group<Slot>], report: &mut Report) {
    let holds_nothing = |body: &Body<Slot>| {
        let Some(Type::Named(id)) = body.content.ty() else {
            return false;
        };
        let shape = &drafts[id.0].shape;
        matches!(shape, Shape::Record { fields, extra: None } if fields.is_empty())
    };
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        let body = operation
            .body
            .take_if(|body| !body.required && holds_nothing(body));
        if let Some(body) = body {
            report.note(
                "empty-body",
                &body.name.place,
                "a body that can hold nothing need not be sent",
                "it is left out; say what it may hold, or that it is `required`, in an overlay",
            );
        }
    }
}

/// A range is for nobody to send.
fn one_media_type(cx: &mut Cx, site: &read::Site<openapiv3::RequestBody>, name: &str) -> String {
    if !bodies::is_range(name) {
        return name.to_owned();
    }
    let one = if name.starts_with("text/") {
        "text/plain"
    } else {
        bodies::OCTETS
    };
    cx.report.note(
        "media-type-range",
        &site.at.key("content").key(name),
        format!("a body in `{name}` is sent as `{one}`"),
        "say which it is by `with_header(\"content-type\", ..)`",
    );
    one.to_owned()
}

/// How parts are written: by a style, where one is said, else in a media type. Before 3.1 parts have no
/// styles.
fn kinds(cx: &mut Cx, declared: &Declared, at: &Pointer) -> Vec<(String, PartKind)> {
    let styled = match cx.document.parts_have_styles() {
        true => form::said(cx, declared, at),
        false => {
            note_styles(cx, declared, at);
            Vec::new()
        }
    };
    let types = media::of_parts(declared.media).into_iter();
    let types = types.filter(|(part, _)| !styled.iter().any(|(other, _)| other == part));
    let types: Vec<_> = types
        .map(|(part, media)| (part, PartKind::Typed(media)))
        .collect();
    let styled = styled
        .into_iter()
        .map(|(part, style)| (part, PartKind::Styled(style)));
    styled.chain(types).collect()
}

/// Says that parts have no styles.
fn note_styles(cx: &mut Cx, declared: &Declared, at: &Pointer) {
    let at = at.key("content").key(declared.key).key("encoding");
    let styled = declared.media.encoding.iter();
    let mut styled = styled.filter(|(_, encoding)| encoding.style.is_some());
    if let Some((part, _)) = styled.next() {
        cx.report.note(
            "part-style",
            &at.key(part).key("style"),
            "a part has a style, which OpenAPI has since 3.1 only",
            "lists are parts of one name, objects are JSON",
        );
    }
}

/// A media type of JSON that is more than that; a range is for nobody to send.
pub fn own_media_type(media_type: &str) -> Option<String> {
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
