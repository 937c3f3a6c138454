//! A generated client as a module of a crate that has the runtime at its root, so that many clients
//! are compiled with one runtime.

use restwright::print::{File, HEADER};
use std::fmt::Write as _;

/// Models, operations, headers, security, servers and webhooks as one file, for a module at a place
/// such as `crate::cases::unions`: what a generated crate has at `crate::models` is at `models` in
/// there. There are no features, and neither the client's handles nor its setters.
pub fn rust(place: &str, files: &[File]) -> String {
    let text = |path: &str| {
        let file = files.iter().find(|file| file.path == path);
        file.map(|file| body(&file.text)).unwrap_or_default()
    };
    let modules = |path: &str| -> Vec<String> {
        let listed = text(path);
        let names = listed.lines().filter_map(|line| {
            let name = line
                .strip_prefix("pub mod ")
                .or_else(|| line.strip_prefix("mod "))?;
            name.strip_suffix(';').map(str::to_owned)
        });
        names.collect()
    };
    let mut out = format!("{HEADER}\n");
    let models = modules("src/models.rs");
    if !models.is_empty() {
        out.push_str("\npub mod models {\n");
        for module in models {
            let path = format!("src/models/{}.rs", module.trim_start_matches("r#"));
            out.push_str(without_imports(&text(&path)));
        }
        out.push_str("\n}\n");
    }
    let operations = modules("src/operations.rs");
    if !operations.is_empty() {
        out.push_str("\npub mod operations {\n");
        for module in operations {
            let inner = text(&format!(
                "src/operations/{}.rs",
                module.trim_start_matches("r#")
            ));
            let _ = writeln!(out, "\npub mod {module} {{\n{inner}\n}}");
        }
        out.push_str("\n}\n");
    }
    for module in ["headers", "security", "servers", "webhooks"] {
        let items = text(&format!("src/{module}.rs"));
        if !items.trim().is_empty() {
            let _ = writeln!(out, "\npub mod {module} {{\n{items}\n}}");
        }
    }
    let rules = text("src/rules.rs");
    if !rules.trim().is_empty() {
        let lines = rules.lines().filter(|line| !line.starts_with("pub mod "));
        let own: Vec<&str> = lines.collect();
        let _ = writeln!(out, "\n#[allow(dead_code)]\npub mod rules {{");
        for module in modules("src/rules.rs") {
            let inner = text(&format!("src/rules/{module}.rs"));
            let _ = writeln!(out, "\npub mod {module} {{\n{inner}\n}}");
        }
        let _ = writeln!(out, "{}\n}}", own.join("\n"));
    }
    for module in ["models", "rules"] {
        let here = format!("{place}::{module}");
        out = out.replace(&format!("crate::{module}"), &here);
    }
    out
}

/// Models without what they take from other files: here all are in one.
fn without_imports(text: &str) -> &str {
    let rest = text.trim_start().strip_prefix("use super::");
    let rest = rest.and_then(|rest| rest.split_once(';'));
    rest.map_or(text, |(_, rest)| rest)
}

/// A file without its header, its own documentation and its features.
fn body(text: &str) -> String {
    let mut out = String::new();
    let mut lines = text
        .lines()
        .filter(|line| !line.starts_with("//!") && *line != HEADER);
    while let Some(line) = lines.next() {
        if !line.trim_start().starts_with("#[cfg(") {
            out.push_str(line);
            out.push('\n');
            continue;
        }
        let mut end = line;
        while !end.ends_with(")]") {
            let Some(next) = lines.next() else { break };
            end = next;
        }
    }
    let mut result = String::from("\n");
    result.push_str(out.trim());
    result.push('\n');
    result
}
