//! Bits, low ones first: fixed widths, Rice codes and whole columns of them.
//! It knows nothing of postings.

use crate::search::segment::Broken;

/// Collects bits.
#[derive(Debug, Default)]
pub(crate) struct Sink {
    out: Vec<u8>,
    held: u64,
    filled: u32,
}

impl Sink {
    /// The lowest `bits` (at most 32) of a number.
    pub(crate) fn put(&mut self, number: u64, bits: u32) {
        self.held |= (number & mask(bits)) << self.filled;
        self.filled += bits;
        while self.filled >= 8 {
            self.out.push(u8::try_from(self.held & 0xff).unwrap_or(0));
            self.held >>= 8;
            self.filled -= 8;
        }
    }

    /// A number in Rice's code: what is above the parameter's bits as that many zeros and a one; one too large plainly.
    pub(crate) fn rice(&mut self, number: u32, parameter: u32) {
        let zeros = number.checked_shr(parameter).unwrap_or(0);
        if zeros >= MOST_ZEROS {
            self.put(0, MOST_ZEROS);
            return self.put(u64::from(number), 32);
        }
        self.put(0, zeros);
        self.put(1, 1);
        self.put(u64::from(number), parameter);
    }

    /// A column, in the shorter of Rice's code and fixed widths.
    pub(crate) fn column(&mut self, column: &[u32]) {
        let wide = width(column.iter().copied().max().unwrap_or(0));
        let parameter = parameter(column.iter().copied());
        let plain = column.len().saturating_mul(usize::try_from(wide).unwrap_or(32));
        if plain <= cost(column.iter().copied(), parameter) {
            self.put(u64::from(wide | PLAIN), 6 + 1);
            column.iter().for_each(|number| self.put(u64::from(*number), wide));
        } else {
            self.put(u64::from(parameter), 6 + 1);
            column.iter().for_each(|number| self.rice(*number, parameter));
        }
    }

    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        if self.filled > 0 {
            self.out.push(u8::try_from(self.held & 0xff).unwrap_or(0));
        }
        self.out
    }
}

/// Reads bits.
#[derive(Debug)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Bits<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Bits { bytes, at: 0 }
    }

    /// The next bits, of which at least 57 are there unless the bytes end.
    #[inline]
    fn peek(&self) -> u64 {
        let rest = self.bytes.get(self.at >> 3..).unwrap_or_default();
        let word = match rest.first_chunk() {
            Some(chunk) => u64::from_le_bytes(*chunk),
            None => last(rest),
        };
        word >> (self.at & 7)
    }

    /// Moves on.
    #[inline]
    fn skip(&mut self, bits: u32) -> Result<(), Broken> {
        self.at += usize::try_from(bits).unwrap_or(64);
        if self.at <= self.bytes.len() << 3 { Ok(()) } else { Err(Broken) }
    }

    /// A number of `bits` (at most 32) bits.
    #[inline]
    pub(crate) fn take(&mut self, bits: u32) -> Result<u32, Broken> {
        let number = self.peek() & mask(bits);
        self.skip(bits)?;
        u32::try_from(number).map_err(|_| Broken)
    }

    /// A number in Rice's code.
    #[inline]
    pub(crate) fn rice(&mut self, parameter: u32) -> Result<u32, Broken> {
        Ok(self.pair(parameter, 0)?.0)
    }

    /// A number in Rice's code and one of `wide` (at most 8) bits.
    #[inline]
    pub(crate) fn pair(&mut self, parameter: u32, wide: u32) -> Result<(u32, u32), Broken> {
        let word = self.peek();
        let zeros = word.trailing_zeros();
        if zeros >= MOST_ZEROS || parameter > MOST_PARAMETER {
            return self.large(wide);
        }
        let low = word >> (zeros + 1);
        let number = (u64::from(zeros) << parameter) | (low & mask(parameter));
        let above = (low >> parameter) & mask(wide);
        self.skip(zeros + 1 + parameter + wide)?;
        Ok((u32::try_from(number).map_err(|_| Broken)?, u32::try_from(above).map_err(|_| Broken)?))
    }

    #[cold]
    fn large(&mut self, wide: u32) -> Result<(u32, u32), Broken> {
        self.skip(MOST_ZEROS)?;
        Ok((self.take(32)?, self.take(wide)?))
    }

    /// A column of `count` numbers.
    pub(crate) fn column(&mut self, count: u32) -> Result<Vec<u32>, Broken> {
        let head = self.take(7)?;
        let (bits, is_plain) = (head & !PLAIN, head & PLAIN != 0);
        if bits > 32 || (!is_plain && bits > MOST_PARAMETER) {
            return Err(Broken);
        }
        let least = if is_plain { bits } else { bits + 1 };
        let left = (self.bytes.len() << 3).saturating_sub(self.at);
        let count = usize::try_from(count).map_err(|_| Broken)?;
        if least == 0 {
            return if count <= MOST_EQUAL { Ok(vec![0; count]) } else { Err(Broken) };
        }
        if count.saturating_mul(usize::try_from(least).unwrap_or(1)) > left {
            return Err(Broken);
        }
        (0..count).map(|_| if is_plain { self.take(bits) } else { self.rice(bits) }).collect()
    }
}

#[cold]
fn last(rest: &[u8]) -> u64 {
    rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte))
}

/// Bits a number takes.
pub(crate) const fn width(number: u32) -> u32 {
    32 - number.leading_zeros()
}

/// The parameter of Rice's code under which these take the fewest bits, near enough.
pub(crate) fn parameter(numbers: impl Iterator<Item = u32>) -> u32 {
    let (mut sum, mut count) = (0_u64, 0_u64);
    for number in numbers {
        sum += u64::from(number);
        count += 1;
    }
    // The golden rule: the smallest parameter with 2^k >= mean * ln 2.
    let mean = (sum * 45) / (count.max(1) * 65);
    width(u32::try_from(mean).unwrap_or(u32::MAX)).min(MOST_PARAMETER)
}

fn cost(numbers: impl Iterator<Item = u32>, parameter: u32) -> usize {
    let bits = numbers.map(|number| match number >> parameter {
        zeros if zeros >= MOST_ZEROS => MOST_ZEROS + 32,
        zeros => zeros + 1 + parameter,
    });
    usize::try_from(bits.map(u64::from).sum::<u64>()).unwrap_or(usize::MAX)
}

#[inline]
const fn mask(bits: u32) -> u64 {
    (1 << bits) - 1
}

/// More zeros than this announce a plain number.
const MOST_ZEROS: u32 = 18;
/// So that zeros, the one, the parameter's bits and an impact fit the 57 bits at hand.
const MOST_PARAMETER: u32 = 29;
/// Marks a column of fixed widths.
const PLAIN: u32 = 0x40;
/// A column of equal numbers takes no bits; so many there are at most.
const MOST_EQUAL: usize = 1 << 24;
