//! Credentials: the functions of the client's builder that take secrets, and what operations ask for.

use super::pair::pair;
use super::{Change, Cx, Verdict, docs, text};
use crate::ir::{Alternatives, Api, Name, Operation, Proof, Scheme, TokenUrl, Tokens};
use crate::source::Pointer;

/// The changes of the document's schemes, and of what it asks for throughout.
pub fn changes(cx: &Cx) -> Vec<Change> {
    let paired = pair(
        &cx.old.schemes,
        &cx.new.schemes,
        |scheme| scheme.wire.clone(),
        &[&|old, new| old.name.ident == new.name.ident, &|old, new| {
            old.proof == new.proof
        }],
    );
    let mut changes = Vec::new();
    for (was, is) in paired.both {
        let at = |change: Change| change.at(&was.name, &is.name);
        changes.extend(both(was, is).into_iter().map(at));
    }
    for was in paired.removed {
        let text = format!("the credential {} is gone", setter(was));
        let change = Change::new("credential-removed", Verdict::Breaking, text);
        changes.push(change.was(&was.name.ident).at_old(&was.name.place));
    }
    for is in paired.added {
        let text = format!("the credential {} is new", setter(is));
        let change = Change::new("credential-added", Verdict::Addition, text);
        changes.push(change.is(&is.name.ident).at_new(&is.name.place));
    }
    let everywhere = Pointer::root().key("security");
    let asked = asked(cx, &cx.old.security, &cx.new.security, "operations ask");
    changes.extend(asked.map(|it| it.at_old(&everywhere).at_new(&everywhere)));
    changes.extend(main(cx));
    changes
}

fn setter(of: &Scheme<Name>) -> String {
    let name = text::code(&format!("ClientBuilder::{}", of.name.ident));
    format!("{name} (scheme {})", text::code(&of.wire))
}

fn proof(of: &Proof) -> String {
    match of {
        Proof::Basic => "name and password".to_owned(),
        Proof::Authorization(word) => format!("Authorization: {}", text::plain(word)),
        Proof::Header(name) => format!("header {}", text::plain(name)),
        Proof::Query(name) => format!("query parameter {}", text::plain(name)),
        Proof::Cookie(name) => format!("cookie {}", text::plain(name)),
    }
}

fn both(was: &Scheme<Name>, is: &Scheme<Name>) -> Vec<Change> {
    let mut changes = Vec::new();
    if was.name.ident != is.name.ident {
        let text = format!("the credential {} was {}", setter(is), setter(was));
        let change = Change::new("credential-renamed", Verdict::Breaking, text);
        changes.push(change.was(&was.name.ident).is(&is.name.ident));
    }
    if was.proof != is.proof {
        let (from, to) = (proof(&was.proof), proof(&is.proof));
        let codes = (text::code(&to), text::code(&from));
        let text = format!("{} shows {}, was {}", setter(is), codes.0, codes.1);
        let verdict = match (was.proof == Proof::Basic) == (is.proof == Proof::Basic) {
            true => Verdict::Behaviour,
            false => Verdict::Breaking,
        };
        let change = Change::new("credential-shown-otherwise", verdict, text);
        changes.push(change.was(from).is(to));
    }
    changes.extend(tokens(was, is));
    changes.extend(docs(
        &format!("the credential {}", setter(is)),
        &was.doc,
        &is.doc,
    ));
    changes
}

/// The module of a scheme whose tokens a client gets by itself.
fn tokens(was: &Scheme<Name>, is: &Scheme<Name>) -> Vec<Change> {
    let module = text::code(&format!("security::{}", is.name.ident));
    let mut changes = Vec::new();
    let mut told = |code, verdict, text| changes.push(Change::new(code, verdict, text));
    let (old, new) = match (&was.tokens, &is.tokens) {
        (None, None) => return changes,
        (None, Some(_)) => {
            let text = format!("{module} gets tokens");
            told("tokens-added", Verdict::Addition, text);
            return changes;
        }
        (Some(_), None) => {
            let text = format!("{module} is gone: there is nowhere to get tokens from");
            told("tokens-removed", Verdict::Breaking, text);
            return changes;
        }
        (Some(old), Some(new)) => (old, new),
    };
    type Flow = fn(&Tokens) -> &Option<TokenUrl>;
    let flows: [(&str, Flow); 2] = [
        ("client_credentials", |it| &it.own),
        ("refresh_token", |it| &it.refreshed),
    ];
    for (function, url) in flows {
        let name = text::code(&format!("security::{}::{function}", is.name.ident));
        match (url(old), url(new)) {
            (old, new) if old == new => {}
            (None, _) => told("tokens-added", Verdict::Addition, format!("{name} is new")),
            (_, None) => told(
                "tokens-removed",
                Verdict::Breaking,
                format!("{name} is gone"),
            ),
            (Some(TokenUrl::Whole(old)), Some(TokenUrl::Whole(new)))
            | (Some(TokenUrl::Relative(old)), Some(TokenUrl::Relative(new))) => {
                let codes = (text::code(new), text::code(old));
                let text = format!("{name} gets tokens from {}, was {}", codes.0, codes.1);
                told("tokens-address-changed", Verdict::Behaviour, text);
            }
            _ => {
                let text =
                    format!("{name} takes other arguments: where tokens come from has changed");
                told("tokens-address-changed", Verdict::Breaking, text);
            }
        }
    }
    if old.scopes != new.scopes {
        let (code, verdict, text) = match (old.scopes.is_empty(), new.scopes.is_empty()) {
            (true, _) => ("scopes-added", Verdict::Addition, "there are scopes now"),
            (_, true) => (
                "scopes-removed",
                Verdict::Breaking,
                "there are no scopes any more",
            ),
            _ => (
                "scopes-changed",
                Verdict::Behaviour,
                "there are other scopes",
            ),
        };
        told(code, verdict, format!("{module}: {text}"));
    }
    changes
}

