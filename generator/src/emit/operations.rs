//! Operations: a handle per group, a function and a call type per operation.

use super::{Code, Content, doc, feature, ident, ty, types};
use crate::ir::{
    Answer, Api, Body, Content as BodyContent, Cursor, Failure, Group, ListStyle, Location, Name,
    Need, Operation, Parameter, Spot, Style,
};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::BTreeSet;

/// `operations.rs` and a file per group.
pub fn files(api: &Api<Name>) -> Vec<Code> {
    let modules = api.groups.iter().map(|group| {
        let module = ident(&group.name);
        let feature = feature(group);
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    });
    let mut files = vec![Code {
        path: "src/operations.rs".to_owned(),
        content: Content::Rust {
            doc: vec!["The operations, a module per tag.".to_owned()],
            items: modules.collect(),
        },
    }];
    // Several operations may answer the same page.
    let mut pages = BTreeSet::new();
    files.extend(api.groups.iter().map(|group| Code {
        path: format!("src/operations/{}.rs", group.name.ident),
        content: Content::Rust {
            doc: vec![format!("The operations of the tag `{}`.", group.tag)],
            items: items(api, group, &mut pages),
        },
    }));
    files
}

fn items(api: &Api<Name>, group: &Group<Name>, pages: &mut BTreeSet<usize>) -> Vec<TokenStream> {
    let handle = ident(&group.handle);
    let mut docs = group.doc.clone();
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!(
        "Given by `client.{}()`; the operations of the tag `{}`.",
        ident(&group.name),
        group.tag
    ));
    let docs = doc(&docs);
    let functions = group
        .operations
        .iter()
        .map(|operation| function(api, operation));
    let mut items = vec![
        quote! {
            #docs
            #[derive(Clone, Debug)]
            pub struct #handle {
                pub(crate) client: crate::Client,
            }
        },
        quote!(impl #handle { #(#functions)* }),
    ];
    for operation in &group.operations {
        items.push(call(api, group, operation));
        if let Some(paging) = operation
            .paging
            .as_ref()
            .filter(|paging| pages.insert(paging.page.0))
        {
            items.push(types::page(api, paging));
        }
    }
    items
}

