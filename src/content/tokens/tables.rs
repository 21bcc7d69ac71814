//! What two vocabularies have in common: their most usual words and most of their shortest tokens.
//! It holds no vocabulary: the rest of a million bytes is what the bound does without.
//!
//! The two files beside it are written by `writes_the_tables` and checked entry by entry against the vocabularies in
//! [`super::measured`]: all that is claimed of an entry holds in `o200k` and in `cl100k`.

use std::sync::OnceLock;

/// Words and short tokens.
#[derive(Debug)]
pub(super) struct Tables {
    pub(super) words: Words,
    pub(super) grams: Grams,
}

impl Tables {
    /// The tables, made at the first use.
    pub(super) fn get() -> &'static Self {
        static TABLES: OnceLock<Tables> = OnceLock::new();
        TABLES.get_or_init(|| Self::read(include_str!("words.txt"), include_bytes!("grams.bin")))
    }

    /// Reads the two files.
    pub(super) fn read(words: &str, grams: &[u8]) -> Self {
        Self { words: Words::read(words), grams: Grams::read(grams) }
    }
}

/// What is known of a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    /// One token with a blank before it.
    AfterBlank,
    /// That, and one token by itself, and two at most with any one other sign before it.
    Anywhere,
}

impl Word {
    fn of(anywhere: bool) -> Self {
        if anywhere { Self::Anywhere } else { Self::AfterBlank }
    }
}

/// Words of ASCII letters, fifteen at most.
///
/// A word is a number: its first letter in the lowest byte. The highest bit of that byte, which no letter has, tells
/// what is known of it.
#[derive(Debug)]
pub(super) struct Words {
    /// Those of up to eight letters.
    short: Vec<u64>,
    long: Vec<u128>,
}

impl Words {
    /// One word a line; a `+` before it says [`Word::AfterBlank`].
    fn read(text: &str) -> Self {
        let room = (text.lines().count() * 2).next_power_of_two().max(2);
        let mut words = Self { short: vec![0; room], long: vec![0; room] };
        for line in text.lines() {
            let (letters, flag) = line.strip_prefix('+').map_or((line, ANYWHERE), |letters| (letters, 0));
            let key = letters.bytes().rev().fold(0, |key, letter| key << 8 | u128::from(letter));
            match u64::try_from(key) {
                Ok(key) => put(&mut words.short, mix(key), key | u64::from(flag)),
                Err(_) => put(&mut words.long, mix_long(key), key | u128::from(flag)),
            }
        }
        words
    }

    /// How many letters the bytes begin with, up to sixteen, and what is known of them if they are fewer.
    pub(super) fn longest(&self, bytes: &[u8]) -> (usize, Option<Word>) {
        let low = eight(bytes);
        let length = letters(low);
        if length < 8 {
            return (length, self.find(low & !(u64::MAX << (8 * length))));
        }
        let high = eight(bytes.get(8..).unwrap_or_default());
        match letters(high) {
            0 => (8, self.find(low)),
            8 => (16, None),
            more => (8 + more, self.find_long(u128::from(high & !(u64::MAX << (8 * more))) << 64 | u128::from(low))),
        }
    }

