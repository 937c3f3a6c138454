//! A document with texts that try to leave the place they stand in, wherever it has a text.
//!
//! What each of them wants is `pwned_canary`: as a token, a key of the manifest, a doctest, a tag of HTML, a link.
//! `texts` looks for it in what is generated; the tests of `tests/tests/corpus` compile that.

use serde_json::{Map, Value, json};

/// The ways out that are tried.
pub const TEXTS: &[&str] = &[
    "\"; fn pwned_canary() {} //",
    "\\\"; fn pwned_canary() {} //",
    "*/ fn pwned_canary() {} /*",
    "/* pwned_canary",
    "a\nfn pwned_canary() {}\n",
    "a\r\nfn pwned_canary() {}",
    "a\rfn pwned_canary() {}",
    "a\u{2028}fn pwned_canary() {}\u{85}fn pwned_canary() {}",
    "a\u{b}fn pwned_canary() {}\u{c}fn pwned_canary() {}",
    "\"] fn pwned_canary() {} #[doc = \"",
    "]\n#![doc = \"pwned_canary\"]\nfn pwned_canary() {}",
    "#![feature(pwned_canary)]",
    "\"#; fn pwned_canary() {} r#\"",
    "$crate::pwned_canary!() $pwned_canary",
    "{q pwned_canary} {0} {} {{}}",
    "concat!(pwned_canary)",
    "\"\"\"\n[dependencies]\npwned_canary = \"1\"\n\"\"\"",
    "'''\n[dependencies]\npwned_canary = '1'\n'''",
    "\"\npwned_canary = \"1\"\n[[bin]]",
    "```\npwned_canary!();\n```",
    "a\n\n```rust\npwned_canary!();\n```\n",
    "```text\na\n```\n```\npwned_canary!();\n```",
    "````\n```\npwned_canary!();\n````",
    "```text\n````\npwned_canary!();\n````\n```",
    "~~~\npwned_canary!();\n~~~",
    "``` text\na\n~~~\n```\n\n    pwned_canary!();",
    "    pwned_canary!();",
    "\tpwned_canary!();",
    "a\n\n\tpwned_canary!();",
    "- a\n\n        pwned_canary!();",
    "- a\n  - b\n\n          pwned_canary!();",
    "-     pwned_canary!();",
    "1.      pwned_canary!();",
    "*\tpwned_canary!();",
    ">     pwned_canary!();",
    "> > a\n>\n>     pwned_canary!();",
    "> ```\n> pwned_canary!();\n> ```",
    "- ```\n  pwned_canary!();\n  ```",
    "1. ```\n   pwned_canary!();\n   ```",
    "[^a]:\n        pwned_canary!();",
    "`a\n```\npwned_canary!();\n```",
    "<script>pwned_canary()</script>",
    "<img src=x onerror=pwned_canary()>",
    "<!-- pwned_canary",
    "`<b` <b onclick='pwned_canary()'> `>`",
    "a ``` <script>pwned_canary()</script> `` b",
    "\\`<script>pwned_canary()</script>`",
    "[\\<b onclick=pwned_canary>](https://example.com) [a\\](https://example.com)",
    "- - - ```\n      pwned_canary!();\n      ```",
    "\\<script>pwned_canary()</script>",
    "\\\\<script>pwned_canary()</script>",
    "`` ` <script>pwned_canary()</script> ``",
    "`a` ``<script>pwned_canary()</script>`",
    "&lt;script&gt;pwned_canary()&lt;/script&gt;",
    "[pwned_canary] [`pwned_canary`] [pwned_canary()] [struct@pwned_canary]",
    "[a](pwned_canary) [a](crate::pwned_canary) [a](<pwned_canary>)",
    "[a](javascript:pwned_canary) ![a](javascript:pwned_canary)",
    "[a][b]\n\n[b]: javascript:pwned_canary",
    "\\[a](javascript:pwned_canary) \\\\[a](javascript:pwned_canary)",
    "![pwned_canary](https://pwned.example/pwned_canary.png)",
    "<javascript:pwned_canary> <pwned_canary@example.com>",
    "[a](https://example.com/`) `](javascript:pwned_canary)",
    "[a](https://example.com \"<b onclick=pwned_canary>\")",
    "https://example.com/<script>pwned_canary</script>",
    "| a | b |\n|---|---|\n| <b>pwned_canary</b> | [a](javascript:pwned_canary) |",
    "a | pwned_canary | `a|b` |",
    "\u{202e}pwned_canary\u{2066}\u{200f}",
    "pwned\u{200b}_\u{feff}canary\u{ad}\u{2060}\u{180e}\u{e0041}\u{fff9}",
    "\0pwned_canary\u{7f}\u{1b}[31m\u{8}\u{9b}31m",
    "../../../pwned_canary",
    "..\\..\\pwned_canary",
    "/etc/pwned_canary",
    "C:\\pwned_canary",
    "con",
    "nul.txt",
    "aux",
    "COM1",
    ".",
    "..",
    "-",
    "lib",
    "LIB",
    "Mod",
    "mod",
    "main",
    "build",
    "target",
    "default",
    "self",
    "super",
    "crate",
    "Self",
    "_",
    "'",
    "\\",
    "`",
    "```",
    "%00%0d%0apwned_canary: 1",
    "a: b\r\npwned_canary: c",
    "🦀pwned_canary🦀",
    "ﬀ ß İ ı ſ pwned_canary",
    "e\u{301}\u{301}\u{301} pwned_canary",
];

