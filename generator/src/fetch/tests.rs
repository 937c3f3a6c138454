//! Real files in real folders, and a server over HTTPS on this machine.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::pki_types::PrivateKeyDer;
use tempfile::TempDir;

use super::*;

/// Writes files and reads what `api/openapi.yaml` refers to: address, then name or reason.
fn read(folder: &Path, files: &[(&str, &str)], root: Option<&str>) -> Vec<String> {
    for (path, text) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let document = Source::read(&folder.join("api/openapi.yaml")).unwrap();
    let access = Access {
        root: root.map(|root| folder.join(root)),
        ..Access::default()
    };
    let linked = linked(&document, &[], &access).unwrap();
    told(&linked, folder)
}

fn told(linked: &[Linked], folder: &Path) -> Vec<String> {
    let canonical = fs::canonicalize(folder).unwrap();
    let tell = |linked: &Linked| {
        let text = match &linked.text {
            Text::Read(source) => format!("{} = {}", linked.address, source.name),
            Text::Same(other) => format!("{} = {other}", linked.address),
            Text::Absent(absent) => format!(
                "{}: {}{} ({})",
                linked.address,
                if absent.refused { "refused: " } else { "" },
                absent.reason,
                absent.help
            ),
        };
        let text = text.replace(&*canonical.to_string_lossy(), "DIR");
        text.replace(&*folder.to_string_lossy(), "DIR")
    };
    linked.iter().map(tell).collect()
}

#[test]
fn reads_files_beside_the_document() {
    let folder = TempDir::new().unwrap();
    let found = read(
        folder.path(),
        &[
            (
                "api/openapi.yaml",
                "a: {$ref: s/pet.yaml}\nb: {$ref: './S/Tag.json#/x'}\nc: {$ref: '#/a'}\nd: {mapping: {x: s/more.yaml, y: s/none.yaml}}",
            ),
            (
                "api/s/pet.yaml",
                "{$ref: 'owner.yaml#/Owner', x: {$ref: '../../api/openapi.yaml#/a'}}",
            ),
            ("api/s/owner.yaml", "Owner: {$ref: ../s/pet.yaml}"),
            ("api/s/more.yaml", "a: 1"),
            ("api/S/tag.json", "{}"),
        ],
        None,
    );
    assert_eq!(
        found,
        [
            "../api/openapi.yaml = openapi.yaml",
            "S/Tag.json: there is no file `S/Tag.json` (did you mean `tag.json`?)",
            "s/more.yaml = DIR/api/s/more.yaml",
            "s/owner.yaml = DIR/api/s/owner.yaml",
            "s/pet.yaml = DIR/api/s/pet.yaml",
        ]
    );
}

#[test]
fn stays_beneath_the_folder() {
    let folder = TempDir::new().unwrap();
    let text = "a: {$ref: ../common.yaml}\nb: {$ref: /etc/passwd}\nc: {$ref: 'link/secret.yaml'}\n\
        d: {$ref: 'file:///etc/passwd'}\ne: {$ref: in/../../api/in.yaml}";
    let files = [
        ("api/openapi.yaml", text),
        ("common.yaml", "a: {$ref: 'api/in.yaml'}"),
        ("away/secret.yaml", "a: 1"),
        ("api/in.yaml", "a: 1"),
    ];
    fs::create_dir_all(folder.path().join("api")).unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("away"), folder.path().join("api/link")).unwrap();
    let found = read(folder.path(), &files, None);
    let refused = |address: &str| {
        format!(
            "{address}: refused: `{address}` is outside the folder that is read (let it be read with --root DIR, or copy it beneath that folder)"
        )
    };
    let file = "file:///etc/passwd: nothing can be read from `file:///etc/passwd`, and no `$id` says so (correct the reference)";
    let absolute = "/etc/passwd: refused: `/etc/passwd` is an absolute path (write the path relative to the file it stands in)";
    let expected = [
        "../api/in.yaml = in.yaml".to_owned(),
        refused("../common.yaml"),
        absolute.to_owned(),
        file.to_owned(),
        "in.yaml = DIR/api/in.yaml".to_owned(),
        refused("link/secret.yaml"),
    ];
    assert_eq!(found, expected);
    // With a root above, what is common to both is read, at its place seen from the document.
    let found = read(folder.path(), &files, Some("."));
    assert_eq!(found[1], "../common.yaml = DIR/api/../common.yaml");
    assert_eq!(found[5], "link/secret.yaml = DIR/api/link/secret.yaml");
    let nowhere = Access {
        root: Some(folder.path().join("nowhere")),
        ..Access::default()
    };
    let document = Source::read(&folder.path().join("api/openapi.yaml")).unwrap();
    let error = linked(&document, &[], &nowhere).unwrap_err().to_string();
    assert!(error.starts_with("cannot read beneath "), "{error}");
}