fn function(api: &Api<Name>, operation: &Operation<Name>) -> TokenStream {
    let docs = doc(&function_docs(api, operation));
    // The call's type is deprecated too, and the function may name it all the same.
    let deprecated = operation
        .deprecated
        .then(|| quote!(#[deprecated] #[allow(deprecated)]));
    let name = ident(&operation.name);
    let call = ident(&operation.call);
    let required: Vec<&Parameter<Name>> =
        operation.parameters.iter().filter(|p| p.required).collect();
    let body = operation.body.as_ref().filter(|body| body.required);
    let arguments = required.iter().map(|parameter| {
        let name = ident(&parameter.name);
        let of = ty(api, &parameter.ty);
        match parameter.location {
            Location::QueryList(_) => {
                quote!(#name: impl IntoIterator<Item = impl crate::Fill<#of>>)
            }
            Location::Path
            | Location::Query
            | Location::QueryJson
            | Location::Header
            | Location::Styled { .. } => {
                quote!(#name: impl crate::Fill<#of>)
            }
        }
    });
    let body_argument = body.map(|body| {
        let name = ident(&body.name);
        match &body.content {
            BodyContent::Json { ty: of, .. }
            | BodyContent::Form(of)
            | BodyContent::Multipart { ty: of, .. } => {
                let of = ty(api, of);
                quote!(#name: impl crate::Fill<#of>)
            }
            BodyContent::Text(_) => quote!(#name: impl Into<String>),
            BodyContent::Bytes(_) => quote!(#name: impl Into<crate::Bytes>),
        }
    });
    let arguments = arguments.chain(body_argument);
    let (id, method, path) = (&operation.id, &operation.method, &operation.path);
    let need = match operation.need {
        Need::Required => TokenStream::new(),
        Need::Optional => quote!(.credentials_optional()),
        Need::None => quote!(.without_credentials()),
    };
    let settings = required.iter().map(|parameter| setting(api, parameter));
    let body_setting = body.map(|body| body_setting(api, body));
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> #call {
            #call::from_request(
                crate::runtime::Request::new(&self.client, #id, #method, #path)
                    #need #(#settings)* #body_setting,
            )
        }
    }
}

fn setting(api: &Api<Name>, parameter: &Parameter<Name>) -> TokenStream {
    let name = ident(&parameter.name);
    let wire = &parameter.wire;
    let of = ty(api, &parameter.ty);
    match parameter.location {
        Location::Path => quote!(.path::<#of>(#wire, #name)),
        Location::Query => quote!(.query::<#of>(#wire, #name)),
        Location::QueryJson => quote!(.query_json::<#of>(#wire, #name)),
        Location::Header => quote!(.header::<#of>(#wire, #name)),
        Location::Styled {
            spot,
            style,
            explode,
        } => {
            let (spot, style) = (spot_name(spot), style_name(style));
            quote!(.styled::<#of>(
                crate::runtime::Spot::#spot, #wire, crate::runtime::Style::#style, #explode, #name
            ))
        }
        Location::QueryList(style) => {
            let style = list_style(style);
            quote!(.query_list::<#of>(#wire, #name, crate::runtime::ListStyle::#style))
        }
    }
}

fn body_setting(api: &Api<Name>, body: &Body<Name>) -> TokenStream {
    let name = ident(&body.name);
    match &body.content {
        BodyContent::Json { ty: of, media_type } => {
            let of = ty(api, of);
            match media_type {
                Some(media) => quote!(.json_as::<#of>(#media, #name)),
                None => quote!(.json::<#of>(#name)),
            }
        }
        BodyContent::Form(of) => {
            let of = ty(api, of);
            quote!(.form::<#of>(#name))
        }
        BodyContent::Multipart { ty: of, types } => {
            let of = ty(api, of);
            let types = types.iter().map(|(part, media)| quote!((#part, #media)));
            quote!(.multipart::<#of>(&[#(#types),*], #name))
        }
        BodyContent::Text(media) => quote!(.text(#media, #name)),
        BodyContent::Bytes(media) => quote!(.bytes(#media, #name)),
    }
}

fn spot_name(spot: Spot) -> TokenStream {
    match spot {
        Spot::Path => quote!(Path),
        Spot::Query => quote!(Query),
        Spot::Header => quote!(Header),
        Spot::Cookie => quote!(Cookie),
    }
}

fn style_name(style: Style) -> TokenStream {
    match style {
        Style::Simple => quote!(Simple),
        Style::Label => quote!(Label),
        Style::Matrix => quote!(Matrix),
        Style::Form => quote!(Form),
        Style::Space => quote!(Space),
        Style::Pipe => quote!(Pipe),
        Style::Deep => quote!(Deep),
    }
}

fn list_style(style: ListStyle) -> TokenStream {
    match style {
        ListStyle::Repeat => quote!(Repeat),
        ListStyle::Comma => quote!(Comma),
        ListStyle::Space => quote!(Space),
        ListStyle::Pipe => quote!(Pipe),
    }
}

fn call(api: &Api<Name>, group: &Group<Name>, operation: &Operation<Name>) -> TokenStream {
    let name = ident(&operation.call);
    let link = format!(
        "The call that [`{}::{}`] makes.",
        group.handle.ident, operation.name.ident
    );
    let docs = doc(&[link]);
    let answer = match &operation.answer {
        Answer::Json(of) => {
            let of = ty(api, of);
            quote!(#[answer(json = #of)])
        }
        Answer::Text => quote!(#[answer(text)]),
        Answer::Bytes => quote!(#[answer(bytes)]),
        Answer::Empty => quote!(#[answer(empty)]),
    };
    let pages = operation
        .paging
        .as_ref()
        .map(|paging| match &paging.cursor {
            Cursor::Query(name) => quote!(#[pages(query = #name)]),
            Cursor::Body(name) => quote!(#[pages(body = #name)]),
        });
    let setters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required);
    let setters = setters.map(|parameter| setter(api, parameter));
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| body_setter(api, body));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        crate::runtime::operation! {
            #docs #deprecated #answer #pages
            pub struct #name { #(#setters)* #body }
        }
    }
}

fn setter(api: &Api<Name>, parameter: &Parameter<Name>) -> TokenStream {
    let docs = doc(&parameter.doc);
    let name = ident(&parameter.name);
    let wire = &parameter.wire;
    let of = ty(api, &parameter.ty);
    let kind = match parameter.location {
        Location::Path | Location::Query => quote!(query(#wire)),
        Location::QueryJson => quote!(query_json(#wire)),
        Location::Header => quote!(header(#wire)),
        Location::Styled {
            spot,
            style,
            explode,
        } => {
            let (spot, style) = (spot_name(spot), style_name(style));
            quote!(styled(#wire, #spot, #style, #explode))
        }
        Location::QueryList(style) => {
            let style = list_style(style);
            quote!(query_list(#wire, #style))
        }
    };
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated #[#kind] #name: #of,)
}

fn body_setter(api: &Api<Name>, body: &Body<Name>) -> TokenStream {
    let docs = doc(&body.doc);
    let name = ident(&body.name);
    let (kind, of) = match &body.content {
        BodyContent::Json { ty: of, media_type } => match media_type {
            Some(media) => (quote!(json(#media)), ty(api, of)),
            None => (quote!(json), ty(api, of)),
        },
        BodyContent::Form(of) => (quote!(form), ty(api, of)),
        BodyContent::Multipart { ty: of, types } => {
            let types = types.iter().map(|(part, media)| quote!(#part = #media));
            (quote!(multipart(#(#types),*)), ty(api, of))
        }
        BodyContent::Text(media) => (quote!(text(#media)), quote!(String)),
        BodyContent::Bytes(media) => (quote!(bytes(#media)), quote!(crate::Bytes)),
    };
    quote!(#docs #[#kind] #name: #of,)
}

fn function_docs(api: &Api<Name>, operation: &Operation<Name>) -> Vec<String> {
    let mut lines = operation.doc.clone();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let address = format!("{} {}", operation.method, operation.path);
    lines.push(if operation.id == address {
        format!("`{address}`")
    } else {
        format!("`{address}` (`{}`)", operation.id)
    });
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let described: Vec<String> = required
        .filter(|parameter| !parameter.doc.is_empty())
        .map(|parameter| format!("- `{}`: {}", parameter.name.ident, flat(&parameter.doc)))
        .collect();
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    let failures = failures(api, &operation.failures);
    if !failures.is_empty() {
        lines.push(String::new());
        lines.push("# Errors".to_owned());
        lines.extend(failures);
    }
    lines
}

fn flat(lines: &[String]) -> String {
    let lines: Vec<&str> = lines
        .iter()
        .map(|line| line.trim())
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

/// The declared failures, those with the same body in a line.
fn failures(api: &Api<Name>, failures: &[Failure]) -> Vec<String> {
    let mut by_body: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for failure in failures {
        let body = failure.ty.as_ref().map(|of| body_text(api, of));
        let status = format!("`{}`", failure.status);
        match by_body.iter_mut().find(|(known, _)| *known == body) {
            Some((_, statuses)) => statuses.push(status),
            None => by_body.push((body, vec![status])),
        }
    }
    let lines = by_body.into_iter();
    lines
        .map(|(body, statuses)| match body {
            Some(body) => format!("- {}: {body}", statuses.join(", ")),
            None => format!("- {}", statuses.join(", ")),
        })
        .collect()
}

fn body_text(api: &Api<Name>, of: &crate::ir::Type) -> String {
    use crate::ir::Type;
    match of {
        Type::Named(id) => {
            let name = &api.types[id.0].name.ident;
            format!("[`{name}`](crate::models::{name})")
        }
        Type::List(of) => format!("a list of {}", body_text(api, of)),
        Type::Nullable(of) | Type::Boxed(of) => body_text(api, of),
        Type::Map(_) => "an object".to_owned(),
        Type::Bool
        | Type::Integer(_)
        | Type::Number
        | Type::Text
        | Type::Format(_)
        | Type::File
        | Type::Json => "JSON".to_owned(),
    }
}
