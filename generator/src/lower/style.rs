//! How a parameter is written where it goes: its style, or the media type of its content.

use super::media::essence;
use super::schema::Cx;
use crate::ir::{ListStyle, Location, Shape, Spot, Style, Type, TypeId};
use crate::read::{self, WHOLE_QUERY};
use openapiv3::{Parameter, ParameterData, ParameterSchemaOrContent, PathStyle, QueryStyle};

/// By what a parameter's value becomes text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// By a style.
    Style,
    /// As JSON.
    Json,
    /// As a form.
    Form,
    /// It is text already.
    Text,
}

/// How a parameter's content says that it is written.
pub fn written(cx: &mut Cx, site: &read::Site<Parameter>) -> Written {
    let data = site.item.parameter_data_ref();
    let ParameterSchemaOrContent::Content(content) = &data.format else {
        return if is_whole_query(data) {
            Written::Form
        } else {
            Written::Style
        };
    };
    let media = content.first().map_or("", |(media, _)| media.as_str());
    match essence(media).as_str() {
        json if is_json(json) => Written::Json,
        "application/x-www-form-urlencoded" if is_whole_query(data) => Written::Form,
        "text/plain" => Written::Text,
        _ => {
            cx.report.warning(
                "parameter-media-type",
                &site.at,
                format!("the parameter is written as `{media}`"),
                "it is typed as text: give it as such a text",
            );
            Written::Text
        }
    }
}

/// Whether a media type is JSON; any, and none, are taken for it.
pub fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    let json = ["application/json", "text/json", "*/*", ""];
    json.contains(&essence.as_str()) || essence.ends_with("+json")
}

/// Whether a parameter is all of the query (`in: querystring`).
fn is_whole_query(data: &ParameterData) -> bool {
    data.extensions.contains_key(WHOLE_QUERY)
}

/// A parameter's name on the wire; what is all of the query has none.
pub fn wire(data: &ParameterData, location: Location) -> String {
    let named = matches!(
        location,
        Location::Styled {
            style: Style::Form,
            ..
        }
    );
    if is_whole_query(data) && !named {
        return String::new();
    }
    data.name.clone()
}

/// Whether a value is written as its own text.
pub fn is_plain(location: Location) -> bool {
    match location {
        Location::Path | Location::Query | Location::Header => true,
        Location::QueryList(_) | Location::QueryJson | Location::Styled { .. } => false,
    }
}

/// Where a parameter goes and the type it has there.
pub fn location(
    cx: &mut Cx,
    site: &read::Site<Parameter>,
    ty: Type,
    written: Written,
) -> (Location, Type) {
    let spot = match &site.item {
        Parameter::Query { .. } => Spot::Query,
        Parameter::Path { .. } => Spot::Path,
        Parameter::Header { .. } => Spot::Header,
        Parameter::Cookie { .. } => Spot::Cookie,
    };
    match written {
        Written::Json if spot == Spot::Query => (Location::QueryJson, ty),
        Written::Json => (styled(spot, Style::Json, false), ty),
        Written::Form => (styled(spot, Style::Form, true), ty),
        Written::Text => {
            let ty = if is_scalar(cx, &ty) { ty } else { Type::Text };
            (by_style(cx, site, &ty), ty)
        }
        Written::Style => {
            let location = by_style(cx, site, &ty);
            note_flags(cx, site, &ty, location);
            match (location, ty) {
                (Location::QueryList(_), Type::List(element)) => (location, *element),
                (location, ty) => (location, ty),
            }
        }
    }
}

fn styled(spot: Spot, style: Style, explode: bool) -> Location {
    Location::Styled {
        spot,
        style,
        explode,
    }
}

