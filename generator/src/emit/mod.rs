//! `Api<Name>` → tokens. Decides nothing, cannot fail.
//!
//! May not take a report, read the document, or spell a name.

mod bodies;
mod client;
mod examples;
mod front;
mod headers;
pub mod listing;
mod manifest;
mod operations;
mod rules;
pub mod sample;
mod security;
mod servers;
mod types;
mod webhooks;

pub use self::rules::VALIDATE;
use crate::ir::{Api, Format, Integer, Name, Type};
pub use crate::unseen::plain;
use proc_macro2::{Ident, Literal, Spacing, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use std::collections::BTreeSet;

/// A file, before it is text.
pub struct Code<'a> {
    /// Its path in the generated crate.
    pub path: String,
    /// What is in it.
    pub content: Content<'a>,
}

/// What is in a file.
pub enum Content<'a> {
    /// Rust: the file's own documentation, then its items.
    Rust {
        /// Lines of `//!`.
        doc: Vec<String>,
        /// The items, each printed by itself.
        items: Items<'a>,
    },
    /// Text as it is.
    Text(Text<'a>),
}

/// Makes the items of a file when it is printed: so no more than a few files' tokens are there at a time,
/// and files can be made and printed side by side.
pub type Items<'a> = Box<dyn FnOnce() -> Vec<TokenStream> + Send + 'a>;

/// Makes the text of a file, likewise.
pub type Text<'a> = Box<dyn FnOnce() -> String + Send + 'a>;

impl<'a> Content<'a> {
    fn rust(doc: Vec<String>, items: impl FnOnce() -> Vec<TokenStream> + Send + 'a) -> Self {
        Content::Rust {
            doc,
            items: Box::new(items),
        }
    }

    fn text(text: impl FnOnce() -> String + Send + 'a) -> Self {
        Content::Text(Box::new(text))
    }
}

/// What the manifest says that the document does not.
pub struct Package {
    /// The crate's name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its licence, as an SPDX expression.
    pub license: Option<String>,
    /// Its description.
    pub description: String,
    /// The environment variable that has the token.
    pub token_env: Option<String>,
    /// The header in which the server takes idempotency keys.
    pub idempotency_header: Option<String>,
}

/// Writes the whole crate.
pub fn emit<'a>(api: &'a Api<Name>, package: &'a Package) -> Vec<Code<'a>> {
    // What is large comes first: several threads take one after the other, and none should be left with it.
    let mut files = types::files(api);
    files.extend(listing::files(api, package));
    files.extend(operations::files(api, package));
    files.extend(webhooks::file(api));
    files.extend(examples::files(api));
    files.extend(examples::program(api, package));
    files.extend(rules::rules(api));
    files.push(client::library(api, package));
    files.push(client::client(api, package));
    files.extend(security::file(api));
    files.push(servers::servers(api));
    files.extend(headers::file(api));
    files.extend(manifest::files(api, package));
    files.extend(runtime());
    files
}

/// The runtime, word for word.
fn runtime<'a>() -> impl Iterator<Item = Code<'a>> {
    RUNTIME.iter().map(|(name, text)| Code {
        path: format!("src/runtime/{name}"),
        content: Content::text(move || format!("{}\n\n{text}", manifest::HEADER)),
    })
}

macro_rules! runtime_files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/runtime/", $name)))),*]
    };
}

