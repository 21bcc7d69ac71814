//! Words and runs of capitalised words: what the tagger looks at, and the only place a guessed person can stand.
//! It does not judge them; it leaves out what is no prose (code, paths, class names, words glued to signs of a program).
//!
//! One sweep: lower-case words are jumped over, each run is read once, and the neighbours read around it are bounded.

use super::fence::{FENCES, fence};
use super::lists::{PARTICLES, SEED, TITLES, step};
use super::surroundings::{Side, around};
use crate::privacy::classes::capitals;

/// A word, in lower case, with what its spelling shows.
#[derive(Clone, Copy)]
pub(in crate::privacy) struct Word {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) hash: u32,
    pub(super) shape: Shape,
    letters: [char; LONGEST],
    length: usize,
}

/// How a word is spelt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::privacy) enum Shape {
    /// "Anna".
    Capitalised,
    /// "A" or "A.".
    Initial,
    /// "ANNA".
    Capitals,
    /// "Anna-Lena", "O'Hara".
    Joined,
    /// "McDonald", "DiCaprio": one capital inside, after a prefix of names.
    Prefixed,
    /// "Dr.": an abbreviation that stands before names.
    Title,
    /// "van" between capitalised words.
    Particle,
    /// "Open-source": no name is spelt so.
    Mixed,
}

/// Capitalised words with nothing but blanks between them, and what stands around.
pub(in crate::privacy) struct Run {
    words: [Word; MOST],
    length: usize,
    /// Hashes of the two words before, nearest first, and of the two behind; zero where there is none.
    pub(super) left: [u32; 2],
    pub(super) right: [u32; 2],
    /// The sign directly before (a newline counts, a blank does not) and behind; zero at the ends of the text.
    pub(super) before: u8,
    pub(super) after: u8,
}

impl Run {
    pub(super) fn words(&self) -> &[Word] {
        self.words.get(..self.length).unwrap_or_default()
    }

    /// Whether a sentence, a line or an item begins here, so that the first capital says little.
    pub(super) const fn begins(&self) -> bool {
        matches!(self.before, 0 | b'\n' | b'.' | b'!' | b'?' | b'*' | b'"' | b'|' | b':' | b'-' | b'#')
    }

    const fn empty() -> Run {
        Run { words: [Word::NONE; MOST], length: 0, left: [0; 2], right: [0; 2], before: 0, after: 0 }
    }

    /// Reads the signs and words around, which most runs need not.
    pub(super) fn look_around(&mut self, text: &str) {
        if let [first, ..] = self.words()
            && let [.., last] = self.words()
        {
            let (start, end) = (first.start, last.end);
            (self.before, self.left) = around(text, start, Side::Left);
            (self.after, self.right) = around(text, end, Side::Right);
        }
    }

    fn clear(&mut self) {
        (self.length, self.before, self.after) = (0, 0, 0);
        (self.left, self.right) = ([0; 2], [0; 2]);
    }

    /// Adds a word that is read in place, and tells its end; nothing when there is none, or no room.
    fn add(&mut self, read: impl FnOnce(&mut Word) -> bool) -> Option<usize> {
        let word = self.words.get_mut(self.length)?;
        if !read(word) {
            return None;
        }
        self.length += 1;
        Some(word.end)
    }
}

impl Word {
    const NONE: Word = Word { start: 0, end: 0, hash: 0, shape: Shape::Mixed, letters: ['\0'; LONGEST], length: 0 };

    /// The letters in lower case.
    pub(super) fn letters(&self) -> &[char] {
        self.letters.get(..self.length).unwrap_or_default()
    }

    pub(super) const fn length(&self) -> usize {
        self.length
    }

    /// Whether it can be the first or last word of a name.
    pub(super) const fn is_name_like(&self) -> bool {
        matches!(self.shape, Shape::Capitalised | Shape::Capitals | Shape::Joined | Shape::Prefixed)
    }
}

/// Every run of a text, in order.
pub(in crate::privacy) fn runs(text: &str, mut each: impl FnMut(&mut Run)) {
    let bytes = text.as_bytes();
    // One for all, as most of its room is never written.
    let (mut run, mut no_end) = (Run::empty(), [false; FENCES.len()]);
    let mut read = |at: usize| match bytes.get(at) {
        Some(b'{' | b'`') => fence(text, at, &mut no_end).unwrap_or(at + 1),
        _ => run_at(text, at, &mut run, &mut each),
    };
    let mut at = 0;
    if text.is_ascii() {
        return capitals(bytes, |place| {
            let goes_on = place.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'_');
            if place >= at && (!goes_on || !matches!(bytes.get(place), Some(b'A'..=b'Z'))) {
                at = read(place);
            }
        });
    }
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_' {
            at = chunk_end(text, at);
        } else if byte.is_ascii_uppercase() || *byte >= 0x80 || matches!(byte, b'{' | b'`') {
            at = read(at);
        } else {
            at += 1;
        }
    }
}

