//! A text cut as the tokenizers cut it before they merge bytes: words, digits by three, runs of signs, blanks.
//! It merges nothing: a piece that is no known word is a [`Strand`].
//!
//! The cut is exact where all is ASCII. A stretch without white space that holds other characters is one strand, in
//! which a piece may begin wherever one of the tokenizers might begin one (see [`super::rough`]).
//!
//! Spec: the patterns `o200k_base` and `cl100k_base` of OpenAI's `tiktoken`.

use super::class::{Class, class, is_space};
use super::rough::Rough;
use super::strand::Strand;
use super::tables::{Tables, Word};

/// The most tokens of a text.
pub(super) fn bound(text: &str, tables: &Tables) -> u32 {
    let mut walk = Walk { text, bytes: text.as_bytes(), at: 0, rough: 0, tokens: 0, tables, open: None };
    walk.look_ahead(0);
    while walk.at < walk.bytes.len() {
        walk.step();
    }
    walk.close();
    walk.tokens
}

struct Walk<'a> {
    text: &'a str,
    bytes: &'a [u8],
    /// All before it is counted or in the open strand.
    at: usize,
    /// Where the next stretch begins that is not all ASCII.
    rough: usize,
    tokens: u32,
    tables: &'a Tables,
    /// A strand that what follows may belong to.
    open: Option<Rough<'a>>,
}

impl<'a> Walk<'a> {
    /// White space, and the stretch that follows up to the next.
    fn step(&mut self) {
        let gap = self.at;
        let start = self.run(gap, |c| matches!(c, Class::Blank | Class::Line));
        let single = start == gap + 1 && self.open.is_none() && self.byte(gap) == Some(b' ') && start < self.rough;
        let joined = if single && start < self.bytes.len() { true } else { self.gap(gap, start) };
        if self.open.is_some() || start == self.rough {
            let end = self.run(start, |c| !matches!(c, Class::Blank | Class::Line));
            self.extend(start - usize::from(joined), end);
            if end > self.rough {
                self.look_ahead(end);
            }
        } else {
            self.at = start;
            self.ascii(joined);
        }
    }

    /// Finds the next stretch that is not all ASCII.
    fn look_ahead(&mut self, from: usize) {
        let rest = self.bytes.get(from..).unwrap_or_default();
        let ascii = rest.iter().position(|byte| !byte.is_ascii()).unwrap_or(rest.len());
        let before = rest.get(..ascii).unwrap_or_default();
        let space = before.iter().rposition(|byte| matches!(class(*byte), Class::Blank | Class::Line));
        let start = space.map_or(from, |space| from + space + 1);
        self.rough = if ascii == rest.len() { self.bytes.len() + 1 } else { start };
    }

    /// The white space before a stretch, but for the last blank if it belongs to the stretch: then it is true.
    /// The open strand stays open if the stretch belongs to it.
    fn gap(&mut self, gap: usize, start: usize) -> bool {
        if start == self.rough && self.text.get(start..).and_then(|t| t.chars().next()).is_some_and(is_space) {
            self.extend(gap, start);
            return false;
        }
        let spaces = self.bytes.get(gap..start).unwrap_or_default();
        let lines = spaces.iter().rposition(|byte| class(*byte) == Class::Line).map_or(gap, |last| gap + last + 1);
        let last = if start == self.bytes.len() { start } else { start - usize::from(lines < start) };
        let mut counted = gap;
        if self.open.is_some() {
            let spaced = self.text.get(..gap).and_then(|before| before.chars().next_back()).is_some_and(is_space);
            counted = if spaced && lines == gap { last } else { lines };
            self.extend(gap, counted);
            // one of the tokenizers takes line breaks and slashes with the signs before them
            let broken = start.checked_sub(1).is_some_and(|before| self.class(before) == Class::Line);
            if broken && self.class(start) == Class::Slash {
                return false;
            }
            self.close();
        }
        if counted < lines {
            self.piece(counted, lines);
        }
        self.piece(lines.max(counted), last);
        last < start
    }

