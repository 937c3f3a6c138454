//! `init`, `completions`, help, and a reader that goes away.

use crate::{command, expect, folder, said, wrong};
use std::fs;
use std::process::Stdio;
use tempfile::TempDir;

#[test]
fn init_writes_a_config_once() {
    let folder = TempDir::new().unwrap();
    let said = expect(&folder, "init api/spec --input api/zoo.yaml --name zoo", 0);
    assert_eq!(said.out, "created api/spec/restwright.toml\n");
    assert!(
        said.err
            .contains("`restwright generate --config api/spec/restwright.toml`"),
        "{said:#?}"
    );
    let place = folder.path().join("api/spec/restwright.toml");
    let config = fs::read_to_string(&place).unwrap();
    assert!(
        config.contains("\ninput = \"../zoo.yaml\"\n") && config.contains("\nname = \"zoo\"\n"),
        "{config}"
    );
    fs::write(&place, "# mine\n").unwrap();
    wrong(
        &folder,
        "init api/spec",
        "api/spec/restwright.toml is already there",
    );
    assert_eq!(fs::read_to_string(&place).unwrap(), "# mine\n");

    fs::write(
        folder.path().join("openapi.json"),
        "{\"openapi\":\"3.0.0\",\"info\":{\"title\":\"t\",\"version\":\"1\"},\"paths\":{}}",
    )
    .unwrap();
    expect(&folder, "init", 0);
    assert!(
        expect(&folder, "generate", 0)
            .out
            .contains("\nclient: 0 types, 0 operations, ")
    );
    expect(&folder, "check", 0);
}

#[test]
fn helps() {
    let folder = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(
            expect(&folder, &format!("completions {shell}"), 0)
                .out
                .contains("restwright"),
            "{shell}"
        );
    }
    wrong(&folder, "completions cmd", "invalid value 'cmd'");
    for command in [
        "",
        "generate",
        "check",
        "lint",
        "diff",
        "drift",
        "init",
        "completions",
    ] {
        let help = expect(&folder, &format!("{command} --help"), 0).out;
        assert!(
            help.contains("EXAMPLES\n  restwright "),
            "{command}: {help}"
        );
    }
    assert_eq!(
        expect(&folder, "--version", 0).out,
        format!("restwright {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let folder = folder();
    let mut child = command(folder.path(), &["completions", "bash"]);
    let mut child = child
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let said = said(child.wait_with_output().unwrap());
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
}
