//! The function of an operation: a request filled from literals and arguments.

use super::docs::docs;
use super::{list_style, spot_name, style_name};
use crate::emit::bodies::form_style;
use crate::emit::{doc, ident, rules, ty};
use crate::ir::{Api, Body, Content, Group, Location, Name, Operation, Parameter, PartKind};
use proc_macro2::TokenStream;
use quote::quote;

pub fn function(
    api: &Api<Name>,
    group: &Group<Name>,
    operation: &Operation<Name>,
    example: Vec<String>,
) -> TokenStream {
    let docs = doc(&docs(api, operation, example));
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
            Content::Json { ty: of, .. }
            | Content::Form { ty: of, .. }
            | Content::Multipart { ty: of, .. }
            | Content::OneOf(of) => {
                let of = ty(api, of);
                quote!(#name: impl crate::Fill<#of>)
            }
            Content::Text(_) => quote!(#name: impl Into<String>),
            Content::Bytes(_) => quote!(#name: impl Into<crate::Upload>),
        }
    });
    let arguments = arguments.chain(body_argument);
    let server = operation.server.as_ref().map(|url| quote!(.server(#url)));
    let security = operation.security.as_ref().map(|own| {
        let own = super::super::security::alternatives(own);
        quote!(.security(#own))
    });
    let accept = operation.offer.accept.as_ref();
    let accept = accept.map(|accept| quote!(.accept(#accept)));
    let checked = rules::setting(api, group, operation);
    let settings = operation
        .parameters
        .iter()
        .filter_map(|parameter| match &parameter.fixed {
            Some(value) => Some(fixed_setting(parameter, value)),
            None => parameter.required.then(|| setting(api, parameter)),
        });
    let body_setting = body.map(|body| body_setting(api, body));
    quote! {
        #docs
        #deprecated
        pub fn #name(&self, #(#arguments),*) -> #call {
            #call::request(&self.client)
                #server #security #accept #checked #(#settings)* #body_setting
                .into()
        }
    }
}

/// What is sent without being asked for.
fn fixed_setting(parameter: &Parameter<Name>, value: &str) -> TokenStream {
    let wire = &parameter.wire;
    match parameter.location {
        Location::Path => quote!(.path::<String>(#wire, #value)),
        Location::Header => quote!(.header::<String>(#wire, #value)),
        Location::Query
        | Location::QueryList(_)
        | Location::QueryJson
        | Location::Styled { .. } => quote!(.query::<String>(#wire, #value)),
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
        Content::Json { ty: of, media_type } => {
            let of = ty(api, of);
            match media_type {
                Some(media) => quote!(.json_as::<#of>(#media, #name)),
                None => quote!(.json::<#of>(#name)),
            }
        }
        Content::Form { ty: of, styles } => {
            let of = ty(api, of);
            let styles = styles.iter().map(|(member, style)| {
                let style = form_style(*style);
                quote!((#member, crate::runtime::FormStyle::#style))
            });
            quote!(.form::<#of>(&[#(#styles),*], #name))
        }
        Content::OneOf(of) => {
            let of = ty(api, of);
            quote!(.one_of::<#of>(#name))
        }
        Content::Multipart { ty: of, kinds } => {
            let of = ty(api, of);
            let kinds = kinds.iter().map(|(part, kind)| match kind {
                PartKind::Typed(media) => quote!((#part, crate::runtime::PartKind::Typed(#media))),
                PartKind::Styled(style) => {
                    let style = form_style(*style);
                    let style = quote!(crate::runtime::FormStyle::#style);
                    quote!((#part, crate::runtime::PartKind::Styled(#style)))
                }
            });
            quote!(.multipart::<#of>(&[#(#kinds),*], #name))
        }
        Content::Text(media) => quote!(.text(#media, #name)),
        Content::Bytes(media) => quote!(.bytes(#media, #name)),
    }
}