    /// A stretch of ASCII; `joined` says that the blank before it belongs to its first piece.
    fn ascii(&mut self, mut joined: bool) {
        loop {
            let at = self.at;
            match self.class(at) {
                Class::Small | Class::Capital => self.letters(at - usize::from(joined), at),
                Class::Digit => {
                    self.at = self.run(at, |c| c == Class::Digit);
                    self.add((self.at - at).div_ceil(3) + usize::from(joined));
                }
                Class::Sign | Class::Slash | Class::Apostrophe => self.signs(joined),
                Class::Blank | Class::Line | Class::Unknown | Class::End => return,
            }
            joined = false;
            // signs take line breaks with them: another stretch may begin here
            if self.open.is_some() || self.at == self.rough {
                return;
            }
        }
    }

    /// Letters from `at`, and what stands before them from `start`.
    fn letters(&mut self, start: usize, at: usize) {
        let rest = self.bytes.get(at..).unwrap_or_default();
        let (length, known) = self.tables.words.longest(rest);
        let end = if length < 16 { at + length } else { self.run(at + 16, Class::is_letter) };
        let lead = self.byte(start).filter(|_| start < at);
        if lead == Some(b'\'') || (self.byte(end) == Some(b'\'') && self.class(end + 1).is_letter()) {
            return self.contracted(start);
        }
        self.at = end;
        match (known, lead) {
            (Some(Word::Anywhere), None) | (Some(_), Some(b' ')) => self.add(1),
            (Some(Word::Anywhere), Some(_)) => self.add(2),
            _ => self.strand(start, end),
        }
    }

    /// Words that apostrophes join, which the tokenizers cut each in its own way.
    fn contracted(&mut self, start: usize) {
        let mut end = start + 1;
        loop {
            end = self.run(end, Class::is_letter);
            if self.byte(end) != Some(b'\'') || !self.class(end + 1).is_letter() {
                break;
            }
            end += 1;
        }
        self.extend(start, end);
        self.close();
    }

    /// Signs, the line breaks behind them with them, or one sign with the word that it opens.
    fn signs(&mut self, joined: bool) {
        let at = self.at;
        let mut start = at;
        if joined {
            if self.byte(at - 1) == Some(b' ') { start = at - 1 } else { self.add(1) }
        }
        let end = self.run(at, Class::is_sign);
        if start == at && end == at + 1 && self.class(end).is_letter() {
            return self.letters(at, end);
        }
        let lines = self.run(end, |c| c == Class::Line);
        if lines > end && self.class(lines) == Class::Slash {
            self.extend(start, lines);
        } else {
            self.piece(start, lines);
        }
        self.at = lines;
    }

    /// A piece of signs or white space.
    fn piece(&mut self, from: usize, to: usize) {
        let bytes = self.bytes.get(from..to).unwrap_or_default();
        match bytes {
            [] => {}
            [_] => self.add(1),
            [b' ', rest @ ..] if rest.len() < MOST_SPACES && rest.iter().all(|b| *b == b' ') => self.add(1),
            _ => self.strand(from, to),
        }
    }

    /// A piece by itself, which may begin anew at a capital after a small letter.
    fn strand(&mut self, from: usize, to: usize) {
        let mut strand = Strand::new(&self.tables.grams);
        let mut last = Class::End;
        for byte in self.bytes.get(from..to).unwrap_or_default() {
            let class = class(*byte);
            strand.push(*byte, last == Class::Small && class == Class::Capital);
            last = class;
        }
        self.tokens = self.tokens.saturating_add(strand.most());
    }

    /// Adds to the open strand, or opens one.
    fn extend(&mut self, from: usize, to: usize) {
        let open = self.open.get_or_insert_with(|| Rough::new(&self.tables.grams));
        self.text.get(from..to).unwrap_or_default().chars().for_each(|c| open.push(c));
        self.at = to;
    }

    fn close(&mut self) {
        if let Some(strand) = self.open.take() {
            self.tokens = self.tokens.saturating_add(strand.most());
        }
    }

    fn add(&mut self, tokens: usize) {
        self.tokens = self.tokens.saturating_add(u32::try_from(tokens).unwrap_or(u32::MAX));
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn class(&self, at: usize) -> Class {
        self.byte(at).map_or(Class::End, class)
    }

    fn run(&self, from: usize, belongs: impl Fn(Class) -> bool) -> usize {
        let rest = self.bytes.get(from..).unwrap_or_default();
        from + rest.iter().position(|byte| !belongs(class(*byte))).unwrap_or(rest.len())
    }
}

/// So many blanks are one token, and so are fewer.
const MOST_SPACES: usize = 79;
