//! `generator/docs/corpus.md`: the rows as a reader wants them. No text of a document, pointers only.

use super::row::{Built, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// How many of a document's failures are told one by one.
const SHOWN: usize = 40;

/// The whole page.
pub fn page(rows: &[Row]) -> String {
    let mut out = String::from(HEAD);
    let mut sum = Sum::default();
    for row in rows {
        out.push_str(&line(row));
        sum.add(row);
    }
    out.push_str(&sum.line());
    out.push_str(&refused(rows));
    out.push_str(&failures(rows));
    out.push_str(&codes(rows));
    out
}

const HEAD: &str = "\
# Real documents

Written by `cargo run --release -p restwright-tests --bin corpus`; see the README for how. Each document is generated
without a config, the crate is compiled together with a program that reads every example and default of the document
that is valid against its schema, and writes it again.

- lines: of Rust, without the runtime
- seconds: of the generator; of the compiler, for the crate and the program, dependencies left out
- degraded: lines of the report that say what the crate does not have as the document does: a looser type, a media type
  that has none, a keyword that no type has room for; `lint --summary` calls these lossy
- warnings: of the compiler
- passed, failed: valid examples and defaults that came back as they were, or did not; see `tests/src/corpus/compare.rs`
  for what counts as the same
- invalid: not valid against their own schema, so nothing is asked of them
- untyped: valid, but at a schema that has no type of its own (a part of an `allOf`, an answer with a second media type)

| document | version | operations | types | lines | seconds | degraded | warnings | passed | failed | invalid | untyped |
|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
";

fn line(row: &Row) -> String {
    let seconds = match &row.built {
        Some(built) => format!("{:.1}; {:.0}", row.generate_seconds, built.seconds),
        None => format!("{:.1}", row.generate_seconds),
    };
    let mut line = format!(
        "| {} | {} | {} | {} | {} | {seconds} | {} |",
        row.name,
        row.version,
        row.size.operations,
        row.size.types,
        row.size.lines,
        degraded(row),
    );
    match (&row.refused, &row.built) {
        (Some(_), _) => line.push_str(" not generated | | | | |"),
        (None, None) => line.push_str(" not compiled | | | | |"),
        (None, Some(built)) if !built.errors.is_empty() => {
            let _ = write!(line, " {} errors | | | | |", built.errors.len());
        }
        (None, Some(built)) => {
            let examples = &row.examples;
            let _ = write!(
                line,
                " {} | {} | {} | {} | {} |",
                built.warnings.len(),
                examples.passed,
                examples.failed.len(),
                examples.invalid.len(),
                examples.untyped.len(),
            );
        }
    }
    line.push('\n');
    line
}

fn degraded(row: &Row) -> usize {
    let codes = row.codes.iter();
    codes
        .filter(|(code, _)| row.degraded.contains(*code))
        .map(|(_, count)| count)
        .sum()
}

/// What all rows come to.
#[derive(Default)]
struct Sum {
    documents: usize,
    compiled: usize,
    numbers: [usize; 9],
    seconds: [f64; 2],
}

impl Sum {
    fn add(&mut self, row: &Row) {
        let none = Built::default();
        let built = row.built.as_ref().unwrap_or(&none);
        self.documents += 1;
        let clean = row.built.is_some() && built.errors.is_empty() && built.warnings.is_empty();
        self.compiled += usize::from(clean);
        let numbers = [
            row.size.operations,
            row.size.types,
            row.size.lines,
            degraded(row),
            built.warnings.len(),
            row.examples.passed,
            row.examples.failed.len(),
            row.examples.invalid.len(),
            row.examples.untyped.len(),
        ];
        for (sum, number) in self.numbers.iter_mut().zip(numbers) {
            *sum += number;
        }
        self.seconds[0] += row.generate_seconds;
        self.seconds[1] += built.seconds;
    }

    fn line(&self) -> String {
        let [
            operations,
            types,
            lines,
            degraded,
            warnings,
            passed,
            failed,
            invalid,
            untyped,
        ] = self.numbers;
        let [generate, compile] = self.seconds;
        format!(
            "| **{} documents, {} compiled without a word** | | {operations} | {types} | {lines} | {generate:.0}; \
             {compile:.0} | {degraded} | {warnings} | {passed} | {failed} | {invalid} | {untyped} |\n",
            self.documents, self.compiled,
        )
    }
}

fn refused(rows: &[Row]) -> String {
    let mut out = String::new();
    for row in rows {
        if let Some(reason) = &row.refused {
            let _ = writeln!(out, "- {}: {reason}", row.name);
        }
    }
    match out.is_empty() {
        true => out,
        false => format!("\n## Not generated\n\n{out}"),
    }
}

fn failures(rows: &[Row]) -> String {
    let mut out = String::from("\n## Examples that did not come back\n");
    let mut any = false;
    for row in rows {
        let failed = &row.examples.failed;
        if failed.is_empty() {
            continue;
        }
        any = true;
        let _ = write!(out, "\n### {}\n\n", row.name);
        for failure in failed.iter().take(SHOWN) {
            let _ = writeln!(out, "- `{}`: {}", failure.at, code(&failure.reason));
        }
        if failed.len() > SHOWN {
            let _ = writeln!(out, "- and {} more", failed.len() - SHOWN);
        }
    }
    if !any {
        out.push_str("\nNone.\n");
    }
    out
}

/// A reason with its pointers and paths as code.
fn code(reason: &str) -> String {
    match reason.split_once(": ") {
        Some((what, at)) => format!("{what}: `{}`", at.replace('`', "'")),
        None => reason.to_owned(),
    }
}

fn codes(rows: &[Row]) -> String {
    let mut sums: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut degraded: BTreeSet<&str> = BTreeSet::new();
    for row in rows {
        degraded.extend(row.degraded.iter().map(String::as_str));
        for (code, count) in &row.codes {
            let (sum, documents) = sums.entry(code).or_default();
            *sum += count;
            *documents += 1;
        }
    }
    let mut out = String::from(
        "\n## What the reports say\n\n| code | degraded | count | documents |\n|---|---|--:|--:|\n",
    );
    for (code, (count, documents)) in sums {
        let degraded = if degraded.contains(code) { "yes" } else { "" };
        let _ = writeln!(out, "| `{code}` | {degraded} | {count} | {documents} |");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::judge::{Failed, Tally};
    use super::super::row::Size;
    use super::*;

    fn row(name: &str, codes: &[(&str, usize)]) -> Row {
        let codes = codes
            .iter()
            .map(|(code, count)| ((*code).to_owned(), *count));
        Row {
            name: name.to_owned(),
            version: "3.0.0".to_owned(),
            size: Size {
                operations: 2,
                types: 3,
                lines: 40,
            },
            generate_seconds: 0.25,
            codes: codes.collect(),
            degraded: ["tuple-as-list".to_owned()].into(),
            ..Row::default()
        }
    }

    #[test]
    fn tells_everything_in_pointers() {
        let failed = Failed {
            at: "#/a/example".to_owned(),
            schema: "#/a".to_owned(),
            reason: "gone: /b".to_owned(),
            detail: "the document's own words".to_owned(),
        };
        let built = Row {
            built: Some(Built {
                seconds: 7.6,
                warnings: vec!["a warning".to_owned()],
                ..Built::default()
            }),
            examples: Tally {
                passed: 5,
                failed: vec![failed],
                invalid: vec![("#/c".to_owned(), ": type".to_owned())],
                untyped: Vec::new(),
            },
            ..row("one", &[("tuple-as-list", 2), ("mended-type", 1)])
        };
        let refused = Row {
            refused: Some("stopped by 1 error".to_owned()),
            ..row("two", &[("tuple-as-list", 1)])
        };
        let page = page(&[built, refused]);
        let (_, body) = page.split_once("|--:|\n").unwrap_or_default();
        let wanted = "\
| one | 3.0.0 | 2 | 3 | 40 | 0.2; 8 | 2 | 1 | 5 | 1 | 1 | 0 |
| two | 3.0.0 | 2 | 3 | 40 | 0.2 | 1 | not generated | | | | |
| **2 documents, 0 compiled without a word** | | 4 | 6 | 80 | 0; 8 | 3 | 1 | 5 | 1 | 1 | 0 |

## Not generated

- two: stopped by 1 error

## Examples that did not come back

### one

- `#/a/example`: gone: `/b`

## What the reports say

| code | degraded | count | documents |
|---|---|--:|--:|
| `mended-type` |  | 1 | 1 |
| `tuple-as-list` | yes | 3 | 2 |
";
        assert_eq!(body, wanted);
    }
}
