//! The classes of a block byte by byte: for machines without the vectors of the other file, and what those are tested against.
//! It is as slow as it is plain.

use super::{BLOCK, CASE, FENCES, MARKS, Masks, QUOTES};

pub(super) fn openings(tables: &[[[u8; 16]; 4]; 3], block: &[u8; BLOCK + 2]) -> u64 {
    let half = |table: &[u8; 16], byte: u8| table.get(usize::from(byte)).copied().unwrap_or_default();
    let mut mask = 0;
    for (bit, bytes) in (0_u32..).zip(block.windows(3)) {
        let (mut one, mut other) = (u8::MAX, u8::MAX);
        for ([low, high, low_too, high_too], byte) in tables.iter().zip(bytes) {
            let byte = byte | CASE;
            one &= half(low, byte & 15) & half(high, byte >> 4);
            other &= half(low_too, byte & 15) & half(high_too, byte >> 4);
        }
        mask |= u64::from(one | other != 0) << bit;
    }
    mask
}

pub(super) fn fences(block: &[u8; BLOCK]) -> u64 {
    let places = (0_u32..).zip(block);
    places.fold(0, |mask, (bit, byte)| mask | u64::from(FENCES.contains(byte)) << bit)
}

pub(super) fn masks(block: &[u8; BLOCK]) -> Masks {
    let mut masks = Masks::default();
    for (bit, byte) in (0_u32..).zip(block) {
        masks.digits |= u64::from(byte.is_ascii_digit()) << bit;
        masks.lower |= u64::from(byte.is_ascii_lowercase()) << bit;
        masks.upper |= u64::from(byte.is_ascii_uppercase()) << bit;
        masks.marks |= u64::from(MARKS.contains(byte)) << bit;
        masks.quotes |= u64::from(QUOTES.contains(byte)) << bit;
        masks.leads |= u64::from(*byte >= 0xc0) << bit;
    }
    masks
}