/// Reads the run at a place where no word goes on, or jumps over what stands there.
fn run_at(text: &str, at: usize, run: &mut Run, each: &mut impl FnMut(&mut Run)) -> usize {
    let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
    if !is_letter(first) {
        return at + first.len_utf8();
    }
    run.clear();
    let Some(mut end) = run.add(|word| capitalised(text, at, word)) else { return chunk_end(text, at) };
    while let Some(next) = next_start(text, end) {
        let added = run.add(|word| capitalised(text, next, word) || particle(text, next, word));
        let Some(word_end) = added else { break };
        end = word_end;
    }
    while run.length > 1 && run.words().last().is_some_and(|word| word.shape == Shape::Particle) {
        run.length -= 1;
        end = run.words().last().map_or(end, |word| word.end);
    }
    each(run);
    end
}

/// The capitalised word at a place, unless it is part of something that is no prose.
fn capitalised(text: &str, at: usize, word: &mut Word) -> bool {
    if !read(text, at, word) || word.shape == Shape::Particle || !stands_free(text, word) {
        return false;
    }
    let bytes = text.as_bytes();
    if bytes.get(word.end) == Some(&b'.') {
        if word.length == 1 {
            word.end += 1;
        } else if TITLES.contains(&word.hash) {
            word.shape = Shape::Title;
            word.end += 1;
        }
    }
    true
}

/// "van" and its like, when a capitalised word follows.
fn particle(text: &str, at: usize, word: &mut Word) -> bool {
    if !read(text, at, word) || word.shape != Shape::Particle || !PARTICLES.contains(&word.hash) {
        return false;
    }
    let Some(next) = next_start(text, word.end) else { return false };
    let Some(first) = text.get(next..).and_then(|rest| rest.chars().next()) else { return false };
    let mut following = Word::NONE;
    let mut chained = || word.length > 1 && read(text, next, &mut following) && PARTICLES.contains(&following.hash);
    first.is_uppercase() || chained()
}

/// Reads the word that begins at a place; lower-case words come back as particles. False where there is none.
fn read(text: &str, at: usize, word: &mut Word) -> bool {
    (word.start, word.end, word.hash, word.length) = (at, at, SEED, 0);
    let shape = read_plain(text.as_bytes(), at, word).unwrap_or_else(|| read_any(text, at, word));
    shape.map(|shape| word.shape = shape).is_some()
}

/// The same of a word of ASCII letters with neither an apostrophe nor a hyphen behind, which most are; otherwise nothing is told.
fn read_plain(bytes: &[u8], at: usize, word: &mut Word) -> Option<Option<Shape>> {
    let (mut inner, mut lower) = (0, false);
    let rest = bytes.get(at..).unwrap_or_default();
    let length = rest.iter().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(rest.len());
    if let Some(b'\'' | b'-' | 0x80..) = rest.get(length) {
        return None;
    }
    if length > LONGEST || rest.get(length).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'_') {
        return Some(None);
    }
    for (slot, byte) in word.letters.iter_mut().zip(rest.get(..length).unwrap_or_default()) {
        inner += u32::from(byte.is_ascii_uppercase());
        lower |= byte.is_ascii_lowercase();
        *slot = char::from(byte.to_ascii_lowercase());
        word.hash = step(word.hash, *slot);
    }
    let upper_first = rest.first().is_some_and(u8::is_ascii_uppercase);
    (word.length, word.end) = (length, at + length);
    Some(shape(word, upper_first, false, inner - u32::from(upper_first), lower, false))
}

/// The same of any word.
fn read_any(text: &str, at: usize, word: &mut Word) -> Option<Shape> {
    let mut letters = text.get(at..)?.char_indices().peekable();
    let (mut joined, mut inner, mut lower, mut begins, mut small) = (false, 0u32, false, true, false);
    let mut upper_first = false;
    while let Some((offset, letter)) = letters.next() {
        if is_letter(letter) {
            let upper = letter.is_uppercase();
            upper_first |= upper && word.length == 0;
            inner += u32::from(upper && !begins);
            small |= begins && !upper && word.length > 0;
            lower |= !upper;
            begins = false;
            for folded in letter.to_lowercase() {
                *word.letters.get_mut(word.length)? = folded;
                word.length += 1;
                word.hash = step(word.hash, folded);
            }
            word.end = at + offset + letter.len_utf8();
        } else if matches!(letter, '\'' | '’' | '-') && letters.peek().is_some_and(|(_, next)| is_letter(*next)) {
            if letter != '-' && is_possessive(text.get(at + offset + letter.len_utf8()..)?) {
                break;
            }
            let folded = if letter == '’' { '\'' } else { letter };
            *word.letters.get_mut(word.length)? = folded;
            word.length += 1;
            word.hash = step(word.hash, folded);
            (joined, begins) = (true, true);
        } else if is_mark(letter) {
            word.end = at + offset + letter.len_utf8();
        } else if letter.is_numeric() || letter == '_' {
            return None;
        } else {
            break;
        }
    }
    shape(word, upper_first, joined, inner, lower, small)
}

