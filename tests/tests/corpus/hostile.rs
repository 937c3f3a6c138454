//! Hostile documents of which a crate is made: it compiles and is documented, both without a warning.
//!
//! That of the texts is the crate, with its manifest and all its files. Those that a person can read are
//! modules of it, so that all of them cost one build.

use super::{TARGET, compiled, file};

#[path = "../../../generator/tests/hostile/breakouts.rs"]
mod breakouts;

use restwright::config::Config;
use restwright::fetch::{Access, linked};
use restwright::source::Source;
use restwright::{Generated, Inputs, generate};
use restwright_tests::corpus::{self, module};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// Folders of `tests/hostile` from which something is generated, with what that is named after.
const READABLE: [&str; 9] = [
    "cycle_discriminators",
    "cycle_dynamic",
    "cycle_files",
    "cycle_maps",
    "cycle_schemas",
    "cycle_units",
    "huge_numbers",
    "nonsense",
    "patterns",
];

fn made(source: Source) -> Generated {
    let name = source.name.clone();
    let files = linked(&source, &[], &Access::default());
    let mut config = Config::default();
    config.package.name = Some("hostile-client".to_owned());
    config.client.validate = true;
    let inputs = Inputs {
        files: files.expect("the folder can be read"),
        config,
        ..corpus::inputs(source)
    };
    let mut report = inputs.report();
    let made = generate(&inputs, &mut report);
    made.unwrap_or_else(|error| panic!("{name}: {error}\n{}", report.render_text()))
}

#[test]
fn hostile_documents_are_compiled_and_documented() {
    let texts = breakouts::document(breakouts::TEXTS).to_string();
    let mut crate_of_texts = made(Source::new("openapi.json", texts));
    let library = file(&mut crate_of_texts, "src/lib.rs");
    for name in READABLE {
        let folder = corpus::root().join("tests/hostile").join(name);
        let source = Source::read(&folder.join("openapi.yaml")).expect("the document is there");
        let module = module::rust(&format!("crate::{name}"), &made(source).files);
        let _ = write!(
            library,
            "\n/// From `{name}`.\n#[allow(dead_code, unused_imports)]\npub mod {name} {{\n{module}\n}}\n"
        );
    }
    let folder = compiled("hostile", crate_of_texts);
    documented(&folder, &corpus::root().join(TARGET));
}

/// Has rustdoc read what stands above the items.
fn documented(folder: &Path, target: &Path) {
    let output = Command::new("cargo")
        .args(["doc", "--offline", "--quiet", "--no-deps"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}