/// The files of `generator/runtime/src/runtime`; a test sees that none is left out.
pub const RUNTIME: &[(&str, &str)] = runtime_files![
    "answer.rs",
    "api_error.rs",
    "authorize.rs",
    "blocking.rs",
    "bodies.rs",
    "body.rs",
    "boxed.rs",
    "check.rs",
    "client.rs",
    "decimal.rs",
    "clock.rs",
    "credential.rs",
    "decode.rs",
    "download.rs",
    "encode.rs",
    "enums.rs",
    "error.rs",
    "escape.rs",
    "events.rs",
    "exchange.rs",
    "fetch.rs",
    "field.rs",
    "fill.rs",
    "follow.rs",
    "finite.rs",
    "form.rs",
    "format.rs",
    "hook.rs",
    "http.rs",
    "kept.rs",
    "limit.rs",
    "lines.rs",
    "locate.rs",
    "mock/blank.rs",
    "mock/compare.rs",
    "mock/example.rs",
    "mock/expectation.rs",
    "mock/mod.rs",
    "mock/received.rs",
    "mock/state.rs",
    "mock/write.rs",
    "mod.rs",
    "member.rs",
    "multipart.rs",
    "oauth.rs",
    "oauth_error.rs",
    "operation.rs",
    "outgoing.rs",
    "page.rs",
    "paging.rs",
    "reader.rs",
    "reconnect.rs",
    "record.rs",
    "recorder.rs",
    "replies.rs",
    "request.rs",
    "retry.rs",
    "scalar.rs",
    "send.rs",
    "style.rs",
    "trace.rs",
    "transport.rs",
    "tree.rs",
    "tries.rs",
    "typed_header.rs",
    "union.rs",
    "upload.rs",
];

/// An identifier; keywords are raw.
fn ident(name: &Name) -> Ident {
    raw(&name.ident)
}

fn raw(text: &str) -> Ident {
    if is_plain(text) {
        Ident::new(text, Span::call_site())
    } else {
        Ident::new_raw(text, Span::call_site())
    }
}

/// Whether a text is an identifier as it is, in the edition that is generated. Names are in ASCII; what is
/// not may be a wire name.
fn is_plain(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    first.is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
        && KEYWORDS.binary_search(&text).is_err()
}

/// Words that are no identifiers, in order.
const KEYWORDS: &[&str] = &[
    "Self", "_", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Whether an identifier says a wire name by itself.
fn says(name: &Name, wire: &str) -> bool {
    name.ident == wire && is_plain(wire)
}

/// A text of the document as code within documentation.
fn code(text: &str) -> String {
    format!("`{}`", plain(text).replace('`', "'"))
}

/// Ends a line within an attribute of documentation: one attribute for all lines is quicker to make, to
/// parse and to print than one for each. No line has it itself, as [`plain`] takes it out.
pub const NEXT_LINE: char = '\u{1}';

/// A text of the document that a macro of the runtime also shows as code in documentation, which it does as it
/// is written here: no backtick may end that.
fn shown(text: &str) -> TokenStream {
    let literal = Literal::string(text);
    let escaped = literal.to_string().replace('`', "\\u{60}");
    let literal = escaped.parse::<Literal>().unwrap_or(literal);
    quote!(#literal)
}

/// Lines of documentation.
fn doc(lines: &[String]) -> TokenStream {
    if lines.is_empty() {
        return TokenStream::new();
    }
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push(NEXT_LINE);
        }
        if !line.is_empty() {
            text.push(' ');
            text.push_str(&plain(line));
        }
    }
    let text = as_it_is(&text).unwrap_or_else(|| Literal::string(&text));
    quote!(#[doc = #text])
}

/// A text as a literal without escapes, if it has nothing that needs one: that is made and read in one go, and
/// there is much documentation.
fn as_it_is(text: &str) -> Option<Literal> {
    let needs_one = |c: char| c.is_control() && c != NEXT_LINE;
    if text.contains(needs_one) || text.contains("\"##") {
        return None;
    }
    format!("r##\"{text}\"##").parse().ok()
}

/// A type in use, as it is written in a file that has [`with_models`].
pub fn ty(api: &Api<Name>, of: &Type) -> TokenStream {
    written(api, of, &quote!(models::))
}

/// The items of a file, with the module of the declared types in scope where one of them is named.
fn with_models(mut items: Vec<TokenStream>) -> Vec<TokenStream> {
    if items.iter().any(names_models) {
        items.insert(
            0,
            quote!(
                use crate::models;
            ),
        );
    }
    items
}

fn names_models(tokens: &TokenStream) -> bool {
    // An argument may be called so, too, and has one colon behind it.
    let mut is_word = false;
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(colon) if is_word && colon.spacing() == Spacing::Joint => true,
        TokenTree::Group(group) => {
            is_word = false;
            names_models(&group.stream())
        }
        token => {
            is_word = matches!(token, TokenTree::Ident(word) if word == "models");
            false
        }
    })
}

