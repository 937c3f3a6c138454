//! Which types a type, an operation or a webhook names, and which operations reach a type.

use super::text;
use crate::ir::{Answer, Api, Content, Group, Hook, Name, Operation, Payload, Reply, Shape, Type};

/// The operations that reach each type, as callers call them, in document order.
pub fn operations(api: &Api<Name>) -> Vec<Vec<String>> {
    let next: Vec<Vec<usize>> = api.types.iter().map(|decl| shape(&decl.shape)).collect();
    let mut reached = vec![Vec::new(); api.types.len()];
    let mut collect = |roots: Vec<usize>, name: String| {
        let mut seen = vec![false; api.types.len()];
        let mut open = roots;
        while let Some(at) = open.pop() {
            let Some(known) = seen.get_mut(at) else {
                continue;
            };
            if std::mem::replace(known, true) {
                continue;
            }
            open.extend(next.get(at).into_iter().flatten());
        }
        let hits = reached.iter_mut().zip(&seen).filter(|(_, seen)| **seen);
        hits.for_each(|(names, _)| names.push(name.clone()));
    };
    for group in &api.groups {
        for one in &group.operations {
            collect(operation(one), called(group, one));
        }
    }
    for hook in &api.hooks {
        collect(names([&hook.body]), hook_called(hook));
    }
    reached
}

/// How an operation is called: `lead().list`.
pub fn called(group: &Group<Name>, operation: &Operation<Name>) -> String {
    format!("{}().{}", group.name.ident, operation.name.ident)
}

/// How a webhook is read.
pub fn hook_called(hook: &Hook<Name>) -> String {
    format!("webhooks::{}", text::plain(&hook.name.ident))
}

/// The types that a type is made of.
pub fn shape(of: &Shape<Name>) -> Vec<usize> {
    names(of.types())
}

fn operation(of: &Operation<Name>) -> Vec<usize> {
    let parameters = of.parameters.iter().map(|parameter| &parameter.ty);
    let body = of.body.iter().filter_map(|body| Content::ty(&body.content));
    let failures = of.failures.iter().map(|reply: &Reply| &reply.payload);
    let failures = failures.filter_map(Payload::json);
    let stream = of.offer.stream.iter().filter_map(|it| it.item.as_ref());
    let mut ids = names(parameters.chain(body).chain(failures).chain(stream));
    ids.extend(of.failure.map(|id| id.0));
    match &of.answer {
        Answer::One(payload) => ids.extend(names(payload.json())),
        Answer::OneOf(id) => ids.push(id.0),
        Answer::Stream(stream) => ids.extend(names(&stream.item)),
    }
    ids
}

fn names<'t>(types: impl IntoIterator<Item = &'t Type>) -> Vec<usize> {
    let ids = types.into_iter().flat_map(Type::named);
    ids.map(|id| id.0).collect()
}
