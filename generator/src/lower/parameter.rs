//! Parameters outside the body: their types, and how they are written where they go.

use super::default;
use super::docs;
use super::draft::{Place, Side, Use};
use super::sample::{self, Extent};
use super::schema::Cx;
use super::style;
use super::view::Node;
use crate::ir::{Location, Parameter, Part, Slot, Spot, Type};
use crate::read;
use crate::source::Pointer;
use openapiv3::{ParameterSchemaOrContent, ReferenceOr};
use serde_json::Value;

/// The parameters outside the body: those of the path in its order, then the others.
pub fn parameters(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Parameter<Slot>> {
    let mut lowered: Vec<Parameter<Slot>> = Vec::new();
    for site in &operation.parameters {
        lowered.extend(parameter(cx, site, place));
    }
    let position =
        |parameter: &Parameter<Slot>| operation.path.find(&format!("{{{}}}", parameter.wire));
    lowered.sort_by_cached_key(|parameter| match parameter.location {
        location if in_path(location) => (0, position(parameter)),
        _ => (1, None),
    });
    lowered
}

fn parameter(
    cx: &mut Cx,
    site: &read::Site<openapiv3::Parameter>,
    place: &Place,
) -> Option<Parameter<Slot>> {
    let data = site.item.parameter_data_ref();
    if is_set_otherwise(cx, site) {
        return None;
    }
    let place = Place {
        at: site.at.clone(),
        owner: place.owner.clone(),
        path: vec![Part::Text(data.name.clone())],
    };
    let written = style::written(cx, site);
    let (used, schema) = parameter_type(cx, data, &place);
    let (location, ty) = style::location(cx, site, used.ty, written);
    let path = in_path(location);
    let required = path || data.required;
    // What has one value is not asked for; a call can still have another.
    let fixed = used
        .fixed
        .as_ref()
        .filter(|value| !matches!(value, Value::Null | Value::Array(_) | Value::Object(_)))
        .filter(|_| required && style::is_plain(location));
    let default = schema.as_ref().and_then(|schema| whole_default(cx, schema));
    let given = (required && fixed.is_none()) || cx.extent == Extent::Full;
    let sample = given
        .then(|| sample::parameter(cx, data, schema.as_ref(), &site.at))
        .flatten();
    let mut doc = docs_of(cx, data, schema, &site.at);
    if required && fixed.is_none() && data.deprecated == Some(true) {
        doc.push("**Deprecated.**".to_owned());
    }
    let fixed = fixed.map(text_of);
    if let Some(value) = fixed.as_ref().filter(|_| !path) {
        doc.push(format!("{} where it is not set.", docs::code(value)));
    }
    Some(Parameter {
        name: Slot {
            place: site.at.clone(),
            candidates: vec![
                vec![Part::Text(data.name.clone())],
                vec![
                    Part::Text(data.name.clone()),
                    Part::Text(in_text(location).to_owned()),
                ],
            ],
        },
        wire: style::wire(data, location),
        location,
        ty,
        required: required && fixed.is_none(),
        fixed,
        default,
        sample,
        doc,
        deprecated: data.deprecated.unwrap_or(false),
    })
}

/// The default of a schema or of what it refers to, if it is a whole number that fits.
fn whole_default(cx: &Cx, schema: &Node) -> Option<i64> {
    let referred = schema.text("$ref").and_then(|to| {
        let at = cx.document.resolve(to)?;
        Some(Node::new(cx.document.get(&at)?, at))
    });
    let schemas = [Some(schema), referred.as_ref()];
    schemas
        .into_iter()
        .flatten()
        .find_map(|schema| default::of(cx.document, std::slice::from_ref(schema))?.as_i64())
}

/// A scalar as it is written outside of JSON.
fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// Whether a parameter is a header that the media types or the credential say.
fn is_set_otherwise(cx: &mut Cx, site: &read::Site<openapiv3::Parameter>) -> bool {
    let openapiv3::Parameter::Header { parameter_data, .. } = &site.item else {
        return false;
    };
    let name = parameter_data.name.to_ascii_lowercase();
    let set = ["accept", "content-type", "authorization"].contains(&name.as_str());
    if set {
        cx.report.note(
            "header-set-otherwise",
            &site.at,
            format!(
                "a parameter `{}` is none, says OpenAPI",
                parameter_data.name
            ),
            "the client sends the header by itself; `with_header` sets another on a call",
        );
    }
    set
}

fn docs_of<'d>(
    cx: &Cx<'d, '_>,
    data: &openapiv3::ParameterData,
    schema: Option<Node<'d>>,
    at: &Pointer,
) -> Vec<String> {
    // In 2.0 a parameter is its own schema, and has said all.
    let own = schema.as_ref().is_some_and(|schema| schema.at == *at);
    let description = data.description.as_deref().filter(|_| !own);
    let mut doc = docs::lines(description.unwrap_or_default());
    if let Some(schema) = schema {
        if doc.is_empty() {
            doc = docs::of_schema(cx.document, &[schema]);
        } else {
            let bounds = docs::bounds(cx.document, &[schema]);
            doc.extend(
                (!bounds.is_empty())
                    .then(|| [String::new(), bounds])
                    .into_iter()
                    .flatten(),
            );
        }
    }
    doc
}

fn in_path(location: Location) -> bool {
    in_text(location) == "in path"
}

fn in_text(location: Location) -> &'static str {
    match location {
        Location::Path => "in path",
        Location::Query | Location::QueryList(_) | Location::QueryJson => "in query",
        Location::Header => "in header",
        Location::Styled { spot, .. } => match spot {
            Spot::Path => "in path",
            Spot::Query => "in query",
            Spot::Header => "in header",
            Spot::Cookie => "in cookie",
        },
    }
}

/// A parameter's type and its schema.
fn parameter_type<'d>(
    cx: &mut Cx<'d, '_>,
    data: &openapiv3::ParameterData,
    place: &Place,
) -> (Use, Option<Node<'d>>) {
    let schema = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => {
            content.first().and_then(|(_, media)| media.schema.as_ref())
        }
    };
    let Some(node) = schema.and_then(|schema| node(cx, schema)) else {
        return (Use::from(Type::Text), None);
    };
    (cx.use_of(&node, place, Side::Request), Some(node))
}

/// The schema that a skeleton's reference stands for.
pub fn node<'d, T>(cx: &Cx<'d, '_>, schema: &ReferenceOr<T>) -> Option<Node<'d>> {
    let ReferenceOr::Reference { reference } = schema else {
        return None;
    };
    let at = Pointer::parse(reference)?;
    let value = cx.document.get(&at)?;
    Some(Node::new(value, at))
}
