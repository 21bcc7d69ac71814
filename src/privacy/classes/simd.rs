//! The classes of a block by vectors of 128 bits.
//! It gives what its plain twin gives.

use super::{BLOCK, CASE, FENCES, MARKS, Masks, QUOTES};
use core::arch::wasm32::{
    i8x16_bitmask, i8x16_swizzle, u8x16_eq, u8x16_le, u8x16_ne, u8x16_shr, u8x16_splat, u8x16_sub, v128, v128_and,
    v128_load, v128_or,
};

#[expect(unsafe_code, reason = "there is no safe load of 128 bits")]
fn load(lanes: &[u8; 16]) -> v128 {
    // SAFETY: INVARIANT: the array is 16 initialized bytes, and the load needs no alignment.
    unsafe { v128_load(core::ptr::from_ref(lanes).cast()) }
}

pub(super) fn openings(tables: &[[[u8; 16]; 4]; 3], block: &[u8; BLOCK + 2]) -> u64 {
    let [first, second, third] = tables;
    let (first, second, third) = (Halves::of(first), Halves::of(second), Halves::of(third));
    let quarter = |start: usize| {
        let at = |offset: usize| {
            block.get(start + offset..).and_then(|rest| rest.first_chunk()).map_or(u8x16_splat(0), load)
        };
        let (a, b, c) = (first.groups(at(0)), second.groups(at(1)), third.groups(at(2)));
        let found = v128_or(v128_and(v128_and(a.0, b.0), c.0), v128_and(v128_and(a.1, b.1), c.1));
        u64::from(i8x16_bitmask(u8x16_ne(found, u8x16_splat(0))))
    };
    quarter(0) | quarter(16) << 16 | quarter(32) << 32 | quarter(48) << 48
}

/// The tables of one byte.
struct Halves {
    low: v128,
    high: v128,
    low_too: v128,
    high_too: v128,
}

impl Halves {
    #[inline(always)]
    fn of([low, high, low_too, high_too]: &[[u8; 16]; 4]) -> Halves {
        Halves { low: load(low), high: load(high), low_too: load(low_too), high_too: load(high_too) }
    }

    /// The groups that each byte is of.
    #[inline(always)]
    fn groups(&self, bytes: v128) -> (v128, v128) {
        let bytes = v128_or(bytes, u8x16_splat(CASE));
        let (low, high) = (v128_and(bytes, u8x16_splat(15)), u8x16_shr(bytes, 4));
        (
            v128_and(i8x16_swizzle(self.low, low), i8x16_swizzle(self.high, high)),
            v128_and(i8x16_swizzle(self.low_too, low), i8x16_swizzle(self.high_too, high)),
        )
    }
}

#[inline(always)]
pub(super) fn fences(block: &[u8; BLOCK]) -> u64 {
    let [a, b] = FENCES.map(|byte| u8x16_splat(byte));
    let quarters = (0_u32..).zip(block.as_chunks::<16>().0);
    quarters.fold(0, |mask, (quarter, lanes)| {
        let bytes = load(lanes);
        let found = v128_or(u8x16_eq(bytes, a), u8x16_eq(bytes, b));
        mask | u64::from(i8x16_bitmask(found)) << (quarter * 16)
    })
}

#[inline(always)]
pub(super) fn masks(block: &[u8; BLOCK]) -> Masks {
    let mut masks = Masks::default();
    let ([a, b, c, d], [e, f, g]) = (MARKS, QUOTES);
    for (quarter, lanes) in (0_u32..).zip(block.as_chunks::<16>().0) {
        let bytes = load(lanes);
        let is = |mark: u8| u8x16_eq(bytes, u8x16_splat(mark));
        let within = |from: u8, to: u8| u8x16_le(u8x16_sub(bytes, u8x16_splat(from)), u8x16_splat(to - from));
        let place = |lanes: v128| u64::from(i8x16_bitmask(lanes)) << (quarter * 16);
        masks.digits |= place(within(b'0', b'9'));
        masks.lower |= place(within(b'a', b'z'));
        masks.upper |= place(within(b'A', b'Z'));
        masks.marks |= place(v128_or(v128_or(is(a), is(b)), v128_or(is(c), is(d))));
        masks.quotes |= place(v128_or(v128_or(is(e), is(f)), is(g)));
        masks.leads |= place(u8x16_le(u8x16_splat(0xc0), bytes));
    }
    masks
}