fn by_style(cx: &mut Cx, site: &read::Site<Parameter>, ty: &Type) -> Location {
    let scalar = is_scalar(cx, ty);
    let explode = site.item.parameter_data_ref().explode;
    let reserved = scalar && allows_reserved(cx, site);
    match &site.item {
        Parameter::Path { style, .. } => match path_style(style) {
            Style::Simple if reserved => styled(Spot::Path, Style::Reserved, false),
            Style::Simple if scalar => Location::Path,
            style => styled(Spot::Path, style, explode.unwrap_or(false)),
        },
        Parameter::Header { .. } if scalar => Location::Header,
        Parameter::Header { .. } => styled(Spot::Header, Style::Simple, explode.unwrap_or(false)),
        Parameter::Cookie { .. } => styled(Spot::Cookie, Style::Form, explode.unwrap_or(true)),
        Parameter::Query { style, .. } => match ty {
            _ if reserved => styled(Spot::Query, Style::Reserved, false),
            _ if scalar => Location::Query,
            Type::List(element) if *style != QueryStyle::DeepObject && is_scalar(cx, element) => {
                Location::QueryList(list_style(style, explode))
            }
            _ => {
                let (style, by_default) = query_style(style);
                styled(Spot::Query, style, explode.unwrap_or(by_default))
            }
        },
    }
}

/// Says which flags of a parameter change nothing.
fn note_flags(cx: &mut Cx, site: &read::Site<Parameter>, ty: &Type, location: Location) {
    let is_reserved = matches!(
        location,
        Location::Styled {
            style: Style::Reserved,
            ..
        } | Location::Header
    );
    if allows_reserved(cx, site) && !is_reserved {
        cx.report.note(
            "allow-reserved",
            &site.at.key("allowReserved"),
            "a list, an object or a cookie may hold reserved characters",
            "they are percent-encoded all the same, which means the same",
        );
    }
    let empty = matches!(
        &site.item,
        Parameter::Query {
            allow_empty_value: Some(true),
            ..
        }
    );
    if empty && *ty != Type::Text {
        cx.report.note(
            "allow-empty-value",
            &site.at.key("allowEmptyValue"),
            "an empty value may stand for this parameter",
            "its type has none: it cannot be given",
        );
    }
}

fn allows_reserved(cx: &Cx, site: &read::Site<Parameter>) -> bool {
    let flag = cx.document.get(&site.at.key("allowReserved"));
    flag.and_then(serde_json::Value::as_bool).unwrap_or(false)
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

/// Whether a value can be written as text by itself: in a path, a query, a header.
fn is_scalar(cx: &mut Cx, ty: &Type) -> bool {
    let Type::Named(id) = *ty else {
        return is_text(ty);
    };
    if let Some(known) = cx.texts.get(&id) {
        return *known;
    }
    // Until more is known: what refers to itself is none.
    cx.texts.insert(id, false);
    let scalar = match &cx.draft(id).shape {
        Shape::Enum { .. } => true,
        Shape::Record { .. } | Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => false,
        Shape::Alias(Type::Json) => leads_to_scalar(cx, id),
        Shape::Alias(of) => {
            let of = of.clone();
            is_scalar(cx, &of)
        }
    };
    cx.texts.insert(id, scalar);
    scalar
}

/// The same of what a reference leads to, which may not be lowered yet: it is for this alone, aside.
fn leads_to_scalar(cx: &Cx, id: TypeId) -> bool {
    let draft = cx.draft(id);
    let mut aside = cx.report.with_findings([]);
    let mut cx = Cx::new((cx.document, cx.facts), cx.extent, &mut aside);
    let mut wanted = cx.reserve(draft.places[0].at.clone(), draft.side);
    // More references to references than that are a cycle.
    for _ in 0..64 {
        let open = cx.queue.iter().position(|(_, _, id)| *id == wanted);
        let Some((at, side, id)) = open.and_then(|index| cx.queue.remove(index)) else {
            break;
        };
        match cx.referred(&at, side, id) {
            Some(Shape::Enum { .. }) => return true,
            Some(Shape::Alias(Type::Named(next))) => wanted = next,
            Some(Shape::Alias(ty)) => return is_text(&ty),
            _ => break,
        }
    }
    false
}

/// Whether the values of a type that is not declared are texts by themselves.
fn is_text(ty: &Type) -> bool {
    match ty {
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Decimal
        | Type::Text
        | Type::Format(_) => true,
        Type::File
        | Type::Tuple(_)
        | Type::Json
        | Type::Map(_)
        | Type::List(_)
        | Type::Nullable(_)
        | Type::Boxed(_)
        | Type::Named(_) => false,
    }
}
