//! Keywords that may stand anywhere, also inside words. Each is looked for by its anchor, three bytes in a row that many of them
//! share: 64 places at a time nearly all are turned down by the classes of three bytes.
//! It tells where a keyword is; which is the longest there is for [`super::keywords`].
//!
//! An Aho-Corasick automaton over as many keywords takes longer to build than many tickets take to mask, and its table of
//! transitions is larger than the near caches. Building this is one sort of the keywords. The work at a place is bounded by the
//! keywords that share their first two, three, five or eight bytes.

use super::anchors::ANCHORS;
use super::keywords::{BEHIND, Keyword, behind};
use super::words::{Beginning, FOLDED};
use crate::privacy::classes::{BLOCK, CASE, Openings, each};

/// Keywords of two bytes and more.
pub(super) struct Inside {
    openings: Openings,
    /// For each hash of an anchor the place behind its first keyword in `anchored`; zero where there is none.
    places: Box<[u16; SLOTS]>,
    /// Keywords by the hash of their anchor, with where in them it is.
    anchored: Vec<(usize, usize, Beginning, Keyword)>,
    /// For each beginning of a hash the place of its first keyword in `list`, and one past the last.
    heads: Box<[u16; HEADS + 1]>,
    list: Vec<(usize, Keyword)>,
}

impl Inside {
    pub(super) fn of(keywords: &[Keyword]) -> Inside {
        let own = |keyword: &Keyword| slot(opening(keyword.word.as_bytes()), length(keyword.word.len()));
        let mut list: Vec<(usize, Keyword)> = keywords.iter().map(|keyword| (own(keyword), *keyword)).collect();
        list.sort_unstable_by_key(|(slot, ..)| *slot);
        let mut heads = Box::new([0; HEADS + 1]);
        for (own, _) in &list {
            heads.get_mut(own / (SLOTS / HEADS) + 1).into_iter().for_each(|count: &mut u16| *count += 1);
        }
        let mut sum = 0;
        for head in heads.iter_mut() {
            sum += *head;
            *head = sum;
        }
        let (mut openings, mut anchored) = (Openings::default(), Vec::new());
        for keyword in keywords {
            let (group, at, anchor) = anchor(keyword.word.as_bytes());
            openings.add(group, anchor);
            // Whatever may follow two bytes.
            let third = if anchor.len() > 2 { 0..=0 } else { 0..=u8::MAX };
            let mut slots: Vec<usize> = third.map(|third| slot(opening(anchor) | u64::from(third) << 16, 3)).collect();
            slots.sort_unstable();
            slots.dedup();
            anchored.extend(slots.into_iter().map(|slot| (slot, at, Beginning::of(keyword.word), *keyword)));
        }
        anchored.sort_unstable_by_key(|(slot, at, _, keyword)| (*slot, *at, keyword.word));
        anchored.dedup_by_key(|(slot, at, _, keyword)| (*slot, *at, keyword.word));
        let mut places = Box::new([0; SLOTS]);
        for (place, (slot, ..)) in (1..).zip(&anchored) {
            places.get_mut(*slot).filter(|first| **first == 0).into_iter().for_each(|first| *first = place);
        }
        Inside { openings, places, anchored, heads, list }
    }

    /// Where keywords begin that have their anchor in the block at a place: in that block, and in the one before it.
    #[inline(never)]
    pub(super) fn places(&self, text: &[u8], start: usize, block: &[u8; BLOCK + BEHIND]) -> (u64, u64) {
        let (Some(first), mut here, mut before) = (block.first_chunk(), 0, 0) else { return (0, 0) };
        each(self.openings.masks(first), |bit| {
            let Some(opening) = block.get(bit..).and_then(|rest| rest.first_chunk()) else { return };
            let slot = slot(u64::from_le_bytes(*opening) | FOLDED, 3);
            let place = self.places.get(slot).map_or(0, |place| usize::from(*place));
            let Some(from) = place.checked_sub(1) else { return };
            self.each_anchored(text, start + bit, (slot, from), |at| match at.checked_sub(start) {
                Some(bit) => here |= 1 << bit,
                None => before |= 1 << (at + BLOCK - start),
            });
        });
        (here, before)
    }

    /// Where keywords begin that have an anchor of this hash here; the first of them is at a place.
    fn each_anchored(&self, text: &[u8], at: usize, (slot, from): (usize, usize), mut visit: impl FnMut(usize)) {
        let same = self.anchored.get(from..).unwrap_or_default().iter().take_while(|(other, ..)| *other == slot);
        for (_, offset, first, keyword) in same {
            let Some(start) = at.checked_sub(*offset).filter(|start| first.may_be_of(behind(text, *start))) else {
                continue;
            };
            let written = text.get(start..start + keyword.word.len());
            if written.is_some_and(|written| written.eq_ignore_ascii_case(keyword.word.as_bytes())) {
                visit(start);
            }
        }
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

/// The anchor of a keyword as it is written there, its group, and where in the keyword it is: none further than a block.
fn anchor(word: &[u8]) -> (usize, usize, &[u8]) {
    let anchors = || ANCHORS.iter().enumerate().flat_map(|(group, all)| all.iter().map(move |anchor| (group, *anchor)));
    let known =
        |(at, bytes)| anchors().find(|(_, anchor)| is_alike(bytes, anchor)).map(|(group, _)| (group, at, bytes));
    let pairs = || word.windows(2).take(1).enumerate().filter(|_| word.len() == 2);
    let found = word.windows(3).take(BLOCK - 1).enumerate().chain(pairs()).find_map(known);
    found.unwrap_or((ANCHORS.len() - 1, 0, word.get(..3).unwrap_or(word)))
}

fn is_alike(bytes: &[u8], anchor: &[u8]) -> bool {
    bytes.len() == anchor.len() && bytes.iter().zip(anchor).all(|(one, other)| one | CASE == other | CASE)
}

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

const SLOT_BITS: u32 = 12;
const SLOTS: usize = 1 << SLOT_BITS;
const HEADS: usize = 1 << 8;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::detector::keywords::{Reach, is_word};
    use crate::privacy::detector::{id, secret};

    #[test]
    fn finds_every_keyword_by_an_anchor_of_the_table() {
        let all = secret::keywords().into_iter().chain(id::labels());
        let anywhere = all.filter(|(keyword, reach)| {
            matches!(reach, Reach::Anywhere | Reach::Glued) || (*reach != Reach::Quote && !is_word(keyword.word))
        });
        for (keyword, _) in anywhere {
            let (group, _, anchor) = anchor(keyword.word.as_bytes());
            assert!(ANCHORS[group].iter().any(|one| is_alike(anchor, one)), "{}", keyword.word);
        }
    }
}
