//! The scopes within types: fields, variants, forms.

use super::lock::{LockedType, idents, reply_text, value_texts};
use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use super::{Pins, named, pin};
use crate::ir::{BodyCase, Branch, Extra, Member, Name, Outcome, Shape, Slot, Variant};
use crate::report::Report;
use std::collections::HashMap;

/// The names that a type's members had.
struct Known<'k> {
    /// By their texts on the wire.
    idents: HashMap<&'k str, &'k str>,
    /// That of what is not the document's.
    own: Option<&'k str>,
}

/// Names the members, values or forms of a type.
pub fn shape(
    shape: Shape<Slot>,
    sent: bool,
    pins: &Pins,
    known: &LockedType,
    report: &mut Report,
) -> Shape<Name> {
    let known = &Known {
        idents: idents(&known.members),
        own: known.own.as_deref(),
    };
    match shape {
        Shape::Record { fields, extra } => record(fields, extra, sent, pins, known, report),
        Shape::Enum {
            wire,
            variants,
            unknown,
        } => {
            let wanted: Vec<Wanted> = variants
                .iter()
                .zip(value_texts(&variants))
                .map(|(variant, text)| wanted(&variant.name, &text, pins, known))
                .collect();
            let (names, unknown_name) = with_own(&VARIANTS, &wanted, &unknown, known, report);
            let variants = variants.into_iter().zip(names);
            Shape::Enum {
                wire,
                variants: variants
                    .map(|(variant, ident)| Variant {
                        name: named(variant.name, ident),
                        value: variant.value,
                        doc: variant.doc,
                    })
                    .collect(),
                unknown: named(unknown, unknown_name),
            }
        }
        Shape::Union {
            tag,
            branches,
            unknown,
        } => {
            let wanted: Vec<Wanted> = branches
                .iter()
                .map(|branch| wanted(&branch.name, &branch.name.place.to_string(), pins, known))
                .collect();
            let (names, unknown_name) = with_own(&VARIANTS, &wanted, &unknown, known, report);
            let branches = branches.into_iter().zip(names);
            Shape::Union {
                tag,
                branches: branches
                    .map(|(branch, ident)| Branch {
                        name: named(branch.name, ident),
                        ty: branch.ty,
                        tags: branch.tags,
                        doc: branch.doc,
                    })
                    .collect(),
                unknown: named(unknown, unknown_name),
            }
        }
        Shape::Replies(cases) => {
            let wanted: Vec<Wanted> = cases
                .iter()
                .map(|case| wanted(&case.name, &reply_text(&case.reply), pins, known))
                .collect();
            let names = settle(&VARIANTS, &wanted, report);
            let cases = cases.into_iter().zip(names);
            Shape::Replies(
                cases
                    .map(|(case, ident)| Outcome {
                        name: named(case.name, ident),
                        reply: case.reply,
                    })
                    .collect(),
            )
        }
        Shape::Bodies(choices) => {
            let wanted: Vec<Wanted> = choices
                .iter()
                .map(|choice| wanted(&choice.name, &choice.media, pins, known))
                .collect();
            let names = settle(&VARIANTS, &wanted, report);
            let choices = choices.into_iter().zip(names);
            Shape::Bodies(
                choices
                    .map(|(choice, ident)| BodyCase {
                        name: named(choice.name, ident),
                        media: choice.media,
                        content: choice.content,
                        sample: choice.sample,
                    })
                    .collect(),
            )
        }
        Shape::Alias(ty) => Shape::Alias(ty),
    }
}

/// Names what the document has, and with it the one thing that is ours: it keeps the name it was
/// given, and otherwise takes one that the document leaves.
fn with_own(
    scope: &Scope,
    wanted: &[Wanted],
    own: &Slot,
    known: &Known,
    report: &mut Report,
) -> (Vec<String>, String) {
    if let Some(own) = known.own {
        let reserved: Vec<&str> = scope.reserved.iter().copied().chain([own]).collect();
        return (
            settle(
                &Scope {
                    reserved: &reserved,
                    ..*scope
                },
                wanted,
                report,
            ),
            own.to_owned(),
        );
    }
    let names = settle(scope, wanted, report);
    let reserved: Vec<&str> = scope
        .reserved
        .iter()
        .copied()
        .chain(names.iter().map(String::as_str))
        .collect();
    let own = settle(
        &Scope {
            reserved: &reserved,
            ..*scope
        },
        &[Wanted {
            slot: own,
            given: None,
        }],
        report,
    );
    (names, own.into_iter().next().unwrap_or_default())
}

const VARIANTS: Scope = Scope {
    case: Case::Camel,
    reserved: &[],
    endings: &[],
    fallback: "value",
};

fn wanted<'s>(slot: &'s Slot, wire: &str, pins: &Pins, known: &Known) -> Wanted<'s> {
    let given =
        pin(pins, &slot.place).or_else(|| known.idents.get(wire).map(|ident| (*ident).to_owned()));
    Wanted { slot, given }
}

fn record(
    fields: Vec<Member<Slot>>,
    extra: Option<Extra<Slot>>,
    sent: bool,
    pins: &Pins,
    known: &Known,
    report: &mut Report,
) -> Shape<Name> {
    let all: Vec<Wanted> = fields
        .iter()
        .map(|field| wanted(&field.name, &field.wire, pins, known))
        .collect();
    // A builder has a setter per field, and these.
    let reserved: &[&str] = if sent {
        &["build", "fill", "missing", "clone", "into"]
    } else {
        &[]
    };
    let scope = Scope {
        case: Case::Snake,
        reserved,
        endings: &[],
        fallback: "field",
    };
    let (names, extra_name) = match &extra {
        Some(extra) => with_own(&scope, &all, &extra.name, known, report),
        None => (settle(&scope, &all, report), String::new()),
    };
    let fields = fields.into_iter().zip(names);
    Shape::Record {
        fields: fields
            .map(|(field, ident)| Member {
                name: named(field.name, ident),
                wire: field.wire,
                ty: field.ty,
                presence: field.presence,
                fixed: field.fixed,
                doc: field.doc,
            })
            .collect(),
        extra: extra.map(|extra| Extra {
            name: named(extra.name, extra_name),
            ty: extra.ty,
            except: extra.except,
        }),
    }
}