#[test]
fn a_document_without_a_folder_needs_a_root() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("pet.yaml"), "a: 1").unwrap();
    let document = Source::new("<stdin>", "a: {$ref: pet.yaml}");
    let alone = linked(&document, &[], &Access::default()).unwrap();
    assert_eq!(
        told(&alone, folder.path()),
        [
            "pet.yaml: refused: the document is in no folder, so `pet.yaml` is not looked for (name the folder of such files with --root DIR)"
        ]
    );
    let access = Access {
        root: Some(folder.path().to_owned()),
        ..Access::default()
    };
    let linked = linked(&document, &[], &access).unwrap();
    assert_eq!(told(&linked, folder.path()), ["pet.yaml = DIR/pet.yaml"]);
}

#[test]
fn is_bounded_and_reads_files_only() {
    let folder = TempDir::new().unwrap();
    let text: String = (0..1_002)
        .map(|i| format!("- {{$ref: f{i:04}.yaml}}\n"))
        .collect();
    fs::create_dir_all(folder.path().join("api/f0000.yaml")).unwrap();
    for i in 1..1_002 {
        fs::write(folder.path().join(format!("api/f{i:04}.yaml")), "a: 1").unwrap();
    }
    let found = read(folder.path(), &[("api/openapi.yaml", &text)], None);
    let help = "(if that is meant, raise `files` under [limits] in restwright.toml)";
    assert_eq!(
        found[0],
        "f0000.yaml: `f0000.yaml` is no file (correct the file or the reference)"
    );
    assert_eq!(found[999], "f0999.yaml = DIR/api/f0999.yaml");
    let too_many =
        format!("f1000.yaml: refused: the document refers to more than 1000 files {help}");
    assert_eq!(found[1_000], too_many);
}

/// A server over HTTPS: what it answers by path, and the head of each request it got.
struct Server {
    address: String,
    certificate: reqwest::Certificate,
    heads: Arc<Mutex<Vec<String>>>,
}

fn serve(pages: impl Fn(&str, &str) -> String + Send + 'static) -> Server {
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).unwrap();
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
    let address = format!("https://localhost:{port}");
    let heads = Arc::new(Mutex::new(Vec::new()));
    let (own, seen) = (address.clone(), Arc::clone(&heads));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let session = rustls::ServerConnection::new(Arc::clone(&config)).unwrap();
            let mut stream = rustls::StreamOwned::new(session, stream.unwrap());
            let mut head = String::new();
            let mut reader = BufReader::new(&mut stream);
            while !head.ends_with("\r\n\r\n") {
                if !matches!(reader.read_line(&mut head), Ok(1..)) {
                    break;
                }
            }
            let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
            seen.lock().unwrap().push(head);
            let _ = stream.write_all(pages(&path, &own).as_bytes());
            stream.conn.send_close_notify();
            let _ = stream.flush();
        }
    });
    Server {
        certificate: reqwest::Certificate::from_der(cert.der()).unwrap(),
        address,
        heads,
    }
}

fn answer(body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\nconnection: close\r\nset-cookie: a=b\r\ncontent-length: {length}\r\n\r\n{body}"
    )
}

