//! Inputs that are too deep or too long to be kept: made by a line each.

use super::Files;
use super::document::*;
use std::fmt::Write as _;

const MEGABYTE: usize = 1024 * 1024;

pub fn deep() -> Vec<(&'static str, Files)> {
    let block = (0..2_000).fold(String::from("\n"), |mut text, level| {
        writeln!(text, "{}a:", " ".repeat(6 + level)).unwrap();
        text
    });
    let plain = || schema("{\"type\":\"object\"}");
    vec![
        (
            "deep_json_schemas",
            schema(&nested("{\"properties\":{\"a\":", "{}", "}}")),
        ),
        (
            "deep_json_arrays",
            schema(&format!("{{\"enum\":[{}]}}", nested("[", "", "]"))),
        ),
        (
            "deep_json_all_of",
            schema(&nested("{\"allOf\":[", "{}", "]}")),
        ),
        (
            "deep_json_example",
            schema(&format!("{{\"example\":{}}}", nested("{\"a\":", "1", "}"))),
        ),
        ("deep_json_without_end", json("[".repeat(DEEP))),
        (
            "deep_yaml_flow",
            yaml_schema(&nested("{properties: {a: ", "{}", "}}")),
        ),
        ("deep_yaml_without_end", yaml_schema(&"{a: ".repeat(DEEP))),
        ("deep_yaml_block", yaml_schema(&block)),
        (
            "deep_yaml_dashes",
            yaml_schema(&format!("\n      {}a", "- ".repeat(DEEP))),
        ),
        (
            "deep_overlay",
            with(
                plain(),
                "overlay.yaml",
                format!(
                    "overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions: {}",
                    nested("[", "", "]")
                ),
            ),
        ),
        (
            "deep_overlay_path",
            with(
                plain(),
                "overlay.yaml",
                format!(
                    "overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n- {{target: \"{}\", remove: true}}\n",
                    nested("$[?(", "@.a", ")]")
                ),
            ),
        ),
        (
            "deep_overlays_together",
            with(plain(), "overlay.yaml", overlays_together()),
        ),
        (
            "deep_config",
            with(
                plain(),
                "restwright.toml",
                format!("overlays = {}", nested("[", "", "]")),
            ),
        ),
        (
            "deep_config_keys",
            with(
                plain(),
                "restwright.toml",
                format!("a{} = 1", ".a".repeat(DEEP)),
            ),
        ),
        (
            "deep_lock",
            with(
                plain(),
                "restwright.lock",
                format!("a = {}", nested("[", "", "]")),
            ),
        ),
        (
            "deep_pointer",
            schema(&format!("{{\"$ref\":\"#{}\"}}", "/a".repeat(DEEP))),
        ),
        (
            "deep_file",
            with(
                schema("{\"$ref\":\"b.json\"}"),
                "b.json",
                nested("[", "", "]"),
            ),
        ),
    ]
}

/// Each action makes the document a hundred levels deeper.
fn overlays_together() -> String {
    let mut text = "overlay: 1.0.0\ninfo: {title: t, version: '1'}\nactions:\n".to_owned();
    let deeper = ["{a: ".repeat(100), "1".to_owned(), "}".repeat(100)].concat();
    for level in 0..3 {
        let at = ".a".repeat(100 * level + usize::from(level > 0));
        let update = if level == 0 {
            format!("{{x-a: {{a: {deeper}}}}}")
        } else {
            format!("{{a: {deeper}}}")
        };
        let target = if level == 0 {
            "$".to_owned()
        } else {
            format!("$['x-a']{}", &at[..at.len() - 2])
        };
        writeln!(text, "- {{target: \"{target}\", update: {update}}}").unwrap();
    }
    text
}