/// `Client::new`.
fn main(cx: &Cx) -> Option<Change> {
    let of = |api: &'_ Api<Name>| {
        let scheme = api.main_scheme.and_then(|at| api.schemes.get(at));
        scheme.map(|it| (it.wire.clone(), it.name.clone(), it.proof.clone()))
    };
    let change = match (of(cx.old), of(cx.new)) {
        (None, None) => return None,
        (None, Some((_, name, _))) => {
            let setter = text::code(&name.ident);
            let text = format!("`Client::new` is there, for {setter}");
            Change::new("client-new-added", Verdict::Addition, text).at_new(&name.place)
        }
        (Some((_, name, _)), None) => {
            let text =
                "`Client::new` is gone: no credential is enough for most operations".to_owned();
            Change::new("client-new-removed", Verdict::Breaking, text).at_old(&name.place)
        }
        (Some((was, _, _)), Some((is, _, _))) if was == is => return None,
        (Some((_, was, old)), Some((_, is, new))) => {
            let codes = (text::code(&is.ident), text::code(&was.ident));
            let text = format!(
                "`Client::new` takes the secret of {}, was {}",
                codes.0, codes.1
            );
            let code = "client-new-changed";
            let change = match (old == new, (old == Proof::Basic) == (new == Proof::Basic)) {
                (true, _) => Change::new(code, Verdict::Behaviour, text),
                (_, true) => Change::on_the_wire(code, text),
                _ => Change::new(code, Verdict::Breaking, text),
            };
            change.was(&was.ident).is(&is.ident).at(&was, &is)
        }
    };
    Some(change)
}

/// What an operation asks for, where one of the two says so itself.
pub fn of_operation(cx: &Cx, was: &Operation<Name>, is: &Operation<Name>) -> Option<Change> {
    if was.security.is_none() && is.security.is_none() {
        return None;
    }
    let old = was.security.as_ref().unwrap_or(&cx.old.security);
    let new = is.security.as_ref().unwrap_or(&cx.new.security);
    asked(cx, old, new, "it asks")
}

/// Other credentials are asked for. A call that had enough, and has not now, is refused before it is sent.
fn asked(cx: &Cx, old: &Alternatives, new: &Alternatives, who: &str) -> Option<Change> {
    let (was, is) = (sets(cx.old, old), sets(cx.new, new));
    if was == is {
        return None;
    }
    let (from, to) = (shown(&was), shown(&is));
    let codes = (text::code(&to), text::code(&from));
    let text = format!("{who} for {}, was {}", codes.0, codes.1);
    let enough = |had: &Vec<String>| {
        let mut lists = is.iter();
        lists.any(|list| list.iter().all(|scheme| had.contains(scheme)))
    };
    let change = match was.iter().all(enough) {
        true => Change::new("security-changed", Verdict::Behaviour, text),
        false => Change::on_the_wire("security-changed", text),
    };
    Some(change.was(from).is(to))
}

/// Each list that is enough, by the schemes' names; asking for nothing is an empty list.
fn sets(api: &Api<Name>, of: &Alternatives) -> Vec<Vec<String>> {
    let name = |at: &usize| api.schemes.get(*at).map(|scheme| scheme.wire.clone());
    let mut lists: Vec<Vec<String>> = of
        .iter()
        .map(|list| {
            let mut names: Vec<String> = list.iter().filter_map(name).collect();
            names.sort();
            names
        })
        .collect();
    if lists.is_empty() {
        lists.push(Vec::new());
    }
    lists
}

fn shown(lists: &[Vec<String>]) -> String {
    let list = |names: &Vec<String>| match names.as_slice() {
        [] => "nothing".to_owned(),
        names => text::plain(&names.join(" and ")),
    };
    let lists: Vec<String> = lists.iter().map(list).collect();
    lists.join(", or ")
}
