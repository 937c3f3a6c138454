//! Which types a tag reaches, read from a generated crate's own text.
//!
//! Knows nothing of the generator: it reads `crate::models::Name` in the operations of each tag, the
//! types that these name, and so on, and holds that against the `cfg` of each type.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use restwright::print::File;
use std::collections::{BTreeMap, BTreeSet};
use syn::{Attribute, Item};

type Features = BTreeSet<String>;

/// A type in the crate.
struct Declared {
    /// With which features it is there.
    features: Features,
    /// The types it is made of.
    uses: BTreeSet<String>,
}

/// What was looked at.
pub struct Looked {
    /// The features of the tags, and of what reads webhooks.
    pub features: BTreeSet<String>,
    /// How many types there are.
    pub types: usize,
    /// How many of them are there for several tags, but not for all.
    pub shared: usize,
    /// The types that are there with other features than those whose operations reach them.
    pub wrong: Vec<String>,
}

/// Looks at all types of a crate. What no operation reaches is there whatever the features.
///
/// # Errors
/// A file is no Rust.
pub fn look(files: &[File]) -> Result<Looked, String> {
    let roots = roots(files)?;
    let all: Features = roots.keys().cloned().collect();
    let types = types(files, &all)?;
    let mut wanted: BTreeMap<&str, Features> = BTreeMap::new();
    for (feature, named) in &roots {
        for name in reached(&types, named) {
            wanted.entry(name).or_default().insert(feature.clone());
        }
    }
    let unused = types
        .keys()
        .filter(|name| !wanted.contains_key(name.as_str()));
    let unused: BTreeSet<String> = unused.cloned().collect();
    for name in reached(&types, &unused) {
        wanted.insert(name, all.clone());
    }
    let wrong = types.iter().filter_map(|(name, declared)| {
        let wanted = &wanted[name.as_str()];
        let is = &declared.features;
        (is != wanted).then(|| format!("{name} is there with {is:?}, and is reached by {wanted:?}"))
    });
    let wrong = wrong.collect();
    let several = |declared: &&Declared| (2..all.len()).contains(&declared.features.len());
    Ok(Looked {
        types: types.len(),
        shared: types.values().filter(several).count(),
        features: all,
        wrong,
    })
}

/// The types that the operations of each feature name, those in links of their documentation, too:
/// errors are read by callers, who find them there.
fn roots(files: &[File]) -> Result<BTreeMap<String, BTreeSet<String>>, String> {
    let mut roots: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (module, features) in modules(files, "src/operations.rs")? {
        let path = format!("src/operations/{module}.rs");
        let mut named = BTreeSet::new();
        names(text(files, &path)?.1, &mut named);
        for feature in features {
            roots.entry(feature).or_default().extend(named.clone());
        }
    }
    if let Ok((_, hooks)) = text(files, "src/webhooks.rs") {
        names(hooks, roots.entry("webhooks".to_owned()).or_default());
    }
    Ok(roots)
}

