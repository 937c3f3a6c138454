//! Every example and default of a document through the type of its schema.

use super::compare::{Difference, differences, that_count};
use super::examples::{Example, examples};
use super::harness::{self, Check, Outcome};
use super::nulls;
use super::schemas::{Members, Schemas, Side};
use super::types::Types;
use jsonschema::Validator;
use restwright::emit;
use restwright::ir::{Api, Name, Shape, Type, TypeId};
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
    /// Not valid against its schema, and why.
    Invalid(String),
    /// Valid, but its schema has no type of its own.
    Untyped,
    /// Valid; for each place that has to take it the positions of the checks, one per type, and whether there is a
    /// type for each side of the wire.
    Checked(Vec<Vec<usize>>, bool, Members),
}

/// How the examples fared.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// They came back as they were.
    pub passed: usize,
    /// They did not.
    pub failed: Vec<Failed>,
    /// Where those stand that are not valid against their schemas, each with the reason.
    pub invalid: Vec<(String, String)>,
    /// Where those stand whose schemas have no types of their own: parts of an `allOf`, answers
    /// that are not read.
    pub untyped: Vec<String>,
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
        let types = Types::new(api, root);
        let takers = nulls::takers(&examples, &types, api, root);
        let places = || {
            let nulls = takers.values().flatten();
            let places = examples.iter().map(|example| &example.schema);
            places.chain(nulls).cloned()
        };
        let schemas =
            [Side::Response, Side::Request].map(|side| Schemas::new(root, side, places()));
        let mut checks = Vec::new();
        let mut cases = cases(&examples, &takers, &schemas, &types, api, &mut checks)?;
        let position = sort(&mut checks);
        for case in &mut cases {
            if let Case::Checked(positions, ..) = case {
                let each = positions.iter_mut().flatten();
                each.for_each(|old| *old = position[*old]);
            }
        }
        Ok(Self {
            cases: examples.into_iter().zip(cases).collect(),
            checks,
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
            let (positions, two_forms, members) = match case {
                Case::Invalid(reason) => {
                    tally.invalid.push((example.at.to_string(), reason.clone()));
                    continue;
                }
                Case::Untyped => {
                    tally.untyped.push(example.at.to_string());
                    continue;
                }
                Case::Checked(positions, two_forms, members) => (positions, *two_forms, members),
            };
            let is_valid = |value: &Value| {
                let sides = self.schemas.iter().zip(&registries);
                sides
                    .filter_map(|(schemas, registry)| {
                        schemas.validator(&example.schema, registry).ok()
                    })
                    .any(|validator| validator.is_valid(value))
            };
            let result = |position: &usize| {
                let found = self.fate(example.value, outcomes.get(*position))?;
                Ok(that_count(
                    found,
                    example.value,
                    members,
                    two_forms,
                    is_valid,
                ))
            };
            let mut places = positions.iter();
            match places.find_map(|positions| together(&mut positions.iter().map(result))) {
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

/// What is to be done about each example; adds the checks that some come to.
fn cases(
    examples: &[Example],
    takers: &BTreeMap<Pointer, Vec<Pointer>>,
    schemas: &[Schemas; 2],
    types: &Types,
    api: &Api<Name>,
    checks: &mut Vec<Check>,
) -> Result<Vec<Case>, String> {
    let registries = [schemas[0].registry()?, schemas[1].registry()?];
    let validators = |place: &Pointer| -> Result<[Validator; 2], String> {
        Ok([
            schemas[0].validator(place, &registries[0])?,
            schemas[1].validator(place, &registries[1])?,
        ])
    };
    let mut add = |place: &Pointer, value: &Value| {
        let first = checks.len();
        checks.extend(types.of(place).iter().map(|ty| Check {
            ty: type_text(api, ty),
            text: value.to_string(),
        }));
        (first..checks.len()).collect::<Vec<usize>>()
    };
    let mut by_schema: BTreeMap<&Pointer, Vec<usize>> = BTreeMap::new();
    for (index, example) in examples.iter().enumerate() {
        by_schema.entry(&example.schema).or_default().push(index);
    }
    // A validator holds everything that its schema refers to, so there is one at a time.
    let mut cases: BTreeMap<usize, Case> = BTreeMap::new();
    for (schema, indices) in by_schema {
        let own = validators(schema)?;
        for index in indices {
            let value = examples[index].value;
            let Some(side) = side_of(&own, value) else {
                cases.insert(index, Case::Invalid(why(&own[0], value)));
                continue;
            };
            let mut positions = Vec::new();
            if value.is_null() {
                for taker in &takers[schema] {
                    // What refers to it can rule it out.
                    if side_of(&validators(taker)?, value).is_some() {
                        positions.push(add(taker, value));
                    }
                }
            } else {
                positions.push(add(schema, value));
            }
            positions.retain(|positions| !positions.is_empty());
            let case = match positions.is_empty() {
                true => Case::Untyped,
                false => {
                    let members = schemas[side].members(&own[side], value);
                    Case::Checked(positions, two_forms(&types.of(schema), api), members)
                }
            };
            cases.insert(index, case);
        }
    }
    Ok(cases.into_values().collect())
}

/// The side of the wire on which a value is valid.
fn side_of(validators: &[Validator; 2], value: &Value) -> Option<usize> {
    let mut validators = validators.iter();
    validators.position(|validator| validator.is_valid(value))
}

/// Whether there is a type for each side of the wire.
fn two_forms(types: &[Type], api: &Api<Name>) -> bool {
    let is_request = |ty: &Type| match named(ty) {
        Some(id) => api.types[id.0].request_form,
        None => false,
    };
    types.len() > 1 && types.iter().any(is_request)
}

/// The declared type that a value of a type is, or its elements are.
fn named(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(of) | Type::Boxed(of) | Type::List(of) | Type::Map(of) => named(of),
        _ => None,
    }
}

/// The first thing that is wrong with a value.
fn why(validator: &Validator, value: &Value) -> String {
    let error = validator.iter_errors(value).next();
    let error = error.map(|error| format!("{}: {}", error.instance_path(), error.kind().keyword()));
    error.unwrap_or_default()
}

/// Puts the checks of one type together, and says where each of them is then.
fn sort(checks: &mut Vec<Check>) -> Vec<usize> {
    let mut sorted: Vec<(usize, Check)> = checks.drain(..).enumerate().collect();
    sorted.sort_by(|(_, one), (_, other)| one.ty.cmp(&other.ty));
    let mut position = vec![0; sorted.len()];
    for (new, (old, _)) in sorted.iter().enumerate() {
        position[*old] = new;
    }
    checks.extend(sorted.into_iter().map(|(_, check)| check));
    position
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
        .replace("models ::", "client :: models ::")
}

/// The names of the variants that keep what no union lists.
fn unlisted(api: &Api<Name>) -> Vec<String> {
    let names = api.types.iter().filter_map(|decl| match &decl.shape {
        Shape::Union { unknown, .. } => Some(unknown.ident.clone()),
        _ => None,
    });
    let names: std::collections::BTreeSet<String> = names.collect();
    names.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::super::generated;
    use super::*;
    use restwright::source::Source;
    use serde_json::json;

    fn document() -> Value {
        json!({
            "openapi": "3.0.0",
            "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"post": {
                "operationId": "a",
                "requestBody": {"content": {"application/json": {
                    "schema": {"$ref": "#/components/schemas/User"},
                    "example": {"name": "b", "key": "k"},
                }}},
                "responses": {"200": {"description": "", "content": {"application/json": {
                    "schema": {"type": "array", "items": {"$ref": "#/components/schemas/User"}},
                    "example": [{"id": 1, "name": "c", "stray": 1}],
                }}}},
            }}},
            "components": {"schemas": {"User": {
                "type": "object",
                "required": ["id", "name", "key"],
                "properties": {
                    "id": {"type": "integer", "readOnly": true},
                    "key": {"type": "string", "writeOnly": true},
                    "name": {"type": "string", "example": 7},
                    "size": {"type": "number", "default": 2},
                },
                "example": {"id": 1, "name": "d", "key": "k"},
            }}},
        })
    }

    fn check(ty: &str, text: &str) -> Check {
        Check {
            ty: ty.to_owned(),
            text: text.to_owned(),
        }
    }

    /// The checks of a document, and its tally when each comes to what `outcome` says.
    fn judged(root: &Value, outcome: impl Fn(&Check) -> Outcome) -> (Vec<Check>, Tally) {
        let (made, report) = generated(Source::new("a.json", root.to_string()));
        let made = made.unwrap_or_else(|error| panic!("{error} {}", report.render_text()));
        let plan = Plan::new(root, &made.api).expect("the schemas can be used");
        let outcomes: Vec<Outcome> = plan.checks.iter().map(outcome).collect();
        let tally = plan.judge(&outcomes).expect("the schemas can be used");
        (plan.checks, tally)
    }

    fn written(text: &str) -> Outcome {
        Outcome {
            written: Some(text.to_owned()),
            debug: Some(String::new()),
            fault: None,
        }
    }

    #[test]
    fn checks_what_is_valid_through_its_types() {
        let (checks, tally) = judged(&document(), |check| written(&check.text));
        let user = "client :: models :: User";
        let request = "client :: models :: UserRequest";
        let list = |ty: &str| format!("Vec < {ty} >");
        let (sent, answered) = (
            r#"{"name":"b","key":"k"}"#,
            r#"[{"id":1,"name":"c","stray":1}]"#,
        );
        let both = r#"{"id":1,"name":"d","key":"k"}"#;
        let mut wanted = vec![
            check("Option < f64 >", "2"),
            check(&list(user), answered),
            check(user, both),
            check(request, sent),
            check(request, both),
        ];
        wanted.sort_by(|one, other| (&one.ty, &one.text).cmp(&(&other.ty, &other.text)));
        let mut found = checks;
        found.sort_by(|one, other| (&one.ty, &one.text).cmp(&(&other.ty, &other.text)));
        assert_eq!(found, wanted);
        assert_eq!((tally.passed, tally.failed), (4, vec![]));
        let name = "#/components/schemas/User/properties/name/example";
        assert_eq!(tally.invalid, [(name.to_owned(), ": type".to_owned())]);
    }

    #[test]
    fn tells_what_did_not_come_back() {
        let told = |outcome: fn(&Check) -> Outcome| {
            let (_, tally) = judged(&document(), outcome);
            let failed = tally.failed.into_iter();
            failed.map(|one| (one.at, one.reason)).collect::<Vec<_>>()
        };
        let example = "#/components/schemas/User/example".to_owned();
        // Each form keeps what the other does not; what neither keeps is lost.
        let forms = |check: &Check| match check.ty.as_str() {
            "client :: models :: User" if check.text.contains("\"d\"") => {
                written(r#"{"id": 1.0, "name": "d"}"#)
            }
            "client :: models :: UserRequest" if check.text.contains("\"d\"") => {
                written(r#"{"name": "d", "key": "k"}"#)
            }
            _ => written(&check.text),
        };
        assert_eq!(told(forms), []);
        let lost = |check: &Check| match check.text.contains("\"d\"") {
            true => written(r#"{"id": 1, "key": "k"}"#),
            false => written(&check.text),
        };
        assert_eq!(told(lost), [(example.clone(), "gone: /name".to_owned())]);
        let changed = |check: &Check| written(&check.text.replace("\"d\"", "\"e\""));
        assert_eq!(
            told(changed),
            [(example.clone(), "changed: /name".to_owned())]
        );
        let fault = |check: &Check| match check.text.contains("\"d\"") {
            true => Outcome {
                written: None,
                debug: None,
                fault: Some(("$.id".to_owned(), "m".to_owned())),
            },
            false => written(&check.text),
        };
        assert_eq!(told(fault), [(example, "does not decode: $.id".to_owned())]);
    }
}
