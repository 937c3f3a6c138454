//! The command that makes a crate up to date again. May not run it.

use super::args::Writing;
use super::selection;
use std::ffi::OsStr;

/// For example `restwright generate --config spec/restwright.toml`.
pub fn command(arguments: &Writing) -> String {
    // Who runs it by cargo, in restwright's own workspace, need not have installed it.
    let by_cargo = std::env::var("CARGO_PKG_NAME").is_ok_and(|name| name == env!("CARGO_PKG_NAME"));
    let program = if by_cargo {
        "cargo run -p restwright -- generate"
    } else {
        "restwright generate"
    };
    let reading = &arguments.reading;
    let mut words = vec![program.to_owned()];
    let mut option = |name: &str, value: Option<&OsStr>| {
        words.extend(value.map(|value| format!("{name} {}", quoted(&value.to_string_lossy()))));
    };
    option(
        "--config",
        reading.config.as_ref().map(|path| path.as_os_str()),
    );
    reading
        .overlays
        .iter()
        .for_each(|path| option("--overlay", Some(path.as_os_str())));
    option("--root", reading.root.as_ref().map(|path| path.as_os_str()));
    option(
        "--output",
        arguments.output.as_ref().map(|path| path.as_os_str()),
    );
    option("--name", arguments.name.as_ref().map(OsStr::new));
    option(
        "--lock",
        arguments.lock.as_ref().map(|path| path.as_os_str()),
    );
    for (name, text) in selection::words(&arguments.selecting) {
        option(name, Some(OsStr::new(text)));
    }
    if arguments.selecting.no_deprecated {
        words.push("--no-deprecated".to_owned());
    }
    if reading.allow_remote {
        words.push("--allow-remote".to_owned());
    }
    if reading.strict {
        words.push("--strict".to_owned());
    }
    if reading.deny_lossy {
        words.push("--deny-lossy".to_owned());
    }
    if let Some(input) = &reading.input {
        let input = input.to_string_lossy();
        let ends = if input.starts_with('-') && input != "-" {
            "-- "
        } else {
            ""
        };
        words.push(format!("{ends}{}", quoted(&input)));
    }
    words.join(" ")
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |part: char| part.is_alphanumeric() || "-_./:=@%+,".contains(part);
    if !word.is_empty() && word.chars().all(plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn quotes_what_a_shell_would_read() {
        for (word, wanted) in [
            ("a/b-c.yaml", "a/b-c.yaml"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("", "''"),
        ] {
            assert_eq!(quoted(word), wanted);
        }
    }
}
