//! `webhooks.rs`: a function per webhook and callback, which reads its body.

use super::{Code, Content, WEBHOOKS, code, doc, ident, ty, with_models};
use crate::ir::{Api, Hook, Name};
use proc_macro2::TokenStream;
use quote::quote;

/// The file, if there is one.
pub fn file(api: &Api<Name>) -> Option<Code<'_>> {
    if api.hooks.is_empty() {
        return None;
    }
    Some(Code {
        path: "src/webhooks.rs".to_owned(),
        content: Content::rust(
            vec![
                "What the server asks of others: each function reads the body of a request that a"
                    .to_owned(),
                "server of yours has got, or says where it is not of the type. Whether it comes from"
                    .to_owned(),
                "where it should is yours to see.".to_owned(),
            ],
            move || with_models(api.hooks.iter().map(|hook| function(api, hook)).collect()),
        ),
    })
}

/// The module, where there is a file.
pub fn module(api: &Api<Name>) -> Option<TokenStream> {
    (!api.hooks.is_empty()).then(|| {
        quote!(
            #[cfg(feature = #WEBHOOKS)]
            pub mod webhooks;
        )
    })
}

fn function(api: &Api<Name>, hook: &Hook<Name>) -> TokenStream {
    let name = ident(&hook.name);
    let body = ty(api, &hook.body);
    let mut lines = hook.doc.clone();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    let registrars: Vec<String> = hook.registered_by.iter().map(|id| code(id)).collect();
    lines.push(if registrars.is_empty() {
        format!("The webhook {}.", code(&hook.what))
    } else {
        format!(
            "The callback {} of {}.",
            code(&hook.what),
            registrars.join(", ")
        )
    });
    let docs = doc(&lines);
    quote! {
        #docs
        pub fn #name(body: &[u8]) -> Result<#body, crate::JsonFault> {
            crate::runtime::from_slice(body)
        }
    }
}
