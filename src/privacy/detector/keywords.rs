//! Every keyword of every detector, block by block: those that may stand anywhere, and those that begin with a word.
//! It runs no detector; which keyword stands where is told to the caller.

use super::inside::Inside;
use super::words::{FOLDED, Start, Words};
use crate::privacy::classes::{BLOCK, Masks, Window, each};

/// A keyword and whose it is.
#[derive(Clone, Copy)]
pub(super) struct Keyword {
    pub(super) word: &'static str,
    /// Below [`OWNERS`].
    pub(super) owner: usize,
    /// Its place in the owner's table.
    pub(super) row: usize,
    /// Whether it stands nowhere but at the beginning of a word.
    pub(super) begins: bool,
}

/// Where a keyword may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// Inside words too.
    Anywhere,
    /// At the beginning of a word, whatever follows; but what a short one of letters alone goes on with in small letters is one of
    /// [`GROWN`].
    Beginning,
    /// At the beginning of a word, whatever follows.
    Glued,
    /// At the beginning of a word, and followed by its end; a short one also by an s, a long one by some letters.
    Word,
    /// Any quotation mark, whichever it is.
    Quote,
}

/// A keyword at a place.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) owner: usize,
    pub(super) row: usize,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// All keywords.
pub(super) struct Keywords {
    inside: Inside,
    words: Words,
    quote: Option<Keyword>,
}

/// What one block leaves to the next.
pub(super) struct Carried {
    /// For each owner where the next keyword may begin.
    free: [usize; OWNERS],
    /// Where in the next block a keyword begins that has its anchor there.
    inside: u64,
    /// The last block of the text, and the one behind it, with blanks behind.
    ends: [[u8; BLOCK + BEHIND]; 2],
}

impl Default for Carried {
    fn default() -> Carried {
        Carried { free: [0; OWNERS], inside: 0, ends: [[0; BLOCK + BEHIND]; 2] }
    }
}

impl Keywords {
    pub(super) fn of(keywords: impl Iterator<Item = (Keyword, Reach)>) -> Keywords {
        let (mut inside, mut whole, mut begun, mut quote) = (Vec::new(), Vec::new(), Vec::new(), None);
        for (keyword, reach) in keywords {
            match reach {
                Reach::Word if is_word(keyword.word) => whole.push(keyword),
                Reach::Beginning if is_word(keyword.word) => begun.push(keyword),
                Reach::Glued => inside.push(Keyword { begins: true, ..keyword }),
                Reach::Quote => quote = Some(keyword),
                _ => inside.push(keyword),
            }
        }
        Keywords { inside: Inside::of(&inside), words: Words::of(&whole, &begun), quote }
    }

    /// Every keyword that begins in a block, in any case: for each owner the longest at a place, and none that overlaps one
    /// before it. Blocks are to be given in order.
    #[inline(never)]
    pub(super) fn at_block(
        &self,
        text: &[u8],
        start: usize,
        window: &Window<'_>,
        carried: &mut Carried,
        mut found: impl FnMut(Hit),
    ) {
        let letters = Letters::of(window);
        let starts = letters.starts(window);
        let Carried { free, inside: carried, ends: [room, next_room] } = carried;
        let block = block_at(text, start, room);
        let words = self.words_at(block, &letters, starts);
        // A keyword's anchor may stand in the next block.
        let next = start + BLOCK;
        let (own, before) = self.inside.places(text, next, block_at(text, next, next_room));
        let inside = std::mem::replace(carried, own) | before;
        let inside = if start == 0 { inside | self.inside.places(text, 0, block).0 } else { inside };
        let quotes = if self.quote.is_some() { window.here.quotes } else { 0 };
        each(words | inside | quotes, |bit| {
            let at = start + bit;
            let mut longest: [Option<Hit>; OWNERS] = [None; OWNERS];
            if let Some(quote) = self.quote.filter(|_| quotes >> bit & 1 == 1)
                && let Some(known) = longest.get_mut(quote.owner)
            {
                *known = Some(Hit { owner: quote.owner, row: quote.row, start: at, end: at + 1 });
            }
            let mut compare = |keyword: &Keyword| {
                let end = at + keyword.word.len();
                if keyword.begins && starts >> bit & 1 == 0 {
                    return;
                }
                let known = longest.get_mut(keyword.owner).filter(|known| known.is_none_or(|known| known.end < end));
                let fits = || text.get(at..end).is_some_and(|it| it.eq_ignore_ascii_case(keyword.word.as_bytes()));
                if let Some(known) = known
                    && fits()
                {
                    *known = Some(Hit { owner: keyword.owner, row: keyword.row, start: at, end });
                }
            };
            if words >> bit & 1 == 1 {
                self.words.each(letters.word(block, bit), &mut compare);
            }
            if inside >> bit & 1 == 1 {
                self.inside.each(behind(text, at), &mut compare);
            }
            for (hit, free) in longest.into_iter().zip(&mut *free) {
                if let Some(hit) = hit.filter(|hit| *free <= hit.start) {
                    *free = hit.end;
                    found(hit);
                }
            }
        });
    }
}

