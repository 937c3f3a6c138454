//! Whether the samples of an interface are values of their schemas, decided by the jsonschema crate.

use crate::corpus::schemas::{Schemas, Side};
use restwright::ir::{Api, Content, Name, Shape, Type};
use restwright::source::Pointer;
use serde_json::Value;

/// A sample, with the places of the schemas of which it has to fit one.
struct Sample<'a> {
    at: &'a Pointer,
    value: &'a Value,
    schemas: Vec<Pointer>,
}

/// How many samples there are, and those that are no value of their schema, each with the reason.
///
/// # Errors
/// The schemas cannot be used at all. A fault of ours.
pub fn judge(root: &Value, api: &Api<Name>) -> Result<(usize, Vec<String>), String> {
    let samples = samples(root, api);
    let places = samples.iter().flat_map(|sample| sample.schemas.clone());
    let schemas = Schemas::new(root, Side::Request, places);
    let registry = schemas.registry()?;
    let mut wrong = Vec::new();
    for sample in &samples {
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