/// A type in use, as it is written among the declared types.
fn ty_of_models(api: &Api<Name>, of: &Type) -> TokenStream {
    written(api, of, &TokenStream::new())
}

fn written(api: &Api<Name>, of: &Type, models: &TokenStream) -> TokenStream {
    let inner = |of: &Type| written(api, of, models);
    match of {
        Type::Bool => quote!(bool),
        Type::Integer(Integer::I32) => quote!(i32),
        Type::Integer(Integer::I64) => quote!(i64),
        Type::Integer(Integer::U32) => quote!(u32),
        Type::Integer(Integer::U64) => quote!(u64),
        Type::Number => quote!(f64),
        Type::Decimal => quote!(crate::Decimal),
        Type::Text => quote!(String),
        Type::Format(format) => {
            let name = match format {
                Format::Uuid => "Uuid",
                Format::DateTime => "DateTime",
                Format::Date => "Date",
                Format::Time => "Time",
                Format::Base64 => "Base64",
                Format::Secret => "Secret",
            };
            let name = format_ident!("{name}");
            quote!(crate::#name)
        }
        Type::File => quote!(crate::File),
        Type::Json => quote!(crate::Value),
        Type::Map(value) => {
            let value = inner(value);
            quote!(crate::Map<#value>)
        }
        Type::List(element) => {
            let element = inner(element);
            quote!(Vec<#element>)
        }
        Type::Tuple(elements) => {
            let elements = elements.iter().map(inner);
            quote!((#(#elements,)*))
        }
        Type::Nullable(of) => {
            let of = inner(of);
            quote!(Option<#of>)
        }
        Type::Boxed(of) => {
            let of = inner(of);
            quote!(Box<#of>)
        }
        Type::Named(id) => {
            let name = ident(&api.types[id.0].name);
            quote!(#models #name)
        }
    }
}

/// The Cargo feature of a group.
fn feature(group: &crate::ir::Group<Name>) -> String {
    group.name.ident.replace('_', "-")
}

/// The Cargo feature of what reads webhooks; a tag of this name shares it.
const WEBHOOKS: &str = "webhooks";

/// The Cargo features of the groups, and of what reads webhooks where there is something.
fn features(api: &Api<Name>) -> Vec<String> {
    let mut features: Vec<String> = api.groups.iter().map(feature).collect();
    if !api.hooks.is_empty() {
        features.push(WEBHOOKS.to_owned());
    }
    features
}

/// Under which features something is there that these groups reach.
fn cfg(api: &Api<Name>, groups: &[usize]) -> TokenStream {
    let all = api.groups.len() + usize::from(!api.hooks.is_empty());
    if groups.len() == all {
        return TokenStream::new();
    }
    let mut seen = BTreeSet::new();
    let features = groups.iter().map(|group| match api.groups.get(*group) {
        Some(group) => feature(group),
        None => WEBHOOKS.to_owned(),
    });
    let features: Vec<String> = features.filter(|name| seen.insert(name.clone())).collect();
    match features.as_slice() {
        [only] => quote!(#[cfg(feature = #only)]),
        several => quote!(#[cfg(any(#(feature = #several),*))]),
    }
}

#[cfg(test)]
mod tests {
    use super::{KEYWORDS, is_plain};
    use proc_macro2::Ident;

    #[test]
    fn knows_the_keywords() {
        assert!(KEYWORDS.is_sorted());
        let syn_refuses = |word: &&&str| syn::parse_str::<Ident>(word).is_err();
        let unknown: Vec<&&str> = KEYWORDS.iter().filter(|word| !syn_refuses(word)).collect();
        // syn does not know the latest one.
        assert_eq!(unknown, [&"gen"]);
        for word in ["", "1", "a-b", "a b", "fn", "gen", "_", "Self"] {
            assert!(!is_plain(word), "{word:?}");
        }
        for word in [
            "a", "_a", "A1", "union", "auto", "raw", "default", "r", "safe",
        ] {
            assert!(
                is_plain(word) && syn::parse_str::<Ident>(word).is_ok(),
                "{word:?}"
            );
        }
    }
}
