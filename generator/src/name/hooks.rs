//! The scope of what reads webhooks and callbacks.

use super::lock::Lock;
use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use super::{Pins, named, pin};
use crate::ir::{Hook, Name, Slot};
use crate::report::Report;

/// Names each function.
pub fn hooks(
    hooks: Vec<Hook<Slot>>,
    pins: &Pins,
    lock: &Lock,
    report: &mut Report,
) -> Vec<Hook<Name>> {
    let known = |slot: &Slot| {
        let names = lock.operations.get(&slot.place.to_string());
        names.and_then(|names| names.first().cloned())
    };
    let wanted: Vec<Wanted> = hooks
        .iter()
        .map(|hook| Wanted {
            slot: &hook.name,
            given: pin(pins, &hook.name.place).or_else(|| known(&hook.name)),
        })
        .collect();
    let scope = Scope {
        case: Case::Snake,
        reserved: &[],
        endings: &[],
        fallback: "webhook",
    };
    let names = settle(&scope, &wanted, report);
    let hooks = hooks.into_iter().zip(names);
    hooks
        .map(|(hook, ident)| Hook {
            name: named(hook.name, ident),
            what: hook.what,
            registered_by: hook.registered_by,
            doc: hook.doc,
            body: hook.body,
        })
        .collect()
}
