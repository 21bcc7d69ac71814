//! Lists of postings as bytes: the gaps between ordinals in Rice codes, each followed by its impact in a few bits.
//! It weighs nothing: an impact goes in and comes out. Dictionaries are [`terms`].
//!
//! Gaps of a term are about geometric, for which Rice's code is within a few hundredths of the best; a parameter for each
//! block of 128 follows terms that are frequent in one container and rare in another.

pub mod bits;
pub mod terms;

use self::bits::{Bits, Sink, width};
use super::segment::Broken;

/// A piece that has a term, and how strongly: an impact of 1 to 63.
pub type Posting = (u32, u8);

/// Writes a list; its ordinals ascend.
#[must_use]
pub fn encode(list: &[Posting]) -> Vec<u8> {
    let mut sink = Sink::default();
    let low = list.iter().map(|posting| posting.1).min().unwrap_or(1);
    let high = list.iter().map(|posting| posting.1).max().unwrap_or(1);
    let bits = width(u32::from(high.saturating_sub(low)));
    sink.put(u64::from(low), LEVEL_BITS);
    sink.put(u64::from(bits), WIDTH_BITS);
    let mut next = 0_u32;
    for block in list.chunks(BLOCK) {
        let first = next;
        let gaps = block.iter().map(|posting| {
            let gap = posting.0.saturating_sub(next);
            next = posting.0.saturating_add(1);
            gap
        });
        let parameter = bits::parameter(gaps);
        sink.put(u64::from(parameter), PARAMETER_BITS);
        next = first;
        for (ordinal, impact) in block {
            sink.rice(ordinal.saturating_sub(next), parameter);
            sink.put(u64::from(impact.saturating_sub(low)), bits);
            next = ordinal.saturating_add(1);
        }
    }
    sink.into_bytes()
}

/// Reads a list of `count` postings at the beginning of `bytes`, which may go on behind it.
///
/// # Errors
/// [`Broken`] when an ordinal is not below `below`, or the bytes end too early; what was visited before stays visited.
#[inline]
pub fn each(bytes: &[u8], count: u32, below: u32, mut visit: impl FnMut(u32, u8)) -> Result<(), Broken> {
    let mut bits = Bits::new(bytes);
    let low = bits.take(LEVEL_BITS)?;
    let wide = bits.take(WIDTH_BITS)?;
    if low == 0 || wide > LEVEL_BITS {
        return Err(Broken);
    }
    let (mut next, mut left) = (0_u32, count);
    while left > 0 {
        let parameter = bits.take(PARAMETER_BITS)?;
        let block = left.min(BLOCK_U32);
        for _ in 0..block {
            let (gap, above) = bits.pair(parameter, wide)?;
            let ordinal = next.checked_add(gap).filter(|ordinal| *ordinal < below).ok_or(Broken)?;
            let impact = low + above;
            visit(ordinal, u8::try_from(impact & 0xff).unwrap_or(u8::MAX));
            next = ordinal + 1;
        }
        left -= block;
    }
    Ok(())
}

const BLOCK: usize = 128;
const BLOCK_U32: u32 = 128;
const LEVEL_BITS: u32 = 6;
const WIDTH_BITS: u32 = 3;
const PARAMETER_BITS: u32 = 5;
