//! The most tokens that some bytes can be, from what the vocabularies surely hold.
//! It knows no words and no classes of characters: [`super::walk`] says where a token may begin anew.
//!
//! A byte-pair encoder merges for as long as any two neighbors together are a token. So where it ends, the first and
//! the second token together are none, nor are the third and the fourth, and so on: each two are a stretch of bytes
//! that is no token, and there are no more of them than such stretches fit side by side. Only tokens of up to four
//! bytes are known here ([`Grams`]); a longer stretch counts as none, which allows more tokens than there are.

use super::tables::{Grams, Window};

/// Bytes that grow one by one, with the most tokens they can be.
pub(super) struct Strand<'a> {
    grams: &'a Grams,
    window: Window,
    /// How many bytes there are since the last stretch that is no token.
    since: u32,
    /// How many such stretches there are.
    stretches: u32,
}

impl<'a> Strand<'a> {
    /// No bytes yet.
    pub(super) fn new(grams: &'a Grams) -> Self {
        Self { grams, window: Window::default(), since: 0, stretches: 0 }
    }

    /// Adds a byte; `free` when a piece of the text may begin with it, which a tokenizer takes by itself.
    pub(super) fn push(&mut self, byte: u8, free: bool) {
        self.window.push(byte);
        self.since += 1;
        let ends = match self.since {
            0 | 1 => false,
            2 => free || !self.grams.has_pair(self.window),
            3 => free || !self.grams.has_pair(self.window) || !self.grams.has_triple(self.window),
            4 => {
                free || !self.grams.has_pair(self.window)
                    || !self.grams.has_triple(self.window)
                    || !self.grams.has_four(self.window)
            }
            _ => true,
        };
        if ends {
            self.stretches += 1;
            self.since = 0;
        }
    }

    /// The most tokens of all bytes so far.
    pub(super) fn most(&self) -> u32 {
        // a token left over has a byte of its own
        self.stretches.saturating_mul(2) + u32::from(self.since > 0)
    }
}
