//! One run of the program, within bounds that a bomb does not keep.

use super::Files;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

/// Address space in KiB, stack of the main thread in KiB, processor time in seconds.
const BOUNDS: &str = "ulimit -v 3000000; ulimit -s 512; ulimit -t 100; exec \"$0\" \"$@\"";

/// So many findings of a run are in its outcome; of the rest, how many they are.
const MOST: usize = 12;

/// How a run ended, and what it said.
#[derive(Debug)]
pub struct Run {
    pub code: Option<i32>,
    lines: Vec<Value>,
    rest: String,
}

impl Run {
    /// Generates from `in` into `out`, by the config or the document that is there, with the overlay if there is one.
    pub fn of(parent: &Path, files: &Files) -> Run {
        let mut arguments = vec![
            "generate".to_owned(),
            "--message-format".to_owned(),
            "json".to_owned(),
        ];
        let mut add =
            |texts: &[&str]| arguments.extend(texts.iter().map(|text| (*text).to_owned()));
        let has = |name: &str| files.contains_key(name);
        if has("restwright.toml") {
            add(&["--config", "in/restwright.toml"]);
        }
        let documents = ["openapi.yaml", "openapi.json", "openapi.bin"];
        if let Some(document) = documents.into_iter().find(|name| has(name)) {
            add(&[&format!("in/{document}")]);
        }
        if has("overlay.yaml") {
            add(&["--overlay", "in/overlay.yaml"]);
        }
        if has("restwright.lock") {
            add(&["--lock", "in/restwright.lock"]);
        }
        if has("arguments") {
            let more = String::from_utf8(files["arguments"].clone()).unwrap();
            add(&more.split_whitespace().collect::<Vec<_>>());
        }
        add(&["--output", "out"]);
        let output = Command::new("sh")
            .args(["-c", BOUNDS, env!("CARGO_BIN_EXE_restwright")])
            .args(&arguments)
            .current_dir(parent)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let mut lines = Vec::new();
        let mut rest = String::new();
        for bytes in [&output.stdout, &output.stderr] {
            for line in String::from_utf8_lossy(bytes).lines() {
                match serde_json::from_str(line) {
                    Ok(value @ Value::Object(_)) => lines.push(value),
                    _ => writeln!(rest, "{}", short(line)).unwrap(),
                }
            }
        }
        Run {
            code: output.status.code(),
            lines,
            rest,
        }
    }

    /// The outcome: exit code, size of what was made, findings with code and place.
    pub fn told(&self) -> String {
        let mut out = format!("exit {}\n", self.code.unwrap_or(-1));
        let (summary, found): (Vec<&Value>, Vec<&Value>) = self
            .lines
            .iter()
            .filter(|line| line["kind"] != "file")
            .partition(|line| line["kind"] == "summary");
        for line in summary {
            writeln!(
                out,
                "{} types, {} operations",
                line["types"], line["operations"]
            )
            .unwrap();
        }
        for line in found.iter().take(MOST) {
            let text = |key: &str| short(line[key].as_str().unwrap_or_default());
            if line.get("severity").is_some() && line.get("code").is_some() {
                let place = format!("{}:{}:{}", text("file"), line["line"], line["column"]);
                let (severity, code) = (text("severity"), text("code"));
                writeln!(out, "{severity}[{code}] {place} {}", text("pointer")).unwrap();
                writeln!(out, "  {}", without_files(text("message"))).unwrap();
                if !line["help"].is_null() && code == "beyond-limit" {
                    writeln!(out, "  {}", text("help")).unwrap();
                }
            } else {
                writeln!(out, "{}", short(&line.to_string())).unwrap();
            }
        }
        if let Some(more) = found.len().checked_sub(MOST).filter(|more| *more > 0) {
            writeln!(out, "... and {more} more").unwrap();
        }
        out + &self.rest
    }
}

/// How many files a crate has depends on the runtime's, which are copied into it.
fn without_files(message: String) -> String {
    let count = message.strip_prefix("the crate has ");
    match count.and_then(|rest| rest.split_once(" files, ")) {
        Some((_, rest)) => format!("the crate has … files, {rest}"),
        None => message,
    }
}

fn short(text: &str) -> String {
    let shown: String = text.chars().take(160).collect();
    match shown.len() < text.len() {
        true => format!(
            "{}…",
            shown
                .escape_debug()
                .to_string()
                .replace("\\\"", "\"")
                .replace("\\'", "'")
        ),
        false => shown
            .escape_debug()
            .to_string()
            .replace("\\\"", "\"")
            .replace("\\'", "'"),
    }
}
