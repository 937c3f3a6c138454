//! For people at a terminal.

use super::{label, line, place, pointer, reach, summary, without_docs};
use crate::diff::{Change, Changes, Entry};
use std::fmt::Write as _;

/// So many operations are named that a type reaches.
const MOST: usize = 6;

/// The changes by what they concern, each with its place, and a summary as the last line.
///
/// For example:
///
/// ```text
/// from old.json to new.json
///
/// models::Lead (in lead().get, lead().list)
///   breaking: the field `email` is `Option<String>`, was `String`
///     --> new.json:12:5 #/components/schemas/Lead/properties/email (was at 11:5)
///
/// major: 1 breaking
/// ```
pub fn text(changes: &Changes) -> String {
    let mut out = format!("from {} to {}\n\n", changes.old.file, changes.new.file);
    for entry in &changes.entries {
        head(&mut out, entry);
        let (rest, docs) = without_docs(entry);
        for change in rest {
            one(&mut out, change, &change.text);
        }
        match docs.as_slice() {
            [] => {}
            [only] => one(&mut out, only, &only.text),
            [first, ..] => {
                let text = format!("{} texts of the documentation differ", docs.len());
                one(&mut out, first, &text);
            }
        }
        out.push('\n');
    }
    let _ = writeln!(out, "{}", summary(changes));
    out
}

fn head(out: &mut String, entry: &Entry) {
    let wire = entry.wire.iter().map(|wire| format!(" ({wire})"));
    let wire: String = wire.collect();
    let reach = reach(entry, MOST).map(|reach| format!(" (in {reach})"));
    let _ = writeln!(out, "{}{wire}{}", entry.name, reach.unwrap_or_default());
}

fn one(out: &mut String, change: &Change, text: &str) {
    let _ = writeln!(out, "  {}: {text}", label(change));
    let (old, new) = (change.old.as_ref(), change.new.as_ref());
    let _ = match (old, new) {
        (None, None) => Ok(()),
        (Some(old), None) => writeln!(out, "    --> {} {} (before)", place(old), pointer(old)),
        (None, Some(new)) => writeln!(out, "    --> {} {}", place(new), pointer(new)),
        (Some(old), Some(new)) => {
            let was = match pointer(old) == pointer(new) {
                true => line(old),
                false => format!("{} {}", line(old), pointer(old)),
            };
            writeln!(
                out,
                "    --> {} {} (was at {was})",
                place(new),
                pointer(new)
            )
        }
    };
}
