//! A strand over text whose pieces are not known exactly: it may be cut wherever one of the tokenizers might.
//! It decides only that: [`super::walk`] says where such a strand begins and ends.
//!
//! A piece surely goes on from a letter to a small one, from a capital to a capital, from sign to sign, and within three
//! digits that are counted from their first.

use super::class::{Class, class_of};
use super::strand::Strand;
use super::tables::Grams;

/// A strand that grows by characters.
pub(super) struct Rough<'a> {
    strand: Strand<'a>,
    last: Class,
    /// How many digits there were in a row; none when what stands before them may be one.
    digits: Option<usize>,
    /// How many characters a contraction may still take.
    contracts: u8,
}

impl<'a> Rough<'a> {
    /// Nothing yet.
    pub(super) fn new(grams: &'a Grams) -> Self {
        Self { strand: Strand::new(grams), last: Class::End, digits: Some(0), contracts: 0 }
    }

    /// Adds a character.
    pub(super) fn push(&mut self, c: char) {
        let class = class_of(c);
        let mut goes_on = match (self.last, class) {
            (Class::Capital | Class::Small, Class::Small)
            | (Class::Capital, Class::Capital)
            | (Class::Sign, Class::Sign)
            | (Class::Line, Class::Line) => true,
            (Class::Digit, Class::Digit) => self.digits.is_some_and(|n| n % 3 != 0),
            _ => false,
        };
        if self.contracts > 0 {
            self.contracts -= 1;
            goes_on = false;
        }
        match class {
            Class::Apostrophe => self.contracts = 3,
            Class::Digit => self.digits = self.digits.map(|n| n + 1),
            Class::Unknown => self.digits = None,
            _ => self.digits = Some(0),
        }
        self.last = class;
        let mut bytes = [0; 4];
        for byte in c.encode_utf8(&mut bytes).bytes() {
            self.strand.push(byte, !goes_on);
            goes_on = true;
        }
    }

    /// The most tokens so far.
    pub(super) fn most(&self) -> u32 {
        self.strand.most()
    }
}
