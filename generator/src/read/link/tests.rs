//! Documents and files in, references and findings out.

mod lost;

use serde_json::json;

use crate::read::{Document, read};
use crate::source::Source;

use super::*;

const HEAD: &str = "openapi: 3.1.0\ninfo: {title: '', version: ''}\n";

/// Reads a document named `api/openapi.yaml` and the files beside it.
fn read_all(text: &str, files: &[(&str, &str)]) -> (Document, Vec<String>) {
    let source = Source::new("api/openapi.yaml", text);
    let main = Address::of(&source);
    let files: Vec<Linked> = files
        .iter()
        .map(|(address, text)| Linked {
            address: main.join(address).0,
            text: Text::Read(Source::new(format!("api/{address}"), *text)),
        })
        .collect();
    read_linked(&source, &files)
}

fn read_linked(source: &Source, files: &[Linked]) -> (Document, Vec<String>) {
    let mut report = Report::new([source.clone()]).with_files(files);
    let document = read(source, files, &[], &mut report).unwrap();
    let found = report.diagnostics();
    let found = found.iter().map(|found| {
        let help = found.help.as_deref().unwrap_or_default();
        format!(
            "{} {}{} {} ({help})",
            found.code, found.file, found.pointer, found.message
        )
    });
    (document, found.collect())
}

fn with_head(rest: &str) -> String {
    format!("{HEAD}{rest}")
}

/// Where the reference at a pointer leads, by the text it has become.
fn leads(document: &Document, at: &str) -> String {
    let node = document.get(&Pointer::parse(at).unwrap()).unwrap();
    node["$ref"].as_str().unwrap_or_default().to_owned()
}

#[test]
fn leads_to_any_pointer() {
    let (document, found) = read_all(
        &with_head(
            r##"
paths:
  /a/{b}:
    parameters: [{name: b, in: path, required: true, schema: {type: string}}]
    get:
      responses:
        "200": {$ref: "#/components/responses/Ok"}
components:
  responses:
    Ok: {description: "", content: {application/json: {schema: {items: {type: string}}}}}
  schemas:
    Base: {allOf: [{properties: {x: {type: string}}}]}
    "odd/na~me %": {type: string}
    Alias: {$ref: "#/components/schemas/Base"}
    Uses:
      properties:
        inside: {$ref: "#/components/schemas/Base/allOf/0"}
        deeper: {$ref: "#/components/schemas/Base/allOf/0/properties/x"}
        through: {$ref: "#/components/schemas/Alias/allOf/0"}
        escaped: {$ref: "#/components/schemas/odd~1na~0me%20%25"}
        answer: {$ref: "#/paths/~1a~1%7Bb%7D/get/responses/200/content/application~1json/schema/items"}
        itself: {$ref: "#/components/schemas/Uses"}
"##,
        ),
        &[],
    );
    assert_eq!(found, [""; 0]);
    let at = |name: &str| {
        leads(
            &document,
            &format!("#/components/schemas/Uses/properties/{name}"),
        )
    };
    assert_eq!(at("inside"), "#/components/schemas/Base/allOf/0");
    assert_eq!(
        at("deeper"),
        "#/components/schemas/Base/allOf/0/properties/x"
    );
    assert_eq!(at("through"), "#/components/schemas/Base/allOf/0");
    // What was a pointer already is left as it was written.
    assert_eq!(at("escaped"), "#/components/schemas/odd~1na~0me%20%25");
    assert_eq!(
        at("answer"),
        "#/components/responses/Ok/content/application~1json/schema/items"
    );
    assert_eq!(at("itself"), "#/components/schemas/Uses");
}

