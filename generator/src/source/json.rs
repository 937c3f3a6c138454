//! Places of nodes in a JSON text, by a scanner that follows only the wanted pointers.
//!
//! May not judge the text: it stops where the text stops making sense, with what it has found.

use std::collections::{BTreeMap, BTreeSet};

use super::{Place, Pointer};

/// No pointer that matters is longer: the parser refuses deeper texts.
const MAX_DEPTH: usize = 256;

/// The places of the wanted nodes (a set closed under parents).
pub(super) fn places(text: &str, wanted: &BTreeSet<Pointer>) -> BTreeMap<Pointer, Place> {
    let mut scan = Scan {
        text,
        at: 0,
        place: Cursor::new(text),
        wanted,
        found: BTreeMap::new(),
    };
    let _ = scan.node(&Pointer::root(), 0);
    scan.found
}

/// A place from the line and byte column that serde_json reports.
pub(super) fn place_of_byte_column(text: &str, line: usize, column: usize) -> Place {
    let bytes = text
        .split('\n')
        .nth(line.saturating_sub(1))
        .unwrap_or_default();
    let before = bytes
        .char_indices()
        .take_while(|(offset, _)| *offset + 1 < column)
        .count();
    Place {
        line: line.max(1),
        column: before + 1,
    }
}

/// A byte of a text with its place; it goes forward only, so that all places of a text cost one walk, however
/// long its lines are.
pub(super) struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    place: Place,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Cursor {
            text,
            offset: 0,
            place: Place::START,
        }
    }

    /// The place of a byte that is not before the last one.
    pub(super) fn place(&mut self, offset: usize) -> Place {
        let passed = self.text.get(self.offset..offset).unwrap_or_default();
        let lines = passed.bytes().filter(|byte| *byte == b'\n').count();
        let line = passed.rsplit('\n').next().unwrap_or_default();
        let before = match lines {
            0 => self.place.column,
            _ => 1,
        };
        self.place = Place {
            line: self.place.line + lines,
            column: before + line.chars().count(),
        };
        self.offset = offset;
        self.place
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    place: Cursor<'t>,
    wanted: &'t BTreeSet<Pointer>,
    found: BTreeMap<Pointer, Place>,
}

impl Scan<'_> {
    fn peek(&mut self) -> Option<u8> {
        let bytes = self.text.as_bytes();
        while bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
            self.at += 1;
        }
        bytes.get(self.at).copied()
    }

    /// Walks over one value, noting the wanted nodes in it.
    fn node(&mut self, pointer: &Pointer, depth: usize) -> Option<()> {
        match self.peek()? {
            b'{' if depth < MAX_DEPTH => self.object(pointer, depth),
            b'[' if depth < MAX_DEPTH => self.array(pointer, depth),
            _ => self.skip(),
        }
    }

    fn object(&mut self, pointer: &Pointer, depth: usize) -> Option<()> {
        self.at += 1;
        while self.peek()? != b'}' {
            let start = self.at;
            let child = pointer.key(&self.string()?);
            if self.peek()? != b':' {
                return None;
            }
            self.at += 1;
            self.member(child, start, depth)?;
        }
        self.at += 1;
        Some(())
    }

    fn array(&mut self, pointer: &Pointer, depth: usize) -> Option<()> {
        self.at += 1;
        let mut index = 0;
        while self.peek()? != b']' {
            self.member(pointer.index(index), self.at, depth)?;
            index += 1;
        }
        self.at += 1;
        Some(())
    }

    fn member(&mut self, child: Pointer, start: usize, depth: usize) -> Option<()> {
        if self.wanted.contains(&child) {
            let place = self.place.place(start);
            self.found.insert(child.clone(), place);
            self.node(&child, depth + 1)?;
        } else {
            self.skip()?;
        }
        match self.peek()? {
            b',' => self.at += 1,
            b'}' | b']' => {}
            _ => return None,
        }
        Some(())
    }

    /// A string, unescaped.
    fn string(&mut self) -> Option<String> {
        let start = self.at;
        self.skip_string()?;
        let quoted = self.text.get(start..self.at)?;
        match quoted.contains('\\') {
            true => serde_json::from_str(quoted).ok(),
            false => quoted.get(1..quoted.len() - 1).map(str::to_owned),
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        let bytes = self.text.as_bytes();
        if bytes.get(self.at) != Some(&b'"') {
            return None;
        }
        self.at += 1;
        loop {
            match bytes.get(self.at)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Some(())
    }

    /// Walks over one value without looking at it.
    fn skip(&mut self) -> Option<()> {
        let mut open = 0_usize;
        loop {
            match self.peek()? {
                b'"' => self.skip_string()?,
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    open = open.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if open == 0 => return None,
                b',' | b':' => self.at += 1,
                _ => self.skip_word(),
            }
            if open == 0 {
                return Some(());
            }
        }
    }

    fn skip_word(&mut self) {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let end = rest
            .iter()
            .position(|byte| b",:]}[{\" \t\r\n".contains(byte));
        self.at += end.unwrap_or(rest.len()).max(1);
    }
}
