//! What tells alternatives apart of which no member alone does: two things together, such as what one has
//! and what it lacks or may lack.
//!
//! May not look at what alternatives are called so far.

use super::compose::{gather, kinds_of};
use super::discriminator::constants;
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::ir::Part;
use indexmap::IndexMap;
use serde_json::Value;

/// More alternatives than there are bits are not told apart.
const MOST_ALTERNATIVES: usize = 64;

/// The most that is said of alternatives: each two of these are held against each other.
const MOST_MARKS: usize = 400;

/// Something that is true of some alternatives.
struct Mark {
    /// What is said of a member; nothing where it is a value.
    word: &'static str,
    name: String,
    /// A bit for each alternative of which it is true.
    of: u64,
}

/// The alternatives that have a member, and those that ask for it.
#[derive(Default)]
struct Member {
    has: u64,
    requires: u64,
}

/// The alternatives of which something is true that is said of a member.
type Of = fn(&Member) -> u64;

/// What tells each alternative from all others, where one or two things do.
pub fn apart<'d>(cx: &mut Cx<'d, '_>, branches: &[Node<'d>]) -> Vec<Option<Vec<Part>>> {
    if branches.is_empty() || branches.len() > MOST_ALTERNATIVES {
        return vec![None; branches.len()];
    }
    let mut items = Vec::new();
    let mut inner = Vec::new();
    for branch in branches {
        let list = kinds_of(cx, branch) == [Kind::Array];
        let own = branch.child("items").filter(|_| list);
        items.push(own.is_some());
        inner.push(own.unwrap_or_else(|| branch.clone()));
    }
    let marks = marks(cx, &inner);
    let told = items.iter().enumerate().map(|(index, list)| {
        let told = telling(&marks, 1 << index)?;
        let list = if *list { " array" } else { "" };
        Some(vec![Part::Text(format!("{told}{list}"))])
    });
    told.collect()
}

/// What is said of alternatives; what is better to name something after comes first.
fn marks<'d>(cx: &mut Cx<'d, '_>, branches: &[Node<'d>]) -> Vec<Mark> {
    let mut values: IndexMap<String, u64> = IndexMap::new();
    let mut members: IndexMap<&str, Member> = IndexMap::new();
    for (index, branch) in branches.iter().enumerate() {
        let bit = 1 << index;
        for (_, listed) in constants(cx, branch) {
            if let [Value::String(value)] = listed.as_slice() {
                *values.entry(value.clone()).or_default() |= bit;
            }
        }
        let mut nodes = Vec::new();
        gather(cx, branch, &mut nodes);
        for node in &nodes {
            for (name, _) in node.named_children("properties") {
                members.entry(name).or_default().has |= bit;
            }
            for name in node.required() {
                members.entry(name).or_default().requires |= bit;
            }
        }
    }
    let all = u64::MAX >> (MOST_ALTERNATIVES - branches.len());
    let said: [(&'static str, Of); 4] = [
        ("with", |member| member.has),
        ("requiring", |member| member.requires),
        ("with optional", |member| member.has & !member.requires),
        ("without", |member| !member.has),
    ];
    let of_members = said.into_iter().flat_map(|(word, of)| {
        let mark = move |(name, member): (&&str, &Member)| Mark {
            word,
            name: (*name).to_owned(),
            of: of(member) & all,
        };
        members.iter().map(mark)
    });
    let of_values = values
        .into_iter()
        .map(|(name, of)| Mark { word: "", name, of });
    let marks = of_values.chain(of_members);
    // What is true of all tells nothing.
    marks
        .filter(|mark| mark.of != all)
        .take(MOST_MARKS)
        .collect()
}

/// The first thing that is true of one alternative only, else the first two that are together.
fn telling(marks: &[Mark], only: u64) -> Option<String> {
    let own = || marks.iter().filter(|mark| mark.of & only != 0);
    let pairs = || own().flat_map(|one| own().map(move |other| (one, other)));
    if let Some(alone) = own().find(|mark| mark.of == only) {
        return Some(format!("{} {}", alone.word, alone.name));
    }
    let (one, other) = pairs().find(|(one, other)| one.of & other.of == only)?;
    let word = match one.word == other.word && !one.word.is_empty() {
        true => "and",
        false => other.word,
    };
    let words = [one.word, &one.name, word, &other.name];
    Some(words.join(" "))
}
