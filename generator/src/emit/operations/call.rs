//! The type of an operation's call: a table of its optional parameters.

use super::{list_style, spot_name, style_name};
use crate::emit::bodies::{held, written};
use crate::emit::{doc, ident, rules, shown, ty};
use crate::ir::{
    Answer, Api, Body, Framing, Group, Location, Name, Operation, Paging, Parameter, Payload,
    Stream, Turn, Type,
};
use proc_macro2::TokenStream;
use quote::quote;

pub fn call(api: &Api<Name>, group: &Group<Name>, operation: &Operation<Name>) -> TokenStream {
    let name = ident(&operation.call);
    let link = format!(
        "The call that [`{}::{}`] makes.",
        group.handle.ident, operation.name.ident
    );
    let docs = doc(&[link]);
    let answer = answer(api, &operation.answer);
    let pages = operation.paging.as_ref().map(|paging| pages(api, paging));
    let others: Vec<TokenStream> = operation
        .offer
        .others
        .iter()
        .map(|media| shown(media))
        .collect();
    let also = (!others.is_empty()).then(|| quote!(#[also(#(#others),*)]));
    let beside = operation.offer.stream.as_ref().map(|stream| {
        let (media, of) = (&stream.media, streamed(api, stream));
        quote!(#[beside(#media, #of)])
    });
    let checked = rules::attribute(api, operation);
    let setters = operation
        .parameters
        .iter()
        .filter(|parameter| !parameter.required && parameter.location != Location::Path);
    let setters = setters.map(|parameter| setter(api, parameter));
    let body = operation
        .body
        .as_ref()
        .filter(|body| !body.required)
        .map(|body| body_setter(api, body));
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let (id, method, path) = (&operation.id, &operation.method, &operation.path);
    quote! {
        crate::runtime::operation! {
            #docs #deprecated #[request(#id, #method, #path)] #[answer #answer] #pages #also #beside #checked
            pub struct #name { #(#setters)* #body }
        }
    }
}

fn answer(api: &Api<Name>, answer: &Answer) -> TokenStream {
    match answer {
        Answer::One(Payload::Json(of)) => {
            let of = ty(api, of);
            quote!((json = #of))
        }
        Answer::One(Payload::Text) => quote!((text)),
        Answer::One(Payload::Bytes) => quote!((bytes)),
        Answer::One(Payload::Empty) => quote!((empty)),
        Answer::OneOf(id) => {
            let of = ty(api, &Type::Named(*id));
            quote!((one_of = #of))
        }
        Answer::Stream(stream) => streamed(api, stream),
    }
}

fn streamed(api: &Api<Name>, stream: &Stream) -> TokenStream {
    let of = stream.item.as_ref().map(|item| ty(api, item));
    let of = of.map(|of| quote!(= #of));
    match stream.framing {
        Framing::Lines => quote!((lines #of)),
        Framing::Events => quote!((events #of)),
    }
}

/// How a list goes on, as a chain of the runtime's `Paging`.
fn pages(api: &Api<Name>, paging: &Paging) -> TokenStream {
    let item = ty(api, &paging.item);
    let turn = match &paging.turn {
        Turn::Cursor { name, from } => quote!(cursor(#name, #from)),
        Turn::Last { name, from } => quote!(last(#name, #from)),
        Turn::Page(name) => quote!(page(#name)),
        Turn::Offset(name) => quote!(offset(#name)),
        Turn::Url(from) => quote!(url(#from)),
        Turn::Link => quote!(link()),
    };
    let in_body = paging.in_body.then(|| quote!(.in_body()));
    let items = Some(&paging.items).filter(|items| !items.is_empty());
    let items = items.map(|items| quote!(.items(#items)));
    let more = paging.more.as_ref().map(|more| quote!(.more(#more)));
    let total = paging.total.as_ref().map(|total| quote!(.total(#total)));
    let first = paging.first.map(|first| {
        let first = proc_macro2::Literal::i64_unsuffixed(first);
        quote!(.first(#first))
    });
    let current = paging
        .current
        .as_ref()
        .map(|current| quote!(.current(#current)));
    quote!(#[pages(#item, #turn #in_body #items #more #total #first #current)])
}

fn setter(api: &Api<Name>, parameter: &Parameter<Name>) -> TokenStream {
    let docs = doc(&parameter.doc);
    let name = ident(&parameter.name);
    let wire = shown(&parameter.wire);
    let of = ty(api, &parameter.ty);
    let kind = match parameter.location {
        Location::Path | Location::Query => quote!(query(#wire)),
        Location::QueryJson => quote!(query_json(#wire)),
        Location::Header => quote!(header(#wire)),
        Location::Styled {
            spot,
            style,
            explode,
        } => {
            let (spot, style) = (spot_name(spot), style_name(style));
            quote!(styled(#wire, #spot, #style, #explode))
        }
        Location::QueryList(style) => {
            let style = list_style(style);
            quote!(query_list(#wire, #style))
        }
    };
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    quote!(#docs #deprecated #[#kind] #name: #of,)
}

fn body_setter(api: &Api<Name>, body: &Body<Name>) -> TokenStream {
    let docs = doc(&body.doc);
    let name = ident(&body.name);
    let (kind, of) = (written(&body.content), held(api, &body.content));
    quote!(#docs #[#kind] #name: #of,)
}