impl Keywords {
    /// Which of the words of a block a keyword may begin with. By itself, so that an engine keeps what it works with in registers.
    #[inline(never)]
    fn words_at(&self, block: &[u8; BLOCK + BEHIND], letters: &Letters, starts: u64) -> u64 {
        let (mut words, letters) = (0, *letters);
        each(starts, |bit| words |= u64::from(self.words.may_begin(letters.word(block, bit))) << bit);
        words
    }
}

/// Whether a keyword begins with a word by which it can be looked up: a single letter, or none, tells too little.
pub(super) fn is_word(keyword: &str) -> bool {
    let letters = keyword.bytes().take_while(u8::is_ascii_alphabetic).count();
    letters > 1 || keyword.starts_with(|first: char| !first.is_ascii())
}

/// Letters of ASCII, and capitals behind small ones, of a block and the next.
#[derive(Clone, Copy)]
struct Letters {
    here: u64,
    behind: u64,
    humps: u64,
    humps_behind: u64,
    /// Capitals with another behind them.
    capitals: u64,
}

impl Letters {
    #[inline(always)]
    fn of(window: &Window<'_>) -> Letters {
        let Window { here, behind, .. } = window;
        Letters {
            here: here.letters(),
            behind: behind.letters(),
            humps: here.upper & window.shifted(|masks| masks.lower),
            humps_behind: behind.upper & (behind.lower << 1 | here.lower >> (BLOCK - 1)),
            capitals: here.upper & (here.upper >> 1 | behind.upper << (BLOCK - 1)),
        }
    }

    /// Where words of more than one letter begin: behind anything but a letter, at a hump, and at any letter outside ASCII that
    /// is not behind one in it.
    #[inline(always)]
    fn starts(&self, window: &Window<'_>) -> u64 {
        let more = self.here >> 1 | self.behind << (BLOCK - 1);
        (window.starts(Masks::letters) | self.humps) & more | window.here.leads & !window.shifted(Masks::words)
    }

    /// The word that begins at a place of the block, which is given with what is behind it.
    #[inline(always)]
    fn word(&self, block: &[u8; BLOCK + BEHIND], bit: usize) -> Start {
        let bit = bit & (BLOCK - 1);
        let opening = block.get(bit..bit + 8).and_then(|rest| rest.first_chunk().copied()).unwrap_or_default();
        Start {
            opening: u64::from_le_bytes(opening) | FOLDED,
            letters: self.here >> bit | self.behind << 1 << (BLOCK - 1 - bit),
            humps: self.humps >> bit >> 1 | self.humps_behind << (BLOCK - 1 - bit),
            capitals: self.capitals >> bit & 1 == 1,
        }
    }
}

/// The bytes from a place on; at the end of the text blanks follow.
#[inline(always)]
pub(super) fn behind(text: &[u8], at: usize) -> [u8; 8] {
    let rest = text.get(at..).unwrap_or_default();
    rest.first_chunk().copied().unwrap_or_else(|| {
        let mut last = [b' '; 8];
        last.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
        last
    })
}

/// The block at a place and the bytes behind it: those of the text, or at its end a copy with blanks behind.
#[inline(always)]
fn block_at<'a>(text: &'a [u8], at: usize, room: &'a mut [u8; BLOCK + BEHIND]) -> &'a [u8; BLOCK + BEHIND] {
    match text.get(at..).and_then(|rest| rest.first_chunk()) {
        Some(block) => block,
        None => last_block(text.get(at..).unwrap_or_default(), room),
    }
}

#[inline(never)]
fn last_block<'a>(rest: &[u8], room: &'a mut [u8; BLOCK + BEHIND]) -> &'a [u8; BLOCK + BEHIND] {
    room.fill(b' ');
    room.iter_mut().zip(rest).for_each(|(to, byte)| *to = *byte);
    room
}

