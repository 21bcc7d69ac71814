//! Restoring an answer that arrives in pieces: what is given out together is what [`super::restore`] makes of the whole,
//! wherever the pieces were cut. It holds back only what a later piece could still change.
//!
//! INVARIANT: a token is read from at most [`REACH`] bytes around its kind's name, and never across a line break.

use super::{Restored, TokenMap, restore};
use crate::privacy::table::Table;
use crate::privacy::token::{Reader, names};

/// An answer on its way in.
pub struct Restoring<'a> {
    reader: Reader,
    table: &'a Table,
    held: String,
    /// Held bytes at which it is looked again for what can be given out: twice what was left where that is much, so that looking
    /// stays linear.
    enough: usize,
    unknown: Vec<String>,
}

impl TokenMap {
    /// Begins to restore an answer that arrives in pieces.
    pub fn restoring(&self) -> Restoring<'_> {
        Restoring::new(self.reader, &self.table)
    }
}

impl<'a> Restoring<'a> {
    pub(in crate::privacy) const fn new(reader: Reader, table: &'a Table) -> Restoring<'a> {
        Restoring { reader, table, held: String::new(), enough: 0, unknown: Vec::new() }
    }

    /// Takes the next piece and gives out what is certain by now.
    pub fn push(&mut self, piece: &str) -> String {
        self.held.push_str(piece);
        if self.held.len() < self.enough {
            return String::new();
        }
        let certain = certain(&self.held);
        let later = self.held.split_off(certain);
        let text = std::mem::replace(&mut self.held, later);
        self.enough = if self.held.len() > 2 * REACH { self.held.len().saturating_mul(2) } else { 0 };
        self.give(&text)
    }

    /// Gives out the rest, with every token that the answer had and this request never issued.
    pub fn finish(mut self) -> Restored {
        let rest = std::mem::take(&mut self.held);
        Restored { text: self.give(&rest), unknown: self.unknown }
    }

    fn give(&mut self, text: &str) -> String {
        let Restored { text, unknown } = restore(text, self.reader, self.table);
        let new: Vec<String> = unknown.into_iter().filter(|token| !self.unknown.contains(token)).collect();
        self.unknown.extend(new);
        text
    }
}

/// How many bytes of a text nothing behind it can change: to its last line break, or to the last place with no kind's name
/// within reach on either side.
fn certain(text: &str) -> usize {
    let line = text.rfind('\n').map_or(0, |at| at + 1);
    // A name may have begun at the very end, so the end counts as one.
    let rest = text.get(line..).unwrap_or_default();
    let mut certain = line;
    let mut clear_from = line;
    for (start, end) in names(rest).chain([(rest.len(), rest.len())]) {
        let until = (line + start).saturating_sub(REACH);
        if until >= clear_from {
            certain = text.floor_char_boundary(until).max(certain);
        }
        clear_from = clear_from.max(line + end + REACH);
    }
    certain
}

/// More than any token with its brackets, blanks, escapes and ending takes, and than the partner of a bracket stands off.
const REACH: usize = 192;

#[cfg(test)]
mod tests {
    use super::*;

    fn map() -> TokenMap {
        let pairs = [
            ("[EMAIL_1]", "anna@example.com"),
            ("[PERSON_1]", "Anna Schmidt"),
            ("[PERSON_1.b]", "Anna"),
            ("[DATE_OF_BIRTH_1]", "1 May 1990"),
            ("[[IP_1]]", "[::1]"),
        ];
        TokenMap::of(pairs).unwrap()
    }

    #[track_caller]
    fn check(map: &TokenMap, text: &str, cuts: &[usize]) {
        let whole = map.restore(text);
        let mut restoring = map.restoring();
        let (mut out, mut from) = (String::new(), 0);
        for cut in cuts.iter().copied().chain([text.len()]) {
            out.push_str(&restoring.push(text.get(from..cut).unwrap()));
            from = cut;
        }
        let rest = restoring.finish();
        out.push_str(&rest.text);
        assert_eq!((out, rest.unknown), (whole.text, whole.unknown), "{text:?} cut at {cuts:?}");
    }

    /// What a model writes, wherever a provider cuts it.
    const ANSWER: &str = "Dear [PERSON_1.b],\n\\[EMAIL\\_1\\] and [date-of-birth_1 of PERSON_1's; [[IP_1]] [EMAIL_7], (PERSON_1s) [PERSON_1 .b] EMAIL_1. ä😀 PERSON_1en, [PERSON_1n] PERSON_1ом, [PERSON_1у] PERSON_1почта [EMAIL_1";

    #[test]
    fn two_pieces_give_what_the_whole_gives_at_every_cut() {
        let far = format!("{}{ANSWER}{}", "word ".repeat(100), " word".repeat(100));
        for text in [ANSWER, &far] {
            for cut in (0..=text.len()).filter(|at| text.is_char_boundary(*at)) {
                check(&map(), text, &[cut]);
            }
        }
    }

    #[test]
    fn single_characters_give_what_the_whole_gives() {
        for text in [ANSWER.to_owned(), format!("{ANSWER} ").repeat(20), "[EMAIL_1 ".repeat(60) + "x]"] {
            let cuts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
            check(&map(), &text, &cuts);
        }
    }

    #[test]
    fn holds_back_no_more_than_a_reach_of_plain_text() {
        let map = map();
        let mut restoring = map.restoring();
        let given: usize = (0..1000).map(|_| restoring.push("nothing of a token here; ").len()).sum();
        assert!(given + 4 * REACH > 25_000, "{given}");
        assert_eq!(restoring.push("a line\n[EMAIL_1]\n").lines().last(), Some("anna@example.com"));
    }
}
