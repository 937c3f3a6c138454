//! The changes of real documents, held against the raw JSON field by field: nothing missed, nothing made up.

use super::regenerate::shared;
use restwright::diff::{Change, Site, diff};
use restwright::ir::{Api, Decl, Name};
use restwright::lower::Extent;
use restwright::name::lock::{self, Lock};
use restwright::source::{Pointer, Source};
use restwright::{Inputs, interface};
use restwright_tests::corpus;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn nothing_is_missed_and_nothing_made_up() {
    let dates = ["2026-04-13", "2026-07-09", "2026-08-12", "2026-08-21"];
    let history = dates.map(|date| format!("instantly/history/{date}.json"));
    let published = "instantly/published.openapi.json".to_owned();
    let pairs = [
        (&history[1], &published),
        (&history[1], &history[2]),
        (&history[2], &history[3]),
    ];
    let mut wrong = String::new();
    for (old, new) in pairs {
        let (Some(old), Some(new)) = (shared(old), shared(new)) else {
            return;
        };
        let read = |path| Source::read(path).expect("a document can be read");
        let (old, new) = (read(&old), read(&new));
        let names = format!("{} -> {}", old.name, new.name);
        let values = [&old, &new].map(|source| source.parse().expect("a document is JSON"));
        let before = api(old, Lock::default());
        let now = api(new, lock::of(&before, BTreeMap::new()));
        let changes = diff(&before, &now);
        let told: Vec<&Change> = changes.entries.iter().flat_map(|it| &it.changes).collect();
        let mut raw = Vec::new();
        compare(
            (&values[0], Pointer::root()),
            (&values[1], Pointer::root()),
            &mut raw,
        );
        raw.retain(|one| !is_nowhere_in_rust(one, &values));
        assert!(
            raw.len() > 50 && told.len() > 50,
            "{names}: the test looks at too little"
        );
        let (before, now) = (Side::new(&before), Side::new(&now));
        let at = |site: &Option<Site>| site.as_ref().map(|site| site.pointer.clone());
        let sites: (Nodes, Nodes) = (
            told.iter().filter_map(|change| at(&change.old)).collect(),
            told.iter().filter_map(|change| at(&change.new)).collect(),
        );
        let differing = (
            nodes(&before, raw.iter().map(|one| &one.old)),
            nodes(&now, raw.iter().map(|one| &one.new)),
        );
        let missed: Vec<String> = raw
            .iter()
            .filter(|one| !is_told(one, &sites, (&before, &now)))
            .map(|one| format!("{one:?}"))
            .collect();
        let made_up: Vec<String> = told
            .iter()
            .filter(|change| !is_raw(change, &differing, (&before, &now)))
            .map(|change| format!("{} {:?} {:?}", change.text, change.old, change.new))
            .collect();
        println!(
            "{names}: {} raw differences, {} changes, {} missed, {} made up",
            raw.len(),
            told.len(),
            missed.len(),
            made_up.len()
        );
        for (what, found) in [("missed", missed), ("made up", made_up)] {
            found
                .iter()
                .for_each(|it| wrong.push_str(&format!("{names} {what}: {it}\n")));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

fn api(source: Source, lock: Lock) -> Api<Name> {
    let inputs = Inputs {
        lock,
        ..corpus::inputs(source)
    };
    let mut report = inputs.report();
    interface(&inputs, Extent::Least, &mut report).expect("the document has an interface")
}

/// A difference of the texts: where it was, where it is; for an element of a list of names, the member it names.
#[derive(Debug)]
struct Raw {
    old: Option<Pointer>,
    new: Option<Pointer>,
}

/// What no type and no documentation carries.
fn is_nowhere_in_rust(raw: &Raw, values: &[Value; 2]) -> bool {
    let at = raw.new.as_ref().or(raw.old.as_ref());
    let segments: Vec<String> = at.map(|at| at.segments().collect()).unwrap_or_default();
    let property = |at: usize| at > 0 && segments[at - 1] == "properties";
    let named = |name: &str| {
        let mut all = segments.iter().enumerate();
        all.any(|(at, segment)| segment == name && !property(at))
    };
    let last = segments.last().map(String::as_str).unwrap_or_default();
    let own = segments.len();
    let of_response = own >= 2
        && segments
            .iter()
            .rev()
            .nth(2)
            .is_some_and(|it| it == "responses");
    // The one value that an answer can have is a text like any other.
    let one_value = |at: &Option<Pointer>, root: &Value| {
        let list = at.as_ref().map(|at| match at.last().as_deref() {
            Some("enum") => at.clone(),
            _ => at.parent().unwrap_or_default(),
        });
        list.is_none_or(|list| {
            let values = list.get(root).and_then(Value::as_array);
            list.last().as_deref() == Some("enum") && values.is_some_and(|it| it.len() == 1)
        })
    };
    let constant = one_value(&raw.old, &values[0]) && one_value(&raw.new, &values[1]);
    (last.starts_with("x-") && !last.starts_with("x-enum"))
        || (constant && named("responses"))
        || named("example")
        || named("examples")
        || (last == "description" && of_response)
        // The body's own words, where the schema in it has some.
        || (last == "description" && own >= 2 && segments[own - 2] == "requestBody")
}

fn compare(old: (&Value, Pointer), new: (&Value, Pointer), found: &mut Vec<Raw>) {
    let ((was, old), (is, new)) = (old, new);
    if was == is {
        return;
    }
    match (was, is) {
        (Value::Object(before), Value::Object(now)) => {
            let none = Value::Array(Vec::new());
            let keys = before
                .keys()
                .chain(now.keys().filter(|key| !before.contains_key(*key)));
            for key in keys {
                let (was, is) = (before.get(key), now.get(key));
                let (old, new) = (old.key(key), new.key(key));
                match (was, is) {
                    (Some(was), Some(is)) => compare((was, old), (is, new), found),
                    // A list of names that is not there has none.
                    (Some(was @ Value::Array(_)), None) if key == "required" => {
                        compare((was, old), (&none, new), found);
                    }
                    (None, Some(is @ Value::Array(_))) if key == "required" => {
                        compare((&none, old), (is, new), found);
                    }
                    (was, is) => found.push(Raw {
                        old: was.map(|_| old),
                        new: is.map(|_| new),
                    }),
                }
            }
        }
        (Value::Array(before), Value::Array(now)) => {
            lists((before, &old), (now, &new), found);
        }
        _ => found.push(Raw {
            old: Some(old),
            new: Some(new),
        }),
    }
}

/// Names by their texts, parameters by name and place, anything else by position.
fn lists(old: (&[Value], &Pointer), new: (&[Value], &Pointer), found: &mut Vec<Raw>) {
    let key = |value: &Value, at: usize| match value {
        Value::Object(object) => match (object.get("in"), object.get("name")) {
            (Some(place), Some(name)) => format!("{place} {name}"),
            (None, Some(name)) => name.to_string(),
            _ => at.to_string(),
        },
        other => other.to_string(),
    };
    let ((before, old), (now, new)) = (old, new);
    // A name in `required` is that member's matter.
    let place = |pointer: &Pointer, at: usize, value: &Value| {
        let required = pointer.last().as_deref() == Some("required");
        match (required, pointer.parent(), value.as_str()) {
            (true, Some(schema), Some(name)) => schema.key("properties").key(name),
            _ => pointer.index(at),
        }
    };
    let index = |values: &[Value]| -> BTreeMap<String, usize> {
        let keys = values.iter().enumerate();
        keys.map(|(at, value)| (key(value, at), at)).collect()
    };
    let (was, is) = (index(before), index(now));
    for (key, at) in &was {
        let old = place(old, *at, &before[*at]);
        match is.get(key) {
            Some(then) => compare(
                (&before[*at], old),
                (&now[*then], place(new, *then, &now[*then])),
                found,
            ),
            None => found.push(Raw {
                old: Some(old),
                new: None,
            }),
        }
    }
    for (_, at) in is.iter().filter(|(key, _)| !was.contains_key(*key)) {
        found.push(Raw {
            old: None,
            new: Some(place(new, *at, &now[*at])),
        });
    }
}

/// An interface, and its types by their places.
struct Side<'a> {
    at: BTreeMap<&'a Pointer, Vec<&'a Decl<Name>>>,
}

impl<'a> Side<'a> {
    fn new(api: &'a Api<Name>) -> Self {
        let mut at: BTreeMap<&Pointer, Vec<&Decl<Name>>> = BTreeMap::new();
        for decl in &api.types {
            for place in &decl.places {
                at.entry(place).or_default().push(decl);
            }
        }
        Side { at }
    }
}

/// A node and all that it is in.
fn upwards(at: &Pointer) -> impl Iterator<Item = Pointer> + use<> {
    std::iter::successors(Some(at.clone()), Pointer::parent)
}

/// The same node under every place of the types that it is in: what is shared is told once.
fn places(side: &Side, at: &Pointer) -> Vec<Pointer> {
    let mut all = vec![at.clone()];
    for place in upwards(at) {
        let mut rest: Vec<String> = at.segments().skip(place.segments().count()).collect();
        // The type of a parameter stands in its schema.
        if rest.first().is_some_and(|it| it == "schema") {
            rest.remove(0);
        }
        for decl in side.at.get(&place).into_iter().flatten() {
            let others = std::iter::once(&decl.name.place).chain(&decl.places);
            all.extend(others.map(|it| rest.iter().fold(it.clone(), |at, key| at.key(key))));
        }
    }
    all
}

/// What words, labels and bounds belong to: a label is that of the enum's values; of a type in several places the
/// words are those of the first, and the others' stand nowhere.
fn owner(side: &Side, at: &Pointer) -> Option<Pointer> {
    let last = at.last().unwrap_or_default();
    let parent = at.parent()?;
    if parent.last().is_some_and(|it| it.starts_with("x-enum")) {
        return Some(parent.parent()?.key("enum"));
    }
    if last.parse::<usize>().is_ok() && parent.last().as_deref() == Some("enum") {
        return Some(parent);
    }
    let words = [
        "description",
        "minItems",
        "maxItems",
        "contains",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "pattern",
        "default",
        "format",
        "title",
    ];
    // Of a type that stands in several places.
    let decls = upwards(at).filter_map(|place| side.at.get(&place).cloned());
    let copy = decls.flatten().any(|decl| !at.is_in(&decl.name.place));
    (!words.contains(&last.as_str()) || !copy).then(|| at.clone())
}

/// Whether one of these nodes is beneath another one, or is it.
fn is_above(at: &Pointer, nodes: &BTreeSet<Pointer>) -> bool {
    let beneath = nodes.range(at.key("")..).next();
    nodes.contains(at) || beneath.is_some_and(|node| node.is_in(at))
}

/// Whether a difference is the matter of one of these nodes: has it within, or is in it, and not in a thing within it
/// that has a name of its own.
fn concerns(nodes: &BTreeSet<Pointer>, at: &Pointer) -> bool {
    if is_above(at, nodes) {
        return true;
    }
    let named = [
        "properties",
        "parameters",
        "responses",
        "requestBody",
        "paths",
    ];
    let segments: Vec<String> = at.segments().collect();
    upwards(at).any(|node| {
        let rest = &segments[node.segments().count()..];
        let inner = rest.len().saturating_sub(2);
        let own = |segment: &String| named.contains(&segment.as_str());
        nodes.contains(&node) && !rest[..inner].iter().any(own)
    })
}

/// What one side of all changes is about.
type Nodes = BTreeSet<Pointer>;

fn is_told(raw: &Raw, (old, new): &(Nodes, Nodes), (before, now): (&Side, &Side)) -> bool {
    let all = |side, at: &Option<Pointer>| {
        let owner = at.as_ref().map(|at| owner(side, at));
        match owner {
            Some(Some(at)) => places(side, &at),
            _ => Vec::new(),
        }
    };
    let (was, is) = (all(before, &raw.old), all(now, &raw.new));
    (was.is_empty() && is.is_empty())
        || was.iter().any(|at| concerns(old, at))
        || is.iter().any(|at| concerns(new, at))
}

/// Whether there is a difference in one of a change's places, or around it.
fn is_raw(change: &Change, (old, new): &(Nodes, Nodes), (before, now): (&Side, &Side)) -> bool {
    let meets = |side, site: &Option<Site>, raw: &Nodes| {
        let all = site.as_ref().map(|site| places(side, &site.pointer));
        let around = |at: &Pointer| upwards(at).any(|above| raw.contains(&above));
        let mut all = all.unwrap_or_default().into_iter();
        all.any(|at| is_above(&at, raw) || around(&at))
    };
    meets(before, &change.old, old) || meets(now, &change.new, new)
}

/// The nodes of differences, each as that of what it belongs to.
fn nodes<'r>(side: &Side, all: impl Iterator<Item = &'r Option<Pointer>>) -> Nodes {
    let owners = all
        .flatten()
        .map(|at| owner(side, at).unwrap_or_else(|| at.clone()));
    owners.collect()
}
