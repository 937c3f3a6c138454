//! Random documents with values of their schemas, all the way: generated, compiled together with one
//! runtime, the values put through the types, and every operation called.
//!
//! The documents come of `restwright_checks::document`, whose values stand in them as examples, so that what
//! is done with the examples of real documents ([`corpus::judge`](crate::corpus::judge)) is done with them.

use crate::corpus::crates::{self, Compiled};
use crate::corpus::harness::{self, Check, Outcome};
use crate::corpus::judge::{Plan, Tally};
use crate::corpus::{generated, module, root};
use restwright::Generated;
use restwright::emit::sample::{self, Paths};
use restwright::report::Severity;
use restwright::source::{Pointer, Source};
use restwright_checks::document::document;
use restwright_checks::draw::{Draw, bytes_of};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// How many choices a document is made of at most.
const CHOICES: usize = 1 << 16;

/// A document, and what was generated from it.
pub struct Made {
    /// What it comes of.
    pub seed: u64,
    /// The document.
    pub root: Value,
    /// The client.
    pub generated: Generated,
}

/// The document of a seed.
pub fn of_seed(seed: u64) -> Value {
    document(&mut Draw::new(&bytes_of(seed, CHOICES)))
}

/// Generates from the document of a seed.
///
/// # Errors
/// The document is refused, or its report has an error.
pub fn make(seed: u64) -> Result<Made, String> {
    let root = of_seed(seed);
    let (made, report) = generated(Source::new("openapi.json", root.to_string()));
    let said = || format!("seed {seed}: {}\n{root}", report.render_text());
    match made {
        Ok(generated) if report.count(Severity::Error) == 0 => Ok(Made {
            seed,
            root,
            generated,
        }),
        _ => Err(said()),
    }
}

