//! The interface in short: nothing public is missing, and a line changes where the document does.

use super::expected::{cases, inputs};
use super::regenerate::{document, run};
use restwright::Generated;
use restwright::name::lock::Lock;
use restwright::source::Source;
use std::collections::BTreeSet;

/// The lines of all snapshots, without their heads.
fn lines(generated: &Generated) -> Vec<&str> {
    let files = generated.files.iter();
    let files = files.filter(|file| file.path.starts_with("snapshots/"));
    files.flat_map(|file| file.text.lines().skip(3)).collect()
}

fn case(name: &str) -> Generated {
    let folder = cases().into_iter().find(|folder| folder.ends_with(name));
    let (result, report) = run(inputs(&folder.expect("there is the case"), Lock::default()));
    result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()))
}

#[test]
fn shows_every_kind_of_item() {
    for (name, wanted) in [
        ("webhooks", LINES_OF_WEBHOOKS),
        ("servers", LINES_OF_SERVERS),
        ("security", LINES_OF_SECURITY),
        ("streams", LINES_OF_STREAMS),
        ("answer_enums", LINES_OF_ANSWERS),
        ("request_bodies", LINES_OF_BODIES),
        ("discriminators", LINES_OF_UNIONS),
        ("constants", LINES_OF_CONSTANTS),
    ] {
        let generated = case(name);
        let found = lines(&generated);
        for line in wanted {
            assert!(
                found.contains(line),
                "{name}: no `{line}` in\n{}",
                found.join("\n")
            );
        }
    }
}

/// What follows a word in a line of Rust, as far as it is an identifier.
fn after<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let rest = line.trim_start().strip_prefix(word)?;
    let end = rest.find(|part: char| !(part.is_alphanumeric() || "_#".contains(part)));
    Some(&rest[..end.unwrap_or(rest.len())])
}

#[test]
fn nothing_public_is_missing() {
    let mut seen = 0;
    for folder in cases() {
        let (Ok(generated), _) = run(inputs(&folder, Lock::default())) else {
            continue;
        };
        let listed = lines(&generated);
        let has = |start: &str| listed.iter().any(|line| line.starts_with(start));
        let own = generated.files.iter().filter(|file| {
            let path = file.path.trim_start_matches("src/");
            [
                "models/",
                "operations/",
                "headers",
                "servers",
                "webhooks",
                "security",
            ]
            .iter()
            .any(|start| path.starts_with(start))
        });
        for line in own.flat_map(|file| file.text.lines()) {
            let found = if let Some(name) = after(line, "pub struct ") {
                let ends = ["", ": builder"].map(|end| format!("struct {name}{end}"));
                let is_call = has(&format!("call {name} -> "));
                is_call || listed.iter().any(|line| ends.contains(&(*line).to_owned()))
            } else if let Some(name) = after(line, "pub enum ") {
                has(&format!("enum {name}: "))
            } else if let Some(name) = after(line, "pub type ") {
                has(&format!("type {name} = "))
            } else if let Some(name) = after(line, "pub const ") {
                listed
                    .iter()
                    .any(|line| line.contains(&format!("::{name}: ")))
            } else if let Some(name) = after(line, "pub fn ") {
                listed
                    .iter()
                    .any(|line| line.contains(&format!("::{name}(")))
            } else if let Some(name) = after(line, "pub ").filter(|_| line.contains(": ")) {
                listed
                    .iter()
                    .any(|line| line.contains(&format!(".{name}: ")))
            } else {
                continue;
            };
            assert!(found, "{}: {line}", folder.display());
            seen += 1;
        }
        let unique: BTreeSet<&&str> = listed.iter().collect();
        assert_eq!(
            unique.len(),
            listed.len(),
            "{}: a line stands twice",
            folder.display()
        );
    }
    assert!(seen > 1_000, "{seen} items");
}

const TWO: &str = "\
openapi: 3.1.0
info: {title: Two, version: '1'}
paths:
  /nuts:
    get: {tags: [Nut], operationId: listNuts, responses: {'200': {description: all, content: {application/json: {schema: {$ref: '#/components/schemas/Nut'}}}}}}
  /birds:
    get: {tags: [Bird], operationId: listBirds, responses: {'200': {description: all, content: {application/json: {schema: {$ref: '#/components/schemas/Nut'}}}}}}
components: {schemas: {Nut: {type: object, properties: {size: {type: integer}}}}}
";

