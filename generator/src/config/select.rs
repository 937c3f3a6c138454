//! `[select]`: the part of a document that is wanted.

use serde::{Deserialize, Deserializer};

/// The operations that are generated, with the types they need. Patterns of one list are alternatives,
/// lists hold together; in a pattern `*` stands for any text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Select {
    /// Only operations with one of these tags.
    #[serde(deserialize_with = "patterns")]
    pub tags: Vec<Pattern>,
    /// Only these operations: ids, or methods and paths such as `GET /pets`.
    #[serde(deserialize_with = "patterns")]
    pub operations: Vec<Pattern>,
    /// Only operations at these paths.
    #[serde(deserialize_with = "patterns")]
    pub paths: Vec<Pattern>,
    /// Only operations with one of these methods.
    #[serde(deserialize_with = "patterns")]
    pub methods: Vec<Pattern>,
    /// Whether there are deprecated operations; there are unless this is false.
    pub deprecated: Option<bool>,
    /// What is left out of these.
    pub exclude: Exclude,
}

/// The operations that are not generated; one reason is enough.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Exclude {
    /// No operations with one of these tags.
    #[serde(deserialize_with = "patterns")]
    pub tags: Vec<Pattern>,
    /// None of these operations: ids, or methods and paths.
    #[serde(deserialize_with = "patterns")]
    pub operations: Vec<Pattern>,
    /// No operations at these paths.
    #[serde(deserialize_with = "patterns")]
    pub paths: Vec<Pattern>,
    /// No operations with one of these methods.
    #[serde(deserialize_with = "patterns")]
    pub methods: Vec<Pattern>,
}

/// A pattern and where it was given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pattern {
    /// The text, in which `*` stands for any text.
    pub text: String,
    /// The file that it stands in, or the option that gave it.
    pub file: String,
    /// Its line and column there; none for an option.
    pub place: Option<(usize, usize)>,
}

impl Select {
    /// Whether everything is wanted.
    pub fn is_all(&self) -> bool {
        *self == Select::default()
            || *self
                == Select {
                    deprecated: Some(true),
                    ..Select::default()
                }
    }

    /// All patterns, to say where they stand.
    pub fn patterns_mut(&mut self) -> impl Iterator<Item = &mut Pattern> {
        let not = &mut self.exclude;
        let lists = [
            &mut self.tags,
            &mut self.operations,
            &mut self.paths,
            &mut self.methods,
            &mut not.tags,
            &mut not.operations,
            &mut not.paths,
            &mut not.methods,
        ];
        lists.into_iter().flatten()
    }
}

/// Patterns with their positions in the text; [`Config::read`](super::Config::read) makes lines of them.
fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pattern>, D::Error> {
    let texts = Vec::<toml::Spanned<String>>::deserialize(deserializer)?;
    let pattern = |text: toml::Spanned<String>| Pattern {
        place: Some((text.span().start, 0)),
        text: text.into_inner(),
        file: String::new(),
    };
    Ok(texts.into_iter().map(pattern).collect())
}

/// Whether a text is like a pattern, in which `*` stands for any text.
pub fn is_like(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return pattern == text;
    };
    let Some(mut text) = text.strip_prefix(start) else {
        return false;
    };
    let mut pieces: Vec<&str> = rest.split('*').collect();
    let end = pieces.pop().unwrap_or_default();
    for piece in pieces {
        let Some(at) = text.find(piece) else {
            return false;
        };
        text = text.get(at + piece.len()..).unwrap_or_default();
    }
    text.ends_with(end)
}
