//! `lib.rs`, the client's makers and accessors.

use super::{
    Code, Content, Package, code, doc, examples, feature, front, headers, ident, rules, security,
    webhooks,
};
use crate::ir::{Api, Name, Proof};
use proc_macro2::TokenStream;
use quote::quote;

/// The front page.
pub fn library<'a>(api: &'a Api<Name>, package: &'a Package) -> Code<'a> {
    let mut doc = vec![format!(
        "A client for {} {}.",
        one_line(&api.title),
        one_line(&api.version)
    )];
    doc.extend([
        String::new(),
        "Make a [`Client`], take the handle of a tag from it, call one of its functions, set what is".to_owned(),
        "optional, and await it. Types are in [`models`], calls in [`operations`], addresses in".to_owned(),
        "[`servers`]. Whatever goes wrong is an [`Error`].".to_owned(),
        String::new(),
        "A call that is safe to repeat is tried again when it fails for now ([`Retry`]); many tasks can".to_owned(),
        "share a [`RateLimit`]. A [`Hook`] sees each try; the feature `tracing` makes spans of calls and tries.".to_owned(),
        "Code that is not async takes the feature `blocking`, and `send_blocking` of a call. Tests take".to_owned(),
        "the feature `mock`, whose `Mock` has a client that reaches no server.".to_owned(),
    ]);
    if !api.hooks.is_empty() {
        doc.push("What a server sends by itself is read by [`webhooks`].".to_owned());
    }
    if rules::any(api) {
        doc.push("Values are held against the document's bounds, lengths and patterns before they are sent;".to_owned());
        doc.push("`unchecked` on a call leaves that out.".to_owned());
    }
    Code {
        path: "src/lib.rs".to_owned(),
        content: Content::rust(doc, move || root(api, package)),
    }
}

fn root(api: &Api<Name>, package: &Package) -> Vec<TokenStream> {
    let (_, needed) = front::page(api, package);
    let mut items = vec![
        match needed.is_empty() {
            true => quote!(#![doc = include_str!("../README.md")]),
            // Its programs are compiled where they can be.
            false => quote!(
                #![cfg_attr(all(#(feature = #needed),*), doc = include_str!("../README.md"))]
            ),
        },
        quote!(#![forbid(unsafe_code)]),
        // Names and texts are the document's.
        quote!(#![allow(
            clippy::doc_lazy_continuation,
            clippy::doc_overindented_list_items,
            clippy::doc_markdown,
            clippy::enum_variant_names,
            clippy::large_enum_variant,
            clippy::module_inception,
            clippy::new_ret_no_self,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::upper_case_acronyms,
            clippy::wrong_self_convention
        )]),
        quote!(
            mod client;
        ),
        quote!(
            pub mod models;
        ),
        quote!(
            pub mod operations;
        ),
        quote!(
            mod runtime;
        ),
        security::module(api),
        quote!(
            pub mod servers;
        ),
        quote!(
            pub use crate::runtime::{
                ApiError, Attempt, AttemptOutcome, AttemptRequest, Base64, Bytes, Call, Client,
                ClientBuilder, Credential, CredentialProvider, Date, DateTime, Decimal,
                DecodeError, Download, Error, Event, Events, Field, File, Fill, Header, Hook,
                HttpClient, Items, JsonFault, JsonLines, Map, MaybeSend, Method, Missing,
                NotANumber, NotBase64, OAuth, OAuthError, Pages, RateLimit, Reader, Response,
                Retry, Secret, SecretFuture, SecretString, StatusCode, Time, Transport,
                TransportBody, TransportError, TransportFuture, TransportRequest,
                TransportResponse, Upload, Url, Uuid, Value, header,
            };
        ),
    ];
    items.extend(headers::module(api));
    items.push(quote!(
        #[cfg(all(feature = "blocking", not(target_arch = "wasm32")))]
        pub use crate::runtime::{Blocking, DownloadReader};
    ));
    items.push(quote!(
        #[cfg(feature = "mock")]
        pub use crate::runtime::mock;
    ));
    items.push(quote!(
        #[cfg(feature = "recorder")]
        pub use crate::runtime::Recorder;
    ));
    items.extend(rules::modules(api));
    items.extend(webhooks::module(api));
    items
}

/// A text of the document within documentation, in a line and without any marks.
fn one_line(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default().trim();
    let line: String = line.chars().filter(|c| !"[]<>`".contains(*c)).collect();
    no_address(&line)
}

/// A text whose addresses are text: rustdoc takes one for a link that somebody forgot to make.
pub(super) fn no_address(text: &str) -> String {
    text.replace("://", "\\://")
}

/// How a client is made, and its accessors.
pub fn client<'a>(api: &'a Api<Name>, package: &'a Package) -> Code<'a> {
    let doc = vec!["How a client is made, and what it gives.".to_owned()];
    Code {
        path: "src/client.rs".to_owned(),
        content: Content::rust(doc, move || makers_and_accessors(api, package)),
    }
}

