//! A text → a value, or what is wrong with it and where.

use serde::de::DeserializeSeed;
use serde_json::Value;

use super::value::ValueSeed;
use super::{Format, ParseError, Place, first_place, halves, json, without_place, yaml};
use crate::limits::Limits;

/// The text as one value; a large one is read in two halves where it has such.
pub(super) fn parse(text: &str, format: Format, limits: &Limits) -> Result<Value, ParseError> {
    check_content(text)?;
    // Each has half of what there may be, so both together have no more.
    let half = Limits {
        values: limits.values / 2,
        text_mib: limits.text_mib / 2,
        ..limits.clone()
    };
    let read = |text: &str| {
        let seed = ValueSeed::new(format, &half);
        match format {
            Format::Json => read_json(text, &seed).ok(),
            Format::Yaml => match yaml::too_deep(text) {
                Some(_) => None,
                None => read_yaml(text, &seed).ok(),
            },
        }
    };
    if let Some(value) = halves::parse(text, format, &read) {
        return Ok(value);
    }
    let seed = ValueSeed::new(format, limits);
    if format == Format::Yaml
        && let Some(place) = yaml::too_deep(text)
    {
        return Err(told(&seed, "recursion limit exceeded".to_owned(), place));
    }
    match format {
        Format::Json => read_json(text, &seed).map_err(|error| {
            let (message, place) = told_by_json(text, &error);
            told(&seed, message, place)
        }),
        Format::Yaml => read_yaml(text, &seed).map_err(|error| {
            let (message, place) = told_by_yaml(text, &error);
            told(&seed, message, place)
        }),
    }
}

fn read_json(text: &str, seed: &ValueSeed) -> Result<Value, serde_json::Error> {
    let mut json = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut json)?;
    json.end().map(|()| value)
}

fn read_yaml(text: &str, seed: &ValueSeed) -> Result<Value, serde_yaml::Error> {
    seed.deserialize(serde_yaml::Deserializer::from_str(text))
}

/// What a parser has said, or that a limit has been passed.
fn told(seed: &ValueSeed, message: String, Place { line, column }: Place) -> ParseError {
    let (limit, message) = match seed.passed(&message) {
        Some((limit, message)) => (Some(limit), message),
        None => (None, message),
    };
    ParseError {
        message,
        line,
        column,
        limit,
    }
}

fn told_by_json(text: &str, error: &serde_json::Error) -> (String, Place) {
    let mut message = without_place(&error.to_string()).to_owned();
    if error.is_eof() {
        message.push_str(": the file is cut off");
    }
    let place = json::place_of_byte_column(text, error.line(), error.column());
    (message, place)
}

fn told_by_yaml(text: &str, error: &serde_yaml::Error) -> (String, Place) {
    let place = error.location().map_or(Place::START, |location| Place {
        line: location.line(),
        column: location.column(),
    });
    let message = error.to_string();
    if message.contains("more than one document") {
        let place = yaml::second_document(text).unwrap_or(place);
        let message = "there is more than one document: the second begins here";
        return (message.to_owned(), place);
    }
    (yaml::message(&message, text, place), place)
}

/// Texts that no parser need look at.
fn check_content(text: &str) -> Result<(), ParseError> {
    let start = text.trim_start();
    let says_nothing = |line: &str| line.trim().is_empty() || line.trim().starts_with('#');
    let message = if start.is_empty() {
        "the file is empty"
    } else if text.lines().all(says_nothing) {
        "there is nothing but comments in the file"
    } else if start.starts_with('<') {
        "this is HTML or XML, not JSON or YAML: the address may lead to a page that shows the document"
    } else if text.contains('\0') {
        "the text holds NUL characters: it may be UTF-16, save it as UTF-8"
    } else {
        return Ok(());
    };
    let Place { line, column } = first_place(text);
    Err(ParseError {
        message: message.to_owned(),
        line,
        column,
        limit: None,
    })
}
