//! What is checked before something is sent: tables under the types of `validate`.

use super::{Code, Content, code, doc, feature, ident, operations, raw};
use crate::ir::{Alternative, Api, Checks, Group, Kind, Name, Operation, Rule};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../runtime/src/validate/", $name)))),*]
    };
}

/// The files of `generator/runtime/src/validate`; a test sees that none is left out.
pub const VALIDATE: &[(&str, &str)] =
    files!["check.rs", "json.rs", "mod.rs", "number.rs", "pattern.rs"];

/// Whether a client checks anything.
pub fn any(api: &Api<Name>) -> bool {
    !api.rules.operations.is_empty()
}

/// The rules of an operation.
fn of<'a>(api: &'a Api<Name>, operation: &Operation<Name>) -> Option<&'a Checks> {
    api.rules.operations.get(&operation.name.place)
}

/// The modules, as the library has them.
pub fn modules(api: &Api<Name>) -> Vec<TokenStream> {
    if !any(api) {
        return Vec::new();
    }
    // A client uses the part of them that its features and its document call for.
    let modules = ["rules", "validate"].map(|name| {
        let name = format_ident!("{name}");
        quote!(#[allow(dead_code)] mod #name;)
    });
    modules.into()
}

/// The tables, and what holds values against them.
pub fn rules(api: &Api<Name>) -> Vec<Code<'_>> {
    if !any(api) {
        return Vec::new();
    }
    let checked = |group: &&Group<Name>| {
        let mut operations = group.operations.iter();
        operations.any(|operation| of(api, operation).is_some())
    };
    let groups: Vec<&Group<Name>> = api.groups.iter().filter(checked).collect();
    let mut files = vec![Code {
        path: "src/rules.rs".to_owned(),
        content: Content::rust(
            vec!["What is checked before a call is sent, as the document has it.".to_owned()],
            {
                let groups = groups.clone();
                move || shared(api, &groups)
            },
        ),
    }];
    files.extend(groups.into_iter().map(|group| Code {
        path: format!("src/rules/{}.rs", group.name.ident),
        content: Content::rust(
            vec![format!(
                "What is checked of the operations of the tag {}.",
                code(&group.tag)
            )],
            move || of_group(api, group),
        ),
    }));
    files.extend(VALIDATE.iter().map(|(name, text)| Code {
        path: format!("src/validate/{name}"),
        content: Content::text(move || format!("{}\n\n{text}", super::manifest::HEADER)),
    }));
    files
}

