//! [`client!`]: a client as a module, made by a macro.
//!
//! A checked-in crate, as `restwright generate` writes it, is the advised way; see `restwright::embed`.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use std::path::{Path, PathBuf};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, LitStr, Token};

/// Makes a module with the client of a document, or of what a `restwright.toml` names.
///
/// Stands at the root of a crate, whose manifest has the dependencies that a generated crate has. The path
/// begins at the crate's folder. Features are those of generated crates that are no tags: `mock`, `recorder`,
/// `blocking`, `tracing`.
///
/// ```ignore
/// restwright_macro::client!(pub mod lamps = "api/lamps.openapi.yaml");
/// restwright_macro::client!(pub mod tested = "api/lamps.openapi.yaml" with mock, blocking);
/// ```
///
/// It is made again when one of its files changes. Where the document has errors, they are the compiler's.
#[proc_macro]
pub fn client(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let wanted = syn::parse_macro_input!(input as Wanted);
    let made = made(&wanted);
    made.unwrap_or_else(|error| error.to_compile_error()).into()
}

/// `pub mod NAME = "PATH" with FEATURE, …`
struct Wanted {
    name: Ident,
    path: LitStr,
    features: Vec<String>,
}

impl Parse for Wanted {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        input.parse::<Token![pub]>()?;
        input.parse::<Token![mod]>()?;
        let name = input.parse()?;
        input.parse::<Token![=]>()?;
        let path = input.parse()?;
        let mut features = Vec::new();
        if !input.is_empty() {
            let with: Ident = input.parse()?;
            if with != "with" {
                return Err(syn::Error::new(with.span(), "expected `with` and features"));
            }
            let named = Punctuated::<Ident, Token![,]>::parse_terminated(input)?;
            features.extend(named.iter().map(Ident::to_string));
        }
        Ok(Self {
            name,
            path,
            features,
        })
    }
}

fn made(wanted: &Wanted) -> syn::Result<TokenStream> {
    let wrong = |message: String| syn::Error::new(wanted.path.span(), message);
    let folder = std::env::var_os("CARGO_MANIFEST_DIR");
    let folder = folder.ok_or_else(|| wrong("there is no CARGO_MANIFEST_DIR".to_owned()))?;
    let path = Path::new(&folder).join(wanted.path.value());
    let features: Vec<&str> = wanted.features.iter().map(String::as_str).collect();
    let module = restwright::embed::module(&path, &wanted.name.to_string(), &features);
    let module = module.map_err(|error| wrong(error.to_string()))?;
    let read = module.read.iter().filter(|path| path.is_file());
    let read: Vec<LitStr> = read.filter_map(|path| literal(path)).collect();
    let tokens = module.tokens;
    // What is included is what the compiler looks at to see whether the macro has to run again.
    Ok(quote! {
        #tokens
        const _: &[&[u8]] = &[#(include_bytes!(#read)),*];
    })
}

fn literal(path: &Path) -> Option<LitStr> {
    let whole: PathBuf = path.canonicalize().ok()?;
    Some(LitStr::new(whole.to_str()?, Span::call_site()))
}
