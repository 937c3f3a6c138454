//! The files of a generated crate as one module of another.
//!
//! Modules stand in each other, `crate::` leads into the module, a Cargo feature is there or it is not, and
//! a file that is included stands where it was. May not change anything else.

use crate::print::{File, NotRust};
use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeMap;

/// What stands in the module of every client, beside what its crate allows itself: nobody uses all of it.
const ALLOWED: &str = "#[allow(dead_code, unused_imports, missing_docs)]";

/// The features of a generated crate that a module has only where they are asked for.
const OPTIONAL: [&str; 5] = ["mock", "recorder", "blocking", "tracing", "native-tls"];

/// Makes `pub mod NAME { … }` of the files, for the root of a crate.
pub fn nest(files: &[File], name: &str, features: &[&str]) -> Result<TokenStream, NotRust> {
    let texts = files
        .iter()
        .map(|file| (file.path.as_str(), file.text.as_str()));
    let nesting = Nesting {
        files: texts.collect(),
        name,
        features,
    };
    let library = nesting.parse("src/lib.rs")?;
    let allowed: TokenStream = ALLOWED.parse().unwrap_or_default();
    // Its documentation is that of a crate, and whether it forbids something is the other crate's business.
    let allows = library
        .attrs
        .iter()
        .filter(|attr| attr.path().is_ident("allow"));
    let allows = allows.map(|attr| {
        let meta = &attr.meta;
        quote!(#[#meta])
    });
    let items = nesting.items(library.items, "src/lib.rs", "src")?;
    let name = identifier(name);
    Ok(quote! {
        #allowed
        #(#allows)*
        pub mod #name { #items }
    })
}

/// A module as text.
pub fn text(tokens: TokenStream) -> Result<String, NotRust> {
    let file: syn::File = syn::parse2(tokens).map_err(|error| fault("the module", &error))?;
    Ok(prettyplease::unparse(&file))
}

fn fault(path: &str, error: &syn::Error) -> NotRust {
    NotRust {
        path: path.to_owned(),
        message: error.to_string(),
    }
}

/// An identifier; keywords are raw.
fn identifier(name: &str) -> Ident {
    let plain = syn::parse_str::<Ident>(name);
    plain.unwrap_or_else(|_| Ident::new_raw(name, Span::call_site()))
}

struct Nesting<'f> {
    files: BTreeMap<&'f str, &'f str>,
    name: &'f str,
    features: &'f [&'f str],
}

impl Nesting<'_> {
    fn parse(&self, path: &str) -> Result<syn::File, NotRust> {
        let text = self.files.get(path).copied().unwrap_or_default();
        syn::parse_file(text).map_err(|error| fault(path, &error))
    }

    /// The items of the file at `path`, whose modules are in `folder`.
    fn items(
        &self,
        items: Vec<syn::Item>,
        path: &str,
        folder: &str,
    ) -> Result<TokenStream, NotRust> {
        let mut out = TokenStream::new();
        for item in items {
            match item {
                syn::Item::Mod(module) if module.content.is_none() => {
                    out.extend(self.module(&module, folder)?);
                }
                other => out.extend(self.rewritten(other.into_token_stream(), path)),
            }
        }
        Ok(out)
    }

    fn module(&self, module: &syn::ItemMod, folder: &str) -> Result<TokenStream, NotRust> {
        let name = module.ident.to_string();
        let name = name.trim_start_matches("r#");
        let inner = format!("{folder}/{name}");
        let beside = format!("{inner}.rs");
        let path = match self.files.contains_key(beside.as_str()) {
            true => beside,
            false => format!("{inner}/mod.rs"),
        };
        let file = self.parse(&path)?;
        let attrs = module.attrs.iter().map(ToTokens::to_token_stream);
        let attrs = self.rewritten(attrs.collect(), &path);
        let docs = file.attrs.iter().map(ToTokens::to_token_stream);
        let docs = self.rewritten(docs.collect(), &path);
        let items = self.items(file.items, &path, &inner)?;
        let (vis, ident) = (
            self.rewritten(module.vis.to_token_stream(), &path),
            &module.ident,
        );
        Ok(quote!(#attrs #vis mod #ident { #docs #items }))
    }

    /// Tokens of the file at `path` as they have to be in the module.
    fn rewritten(&self, tokens: TokenStream, path: &str) -> TokenStream {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut out = Vec::with_capacity(tokens.len());
        let mut index = 0;
        while let Some(token) = tokens.get(index) {
            let rest = &tokens[index + 1..];
            let (made, taken) = self.token(token, rest, path);
            out.extend(made);
            index += 1 + taken;
        }
        out.into_iter().collect()
    }

    /// What a token becomes, and how many of those behind it are taken with it.
    fn token(&self, token: &TokenTree, rest: &[TokenTree], path: &str) -> (TokenStream, usize) {
        match token {
            TokenTree::Group(group) => {
                let inner = self.rewritten(group.stream(), path);
                let mut made = Group::new(group.delimiter(), inner);
                made.set_span(group.span());
                (TokenTree::Group(made).into(), 0)
            }
            TokenTree::Ident(ident) if ident == "crate" && leads_on(rest) => {
                let name = identifier(self.name);
                (quote!(#ident::#name), 0)
            }
            TokenTree::Ident(ident) if ident == "feature" => match rest {
                [TokenTree::Punct(equals), TokenTree::Literal(name), ..]
                    if equals.as_char() == '=' =>
                {
                    (self.feature(&name.to_string()), 2)
                }
                _ => (token.clone().into(), 0),
            },
            TokenTree::Ident(ident) if ident == "include_str" => match rest {
                [TokenTree::Punct(bang), TokenTree::Group(group), ..] if bang.as_char() == '!' => {
                    (self.included(&group.stream(), path), 2)
                }
                _ => (token.clone().into(), 0),
            },
            TokenTree::Ident(ident) if ident == "doc" => match rest {
                [TokenTree::Punct(equals), TokenTree::Literal(text), ..]
                    if equals.as_char() == '=' =>
                {
                    let text = self.documentation(text);
                    (quote!(#ident = #text), 2)
                }
                _ => (token.clone().into(), 0),
            },
            other => (other.clone().into(), 0),
        }
    }

    /// A condition that holds or does not.
    fn feature(&self, literal: &str) -> TokenStream {
        let name = literal.trim_matches('"');
        let there = !OPTIONAL.contains(&name) || self.features.contains(&name);
        if there { quote!(all()) } else { quote!(any()) }
    }

    /// A file of the crate as a literal.
    fn included(&self, argument: &TokenStream, path: &str) -> TokenStream {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let named: Option<syn::LitStr> = syn::parse2(argument.clone()).ok();
        let wanted = named.map(|named| format!("{folder}/{}", named.value()));
        let text = wanted.and_then(|wanted| self.files.get(wanted.as_str()).copied());
        let literal = self.documentation(&Literal::string(text.unwrap_or_default()));
        quote!(#literal)
    }

    /// Documentation whose links lead into the module. Its programs name the crate that this is not, so
    /// they are shown only.
    fn documentation(&self, text: &Literal) -> Literal {
        let Ok(syn::Lit::Str(said)) = syn::parse2::<syn::Lit>(text.to_token_stream()) else {
            return text.clone();
        };
        let said = said.value();
        let links = format!("](crate::{}::", self.name);
        let made = said
            .replace("](crate::", &links)
            .replace("```no_run", "```ignore");
        Literal::string(&made)
    }
}

/// Whether `::` follows.
fn leads_on(rest: &[TokenTree]) -> bool {
    let colon =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':');
    rest.len() >= 2 && rest[..2].iter().all(colon)
}
