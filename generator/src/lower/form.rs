//! Forms: how their members are written.

use super::draft::Draft;
use super::media::Declared;
use super::schema::Cx;
use crate::ir::{Content, FormStyle, Group, Member, PartKind, Shape, Slot, Type, TypeId};
use crate::report::Report;
use crate::source::Pointer;
use openapiv3::{Encoding, QueryStyle};
use std::collections::BTreeMap;

/// The styles that the document gives to members; `at` is where the body stands.
pub fn styles(cx: &mut Cx, declared: &Declared, at: &Pointer) -> Vec<(String, FormStyle)> {
    let at = at.key("content").key(declared.key).key("encoding");
    let mut styles = Vec::new();
    for (member, encoding) in &declared.media.encoding {
        let at = at.key(member);
        if encoding.allow_reserved {
            cx.report.note(
                "allow-reserved",
                &at.key("allowReserved"),
                "a member of a form may hold reserved characters",
                "they are percent-encoded all the same, which means the same",
            );
        }
        let style = style(cx, encoding, &at);
        styles.extend(style.map(|style| (member.clone(), style)));
    }
    styles
}

/// The styles that the document says in so many words, for parts.
pub fn said(cx: &mut Cx, declared: &Declared, at: &Pointer) -> Vec<(String, FormStyle)> {
    let encoding = at.key("content").key(declared.key).key("encoding");
    let document = cx.document;
    let mut styles = styles(cx, declared, at);
    styles.retain(|(member, _)| {
        let said = document.get(&encoding.key(member));
        said.is_some_and(|said| said.get("style").is_some() || said.get("explode").is_some())
    });
    styles
}

/// A member's style, unless it is that of members of which nothing is said.
fn style(cx: &Cx, encoding: &Encoding, at: &Pointer) -> Option<FormStyle> {
    // The skeleton does not tell `explode: false` from nothing; a document in other words than those
    // of OpenAPI 3 says both.
    let text = cx.document.get(at);
    let explodes = text.map_or(Some(encoding.explode), |text| {
        text.get("explode")?.as_bool()
    });
    let style = match (&encoding.style, explodes) {
        (Some(style), _) => style,
        (None, Some(_)) => &QueryStyle::Form,
        (None, None) => {
            let media = encoding.content_type.as_deref()?;
            return super::style::is_json(media).then_some(FormStyle::Json);
        }
    };
    let explodes = explodes.unwrap_or(*style == QueryStyle::Form);
    Some(match style {
        QueryStyle::DeepObject => FormStyle::Deep,
        _ if explodes => FormStyle::Members,
        QueryStyle::Form => FormStyle::Comma,
        QueryStyle::SpaceDelimited => FormStyle::Space,
        QueryStyle::PipeDelimited => FormStyle::Pipe,
    })
}

/// Leaves out styles that make no difference, when all types are known, and says which members are
/// written in a way that the document does not have. A form that is no object is text.
pub fn settle(drafts: &mut [Draft], groups: &mut [Group<Slot>], report: &mut Report) {
    let mut depths = Depths::default();
    for id in 0..drafts.len() {
        let Shape::Bodies(cases) = &drafts[id].shape else {
            continue;
        };
        let mut cases = cases.clone();
        for case in &mut cases {
            settle_one(
                drafts,
                &mut depths,
                &mut case.content,
                &case.name.place,
                report,
            );
        }
        drafts[id].shape = Shape::Bodies(cases);
    }
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    for body in operations.filter_map(|operation| operation.body.as_mut()) {
        settle_one(
            drafts,
            &mut depths,
            &mut body.content,
            &body.name.place,
            report,
        );
    }
}

fn settle_one(
    drafts: &[Draft],
    depths: &mut Depths,
    content: &mut Content,
    at: &Pointer,
    report: &mut Report,
) {
    if let Content::Multipart { ty, kinds } = content {
        let depths = depths_of(drafts, depths, ty);
        kinds.retain(|(member, kind)| match kind {
            PartKind::Styled(style) => differs(&depths, member, *style),
            PartKind::Typed(_) => true,
        });
        return;
    }
    let Content::Form { ty, styles } = content else {
        return;
    };
    if depths.of(drafts, ty, 0) < Depth::Unknown {
        let help = "give it as the text of the form";
        report.degraded("form-as-text", at, "a form is no object", help);
        *content = Content::Text("application/x-www-form-urlencoded".to_owned());
        return;
    }
    let fields = depths_of(drafts, depths, ty);
    styles.retain(|(member, style)| differs(&fields, member, *style));
    let unsaid = fields
        .iter()
        .filter(|(_, depth)| **depth == Depth::Nested)
        .filter(|(name, _)| !styles.iter().any(|(member, _)| member == *name));
    let unsaid: Vec<String> = unsaid.map(|(name, _)| format!("`{name}`")).collect();
    if !unsaid.is_empty() {
        report.note(
            "nested-form",
            at,
            format!(
                "how members of a form are nested is not said: {}",
                unsaid.join(", ")
            ),
            "they are sent as `name[member]=value`; `encoding` can say otherwise",
        );
    }
}

