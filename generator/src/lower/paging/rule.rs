//! The paging that the config says: which operations a rule is for, and whether it fits them.

use super::answer::{self, Kind, Page};
use super::{Found, Input, detect, found};
use crate::config::{PagingKind, PagingRule, is_like};
use crate::ir::{Operation, Paging, Slot, Turn, Type};
use crate::lower::draft::Draft;
use crate::read::Document;
use crate::report::{Diagnostic, Report, Severity};
use crate::source::{Place, Pointer};

/// The rules, with what has become of them.
pub struct Rules<'r> {
    rules: Vec<(&'r PagingRule, Fate)>,
}

/// What has become of a rule.
#[derive(Default)]
struct Fate {
    matches: bool,
    fits: bool,
    /// Operations that it does not fit, and why; the flag says that it names them.
    misfits: Vec<(String, String, bool)>,
}

/// What the rules say of an operation.
pub enum Applied {
    Found(Box<Paging>),
    Off,
    Nothing,
}

impl<'r> Rules<'r> {
    pub fn new(rules: &'r [PagingRule]) -> Self {
        let rules = rules.iter().map(|rule| (rule, Fate::default()));
        Rules {
            rules: rules.collect(),
        }
    }

    /// What the first rule says that is for this operation and fits it.
    pub fn apply(
        &mut self,
        document: &Document,
        operation: &Operation<Slot>,
        answer: Option<&Type>,
        drafts: &[Draft],
    ) -> Applied {
        for (rule, fate) in &mut self.rules {
            if !is_for(rule, operation) {
                continue;
            }
            fate.matches = true;
            if rule.off {
                fate.fits = true;
                return Applied::Off;
            }
            match fitted(rule, document, operation, answer, drafts) {
                Ok(paging) => {
                    fate.fits = true;
                    return Applied::Found(Box::new(paging));
                }
                Err(reason) => {
                    let named = rule.operations.contains(&operation.id);
                    let misfit = (operation.id.clone(), reason, named);
                    fate.misfits.push(misfit);
                }
            }
        }
        Applied::Nothing
    }

    /// Tells of rules that are for no operation, or do not fit those that they are for. Of a part of a
    /// document nobody knows whether a rule is for something.
    pub fn tell(self, document: &Document, report: &mut Report) {
        for (rule, fate) in self.rules {
            if !fate.matches && document.is_whole {
                let message = "this rule is for no operation of the document".to_owned();
                let help = "`operations` has operationIds, or methods and paths such as `GET /pets`; \
                            `*` stands for anything";
                report.add(warning(rule, "paging-for-nothing", message, help));
            }
            let misfits = fate.misfits.into_iter().enumerate();
            let told = misfits.filter(|(index, (.., named))| *named || (!fate.fits && *index == 0));
            for (_, (operation, reason, _)) in told {
                let message = format!("this rule does not fit `{operation}`: {reason}");
                let help = "correct the rule, or take the operation out of it";
                report.add(warning(rule, "paging-does-not-fit", message, help));
            }
        }
    }
}

fn warning(rule: &PagingRule, code: &'static str, message: String, help: &str) -> Diagnostic {
    Diagnostic {
        severity: Severity::Warning,
        code,
        pointer: Pointer::root().key("paging").index(rule.index),
        message,
        help: Some(help.to_owned()),
        file: rule.file.clone(),
        place: Some(Place {
            line: rule.line,
            column: 1,
        }),
    }
}

/// Whether a rule is for an operation: by its id or its method and path, or else by its parameter.
fn is_for(rule: &PagingRule, operation: &Operation<Slot>) -> bool {
    if rule.operations.is_empty() {
        let wanted = rule.parameter.as_deref();
        let mut parameters = operation.parameters.iter();
        return wanted.is_none_or(|wanted| parameters.any(|given| given.wire == wanted));
    }
    let by_path = format!("{} {}", operation.method, operation.path);
    let mut patterns = rule.operations.iter();
    patterns.any(|pattern| is_like(pattern, &operation.id) || is_like(pattern, &by_path))
}

