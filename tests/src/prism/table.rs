//! `generator/docs/prism.md`.

use super::server::PACKAGE;
use super::{Found, Outcome};
use std::fmt::Write as _;

const PATHS: &str =
    "Prism ends with an exception at a list or an object in a path, whatever is sent";

const DELIMITED: &str =
    "Prism ends with an exception where the document has an object in this style, whatever is sent";

/// What is not taken and not wrong: by document and operation, with what Prism does otherwise.
pub const KNOWN: &[(&str, &str, &str)] = &[
    (
        "openai",
        "createFile",
        "Prism takes every part of a form for a text, so a part that is an object in JSON is none to it",
    ),
    (
        "openai",
        "createTranscription",
        "Prism takes every part of a form for a text, so a list of one part is none to it",
    ),
    ("readme-paramstyle-31", "paths_standard", PATHS),
    ("readme-paramstyle-31", "paths_matrix_nonExploded", PATHS),
    ("readme-paramstyle-31", "paths_label_nonExploded", PATHS),
    ("readme-paramstyle-31", "paths_simple_nonExploded", PATHS),
    ("readme-paramstyle-31", "paths_simple_exploded", PATHS),
    (
        "readme-paramstyle-31",
        "query_spaceDelimited_nonExploded",
        DELIMITED,
    ),
    (
        "readme-paramstyle-31",
        "query_pipeDelimited_nonExploded",
        DELIMITED,
    ),
    (
        "readme-paramstyle-31",
        "formData_standard",
        "Prism takes every part of a form for a text, so lists of one part and objects in JSON are none to it",
    ),
    (
        "readme-paramstyle-31",
        "formData_form_nonExploded",
        "Prism takes the commas between an object's members for characters that should be encoded",
    ),
    (
        "readme-paramstyle-31",
        "formData_spaceDelimited_nonExploded",
        DELIMITED,
    ),
    (
        "readme-paramstyle-31",
        "form_data_pipeDelimited_nonExploded",
        DELIMITED,
    ),
];

/// Why a request that was not accepted is right all the same.
pub fn known(document: &str, outcome: &Outcome) -> Option<&'static str> {
    let found = KNOWN
        .iter()
        .find(|(name, id, _)| *name == document && *id == outcome.id);
    found.map(|(.., reason)| *reason)
}

/// Whether all is well, but for what is known: every request accepted, every answer decoded. In our own
/// document, Prism has an answer to every call.
pub fn passes(found: &Found) -> bool {
    let own = found.name == "instantly";
    let well = |outcome: &Outcome| {
        let accepted = outcome.accepted || known(&found.name, outcome).is_some();
        accepted && (outcome.decoded || (!outcome.answered && !own))
    };
    found.unsampled.is_empty() && found.outcomes.iter().all(well)
}

/// The page.
pub fn page(all: &[Found]) -> String {
    let mut out = format!("{HEAD}\nThe version is {PACKAGE}.\n\n");
    out.push_str("| document | operations | sent | accepted | answered | decoded |\n|---|--:|--:|--:|--:|--:|\n");
    for found in all {
        let [accepted, answered, decoded] = found.counts();
        let sent = found.operations - found.unsampled.len();
        let _ = writeln!(
            out,
            "| {} | {} | {sent} | {accepted} | {answered} | {decoded} |",
            found.name, found.operations,
        );
    }
    let mut reasons: Vec<(&str, Vec<String>)> = Vec::new();
    for found in all {
        for outcome in &found.outcomes {
            let Some(reason) = known(&found.name, outcome) else {
                continue;
            };
            if outcome.accepted {
                continue;
            }
            let place = format!("{} `{}`", found.name, outcome.id);
            match reasons.iter_mut().find(|(known, _)| *known == reason) {
                Some((_, places)) if places.contains(&place) => {}
                Some((_, places)) => places.push(place),
                None => reasons.push((reason, vec![place])),
            }
        }
    }
    if !reasons.is_empty() {
        out.push_str("\n## What Prism does otherwise\n\n");
        for (reason, places) in reasons {
            let _ = writeln!(out, "- {reason}: {}", places.join(", "));
        }
    }
    out
}

const HEAD: &str = "# Prism

Written by `cargo run -p restwright-tests --bin prism`. [Stoplight Prism](https://github.com/stoplightio/prism) reads a
document, judges every request by it (`--errors`) and makes an answer by it. For each document a client is generated and
a program that calls every operation with all its parameters and all members of its body, made of the document's examples,
defaults, lists and bounds. Every operation is called twice: Prism answers with the document's examples, or values of
its own (static), and with random values of the schemas (dynamic).

- sent: operations that have a sample
- accepted: operations whose request Prism found to be as declared
- answered: operations to which Prism had an answer that is valid by its own judgement, of one kind or both
- decoded: of these, the operations whose answers the client read
";
