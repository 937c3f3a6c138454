//! A great many of one thing, and what passes a limit: made by a line each.

use super::Files;
use super::document::*;

const MILLION: usize = 1_000_000;

pub fn many() -> Vec<(&'static str, Files)> {
    let limited = |files: Files, setting: &str| {
        with(files, "restwright.toml", format!("[limits]\n{setting}\n"))
    };
    let properties = |count| {
        schema(&format!(
            "{{\"type\":\"object\",\"properties\":{{{}}}}}",
            listed(count, |i| format!("\"p{i}\":{{\"type\":\"string\"}}"))
        ))
    };
    let values = |count| {
        schema(&format!(
            "{{\"type\":\"string\",\"enum\":[{}]}}",
            listed(count, |i| format!("\"v{i}\""))
        ))
    };
    let operations = |count| {
        paths(&listed(count, |i| {
            format!("\"/p{i}\":{{\"get\":{{\"operationId\":\"p{i}\",\"responses\":{{}}}}}}")
        }))
    };
    let types = || {
        let all = listed(MANY, |i| {
            format!(
                "\"S{i}\":{{\"type\":\"object\",\"properties\":{{\"p{i}\":{{\"type\":\"string\"}}}}}}"
            )
        });
        json(schemas(&format!("\"S\":{{}},{all}")))
    };
    let tags = |count| {
        paths(&listed(count, |i| {
            format!(
                "\"/p{i}\":{{\"get\":{{\"operationId\":\"p{i}\",\"tags\":[\"t{i}\"],\"responses\":{{}}}}}}"
            )
        }))
    };
    let files = |count: usize| {
        let mut files = schema(&format!(
            "{{\"anyOf\":[{}]}}",
            listed(count, |i| format!("{{\"$ref\":\"f{i:04}.yaml\"}}"))
        ));
        files.extend((0..count).map(|i| (format!("f{i:04}.yaml"), b"type: string".to_vec())));
        files
    };
    vec![
        ("many_properties", properties(MANY)),
        ("many_values", values(MANY)),
        ("many_patterns", schema(&patterns(900))),
        (
            "many_required",
            schema(&format!(
                "{{\"type\":\"object\",\"required\":[{}]}}",
                listed(MANY, |i| format!("\"r{i}\""))
            )),
        ),
        ("many_paths", operations(1_000)),
        ("many_of_each_kind", of_each_kind()),
        ("many_path_names", path_of_names(1_000)),
        ("too_many_path_names", path_of_names(50_000)),
        (
            "many_alternatives",
            schema(&format!(
                "{{\"oneOf\":[{}]}}",
                listed(500, |i| format!(
                    "{{\"type\":\"object\",\"required\":[\"p{i}\"],\"properties\":{{\"p{i}\":{{\"type\":\"string\"}}}}}}"
                ))
            )),
        ),
        ("many_findings_in_a_line", operation(50_000)),
        (
            "many_lost_references",
            schema(&format!(
                "{{\"type\":\"object\",\"properties\":{{{}}}}}",
                listed(MANY, |i| format!(
                    "\"p{i}\":{{\"$ref\":\"#/components/schemas/No{i}\"}}"
                ))
            )),
        ),
        (
            "million_properties",
            limited(properties(MILLION), "values = 200000"),
        ),
        (
            "million_values",
            limited(values(MILLION), "values = 200000"),
        ),
        (
            "million_paths",
            limited(operations(MILLION / 4), "values = 200000"),
        ),
        ("limit_text", limited(properties(100_000), "text-mib = 1")),
        (
            "limit_depth",
            limited(
                schema("{\"items\":{\"items\":{\"items\":{\"type\":\"string\"}}}}"),
                "depth = 6",
            ),
        ),
        ("limit_types", limited(types(), "types = 1000")),
        ("limit_seconds", limited(types(), "seconds = 0")),
        ("limit_files", limited(files(20), "files = 10")),
        ("limit_output_files", limited(tags(20), "output-files = 80")),
        ("limit_output", limited(properties(MANY), "output-mib = 1")),
        ("limit_copies", limited(splices(), "copies = 2000")),
        ("limit_unknown", limited(properties(1), "speed = 3")),
        ("limit_too_deep", limited(properties(1), "depth = 1000")),
    ]
}