fn redirect(to: &str) -> String {
    format!(
        "HTTP/1.1 302 Found\r\nconnection: close\r\nlocation: {to}\r\ncontent-length: 0\r\n\r\n"
    )
}

fn pages(path: &str, own: &str) -> String {
    match path {
        "/a.yaml" => answer("x: {$ref: 'deep/b.json#/y'}\nz: {$ref: 'moved'}"),
        "/deep/b.json" => {
            answer("{\"y\": {\"$ref\": \"../a.yaml#/x\"}, \"n\": {\"$ref\": \"/gone\"}}")
        }
        "/moved" => redirect(&format!("{own}/deep/b.json")),
        "/plain" => redirect("http://localhost:1/"),
        "/around" => redirect(&format!("{own}/around")),
        "/short" => {
            "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 9\r\n\r\nab".to_owned()
        }
        "/large" => answer(&"#".repeat(33 * 1024 * 1024)),
        _ => "HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".to_owned(),
    }
}

/// The web where that server's certificate is trusted.
fn trusting(server: &Server, limits: &Limits, own: Option<String>) -> Web {
    let certificate = server.certificate.clone();
    let make = move || {
        web::builder()
            .tls_certs_only([certificate.clone()])
            .no_proxy()
    };
    Web::with(make, limits, own)
}

/// What a document refers to, where the server's certificate is trusted.
fn read_remote(server: &Server, text: &str, allowed: bool) -> Vec<String> {
    let document = Source::new("<stdin>", text.replace("SERVER", &server.address));
    let web =
        || allowed.then(|| trusting(server, &Limits::default(), Some("localhost".to_owned())));
    let linked = linked_by(&document, &[], &Access::default(), &web).unwrap();
    let told = told(&linked, TempDir::new().unwrap().path());
    told.into_iter()
        .map(|text| text.replace(&server.address, "SERVER"))
        .collect()
}

#[test]
fn reads_addresses_where_that_is_allowed() {
    let server = serve(pages);
    let text = "a: {$ref: 'SERVER/a.yaml#/x'}\nb: {$ref: 'http://a.example/b'}\n\
        c: {$ref: 'https://u:p@a.example/c'}\nd: {$id: 'SERVER/own'}\ne: {$ref: 'SERVER/own#/x'}";
    let help = "(save the text beside the document and refer to the file)";
    let http = "http://a.example/b: http://a.example/b is no HTTPS address (use https, or save the text beside the document)";
    let credentials = "https://u:p@a.example/c: the address has credentials in it (save the text beside the document)";
    assert_eq!(
        read_remote(&server, text, true),
        [
            http.to_owned(),
            "SERVER/a.yaml = SERVER/a.yaml".to_owned(),
            "SERVER/deep/b.json = SERVER/deep/b.json".to_owned(),
            format!("SERVER/gone: SERVER/gone answers 404 Not Found {help}"),
            "SERVER/moved = SERVER/moved".to_owned(),
            credentials.to_owned(),
        ]
    );
    let heads = server.heads.lock().unwrap().clone();
    // `/moved` leads to `/deep/b.json` again.
    assert_eq!(heads.len(), 5, "{heads:#?}");
    for head in heads {
        let head = head.to_lowercase();
        assert!(
            head.starts_with("get /") && head.contains("user-agent: restwright/"),
            "{head}"
        );
        for never in ["cookie:", "authorization:", "referer:"] {
            assert!(!head.contains(never), "{head}");
        }
    }
    assert_eq!(
        read_remote(&server, "a: {$ref: 'SERVER/a.yaml#/x'}", false),
        [
            "SERVER/a.yaml: SERVER/a.yaml is on another machine, and is not read (add --allow-remote to have it read)"
        ]
    );
}

