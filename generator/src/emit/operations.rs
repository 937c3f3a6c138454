//! Operations: a handle per group, a function and a call type per operation.

mod call;
mod docs;
mod function;

use self::call::call;
use self::function::function;
use super::{Code, Content, Package, code, doc, feature, ident, sample, with_models};
use crate::ir::{Api, Group, ListStyle, Name, Spot, Style};
use proc_macro2::TokenStream;
use quote::quote;

/// `operations.rs` and a file per group.
pub fn files<'a>(api: &'a Api<Name>, package: &'a Package) -> Vec<Code<'a>> {
    let module = |group: &Group<Name>| {
        let module = ident(&group.name);
        let feature = feature(group);
        quote!(#[cfg(feature = #feature)] pub mod #module;)
    };
    let mut files = vec![Code {
        path: "src/operations.rs".to_owned(),
        content: Content::rust(
            vec!["The operations, a module per tag.".to_owned()],
            move || api.groups.iter().map(module).collect(),
        ),
    }];
    files.extend(api.groups.iter().map(|group| Code {
        path: format!("src/operations/{}.rs", group.name.ident),
        content: Content::rust(
            vec![format!("The operations of the tag {}.", code(&group.tag))],
            move || with_models(items(api, package, group)),
        ),
    }));
    files
}

fn items(api: &Api<Name>, package: &Package, group: &Group<Name>) -> Vec<TokenStream> {
    let handle = ident(&group.handle);
    let mut docs = group.doc.clone();
    if !docs.is_empty() {
        docs.push(String::new());
    }
    docs.push(format!(
        "Given by `client.{}()`; the operations of the tag {}.",
        ident(&group.name),
        code(&group.tag)
    ));
    let docs = doc(&docs);
    let functions = group.operations.iter().map(|operation| {
        let example = sample::example(api, group, operation, &package.name);
        function(api, group, operation, example)
    });
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
    }
    items
}

pub fn spot_name(spot: Spot) -> TokenStream {
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
        Style::Json => quote!(Json),
        Style::Reserved => quote!(Reserved),
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
