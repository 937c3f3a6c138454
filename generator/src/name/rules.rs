//! The scope of the tables of what is checked.

use super::named;
use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use crate::ir::{Name, Rules, Slot, Table};
use crate::report::Report;

/// Names the tables.
pub fn rules(rules: Rules<Slot>, report: &mut Report) -> Rules<Name> {
    let scope = Scope {
        case: Case::Shouty,
        reserved: &[],
        endings: &[],
        fallback: "schema",
    };
    let wanted = rules.tables.iter().map(|table| Wanted {
        slot: &table.name,
        given: None,
    });
    let names = settle(&scope, &wanted.collect::<Vec<_>>(), report);
    let tables = rules.tables.into_iter().zip(names);
    Rules {
        tables: tables
            .map(|(table, ident)| Table {
                name: named(table.name, ident),
                rules: table.rules,
            })
            .collect(),
        operations: rules.operations,
    }
}
