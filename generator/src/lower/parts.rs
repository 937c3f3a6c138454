//! Lowers what is many side by side: each part of a list with a context of its own, which knows the types that
//! were there before. What they have made becomes one, in the order of the list, as if one had made it all.
//!
//! May not depend on the number of threads: a list has the same parts on every machine.

use super::draft::{Draft, Side};
use super::example::Candidate;
use super::schema::{Cx, Open};
use crate::ir::TypeId;
use crate::report::Report;
use crate::source::Pointer;
use crate::threads;
use std::collections::HashMap;

/// So many of a list are worth a part.
const WORTH: usize = 25;

/// A list has so many parts at most: each finds out by itself what it asks of the document.
pub const MOST: usize = 8;

/// What was there before a part, which only looks at it.
#[derive(Clone, Copy)]
pub struct Before<'b> {
    /// The types.
    pub drafts: &'b [Draft],
    /// Those of what references lead to.
    pub known: &'b HashMap<(Pointer, Side), TypeId>,
}

/// What a part has made.
struct Made<'d, M> {
    made: Vec<M>,
    drafts: Vec<Draft>,
    /// What of the types was met first in this part.
    queue: Vec<Open>,
    examples: Vec<(Pointer, Vec<Candidate<'d>>)>,
    report: Report,
}

/// What is made of each of a list. `renumber` gives other numbers to the types that it names.
pub fn lower<'d, T: Sync, M: Send>(
    cx: &mut Cx<'d, '_>,
    list: &[T],
    make: &(impl Fn(&mut Cx<'d, '_>, &T) -> M + Sync),
    renumber: fn(&mut M, &dyn Fn(TypeId) -> TypeId),
) -> Vec<M> {
    let parts = (list.len() / WORTH).min(cx.parts);
    if parts < 2 {
        return list.iter().map(|item| make(cx, item)).collect();
    }
    let parts: Vec<&[T]> = list.chunks(list.len().div_ceil(parts)).collect();
    let before = Before {
        drafts: &cx.drafts,
        known: &cx.known,
    };
    let (document, facts, extent) = (cx.document, cx.facts, cx.extent);
    let aside = cx.report.with_findings([]);
    let part = |part: &&[T]| {
        let mut report = aside.with_findings([]);
        let mut cx = Cx::new((document, facts), extent, &mut report);
        cx.before = Some(before);
        let made = part.iter().map(|item| make(&mut cx, item)).collect();
        let (drafts, queue, examples) = (cx.drafts, cx.queue.into(), cx.examples);
        Made {
            made,
            drafts,
            queue,
            examples,
            report,
        }
    };
    let parts = threads::each(&parts, &part);
    let first = TypeId(cx.drafts.len());
    let parts = parts.into_iter();
    parts
        .flat_map(|part| join(cx, first, part, renumber))
        .collect()
}

/// Takes over what a part has made, whose own types begin with a number.
fn join<'d, M>(
    cx: &mut Cx<'d, '_>,
    first: TypeId,
    part: Made<'d, M>,
    renumber: fn(&mut M, &dyn Fn(TypeId) -> TypeId),
) -> Vec<M> {
    let met = part.queue.into_iter();
    let mut met: HashMap<TypeId, (Pointer, Side)> =
        met.map(|(at, side, id)| (id, (at, side))).collect();
    let most = cx.report.limits().types;
    let mut numbers = Vec::with_capacity(part.drafts.len());
    let mut own = Vec::new();
    for (index, draft) in part.drafts.into_iter().enumerate() {
        let met = met.remove(&TypeId(first.0 + index));
        if let Some(known) = met.as_ref().and_then(|met| cx.known.get(met)) {
            numbers.push(*known);
            continue;
        }
        let id = TypeId(cx.drafts.len());
        numbers.push(id);
        match met {
            Some((at, side)) => {
                cx.known.insert((at.clone(), side), id);
                cx.queue.push_back((at, side, id));
            }
            // Each part may have stayed below what all of them are beyond.
            None if id.0 >= most => cx.too_many(&draft.places[0].at),
            None => {}
        }
        own.push(id);
        cx.drafts.push(draft);
    }
    let to = |id: TypeId| match id.0.checked_sub(first.0) {
        Some(index) => numbers[index],
        None => id,
    };
    for id in own {
        super::renumber::in_shape(&mut cx.drafts[id.0].shape, &to);
    }
    cx.examples.extend(part.examples);
    cx.report.take_over(part.report);
    let mut made = part.made;
    made.iter_mut().for_each(|made| renumber(made, &to));
    made
}

