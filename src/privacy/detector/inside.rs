//! Keywords that may stand anywhere, also inside words: 64 places at a time most are turned down by the classes of three bytes.
//! It compares nothing; what may begin is told to [`super::keywords`].
//!
//! An Aho-Corasick automaton over as many keywords takes longer to build than many tickets take to mask, and its table of
//! transitions is larger than the near caches. Building this is one sort of the keywords. The work at a place is bounded by the
//! keywords that share their first two, three, five or eight bytes.

use super::keywords::Keyword;
use super::words::FOLDED;
use crate::privacy::classes::{BLOCK, Openings, each};

/// Keywords of two bytes and more.
pub(super) struct Inside {
    openings: Openings,
    /// Whether a keyword has a key of this hash.
    filter: Box<[u64; SLOTS / 64]>,
    /// For each beginning of a hash the place of its first keyword in `list`, and one past the last.
    heads: Box<[u16; HEADS + 1]>,
    list: Vec<(usize, Keyword)>,
}

impl Inside {
    pub(super) fn of(keywords: &[Keyword]) -> Inside {
        let openings = Openings::of(keywords.iter().map(|keyword| keyword.word.as_bytes()));
        let own = |keyword: &Keyword| slot(opening(keyword.word.as_bytes()), length(keyword.word.len()));
        let mut list: Vec<(usize, Keyword)> = keywords.iter().map(|keyword| (own(keyword), *keyword)).collect();
        list.sort_unstable_by_key(|(slot, ..)| *slot);
        let (mut filter, mut heads) = (Box::new([0; SLOTS / 64]), Box::new([0; HEADS + 1]));
        for (slot, ..) in &list {
            filter.get_mut(slot / 64).into_iter().for_each(|word: &mut u64| *word |= 1 << (slot % 64));
            heads.get_mut(slot / (SLOTS / HEADS) + 1).into_iter().for_each(|count: &mut u16| *count += 1);
        }
        let mut sum = 0;
        for head in heads.iter_mut() {
            sum += *head;
            *head = sum;
        }
        Inside { openings, filter, heads, list }
    }

    /// Where in a block a keyword may begin; the bytes behind it are given too.
    #[inline(always)]
    pub(super) fn places(&self, block: &[u8; BLOCK + BEHIND]) -> u64 {
        let (Some(first), mut places) = (block.first_chunk(), 0) else { return 0 };
        each(self.openings.masks(first), |bit| {
            let Some(bytes) = block.get(bit..).and_then(|rest| rest.first_chunk()) else { return };
            let opening = u64::from_le_bytes(*bytes) | FOLDED;
            let has = LENGTHS.iter().any(|length| {
                let slot = slot(opening, *length);
                self.filter.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
            });
            places |= u64::from(has) << bit;
        });
        places
    }

    /// The keywords that may begin with eight bytes.
    pub(super) fn each(&self, bytes: [u8; 8], mut visit: impl FnMut(&Keyword)) {
        let opening = u64::from_le_bytes(bytes) | FOLDED;
        for slot in LENGTHS.map(|length| slot(opening, length)) {
            let head = |at: usize| self.heads.get(at).map_or(0, |head| usize::from(*head));
            let at = slot / (SLOTS / HEADS);
            let list = self.list.get(head(at)..head(at + 1)).unwrap_or_default();
            list.iter().filter(|(own, _)| *own == slot).for_each(|(_, keyword)| visit(keyword));
        }
    }
}

/// The bytes behind a block that are looked at.
pub(super) const BEHIND: usize = 8;

/// By how many of their first bytes keywords are known.
const LENGTHS: [usize; 4] = [2, 3, 5, 8];

/// The longest of these that a keyword has.
fn length(of: usize) -> usize {
    LENGTHS.into_iter().rev().find(|length| *length <= of).unwrap_or_default()
}

fn opening(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(word).for_each(|(to, byte)| *to = *byte);
    u64::from_le_bytes(bytes) | FOLDED
}

#[inline(always)]
fn slot(opening: u64, length: usize) -> usize {
    let kept = opening << (64 - 8 * length) >> (64 - 8 * length);
    usize::try_from(kept.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOT_BITS)).unwrap_or_default()
}

const SLOT_BITS: u32 = 14;
const SLOTS: usize = 1 << SLOT_BITS;
const HEADS: usize = 1 << 8;
