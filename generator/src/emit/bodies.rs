//! Bodies: how they are written, and the enums of those that come in several media types.

use super::{ident, shown, ty, ty_of_models};
use crate::ir::{Api, BodyCase, Content, Decl, FormStyle, Name, PartKind, Shape, Type};
use proc_macro2::TokenStream;
use quote::quote;

/// How a body is written, as tables have it.
pub fn written(content: &Content) -> TokenStream {
    match content {
        Content::Json { media_type, .. } => match media_type {
            Some(media) => {
                let media = shown(media);
                quote!(json(#media))
            }
            None => quote!(json),
        },
        Content::Form { styles, .. } => {
            let styles = styles.iter().map(|(member, style)| {
                let style = form_style(*style);
                quote!(#member = #style)
            });
            quote!(form(#(#styles),*))
        }
        Content::Multipart { kinds, .. } => {
            let kinds = kinds.iter().map(|(part, kind)| match kind {
                PartKind::Typed(media) => quote!(#part = #media),
                PartKind::Styled(style) => {
                    let style = form_style(*style);
                    quote!(#part = #style)
                }
            });
            quote!(multipart(#(#kinds),*))
        }
        Content::Text(media) => {
            let media = shown(media);
            quote!(text(#media))
        }
        Content::Bytes(media) => {
            let media = shown(media);
            quote!(bytes(#media))
        }
        Content::OneOf(_) => quote!(one_of),
    }
}

/// The name of a style in the runtime.
pub fn form_style(style: FormStyle) -> TokenStream {
    match style {
        FormStyle::Comma => quote!(Comma),
        FormStyle::Space => quote!(Space),
        FormStyle::Pipe => quote!(Pipe),
        FormStyle::Members => quote!(Members),
        FormStyle::Deep => quote!(Deep),
        FormStyle::Json => quote!(Json),
    }
}

/// The type of what is sent.
pub fn held(api: &Api<Name>, content: &Content) -> TokenStream {
    match content {
        Content::Json { ty: of, .. }
        | Content::Form { ty: of, .. }
        | Content::Multipart { ty: of, .. }
        | Content::OneOf(of) => ty(api, of),
        Content::Text(_) => quote!(String),
        Content::Bytes(_) => quote!(crate::Upload),
    }
}

/// The enum of a body that comes in several media types.
pub fn bodies(
    api: &Api<Name>,
    decl: &Decl<Name>,
    docs: &TokenStream,
    cases: &[BodyCase<Name>],
) -> TokenStream {
    let name = ident(&decl.name);
    let behind: Vec<String> = cases
        .iter()
        .map(|case| behind(api, &case.content))
        .collect();
    let cases = cases.iter().zip(&behind).map(|(case, own)| {
        let name = ident(&case.name);
        let of = case
            .content
            .ty()
            .map_or_else(|| held(api, &case.content), |of| ty_of_models(api, of));
        let written = written(&case.content);
        let alone = behind.iter().filter(|other| *other == own).count() == 1;
        let sources = sources(&case.content);
        let from = alone.then(|| quote!(#[from(#sources)]));
        quote!(#from #name(#of) = #written,)
    });
    quote! {
        crate::runtime::bodies! {
            #docs
            pub enum #name { #(#cases)* }
        }
    }
}

/// What tells the type of a body from others.
fn behind(api: &Api<Name>, content: &Content) -> String {
    match content.ty() {
        Some(of) => ty(api, &unaliased(api, of, 0)).to_string(),
        None => held(api, content).to_string(),
    }
}

/// What fills the place of a body besides its type and a builder of it.
fn sources(content: &Content) -> Option<TokenStream> {
    matches!(content, Content::Text(_)).then(|| quote!(&str))
}

/// A type without its aliases; `level` bounds lists of lists.
fn unaliased(api: &Api<Name>, of: &Type, level: usize) -> Type {
    const MOST: usize = 32;
    let mut of = of;
    for _ in &api.types {
        match of {
            Type::Named(id) => match &api.types[id.0].shape {
                Shape::Alias(to) => of = to,
                _ => break,
            },
            _ => break,
        }
    }
    if level > MOST {
        return of.clone();
    }
    let inner = |of: &Type| unaliased(api, of, level + 1);
    match of {
        Type::Map(of) => Type::Map(Box::new(inner(of))),
        Type::List(of) => Type::List(Box::new(inner(of))),
        Type::Nullable(of) => Type::Nullable(Box::new(inner(of))),
        Type::Boxed(of) => Type::Boxed(Box::new(inner(of))),
        Type::Tuple(elements) => Type::Tuple(elements.iter().map(inner).collect()),
        of => of.clone(),
    }
}
