//! Parameters outside the body: their types, and how they are written where they go.

use super::docs;
use super::draft::{Place, Side, Use};
use super::schema::Cx;
use super::view::Node;
use crate::ir::{ListStyle, Location, Parameter, Part, Slot, Type};
use crate::read;
use crate::source::Pointer;
use openapiv3::{ParameterSchemaOrContent, QueryStyle, ReferenceOr};

/// The parameters outside the body: those of the path in its order, then the others.
pub fn parameters(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Parameter<Slot>> {
    let mut lowered: Vec<Parameter<Slot>> = Vec::new();
    for site in &operation.parameters {
        lowered.extend(parameter(cx, site, place));
    }
    let position =
        |parameter: &Parameter<Slot>| operation.path.find(&format!("{{{}}}", parameter.wire));
    lowered.sort_by_key(|parameter| match parameter.location {
        Location::Path => (0, position(parameter)),
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
    let place = Place {
        at: site.at.clone(),
        owner: place.owner.clone(),
        path: vec![Part::Text(data.name.clone())],
    };
    let (used, json, schema) = parameter_type(cx, data, &place);
    let (location, ty) = location(cx, site, used.ty, json)?;
    let mut doc = docs::lines(data.description.as_deref().unwrap_or_default());
    if let Some(schema) = schema {
        let without_description = docs::of_schema(&[schema]);
        doc.extend(if doc.is_empty() {
            without_description
        } else {
            without_description
                .last()
                .filter(|last| last.ends_with('.'))
                .map(|facts| vec![String::new(), facts.clone()])
                .unwrap_or_default()
        });
    }
    let path = location == Location::Path;
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
        wire: data.name.clone(),
        location,
        ty,
        required: path || data.required,
        doc,
        deprecated: data.deprecated.unwrap_or(false),
    })
}

fn in_text(location: Location) -> &'static str {
    match location {
        Location::Path => "in path",
        Location::Query | Location::QueryList(_) | Location::QueryJson => "in query",
        Location::Header => "in header",
    }
}

/// A parameter's type, whether it is written as JSON, and its schema.
fn parameter_type<'d>(
    cx: &mut Cx<'d, '_>,
    data: &openapiv3::ParameterData,
    place: &Place,
) -> (Use, bool, Option<Node<'d>>) {
    let (schema, json) = match &data.format {
        ParameterSchemaOrContent::Schema(schema) => (Some(schema), false),
        ParameterSchemaOrContent::Content(content) => (
            content.first().and_then(|(_, media)| media.schema.as_ref()),
            true,
        ),
    };
    let Some(node) = schema.and_then(|schema| node(cx, schema)) else {
        return (Use::from(Type::Text), json, None);
    };
    let used = cx.use_of(&node, place, Side::Request);
    cx.drain();
    (used, json, Some(node))
}

/// The schema that a skeleton's reference stands for.
pub fn node<'d, T>(cx: &Cx<'d, '_>, schema: &ReferenceOr<T>) -> Option<Node<'d>> {
    let ReferenceOr::Reference { reference } = schema else {
        return None;
    };
    let at = Pointer::parse(reference)?;
    let value = cx.document.get(&at)?;
    Some(Node { value, at })
}

/// Where a parameter goes and the type it has there, or `None` for a header that is not one.
fn location(
    cx: &mut Cx,
    site: &read::Site<openapiv3::Parameter>,
    ty: Type,
    json: bool,
) -> Option<(Location, Type)> {
    let data = site.item.parameter_data_ref();
    let reported = |cx: &mut Cx, what: &str| {
        cx.report.warning(
            "parameter-as-text",
            &site.at,
            format!(
                "the {what} parameter `{}` is more than a plain value",
                data.name
            ),
            "it is typed as text, written as it is given",
        );
        Type::Text
    };
    let scalar = cx.is_scalar(&ty);
    Some(match &site.item {
        openapiv3::Parameter::Path { .. } if scalar => (Location::Path, ty),
        openapiv3::Parameter::Path { .. } => (Location::Path, reported(cx, "path")),
        openapiv3::Parameter::Header { .. } => {
            // These are the media types' and the credential's to say.
            let reserved = ["accept", "content-type", "authorization"];
            if reserved.contains(&data.name.to_ascii_lowercase().as_str()) {
                return None;
            }
            (
                Location::Header,
                if scalar { ty } else { reported(cx, "header") },
            )
        }
        openapiv3::Parameter::Cookie { .. } => {
            cx.report.warning(
                "cookie-parameter",
                &site.at,
                format!("the cookie parameter `{}` is left out", data.name),
                "send it as a `Cookie` header of the client or the call",
            );
            return None;
        }
        openapiv3::Parameter::Query { .. } if json => (Location::QueryJson, ty),
        openapiv3::Parameter::Query { style, .. } => match ty {
            ty if scalar => (Location::Query, ty),
            Type::List(element) if cx.is_scalar(&element) => (
                Location::QueryList(list_style(style, data.explode)),
                *element,
            ),
            _ => (Location::Query, reported(cx, "query")),
        },
    })
}

fn list_style(style: &QueryStyle, explode: Option<bool>) -> ListStyle {
    match (style, explode) {
        (QueryStyle::Form, Some(false)) => ListStyle::Comma,
        (QueryStyle::SpaceDelimited, Some(false) | None) => ListStyle::Space,
        (QueryStyle::PipeDelimited, Some(false) | None) => ListStyle::Pipe,
        (QueryStyle::Form | QueryStyle::DeepObject, _) | (_, Some(true)) => ListStyle::Repeat,
    }
}