    /// What is known of a word of up to eight letters.
    fn find(&self, key: u64) -> Option<Word> {
        let mask = self.short.len() - 1;
        let mut at = mix(key) & mask;
        // INVARIANT: half of the slots are empty
        while let Some(slot) = self.short.get(at).filter(|slot| **slot != 0) {
            if slot & !u64::from(ANYWHERE) == key {
                return Some(Word::of(slot & u64::from(ANYWHERE) != 0));
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// What is known of a word of nine to fifteen.
    fn find_long(&self, key: u128) -> Option<Word> {
        let mask = self.long.len() - 1;
        let mut at = mix_long(key) & mask;
        while let Some(slot) = self.long.get(at).filter(|slot| **slot != 0) {
            if slot & !u128::from(ANYWHERE) == key {
                return Some(Word::of(slot & u128::from(ANYWHERE) != 0));
            }
            at = (at + 1) & mask;
        }
        None
    }
}

/// The first eight bytes as a number, the first one lowest; zeros for those that are missing.
fn eight(bytes: &[u8]) -> u64 {
    if let Some(eight) = bytes.first_chunk::<8>() {
        return u64::from_le_bytes(*eight);
    }
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// How many of the eight bytes are letters before the first that is none.
fn letters(eight: u64) -> usize {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const ONES: u64 = 0x0101_0101_0101_0101;
    let small = (eight | (0x20 * ONES)) & !HIGH;
    // no sum carries into the next byte: each is below 0x100
    let from_a = small + (0x80 - 0x61) * ONES;
    let beyond_z = small + (0x80 - 0x7b) * ONES;
    let letter = from_a & !beyond_z & !eight & HIGH;
    usize::try_from((letter ^ HIGH).trailing_zeros() / 8).unwrap_or_default()
}

fn put<T: Copy + Default + PartialEq>(slots: &mut [T], home: usize, entry: T) {
    let mask = slots.len() - 1;
    let mut at = home & mask;
    while slots.get(at).is_some_and(|slot| *slot != T::default()) {
        at = (at + 1) & mask;
    }
    if let Some(slot) = slots.get_mut(at) {
        *slot = entry;
    }
}

fn mix(key: u64) -> usize {
    usize::try_from(key.wrapping_mul(SPREAD) >> 40).unwrap_or_default()
}

fn mix_long(key: u128) -> usize {
    let low = u64::try_from(key & u128::from(u64::MAX)).unwrap_or_default();
    let high = u64::try_from(key >> 64).unwrap_or_default();
    mix(low ^ high.wrapping_mul(SPREAD).rotate_left(29))
}

/// The bit of a word's first letter that says [`Word::Anywhere`].
const ANYWHERE: u8 = 0x80;

/// Tokens of two, three and four bytes.
///
/// A bit each: for pairs by their bytes, for more by a number for each character of ASCII that short tokens are made of.
#[derive(Debug)]
pub(super) struct Grams {
    pairs: Vec<u64>,
    triples: Vec<u64>,
    fours: Vec<u64>,
    /// Those with other bytes, by rising number.
    others: Vec<u32>,
}

/// The last four bytes.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Window {
    /// The bytes, the last one lowest.
    bytes: u32,
    /// The last three in six bits each.
    six: u32,
    /// The last four in five bits each.
    five: u32,
}

impl Window {
    /// One more byte.
    pub(super) fn push(&mut self, byte: u8) {
        let code = CODES.get(usize::from(byte)).copied().unwrap_or_default();
        self.bytes = self.bytes << 8 | u32::from(byte);
        self.six = (self.six << 6 | u32::from(code)) & 0x3_ffff;
        self.five = (self.five << 5 | u32::from(if code < 32 { code } else { 0 })) & 0xf_ffff;
    }

    fn of(gram: u32) -> Self {
        let mut window = Self::default();
        gram.to_be_bytes().into_iter().for_each(|byte| window.push(byte));
        window
    }
}

impl Grams {
    fn read(bytes: &[u8]) -> Self {
        let mut grams =
            Self { pairs: vec![0; 1 << 10], triples: vec![0; 1 << 12], fours: vec![0; 1 << 14], others: Vec::new() };
        numbers(bytes).into_iter().for_each(|gram| grams.put(gram));
        grams
    }

    fn put(&mut self, gram: u32) {
        let window = Window::of(gram);
        let codes = [window.six & 0x3f, window.six >> 6 & 0x3f, window.six >> 12];
        let fives = [window.five & 0x1f, window.five >> 5 & 0x1f, window.five >> 10 & 0x1f, window.five >> 15];
        let (bits, index) = match gram {
            ..=0xffff => (&mut self.pairs, gram),
            ..=0xff_ffff if !codes.contains(&0) => (&mut self.triples, window.six),
            0x100_0000.. if !fives.contains(&0) => (&mut self.fours, window.five),
            _ => return self.others.push(gram),
        };
        let (word, bit) = place(index);
        if let Some(bits) = bits.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Whether the last two bytes are a token.
    pub(super) fn has_pair(&self, window: Window) -> bool {
        has(&self.pairs, window.bytes & 0xffff)
    }

    /// Whether the last three are.
    pub(super) fn has_triple(&self, window: Window) -> bool {
        has(&self.triples, window.six) || self.has_other(window.bytes & 0xff_ffff)
    }

    /// Whether all four are.
    pub(super) fn has_four(&self, window: Window) -> bool {
        has(&self.fours, window.five) || self.has_other(window.bytes)
    }

    fn has_other(&self, gram: u32) -> bool {
        gram & 0x80 != 0 && self.others.binary_search(&gram).is_ok()
    }
}

/// Rising numbers, each as what it is more than the one before, seven bits a byte, the lowest first.
pub(super) fn numbers(bytes: &[u8]) -> Vec<u32> {
    let (mut all, mut last, mut delta, mut shift) = (Vec::new(), 0_u32, 0_u32, 0_u32);
    for byte in bytes {
        delta |= u32::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            last = last.wrapping_add(delta);
            all.push(last);
            (delta, shift) = (0, 0);
        }
    }
    all
}

fn has(bits: &[u64], index: u32) -> bool {
    let (word, bit) = place(index);
    bits.get(word).is_some_and(|word| word & bit != 0)
}

fn place(index: u32) -> (usize, u64) {
    (usize::try_from(index >> 6).unwrap_or_default(), 1 << (index & 63))
}

/// A number for each byte that three in a row are looked up by; those below 32 also four. None for zero.
const CODES: [u8; 256] = {
    let mut codes = [0; 256];
    let mut rest: &mut [u8] = &mut codes;
    let mut byte = 0_u8;
    while let [first, others @ ..] = rest {
        *first = match byte {
            b'a'..=b'z' => byte - b'a' + 1,
            b' ' => 27,
            b'-' => 28,
            b'=' => 29,
            b'.' => 30,
            b'_' => 31,
            b'A'..=b'Z' => byte - b'A' + 32,
            b'\n' => 58,
            b'*' => 59,
            b'"' => 60,
            b'/' => 61,
            b'(' => 62,
            b')' => 63,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    codes
};

/// Two to the sixty-fourth over the golden ratio, odd.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;
