//! Whether a text that a user gives can be the name of something. May not change it.

use restwright::name::lock::{Lock, LockedType};
use syn::Ident;

/// Gives the name of a crate back, or says what is wrong with it.
///
/// For example `acme-client` is one; `2fast`, `a b` and `fn` are none.
pub fn crate_name(text: &str) -> Result<String, String> {
    let plain = |part: char| part.is_ascii_alphanumeric() || part == '-' || part == '_';
    if text.chars().all(plain) && syn::parse_str::<Ident>(&text.replace('-', "_")).is_ok() {
        return Ok(text.to_owned());
    }
    let rule =
        "is made of ASCII letters, digits, `-` and `_`, starts with a letter and is no keyword";
    Err(format!("a crate's name {rule}"))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_crate_names_from_others() {
        for name in ["acme-client", "acme_client", "a2"] {
            assert_eq!(crate_name(name).as_deref(), Ok(name));
        }
        for other in ["", "2fast", "a b", "fn", "../up", "größe", "_", "-a\n"] {
            assert!(crate_name(other).is_err(), "{other}");
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
