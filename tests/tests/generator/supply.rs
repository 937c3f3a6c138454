//! What we depend on: generator/docs/dependencies.md names each, and what comes with them is listed there.
//!
//! Reads what cargo knows, which fetches at most what a build did not need; `.ci/deny` has cargo-deny look
//! at licences, sources and advisories.

use super::regenerate::root;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::process::Command;

/// What the lists are of.
const TARGET: &str = "x86_64-unknown-linux-gnu";

/// As many packages may come with a generated crate, besides what reqwest brings.
const MOST: usize = 60;

/// What cargo prints for the workspace.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).arg("--locked").current_dir(root());
    let output = command.output();
    let output = output.expect("cargo can be run");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("cargo prints text")
}

/// Every package of the workspace's tree.
fn packages() -> Vec<Value> {
    let text = cargo(&[
        "metadata",
        "--format-version=1",
        "--filter-platform",
        TARGET,
    ]);
    let value: Value = serde_json::from_str(&text).expect("it is JSON");
    let packages = value["packages"].as_array();
    packages.expect("there are packages").clone()
}

fn text<'v>(package: &'v Value, key: &str) -> &'v str {
    package[key].as_str().unwrap_or_default()
}

/// A package as `name version`.
fn id(package: &Value) -> String {
    format!("{} {}", text(package, "name"), text(package, "version"))
}

/// What a package's tree has, as `name version`: outside of what reqwest brings, and in it.
fn tree(package: &str) -> [BTreeSet<String>; 2] {
    let text = cargo(&[
        "tree",
        "--package",
        package,
        "--target",
        TARGET,
        "--edges",
        "normal,build",
        "--prefix",
        "depth",
        "--no-dedupe",
    ]);
    let [mut own, mut stack] = [BTreeSet::new(), BTreeSet::new()];
    let mut beneath = None;
    for line in text.lines().skip(1) {
        let digits = line.find(|it: char| !it.is_ascii_digit()).unwrap_or(0);
        let (depth, rest) = line.split_at(digits);
        let depth: usize = depth.parse().expect("lines begin with their depth");
        let id = listed(rest);
        beneath = beneath.filter(|top| depth > *top);
        if id.starts_with("reqwest ") {
            beneath = Some(depth);
        }
        match beneath {
            Some(_) => stack.insert(id),
            None => own.insert(id),
        };
    }
    let stack = &stack - &own;
    [own, stack]
}

/// What is compiled for the workspace and its tests, as `name version`.
fn built() -> BTreeSet<String> {
    let text = cargo(&[
        "tree",
        "--workspace",
        "--target",
        TARGET,
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
    ]);
    let lines = text.lines().filter(|line| !line.is_empty());
    lines.map(listed).collect()
}

/// `name v1.2.3 (proc-macro)` as `name 1.2.3`.
fn listed(line: &str) -> String {
    let mut words = line.split_whitespace();
    let [name, version] = [words.next(), words.next()].map(Option::unwrap_or_default);
    format!("{name} {}", version.trim_start_matches('v'))
}

/// `1.88` before `1.88.1`.
fn version(text: &str) -> Vec<u32> {
    let parts = text.split('.').map(|part| part.parse());
    let mut parts: Vec<u32> = parts.map(|part| part.expect("it is a number")).collect();
    parts.resize(3, 0);
    parts
}

#[test]
fn no_dependency_asks_for_a_later_compiler() {
    let packages = packages();
    let claims = |package: &Value| package["rust_version"].as_str().map(version);
    let of = |name: &str| {
        let package = packages.iter().find(|it| text(it, "name") == name);
        claims(package.expect("it is a member")).expect("it says a version")
    };
    let [ours, client] = [of("restwright"), of("instantly-client")];
    assert!(client <= ours);
    let trees: BTreeSet<String> = tree("instantly-client").into_iter().flatten().collect();
    for package in &packages {
        let claim = claims(package).unwrap_or_default();
        assert!(claim <= ours, "{} asks for {claim:?}", id(package));
        let with_client = trees.contains(&id(package));
        assert!(
            !with_client || claim <= client,
            "{} asks for {claim:?}",
            id(package)
        );
    }
    let known: BTreeSet<String> = packages.iter().map(id).collect();
    assert!(trees.is_subset(&known), "{:?}", &trees - &known);
}

#[test]
fn everything_comes_from_the_registry() {
    for package in packages() {
        let own = package["source"].is_null();
        let registry =
            text(&package, "source").starts_with("registry+https://github.com/rust-lang/");
        assert!(own || registry, "{}: {}", id(&package), package["source"]);
    }
}

