//! The program that calls every operation of a generated client, with everything that it takes.

use restwright::emit::sample::{self, Paths};
use restwright::ir::{Answer, Api, Group, Name, Operation, Payload, Proof};
use std::fmt::Write as _;

/// The name of the program for a document.
pub fn name(document: &str) -> String {
    format!("prism-{document}")
}

/// How wide its lines are.
const WIDTH: usize = 100;

/// Its manifest; a workspace of its own, with the generated crate in the folder `client`.
pub fn manifest(document: &str, package: &str) -> String {
    let name = name(document);
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nclient = {{ path = \"client\", package = \"{package}\" }}\nserde_json = \"1\"\n\
         tokio = {{ version = \"1\", features = [\"rt\", \"time\", \"net\"] }}\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n"
    )
}

/// Its text, and the operations without a sample.
pub fn program(api: &Api<Name>) -> (String, Vec<String>) {
    let mut out = String::from(HEAD);
    let mut unsampled = Vec::new();
    let mut table = String::new();
    let paths = Paths {
        root: "client".to_owned(),
        models: "client::models::".to_owned(),
    };
    let operations = api
        .groups
        .iter()
        .flat_map(|group| group.operations.iter().map(move |one| (group, one)));
    for (index, (group, operation)) in operations.enumerate() {
        match function(api, group, operation, &paths, index) {
            Some(text) => {
                out.push_str(&text);
                let _ = writeln!(
                    table,
                    "        ({:?}, |client| Box::pin(call_{index}(client))),",
                    operation.id
                );
            }
            None => unsampled.push(operation.id.clone()),
        }
    }
    let _ = write!(
        out,
        "\nfn client(url: &str, way: &str) -> Client {{\n    let dynamic = if way == \"dynamic\" {{ \"true\" }} else {{ \"false\" }};\n    \
         {}\n        .header(\"prefer\", format!(\"dynamic={{dynamic}}\"))\n        .retry(client::Retry::never())\n{}        .build()\n        .expect(\"the client can be made\")\n}}\n",
        match api.default_server {
            Some(_) => "Client::builder().base_url(url)",
            None => "Client::builder(url)",
        },
        credentials(api),
    );
    let _ = write!(
        out,
        "\nfn calls() -> Vec<(&'static str, fn(Client) -> Done)> {{\n    vec![\n{table}    ]\n}}\n"
    );
    (out, unsampled)
}

fn credentials(api: &Api<Name>) -> String {
    let setters = api.schemes.iter().map(|scheme| {
        let arguments = match scheme.proof {
            Proof::Basic => "\"name\", \"password\"",
            _ => "\"secret\"",
        };
        format!("        .{}({arguments})\n", scheme.name.ident)
    });
    setters.collect()
}

fn function(
    api: &Api<Name>,
    group: &Group<Name>,
    operation: &Operation<Name>,
    paths: &Paths,
    index: usize,
) -> Option<String> {
    let sample = sample::call(api, group, operation, paths)?;
    let call = format!("{}.await?", sample.call.text(WIDTH));
    let read = match operation.answer {
        Answer::Stream(_) => format!(
            "let mut answer = {call};\nwhile let Some(item) = answer.next().await {{\n    item?;\n}}"
        ),
        Answer::One(Payload::Empty) => format!("{call};"),
        Answer::One(_) | Answer::OneOf(_) => format!("let _ = {call};"),
    };
    let read = read.replace('\n', "\n    ");
    Some(format!(
        "\nasync fn call_{index}(client: Client) -> Result<(), Error> {{\n    {read}\n    Ok(())\n}}\n"
    ))
}

/// What the program does; the address of Prism and the way of its answers are its arguments.
const HEAD: &str = r##"//! Written by the program `prism`: every operation with sample values.
#![allow(deprecated, clippy::all)]

use client::{Client, Error};
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

type Done = Pin<Box<dyn Future<Output = Result<(), Error>>>>;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let url = arguments.next().expect("the address of Prism");
    let way = arguments.next().expect("the way of its answers");
    let done: usize = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(0);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime can be made");
    let client = client(&url, &way);
    for (id, call) in calls().into_iter().skip(done) {
        let sent = async { tokio::time::timeout(Duration::from_secs(20), call(client.clone())).await };
        let (accepted, answered, decoded, why) = match runtime.block_on(sent) {
            Ok(Ok(())) => (true, true, true, String::new()),
            Ok(Err(error)) => outcome(&error),
            Err(_) => (true, true, false, "no answer in 20 seconds".to_owned()),
        };
        println!(
            "{}",
            serde_json::json!({
                "id": id, "way": way, "accepted": accepted, "answered": answered,
                "decoded": decoded, "why": why,
            })
        );
        // Prism has ended, and has to be started again.
        if why.starts_with("Connection") {
            std::process::exit(3);
        }
    }
}

/// Whether Prism took the request, whether it had an answer that is as declared, and whether that was
/// read. It says in the body what is not as declared, in the request or in its own answer.
fn outcome(error: &Error) -> (bool, bool, bool, String) {
    let short = |body: &[u8]| String::from_utf8_lossy(body).chars().take(600).collect::<String>();
    match error {
        Error::Api(api) => {
            let problem: serde_json::Value = serde_json::from_slice(api.body()).unwrap_or_default();
            let why = format!("{}: {}", api.status(), short(api.body()));
            let kind = problem["type"].as_str().unwrap_or_default();
            let own = ["#VIOLATIONS", "#UNKNOWN", "#NO_RESPONSE_RESPONSE_DEFINED"];
            let of_answer = own.iter().any(|own| kind.ends_with(own));
            let places = problem["validation"].as_array().cloned().unwrap_or_default();
            let in_request = places.iter().any(|place| place["location"][0] != "response");
            (of_answer && !in_request, false, false, why)
        }
        Error::Decode(fault) => (true, true, false, format!("{fault}: {}", short(fault.body()))),
        other => (false, false, false, format!("{other:?}")),
    }
}
"##;
