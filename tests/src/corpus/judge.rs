//! Every example and default of a document through the type of its schema.

use super::compare::{Difference, differences, that_count};
use super::examples::{Example, examples};
use super::harness::{self, Check, Outcome};
use super::schemas::{Members, Schemas, Side};
use super::types::Types;
use restwright::emit;
use restwright::ir::{Api, Name, Shape};
use restwright::source::Pointer;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// The examples of a document, and the checks that they come to.
pub struct Plan<'d> {
    /// Each with its verdict, or the checks that will tell.
    cases: Vec<(Example<'d>, Case)>,
    /// Those of one type together.
    pub checks: Vec<Check>,
    /// What the variants are called that keep what a union does not list.
    unlisted: Vec<String>,
    schemas: [Schemas; 2],
}

enum Case {
    /// Not valid against its schema.
    Invalid,
    /// Valid, but its schema has no type of its own.
    Untyped,
    /// Valid; the positions of its checks, one per type.
    Checked(Vec<usize>, Members),
}

/// How the examples fared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// They came back as they were.
    pub passed: usize,
    /// They did not.
    pub failed: Vec<Failed>,
    /// They are not valid against their schemas.
    pub invalid: usize,
    /// Their schemas have no types of their own: parts of an `allOf`, answers that are not read.
    pub untyped: usize,
}

/// An example that did not come back as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// Where the example stands.
    pub at: String,
    /// Where its schema stands.
    pub schema: String,
    /// What is wrong, in pointers only.
    pub reason: String,
    /// The same in full, with what the document says.
    pub detail: String,
}

impl<'d> Plan<'d> {
    /// Decides which examples are valid, and what has to be checked.
    ///
    /// # Errors
    /// The schemas cannot be used at all. A fault of ours.
    pub fn new(root: &'d Value, api: &Api<Name>) -> Result<Self, String> {
        let examples = examples(root);
        let places = || examples.iter().map(|example| example.schema.clone());
        let schemas =
            [Side::Response, Side::Request].map(|side| Schemas::new(root, side, places()));
        let types = Types::new(api, root);
        let mut found = Vec::new();
        let mut checks: Vec<(Check, usize)> = Vec::new();
        {
            let registries = [schemas[0].registry()?, schemas[1].registry()?];
            let mut by_schema: BTreeMap<&Pointer, Vec<usize>> = BTreeMap::new();
            for (index, example) in examples.iter().enumerate() {
                by_schema.entry(&example.schema).or_default().push(index);
            }
            // A validator holds everything that its schema refers to, so there is one at a time.
            let mut cases: BTreeMap<usize, Case> = BTreeMap::new();
            for (schema, indices) in by_schema {
                let validators = [
                    schemas[0].validator(schema, &registries[0])?,
                    schemas[1].validator(schema, &registries[1])?,
                ];
                let types = types.of(schema);
                let texts: Vec<String> = types.iter().map(|ty| type_text(api, ty)).collect();
                for index in indices {
                    let value = examples[index].value;
                    let valid = validators
                        .iter()
                        .position(|validator| validator.is_valid(value));
                    let Some(side) = valid else {
                        cases.insert(index, Case::Invalid);
                        continue;
                    };
                    if texts.is_empty() {
                        cases.insert(index, Case::Untyped);
                        continue;
                    }
                    let members = schemas[side].members(&validators[side], value);
                    let positions = texts.iter().map(|ty| {
                        let check = Check {
                            ty: ty.clone(),
                            text: value.to_string(),
                        };
                        checks.push((check, checks.len()));
                        checks.len() - 1
                    });
                    cases.insert(index, Case::Checked(positions.collect(), members));
                }
            }
            found.extend(cases.into_values());
        }
        // Those of one type stand together; the sort is stable, and so is the program's text.
        checks.sort_by(|(one, _), (other, _)| one.ty.cmp(&other.ty));
        let mut position = vec![0; checks.len()];
        for (new, (_, old)) in checks.iter().enumerate() {
            position[*old] = new;
        }
        for case in &mut found {
            if let Case::Checked(positions, _) = case {
                positions.iter_mut().for_each(|old| *old = position[*old]);
            }
        }
        Ok(Self {
            cases: examples.into_iter().zip(found).collect(),
            checks: checks.into_iter().map(|(check, _)| check).collect(),
            unlisted: unlisted(api),
            schemas,
        })
    }