#[test]
fn leads_into_files() {
    let (document, found) = read_all(
        &with_head(
            r##"
paths:
  /pets: {$ref: paths/pets.yaml}
components:
  schemas:
    Pet: {$ref: "./schemas/pet.yaml"}
    Kind: {type: string}
    Union:
      oneOf: [{$ref: schemas/pet.yaml}, {$ref: "#/components/schemas/Kind"}]
      discriminator: {propertyName: kind, mapping: {pet: ./schemas/pet.yaml, kind: Kind}}
"##,
        ),
        &[
            (
                "paths/pets.yaml",
                r##"
get:
  parameters: [{$ref: "../common.json#/limit"}]
  responses:
    "200": {$ref: "../common.json#/answers/Ok"}
"##,
            ),
            (
                "common.json",
                r##"{
  "limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}},
  "answers": {"Ok": {"description": "", "headers": {"n": {"$ref": "#/count"}},
    "content": {"application/json": {"schema": {"$ref": "schemas/pet.yaml"}}}}},
  "count": {"schema": {"$ref": "openapi.yaml#/components/schemas/Kind"}}
}"##,
            ),
            (
                "schemas/pet.yaml",
                r##"
type: object
properties:
  friend: {$ref: "#"}
  owner: {$ref: "owner.yaml#/Owner"}
"##,
            ),
            (
                "schemas/owner.yaml",
                "Owner: {properties: {pets: {items: {$ref: pet.yaml}}}}\nUnused: {$ref: gone.yaml}\n",
            ),
        ],
    );
    assert_eq!(found, [""; 0]);
    let at = |at: &str| leads(&document, at);
    assert_eq!(at("#/components/schemas/Pet"), "schemas/pet.yaml#");
    assert_eq!(
        at("schemas/pet.yaml#/properties/friend"),
        "schemas/pet.yaml#"
    );
    assert_eq!(
        at("schemas/pet.yaml#/properties/owner"),
        "schemas/owner.yaml#/Owner"
    );
    assert_eq!(
        at("schemas/owner.yaml#/Owner/properties/pets/items"),
        "schemas/pet.yaml#"
    );
    assert_eq!(at("common.json#/count/schema"), "#/components/schemas/Kind");
    let operation = &document.operations[0];
    assert_eq!(operation.at.to_string(), "paths/pets.yaml#/get");
    assert_eq!(operation.parameters[0].at.to_string(), "common.json#/limit");
    assert_eq!(
        operation.responses[0].1.at.to_string(),
        "common.json#/answers/Ok"
    );
    // The component is at home in the file, wherever it is referred to by.
    let home = Some(Pointer::of_file("schemas/pet.yaml"));
    assert_eq!(document.resolve("#/components/schemas/Pet"), home);
    assert_eq!(document.mapped("Pet"), home);
    let union = Pointer::parse("#/components/schemas/Union/discriminator/mapping");
    let union = document.get(&union.unwrap()).unwrap();
    assert_eq!(union, &json!({"pet": "schemas/pet.yaml#", "kind": "Kind"}));
    let names: Vec<String> = document
        .component_schemas()
        .into_iter()
        .map(|(name, at)| format!("{name} {at}"))
        .collect();
    assert_eq!(
        names,
        [
            "Pet schemas/pet.yaml#",
            "Kind #/components/schemas/Kind",
            "Union #/components/schemas/Union"
        ]
    );
}