#[test]
fn addresses_are_bounded() {
    let server = serve(pages);
    let check = |path: &str, wanted: &str| {
        let found = read_remote(&server, &format!("a: {{$ref: 'SERVER{path}'}}"), true);
        assert!(found[0].contains(wanted), "{path}: {found:#?}");
    };
    check("/plain", "it is redirected to an address without HTTPS");
    check("/around", "it is redirected too often");
    check("/short", "SERVER/short breaks off: ");
    check("/large", "more than 32 MiB would be read in all");
    let many: String = (0..101)
        .map(|i| format!("- {{$ref: 'SERVER/{i:03}'}}\n"))
        .collect();
    let found = read_remote(&server, &many, true);
    assert!(found[99].contains("answers 404"), "{}", found[99]);
    assert!(
        found[100].contains("more than 100 addresses"),
        "{}",
        found[100]
    );
    // A server that nobody vouches for is not asked.
    let stranger = serve(pages);
    let web = || {
        Some(trusting(
            &server,
            &Limits::default(),
            Some("localhost".to_owned()),
        ))
    };
    let document = Source::new(
        "<stdin>",
        format!("a: {{$ref: '{}/a.yaml'}}", stranger.address),
    );
    let linked = linked_by(&document, &[], &Access::default(), &web).unwrap();
    let Text::Absent(Absent { reason, .. }) = &linked[0].text else {
        panic!("it was read");
    };
    assert!(reason.contains("certificate"), "{reason}");
    assert_eq!(*stranger.heads.lock().unwrap(), [""; 1]);
}

/// A server that nobody has named is not asked where only this machine can reach it, whichever way its address is
/// written, and whoever redirects there.
#[test]
fn private_addresses_are_not_asked() {
    let server = serve(pages);
    let port = server.address.rsplit(':').next().unwrap();
    for host in [
        "127.0.0.1",
        "2130706433",
        "0x7f.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "169.254.169.254",
    ] {
        let text = format!("a: {{$ref: 'https://{host}:{port}/a.yaml#/x'}}");
        let document = Source::new("https://example.com/api.yaml", text);
        let web = || Some(trusting(&server, &Limits::default(), None));
        let linked = linked_by(&document, &[], &Access::default(), &web).unwrap();
        let Text::Absent(absent) = &linked[0].text else {
            panic!("{host} was asked");
        };
        assert!(
            absent.refused && absent.code == "private-address",
            "{host}: {absent:?}"
        );
    }
    assert_eq!(server.heads.lock().unwrap().len(), 0);
    let own = server.address.clone();
    let away = serve(move |path, _| match path {
        "/away" => redirect(&own.replace("localhost", "127.0.0.1")),
        _ => redirect("https://169.254.169.254/latest/meta-data"),
    });
    for path in ["/away", "/meta"] {
        let found = read_remote(&away, &format!("a: {{$ref: 'SERVER{path}'}}"), true);
        assert!(found[0].contains("not on the open internet"), "{found:?}");
    }
    assert_eq!(server.heads.lock().unwrap().len(), 0);
}

#[test]
fn what_is_slow_or_without_end_is_given_up() {
    let server = serve(|path, _| match path {
        "/stalls" => {
            thread::sleep(std::time::Duration::from_secs(3));
            String::new()
        }
        _ => answer(&"#".repeat(3 * 1024 * 1024)),
    });
    let large = Limits {
        addresses_mib: 2,
        ..Limits::default()
    };
    let slow = Limits {
        address_seconds: 1,
        ..Limits::default()
    };
    for (path, limits, setting) in [
        ("/large", large, "addresses-mib"),
        ("/stalls", slow, "address-seconds"),
    ] {
        let document = Source::new(
            "<stdin>",
            format!("a: {{$ref: '{}{path}'}}", server.address),
        );
        let web = || Some(trusting(&server, &limits, Some("localhost".to_owned())));
        let linked = linked_by(&document, &[], &Access::default(), &web).unwrap();
        let Text::Absent(absent) = &linked[0].text else {
            panic!("{path} was read");
        };
        let help = crate::limits::help(setting);
        assert_eq!(
            (absent.code, &absent.help),
            ("beyond-limit", &help),
            "{absent:?}"
        );
    }
}
