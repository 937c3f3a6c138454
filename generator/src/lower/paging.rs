//! Lists that come in pages: an answer with items, and how the call for more of them is made.
//!
//! What the config says of an operation holds; else it is told from names, where a parameter and a
//! member of the answer fit each other.

mod answer;
mod detect;
mod rule;

use self::answer::{Kind, Page};
use super::draft::Draft;
use super::slot::normal;
use crate::config::PagingRule;
use crate::ir::{
    Answer, Content, Group, Location, Operation, Paging, Payload, Presence, Slot, Spot, Style,
};
use crate::read::Document;
use crate::report::Report;

/// Finds how the operations page.
pub fn find(
    document: &Document,
    groups: &mut [Group<Slot>],
    drafts: &[Draft],
    rules: &[PagingRule],
    report: &mut Report,
) {
    let mut rules = rule::Rules::new(rules);
    for operation in groups.iter_mut().flat_map(|group| &mut group.operations) {
        operation.paging = paging(document, operation, drafts, &mut rules);
    }
    rules.tell(document, report);
}

fn paging(
    document: &Document,
    operation: &Operation<Slot>,
    drafts: &[Draft],
    rules: &mut rule::Rules,
) -> Option<Paging> {
    let answer = match &operation.answer {
        Answer::One(Payload::Json(answer)) => Some(answer),
        _ => None,
    };
    match rules.apply(document, operation, answer, drafts) {
        rule::Applied::Found(paging) => Some(*paging),
        rule::Applied::Off => None,
        rule::Applied::Nothing => {
            let reads = ["GET", "POST", "QUERY"].contains(&operation.method.as_str());
            let page = answer::page(drafts, answer.filter(|_| reads)?)?;
            detect::detect(document, &found(drafts, operation, page))
        }
    }
}

/// What there is to tell the paging of an operation from.
struct Found<'d> {
    drafts: &'d [Draft],
    page: Page,
    inputs: Vec<Input>,
    /// Whether the answer has a header `Link`.
    has_link: bool,
    /// Whether the method only asks: what a `POST` answers need not be there to ask for more of it.
    asks: bool,
}

/// A single value that a call can have, in the query or the body.
struct Input {
    wire: String,
    /// Its name in [`normal`] spelling.
    name: String,
    kind: Kind,
    in_body: bool,
    required: bool,
    /// The whole number that it is where a call gives none.
    default: Option<i64>,
}

fn found<'d>(drafts: &'d [Draft], operation: &Operation<Slot>, page: Page) -> Found<'d> {
    let mut headers = operation.offer.headers.iter();
    Found {
        drafts,
        page,
        inputs: inputs(drafts, operation),
        asks: ["GET", "QUERY"].contains(&operation.method.as_str()),
        has_link: headers.any(|header| header.eq_ignore_ascii_case("link")),
    }
}

fn inputs(drafts: &[Draft], operation: &Operation<Slot>) -> Vec<Input> {
    let in_query = operation.parameters.iter().filter_map(|parameter| {
        let plain = matches!(
            parameter.location,
            Location::Query
                | Location::Styled {
                    spot: Spot::Query,
                    style: Style::Reserved,
                    ..
                }
        );
        let kind = answer::kind(drafts, &parameter.ty).filter(|_| plain)?;
        Some(Input {
            wire: parameter.wire.clone(),
            name: normal(&parameter.wire),
            kind,
            in_body: false,
            required: parameter.required,
            default: parameter.default,
        })
    });
    let body = match operation.body.as_ref().map(|body| &body.content) {
        Some(Content::Json { ty, .. }) => answer::record(drafts, ty),
        _ => None,
    };
    let in_body = body.into_iter().flatten().filter_map(|member| {
        Some(Input {
            wire: member.wire.clone(),
            name: normal(&member.wire),
            kind: answer::kind(drafts, &member.ty)?,
            in_body: true,
            required: matches!(member.presence, Presence::Required | Presence::Nullable),
            default: None,
        })
    });
    in_query.chain(in_body).collect()
}
