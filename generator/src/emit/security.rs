//! Credentials: the table of schemes, the functions of the client's builder that take secrets, and
//! a module for each scheme whose tokens a client can get.

use super::{Code, Content, doc, ident};
use crate::ir::{Alternatives, Api, Name, Proof, Scheme, TokenUrl, Tokens};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// `security.rs`, where the document has schemes.
pub fn file(api: &Api<Name>) -> Option<Code<'_>> {
    let doc = vec!["What a client shows to prove who is calling.".to_owned()];
    (!api.schemes.is_empty()).then(|| Code {
        path: "src/security.rs".to_owned(),
        content: Content::rust(doc, move || items(api)),
    })
}

/// Its module.
pub fn module(api: &Api<Name>) -> TokenStream {
    let tokens = api.schemes.iter().any(|scheme| scheme.tokens.is_some());
    let public = tokens.then(|| quote!(pub));
    if api.schemes.is_empty() {
        TokenStream::new()
    } else {
        quote!(
            #public mod security;
        )
    }
}

fn items(api: &Api<Name>) -> Vec<TokenStream> {
    let schemes = api.schemes.iter().map(|scheme| {
        let (name, setter) = (&scheme.wire, ident(&scheme.name).to_string());
        let spot = spot(&scheme.proof);
        quote!(crate::runtime::Scheme {
            name: #name,
            setter: #setter,
            spot: crate::runtime::SecretSpot::#spot,
        })
    });
    let default = alternatives(&api.security);
    let setters = api
        .schemes
        .iter()
        .enumerate()
        .map(|(position, scheme)| setter(position, scheme));
    let table = vec![
        quote! {
            /// The schemes of the document, and what most operations ask for.
            pub(crate) static SECURITY: crate::runtime::Security = crate::runtime::Security {
                schemes: &[#(#schemes),*],
                default: #default,
            };
        },
        quote!(impl crate::ClientBuilder { #(#setters)* }),
    ];
    let tokens = api.schemes.iter().filter_map(|scheme| {
        let tokens = scheme.tokens.as_ref()?;
        Some(tokens_of(scheme, tokens))
    });
    table.into_iter().chain(tokens).collect()
}

/// The module of a scheme whose tokens the client can get by itself.
fn tokens_of(scheme: &Scheme<Name>, tokens: &Tokens) -> TokenStream {
    let name = ident(&scheme.name);
    let setter = &scheme.name.ident;
    let docs = doc(&[format!(
        "Tokens for [`ClientBuilder::{setter}`](crate::ClientBuilder::{setter})."
    )]);
    let scopes = (!tokens.scopes.is_empty()).then(|| {
        let scopes = &tokens.scopes;
        quote! {
            /// The scopes that there are, for [`OAuth::scopes`](crate::OAuth::scopes).
            pub const SCOPES: &[&str] = &[#(#scopes),*];
        }
    });
    let own = tokens.own.as_ref().map(|url| {
        let (docs, server, url) = endpoint(url);
        quote! {
            /// Gets tokens for the client itself, by what the server knows it by.
            #docs
            pub fn client_credentials(
                #server
                client_id: impl Into<String>,
                client_secret: impl Into<crate::SecretString>,
            ) -> crate::OAuth {
                crate::OAuth::client_credentials(#url, client_id, client_secret)
            }
        }
    });
    let refreshed = tokens.refreshed.as_ref().map(|url| {
        let (docs, server, url) = endpoint(url);
        quote! {
            /// Gets tokens in the name of a user who has consented. The secret is empty where the client
            /// has none.
            #docs
            pub fn refresh_token(
                #server
                client_id: impl Into<String>,
                client_secret: impl Into<crate::SecretString>,
                refresh_token: impl Into<crate::SecretString>,
            ) -> crate::OAuth {
                crate::OAuth::refresh_token(#url, client_id, client_secret, refresh_token)
            }
        }
    });
    quote!(#docs pub mod #name { #scopes #own #refreshed })
}

/// The table, as an expression.
pub fn table(api: &Api<Name>) -> TokenStream {
    if api.schemes.is_empty() {
        quote!(&crate::runtime::OPEN)
    } else {
        quote!(&crate::security::SECURITY)
    }
}

/// `&[&[0], &[1, 2]]`
pub fn alternatives(alternatives: &Alternatives) -> TokenStream {
    let lists = alternatives.iter().map(|list| {
        let positions = list
            .iter()
            .map(|position| Literal::usize_unsuffixed(*position));
        quote!(&[#(#positions),*])
    });
    quote!(&[#(#lists),*])
}

/// The arguments of a function that takes a secret, and the secret made of them.
pub fn arguments(scheme: &Scheme<Name>) -> (TokenStream, TokenStream) {
    match scheme.proof {
        Proof::Basic => (
            quote!(username: impl AsRef<str>, password: impl Into<crate::SecretString>),
            quote!(username, password),
        ),
        _ => (
            quote!(credential: impl Into<crate::Credential>),
            quote!(credential),
        ),
    }
}

/// Where tokens come from, as an argument; what is seen from a server takes that as a parameter, since
/// a secret of one server must not go to another.
fn endpoint(url: &TokenUrl) -> (TokenStream, TokenStream, TokenStream) {
    let url = match url {
        TokenUrl::Whole(url) => return (quote!(), quote!(), quote!(#url)),
        TokenUrl::Relative(url) => url,
    };
    let address = super::code(url);
    let docs = doc(&[
        String::new(),
        format!("They come from {address}, seen from `server`, the one that the client calls."),
    ]);
    let url = quote!(&crate::runtime::seen_from(server, #url));
    (docs, quote!(server: &str,), url)
}

fn setter(position: usize, scheme: &Scheme<Name>) -> TokenStream {
    let name = ident(&scheme.name);
    let mut docs = vec![format!(
        "Shows {}, for the scheme {}.",
        shown(&scheme.proof),
        super::code(&scheme.wire)
    )];
    if !scheme.doc.is_empty() {
        docs.push(String::new());
        docs.extend(scheme.doc.iter().cloned());
    }
    if scheme.tokens.is_some() {
        let module = &scheme.name.ident;
        docs.push(String::new());
        docs.push(format!(
            "[`security::{module}`](crate::security::{module}) makes an `OAuth`, which gets and renews them."
        ));
    }
    let docs = doc(&docs);
    let position = Literal::usize_unsuffixed(position);
    let (parameters, arguments) = arguments(scheme);
    let credential = match scheme.proof {
        Proof::Basic => quote!(crate::Credential::basic(#arguments)),
        _ => arguments,
    };
    quote! {
        #docs
        pub fn #name(self, #parameters) -> Self {
            self.credential(#position, #credential)
        }
    }
}

fn spot(proof: &Proof) -> TokenStream {
    match proof {
        Proof::Basic => quote!(Authorization("Basic")),
        Proof::Authorization(word) => quote!(Authorization(#word)),
        Proof::Header(name) => quote!(Header(#name)),
        Proof::Query(name) => quote!(Query(#name)),
        Proof::Cookie(name) => quote!(Cookie(#name)),
    }
}

/// What a scheme shows, in words.
pub fn shown(proof: &Proof) -> String {
    match proof {
        Proof::Basic => "a name and a password".to_owned(),
        Proof::Authorization(word) if word == "Bearer" => "a bearer token".to_owned(),
        Proof::Authorization(word) => format!("a secret behind {}", super::code(word)),
        Proof::Header(name) => format!("a key in the header {}", super::code(name)),
        Proof::Query(name) => format!("a key in the query parameter {}", super::code(name)),
        Proof::Cookie(name) => format!("a key in the cookie {}", super::code(name)),
    }
}
