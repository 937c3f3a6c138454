//! The scopes of servers: constants, functions, and the arguments of each.

use super::named;
use super::settle::{Scope, Wanted, settle};
use super::spell::Case;
use crate::ir::{Choice, Name, Server, Slot, Variable};
use crate::report::Report;

/// Names the constants, and the functions of those addresses in which something can be chosen.
pub fn servers(servers: Vec<Server<Slot>>, report: &mut Report) -> Vec<Server<Name>> {
    let constants = Scope {
        case: Case::Shouty,
        reserved: &["DEFAULT", "ALL"],
        endings: &[],
        fallback: "server",
    };
    let functions = Scope {
        case: Case::Snake,
        reserved: &[],
        endings: &[],
        fallback: "server",
    };
    let names = settle(
        &constants,
        &wanted(servers.iter().map(|it| &it.name)),
        report,
    );
    let choices = servers.iter().filter_map(|server| server.choice.as_ref());
    let choices = wanted(choices.map(|choice| &choice.name));
    let mut choices = settle(&functions, &choices, report).into_iter();
    let servers = servers.into_iter().zip(names);
    servers
        .map(|(server, ident)| Server {
            name: named(server.name, ident),
            template: server.template,
            address: server.address,
            choice: server.choice.map(|choice| Choice {
                name: named(choice.name, choices.next().unwrap_or_default()),
                variables: variables(choice.variables, report),
            }),
            doc: server.doc,
        })
        .collect()
}

fn variables(variables: Vec<Variable<Slot>>, report: &mut Report) -> Vec<Variable<Name>> {
    let scope = Scope {
        case: Case::Snake,
        reserved: &[],
        endings: &[],
        fallback: "variable",
    };
    let names = settle(&scope, &wanted(variables.iter().map(|it| &it.name)), report);
    let variables = variables.into_iter().zip(names);
    variables
        .map(|(variable, ident)| Variable {
            name: named(variable.name, ident),
            wire: variable.wire,
            doc: variable.doc,
        })
        .collect()
}

fn wanted<'s>(slots: impl Iterator<Item = &'s Slot>) -> Vec<Wanted<'s>> {
    slots.map(|slot| Wanted { slot, given: None }).collect()
}
