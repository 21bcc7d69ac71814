//! Where a byte of a set stands first, looked for sixteen bytes at a time where the machine can.
//! It knows no format: the sets are those of its callers.

/// A set of bytes of ASCII.
#[derive(Debug)]
pub(super) struct ByteSet {
    /// By the low half of a byte: in which of the eight rows of ASCII it is of the set.
    rows: [u8; 16],
    has: [bool; 256],
}

impl ByteSet {
    /// Of these bytes; those beyond ASCII do not count.
    pub(super) const fn of(bytes: &[u8]) -> Self {
        let mut set = Self { rows: [0; 16], has: [false; 256] };
        let (mut rest, mut low): (&mut [u8], u8) = (&mut set.rows, 0);
        while let [rows, others @ ..] = rest {
            let mut row = 0;
            while row < 8 {
                if contains(bytes, row << 4 | low) {
                    *rows |= 1 << row;
                }
                row += 1;
            }
            low += 1;
            rest = others;
        }
        let (mut rest, mut byte): (&mut [bool], u8) = (&mut set.has, 0);
        while let [has, others @ ..] = rest {
            *has = byte < 0x80 && contains(bytes, byte);
            byte = byte.wrapping_add(1);
            rest = others;
        }
        set
    }

    /// Where the first byte of the set stands.
    pub(super) fn first(&self, bytes: &[u8]) -> Option<usize> {
        first(bytes, |part| self.first_of(part), |byte| self.has(byte))
    }

    fn has(&self, byte: u8) -> bool {
        self.has.get(usize::from(byte)).copied().unwrap_or(false)
    }

    #[cfg(target_arch = "wasm32")]
    fn first_of(&self, part: &[u8; 16]) -> Option<usize> {
        use core::arch::wasm32::{u8x16, u8x16_bitmask, u8x16_ne, u8x16_shr, u8x16_splat, u8x16_swizzle, v128_and};
        let bytes = wide(part);
        let rows = u8x16_swizzle(wide(&self.rows), v128_and(bytes, u8x16_splat(0x0f)));
        let row = u8x16_swizzle(u8x16(1, 2, 4, 8, 16, 32, 64, 128, 0, 0, 0, 0, 0, 0, 0, 0), u8x16_shr(bytes, 4));
        let found = u8x16_bitmask(u8x16_ne(v128_and(rows, row), u8x16_splat(0)));
        if found == 0 { None } else { usize::try_from(found.trailing_zeros()).ok() }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn first_of(&self, part: &[u8; 16]) -> Option<usize> {
        part.iter().position(|byte| self.has(*byte))
    }
}

/// Two bytes, and all below a third.
#[derive(Debug)]
pub(super) struct Ends {
    /// More than 0.
    pub(super) below: u8,
    pub(super) one: u8,
    pub(super) other: u8,
}

impl Ends {
    /// Where the first of these bytes stands.
    pub(super) fn first(&self, bytes: &[u8]) -> Option<usize> {
        first(bytes, |part| self.first_of(part), |byte| self.has(byte))
    }

    fn has(&self, byte: u8) -> bool {
        byte < self.below || byte == self.one || byte == self.other
    }

    /// The same in sixteen bytes.
    #[cfg(target_arch = "wasm32")]
    #[inline(always)]
    pub(super) fn first_of(&self, part: &[u8; 16]) -> Option<usize> {
        use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_min, u8x16_splat, v128_or};
        let bytes = wide(part);
        let is_low = u8x16_eq(bytes, u8x16_min(bytes, u8x16_splat(self.below.wrapping_sub(1))));
        let is_one = v128_or(u8x16_eq(bytes, u8x16_splat(self.one)), u8x16_eq(bytes, u8x16_splat(self.other)));
        let found = u8x16_bitmask(v128_or(is_low, is_one));
        if found == 0 { None } else { usize::try_from(found.trailing_zeros()).ok() }
    }

    #[cfg(not(target_arch = "wasm32"))]
    pub(super) fn first_of(&self, part: &[u8; 16]) -> Option<usize> {
        part.iter().position(|byte| self.has(*byte))
    }
}

/// Where the first byte stands that is meant: found in sixteen at a time, and one by one in those that are left.
#[inline(always)]
fn first(bytes: &[u8], of: impl Fn(&[u8; 16]) -> Option<usize>, is_meant: impl Fn(u8) -> bool) -> Option<usize> {
    let (parts, tail) = bytes.as_chunks::<16>();
    let mut passed = 0;
    for part in parts {
        if let Some(at) = of(part) {
            return Some(passed + at);
        }
        passed += part.len();
    }
    tail.iter().position(|byte| is_meant(*byte)).map(|at| passed + at)
}

/// Sixteen bytes as one register.
#[cfg(target_arch = "wasm32")]
pub(super) fn wide(part: &[u8; 16]) -> core::arch::wasm32::v128 {
    use core::arch::wasm32::{u8x16_splat, u64x2};
    match part.as_chunks::<8>().0 {
        [low, high] => u64x2(u64::from_le_bytes(*low), u64::from_le_bytes(*high)),
        // sixteen bytes are two times eight
        _ => u8x16_splat(0),
    }
}

const fn contains(bytes: &[u8], byte: u8) -> bool {
    let mut rest = bytes;
    while let [first, others @ ..] = rest {
        if *first == byte {
            return true;
        }
        rest = others;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_first_wherever_it_stands() {
        const SET: ByteSet = ByteSet::of(b"\x00\x1f\"\\_~\x7f");
        for byte in 0..=u8::MAX {
            let is_there = b"\x00\x1f\"\\_~\x7f".contains(&byte);
            for length in [0, 1, 7, 15, 16, 17, 31, 32, 40] {
                let mut text = vec![b'a'; length];
                assert_eq!(SET.first(&text), None);
                for at in 0..length {
                    text[at] = byte;
                    assert_eq!(SET.first(&text), is_there.then_some(at), "{byte} at {at} of {length}");
                    text[at] = b'a';
                    text.iter_mut().skip(at).for_each(|place| *place = byte);
                    assert_eq!(SET.first(&text), is_there.then_some(at), "{byte} from {at} of {length}");
                    text.fill(b'a');
                }
            }
        }
    }
}