fn makers_and_accessors(api: &Api<Name>, package: &Package) -> Vec<TokenStream> {
    let accessors = api.groups.iter().map(|group| {
        let name = ident(&group.name);
        let handle = ident(&group.handle);
        let feature = feature(group);
        let mut docs = group.doc.clone();
        docs.truncate(1);
        if docs.is_empty() {
            docs.push(format!("The operations of the tag {}.", code(&group.tag)));
        }
        let docs = doc(&docs);
        quote! {
            #docs
            #[cfg(feature = #feature)]
            pub fn #name(&self) -> crate::operations::#name::#handle {
                crate::operations::#name::#handle { client: self.clone() }
            }
        }
    });
    let makers = makers(api, package);
    let failure = api.failure.map(|id| {
        let decl = &api.types[id.0];
        let name = ident(&decl.name);
        let cfg = super::cfg(api, &decl.groups);
        quote! {
            #cfg
            impl crate::ApiError {
                /// The body that most failures of this interface share, if this one has it.
                ///
                /// Others are read by [`json`](Self::json); each operation names its own.
                pub fn typed(&self) -> Option<crate::models::#name> {
                    self.json().ok()
                }
            }
        }
    });
    let address = api
        .default_server
        .is_none()
        .then_some("http://mock.invalid");
    let examples = examples::table(api);
    let example = front::testing(api, package).map(|(_, feature)| {
        quote!(#[cfg_attr(feature = #feature, doc = include_str!("examples/testing.md"))])
    });
    let items = vec![
        quote!(impl crate::Client { #makers #(#accessors)* }),
        quote! {
            #[cfg(feature = "mock")]
            const EXAMPLES: &[&str] = #examples;
        },
        quote! {
            #[cfg(feature = "mock")]
            impl crate::mock::Mock {
                /// Makes one that expects nothing yet.
                ///
                /// # Errors
                /// No client can be made for the document's server.
                #example
                pub fn new() -> Result<Self, crate::Error> {
                    Self::of(crate::Client::builder(#address), EXAMPLES)
                }
            }
        },
    ];
    items.into_iter().chain(failure).collect()
}

/// What a client is for that is told nothing, or what it has to be told.
fn builder_docs(api: &Api<Name>) -> Vec<String> {
    if api.default_server.is_some() {
        let text = "Starts a client for [`servers::DEFAULT`](crate::servers::DEFAULT); everything about it can be set.";
        return vec![text.to_owned()];
    }
    let mut lines = vec![
        "Starts a client for the server at this address; the document names none by its whole address.".to_owned(),
    ];
    if let Some(server) = api.servers.first().filter(|server| server.template != "/") {
        lines.push(String::new());
        lines.push(format!(
            "It says {}: that belongs to the address, for example `https://example.com/api`.",
            code(&server.template),
        ));
    }
    lines
}

fn makers(api: &Api<Name>, package: &Package) -> TokenStream {
    let agent = quote!(concat!(
        env!("CARGO_PKG_NAME"),
        "/",
        env!("CARGO_PKG_VERSION")
    ));
    let (parameter, server, argument) = match api.default_server {
        Some(_) => (quote!(), quote!(crate::servers::DEFAULT), quote!()),
        None => (
            quote!(base_url: impl Into<String>),
            quote!(base_url),
            quote!(base_url),
        ),
    };
    let builder_doc = doc(&builder_docs(api));
    let separator = (!argument.is_empty()).then(|| quote!(,));
    let main = api.main_scheme.map(|position| &api.schemes[position]);
    let new = main.map(|scheme| {
        let setter = ident(&scheme.name);
        let docs = doc(&[format!(
            "Makes a client that shows {}.",
            security::shown(&scheme.proof)
        )]);
        let (parameters, arguments) = security::arguments(scheme);
        quote! {
            #docs
            #[doc = ""]
            #[doc = " # Errors"]
            #[doc = " It is empty, or has characters that cannot be sent."]
            pub fn new(#parameter #separator #parameters) -> Result<Self, crate::Error> {
                Self::builder(#argument).#setter(#arguments).build()
            }
        }
    });
    let single = main.filter(|scheme| scheme.proof != Proof::Basic);
    let from_env = package
        .token_env
        .as_ref()
        .zip(single)
        .map(|(variable, scheme)| {
            let setter = ident(&scheme.name);
            let docs = doc(&[format!(
                "Makes a client that shows what the environment variable `{variable}` holds."
            )]);
            quote! {
                #docs
                #[doc = ""]
                #[doc = " # Errors"]
                #[doc = " The variable is not set, or holds nothing."]
                pub fn from_env(#parameter) -> Result<Self, crate::Error> {
                    let credential = crate::Credential::from_env(#variable);
                    Self::builder(#argument).#setter(credential).build()
                }
            }
        });
    let table = security::table(api);
    let keys = package.idempotency_header.as_ref();
    let keys = keys.map(|name| quote!(.idempotency_header(#name)));
    quote! {
        #new
        #from_env
        #builder_doc
        pub fn builder(#parameter) -> crate::ClientBuilder {
            crate::runtime::ClientBuilder::new(#server, #agent, #table) #keys
        }
    }
}