fn types(files: &[File], all: &Features) -> Result<BTreeMap<String, Declared>, String> {
    let mut types = BTreeMap::new();
    for (module, of_module) in modules(files, "src/models.rs")? {
        let (parsed, _) = text(files, &format!("src/models/{module}.rs"))?;
        for item in parsed.items {
            let mut uses = BTreeSet::new();
            let (name, attributes) = match item {
                Item::Type(item) => {
                    let ty = &item.ty;
                    written(quote::quote!(#ty), &mut uses);
                    (item.ident.to_string(), item.attrs)
                }
                Item::Macro(item) => {
                    let name = declared(item.mac.tokens, &mut uses);
                    (name.ok_or("a table without a type")?, item.attrs)
                }
                _ => continue,
            };
            let mut features = features(&attributes);
            if features.is_empty() {
                features = if of_module.is_empty() {
                    all
                } else {
                    &of_module
                }
                .clone();
            }
            types.insert(name, Declared { features, uses });
        }
    }
    Ok(types)
}

/// The modules that a file declares, with the features of each.
fn modules(files: &[File], path: &str) -> Result<Vec<(String, Features)>, String> {
    let (parsed, _) = text(files, path)?;
    let modules = parsed.items.into_iter().filter_map(|item| match item {
        Item::Mod(item) => {
            let name = item.ident.to_string();
            let name = name.strip_prefix("r#").unwrap_or(&name).to_owned();
            Some((name, features(&item.attrs)))
        }
        _ => None,
    });
    Ok(modules.collect())
}

fn text(files: &[File], path: &str) -> Result<(syn::File, TokenStream), String> {
    let file = files.iter().find(|file| file.path == path);
    let file = file.ok_or_else(|| format!("there is no {path}"))?;
    let parsed = syn::parse_file(&file.text).map_err(|error| format!("{path}: {error}"))?;
    let tokens = file
        .text
        .parse()
        .map_err(|error| format!("{path}: {error}"))?;
    Ok((parsed, tokens))
}

/// The features that a `cfg` names.
fn features(attributes: &[Attribute]) -> Features {
    let cfgs = attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("cfg"));
    let lists = cfgs.filter_map(|cfg| cfg.meta.require_list().ok());
    let mut found = Features::new();
    for list in lists {
        literals(list.tokens.clone(), &mut |text| {
            found.insert(text.trim_matches('"').to_owned());
        });
    }
    found
}

/// The name after `struct` or `enum`, and what its fields or its variants hold.
fn declared(tokens: TokenStream, uses: &mut BTreeSet<String>) -> Option<String> {
    let mut tokens = tokens.into_iter();
    let kind = tokens.find_map(|token| match token {
        TokenTree::Ident(word) if word == "struct" || word == "enum" => Some(word.to_string()),
        _ => None,
    })?;
    let name = tokens.next()?.to_string();
    let Some(TokenTree::Group(members)) = tokens.next() else {
        return None;
    };
    let held = members.stream().into_iter().filter(|token| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        _ => kind == "struct",
    });
    written(held.collect(), uses);
    Some(name)
}

/// What is named there without a path.
fn written(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut before = [String::new(), String::new()];
    for token in tokens {
        let text = token.to_string();
        match token {
            TokenTree::Group(group) => written(group.stream(), found),
            TokenTree::Ident(_) if before != [":", ":"] => {
                found.insert(text.clone());
            }
            _ => {}
        }
        before.rotate_left(1);
        before[1] = text;
    }
}

/// What is named after `models::`, in texts too.
fn names(tokens: TokenStream, found: &mut BTreeSet<String>) {
    let mut before = [String::new(), String::new(), String::new()];
    for token in tokens {
        match token {
            TokenTree::Group(group) => names(group.stream(), found),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                for rest in text.split("models::").skip(1) {
                    let name = rest
                        .split(|c: char| c != '_' && !c.is_alphanumeric())
                        .next();
                    // `models::*` names nothing.
                    found.extend(name.filter(|name| !name.is_empty()).map(str::to_owned));
                }
            }
            token => {
                let text = token.to_string();
                if before == ["models", ":", ":"] && matches!(token, TokenTree::Ident(_)) {
                    found.insert(text.clone());
                }
                before.rotate_left(1);
                before[2] = text;
            }
        }
    }
}

fn literals(tokens: TokenStream, take: &mut dyn FnMut(String)) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => literals(group.stream(), take),
            TokenTree::Literal(literal) => take(literal.to_string()),
            TokenTree::Ident(_) | TokenTree::Punct(_) => {}
        }
    }
}

/// These and all that they are made of.
fn reached<'t>(
    types: &'t BTreeMap<String, Declared>,
    from: &BTreeSet<String>,
) -> BTreeSet<&'t str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&String> = from.iter().collect();
    while let Some(name) = open.pop() {
        // What has no table is a builder, or a line of an example's `use`.
        let Some((name, declared)) = types.get_key_value(name) else {
            continue;
        };
        if found.insert(name.as_str()) {
            open.extend(&declared.uses);
        }
    }
    found
}
