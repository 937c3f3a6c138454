//! Declared types: the type as one table under a macro of the runtime.

use super::{
    Code, Content, bodies, cfg, code, doc, feature, features, ident, raw, says, shown, ty_of_models,
};
use crate::ir::{
    Api, Branch, Decl, Extra, Integer, Member, Name, Outcome, Payload, Presence, Shape, Status,
    Type, Variant, Wire,
};
use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;
use serde_json::Value;
use std::collections::BTreeSet;

/// `models.rs` and a file per group; what several groups reach is in `shared.rs`.
pub fn files(api: &Api<Name>) -> Vec<Code<'_>> {
    let (own, shared) = by_group(api);
    let has_own: Vec<usize> = (0..own.len())
        .filter(|group| !own[*group].is_empty())
        .collect();
    let always = shared.iter().any(|decl| cfg(api, &decl.groups).is_empty());
    let has_shared = (!shared.is_empty()).then_some(always);
    let mut files = vec![Code {
        path: "src/models.rs".to_owned(),
        content: Content::rust(
            vec!["The types that operations take and give.".to_owned()],
            move || modules(api, &has_own, has_shared),
        ),
    }];
    // The largest of all, so the first to be begun.
    if !shared.is_empty() {
        files.push(Code {
            path: "src/models/shared.rs".to_owned(),
            content: Content::rust(
                vec!["What several tags use, and what no operation refers to.".to_owned()],
                move || {
                    let shared = shared.into_iter().map(|decl| {
                        let cfg = cfg(api, &decl.groups);
                        let declaration = declaration(api, decl);
                        quote!(#cfg #declaration)
                    });
                    shared.collect()
                },
            ),
        });
    }
    for (group, own) in api.groups.iter().zip(own) {
        if own.is_empty() {
            continue;
        }
        files.push(Code {
            path: format!("src/models/{}.rs", group.name.ident),
            content: Content::rust(
                vec![format!(
                    "What only the operations of the tag {} use.",
                    code(&group.tag)
                )],
                move || {
                    let declarations = own.iter().map(|decl| declaration(api, decl));
                    imports(api, &own).into_iter().chain(declarations).collect()
                },
            ),
        });
    }
    files
}

/// The types that only one group reaches, group by group, and all others.
pub(super) fn by_group(api: &Api<Name>) -> (Vec<Vec<&Decl<Name>>>, Vec<&Decl<Name>>) {
    let split = features(api).len() > 1;
    let mut own = vec![Vec::new(); api.groups.len()];
    let mut shared = Vec::new();
    for decl in &api.types {
        let only = match decl.groups.as_slice() {
            [only] if split => own.get_mut(*only),
            _ => None,
        };
        only.unwrap_or(&mut shared).push(decl);
    }
    (own, shared)
}

