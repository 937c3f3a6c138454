//! Addresses: the one that a client has by default, the constants of the others, an operation's own.
//!
//! Another host is another machine, and the secrets of callers go to it, so that is breaking. Another path on the
//! same host is the server's matter.

use super::pair::pair;
use super::{Change, Cx, Verdict, docs, text};
use crate::ir::{Name, Operation, Server};
use crate::source::Pointer;

/// The changes of the document's servers.
pub fn changes(cx: &Cx) -> Vec<Change> {
    let mut changes: Vec<Change> = default(cx).into_iter().collect();
    let paired = pair(
        &cx.old.servers,
        &cx.new.servers,
        |server| server.name.ident.clone(),
        &[&|old, new| old.template == new.template, &|old, new| {
            old.address == cx.old.default_server && new.address == cx.new.default_server
        }],
    );
    for (was, is) in paired.both {
        let at = |change: Change| change.at(&was.name, &is.name);
        changes.extend(both(was, is).into_iter().map(at));
    }
    for was in paired.removed {
        let text = format!("the server {} is gone", shown(was));
        let verdict = match was.address.is_some() || was.choice.is_some() {
            true => Verdict::Breaking,
            false => Verdict::Docs,
        };
        let change = Change::new("server-removed", verdict, text);
        changes.push(change.was(was.template.as_str()).at_old(&was.name.place));
    }
    for is in paired.added {
        let text = format!("the server {} is new", shown(is));
        let change = Change::new("server-added", Verdict::Addition, text);
        changes.push(change.is(is.template.as_str()).at_new(&is.name.place));
    }
    changes
}

fn shown(of: &Server<Name>) -> String {
    let name = text::code(&format!("servers::{}", of.name.ident));
    format!("{name} ({})", text::code(&of.template))
}

fn default(cx: &Cx) -> Option<Change> {
    let (was, is) = (&cx.old.default_server, &cx.new.default_server);
    if was == is {
        return None;
    }
    let show = |of: &Option<String>| text::code(of.as_deref().unwrap_or("none"));
    let change = match (was, is) {
        (Some(from), Some(to)) => {
            let text = format!(
                "a client calls {} by default, was {}",
                text::code(to),
                text::code(from)
            );
            other_address("default-server-changed", text, from, to)
        }
        (None, _) => {
            let text = format!(
                "`Client::builder` takes no address any more: it is {}",
                show(is)
            );
            Change::new("default-server-added", Verdict::Breaking, text)
        }
        (_, None) => {
            let text = format!(
                "`Client::builder` asks for an address; it was {}",
                show(was)
            );
            Change::new("default-server-removed", Verdict::Breaking, text)
        }
    };
    let place = Pointer::root().key("servers");
    let (was, is) = (was.as_deref(), is.as_deref());
    let change = change.at_old(&place).at_new(&place);
    Some(change.was(was.unwrap_or("none")).is(is.unwrap_or("none")))
}

fn other_address(code: &'static str, text: String, from: &str, to: &str) -> Change {
    match host(from) == host(to) {
        true => Change::new(code, Verdict::Behaviour, text),
        false => Change::on_the_wire(code, text),
    }
}

/// `https://api.example.com/v1` → `https://api.example.com`
fn host(address: &str) -> &str {
    let start = address.find("://").map_or(0, |at| at + "://".len());
    let rest = address.get(start..).unwrap_or_default();
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    address.get(..start + end).unwrap_or(address)
}

fn both(was: &Server<Name>, is: &Server<Name>) -> Vec<Change> {
    let mut changes = Vec::new();
    if was.name.ident != is.name.ident {
        let text = format!("the server {} was called {}", shown(is), shown(was));
        let change = Change::new("server-renamed", Verdict::Breaking, text);
        changes.push(change.was(&was.name.ident).is(&is.name.ident));
    }
    if was.template != is.template || was.address != is.address {
        let text = format!("the server {} was {}", shown(is), text::code(&was.template));
        let change = Change::new("server-changed", Verdict::Behaviour, text);
        changes.push(change.was(was.template.as_str()).is(is.template.as_str()));
    }
    let has_constant = |of: &Server<Name>| of.address.is_some();
    let arguments = |of: &Server<Name>| match &of.choice {
        Some(choice) => {
            let names = choice.variables.iter().map(|it| it.name.ident.as_str());
            let names: Vec<&str> = names.collect();
            format!("{}({})", choice.name.ident, names.join(", "))
        }
        None => "none".to_owned(),
    };
    let (from, to) = (arguments(was), arguments(is));
    if from != to {
        let codes = (text::code(&to), text::code(&from));
        let text = format!("the function of a server is {}, was {}", codes.0, codes.1);
        let verdict = match was.choice.is_some() {
            true => Verdict::Breaking,
            false => Verdict::Addition,
        };
        let change = Change::new("server-function-changed", verdict, text);
        changes.push(change.was(from).is(to));
    }
    match (has_constant(was), has_constant(is)) {
        (true, false) => {
            let text = format!("the server {} has no constant any more", shown(is));
            changes.push(Change::new(
                "server-constant-removed",
                Verdict::Breaking,
                text,
            ));
        }
        (false, true) => {
            let text = format!("the server {} has a constant", shown(is));
            changes.push(Change::new(
                "server-constant-added",
                Verdict::Addition,
                text,
            ));
        }
        _ => {}
    }
    changes.extend(docs(
        &format!("the server {}", shown(is)),
        &was.doc,
        &is.doc,
    ));
    changes
}

/// An operation's own server.
pub fn of_operation(was: &Operation<Name>, is: &Operation<Name>) -> Option<Change> {
    if was.server == is.server {
        return None;
    }
    let show = |of: &Option<String>| text::code(of.as_deref().unwrap_or("the client's"));
    let text = format!(
        "it goes to the server {}, was {}",
        show(&is.server),
        show(&was.server)
    );
    let change = match (&was.server, &is.server) {
        (Some(from), Some(to)) => other_address("operation-server-changed", text, from, to),
        // The client's may be whatever the caller has set.
        _ => Change::on_the_wire("operation-server-changed", text),
    };
    let (from, to) = (was.server.as_deref(), is.server.as_deref());
    Some(
        change
            .was(from.unwrap_or("the client's"))
            .is(to.unwrap_or("the client's")),
    )
}

#[cfg(test)]
mod tests {
    use super::host;

    #[test]
    fn finds_the_host() {
        for (address, wanted) in [
            ("https://a.example/v1", "https://a.example"),
            ("https://a.example", "https://a.example"),
            ("http://a.example:8080?x", "http://a.example:8080"),
            ("/v1", ""),
            ("", ""),
        ] {
            assert_eq!(host(address), wanted, "{address}");
        }
    }
}