/// What refers to what refers to what ...
pub fn chains() -> Vec<(&'static str, Files)> {
    let chain = |each: &dyn Fn(usize) -> String, last: &str| {
        let links = listed(MANY, |i| format!("\"S{i}\":{}", each(i + 1)));
        let first = each(0);
        json(schemas(&format!(
            "{links},\"S{MANY}\":{last},\"S\":{first}"
        )))
    };
    let to = |i: usize| format!("{{\"$ref\":\"#/components/schemas/S{i}\"}}");
    let text = "{\"type\":\"string\"}";
    let object = "{\"type\":\"object\"}";
    let units = |kind: &str, more: &str| {
        let links = listed(MANY, |i| {
            format!(
                "\"x{i}\":{{\"$ref\":\"#/components/{kind}/x{}\"{more}}}",
                i + 1
            )
        });
        let first = format!("{{\"$ref\":\"#/components/{kind}/x0\"{more}}}");
        let operation = match kind {
            "parameters" => format!("\"get\":{{\"parameters\":[{first}],\"responses\":{{}}}}"),
            "responses" => format!("\"get\":{{\"responses\":{{\"200\":{first}}}}}"),
            "callbacks" => {
                format!("\"get\":{{\"responses\":{{}},\"callbacks\":{{\"c\":{first}}}}}")
            }
            _ => first[1..first.len() - 1].to_owned(),
        };
        json(format!(
            r#"{{"openapi":"3.1.0","info":{{"title":"T","version":"1"}},"paths":{{"/a":{{{operation}}}}},"components":{{"{kind}":{{{links}}}}}}}"#
        ))
    };
    vec![
        ("chain_references", chain(&to, text)),
        (
            "chain_arrays",
            chain(
                &|i| format!("{{\"type\":\"array\",\"items\":{}}}", to(i)),
                text,
            ),
        ),
        (
            "chain_members",
            chain(
                &|i| {
                    format!(
                        "{{\"type\":\"object\",\"required\":[\"a\"],\"properties\":{{\"a\":{}}}}}",
                        to(i)
                    )
                },
                text,
            ),
        ),
        (
            "chain_alternatives",
            chain(
                &|i| format!("{{\"oneOf\":[{},{{\"type\":\"integer\"}}]}}", to(i)),
                text,
            ),
        ),
        (
            "chain_only_alternatives",
            chain(&|i| format!("{{\"anyOf\":[{}]}}", to(i)), text),
        ),
        ("chain_parameters", units("parameters", "")),
        ("chain_responses", units("responses", "")),
        ("chain_callbacks", units("callbacks", "")),
        ("chain_path_items", units("pathItems", ",\"summary\":\"s\"")),
        ("chain_all_of", {
            let links = listed(700, |i| {
                format!(
                    "\"S{i}\":{{\"allOf\":[{},{{\"properties\":{{\"p{i}\":{{}}}}}}]}}",
                    to(i + 1)
                )
            });
            json(schemas(&format!(
                "{links},\"S700\":{object},\"S\":{}",
                to(0)
            )))
        }),
        (
            "chain_through_members",
            chain(
                &|i| format!("{{\"$ref\":\"#/components/schemas/S{i}/properties/a\"}}"),
                text,
            ),
        ),
    ]
}

