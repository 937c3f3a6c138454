//! Whether a text that a user gives can be the name of something. May not change it.

use crate::config::Config;
use crate::name::lock::{Lock, LockedType};
use syn::Ident;

/// Gives the name of a crate back, or says what is wrong with it; for an argument.
///
/// # Errors
/// It can be none.
pub fn named(text: &str) -> Result<String, String> {
    crate_name(text).map(|()| text.to_owned())
}

/// Says what is wrong with the name of a crate, if it can be none.
///
/// For example `acme-client` is one; `2fast`, `a b`, `fn` and `std` are none.
///
/// # Errors
/// It is as this says.
pub fn crate_name(text: &str) -> Result<(), String> {
    let plain = |part: char| part.is_ascii_alphanumeric() || part == '-' || part == '_';
    let module = text.replace('-', "_");
    if ["std", "core", "alloc", "test", "proc_macro"].contains(&module.as_str()) {
        return Err(format!("`{text}` is a crate of Rust's own"));
    }
    if text.chars().all(plain) && syn::parse_str::<Ident>(&module).is_ok() {
        return Ok(());
    }
    let rule =
        "is made of ASCII letters, digits, `-` and `_`, starts with a letter and is no keyword";
    Err(format!("a crate's name {rule}"))
}

/// Says what is wrong with the version of a crate, if it is none.
///
/// For example `1.2.0-rc.1` is one; `v3`, `1.0.0.1` and `2024-01-01` are none.
///
/// # Errors
/// It is as this says.
pub fn version(text: &str) -> Result<(), String> {
    semver::Version::parse(text).map(drop).map_err(|reason| {
        format!("`{text}` is no version ({reason}); write three numbers, for example 0.1.0")
    })
}

/// Says what is wrong with a licence, if it cannot be an SPDX expression.
///
/// # Errors
/// It is as this says.
pub fn license(text: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || " -.+:()".contains(c);
    if text.chars().all(fits) && text.chars().any(char::is_alphanumeric) {
        return Ok(());
    }
    Err(format!(
        "`{}` is no SPDX expression, such as `MIT OR Apache-2.0`",
        text.escape_debug()
    ))
}

/// Says what is wrong with a description: a manifest has it in a line.
///
/// # Errors
/// It is as this says.
pub fn description(text: &str) -> Result<(), String> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("a description is a line of text".to_owned());
    }
    Ok(())
}

/// Says what is wrong with the name of a header, if it can be none.
///
/// # Errors
/// It is as this says.
pub fn header(text: &str) -> Result<(), String> {
    let fits = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if !text.is_empty() && text.chars().all(fits) {
        return Ok(());
    }
    Err(format!(
        "`{}` cannot be the name of a header",
        text.escape_debug()
    ))
}

/// Whether Rust takes a text as an identifier, if need be a raw one.
pub fn is_identifier(text: &str) -> bool {
    let raw = || syn::parse_str::<Ident>(&format!("r#{text}"));
    !text.contains('#') && (syn::parse_str::<Ident>(text).is_ok() || raw().is_ok())
}

/// The first name in a lock that is no identifier: someone has edited it.
pub fn odd_name(lock: &Lock) -> Option<&str> {
    let members = lock
        .types
        .values()
        .flat_map(|known: &LockedType| &known.members);
    let members = members.filter_map(|member| member.split('=').next());
    let whole = lock
        .groups
        .values()
        .chain(lock.operations.values().flatten())
        .chain(lock.types.keys());
    whole
        .map(String::as_str)
        .chain(members)
        .find(|name| !is_identifier(name))
}

/// A value in a config that cannot be used.
pub struct Problem<'c> {
    /// The table that it is in.
    pub table: &'static str,
    /// Its key there.
    pub key: &'c str,
    /// What is wrong, and what to do.
    pub message: String,
}

/// The first value in a config that cannot be what it is for.
pub fn problem(config: &Config) -> Option<Problem<'_>> {
    type Check = fn(&str) -> Result<(), String>;
    let package = &config.package;
    let keys = &config.client.idempotency_header;
    let checks: [(_, _, _, Check); 5] = [
        ("crate", "name", &package.name, crate_name),
        ("crate", "version", &package.version, version),
        ("crate", "license", &package.license, license),
        ("crate", "description", &package.description, description),
        ("client", "idempotency_header", keys, header),
    ];
    for (table, key, text, check) in checks {
        if let Some(Err(message)) = text.as_deref().map(check) {
            return Some(Problem {
                table,
                key,
                message: format!("`{key}` in [{table}]: {message}"),
            });
        }
    }
    let mut names = config.names.iter();
    let (place, name) = names.find(|(_, name)| !is_identifier(name))?;
    Some(Problem {
        table: "names",
        key: place,
        message: format!(
            "`{name}`, wanted for {place} in [names], is no Rust identifier; choose another name"
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_crate_names_from_others() {
        for name in ["acme-client", "acme_client", "a2"] {
            assert_eq!(named(name).as_deref(), Ok(name));
        }
        for other in [
            "",
            "2fast",
            "a b",
            "fn",
            "../up",
            "größe",
            "_",
            "-a\n",
            "std",
            "proc-macro",
        ] {
            assert!(crate_name(other).is_err(), "{other}");
        }
    }

    #[test]
    fn tells_what_a_manifest_takes() {
        for text in ["0.1.0", "1.2.0-rc.1", "1.0.0+2024-01-01"] {
            assert_eq!(version(text), Ok(()));
        }
        for text in [
            "",
            "v3",
            "1.0.0.1",
            "VERSION",
            "2024-01-01",
            "1.0",
            "1.0.0\"",
        ] {
            assert!(version(text).is_err(), "{text}");
        }
        for text in ["MIT", "(MIT OR Apache-2.0) AND Unicode-3.0", "LicenseRef-x"] {
            assert_eq!(license(text), Ok(()));
        }
        for text in ["", " ", "MIT\"]\n[x]", "MIT, BSD"] {
            assert!(license(text).is_err(), "{text}");
        }
        assert_eq!(description("A client; \"quoted\"]"), Ok(()));
        assert!(description(" ").is_err() && description("a\nb").is_err());
    }

    #[test]
    fn tells_headers_from_others() {
        assert_eq!(header("Idempotency-Key"), Ok(()));
        for other in ["", "a b", "a:", "ü", "a\n"] {
            assert!(header(other).is_err(), "{other}");
        }
    }

    #[test]
    fn tells_identifiers_from_others() {
        for name in ["Pet", "fn", "größe", "a2"] {
            assert!(is_identifier(name), "{name}");
        }
        for other in ["", "a b", "2a", "self", "_", "crate", "r#fn", "a-b"] {
            assert!(!is_identifier(other), "{other}");
        }
    }

    #[test]
    fn finds_an_edited_name() {
        let lock = |member: &str| {
            let members = vec!["fine".to_owned(), member.to_owned()];
            let known = LockedType {
                members,
                ..LockedType::default()
            };
            Lock {
                types: [("Pet".to_owned(), known)].into(),
                ..Lock::default()
            }
        };
        assert_eq!(odd_name(&lock("r_type=type!")), None);
        assert_eq!(odd_name(&lock("not so=x")), Some("not so"));
    }
}