fn shape(word: &Word, upper_first: bool, joined: bool, inner: u32, lower: bool, small: bool) -> Option<Shape> {
    Some(match (word.length, upper_first) {
        (0, _) => return None,
        (_, false) if inner > 0 => return None,
        (_, false) => Shape::Particle,
        (1, _) => Shape::Initial,
        (_, _) if !lower => Shape::Capitals,
        (_, _) if inner == 0 && joined => {
            if small {
                Shape::Mixed
            } else {
                Shape::Joined
            }
        }
        (_, _) if inner == 0 => Shape::Capitalised,
        (_, _) if inner == 1 && has_name_prefix(word.letters()) => Shape::Prefixed,
        _ => return None,
    })
}

fn has_name_prefix(letters: &[char]) -> bool {
    ["mc", "mac", "de", "di", "la", "le", "van", "fitz"]
        .iter()
        .any(|prefix| letters.len() > prefix.len() + 2 && prefix.chars().zip(letters).all(|(one, other)| one == *other))
}

/// After the apostrophe of "Anna's".
fn is_possessive(rest: &str) -> bool {
    let mut rest = rest.chars();
    matches!(rest.next(), Some('s' | 'S')) && !rest.next().is_some_and(is_letter)
}

/// Whether the signs directly around a word are those of prose.
fn stands_free(text: &str, word: &Word) -> bool {
    let bytes = text.as_bytes();
    let at = |place: Option<usize>| place.and_then(|place| bytes.get(place)).copied().unwrap_or(0);
    let (before, earlier) = (at(word.start.checked_sub(1)), at(word.start.checked_sub(2)));
    let (after, later) = (at(Some(word.end)), at(Some(word.end + 1)));
    let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte >= 0x80;
    let left = match before {
        b'/' | b'\\' | b'$' | b'#' | b'_' | b'=' | b'<' | b'{' | b'`' | b'+' | b'%' | b'&' => false,
        b'.' => !is_inner(earlier) || (earlier.is_ascii_uppercase() && !is_inner(at(word.start.checked_sub(3)))),
        b'-' => !is_inner(earlier),
        b':' => earlier != b':' && !is_inner(earlier),
        b'@' => !is_inner(earlier),
        _ => true,
    };
    let right = match after {
        b'/' | b'=' | b'`' | b'<' | b'>' | b'(' | b'[' | b'{' | b'}' | b'@' | b'#' | b'$' | b'_' | b'%' | b'&'
        | b'+' => false,
        // At the end of a line it is Markdown's line break, and no path's.
        b'\\' => matches!(later, 0 | b'\n' | b'\r'),
        b'.' => word.length == 1 || !is_inner(later),
        b':' => later != b':' && !is_inner(later),
        b'-' => !is_inner(later),
        b'\'' => later != b'\'',
        _ => !after.is_ascii_digit(),
    };
    left && right
}

/// Where the next word begins, when nothing but one blank is between (none behind the point of an initial).
fn next_start(text: &str, end: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let next = match bytes.get(end)? {
        b' ' => end + 1,
        0xc2 if bytes.get(end + 1) == Some(&0xa0) => end + 2,
        _ if end.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'.') => end,
        _ => return None,
    };
    bytes.get(next).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte >= 0x80).then_some(next)
}

/// The end of letters, digits and underscores.
fn chunk_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = at;
    while let Some(byte) = bytes.get(end) {
        if byte.is_ascii_alphanumeric() || *byte == b'_' {
            end += 1;
        } else if *byte < 0x80 {
            break;
        } else {
            match text.get(end..).and_then(|rest| rest.chars().next()) {
                Some(letter) if letter.is_alphanumeric() || is_mark(letter) => end += letter.len_utf8(),
                _ => break,
            }
        }
    }
    end.max(at + 1)
}

fn is_letter(letter: char) -> bool {
    match letter {
        '\0'..='\x7f' => letter.is_ascii_alphabetic(),
        '\u{aa}'..='\u{52f}' | '\u{1e00}'..='\u{1fff}' => letter.is_alphabetic(),
        _ => false,
    }
}

/// A combining accent or an invisible sign inside a word.
pub(super) const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// No name is longer, in letters.
pub(super) const LONGEST: usize = 24;
/// Longer runs are headings and lists; what is read of them is their first words, then their next.
pub(super) const MOST: usize = 10;