/// An operation more: two lines in the file of its tag, and nothing else.
#[test]
fn an_operation_more_is_two_lines_more() {
    let more = TWO.replace(
        "components:",
        "  /nuts/{id}:\n    delete: {tags: [Nut], operationId: deleteNut, responses: {'204': {description: gone}}, \
         parameters: [{name: id, in: path, required: true, schema: {type: string}}]}\ncomponents:",
    );
    let snapshots = |text: &str| {
        let (result, report) = document(Source::new("two.yaml", text), Lock::default());
        let generated = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
        let files = generated.files.into_iter();
        files
            .filter(|file| file.path.starts_with("snapshots/"))
            .map(|file| (file.path, file.text))
            .collect::<Vec<_>>()
    };
    let (before, after) = (snapshots(TWO), snapshots(&more));
    let paths: Vec<&str> = before.iter().map(|(path, _)| path.as_str()).collect();
    let wanted = ["bird", "crate", "nut", "shared"].map(|name| format!("snapshots/{name}.snap"));
    assert_eq!(paths, wanted);
    let changed: Vec<_> = before
        .iter()
        .zip(&after)
        .filter(|(one, other)| one != other)
        .collect();
    let [((path, old), (_, new))] = changed.as_slice() else {
        panic!("{} files changed", changed.len())
    };
    assert_eq!(path, "snapshots/nut.snap");
    let line = "call ListNuts -> Nut: GET /nuts\n";
    let added =
        "fn NutApi::delete(id: String) -> DeleteNut\ncall DeleteNut -> (): DELETE /nuts/{id}\n";
    assert_eq!(*new, old.replace(line, &format!("{line}{added}")));
}

const LINES_OF_WEBHOOKS: &[&str] = &[
    "fn webhooks::oven_state_post(body: &[u8]) -> Vec<i64>: \"POST oven-state\"",
    "fn webhooks::r#match(body: &[u8]) -> MatchPayload: \"POST match\"",
    "fn Client::webhooks() -> WebhooksApi",
];
const LINES_OF_SERVERS: &[&str] = &[
    "const servers::DEFAULT: &str = \"https://eu.kiln.example.com:443/v2/\"",
    "fn servers::eu_kiln_example_com_443_v2(region: &str, port: &str) -> String",
    "call GlazePot -> (): PUT /pots; at \"/glaze\"",
];
const LINES_OF_SECURITY: &[&str] = &[
    "fn Client::new(credential: Credential) -> Client",
    "fn ClientBuilder::vault_user(username: &str, password: SecretString): authorization \"Basic\"",
    "fn ClientBuilder::vault_id(credential: Credential): query \"id\"",
    "const security::vault_token::SCOPES: &[&str] = [\"doors\", \"roof\"]",
    "fn security::vault_token::client_credentials(client_id: String, client_secret: SecretString) \
     -> OAuth: \"https://vault.example.com/token\"",
    "call OpenDoor -> (): POST /doors; shows vault_user or vault_token",
    "call Knock -> (): HEAD /doors; shows nothing",
    "call PaintDoor -> (): PUT /doors; shows nothing or vault_key",
];
const LINES_OF_STREAMS: &[&str] = &[
    "call ListReadings -> JsonLines<Reading>: GET /readings",
    "call ExportReadings -> Vec<Reading>: POST /readings; also JsonLines<Reading>",
    "fn ReadingApi::import(body: Upload) -> ImportReadings",
    "call WatchLog -> Events<String>: GET /log",
];
const LINES_OF_ANSWERS: &[&str] = &[
    "call ClearShelf -> Option<Shelf>: DELETE /shelves/{id}",
    "enum GetShelfError: answers",
    "GetShelfError::NotFound = 404",
    "GetShelfError::TooManyRequests(Wait) = 429",
    "GetShelfError::Default(StatusCode, Fault) = default",
    "StockShelfError::ServerError(StatusCode, Bytes) = 5XX",
];
const LINES_OF_BODIES: &[&str] = &[
    "fn TextApi::render(body: RenderBody) -> Render",
    "enum RenderBody: bodies",
    "RenderBody::TextPlain(String) = text \"text/plain\"",
    "SetTextBody::Form(Order) = form \"application/x-www-form-urlencoded\"",
    "SetTextBody::Other(Upload) = bytes \"*/*\"",
];
const LINES_OF_UNIONS: &[&str] = &[
    "enum Move: union by \"to\"",
    "Move::Turn(MoveTurn) = \"left\" | \"right\"",
    "Item::Rest(ItemRest)",
    "Item::Unknown(Value)",
];
const LINES_OF_CONSTANTS: &[&str] = &[
    "enum Vote: i64",
    "Vote::ValueMinus1 = -1",
    "Vote::Unknown(i64)",
    "Blank::Tab = \"\\t\"",
];
