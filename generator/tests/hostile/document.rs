//! Documents and files that the other modules put hostile things into.

use super::Files;

/// What a program meets that has no bound on depth.
pub const DEEP: usize = 100_000;
/// A number of things that takes a while and comes to an end.
pub const MANY: usize = 2_000;

pub fn one(name: &str, bytes: impl Into<Vec<u8>>) -> Files {
    Files::from([(name.to_owned(), bytes.into())])
}

pub fn with(mut files: Files, name: &str, bytes: impl Into<Vec<u8>>) -> Files {
    files.insert(name.to_owned(), bytes.into());
    files
}

pub fn json(bytes: impl Into<Vec<u8>>) -> Files {
    one("openapi.json", bytes)
}

pub fn yaml(bytes: impl Into<Vec<u8>>) -> Files {
    one("openapi.yaml", bytes)
}

/// A document whose one operation takes and gives `S`, with these schemas in JSON.
pub fn schemas(schemas: &str) -> String {
    let body = r##"{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/S"}}}"##;
    format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{"post":{{"operationId":"a","requestBody":{body},"required":true}},"responses":{{"200":{body},"description":"Fine"}}}}}}}}}},"components":{{"schemas":{{{schemas}}}}}}}"#
    )
}

/// The same of one schema.
pub fn schema(schema: &str) -> Files {
    json(schemas(&format!("\"S\":{schema}")))
}

/// A document with these paths in JSON.
pub fn paths(paths: &str) -> Files {
    json(format!(
        r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{{paths}}}}}"#
    ))
}

/// A document in YAML that ends in a schema.
pub fn yaml_schema(schema: &str) -> Files {
    yaml(format!(
        "openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    S: {schema}\n"
    ))
}

pub fn nested(open: &str, inner: &str, close: &str) -> String {
    [&open.repeat(DEEP), inner, &close.repeat(DEEP)].concat()
}

/// `count` texts with a comma between them.
pub fn listed(count: usize, each: impl Fn(usize) -> String) -> String {
    (0..count).map(each).collect::<Vec<_>>().join(",")
}

/// Where a reference cannot stay one, each puts what it leads to in its place twice.
pub fn splices() -> Files {
    let each = |i: usize| format!("{{\"$ref\":\"#/x-a/m{}\"}}", i + 1);
    let maps = listed(40, |i| {
        format!(
            "\"m{i}\":{{\"a\":{{\"properties\":{}}},\"b\":{{\"properties\":{}}}}}",
            each(i),
            each(i)
        )
    });
    let text = schemas("\"S\":{\"properties\":{\"$ref\":\"#/x-a/m0\"}}");
    json(format!(
        "{},\"x-a\":{{{maps},\"m40\":{{\"z\":{{\"type\":\"string\"}}}}}}}}",
        &text[..text.len() - 1]
    ))
}
