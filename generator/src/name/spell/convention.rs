//! By which convention a text is written, in words.
//!
//! May not look at what it says.

/// What tells two texts apart whose words are the same: `lookAlike` is camel, `look_alike` snake.
pub fn style(text: &str) -> &'static str {
    let upper = text.chars().any(char::is_uppercase);
    let lower = text.chars().any(char::is_lowercase);
    let starts_upper = text.starts_with(char::is_uppercase);
    if !text.is_empty() && !text.chars().any(char::is_alphanumeric) {
        "symbol"
    } else if text.contains('-') {
        "kebab"
    } else if text.contains('_') && !lower {
        "shouty"
    } else if text.contains('_') {
        "snake"
    } else if text.contains(' ') {
        "spaced"
    } else if text.contains('.') {
        "dotted"
    } else {
        match (upper, lower, starts_upper) {
            (true, false, _) => "upper",
            (true, true, true) => "capital",
            (true, true, false) => "camel",
            (false, ..) => "lower",
        }
    }
}

/// What tells two texts apart that differ in the case of their letters only.
pub fn letters(text: &str) -> &'static str {
    let upper = |c: char| c.is_uppercase();
    let letters: Vec<char> = text.chars().collect();
    let words = || {
        text.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if letters.iter().all(|c| !c.is_lowercase()) {
        "all caps"
    } else if letters
        .windows(2)
        .any(|pair| pair.iter().copied().all(upper))
    {
        "acronym"
    } else if words().all(|word| word.starts_with(upper)) {
        "title case"
    } else if text.starts_with(upper) && !words().skip(1).any(|word| word.contains(upper)) {
        "sentence case"
    } else if text.contains(upper) {
        "mixed case"
    } else {
        "lower case"
    }
}
