//! Keywords that begin where a word does: one look at a word's first letters turns most words down.
//! It compares nothing; what may begin is told to [`super::keywords`].
//!
//! A word is looked up by its first six letters and, if it has fewer, by how many. Letters are those of ASCII; the first word
//! of a keyword of another script is known by its first four bytes. What a short beginning may go on with are a capital and the
//! words for a key; a word in capitals, where no capital tells, is looked up by its first four letters too.

use super::keywords::Keyword;
use crate::privacy::classes::BLOCK;

/// Where a word begins.
#[derive(Clone, Copy)]
pub(super) struct Start {
    /// Its first eight bytes, folded.
    pub(super) opening: u64,
    /// Which of the bytes from there on are letters of ASCII: a bit each. The first is none where it begins with another letter.
    pub(super) letters: u64,
    /// Behind how many of the bytes a capital follows a small letter: a bit each, the first for one byte.
    pub(super) humps: u64,
    /// Its first two letters are capitals.
    pub(super) capitals: bool,
}

/// Keywords by the beginning of their first words.
pub(super) struct Words {
    most: Dictionary,
    short: Dictionary,
}

impl Words {
    /// Of keywords that end with a word (or are followed by little), and of such that anything may follow.
    pub(super) fn of(whole: &[Keyword], begun: &[Keyword]) -> Words {
        let (mut most, mut short) = (Vec::new(), Vec::new());
        for keyword in whole {
            most.extend(endings(keyword.word).into_iter().map(|key| (key, *keyword)));
        }
        for keyword in begun {
            let letters = letters(keyword.word.as_bytes());
            if letters < MOST && letters == keyword.word.len() {
                short.extend(beginnings(keyword.word, FEW).into_iter().map(|key| (key, *keyword)));
                most.extend(
                    endings(keyword.word).into_iter().chain(continued(keyword.word)).map(|key| (key, *keyword)),
                );
            } else {
                most.extend(beginnings(keyword.word, MOST).into_iter().map(|key| (key, *keyword)));
            }
        }
        Words { most: Dictionary::of(most), short: Dictionary::of(short) }
    }

    /// Whether a keyword may begin with a word.
    #[inline(always)]
    pub(super) fn may_begin(&self, start: Start) -> bool {
        let Start { opening, letters, humps, capitals } = start;
        self.most.has(key(opening, letters, MOST))
            || ((capitals || humps & EARLY != 0) && self.may_be_part(opening, letters, humps, capitals))
    }

    /// The same for what capitals tell of it.
    #[inline(never)]
    fn may_be_part(&self, opening: u64, letters: u64, humps: u64, capitals: bool) -> bool {
        (capitals && self.short.has(key(opening, letters, FEW)))
            || humped(opening, letters, humps).any(|key| self.most.has(key))
    }

    /// The keywords that may begin with a word.
    pub(super) fn each(&self, start: Start, mut visit: impl FnMut(&Keyword)) {
        let Start { opening, letters, humps, capitals } = start;
        self.most.each(key(opening, letters, MOST), opening, &mut visit);
        if capitals {
            self.short.each(key(opening, letters, FEW), opening, &mut visit);
        }
        if humps & EARLY != 0 {
            humped(opening, letters, humps).for_each(|key| self.most.each(key, opening, &mut visit));
        }
    }
}

/// The keys of the same word, ending before one of its capitals or behind it: "NifNumber", "sumObj".
fn humped(opening: u64, letters: u64, humps: u64) -> impl Iterator<Item = u64> {
    let humps = humps & !(u64::MAX << letters.trailing_ones().saturating_sub(1));
    let ends = humps | humps << 1;
    (1..MOST).filter(move |at| ends >> (at - 1) & 1 == 1).map(move |at| key(opening, !(u64::MAX << at), MOST))
}

/// The letters by which whole words are told apart.
const MOST: usize = 6;
/// The humps that a look-up may end at.
const EARLY: u64 = (1 << MOST) - 1;
/// The same for short beginnings.
const FEW: usize = 4;

/// What a word is looked up by: so many letters, a bit each. A longer one has the same key as its first letters.
#[inline(always)]
fn key(opening: u64, letters: u64, most: usize) -> u64 {
    let kept = match letters.trailing_ones() {
        0 => 4,
        some if most == FEW => some.min(4),
        some => some.min(6),
    };
    opening & (u64::MAX >> (64 - 8 * kept))
}

fn opening(word: &[u8]) -> u64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(word).for_each(|(to, byte)| *to = *byte);
    u64::from_le_bytes(bytes) | FOLDED
}

