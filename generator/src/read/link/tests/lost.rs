//! References that lead nowhere, or in circles.

use crate::source::{Absent, Source};

use super::super::*;
use super::{read_all, read_linked, with_head};

#[test]
fn tells_what_leads_nowhere() {
    let (_, found) = read_all(
        &with_head(
            r##"
paths:
  /a:
    get: {parameters: [{$ref: "#/components/parameters/limt"}], responses: {}}
components:
  parameters: {limit: {name: limit, in: query, schema: {}}}
  schemas:
    Pet:
      properties:
        a: {$ref: "#/components/schemas/Pett"}
        b: {$ref: "bad.yaml#/X"}
        c: {$ref: "bad.yaml#/Y"}
        d: {$ref: "pet.yaml#/Z"}
        e: {$ref: "#leaf"}
        f: {$ref: 5}
      discriminator: {propertyName: a, mapping: {x: Pot}}
"##,
        ),
        &[
            ("bad.yaml", "a: [1,"),
            ("pet.yaml", "X: {}\nZ: {properties: {n: {$ref: '#/nix'}}}"),
        ],
    );
    let wanted = [
        "broken-reference api/openapi.yaml#/paths/~1a/get/parameters/0/$ref `#/components/parameters/limt` leads nowhere: \
         #/components/parameters has no `limt` (did you mean `#/components/parameters/limit`? until then it is left out)",
        "broken-reference api/openapi.yaml#/components/schemas/Pet/properties/a/$ref `#/components/schemas/Pett` leads nowhere: \
         #/components/schemas has no `Pett` (did you mean `#/components/schemas/Pet`? until then it is typed as plain JSON)",
        "broken-reference api/openapi.yaml#/components/schemas/Pet/properties/e/$ref `#leaf` leads nowhere: \
         no `$anchor` is called `leaf` (correct the reference; a pointer starts with a slash: `#/`; until then it is typed as plain JSON)",
        "broken-reference api/openapi.yaml#/components/schemas/Pet/properties/f/$ref the reference is no text ()",
        "broken-mapping api/openapi.yaml#/components/schemas/Pet/discriminator/mapping/x `Pot` leads nowhere (did you mean `Pet`?)",
    ];
    assert_eq!(found[..5], wanted);
    assert!(
        found[5].starts_with("unreadable-file api/bad.yaml# "),
        "{}",
        found[5]
    );
    assert_eq!(
        found[6..],
        [
            "broken-reference api/pet.yaml#/Z/properties/n/$ref `#/nix` leads nowhere: pet.yaml# has no `nix` \
          (correct the reference, or declare what it names; until then it is typed as plain JSON)"
        ]
    );
}

#[test]
fn tells_once_why_a_text_is_not_there() {
    let source = Source::new(
        "openapi.yaml",
        with_head(
            "paths: {}\ncomponents: {schemas: {A: {$ref: '../a.yaml#/A'}, B: {$ref: '../a.yaml#/B'}}}",
        ),
    );
    let file = Linked {
        address: Address::of(&source).join("../a.yaml").0,
        text: Text::Absent(Absent {
            code: "file-outside",
            refused: true,
            reason: "it is outside".to_owned(),
            help: "let it in".to_owned(),
        }),
    };
    let (_, found) = read_linked(&source, &[file]);
    assert_eq!(
        found,
        [
            "file-outside openapi.yaml#/components/schemas/A/$ref `../a.yaml#/A`: it is outside \
          (let it in; until then it is typed as plain JSON)"
        ]
    );
}

#[test]
fn ends() {
    let (_, found) = read_all(
        &with_head(
            r##"
tags: {$ref: "#"}
servers: [{$ref: "#/servers/0"}, {$ref: "#/servers/2"}, {$ref: "#/servers/1"}]
paths: {$ref: "#/paths"}
components:
  schemas: {A: {$ref: "#/components/schemas/B/x"}, B: {$ref: "#/components/schemas/A/x"}}
x-restwright-files: {a.yaml: {}}
"##,
        ),
        &[],
    );
    let codes: Vec<&str> = found
        .iter()
        .filter_map(|found| found.split(' ').next())
        .collect();
    assert!(codes.contains(&"reserved-name"), "{found:#?}");
    assert!(codes.contains(&"reference-cycle"), "{found:#?}");
}
