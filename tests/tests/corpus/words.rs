//! Whatever the runtime, the standard library and Rust itself have a name for may be the name of anything in a
//! document: all of these words in one crate, with all its files.

use super::compiled;
use restwright::emit::RUNTIME;
use restwright::source::Source;
use restwright_tests::corpus;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Words of Rust, and what is in scope everywhere.
const OF_RUST: &str = "as async await become box break const continue crate do dyn else enum extern false final fn \
    for gen if impl in let loop macro match mod move mut override priv pub raw ref return safe self Self static \
    struct super trait true try type typeof union unsafe unsized use virtual where while yield abstract auto \
    std core alloc serde models operations runtime client shared security servers headers webhooks rules \
    Option Some None Result Ok Err String Vec Box bool str char usize u8 i64 f64 Copy Clone Debug Default Display \
    PartialEq Eq PartialOrd Ord Hash From Into Iterator IntoIterator Send Sync Sized Drop Fn FnMut FnOnce ToString \
    ToOwned AsRef Deserialize Serialize A B D E K M R S T V Uuid Date Time Map Bytes concat derive allow cfg main \
    test println vec format doc";

/// How many words refer to each other: types that are in each other without end do not compile.
const TOGETHER: usize = 5;

/// Words that name something in the runtime's files, and those of Rust, each once however it is written.
fn words() -> Vec<String> {
    let mut words = BTreeMap::new();
    let mut take = |word: &str| {
        let spelled = word.to_lowercase().replace('_', "");
        words.entry(spelled).or_insert_with(|| word.to_owned());
    };
    OF_RUST.split_whitespace().for_each(&mut take);
    for (_, text) in RUNTIME {
        let mut tokens = text.split_whitespace();
        while let Some(token) = tokens.next() {
            let names = [
                "struct",
                "enum",
                "fn",
                "trait",
                "type",
                "mod",
                "macro_rules!",
            ];
            if !names.contains(&token) {
                continue;
            }
            let word = tokens.next().unwrap_or_default();
            let word = word.split(|letter: char| letter != '_' && !letter.is_alphanumeric());
            word.take(1)
                .filter(|word| !word.is_empty())
                .for_each(&mut take);
        }
    }
    words.into_values().collect()
}

/// Every word is a schema, a member, a value, a parameter, an operation and a webhook, every tenth one a tag.
fn document(words: &[String]) -> Value {
    let (mut schemas, mut paths, mut hooks) = (Map::new(), Map::new(), Map::new());
    for together in words.chunks(TOGETHER) {
        for (index, word) in together.iter().enumerate() {
            let position = paths.len();
            let next = &together[(index + 1) % together.len()];
            let named = |word: &str| json!({"$ref": format!("#/components/schemas/{word}")});
            schemas.insert(
                word.clone(),
                json!({
                    "type": "object",
                    "required": [word],
                    "properties": {word: {"type": "string", "enum": together}, next: named(next)},
                }),
            );
            // Those of two tags refer to each word.
            let tag = position / 10 * 10 + index % 2;
            let answer = json!({"oneOf": [named(word), {"type": "array", "items": named(next)}]});
            paths.insert(
                format!("/{word}/{{{word}}}"),
                json!({"post": {
                    "operationId": word,
                    "tags": [words[tag]],
                    "parameters": [
                        {"name": word, "in": "path", "required": true, "schema": {"type": "string"}},
                        {"name": next, "in": "query", "schema": {"type": "string", "enum": together}},
                    ],
                    "requestBody": {"required": true, "content": {"application/json": {"schema": {
                        "type": "object", "properties": {word: named(word), next: {"type": "string", "enum": [word, "other"]}},
                    }}}},
                    "responses": {"200": {"description": "", "content": {"application/json": {"schema": answer}}}},
                }}),
            );
            let body = json!({"content": {"application/json": {"schema": named(word)}}});
            hooks.insert(
                word.clone(),
                json!({"post": {"requestBody": body, "responses": {}}}),
            );
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {"title": "Words", "version": "1"},
        "paths": paths,
        "webhooks": hooks,
        "components": {"schemas": schemas},
    })
}

#[test]
fn every_word_may_be_a_name() {
    let words = words();
    assert!(words.len() > 600, "{} words", words.len());
    let source = Source::new("openapi.json", document(&words).to_string());
    let (made, report) = corpus::generated(source);
    let made = made.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
    compiled("words", made);
}
