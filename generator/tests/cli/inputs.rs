//! What is read: several files, standard input, addresses.

use crate::{command, expect, fed, folder, run, said, wrong};
use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use tempfile::TempDir;

const API: &str = r##"openapi: 3.1.0
info: {title: Pets, version: "1"}
paths:
  /pets:
    get:
      operationId: listPets
      responses:
        "200": {description: All, content: {application/json: {schema: {$ref: "schemas/pet.yaml"}}}}
"##;

/// A folder with `spec/api.yaml`, which refers to `spec/schemas/pet.yaml`.
fn pets(pet: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    put(&folder, "spec/api.yaml", API);
    put(&folder, "spec/schemas/pet.yaml", pet);
    folder
}

fn put(folder: &TempDir, path: &str, text: &str) {
    let path = folder.path().join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn lock(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("names.lock")).unwrap()
}

#[test]
fn a_change_of_any_file_is_noticed() {
    let folder =
        pets("{type: object, properties: {kind: {enum: [cat, dog]}, tag: {$ref: tag.json}}}");
    put(&folder, "spec/schemas/tag.json", "{\"type\": \"string\"}");
    let arguments = "spec/api.yaml -o client --lock names.lock";
    expect(&folder, &format!("generate {arguments}"), 0);
    // The same on every machine: relative to the document, with forward slashes.
    let text = lock(&folder);
    for line in [
        "\n\"schemas/pet.yaml\" = \"",
        "\n\"schemas/tag.json\" = \"",
        "places = [\"schemas/pet.yaml#\"]",
        "places = [\"schemas/pet.yaml#/properties/kind\"]",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert!(!text.contains("x-restwright"), "{text}");
    expect(&folder, &format!("check {arguments}"), 0);
    put(&folder, "spec/schemas/tag.json", "{\"type\": \"string\" }");
    let said = expect(&folder, &format!("check {arguments}"), 1);
    assert!(
        said.out.contains("stale: names.lock (changed)"),
        "{said:#?}"
    );
    assert!(said.out.contains("-\"schemas/tag.json\" = "), "{said:#?}");
}

#[test]
fn findings_in_a_file_have_its_place() {
    let folder =
        pets("type: object\nproperties:\n  a: {$ref: '#/b'}\n  b: {type: string, enum: [x, x]}\n");
    let said = expect(&folder, "lint spec/api.yaml", 0);
    let broken = "warning[broken-reference]: `#/b` leads nowhere: schemas/pet.yaml# has no `b`\n  \
        --> spec/schemas/pet.yaml:3:7 #/properties/a/$ref\n";
    assert!(said.out.contains(broken), "{said:#?}");
    let twice = "--> spec/schemas/pet.yaml:4:31 #/properties/b/enum/1";
    assert!(said.out.contains(twice), "{said:#?}");
    // A file that makes no sense costs what refers to it.
    put(&folder, "spec/schemas/pet.yaml", "a: [1,\n");
    let said = expect(&folder, "generate spec/api.yaml -o client", 0);
    assert!(said.err.contains("warning[unreadable-file]: "), "{said:#?}");
    assert!(
        said.err.contains("--> spec/schemas/pet.yaml:2:1 #\n"),
        "{said:#?}"
    );
}

#[test]
fn names_can_be_given_to_what_stands_in_a_file() {
    let folder = pets("{type: object, properties: {kind: {type: string, enum: [cat, dog]}}}");
    let config = "input = 'api.yaml'\noutput = '../client'\n[names]\n\
        'schemas/pet.yaml#' = 'Animal'\n'schemas/pet.yaml#/properties/kind' = 'Species'\n'schemas/pet.yaml#/x' = 'Not'\n";
    put(&folder, "spec/restwright.toml", config);
    let said = expect(&folder, "generate", 0);
    assert!(
        said.err
            .contains("[names] has `schemas/pet.yaml#/x`, which is not in the document"),
        "{said:#?}"
    );
    let text = fs::read_to_string(folder.path().join("spec/restwright.lock")).unwrap();
    assert!(
        text.contains("[types.\"Animal\"]") && text.contains("[types.\"Species\"]"),
        "{text}"
    );
}

#[test]
fn files_outside_the_folder_need_a_root() {
    let folder = pets("{type: object, properties: {a: {$ref: '../../common.yaml#/A'}}}");
    put(&folder, "common.yaml", "A: {type: integer}");
    let said = expect(&folder, "generate spec/api.yaml -o client", 1);
    let place = "\n  --> spec/schemas/pet.yaml:1:33 #/properties/a/$ref\n  = help: let it be read with --root ";
    assert!(
        said.err
            .starts_with("error[file-outside]: `../../common.yaml#/A`: "),
        "{said:#?}"
    );
    assert!(said.err.contains(place), "{said:#?}");
    assert!(!folder.path().join("client").exists());
    expect(&folder, "generate spec/api.yaml -o client --root .", 0);
    let said = expect(
        &folder,
        "check spec/api.yaml -o client --root . --name other",
        1,
    );
    assert!(
        said.out.contains(
            "run: restwright generate --root . --output client --name other spec/api.yaml"
        ),
        "{said:#?}"
    );
    wrong(
        &folder,
        "lint spec/api.yaml --root nowhere",
        "error: cannot read beneath nowhere: ",
    );
    // The same from a config.
    put(
        &folder,
        "spec/restwright.toml",
        "input = 'api.yaml'\noutput = '../client'\nroot = '..'\n",
    );
    let said = expect(&folder, "check", 1);
    assert!(!said.out.contains("client/src"), "{said:#?}");
}

#[test]
#[cfg(unix)]
fn a_link_leads_nowhere_else() {
    let folder = pets("{$ref: secret.yaml}");
    put(&folder, "secret.yaml", "{type: integer}");
    let link = folder.path().join("spec/schemas/secret.yaml");
    std::os::unix::fs::symlink(folder.path().join("secret.yaml"), link).unwrap();
    let said = expect(&folder, "generate spec/api.yaml -o client", 1);
    assert!(said.err.starts_with("error[file-outside]: "), "{said:#?}");
}

#[test]
fn standard_input_has_no_folder() {
    let folder = pets("{type: object, properties: {a: {type: string}}}");
    let alone = fed(&folder, "generate - -o client", API);
    assert_eq!(alone.code, Some(1));
    assert!(
        alone
            .err
            .contains("name the folder of such files with --root DIR"),
        "{alone:#?}"
    );
    let with = fed(&folder, "generate - -o client --root spec", API);
    assert_eq!(with.code, Some(0), "{with:#?}");
}

#[test]
fn other_machines_are_asked_only_where_that_is_allowed() {
    let folder = pets("{$ref: 'https://a.example/pet.yaml#/Pet'}");
    let said = expect(&folder, "generate spec/api.yaml -o client", 0);
    let wanted = "warning[remote-reference]: `https://a.example/pet.yaml#/Pet`: https://a.example/pet.yaml is on \
        another machine, and is not read\n  --> spec/schemas/pet.yaml:1:2 #/$ref\n  = help: add --allow-remote to \
        have it read; until then it is typed as plain JSON\n";
    assert!(said.err.contains(wanted), "{said:#?}");
    assert_eq!(said.err.matches("warning[").count(), 1, "{said:#?}");
}

/// Serves texts by path over HTTPS; the address, and the file with the certificate to trust.
fn serve(folder: &Path, pages: &'static [(&str, &str)]) -> (String, String) {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let trusted = folder.join("trusted.pem");
    fs::write(&trusted, cert.pem()).unwrap();
    let key = PrivateKeyDer::try_from(signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![cert.der().clone()], key)
        .unwrap();
    let config = Arc::new(config);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            let mut head = String::new();
            let mut reader = BufReader::new(&mut stream);
            while !head.ends_with("\r\n\r\n") && matches!(reader.read_line(&mut head), Ok(1..)) {}
            let path = head.split(' ').nth(1).unwrap_or_default();
            let page = pages.iter().find(|(known, _)| *known == path);
            let (status, body) = page.map_or(("404 Not Found", ""), |(_, body)| ("200 OK", *body));
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {length}\r\n\r\n{body}"
            );
            let _ = stream.write_all(answer.as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    (
        format!("https://localhost:{port}"),
        trusted.display().to_string(),
    )
}

#[test]
fn a_document_may_be_at_an_address() {
    let folder = TempDir::new().unwrap();
    let (server, trusted) = serve(
        folder.path(),
        &[
            ("/v1/api.yaml", API),
            (
                "/v1/schemas/pet.yaml",
                "{type: object, properties: {a: {type: string}}}",
            ),
        ],
    );
    let run = |arguments: &str| {
        let arguments: Vec<&str> = arguments.split_whitespace().collect();
        let mut command = command(folder.path(), &arguments);
        command.env("SSL_CERT_FILE", &trusted).env("NO_PROXY", "*");
        said(command.output().unwrap())
    };
    let alone = run(&format!(
        "generate {server}/v1/api.yaml -o client --lock names.lock"
    ));
    assert_eq!(alone.code, Some(0), "{alone:#?}");
    assert!(
        alone.err.contains("warning[remote-reference]: "),
        "{alone:#?}"
    );
    let whole = run(&format!(
        "generate {server}/v1/api.yaml -o client --lock names.lock --allow-remote"
    ));
    assert_eq!(
        (whole.code, whole.err.as_str()),
        (Some(0), ""),
        "{whole:#?}"
    );
    let place = format!("places = [\"{server}/v1/schemas/pet.yaml#\"]");
    assert!(lock(&folder).contains(&place), "{}", lock(&folder));
    let gone = run(&format!("lint {server}/gone.yaml"));
    assert_eq!(gone.code, Some(2));
    assert!(
        gone.err.contains("/gone.yaml answers 404 Not Found"),
        "{gone:#?}"
    );
}

#[test]
fn a_config_may_name_an_address() {
    let folder = TempDir::new().unwrap();
    expect(&folder, "init spec --input https://localhost:1/api.yaml", 0);
    let text = fs::read_to_string(folder.path().join("spec/restwright.toml")).unwrap();
    assert!(
        text.contains("\ninput = \"https://localhost:1/api.yaml\"\n"),
        "{text}"
    );
    // Nobody listens there, but that is where it is looked for.
    wrong(&folder, "generate", "error: https://localhost:1/api.yaml: ");
}

#[test]
fn what_is_no_document_is_told_once() {
    let folder = folder();
    let html = "<!DOCTYPE html>";
    for (text, wanted) in [
        (
            "asyncapi: 3.0.0\n",
            "error[not-openapi]: this is an AsyncAPI document\n",
        ),
        (
            html,
            "error[unreadable-document]: this is HTML or XML, not JSON or YAML",
        ),
        ("", "error[unreadable-document]: the file is empty\n"),
        (
            "# a\n",
            "error[unreadable-document]: there is nothing but comments in the file\n",
        ),
        (
            "{\"openapi\": \"3.0.0\", \"pa",
            "error[unreadable-document]: EOF while parsing a string: the file is cut off\n",
        ),
        (
            "openapi: 4.0.0",
            "error[unknown-version]: `4.0.0` is no version this tool reads\n",
        ),
    ] {
        fs::write(folder.path().join("doc"), text).unwrap();
        let said = run(&folder, "lint doc");
        assert_eq!(said.code, Some(1), "{text}");
        assert!(said.out.starts_with(wanted), "{text}: {said:#?}");
        assert!(said.out.contains("\n  --> doc:1:"), "{said:#?}");
        assert!(said.out.contains("\n  = help: "), "{said:#?}");
        assert_eq!(said.out.matches("error[").count(), 1, "{said:#?}");
    }
}