#[test]
fn leads_into_files_from_swagger() {
    let (document, found) = read_all(
        r##"{"swagger": "2.0", "info": {"title": "", "version": ""},
            "paths": {"/p": {"$ref": "p.yaml#/pets"}},
            "definitions": {"Pet": {"$ref": "pet.yaml"}, "Kind": {"type": "string"}},
            "parameters": {"limit": {"$ref": "p.yaml#/limit"}}}"##,
        &[
            (
                "p.yaml",
                r##"
limit: {name: limit, in: query, type: integer}
file: {name: f, in: formData, type: file}
body: {name: body, in: body, schema: {$ref: "openapi.yaml#/definitions/Pet"}}
pets:
  parameters: [{$ref: "openapi.yaml#/parameters/limit"}]
  post: {parameters: [{$ref: "#/body"}], responses: {200: {description: "", schema: {$ref: pet.yaml}}}}
  put: {consumes: [multipart/form-data], parameters: [{$ref: "#/file"}], responses: {200: {description: ""}}}
"##,
            ),
            (
                "pet.yaml",
                "properties: {kind: {$ref: 'openapi.yaml#/definitions/Kind'}}",
            ),
        ],
    );
    assert_eq!(found, [""; 0]);
    let [post, put] = document.operations.as_slice() else {
        panic!("{:#?}", document.operations);
    };
    let body = |operation: &crate::read::Operation| {
        let body = operation.body.as_ref();
        body.map(|body| body.at.to_string())
    };
    assert_eq!(body(post).as_deref(), Some("p.yaml#/body"));
    assert_eq!(
        body(put).as_deref(),
        Some("p.yaml#/pets/put/x-restwright-form")
    );
    assert_eq!(post.parameters[0].at.to_string(), "p.yaml#/limit");
    assert_eq!(leads(&document, "p.yaml#/body/schema"), "#/definitions/Pet");
    let home = Some(Pointer::of_file("pet.yaml"));
    assert_eq!(document.resolve("#/definitions/Pet"), home);
}

#[test]
fn puts_in_place_what_nobody_follows() {
    let (document, found) = read_all(
        &with_head(
            r##"
paths:
  $ref: paths.yaml
components:
  schemas: {$ref: "schemas/_index.yaml"}
"##,
        ),
        &[
            (
                "paths.yaml",
                r##"
/a: {get: {$ref: "a.yaml"}, parameters: {$ref: "common.yaml#/all"}}
/b: {$ref: "b.yaml", summary: other, put: {responses: {}}}
/c: {$ref: "b.yaml"}
"##,
            ),
            (
                "a.yaml",
                "operationId: getA\nresponses: {200: {description: '', content: {$ref: 'common.yaml#/content'}}}",
            ),
            ("b.yaml", "get: {responses: {}}\nsummary: b"),
            (
                "common.yaml",
                "all: [{name: x, in: query, schema: {$ref: 'schemas/_index.yaml#/Pet'}}]\ncontent: {application/json: {schema: {$ref: schemas/pet.yaml}}}",
            ),
            (
                "schemas/_index.yaml",
                "Pet: {$ref: pet.yaml}\nTag: {type: string}",
            ),
            ("schemas/pet.yaml", "type: object"),
        ],
    );
    assert_eq!(found, [""; 0]);
    let operations: Vec<String> = document
        .operations
        .iter()
        .map(|operation| format!("{} {} {}", operation.method, operation.path, operation.at))
        .collect();
    assert_eq!(
        operations,
        [
            "GET /a paths.yaml#/~1a/get",
            "GET /b paths.yaml#/~1b/get",
            "PUT /b paths.yaml#/~1b/put",
            "GET /c b.yaml#/get",
        ]
    );
    assert_eq!(
        document.operations[0].parameters[0].at.to_string(),
        "common.yaml#/all/0"
    );
    let names: Vec<String> = document
        .component_schemas()
        .into_iter()
        .map(|(name, at)| format!("{name} {at}"))
        .collect();
    assert_eq!(
        names,
        ["Pet schemas/pet.yaml#", "Tag schemas/_index.yaml#/Tag"]
    );
}

