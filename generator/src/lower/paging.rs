//! Lists that come in pages: an answer with items and the cursor of the next page.

use super::draft::Draft;
use super::slot::normal;
use crate::ir::{
    Answer, Content, Cursor, Group, Location, Member, Operation, Paging, Payload, Shape, Slot,
    Type, TypeId,
};

/// Finds the operations that page: the answer has one list, and a text `next_x` (in any case style)
/// where the request has an optional `x`.
pub fn find(groups: &mut [Group<Slot>], drafts: &[Draft]) {
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        operation.paging = paging(operation, drafts);
    }
}

fn paging(operation: &Operation<Slot>, drafts: &[Draft]) -> Option<Paging> {
    let Answer::One(Payload::Json(Type::Named(page))) = &operation.answer else {
        return None;
    };
    let fields = record(drafts, *page)?;
    let mut lists = fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| match &field.ty {
            Type::List(item) => Some((index, (**item).clone())),
            _ => None,
        });
    let (items, item) = lists.next().filter(|_| lists.next().is_none())?;
    let next_of = |wire: &str| {
        let wanted = format!("next{}", normal(wire));
        fields.iter().position(|field| {
            matches!(field.ty, Type::Text | Type::Format(_)) && normal(&field.wire) == wanted
        })
    };
    let text = |ty: &Type| matches!(ty, Type::Text | Type::Format(_));
    let query = operation.parameters.iter().find_map(|parameter| {
        let fits =
            parameter.location == Location::Query && !parameter.required && text(&parameter.ty);
        let next = next_of(&parameter.wire).filter(|_| fits)?;
        Some((Cursor::Query(parameter.wire.clone()), next))
    });
    let (cursor, next) = query.or_else(|| {
        let Content::Json {
            ty: Type::Named(body),
            ..
        } = operation.body.as_ref().map(|body| &body.content)?
        else {
            return None;
        };
        record(drafts, *body)?.iter().find_map(|member| {
            let next = next_of(&member.wire).filter(|_| text(&member.ty))?;
            Some((Cursor::Body(member.wire.clone()), next))
        })
    })?;
    Some(Paging {
        cursor,
        page: *page,
        items,
        item,
        next,
    })
}

fn record(drafts: &[Draft], id: TypeId) -> Option<&[Member<Slot>]> {
    match &drafts[id.0].shape {
        Shape::Record { fields, .. } => Some(fields),
        Shape::Enum { .. }
        | Shape::Union { .. }
        | Shape::Replies(_)
        | Shape::Bodies(_)
        | Shape::Alias(_) => None,
    }
}
