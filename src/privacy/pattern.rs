//! A site's own patterns: a small language without loops, compiled to a set of positions, at most [`Pattern::POSITIONS`].
//! It is no regular-expression engine: nothing repeats without bound, so no pattern is slow and none explodes.
//!
//! | written | matches |
//! |---|---|
//! | a letter, digit, blank, other sign | itself, case and all |
//! | `\d` | a digit of any script |
//! | `\w` | a letter or digit of any script, or `_` |
//! | `[A-Z0-9_]` | one of these; `\d` and `\w` inside too |
//! | `(a\|b)`, `a\|b` | either |
//! | `x{3}`, `x{2,5}`, `x?` | so many times, at most 64 |
//! | `\.`, `\(` … | the sign itself |
//!
//! Characters that show nothing are read over. A match begins and ends where a word does.
//!
//! Source: V. Glushkov, "The abstract theory of automata" (1961): one state for each position of the expression, here a bit.

mod grammar;

use super::fold::{is_invisible, narrow};
use super::text::{Text, is_word};
use grammar::{Node, parse};
use serde::Serialize;
use std::ops::Range;

/// A compiled pattern.
///
/// ```
/// use quillgate::privacy::{BadReason, Pattern};
/// assert!(Pattern::compile(r"PRJ-[A-Z]{2}\d{4}").is_ok());
/// let refused = Pattern::compile("PRJ-.*").err().unwrap();
/// assert_eq!((refused.reason, refused.at), (BadReason::UnknownClass, 4));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// Where a match may begin.
    first: Bits,
    /// Where it may end.
    last: Bits,
    /// What may come after each position.
    follow: Vec<Bits>,
    /// The positions that accept an ASCII character.
    ascii: Vec<Bits>,
    /// What each position accepts.
    sets: Vec<Set>,
}

/// Why a pattern is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct BadPattern {
    /// What is wrong.
    pub reason: BadReason,
    /// Where, in UTF-16 code units of the pattern.
    pub at: usize,
}

/// What is wrong with a pattern; on the wire in kebab case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum BadReason {
    /// More than [`Pattern::LONGEST`] characters, or more than [`Pattern::POSITIONS`] once counts are written out.
    TooLong,
    /// `*`, `+` or `{n,}`.
    Unbounded,
    /// It matches the empty text.
    EmptyMatch,
    /// A dot, an anchor, a negated class, or an empty or backward range.
    UnknownClass,
    /// A bracket without its partner, or a count without what it counts.
    Unbalanced,
    /// It matches fewer than four characters, or words and numbers that every text has.
    TooCommon,
    /// A count above 64.
    TooMany,
    /// A backslash before a letter or digit other than `d` and `w`.
    UnknownEscape,
}

/// What one position accepts: ranges of characters, both ends included.
#[derive(Clone, Debug, Default, PartialEq)]
struct Set {
    ranges: Vec<(char, char)>,
    /// Letters and digits of any script.
    word: bool,
}

impl Set {
    fn has(&self, character: char) -> bool {
        (self.word && is_word(character))
            || self.ranges.iter().any(|(first, last)| (*first..=*last).contains(&character))
    }
}

/// A set of positions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Bits([u64; Pattern::POSITIONS / 64]);

impl Bits {
    fn one(at: usize) -> Bits {
        let mut bits = Bits::default();
        if let Some(word) = bits.0.get_mut(at / 64) {
            *word |= 1 << (at % 64);
        }
        bits
    }

    fn or(&mut self, other: &Bits) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    fn and(mut self, other: &Bits) -> Bits {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        self
    }

    const fn is_empty(&self) -> bool {
        let [a, b, c, d] = self.0;
        a | b | c | d == 0
    }

    fn each(self, mut visit: impl FnMut(usize)) {
        for (at, mut word) in self.0.into_iter().enumerate() {
            while word != 0 {
                visit(at * 64 + usize::try_from(word.trailing_zeros()).unwrap_or_default());
                word &= word - 1;
            }
        }
    }
}

/// Positions that may come before the next one, and whether the start may.
#[derive(Clone, Copy)]
struct Before {
    bits: Bits,
    start: bool,
}

impl Before {
    fn or(&mut self, other: Before) {
        self.bits.or(&other.bits);
        self.start |= other.start;
    }
}

impl Pattern {
    /// Positions of a pattern, its counts written out.
    pub const POSITIONS: usize = 256;
    /// Characters of a pattern as written.
    pub const LONGEST: usize = 256;
    /// Characters that the shortest match must have.
    pub const SHORTEST_MATCH: usize = 4;