/// What became of a call.
#[derive(Debug)]
pub struct Called {
    /// The seed of its document and its operation.
    pub operation: String,
    /// Why it did not come to its answer.
    pub fault: Option<String>,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Batch {
    /// What the compiler said.
    pub compiled: Compiled,
    /// By document: how its values fared.
    pub tallies: Vec<(u64, Tally)>,
    /// Its calls.
    pub calls: Vec<Called>,
}

/// Compiles the clients together and runs their values and calls.
///
/// # Errors
/// Files cannot be written or programs not run; a fault of ours or of the machine.
pub fn run(made: &[Made], folder: &Path, target: &Path) -> Result<Batch, String> {
    let plans: Vec<Plan> = made
        .iter()
        .map(|one| Plan::new(&one.root, &one.generated.api))
        .collect::<Result<_, _>>()?;
    let checks: Vec<Check> = made
        .iter()
        .zip(&plans)
        .flat_map(|(one, plan)| checks(one, plan))
        .collect();
    let text = |error: std::io::Error| error.to_string();
    let source = folder.join("src");
    std::fs::create_dir_all(source.join("bin")).map_err(text)?;
    let runtime = root().join("generator/runtime/src/runtime/mod.rs");
    let write =
        |path: &str, content: String| std::fs::write(folder.join(path), content).map_err(text);
    for one in made {
        write(&format!("{}.json", name(one)), one.root.to_string())?;
    }
    write("Cargo.toml", manifest())?;
    write("src/lib.rs", library(made, &runtime.display().to_string()))?;
    write(
        "src/bin/values.rs",
        harness::program(&checks, "client::runtime"),
    )?;
    write("src/bin/calls.rs", CALLER.to_owned())?;
    write("values.json", harness::values(&checks))?;
    write("answers.json", answers(made).to_string())?;
    let compiled = crates::compile("build", folder, target).map_err(text)?;
    let mut batch = Batch {
        compiled,
        ..Batch::default()
    };
    if !batch.compiled.done {
        return Ok(batch);
    }
    let lines = |program: &str, file: &str| -> Result<Vec<Value>, String> {
        let program = target.join("debug").join(program);
        let output = Command::new(program)
            .arg(folder.join(file))
            .output()
            .map_err(text)?;
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(lines
            .lines()
            .map_while(|line| serde_json::from_str(line).ok())
            .collect())
    };
    let outcomes = lines("values", "values.json")?.into_iter();
    let mut outcomes =
        outcomes.map_while(|outcome| serde_json::from_value::<Outcome>(outcome).ok());
    for (one, plan) in made.iter().zip(&plans) {
        let own: Vec<Outcome> = outcomes.by_ref().take(plan.checks.len()).collect();
        batch.tallies.push((one.seed, plan.judge(&own)?));
    }
    batch.calls = lines("calls", "answers.json")?
        .iter()
        .map(|call| Called {
            operation: call["operation"].as_str().unwrap_or_default().to_owned(),
            fault: call["fault"].as_str().map(str::to_owned),
        })
        .collect();
    Ok(batch)
}

/// The module of a document's client.
fn name(one: &Made) -> String {
    format!("seed_{}", one.seed)
}

fn checks(one: &Made, plan: &Plan) -> Vec<Check> {
    let models = format!("client :: {} :: models ::", name(one));
    let each = plan.checks.iter().map(|check| Check {
        ty: check.ty.replace("client :: models ::", &models),
        text: check.text.clone(),
    });
    each.collect()
}

/// With the dependencies of the runtime, without any TLS.
fn manifest() -> String {
    "[package]\nname = \"restwright-random\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
     [lib]\nname = \"client\"\n\n[features]\nblocking = []\nmock = []\nrecorder = []\ntracing = []\n\n\
     [dependencies]\nbase64 = \"0.23\"\nbytes = \"1\"\nfutures-core = \"0.3\"\nhttp-body = \"1\"\nhttpdate = \"1\"\n\
     percent-encoding = \"2.3\"\nreqwest = { version = \"0.13\", default-features = false }\nsecrecy = \"0.10\"\n\
     serde = { version = \"1\", default-features = false, features = [\"std\"] }\n\
     serde_json = { version = \"1\", features = [\"float_roundtrip\", \"preserve_order\", \"raw_value\"] }\n\
     tokio = { version = \"1.47\", features = [\"rt\", \"sync\", \"time\"] }\n\n\
     [profile.dev]\ndebug = false\nincremental = false\n"
        .to_owned()
}

/// The runtime, a module per client, and the calls.
fn library(made: &[Made], runtime: &str) -> String {
    let mut out = format!("{HEAD}\n#[path = {runtime:?}]\npub mod runtime;\n{ROOT}\n");
    for one in made {
        let name = name(one);
        let module = module::rust(&format!("crate::{name}"), &one.generated.files);
        let _ = writeln!(
            out,
            "#[allow(dead_code, unused_imports)]\npub mod {name} {{"
        );
        let mut lines = module.lines();
        while let Some(line) = lines.next() {
            // The setters of credentials would meet those of other documents.
            if line == "impl crate::ClientBuilder {" {
                lines.by_ref().find(|line| *line == "}");
                continue;
            }
            let _ = writeln!(out, "{line}");
        }
        out.push_str("}\n");
    }
    out.push_str(&calls(made));
    out
}

/// A function for each operation with the values of its sample, and the list of them.
fn calls(made: &[Made]) -> String {
    let mut out =
        String::from("\npub mod calls {\n#![allow(deprecated, non_snake_case, unused_mut)]\n");
    let mut table = String::new();
    for one in made {
        let name = name(one);
        let paths = Paths {
            root: "crate".to_owned(),
            models: format!("crate::{name}::models::"),
        };
        let api = &one.generated.api;
        let security = match api.schemes.is_empty() {
            true => "crate::runtime::OPEN".to_owned(),
            false => format!("crate::{name}::security::SECURITY"),
        };
        for group in &api.groups {
            for (index, operation) in group.operations.iter().enumerate() {
                let Some(sample) = sample::call(api, group, operation, &paths) else {
                    continue;
                };
                let (module, handle) = (&group.name.ident, &group.handle.ident);
                let function = format!("{name}_{module}_{index}");
                let text = sample.call.text(100);
                let text = text
                    .split_once("()")
                    .map_or(text.as_str(), |(_, call)| call);
                let _ = write!(
                    out,
                    "pub async fn {function}(client: crate::Client) -> Result<(), crate::Error> {{\n    \
                     let api = crate::{name}::operations::r#{module}::{handle} {{ client }};\n    \
                     let _ = api{text}.await?;\n    Ok(())\n}}\n"
                );
                let _ = writeln!(
                    table,
                    "    ({:?}, &{security}, |client| Box::pin({function}(client))),",
                    format!("{} {}", one.seed, operation.name.place)
                );
            }
        }
    }
    let _ = write!(
        out,
        "type Done = std::pin::Pin<Box<dyn std::future::Future<Output = Result<(), crate::Error>>>>;\n\
         type Call = (&'static str, &'static crate::runtime::Security, fn(crate::Client) -> Done);\n\
         pub static CALLS: &[Call] = &[\n{table}];\n{BUILDER}}}\n"
    );
    out
}

/// What a server answers to each call: the first answer that says that all is well, with its example.
fn answers(made: &[Made]) -> Value {
    let mut answers = serde_json::Map::new();
    for one in made {
        let groups = one.generated.api.groups.iter();
        for operation in groups.flat_map(|group| &group.operations) {
            let place = &operation.name.place;
            let answer = place
                .get(&one.root)
                .map(|node| answer(&node["responses"], &one.root));
            answers.insert(format!("{} {place}", one.seed), answer.unwrap_or_default());
        }
    }
    Value::Object(answers)
}

fn answer(responses: &Value, root: &Value) -> Value {
    let all = responses.as_object().into_iter().flatten();
    let several = all.clone().count() > 1;
    let well = all.clone().find(|(status, _)| status.starts_with('2'));
    let Some((status, answer)) =
        well.or_else(|| all.clone().find(|(status, _)| *status == "default"))
    else {
        return Value::Null;
    };
    let status: u16 = status.parse().unwrap_or(200);
    let shared = answer["$ref"].as_str().and_then(Pointer::parse);
    let answer = shared.and_then(|place| place.get(root)).unwrap_or(answer);
    let content = answer["content"]
        .as_object()
        .and_then(|content| content.iter().next());
    let Some((media_type, content)) = content else {
        return json!({"status": status, "body": ""});
    };
    let example = &content["examples"]["e0"]["value"];
    let body = match media_type.as_str() {
        "application/json" if content.get("examples").is_none() => return Value::Null,
        "application/json" => example.to_string(),
        // Where there are other answers, the stream is another call.
        "text/event-stream" | "application/jsonl" if several => return Value::Null,
        _ => String::new(),
    };
    json!({"status": status, "type": media_type, "body": body})
}

/// A client that has a secret for everything.
const BUILDER: &str =
    "pub fn builder(security: &'static crate::runtime::Security) -> crate::ClientBuilder {
    let builder = crate::ClientBuilder::new(\"https://api.example.com/v1\", \"random/1\", security);
    let schemes = 0..security.schemes.len();
    schemes.fold(builder, |builder, scheme| builder.credential(scheme, \"secret\"))
}
";

/// As in the head of a generated crate, and of the test `cases`.
const HEAD: &str = "//! Written by the test `random`.\n#![allow(\n    \
    clippy::all,\n    rustdoc::all\n)]";

/// What the root of a generated crate has.
const ROOT: &str = "pub use runtime::{\n    ApiError, Base64, Bytes, Call, Client, ClientBuilder, Credential, CredentialProvider, Date,\n    \
    DateTime, Decimal, DecodeError, Download, Error, Event, Events, Field, File, Fill, Header,\n    \
    HttpClient, Items, JsonFault, JsonLines, Map, Missing, NotANumber, NotBase64, OAuth,\n    \
    OAuthError, Pages, Reader, Response, Secret, SecretString, StatusCode, Time, Upload, Uuid,\n    Value, header,\n};";

/// Calls every operation at a server that has its answers from a file.
const CALLER: &str = r#"//! Written by the test `random`.

use client::runtime::{
    Retry, StatusCode, Transport, TransportFuture, TransportRequest,
    TransportResponse, Value, header,
};

struct Answers(Value);

impl Transport for Answers {
    fn send(&self, _: TransportRequest) -> TransportFuture<'_> {
        let status = self.0["status"].as_u64().unwrap_or(200) as u16;
        let status = StatusCode::from_u16(status).expect("a status");
        let body = self.0["body"].as_str().unwrap_or_default().to_owned();
        let mut headers = header::HeaderMap::new();
        if let Some(media_type) = self.0["type"].as_str() {
            headers.insert(header::CONTENT_TYPE, media_type.parse().expect("a media type"));
        }
        Box::pin(async move { Ok(TransportResponse::new(status, body).with_headers(headers)) })
    }
}

fn main() {
    let path = std::env::args().nth(1).expect("the file with the answers");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    let answers: Value = serde_json::from_str(&text).expect("the file is JSON");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    for (operation, security, call) in client::calls::CALLS {
        let answer = answers[*operation].clone();
        if answer.is_null() {
            continue;
        }
        let builder = client::calls::builder(security).retry(Retry::never());
        let client = builder.transport(Answers(answer)).build();
        let result = runtime.block_on(call(client.expect("the client can be built")));
        let fault = result.err().map(|error| format!("{error}: {error:?}"));
        println!("{}", serde_json::json!({"operation": operation, "fault": fault}));
    }
}
"#;
