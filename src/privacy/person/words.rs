//! Words and runs of capitalised words: what the tagger looks at, and the only place a guessed person can stand.
//! It does not judge them; it leaves out what is no prose (code, paths, class names, words glued to signs of a program).
//!
//! One sweep: lower-case words are jumped over, each run is read once, and the neighbours read around it are bounded.

use super::fence::{FENCES, fence};
use super::surroundings::{Side, around};

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

    fn push(&mut self, word: Word) -> bool {
        let Some(slot) = self.words.get_mut(self.length) else { return false };
        *slot = word;
        self.length += 1;
        true
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
    let (mut at, mut no_end) = (0, [false; FENCES.len()]);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'_' {
            at = chunk_end(text, at);
        } else if byte.is_ascii_uppercase() || *byte >= 0x80 {
            at = run_at(text, at, &mut each);
        } else if matches!(byte, b'{' | b'`') {
            at = fence(text, at, &mut no_end).unwrap_or(at + 1);
        } else {
            at += 1;
        }
    }
}

/// Reads the run at a place where no word goes on, or jumps over what stands there.
fn run_at(text: &str, at: usize, each: &mut impl FnMut(&mut Run)) -> usize {
    let Some(first) = text.get(at..).and_then(|rest| rest.chars().next()) else { return at + 1 };
    if !is_letter(first) {
        return at + first.len_utf8();
    }
    let Some(word) = capitalised(text, at) else { return chunk_end(text, at) };
    let mut run = Run::empty();
    let mut end = word.end;
    run.push(word);
    while let Some(next) = next_start(text, end) {
        let Some(word) = capitalised(text, next).or_else(|| particle(text, next)) else { break };
        if !run.push(word) {
            break;
        }
        end = word.end;
    }
    while run.length > 1 && run.words().last().is_some_and(|word| word.shape == Shape::Particle) {
        run.length -= 1;
        end = run.words().last().map_or(end, |word| word.end);
    }
    each(&mut run);
    end
}

/// The capitalised word at a place, unless it is part of something that is no prose.
fn capitalised(text: &str, at: usize) -> Option<Word> {
    let mut word = read(text, at)?;
    if word.shape == Shape::Particle || !stands_free(text, &word) {
        return None;
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
    Some(word)
}

/// "van" and its like, when a capitalised word follows.
fn particle(text: &str, at: usize) -> Option<Word> {
    let word = read(text, at).filter(|word| word.shape == Shape::Particle && PARTICLES.contains(&word.hash))?;
    let next = next_start(text, word.end)?;
    let first = text.get(next..)?.chars().next()?;
    let chained = || word.length > 1 && read(text, next).is_some_and(|next| PARTICLES.contains(&next.hash));
    let goes_on = first.is_uppercase() || chained();
    goes_on.then_some(word)
}

/// The word that begins at a place; lower-case words come back as particles.
pub(super) fn read(text: &str, at: usize) -> Option<Word> {
    let mut word = Word { start: at, end: at, hash: SEED, ..Word::NONE };
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
    word.shape = shape(&word, upper_first, joined, inner, lower, small)?;
    Some(word)
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
        b'/' | b'\\' | b'=' | b'`' | b'<' | b'>' | b'(' | b'[' | b'{' | b'}' | b'@' | b'#' | b'$' | b'_' | b'%'
        | b'&' | b'+' => false,
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
const fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}')
}

/// FNV-1a over the characters of a word in lower case (Fowler, Noll, Vo); the table and the weights are built with the same.
pub(super) fn hash(word: &str) -> u32 {
    word.chars()
        .filter(|letter| !is_mark(*letter))
        .flat_map(char::to_lowercase)
        .fold(SEED, |hash, letter| step(hash, if letter == '’' { '\'' } else { letter }))
}

pub(super) const fn step(hash: u32, letter: char) -> u32 {
    #[expect(clippy::as_conversions, reason = "a character is its code point; From is not const")]
    let code = letter as u32;
    (hash ^ code).wrapping_mul(0x0100_0193)
}

const fn hash_of(word: &str) -> u32 {
    let (mut hash, mut rest) = (SEED, word.as_bytes());
    while let [byte, more @ ..] = rest {
        #[expect(clippy::as_conversions, reason = "ASCII; From is not const")]
        let letter = *byte as char;
        hash = step(hash, letter);
        rest = more;
    }
    hash
}

pub(super) const SEED: u32 = 0x811c_9dc5;
/// No name is longer, in letters.
pub(super) const LONGEST: usize = 24;
/// Longer runs are headings and lists; what is read of them is their first words, then their next.
pub(super) const MOST: usize = 10;

macro_rules! hashes {
    ($($word:literal)*) => { &[$(hash_of($word),)*] };
}

/// Lower-case words inside names (German, Dutch, French, Spanish, Italian, Portuguese, Arabic, Nordic).
const PARTICLES: &[u32] = hashes!("van" "von" "vom" "de" "der" "den" "del" "della" "di" "da" "dos" "das" "do" "du" "la" "le" "ter" "ten" "zu" "zum" "zur" "bin" "ibn" "al" "el" "af" "av" "y" "of" "the");
/// Abbreviations whose point does not end a sentence.
pub(super) const TITLES: &[u32] = hashes!("dr" "prof" "mr" "mrs" "ms" "st" "jr" "sr" "sra" "srta" "m" "mme" "mlle" "sig" "ing" "dipl" "hr" "fr" "rev" "hon" "gen" "col" "sgt" "lt" "capt" "gov" "sen" "rep" "dott" "avv" "don" "mag" "lic");
/// What stands behind or in the name of a company.
pub(super) const COMPANIES: &[u32] = hashes!("inc" "incorporated" "ltd" "limited" "llc" "llp" "plc" "corp" "corporation" "gmbh" "ag" "kg" "ohg" "ug" "sa" "sarl" "sas" "srl" "spa" "bv" "nv" "ab" "oy" "technologies" "software" "systems" "solutions" "foundation" "stiftung" "verlag" "university" "college" "group" "holdings" "airport" "street" "avenue" "road");
