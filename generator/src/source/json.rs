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
        wanted,
        found: BTreeMap::new(),
    };
    let _ = scan.node(&Pointer::root(), 0);
    let lines = Lines::new(text);
    scan.found
        .into_iter()
        .map(|(pointer, offset)| (pointer, lines.place(offset)))
        .collect()
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

/// Where the lines of a text begin.
pub(super) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0)
            .chain(ends.map(|(offset, _)| offset + 1))
            .collect();
        Lines { text, starts }
    }

    /// The place of a byte.
    pub(super) fn place(&self, offset: usize) -> Place {
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self
            .starts
            .get(line.saturating_sub(1))
            .copied()
            .unwrap_or_default();
        let before = self
            .text
            .get(start..offset)
            .map_or(0, |text| text.chars().count());
        Place {
            line: line.max(1),
            column: before + 1,
        }
    }
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    wanted: &'t BTreeSet<Pointer>,
    found: BTreeMap<Pointer, usize>,
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
            self.found.insert(child.clone(), start);
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
