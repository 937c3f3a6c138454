//! Gives declared types other numbers, wherever they are named.
//!
//! May not decide which types are the same.

use crate::ir::{Answer, Content, Group, Hook, Operation, Shape, Slot, Type, TypeId};

/// In a type.
pub fn in_type(ty: &mut Type, to: &dyn Fn(TypeId) -> TypeId) {
    match ty {
        Type::Named(id) => *id = to(*id),
        Type::Map(inner) | Type::List(inner) | Type::Nullable(inner) | Type::Boxed(inner) => {
            in_type(inner, to);
        }
        Type::Tuple(elements) => elements.iter_mut().for_each(|inner| in_type(inner, to)),
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => {}
    }
}

/// In a shape.
pub fn in_shape(shape: &mut Shape<Slot>, to: &dyn Fn(TypeId) -> TypeId) {
    shape.types_mut().into_iter().for_each(|ty| in_type(ty, to));
}

/// In all that an operation takes and gives.
pub fn in_operation(operation: &mut Operation<Slot>, to: &dyn Fn(TypeId) -> TypeId) {
    used_types(operation)
        .into_iter()
        .for_each(|ty| in_type(ty, to));
    let enums = match &mut operation.answer {
        Answer::One(_) | Answer::Stream(_) => operation.failure.iter_mut().chain(None),
        Answer::OneOf(id) => operation.failure.iter_mut().chain(Some(id)),
    };
    enums.for_each(|id| *id = to(*id));
}

/// In all that operations take and give, and in what webhooks send.
pub fn in_all(groups: &mut [Group<Slot>], hooks: &mut [Hook<Slot>], to: &dyn Fn(TypeId) -> TypeId) {
    let operations = groups.iter_mut().flat_map(|group| &mut group.operations);
    operations.for_each(|operation| in_operation(operation, to));
    hooks
        .iter_mut()
        .for_each(|hook| in_type(&mut hook.body, to));
}

/// The types that an operation takes and gives.
fn used_types(operation: &mut Operation<Slot>) -> Vec<&mut Type> {
    let parameters = operation.parameters.iter_mut();
    let mut types: Vec<&mut Type> = parameters.map(|parameter| &mut parameter.ty).collect();
    let body = operation.body.as_mut().map(|body| &mut body.content);
    types.extend(body.and_then(Content::ty_mut));
    match &mut operation.answer {
        Answer::One(payload) => types.extend(payload.json_mut()),
        Answer::Stream(stream) => types.extend(&mut stream.item),
        Answer::OneOf(_) => {}
    }
    let beside = operation.offer.stream.as_mut();
    types.extend(beside.and_then(|stream| stream.item.as_mut()));
    let failures = operation.failures.iter_mut();
    types.extend(failures.filter_map(|failure| failure.payload.json_mut()));
    types
}
