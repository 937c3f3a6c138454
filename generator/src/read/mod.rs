//! Text to [`Document`]: parse, check the version, apply overlays, read unit by unit.
//!
//! May not know Rust, and may not drop anything in silence: what is mended, left out or not understood
//! is in the report. Schemas are not read here: wherever a unit has a schema, the typed value holds a
//! reference to the schema's own pointer, and stage `lower` reads it from [`Document::root`].

mod copy;
mod document;
mod operation;
mod overlay;
mod parameter;
mod path;
mod resolve;
mod shape;
mod version;

use indexmap::IndexMap;
use serde_json::Value;

use crate::report::{Diagnostic, Rejected, Report, Severity};
use crate::source::{Place, Pointer, Source};

/// An OpenAPI document, read as far as its operations; every node is reachable by its pointer.
#[derive(Clone, Debug)]
pub struct Document {
    /// The document after overlays, otherwise as published. The one addition: path parameters that
    /// nobody declares.
    pub root: Value,
    /// The version of OpenAPI it states, for example `3.1.0`.
    pub version: String,
    /// About the interface.
    pub info: openapiv3::Info,
    /// Where it is served.
    pub servers: Vec<openapiv3::Server>,
    /// The groups of operations it describes.
    pub tags: Vec<openapiv3::Tag>,
    /// All operations, in document order.
    pub operations: Vec<Operation>,
    /// The ways to prove who is calling.
    pub security_schemes: IndexMap<String, openapiv3::SecurityScheme>,
    /// What operations ask for that do not say it themselves.
    pub security: Vec<openapiv3::SecurityRequirement>,
}

/// One operation. The `parameters`, `request_body`, `responses` and `callbacks` of `item` are empty:
/// the first three stand here, with their references resolved.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Where it stands.
    pub at: Pointer,
    /// Its path template, with a leading slash.
    pub path: String,
    /// Its method, upper case.
    pub method: String,
    /// The rest of it: tags, words, security, servers (those of its path when it has none), extensions.
    pub item: openapiv3::Operation,
    /// Those of its path first, then its own; overridden ones are gone. The path parameters are exactly
    /// the names in the template.
    pub parameters: Vec<Site<openapiv3::Parameter>>,
    /// What it sends.
    pub body: Option<Site<openapiv3::RequestBody>>,
    /// What it may get back; `None` is `default`.
    pub responses: Vec<(Option<openapiv3::StatusCode>, Site<openapiv3::Response>)>,
}

/// A unit with the place where it really stands, after all references.
#[derive(Clone, PartialEq, Debug)]
pub struct Site<T> {
    /// For example `#/components/parameters/limit`.
    pub at: Pointer,
    /// The unit.
    pub item: T,
}

/// Reads a document and applies overlays to it, in order.
///
/// `Err` when there is no document to speak of (no JSON or YAML, not OpenAPI 3). A unit that cannot be
/// read is an error in the report and missing in the document; [`Report::gate`] tells.
pub fn read(
    source: &Source,
    overlays: &[Source],
    report: &mut Report,
) -> Result<Document, Rejected> {
    let mut root = parse(source, report)?;
    let Some(version) = version::check(&root, report) else {
        return Err(rejected(report));
    };
    for overlay in overlays {
        let actions = parse(overlay, report)?;
        overlay::apply(&mut root, &actions, overlay, report);
        if version::too_deep(&root) {
            let message = "the document nests deeper than 256 levels after this overlay";
            report.add(problem(
                overlay,
                "too-deep",
                message.to_owned(),
                Place::START,
            ));
            return Err(rejected(report));
        }
    }
    Ok(document::build(root, version, report))
}

fn parse(source: &Source, report: &mut Report) -> Result<Value, Rejected> {
    source.parse().map_err(|error| {
        let place = Place {
            line: error.line,
            column: error.column,
        };
        report.add(problem(source, "unreadable-document", error.message, place));
        rejected(report)
    })
}

fn problem(source: &Source, code: &'static str, message: String, place: Place) -> Diagnostic {
    let (file, pointer) = (source.name.clone(), Pointer::root());
    Diagnostic {
        severity: Severity::Error,
        code,
        pointer,
        message,
        help: None,
        file,
        place: Some(place),
    }
}