/// What may be grown to a short beginning: the words for a key.
pub(super) const GROWN: [&str; 6] = ["key", "tok", "sec", "api", "pass", "io"];

/// The bytes behind a block that are looked at.
pub(super) const BEHIND: usize = 8;

/// Who may own keywords.
pub(super) const OWNERS: usize = 3;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::privacy::classes::windows;
    use aho_corasick::{AhoCorasick, MatchKind};

    const WORDS: &[&str] =
        &["pw", "token", "apitoken", "api_token", "sk-", "sk-ant-", "SK", "пароль", "-----begin ", "to", "tok", "x1y"];

    fn found(keywords: &Keywords, text: &str) -> Vec<(usize, usize, usize)> {
        let (mut found, mut carried) = (Vec::new(), Carried::default());
        windows(text.as_bytes(), |start, window| {
            keywords.at_block(text.as_bytes(), start, window, &mut carried, |hit| {
                found.push((hit.owner, hit.start, hit.end))
            });
        });
        found
    }

    fn all(words: &[(&'static str, usize, Reach)]) -> Keywords {
        let keyword = |word, owner| Keyword { word, owner, row: 0, begins: false };
        Keywords::of(words.iter().map(|(word, owner, reach)| (keyword(*word, *owner), *reach)))
    }

    #[test]
    fn agrees_with_an_automaton() {
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .ascii_case_insensitive(true)
            .build(WORDS)
            .unwrap();
        let keywords = all(&WORDS.iter().map(|word| (*word, 1, Reach::Anywhere)).collect::<Vec<_>>());
        #[rustfmt::skip]
        let pieces = ["p", "w", "t", "o", "k", "en", "api", "_", "token", "S", "K", "-", "ant-", "пароль", "Пароль", "-----BEGIN ", "x1y", "é"];
        let mut random = crate::random::Xorshift::seeded(3);
        for _ in 0..20_000 {
            let text: String = (0..random.below(24)).map(|_| pieces[random.below(pieces.len())]).collect();
            let expected: Vec<_> = automaton.find_iter(&text).map(|found| (1, found.start(), found.end())).collect();
            assert_eq!(found(&keywords, &text), expected, "{text}");
        }
    }

    #[test]
    fn finds_words_and_beginnings_where_words_begin() {
        let keywords = all(&[
            ("nif", 0, Reach::Word),
            ("tax id", 0, Reach::Word),
            ("passport", 0, Reach::Word),
            ("führerschein", 0, Reach::Word),
            ("снилс", 0, Reach::Word),
            ("lob", 1, Reach::Beginning),
            ("heroku", 1, Reach::Beginning),
            ("sk", 1, Reach::Glued),
        ]);
        let check = |text: &str, expected: &[(usize, usize, usize)]| {
            for before in [0, 57, 58, 60, 62, 63] {
                let all: Vec<_> = found(&keywords, &format!("{}{text}", " ".repeat(before)));
                let moved: Vec<_> = expected.iter().map(|(owner, a, b)| (*owner, a + before, b + before)).collect();
                assert_eq!(all, moved, "{text} behind {before}");
            }
        };
        check("NIF nifs nifNumber taxNif 1nif", &[(0, 0, 3), (0, 4, 7), (0, 9, 12), (0, 22, 25), (0, 27, 30)]);
        check("manif nifty", &[]);
        check("tax id: Tax ID", &[(0, 0, 6), (0, 8, 14)]);
        check("passports Reisepassport", &[(0, 0, 8)]);
        check("Führerschein, (снилс", &[(0, 0, 13), (0, 16, 26)]);
        check("LOBapikey lob lobby glob myHerokuKey", &[(1, 0, 3), (1, 10, 13), (1, 27, 33)]);
        check("LOBSTER lobster Lob_1", &[(1, 0, 3), (1, 16, 19)]);
        check("SK12 skate ask", &[(1, 0, 2), (1, 5, 7)]);
    }

    #[test]
    fn lets_no_owner_hide_anothers_keyword() {
        let keywords = all(&[("secret token", 0, Reach::Anywhere), ("token", 1, Reach::Anywhere)]);
        assert_eq!(found(&keywords, "a secret tokEN"), [(0, 2, 14), (1, 9, 14)]);
    }
}
