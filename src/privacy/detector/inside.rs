//! Keywords that may stand anywhere, also inside words: 64 places at a time most are turned down by the classes of three bytes.
//! It compares no more than four bytes; the rest is done by [`super::keywords`].
//!
//! An Aho-Corasick automaton over as many keywords takes longer to build than many tickets take to mask, and its table of
//! transitions is larger than the near caches. Building this is one sort of the keywords. The work at a place is bounded by the
//! keywords that share their first three bytes.

use super::keywords::Keyword;
use crate::privacy::classes::{BLOCK, CASE, Openings};

/// Keywords of two bytes and more.
pub(super) struct Inside {
    openings: Openings,
    /// Whether three folded bytes of this hash begin a keyword.
    filter: Box<[u64; SLOTS / 64]>,
    /// By hash.
    list: Vec<(usize, Opening, Keyword)>,
}

/// The first four bytes of a keyword folded, and which of their bits it has.
#[derive(Clone, Copy)]
struct Opening {
    bytes: u32,
    bits: u32,
}

impl Opening {
    fn of(word: &[u8]) -> Opening {
        let mut bytes = [0; 4];
        bytes.iter_mut().zip(word).for_each(|(to, byte)| *to = *byte | CASE);
        let bits = bytes.map(|byte| if byte == 0 { 0 } else { u8::MAX });
        Opening { bytes: u32::from_le_bytes(bytes), bits: u32::from_le_bytes(bits) }
    }
}

impl Inside {
    pub(super) fn of(keywords: &[Keyword]) -> Inside {
        let openings = Openings::of(keywords.iter().map(|keyword| keyword.word.as_bytes()));
        let mut list = Vec::new();
        for keyword in keywords {
            let opening = Opening::of(keyword.word.as_bytes());
            match *keyword.word.as_bytes() {
                [a, b, c, ..] => list.push((slot(fold(a, b, c)), opening, *keyword)),
                // Whatever may follow.
                [a, b] => list.extend(
                    (32..=255_u8).filter(|next| next & 32 != 0).map(|next| (slot(fold(a, b, next)), opening, *keyword)),
                ),
                _ => {}
            }
        }
        list.sort_unstable_by_key(|(slot, ..)| *slot);
        let mut filter = Box::new([0; SLOTS / 64]);
        for (slot, ..) in &list {
            filter.get_mut(slot / 64).into_iter().for_each(|word: &mut u64| *word |= 1 << (slot % 64));
        }
        Inside { openings, filter, list }
    }

    /// Where in a block a keyword may begin; three bytes behind it are given too.
    #[inline(always)]
    pub(super) fn places(&self, block: &[u8; BLOCK + 3]) -> u64 {
        let (Some(opening), mut places) = (block.first_chunk(), 0) else { return 0 };
        crate::privacy::classes::each(self.openings.masks(opening), |bit| {
            if let Some([a, b, c, ..]) = block.get(bit..) {
                let slot = slot(fold(*a, *b, *c));
                let has = self.filter.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1);
                places |= u64::from(has) << bit;
            }
        });
        places
    }

    /// The keywords that may begin with four bytes.
    pub(super) fn each(&self, bytes: [u8; 4], mut visit: impl FnMut(&Keyword)) {
        let [a, b, c, d] = bytes;
        let folded = fold(a, b, c);
        let (slot, four) = (slot(folded), folded | u32::from(d | CASE) << 24);
        let from = self.list.partition_point(|(other, ..)| *other < slot);
        let list = self.list.get(from..).unwrap_or_default().iter().take_while(|(other, ..)| *other == slot);
        list.filter(|(_, opening, _)| four & opening.bits == opening.bytes).for_each(|(.., keyword)| visit(keyword));
    }
}

/// Three bytes as a number, letters in lower case (and some signs as others, which comparing tells apart).
fn fold(a: u8, b: u8, c: u8) -> u32 {
    u32::from_le_bytes([a, b, c, 0]) | 0x0020_2020
}

fn slot(folded: u32) -> usize {
    usize::try_from(folded.wrapping_mul(0x9e37_79b1) >> (32 - SLOT_BITS)).unwrap_or_default()
}

const SLOT_BITS: u32 = 14;
const SLOTS: usize = 1 << SLOT_BITS;
