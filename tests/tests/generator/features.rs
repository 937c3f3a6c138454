//! A tag's feature alone, with what can be added: what its operations need is there, and nothing is left over.

use super::regenerate::root;
use std::process::Command;

/// The rest of the tags are like these: few types, some, those that most others refer to.
const TAGS: [&str; 3] = ["workspace-billing", "inbox-placement-test", "lead"];

#[test]
fn a_tag_alone_is_a_client() {
    for tag in TAGS {
        let check = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--quiet", "--no-default-features"])
            .args([
                "--features",
                &format!("rustls,tracing,blocking,mock,recorder,{tag}"),
            ])
            .current_dir(root().join("generated-client"))
            .env("CARGO_TARGET_DIR", root().join("target/generated"))
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{tag}\n{said}");
    }
}
