//! Whether a text can be the name of a crate. May not change it.

/// Gives the name back, or says what is wrong with it.
///
/// For example `acme-client` is one; `2fast`, `a b` and `fn` are none.
pub fn parse(text: &str) -> Result<String, String> {
    let plain = text
        .chars()
        .all(|part| part.is_ascii_alphanumeric() || part == '-' || part == '_');
    if plain && syn::parse_str::<syn::Ident>(&text.replace('-', "_")).is_ok() {
        return Ok(text.to_owned());
    }
    Err("a crate's name is made of ASCII letters, digits, `-` and `_`, starts with a letter and is no keyword".to_owned())
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn tells_names_from_others() {
        for name in ["acme-client", "acme_client", "a2"] {
            assert_eq!(parse(name).as_deref(), Ok(name));
        }
        for other in ["", "2fast", "a b", "fn", "../up", "größe", "_", "-a\n"] {
            assert!(parse(other).is_err(), "{other}");
        }
    }
}