/// Texts of a megabyte wherever one can stand.
pub fn long() -> Vec<(&'static str, Files)> {
    let x = &"x".repeat(MEGABYTE);
    let spaced = "a b_c-".repeat(MEGABYTE / 6);
    let words = |text: &str| {
        schema(&format!(
            "{{\"type\":\"string\",\"description\":\"{text}\"}}"
        ))
    };
    let lost = listed(200, |i| {
        format!(
            "\"p{i}\":{{\"$ref\":\"#/components/schemas/{}{i}\"}}",
            &x[..3_000]
        )
    });
    let near = listed(200, |i| format!("\"{}{i}\":{{}}", &x[..2_999]));
    vec![
        (
            "long_property",
            schema(&format!(
                "{{\"type\":\"object\",\"properties\":{{\"{x}\":{{\"type\":\"string\"}}}}}}"
            )),
        ),
        (
            "long_schema_name",
            json(schemas(&format!(
                "\"S\":{{\"$ref\":\"#/components/schemas/{x}\"}},\"{x}\":{{\"type\":\"object\",\"properties\":{{\"a\":{{}}}}}}"
            ))),
        ),
        (
            "long_value",
            schema(&format!(
                "{{\"type\":\"string\",\"enum\":[\"{x}\",\"{spaced}\",\"b\"]}}"
            )),
        ),
        (
            "long_operation_id",
            paths(&format!(
                "\"/a\":{{\"get\":{{\"operationId\":\"{x}\",\"responses\":{{}}}}}}"
            )),
        ),
        (
            "long_tag",
            paths(&format!(
                "\"/a\":{{\"get\":{{\"operationId\":\"a\",\"tags\":[\"{x}\",\"{spaced}\"],\"responses\":{{}}}}}}"
            )),
        ),
        (
            "long_path",
            paths(&format!(
                "\"/{x}/{{{x}}}\":{{\"get\":{{\"operationId\":\"a\",\"responses\":{{}}}}}}"
            )),
        ),
        (
            "long_status_and_media",
            paths(&format!(
                "\"/a\":{{\"get\":{{\"operationId\":\"a\",\"responses\":{{\"{x}\":{{\"description\":\"\",\"content\":{{\"{x}\":{{}}}}}},\"200\":{{\"description\":\"\",\"content\":{{\"{x}\":{{}}}}}}}}}}}}"
            )),
        ),
        (
            "long_title",
            json(format!(
                "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"{spaced}\",\"version\":\"{x}\"}},\"paths\":{{}}}}"
            )),
        ),
        (
            "long_description",
            words(&"a *b* `c` [d](e) <f>\\n".repeat(MEGABYTE / 23)),
        ),
        ("long_brackets", words(&"[`".repeat(MEGABYTE / 2))),
        ("long_quotes", words(&"> ".repeat(MEGABYTE / 2))),
        (
            "long_default_and_example",
            schema(&format!(
                "{{\"type\":\"string\",\"default\":\"{x}\",\"example\":\"{x}\"}}"
            )),
        ),
        (
            "long_pattern",
            schema(&format!(
                "{{\"type\":\"string\",\"pattern\":\"{}\"}}",
                "(".repeat(MEGABYTE)
            )),
        ),
        (
            "long_number",
            schema(&format!(
                "{{\"type\":\"number\",\"minimum\":{}}}",
                "9".repeat(MEGABYTE)
            )),
        ),
        (
            "long_number_yaml",
            yaml_schema(&format!(
                "{{type: number, maximum: {}}}",
                "9".repeat(MEGABYTE)
            )),
        ),
        (
            "long_lost_references",
            json(schemas(&format!(
                "\"S\":{{\"type\":\"object\",\"properties\":{{{lost}}}}},{near}"
            ))),
        ),
        (
            "long_ways",
            schema(&format!(
                "{{\"type\":\"object\",\"properties\":{{\"{x}\":{{\"type\":\"object\",\"properties\":{{{}}}}}}}}}",
                listed(MANY, |i| format!("\"p{i}\":{{}}"))
            )),
        ),
        (
            "long_server",
            json(format!(
                "{{\"openapi\":\"3.1.0\",\"info\":{{\"title\":\"T\",\"version\":\"1\"}},\"servers\":[{{\"url\":\"https://{}\",\"variables\":{{{}}}}}],\"paths\":{{}}}}",
                "{v0}".repeat(1_000),
                listed(40, |i| format!(
                    "\"v{i}\":{{\"default\":\"{{v{}}}{{v{}}}{}\"}}",
                    i + 1,
                    i + 1,
                    &x[..10_000]
                ))
            )),
        ),
    ]
}

const PLAIN: &str = "openapi: 3.1.0\ninfo: {title: 'Größe', version: '1'}\npaths: {}\n";

