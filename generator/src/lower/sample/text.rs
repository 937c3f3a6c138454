//! Texts by format, length and pattern.

use super::bounds::count;
use super::pattern;
use crate::lower::patterns::Patterns;
use crate::lower::view::Node;
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a text of a format looks like, and one of it.
const FORMATS: &[(&str, &str, &str)] = &[
    (
        "uuid",
        r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
        "01890a5d-ac96-774b-bcce-b302099a8057",
    ),
    (
        "date-time",
        r"^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$",
        "2026-01-31T09:30:00Z",
    ),
    ("date", r"^\d{4}-\d\d-\d\d$", "2026-01-31"),
    (
        "time",
        r"^\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)?$",
        "09:30:00Z",
    ),
    ("duration", r"^P[^P]+$", "P1D"),
    ("email", r"^[^@\s]+@[^@\s]+\.[^@\s]+$", "ada@example.com"),
    ("idn-email", r"^[^@\s]+@[^@\s]+$", "ada@example.com"),
    (
        "uri",
        r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$",
        "https://example.com",
    ),
    ("url", r"^https?://\S+$", "https://example.com"),
    (
        "iri",
        r"^[A-Za-z][A-Za-z0-9+.-]*:\S+$",
        "https://example.com",
    ),
    ("uri-reference", r"^\S+$", "/path"),
    ("uri-template", r"^\S+$", "/path/{id}"),
    ("hostname", r"^[A-Za-z0-9.-]+$", "example.com"),
    ("idn-hostname", r"^\S+$", "example.com"),
    ("ipv4", r"^\d+\.\d+\.\d+\.\d+$", "192.0.2.1"),
    ("ipv6", r"^[0-9A-Fa-f:.]+$", "2001:db8::1"),
    ("ip", r"^[0-9A-Fa-f:.]+$", "192.0.2.1"),
    ("ipv4-cidr", r"^[\d./]+$", "192.0.2.0/24"),
    ("byte", r"^[A-Za-z0-9+/]*={0,2}$", "Ynl0ZXM="),
    ("base64", r"^[A-Za-z0-9+/]*={0,2}$", "Ynl0ZXM="),
    ("json-pointer", r"^(/.*)?$", "/a/b"),
    ("relative-json-pointer", r"^\d", "0/a"),
    ("regex", r"", "[a-z]+"),
    ("int64", r"^-?\d+$", "1"),
    ("int32", r"^-?\d+$", "1"),
    ("uint64", r"^\d+$", "1"),
    ("decimal", r"^-?[\d.]+$", "1.5"),
    ("double", r"^-?[\d.]+$", "1.5"),
    ("float", r"^-?[\d.]+$", "1.5"),
];

/// What texts of formats look like, made once: there are many texts.
static LOOKS: LazyLock<BTreeMap<&str, Regex>> = LazyLock::new(|| {
    let formats = FORMATS.iter();
    let looks = formats.filter_map(|(name, looks, _)| Some((*name, Regex::new(looks).ok()?)));
    looks.collect()
});

/// A hint that is longer is nothing to show.
const LONGEST_HINT: usize = 80;

/// A text that schemas allow which hold together: a hint, else one that is made up.
pub fn of(nodes: &[Node], hints: &[&Value], name: &str, patterns: &Patterns) -> Option<String> {
    let limits = Limits::of(nodes);
    let format = limits
        .format
        .and_then(|format| FORMATS.iter().find(|(known, ..)| *known == format));
    let fits_format = |text: &str| {
        let looks = format.and_then(|(name, ..)| LOOKS.get(name));
        looks.is_none_or(|looks| looks.is_match(text))
    };
    let shown = |text: &&str| {
        text.len() <= LONGEST_HINT && !text.is_empty() && !text.contains(|c: char| c.is_control())
    };
    let hinted = hints.iter().filter_map(|hint| hint.as_str()).filter(shown);
    let hinted = hinted.filter(|text| fits_format(text) && limits.has(text, patterns));
    let of_format = format.map(|(.., sample)| (*sample).to_owned());
    let mut made = of_format
        .into_iter()
        .chain([of_name(name), stretched(&of_name(name), &limits)])
        .chain(
            limits
                .patterns
                .iter()
                .filter_map(|pattern| pattern::matching(pattern, limits.least)),
        );
    let first = hinted.map(str::to_owned).next();
    first.or_else(|| made.find(|text| limits.has(text, patterns)))
}

/// What a text says of which only its name is known.
pub fn of_name(name: &str) -> String {
    let plain = name
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
    if plain && !name.is_empty() && name.len() <= 40 {
        return name.to_owned();
    }
    "text".to_owned()
}

/// One of several that have this name.
pub fn singular(name: &str) -> String {
    match name.strip_suffix('s') {
        Some(one) if one.len() > 2 && !one.ends_with('s') => one.to_owned(),
        _ => name.to_owned(),
    }
}

/// As long as it has to be and no longer than it may be.
fn stretched(text: &str, limits: &Limits) -> String {
    let long = text
        .chars()
        .cycle()
        .take(limits.least.max(text.len()).min(10_000));
    long.take(limits.most).collect()
}

struct Limits<'d> {
    least: usize,
    most: usize,
    patterns: Vec<&'d str>,
    format: Option<&'d str>,
}

impl<'d> Limits<'d> {
    fn of(nodes: &[Node<'d>]) -> Self {
        let encoded = nodes.iter().find_map(|node| node.text("contentEncoding"));
        Self {
            least: count(nodes, "minLength", usize::max).unwrap_or(0),
            most: count(nodes, "maxLength", usize::min).unwrap_or(usize::MAX),
            patterns: nodes
                .iter()
                .filter_map(|node| node.text("pattern"))
                .collect(),
            format: nodes
                .iter()
                .find_map(|node| node.text("format"))
                .or(encoded),
        }
    }

    fn has(&self, text: &str, patterns: &Patterns) -> bool {
        let length = text.chars().count();
        let mut wanted = self.patterns.iter();
        (self.least..=self.most).contains(&length)
            && wanted.all(|pattern| patterns.fits(pattern, text))
    }
}
