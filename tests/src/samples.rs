//! Whether the samples of an interface, and its examples of answers, are values of their schemas, decided
//! by the jsonschema crate.

use crate::corpus::schemas::{Schemas, Side};
use restwright::ir::{Api, Content, ExampleBody, Name, Shape, Type};
use restwright::source::Pointer;
use serde_json::Value;

/// A sample, with the places of the schemas of which it has to fit one.
struct Sample<'a> {
    at: &'a Pointer,
    value: &'a Value,
    schemas: Vec<Pointer>,
}

/// How many samples there are of what is sent, and those that are no value of their schema, each with
/// the reason.
///
/// # Errors
/// The schemas cannot be used at all. A fault of ours.
pub fn judge(root: &Value, api: &Api<Name>) -> Result<(usize, Vec<String>), String> {
    judge_all(root, &samples(root, api), Side::Request)
}

/// The same for the examples of answers.
///
/// # Errors
/// The schemas cannot be used at all. A fault of ours.
pub fn judge_answers(root: &Value, api: &Api<Name>) -> Result<(usize, Vec<String>), String> {
    let operations = api.groups.iter().flat_map(|group| &group.operations);
    let samples: Vec<Sample> = operations
        .filter_map(|operation| {
            let example = operation.example.as_ref()?;
            let Some((media, ExampleBody::Json(value))) = &example.content else {
                return None;
            };
            let at = &operation.name.place;
            let schemas = answer_schema(root, at, example.status, media);
            Some(Sample {
                at,
                value,
                schemas: schemas.into_iter().collect(),
            })
        })
        .collect();
    judge_all(root, &samples, Side::Response)
}

/// The schema of an answer in a media type; in 2.0 it is the answer's own.
fn answer_schema(root: &Value, operation: &Pointer, status: u16, media: &str) -> Option<Pointer> {
    let responses = operation.key("responses");
    let exact = [status.to_string(), "2XX".to_owned(), "default".to_owned()];
    let mut at = exact
        .iter()
        .map(|status| responses.key(status))
        .find(|at| at.get(root).is_some())?;
    while let Some(reference) = at.key("$ref").get(root).and_then(Value::as_str) {
        at = Pointer::parse(reference.trim_start_matches('#'))?;
    }
    let content = at.key("content");
    let places = [media, "*/*", "application/*"].map(|media| content.key(media).key("schema"));
    let mut places = places.into_iter().chain([at.key("schema")]);
    places.find(|place| place.get(root).is_some())
}

fn judge_all(root: &Value, samples: &[Sample], side: Side) -> Result<(usize, Vec<String>), String> {
    let places = samples.iter().flat_map(|sample| sample.schemas.clone());
    let schemas = Schemas::new(root, side, places);
    let registry = schemas.registry()?;
    let mut wrong = Vec::new();
    for sample in samples {
        let faults: Vec<String> = sample
            .schemas
            .iter()
            .filter_map(|place| {
                let validator = schemas.validator(place, &registry).ok()?;
                let error = validator.validate(sample.value).err()?;
                Some(error.to_string())
            })
            .collect();
        if faults.len() == sample.schemas.len() && !faults.is_empty() {
            wrong.push(format!("{}: {}: {}", sample.at, sample.value, faults[0]));
        }
    }
    Ok((samples.len(), wrong))
}

fn samples<'a>(root: &Value, api: &'a Api<Name>) -> Vec<Sample<'a>> {
    let mut samples = Vec::new();
    for operation in api.groups.iter().flat_map(|group| &group.operations) {
        for parameter in &operation.parameters {
            let at = &parameter.name.place;
            samples.extend(parameter.sample.as_ref().map(|value| Sample {
                at,
                value,
                schemas: schemas(root, at),
            }));
        }
        let Some(body) = &operation.body else {
            continue;
        };
        let at = &body.name.place;
        // Of a text no schema says more.
        let typed = body.sample.as_ref().filter(|_| body.content.ty().is_some());
        samples.extend(typed.map(|value| Sample {
            at,
            value,
            schemas: schemas(root, at),
        }));
        let Content::OneOf(Type::Named(id)) = body.content else {
            continue;
        };
        let Shape::Bodies(cases) = &api.types[id.0].shape else {
            continue;
        };
        for case in cases {
            let typed = case.sample.as_ref().filter(|_| case.content.ty().is_some());
            samples.extend(typed.map(|value| Sample {
                at,
                value,
                schemas: vec![at.key("content").key(&case.media).key("schema")],
            }));
        }
    }
    let there = |place: &Pointer| place.get(root).is_some();
    for sample in &mut samples {
        sample.schemas.retain(there);
    }
    samples
}

/// The schemas of a parameter or a body; in 2.0 a parameter is its own.
fn schemas(root: &Value, at: &Pointer) -> Vec<Pointer> {
    let content = at.key("content");
    let media = content.get(root).and_then(Value::as_object);
    let media = media.into_iter().flatten();
    let mut schemas: Vec<Pointer> = media
        .map(|(name, _)| content.key(name).key("schema"))
        .collect();
    schemas.push(at.key("schema"));
    if at.key("in").get(root).is_some_and(|place| place != "body")
        && at.key("type").get(root).is_some()
    {
        schemas.push(at.clone());
    }
    schemas
}