pub fn encodings() -> Vec<(&'static str, Files)> {
    let utf16 = |big: bool| -> Vec<u8> {
        let units = PLAIN.encode_utf16();
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let bin = |parts: &[&[u8]]| one("openapi.bin", parts.concat());
    let plain = PLAIN.as_bytes();
    vec![
        ("encoding_bom", bin(&[b"\xEF\xBB\xBF", plain])),
        (
            "encoding_two_boms",
            bin(&[b"\xEF\xBB\xBF\xEF\xBB\xBF", plain]),
        ),
        ("encoding_utf16_le", bin(&[&utf16(false)])),
        ("encoding_utf16_be", bin(&[&utf16(true)])),
        ("encoding_utf16_le_bom", bin(&[b"\xFF\xFE", &utf16(false)])),
        ("encoding_utf16_be_bom", bin(&[b"\xFE\xFF", &utf16(true)])),
        ("encoding_invalid", bin(&[plain, b"x-a: \xC3\x28\n"])),
        ("encoding_nul", bin(&[plain, b"x-a: a\0b\n"])),
        (
            "encoding_escaped_nul",
            json(
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"a\\u0000b\",\"version\":\"\\u0000\"},\"paths\":{}}",
            ),
        ),
        (
            "encoding_lone_surrogate",
            json(
                "{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"\\ud800\",\"version\":\"1\"},\"paths\":{}}",
            ),
        ),
        ("encoding_empty", bin(&[])),
        ("encoding_zeros", bin(&[&[0; 4096]])),
        ("encoding_gzip", bin(&[b"\x1F\x8B\x08\x00", &[0; 64]])),
        (
            "encoding_overlay",
            with(yaml(PLAIN), "overlay.yaml", utf16(false)),
        ),
        (
            "encoding_config",
            with(yaml(PLAIN), "restwright.toml", b"input = \"\xFF\"".to_vec()),
        ),
        (
            "encoding_lock",
            with(yaml(PLAIN), "restwright.lock", b"\xFF\xFE".to_vec()),
        ),
    ]
}

/// A little text that asks for much.
pub fn bombs() -> Vec<(&'static str, Files)> {
    let aliases = |each: &dyn Fn(usize) -> String| {
        let mut text = "openapi: 3.1.0\nx-0: &a0 {x: lol}\n".to_owned();
        for i in 1..30 {
            writeln!(text, "x-{i}: &a{i} {}", each(i - 1)).unwrap();
        }
        yaml(text)
    };
    let doubled = |each: &dyn Fn(usize) -> String| {
        let all = listed(60, |i| format!("\"S{i}\":{}", each(i + 1)));
        json(schemas(&format!(
            "\"S\":{},{all},\"S60\":{{\"type\":\"object\",\"required\":[\"x\"],\"properties\":{{\"x\":{{\"type\":\"string\"}}}}}}",
            each(0)
        )))
    };
    let to = |i: usize| format!("{{\"$ref\":\"#/components/schemas/S{i}\"}}");
    let overlay = |text: &str| {
        let many = schema(&format!(
            "{{\"type\":\"object\",\"properties\":{{{}}}}}",
            listed(1_000, |i| format!("\"p{i}\":{{\"type\":\"string\"}}"))
        ));
        with(
            many,
            "overlay.yaml",
            format!("overlay: 1.0.0\ninfo: {{title: t, version: '1'}}\nactions:\n{text}"),
        )
    };
    vec![
        ("bomb_aliases", aliases(&|i| format!("[{}]", listed(9, |_| format!("*a{i}"))))),
        ("bomb_merge_keys", aliases(&|i| format!("{{<<: [*a{i}, *a{i}], k{i}: [*a{i}, *a{i}, *a{i}]}}"))),
        ("bomb_long_alias", yaml(format!("openapi: 3.1.0\nx-a: &a {}\nx-b: [{}]\n", "x".repeat(MEGABYTE), listed(100, |_| "*a".to_owned())))),
        ("bomb_all_of", doubled(&|i| format!("{{\"allOf\":[{},{}]}}", to(i), to(i)))),
        ("bomb_members", doubled(&|i| format!("{{\"type\":\"object\",\"required\":[\"a\",\"b\"],\"properties\":{{\"a\":{},\"b\":{}}}}}", to(i), to(i)))),
        ("bomb_alternatives", doubled(&|i| format!("{{\"oneOf\":[{{\"allOf\":[{},{{\"properties\":{{\"a{i}\":{{}}}}}}]}},{{\"allOf\":[{},{{\"properties\":{{\"b{i}\":{{}}}}}}]}}]}}", to(i), to(i)))),
        ("bomb_copies", splices()),
        ("bomb_overlay_descent", overlay(&"- {target: \"$..*..*..*..*\", remove: true}\n".repeat(3))),
        ("bomb_overlay_filter", overlay("- {target: \"$..[?(@..[?(@..*)])]\", update: {x-a: 1}}\n")),
        ("bomb_overlay_pattern", overlay("- {target: \"$..[?match(@.type, '(((s*)*)*)*x{1000}{1000}{1000}')]\", update: {x-a: 1}}\n")),
        ("bomb_overlay_selectors", overlay(&format!("- {{target: \"$..{}\", remove: true}}\n", "[*,*,*,*]".repeat(16)))),
        ("bomb_overlay_anew", overlay("- {target: \"$..[?(count($..*) > count($..x))]\", update: {x-a: 1}}\n")),
        ("bomb_overlay_copy", overlay(&"- {target: \"$\", copy: \"$\"}\n- {target: \"$.components.schemas.S.properties\", copy: \"$\"}\n".repeat(8).replace("1.0.0", "1.1.0"))),
        ("bomb_overlay_update", overlay(&"- {target: \"$..*\", update: {x-a: {x-b: {x-c: 1}}}}\n".repeat(12))),
    ]
}
