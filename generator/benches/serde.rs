//! What serde costs a generated crate: `record!` of the runtime against `derive`.
//!
//! `cargo bench -p restwright --bench serde` (`-- decode` for the first half, `-- release` for release builds, too) prints a table; `generator/docs/serde.md` has one. Two
//! crates of 300 structs with 8 fields are checked and built (their dependencies before), and one
//! struct of 8 and one of 30 fields is decoded in order, in reverse order, and with unknown members.

#![allow(missing_docs)]

use serde::de::DeserializeOwned;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

// The part of the runtime that `record!` stands on; the rest would need its HTTP dependencies.
#[path = "../runtime/src/runtime/field.rs"]
#[allow(dead_code)]
mod field;
#[path = "../runtime/src/runtime/fill.rs"]
#[allow(dead_code, unused_imports, unused_macros)]
mod fill;
#[path = "../runtime/src/runtime/record.rs"]
#[allow(dead_code, unused_imports)]
mod record;
use field::Field;
use fill::{Fill, Missing};
use serde_json::Value;
type Map<V> = std::collections::BTreeMap<String, V>;

mod runtime {
    // Both the module and the macro of this name.
    pub(crate) use super::record;
    pub(crate) use super::record::record;
}

const STRUCTS: usize = 300;
const RUNS: usize = 2;

/// A struct with a text, a number, a flag, an optional text, and so on, in both ways.
macro_rules! both {
    ($($field:ident: $ty:ty),* $(,)?) => {
        mod table {
            crate::runtime::record! {
                pub struct Row { $(pub $field: $ty,)* }
            }
        }
        mod derived {
            #[derive(serde::Deserialize)]
            #[allow(dead_code)]
            pub struct Row { $(pub $field: $ty,)* }
        }
        const FIELDS: &[&str] = &[$(stringify!($field)),*];
    };
}

mod eight {
    both! { a1: String, a2: i64, a3: bool, a4: String, a5: f64, a6: i64, a7: String, a8: bool }

    pub fn run() {
        super::decode::<table::Row, derived::Row>(FIELDS, &|row| row.a1.len(), &|row| row.a1.len());
    }
}

mod thirty {
    both! {
        first_name: String, last_name: String, daily_limit: i64, organization: String, open: bool,
        email: String, job_title: String, opens: i64, clicks: i64, replies: i64, website: String,
        phone: String, campaign: String, verified: bool, weight: f64, created: String, updated: String,
        company: String, domain: String, step: i64, variant: i64, status: i64, label: String,
        payload: String, owner: String, list: String, bounced: bool, paused: bool, score: f64, note: String,
    }

    pub fn run() {
        super::decode::<table::Row, derived::Row>(FIELDS, &|row| row.first_name.len(), &|row| {
            row.first_name.len()
        });
    }
}

fn main() {
    println!("| decode, ns per struct | derive | record! | ratio |\n|---|---|---|---|");
    eight::run();
    thirty::run();
    // `cargo test --benches` runs this with --test; a build of two crates is not a test.
    let decode_only = std::env::args().any(|argument| argument == "decode");
    if decode_only || !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "\n| {STRUCTS} structs of 8 fields, seconds | derive | record! | ratio |\n|---|---|---|---|"
    );
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("serde-bench");
    let derive = write_crate(&folder.join("derive"), true);
    let table = write_crate(&folder.join("table"), false);
    // A release build of both takes a quarter of an hour; give `release` to have it.
    let release = std::env::args().any(|argument| argument == "release");
    let builds = [("check", vec!["check"]), ("debug build", vec!["build"])];
    let release = release.then(|| ("release build", vec!["build", "--release"]));
    for (name, arguments) in builds.into_iter().chain(release) {
        let (derive, table) = (build(&derive, &arguments), build(&table, &arguments));
        println!(
            "| {name} | {derive:.2} | {table:.2} | {:.2} |",
            table / derive
        );
    }
}

fn decode<T: DeserializeOwned, D: DeserializeOwned>(
    fields: &[&str],
    table: &dyn Fn(&T) -> usize,
    derived: &dyn Fn(&D) -> usize,
) {
    let members: Vec<String> = fields.iter().map(|field| member::<D>(field)).collect();
    let mut reversed = members.clone();
    reversed.reverse();
    let unknown: Vec<String> = members
        .iter()
        .enumerate()
        .flat_map(|(n, m)| [m.clone(), format!("\"new{n}\":[1,{{}}]")])
        .collect();
    for (order, members) in [
        ("in order", members),
        ("reversed", reversed),
        ("with unknown members", unknown),
    ] {
        let text = format!("{{{}}}", members.join(","));
        let by_derive = time(|| serde_json::from_str::<D>(&text).map(|row| derived(&row)));
        let by_table = time(|| serde_json::from_str::<T>(&text).map(|row| table(&row)));
        println!(
            "| {} fields, {order} | {by_derive:.0} | {by_table:.0} | {:.2} |",
            fields.len(),
            by_table / by_derive
        );
    }
}

