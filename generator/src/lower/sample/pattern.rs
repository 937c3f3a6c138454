//! Texts that match a regular expression.

use regex_syntax::hir::{Class, Hir, HirKind};

/// A text that the pattern matches and that has so many characters, if repeating more gives them. It
/// is for the caller to see whether it does: what looks around is passed over.
pub fn matching(pattern: &str, least: usize) -> Option<String> {
    let hir = regex_syntax::parse(pattern).ok()?;
    if least > LONGEST {
        return None;
    }
    (0..=least).find_map(|more| {
        let mut text = String::new();
        write(&hir, more, &mut text)?;
        (text.chars().count() >= least).then_some(text)
    })
}

/// More than that is nothing to show.
const LONGEST: usize = 1_000;

fn write(hir: &Hir, more: usize, text: &mut String) -> Option<()> {
    if text.len() > LONGEST {
        return None;
    }
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(std::str::from_utf8(&literal.0).ok()?),
        HirKind::Class(class) => text.push(character(class)?),
        HirKind::Repetition(repetition) => {
            let most = repetition.max.unwrap_or(u32::MAX);
            let times = repetition
                .min
                .saturating_add(u32::try_from(more).ok()?)
                .min(most);
            for _ in 0..times {
                write(&repetition.sub, more, text)?;
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, more, text)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, more, text))?,
        HirKind::Alternation(parts) => write(parts.first()?, more, text)?,
    }
    Some(())
}

/// A character of a class: a letter or a digit where there is one.
fn character(class: &Class) -> Option<char> {
    let ranges: Vec<(char, char)> = match class {
        Class::Unicode(class) => class
            .iter()
            .map(|range| (range.start(), range.end()))
            .collect(),
        Class::Bytes(class) => class
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect(),
    };
    let has = |c: &char| {
        ranges
            .iter()
            .any(|(start, end)| (*start..=*end).contains(c))
    };
    let plain = ('a'..='z').chain('A'..='Z').chain('0'..='9').find(has);
    plain
        .or_else(|| ('!'..='~').find(has))
        .or_else(|| ranges.first().map(|(start, _)| *start))
}

#[cfg(test)]
mod tests {
    use super::matching;

    #[test]
    fn makes_a_text_of_a_pattern() {
        for (pattern, least, text) in [
            ("^[a-z]+$", 0, "a"),
            ("^[a-z]+$", 3, "aaa"),
            (r"^#[0-9A-F]{6}$", 0, "#AAAAAA"),
            (r"^(foo|bar)-\d+$", 0, "foo-0"),
            (r"^\+[1-9]\d{1,14}$", 0, "+10"),
            ("x*", 2, "xx"),
        ] {
            assert_eq!(matching(pattern, least).as_deref(), Some(text), "{pattern}");
        }
        // ECMA's look-ahead is none of this library's.
        assert_eq!(matching("^(?!a)b$", 0), None);
        assert_eq!(matching("^a{9999}$", 0), None);
    }
}
