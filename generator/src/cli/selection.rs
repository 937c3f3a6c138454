//! The options that select a part of the document: over the config's, and as words again.
//!
//! May not know what they select.

use super::args::Selecting;
use restwright::config::{Pattern, Select};

/// Puts what is given in the place of what the config says of the same thing.
pub fn apply(given: &Selecting, to: &mut Select) {
    let not = &mut to.exclude;
    let lists = [
        &mut to.tags,
        &mut to.operations,
        &mut to.paths,
        &mut to.methods,
        &mut not.tags,
        &mut not.operations,
        &mut not.paths,
        &mut not.methods,
    ];
    for ((option, texts), list) in options(given).into_iter().zip(lists) {
        if !texts.is_empty() {
            let pattern = |text: &String| Pattern {
                text: text.clone(),
                file: option.to_owned(),
                place: None,
            };
            *list = texts.iter().map(pattern).collect();
        }
    }
    if given.no_deprecated {
        to.deprecated = Some(false);
    }
}

/// The options with what they are given, in the order in which [`apply`] takes them.
fn options(given: &Selecting) -> [(&'static str, &[String]); 8] {
    [
        ("--tag", &given.tags),
        ("--operation", &given.operations),
        ("--path", &given.paths),
        ("--method", &given.methods),
        ("--exclude-tag", &given.exclude_tags),
        ("--exclude-operation", &given.exclude_operations),
        ("--exclude-path", &given.exclude_paths),
        ("--exclude-method", &given.exclude_methods),
    ]
}

/// The options with one value each, as they were given.
pub fn words(given: &Selecting) -> Vec<(&'static str, &str)> {
    let options = options(given).into_iter();
    options
        .flat_map(|(option, texts)| texts.iter().map(move |text| (option, text.as_str())))
        .collect()
}
