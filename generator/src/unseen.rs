//! Characters that nobody sees in a text, or that show it otherwise than it is.
//!
//! May not import other modules of ours.

/// Whether a character turns the direction of what is read, or takes no room: a reviewer would not see it. Joiners
/// stay, as words of many languages are spelled with them.
pub fn hides(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let empty = matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{feff}');
    let fills = matches!(c, '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}');
    let speaks_apart = matches!(c, '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}');
    turns || empty || fills || speaks_apart
}

/// Whether a character ends a line, or is for a terminal.
pub fn breaks(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Whether a text has nothing but what ASCII prints, as most have: then no character need be looked at.
pub fn is_printable(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A text that stays in its line and shows what is in it.
pub fn plain(text: &str) -> String {
    if is_printable(text) {
        return text.to_owned();
    }
    let texts = text.chars().filter(|c| !hides(*c));
    texts.map(|c| if breaks(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn shows_what_is_in_a_text() {
        for (text, shown) in [
            ("a\nb\r\u{85}\u{2028}c", "a b   c"),
            ("\u{202e}a\u{200b}b\u{feff}\u{e0041}", "ab"),
            ("\u{1b}[31m\0", " [31m "),
            (
                "nim\u{200c}fasele 👩\u{200d}💻 é",
                "nim\u{200c}fasele 👩\u{200d}💻 é",
            ),
        ] {
            assert_eq!(plain(text), shown);
        }
    }
}
