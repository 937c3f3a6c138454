//! What a module of the generator may not know: its `use` lines and the paths in its text.

use super::regenerate::{instantly_inputs, root, run};
use proc_macro2::{TokenStream, TokenTree};
use restwright::Inputs;
use restwright::emit::{RUNTIME, VALIDATE};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// What reads and writes documents and Rust: for modules that may know neither.
const ALL: &[&str] = &[
    "openapiv3",
    "heck",
    "quote",
    "proc_macro2",
    "syn",
    "prettyplease",
];

/// A module, the modules of ours that it may import, the packages that it may not.
const LAYERS: &[(&str, &[&str], &[&str])] = &[
    (
        "limits",
        &[],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "numbers",
        &[],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "unseen",
        &[],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "source",
        &["limits", "threads"],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "report",
        &["limits", "source", "unseen"],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "config",
        &["limits"],
        &["openapiv3", "heck", "quote", "proc_macro2", "syn"],
    ),
    (
        "spelling",
        &["config", "name"],
        &["openapiv3", "heck", "quote", "proc_macro2", "prettyplease"],
    ),
    ("fetch", &["limits", "read", "source"], ALL),
    (
        "read",
        &["limits", "report", "source", "threads"],
        &["heck", "quote", "proc_macro2", "syn", "prettyplease"],
    ),
    (
        "select",
        &["config", "read", "report", "source"],
        &["heck", "quote", "proc_macro2", "syn", "prettyplease"],
    ),
    (
        "lint",
        &["read", "report", "source"],
        &["heck", "quote", "proc_macro2", "syn", "prettyplease"],
    ),
    (
        "drift",
        &["lower", "numbers", "read", "report", "source"],
        &["heck", "quote", "proc_macro2", "syn", "prettyplease"],
    ),
    (
        "ir",
        &["source"],
        &["openapiv3", "quote", "heck", "proc_macro2", "syn"],
    ),
    (
        "lower",
        &[
            "config", "ir", "numbers", "read", "report", "source", "threads", "unseen",
        ],
        &["heck", "quote", "proc_macro2", "syn", "prettyplease"],
    ),
    (
        "name",
        &["ir", "report", "source", "threads"],
        &["openapiv3", "quote", "proc_macro2", "prettyplease"],
    ),
    ("diff", &["ir", "report", "source", "unseen"], ALL),
    // The head of every file is `print`'s.
    (
        "emit",
        &["ir", "numbers", "print", "unseen"],
        &["openapiv3", "heck", "prettyplease"],
    ),
    (
        "print",
        &["emit", "threads"],
        &["openapiv3", "heck", "quote"],
    ),
    ("threads", &[], ALL),
    ("timings", &[], ALL),
    ("store", &["print"], ALL),
];

/// The modules that know the order or the user: they may import what they like.
const ABOVE: &[&str] = &["lib", "main", "cli", "embed"];