/// The bit of each byte that tells upper from lower case.
pub(super) const FOLDED: u64 = 0x2020_2020_2020_2020;

fn letters(word: &[u8]) -> usize {
    word.iter().take_while(|byte| byte.is_ascii_alphabetic()).count()
}

/// So many letters, as a bit each.
fn run(letters: usize) -> u64 {
    (1 << letters.min(BLOCK - 1)) - 1
}

/// The keys of a keyword that ends with a word. One of a single short word may have an s behind it.
fn endings(word: &str) -> Vec<u64> {
    let word = word.as_bytes();
    let letters = letters(word);
    let own = key(opening(word), run(letters), MOST);
    let mut keys = vec![own];
    if letters == word.len() && letters < MOST {
        keys.push(key(opening(&[word, b"s"].concat()), run(letters + 1), MOST));
    }
    keys
}

/// The keys of a beginning: with each letter that may follow, where it is shorter than a key.
fn beginnings(word: &str, most: usize) -> Vec<u64> {
    let letters = letters(word.as_bytes());
    let mut keys = vec![key(opening(word.as_bytes()), run(letters), most)];
    if letters < word.len() {
        return keys;
    }
    let mut from = 0;
    for length in letters..most {
        let shorter = keys.get(from..).map(<[u64]>::to_vec).unwrap_or_default();
        from = keys.len();
        let longer = |key: u64| (b'a'..=b'z').map(move |letter| key | u64::from(letter) << (8 * length));
        keys.extend(shorter.into_iter().flat_map(longer));
    }
    keys
}

/// The keys of a short beginning with a word for a key grown to it: "lobkey".
fn continued(word: &'static str) -> Vec<u64> {
    let grown = super::keywords::GROWN.iter().map(|tail| [word, tail].concat());
    grown.flat_map(|grown| endings(&grown)).collect()
}

/// Keywords by their keys.
struct Dictionary {
    /// Whether there is a keyword of a hash.
    filter: Box<[u64; SLOTS / 64]>,
    /// For each beginning of a hash the place of its first keyword in `list`, and one past the last.
    heads: Box<[u16; HEADS + 1]>,
    list: Vec<(usize, Beginning, Keyword)>,
}

/// The first eight bytes of a keyword, folded, as far as it has them.
pub(super) struct Beginning {
    bytes: u64,
    mask: u64,
}

impl Beginning {
    pub(super) fn of(word: &str) -> Beginning {
        let mask = u64::MAX >> (64 - 8 * word.len().clamp(1, 8));
        Beginning { bytes: opening(word.as_bytes()) & mask, mask }
    }

    /// Whether the keyword may be what is written here: most are told apart by these bytes.
    #[inline(always)]
    pub(super) fn may_be_of(&self, written: [u8; 8]) -> bool {
        self.is_of(u64::from_le_bytes(written) | FOLDED)
    }

    #[inline(always)]
    fn is_of(&self, folded: u64) -> bool {
        folded & self.mask == self.bytes
    }
}

impl Dictionary {
    fn of(keywords: Vec<(u64, Keyword)>) -> Dictionary {
        let entry = |(key, keyword): (u64, Keyword)| (slot(key), Beginning::of(keyword.word), keyword);
        let mut list: Vec<_> = keywords.into_iter().map(entry).collect();
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
        Dictionary { filter, heads, list }
    }

    #[inline(always)]
    fn has(&self, key: u64) -> bool {
        let slot = slot(key);
        self.filter.get(slot / 64).is_some_and(|word| word >> (slot % 64) & 1 == 1)
    }

    /// Those of a key that the bytes of a text may begin.
    fn each(&self, key: u64, written: u64, visit: &mut impl FnMut(&Keyword)) {
        let slot = slot(key);
        let head = |at: usize| self.heads.get(at).map_or(0, |head| usize::from(*head));
        let at = slot / (SLOTS / HEADS);
        let list = self.list.get(head(at)..head(at + 1)).unwrap_or_default();
        let alike = list.iter().filter(|(own, first, _)| *own == slot && first.is_of(written));
        alike.for_each(|(.., keyword)| visit(keyword));
    }
}

/// Knuth's multiplicative hash.
#[inline(always)]
fn slot(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - SLOT_BITS)).unwrap_or_default()
}

const SLOT_BITS: u32 = 17;
const SLOTS: usize = 1 << SLOT_BITS;
const HEADS: usize = 1 << 12;
