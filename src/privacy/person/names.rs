//! The table of first names, surnames and words that are neither: what a word is known as.
//! It holds hashes, no names, so nothing can be read out of it, and one word in some hundreds is taken for another.
//!
//! Format of `names.bin`, little endian, built by `dev/persons/build.py`: offsets of buckets as 3 bytes each (one more than there
//! are buckets), then entries of 2 bytes: 12 bits of the hash and 4 bits of what the word is. See the README beside it.

use super::words::Word;

/// What a word is known as: a set of bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Known(pub(super) u8);

impl Known {
    pub(super) const FIRST: u8 = 1;
    pub(super) const LAST: u8 = 2;
    /// An ordinary word of a language.
    pub(super) const WORD: u8 = 4;
    /// A place, company, product, month or technology.
    pub(super) const THING: u8 = 8;

    pub(super) const fn has(self, bits: u8) -> bool {
        self.0 & bits != 0
    }
}

/// What the table says of a word; of a word with a German or English s at its end, what it says without.
pub(super) fn known(word: &Word) -> Known {
    let found = lookup(word.hash);
    if found != 0 {
        return Known(found);
    }
    let letters = word.letters();
    let parts = letters.iter().position(|letter| *letter == '-');
    let shorter = match (parts, letters) {
        (Some(at), _) => letters.get(..at),
        (None, [stem @ .., 's']) if stem.len() > 2 => Some(stem),
        _ => None,
    };
    Known(shorter.map_or(0, |stem| {
        lookup(stem.iter().fold(super::lists::SEED, |hash, letter| super::lists::step(hash, *letter)))
    }))
}

fn lookup(hash: u32) -> u8 {
    let mixed = mix(hash);
    let Ok(bucket) = usize::try_from(mixed >> (32 - BUCKET_BITS)) else { return 0 };
    let remainder = u16::try_from(mixed & 0xfff).unwrap_or_default();
    let (Some(start), Some(end)) = (offset(bucket), offset(bucket + 1)) else { return 0 };
    let entries = TABLE.get(HEADER + 2 * start..HEADER + 2 * end).unwrap_or_default();
    let entry =
        entries.as_chunks::<2>().0.iter().map(|pair| u16::from_le_bytes(*pair)).find(|entry| entry >> 4 == remainder);
    entry.map_or(0, |entry| u8::try_from(entry & 0xf).unwrap_or_default())
}

fn offset(bucket: usize) -> Option<usize> {
    match TABLE.get(3 * bucket..3 * bucket + 3)? {
        [low, middle, high] => usize::try_from(u32::from_le_bytes([*low, *middle, *high, 0])).ok(),
        _ => None,
    }
}

/// Spreads a hash over all its bits (the finalizer of MurmurHash3, Appleby).
pub(super) const fn mix(mut hash: u32) -> u32 {
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

const BUCKET_BITS: u32 = 13;
const HEADER: usize = 3 * ((1 << BUCKET_BITS) + 1);
static TABLE: &[u8] = include_bytes!("names.bin");
