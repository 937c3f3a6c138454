//! The program that reads and writes values through the types of a generated crate.
//!
//! It depends on the crate as a user's program would, and on the runtime for the reader and the
//! writer that a client uses. Values stand in a file beside it, so that its text is short: a line per
//! type.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A value to be read and written through a type.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// The type, as Rust in a crate that knows the generated one as `client`.
    pub ty: String,
    /// The value, as JSON.
    pub text: String,
}

/// What became of a value, in the order of the checks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// What was written, as JSON.
    pub written: Option<String>,
    /// What was read, as Rust shows it.
    pub debug: Option<String>,
    /// Where and why it does not fit.
    pub fault: Option<(String, String)>,
}

/// The runtime as a crate of its own.
pub const RUNTIME: &str = "restwright_runtime::runtime";

/// The name of the program.
pub const NAME: &str = "restwright-corpus-harness";

/// Its manifest; a workspace of its own, with the generated crate in the folder `client`.
pub fn manifest(package: &str, runtime: &str) -> String {
    let string = |text: &str| toml::Value::String(text.to_owned()).to_string();
    format!(
        "[package]\nname = \"{NAME}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nclient = {{ path = \"client\", package = {} }}\n\
         restwright-runtime = {{ path = {} }}\nserde = \"1\"\nserde_json = \"1\"\n\n\
         [profile.dev]\ndebug = false\nincremental = false\n",
        string(package),
        string(runtime),
    )
}

/// Its text, which knows the runtime as the crate or module `runtime`. Checks of one type have to
/// stand together.
pub fn program(checks: &[Check], runtime: &str) -> String {
    let mut out = HEAD.replace("RUNTIME", runtime);
    let mut functions = 0;
    let mut lines = 0;
    let mut start = 0;
    while start < checks.len() {
        let ty = &checks[start].ty;
        let end = start
            + checks[start..]
                .iter()
                .take_while(|check| check.ty == *ty)
                .count();
        // Short functions are quick to compile.
        if lines % 50 == 0 {
            let close = if lines == 0 { "" } else { "}\n" };
            let _ = write!(out, "{close}\nfn part_{functions}(values: &[String]) {{\n");
            functions += 1;
        }
        let _ = writeln!(out, "    check::<{ty}>(&values[{start}..{end}]);");
        lines += 1;
        start = end;
    }
    if lines > 0 {
        out.push_str("}\n");
    }
    out.push_str("\nfn main() {\n    let values = values();\n    let _ = &values;\n");
    for function in 0..functions {
        let _ = writeln!(out, "    part_{function}(&values);");
    }
    out.push_str("}\n");
    out
}

/// The file with the values.
pub fn values(checks: &[Check]) -> String {
    let texts: Vec<&str> = checks.iter().map(|check| check.text.as_str()).collect();
    serde_json::to_string(&texts).unwrap_or_default()
}

/// What the program does; the name of the file with the values is its argument.
const HEAD: &str = r#"//! Written by the corpus runner.
#![allow(dead_code, deprecated)]

use RUNTIME::{from_slice, to_vec};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;

fn values() -> Vec<String> {
    let path = std::env::args().nth(1).expect("the file with the values");
    let text = std::fs::read_to_string(path).expect("the file can be read");
    serde_json::from_str(&text).expect("the file is a list of texts")
}

fn check<T: DeserializeOwned + Serialize + Debug>(values: &[String]) {
    for text in values {
        println!("{}", outcome::<T>(text));
    }
}

fn outcome<T: DeserializeOwned + Serialize + Debug>(text: &str) -> Value {
    let read: T = match from_slice(text.as_bytes()) {
        Ok(read) => read,
        Err(fault) => return json!({"fault": [fault.path, fault.message]}),
    };
    match to_vec(&read) {
        Ok(bytes) => json!({
            "written": String::from_utf8_lossy(&bytes),
            "debug": format!("{read:?}"),
        }),
        Err(error) => json!({"fault": ["$", format!("cannot be written: {error}")]}),
    }
}
"#;

/// Whether something that was read is of no form which its union lists, going by how Rust shows it:
/// `Unknown(Object {..})`, where `Unknown` is one of these names.
pub fn is_unlisted(debug: &str, names: &[String]) -> bool {
    let plain = without_strings(debug);
    let kinds = ["Null", "Bool(", "Number(", "String(", "Array [", "Object {"];
    names.iter().any(|name| {
        plain.match_indices(name.as_str()).any(|(start, _)| {
            let before = plain[..start].chars().next_back();
            let whole = !before.is_some_and(|before| before == '_' || before.is_alphanumeric());
            let held = plain[start + name.len()..].strip_prefix('(');
            whole && held.is_some_and(|held| kinds.iter().any(|kind| held.starts_with(kind)))
        })
    })
}

/// A text without what stands in it between quotes.
fn without_strings(debug: &str) -> String {
    let mut out = String::new();
    let mut chars = debug.chars();
    while let Some(char) = chars.next() {
        if char != '"' {
            out.push(char);
            continue;
        }
        while let Some(quoted) = chars.next() {
            match quoted {
                '\\' => drop(chars.next()),
                '"' => break,
                _ => {}
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn sees_what_no_union_lists() {
        let names = ["Unknown".to_owned()];
        let check = |value: &str, wanted: bool| {
            assert_eq!(is_unlisted(value, &names), wanted, "{value}");
        };
        check(
            &format!("A {{ b: Unknown({:?}) }}", json!({"c": "d"})),
            true,
        );
        check(&format!("Some(Unknown({:?}))", json!(null)), true);
        check(&format!("[Unknown({:?})]", json!([1])), true);
        check(&format!("Unknown({:?})", json!(true)), true);
        check(&format!("IsUnknown({:?})", json!(true)), false);
        // An open enum keeps text.
        check("Unknown(\"Object {\")", false);
        check("Text(\"Unknown(Object {\\\"\")", false);
    }

    #[test]
    fn writes_a_line_per_type() {
        let check = |ty: &str, text: &str| Check {
            ty: ty.to_owned(),
            text: text.to_owned(),
        };
        let checks = [
            check("bool", "true"),
            check("bool", "false"),
            check("Vec<i64>", "[1]"),
        ];
        let text = program(&checks, RUNTIME);
        let lines: Vec<&str> = text.lines().filter(|line| line.contains("::<")).collect();
        assert_eq!(
            lines[lines.len() - 2..],
            [
                "    check::<bool>(&values[0..2]);",
                "    check::<Vec<i64>>(&values[2..3]);"
            ]
        );
        assert!(syn::parse_file(&text).is_ok());
        assert!(syn::parse_file(&program(&[], RUNTIME)).is_ok());
    }
}