/// A member with a value that its field takes: the first of a text, a number and a flag that does.
fn member<D: DeserializeOwned>(field: &str) -> String {
    let kinds = ["\"some text\"", "12345", "true"];
    let fits = |value: &str| {
        let text = format!("{{\"{field}\":{value}}}");
        // The error names the first member that is missing or wrong; wrong comes first here.
        match serde_json::from_str::<D>(&text) {
            Ok(_) => true,
            Err(error) => error.to_string().starts_with("missing field"),
        }
    };
    let value = kinds
        .into_iter()
        .find(|value| fits(value))
        .unwrap_or("null");
    format!("\"{field}\":{value}")
}

/// Nanoseconds of one call: the best of several rounds, so that a busy machine counts little.
fn time<T>(mut call: impl FnMut() -> T) -> f64 {
    let mut best = Duration::MAX;
    for _ in 0..20 {
        let start = Instant::now();
        for _ in 0..2000 {
            std::hint::black_box(call());
        }
        best = best.min(start.elapsed());
    }
    best.as_nanos() as f64 / 2000.0
}

fn write_crate(folder: &Path, derive: bool) -> PathBuf {
    let mut code = String::new();
    for n in 0..STRUCTS {
        let fields = [
            "String",
            "i64",
            "bool",
            "Option<String>",
            "f64",
            "Option<i64>",
            "Vec<String>",
            "String",
        ];
        if derive {
            let _ = writeln!(
                code,
                "#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]"
            );
        } else {
            let _ = writeln!(code, "crate::runtime::record! {{");
        }
        let _ = writeln!(code, "pub struct Row{n} {{");
        for (index, ty) in fields.iter().enumerate() {
            if !derive {
                let presence = if ty.starts_with("Option") {
                    "optional"
                } else {
                    "required"
                };
                let _ = writeln!(code, "    #[json({presence})]");
            } else if ty.starts_with("Option") {
                let _ = writeln!(
                    code,
                    "    #[serde(skip_serializing_if = \"Option::is_none\")]"
                );
            }
            let _ = writeln!(code, "    pub field_{index}: {ty},");
        }
        code.push_str(if derive { "}\n" } else { "}\n}\n" });
        // What a client does with each type, so that a build makes its code.
        let _ = writeln!(
            code,
            "pub fn read{n}(bytes: &[u8]) -> serde_json::Result<Row{n}> {{ serde_json::from_slice(bytes) }}\n\
             pub fn write{n}(row: &Row{n}) -> serde_json::Result<Vec<u8>> {{ serde_json::to_vec(row) }}"
        );
    }
    let source = folder.join("src");
    std::fs::create_dir_all(source.join("runtime")).expect("the target folder can be written");
    let mut library = String::from("mod models; pub use models::*;\n");
    if !derive {
        library.push_str("mod runtime { ");
        for module in ["field", "fill", "record"] {
            let path = format!(
                "{}/runtime/src/runtime/{module}.rs",
                env!("CARGO_MANIFEST_DIR")
            );
            std::fs::copy(&path, source.join(format!("runtime/{module}.rs")))
                .expect("the runtime is there");
            let _ = write!(library, "pub mod {module}; ");
        }
        library.push_str(
            "pub use field::Field; pub use fill::{Fill, Missing}; pub(crate) use record::record;\n\
             pub type Map<V> = std::collections::BTreeMap<String, V>; }\n",
        );
    }
    let features = if derive { "\"derive\"" } else { "\"std\"" };
    let manifest = format!(
        "[package]\nname = \"bench\"\nversion = \"0.1.0\"\nedition = \"2024\"\n[workspace]\n[dependencies]\n\
         serde = {{ version = \"1\", features = [{features}] }}\nserde_json = \"1\"\n"
    );
    for (path, text) in [
        ("Cargo.toml", &manifest),
        ("src/lib.rs", &library),
        ("src/models.rs", &code),
    ] {
        std::fs::write(folder.join(path), text).expect("the target folder can be written");
    }
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    std::fs::copy(lock, folder.join("Cargo.lock")).expect("the workspace has a lock");
    folder.to_owned()
}

/// Seconds that cargo takes for the crate alone: the best of several runs.
fn build(folder: &Path, arguments: &[&str]) -> f64 {
    let cargo = |touch: bool| {
        if touch {
            let library = folder.join("src/lib.rs");
            let text = std::fs::read_to_string(&library).expect("it was written before");
            std::fs::write(&library, format!("{text}\n"))
                .expect("the target folder can be written");
        }
        let start = Instant::now();
        let status = Command::new(env!("CARGO"))
            .args(arguments)
            .args(["--offline", "--quiet"])
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .current_dir(folder)
            .status();
        assert!(
            status.is_ok_and(|status| status.success()),
            "the crate builds"
        );
        start.elapsed().as_secs_f64()
    };
    cargo(false);
    (0..RUNS).map(|_| cargo(true)).fold(f64::MAX, f64::min)
}
