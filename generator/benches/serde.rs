//! What serde costs a generated crate to build: `record!` of the runtime against `derive`.
//!
//! `cargo bench -p restwright --bench serde` (`-- release` for release builds, too) prints a table;
//! `generator/docs/serde.md` has one. Two crates of 300 structs with 8 fields are checked and built
//! (their dependencies before). What decoding costs is measured in `generator/runtime/bench`.

#![allow(missing_docs)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

const STRUCTS: usize = 300;
const RUNS: usize = 2;

fn main() {
    // `cargo test --benches` runs this with --test; a build of two crates is not a test.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    println!(
        "| {STRUCTS} structs of 8 fields, seconds | derive | record! | ratio |\n|---|---|---|---|"
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
                    "optional, "
                } else {
                    ""
                };
                let _ = writeln!(code, "    #[json({presence}\"field_{index}\")]");
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
        for module in ["field", "fill", "member", "record"] {
            let path = format!(
                "{}/runtime/src/runtime/{module}.rs",
                env!("CARGO_MANIFEST_DIR")
            );
            std::fs::copy(&path, source.join(format!("runtime/{module}.rs")))
                .expect("the runtime is there");
            let _ = write!(library, "pub mod {module}; ");
        }
        library.push_str(
            "pub use field::Field; pub use fill::{Fill, Missing}; pub(crate) use record::{record, wire};\n\
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
