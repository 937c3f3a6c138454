//! Documents with errors and wrong uses: exit codes and messages.

use crate::{CONFIG, expect, folder, wrong};
use std::fs;

#[test]
fn a_document_with_errors_stops_every_command() {
    let folder = folder();
    let cases = [
        ("", "the file is empty"),
        ("<html>", "this is HTML or XML"),
        ("a: [1", "did not find expected"),
        ("{\"a\":", "cut off"),
    ];
    for (text, message) in cases {
        fs::write(folder.path().join("spec/pets.yaml"), text).unwrap();
        for arguments in ["generate", "check"] {
            let said = expect(&folder, arguments, 1);
            assert!(
                said.err.contains(message) && said.err.contains("--> spec/pets.yaml:"),
                "{said:#?}"
            );
            assert!(
                said.err.ends_with("error: stopped by 1 error\n"),
                "{said:#?}"
            );
            assert_eq!(said.out, "");
        }
        assert!(expect(&folder, "lint", 1).out.contains(message));
    }
    fs::write(folder.path().join("spec/pets.yaml"), "[".repeat(1_000_000)).unwrap();
    expect(&folder, "generate", 1);
    assert!(!folder.path().join("client").exists());
}

#[test]
fn wrong_uses_exit_with_two() {
    let folder = folder();
    let spec = folder.path().join("spec");
    fs::write(spec.join("bytes"), [0x61, 0xC3, 0x28]).unwrap();
    wrong(&folder, "", "Usage: restwright");
    wrong(&folder, "frobnicate", "unrecognized subcommand");
    wrong(&folder, "generate --nope", "unexpected argument '--nope'");
    wrong(&folder, "lint --quiet --verbose", "cannot be used with");
    wrong(
        &folder,
        "generate nowhere.yaml -o out",
        "error: cannot read nowhere.yaml: ",
    );
    wrong(&folder, "generate spec -o out", "error: cannot read spec: ");
    wrong(
        &folder,
        "lint spec/bytes",
        "error: spec/bytes is not UTF-8 text: byte 1 starts no character",
    );
    wrong(
        &folder,
        "lint http://example.com/api.json",
        "error: http://example.com/api.json: http://example.com/api.json is no HTTPS address; use https",
    );
    wrong(
        &folder,
        "generate --config nowhere.toml",
        "error: cannot read nowhere.toml: ",
    );
    wrong(
        &folder,
        "generate --overlay nowhere.yaml",
        "error: cannot read nowhere.yaml: ",
    );
    wrong(
        &folder,
        "generate --name 2fast",
        "a crate's name is made of",
    );
    let configs = [
        ("inptu = 'x'\n", "unknown field `inptu`"),
        ("output = 'x'\n", "no document is named; "),
        (
            "input = 'pets.yaml'\n",
            "or `output` to spec/restwright.toml",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[crate]\nname = 'a b'\n",
            "spec/restwright.toml:4:8: `name` in [crate]: ",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[crate]\nversion = 'v3'\n",
            "spec/restwright.toml:4:11: `version` in [crate]: `v3` is no version",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[crate]\nlicense = \"MIT'\\n\"\n",
            "spec/restwright.toml:4:11: `license` in [crate]: ",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[crate]\ndescription = ''\n",
            "spec/restwright.toml:4:15: `description` in [crate]: a description is a line of text",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[client]\nidempotency_header = 'a b'\n",
            "spec/restwright.toml:4:22: `idempotency_header` in [client]: `a b` cannot be the name of a header",
        ),
        (
            "input = 'pets.yaml'\noutput = 'x'\n[names]\n'#/components/schemas/Pet' = 'a b'\n",
            "spec/restwright.toml:4:30: `a b`, wanted for #/components/schemas/Pet",
        ),
    ];
    for (config, message) in configs {
        fs::write(spec.join("restwright.toml"), config).unwrap();
        wrong(&folder, "generate", message);
    }
    fs::write(spec.join("restwright.toml"), CONFIG).unwrap();
    for lock in ["<<<<<<< ours\n", "[groups]\nPet = \"a b\"\n"] {
        fs::write(spec.join("restwright.lock"), lock).unwrap();
        wrong(&folder, "generate", "restore it from version control");
    }
}
