//! `headers.rs`: the headers of answers as constants with types.

use super::{Code, Content, code, doc, ident, ty, with_models};
use crate::ir::{Api, Header, Name};
use proc_macro2::TokenStream;
use quote::quote;

/// The headers, where answers have some.
pub fn file(api: &Api<Name>) -> Option<Code<'_>> {
    (!api.headers.is_empty()).then(|| Code {
        path: "src/headers.rs".to_owned(),
        content: Content::rust(
            vec![
                "The headers of answers, with their types.".to_owned(),
                String::new(),
                "[`Response::header`](crate::Response::header) and".to_owned(),
                "[`ApiError::header`](crate::ApiError::header) read one.".to_owned(),
            ],
            move || with_models(api.headers.iter().map(|it| constant(api, it)).collect()),
        ),
    })
}

/// Its module.
pub fn module(api: &Api<Name>) -> Option<TokenStream> {
    (!api.headers.is_empty()).then(|| {
        quote!(
            pub mod headers;
        )
    })
}

fn constant(api: &Api<Name>, header: &Header<Name>) -> TokenStream {
    let name = ident(&header.name);
    let (wire, of) = (&header.wire, ty(api, &header.ty));
    let docs = if header.doc.is_empty() {
        doc(&[format!("The header {}.", code(wire))])
    } else {
        doc(&header.doc)
    };
    quote!(#docs pub const #name: crate::Header<#of> = crate::Header::new(#wire);)
}

/// A header in the documentation of an operation that has it.
pub fn link(api: &Api<Name>, wire: &str) -> String {
    let known = |header: &&Header<Name>| header.wire.eq_ignore_ascii_case(wire);
    match api.headers.iter().find(known) {
        Some(header) => format!("[{}](crate::headers::{})", code(wire), header.name.ident),
        None => code(wire),
    }
}
