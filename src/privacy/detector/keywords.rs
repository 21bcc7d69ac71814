//! Every keyword of every detector in one pass: 64 places at a time most are turned down by the classes of three bytes, the
//! others are looked up, and compared where something begins.
//! It runs no detector; who owns a keyword is told to the caller.
//!
//! An Aho-Corasick automaton over as many keywords takes longer to build than many tickets take to mask, and its table of
//! transitions is larger than the near caches. Building this is one sort of the keywords. The work at a place is bounded by the
//! keywords that share their first three bytes.

use crate::privacy::classes::{BLOCK, CASE, Openings, each};

/// Keywords, each with an owner below 32.
pub(super) struct Keywords {
    openings: Openings,
    /// Whether three folded bytes of this hash begin a keyword.
    filter: Box<[u64; SLOTS / 64]>,
    /// For each hash of three folded bytes the place of its first keyword in `list`, and one past the last.
    heads: Box<[u16; SLOTS + 1]>,
    /// By hash, the longest first.
    list: Vec<Keyword>,
    /// Keywords of one byte.
    single: Vec<(u8, usize)>,
}

struct Keyword {
    /// Its first four bytes folded, and which of their bits it has.
    opening: u32,
    bits: u32,
    word: &'static [u8],
    owner: u8,
}

impl Keyword {
    fn of(word: &'static [u8], owner: u8) -> Keyword {
        let mut bytes = [0; 4];
        bytes.iter_mut().zip(word).for_each(|(to, byte)| *to = *byte | CASE);
        let bits = bytes.map(|byte| if byte == 0 { 0 } else { u8::MAX });
        Keyword { opening: u32::from_le_bytes(bytes), bits: u32::from_le_bytes(bits), word, owner }
    }
}

/// A keyword at a place.
pub(super) struct Hit {
    pub(super) owner: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Keywords {
    pub(super) fn of(words: impl Iterator<Item = (&'static str, usize)>) -> Keywords {
        let words: Vec<(&'static str, usize)> = words.collect();
        let openings = Openings::of(words.iter().map(|(word, _)| word.as_bytes()));
        let single = words.iter().filter_map(|(word, owner)| Some((*word.as_bytes().first()?, *owner, word.len())));
        let single = single.filter(|(.., length)| *length == 1).map(|(byte, owner, _)| (byte, owner)).collect();
        let mut hashed: Vec<(usize, &'static [u8], u8)> = Vec::new();
        for (word, owner) in words {
            let Ok(owner) = u8::try_from(owner) else { continue };
            match *word.as_bytes() {
                [a, b, c, ..] => hashed.push((slot(fold(a, b, c)), word.as_bytes(), owner)),
                // Whatever may follow.
                [a, b] => (32..=255_u8)
                    .filter(|next| next & 32 != 0)
                    .for_each(|next| hashed.push((slot(fold(a, b, next)), word.as_bytes(), owner))),
                _ => {}
            }
        }
        hashed.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.len().cmp(&a.1.len())).then(a.1.cmp(b.1)).then(a.2.cmp(&b.2)));
        hashed.dedup();
        let (mut filter, mut heads) = (Box::new([0; SLOTS / 64]), Box::new([0; SLOTS + 1]));
        for (slot, ..) in &hashed {
            filter.get_mut(slot / 64).into_iter().for_each(|word: &mut u64| *word |= 1 << (slot % 64));
            heads.get_mut(slot + 1).into_iter().for_each(|count: &mut u16| *count += 1);
        }
        let mut sum = 0;
        for head in heads.iter_mut() {
            sum += *head;
            *head = sum;
        }
        let list = hashed.into_iter().map(|(_, word, owner)| Keyword::of(word, owner)).collect();
        Keywords { openings, filter, heads, list, single }
    }

    /// Every keyword in any case, for each owner the longest at a place and none that overlaps one before it, in order.
    pub(super) fn find(&self, text: &[u8], mut found: impl FnMut(Hit)) {
        let (mut free, mut start) = ([0_usize; OWNERS], 0);
        while let Some(rest) = text.get(start..).filter(|rest| !rest.is_empty()) {
            let whole = rest.first_chunk().copied();
            // At the end three blanks or more follow.
            let block = whole.unwrap_or_else(|| {
                let mut last = [b' '; BLOCK + 3];
                last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
                last
            });
            let Some(opening) = block.first_chunk() else { return };
            each(self.openings.masks(opening), |bit| {
                if let Some([a, b, c, d, ..]) = block.get(bit..) {
                    let folded = fold(*a, *b, *c);
                    let slot = slot(folded);
                    if self.filter.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1) {
                        let four = folded | u32::from(*d | CASE) << 24;
                        self.compare(text, start + bit, (slot, four), &mut free, &mut found);
                    }
                    for (_, owner) in self.single.iter().filter(|(byte, _)| byte == a) {
                        let (at, Some(free)) = (start + bit, free.get_mut(*owner)) else { continue };
                        if *free <= at {
                            *free = at + 1;
                            found(Hit { owner: *owner, start: at, end: at + 1 });
                        }
                    }
                }
            });
            start += BLOCK;
        }
    }

    fn compare(
        &self,
        text: &[u8],
        at: usize,
        (slot, four): (usize, u32),
        free: &mut [usize; OWNERS],
        found: &mut impl FnMut(Hit),
    ) {
        let head = |slot: usize| self.heads.get(slot).map_or(0, |head| usize::from(*head));
        let list = self.list.get(head(slot)..head(slot + 1)).unwrap_or_default();
        for Keyword { word, owner, .. } in list.iter().filter(|keyword| four & keyword.bits == keyword.opening) {
            let end = at + word.len();
            let Some(free) = free.get_mut(usize::from(*owner)).filter(|free| **free <= at) else { continue };
            if text.get(at..end).is_some_and(|written| written.eq_ignore_ascii_case(word)) {
                *free = end;
                found(Hit { owner: usize::from(*owner), start: at, end });
            }
        }
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
const OWNERS: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use aho_corasick::{AhoCorasick, MatchKind};

    const WORDS: &[&str] =
        &["pw", "token", "apitoken", "api_token", "sk-", "sk-ant-", "SK", "пароль", "-----begin ", "to", "tok", "'"];

    fn found(text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        Keywords::of(WORDS.iter().map(|word| (*word, 3))).find(text.as_bytes(), |hit| found.push((hit.start, hit.end)));
        found
    }

    #[test]
    fn agrees_with_an_automaton() {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(WORDS)
            .unwrap();
        let pieces = [
            "p",
            "w",
            "t",
            "o",
            "k",
            "en",
            "api",
            "_",
            "token",
            "S",
            "K",
            "-",
            "ant-",
            "пароль",
            "Пароль",
            "-----BEGIN ",
            "'",
            "é",
        ];
        let mut state = 3_u64;
        for _ in 0..20_000 {
            let mut below = |bound: usize| {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                usize::try_from(state >> 33).unwrap() % bound
            };
            let text: String = (0..below(12)).map(|_| pieces[below(pieces.len())]).collect();
            let expected: Vec<_> = automaton.find_iter(&text).map(|found| (found.start(), found.end())).collect();
            assert_eq!(found(&text), expected, "{text}");
        }
    }

    #[test]
    fn lets_no_owner_hide_anothers_keyword() {
        let keywords = Keywords::of([("secret token", 0), ("token", 1), ("en", 2)].into_iter());
        let mut found = Vec::new();
        keywords.find(b"a secret tokEN", |hit| found.push((hit.owner, hit.start)));
        assert_eq!(found, [(0, 2), (1, 9), (2, 12)]);
    }
}