/// The modules, and the tables that others refer to.
fn shared(api: &Api<Name>, groups: &[&Group<Name>]) -> Vec<TokenStream> {
    let modules = groups.iter().map(|group| {
        let (module, feature) = (ident(&group.name), feature(group));
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    });
    let mut tables: Vec<_> = api.rules.tables.iter().collect();
    tables.sort_by_key(|table| &table.name.ident);
    let tables = tables.into_iter().map(|table| {
        let docs = doc(&[format!("Of {}.", code(&table.name.place.to_string()))]);
        let (name, rules) = (ident(&table.name), list(api, &table.rules));
        quote!(#docs pub static #name: Rules = #rules;)
    });
    modules.chain([imports()]).chain(tables).collect()
}

/// The tables of a group's operations.
fn of_group(api: &Api<Name>, group: &Group<Name>) -> Vec<TokenStream> {
    let operations = group.operations.iter().filter_map(|operation| {
        let checks = checks(api, of(api, operation)?);
        let address = format!("{} {}", operation.method, operation.path);
        let docs = doc(&[format!("Of {}.", code(&address))]);
        let name = name(operation);
        Some(quote!(#docs pub static #name: Checks = #checks;))
    });
    std::iter::once(imports()).chain(operations).collect()
}

fn imports() -> TokenStream {
    quote!(
        #[allow(unused_imports)]
        use crate::{
            runtime::Spot,
            validate::{Alternative, Checks, Kind, Rule::*, Rules},
        };
    )
}

/// The name of an operation's table in the module of its group.
fn name(operation: &Operation<Name>) -> Ident {
    raw(&operation.name.ident.to_ascii_uppercase())
}

/// The setting of an operation's request.
pub fn setting(api: &Api<Name>, group: &Group<Name>, operation: &Operation<Name>) -> TokenStream {
    if of(api, operation).is_none() {
        return TokenStream::new();
    }
    let (module, name) = (ident(&group.name), name(operation));
    quote!(.checked(&crate::rules::#module::#name))
}

/// The attribute of an operation's call.
pub fn attribute(api: &Api<Name>, operation: &Operation<Name>) -> Option<TokenStream> {
    of(api, operation).map(|_| quote!(#[checked(unchecked)]))
}

fn checks(api: &Api<Name>, checks: &Checks) -> TokenStream {
    let parameters = checks.parameters.iter().map(|(spot, name, rules)| {
        let (spot, rules) = (operations::spot_name(*spot), list(api, rules));
        quote!((Spot::#spot, #name, #rules))
    });
    let bodies = checks.bodies.iter().map(|(media, rules)| {
        let rules = list(api, rules);
        quote!((#media, #rules))
    });
    quote!(Checks { parameters: &[#(#parameters),*], bodies: &[#(#bodies),*] })
}

fn list(api: &Api<Name>, rules: &[Rule]) -> TokenStream {
    let rules = rules.iter().map(|of| rule(api, of));
    quote!(&[#(#rules),*])
}

fn rule(api: &Api<Name>, rule: &Rule) -> TokenStream {
    let list = |rules: &[Rule]| list(api, rules);
    match rule {
        Rule::Minimum(bound) => text("Minimum", bound),
        Rule::ExclusiveMinimum(bound) => text("ExclusiveMinimum", bound),
        Rule::Maximum(bound) => text("Maximum", bound),
        Rule::ExclusiveMaximum(bound) => text("ExclusiveMaximum", bound),
        Rule::MultipleOf(step) => text("MultipleOf", step),
        Rule::MinLength(least) => count("MinLength", *least),
        Rule::MaxLength(most) => count("MaxLength", *most),
        Rule::Pattern(pattern) => text("Pattern", pattern),
        Rule::MinItems(least) => count("MinItems", *least),
        Rule::MaxItems(most) => count("MaxItems", *most),
        Rule::UniqueItems => quote!(UniqueItems),
        Rule::MinProperties(least) => count("MinProperties", *least),
        Rule::MaxProperties(most) => count("MaxProperties", *most),
        Rule::Item(index, rules) => {
            let (index, rules) = (Literal::usize_unsuffixed(*index), list(rules));
            quote!(Item(#index, #rules))
        }
        Rule::Items(from, rules) => {
            let (from, rules) = (Literal::usize_unsuffixed(*from), list(rules));
            quote!(Items(#from, #rules))
        }
        Rule::Property(name, rules) => {
            let rules = list(rules);
            quote!(Property(#name, #rules))
        }
        Rule::PatternProperty(pattern, rules) => {
            let rules = list(rules);
            quote!(PatternProperty(#pattern, #rules))
        }
        Rule::AdditionalProperty(names, patterns, rules) => {
            let rules = list(rules);
            quote!(AdditionalProperty(&[#(#names),*], &[#(#patterns),*], #rules))
        }
        Rule::AnyOf(alternatives) => {
            let alternatives = alternatives.iter().map(|of| alternative(api, of));
            quote!(AnyOf(&[#(#alternatives),*]))
        }
        Rule::Of(table) => {
            let table = ident(&api.rules.tables[*table].name);
            quote!(Of(&crate::rules::#table))
        }
    }
}

fn text(rule: &str, text: &str) -> TokenStream {
    let rule = format_ident!("{rule}");
    quote!(#rule(#text))
}

fn count(rule: &str, count: u64) -> TokenStream {
    let (rule, count) = (format_ident!("{rule}"), Literal::u64_unsuffixed(count));
    quote!(#rule(#count))
}

/// Only what is said; the rest is that of any value.
fn alternative(api: &Api<Name>, alternative: &Alternative) -> TokenStream {
    let Alternative {
        kinds,
        required,
        tags,
        values,
        rules,
    } = alternative;
    let mut fields: Vec<TokenStream> = Vec::new();
    if !kinds.is_empty() {
        let kinds = kinds.iter().map(|kind| kind_name(*kind));
        fields.push(quote!(kinds: &[#(Kind::#kinds),*]));
    }
    if !required.is_empty() {
        fields.push(quote!(required: &[#(#required),*]));
    }
    if !tags.is_empty() {
        let tags = tags
            .iter()
            .map(|(name, values)| quote!((#name, &[#(#values),*])));
        fields.push(quote!(tags: &[#(#tags),*]));
    }
    if !values.is_empty() {
        fields.push(quote!(values: &[#(#values),*]));
    }
    if !rules.is_empty() {
        let rules = list(api, rules);
        fields.push(quote!(rules: #rules));
    }
    let rest = (fields.len() < 5).then(|| quote!(..Alternative::ANY));
    quote!(Alternative { #(#fields,)* #rest })
}

fn kind_name(kind: Kind) -> TokenStream {
    match kind {
        Kind::Boolean => quote!(Boolean),
        Kind::Integer => quote!(Integer),
        Kind::Number => quote!(Number),
        Kind::String => quote!(String),
        Kind::Array => quote!(Array),
        Kind::Object => quote!(Object),
    }
}