/// Who has a dependency of its own, in the words of the page.
fn users() -> BTreeMap<String, String> {
    let mut users: BTreeMap<String, BTreeSet<(usize, &str)>> = BTreeMap::new();
    for package in packages() {
        let user = match text(&package, "name") {
            "restwright" => (0, "generator"),
            "restwright-runtime" | "instantly-client" => (1, "client"),
            "restwright-macro" => (2, "macro"),
            "restwright-tests" | "restwright-bench" | "restwright-checks" => (3, "tests"),
            _ => continue,
        };
        let dependencies = package["dependencies"].as_array();
        for dependency in dependencies.expect("there are dependencies") {
            if dependency["path"].is_null() {
                let user = match dependency["kind"].as_str() {
                    Some("dev") => (3, "tests"),
                    _ => user,
                };
                let name = text(dependency, "name").to_owned();
                users.entry(name).or_default().insert(user);
            }
        }
    }
    let words = |users: BTreeSet<(usize, &str)>| {
        let words: Vec<&str> = users.into_iter().map(|(_, word)| word).collect();
        words.join(", ")
    };
    users
        .into_iter()
        .map(|(name, users)| (name, words(users)))
        .collect()
}

fn page() -> String {
    let page = std::fs::read_to_string(root().join("generator/docs/dependencies.md"));
    page.expect("the page is there")
}

#[test]
fn each_direct_dependency_has_its_reason() {
    let page = page();
    let table = page.split(MARK).next().expect("there is a first part");
    let mut rows = BTreeMap::new();
    for line in table.lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [name, users, why, others] = cells[..] else {
            panic!("four cells: {line}");
        };
        assert!(!why.is_empty() && !others.is_empty(), "{line}");
        rows.insert(name.trim_matches('`').to_owned(), users.to_owned());
    }
    assert_eq!(rows, users());
}

/// What stands before, between and after the lists.
const MARK: &str = "<!-- made by tests/generator/supply.rs -->";

#[test]
fn what_comes_with_them_is_listed() {
    let [own, stack] = tree("instantly-client");
    assert!(own.len() < MOST, "{}: {own:?}", own.len());
    let lists = lists(&own, &stack);
    let text = page();
    let parts: Vec<&str> = text.splitn(3, MARK).collect();
    let [head, _, tail] = parts[..] else {
        panic!("the page has two marks");
    };
    let wanted = format!("{head}{MARK}\n{lists}{MARK}{tail}");
    if std::env::var_os("RESTWRIGHT_BLESS").is_some() {
        let path = root().join("generator/docs/dependencies.md");
        std::fs::write(path, wanted).expect("the page can be written");
    } else {
        assert_eq!(text, wanted, "RESTWRIGHT_BLESS=1 writes it");
    }
}

fn lists(own: &BTreeSet<String>, stack: &BTreeSet<String>) -> String {
    let mut out = String::new();
    let names = |ids: &BTreeSet<String>| {
        let names: BTreeSet<&str> = ids.iter().filter_map(|id| id.split(' ').next()).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    };
    let _ = writeln!(
        out,
        "A generated crate with its default features, on {TARGET}: {} packages of its own, and {} that\n\
         reqwest brings, the HTTP and TLS stack.\n\n- own: {}\n- stack: {}\n",
        own.len(),
        stack.len(),
        names(own),
        names(stack),
    );
    for (name, what) in [
        ("restwright", "the program"),
        ("restwright-macro", "the macro"),
    ] {
        let [own, stack] = tree(name);
        let count = own.len() + stack.len();
        let _ = writeln!(out, "- `{name}`, {what}: {count} packages");
    }
    let (packages, built) = (packages(), built());
    let foreign = |it: &&Value| !it["source"].is_null() && built.contains(&id(it));
    let mut versions: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut licences: BTreeMap<&str, usize> = BTreeMap::new();
    for package in packages.iter().filter(foreign) {
        let known = versions.entry(text(package, "name")).or_default();
        known.insert(text(package, "version"));
        *licences.entry(text(package, "license")).or_default() += 1;
    }
    out.push_str("\nThere in two versions in what the workspace builds, tests included:\n\n");
    for (name, versions) in versions.iter().filter(|(_, versions)| versions.len() > 1) {
        let versions: Vec<&str> = versions.iter().copied().collect();
        let _ = writeln!(out, "- {name} {}", versions.join(", "));
    }
    out.push_str("\n| licence | packages |\n|---|--:|\n");
    for (licence, count) in licences {
        let _ = writeln!(out, "| {licence} | {count} |");
    }
    out
}