#[test]
fn names_besides_pointers() {
    let (document, found) = read_all(
        &with_head(
            r##"
$self: https://a.example/api/openapi.yaml
components:
  schemas:
    Tree:
      $id: https://b.example/schemas/tree
      $dynamicAnchor: node
      properties:
        leaf: {$ref: leaf}
        local: {$ref: "#/$defs/here"}
        document: {$ref: "#/components/schemas/Other"}
        children: {items: {$dynamicRef: "#node"}}
      $defs:
        leaf: {$id: leaf, $anchor: green, type: string}
        here: {type: integer}
    Other:
      $recursiveAnchor: true
      properties:
        byId: {$ref: "https://b.example/schemas/tree"}
        byPointer: {$ref: "https://b.example/schemas/tree#/properties/leaf"}
        byAnchor: {$ref: "https://b.example/schemas/leaf#green"}
        more: {items: {$recursiveRef: "#"}}
        file: {$ref: pet.yaml}
        self: {$ref: "https://a.example/api/openapi.yaml#/components/schemas/Tree"}
        bare: {$ref: Tree}
        plain: {$ref: "#Tree"}
"##,
        ),
        &[("pet.yaml", "type: object")],
    );
    assert_eq!(
        found,
        ["missing-paths api/openapi.yaml# the document has no `paths` ()"]
    );
    let tree = |name: &str| {
        leads(
            &document,
            &format!("#/components/schemas/Tree/properties/{name}"),
        )
    };
    assert_eq!(tree("leaf"), "#/components/schemas/Tree/$defs/leaf");
    assert_eq!(tree("local"), "#/components/schemas/Tree/$defs/here");
    assert_eq!(tree("document"), "#/components/schemas/Other");
    assert_eq!(tree("children/items"), "#/components/schemas/Tree");
    let other = |name: &str| {
        leads(
            &document,
            &format!("#/components/schemas/Other/properties/{name}"),
        )
    };
    assert_eq!(other("byId"), "#/components/schemas/Tree");
    assert_eq!(
        other("byPointer"),
        "#/components/schemas/Tree/properties/leaf"
    );
    assert_eq!(other("byAnchor"), "#/components/schemas/Tree/$defs/leaf");
    assert_eq!(other("more/items"), "#/components/schemas/Other");
    assert_eq!(other("file"), "pet.yaml#");
    assert_eq!(other("self"), "#/components/schemas/Tree");
    assert_eq!(other("bare"), "#/components/schemas/Tree");
    assert_eq!(other("plain"), "#/components/schemas/Tree");
}

#[test]
fn data_is_no_reference() {
    let (document, found) = read_all(
        &with_head(
            r##"
paths: {}
components:
  schemas:
    A:
      example: {$ref: nowhere.yaml}
      default: {$ref: "#/nowhere"}
      examples: [{$ref: "#/nowhere"}]
      enum: [{$ref: "#/nowhere"}]
      x-more: {$ref: "#/nowhere"}
      properties:
        example: {$ref: "#/components/schemas/B"}
        $ref: {type: string}
    B: {}
  examples:
    E: {value: {$ref: "#/nowhere"}}
"##,
        ),
        &[],
    );
    assert_eq!(found, [""; 0]);
    let a = document.get(&Pointer::parse("#/components/schemas/A").unwrap());
    assert_eq!(a.unwrap()["properties"]["$ref"], json!({"type": "string"}));
}

#[test]
fn lists_what_a_text_refers_to() {
    let text = json!({
        "a": {"$ref": "#/b"}, "b": {"$ref": "x/y.yaml#/c"}, "c": {"$ref": "https://a.example/c"},
        "d": {"$id": "https://a.example/d", "e": {"$ref": "e.json"}, "f": {"$ref": "d#/x"}},
        "discriminator": {"mapping": {"a": "Pet", "b": "pet.yaml", "c": "#/a"}},
        "properties": {"mapping": {"type": "object", "items": {"$ref": "member.yaml"}}},
    });
    let main = Address::of(&Source::new("s/api.yaml", ""));
    let at = |reference: &str| main.join(reference).0;
    let links = links(&text, &main);
    let to = [
        vec![at("https://a.example/c")],
        vec![at("https://a.example/e.json"), at("e.json")],
        vec![at("member.yaml")],
        vec![at("x/y.yaml")],
    ];
    assert_eq!(links.to, to.into());
    assert_eq!(links.maybe, [at("pet.yaml")].into());
    assert_eq!(links.own, [at("https://a.example/d")].into());
}