/// Members with patterns that take much to compile, a few for all of them.
fn patterns(members: usize) -> String {
    let member = |i: usize| {
        let most = 400 + i % 20;
        format!("\"p{i}\":{{\"type\":\"string\",\"pattern\":\"^[\\\\w ]{{1,{most}}}$\"}}")
    };
    format!(
        "{{\"type\":\"object\",\"required\":[{}],\"properties\":{{{}}}}}",
        listed(members, |i| format!("\"p{i}\"")),
        listed(members, member)
    )
}

/// An operation with fields that it should not have, in one long line; all are told.
fn operation(fields: usize) -> Files {
    let fields = listed(fields, |i| format!("\"field{i}\":0"));
    let mut files = paths(&format!(
        "\"/a\":{{\"get\":{{\"responses\":{{}},{fields}}}}}"
    ));
    files.insert("arguments".to_owned(), b"--verbose".to_vec());
    files
}

/// Thousands of what is held against each other: alternatives with a mapping or a member of their own, members that
/// are objects, values, places of a tuple, media types, variables of an address.
fn of_each_kind() -> Files {
    let property = |i| format!("\"p{i}\":{{\"type\":\"object\",\"properties\":{{\"q{i}\":{{}}}}}}");
    let inline = |i| {
        format!(
            "{{\"type\":\"object\",\"required\":[\"k\"],\"properties\":{{\"k\":{{\"const\":\"v{i}\"}},\"a{i}\":{{}}}}}}"
        )
    };
    let mapped = |i| format!("\"M{i}\":{{\"type\":\"object\",\"properties\":{{\"m{i}\":{{}}}}}}");
    let schemas = [
        format!(
            "\"Members\":{{\"type\":\"object\",\"properties\":{{{}}}}}",
            listed(4_000, property)
        ),
        format!("\"Inline\":{{\"oneOf\":[{}]}}", listed(2_000, inline)),
        format!(
            "\"Mapped\":{{\"oneOf\":[{}],\"discriminator\":{{\"propertyName\":\"k\",\"mapping\":{{{}}}}}}}",
            listed(2_000, |i| format!(
                "{{\"$ref\":\"#/components/schemas/M{i}\"}}"
            )),
            listed(2_000, |i| format!("\"m{i}\":\"#/components/schemas/M{i}\"")),
        ),
        format!(
            "\"Values\":{{\"enum\":[{}]}}",
            listed(8_000, |i| format!("\"v{i}\""))
        ),
        format!(
            "\"Places\":{{\"type\":\"array\",\"prefixItems\":[{}]}}",
            listed(8_000, |i| format!(
                "{{\"type\":\"{}\"}}",
                ["string", "integer"][i % 2]
            ))
        ),
        listed(2_000, mapped),
    ];
    let media = listed(8_000, |i| {
        format!(
            "\"application/x{i}+json\":{{\"schema\":{{\"type\":\"object\",\"properties\":{{\"a{i}\":{{}}}}}}}}"
        )
    });
    let variables: String = (0..4_000).map(|i| format!("/{{v{i}}}")).collect();
    json(format!(
        "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"servers\":[{{\"url\":\"https://a.example{variables}\"}}],\
         \"paths\":{{\"/a\":{{\"post\":{{\"requestBody\":{{\"content\":{{{media}}}}},\"responses\":{{}}}}}}}},\
         \"components\":{{\"schemas\":{{{}}}}}}}",
        schemas.join(",")
    ))
}

/// A path with names that nobody declares: each gets a parameter, whose place is as long as the path.
fn path_of_names(count: usize) -> Files {
    let path: String = (0..count).map(|i| format!("/{{n{i}}}")).collect();
    paths(&format!(
        "\"{path}\":{{\"get\":{{\"operationId\":\"a\",\"responses\":{{}}}}}}"
    ))
}
