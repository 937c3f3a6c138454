//! A part of a document: what is in it, what it is called, and that it stands alone.

use super::regenerate::{instantly_inputs, root, run, shared};
use restwright::config::{Config, Pattern, Select};
use restwright::report::{Report, Severity};
use restwright::source::Source;
use restwright::{Generated, Inputs};
use restwright_tests::corpus::{self, crates};
use std::collections::BTreeSet;

fn patterns(texts: &[&str]) -> Vec<Pattern> {
    let pattern = |text: &&str| Pattern {
        text: (*text).to_owned(),
        ..Pattern::default()
    };
    texts.iter().map(pattern).collect()
}

fn tags(tags: &[&str]) -> Select {
    Select {
        tags: patterns(tags),
        ..Select::default()
    }
}

fn instantly(select: Select) -> (Generated, Report) {
    let mut inputs = instantly_inputs();
    inputs.config.select = select;
    generated(inputs)
}

fn generated(inputs: Inputs) -> (Generated, Report) {
    let (result, report) = run(inputs);
    let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    (generated, report)
}

/// Types by place and name; functions by method, path and name.
fn names(generated: &Generated) -> BTreeSet<String> {
    let api = &generated.api;
    let types = api.types.iter();
    let types = types.map(|it| format!("{}{} {}", it.name.place, it.form(), it.name.ident));
    let functions = api.groups.iter().flat_map(|group| {
        let operations = group.operations.iter();
        operations.map(|it| {
            let (group, name, call) = (&group.name.ident, &it.name.ident, &it.call.ident);
            format!("{} {} {group}.{name} {call}", it.method, it.path)
        })
    });
    types.chain(functions).collect()
}

#[test]
fn a_part_is_called_as_in_the_whole_and_the_lock_is_the_whole() {
    let (whole, _) = instantly(Select::default());
    let all = names(&whole);
    // All tags pass; these reach what others reach, too.
    let some = ["Account", "Campaign", "InboxPlacementAnalytics", "Lead"];
    let groups = whole.api.groups.iter();
    for group in groups.filter(|group| some.contains(&group.tag.as_str())) {
        let (part, report) = instantly(tags(&[&group.tag]));
        let some = names(&part);
        // A shared type is declared where the first of those stands that are left: by name, then.
        let idents = |names: &BTreeSet<String>| -> BTreeSet<String> {
            let names = names.iter().filter_map(|name| name.rsplit(' ').next());
            names.map(str::to_owned).collect()
        };
        let (some_idents, all_idents) = (idents(&some), idents(&all));
        let other: Vec<_> = some_idents.difference(&all_idents).collect();
        assert!(other.is_empty(), "{}: {other:?}", group.tag);
        assert!(some.len() < all.len() / 2, "{}", group.tag);
        assert_eq!(part.lock, whole.lock, "{}", group.tag);
        let [only] = part.api.groups.as_slice() else {
            panic!("{} is not alone", group.tag)
        };
        assert_eq!(only.operations.len(), group.operations.len());
        assert_eq!(
            report.count(Severity::Warning),
            0,
            "{}",
            report.render_text()
        );
    }
}

#[test]
fn lists_hold_together() {
    let (gets, _) = instantly(Select {
        methods: patterns(&["get"]),
        ..tags(&["Lead*"])
    });
    let operations = gets.api.groups.iter().flat_map(|group| &group.operations);
    let methods: BTreeSet<&str> = operations.map(|it| it.method.as_str()).collect();
    assert_eq!(methods, ["GET"].into());
    let tags: Vec<&str> = gets
        .api
        .groups
        .iter()
        .map(|group| group.tag.as_str())
        .collect();
    assert!(
        tags.len() > 1 && tags.iter().all(|tag| tag.starts_with("Lead")),
        "{tags:?}"
    );
}

/// What no selected operation reaches is not there, and what is there compiles without a warning.
#[test]
fn a_part_stands_alone() {
    let (mut part, _) = instantly(tags(&["Lead"]));
    let mut types = part.api.types.iter();
    assert!(
        types.all(|decl| decl.groups == [0]),
        "the one group reaches all"
    );
    let folder = root().join("target/selected");
    // It lies within this workspace, and is none of it.
    for file in part
        .files
        .iter_mut()
        .filter(|file| file.path == "Cargo.toml")
    {
        file.text.push_str("\n[workspace]\n");
    }
    crates::write(&folder, &part.files).expect("the crate can be written");
    let compiled = crates::compile("check", &folder, &root().join("target/generated"))
        .expect("cargo can be run");
    assert!(compiled.done, "{}", compiled.errors.join("\n"));
    assert!(
        compiled.warnings.is_empty(),
        "{}",
        compiled.warnings.join("\n")
    );
}

/// In real documents, without a lock: the first tag alone.
#[test]
fn real_documents_have_parts() {
    let mut seen = 0;
    for name in [
        "swagger-petstore.yaml",
        "train-travel.yaml",
        "netlify.yaml",
        "lichess.json",
    ] {
        let Some(path) = shared("corpus").map(|folder| folder.join(name)) else {
            return;
        };
        let Ok(source) = Source::read(&path) else {
            continue;
        };
        let inputs = |select| Inputs {
            config: Config {
                select,
                ..Config::default()
            },
            ..corpus::inputs(source.clone())
        };
        let (whole, _) = generated(inputs(Select::default()));
        // What has no tag is in a group that no tag selects.
        let declared = |tag: &str| source.text.contains(tag);
        let groups = whole.api.groups.iter().filter(|group| declared(&group.tag));
        for group in groups.take(3) {
            let (part, _) = generated(inputs(tags(&[&group.tag])));
            let idents = |generated: &Generated| -> BTreeSet<String> {
                let types = generated.api.types.iter();
                types.map(|it| it.name.ident.clone()).collect()
            };
            let (some, all) = (idents(&part), idents(&whole));
            let other: Vec<_> = some.difference(&all).collect();
            assert!(other.is_empty(), "{name} {}: {other:?}", group.tag);
            assert_eq!(part.lock, whole.lock, "{name} {}", group.tag);
            seen += 1;
        }
    }
    assert!(seen > 5, "{seen} parts");
}