    /// How the examples fared, given what became of the checks.
    ///
    /// # Errors
    /// The schemas cannot be used at all. A fault of ours.
    pub fn judge(&self, outcomes: &[Outcome]) -> Result<Tally, String> {
        let registries = [self.schemas[0].registry()?, self.schemas[1].registry()?];
        let mut tally = Tally::default();
        for (example, case) in &self.cases {
            let (positions, members) = match case {
                Case::Invalid => {
                    tally.invalid += 1;
                    continue;
                }
                Case::Untyped => {
                    tally.untyped += 1;
                    continue;
                }
                Case::Checked(positions, members) => (positions, members),
            };
            let is_valid = |value: &Value| {
                let sides = self.schemas.iter().zip(&registries);
                sides
                    .filter_map(|(schemas, registry)| {
                        schemas.validator(&example.schema, registry).ok()
                    })
                    .any(|validator| validator.is_valid(value))
            };
            let two_forms = positions.len() > 1;
            let mut results = positions.iter().map(|position| {
                let found = self.fate(example.value, outcomes.get(*position))?;
                Ok(that_count(
                    found,
                    example.value,
                    members,
                    two_forms,
                    is_valid,
                ))
            });
            match together(&mut results) {
                None => tally.passed += 1,
                Some((reason, detail)) => tally.failed.push(Failed {
                    at: example.at.to_string(),
                    schema: example.schema.to_string(),
                    reason,
                    detail,
                }),
            }
        }
        Ok(tally)
    }

    /// How a value differs from what came back, or why nothing did: in pointers, and in full.
    fn fate(
        &self,
        given: &Value,
        outcome: Option<&Outcome>,
    ) -> Result<Vec<Difference>, (String, String)> {
        let Some(outcome) = outcome else {
            return Err(("the program stopped".to_owned(), String::new()));
        };
        if let Some((path, message)) = &outcome.fault {
            return Err((format!("does not decode: {path}"), message.clone()));
        }
        let debug = outcome.debug.as_deref().unwrap_or_default();
        if harness::is_unlisted(debug, &self.unlisted) {
            let reason = "fits no form of a union".to_owned();
            return Err((reason, debug.chars().take(2000).collect()));
        }
        let written = outcome.written.as_deref().unwrap_or_default();
        match serde_json::from_str(written) {
            Ok(written) => Ok(differences(given, &written)),
            Err(error) => Err(("what was written is no JSON".to_owned(), error.to_string())),
        }
    }
}

/// What is wrong with a value, given what each of its types made of it: `None` if one kept it whole,
/// or each kept what another did not.
fn together(
    results: &mut dyn Iterator<Item = Result<Vec<Difference>, (String, String)>>,
) -> Option<(String, String)> {
    let mut common: Option<Vec<Difference>> = None;
    let mut fault = None;
    for result in results {
        match result {
            Ok(found) if found.is_empty() => return None,
            Ok(found) => {
                common = Some(match common {
                    None => found,
                    Some(before) => before
                        .into_iter()
                        .filter(|one| found.contains(one))
                        .collect(),
                });
            }
            Err(found) => fault = Some(found),
        }
    }
    match (common, fault) {
        (Some(common), None) if common.is_empty() => None,
        (Some(common), None) => {
            let texts: Vec<String> = common.iter().take(3).map(Difference::to_string).collect();
            let more = common.len().saturating_sub(3);
            let more = if more > 0 {
                format!(", and {more} more")
            } else {
                String::new()
            };
            Some((texts.join(", ") + &more, String::new()))
        }
        (_, Some(fault)) => Some(fault),
        (None, None) => None,
    }
}

fn type_text(api: &Api<Name>, ty: &restwright::ir::Type) -> String {
    let text = emit::ty(api, ty).to_string();
    text.replace("crate ::", "client ::")
}

/// The names of the variants that keep what no union lists.
fn unlisted(api: &Api<Name>) -> Vec<String> {
    let names = api.types.iter().filter_map(|decl| match &decl.shape {
        Shape::Union { unknown, .. } => Some(unknown.ident.clone()),
        Shape::Record { .. } | Shape::Enum { .. } | Shape::Alias(_) => None,
    });
    let names: std::collections::BTreeSet<String> = names.collect();
    names.into_iter().collect()
}