/// The modules of the groups that have types of their own, and of what is shared, which may always have
/// something in it.
fn modules(api: &Api<Name>, own: &[usize], shared: Option<bool>) -> Vec<TokenStream> {
    let mut modules = Vec::new();
    for index in own {
        let group = &api.groups[*index];
        let (module, feature) = (ident(&group.name), feature(group));
        modules.push(quote!(#[cfg(feature = #feature)] mod #module;));
        modules.push(quote!(#[cfg(feature = #feature)] pub use self::#module::*;));
    }
    if let Some(always) = shared {
        modules.push(quote!(
            mod shared;
        ));
        // Without any of the features there may be nothing in it.
        let unused = (!always).then(|| quote!(#[allow(unused_imports)]));
        modules.push(quote!(
            #unused
            pub use self::shared::*;
        ));
    }
    modules
}

/// The types of other files that those of a file refer to.
fn imports(api: &Api<Name>, own: &[&Decl<Name>]) -> Option<TokenStream> {
    let own_names: BTreeSet<&str> = own.iter().map(|decl| decl.name.ident.as_str()).collect();
    let types = own.iter().flat_map(|decl| decl.shape.types());
    let named = types.flat_map(Type::named);
    let named = named.map(|id| api.types[id.0].name.ident.as_str());
    let others: BTreeSet<&str> = named.filter(|name| !own_names.contains(name)).collect();
    let others: Vec<Ident> = others.into_iter().map(raw).collect();
    match others.as_slice() {
        [] => None,
        [only] => Some(quote!(use super::#only;)),
        several => Some(quote!(use super::{#(#several),*};)),
    }
}

fn declaration(api: &Api<Name>, decl: &Decl<Name>) -> TokenStream {
    let docs = docs(decl);
    match &decl.shape {
        Shape::Record { fields, extra } => record(api, decl, &docs, fields, extra.as_ref()),
        Shape::Enum {
            wire,
            variants,
            unknown,
        } => enumeration(decl, &docs, *wire, variants, unknown),
        Shape::Union {
            tag,
            branches,
            unknown,
        } => union(api, decl, &docs, tag.as_deref(), branches, unknown),
        Shape::Replies(cases) => replies(api, decl, cases),
        Shape::Bodies(cases) => bodies::bodies(api, decl, &docs, cases),
        Shape::Alias(of) => {
            let name = ident(&decl.name);
            let of = ty_of_models(api, of);
            quote!(#docs pub type #name = #of;)
        }
    }
}

/// What the document says, and where it says it.
fn docs(decl: &Decl<Name>) -> TokenStream {
    let mut lines = decl.doc.clone();
    if !lines.is_empty() {
        lines.push(String::new());
    }
    lines.push(format!("From {}.", code(&decl.name.place.to_string())));
    doc(&lines)
}

fn record(
    api: &Api<Name>,
    decl: &Decl<Name>,
    docs: &TokenStream,
    fields: &[Member<Name>],
    extra: Option<&Extra<Name>>,
) -> TokenStream {
    let name = ident(&decl.name);
    let may_be_empty =
        |field: &Member<Name>| matches!(field.presence, Presence::Optional | Presence::Patch);
    let derive = fields
        .iter()
        .all(may_be_empty)
        .then(|| quote!(#[derive(Default)]));
    let open = (!decl.sent).then(|| quote!(#[non_exhaustive]));
    let builder = decl.sent.then(|| {
        let builder = raw(&format!("{}Builder", decl.name.ident));
        let boxed = decl.boxed.then(|| quote!(, boxed));
        quote!(#[builder(#builder #boxed)])
    });
    let fields = fields.iter().map(|field| member(api, decl.sent, field));
    let extra = extra.map(|extra| {
        let name = ident(&extra.name);
        let of = ty_of_models(api, &extra.ty);
        let except = &extra.except;
        let except = (!except.is_empty()).then(|| quote!((except #(#except),*)));
        quote!(#[extra #except] pub #name: crate::Map<#of>,)
    });
    quote! {
        crate::runtime::record! {
            #docs #derive #open #builder
            pub struct #name { #(#fields)* #extra }
        }
    }
}

fn member(api: &Api<Name>, sent: bool, field: &Member<Name>) -> TokenStream {
    // A member of which the document says nothing is told by its name, where Rust has another.
    let docs = match field.doc.as_slice() {
        [] if !says(&field.name, &field.wire) => {
            doc(&[format!("The member {}.", code(&field.wire))])
        }
        lines => doc(lines),
    };
    let name = ident(&field.name);
    let of = ty_of_models(api, &field.ty);
    let (presence, of) = match field.presence {
        Presence::Required => (None, of),
        Presence::Nullable => (Some(quote!(nullable)), quote!(Option<#of>)),
        Presence::Optional => (Some(quote!(optional)), quote!(Option<#of>)),
        Presence::Patch => (Some(quote!(patch)), quote!(crate::Field<#of>)),
    };
    let wire = &field.wire;
    let json = match presence {
        // Most are so: a line for each would be a line in twenty.
        None if says(&field.name, wire) => None,
        None => Some(quote!(#[json(#wire)])),
        Some(presence) => Some(quote!(#[json(#presence, #wire)])),
    };
    let fixed = field.fixed.as_ref().filter(|_| sent).map(|value| {
        let value = fixed(value, &field.ty);
        quote!(#[fixed(#value)])
    });
    quote!(#docs #json #fixed pub #name: #of,)
}

fn enumeration(
    decl: &Decl<Name>,
    docs: &TokenStream,
    wire: Wire,
    variants: &[Variant<Name>],
    unknown: &Name,
) -> TokenStream {
    let name = ident(&decl.name);
    let (table, kept) = match wire {
        Wire::Text => (quote!(string_enum), quote!(String)),
        Wire::Integer => (quote!(integer_enum), quote!(i64)),
        Wire::Mixed => (quote!(value_enum), quote!(crate::Value)),
    };
    let variants = variants.iter().map(|variant| {
        let docs = doc(&variant.doc);
        let name = ident(&variant.name);
        let value = match (wire, &variant.value) {
            (_, Value::String(text)) => shown(text),
            (Wire::Text | Wire::Integer, value) => literal(value),
            (Wire::Mixed, value) => literal_of(value, &Type::Json),
        };
        quote!(#docs #name = #value,)
    });
    let unknown = ident(unknown);
    quote! {
        crate::runtime::#table! {
            #docs
            pub enum #name { #(#variants)* #[unknown] #unknown(#kept), }
        }
    }
}

fn union(
    api: &Api<Name>,
    decl: &Decl<Name>,
    docs: &TokenStream,
    tag: Option<&str>,
    branches: &[Branch<Name>],
    unknown: &Name,
) -> TokenStream {
    let name = ident(&decl.name);
    let tag = tag.map(|tag| quote!(#[tag(#tag)]));
    let branches = branches.iter().map(|branch| {
        let docs = doc(&branch.doc);
        let name = ident(&branch.name);
        let of = ty_of_models(api, &branch.ty);
        let tags: Vec<TokenStream> = branch.tags.iter().map(literal).collect();
        let value = (!tags.is_empty()).then(|| quote!(= #(#tags)|*));
        quote!(#docs #name(#of) #value,)
    });
    let unknown = ident(unknown);
    quote! {
        crate::runtime::union! {
            #docs #tag
            pub enum #name { #(#branches)* #[unknown] #unknown(crate::Value), }
        }
    }
}

/// The value of a member that can have one only.
fn fixed(value: &Value, of: &Type) -> TokenStream {
    let json = matches!(value, Value::Null | Value::Array(_) | Value::Object(_));
    let json = json.then(|| quote!(json));
    let value = literal_of(value, of);
    quote!(#json #value)
}

fn replies(api: &Api<Name>, decl: &Decl<Name>, cases: &[Outcome<Name>]) -> TokenStream {
    let name = ident(&decl.name);
    let docs = docs(decl);
    let cases = cases.iter().map(|case| {
        let name = ident(&case.name);
        let media = case.reply.media.as_ref().map(|media| quote!(, #media));
        let status = match case.reply.status {
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Class(class) => {
                let (from, to) = (class * 100, class * 100 + 99);
                let (from, to) = (Literal::u16_unsuffixed(from), Literal::u16_unsuffixed(to));
                quote!(#from..=#to)
            }
            Status::Default => quote!(default),
        };
        let (kind, body) = match &case.reply.payload {
            Payload::Empty => (quote!(empty), None),
            Payload::Json(of) => (quote!(json), Some(ty_of_models(api, of))),
            Payload::Text => (quote!(text), Some(quote!(String))),
            Payload::Bytes => (quote!(bytes), Some(quote!(crate::Bytes))),
        };
        let code = match case.reply.status {
            Status::Code(_) => None,
            Status::Class(_) | Status::Default => Some(quote!(crate::StatusCode)),
        };
        let held: Vec<TokenStream> = code.into_iter().chain(body).collect();
        let held = (!held.is_empty()).then(|| quote!((#(#held),*)));
        quote!(#name #held = #kind(#status #media),)
    });
    quote! {
        crate::runtime::replies! {
            #docs
            pub enum #name { #(#cases)* }
        }
    }
}

/// A scalar that becomes a value of a type by `From`. A whole number is an `i32` there, and one that
/// is beyond that has to say what it is.
fn literal_of(value: &Value, of: &Type) -> TokenStream {
    let whole = value
        .as_i64()
        .filter(|whole| i32::try_from(*whole).is_err());
    let Some(whole) = whole else {
        return literal(value);
    };
    let number = match of {
        Type::Nullable(of) | Type::Boxed(of) => return literal_of(value, of),
        Type::Number => Literal::f64_unsuffixed(whole as f64),
        Type::Integer(Integer::U32) => u32::try_from(whole)
            .map_or_else(|_| Literal::i64_suffixed(whole), Literal::u32_suffixed),
        Type::Integer(Integer::U64) => Literal::u64_suffixed(whole.unsigned_abs()),
        _ => Literal::i64_suffixed(whole),
    };
    quote!(#number)
}

/// A scalar as Rust; anything else is the text of its JSON.
fn literal(value: &Value) -> TokenStream {
    match value {
        Value::String(text) => quote!(#text),
        Value::Bool(flag) => quote!(#flag),
        Value::Number(number) => {
            let negative = number.to_string().starts_with('-');
            let sign = negative.then(|| quote!(-));
            let size = match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(whole), ..) => Literal::u64_unsuffixed(whole.unsigned_abs()),
                (None, Some(whole), _) => Literal::u64_suffixed(whole),
                (None, None, Some(float)) => Literal::f64_unsuffixed(float.abs()),
                (None, None, None) => Literal::string(&number.to_string()),
            };
            quote!(#sign #size)
        }
        Value::Null | Value::Array(_) | Value::Object(_) => {
            let text = value.to_string();
            quote!(#text)
        }
    }
}
