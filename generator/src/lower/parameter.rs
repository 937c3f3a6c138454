//! Parameters outside the body: their types, and how they are written where they go.

use super::docs;
use super::draft::{Place, Side, Use};
use super::schema::Cx;
use super::view::Node;
use crate::ir::{ListStyle, Location, Parameter, Part, Slot, Spot, Style, Type};
use crate::read;
use crate::source::Pointer;
use openapiv3::{ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

/// The parameters outside the body: those of the path in its order, then the others.
pub fn parameters(cx: &mut Cx, operation: &read::Operation, place: &Place) -> Vec<Parameter<Slot>> {
    let mut lowered: Vec<Parameter<Slot>> = Vec::new();
    for site in &operation.parameters {
        lowered.extend(parameter(cx, site, place));
    }
    let position =
        |parameter: &Parameter<Slot>| operation.path.find(&format!("{{{}}}", parameter.wire));
    lowered.sort_by_key(|parameter| match parameter.location {
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
    let place = Place {
        at: site.at.clone(),
        owner: place.owner.clone(),
        path: vec![Part::Text(data.name.clone())],
    };
    let (used, json, schema) = parameter_type(cx, data, &place);
    let (location, ty) = location(cx, site, used.ty, json)?;
    // In 2.0 a parameter is its own schema, and has said all.
    let own = schema.as_ref().is_some_and(|schema| schema.at == site.at);
    let description = data.description.as_deref().filter(|_| !own);
    let mut doc = docs::lines(description.unwrap_or_default());
    if let Some(schema) = schema {
        if doc.is_empty() {
            doc = docs::of_schema(&[schema]);
        } else {
            let bounds = docs::bounds(&[schema]);
            doc.extend(
                (!bounds.is_empty())
                    .then(|| [String::new(), bounds])
                    .into_iter()
                    .flatten(),
            );
        }
    }
    let path = in_path(location);
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
    use openapiv3::Parameter::{Cookie, Header, Path, Query};
    let explode = site.item.parameter_data_ref().explode;
    let styled = |spot, style, explode| Location::Styled {
        spot,
        style,
        explode,
    };
    let scalar = cx.is_scalar(&ty);
    Some(match &site.item {
        Query { .. } if json => (Location::QueryJson, ty),
        Path { .. } | Header { .. } | Cookie { .. } if json => {
            cx.report.warning(
                "json-outside-query",
                &site.at,
                "a parameter outside the query is JSON",
                "it is typed as text: give it as JSON text",
            );
            return location(cx, site, Type::Text, false);
        }
        Path { style, .. } => match path_style(style) {
            Style::Simple if scalar => (Location::Path, ty),
            style => (styled(Spot::Path, style, explode.unwrap_or(false)), ty),
        },
        // These are the media types' and the credential's to say.
        Header { parameter_data, .. }
            if ["accept", "content-type", "authorization"]
                .contains(&parameter_data.name.to_ascii_lowercase().as_str()) =>
        {
            return None;
        }
        Header { .. } if scalar => (Location::Header, ty),
        Header { .. } => (
            styled(Spot::Header, Style::Simple, explode.unwrap_or(false)),
            ty,
        ),
        Cookie { .. } => (
            styled(Spot::Cookie, Style::Form, explode.unwrap_or(true)),
            ty,
        ),
        Query { style, .. } => match ty {
            ty if scalar => (Location::Query, ty),
            Type::List(element) if *style != QueryStyle::DeepObject && cx.is_scalar(&element) => {
                (Location::QueryList(list_style(style, explode)), *element)
            }
            ty => {
                let (style, by_default) = query_style(style);
                (
                    styled(Spot::Query, style, explode.unwrap_or(by_default)),
                    ty,
                )
            }
        },
    })
}

fn path_style(style: &PathStyle) -> Style {
    match style {
        PathStyle::Simple => Style::Simple,
        PathStyle::Label => Style::Label,
        PathStyle::Matrix => Style::Matrix,
    }
}

/// A style of the query, and whether it explodes by default.
fn query_style(style: &QueryStyle) -> (Style, bool) {
    match style {
        QueryStyle::Form => (Style::Form, true),
        QueryStyle::SpaceDelimited => (Style::Space, false),
        QueryStyle::PipeDelimited => (Style::Pipe, false),
        QueryStyle::DeepObject => (Style::Deep, true),
    }
}

fn list_style(style: &QueryStyle, explode: Option<bool>) -> ListStyle {
    match (style, explode) {
        (QueryStyle::Form, Some(false)) => ListStyle::Comma,
        (QueryStyle::SpaceDelimited, Some(false) | None) => ListStyle::Space,
        (QueryStyle::PipeDelimited, Some(false) | None) => ListStyle::Pipe,
        (QueryStyle::Form | QueryStyle::DeepObject, _) | (_, Some(true)) => ListStyle::Repeat,
    }
}
