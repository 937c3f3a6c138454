//! `restwright init`: a config to start from. May not overwrite one.

use super::args::Init;
use super::console::Console;
use super::failure::Failure;
use super::{DONE, file, path};
use restwright::config::FILE;
use restwright::fetch;
use serde_json::json;
use std::path::Path;

/// Documents that are taken when none is named.
const USUAL: [&str; 5] = [
    "openapi.yaml",
    "openapi.yml",
    "openapi.json",
    "swagger.yaml",
    "swagger.json",
];

/// Runs it.
pub fn run(cx: &mut Console, arguments: &Init) -> Result<u8, Failure> {
    let input = match &arguments.input {
        Some(input) if fetch::is_address(input) => input.to_string_lossy().into_owned(),
        Some(input) => slashes(&path::seen_from(&arguments.dir, input)),
        None => usual(&arguments.dir).to_owned(),
    };
    let place = if arguments.dir == Path::new(".") {
        FILE.into()
    } else {
        arguments.dir.join(FILE)
    };
    file::create(&place, &text(&input, arguments.name.as_deref()))?;
    let place = place.display().to_string();
    cx.result(
        &format!("created {place}"),
        &json!({"kind": "file", "change": "created", "path": place}),
    );
    // Without `--config` a config is found in these two folders only.
    let found = [".", "spec"]
        .iter()
        .any(|folder| arguments.dir == Path::new(folder));
    let option = if found {
        String::new()
    } else {
        format!(" --config {place}")
    };
    cx.remark(&format!(
        "next: look through it, then run `restwright generate{option}`"
    ));
    Ok(DONE)
}

fn usual(folder: &Path) -> &'static str {
    USUAL
        .into_iter()
        .find(|name| folder.join(name).is_file())
        .unwrap_or(USUAL[0])
}

/// A path as a config has it on every system.
fn slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' {
        text.into_owned()
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}

/// The config, each entry explained.
fn text(input: &str, name: Option<&str>) -> String {
    let quote = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let output = name.unwrap_or("client");
    let name = match name {
        Some(name) => format!("name = {}", quote(name)),
        None => "# name = \"acme-client\"".to_owned(),
    };
    format!(
        r##"# What `restwright generate` reads and writes. Paths are relative to the folder of this file.

# The OpenAPI document, JSON or YAML: a file or an https address.
input = {input}

# The folder that files which the document refers to must be in, unless it is the document's own.
# root = ".."

# Whether https addresses that the document refers to are read too.
# allow-remote = true

# OpenAPI Overlays (1.0 or 1.1) that correct the document, applied in this order. Without `input`, the
# document is the one that they are for (`extends`).
overlays = []

# The folder of the generated crate. It belongs to restwright: do not edit what is in it.
output = {output}

# The part of the document that is generated, with the types it needs; all of it, unless something is
# said here. Patterns of one list are alternatives, lists hold together, `*` stands for any text.
[select]
# tags = ["Account", "Lead*"]
# operations = ["listAccounts", "GET /leads/*"]
# paths = ["/v2/*"]
# methods = ["get", "post"]
# deprecated = false
# exclude.paths = ["*/internal/*"]

# The manifest of the generated crate.
[crate]
# The document's title, unless given.
{name}
# version = "0.1.0"
# An SPDX expression.
# license = "MIT OR Apache-2.0"
# description = "A client for the Acme API"

# The generated client.
[client]
# The environment variable that has the token; gives `Client::from_env`.
# token_env = "ACME_API_KEY"
# The header in which the server takes idempotency keys; calls that are not safe to repeat carry one.
# idempotency_header = "Idempotency-Key"

# How much the document may take; these are some of the bounds, as they are if nothing is said.
[limits]
# values = 5_000_000
# text-mib = 64
# types = 200_000
# output-mib = 512
# seconds = 300

# Names that you want, by the place of what is to have them, as diagnostics show it. Other names
# follow from the document, and stay what they are as long as they are in restwright.lock.
[names]
# "#/components/schemas/def-12" = "Account"
# "#/paths/~1accounts/get" = "list"
"##,
        input = quote(input),
        output = quote(output),
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::text;
    use restwright::config::Config;
    use std::path::Path;

    #[test]
    fn what_is_written_is_a_config() {
        let config: Config = toml::from_str(&text("it's \"new\".yaml", Some("acme"))).unwrap();
        assert_eq!(
            config.input.as_deref(),
            Some(Path::new("it's \"new\".yaml"))
        );
        assert_eq!(config.output.as_deref(), Some(Path::new("acme")));
        assert_eq!(config.package.name.as_deref(), Some("acme"));
        let bare: Config = toml::from_str(&text("openapi.yaml", None)).unwrap();
        let wanted = Config {
            input: Some("openapi.yaml".into()),
            output: Some("client".into()),
            ..Config::default()
        };
        assert_eq!(bare, wanted);
        // The commented lines are entries too.
        let open = text("openapi.yaml", None)
            .replace("# name", "name")
            .replace("# version", "version")
            .replace("# license", "license");
        let open = open
            .replace("# description", "description")
            .replace("# token_env", "token_env")
            .replace("# idempotency_header", "idempotency_header")
            .replace("# root", "root")
            .replace("# allow-remote", "allow-remote")
            .replace("# tags", "tags")
            .replace("# operations = [\"l", "operations = [\"l")
            .replace("# paths", "paths")
            .replace("# methods", "methods")
            .replace("# deprecated", "deprecated")
            .replace("# exclude", "exclude")
            .replace("# \"#", "\"#");
        let open: Config = toml::from_str(&open).unwrap();
        assert_eq!(
            (open.names.len(), open.client.token_env.as_deref()),
            (2, Some("ACME_API_KEY"))
        );
        let select = &open.select;
        assert_eq!(
            (select.tags.len(), select.methods.len(), select.deprecated),
            (2, 2, Some(false))
        );
        assert_eq!(select.exclude.paths[0].text, "*/internal/*");
        assert_eq!(
            (open.root.as_deref(), open.allow_remote),
            (Some(Path::new("..")), true)
        );
    }
}