/// A document with the texts wherever it may have one.
pub fn document(texts: &[&str]) -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut schemes = Map::new();
    let (mut tags, mut servers) = (Vec::new(), Vec::new());
    for (i, text) in texts.iter().enumerate() {
        let text = *text;
        // What is named after a text is called like the canary and more.
        let name = match text.contains("pwned") {
            true => format!("q {text}"),
            false => text.to_owned(),
        };
        let name = name.as_str();
        let outside = json!({"description": text, "url": format!("https://example.com/{text}")});
        let schema = json!({
            "type": "object", "title": name, "description": text, "externalDocs": outside, "x-note": text,
            "required": [name],
            "properties": {
                name: {"type": "string", "title": name, "description": text, "format": text, "default": text, "example": text, "pattern": text},
                "kind": {"type": "string", "description": text, "enum": [name, format!("{name} {name}")], "x-enumDescriptions": {name: name}, "x-enum-varnames": [name, "b"], "x-enum-descriptions": [text, text]},
                "one": {"const": text, "description": text},
                "many": {"type": "object", "patternProperties": {text: {"type": "string"}}, "additionalProperties": {"type": "string", "description": text}, "propertyNames": {"pattern": text}},
                "not": {"not": {"const": text}, "if": {"const": text}, "then": {"const": text}, "contentMediaType": text, "contentEncoding": text},
                "choice": {"oneOf": [{"type": "string", "title": name, "description": text}, {"type": "object", "title": name, "properties": {name: {"type": "integer"}}}], "discriminator": {"propertyName": text, "mapping": {text: "#/components/schemas/S0"}}},
            },
            "example": {text: text}, "examples": [{text: text}],
        });
        schemas.insert(format!("S{i}"), schema);
        schemas.insert(name.to_owned(), json!({"type": "string", "enum": [name, "a"], "description": text, "externalDocs": outside}));
        let to = json!({"$ref": format!("#/components/schemas/S{i}")});
        let parameter = |place: &str| {
            json!({"name": name, "in": place, "required": place == "path", "description": text, "example": text, "deprecated": true,
                "schema": {"type": "string", "default": text, "enum": [name, "a"], "description": text}})
        };
        let bodies = json!({"application/json": {"schema": to, "example": {text: text}, "examples": {text: {"summary": text, "description": text, "value": {text: text}}}}, text: {"schema": {"type": "string"}}, "multipart/form-data": {"schema": to, "encoding": {text: {"contentType": text}}}});
        let answer = json!({"description": text, "headers": {name: {"description": text, "schema": {"type": "string", "description": text}}}, "content": {"application/json": {"schema": to, "example": {text: text}}, text: {"schema": to}}, "links": {text: {"operationId": text, "description": text}}});
        let operation = json!({
            "operationId": name, "tags": [name], "summary": text, "description": text, "externalDocs": outside, "x-note": text,
            "servers": [{"url": format!("https://{i}.example.com/{text}"), "description": text}],
            "parameters": [parameter("query"), parameter("header"), parameter("cookie")],
            "requestBody": {"description": text, "content": bodies},
            "responses": {"200": answer, "404": {"description": text, "content": {"application/json": {"schema": {"type": "object", "title": name, "properties": {name: {"type": "string"}}}}}}, text: {"description": text}},
            "security": [{name: [text]}, {format!("o{i}"): [text]}],
            "callbacks": {name: {text: {"post": {"description": text, "requestBody": {"content": {"application/json": {"schema": to}}}, "responses": {}}}}},
        });
        let plain = name.replace(['/', '{', '}'], " ");
        let path = format!("/{i}/{plain}/{{{plain}}}");
        paths.insert(path, json!({"summary": text, "description": text, "post": operation, "get": {"responses": {"default": answer}, "description": text}}));
        schemes.insert(
            text.to_owned(),
            json!({"type": "apiKey", "in": "header", "name": name, "description": text}),
        );
        schemes.insert(format!("o{i}"), json!({"type": "oauth2", "description": text, "flows": {"clientCredentials": {"tokenUrl": format!("https://example.com/{text}"), "scopes": {text: text}}}}));
        tags.push(json!({"name": name, "description": text, "externalDocs": outside}));
        servers.push(json!({"url": format!("https://example.com/{i}/{{{plain}}}/{text}"), "description": text, "variables": {plain: {"default": text, "enum": [text], "description": text}}}));
    }
    let all = texts.join(" ");
    json!({
        "openapi": "3.1.0",
        "info": {"title": all, "version": all, "summary": all, "description": all, "termsOfService": all, "contact": {"name": all, "url": all, "email": all}, "license": {"name": all, "identifier": all, "url": all}},
        "externalDocs": {"description": all, "url": all}, "tags": tags, "servers": servers, "paths": paths, "x-note": all,
        "webhooks": {"hook": {"post": {"description": all, "requestBody": {"content": {"application/json": {"schema": {"type": "object", "title": "hook", "properties": {"hook": {"type": "string"}}}}}}, "responses": {}}}},
        "components": {"schemas": schemas, "securitySchemes": schemes},
    })
}
