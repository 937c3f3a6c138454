//! What moves when the document does: names, and lines of the output.

use super::regenerate::{document, instantly_inputs, root, run, shared};
use restwright::Generated;
use restwright::name::lock::Lock;
use restwright::print::File;
use restwright::source::Source;
use restwright_checks::names::{moved, names};
use restwright_tests::semver::VERSIONS;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What changes from one version to the next.
struct Step {
    /// Names whose places are in both.
    kept: usize,
    /// Those of them that are other names now, without a lock.
    moved_without: Vec<String>,
    /// The same with the lock of the version before.
    moved_with: Vec<String>,
    /// Changed lines of the document, of the output, and of the output with the lock.
    lines: [usize; 3],
}

/// With the lock no name moves whose place stays; the figures are those of `generator/docs/stability.md`.
#[test]
fn names_stay() {
    let mut steps = Vec::new();
    let mut before: Option<(Source, Generated)> = None;
    for version in VERSIONS {
        let Some(source) = source(version) else {
            return;
        };
        let fresh = generate(&source, Lock::default());
        if let Some((old, known)) = &before {
            let step = step((old, known), (&source, &fresh));
            let few = steps.is_empty();
            assert!(step.kept > 1_000 || few, "{version}: {}", step.kept);
            assert_eq!(step.moved_with, Vec::<String>::new(), "{version}");
            steps.push(([VERSIONS[steps.len()], version], step));
        }
        before = Some((source, fresh));
    }
    let table = table(&steps);
    let page = root().join("generator/docs/stability.md");
    let text = std::fs::read_to_string(&page).expect("the page is there");
    let mut parts = text.splitn(3, MARK);
    let (head, tail) = (parts.next(), parts.nth(1));
    let (head, tail) = head.zip(tail).expect("the page has two marks");
    let wanted = format!("{head}{MARK}\n{table}{MARK}{tail}");
    if std::env::var_os("RESTWRIGHT_BLESS").is_some() {
        std::fs::write(&page, wanted).expect("the page can be written");
    } else {
        assert_eq!(text, wanted, "RESTWRIGHT_BLESS=1 writes it");
    }
}

/// What stands before and after the table.
const MARK: &str = "<!-- made by tests/generator/stability.rs -->";

fn table(steps: &[([&str; 2], Step)]) -> String {
    let mut out = String::from(
        "| from | to | names in both | moved, no lock | moved, lock | lines of the document | of the output, no lock | of the output, lock |\n\
         |---|---|--:|--:|--:|--:|--:|--:|\n",
    );
    let name = |path: &str| {
        path.trim_start_matches("history/")
            .trim_end_matches(".json")
            .to_owned()
    };
    for (pair, step) in steps {
        let [document, without, with] = step.lines;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {} | {} | {document} | {without} | {with} |",
            name(pair[0]),
            name(pair[1]),
            step.kept,
            step.moved_without.len(),
            step.moved_with.len(),
        );
    }
    out
}

fn source(path: &str) -> Option<Source> {
    let path = shared(&format!("instantly/{path}"))?;
    Some(Source::read(&path).expect("the document can be read"))
}

fn generate(source: &Source, lock: Lock) -> Generated {
    let (result, report) = document(source.clone(), lock);
    result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()))
}

fn step((old, before): (&Source, &Generated), (new, without): (&Source, &Generated)) -> Step {
    let with = generate(new, before.lock.clone());
    let known = names(before);
    let kept = |after: &Generated| {
        let now = names(after);
        known
            .keys()
            .filter(|place| now.contains_key(*place))
            .count()
    };
    let pretty = |source: &Source| {
        let value = source.parse().expect("it is JSON");
        serde_json::to_string_pretty(&value).expect("it is a value")
    };
    Step {
        kept: kept(&with),
        moved_without: moved(before, without),
        moved_with: moved(before, &with),
        lines: [
            changed(&pretty(old), &pretty(new)),
            changed_files(&before.files, &without.files),
            changed_files(&before.files, &with.files),
        ],
    }
}

/// How many lines one text has more often than the other.
fn changed(old: &str, new: &str) -> usize {
    let mut count: BTreeMap<&str, i64> = BTreeMap::new();
    for line in old.lines() {
        *count.entry(line).or_default() -= 1;
    }
    for line in new.lines() {
        *count.entry(line).or_default() += 1;
    }
    let lines = count.values().map(|count| count.unsigned_abs());
    usize::try_from(lines.sum::<u64>()).expect("there are not that many")
}

fn changed_files(old: &[File], new: &[File]) -> usize {
    let text = |files: &[File], path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| file.text.clone()).unwrap_or_default()
    };
    let paths: BTreeSet<&str> = old
        .iter()
        .chain(new)
        .map(|file| file.path.as_str())
        .collect();
    let rust = paths.into_iter().filter(|path| path.ends_with(".rs"));
    rust.map(|path| changed(&text(old, path), &text(new, path)))
        .sum()
}

/// One more operation changes its own files, and the lists that name it.
#[test]
fn an_added_operation_moves_nothing_else() {
    let (before, _) = run(instantly_inputs());
    let before = before.expect("our own document has no errors");
    let mut inputs = instantly_inputs();
    inputs.overlays.push(Source::new("added.yaml", ADDED));
    let (after, report) = run(inputs);
    let after = after.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    let old: BTreeMap<&str, &str> = before
        .files
        .iter()
        .map(|it| (it.path.as_str(), it.text.as_str()))
        .collect();
    let mut touched = Vec::new();
    for file in &after.files {
        let known = old.get(file.path.as_str()).copied().unwrap_or_default();
        if known != file.text {
            touched.push(file.path.as_str());
            let gone = gone(known, &file.text);
            // The README counts operations and types.
            let counts =
                |line: &&str| !(file.path == "README.md" && line.contains(char::is_numeric));
            let gone: Vec<&str> = gone.into_iter().filter(counts).collect();
            assert_eq!(gone, Vec::<&str>::new(), "lines of {}", file.path);
        }
    }
    touched.sort_unstable();
    let expected = [
        "README.md",
        "snapshots/lead.snap",
        "src/examples/lead.json",
        "src/models/lead.rs",
        "src/operations/lead.rs",
    ];
    assert_eq!(touched, expected);
    assert_eq!(moved(&before, &after), Vec::<String>::new());
    assert_eq!(after.files.len(), before.files.len());
}

/// The lines that are not there any more. The last line of a JSON object has no comma.
fn gone<'t>(old: &'t str, new: &str) -> Vec<&'t str> {
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for line in new.lines() {
        *left.entry(line.trim_end_matches(',')).or_default() += 1;
    }
    let gone = old.lines().filter(|line| {
        let count = left.entry(line.trim_end_matches(',')).or_default();
        let there = *count > 0;
        *count = count.saturating_sub(1);
        !there
    });
    gone.collect()
}

const ADDED: &str = "
overlay: 1.1.0
info: {title: One more operation, version: '1'}
actions:
  - target: $.paths
    update:
      /api/v2/leads/{id}/shine:
        post:
          operationId: shineLead
          tags: [Lead]
          parameters: [{name: id, in: path, required: true, schema: {type: string, format: uuid}}]
          requestBody:
            content:
              application/json:
                schema: {type: object, required: [colour], properties: {colour: {type: string, enum: [red, green]}}}
          responses:
            '200':
              description: It shines.
              content:
                application/json:
                  schema: {type: object, properties: {watts: {type: integer}}}
";