    /// Reads a pattern.
    ///
    /// # Errors
    /// [`BadPattern`] with the reason and the place.
    pub fn compile(source: &str) -> Result<Pattern, BadPattern> {
        let node = parse(source)?;
        let mut pattern = Pattern {
            first: Bits::default(),
            last: Bits::default(),
            follow: Vec::new(),
            ascii: vec![Bits::default(); 128],
            sets: Vec::new(),
        };
        let bad = |reason| BadPattern { reason, at: 0 };
        let end = pattern.add(&node, Before { bits: Bits::default(), start: true });
        pattern.last = end.bits;
        if end.start {
            return Err(bad(BadReason::EmptyMatch));
        }
        if node.least() < Pattern::SHORTEST_MATCH || COMMON.iter().any(|word| pattern.matches_whole(word)) {
            return Err(bad(BadReason::TooCommon));
        }
        Ok(pattern)
    }

    /// Every match that stands alone, the longest at each place, from left to right.
    pub(super) fn find(&self, text: &Text<'_>, mut found: impl FnMut(Range<usize>)) {
        let (mut previous, mut free) = (' ', 0);
        for (at, character) in text.as_str().char_indices() {
            let alone = !is_word(character) || !is_word(previous);
            previous = if is_invisible(character) { previous } else { character };
            if at < free || !alone || self.accepting(character).and(&self.first).is_empty() {
                continue;
            }
            let ends = self.ends(text.slice(at..text.len()), |end, last| {
                !(is_word(last) && text.char_at(at + end).is_some_and(is_word))
            });
            if let Some(end) = ends {
                free = at + end;
                found(at..free);
            }
        }
    }

    fn matches_whole(&self, text: &str) -> bool {
        self.ends(text, |end, _| end == text.len()).is_some()
    }

    /// The longest match from the beginning of a text whose end and last character are fine. It reads no more characters than
    /// there are positions.
    fn ends(&self, text: &str, fine: impl Fn(usize, char) -> bool) -> Option<usize> {
        let (mut next, mut longest) = (self.first, None);
        for (at, character) in text.char_indices() {
            if is_invisible(character) {
                continue;
            }
            let here = self.accepting(character).and(&next);
            if here.is_empty() {
                break;
            }
            let end = at + character.len_utf8();
            if !here.and(&self.last).is_empty() && fine(end, character) {
                longest = Some(end);
            }
            next = Bits::default();
            here.each(|position| self.follow.get(position).into_iter().for_each(|bits| next.or(bits)));
        }
        longest
    }

    /// The positions that accept a character.
    fn accepting(&self, character: char) -> Bits {
        if let Some(bits) = usize::try_from(u32::from(narrow(character))).ok().and_then(|at| self.ascii.get(at)) {
            return *bits;
        }
        let mut bits = Bits::default();
        self.sets.iter().enumerate().filter(|(_, set)| set.has(character)).for_each(|(at, _)| bits.or(&Bits::one(at)));
        bits
    }

    /// Adds the positions of a part behind what comes before it.
    fn add(&mut self, node: &Node, before: Before) -> Before {
        match node {
            Node::Set(set) => self.position(set, before),
            Node::All(parts) => parts.iter().fold(before, |before, part| self.add(part, before)),
            Node::Either(branches) => {
                let mut after = Before { bits: Bits::default(), start: false };
                for branch in branches {
                    after.or(self.add(branch, before));
                }
                after
            }
            Node::Times(part, least, most) => {
                let (mut at, mut after) = (before, Before { bits: Bits::default(), start: false });
                if *least == 0 {
                    after.or(before);
                }
                for time in 1..=*most {
                    at = self.add(part, at);
                    if time >= *least {
                        after.or(at);
                    }
                }
                after
            }
        }
    }

    fn position(&mut self, set: &Set, before: Before) -> Before {
        let bit = Bits::one(self.sets.len());
        for (code, bits) in (0_u8..).zip(&mut self.ascii) {
            if set.has(char::from(code)) {
                bits.or(&bit);
            }
        }
        self.sets.push(set.clone());
        self.follow.push(Bits::default());
        before.bits.each(|position| self.follow.get_mut(position).into_iter().for_each(|bits| bits.or(&bit)));
        if before.start {
            self.first.or(&bit);
        }
        Before { bits: bit, start: false }
    }
}

/// Words and numbers of any text: a pattern that matches one of them would leave little to read.
#[rustfmt::skip]
const COMMON: &[&str] = &[
    "that", "with", "this", "from", "have", "will", "when", "error", "issue", "please", "because", "version", "Version", "JIRA", "NULL", "TODO", "HTTP", "HTTPS",
    "nicht", "eine", "oder", "werden", "Fehler", "pour", "dans", "avec", "erreur", "para", "como", "error", "sono", "della", "errore", "что", "это", "ошибка",
    "2024", "2025", "2026", "1000", "10000", "100000", "1234", "12345", "123456", "2025-01", "2025-01-31", "10:30", "10:30:00", "1.10", "10.0.1", "10.10.1",
    "    ", "----", "====", "....", "****", "####",
];

#[cfg(test)]
mod tests;
