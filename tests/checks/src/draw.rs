//! [`Draw`]: choices, made of bytes.
//!
//! A fuzzer gives the bytes and so learns which choices lead anywhere; a test makes them of a seed.

use arbitrary::Unstructured;

/// Choices made of bytes. When there are no more, each is the first one.
pub struct Draw<'b>(Unstructured<'b>);

impl<'b> Draw<'b> {
    /// Choices made of these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Draw(Unstructured::new(bytes))
    }

    /// A number below `end`, and 0 if `end` is.
    pub fn below(&mut self, end: usize) -> usize {
        let last = end.saturating_sub(1);
        self.0.int_in_range(0..=last).unwrap_or(0)
    }

    /// A whole number between these two.
    pub fn between(&mut self, first: i64, last: i64) -> i64 {
        self.0
            .int_in_range(first..=last.max(first))
            .unwrap_or(first)
    }

    /// Whether something happens that does once in so many times.
    pub fn once_in(&mut self, times: usize) -> bool {
        self.below(times) + 1 == times
    }

    /// One of these.
    ///
    /// # Panics
    /// There are none.
    pub fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// A byte.
    pub fn byte(&mut self) -> u8 {
        self.0.arbitrary().unwrap_or_default()
    }

    /// A text.
    pub fn text(&mut self) -> &'b str {
        self.0.arbitrary().unwrap_or_default()
    }

    /// A few bytes.
    pub fn bytes(&mut self) -> &'b [u8] {
        self.0.arbitrary().unwrap_or_default()
    }

    /// All bytes that are left.
    pub fn rest(self) -> &'b [u8] {
        self.0.take_rest()
    }
}

/// As many bytes as asked for, always the same of one seed (SplitMix64).
pub fn bytes_of(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed;
    let words = std::iter::repeat_with(|| {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = state;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (word ^ (word >> 31)).to_le_bytes()
    });
    words.flatten().take(length).collect()
}
