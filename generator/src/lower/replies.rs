//! Enums of answers, when it is known which types are the same: those that tell nothing apart are
//! dissolved.

use super::draft::Draft;
use super::media::nullable;
use crate::ir::{Answer, Group, Operation, Outcome, Payload, Shape, Slot, Type, TypeId};

/// Dissolves the enums of answers that have one body, and leaves out cases that are said twice.
pub fn dissolve(drafts: &mut [Draft], groups: &mut [Group<Slot>], same: &impl Fn(&mut Type)) {
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        if let Answer::OneOf(id) = operation.answer {
            dissolve_answer(drafts, operation, id, same);
        }
        if let Some(id) = operation.failure
            && tidy(drafts, id, same) < 2
        {
            operation.failure = None;
        }
    }
}

fn dissolve_answer(
    drafts: &mut [Draft],
    operation: &mut Operation<Slot>,
    id: TypeId,
    same: &impl Fn(&mut Type),
) {
    let mut payloads: Vec<&Payload> = Vec::new();
    for case in cases(&drafts[id.0]) {
        if !payloads.contains(&&case.reply.payload) {
            payloads.push(&case.reply.payload);
        }
    }
    let (empty, bodies): (Vec<_>, Vec<_>) = payloads
        .into_iter()
        .partition(|payload| **payload == Payload::Empty);
    let answer = match bodies.as_slice() {
        [] => Payload::Empty,
        [Payload::Json(ty)] if !empty.is_empty() => Payload::Json(nullable(ty.clone())),
        [only] => (*only).clone(),
        _ => {
            let mut bodies: Vec<Payload> = bodies.into_iter().cloned().collect();
            bodies
                .iter_mut()
                .filter_map(Payload::json_mut)
                .for_each(same);
            if bodies.iter().any(|body| *body != bodies[0]) {
                tidy(drafts, id, same);
                return;
            }
            match &bodies[0] {
                Payload::Json(ty) if !empty.is_empty() => Payload::Json(nullable(ty.clone())),
                body => body.clone(),
            }
        }
    };
    operation.answer = Answer::One(answer);
}

fn cases(draft: &Draft) -> &[Outcome<Slot>] {
    match &draft.shape {
        Shape::Replies(cases) => cases,
        Shape::Record { .. }
        | Shape::Enum { .. }
        | Shape::Union { .. }
        | Shape::Bodies(_)
        | Shape::Alias(_) => &[],
    }
}

/// Leaves out what is said twice under one status, and media types that tell nothing; how many
/// bodies there are.
fn tidy(drafts: &mut [Draft], id: TypeId, same: &impl Fn(&mut Type)) -> usize {
    let draft = &mut drafts[id.0];
    let Shape::Replies(cases) = &mut draft.shape else {
        return 0;
    };
    let mut seen = Vec::new();
    let mut bodies: Vec<Payload> = Vec::new();
    cases.retain(|case| {
        let mut payload = case.reply.payload.clone();
        payload.json_mut().into_iter().for_each(same);
        if !bodies.contains(&payload) {
            bodies.push(payload.clone());
        }
        let key = (case.reply.status, payload);
        let is_new = !seen.contains(&key);
        if is_new {
            seen.push(key);
        }
        is_new
    });
    let statuses: Vec<_> = cases.iter().map(|case| case.reply.status).collect();
    for case in cases {
        let status = case.reply.status;
        if statuses.iter().filter(|other| **other == status).count() == 1 {
            case.reply.media = None;
        }
    }
    bodies.len()
}
