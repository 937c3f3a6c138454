//! No text of [`breakouts`](super::breakouts) leaves the place it stands in.
//!
//! What they want may stand anywhere as a text, for that is what it is.

use super::breakouts::{TEXTS, document};
use super::{Files, made, run::Run, tree};
use proc_macro2::{TokenStream, TokenTree};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};
use serde_json::Value;
use tempfile::TempDir;

const CANARY: &str = "pwned_canary";

/// How many texts stand in a document together.
const TOGETHER: usize = 12;

#[test]
fn no_text_leaves_its_place() {
    let mut wrong = Vec::new();
    for texts in TEXTS.chunks(TOGETHER) {
        wrong.extend(tried(&document(texts)).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Generates, and looks for the canary in whatever is not text.
fn tried(document: &Value) -> Result<(), String> {
    let parent = TempDir::new().unwrap();
    let text = serde_json::to_vec(document).unwrap();
    let files = Files::from([("openapi.json".to_owned(), text)]);
    tree::write(&parent.path().join("in"), &files);
    let run = Run::of(parent.path(), &files);
    if run.code != Some(0) {
        return Err(format!("{run:#?}"));
    }
    let made = tree::read(parent.path());
    made::check(&made)?;
    for (path, bytes) in &made {
        let text = std::str::from_utf8(bytes).unwrap();
        if path.ends_with(".rs") && !path.starts_with("out/src/runtime/") {
            let mut docs = vec![String::new()];
            let tokens: TokenStream = text.parse().map_err(|error| format!("{path}: {error}"))?;
            walk(tokens, &mut docs).map_err(|what| format!("{path}: {what}"))?;
            for doc in docs {
                markdown(&doc).map_err(|what| format!("{path}: {what} in:\n{doc}"))?;
            }
        }
        if path.ends_with("README.md") {
            markdown(text).map_err(|what| format!("{path}: {what}"))?;
        }
    }
    Ok(())
}

/// Whether a token is the canary; collects the documentation of each item.
fn walk(tokens: TokenStream, docs: &mut Vec<String>) -> Result<(), String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut last = 0;
    for (index, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Ident(ident) if *ident == CANARY => {
                return Err("a token is the canary".to_owned());
            }
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                if let [
                    TokenTree::Ident(doc),
                    TokenTree::Punct(_),
                    TokenTree::Literal(text),
                ] = inner.as_slice()
                    && *doc == "doc"
                {
                    // The lines of one item stand one after the other, each three tokens on at most.
                    if index > last + 3 {
                        docs.push(String::new());
                    }
                    last = index;
                    let text: syn::LitStr = syn::parse_str(&text.to_string()).unwrap();
                    let line = text.value();
                    let doc = docs.last_mut().unwrap();
                    doc.push_str(line.strip_prefix(' ').unwrap_or(&line));
                    doc.push('\n');
                } else {
                    walk(group.stream(), docs)?;
                    docs.push(String::new());
                }
            }
            TokenTree::Ident(_) | TokenTree::Punct(_) | TokenTree::Literal(_) => {}
        }
    }
    Ok(())
}

/// Whether documentation, as rustdoc reads it, is words: no test, no HTML, no image, no link but to the web.
fn markdown(text: &str) -> Result<(), String> {
    use pulldown_cmark::Options;
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // rustdoc takes every name in brackets for a link to an item.
    let items = |link: pulldown_cmark::BrokenLink| {
        Some((format!("item:{}", link.reference).into(), "".into()))
    };
    let mut program = None;
    for event in Parser::new_with_broken_link_callback(text, options, Some(items)) {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let is_text =
                    matches!(&kind, CodeBlockKind::Fenced(says) if says.starts_with("text"));
                program = (!is_text).then(String::new);
            }
            Event::Text(text) => {
                if let Some(program) = &mut program {
                    program.push_str(&text);
                }
            }
            Event::End(TagEnd::CodeBlock) => {
                let program = program.take().unwrap_or_default();
                let tokens: Option<TokenStream> = program.parse().ok();
                let read = tokens.map(|tokens| walk(tokens, &mut vec![String::new()]));
                if !program.is_empty() && !matches!(read, Some(Ok(()))) {
                    return Err(format!("a test is {program:?}"));
                }
            }
            Event::Html(html) | Event::InlineHtml(html) => return Err(format!("HTML {html:?}")),
            Event::Start(Tag::Image { dest_url, .. }) => {
                return Err(format!("an image {dest_url:?}"));
            }
            Event::Start(Tag::Link { dest_url, .. }) if leads_away(&dest_url) => {
                return Err(format!("a link {dest_url:?}"));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether a link leads where the text wants it to.
fn leads_away(to: &str) -> bool {
    let words = to.split(|c: char| !(c.is_alphanumeric() || c == '_'));
    let canary = words.into_iter().any(|word| word == CANARY);
    canary && !to.starts_with("https://")
}