fn fitted(
    rule: &PagingRule,
    document: &Document,
    operation: &Operation<Slot>,
    answer: Option<&Type>,
    drafts: &[Draft],
) -> Result<Paging, String> {
    let answer = answer.ok_or("its answer is not JSON of one kind")?;
    let page = match &rule.items {
        Some(items) => answer::page_with(drafts, answer, items)
            .ok_or_else(|| format!("its answer has no list at `{items}`"))?,
        None => answer::page(drafts, answer)
            .ok_or("its answer has no list, or several: say which with `items`")?,
    };
    for place in [&rule.more, &rule.total].into_iter().flatten() {
        has(drafts, answer, place)?;
    }
    let found = found(drafts, operation, page);
    let mut paging = of_kind(rule, document, &found, answer)?;
    paging.more = rule.more.clone().or(paging.more);
    paging.total = rule.total.clone().or(paging.total);
    Ok(paging)
}

fn has(drafts: &[Draft], answer: &Type, place: &str) -> Result<(), String> {
    let there = answer::find(drafts, answer, place);
    there
        .map(|_| ())
        .ok_or_else(|| format!("its answer has no `{place}`"))
}

fn of_kind(
    rule: &PagingRule,
    document: &Document,
    found: &Found,
    answer: &Type,
) -> Result<Paging, String> {
    let page = &found.page;
    let next = match (&rule.next, rule.kind) {
        (Some(next), Some(PagingKind::Last)) => {
            has(found.drafts, &page.item, next)?;
            Some(next.clone())
        }
        (Some(next), _) => {
            has(found.drafts, answer, next)?;
            Some(next.clone())
        }
        (None, _) => None,
    };
    match rule.kind.ok_or("it says no `kind`")? {
        PagingKind::Link => Ok(detect::paging(page, Turn::Link)),
        PagingKind::Url => {
            let next = next.ok_or("it does not say where the address is, with `next`")?;
            Ok(detect::paging(page, Turn::Url(next)))
        }
        PagingKind::Cursor => {
            let input = input(rule, found)?;
            let known = || detect::cursor_value(document, page, input);
            let from = next.or_else(|| Some(known()?.at.clone()));
            let from = from.ok_or("it does not say where the cursor is, with `next`")?;
            let name = input.wire.clone();
            Ok(within(
                input,
                detect::paging(page, Turn::Cursor { name, from }),
            ))
        }
        PagingKind::Last => {
            let input = input(rule, found)?;
            let from = next.ok_or("it does not say what the last item has, with `next`")?;
            let name = input.wire.clone();
            Ok(within(
                input,
                detect::paging(page, Turn::Last { name, from }),
            ))
        }
        PagingKind::Page => {
            let current = detect::current_page(page);
            counted(rule, page, input(rule, found)?, Turn::Page, current)
        }
        PagingKind::Offset => counted(rule, page, input(rule, found)?, Turn::Offset, None),
    }
}

fn within(input: &Input, paging: Paging) -> Paging {
    Paging {
        in_body: input.in_body,
        ..paging
    }
}

fn counted(
    rule: &PagingRule,
    page: &Page,
    input: &Input,
    turn: fn(String) -> Turn,
    current: Option<&answer::Value>,
) -> Result<Paging, String> {
    let first = rule.first.or(input.default);
    let counted = detect::counted(page, input, turn, first, current);
    counted.ok_or_else(|| "it does not say which number is the `first`".to_owned())
}

fn input<'f>(rule: &PagingRule, found: &'f Found) -> Result<&'f Input, String> {
    let wanted = rule.parameter.as_deref().ok_or("it says no `parameter`")?;
    let mut inputs = found.inputs.iter();
    let input = inputs.find(|input| input.wire == wanted && input.kind != Kind::Flag);
    input.ok_or_else(|| {
        format!("neither its query nor its JSON body has a text or number `{wanted}`")
    })
}