#[test]
fn modules_know_only_what_they_may() {
    let mut wrong = Vec::new();
    let mut met = BTreeSet::new();
    for path in rust_files(&root().join("generator/src")) {
        let module = module_of(&path);
        met.insert(module.clone());
        if ABOVE.contains(&module.as_str()) {
            continue;
        }
        let Some((_, ours, not)) = LAYERS.iter().find(|(name, ..)| *name == module) else {
            wrong.push(format!("{} is in no layer", path.display()));
            continue;
        };
        // Unit tests may make a document of their own.
        if path.file_name().is_some_and(|name| name == "tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        for found in paths(&text) {
            let allowed = match found.strip_prefix("crate::") {
                Some(imported) => imported == module || ours.contains(&imported),
                None => !not.contains(&found.as_str()),
            };
            if !allowed {
                wrong.push(format!("{} uses {found}", path.display()));
            }
        }
    }
    for (module, ..) in LAYERS {
        if !met.contains(*module) {
            wrong.push(format!("there is no module {module}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What a document refers to is read by one module, and only within its bounds.
#[test]
fn only_fetch_reads_what_a_document_refers_to() {
    let reads = ["fs::", "File::open", "reqwest::", "TcpStream", "UdpSocket"];
    for path in rust_files(&root().join("generator/src")) {
        let module = module_of(&path);
        // `Source::read` and `Config::read` read what the user names, `embed` the lock beside that,
        // `timings` what the system says of the process.
        let may = [
            "fetch", "store", "main", "cli", "source", "config", "embed", "timings",
        ];
        if may.contains(&module.as_str()) || path.ends_with("tests.rs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        let product = text.split("mod tests {").next().unwrap_or_default();
        for call in reads {
            assert!(!product.contains(call), "{} has {call}", path.display());
        }
    }
}

#[test]
fn only_store_writes() {
    let writes = [
        "fs::write",
        "File::create",
        "fs::remove_file",
        "fs::create_dir",
        "fs::rename",
    ];
    for path in rust_files(&root().join("generator/src")) {
        let text = std::fs::read_to_string(&path).expect("a source file can be read");
        let module = module_of(&path);
        if ["store", "main", "cli"].contains(&module.as_str()) || path.ends_with("tests.rs") {
            continue;
        }
        for call in writes {
            let product = text.split("mod tests {").next().unwrap_or_default();
            assert!(!product.contains(call), "{} has {call}", path.display());
        }
    }
}

#[test]
fn the_runtime_knows_neither_interface_nor_generator() {
    for (name, text) in RUNTIME {
        for found in paths(text) {
            assert!(
                !found.starts_with("crate::"),
                "{name} says {found}: it has to say `super::`"
            );
            assert!(
                !found.starts_with("restwright"),
                "{name} knows the generator"
            );
        }
    }
}

#[test]
fn the_whole_runtime_is_emitted() {
    for (folder, files) in [("runtime", RUNTIME), ("validate", VALIDATE)] {
        let folder = root().join("generator/runtime/src").join(folder);
        let there: BTreeSet<String> = rust_files(&folder)
            .iter()
            .filter_map(|path| Some(path.strip_prefix(&folder).ok()?.to_str()?.to_owned()))
            .collect();
        let emitted: BTreeSet<String> = files.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(there, emitted);
    }
}

/// A generated crate names its own dependencies; they are those the runtime is tested with.
#[test]
fn dependencies_are_those_of_the_runtime() {
    let plain = manifest(instantly_inputs());
    let mut inputs = instantly_inputs();
    inputs.config.client.validate = true;
    let manifest = manifest(inputs);
    let of = |manifest: &str| dependencies(manifest, "[dependencies]").into_keys();
    let checks = |name: &String| *name == "corvus-regex-ecma262";
    assert_eq!(of(&manifest).filter(checks).count(), 1);
    assert!(of(&manifest).filter(|name| !checks(name)).eq(of(&plain)));
    let read =
        |path: &str| std::fs::read_to_string(root().join(path)).expect("a manifest can be read");
    let runtime = read("generator/runtime/Cargo.toml");
    let workspace = dependencies(&read("Cargo.toml"), "[workspace.dependencies]");
    let names = |table: &BTreeMap<String, String>| -> Vec<String> {
        table
            .keys()
            .map(|name| name.trim_end_matches(".workspace").to_owned())
            .collect()
    };
    for table in [
        "[dependencies]",
        "[target.'cfg(not(target_arch = \"wasm32\"))'.dependencies]",
        "[target.'cfg(target_arch = \"wasm32\")'.dependencies]",
    ] {
        let emitted = dependencies(&manifest, table);
        assert!(!emitted.is_empty(), "{table}");
        assert_eq!(names(&emitted), names(&dependencies(&runtime, table)));
        for (name, wanted) in &emitted {
            let wanted = wanted.replace(", optional = true", "");
            let wanted = wanted.replace(", features = [\"stream\"]", "");
            assert_eq!(Some(&wanted), workspace.get(name), "{name}");
        }
    }
}

/// The manifest of a generated crate.
fn manifest(inputs: Inputs) -> String {
    let (generated, _) = run(inputs);
    let generated = generated.expect("the document is one");
    let mut files = generated.files.into_iter();
    let manifest = files.find(|file| file.path == "Cargo.toml");
    manifest.expect("a crate has a manifest").text
}

/// The lines of a table of a manifest.
fn dependencies(manifest: &str, table: &str) -> BTreeMap<String, String> {
    let lines = manifest.lines().skip_while(|line| *line != table).skip(1);
    let lines = lines
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split_once(" = "));
    lines
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a source folder can be listed") {
            let path = entry.expect("a source folder can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// `src/lower/schema.rs` and `src/lower.rs` belong to `lower`.
fn module_of(path: &Path) -> String {
    let source = root().join("generator/src");
    let first = path
        .strip_prefix(source)
        .ok()
        .and_then(|path| path.iter().next()?.to_str());
    first.unwrap_or_default().trim_end_matches(".rs").to_owned()
}

/// The first names of all paths that begin with a package or with `crate`; a path in `crate` is
/// `crate::name`. Unit tests, comments, and what is quoted for the output do not count.
fn paths(text: &str) -> BTreeSet<String> {
    let tokens: TokenStream = text.parse().expect("a source file is Rust");
    let mut found = BTreeSet::new();
    collect(tokens, &mut found);
    found
}

fn collect(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let is = |at: usize, wanted: &str| {
        tokens
            .get(at)
            .is_some_and(|token| token.to_string() == wanted)
    };
    let is_path = |at: usize| is(at, ":") && is(at + 1, ":");
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Group(group) => {
                let quoted = at >= 2
                    && is(at - 1, "!")
                    && (is(at - 2, "quote") || is(at - 2, "parse_quote"));
                let unit_tests = at >= 2 && is(at - 1, "tests") && is(at - 2, "mod");
                if !quoted && !unit_tests {
                    collect(group.stream(), found);
                }
            }
            TokenTree::Ident(name) if is_path(at + 1) && !(at >= 2 && is_path(at - 2)) => {
                let in_runtime = at >= 1 && is(at - 1, "$");
                match tokens.get(at + 3) {
                    _ if in_runtime => {}
                    Some(TokenTree::Ident(next)) if name == "crate" => {
                        found.insert(format!("crate::{next}"));
                    }
                    Some(TokenTree::Group(several)) if name == "crate" => {
                        for branch in branches(several.stream()) {
                            found.insert(format!("crate::{branch}"));
                        }
                    }
                    _ => {
                        found.insert(name.to_string());
                    }
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
}

/// The first name of each branch of `{a::b, c}`.
fn branches(tokens: TokenStream) -> Vec<String> {
    let mut firsts = Vec::new();
    let mut first = true;
    for token in tokens {
        match &token {
            TokenTree::Ident(name) if first => firsts.push(name.to_string()),
            TokenTree::Ident(_)
            | TokenTree::Group(_)
            | TokenTree::Punct(_)
            | TokenTree::Literal(_) => {}
        }
        first = matches!(&token, TokenTree::Punct(comma) if comma.as_char() == ',');
    }
    firsts
}