#[cfg(test)]
mod tests {
    use super::MOST;
    use crate::lower::facts::Facts;
    use crate::lower::{Extent, operation, schema::Cx, security};
    use crate::read;
    use crate::report::Report;
    use crate::source::Source;

    /// A hundred operations, each with an inline body, a parameter by reference, and answers that refer to schemas which refer on.
    fn document() -> Source {
        let mut paths = String::new();
        let mut schemas = String::new();
        for number in 0..100 {
            let (next, far) = ((number + 1) % 100, (number * 7 + 3) % 100);
            paths.push_str(&format!(
                "  /a{number}:\n    post:\n      operationId: op{number}\n      tags: [t{}]\n      \
                 parameters: [{{name: k, in: query, schema: {{$ref: '#/components/schemas/K{far}'}}}}]\n      \
                 requestBody: {{content: {{application/json: {{schema: {{type: object, properties: \
                 {{a: {{type: object, properties: {{b: {{$ref: '#/components/schemas/S{far}'}}}}}}}}}}}}}}}}\n      \
                 responses: {{'200': {{description: d, content: {{application/json: {{schema: {{$ref: \
                 '#/components/schemas/S{number}'}}}}}}}}}}\n",
                number % 3
            ));
            schemas.push_str(&format!(
                "    K{number}: {{type: string, enum: [a, b{number}]}}\n    S{number}: {{type: object, properties: \
                 {{id: {{type: string, readOnly: true}}, next: {{$ref: '#/components/schemas/S{next}'}}, \
                 in: {{type: object, properties: {{far: {{$ref: '#/components/schemas/S{far}'}}, \
                 u: {{oneOf: [{{$ref: '#/components/schemas/K{next}'}}, {{type: integer}}]}}}}}}}}}}\n"
            ));
        }
        let head = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n";
        Source::new(
            "a.yaml",
            format!("{head}paths:\n{paths}components:\n  schemas:\n{schemas}"),
        )
    }

    /// All types in their order, and what operations take and give; what was found, in its order.
    fn lowered(source: &Source, parts: usize) -> (Vec<String>, Vec<String>) {
        let mut report = Report::new([source.clone()]);
        let document = read::read(source, &[], &[], &mut report).unwrap();
        let facts = Facts::of(&document);
        let security = security::security(&document, &mut report);
        let mut cx = Cx::new((&document, &facts), Extent::Least, &mut report);
        cx.parts = parts;
        let groups = operation::groups(&mut cx, &security);
        cx.components();
        let drafts = cx.drafts.iter().map(|draft| {
            let (place, types) = (&draft.places[0].at, draft.shape.types());
            format!("{place} {:?} {:?} {types:?}", draft.side, draft.role)
        });
        let mut lines: Vec<String> = drafts.collect();
        for operation in groups.iter().flat_map(|group| &group.operations) {
            let parameters = operation.parameters.iter();
            let parameters: Vec<_> = parameters.map(|it| (&it.ty, it.location)).collect();
            let body = operation.body.as_ref().map(|body| body.content.ty());
            let answer = &operation.answer;
            lines.push(format!(
                "{} {parameters:?} {body:?} {answer:?}",
                operation.id
            ));
        }
        let found = report.found().iter();
        (
            lines,
            found
                .map(|found| format!("{} {}", found.code, found.pointer))
                .collect(),
        )
    }

    #[test]
    fn parts_are_put_together_as_if_there_were_none() {
        let source = document();
        let (whole, found) = lowered(&source, 1);
        assert!(whole.len() > 500, "{}", whole.len());
        for parts in [2, 3, MOST] {
            let (lines, told) = lowered(&source, parts);
            assert_eq!(lines, whole, "{parts}");
            assert_eq!(told, found, "{parts}");
        }
    }
}
