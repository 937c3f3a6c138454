//! Where every target begins: `tests/cases`, and what stands here.

use crate::draw::bytes_of;
use std::path::{Path, PathBuf};

/// The seeds of a check, each with a name.
///
/// # Errors
/// The cases cannot be read.
pub fn seeds(check: &str) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let mut seeds: Vec<(String, Vec<u8>)> = match check {
        "read" => cases("openapi.yaml")?,
        "overlay" => with_names(OVERLAYS),
        "decode" => examples(),
        "events" => with_names(EVENTS),
        "lines" => with_names(LINES),
        "token" => with_names(TOKENS),
        "address" => with_names(ADDRESSES),
        "headers" | "multipart" | "pages" | "pipeline" | "stability" => Vec::new(),
        _ => return Ok(Vec::new()),
    };
    // And some that mean nothing.
    let is_document = matches!(check, "pipeline" | "stability");
    let length = if is_document { 4096 } else { 256 };
    seeds.extend((0..24).map(|seed| (format!("random-{seed}"), bytes_of(seed, length))));
    Ok(seeds)
}

fn with_names(texts: &[&str]) -> Vec<(String, Vec<u8>)> {
    let texts = texts.iter().enumerate();
    texts
        .map(|(index, text)| (format!("text-{index}"), text.as_bytes().to_vec()))
        .collect()
}

/// A file of each case.
fn cases(file: &str) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases");
    let mut folders: Vec<PathBuf> = std::fs::read_dir(folder)?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    folders.sort();
    let mut found = Vec::new();
    for folder in folders {
        let name = folder
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if let Ok(bytes) = std::fs::read(folder.join(file)) {
            found.push((name, bytes));
        }
    }
    Ok(found)
}

/// Some JSON for each type; the first byte chooses the type.
fn examples() -> Vec<(String, Vec<u8>)> {
    let texts = (0..64_u8).flat_map(|choice| VALUES.iter().map(move |text| (choice, text)));
    let each = texts.enumerate().map(|(index, (choice, text))| {
        (
            format!("value-{index}"),
            [&[choice], text.as_bytes()].concat(),
        )
    });
    each.collect()
}

const VALUES: &[&str] = &[
    "null",
    "[1, 1.5, \"1.50\", -0.0, 1e400, 123456789012345678901234567890]",
    "[\"2026-01-31T09:30:00Z\", \"2026-01-31\", \"09:30:00.5+01:00\", \"aGk\", \"1b4e28ba-2fa1-11d2-883f-0016d3cca427\"]",
    r#"{"kind": "tug", "type": "crane", "reach": 1, "pull": null, "id": 1, "name": "n", "items": [{}], "rows": {"a": [1]}}"#,
    r#"{"type": "lift-2", "load": 2.5, "kind": "sail", "sails": 3, "at": "2026-01-31T09:30:00Z", "extra": {"deep": [[[]]]}}"#,
    r#"{"left": {"left": 1, "right": {"left": 2}}, "right": [], "person": {"house": {"person": null}}, "a\u0000b": "\ud83d\ude00"}"#,
];

const OVERLAYS: &[&str] = &[
    "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.info, update: {title: u}}\n- {target: '$.paths.*.get.parameters[0]', remove: true}\n",
    "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n- {target: $.components.schemas.S, copy: $.components.schemas.T}\n- {target: '$..schema', update: {nullable: true}}\n",
    "overlay: 1.0.0\nextends: openapi.yaml\ninfo: {title: t, version: '1'}\nactions:\n- {target: \"$.paths['/a/{b}']\", update: {post: {responses: {}}}}\n\n===\nopenapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths: {'/a/{b}': {}}\n",
];

/// What the fuzzer found: values of lists that look like the name of another parameter.
const ADDRESSES: &[&str] = &["%oo[]~", "%28o[\n'02.$\n\u{6}0"];

const EVENTS: &[&str] = &[
    "\u{0}\u{0}\u{5}data: 1\n\ndata: {\"a\": 1}\r\ndata: 2\r\n\r\nid: 7\nevent: e\nretry: 100\ndata\n\n: c\n\ndata: [DONE]\n\n",
    "\u{0}\u{2}\u{1}\u{feff}data: x\rdata: y\r\rid\rdata: z\r\r",
];

const LINES: &[&str] = &[
    "\u{0}\u{3}\u{1}\u{2}{\"a\": 1}\n\n[1]\r\nnull\nx\n\"unfinished",
    "\u{0}\u{1}\u{4}\u{1e}{\"a\":\n1}\n\u{1e}[2]\n\u{1e}",
];

const TOKENS: &[&str] = &[
    "\u{0}\u{0}{\"access_token\": \"t\", \"token_type\": \"Bearer\", \"expires_in\": \"3600\", \"refresh_token\": \"u\"}",
    "\u{0}\u{1}{\"access_token\": \"t\", \"expires_in\": 1e400}",
    "\u{2}\u{0}{\"error\": \"invalid_grant\", \"error_description\": \"s3cr3t of client, r3fr3sh token\"}",
];