/// The members of an object with how much there is to each; none where that is not known.
fn depths_of<'d>(
    drafts: &'d [Draft],
    depths: &mut Depths,
    ty: &'d Type,
) -> BTreeMap<&'d str, Depth> {
    let fields = fields(drafts, ty).unwrap_or_default().iter();
    fields
        .map(|field| (field.wire.as_str(), depths.of(drafts, &field.ty, 0)))
        .collect()
}

/// Whether a style makes a difference to a member.
fn differs(fields: &BTreeMap<&str, Depth>, member: &str, style: FormStyle) -> bool {
    let depth = *fields.get(member).unwrap_or(&Depth::Unknown);
    match style {
        FormStyle::Members => depth > Depth::List,
        _ => depth > Depth::Scalar,
    }
}

/// The members of an object.
fn fields<'d>(drafts: &'d [Draft], ty: &'d Type) -> Option<&'d [Member<Slot>]> {
    let mut ty = ty;
    // More aliases of aliases than that are a cycle.
    for _ in 0..64 {
        match ty {
            Type::Nullable(inner) | Type::Boxed(inner) => ty = inner,
            Type::Named(TypeId(id)) => match &drafts[*id].shape {
                Shape::Record { fields, .. } => return Some(fields),
                Shape::Alias(of) => ty = of,
                Shape::Enum { .. } | Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => {
                    return None;
                }
            },
            _ => return None,
        }
    }
    None
}

/// How much there is to a type; a style makes a difference to what is more than a scalar.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Depth {
    Scalar,
    List,
    Unknown,
    Nested,
}

impl Depth {
    fn in_list(self) -> Self {
        match self {
            Depth::Scalar => Depth::List,
            Depth::Unknown => Depth::Unknown,
            Depth::List | Depth::Nested => Depth::Nested,
        }
    }
}

/// The depths of the types that were asked for.
#[derive(Default)]
struct Depths {
    known: BTreeMap<TypeId, Depth>,
}

impl Depths {
    /// The depth of a type; `level` says how many lead to it.
    fn of(&mut self, drafts: &[Draft], ty: &Type, level: usize) -> Depth {
        const MOST: usize = 64;
        if level > MOST {
            return Depth::Unknown;
        }
        match ty {
            Type::Bool
            | Type::Integer(_)
            | Type::Number
            | Type::Decimal
            | Type::Text
            | Type::Format(_)
            | Type::File => Depth::Scalar,
            Type::Json => Depth::Unknown,
            Type::Map(_) => Depth::Nested,
            Type::Nullable(of) | Type::Boxed(of) => self.of(drafts, of, level + 1),
            Type::List(element) => self.of(drafts, element, level + 1).in_list(),
            Type::Tuple(elements) => self.deepest(drafts, elements.iter(), level).in_list(),
            Type::Named(id) => self.of_named(drafts, *id, level),
        }
    }

    fn of_named(&mut self, drafts: &[Draft], id: TypeId, level: usize) -> Depth {
        if let Some(depth) = self.known.get(&id) {
            return *depth;
        }
        // What leads back here adds nothing.
        self.known.insert(id, Depth::Scalar);
        let depth = match &drafts[id.0].shape {
            Shape::Record { .. } => Depth::Nested,
            Shape::Enum { .. } => Depth::Scalar,
            Shape::Alias(of) => self.of(drafts, of, level + 1),
            Shape::Union { branches, .. } => {
                self.deepest(drafts, branches.iter().map(|branch| &branch.ty), level)
            }
            Shape::Replies(_) | Shape::Bodies(_) => Depth::Unknown,
        };
        self.known.insert(id, depth);
        depth
    }

    fn deepest<'t>(
        &mut self,
        drafts: &[Draft],
        types: impl Iterator<Item = &'t Type>,
        level: usize,
    ) -> Depth {
        let depths = types.map(|ty| self.of(drafts, ty, level + 1));
        depths.max().unwrap_or(Depth::Scalar)
    }
}