fn rejected(report: &Report) -> Rejected {
    Rejected {
        errors: report.count(Severity::Error),
    }
}

impl Document {
    /// The node a pointer leads to.
    pub fn get(&self, at: &Pointer) -> Option<&Value> {
        at.get(&self.root)
    }

    /// Where a `$ref` leads, if it stays in this document and there is something. What stands there
    /// may be a reference again.
    pub fn resolve(&self, reference: &str) -> Option<Pointer> {
        resolve::local(&self.root, reference)
    }

    /// The schemas of `components`, in document order.
    pub fn component_schemas(&self) -> Vec<(String, Pointer)> {
        let at = Pointer::root().key("components").key("schemas");
        let schemas = self.get(&at).and_then(Value::as_object);
        schemas
            .into_iter()
            .flatten()
            .map(|(name, _)| (name.clone(), at.key(name)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use openapiv3::{Parameter, ParameterSchemaOrContent, ReferenceOr, StatusCode};
    use serde_json::json;

    use super::*;

    fn read_text(text: &str) -> (Document, Vec<String>) {
        let source = Source::new("api", text);
        let mut report = Report::new([source.clone()]);
        let document = read(&source, &[], &mut report).unwrap();
        (document, findings(&report))
    }

    fn read_json(value: Value) -> (Document, Vec<String>) {
        read_text(&value.to_string())
    }

    fn findings(report: &Report) -> Vec<String> {
        report
            .diagnostics()
            .iter()
            .map(|found| format!("{} {}", found.code, found.pointer))
            .collect()
    }

    fn refused(text: &str) -> String {
        let source = Source::new("api", text);
        let mut report = Report::new([source.clone()]);
        assert_eq!(
            read(&source, &[], &mut report).unwrap_err(),
            Rejected { errors: 1 }
        );
        report
            .render_text()
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned()
    }

    fn schema_of(site: &Site<Parameter>) -> &str {
        match &site.item.parameter_data_ref().format {
            ParameterSchemaOrContent::Schema(ReferenceOr::Reference { reference }) => reference,
            ParameterSchemaOrContent::Schema(ReferenceOr::Item(_))
            | ParameterSchemaOrContent::Content(_) => "",
        }
    }

    const PARTS: &str = "
openapi: 3.1.0
info: {title: A, version: 1.0}
servers: [{url: 'https://a.example'}]
tags: [{name: one}, {}, 5]
security: [{key: []}]
paths:
  /a/{id}/{kind}:
    parameters:
      - $ref: '#/components/parameters/id'
      - {name: limit, in: query, schema: {type: [integer, 'null']}}
      - {name: odd, in: path, required: true, schema: {}}
    servers: [{url: /v2}]
    get:
      x-page: {size: 1}
      operationId: getA
      parameters:
        - {name: limit, in: query, schema: {type: integer}, style: simple}
        - {name: limit, in: query, schema: {type: string}}
        - {name: X, in: header, schema: {type: string}}
        - {name: x, in: header, schema: {type: string}}
        - {in: query}
        - {name: b, in: body, schema: {}}
        - $ref: '#/components/parameters/nowhere'
      requestBody: {$ref: '#/components/requestBodies/again', description: mine}
      responses:
        200: {$ref: '#/components/responses/ok'}
        4xx:
        default: {description: bad, content: {application/json: {schema: {$ref: '#/x'}}}}
        ok: {description: ''}
    post: 7
    put: {responses: {200: {description: [x]}}}
components:
  parameters:
    id: {name: id, in: path, schema: {type: string}}
  requestBodies:
    again: {$ref: '#/components/requestBodies/real'}
    real: {content: {application/json: {schema: {const: 1}}}}
  responses:
    ok: {description: fine, headers: {H: {schema: {type: integer}}}}
  securitySchemes:
    key: {type: apiKey, in: header, name: k}
    bad: {type: apiKey, in: nowhere, name: k}
    tls: {type: mutualTLS}
";

    #[test]
    fn reads_units() {
        let (document, _) = read_text(PARTS);
        assert_eq!(document.version, "3.1.0");
        assert_eq!(
            (document.info.title.as_str(), document.info.version.as_str()),
            ("A", "1.0")
        );
        assert_eq!(document.tags.len(), 1);
        assert_eq!(
            document.security_schemes.keys().collect::<Vec<_>>(),
            ["key"]
        );
        let [get, put] = document.operations.as_slice() else {
            panic!("{:?}", document.operations)
        };
        assert_eq!(
            (get.method.as_str(), get.path.as_str()),
            ("GET", "/a/{id}/{kind}")
        );
        assert_eq!(put.method, "PUT");
        assert_eq!(get.item.operation_id.as_deref(), Some("getA"));
        assert_eq!(get.item.extensions.get("x-page"), Some(&json!({"size": 1})));
        assert_eq!(get.item.servers[0].url, "/v2");
        let parameters: Vec<_> = get
            .parameters
            .iter()
            .map(|site| {
                (
                    site.item.parameter_data_ref().name.as_str(),
                    schema_of(site),
                )
            })
            .collect();
        let at = "#/paths/~1a~1{id}~1{kind}/get/parameters";
        assert_eq!(
            parameters,
            [
                ("id", "#/components/parameters/id/schema"),
                ("limit", format!("{at}/0/schema").as_str()),
                ("X", format!("{at}/2/schema").as_str()),
                ("kind", format!("{at}/7/schema").as_str()),
            ]
        );
        let kind = document.get(&Pointer::parse(&format!("{at}/7/schema")).unwrap());
        assert_eq!(kind, Some(&json!({"type": "string"})));
        assert!(get.parameters[0].item.parameter_data_ref().required);
        let body = get.body.as_ref().unwrap();
        assert_eq!(body.at.to_string(), "#/components/requestBodies/real");
        assert_eq!(body.item.description.as_deref(), Some("mine"));
        let responses: Vec<_> = get
            .responses
            .iter()
            .map(|(status, site)| (status.clone(), site.item.description.as_str()))
            .collect();
        assert_eq!(
            responses,
            [
                (Some(StatusCode::Code(200)), "fine"),
                (Some(StatusCode::Range(4)), ""),
                (None, "bad"),
            ]
        );
    }

    #[test]
    fn reports_units() {
        let at = |rest: &str| format!("#/paths/~1a~1{{id}}~1{{kind}}/{rest}");
        let expected = [
            "mended-type #/info/version".to_owned(),
            "unreadable-unit #/tags/1".to_owned(),
            "wrong-type #/tags/2".to_owned(),
            format!("parameter-not-in-path {}", at("parameters/2")),
            format!("undeclared-path-parameter {}", at("get")),
            format!("unknown-style {}", at("get/parameters/0/style")),
            format!("duplicate-parameter {}", at("get/parameters/1")),
            format!("duplicate-parameter {}", at("get/parameters/3")),
            format!("missing-field {}", at("get/parameters/4")),
            format!("nameless-parameter {}", at("get/parameters/4")),
            format!("unknown-parameter-place {}", at("get/parameters/5")),
            format!("broken-reference {}", at("get/parameters/6/$ref")),
            format!("null-field {}", at("get/responses/4xx")),
            format!("status-spelling {}", at("get/responses/4xx")),
            format!("unknown-status {}", at("get/responses/ok")),
            format!("unreadable-operation {}", at("post")),
            format!("undeclared-path-parameter {}", at("put")),
            format!("wrong-type {}", at("put/responses/200/description")),
            "optional-path-parameter #/components/parameters/id".to_owned(),
            "unreadable-security-scheme #/components/securitySchemes/bad".to_owned(),
            "mutual-tls #/components/securitySchemes/tls".to_owned(),
        ];
        let (_, mut found) = read_text(PARTS);
        let mut expected = Vec::from(expected);
        found.sort();
        expected.sort();
        assert_eq!(found, expected);
    }

    #[test]
    fn refuses_what_is_no_openapi_3() {
        let check = |text: &str, expected: &str| assert_eq!(refused(text), expected, "{text}");
        check(
            "{\"swagger\": \"2.0\"}",
            "error[not-openapi]: this is a Swagger 2.0 document: convert it to OpenAPI 3 first",
        );
        check(
            "asyncapi: 2.6.0",
            "error[not-openapi]: this is an AsyncAPI document",
        );
        check(
            "[]",
            "error[not-openapi]: this is no OpenAPI document: it is no object",
        );
        check(
            "hello",
            "error[not-openapi]: this is no OpenAPI document: it is no object",
        );
        check(
            "{}",
            "error[not-openapi]: this is no OpenAPI document: `openapi` is missing",
        );
        check(
            "openapi: 4.0.0",
            "error[unknown-version]: `4.0.0` is no version this tool reads",
        );
        check(
            "openapi: []",
            "error[unknown-version]: `` is no version this tool reads",
        );
        check("", "error[unreadable-document]: the file is empty");
        check(
            "{\"a\": ",
            "error[unreadable-document]: EOF while parsing a value: the file is cut off",
        );
    }

    #[test]
    fn odd_tops_cost_nothing() {
        let (document, found) = read_text("openapi: 3.0\npaths:\ninfo:\nservers:\ntags: x\n");
        assert!(document.operations.is_empty() && document.servers.is_empty());
        assert_eq!(document.info.title, "");
        assert_eq!(
            found,
            [
                "version-is-a-number #/openapi",
                "missing-paths #",
                "wrong-type #/info",
                "null-field #/servers",
                "wrong-type #/tags",
            ]
        );
        let (_, found) = read_json(
            json!({"openapi": "3.1.0", "info": {"title": "", "version": ""}, "webhooks": {}, "odd": 1, "x-a": 1}),
        );
        assert_eq!(
            found,
            [
                "missing-paths #",
                "unused-field #/webhooks",
                "unknown-field #/odd"
            ]
        );
    }

    #[test]
    fn follows_references_of_paths_and_through_references() {
        let (document, found) = read_json(json!({
            "openapi": "3.0.3", "info": {"title": "", "version": ""},
            "paths": {
                "/a": {"$ref": "#/components/pathItems/a"}, "/b": {"$ref": "#/paths/~1b"}, "c": {}, "/d": [], "/e": {"$ref": "x.yaml#/a"},
            },
            "components": {"pathItems": {"a": {"get": {"responses": {"200": {"$ref": "#/components/responses/r"}}}}},
                "responses": {"r": {"description": "", "content": {}}}, "schemas": {"S": {}, "T": {"$ref": "#/components/schemas/S"}}},
        }));
        assert_eq!(document.operations.len(), 1);
        assert_eq!(
            document.operations[0].at.to_string(),
            "#/components/pathItems/a/get"
        );
        assert_eq!(
            found,
            [
                "reference-cycle #/paths/~1b/$ref",
                "path-without-slash #/paths/c",
                "unreadable-path #/paths/~1d",
                "external-reference #/paths/~1e/$ref",
            ]
        );
        let resolve = |reference: &str| {
            document
                .resolve(reference)
                .map(|pointer| pointer.to_string())
        };
        assert_eq!(
            resolve("#/components/pathItems/a/get/responses/200/content").as_deref(),
            Some("#/components/responses/r/content")
        );
        assert_eq!(
            resolve("#/components/schemas/T").as_deref(),
            Some("#/components/schemas/T")
        );
        assert_eq!(resolve("#/nowhere"), None);
        assert_eq!(resolve("#/paths/~1b/get"), None);
        assert_eq!(resolve("S"), None);
        let names: Vec<_> = document
            .component_schemas()
            .into_iter()
            .map(|(name, _)| name)
            .collect();
        assert_eq!(names, ["S", "T"]);
    }

    #[test]
    fn applies_overlays_in_order() {
        let source = Source::new(
            "api",
            "{\"openapi\": \"3.0.3\", \"info\": {\"title\": \"a\", \"version\": \"1\"}, \"paths\": {}}",
        );
        let overlay = |title: &str| {
            Source::new(
                title,
                format!(
                    "overlay: 1.0.0\nactions: [{{target: $.info, update: {{title: {title}}}}}]"
                ),
            )
        };
        let overlays = [overlay("b"), overlay("c")];
        let mut report = Report::new([source.clone(), overlays[0].clone(), overlays[1].clone()]);
        let document = read(&source, &overlays, &mut report).unwrap();
        assert_eq!(document.info.title, "c");
        assert_eq!(findings(&report), [""; 0]);
    }
}
