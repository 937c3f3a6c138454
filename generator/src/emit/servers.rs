//! `servers.rs`: addresses as constants, and functions where something can be chosen.

use super::{Code, Content, code, doc, ident};
use crate::ir::{Api, Choice, Name, Server};
use proc_macro2::TokenStream;
use quote::quote;
use std::collections::HashMap;

/// The servers.
pub fn servers(api: &Api<Name>) -> Code<'_> {
    let doc = vec!["The addresses at which the document says the interface is served.".to_owned()];
    Code {
        path: "src/servers.rs".to_owned(),
        content: Content::rust(doc, move || items(api)),
    }
}

fn items(api: &Api<Name>) -> Vec<TokenStream> {
    let default = api.default_server.as_ref().map(|url| {
        quote! {
            #[doc = " The address that a client uses unless it is told another."]
            pub const DEFAULT: &str = #url;
        }
    });
    let servers = api.servers.iter().flat_map(|server| {
        let choice = server.choice.as_ref();
        [
            constant(server),
            choice.map(|choice| function(server, choice)),
        ]
    });
    default.into_iter().chain(servers.flatten()).collect()
}

fn constant(server: &Server<Name>) -> Option<TokenStream> {
    let name = ident(&server.name);
    let url = server.address.as_ref()?;
    let docs = doc(&[summary(server)]);
    Some(quote!(#docs pub const #name: &str = #url;))
}

fn summary(server: &Server<Name>) -> String {
    // It is documentation already: what is code, a link or an address in it is written so.
    let said = server.doc.first().filter(|line| !line.is_empty());
    said.map_or("A server of the document.", String::as_str)
        .to_owned()
}

/// For example `pub fn example_com(region: &str) -> String`.
fn function(server: &Server<Name>, choice: &Choice<Name>) -> TokenStream {
    let name = ident(&choice.name);
    let mut lines = vec![
        summary(server),
        String::new(),
        format!("Its address is {}.", code(&server.template)),
    ];
    let described = choice.variables.iter().filter(|it| !it.doc.is_empty());
    let described = described.map(|variable| {
        let text: Vec<&str> = variable.doc.iter().map(|line| line.trim()).collect();
        format!("- `{}`: {}", ident(&variable.name), text.join(" ").trim())
    });
    let described: Vec<String> = described.collect();
    if !described.is_empty() {
        lines.push(String::new());
        lines.extend(described);
    }
    let docs = doc(&lines);
    let arguments = choice
        .variables
        .iter()
        .map(|variable| ident(&variable.name));
    let parts = parts(server, choice);
    quote! {
        #docs
        pub fn #name(#(#arguments: &str),*) -> String {
            [#(#parts),*].concat()
        }
    }
}

/// The pieces of an address: texts and arguments in turn.
fn parts(server: &Server<Name>, choice: &Choice<Name>) -> Vec<TokenStream> {
    let variables = choice.variables.iter();
    let variables: HashMap<&str, &Name> = variables
        .map(|variable| (variable.wire.as_str(), &variable.name))
        .collect();
    let (mut parts, mut text) = (Vec::new(), String::new());
    let end = |text: &mut String| {
        let text = std::mem::take(text);
        (!text.is_empty()).then(|| quote!(#text))
    };
    let mut rest = server.template.as_str();
    while let Some((before, after)) = rest.split_once('}') {
        let named = before.rsplit_once('{');
        let named = named.and_then(|(before, wire)| Some((before, variables.get(wire)?)));
        match named {
            Some((before, name)) => {
                text.push_str(before);
                parts.extend(end(&mut text));
                let argument = ident(name);
                parts.push(quote!(#argument));
            }
            None => {
                text.push_str(before);
                text.push('}');
            }
        }
        rest = after;
    }
    text.push_str(rest);
    parts.extend(end(&mut text));
    parts
}
